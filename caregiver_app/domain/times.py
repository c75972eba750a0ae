"""The three kinds of time that a family means, and how each becomes an instant.

*Zoned* is a wall time in a named zone (an appointment at a clinic), *floating* a wall time
wherever you are (a pill at 08:00), *all-day* a date. They are kept as typed, never as bare UTC.
A wall time inside a daylight-saving gap happens once, at the gap's end; a repeated one happens
once, on the first pass.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from caregiver_app.errors import InputRefused
from caregiver_app.values import value

MINUTES_A_DAY = 1440
ALL_DAY_HOUR = time(8, 0)
"""Reminders of an all-day item count from this hour of its day."""

_YEARS = (1900, 2200)


@value
class Zoned:
    """A wall time (`local`, naive) in the IANA zone named `zone`."""

    local: datetime
    zone: str


@value
class Floating:
    """A wall time (`local`, naive) in whatever zone the computer is in."""

    local: datetime


@value
class AllDay:
    """A whole day."""

    day: date


Moment = Zoned | Floating | AllDay


@cache
def zone_names() -> frozenset[str]:
    """Return every zone name that the time zone data knows."""
    return frozenset(available_timezones())


@cache
def _zone_info(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone_of(name: str, field: str = "zone") -> ZoneInfo:
    """Return the zone called `name`.

    Raises:
        InputRefused: the time zone data has no such zone.
    """
    try:
        return _zone_info(name)
    except (KeyError, ValueError, OSError):
        raise InputRefused("time.unknown_zone", field, zone=name) from None


def parse_day(text: str, field: str = "date") -> date:
    """Read a date like 2026-11-24.

    Raises:
        InputRefused: it is not written so, does not exist, or lies outside 1900 to 2200.
    """
    try:
        day = date.fromisoformat(text.strip())
    except (ValueError, AttributeError):
        raise InputRefused("time.no_such_date", field, text=text) from None
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise InputRefused("time.far_year", field, text=text)
    return day


def parse_moment(text: str, zone: str | None, field: str = "start") -> Moment:
    """Read `2026-11-24T09:30` (zoned, or floating when `zone` is None) or a bare date (all-day).

    Raises:
        InputRefused: no such date, hour or zone, or the text carries an offset of its own.
    """
    if zone is not None:
        zone_of(zone)
    if "T" not in text and " " not in text.strip():
        return AllDay(parse_day(text, field))
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputRefused("time.no_such_date", field, text=text) from None
    if local.tzinfo is not None:
        raise InputRefused("time.offset_given", field, text=text)
    parse_day(text.strip()[:10], field)
    local = local.replace(microsecond=0)
    if zone is None:
        return Floating(local)
    return Zoned(local, zone)


def parse_hour(text: str, field: str) -> time:
    """Read an hour of the day like 09:30.

    Raises:
        InputRefused: it is not written so, or there is no such hour.
    """
    try:
        hour = time.fromisoformat(text)
    except ValueError:
        hour = None
    if hour is None or f"{hour:%H:%M}" != text:
        raise InputRefused("time.no_such_hour", field, text=text)
    return hour


def is_in_gap(local: datetime, zone: str) -> bool:
    """Tell whether the wall time `local` is skipped by a clock change in `zone`."""
    tz = zone_of(zone)
    aware = local.replace(tzinfo=tz, fold=0)
    return aware.astimezone(UTC).astimezone(tz).replace(tzinfo=None) != local


def is_folded(local: datetime, zone: str) -> bool:
    """Tell whether the wall time `local` comes twice in `zone`, because the clocks go back."""
    tz = zone_of(zone)
    first, second = local.replace(tzinfo=tz, fold=0), local.replace(tzinfo=tz, fold=1)
    return first.utcoffset() != second.utcoffset() and not is_in_gap(local, zone)


def after_gap(local: datetime, zone: str) -> datetime:
    """Return the wall time at which something at `local` happens: later, if the clocks skip it."""
    return in_zone(wall_instant(local, zone), zone).replace(tzinfo=None, fold=0)


def refuse_gap(moment: Moment, field: str = "start") -> None:
    """Refuse a single wall time that the clocks skip.

    Raises:
        InputRefused: the hour does not exist on that day in that zone.
    """
    if isinstance(moment, Zoned) and is_in_gap(moment.local, moment.zone):
        raise InputRefused(
            "time.gap",
            field,
            hour=f"{moment.local:%H:%M}",
            day=moment.local.date().isoformat(),
            zone=moment.zone,
            next=f"{after_gap(moment.local, moment.zone):%H:%M}",
        )


@lru_cache(maxsize=1 << 12)
def _even_offset(day: date, zone: str) -> timedelta | None:
    """Return the offset from UTC that holds from the start to the end of a day, None if two do."""
    begins = datetime.combine(day, time(), zone_of(zone))
    offset = begins.utcoffset()
    return offset if (begins + timedelta(days=1)).utcoffset() == offset else None


def has_one_offset(day: date, zone: str) -> bool:
    """Tell whether no clock change falls on a day: then wall times come in their order."""
    return _even_offset(day, zone) is not None


@lru_cache(maxsize=1 << 14)
def wall_instant(local: datetime, zone: str) -> datetime:
    """Return the UTC instant of a wall time: gap times at the gap's end, folds on first pass."""
    even = _even_offset(local.date(), zone)
    if even is not None:
        # No clock change on that day: the usual case, and by far the quickest.
        return (local - even).replace(tzinfo=UTC, fold=0)
    tz = zone_of(zone)
    aware = local.replace(tzinfo=tz, fold=0)
    before = aware.astimezone(UTC)
    if not is_in_gap(local, zone):
        return before
    # In a gap, fold 1 uses the offset after the change, fold 0 the one before; the change
    # itself lies between the two readings, found by halving.
    low = local.replace(tzinfo=tz, fold=1).astimezone(UTC)
    high = before
    offset = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def instant(moment: Moment, home: str) -> datetime:
    """Return the UTC instant at which `moment` begins, for a computer in the zone `home`.

    An all-day moment begins at local midnight.
    """
    if isinstance(moment, Zoned):
        return wall_instant(moment.local, moment.zone)
    if isinstance(moment, Floating):
        return wall_instant(moment.local, home)
    return wall_instant(datetime.combine(moment.day, time()), home)


