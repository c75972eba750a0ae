"""Properties of our own in a calendar file, and what they tell when it comes back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from caregiver_app.integrations.lines import Component

DATE_NAME: Final = "X-CAREGIVER-DATE"
"""The wall time of the series that a changed date replaces, where RECURRENCE-ID cannot say it."""

CLOCK_NAME: Final = "X-CAREGIVER-CLOCK"
"""Marks an event that says nothing but when a date of its series is, and in the series itself the
EXDATE and RDATE values that only stand there for other readers' sake (`clock_dates`)."""

KIND_NAME: Final = "X-CAREGIVER-TYPE"
"""The kind of an appointment."""

NO_LENGTH: Final = "DTEND:"
"""Among the lines that an event keeps: its file names an end, and that is the start."""

_WALL: Final = re.compile(r"\d{8}T\d{6}")


def clock_mark(changed: str, span: Iterable[str]) -> str:
    """Return the value of CLOCK_NAME in an event that only tells the hour.

    Args:
        changed: the value of LAST-MODIFIED.
        span: those of DTSTART and, if there is one, DTEND. An event that somebody has changed
            since does not fit its mark any more.
    """
    return "/".join([changed, *span])


def only_tells_clock(event: Component) -> bool:
    """Tell whether an event is one that we wrote for a change of the clocks, and unchanged."""
    mark = event.first(CLOCK_NAME)
    if mark is None or event.first("RECURRENCE-ID") is None:
        return False
    names = ("LAST-MODIFIED", "DTSTART", "DTEND")
    changed, *span = [line.value for line in map(event.first, names) if line is not None] or [""]
    return mark.value == clock_mark(changed, span)


def series_mark(values: Iterable[str]) -> str:
    """Return the value of CLOCK_NAME in a series."""
    return "/".join(sorted(set(values)))


def without_clock_dates(event: Component) -> Component:
    """Return a series without the dates that only stand there for other readers' sake.

    Where not all of them are there any more, somebody has changed the series and it stays as it is.
    """
    mark = event.first(CLOCK_NAME)
    if mark is None or event.first("RECURRENCE-ID") is not None:
        return event
    values = set(mark.value.split("/"))
    ours = [
        line for line in event.lines if line.name in ("EXDATE", "RDATE") and line.value in values
    ]
    if {line.value for line in ours} != values:
        return event
    numbers = {line.number for line in (*ours, mark)}
    lines = [line for line in event.lines if line.number not in numbers]
    return Component(event.name, event.number, lines, event.parts)


def replaced_date(event: Component) -> datetime | None:
    """Return the wall time that DATE_NAME tells, None without it."""
    line = event.first(DATE_NAME)
    if line is None or not _WALL.fullmatch(line.value):
        return None
    try:
        return datetime.strptime(line.value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall time
    except ValueError:
        return None
