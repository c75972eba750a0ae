"""What all charts are made of: ink, marks for how strong, the axis of days, infusions as marks.

The same painter serves screen and paper. On the screen strength is told by shape, size and
colour, on paper by shape and size alone. Lengths are those of a screen at 96 dots an inch;
`on_paper` makes them larger for the printer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from caregiver_app.pages.dates import MONTHS, day_month
from caregiver_app.pages.paper import LEAST_PT, Run, Sheet, tr

DASHES: Final[tuple[tuple[float, ...], ...]] = ((), (6, 3), (2, 2.5), (8, 3, 2, 3))
MARK_SIZES: Final = (2.0, 4.5, 4.5, 7.2, 8.0)
"""Half the width of the mark of each strength, "nothing" first."""
LANE: Final = 22.0
_ROOMY: Final = 17.0
"""So much room the largest mark takes."""
_LEAST_MARK: Final = 0.45
_REACH: Final = 9.0
"""So far from a mark the mouse still means it."""
_CLOSE: Final = 14.0
"""Infusions nearer than this to each other are ticks at the head only."""
_STEPS: Final = (1, 2, 7, 14, 28)
_MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
_SCREEN_DPI: Final = 96
_HAIR: Final = 1e-6
_MONTHLY: Final = 75


class Ink(NamedTuple):
    """Colours and fonts.

    `lines` are used in turn, the newest cycle takes the first; infusions take the first as well.
    `levels` are the colours of "nothing" and of the strengths, mild first. `size` is how many
    times as large as usual the marks are.
    """

    text: QColor
    soft: QColor
    grid: QColor
    shade: QColor
    ground: QColor
    lines: tuple[QColor, ...]
    font: QFont
    small: QFont
    strong: QFont
    levels: tuple[QColor, ...] = ()
    size: float = 1.0

    def level(self, level: int) -> QColor:
        """Return the colour of a strength, 0 for nothing."""
        return self.levels[min(level, len(self.levels) - 1)] if self.levels else self.text


class Stop(NamedTuple):
    """A place in a chart that says something when it is pointed at or reached by key."""

    box: QRectF
    words: str


class Mark(NamedTuple):
    """A day with something on it: its `label` where there is room, and what it says."""

    day: date
    label: str
    words: str


class Picture(Protocol):
    """What can be shown as a chart: it paints itself, and names its places."""

    def paint(self, painter: QPainter, box: QRectF, ink: Ink) -> None:
        """Paint all of it into a rectangle."""
        ...

    def stops(self, box: QRectF, ink: Ink) -> list[Stop]:
        """Return the places that say something, the earliest first."""
        ...

    def height(self, ink: Ink) -> float:
        """Return how much height it wants."""
        ...

    def said(self) -> Iterable[str]:
        """Return every word that it writes."""
        ...


def hover(picture: Picture, box: QRectF, ink: Ink, spot: QPointF) -> str:
    """Return what a chart painted into `box` says of a place, "" where it says nothing."""
    near = [
        ((stop.box.center() - spot).manhattanLength(), stop.words)
        for stop in picture.stops(box, ink)
        if stop.box.contains(spot)
    ]
    return min(near)[1] if near else ""


def stop_at(at: QPointF, words: str) -> Stop:
    """Return the place of a mark."""
    return Stop(QRectF(at.x() - _REACH, at.y() - _REACH, 2 * _REACH, 2 * _REACH), words)


# -- Paper ----------------------------------------------------------------------------------------


def paper_ink(sheet: Sheet) -> Ink:
    """Return black ink and the fonts of a printed page, in the dots of a screen."""
    black, grey = QColor(0, 0, 0), QColor(0x55, 0x55, 0x55)
    line, shade = QColor(0xB8, 0xB8, 0xB8), QColor(0xEE, 0xEE, 0xEE)
    scale = _scale(sheet)

    def font(size: float, *, bold: bool = False) -> QFont:
        made = QFont(sheet.font(Run("", size, bold=bold)))
        made.setPixelSize(max(1, round(sheet.pt(size) / scale)))
        return made

    return Ink(
        black, grey, line, shade, QColor(0xFF, 0xFF, 0xFF), (black,),
        font(11.0), font(LEAST_PT), font(LEAST_PT, bold=True), (black,),
    )  # fmt: skip


def on_paper(sheet: Sheet, picture: Picture, x: float, y: float, width: float, tall: float) -> None:
    """Paint a chart on a printed page; place and size in the page's own dots."""
    scale, painter = _scale(sheet), sheet.painter
    sheet.drawn.update(*picture.said(), "0123456789", *MONTHS)
    painter.save()
    painter.translate(x, y)
    painter.scale(scale, scale)
    picture.paint(painter, QRectF(0, 0, width / scale, tall / scale), paper_ink(sheet))
    painter.restore()


def height_on(sheet: Sheet, picture: Picture) -> float:
    """Return how much height a chart wants on a printed page, in the page's own dots."""
    return picture.height(paper_ink(sheet)) * _scale(sheet)


