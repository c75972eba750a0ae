"""Where plans get in each other's way. Nothing here forbids anything: a family may mean it so.

What only touches (one ends as the other begins) is no conflict, and neither is a drive beside
the visit that it leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from caregiver_app.values import value

Kind = Literal["same_time", "leaves_early", "same_driver", "two_people"]
"""Two things at once; one has to leave before the other ends; one driver on two drives at once;
two people who are looked after at the same time."""

Key = tuple[str, str]
"""Appointment id and occurrence key."""

_MOMENT = timedelta(minutes=1)
"""What has no length still takes a moment."""


@value
class Busy:
    """One occurrence as the time that it takes, in UTC instants.

    `leaves` is when one sets off (the start, where that is not known), `place` tells the same
    place by the same text, `drives_home` that the driver also drives back.
    """

    key: Key
    person: str
    leaves: datetime
    begins: datetime
    ends: datetime
    driver: str = ""
    drives_home: bool = False
    place: str = ""
    is_drive: bool = False

    @property
    def over(self) -> datetime:
        """When it is over; a moment after its start at the earliest."""
        return max(self.ends, self.begins + _MOMENT)


@value
class Clash:
    """Two occurrences that get in each other's way, the earlier one first."""

    kind: Kind
    first: Busy
    second: Busy


def clashes(taken: Iterable[Busy]) -> Iterator[Clash]:
    """Yield what gets in each other's way, in order of time; each pair at most once.

    Two drives of one driver are told besides what else is between the two.
    """
    queue = sorted(taken, key=lambda one: (one.leaves, one.begins, one.key))
    going: list[Busy] = []
    for one in queue:
        going = [other for other in going if _until(other) > one.leaves]
        for other in going:
            yield from between_two(other, one)
        going.append(one)


def between_two(first: Busy, second: Busy) -> Sequence[Clash]:
    """Return what is between two occurrences; which of them is named first plays no part."""
    first, second = _in_order(first, second)
    found: list[Clash] = []
    kind = _kind(first, second)
    if kind is not None:
        found.append(Clash(kind, first, second))
    if _share_driver(first, second):
        found.append(Clash("same_driver", first, second))
    return found


def _in_order(one: Busy, other: Busy) -> tuple[Busy, Busy]:
    ordered = sorted((one, other), key=lambda each: (each.begins, each.leaves, each.key))
    return ordered[0], ordered[1]


def _kind(first: Busy, second: Busy) -> Kind | None:
    if first.is_drive != second.is_drive and first.person == second.person:
        # The way there, or the way home: only a drive in the midst of a visit is in its way.
        drive, visit = (first, second) if first.is_drive else (second, first)
        return "same_time" if visit.begins < drive.begins < visit.over else None
    at_once = _overlap(first.begins, first.over, second.begins, second.over)
    if first.person != second.person:
        alone = at_once and not (first.is_drive or second.is_drive)
        return "two_people" if alone and not _together(first, second) else None
    if at_once:
        return "same_time"
    if _overlap(first.begins, first.over, second.leaves, second.over):
        return "leaves_early"
    return None


def _share_driver(first: Busy, second: Busy) -> bool:
    if not first.driver or first.driver != second.driver or _together(first, second):
        return False
    if first.person == second.person and first.is_drive != second.is_drive:
        return False
    return any(_overlap(*one, *other) for one in _driving(first) for other in _driving(second))


def _driving(one: Busy) -> list[tuple[datetime, datetime]]:
    """Return from when to when the driver is on the road."""
    if one.is_drive:
        return [(one.leaves, one.over)]
    there = max(one.begins, one.leaves + _MOMENT)
    ways = [(one.leaves, there)]
    if one.drives_home:
        ways.append((one.ends, one.ends + (there - one.leaves)))
    return ways


def _together(first: Busy, second: Busy) -> bool:
    """Tell whether both are at one place at one hour, so that one company is enough."""
    return bool(first.place) and (first.place, first.begins) == (second.place, second.begins)


def _overlap(begins: datetime, ends: datetime, starts: datetime, over: datetime) -> bool:
    return begins < over and starts < ends


def _until(one: Busy) -> datetime:
    """Return the last instant at which it can be in the way of anything."""
    return max(until for _, until in (*_driving(one), (one.begins, one.over)))
