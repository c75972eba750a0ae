"""The keys that lead to help from any window of the program, and the way down to the main one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

EMERGENCY: Final = "emergency"
CALL: Final = "call"
CRISIS: Final = "crisis"
CRISIS_KEY: Final = "F4"
HELP_KEYS: Final = {
    Qt.Key.Key_F2: EMERGENCY,
    Qt.Key.Key_F3: CALL,
    Qt.Key.Key_F4: CRISIS,
}
"""Each key with the place that it opens, also from an open form."""
URGENT_KEYS: Final = (Qt.Key.Key_F2, Qt.Key.Key_F4)
"""Those that are never held back."""


def bottom_of(widget: QWidget) -> QWidget:
    """Return the window at the bottom: a form may lie over a form."""
    window = widget.window()
    while (below := _maybe(window.parentWidget())) is not None:
        window = below.window()
    return window


def ask_below(widget: QWidget, place: str) -> bool:
    """Ask the window at the bottom for a place that may lie over an open form; tell if it can.

    What is open stays as it is.
    """
    places = getattr(bottom_of(widget), "over", None)
    if places is None:
        return False
    places.open(place, "", "")
    return True


def help_asked(widget: QWidget, event: QKeyEvent) -> bool:
    """Open what a key of HELP_KEYS leads to; tell whether it was one of them."""
    place = HELP_KEYS.get(Qt.Key(event.key()))
    if place is None:
        return False
    ask_below(widget, place)
    return True


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
