"""Where something lands that is dragged or stretched: steps of a quarter of an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.times import MINUTES_A_DAY, whole_days
from caregiver_app.gui.calendar.week.model import Item
from caregiver_app.values import value

STEP: Final = 15
"""Minutes of a step, and the least length."""


@value
class Landing:
    """Where an item would come to stand; `start` is None for whole days."""

    item: Item
    day: date
    start: int | None
    minutes: int

    @property
    def last(self) -> date:
        """The last day of something that stands above the hours."""
        if self.item.start is None and self.minutes != self.item.minutes:
            return self.day + timedelta(days=whole_days(self.minutes) - 1)
        return self.day + (self.item.last - self.item.first)

    @property
    def end(self) -> int:
        """The minute of its first day at which it would be over."""
        return (self.start or 0) + self.minutes

    @property
    def hour(self) -> time | None:
        """The time at which it would begin."""
        if self.start is None:
            return None
        return (datetime.combine(self.day, time()) + timedelta(minutes=self.start)).time()

    @property
    def as_item(self) -> Item:
        """The item as it would be, without its way there."""
        if self.start is None:
            return replace(self.item, first=self.day, last=self.last, minutes=self.minutes)
        days, end = divmod(self.end, MINUTES_A_DAY)
        last = self.day + timedelta(days=days)
        return replace(
            self.item, first=self.day, start=self.start, last=last, end=end, lead=0,
            minutes=self.minutes,
        )  # fmt: skip

    @property
    def is_other(self) -> bool:
        """Whether that is not where it stands already."""
        item = self.item
        return (self.day, self.start, self.minutes) != (item.first, item.start, item.minutes)


def moved(item: Item, days: int, minutes: int) -> Landing:
    """Return where an item lands that is dragged so many days and minutes.

    The hour comes to stand on a full step; as long as it is dragged to another day only, it stays.
    """
    day = item.first + timedelta(days=days)
    start = item.start
    if start is not None and not item.lies_over_days and abs(minutes) * 2 >= STEP:
        start = min(MINUTES_A_DAY - STEP, max(0, _stepped(start + minutes)))
    return Landing(item, day, start, item.minutes)


def stretched(item: Item, minutes: int) -> Landing:
    """Return how an item looks whose end is dragged so many minutes down."""
    start = item.start or 0
    end = (item.last - item.first).days * MINUTES_A_DAY + item.end
    length = item.minutes
    if abs(minutes) * 2 >= STEP:
        last = start + MINUTES_A_DAY - STEP
        wanted = min(max(_stepped(end + minutes), start + STEP), last)
        # Its length counts elapsed minutes, which need not be those of the wall.
        length = max(STEP, item.minutes + wanted - end)
    return Landing(item, item.first, item.start, length)


def stretched_days(item: Item, days: int) -> Landing:
    """Return how an item of whole days looks whose last day is dragged so many days on."""
    count = max(1, whole_days(item.minutes) + days)
    minutes = item.minutes if count == whole_days(item.minutes) else count * MINUTES_A_DAY
    return Landing(item, item.first, None, minutes)


def _stepped(minute: int) -> int:
    return (minute + STEP // 2) // STEP * STEP
