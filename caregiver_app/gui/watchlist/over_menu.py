"""Since when something is over: the moments that are offered, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import Moment, Zoned, instant
from caregiver_app.gui.words import tr
from caregiver_app.services.care import Care

_MORNING: Final = time(8, 0)
_EVENING: Final = time(20, 0)


def over_choices(care: Care, entry: SideEffect) -> list[tuple[str, Moment | None]]:
    """Return words and moments since when `entry` can be over; None is the present one.

    Nothing is offered that lies before its beginning or is still to come.
    """
    home, today = care.home, care.today
    morning = Zoned(datetime.combine(today, _MORNING), home)
    evening = Zoned(datetime.combine(today - timedelta(days=1), _EVENING), home)
    begun = instant(entry.at, home)
    past = [
        (words, at)
        for words, at in (
            (tr("This morning, 8:00"), morning),
            (tr("Last evening, 20:00"), evening),
        )
        if begun < instant(at, home) < care.now
    ]
    return [(tr("Just now"), None), *past]


def fill_over(
    menu: QMenu,
    care: Care,
    entry: SideEffect,
    chosen: Callable[[Moment | None], object],
    pick: Callable[[], object],
) -> None:
    """Fill a menu with the moments since when `entry` can be over; `pick` asks for another."""
    menu.clear()
    for words, at in over_choices(care, entry):
        menu.addAction(words, partial(chosen, at))
    menu.addAction(tr("Pick a time…"), pick)


def pop_below(menu: QMenu, button: QWidget) -> None:
    """Open a menu below a button."""
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
