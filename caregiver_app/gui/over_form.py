"""A page over an open form: a window of its own, as large as the one below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from caregiver_app.gui.from_anywhere import bottom_of, help_asked


class OverForm(QDialog):
    """Lies over `over`, an open form, and leaves it untouched; Escape closes it.

    The form keeps every other window of the program from being used, so this one is its child.
    """

    def __init__(self, over: QWidget, title: str, page: QWidget) -> None:
        super().__init__(over)
        self._over = over.window()
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self.setGeometry(bottom_of(over).geometry())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys that lead to help work here too."""
        if not help_asked(self, event):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Give the keyboard back to where it was in the form."""
        super().done(result)
        self._over.activateWindow()
