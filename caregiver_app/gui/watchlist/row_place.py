"""The one row that is open below the signs: a question, or what came of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

_MARGIN: Final = 20
_BANNER: Final = 96
"""What the line that offers to undo covers of the page's foot."""


class RowPlace:
    """Keeps one row at a time, and brings it into view."""

    def __init__(self) -> None:
        self.row: QWidget | None = None
        self.place: QVBoxLayout | None = None

    def put(self, row: QWidget, place: QVBoxLayout, *, saved: bool = False) -> None:
        """Show `row` at `place` instead of the one before; after saving, clear of the undo line."""
        self.close()
        self.row, self.place = row, place
        place.addWidget(row)
        row.show()
        QTimer.singleShot(0, row, lambda: bring(row, _BANNER if saved else _MARGIN))

    def close(self) -> None:
        """Take the row away; `place` is remembered."""
        if self.row is not None:
            if self.place is not None:
                self.place.removeWidget(self.row)
            self.row.hide()
            self.row.deleteLater()
            self.row = None


def bring(widget: QWidget, room: int = _MARGIN) -> None:
    """Scroll the page so that a widget is seen with `room` below it.

    Of one that is taller than the page the top is seen.
    """
    # A page that was away has not laid out yet what it was given meanwhile.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    area = _area(widget)
    if area is None or not widget.isVisible():
        return
    bar, tall = area.verticalScrollBar(), area.viewport().height()
    top = widget.mapTo(area, QPoint(0, 0)).y() + bar.value()
    below = top + widget.height() + room - tall
    if below > bar.value():
        bar.setValue(min(below, top - _MARGIN))
    elif top - _MARGIN < bar.value():
        bar.setValue(top - _MARGIN)


def raise_up(widget: QWidget) -> None:
    """Scroll the page so that a widget stands in its upper half, with room for what follows."""
    area = _area(widget)
    if area is None or not widget.isVisible():
        return
    bar, middle = area.verticalScrollBar(), area.viewport().height() // 2
    top = widget.mapTo(area, QPoint(0, 0)).y()
    if top < 0 or top + widget.height() > middle:
        bar.setValue(bar.value() + top - _MARGIN)


def _area(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