def _scale(sheet: Sheet) -> float:
    return sheet.pt(72) / _SCREEN_DPI


# -- Marks ----------------------------------------------------------------------------------------


def paint_strength(
    painter: QPainter, at: QPointF, level: int, ink: Ink, room: float = math.inf
) -> None:
    """Paint the mark of a strength: a dot for nothing, then ring, square, triangle, diamond.

    In a `room` too narrow for the largest of them, all are smaller.
    """
    colour, half = ink.level(level), MARK_SIZES[min(level, len(MARK_SIZES) - 1)]
    half *= max(_LEAST_MARK, min(ink.size, room / _ROOMY))
    painter.setPen(QPen(colour, 1.75))
    painter.setBrush(ink.ground if level == 1 else colour)
    if level <= 1:
        painter.drawEllipse(at, half, half)
    elif level == 2:
        painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
    else:
        shape = "triangle" if level == 3 else "diamond"
        painter.drawPolygon(corners(at, shape, half))


def corners(at: QPointF, shape: str, half: float) -> QPolygonF:
    """Return the corners of a "triangle" or a "diamond" around a place."""
    if shape == "triangle":
        spots = ((0, -half), (half, half * 0.8), (-half, half * 0.8))
    else:
        spots = ((0, -half), (half, 0), (0, half), (-half, 0))
    return QPolygonF([at + QPointF(x, y) for x, y in spots])


def joined(spots: Sequence[QPointF]) -> list[QLineF]:
    """Return the pieces of a line through `spots`; drawn one by one they take half as long."""
    return [QLineF(start, end) for start, end in pairwise(spots)]


def dashed(spots: Sequence[QPointF], lengths: Sequence[float]) -> list[QLineF]:
    """Return the dashes of a line through `spots`; `lengths` are those of dashes and gaps in turn.

    Qt's own dashes take three times as long where a line goes up and down from day to day.
    """
    found: list[QLineF] = []
    part, left = 0, lengths[0]
    for start, end in pairwise(spots):
        x, y = start.x(), start.y()
        across, up = end.x() - x, end.y() - y
        whole = math.hypot(across, up)
        done = 0.0
        while whole - done > _HAIR:
            to = min(whole, done + left)
            if part % 2 == 0:
                a, b = done / whole, to / whole
                found.append(QLineF(x + across * a, y + up * a, x + across * b, y + up * b))
            left -= to - done
            done = to
            if left <= _HAIR:
                part = (part + 1) % len(lengths)
                left = lengths[part]
    return found


def paint_flag(painter: QPainter, at: QPointF, ink: Ink) -> None:
    """Paint the mark of a flare: a small flag on its mast."""
    painter.setPen(QPen(ink.text, 1.5))
    painter.drawLine(QPointF(at.x() - 3, at.y() - 7), QPointF(at.x() - 3, at.y() + 7))
    painter.setBrush(ink.text)
    flag = ((-3, -7), (6, -3.5), (-3, 0))
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in flag]))


