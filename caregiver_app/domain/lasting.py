"""What lasts for several days: over which, and on which of them a list names it."""

from __future__ import annotations

from datetime import date
from typing import Final

from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.times import MINUTES_A_DAY, AllDay
from caregiver_app.values import value

LONG_DAYS: Final = 31
"""What lasts longer is named on its first and its last day alone: it would fill every list."""


@value
class Lasting:
    """The days `first` to `last` of something, both included, for one reader."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days those are."""
        return (self.last - self.first).days + 1

    @property
    def is_long(self) -> bool:
        """Whether it is too long to be named on each of its days."""
        return self.count > LONG_DAYS

    def number(self, day: date) -> int:
        """Return which of its days `day` is, 1 for the first."""
        return (day - self.first).days + 1

    def is_named_on(self, day: date) -> bool:
        """Tell whether a list names it on a day."""
        if not self.first <= day <= self.last:
            return False
        return not self.is_long or day in (self.first, self.last)


def lasting(occurrence: Occurrence, home: str) -> Lasting | None:
    """Return the days of what lasts for several for a reader in `home`, None for anything else.

    A medicine is taken at its hour: it never lasts over midnight.
    """
    minutes, start = occurrence.appointment.minutes, occurrence.start
    if isinstance(start, AllDay):
        if minutes <= MINUTES_A_DAY:
            return None
    elif occurrence.appointment.type == "medication" and minutes < MINUTES_A_DAY:
        return None
    if occurrence.stays_on_its_day(home):
        return None
    last = occurrence.last_day(home)
    first = occurrence.day(home)
    return Lasting(first, last) if last > first else None
