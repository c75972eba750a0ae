"""The hours as an item view: places follow from the week, and only the hours are scrolled."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from caregiver_app.gui.calendar.month_model import Day
from caregiver_app.gui.calendar.week.cursor import ABOVE, Spot
from caregiver_app.gui.calendar.week.geometry import Measures, WeekGeometry, measures
from caregiver_app.gui.calendar.week.hit import hit_at
from caregiver_app.gui.calendar.week.model import Item, WeekModel, WeekShown
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.widgets.text import own_viewport

USUAL: Final = 9 * 60
"""The minute at which the keys stand at first."""
_INDEX = QModelIndex | QPersistentModelIndex


class WeekSurface(QListView):
    """Knows where everything of a week stands, and keeps what is chosen in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self.theme = theme
        self.shown = WeekShown(date.min, (), (), datetime.combine(date.min, time()))
        self.spot = Spot(date.min, USUAL)
        self._lines = WeekModel(self)
        self._week: WeekGeometry | None = None
        self._lengths: Measures | None = None
        self._begin: int | None = None
        self._opened_once = False
        self.setModel(self._lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", "none")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self._corner = _Corner(self)
        self.addScrollBarWidget(self._corner, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._redress)

    @property
    def week(self) -> WeekGeometry:
        """Where everything stands now."""
        if self._week is None:
            if self._lengths is None:
                self._lengths = measures(self.theme)
            size = self.viewport().width(), self.viewport().height()
            self._week = WeekGeometry(
                self.shown, self._lengths, size, self.spot.day, self.theme.px(TARGET),
                begin=self._begin,
            )  # fmt: skip
            self._begin = self._week.begin
        return self._week

    @property
    def scrolled(self) -> int:
        """How far the hours are scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def show_spot(self) -> None:
        """Scroll so that what is chosen is seen."""
        spot, week = self.spot, self.week
        if spot.minute == ABOVE:
            return
        box = week.hours_box(spot.key) if spot.key else week.slot(spot.day, spot.minute)
        if box is not None:
            self._show_box(box)

    def _show_box(self, box: QRect) -> None:
        bar, room = self.verticalScrollBar(), self.week.grid.height()
        margin = self.week.band + 4
        low = box.bottom() + margin - room
        high = box.top() - margin
        # Of what is taller than the view, the beginning is seen.
        bar.setValue(min(high, max(low, bar.value())))

    def go_outside(self, day: date, *, below: bool) -> None:
        """Scroll to the nearest that lies above or below what is seen of a day."""
        above, under = self.week.outside(day, self.scrolled)
        boxes = under if below else above
        if boxes:
            nearest = min(boxes, key=QRect.top) if below else max(boxes, key=QRect.top)
            self._show_box(nearest)

    # -- Qt's questions ---------------------------------------------------------------------------

    def visualRect(self, index: _INDEX) -> QRect:
        """Return where a line stands in the view."""
        line, week = self._lines.line(index), self.week
        if isinstance(line, Item):
            return week.box_of(line.key, self.scrolled)
        if isinstance(line, Day):
            column = week.column(line.day)
            if column is not None:
                return QRect(column.left(), week.head.top(), column.width(), week.head.height())
            place = self.shown.index(line.day)
            return QRect() if place is None else week.switch_cell(place)
        slot = None if self.spot.key else week.slot(self.spot.day, max(0, self.spot.minute))
        return QRect() if slot is None else week.on_screen(slot, self.scrolled)

    def indexAt(self, point: QPoint) -> QModelIndex:  # type: ignore[override]
        """Return the line of what lies under a point."""
        hit = hit_at(self.theme, self.week, self.scrolled, point)
        if hit.item is not None:
            return self._lines.index_of_key(hit.item.key)
        index = self._lines.index_of_day(hit.day)
        # Days that are shown stand in their head, the others among those to choose from.
        there = hit.what == "day" and self.visualRect(index).contains(point)
        return index if there else QModelIndex()

    def scrollTo(self, index: _INDEX, hint: object = None) -> None:  # type: ignore[override]  # noqa: ARG002
        """Bring a line into sight."""
        line = self._lines.line(index)
        if isinstance(line, Item) and (box := self.week.hours_box(line.key)) is not None:
            self._show_box(box)

    def moveCursor(self, action: object, held: object) -> QModelIndex:  # type: ignore[override]  # noqa: ARG002
        """Stay: the keys have their own way."""
        return self.currentIndex()

    def horizontalOffset(self) -> int:
        """Never scrolled sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.scrolled

    def setSelection(self, rect: QRect, command: object) -> None:  # type: ignore[override]
        """No rubber band."""

    def visualRegionForSelection(self, selection: object) -> QRegion:  # type: ignore[override]  # noqa: ARG002
        """Everything may look different."""
        return QRegion(self.viewport().rect())

    def doItemsLayout(self) -> None:
        """Places follow from the week, not from the lines."""
        self.updateGeometries()

    def updateGeometries(self) -> None:
        """Let the bar reach over the 24 hours."""
        if not self.shown.days:
            return
        week, bar = self.week, self.verticalScrollBar()
        bar.setPageStep(week.grid.height())
        bar.setSingleStep(max(1, week.lengths.hour // 2))
        bar.setRange(0, max(0, week.length - week.grid.height()))
        if self._corner.minimumHeight() != week.grid.top():
            self._corner.setFixedHeight(week.grid.top())
        self._corner.update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 - Qt's signature
        """What stands above the hours stays, so all is drawn anew."""
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """Hours and one day; the rest is scrolled."""
        return QSize(self.theme.px(280), self.theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything stands elsewhere."""
        self._forget()
        super().resizeEvent(event)
        self._forget()

    def _open_hours(self) -> None:
        self._opened_once = True
        days = {day.day for day in self.week.days}
        items = [one for one in self.shown.items if one.first in days and not one.lies_over_days]
        self.updateGeometries()
        self.verticalScrollBar().setValue(self.week.opening(items))

    def _forget(self) -> None:
        self._week = None
        self.updateGeometries()
        self.viewport().update()

    def _redress(self) -> None:
        """Show the same hour at another text size."""
        minute = self.week.minute_at(self.scrolled) if self.shown.days else 0
        self._lengths = None
        self._forget()
        if self.shown.days:
            self.verticalScrollBar().setValue(self.week.y_of(minute))


class _Corner(QWidget):
    """What stands above the bar: the heads go on there, only the hours are scrolled."""

    def __init__(self, surface: WeekSurface) -> None:
        super().__init__(surface)
        self._surface = surface

    def sizeHint(self) -> QSize:
        """As high as all that is not scrolled."""
        return QSize(0, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ground of the heads."""
        surface = self._surface
        if not surface.shown.days:
            return
        painter, theme, week = QPainter(self), surface.theme, surface.week
        theme.fill(painter, self.rect(), "card")
        theme.fill(painter, QRect(0, week.head.top(), self.width(), week.head.height()), "sunk")
        painter.setPen(QPen(theme.colour("line"), 1))
        for y in (week.grid.top() - 1, week.switch.bottom()):
            painter.drawLine(0, y, self.width(), y)
        painter.end()
