"""A scale from 0 to 10 that is answered with a digit or a click, and taken away again."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.segmented import Segment, Segmented
from caregiver_app.gui.widgets.text import Text

_HIGHEST: Final = 10
_LABEL: Final = 170
_CLEAR: Final = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DIGITS: Final = range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)


class Scale(Segmented):
    """Numbers 0 to 10, of which one or none is chosen.

    A digit chooses (1 and then 0 is ten), Backspace or a second click takes the number away.
    """

    left = Signal(int)
    """The keyboard wants the row above (-1) or below (1)."""

    def __init__(self, theme: Theme, name: str, value: int | None) -> None:
        super().__init__(
            theme,
            [(str(number), str(number)) for number in range(_HIGHEST + 1)],
            name=name,
            chosen=None if value is None else str(value),
        )
        for segment in self.segments:
            segment.installEventFilter(self)

    def number(self) -> int | None:
        """Return the chosen number."""
        key = self.value()
        return None if key is None else int(key)

    def set_number(self, number: int | None) -> None:
        """Choose a number, or none."""
        self.set_value(None if number is None else str(number))

    def enter(self) -> None:
        """Take the keyboard: at the chosen number, else at the first one."""
        chosen = next((one for one in self.segments if one.isChecked()), self.segments[0])
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on digits and on a second click before the segment does."""
        if isinstance(watched, Segment):
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take(watched, event)
            pressed = event.type() == QEvent.Type.MouseButtonPress
            if pressed and isinstance(event, QMouseEvent) and watched.isChecked():
                self.set_value(None)
                watched.setFocus(Qt.FocusReason.MouseFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _take(self, segment: Segment, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key in _DIGITS:
            self._choose(key - Qt.Key.Key_0)
        elif key in _CLEAR:
            self.set_value(None)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.left.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in _ENTER and segment.isChecked():
            self.left.emit(1)
        else:
            return False
        return True

    def _choose(self, digit: int) -> None:
        number = _HIGHEST if digit == 0 and self.value() == "1" else digit
        self.set_value(str(number))
        self.segments[number].setFocus(Qt.FocusReason.TabFocusReason)


class ScaleRow(QWidget):
    """What is asked at the left with what the ends mean, the scale at the right."""

    def __init__(self, theme: Theme, ask: str, ends: str, scale: Scale) -> None:
        super().__init__()
        self._theme = theme
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Text(ask, "strong"))
        words.addWidget(Text(ends, "second", "soft"))
        words.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._words)
        self._row.addWidget(scale, 1)
        theme.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)
        self._row.setSpacing(self._theme.px(6 if large else 12))
        widest = 16_777_215 if large else self._theme.px(_LABEL)
        self._words.setMinimumWidth(0 if large else widest)
        self._words.setMaximumWidth(widest)
