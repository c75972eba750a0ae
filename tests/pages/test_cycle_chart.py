"""The chart: where entries lie, what is never hidden, and that paint stays inside."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from caregiver_app.pages.cycle_chart import Chart, Frame, Ink, Line, paint

BOX = QRectF(0, 0, 700, 480)
LEVELS = ("Nothing", "Mild", "Moderate", "Severe")
WHITE = QColor("white")


def line(number: int, levels: dict[int, int]) -> Line:
    return Line(f"Infusion {number}", "4 Mar", levels)


def chart(*lines: Line, days: int = 28, window: int = 14) -> Chart:
    return Chart(lines, LEVELS, days, window)


def black() -> Ink:
    ink, font = QColor("black"), QFont("Inter", 11)
    return Ink(ink, ink, ink, QColor("#eeeeee"), WHITE, (ink,), font, font, font)


def painted(one: Chart, box: QRectF = BOX) -> QImage:
    image = QImage(box.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    paint(painter, box, one, black())
    painter.end()
    return image


def test_days_go_to_the_right_and_stronger_goes_up(qapp):
    frame = Frame(BOX, chart(line(1, {0: 0, 14: 3, 28: 1})), black())
    spots = frame.spots(chart(line(1, {0: 0, 14: 3, 28: 1})), 0)
    assert [round(spot.x()) for spot in spots] == sorted(round(spot.x()) for spot in spots)
    assert spots[1].y() < spots[2].y() < spots[0].y()
    assert all(frame.plot.contains(spot) for spot in spots)


def test_equal_values_lie_six_apart(qapp):
    same = chart(line(3, {2: 1}), line(2, {2: 1}), line(1, {2: 1}))
    frame = Frame(BOX, same, black())
    heights = [frame.spots(same, number)[0].y() for number in range(3)]
    assert [round(b - a, 1) for a, b in pairwise(heights)] == [6.0, 6.0]


def test_what_lies_after_the_last_day_is_not_drawn(qapp):
    long = chart(line(1, {0: 1, 40: 3}), days=28)
    assert len(Frame(BOX, long, black()).spots(long, 0)) == 1


@pytest.mark.parametrize("size", [(320, 280), (700, 480), (1600, 900)])
def test_the_paint_stays_inside_and_something_is_there(qapp, size: tuple[int, int]):
    full = chart(*(line(number, dict.fromkeys(range(0, 29, 2), number % 4)) for number in range(6)))
    box = QRectF(0, 0, *size)
    image = painted(full, box.adjusted(20, 20, -20, -20).translated(-20, -20))
    assert image != painted(chart(), box.adjusted(20, 20, -20, -20).translated(-20, -20))


def test_an_empty_chart_has_its_axes(qapp):
    image = painted(chart())
    dark = sum(
        image.pixelColor(x, y).lightness() < 100
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert dark > 50


def test_names_never_lie_on_each_other(qapp):
    same = chart(*(line(number, {28: 2}) for number in range(4)))
    image = painted(same)
    frame = Frame(BOX, same, black())
    column = [
        any(
            image.pixelColor(x, y).lightness() < 128
            for x in range(int(frame.plot.right()) + 14, image.width())
        )
        for y in range(image.height())
    ]
    runs = sum(dark and not before for dark, before in zip(column, [False, *column], strict=False))
    assert runs >= 8, "eight lines of words, each apart from the next"
    assert QPointF(frame.plot.right(), 0).x() < BOX.right()
