"""Ctrl+Z in an empty find field: nothing in it can be taken back, so the last change is meant."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


def means_last_change(line: QLineEdit, event: QEvent) -> bool:
    """Tell whether an event is that key in an empty line; then the window is left to take it."""
    if event.type() != QEvent.Type.ShortcutOverride or line.text():
        return False
    if not isinstance(event, QKeyEvent) or not event.matches(QKeySequence.StandardKey.Undo):
        return False
    # A key that nobody claims goes on to the shortcuts of the window.
    event.ignore()
    return True
