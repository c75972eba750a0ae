"""How long signs are watched for after an infusion: by calendar days, to the next one at most."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from caregiver_app.domain.times import Moment, day_of, ends, local_day, wall_instant
from caregiver_app.values import value

_DAY = timedelta(days=1)


@value
class Window:
    """The days after one infusion: its own day is day 0, `last` the last one, both included.

    `closes` is the UTC instant from which nothing is watched for any more: the end of the last
    day, or the start of the next infusion.
    """

    first: date
    last: date
    closes: datetime

    @property
    def days(self) -> int:
        """The number of the last day."""
        return (self.last - self.first).days

    def day(self, today: date) -> int:
        """Return which day `today` is."""
        return (today - self.first).days


def window_after(
    start: Moment, minutes: int, days: int, next_start: datetime | None, home: str
) -> Window | None:
    """Return the window of an infusion of `minutes` that starts at `start`; None for 0 days.

    It lasts `days` calendar days of the zone `home`, whatever the clocks do meanwhile, and is over
    earlier when the next infusion starts, at the UTC instant `next_start`; never before its own
    infusion ends.
    """
    if days <= 0:
        return None
    first = day_of(start, home)
    last = first + timedelta(days=days)
    closes = wall_instant(datetime.combine(last + _DAY, time()), home)
    if next_start is not None and next_start < closes:
        closes = max(next_start, ends(start, minutes, home))
        last = max(first, local_day(closes, home))
    return Window(first, last, closes)
