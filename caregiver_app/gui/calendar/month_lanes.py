"""What lasts for several days in one week of the month: one bar each, in one lane on all its days.

A lane is a place for a chip. Each week finds its own: what lasts never takes the last place of a
day on which something else happens, nor those of an infusion.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from caregiver_app.domain.lasting import Lasting, lasting
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.values import value

MOST: Final = 3
"""So many chips have room in a day."""
BAR: Final = "infusion"
"""The type whose marks are drawn as bars of their own, before all others."""
BAR_COUNTS: Final = 2


@value
class Stretch:
    """A piece of something that lasts, from one column of a week to another, both included.

    It is `cut` at an end where it goes on in the week before or after.
    """

    entry: Occurrence
    days: Lasting
    first: int
    last: int
    cut_left: bool
    cut_right: bool


@value
class Week:
    """What a week of the month has to share among its days.

    `kept` is how many places each day keeps for what happens on it alone; `watched` tells that a
    watch line crosses the week, which needs room at the foot of its days.
    """

    stretches: tuple[Stretch, ...]
    kept: tuple[int, ...]
    watched: bool = False

    def lanes(self, free: Sequence[int]) -> dict[int, int]:
        """Return the lane of each stretch, by its place; who finds none is left out.

        `free` is how many lanes each day can give away.
        """
        found: dict[int, int] = {}
        taken: list[set[int]] = [set() for _ in free]
        for place, one in enumerate(self.stretches):
            span = range(one.first, one.last + 1)
            most = min(free[column] for column in span)
            lane = next((n for n in range(most) if all(n not in taken[c] for c in span)), None)
            if lane is None:
                continue
            found[place] = lane
            for column in span:
                taken[column].add(lane)
        return found


NOTHING: Final = Week((), (0,) * 7)


def week_of(days: Sequence[tuple[date, Sequence[Occurrence]]], home: str, *, watched: bool) -> Week:
    """Return what the days of a week share, for a reader in the zone `home`."""
    found: dict[int, Stretch] = {}
    kept: list[int] = []
    for column, (day, entries) in enumerate(days):
        own = infusions = 0
        for entry in entries:
            if id(entry) in found:
                continue
            if entry.appointment.type == BAR:
                infusions += 1
                continue
            span = lasting(entry, home)
            if span is None:
                own += 1
                continue
            last = min(len(days) - 1, column + (span.last - day).days)
            cuts = span.first < day, span.last > days[-1][0]
            found[id(entry)] = Stretch(entry, span, column, last, *cuts)
        kept.append(BAR_COUNTS if infusions else 1 if own else 0)
    if not found:
        return NOTHING
    order = sorted(found.values(), key=lambda one: (one.first, one.days.first, -one.last))
    return Week(tuple(order), tuple(kept), watched)
