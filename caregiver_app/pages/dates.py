"""Words that window and printed pages share: `tr`, and dates and hours as both write them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import QCoreApplication

WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the language of the program, with `{name}` places filled from `values`."""
    translated = QCoreApplication.translate("caregiver", text)
    return translated.format(**values) if values else translated


def count_text(count: int, one: str, many: str) -> str:
    """Return `one` or `many` with `{count}` filled in, whichever fits the number."""
    return tr(one if count == 1 else many, count=count)


def month_text(day: date) -> str:
    """Return "March 2026"."""
    return f"{tr(MONTHS[day.month - 1])} {day.year}"


def weekday_name(number: int) -> str:
    """Return "Monday" for 0, "Sunday" for 6."""
    return tr(WEEKDAYS[number])


def plain_date(day: date) -> str:
    """Return "31 March 2026"."""
    return f"{day.day} {tr(MONTHS[day.month - 1])} {day.year}"


def full_date(day: date) -> str:
    """Return "Tuesday 31 March 2026"."""
    return f"{tr(WEEKDAYS[day.weekday()])} {plain_date(day)}"


def weekday_date(day: date) -> str:
    """Return "Tue 31 March 2026"."""
    return f"{short_weekday(day)} {plain_date(day)}"


def weekday_day(day: date) -> str:
    """Return "Tuesday 31 March"."""
    return f"{tr(WEEKDAYS[day.weekday()])} {day.day} {tr(MONTHS[day.month - 1])}"


def day_month(day: date) -> str:
    """Return "31 Mar"."""
    return f"{day.day} {tr(MONTHS[day.month - 1][:3])}"


def short_weekday(day: date) -> str:
    """Return "Tue"."""
    return tr(WEEKDAYS[day.weekday()])[:3]


def hour_text(at: time | datetime, *, halves: bool = False) -> str:
    """Return "9:30", or "9:30 am" where the day has two `halves`."""
    if halves:
        half = tr("am") if at.hour < 12 else tr("pm")
        return f"{at.hour % 12 or 12}:{at.minute:02d} {half}"
    return f"{at.hour}:{at.minute:02d}"
