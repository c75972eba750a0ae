"""`DayGrid`: thirty days across, a line for each time of day; marks, never a judgement."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.medicines.history_model import Cell, Line, Shown
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import short_date, tr

_CELL: Final = 25
_MARK: Final = 19
_LINE: Final = 32
_BAND_GAP: Final = 14
_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class DayGrid(QWidget):
    """Arrow keys go from day to day and from line to line; a click or Enter chooses an entry."""

    chosen = Signal(str)
    """The key of the entry behind a cell."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "inside")
        self.setMouseTracking(True)
        follow_width(self)
        theme.changed.connect(self.updateGeometry)

    def show_days(self, shown: Shown) -> None:
        """Show other days; the place of the keyboard stays."""
        fresh = self._shown is None or self._shown.last != shown.last
        self._shown = shown
        lines = max(0, len(shown.lines) - 1)
        self._at = (min(self._at[0], lines), _last_day(shown) if fresh else self._at[1])
        self.setAccessibleName(
            tr(
                "{first} to {last}, by time of day. The list below says the same.",
                first=short_date(shown.first),
                last=short_date(shown.last),
            )
        )
        self._describe()
        self.updateGeometry()
        self.update()

    def current(self) -> Cell | None:
        """Return the cell in which the keyboard is."""
        if self._shown is None or not self._shown.lines:
            return None
        return self._shown.lines[self._at[0]].cells[self._at[1]]

    # -- Size -------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Narrower takes more bands."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many bands as thirty days need."""
        bands = -(-self._count() // self._per_band(width))
        return bands * self._band_height() + (bands - 1) * self._theme.px(_BAND_GAP)

    def sizeHint(self) -> QSize:
        """One band where there is room."""
        width = self._left() + self._count() * self._theme.px(_CELL)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """A week."""
        return QSize(self._left() + 7 * self._theme.px(_CELL), self._band_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths hold other numbers of days."""
        super().resizeEvent(event)
        width_changed(self, event)

    def _lines(self) -> tuple[Line, ...]:
        return () if self._shown is None else self._shown.lines

    def _count(self) -> int:
        lines = self._lines()
        return len(lines[0].cells) if lines else 1

    def _left(self) -> int:
        metrics = QFontMetrics(self._theme.font("second_strong", tabular=True))
        labels = [metrics.horizontalAdvance(line.label) for line in self._lines()]
        return max(labels, default=0) + self._theme.px(12)

    def _per_band(self, width: int) -> int:
        room = (width - self._left()) // self._theme.px(_CELL)
        count, most = self._count(), max(7, room)
        if most >= count:
            return count
        return max(7, -(-count // -(-count // most)))

    def _head(self) -> int:
        return 2 * QFontMetrics(self._theme.font("hint")).height() + self._theme.px(6)

    def _band_height(self) -> int:
        return self._head() + max(1, len(self._lines())) * self._theme.px(_LINE)

    def _cell(self, line: int, day: int) -> QRect:
        """Return where a cell lies."""
        px, each = self._theme.px, self._per_band(self.width())
        band, place = divmod(day, each)
        step = min(px(_CELL + 9), (self.width() - self._left()) / each)
        top = band * (self._band_height() + px(_BAND_GAP)) + self._head() + line * px(_LINE)
        return QRect(round(self._left() + place * step), top, round(step), px(_LINE))

    # -- Hands ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cell to cell; Enter chooses."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        elif key in _STEPS and self._lines():
            down, across = _STEPS[key]
            line = min(max(self._at[0] + down, 0), len(self._lines()) - 1)
            day = min(max(self._at[1] + across, 0), self._count() - 1)
            self._go(line, day)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._at[0], 0 if key == Qt.Key.Key_Home else self._count() - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell below the mouse."""
        found = self._below(event.position().toPoint())
        if found is not None:
            self._go(*found)
            self._choose()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a cell is."""
        found = self._below(event.position().toPoint())
        cell = None if found is None else self._lines()[found[0]].cells[found[1]]
        self.setToolTip("" if cell is None else plain_tooltip(cell.said))

    def _below(self, spot: QPoint) -> tuple[int, int] | None:
        for line in range(len(self._lines())):
            for day in range(self._count()):
                if self._cell(line, day).contains(spot):
                    return line, day
        return None

    def _go(self, line: int, day: int) -> None:
        self._at = (line, day)
        self._describe()
        self.update()
        cell = self.current()
        if cell is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, cell.said))

    def _choose(self) -> None:
        cell = self.current()
        if cell is not None and cell.key:
            self.chosen.emit(cell.key)

    def _describe(self) -> None:
        cell = self.current()
        self.setAccessibleDescription("" if cell is None else cell.said)

    # -- Paint ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw days, labels and marks."""
        if self._shown is None or not self._shown.lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for day in range(self._count()):
            self._paint_day(painter, day)
        for line, row in enumerate(self._shown.lines):
            self._paint_labels(painter, line, row.label)
            for day, cell in enumerate(row.cells):
                self._paint_cell(painter, self._cell(line, day), cell)
        if self.hasFocus():
            box = QRectF(self._cell(*self._at)).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)

    def _paint_day(self, painter: QPainter, day: int) -> None:
        theme, shown = self._theme, self._shown
        if shown is None:
            return
        cell = shown.lines[0].cells[day]
        box, each = self._cell(0, day), self._per_band(self.width())
        today = cell.day == shown.today
        metrics = QFontMetrics(theme.font("hint"))
        if today:
            column = QRectF(box.left(), box.top() - metrics.height() - 4, box.width(),
                            metrics.height() + 4 + theme.px(_LINE) * len(shown.lines))  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(column, 6, 6)
        painter.setFont(theme.font("second_strong" if today else "hint", tabular=True))
        painter.setPen(theme.colour("ink" if today else "soft"))
        number = QRect(box.left() - 8, box.top() - metrics.height() - 3, box.width() + 16,
                       metrics.height())  # fmt: skip
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(cell.day.day))
        if day % each == 0 or cell.day.day == 1:
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.colour("soft"))
            name = short_date(cell.day).rpartition(" ")[2]
            spot = QRect(box.left(), number.top() - metrics.height() - 1, theme.px(90),
                         metrics.height())  # fmt: skip
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft, name)

    def _paint_labels(self, painter: QPainter, line: int, label: str) -> None:
        theme, each = self._theme, self._per_band(self.width())
        painter.setFont(theme.font("second_strong", tabular=True))
        painter.setPen(theme.colour("ink"))
        for first in range(0, self._count(), each):
            box = self._cell(line, first)
            place = QRect(0, box.top(), self._left() - theme.px(10), box.height())
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label
            )

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        side = self._theme.px(_MARK)
        spot = QRect(0, 0, side, side)
        spot.moveCenter(box.center())
        paint_mark(painter, self._theme, spot, cell.state, cell.count)


