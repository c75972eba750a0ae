"""How much room there is for a window."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def room_around(widget: QWidget) -> QRect:
    """Return what a window may cover of the screen that a widget is on, in px of the desktop.

    A widget's own `screen()` must not be asked: PySide6 6.11 then takes the screen for a part of
    that widget, and deletes it together with the widget when Python lets go of both.
    """
    middle = widget.window().frameGeometry().center()
    screen = QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
