"""The timeline: days from left to right, how strong what was written was, infusions as marks.

Each stretch with an entry has one mark, at the strongest that was written; a stretch without an
entry has none. Flares and calls have a line of their own below.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from caregiver_app.pages.chart_parts import (
    LANE,
    DayAxis,
    Ink,
    Lane,
    Mark,
    Stop,
    in_time,
    infusion_stops,
    lane_stops,
    paint_call,
    paint_days,
    paint_flag,
    paint_infusions,
    paint_lane,
    paint_strength,
    stop_at,
)
from caregiver_app.pages.paper import tr

_HEIGHT: Final = 400.0
_ABOVE_FOOT: Final = 14.0
_OVERLAP: Final = 2.0
"""Marks at different heights may be twice as wide as their stretch."""


class Spot(NamedTuple):
    """One stretch with an entry: its days, the strongest level (0 for nothing), what it says."""

    first: date
    last: date
    level: int
    words: str


class Timeline(NamedTuple):
    """What is shown of the days `first` to `last`; `levels` are words, "Nothing" first."""

    first: date
    last: date
    levels: tuple[str, ...]
    spots: tuple[Spot, ...]
    infusions: tuple[Mark, ...] = ()
    flares: tuple[Mark, ...] = ()
    calls: tuple[Mark, ...] = ()

    def paint(self, painter: QPainter, box: QRectF, ink: Ink) -> None:
        """Paint all of it into a rectangle."""
        frame = Frame(box, self, ink)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, frame, self, ink)
        foot = frame.y(0)
        for spot in self.spots:
            at = frame.spot(spot)
            if spot.level:
                painter.setPen(QPen(ink.level(spot.level), 1.5))
                painter.drawLine(QPointF(at.x(), foot), at)
        for spot in self.spots:
            room = ((spot.last - spot.first).days + 1) * frame.axis.step * _OVERLAP
            paint_strength(painter, frame.spot(spot), spot.level, ink, room)
        for lane in frame.lanes:
            paint_lane(painter, frame.axis, lane, ink)
        painter.restore()

    def stops(self, box: QRectF, ink: Ink) -> list[Stop]:
        """Return the places that say something, the earliest first."""
        frame = Frame(box, self, ink)
        lanes = chain.from_iterable(lane_stops(frame.axis, lane) for lane in frame.lanes)
        heads = infusion_stops(frame.axis, self.infusions, frame.plot.top(), frame.head)
        marks = (stop_at(frame.spot(spot), spot.words) for spot in self.spots)
        return in_time((*heads, *marks, *lanes))

    def height(self, ink: Ink) -> float:
        """Return how much height it wants."""
        return max(_HEIGHT, QFontMetricsF(ink.font).height() * 2.6 * (len(self.levels) + 2))

    def said(self) -> Iterable[str]:
        """Return every word that it writes."""
        yield from self.levels
        yield from (mark.label for mark in self.infusions)
        yield from (tr("Flare"), tr("Call"))


class Frame:
    """Where days and levels lie within a rectangle."""

    def __init__(self, box: QRectF, chart: Timeline, ink: Ink) -> None:
        metrics, small = QFontMetricsF(ink.font), QFontMetricsF(ink.small)
        self.head = QFontMetricsF(ink.strong).height() + 6
        lanes = (
            Lane(tr("Flare"), chart.flares, paint_flag),
            Lane(tr("Call"), chart.calls, paint_call),
        )
        self.lanes = [lane for lane in lanes if lane.marks]
        tall = max(LANE, small.height() + 6)
        words = [metrics.horizontalAdvance(word) for word in chart.levels]
        words += [small.horizontalAdvance(lane.name) for lane in self.lanes]
        left = max(words, default=0.0) + 16
        foot = small.height() + 12 + tall * len(self.lanes)
        self.plot = box.adjusted(left, self.head, -14, -foot)
        self.axis = DayAxis(self.plot.left(), self.plot.right(), chart.first, chart.last)
        self._steps = max(1, len(chart.levels) - 1)
        first = self.plot.bottom() + small.height() + 12 + tall / 2
        self.lanes = [
            lane._replace(middle=first + number * tall) for number, lane in enumerate(self.lanes)
        ]

    def y(self, level: float) -> float:
        """Return where a level lies; 0 is a little above the foot."""
        room = self.plot.height() - 2 * _ABOVE_FOOT
        return self.plot.bottom() - _ABOVE_FOOT - room * level / self._steps

    def spot(self, spot: Spot) -> QPointF:
        """Return where a stretch has its mark."""
        return QPointF(self.axis.middle(spot.first, spot.last), self.y(spot.level))


def _paint_ground(painter: QPainter, frame: Frame, chart: Timeline, ink: Ink) -> None:
    plot, metrics = frame.plot, QFontMetricsF(ink.font)
    paint_days(painter, frame.axis, plot.top(), plot.bottom(), ink)
    painter.setFont(ink.font)
    for level, word in enumerate(chart.levels):
        at = frame.y(level)
        painter.setPen(QPen(ink.grid, 1))
        painter.drawLine(QPointF(plot.left() - 6, at), QPointF(plot.right(), at))
        painter.setPen(ink.text)
        place = QRectF(plot.left() - 12 - 400, at - metrics.height(), 400, 2 * metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
    paint_infusions(painter, frame.axis, chart.infusions, plot.top(), plot.bottom(), ink)
