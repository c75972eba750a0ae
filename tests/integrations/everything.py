"""A calendar with every kind of entry in one zone, most of them around its changes of the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.times import (
    AllDay,
    Floating,
    Moment,
    Zoned,
    is_in_gap,
    to_text,
    wall,
    wall_instant,
    whole_days,
    with_wall,
)
from caregiver_app.integrations.vtimezone import changes
from tests.integrations.making import all_day, appointment, floating, local, zoned

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
LEADS = (1440, 90)
STATUS = {"planned": "TENTATIVE", "booked": "CONFIRMED", "cancelled": "CANCELLED"}
ZONES = (
    "America/New_York", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Africa/Casablanca",
    "Australia/Lord_Howe", "Australia/Sydney", "America/Sao_Paulo", "Asia/Amman", "Asia/Gaza",
    "Africa/Cairo", "Asia/Beirut", "Asia/Jerusalem", "America/Santiago", "America/Havana",
    "America/Nuuk", "America/Godthab", "Antarctica/Troll", "Pacific/Auckland", "Pacific/Chatham",
    "Pacific/Norfolk", "America/St_Johns", "Atlantic/Azores", "Europe/Chisinau", "Europe/Lisbon",
    "America/Asuncion", "America/Miquelon", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Volgograd",
)  # fmt: skip


def changed(series: Appointment, original: datetime, start: Moment, **more: object) -> Appointment:
    """Return a date of a series that was changed on its own."""
    text = to_text(with_wall(series.start, original))
    told: dict[str, object] = {
        "uid": series.uid, "series": series.id, "original": text, "title": "Changed", **more,
    }  # fmt: skip
    return appointment(f"{series.id}-{text}", start, **told)


def whole_calendar(zone: str) -> list[Appointment]:
    """Return single items, series of all kinds, changed and left out dates, most in `zone`."""
    return [*_plain(zone), *_around_changes(zone)]


def _plain(zone: str) -> Iterator[Appointment]:
    short = zone.lower().replace("/", "-")

    def one(name: str, start: Moment, **more: object) -> Appointment:
        return appointment(f"{name}-{short}", start, **more)

    yield one("day", all_day("2026-03-29"), minutes=1440)
    yield one("days", all_day("2026-10-24"), minutes=3 * 1440)
    yield one("week", all_day("2026-03-02"), minutes=2 * 1440, rrule="FREQ=WEEKLY;BYDAY=MO",
              exdates=("2026-03-30",), rdates=("2026-04-02",))  # fmt: skip
    yield one("month", all_day("2026-01-31"), rrule="FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=20")
    yield one("pill", floating("2026-01-02T08:00"), minutes=15, rrule="FREQ=DAILY;COUNT=400")
    yield one("night", floating("2026-01-01T02:30"), rrule="FREQ=WEEKLY;UNTIL=20270801T023000")
    yield one("off", zoned("2026-11-24T09:30", zone), status="cancelled")
    yield one("long", zoned("2026-03-20T20:00", zone), minutes=12 * 1440)
    yield one("second", zoned("2026-03-20T20:00:17", zone), minutes=20)
    visits = one("visits", zoned("2026-01-06T09:30", zone), minutes=150,
                 rrule="FREQ=WEEKLY;INTERVAL=8;BYDAY=TU;COUNT=18", status="planned",
                 rdates=("2026-05-07T16:00", "2026-08-14T08:15:30"))  # fmt: skip
    yield from _with_changes(visits)
    yield one("gone", zoned("2026-01-06T09:30", zone), rrule="FREQ=DAILY;UNTIL=20260201T093000",
              status="cancelled")  # fmt: skip
    yield one("ruled", zoned("2026-01-06T09:30", zone), rrule="FREQ=MONTHLY;BYDAY=1TU,3FR")
    yield one("birth", zoned("2026-03-29T07:00", zone), rrule="FREQ=YEARLY")
    yield one("hours", zoned("2026-01-01T02:15", zone), minutes=30,
              rrule="FREQ=DAILY;BYHOUR=2,20;COUNT=900")  # fmt: skip


def _with_changes(series: Appointment) -> Iterator[Appointment]:
    """Yield a series with a date moved, one cancelled and one left out."""
    dates = [one.start for one in islice(occurrences(series, wall(series.start)), 8)]
    if len(dates) < 8:
        yield series
        return
    left_out = tuple(to_text(dates[place]) for place in (1, 3, 5))
    yield (kept := _replaced(series, left_out))
    there = wall(dates[1]) + timedelta(days=1, hours=5)
    yield changed(kept, wall(dates[1]), with_wall(series.start, there), minutes=20)
    yield changed(kept, wall(dates[3]), dates[3], status="cancelled")


def _replaced(series: Appointment, left_out: tuple[str, ...]) -> Appointment:
    return replace(series, exdates=left_out)


def _around_changes(zone: str) -> Iterator[Appointment]:
    """Yield series that meet each of the zone's changes, at its hour and beside it."""
    seen: set[tuple[int, ...]] = set()
    for number, change in enumerate(changes(zone, FIRST.year, LAST.year)):
        hour = change.local.hour, change.local.minute, int(change.after < change.before)
        if hour in seen or len(seen) > 3:
            continue
        seen.add(hour)
        for place, shift in enumerate((-150, -30, 0, 10, 30, 60)):
            at = change.local + timedelta(minutes=shift)
            yield from _meeting(f"{zone}-{number}-{place}", at, zone)


