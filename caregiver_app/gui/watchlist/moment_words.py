"""When something was, in words: the day and the hour, or the day alone where no hour is known."""

from __future__ import annotations

from caregiver_app.domain.times import AllDay, Moment, wall
from caregiver_app.gui.words import short_date, time_text


def moment_words(at: Moment, *, year: bool = False) -> str:
    """Return "Thu 19 Mar, 16:20", without the hour where it has none."""
    local = wall(at)
    day = short_date(local.date(), year=year)
    return day if isinstance(at, AllDay) else f"{day}, {time_text(local)}"
