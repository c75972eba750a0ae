"""A short pause after an answer: rows have moved, a second press is not for the next one."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.widgets.buttons import Button

PAUSE_MS: Final = 600
"""Buttons that answer do nothing for so long after an answer."""
_PRESSES: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_PRESS_KEYS: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


def running_ms() -> int:
    """Return milliseconds of a clock that nobody sets."""
    return int(monotonic() * 1000)


class AnswerPause(QObject):
    """Swallows presses, by mouse or key, on guarded buttons while the pause lasts."""

    def __init__(self, parent: QObject, now_ms: Callable[[], int]) -> None:
        super().__init__(parent)
        self._now_ms = now_ms
        self._until: int | None = None

    def begin(self) -> None:
        """Something was answered just now."""
        self._until = self._now_ms() + PAUSE_MS

    def guard(self, widget: QWidget) -> None:
        """Watch over a button, or all buttons within a widget; twice is the same as once."""
        buttons = [widget] if isinstance(widget, Button) else widget.findChildren(Button)
        for button in buttons:
            button.removeEventFilter(self)
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything through but presses during the pause."""
        if self._until is not None and self._now_ms() < self._until:
            if event.type() in _PRESSES:
                return True
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return event.key() in _PRESS_KEYS
        return super().eventFilter(watched, event)