def _meeting(name: str, at: datetime, zone: str) -> Iterator[Appointment]:
    nth, weekday = (at.day - 1) // 7 + 1, ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[at.weekday()]
    began = at - timedelta(days=5)
    weekly = at - timedelta(weeks=3)
    first = Zoned(began, zone)
    until = f"{at + timedelta(days=400):%Y%m%dT%H%M%S}"
    yield appointment(f"{name}-daily", first, minutes=45, rrule=f"FREQ=DAILY;UNTIL={until}")
    yield appointment(f"{name}-night", Zoned(weekly, zone), minutes=600, rrule="FREQ=WEEKLY")
    yield from _with_changes(
        appointment(
            f"{name}-moved",
            Zoned(weekly, zone),
            minutes=30,
            status="planned",
            rrule=f"FREQ=WEEKLY;INTERVAL=1;BYDAY={weekday};COUNT=30",
        )
    )
    yearly = at.replace(year=at.year - 1, day=min(at.day, 28))
    yield appointment(f"{name}-yearly", Zoned(yearly, zone), minutes=60, rrule="FREQ=YEARLY")
    monthly = Zoned(at.replace(day=min(at.day, 28)) - timedelta(days=31), zone)
    monthly = Zoned(monthly.local.replace(day=min(at.day, 28)), zone)
    yield appointment(f"{name}-monthly", monthly, minutes=0, rrule="FREQ=MONTHLY;COUNT=30")
    if nth < 5:
        begins = next(_nth(at, nth))
        yield appointment(f"{name}-nth", Zoned(begins, zone), minutes=90,
                          rrule=f"FREQ=MONTHLY;BYDAY={nth}{weekday}")  # fmt: skip
    extra = (f"{at:%Y-%m-%dT%H:%M}",)
    kept = appointment(f"{name}-extra", Zoned(began - timedelta(hours=7), zone), minutes=50,
                       rrule="FREQ=DAILY;INTERVAL=3;COUNT=9", rdates=extra)  # fmt: skip
    yield kept
    # The very date at the change: cancelled, left out, moved away, moved there.
    for what, there in (("gone", None), ("away", at + timedelta(hours=30)), ("same", at)):
        series = appointment(f"{name}-{what}", first, minutes=20, rrule="FREQ=DAILY;COUNT=12",
                             exdates=(f"{at:%Y-%m-%dT%H:%M}",))  # fmt: skip
        yield series
        if there is not None and not is_in_gap(there, zone):
            yield changed(series, at, Zoned(there, zone), minutes=25)
    other = at - timedelta(days=2)
    series = appointment(f"{name}-there", first, minutes=20, rrule="FREQ=DAILY;COUNT=12",
                         exdates=(f"{other:%Y-%m-%dT%H:%M}",))  # fmt: skip
    yield series
    if not is_in_gap(at, zone):
        yield changed(series, other, Zoned(at, zone), minutes=200)
    if not is_in_gap(at, zone):
        yield appointment(f"{name}-first", Zoned(at, zone), minutes=240, rrule="FREQ=DAILY;COUNT=9")


def _nth(at: datetime, nth: int) -> Iterator[datetime]:
    """Yield the nth weekday, at the same hour, of the months before."""
    month = at.replace(day=1) - timedelta(days=80)
    for day in range(1, 32):
        tried = month.replace(day=1) + timedelta(days=day - 1)
        if tried.weekday() == at.weekday() and (tried.day - 1) // 7 + 1 == nth:
            yield tried


def expected(entries: Sequence[Appointment], leads: Sequence[int] = LEADS) -> list[str]:
    """Return the readers' lines by the domain's own rules; no calendar file is involved."""
    low, high = local(f"{FIRST}T00:00"), local(f"{LAST}T23:59")
    found: list[str] = []
    series = {one.id for one in entries if one.rrule}
    for one in entries:
        if one.series in series and one.status == "cancelled":
            continue
        dates = occurrences(one, low - timedelta(days=30), high)
        found += [line_of(one, each.start, leads) for each in dates]
    return inside(found)


def line_of(one: Appointment, start: Moment, leads: Sequence[int]) -> str:
    """Return one occurrence as the readers write it."""
    if isinstance(start, AllDay):
        over = start.day + timedelta(days=whole_days(one.minutes))
        begins, ends = f"{start.day}", f"{over}"
    elif isinstance(start, Floating):
        over = start.local + timedelta(minutes=one.minutes)
        begins, ends = (f"{at:%Y-%m-%dT%H:%M:%S} floating" for at in (start.local, over))
    else:
        at = wall_instant(start.local, start.zone)
        over = at + timedelta(minutes=one.minutes)
        begins, ends = (f"{moment:%Y-%m-%dT%H:%M:%S}Z" for moment in (at, over))
    return "\t".join((one.uid, begins, ends, one.title, _alarms(one, leads), STATUS[one.status]))


def inside(lines: Sequence[str]) -> list[str]:
    """Return the lines of what begins well within the years, sorted."""
    low, high = f"{FIRST + timedelta(days=20)}", f"{LAST - timedelta(days=20)}"
    return sorted(line for line in lines if low <= line.split("\t")[1][:10] <= high)


def _alarms(one: Appointment, leads: Sequence[int]) -> str:
    if one.status == "cancelled":
        return ""
    shift = 480 if isinstance(one.start, AllDay) else 0
    return "|".join(sorted(str((shift - lead) * 60) for lead in leads if lead >= shift))
