"""Keys that work anywhere in the calendar, whichever view has the keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.calendar.view_names import LIST, MONTH, WEEK

_ALT: Final = Qt.KeyboardModifier.AltModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_DAYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_VIEWS: Final = {Qt.Key.Key_1: MONTH, Qt.Key.Key_2: WEEK, Qt.Key.Key_3: LIST}


class TabKeys(QObject):
    """Hears keys in the views that it watches before they do, and elsewhere after everybody."""

    days = Signal(int)
    """How many days to go on, or back."""
    pages = Signal(int)
    """How many months, or weeks in the week, to go on or back."""
    years = Signal(int)
    """How many years to go on, or back."""
    today = Signal()
    add = Signal()
    jump = Signal()
    view = Signal(str)
    """The view that is wanted."""

    def watch(self, view: QWidget) -> None:
        """Take the keys that a view would take for something else."""
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's
        """Take year, view and "go to" from a view; the rest it knows itself."""
        return isinstance(event, QKeyEvent) and self._is_press(event) and self._ours(event)

    @staticmethod
    def _is_press(event: QKeyEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key means that nobody else wanted; False when it means nothing."""
        key, held = Qt.Key(event.key()), _held(event)
        if self._ours(event):
            return True
        if held != _PLAIN:
            return False
        if key in _PAGES:
            self.pages.emit(_PAGES[key])
        elif key in _DAYS:
            self.days.emit(_DAYS[key])
        elif key in (Qt.Key.Key_T, Qt.Key.Key_Home):
            self.today.emit()
        elif key == Qt.Key.Key_N:
            self.add.emit()
        else:
            return False
        return True

    def _ours(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), _held(event)
        if key in _PAGES and held in (_CTRL, _SHIFT):
            self.years.emit(_PAGES[key])
        elif key in _VIEWS and held == _ALT:
            self.view.emit(_VIEWS[key])
        elif key == Qt.Key.Key_G and held in (_PLAIN, _CTRL):
            self.jump.emit()
        else:
            return False
        return True


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
