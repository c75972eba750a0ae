"""What the mouse does to an item of the month: it chooses, opens, drags; never by a slip."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication

from caregiver_app.gui.calendar.agenda_model import key_of
from caregiver_app.gui.calendar.month_model import Day, Mark, day_of_index
from caregiver_app.gui.tokens import RADIUS_MONTH_CHIP
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.month_view import MonthView

_SLIP: Final = 12
"""So many pixels a tired hand may slip; what is clicked then stays where it is."""
_GHOST: Final = 0.85


@value
class Held:
    """An item under the mouse: on which day and where it was taken hold of.

    It stands on the days `first` to `last`.
    """

    mark: Mark
    day: date
    box: QRect
    point: QPoint
    first: date
    last: date

    @property
    def key(self) -> str:
        """The key of the item, as rows have it."""
        return key_of(self.mark.appointment, self.mark.occurrence)


class MonthHand(QObject):
    """Follows the mouse over a month."""

    def __init__(self, view: MonthView) -> None:
        super().__init__(view)
        self._view = view
        self._held: Held | None = None
        self._at: QPoint | None = None

    @property
    def holds(self) -> bool:
        """Whether the mouse went down on an item."""
        return self._held is not None

    @property
    def is_dragging(self) -> bool:
        """Whether an item follows the mouse."""
        return self._at is not None

    def under(self, point: QPoint) -> Held | None:
        """Return the item under a point of the view."""
        index = self._view.indexAt(point)
        day = day_of_index(index)
        if day is None:
            return None
        cell = self._view.visualRect(index)
        for mark, box in self._view.delegate.places(cell, day):
            if box.contains(point):
                key = (mark.appointment, mark.occurrence)
                return Held(mark, day.day, box, point, *day.span(key))
        return None

    def press(self, point: QPoint) -> None:
        """Take hold of the item under the mouse."""
        self._held = self.under(point)

    def move(self, point: QPoint) -> None:
        """Let what is held follow the mouse, once it is clear that this is meant."""
        held = self._held
        # What is cancelled stays where it was.
        if held is None or held.mark.status == "cancelled":
            return
        far = max(QApplication.startDragDistance(), self._view.px(_SLIP))
        if self._at is None and (point - held.point).manhattanLength() < far:
            return
        self._at = point
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._view.viewport().update()

    def release(self, point: QPoint) -> None:
        """Say what was clicked, or where it was dropped."""
        held, dragged = self._held, self.is_dragging
        target = self.target()
        self.let_go()
        if held is None:
            return
        if not dragged:
            again = self.under(point)
            if again is not None and again.key == held.key:
                self._view.item_chosen.emit(held.key)
        elif target is not None and target != held.day:
            self._view.moved.emit(held.key, held.first + (target - held.day))

    def let_go(self) -> None:
        """Forget what was dragged; it is seen where it was."""
        self._held = self._at = None
        self._view.viewport().unsetCursor()
        self._view.viewport().update()

    def target(self) -> date | None:
        """Return the day over which something is dragged."""
        day = self._day_at()
        return None if day is None else day.day

    def _day_at(self) -> Day | None:
        if self._at is None or not self._view.viewport().rect().contains(self._at):
            return None
        return day_of_index(self._view.indexAt(self._at))

    def paint(self, painter: QPainter) -> None:
        """Draw the day that is meant and, under the mouse, what comes there."""
        held, at = self._held, self._at
        if held is None or at is None:
            return
        view, day = self._view, self._day_at()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if day is not None and day.day != held.day:
            pen = QPen(view.colour("primary"), 2.5)
            pen.setDashPattern([3.0, 2.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            away = day.day - held.day
            for one in view.days.days:
                if held.first + away <= one.day <= held.last + away:
                    cell = QRectF(view.visualRect(view.days.index_of(one.day)))
                    painter.drawRoundedRect(cell.adjusted(3, 3, -2, -2), 4, 4)
        box = held.box.translated(at - held.point)
        painter.setOpacity(_GHOST)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(view.colour("card"))
        painter.drawRoundedRect(QRectF(box), RADIUS_MONTH_CHIP, RADIUS_MONTH_CHIP)
        view.delegate.paint_mark(painter, box, held.mark)
        painter.setOpacity(1)
        painter.setPen(QPen(view.colour("primary"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box), RADIUS_MONTH_CHIP, RADIUS_MONTH_CHIP)


STEPS: Final = {
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
    Qt.Key.Key_Up: timedelta(days=-7),
    Qt.Key.Key_Down: timedelta(days=7),
}
"""How far Alt and an arrow move an item."""
ACTS: Final = (Qt.Key.Key_M, Qt.Key.Key_D, Qt.Key.Key_C)
"""Keys that act on an item: move, copy, cancel."""
