"""What can be done with a row of the calendar: as a menu, and by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.words import tr

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk

Way = tuple[str, Callable[[], None]]
"""The words of something that can be done, and what does it."""


def ways_of(desk: Desk, key: str, shown: Appointment, *, repeats: bool) -> list[Way]:
    """Return what can be done with a row that shows an appointment, each with its words."""
    visit = shown.plan is not None
    words = tr("About this visit…") if visit else tr("Open")
    ways: list[Way] = [(words, partial(desk.open_row, key))]
    if visit:
        ways.append((tr("Hour, place and reminders…"), partial(desk.open_appointment, shown.id)))
    if shown.status == "cancelled":
        ways.append((tr("Take it up again"), partial(desk.restore, key)))
    else:
        ways.append((tr("Move…"), partial(desk.ask_move, key)))
    if not visit:
        ways.append((tr("Copy…"), partial(desk.duplicate, key)))
    if shown.status != "cancelled":
        words = tr("Cancel…") if visit or repeats else tr("Cancel")
        ways.append((words, partial(desk.cancel, key)))
    ways.append((tr("Delete…"), partial(desk.delete_row, key)))
    if shown.driver:
        ways.append((tr("Slip for the driver…"), partial(desk.slip, key)))
    ways.append((tr("Save as a calendar file…"), partial(desk.save_file, key)))
    return ways


def menu_of(ways: list[Way], page: QWidget) -> QMenu:
    """Return ways as a menu over a page."""
    menu = QMenu(page)
    # Not at once: what was chosen is called while the menu closes.
    menu.aboutToHide.connect(menu.deleteLater)
    for words, act in ways:
        menu.addAction(words, act)
    return menu


def take_key(desk: Desk, pressed: Qt.Key, key: str, shown: Appointment) -> bool:
    """Do what a key means for a row: M moves, D copies, C cancels or takes up, Delete."""
    if pressed == Qt.Key.Key_M:
        desk.ask_move(key)
    elif pressed == Qt.Key.Key_D:
        desk.duplicate(key)
    elif pressed == Qt.Key.Key_C:
        (desk.restore if shown.status == "cancelled" else desk.cancel)(key)
    elif pressed in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        desk.delete_row(key)
    else:
        return False
    return True
