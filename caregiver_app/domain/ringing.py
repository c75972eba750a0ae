"""What a family chose about ringing: when it is quiet, and whether a reminder rings again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Final

from caregiver_app.domain.entities import LONG_AGO
from caregiver_app.domain.times import in_zone, wall_instant
from caregiver_app.values import value

_DAY: Final = timedelta(days=1)

USUAL_LEADS: Final[Mapping[str, tuple[int, ...]]] = {
    "infusion": (1440, 120),
    "follow-up": (1440, 120),
    "lab": (1440, 120),
    "medication": (0,),
    "drive": (60,),
    "other": (120,),
}
"""Minutes before the start at which an appointment of a type reminds while nobody chose others.

A plan's visits have their own (`domain.plans`).
"""


@value
class LeadsFrom:
    """The usual lead times of a type, and the UTC instant from which they hold."""

    since: datetime
    minutes: tuple[int, ...]


class UsualLeads:
    """The usual lead times by type, now and before.

    A choice holds for what begins after it was made. So it rings for nothing of the past, what was
    said there by an earlier one still waits for its answer, and what is about to begin is told of.
    """

    def __init__(self, chosen: Mapping[str, tuple[LeadsFrom, ...]] | None = None) -> None:
        """`chosen` gives for each type its lead times in order, the first ones from LONG_AGO."""
        self._by_type: Mapping[str, tuple[LeadsFrom, ...]] = chosen or {}

    @cached_property
    def now(self) -> Mapping[str, tuple[int, ...]]:
        """The minutes before by type, as they were chosen last."""
        return {kind: self._of(kind)[-1].minutes for kind in USUAL_LEADS}

    @cached_property
    def ever(self) -> Mapping[str, tuple[int, ...]]:
        """The minutes before by type that are or were usual."""
        return {
            kind: tuple(sorted({m for one in self._of(kind) for m in one.minutes}, reverse=True))
            for kind in USUAL_LEADS
        }

    def since(self, kind: str, minutes: int, begins: datetime) -> datetime | None:
        """Return from when on a lead time was usual for what begins then, None if it is not."""
        since: datetime | None = None
        for one in self._of(kind):
            if one.since > begins:
                break
            if minutes not in one.minutes:
                since = None
            elif since is None:
                since = one.since
        return since

    def _of(self, kind: str) -> tuple[LeadsFrom, ...]:
        return self._by_type.get(kind) or (LeadsFrom(LONG_AGO, USUAL_LEADS.get(kind, ())),)


@value
class QuietHours:
    """The hours, in the computer's zone, in which nothing rings that can wait; over midnight too.

    `first` and `last` are never the same.
    """

    first: time
    last: time

    def until(self, at: datetime, home: str) -> datetime | None:
        """Return the UTC instant at which the quiet hours that hold `at` are over, None outside.

        The first hour belongs to them, the last does not.
        """
        local = in_zone(at, home)
        over_night = self.last <= self.first
        for begins in (local.date() - _DAY, local.date()) if over_night else (local.date(),):
            ends = begins + _DAY if over_night else begins
            start = wall_instant(datetime.combine(begins, self.first), home)
            end = wall_instant(datetime.combine(ends, self.last), home)
            if start <= at < end:
                return end.astimezone(UTC)
        return None


@value
class Repeats:
    """How a reminder that nobody answered rings again: every `minutes` (0: never), `most` times.

    `everything` tells whether that holds for all that rings on its own, or for medicines alone.
    """

    minutes: int = 0
    most: int = 3
    everything: bool = False
