"""What a family chose about ringing: when it is quiet, and whether a reminder rings again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final

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
