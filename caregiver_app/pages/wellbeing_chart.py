"""The wellbeing trend: a panel for each scale, 0 at its foot and 10 at its head, flares marked.

Each scale has a panel of its own, because 10 is the worst pain but very good sleep. Days are
joined over at most two days without a number: a longer gap stays a gap. A week or a month is a
bar from its lowest to its highest number with a dot at its average.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from caregiver_app.pages.chart_parts import (
    LANE,
    DayAxis,
    Ink,
    Lane,
    Mark,
    Stop,
    in_time,
    infusion_stops,
    joined,
    lane_stops,
    paint_days,
    paint_flag,
    paint_infusions,
    paint_lane,
    stop_at,
)
from caregiver_app.pages.paper import tr

LONGEST_GAP: Final = 2
"""So many days without a number may lie between two that are joined."""
_PANEL: Final = 92.0
_HIGHEST: Final = 10
_AIR: Final = 9.0
_DOT: Final = 4.0
_FEW_DAYS: Final = 62


class Point(NamedTuple):
    """The numbers of one stretch: its days, lowest, highest and average, and what it says."""

    first: date
    last: date
    low: int
    high: int
    mean: float
    words: str


class Scale(NamedTuple):
    """One scale: its name, what 10 means, and the stretches that have a number, in order."""

    name: str
    ten: str
    points: tuple[Point, ...]


class Wellbeing(NamedTuple):
    """What is shown of the days `first` to `last`; `daily` where each day stands for itself."""

    first: date
    last: date
    daily: bool
    scales: tuple[Scale, ...]
    infusions: tuple[Mark, ...] = ()
    flares: tuple[Mark, ...] = ()

    def paint(self, painter: QPainter, box: QRectF, ink: Ink) -> None:
        """Paint all of it into a rectangle."""
        frame = Frame(box, self, ink)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, frame, self, ink)
        for number, scale in enumerate(self.scales):
            colour = ink.lines[number % len(ink.lines)]
            if self.daily:
                _paint_line(painter, frame, number, scale, colour, ink)
            else:
                _paint_bars(painter, frame, number, scale, colour)
        if self.flares:
            paint_lane(painter, frame.axis, frame.lane, ink)
        painter.restore()

    def stops(self, box: QRectF, ink: Ink) -> list[Stop]:
        """Return the places that say something, the earliest first."""
        frame = Frame(box, self, ink)
        heads = infusion_stops(frame.axis, self.infusions, frame.plot.top(), frame.head)
        lane = lane_stops(frame.axis, frame.lane) if self.flares else []
        points = (
            stop_at(frame.spot(number, point), point.words)
            for number, scale in enumerate(self.scales)
            for point in scale.points
        )
        return in_time((*heads, *points, *lane))

    def height(self, ink: Ink) -> float:
        """Return how much height it wants: so much for each scale."""
        small, strong = QFontMetricsF(ink.small), QFontMetricsF(ink.strong)
        lane = max(LANE, small.height() + 6) if self.flares else 0.0
        panel = max(_PANEL, small.height() * 4 + strong.height())
        return strong.height() + small.height() + 22 + lane + max(1, len(self.scales)) * panel

    def said(self) -> Iterable[str]:
        """Return every word that it writes."""
        for scale in self.scales:
            yield from (scale.name, scale.ten)
        yield from (mark.label for mark in self.infusions)
        yield tr("Flare")


class Frame:
    """Where scales and days lie within a rectangle."""

    def __init__(self, box: QRectF, chart: Wellbeing, ink: Ink) -> None:
        small, strong = QFontMetricsF(ink.small), QFontMetricsF(ink.strong)
        self.head = strong.height() + 6
        words = [strong.horizontalAdvance(scale.name) for scale in chart.scales]
        words += [small.horizontalAdvance(scale.ten) for scale in chart.scales]
        words.append(small.horizontalAdvance(tr("Flare")))
        self.names = max(words)
        lane = max(LANE, small.height() + 6)
        foot = small.height() + 14 + (lane if chart.flares else 0.0)
        figures = small.horizontalAdvance("10") + 14
        self.plot = box.adjusted(self.names + 14 + figures, self.head, -14, -foot)
        self.axis = DayAxis(self.plot.left(), self.plot.right(), chart.first, chart.last)
        self._air = max(_AIR, small.height() / 2 + 3)
        self.panel = self.plot.height() / max(1, len(chart.scales))
        middle = self.plot.bottom() + small.height() + 14 + lane / 2
        self.lane = Lane(tr("Flare"), chart.flares, paint_flag, middle)

    def y(self, number: int, level: float) -> float:
        """Return where a number of a scale lies."""
        foot = self.plot.top() + (number + 1) * self.panel - self._air
        return foot - (self.panel - 2 * self._air) * level / _HIGHEST

    def spot(self, number: int, point: Point) -> QPointF:
        """Return where a stretch of a scale has its dot."""
        return QPointF(self.axis.middle(point.first, point.last), self.y(number, point.mean))


def pieces(points: Iterable[Point]) -> Iterator[list[Point]]:
    """Return the runs of days that are joined: no gap in one is longer than `LONGEST_GAP`."""
    run: list[Point] = []
    for point in points:
        if run and (point.first - run[-1].last).days - 1 > LONGEST_GAP:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _paint_ground(painter: QPainter, frame: Frame, chart: Wellbeing, ink: Ink) -> None:
    plot = frame.plot
    if frame.axis.step * _FEW_DAYS > plot.width():
        # Where days are wide enough, those of a flare are shaded through all panels.
        for mark in chart.flares:
            left = frame.axis.x(mark.day) - frame.axis.step / 2
            painter.fillRect(QRectF(left, plot.top(), frame.axis.step, plot.height()), ink.shade)
    paint_days(painter, frame.axis, plot.top(), plot.bottom(), ink)
    small, strong = QFontMetricsF(ink.small), QFontMetricsF(ink.strong)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for number, scale in enumerate(chart.scales):
        painter.setFont(ink.small)
        for level in (0, 5, 10):
            at = frame.y(number, level)
            painter.setPen(QPen(ink.grid, 1))
            painter.drawLine(QPointF(plot.left() - 4, at), QPointF(plot.right(), at))
            painter.setPen(ink.soft)
            if level != 5:
                place = QRectF(plot.left() - 50, at - small.height() / 2, 42, small.height())
                painter.drawText(place, right, str(level))
        top = frame.y(number, 5) - (strong.height() + small.height()) / 2
        left = plot.left() - frame.names - 14 - small.horizontalAdvance("10")
        painter.drawText(QPointF(left, top + strong.height() + small.ascent()), scale.ten)
        painter.setFont(ink.strong)
        painter.setPen(ink.text)
        painter.drawText(QPointF(left, top + strong.ascent()), scale.name)
    for before, after in pairwise(range(len(chart.scales))):
        at = (frame.y(before, 0) + frame.y(after, _HIGHEST)) / 2
        painter.setPen(QPen(ink.grid, 2))
        painter.drawLine(QPointF(plot.left() - 4, at), QPointF(plot.right(), at))
    paint_infusions(painter, frame.axis, chart.infusions, plot.top(), plot.bottom(), ink)


def _paint_line(
    painter: QPainter, frame: Frame, number: int, scale: Scale, colour: QColor, ink: Ink
) -> None:
    pen = QPen(colour, 2.25)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    for run in pieces(scale.points):
        painter.setPen(pen)
        painter.drawLines(joined([frame.spot(number, point) for point in run]))
    painter.setPen(QPen(ink.ground, 1))
    painter.setBrush(colour)
    half = min(_DOT * ink.size, max(2.0, frame.axis.step / 2 - 0.5))
    for point in scale.points:
        painter.drawEllipse(frame.spot(number, point), half, half)


def _paint_bars(painter: QPainter, frame: Frame, number: int, scale: Scale, colour: QColor) -> None:
    bar = QPen(colour, 1.5)
    for point in scale.points:
        at = frame.spot(number, point)
        painter.setPen(bar)
        painter.drawLine(
            QPointF(at.x(), frame.y(number, point.low)),
            QPointF(at.x(), frame.y(number, point.high)),
        )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for point in scale.points:
        painter.drawEllipse(frame.spot(number, point), 3.0, 3.0)
