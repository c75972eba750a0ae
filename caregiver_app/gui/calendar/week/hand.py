"""What the mouse does in a week: it chooses, opens, drags and stretches, and never by a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication

from caregiver_app.gui.calendar.week.cursor import Spot, spot_at, spot_of
from caregiver_app.gui.calendar.week.drag import Landing, moved, stretched, stretched_days
from caregiver_app.gui.calendar.week.geometry import Pile
from caregiver_app.gui.calendar.week.hit import Hit, hit_at
from caregiver_app.gui.calendar.week.model import Item
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.week.grid import WeekGrid

_SLIP: Final = 12
"""So many pixels a tired hand may slip; what is clicked then stays where it is."""
_OUTSIDE: Final = 40
_NEAR: Final = 28
_SCROLL_EVERY: Final = 30
_SCROLL_BY: Final = 12


@value
class _Grip:
    """Where an item was taken hold of; `at` counts from midnight of its column."""

    hit: Hit
    item: Item
    point: QPoint
    at: QPoint


class Hand(QObject):
    """Follows the mouse over a grid of hours. `ghost` is where something dragged would land."""

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._grip: _Grip | None = None
        self._last = QPoint()
        self._pile: Pile | None = None
        self.ghost: Landing | None = None
        self._scroller = QTimer(self)
        self._scroller.setInterval(_SCROLL_EVERY)
        self._scroller.timeout.connect(self._scroll)

    def hit(self, point: QPoint) -> Hit:
        """Return what lies under a point of the view."""
        return hit_at(self._grid.theme, self._grid.week, self._grid.scrolled, point)

    @property
    def is_dragging(self) -> bool:
        """Whether something follows the mouse."""
        return self.ghost is not None

    # -- What the mouse does ----------------------------------------------------------------------

    def press(self, point: QPoint) -> None:
        """Choose what was clicked, and take hold of it."""
        grid, hit = self._grid, self.hit(point)
        self._grip, self._pile = None, hit.pile
        shown = grid.shown
        if hit.what == "marker":
            grid.go_outside(hit.day, below=hit.below)
        elif hit.what == "day":
            grid.choose(spot_at(shown, hit.day, grid.minute), scroll=False)
        elif hit.what == "slot":
            grid.choose(Spot(hit.day, hit.minute), scroll=False)
        elif hit.item is not None:
            grid.choose(spot_of(hit.item, hit.day), scroll=False)
            if hit.item.can_move:
                self._grip = _Grip(hit, hit.item, point, self._content(point))

    def move(self, point: QPoint) -> None:
        """Drag what was taken hold of, once it is clear that it is meant."""
        grip = self._grip
        self._last = point
        if grip is None:
            return
        far = max(QApplication.startDragDistance(), self._grid.theme.px(_SLIP))
        if not self.is_dragging and (point - grip.point).manhattanLength() < far:
            return
        shape = _end_cursor(grip.item) if grip.hit.edge else Qt.CursorShape.ClosedHandCursor
        self._grid.viewport().setCursor(shape)
        self._follow(grip)
        self._mind_edges(grip)

    def release(self, point: QPoint) -> None:
        """Say where it was dropped; far outside the week, nothing happens."""
        pile, landing = self._pile, self.ghost
        self.let_go()
        if pile is not None and self.hit(point).pile == pile:
            self._grid.ask_which(pile)
            return
        reach = self._grid.viewport().rect().adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
        if landing is not None and landing.is_other and reach.contains(point):
            self._grid.land(landing)

    def let_go(self) -> None:
        """Forget what was dragged; it is seen where it was."""
        self._grip, self._pile, self.ghost = None, None, None
        self._scroller.stop()
        self._grid.viewport().unsetCursor()
        self._grid.viewport().update()

    def look_again(self) -> None:
        """Go on with what is held when the week was looked up anew, unless it changed."""
        grip = self._grip
        if grip is not None and self._grid.shown.item(grip.item.key) != grip.item:
            self.let_go()

    def hover(self, point: QPoint) -> str:
        """Show by the cursor what can be done here; return the key of the item under it."""
        hit = self.hit(point)
        viewport = self._grid.viewport()
        if hit.edge and hit.item is not None:
            viewport.setCursor(_end_cursor(hit.item))
        elif hit.what in ("marker", "pile"):
            viewport.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            viewport.unsetCursor()
        return "" if hit.item is None else hit.item.key

    # -- Dragging ---------------------------------------------------------------------------------

    def _content(self, point: QPoint) -> QPoint:
        return QPoint(point.x(), point.y() - self._grid.week.grid.top() + self._grid.scrolled)

    def _follow(self, grip: _Grip) -> None:
        week = self._grid.week
        down = self._content(self._last).y() - grip.at.y()
        minutes = round(down * 60 / week.lengths.hour)
        days = (week.day_at(self._last.x()) - grip.hit.day).days
        if grip.hit.edge and grip.item.can_stretch_days:
            self.ghost = stretched_days(grip.item, days)
        elif grip.hit.edge:
            self.ghost = stretched(grip.item, minutes)
        else:
            self.ghost = moved(grip.item, days, minutes)
        self._grid.viewport().update()

    def _mind_edges(self, grip: _Grip) -> None:
        box = self._grid.week.grid
        near = self._grid.theme.px(_NEAR)
        outside = self._last.y() < box.top() + near or self._last.y() > box.bottom() - near
        if outside and not grip.item.lies_over_days:
            self._scroller.start()
        else:
            self._scroller.stop()

    def _scroll(self) -> None:
        """Go on while the mouse waits at an edge."""
        grip, grid = self._grip, self._grid
        if grip is None or self.ghost is None:
            self._scroller.stop()
            return
        up = self._last.y() < grid.week.grid.center().y()
        bar = grid.verticalScrollBar()
        bar.setValue(bar.value() + (-_SCROLL_BY if up else _SCROLL_BY))
        self._follow(grip)


def _end_cursor(item: Item) -> Qt.CursorShape:
    """Return how an end that can be dragged shows itself: whole days go across."""
    across = item.can_stretch_days
    return Qt.CursorShape.SizeHorCursor if across else Qt.CursorShape.SizeVerCursor