def wall(moment: Moment) -> datetime:
    """Return the wall time of `moment` as typed; an all-day one at midnight."""
    return datetime.combine(moment.day, time()) if isinstance(moment, AllDay) else moment.local


def zone_for(moment: Moment, home: str) -> str:
    """Return the zone in which `moment` is read."""
    return moment.zone if isinstance(moment, Zoned) else home


def on_day(moment: Moment, day: date) -> Moment:
    """Return the same hour of the same kind on another day."""
    if isinstance(moment, AllDay):
        return AllDay(day)
    local = datetime.combine(day, moment.local.time())
    return Zoned(local, moment.zone) if isinstance(moment, Zoned) else Floating(local)


def with_wall(moment: Moment, local: datetime) -> Moment:
    """Return a moment of the same kind and zone at another wall time."""
    if isinstance(moment, AllDay):
        return AllDay(local.date())
    return Zoned(local, moment.zone) if isinstance(moment, Zoned) else Floating(local)


def whole_days(minutes: int) -> int:
    """Return over how many days an all-day item of `minutes` goes: one at least, begun ones too."""
    return max(1, -(-minutes // MINUTES_A_DAY))


def ends(moment: Moment, minutes: int, home: str) -> datetime:
    """Return the UTC instant at which something of `minutes` elapsed minutes is over.

    An all-day item ends at the local midnight after its last day.
    """
    if isinstance(moment, AllDay):
        return instant(AllDay(moment.day + timedelta(days=whole_days(minutes))), home)
    return instant(moment, home) + timedelta(minutes=minutes)


def lead_instant(moment: Moment, minutes: int, home: str) -> datetime:
    """Return the UTC instant `minutes` before `moment`.

    A multiple of 1440 is so many calendar days earlier at the moment's own wall time, anything
    else is elapsed minutes. An all-day item counts from 08:00 of its day.
    """
    local = (
        datetime.combine(moment.day, ALL_DAY_HOUR) if isinstance(moment, AllDay) else wall(moment)
    )
    zone = zone_for(moment, home)
    if minutes % MINUTES_A_DAY == 0:
        return wall_instant(local - timedelta(days=minutes // MINUTES_A_DAY), zone)
    return wall_instant(local, zone) - timedelta(minutes=minutes)


def to_text(moment: Moment) -> str:
    """Return the moment as typed: `2026-11-24T09:30`, or the bare date when all-day."""
    if isinstance(moment, AllDay):
        return moment.day.isoformat()
    return wall_text(moment.local)


def wall_text(local: datetime) -> str:
    """Return a wall time like 2026-11-24T09:30, with seconds only where it has any."""
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def to_iso(moment: Moment, home: str) -> str:
    """Return ISO text: with offset when zoned, without when floating, a date when all-day."""
    if isinstance(moment, Zoned):
        return iso_at(instant(moment, home), moment.zone)
    return to_text(moment)


def iso_at(at: datetime, zone: str) -> str:
    """Return an instant as ISO text with the offset of a zone, seconds only where it has any."""
    local = in_zone(at, zone)
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def in_zone(at: datetime, zone: str) -> datetime:
    """Return the UTC instant `at` as an aware wall time in `zone`."""
    return at.astimezone(zone_of(zone))


def local_day(at: datetime, home: str) -> date:
    """Return the calendar day of the UTC instant `at` in the zone `home`."""
    return in_zone(at, home).date()


def day_of(moment: Moment, home: str) -> date:
    """Return the calendar day on which the moment falls for a reader in the zone `home`.

    Floating and all-day moments fall on their own day; a zoned one on the reader's.
    """
    if isinstance(moment, AllDay):
        return moment.day
    if isinstance(moment, Floating):
        return moment.local.date()
    return local_day(instant(moment, home), home)


def day_span(first: date, last: date, home: str) -> tuple[datetime, datetime]:
    """Return the UTC instants from the start of `first` to the end of `last` in `home`."""
    return instant(AllDay(first), home), instant(AllDay(last + timedelta(days=1)), home)
