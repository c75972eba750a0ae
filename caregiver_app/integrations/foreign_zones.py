"""Which zone of the time zone data a calendar file means by its TZIDs.

Files call zones by tzdata's names, by those with a prefix of the program that wrote them, by
Windows' names or by names of their own with a VTIMEZONE that describes them. The last is compared
with the zones of tzdata in the years in which the file uses it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from tzlocal.windows_tz import win_tz

from caregiver_app.domain.recurrence import expand, read_rule
from caregiver_app.domain.times import Floating, zone_names, zone_of
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.lines import Component

_OFFSET: Final = re.compile(r"[+-](\d{2}):?(\d{2})(?::?(\d{2}))?")
_UTC_OFFSET: Final = re.compile(r"\(?(?:UTC|GMT)\s*(?:([+-])(\d{1,2}):?(\d{2})?)?\)?")
_DATE_TIME: Final = "%Y%m%dT%H%M%S"
_STEP: Final = timedelta(days=7)
_YEARS: Final = 4
_SPAN: Final = 40
"""Onsets are worked out from so many years before the first use on."""
_USUAL: Final = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Athens", "Europe/Moscow",
    "Asia/Tokyo", "Asia/Shanghai", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo",
    "America/Phoenix", "America/Halifax", "Asia/Dubai", "Africa/Johannesburg", "UTC",
)  # fmt: skip
"""Tried first: of zones that agree, the one that most people have."""

Onset = tuple[datetime, timedelta]
"""A wall time from which on an offset from UTC holds."""


class ForeignZones:
    """Finds the zone of each TZID of one file."""

    def __init__(self, parts: Sequence[Component], default: str = "") -> None:
        """`parts` are the file's VTIMEZONE components, `default` its X-WR-TIMEZONE."""
        self._told: dict[str, Component] = {}
        for part in parts:
            named = part.first("TZID")
            if named is not None:
                self._told.setdefault(named.value.strip(), part)
        self._found: dict[str, str | None] = {}
        self.default = _by_name(default) if default else None

    def find(self, tzid: str, near: datetime) -> str | None:
        """Return the name of the zone that is meant, None where nobody can tell.

        Args:
            tzid: as the file has it.
            near: a wall time for which it is used; the first one decides.
        """
        tzid = tzid.strip()
        if tzid not in self._found:
            self._found[tzid] = self._look(tzid, near)
        return self._found[tzid]

    def instant(self, tzid: str, local: datetime) -> datetime | None:
        """Return the UTC instant of a wall time in a zone that only the file describes."""
        part = self._told.get(tzid.strip())
        onsets = [] if part is None else _onsets(part, local)
        return (local - _holds(onsets, local)).replace(tzinfo=UTC) if onsets else None

    def _look(self, tzid: str, near: datetime) -> str | None:
        named = _by_name(tzid)
        if named is not None:
            return named
        part = self._told.get(tzid)
        if part is None:
            return _by_offset(tzid)
        location = part.first("X-LIC-LOCATION")
        named = None if location is None else _by_name(location.value)
        return named or _alike(_onsets(part, near), near) or _by_offset(tzid)


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


def _by_name(tzid: str) -> str | None:
    """Return the zone of a name of tzdata, perhaps behind a prefix, or of a name of Windows."""
    tzid = tzid.strip().strip('"')
    known = _folded()
    parts = [part for part in tzid.split("/") if part]
    for begin in range(len(parts)):
        # Never a bare word at the end of a longer name: "/x/Etc/Zulu" yes, "Offices/Berlin" no.
        if begin and len(parts) - begin < 2:
            break
        found = known.get("/".join(parts[begin:]).casefold())
        if found is not None:
            return found
    return win_tz.get(tzid)


def _by_offset(tzid: str) -> str | None:
    """Return a zone of one offset for a name like UTC+01:00, where tzdata has it."""
    found = _UTC_OFFSET.match(tzid)
    if found is None:
        return None
    hours, minutes = int(found[2] or 0), int(found[3] or 0)
    if minutes or hours > 12:
        return None
    # POSIX counts the other way round: Etc/GMT-1 is an hour ahead.
    sign = "-" if found[1] == "+" else "+"
    return f"Etc/GMT{sign}{hours}" if hours else "UTC"


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        return None
    size = timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3] or 0))
    return -size if text.strip().startswith("-") else size


def _onsets(part: Component, near: datetime) -> list[Onset]:
    """Return when which offset begins, by the clock before it, up to some years after `near`."""
    low = near.replace(year=max(near.year - _SPAN, 1900), day=1)
    high = near.replace(year=min(near.year + _YEARS + 1, 2200), day=1)
    found: list[Onset] = []
    for one in part.parts:
        begins, to = one.first("DTSTART"), one.first("TZOFFSETTO")
        offset = None if to is None else _offset(to.value)
        if begins is None or offset is None:
            continue
        try:
            first = datetime.strptime(begins.value.strip()[:15], _DATE_TIME)  # noqa: DTZ007
            found.append((first, offset))
            rule = one.first("RRULE")
            if rule is not None:
                read = read_rule(rule.value, Floating(first)).rule
                found += [(at, offset) for at in expand(Floating(first), read, low, high)]
            for line in one.all("RDATE"):
                found += [
                    (datetime.strptime(text.strip()[:15], _DATE_TIME), offset)  # noqa: DTZ007
                    for text in line.value.split(",")
                ]
        except (ValueError, InputRefused):
            continue
    return sorted(set(found))


def _alike(onsets: list[Onset], near: datetime) -> str | None:
    """Return the zone whose clock goes as these onsets say in the years from `near` on."""
    if not onsets:
        return None
    samples: list[tuple[datetime, timedelta]] = []
    at, last = datetime(near.year, 1, 3, 12), datetime(near.year + _YEARS, 1, 1)  # noqa: DTZ001
    while at < last:
        samples.append((at, _holds(onsets, at)))
        at += _STEP
    names = (*_USUAL, *sorted(zone_names() - set(_USUAL)))
    best, fewest = None, len(samples) // 20 + 1
    for name in names:
        tz = zone_of(name)
        differ = 0
        for at, offset in samples:
            differ += at.replace(tzinfo=tz).utcoffset() != offset
            if differ >= fewest:
                break
        if differ < fewest:
            best, fewest = name, differ
            if not differ:
                break
    return best


def _holds(onsets: list[Onset], at: datetime) -> timedelta:
    offset = onsets[0][1]
    for begins, to in onsets:
        if begins > at:
            break
        offset = to
    return offset


def utc(text: str) -> datetime | None:
    """Return the instant of a value like 20261124T083000Z, None where it is none."""
    try:
        return datetime.strptime(text.strip(), f"{_DATE_TIME}Z").replace(tzinfo=UTC)
    except ValueError:
        return None
