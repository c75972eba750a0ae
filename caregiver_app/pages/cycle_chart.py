"""Cycles of one sign, or one scale, laid over each other on days since the infusion.

The screen paints it in the look's colours, paper in black; either way the lines differ by weight,
dash and marker, so that colour is never alone. Equal values are drawn a little apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from caregiver_app.pages.chart_parts import (
    DASHES,
    Ink,
    Stop,
    corners,
    dashed,
    in_time,
    joined,
    stop_at,
)
from caregiver_app.pages.paper import tr

__all__ = ("Chart", "Frame", "Ink", "Line", "paint")

_HEIGHT: Final = 400.0
_APART: Final = 6.0
_MARKERS: Final = ("dot", "square", "triangle", "diamond")
_NEWEST: Final = 3.5
_OLDER: Final = 2.25
_WEEK: Final = 7
_NAMED: Final = 4
"""Only so many lines carry their names; the rest is there for the shape."""


class Line(NamedTuple):
    """One cycle: its name and date, and the level on each day with an entry, in order."""

    name: str
    when: str
    levels: Mapping[int, int]


class Chart(NamedTuple):
    """What is shown: the newest cycle first; `window` are the days of watching, shaded."""

    lines: tuple[Line, ...]
    levels: tuple[str, ...]
    days: int
    window: int

    def paint(self, painter: QPainter, box: QRectF, ink: Ink) -> None:
        """Paint all of it into a rectangle."""
        paint(painter, box, self, ink)

    def stops(self, box: QRectF, ink: Ink) -> list[Stop]:
        """Return the places that say something, the earliest day first.

        Of more cycles than carry names only the newest are reached.
        """
        frame = Frame(box, self, ink)
        return in_time(
            stop_at(
                at,
                tr("{cycle}, day {day}: {level}", cycle=line.name, day=day,
                   level=self.levels[line.levels[day]]),
            )
            for number, line in enumerate(self.lines[:_NAMED])
            for day, at in zip(
                (day for day in sorted(line.levels) if day <= self.days),
                frame.spots(self, number),
                strict=True,
            )
        )  # fmt: skip

    def height(self, ink: Ink) -> float:
        """Return how much height it wants."""
        return max(_HEIGHT, QFontMetricsF(ink.font).height() * 1.3 * (len(self.levels) + 3))

    def said(self) -> Iterable[str]:
        """Return every word that it writes."""
        yield from self.levels
        yield tr("days since the infusion")
        yield tr("watched, {count} days", count=self.window)
        for line in self.lines[:_NAMED]:
            yield from (line.name, line.when)


class Frame:
    """Where days and levels lie within a rectangle."""

    def __init__(self, box: QRectF, chart: Chart, ink: Ink) -> None:
        metrics, small = QFontMetricsF(ink.font), QFontMetricsF(ink.small)
        strong = QFontMetricsF(ink.strong)
        left = max((metrics.horizontalAdvance(word) for word in chart.levels), default=0.0) + 14
        named = chart.lines[:_NAMED]
        right = max((strong.horizontalAdvance(line.name) for line in named), default=0.0)
        right = max([right, *(small.horizontalAdvance(line.when) for line in named)]) + 20
        foot = metrics.height() + small.height() + 14
        self.plot = box.adjusted(left, strong.height(), -right, -foot)
        self._days, self._steps = max(1, chart.days), max(1, len(chart.levels) - 1)
        self._spots: dict[int, list[QPointF]] = {}

    def x(self, day: float) -> float:
        """Return where a day lies."""
        return self.plot.left() + self.plot.width() * day / self._days

    def y(self, level: float) -> float:
        """Return where a level lies; 0 is at the foot, a little above the edge."""
        room = self.plot.height() - 4 * _APART
        return self.plot.bottom() - 2 * _APART - room * level / self._steps

    def spots(self, chart: Chart, number: int) -> list[QPointF]:
        """Return where the entries of a line lie; lines are moved apart to stay visible."""
        if number not in self._spots:
            middle = (min(len(chart.lines), _NAMED) - 1) / 2
            apart = (number % _NAMED - middle) * _APART
            self._spots[number] = [
                QPointF(self.x(day), self.y(level) + apart)
                for day, level in sorted(chart.lines[number].levels.items())
                if day <= chart.days
            ]
        return self._spots[number]


def paint(painter: QPainter, box: QRectF, chart: Chart, ink: Ink) -> None:
    """Paint the whole chart into a rectangle."""
    frame = Frame(box, chart, ink)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, frame, chart, ink)
    _paint_older(painter, frame, chart, ink)
    for number in reversed(range(min(_NAMED, len(chart.lines)))):
        _paint_line(painter, frame, chart, ink, number)
    _paint_names(painter, frame, chart, ink)
    painter.restore()


def _paint_ground(painter: QPainter, frame: Frame, chart: Chart, ink: Ink) -> None:
    plot = frame.plot
    window = min(chart.window, chart.days)
    if window > 0:
        shade = QRectF(plot.left(), plot.top(), frame.x(window) - plot.left(), plot.height())
        painter.fillRect(shade, ink.shade)
        painter.setFont(ink.small)
        painter.setPen(ink.soft)
        words = tr("watched, {count} days", count=chart.window)
        # Above the lines, where none of them crosses it.
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        above = QRectF(0, 0, shade.right() - 4, plot.top() - 1)
        painter.drawText(above, side, words)
    painter.setFont(ink.font)
    metrics = QFontMetricsF(ink.font)
    for level, word in enumerate(chart.levels):
        at = frame.y(level)
        painter.setPen(QPen(ink.grid, 1))
        painter.drawLine(QPointF(plot.left() - 6, at), QPointF(plot.right(), at))
        painter.setPen(ink.text)
        place = QRectF(0, at - metrics.height(), plot.left() - 12, 2 * metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
    step = _WEEK * max(1, round(chart.days / _WEEK / 8))
    for day in range(0, chart.days + 1, step):
        at = frame.x(day)
        painter.setPen(QPen(ink.grid, 1))
        painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom() + 5))
        painter.setPen(ink.text)
        place = QRectF(at - 30, plot.bottom() + 6, 60, metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, str(day))
    painter.setFont(ink.small)
    painter.setPen(ink.soft)
    below = QRectF(plot.left(), plot.bottom() + 6 + metrics.height(), plot.width(), 60)
    centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(below, centre, tr("days since the infusion"))


def _paint_older(painter: QPainter, frame: Frame, chart: Chart, ink: Ink) -> None:
    """Paint the cycles before the named ones as hairlines: they are there for the shape."""
    across = [frame.x(day) for day in range(chart.days + 1)]
    up = [frame.y(level) for level in range(len(chart.levels))]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(ink.grid, 1))
    for line in chart.lines[_NAMED:]:
        told = [one for one in line.levels.items() if one[0] <= chart.days]
        bends = told[:1]
        for before, (day, level), after in zip(told, told[1:], told[2:], strict=False):
            if not before[1] == level == after[1]:
                bends.append((day, level))
        bends += told[1:][-1:]
        painter.drawPolyline([QPointF(across[day], up[level]) for day, level in bends])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)


def _paint_line(painter: QPainter, frame: Frame, chart: Chart, ink: Ink, number: int) -> None:
    colour = ink.lines[number % len(ink.lines)]
    pen = QPen(colour, _OLDER if number else _NEWEST)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if number else Qt.PenCapStyle.RoundCap)
    spots = frame.spots(chart, number)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    if dash := DASHES[number % len(DASHES)]:
        painter.drawLines(dashed(spots, [length * _OLDER for length in dash]))
    else:
        painter.drawLines(joined(spots))
    painter.setPen(QPen(colour, 1.75))
    for spot in spots:
        _paint_marker(painter, spot, _MARKERS[number % len(_MARKERS)], colour, ink.ground)


def _paint_marker(
    painter: QPainter, at: QPointF, marker: str, colour: QColor, ground: QColor
) -> None:
    painter.setBrush(colour if marker == "dot" else ground)
    if marker == "dot":
        painter.drawEllipse(at, 5, 5)
    elif marker == "square":
        painter.drawRect(QRectF(at.x() - 4.5, at.y() - 4.5, 9, 9))
    else:
        painter.drawPolygon(corners(at, marker, 6))


def _paint_names(painter: QPainter, frame: Frame, chart: Chart, ink: Ink) -> None:
    """Write the names at the ends of the lines, moved down where they would touch."""
    strong, small = QFontMetricsF(ink.strong), QFontMetricsF(ink.small)
    tall = strong.height() + small.height()
    ends = [
        (spots[-1].y(), number)
        for number in range(min(_NAMED, len(chart.lines)))
        if (spots := frame.spots(chart, number))
    ]
    top = frame.plot.top() - tall / 2
    for at, number in sorted(ends):
        line = chart.lines[number]
        top = max(top, at - tall / 2)
        left = frame.plot.right() + 14
        painter.setFont(ink.strong)
        painter.setPen(ink.lines[number % len(ink.lines)])
        painter.drawText(QPointF(left, top + strong.ascent()), line.name)
        painter.setFont(ink.small)
        painter.setPen(ink.soft)
        painter.drawText(QPointF(left, top + strong.height() + small.ascent()), line.when)
        top += tall
