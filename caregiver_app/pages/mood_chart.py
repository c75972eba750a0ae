"""The strip of moods: a row for each mood, a face where a note chose it, infusions as marks.

A row is a word, never a height: nothing is higher or lower, and where no note was written there
is nothing. The same painter serves screen and paper.
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
    paint_days,
    paint_infusions,
)

_ROW: Final = 30.0
_FACE: Final = 9.0
"""Half the width of a face where there is room."""
_LEAST_FACE: Final = 3.5
_ROOM: Final = 0.94
"""Faces of neighbouring days don't touch."""
_GAP: Final = 10.0
_NAME_GAP: Final = 18.0
_RIGHT: Final = 14.0
_NO_FEATURES: Final = 4.5
"""A face smaller than this is a plain disc: its row has the word."""
_LINES: Final = 12
"""So many infusions cross the rows; of more there are ticks at the head only."""
_TICK: Final = 8.0
_EDGE: Final = 2.0
_UNITS: Final = 18.0
"""The face is drawn in these units across."""


class MoodMark(NamedTuple):
    """One mood of one stretch: its days, which of the rows, what it says."""

    first: date
    last: date
    row: int
    words: str


class MoodChart(NamedTuple):
    """What is shown of the days `first` to `last`; `moods` are (key, word) of each row."""

    first: date
    last: date
    moods: tuple[tuple[str, str], ...]
    marks: tuple[MoodMark, ...]
    infusions: tuple[Mark, ...] = ()

    def paint(self, painter: QPainter, box: QRectF, ink: Ink) -> None:
        """Paint all of it into a rectangle."""
        frame = Frame(box, self, ink)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, frame, self, ink)
        # All alike, also where the last stretch has begun only.
        room = max((frame.mark_box(mark).width() for mark in self.marks), default=0.0)
        half = max(_LEAST_FACE, min(_FACE * ink.size, room * _ROOM / 2))
        for mark in self.marks:
            paint_face(painter, frame.spot(mark), half, self.moods[mark.row][0], ink)
        painter.restore()

    def stops(self, box: QRectF, ink: Ink) -> list[Stop]:
        """Return the places that say something, the earliest first."""
        frame = Frame(box, self, ink)
        heads = infusion_stops(frame.axis, self.infusions, frame.plot.top(), frame.head)
        return in_time((*heads, *(Stop(frame.mark_box(one), one.words) for one in self.marks)))

    def height(self, ink: Ink) -> float:
        """Return how much height it wants: so much for each row."""
        small, strong = QFontMetricsF(ink.small), QFontMetricsF(ink.strong)
        row = max(_ROW * ink.size, QFontMetricsF(ink.font).height() + 8)
        return strong.height() + 6 + len(self.moods) * row + small.height() + _GAP

    def said(self) -> Iterable[str]:
        """Return every word that it writes."""
        yield from (word for _, word in self.moods)
        yield from (mark.label for mark in self.infusions)


class Frame:
    """Where moods and days lie within a rectangle."""

    def __init__(self, box: QRectF, chart: MoodChart, ink: Ink) -> None:
        metrics, small = QFontMetricsF(ink.font), QFontMetricsF(ink.small)
        self.head = QFontMetricsF(ink.strong).height() + 6
        self.face = _FACE * ink.size
        words = [metrics.horizontalAdvance(word) for _, word in chart.moods]
        self.names = max(words, default=0.0) + 2 * self.face + _GAP + _EDGE
        foot = small.height() + _GAP
        self.plot = box.adjusted(self.names + _NAME_GAP, self.head, -_RIGHT, -foot)
        self.axis = DayAxis(self.plot.left(), self.plot.right(), chart.first, chart.last)
        self.row = self.plot.height() / max(1, len(chart.moods))

    def y(self, row: int) -> float:
        """Return where the middle of a row lies."""
        return self.plot.top() + (row + 0.5) * self.row

    def spot(self, mark: MoodMark) -> QPointF:
        """Return where a mood has its face."""
        return QPointF(self.axis.middle(mark.first, mark.last), self.y(mark.row))

    def mark_box(self, mark: MoodMark) -> QRectF:
        """Return the whole place of a mark."""
        left = self.axis.x(mark.first) - self.axis.step / 2
        right = self.axis.x(mark.last) + self.axis.step / 2
        return QRectF(left, self.plot.top() + mark.row * self.row, right - left, self.row)


def paint_face(painter: QPainter, at: QPointF, half: float, mood: str, ink: Ink) -> None:
    """Paint the face of a mood around a place; small ones are a disc without eyes and mouth."""
    painter.save()
    unit = 2 * half / _UNITS
    pen = QPen(ink.text, min(1.75, max(1.0, half / 5)))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(ink.ground if half > _NO_FEATURES else ink.text)
    painter.drawEllipse(at, half, half)
    if half > _NO_FEATURES:
        painter.setBrush(ink.text)
        painter.setPen(Qt.PenStyle.NoPen)
        for side in (-3.2, 3.2):
            painter.drawEllipse(at + QPointF(side * unit, -2.3 * unit), 1.15 * unit, 1.15 * unit)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left, wide = at.x() - 4.2 * unit, 8.4 * unit
        if mood == "so-so":
            y = at.y() + 3.4 * unit
            painter.drawLine(QPointF(left + unit, y), QPointF(left + wide - unit, y))
        else:
            top = at.y() + (-1.6 if mood == "calm" else 2.4) * unit
            start = 200 if mood == "calm" else 20
            painter.drawArc(QRectF(left, top, wide, 6.4 * unit), start * 16, 140 * 16)
    painter.restore()


def _paint_ground(painter: QPainter, frame: Frame, chart: MoodChart, ink: Ink) -> None:
    plot, metrics = frame.plot, QFontMetricsF(ink.font)
    paint_days(painter, frame.axis, plot.top(), plot.bottom(), ink)
    left = plot.left() - _NAME_GAP - frame.names
    painter.setPen(QPen(ink.grid, 1))
    for row in range(len(chart.moods) + 1):
        at = plot.top() + row * frame.row
        painter.drawLine(QPointF(left, at), QPointF(plot.right(), at))
    few = len(chart.infusions) <= _LINES
    foot = plot.bottom() if few else plot.top() + _TICK
    paint_infusions(painter, frame.axis, chart.infusions, plot.top(), foot, ink)
    for row, (mood, word) in enumerate(chart.moods):
        y = frame.y(row)
        paint_face(painter, QPointF(left + _EDGE + frame.face, y), frame.face, mood, ink)
        painter.setFont(ink.font)
        painter.setPen(ink.text)
        begin = left + 2 * frame.face + _GAP + _EDGE
        place = QRectF(begin, y - metrics.height() / 2, plot.left() - begin, metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
