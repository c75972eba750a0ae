"""A page over an open form: a window of its own, as large as the one below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget


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
        self.setGeometry(_lowest(over).geometry())

    def done(self, result: int) -> None:
        """Give the keyboard back to where it was in the form."""
        super().done(result)
        self._over.activateWindow()


def _lowest(over: QWidget) -> QWidget:
    """Return the window at the bottom: a form may lie over a form."""
    window = over.window()
    while (below := _maybe(window.parentWidget())) is not None:
        window = below.window()
    return window


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
