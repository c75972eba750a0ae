"""Dates and hours as printed pages write them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from caregiver_app.pages.paper import tr

_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def plain_date(day: date) -> str:
    """Return "31 March 2026"."""
    return f"{day.day} {tr(_MONTHS[day.month - 1])} {day.year}"


def full_date(day: date) -> str:
    """Return "Tuesday 31 March 2026"."""
    return f"{tr(_WEEKDAYS[day.weekday()])} {plain_date(day)}"


def weekday_date(day: date) -> str:
    """Return "Tue 31 March 2026"."""
    return f"{short_weekday(day)} {plain_date(day)}"


def short_weekday(day: date) -> str:
    """Return "Tue"."""
    return tr(_WEEKDAYS[day.weekday()])[:3]


def hour_text(at: time | datetime) -> str:
    """Return "9:30"."""
    return f"{at.hour}:{at.minute:02d}"
