"""Where the window says what is about all of its tabs: below its head."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


def put_below_head(head: QWidget, made: W) -> W:
    """Give a widget its place below the head of the window, and return it."""
    body = head.parentWidget()
    layout = None if body is None else body.layout()
    if isinstance(layout, QVBoxLayout):
        layout.insertWidget(layout.indexOf(head) + 1, made)
    return made
