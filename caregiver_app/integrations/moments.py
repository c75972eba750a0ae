"""Dates, hours and lengths as a calendar file writes them (RFC 5545 3.3.4 to 3.3.6, 3.8.6.3)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.times import (
    ALL_DAY_HOUR,
    AllDay,
    Floating,
    Moment,
    Zoned,
    in_zone,
    instant,
    is_in_gap,
    wall,
    wall_instant,
    with_wall,
    zone_of,
)
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.foreign_zones import ForeignZones
from caregiver_app.integrations.lines import Line

_MOMENT: Final = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ](\d{2}):?(\d{2})(?::?(\d{1,2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?|Z)?",
    re.IGNORECASE | re.ASCII,
)
_DURATION: Final = re.compile(
    r"([+-])?P(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE,
)
_YEARS: Final = range(1900, 2201)
_UTC: Final = "UTC"
_MINUTE: Final = 60
_DAY_MINUTES: Final = 1440
_MOST_DAYS: Final = 100_000


def read_moment(line: Line, text: str, zones: ForeignZones) -> Moment:
    """Return one value of a line as one of the three kinds of time.

    Raises:
        InputRefused: it is no date of the years 1900 to 2200.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise InputRefused("import.no_date", "start", text=text[:40])
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        on = _checked(date(int(year), int(month), int(day)), text)
        if hour is None or line.param("VALUE").upper() == "DATE":
            return AllDay(on)
        # 24:00 is how some programs write midnight, 60 is a leap second.
        later = timedelta(days=1) if hour == "24" else timedelta()
        at = time(int(hour) % 24, int(minute), min(int(second or 0), 59))
    except ValueError:
        raise InputRefused("import.no_date", "start", text=text[:40]) from None
    moment = _zoned(line, datetime.combine(on, at) + later, offset or "", zones)
    _checked(wall(moment).date(), text)
    return moment


def _zoned(line: Line, local: datetime, offset: str, zones: ForeignZones) -> Moment:
    """Return a wall time in the zone that its line or its offset names."""
    if offset:
        return Zoned(local - _offset(offset), _UTC)
    tzid = line.param("TZID")
    zone = zones.find(tzid, local) if tzid else zones.default
    if zone is not None:
        return Zoned(local, zone)
    at = zones.instant(tzid, local) if tzid else None
    return Floating(local) if at is None else Zoned(at.replace(tzinfo=None), _UTC)


def _offset(text: str) -> timedelta:
    """Return how far before UTC something like Z or +01:00 is."""
    if text in "Zz":
        return timedelta()
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return -size if text.startswith("-") else size


def _checked(day: date, text: str) -> date:
    if day.year not in _YEARS:
        raise InputRefused("import.no_date", "start", text=text[:40])
    return day


def out_of_gap(moment: Moment) -> Moment:
    """Return a single time that the clocks skip as RFC 5545 3.3.5 reads it: by the old offset."""
    if not isinstance(moment, Zoned) or not is_in_gap(moment.local, moment.zone):
        return moment
    at = moment.local.replace(tzinfo=zone_of(moment.zone), fold=0).astimezone(UTC)
    return Zoned(in_zone(at, moment.zone).replace(tzinfo=None), moment.zone)


def as_of(series: Moment, moment: Moment) -> datetime:
    """Return a moment as a wall time of the kind and zone of a series.

    A bare date means the series' own hour of that day.

    Raises:
        InputRefused: it is no date of the years 1900 to 2200 there.
    """
    local = _as_of(series, moment)
    _checked(local.date(), local.isoformat())
    return local


def _as_of(series: Moment, moment: Moment) -> datetime:
    if isinstance(series, AllDay):
        return datetime.combine(wall(moment).date(), time())
    if isinstance(moment, AllDay):
        return datetime.combine(moment.day, series.local.time())
    if isinstance(series, Zoned) and isinstance(moment, Zoned) and series.zone != moment.zone:
        at = wall_instant(moment.local, moment.zone)
        return in_zone(at, series.zone).replace(tzinfo=None)
    return moment.local


def minutes_between(start: Moment, end: Moment) -> int:
    """Return how many minutes pass from `start` to `end`, 0 where `end` comes first."""
    if isinstance(start, AllDay) or isinstance(end, AllDay):
        days = (wall(end).date() - wall(start).date()).days
        return max(1, days) * _DAY_MINUTES
    if isinstance(start, Zoned) and isinstance(end, Zoned):
        length = instant(end, _UTC) - instant(start, _UTC)
    else:
        length = end.local - start.local
    return max(0, _minutes(length))


def _minutes(length: timedelta) -> int:
    """Return the nearest whole number of minutes: a day often ends at 23:59:59."""
    return int(length.total_seconds() + _MINUTE / 2) // _MINUTE


def end_of(start: Moment, end: Moment) -> Moment:
    """Return an end in the kind of time of its start (RFC 5545 3.6.1 wants both alike).

    A date stands for its first instant, an hour for the whole of its day.
    """
    if isinstance(start, AllDay) and not isinstance(end, AllDay):
        begun = end.local.time() > time()
        return AllDay(end.local.date() + timedelta(days=begun))
    if isinstance(end, AllDay) and not isinstance(start, AllDay):
        return with_wall(start, wall(end))
    return end


def read_duration(text: str) -> tuple[int, timedelta] | None:
    """Return a duration as days and what is over, both with its sign; None where it is none."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    if max(weeks, days, hours, minutes, seconds) > 10**7:
        return None
    rest = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return sign * (7 * weeks + days), sign * rest


def after(start: Moment, length: tuple[int, timedelta]) -> int:
    """Return the minutes that something lasts: its days are days of the calendar."""
    days, rest = min(length[0], _MOST_DAYS), length[1]
    if isinstance(start, AllDay):
        return max(1, days - (-rest // timedelta(days=1))) * _DAY_MINUTES
    end = with_wall(start, wall(start) + timedelta(days=days))
    return max(0, minutes_between(start, end) + _minutes(rest))


def lead_of(trigger: Line, start: Moment, minutes: int, zones: ForeignZones) -> int | None:
    """Return how many minutes before the start an alarm rings, None where it is not before it.

    As `times.lead_instant` counts: whole days by the calendar, an all-day item from 08:00.
    """
    length = read_duration(trigger.value)
    if length is None:
        return _lead_at(trigger, start, zones)
    days, rest = length
    odd = rest
    if trigger.param("RELATED").upper() == "END":
        odd += timedelta(minutes=minutes)
    if isinstance(start, AllDay):
        odd -= timedelta(hours=ALL_DAY_HOUR.hour, minutes=ALL_DAY_HOUR.minute)
    lead = -days * _DAY_MINUTES - int(odd.total_seconds()) // _MINUTE
    return lead if lead >= 0 else None


def _lead_at(trigger: Line, start: Moment, zones: ForeignZones) -> int | None:
    """Return the lead of an alarm that names its instant."""
    try:
        at = read_moment(trigger, trigger.value, zones)
    except InputRefused:
        return None
    if isinstance(at, AllDay) or not isinstance(start, Zoned) or not isinstance(at, Zoned):
        return None
    lead = instant(start, _UTC) - instant(at, _UTC)
    whole = int(lead.total_seconds()) // _MINUTE
    return whole if whole >= 0 else None
