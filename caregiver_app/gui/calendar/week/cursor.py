"""Where the keys stand in a week, and where they go: from item to item, or to a free half hour."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.times import MINUTES_A_DAY
from caregiver_app.gui.calendar.week.geometry import SLOT
from caregiver_app.gui.calendar.week.model import Item, WeekShown
from caregiver_app.values import value

ABOVE: Final = -1
"""The minute of what lies above the hours."""


@value
class Spot:
    """An item (`key`), or with no key the free half hour of a day that begins with `minute`."""

    day: date
    minute: int
    key: str = ""


def stops(shown: WeekShown, day: date) -> list[Spot]:
    """Return where the keys stop on a day, from top to bottom."""
    found: list[Spot] = []
    taken: list[tuple[int, int]] = []
    for item in shown.on(day):
        if item.lies_over_days:
            found.append(Spot(day, ABOVE, item.key))
        else:
            found.append(Spot(day, item.on(day)[0], item.key))
            taken.append(_reach(item, day))
    found += [
        Spot(day, minute)
        for minute in range(0, MINUTES_A_DAY, SLOT)
        if not any(start < minute + SLOT and end > minute for start, end in taken)
    ]
    # The items of one minute stay in their order.
    return sorted(found, key=lambda one: one.minute)


def spot_at(shown: WeekShown, day: date, minute: int) -> Spot:
    """Return the stop of a day that is nearest to a minute."""
    stop = stops(shown, day)
    if minute == ABOVE:
        return stop[0] if stop[0].minute == ABOVE else stop[_first_hour(stop)]
    slot = minute // SLOT * SLOT
    for item in shown.on(day):
        if not item.lies_over_days:
            start, end = _reach(item, day)
            if start < slot + SLOT and end > slot:
                return Spot(day, item.on(day)[0], item.key)
    return Spot(day, slot)


def spot_of(item: Item, day: date) -> Spot:
    """Return the stop of an item on a day on which it lies, its nearest day otherwise."""
    day = min(max(day, item.first), item.last)
    return Spot(day, ABOVE if item.lies_over_days else item.on(day)[0], item.key)


def up_or_down(shown: WeekShown, spot: Spot, step: int) -> Spot:
    """Return the stop above (`step` -1) or below (1); at the edge the same."""
    stop = stops(shown, spot.day)
    if spot in stop:
        return stop[min(len(stop) - 1, max(0, stop.index(spot) + step))]
    if step > 0:
        return next((one for one in stop if one.minute > spot.minute), spot)
    return next((one for one in reversed(stop) if one.minute < spot.minute), spot)


def beside(shown: WeekShown, spot: Spot, days: int, minute: int) -> Spot | date:
    """Return the stop so many days on, near `minute`; the bare day when it is in another week."""
    day = spot.day + timedelta(days=days)
    return day if shown.index(day) is None else spot_at(shown, day, minute)


def _reach(item: Item, day: date) -> tuple[int, int]:
    """Return the minutes of a day that an item takes, with the way to it."""
    start, end = item.on(day)
    lead = item.lead if day == item.first else 0
    return max(0, start - lead), max(end, start + 1)


def _first_hour(stop: list[Spot]) -> int:
    return next((n for n, one in enumerate(stop) if one.minute >= 9 * 60), len(stop) - 1)
