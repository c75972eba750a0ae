"""Our own VTIMEZONE components, made from the same time zone data that the program itself uses.

Every reader that was tried understands a pair of yearly rules; lists of dates are misread by some
and ignored by others (docs/decisions/0004-own-vtimezone.md). So a zone's yearly rules are taken
from the last line of its TZif file, a POSIX TZ string like `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 8536
3.3), and checked against the zone's real clock changes. Years that do not follow them, and zones
without such rules, get one observance for each change.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from caregiver_app.domain.times import zone_of
from caregiver_app.integrations.content import local_text
from caregiver_app.values import value

_NAME = r"(<[^>]+>|[A-Za-z]{3,})"
_CLOCK = r"[+-]?\d{1,3}(?::\d{2}){0,2}"
_CHANGE = rf"M(\d+)\.(\d)\.(\d)(?:/({_CLOCK}))?"
_POSIX = re.compile(rf"{_NAME}({_CLOCK}){_NAME}({_CLOCK})?,{_CHANGE},{_CHANGE}")
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_LAST_WEEK = 5
_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = timedelta(days=1)


@value
class Change:
    """One change of a zone's clock.

    `local` is the wall time at which it happens, still read on the clock before the change
    (RFC 5545 3.6.5); `before` and `after` are offsets from UTC, `name` what the zone calls
    itself afterwards, `daylight` whether that is its summer time.
    """

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    def same_shift(self, other: Change) -> bool:
        """Tell whether the other change happens at the same moment and shifts alike."""
        return (self.local, self.before, self.after) == (other.local, other.before, other.after)


@value
class YearlyRule:
    """A change that comes every year: `Mm.w.d/time` of a POSIX TZ string.

    `week` 5 is the last one of the month, `weekday` counts from Sunday as 0, `clock` is the time
    after that day's midnight, which may lie outside the day.
    """

    month: int
    week: int
    weekday: int
    clock: timedelta
    before: timedelta
    after: timedelta
    name: str

    def in_year(self, year: int) -> Change:
        """Return the change as it happens in `year`."""
        first = date(year, self.month, 1)
        offset = (self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1)
        day = first + timedelta(days=offset)
        if day.month != self.month:
            day -= timedelta(days=7)
        local = datetime.combine(day, time()) + self.clock
        return Change(local, self.before, self.after, self.name, self.after > self.before)

    def rrule(self) -> str | None:
        """Return the rule as RRULE, or None when no RRULE of one month says the same."""
        shift = self.clock // _DAY
        weekday = _DAYS[(self.weekday + shift) % 7]
        start = f"FREQ=YEARLY;BYMONTH={self.month}"
        if shift == 0:
            number = -1 if self.week == _LAST_WEEK else self.week
            return f"{start};BYDAY={number}{weekday}"
        # The clock time belongs to another day ("Thursday, 50 o'clock"): name that weekday and
        # the seven days of the month among which it falls.
        length = _DAYS_IN_MONTH[self.month - 1]
        top = length if self.week == _LAST_WEEK else 7 * self.week
        days = range(top - 6 + shift, top + 1 + shift)
        leap_february = self.month == 2 and self.week == _LAST_WEEK
        if days[0] < 1 or days[-1] > length or leap_february:
            return None
        return f"{start};BYDAY={weekday};BYMONTHDAY={','.join(map(str, days))}"


@value
class Observance:
    """One STANDARD or DAYLIGHT part: a first change and, when it comes yearly, its RRULE."""

    change: Change
    rrule: str = ""


def vtimezone(zone: str, first: date, last: date) -> list[str]:
    """Return the VTIMEZONE of `zone` as content lines, right for every instant in these days.

    `first` and `last` are the days that it covers. For a zone whose yearly rules still hold at
    `last` it is right for all later years as well.

    Raises:
        InputRefused: the time zone data has no such zone.
    """
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    for observance in observances(zone, first, last):
        change = observance.change
        part = "DAYLIGHT" if change.daylight else "STANDARD"
        lines += [f"BEGIN:{part}", f"DTSTART:{local_text(change.local)}"]
        if observance.rrule:
            lines.append(f"RRULE:{observance.rrule}")
        if change.name:
            lines.append(f"TZNAME:{change.name}")
        lines += [
            f"TZOFFSETFROM:{offset_text(change.before)}",
            f"TZOFFSETTO:{offset_text(change.after)}",
            f"END:{part}",
        ]
    return [*lines, "END:VTIMEZONE"]


def observances(zone: str, first: date, last: date) -> list[Observance]:
    """Return the parts of the VTIMEZONE of `zone` for `first` to `last`, oldest first.

    Raises:
        InputRefused: the time zone data has no such zone.
    """
    from_year, to_year = first.year - 1, max(first, last).year
    found = changes(zone, from_year, to_year)
    rules = yearly_rules(zone)
    rules_from = _rules_hold_from(found, rules, from_year, to_year)
    parts = [Observance(change) for change in found if change.local.year < rules_from]
    if rules_from > from_year:
        parts.insert(0, Observance(_at_the_start(zone, from_year)))
    if rules_from <= to_year:
        yearly = [Observance(rule.in_year(rules_from), rule.rrule() or "") for rule in rules]
        parts += sorted(yearly, key=lambda part: part.change.local)
    return parts


def offset_text(offset: timedelta) -> str:
    """Return an offset as a UTC-OFFSET value (RFC 5545 3.3.14)."""
    seconds = round(offset.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
    return f"{text}{second:02}" if second else text


@cache
def yearly_rules(zone: str) -> tuple[YearlyRule, ...]:
    """Return the two yearly changes of `zone` that its data promises for the future, or none.

    Raises:
        InputRefused: the time zone data has no such zone.
    """
    return parse_posix(_footer(zone))


def parse_posix(text: str) -> tuple[YearlyRule, ...]:
    """Read a POSIX TZ string as RFC 8536 3.3.1 extends it.

    Nothing is returned for a text without yearly changes, with changes counted in days of the
    year, or with changes that no RRULE of one month can say.
    """
    found = _POSIX.fullmatch(text)
    if found is None:
        return ()
    standard_name, standard_clock, summer_name, summer_clock = found.groups()[:4]
    standard = -_clock(standard_clock)
    summer = standard + timedelta(hours=1) if summer_clock is None else -_clock(summer_clock)
    pair = (
        _rule(found.groups()[4:8], standard, summer, summer_name),
        _rule(found.groups()[8:12], summer, standard, standard_name),
    )
    return pair if all(rule.rrule() for rule in pair) else ()


def _rule(
    parts: tuple[str | None, ...], before: timedelta, after: timedelta, name: str
) -> YearlyRule:
    month, week, weekday = (int(part or 0) for part in parts[:3])
    clock = _clock(parts[3] or "2")
    return YearlyRule(month, week, weekday, clock, before, after, name.strip("<>"))


def _clock(text: str) -> timedelta:
    hours, minutes, seconds = ([int(part) for part in text.lstrip("+-").split(":")] + [0, 0])[:3]
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if text.startswith("-") else size


def _footer(zone: str) -> str:
    """Return the last line of the zone's TZif file, from where zoneinfo itself takes the zone."""
    zone_of(zone)  # refuses a name that is no zone, before it becomes part of a path
    for folder in zoneinfo.TZPATH:
        path = Path(folder, *zone.split("/"))
        if path.is_file():
            data = path.read_bytes()
            break
    else:
        data = files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    lines = data.rsplit(b"\n", 2)
    return lines[1].decode("ascii", "replace") if len(lines) == 3 else ""


