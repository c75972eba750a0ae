"""Weeks and items of a week that tests make up, without any data."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from caregiver_app.gui.calendar.month_model import Day
from caregiver_app.gui.calendar.week.model import Item, WeekShown

MONDAY = date(2026, 3, 23)


def item(
    key: str, *, start: int | None = 540, minutes: int = 0, day: date = MONDAY, **more: Any
) -> Item:
    """An item of some minutes on a day; None for `start` makes it a matter of the whole day."""
    over = 1440 if start is None else start + minutes
    made: dict[str, Any] = {
        "key": key, "kind": "lab", "title": key.title(), "status": "booked", "first": day,
        "start": start, "last": day + timedelta(days=0 if start is None else over // 1440),
        "end": 1440 if start is None else over % 1440, "minutes": minutes, "lead": 0,
        "person": "", "colour": 1, "state": "", "fact": "", "place": "", "there": "",
    }  # fmt: skip
    return Item(**(made | more))


def bare_week(*items: Item) -> WeekShown:
    """The week of Monday 23 March 2026 with some items, on its Monday at noon."""
    days = tuple(
        Day(MONDAY + timedelta(days=n), True, n == 0, (), None)  # type: ignore[arg-type]
        for n in range(7)
    )
    return WeekShown(MONDAY, days, items, datetime(2026, 3, 23, 12))
