"""Which zone of the time zone data a calendar file means by its TZIDs.

Files call zones by tzdata's names, by those with a prefix of the program that wrote them, by
Windows' names or by names of their own with a VTIMEZONE that describes them. The last is compared
with the zones of tzdata in the years in which the file uses it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter, ne
from typing import Final

from tzlocal.windows_tz import win_tz

from caregiver_app.domain.recurrence import expand, read_rule
from caregiver_app.domain.times import Floating, zone_names, zone_of
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.lines import Component, unescaped

_OFFSET: Final = re.compile(r"[+-](\d{2}):?(\d{2})(?::?(\d{2}))?")
_UTC_OFFSET: Final = re.compile(r"\(?(?:UTC|GMT)\s*(?:([+-])(\d{1,2}):?(\d{2})?)?\)?")
_COMMA: Final = re.compile(r"\s*,\s*")
_DATE_TIME: Final = "%Y%m%dT%H%M%S"
_STEP: Final = timedelta(days=7)
_YEARS: Final = 2
_WEEKS: Final = 6
"""Zones are taken for the same that differ in fewer weeks of both years."""
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
                self._told.setdefault(_key(unescaped(named.value)), part)
        self._found: dict[str, str | None] = {}
        self._onsets: dict[tuple[str, int], list[Onset]] = {}
        self.default = _by_name(default) or win_tz.get(default) if default else None

    def find(self, tzid: str, near: datetime) -> str | None:
        """Return the name of the zone that is meant, None where nobody can tell.

        Args:
            tzid: as the file has it.
            near: a wall time for which it is used; the first one decides.
        """
        if tzid not in self._found:
            self._found[tzid] = self._look(tzid, near)
        return self._found[tzid]

    def describes(self, tzid: str) -> bool:
        """Tell whether the file itself says how the clocks of a zone go."""
        return _key(tzid) in self._told

    def instant(self, tzid: str, local: datetime) -> datetime | None:
        """Return the UTC instant of a wall time in a zone that only the file describes."""
        name = _key(tzid)
        known = name, local.year
        if known not in self._onsets:
            part = self._told.get(name)
            self._onsets[known] = [] if part is None else _onsets(part, local)
        onsets = self._onsets[known]
        return (local - _holds(onsets, local)).replace(tzinfo=UTC) if onsets else None

    def _look(self, tzid: str, near: datetime) -> str | None:
        # tzdata knows its own zones better than a file, which may be older than the zone's rules.
        named = _by_name(tzid)
        if named is not None:
            return named
        windows, part = win_tz.get(tzid.strip().strip('"')), self._told.get(_key(tzid))
        onsets = [] if part is None else _onsets(part, near)
        if part is None or not onsets:
            return windows or _by_offset(tzid)
        location = part.first("X-LIC-LOCATION")
        located = None if location is None else _by_name(location.value)
        return _alike(onsets, near, [name for name in (windows, located) if name])


def _key(tzid: str) -> str:
    # One space for many: a search for spaces before a comma must not begin anew at each of them.
    return _COMMA.sub(",", " ".join(tzid.strip().strip('"').split())).casefold()


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


def _by_name(tzid: str) -> str | None:
    """Return the zone of a name of tzdata, perhaps behind a prefix."""
    tzid = tzid.strip().strip('"')
    known = _folded()
    # No name of tzdata has more than three parts.
    parts = [part for part in tzid.split("/") if part][-4:]
    for begin in range(len(parts)):
        # Never a bare word at the end of a longer name: "/x/Etc/Zulu" yes, "Offices/Berlin" no.
        if begin and len(parts) - begin < 2:
            break
        found = known.get("/".join(parts[begin:]).casefold())
        if found is not None:
            return found
    return None


def _by_offset(tzid: str) -> str | None:
    """Return a zone of one offset for a name like UTC+01:00, where tzdata has it."""
    found = _UTC_OFFSET.fullmatch(tzid.strip())
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


def _alike(onsets: list[Onset], near: datetime, likely: Sequence[str]) -> str | None:
    """Return the zone whose clock goes as these onsets say in the years from `near` on.

    Args:
        onsets: what the file says.
        near: when it is used.
        likely: zones that are tried first.
    """
    told, now = [_holds(onsets, at) for at in _samples(near.year)], _holds(onsets, near)
    names = (*likely, *_USUAL, *sorted(zone_names() - set(_USUAL)))
    best, fewest = None, (_WEEKS, 0)
    half = len(told) // _YEARS
    for name in names:
        true = _offsets(name, near.year)
        differ = sum(map(ne, told, true))
        if differ >= _WEEKS or near.replace(tzinfo=zone_of(name)).utcoffset() != now:
            continue
        # The first year counts most: rules may have changed since the file was written.
        rank = sum(map(ne, told[:half], true)), differ
        if rank < fewest or name in likely:
            best, fewest = name, rank
        if not differ or name in likely:
            break
    return best


@lru_cache(maxsize=64)
def _samples(year: int) -> list[datetime]:
    """Return a noon of each week of some years."""
    first = datetime(year, 1, 3, 12)  # noqa: DTZ001 - a wall time
    return [first + n * _STEP for n in range(52 * _YEARS)]


@lru_cache(maxsize=4096)
def _offsets(name: str, year: int) -> list[timedelta | None]:
    tz = zone_of(name)
    return [at.replace(tzinfo=tz).utcoffset() for at in _samples(year)]


def _holds(onsets: list[Onset], at: datetime) -> timedelta:
    return onsets[max(0, bisect_right(onsets, at, key=itemgetter(0)) - 1)][1]


def utc(text: str) -> datetime | None:
    """Return the instant of a value like 20261124T083000Z, None where it is none."""
    told = text.strip().upper()
    if len(told) != len("20261124T083000Z") or not told.endswith("Z"):
        return None
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None
