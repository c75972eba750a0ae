"""What the keys do in a week."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from caregiver_app.gui.calendar.month_model import WEEK
from caregiver_app.gui.calendar.week.cursor import beside, up_or_down
from caregiver_app.gui.calendar.week.drag import STEP, moved, stretched, stretched_days

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.week.grid import WeekGrid

_ALT: Final = Qt.KeyboardModifier.AltModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_NONE: Final = Qt.KeyboardModifier.NoModifier
_DAYS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -WEEK,
    Qt.Key.Key_PageDown: WEEK,
}
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ACROSS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_DELETES: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def press(grid: WeekGrid, event: QKeyEvent) -> bool:
    """Do what a key means; False when it means nothing here."""
    key = Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Escape and grid.hand.is_dragging:
        grid.hand.let_go()
        return True
    if held == _NONE:
        return _go(grid, key) or _act(grid, key)
    if held == _SHIFT and key == Qt.Key.Key_F10:
        grid.ask_menu()
        return True
    if held == _ALT:
        return _shift(grid, key)
    if held == _ALT | _SHIFT:
        return _stretch(grid, key)
    return False


def _go(grid: WeekGrid, key: Qt.Key) -> bool:
    shown, spot = grid.shown, grid.spot
    if key in _STEPS:
        grid.choose(up_or_down(shown, spot, _STEPS[key]))
    elif key in _DAYS:
        found = beside(shown, spot, _DAYS[key], grid.minute)
        if isinstance(found, date):
            grid.week_wanted.emit(found)
        else:
            grid.choose(found, keep_minute=True)
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_T):
        grid.go_to(grid.now())
    else:
        return False
    return True


def _act(grid: WeekGrid, key: Qt.Key) -> bool:
    item = grid.item
    if key in _OPENS and item is not None:
        grid.opened.emit(item.key)
    elif key in _OPENS or key == Qt.Key.Key_N:
        grid.ask_to_add()
    elif key in _DELETES and item is not None:
        grid.delete_asked.emit(item.key)
    else:
        return key in _DELETES
    return True


def _stretch(grid: WeekGrid, key: Qt.Key) -> bool:
    """Let the chosen item end earlier or later; whole days also by the arrows across."""
    item = grid.item
    if item is not None and item.can_stretch_days and key in (_STEPS | _ACROSS):
        landing = stretched_days(item, (_STEPS | _ACROSS)[key])
        if landing.is_other:
            grid.land(landing)
        return True
    if key not in _STEPS:
        return False
    if item is not None and item.can_stretch:
        grid.land(stretched(item, _STEPS[key] * STEP))
    return True


def _shift(grid: WeekGrid, key: Qt.Key) -> bool:
    """Move the chosen item by a day or a step, and swallow the key where it cannot be."""
    if key not in _STEPS and key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return False
    item = grid.item
    if item is None or not item.can_move:
        return True
    landing = moved(item, _DAYS.get(key, 0), _STEPS.get(key, 0) * STEP)
    if landing.is_other:
        grid.land(landing)
    return True