def paint_call(painter: QPainter, at: QPointF, ink: Ink) -> None:
    """Paint the mark of a call: a ring with a dot."""
    painter.setPen(QPen(ink.text, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, 6, 6)
    painter.setBrush(ink.text)
    painter.drawEllipse(at, 2, 2)


# -- The axis of days -----------------------------------------------------------------------------


class DayAxis:
    """Where days lie between `left` and `right`; a week at least has room."""

    def __init__(self, left: float, right: float, first: date, last: date) -> None:
        self.left, self.right = left, right
        self.first, self.last = first, last
        self._days = max(7, (last - first).days + 1)

    @property
    def step(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / self._days

    def x(self, day: date) -> float:
        """Return where the middle of a day lies."""
        return self.left + ((day - self.first).days + 0.5) * self.step

    def middle(self, first: date, last: date) -> float:
        """Return where the middle of several days lies."""
        return (self.x(first) + self.x(last)) / 2

    def ticks(self, ink: Ink) -> list[tuple[float, str]]:
        """Return where the axis is named, and how: as often as the names have room."""
        metrics = QFontMetricsF(ink.small)
        room = metrics.horizontalAdvance("00 Mmm") + 14
        if self._days <= _MONTHLY:
            fits = (step for step in _STEPS if step * self.step >= room)
            step = next(fits, _STEPS[-1])
            end = self.first + timedelta(days=self._days)
            days = range(0, (end - self.first).days, step)
            found = (self.first + timedelta(days=day) for day in days)
            return [(self.x(day), day_month(day)) for day in found]
        month = self.step * 30.4
        step = next((one for one in _MONTH_STEPS if one * month >= room), _MONTH_STEPS[-1])
        return [(self.x(day), name) for day, name in self._months(step)]

    def _months(self, step: int) -> list[tuple[date, str]]:
        found: list[tuple[date, str]] = []
        number = self.first.year * 12 + self.first.month - 1
        number += 0 if self.first.day == 1 else 1
        number += -number % step
        while (day := date(number // 12, number % 12 + 1, 1)) <= self.last:
            name = tr(MONTHS[day.month - 1][:3])
            if step >= 12:
                name = str(day.year)
            elif day.month == 1:
                name = f"{name} {day.year}"
            found.append((day, name))
            number += step
        return found


def paint_days(painter: QPainter, axis: DayAxis, top: float, foot: float, ink: Ink) -> None:
    """Paint the names of days below `foot`, and a hairline up to `top` for each."""
    metrics = QFontMetricsF(ink.small)
    painter.setFont(ink.small)
    for at, name in axis.ticks(ink):
        painter.setPen(QPen(ink.grid, 1))
        painter.drawLine(QPointF(at, top), QPointF(at, foot + 5))
        wide = metrics.horizontalAdvance(name)
        left = min(max(axis.left - wide / 2, at - wide / 2), axis.right - wide + 4)
        painter.setPen(ink.text)
        painter.drawText(QPointF(left, foot + 7 + metrics.ascent()), name)


def paint_infusions(
    painter: QPainter, axis: DayAxis, marks: Sequence[Mark], top: float, foot: float, ink: Ink
) -> None:
    """Paint infusions as upright lines with their labels above `top`, the newest always named."""
    colour = ink.lines[0]
    metrics = QFontMetricsF(ink.strong)
    places = [(axis.x(mark.day), mark.label) for mark in marks]
    gaps = [after[0] - before[0] for before, after in pairwise(places)]
    close = bool(gaps) and sum(gaps) / len(gaps) < _CLOSE
    pen = QPen(colour, 1 if close else 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if not close:
        # Dashed, so that on paper nobody takes one for the stem of a mark.
        pen.setDashPattern([4, 2])
    painter.setPen(pen)
    end = top + 6 if close else foot
    for at, _ in places:
        painter.drawLine(QPointF(at, top), QPointF(at, end))
    painter.setFont(ink.strong)
    free = axis.right + 40
    for at, label in reversed(places):
        wide = metrics.horizontalAdvance(label)
        if at + wide / 2 + 8 <= free:
            painter.drawText(QPointF(at - wide / 2, top - metrics.descent() - 2), label)
            free = at - wide / 2


def infusion_stops(axis: DayAxis, marks: Sequence[Mark], top: float, tall: float) -> list[Stop]:
    """Return the places of infusions: where their labels stand."""
    half = max(4.0, min(_REACH, axis.step / 2))
    return [Stop(QRectF(axis.x(m.day) - half, top - tall, 2 * half, tall), m.words) for m in marks]


class Lane(NamedTuple):
    """A line of marks with its name at the left, all painted alike; `middle` is its height."""

    name: str
    marks: tuple[Mark, ...]
    paint_mark: Callable[[QPainter, QPointF, Ink], None]
    middle: float = 0.0


def paint_lane(painter: QPainter, axis: DayAxis, lane: Lane, ink: Ink) -> None:
    """Paint a line of marks."""
    metrics = QFontMetricsF(ink.small)
    painter.setFont(ink.small)
    painter.setPen(ink.text)
    painter.drawText(
        QRectF(axis.left - 14 - 400, lane.middle - metrics.height() / 2, 400, metrics.height()),
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        lane.name,
    )
    painter.setPen(QPen(ink.grid, 1))
    painter.drawLine(QPointF(axis.left, lane.middle), QPointF(axis.right, lane.middle))
    for mark in lane.marks:
        lane.paint_mark(painter, QPointF(axis.x(mark.day), lane.middle), ink)


def lane_stops(axis: DayAxis, lane: Lane) -> list[Stop]:
    """Return the places of a line of marks."""
    return [stop_at(QPointF(axis.x(mark.day), lane.middle), mark.words) for mark in lane.marks]


def in_time(stops: Iterable[Stop]) -> list[Stop]:
    """Return places from left to right, those above each other from the top."""
    return sorted(stops, key=lambda stop: (round(stop.box.center().x()), stop.box.top()))


def paint_key(
    painter: QPainter, left: float, right: float, top: float, words: Sequence[str], ink: Ink
) -> None:
    """Paint what the marks mean in one line, or in two where one is too narrow."""
    metrics = QFontMetricsF(ink.small)
    painter.setFont(ink.small)
    x, middle = left + 8, top + metrics.height() / 2
    for level, word in enumerate(words):
        if not word:
            continue
        wide = metrics.horizontalAdvance(word) + 32
        if x + wide > right + 12 and x > left + 8:
            x, middle = left + 8, middle + metrics.height() + 4
        paint_strength(painter, QPointF(x, middle), level, ink)
        painter.setPen(ink.text)
        painter.drawText(QPointF(x + 13, middle + metrics.ascent() / 2 - 1), word)
        x += wide


def key_height(ink: Ink) -> float:
    """Return the height that `paint_key` may take."""
    return 2 * QFontMetricsF(ink.small).height() + 8
