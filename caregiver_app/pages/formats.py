"""How this computer's country writes hours, days and weeks, unless the family chose otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale

from caregiver_app.pages.dates import hour_text
from caregiver_app.values import value

WEEK_START: Final = "calendar.week_start"
"""The setting: "0" (Monday) to "6" (Sunday), "" as the computer."""
CLOCK: Final = "calendar.clock"
"""The setting: "12" or "24", "" as the computer."""

_DAYS: Final = ("0", "1", "2", "3", "4", "5", "6")


@value
class Formats:
    """`halves`: the day has am and pm; `first_weekday`: 0 is Monday; `month_first`: 11/24."""

    halves: bool = False
    first_weekday: int = 0
    month_first: bool = False


def formats_of(setting: Callable[[str, str], str]) -> Formats:
    """Return what the family chose, the rest as the computer's country has it.

    Args:
        setting: gives the text of a setting, or the second word where it was never set.
    """
    here = QLocale()
    clock, week = setting(CLOCK, ""), setting(WEEK_START, "")
    halves = clock == "12" if clock in ("12", "24") else _has_halves(here)
    first = int(week) if week in _DAYS else here.firstDayOfWeek().value - 1
    pattern = here.dateFormat(QLocale.FormatType.ShortFormat)
    return Formats(halves, first, pattern.find("M") < pattern.find("d"))


def hours_of(setting: Callable[[str, str], str]) -> Callable[[time | datetime], str]:
    """Return what writes an hour as the family chose; `setting` as for `formats_of`."""
    return partial(hour_text, halves=formats_of(setting).halves)


def _has_halves(here: QLocale) -> bool:
    return "AP" in here.timeFormat(QLocale.FormatType.ShortFormat).upper()
