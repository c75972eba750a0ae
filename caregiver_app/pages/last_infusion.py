"""When an infusion was, in the same words on every page: as written down, or by the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from caregiver_app.pages.paper import tr
from caregiver_app.services.emergency import LastInfusion

_LONGEST: Final = 40
"""More than any hour that somebody copies; of a longer one the beginning is told."""


def hour_words(last: LastInfusion, written: Callable[[datetime], str]) -> str:
    """Return "ended 12:05, as written down", or what the calendar says and that it does.

    Args:
        last: the infusion.
        written: gives the words for an hour of the calendar.
    """
    if last.written:
        told = tr("began {hour}, as written down")
        if not last.running:
            told = tr("ended {hour}, as written down")
        return told.format(hour=as_written(last.written))
    if not isinstance(last.at, datetime):
        return tr("by the calendar")
    told = tr("by the calendar, it began about {hour}")
    if not last.running:
        told = tr("by the calendar, it ended about {hour}")
    return told.format(hour=written(last.at))


def as_written(typed: str) -> str:
    """Return what somebody copied as an hour, in one line and no longer than a line."""
    told = " ".join(typed.split())
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