def _rules_hold_from(
    found: tuple[Change, ...], rules: tuple[YearlyRule, ...], from_year: int, to_year: int
) -> int:
    """Return the first year from which on all changes are the rules' own (`to_year` + 1: never)."""
    holds_from = to_year + 1
    for year in range(to_year, from_year - 1, -1):
        real = [change for change in found if change.local.year == year]
        promised = sorted((rule.in_year(year) for rule in rules), key=lambda c: c.local)
        if not promised or len(real) != len(promised):
            break
        if not all(one.same_shift(other) for one, other in zip(real, promised, strict=True)):
            break
        holds_from = year
    return holds_from


def _at_the_start(zone: str, year: int) -> Change:
    """Return the offset that holds when `year` begins, as a change that changes nothing."""
    start = datetime(year, 1, 1, tzinfo=zone_of(zone))
    offset = start.utcoffset() or timedelta()
    daylight = (start.dst() or timedelta()) > timedelta()
    return Change(start.replace(tzinfo=None), offset, offset, start.tzname() or "", daylight)


@lru_cache(maxsize=256)
def changes(zone: str, from_year: int, to_year: int) -> tuple[Change, ...]:
    """Return every change of the zone's offset in these years, both included, in order.

    Raises:
        InputRefused: the time zone data has no such zone.
    """
    tz = zone_of(zone)
    found: list[Change] = []
    at = datetime(from_year, 1, 1, tzinfo=UTC) - _DAY
    end = datetime(to_year + 1, 1, 1, tzinfo=UTC) + _DAY
    offset = at.astimezone(tz).utcoffset()
    while at < end:
        following = at + _DAY
        then = following.astimezone(tz).utcoffset()
        if then != offset:
            change = _change_between(tz, at, following)
            if from_year <= change.local.year <= to_year:
                found.append(change)
        at, offset = following, then
    return tuple(found)


def _change_between(tz: zoneinfo.ZoneInfo, low: datetime, high: datetime) -> Change:
    offset = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        if middle.astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    then, now = low.astimezone(tz), high.astimezone(tz)
    before, after = then.utcoffset() or timedelta(), now.utcoffset() or timedelta()
    none = timedelta()
    # Where the data calls winter the shifted time (Dublin), summer is what it shifts back to.
    daylight = (now.dst() or none) > none or (then.dst() or none) < none
    local = (high + before).replace(tzinfo=None)
    return Change(local, before, after, now.tzname() or "", daylight)
