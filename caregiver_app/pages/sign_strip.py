"""The severity strip: a row for each sign, a cell for each day or longer stretch.

How strong a sign was is told by the shape and size of its mark, and by its colour. A dot stands
for a stretch with an entry but without this sign; where nothing was written, nothing stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from caregiver_app.pages.chart_parts import (
    DayAxis,
    Ink,
    Mark,
    Stop,
    in_time,
    infusion_stops,
    key_height,
    paint_days,
    paint_infusions,
    paint_key,
    paint_strength,
)

_ROW: Final = 34.0
_NAME_PART: Final = 0.3


class Cell(NamedTuple):
    """One stretch of one sign: its days, how strong (0 for an entry without it), what it says."""

    first: date
    last: date
    level: int
    words: str


class SignRow(NamedTuple):
    """One sign and its cells."""

    name: str
    cells: tuple[Cell, ...]


class Strip(NamedTuple):
    """What is shown of the days `first` to `last`; `levels` are the words of the key.

    The first of `levels` says what a dot means.
    """

    first: date
    last: date
    levels: tuple[str, ...]
    rows: tuple[SignRow, ...]
    infusions: tuple[Mark, ...] = ()

    def paint(self, painter: QPainter, box: QRectF, ink: Ink) -> None:
        """Paint all of it into a rectangle."""
        frame = Frame(box, self, ink)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, frame, self, ink)
        for number, row in enumerate(self.rows):
            for cell in row.cells:
                room = frame.cell_box(number, cell).width()
                paint_strength(painter, frame.spot(number, cell), cell.level, ink, room)
        painter.restore()

    def stops(self, box: QRectF, ink: Ink) -> list[Stop]:
        """Return the places that say something, the earliest first; dots only to the mouse."""
        frame = Frame(box, self, ink)
        heads = infusion_stops(frame.axis, self.infusions, frame.plot.top(), frame.head)
        cells = (
            Stop(frame.cell_box(number, cell), cell.words)
            for number, row in enumerate(self.rows)
            for cell in row.cells
        )
        return in_time((*heads, *cells))

    def height(self, ink: Ink) -> float:
        """Return how much height it wants: so much for each sign."""
        small, strong = QFontMetricsF(ink.small), QFontMetricsF(ink.strong)
        around = strong.height() + 6 + small.height() + 18 + key_height(ink)
        return around + max(1, len(self.rows)) * row_height(ink)

    def said(self) -> Iterable[str]:
        """Return every word that it writes."""
        yield from self.levels
        yield "…"
        yield from (row.name for row in self.rows)
        yield from (mark.label for mark in self.infusions)


def row_height(ink: Ink) -> float:
    """Return how high the row of a sign is."""
    return max(_ROW, QFontMetricsF(ink.font).height() + 12)


class Frame:
    """Where signs and days lie within a rectangle."""

    def __init__(self, box: QRectF, chart: Strip, ink: Ink) -> None:
        metrics, small = QFontMetricsF(ink.font), QFontMetricsF(ink.small)
        self.head = QFontMetricsF(ink.strong).height() + 6
        widest = max((metrics.horizontalAdvance(row.name) for row in chart.rows), default=0.0)
        self.names = min(widest, box.width() * _NAME_PART)
        foot = small.height() + 18 + key_height(ink)
        self.plot = box.adjusted(self.names + 16, self.head, -14, -foot)
        self.axis = DayAxis(self.plot.left(), self.plot.right(), chart.first, chart.last)
        self.row = self.plot.height() / max(1, len(chart.rows))

    def y(self, number: int) -> float:
        """Return where the middle of a sign's row lies."""
        return self.plot.top() + (number + 0.5) * self.row

    def spot(self, number: int, cell: Cell) -> QPointF:
        """Return where a cell has its mark."""
        return QPointF(self.axis.middle(cell.first, cell.last), self.y(number))

    def cell_box(self, number: int, cell: Cell) -> QRectF:
        """Return the whole of a cell."""
        left = self.axis.x(cell.first) - self.axis.step / 2
        right = self.axis.x(cell.last) + self.axis.step / 2
        return QRectF(left, self.plot.top() + number * self.row, right - left, self.row)


def _paint_ground(painter: QPainter, frame: Frame, chart: Strip, ink: Ink) -> None:
    plot, metrics = frame.plot, QFontMetricsF(ink.font)
    paint_days(painter, frame.axis, plot.top(), plot.bottom(), ink)
    painter.setPen(QPen(ink.grid, 1))
    for number in range(len(chart.rows) + 1):
        at = plot.top() + number * frame.row
        painter.drawLine(QPointF(plot.left() - frame.names - 12, at), QPointF(plot.right(), at))
    paint_infusions(painter, frame.axis, chart.infusions, plot.top(), plot.bottom(), ink)
    painter.setFont(ink.font)
    painter.setPen(ink.text)
    for number, row in enumerate(chart.rows):
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, frame.names + 1)
        place = QRectF(plot.left() - frame.names - 12, frame.y(number) - metrics.height() / 2,
                       frame.names + 4, metrics.height())  # fmt: skip
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    small = QFontMetricsF(ink.small)
    below = plot.bottom() + small.height() + 18
    paint_key(painter, plot.left() - frame.names - 12, plot.right(), below, chart.levels, ink)
