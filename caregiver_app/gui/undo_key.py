"""Ctrl+Z where nothing typed can be taken back, as in an empty find field: the last change."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def means_last_change(box: QLineEdit | QPlainTextEdit, event: QEvent) -> bool:
    """Tell whether an event is that key, and the window is left to take it.

    So it is in an empty line, and in a text box that has nothing of its own to take back.
    """
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    lines = isinstance(box, QPlainTextEdit)
    if box.document().isUndoAvailable() if lines else box.text():
        return False
    if not isinstance(event, QKeyEvent) or not event.matches(QKeySequence.StandardKey.Undo):
        return False
    # A key that nobody claims goes on to the shortcuts of the window.
    event.ignore()
    return True