def paint_mark(painter: QPainter, theme: Theme, box: QRect, state: str, count: int = 1) -> None:
    """Paint one mark: a filled tick, a dashed cross, an empty ring, or a filled drop with a count.

    Each has its own shape, so that nothing hangs on a colour.
    """
    inner = QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75)
    sign = ("", "ink")
    painter.save()
    if state == "none":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawEllipse(QRectF(inner.center().x() - 1.5, inner.center().y() - 1.5, 3, 3))
    elif state == "given":
        painter.setPen(QPen(theme.colour("medication"), 1.25))
        painter.setBrush(theme.colour("medication-tint"))
        painter.drawRoundedRect(inner, 5, 5)
        painter.setFont(theme.font("day_strip", tabular=True))
        painter.setPen(theme.colour("medication"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, str(count))
    else:
        pen = QPen(theme.colour("primary" if state == "taken" else "edge"), 1.25)
        if state == "skipped":
            pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        ground = {"taken": "primary", "open": "card"}.get(state)
        painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(inner)
        sign = {"taken": ("done", "on_primary"), "skipped": ("close", "soft")}.get(state, sign)
    if sign[0]:
        side = theme.icon_px(13)
        place = box.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(place, theme.pixmap(sign[0], sign[1], 13))
    painter.restore()


def _last_day(shown: Shown) -> int:
    return len(shown.lines[0].cells) - 1 if shown.lines else 0
