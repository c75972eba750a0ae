"""Calendar files that are made to hurt: each asks for as much as a file of its size can.

`MONSTERS` makes each kind at any size, so that small ones (below 200 kB) and the largest ones
(10 MB) are the same trap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

LARGEST = 10 * 1024 * 1024
SMALL = 200_000
HOURS = ",".join(str(hour) for hour in range(24))
POSITIONS = ",".join(str(at) for at in range(1, 367))
FROM_END = ",".join(str(-at) for at in range(1, 367))
WEEKDAYS = "MO,TU,WE,TH,FR,SA,SU"
MONSTERS: dict[str, Callable[[int], bytes]] = {}


def monster(make: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Add a kind under the name of the function that makes it."""
    MONSTERS[make.__name__] = make
    return make


def calendar(*parts: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", "")).encode()


def event(*lines: str, start: str = "DTSTART;TZID=Europe/Berlin:20260105T100000") -> str:
    return "\r\n".join(("BEGIN:VEVENT", start, *lines, "END:VEVENT"))


def filled(size: int, pieces: Iterator[str], most: int = 20_000) -> list[str]:
    """Return as many pieces as fit into a file of `size` bytes."""
    found, left = [], size - 200
    for piece in pieces:
        left -= len(piece) + 2
        if left < 0 or len(found) == most:
            break
        found.append(piece)
    return found


def many(
    size: int, *lines: str, start: str = "DTSTART;TZID=Europe/Berlin:20260105T100000"
) -> bytes:
    """Return a calendar full of the same event, each with a UID and a first date of its own."""
    days = (f"{1900 + n % 290}{n // 290 % 12 + 1:02}{n // 3480 % 28 + 1:02}" for n in count())
    pieces = (
        event(f"UID:{n}", *lines, start=start.replace("20260105", day))
        for n, day in enumerate(days)
    )
    return calendar(*filled(size, pieces))


def listed(size: int, name: str, values: Iterator[str], line: int = 90_000) -> bytes:
    """Return one event with lines full of values."""
    lines, left = [], size - 500
    while left > 100:
        room, chosen = min(left, line), []
        for one in values:
            chosen.append(one)
            room -= len(one) + 1
            if room < 30:
                break
        lines.append(f"{name}:{','.join(chosen)}")
        left -= len(lines[-1]) + 2
    return calendar(event("UID:1", "RRULE:FREQ=DAILY", *lines))


def stamps(step: int = 1) -> Iterator[str]:
    for n in count(0, step):
        yield f"{1950 + n // 336 % 200}{n // 28 % 12 + 1:02}{n % 28 + 1:02}T100000"


# -- Many of something -----------------------------------------------------------------------------


@monster
def dates_left_out(size: int) -> bytes:
    return listed(size, "EXDATE", stamps())


@monster
def dates_left_out_of_a_zone(size: int) -> bytes:
    return listed(size, "EXDATE;TZID=America/New_York", stamps())


@monster
def dates_added(size: int) -> bytes:
    return listed(size, "RDATE", stamps())


@monster
def periods_added(size: int) -> bytes:
    return listed(size, "RDATE;VALUE=PERIOD", (f"{one}/PT1H" for one in stamps()))


@monster
def dates_that_are_none(size: int) -> bytes:
    return listed(size, "EXDATE", (f"{n:x}" for n in count()))


@monster
def daily_events(size: int) -> bytes:
    return many(size, "RRULE:FREQ=DAILY")


@monster
def counted_events(size: int) -> bytes:
    return many(size, "RRULE:FREQ=DAILY;COUNT=9999")


@monster
def one_uid(size: int) -> bytes:
    return many(size, "RRULE:FREQ=DAILY").replace(b"UID:", b"UID:same\r\nX-N:")


@monster
def no_uid(size: int) -> bytes:
    return many(size).replace(b"UID:", b"X-N:")


@monster
def empty_lines(size: int) -> bytes:
    return calendar("\n" * (size - 100))


@monster
def tiny_lines(size: int) -> bytes:
    return calendar(event(*["A:"] * ((size - 300) // 4)))


@monster
def lines_that_are_none(size: int) -> bytes:
    return calendar(*["?"] * ((size - 300) // 3))


@monster
def lines_of_100_kb(size: int) -> bytes:
    return calendar(*filled(size, (event(f"DESCRIPTION:{'x' * 99_000}") for _ in count())))


@monster
def escapes(size: int) -> bytes:
    line = "DESCRIPTION:" + r"\n" * 49_000
    return calendar(*filled(size, (event(line) for _ in count())))


@monster
def signs_of_four_bytes(size: int) -> bytes:
    return calendar(*filled(size // 4, (event(f"SUMMARY:{'😀' * 20_000}") for _ in count())))


@monster
def continued_lines(size: int) -> bytes:
    return calendar(event("SUMMARY:x" + "\r\n " * ((size - 300) // 3)))


@monster
def continued_by_a_sign(size: int) -> bytes:
    return calendar(*filled(size, (event("SUMMARY:x" + "\n x" * 90_000) for _ in count())))


@monster
def nothing_but_spaces(size: int) -> bytes:
    return b" " * size


@monster
def nothing_but_zeros(size: int) -> bytes:
    return bytes(size)


@monster
def no_line_end(size: int) -> bytes:
    return b"BEGIN:VCALENDAR" * (size // 15)


@monster
def alarms(size: int) -> bytes:
    ring = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT{n}M\r\nEND:VALARM"
    return calendar(event("UID:1", *filled(size, (ring.format(n=n) for n in count()), 19_990)))


@monster
def triggers(size: int) -> bytes:
    ring = f"BEGIN:VALARM\r\nTRIGGER:-P{'9' * 9_000}W{'9' * 9_000}DT{'1' * 70_000}H\r\nEND:VALARM"
    return calendar(event("UID:1", *filled(size, (ring for _ in count()))))


@monster
def deep(size: int) -> bytes:
    return calendar(*filled(size, (f"BEGIN:X-{n}" for n in count()), LARGEST))


@monster
def deep_and_closed(size: int) -> bytes:
    block = "BEGIN:A\r\nBEGIN:B\r\nBEGIN:C\r\nEND:C\r\nEND:B\r\nEND:A"
    return calendar(event("UID:1", *filled(size, (block for _ in count()), 6_600)))


@monster
def ends_without_begin(size: int) -> bytes:
    return calendar(*["END:X"] * ((size - 300) // 7))


@monster
def calendars(size: int) -> bytes:
    return b"".join([calendar("X-WR-CALNAME:x")] * min(2_000, size // 70))


# -- Traps of the reading --------------------------------------------------------------------------


@monster
def parameters(size: int) -> bytes:
    line = "SUMMARY" + ";A=b" * 24_000 + ":x"
    return calendar(*filled(size, (event(line) for _ in count())))


@monster
def open_quotes(size: int) -> bytes:
    line = 'SUMMARY;A="' + 'a","' * 24_000
    return calendar(*filled(size, (event(line) for _ in count())))


@monster
def quotes_without_end(size: int) -> bytes:
    line = "SUMMARY;A=" + '"' * 90_000
    return calendar(*filled(size, (event(line) for _ in count())))


@monster
def commas_of_a_parameter(size: int) -> bytes:
    line = "SUMMARY;A=" + "," * 90_000
    return calendar(*filled(size, (event(line) for _ in count())))


@monster
def spaces_of_a_parameter(size: int) -> bytes:
    line = "SUMMARY;" + " " * 90_000
    return calendar(*filled(size, (event(line) for _ in count())))


@monster
def half_a_parameter(size: int) -> bytes:
    line = "SUMMARY;A=b" + "b" * 45_000 + ' "' * 20_000
    return calendar(*filled(size, (event(line) for _ in count())))


@monster
def spaces_of_a_rule(size: int) -> bytes:
    return many(size, "RRULE:FREQ=DAILY" + " " * 1_900 + "x")


@monster
def semicolons_of_a_rule(size: int) -> bytes:
    return many(size, "RRULE:FREQ=DAILY" + ";" * 1_900 + "x")


@monster
def carets(size: int) -> bytes:
    return calendar(*filled(size, (event(f"SUMMARY;A={'^' * 90_000}:x") for _ in count())))


# -- Rules -----------------------------------------------------------------------------------------

RULES = {
    "most": "FREQ=DAILY;COUNT=999999999",
    "longest": "FREQ=DAILY;UNTIL=99991231",
    "widest": "FREQ=DAILY;INTERVAL=999999999",
    "seldom": "FREQ=DAILY;BYDAY=MO;BYMONTHDAY=13;BYMONTH=2;COUNT=9999",
    "never_a_day": "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
    "never_a_month": "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    "never_a_place": f"FREQ=DAILY;BYSETPOS=366;BYHOUR={HOURS}",
    "never_a_place_of_a_week": f"FREQ=WEEKLY;BYDAY={WEEKDAYS};BYSETPOS=366;BYHOUR={HOURS}",
    "never_a_place_of_a_year": "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA;BYSETPOS=366",
    "all_places": f"FREQ=YEARLY;BYDAY={WEEKDAYS};BYSETPOS={POSITIONS};BYHOUR={HOURS}",
    "all_places_from_the_end": f"FREQ=YEARLY;BYDAY={WEEKDAYS};BYSETPOS={FROM_END};COUNT=9999",
    "last_second": f"FREQ=YEARLY;BYSECOND=59,60;BYHOUR={HOURS};BYMINUTE=59;BYSETPOS=-1",
    "every_second": "FREQ=SECONDLY",
    "every_second_of_a_day": f"FREQ=DAILY;BYHOUR={HOURS};BYMINUTE=0,1,2;BYSECOND=0,1,2",
}


def _of_rule(name: str, text: str) -> None:
    MONSTERS[f"rule_{name}"] = lambda size: many(size, f"RRULE:{text}")
    MONSTERS[f"two_rules_{name}"] = lambda size: many(
        size, "RRULE:FREQ=DAILY", f"RRULE:{text}", f"EXRULE:{text}"
    )


for _name, _text in RULES.items():
    _of_rule(_name, _text)


@monster
def rules_that_leave_out(size: int) -> bytes:
    return many(size, "RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY;INTERVAL=2")


@monster
def rules_of_one_event(size: int) -> bytes:
    rules = filled(size, (f"RRULE:FREQ=DAILY;INTERVAL={n % 9999 + 1}" for n in count()), LARGEST)
    return calendar(event("UID:1", "RRULE:FREQ=DAILY", *rules))


@monster
def from_then_on(size: int) -> bytes:
    changes = (
        event("UID:1", f"RECURRENCE-ID;RANGE=THISANDFUTURE:{at}", start=f"DTSTART:{at[:-4]}30")
        for at in stamps()
    )
    series = event("UID:1", "RRULE:FREQ=DAILY", start="DTSTART:19500101T100000")
    return calendar(series, *filled(size, changes, 19_990))


@monster
def from_then_on_each(size: int) -> bytes:
    pairs = (
        event(f"UID:{n}", "RRULE:FREQ=DAILY", start="DTSTART:19000101T100000")
        + "\r\n"
        + event(
            f"UID:{n}",
            "RECURRENCE-ID;RANGE=THISANDFUTURE:21900105T100000",
            start="DTSTART:21900106T113000",
        )
        for n in count()
    )
    return calendar(*filled(size, pairs, 9_990))


@monster
def changed_dates(size: int) -> bytes:
    changes = (event("UID:1", f"RECURRENCE-ID:{at}", start=f"DTSTART:{at}") for at in stamps())
    series = event(
        "UID:1", "SEQUENCE:9", "RRULE:FREQ=DAILY;COUNT=9999", start="DTSTART:19500101T100000"
    )
    return calendar(series, *filled(size, changes, 19_990))


@monster
def changed_dates_of_many(size: int) -> bytes:
    pairs = (
        event(f"UID:{n}", "SEQUENCE:9", f"RRULE:{RULES['seldom']}", start="DTSTART:19000101T100000")
        + "\r\n"
        + event(f"UID:{n}", "RECURRENCE-ID:21900105T100000", start="DTSTART:21900106T113000")
        for n in count()
    )
    return calendar(*filled(size, pairs, 9_990))


# -- Zones -----------------------------------------------------------------------------------------


def zone(
    name: str, *, rule: str = "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", more: str = "", to: int = 500
) -> str:
    part = "\r\n".join(
        (
            "BEGIN:{}",
            "DTSTART:19700308T020000",
            "TZOFFSETFROM:+0400",
            "TZOFFSETTO:+{}",
            f"RRULE:{rule}",
        )
    )
    return "\r\n".join(
        (
            "BEGIN:VTIMEZONE",
            f"TZID:{name}",
            part.format("STANDARD", f"{to:04}"),
            *([more] if more else []),
            "END:STANDARD",
            part.format("DAYLIGHT", "0417").replace("BYMONTH=3", "BYMONTH=9"),
            "END:DAYLIGHT",
            "END:VTIMEZONE",
        )
    )


@monster
def zones(size: int) -> bytes:
    pairs = (
        zone(f"Own {n}", to=500 + n % 50)
        + "\r\n"
        + event(f"UID:{n}", start=f"DTSTART;TZID=Own {n}:20260105T100000")
        for n in count()
    )
    return calendar(*filled(size, pairs, 600))


@monster
def zones_used_by_many(size: int) -> bytes:
    described = filled(size // 2, (zone(f"Own {n}", to=500 + n % 50) for n in count()), 600)
    used = (
        event(f"UID:{n}", start=f"DTSTART;TZID=Own {n % len(described)}:20260105T100000")
        for n in count()
    )
    return calendar(*described, *filled(size // 2, used))


@monster
def dates_of_an_unknown_zone(size: int) -> bytes:
    lines, left = [], size - 1_000
    for first in count():
        values = [f"{1950 + (first * 5000 + n) % 200}0105T100000" for n in range(5_000)]
        lines.append(f"EXDATE;TZID=Own:{','.join(values)}"[: min(80_000, left)])
        left -= 80_000
        if left < 100:
            break
    return calendar(zone("Own"), event("UID:1", "RRULE:FREQ=DAILY", *lines,
                                       start="DTSTART;TZID=Own:20260105T100000"))  # fmt: skip


@monster
def onsets(size: int) -> bytes:
    values = ",".join(f"{1950 + n % 200}{n // 200 % 12 + 1:02}05T100000" for n in range(5_000))
    more = "\r\n".join(filled(size // 2, (f"RDATE:{values}" for _ in count())))
    if not more:
        more = f"RDATE:{values}"
    used = (event(f"UID:{n}", start="DTSTART;TZID=Own:20260105T100000") for n in count())
    return calendar(zone("Own", more=more), *filled(size // 2, used))


@monster
def zones_that_never_change(size: int) -> bytes:
    pairs = (
        zone(f"Own {n}", rule=f"{RULES['never_a_day']};INTERVAL={n + 1}")
        + "\r\n"
        + event(f"UID:{n}", start=f"DTSTART;TZID=Own {n}:20260105T100000")
        for n in count()
    )
    return calendar(*filled(size, pairs, 600))


@monster
def zone_names(size: int) -> bytes:
    pieces = (
        event(f"UID:{n}", start=f"DTSTART;TZID={'/'.join('a' * 40)}/{n}:20260105T100000")
        for n in count()
    )
    return calendar(*filled(size, pieces))


@monster
def spaces_of_a_zone(size: int) -> bytes:
    start = f"DTSTART;TZID=Own{' ' * 45_000}x{' ' * 45_000}:20260105T100000"
    return calendar(*filled(size, (event(f"UID:{n}", start=start) for n in count())))


@monster
def commas_of_a_zone(size: int) -> bytes:
    start = f'DTSTART;TZID="{" ," * 45_000}":20260105T100000'
    return calendar(*filled(size, (event(f"UID:{n}", start=start) for n in count())))


@monster
def slashes_of_a_zone(size: int) -> bytes:
    start = f"DTSTART;TZID={'/a' * 45_000}:20260105T100000"
    return calendar(*filled(size, (event(f"UID:{n}", start=start) for n in count())))


# -- Letters ---------------------------------------------------------------------------------------


@monster
def cut_characters(size: int) -> bytes:
    return calendar(event("SUMMARY:x")).replace(b"x", b"\xc3\r\n \xa9" * ((size - 300) // 5))


@monster
def ends_of_characters(size: int) -> bytes:
    return calendar(event("SUMMARY:x")).replace(b"x", b"\xa9" * (size - 300))


@monster
def old_letters(size: int) -> bytes:
    return calendar(event("SUMMARY:x")).replace(b"x", b"\xe9\n" * ((size - 300) // 2))


@monster
def returns(size: int) -> bytes:
    return calendar(event("SUMMARY:x")).replace(b"x", b"\r" * (size - 300))


@monster
def returns_before_names(size: int) -> bytes:
    return calendar(event("SUMMARY:x")).replace(b"x", b"\rA" * ((size - 300) // 2))


@monster
def a_return_before_a_long_name(size: int) -> bytes:
    return calendar(event("SUMMARY:x")).replace(b"x", b"\r" + b"A" * (size - 300))


@monster
def marks(size: int) -> bytes:
    return b"\xef\xbb\xbf" * (size // 3)


@monster
def sixteen_bits(size: int) -> bytes:
    return many(size // 2, "RRULE:FREQ=DAILY").decode().encode("utf-16")
