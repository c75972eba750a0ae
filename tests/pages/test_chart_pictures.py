"""The charts along days: where marks lie, what tells them apart without colour, what they say."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from caregiver_app.pages import sign_strip, timeline_chart, wellbeing_chart
from caregiver_app.pages.chart_parts import (
    DayAxis,
    Ink,
    Mark,
    Picture,
    dashed,
    hover,
    paint_call,
    paint_flag,
    paint_strength,
)
from caregiver_app.pages.sign_strip import Cell, SignRow, Strip
from caregiver_app.pages.timeline_chart import Spot, Timeline
from caregiver_app.pages.wellbeing_chart import Point, Scale, Wellbeing, pieces

pytestmark = pytest.mark.usefixtures("qapp")

BOX = QRectF(0, 0, 700, 420)
FIRST = date(2026, 3, 1)
LEVELS = ("No sign", "Mild", "Moderate", "Severe")
WHITE = QColor("white")


def black() -> Ink:
    ink, font = QColor("black"), QFont("Inter", 11)
    return Ink(ink, ink, QColor("#dddddd"), QColor("#eeeeee"), WHITE, (ink,), font, font, font)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def spot(number: int, level: int, last: int | None = None) -> Spot:
    return Spot(day(number), day(number if last is None else last), level, f"day {number}")


def mark(number: int, label: str = "", words: str = "") -> Mark:
    return Mark(day(number), label, words or f"on {number}")


def painted(picture: Picture, box: QRectF = BOX) -> QImage:
    image = QImage(box.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    picture.paint(painter, box, black())
    painter.end()
    return image


def dark(image: QImage, left: float, top: float, right: float, foot: float) -> int:
    """Count the dark dots of a part of a picture."""
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(max(0, int(left)), min(image.width(), math.ceil(right)))
        for y in range(max(0, int(top)), min(image.height(), math.ceil(foot)))
    )


def timeline(*spots: Spot, days: int = 28, **more: tuple[Mark, ...]) -> Timeline:
    return Timeline(FIRST, day(days - 1), LEVELS, spots, **more)


# -- Timeline -------------------------------------------------------------------------------------


def test_later_lies_to_the_right_and_stronger_lies_higher():
    chart = timeline(spot(0, 1), spot(9, 3), spot(27, 0))
    frame = timeline_chart.Frame(BOX, chart, black())
    places = [frame.spot(one) for one in chart.spots]
    assert places[0].x() < places[1].x() < places[2].x()
    assert places[1].y() < places[0].y() < places[2].y()
    assert all(frame.plot.contains(place) for place in places)


def test_a_week_has_its_mark_in_its_middle():
    chart = timeline(spot(7, 2, last=13))
    frame = timeline_chart.Frame(BOX, chart, black())
    assert frame.spot(chart.spots[0]).x() == pytest.approx(frame.axis.x(day(10)))


def test_a_day_with_an_entry_has_ink_and_a_day_without_has_none():
    chart = timeline(spot(5, 3), spot(20, 3))
    frame = timeline_chart.Frame(BOX, chart, black())
    image = painted(chart)
    top, foot = frame.y(3) + 12, frame.y(2) - 12
    for number, inked in ((5, True), (12, False), (20, True)):
        x = frame.axis.x(day(number))
        assert (dark(image, x - 3, top, x + 4, foot) > 0) is inked


def test_infusions_are_upright_lines_with_their_number_above():
    chart = timeline(infusions=(mark(3, "1"), mark(17, "2")))
    frame = timeline_chart.Frame(BOX, chart, black())
    image, x = painted(chart), frame.axis.x(day(17))
    assert dark(image, x - 2, frame.plot.top(), x + 2, frame.plot.bottom()) > 150
    assert dark(image, x - 8, 0, x + 8, frame.plot.top()) > 10
    assert painted(timeline(infusions=(mark(3, "1"), mark(17, "8")))) != image


def test_many_infusions_become_ticks_and_the_newest_keeps_its_number():
    many = tuple(mark(number, str(number)) for number in range(0, 3650, 56))
    chart = timeline(days=3650, infusions=many)
    frame = timeline_chart.Frame(BOX, chart, black())
    image = painted(chart)
    middle = frame.plot.center().y()
    assert dark(image, frame.plot.left() + 5, middle - 10, frame.plot.right(), middle + 10) == 0
    last = frame.axis.x(many[-1].day)
    assert dark(image, last - 14, 0, last + 14, frame.plot.top() - 2) > 10


def test_flares_and_calls_have_lines_of_their_own_and_other_marks():
    flares, calls = (mark(4, words="Flare"),), (mark(9, words="Call"),)
    both = timeline_chart.Frame(BOX, timeline(flares=flares, calls=calls), black())
    assert [lane.name for lane in both.lanes] == ["Flare", "Call"]
    only = timeline_chart.Frame(BOX, timeline(calls=calls), black())
    assert [(lane.name, lane.paint_mark) for lane in only.lanes] == [("Call", paint_call)]
    assert only.plot.height() > both.plot.height()
    assert both.lanes[0].paint_mark is paint_flag
    assert both.lanes[0].middle < both.lanes[1].middle < BOX.bottom()


def test_the_mouse_is_told_what_it_points_at():
    chart = timeline(spot(5, 2), flares=(mark(5, words="Flare"),), infusions=(mark(3, "1", "I 1"),))
    frame = timeline_chart.Frame(BOX, chart, black())
    assert hover(chart, BOX, black(), frame.spot(chart.spots[0])) == "day 5"
    assert hover(chart, BOX, black(), QPointF(frame.axis.x(day(5)), frame.lanes[0].middle)) == (
        "Flare"
    )
    assert hover(chart, BOX, black(), QPointF(frame.axis.x(day(3)), frame.plot.top() - 5)) == "I 1"
    assert hover(chart, BOX, black(), QPointF(1, 1)) == ""


def test_the_stops_go_from_left_to_right():
    chart = timeline(spot(9, 1), spot(2, 3), infusions=(mark(4, "1", "infusion"),))
    said = [stop.words for stop in chart.stops(BOX, black())]
    assert said == ["day 2", "infusion", "day 9"]


# -- Marks ----------------------------------------------------------------------------------------


def test_each_strength_has_a_shape_and_size_of_its_own_in_black_alone():
    found: list[QImage] = []
    inked: list[int] = []
    for level in range(5):
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(WHITE)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_strength(painter, QPointF(20, 20), level, black())
        painter.end()
        found.append(image)
        inked.append(dark(image, 0, 0, 40, 40))
    assert all(a != b for n, a in enumerate(found) for b in found[n + 1 :])
    assert inked == sorted(inked), "the stronger, the more ink"


def test_dashes_cover_what_their_pattern_says():
    lines = dashed([QPointF(0, 0), QPointF(10, 0), QPointF(10, 5)], (4, 2))
    assert [(one.p1().toTuple(), one.p2().toTuple()) for one in lines] == [
        ((0, 0), (4, 0)),
        ((6, 0), (10, 0)),
        ((10, 2), (10, 5)),
    ]
    assert dashed([QPointF(3, 3)], (4, 2)) == []


# -- The axis -------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 7, 14, 28, 91, 365, 1400, 3650, 9000])
@pytest.mark.parametrize("wide", [200, 640, 1500])
def test_names_of_days_never_touch(days: int, wide: int):
    axis = DayAxis(100, 100 + wide, FIRST, day(days - 1))
    ticks = axis.ticks(black())
    places = [at for at, _ in ticks]
    assert all(b - a > 40 for a, b in pairwise(places))
    assert len(ticks) >= 1 or days < 60
    assert all(100 <= at <= 100 + wide for at in places)


def test_long_axes_name_years():
    axis = DayAxis(0, 600, date(2016, 3, 1), date(2026, 3, 1))
    assert "2020" in [name for _, name in axis.ticks(black())]
    axis = DayAxis(0, 600, date(2025, 9, 1), date(2026, 3, 1))
    assert "Jan 2026" in [name for _, name in axis.ticks(black())]


# -- The strip ------------------------------------------------------------------------------------


def strip(*rows: SignRow) -> Strip:
    return Strip(FIRST, day(27), ("an entry without it", "Mild", "Moderate", "Severe"), rows)


def test_a_sign_has_a_row_and_a_day_a_cell():
    one = SignRow("Headache", (Cell(day(3), day(3), 2, "h3"), Cell(day(4), day(4), 0, "none")))
    two = SignRow("Tiredness", (Cell(day(9), day(9), 3, "t9"),))
    chart = strip(one, two)
    frame = sign_strip.Frame(BOX, chart, black())
    assert frame.y(0) < frame.y(1)
    image = painted(chart)

    def ink_at(row: int, number: int) -> int:
        x, y = frame.axis.x(day(number)), frame.y(row)
        return dark(image, x - 7, y - 7, x + 7, y + 7)

    assert ink_at(0, 3) > ink_at(0, 4) > 0
    assert ink_at(1, 9) > 0
    assert ink_at(0, 9) == ink_at(1, 3) == ink_at(1, 20) == 0
    assert hover(chart, BOX, black(), frame.spot(0, one.cells[0])) == "h3"
    assert hover(chart, BOX, black(), frame.spot(1, two.cells[0])) == "t9"


def test_more_signs_want_more_height_and_a_long_name_leaves_room():
    few, many = strip(SignRow("A", ())), strip(*(SignRow(f"Sign {n}", ()) for n in range(12)))
    assert many.height(black()) > few.height(black()) + 11 * 30
    long = strip(SignRow("Donaudampfschifffahrtsgesellschaftssymptom " * 4, ()))
    frame = sign_strip.Frame(QRectF(0, 0, 500, 300), long, black())
    assert frame.plot.width() > 300


# -- Wellbeing ------------------------------------------------------------------------------------


def point(number: int, low: int, high: int | None = None, last: int | None = None) -> Point:
    high = low if high is None else high
    end = day(number if last is None else last)
    return Point(day(number), end, low, high, (low + high) / 2, f"p{number}")


def wellbeing(*scales: Scale, daily: bool = True, flares: tuple[Mark, ...] = ()) -> Wellbeing:
    return Wellbeing(FIRST, day(27), daily, scales, flares=flares)


def test_at_most_two_days_without_a_number_are_bridged():
    found = pieces([point(0, 1), point(3, 2), point(7, 3), point(8, 4)])
    assert [[one.words for one in run] for run in found] == [["p0", "p3"], ["p7", "p8"]]


def test_a_longer_gap_has_no_line_on_the_picture():
    chart = wellbeing(Scale("Pain", "10 worst", (point(2, 5), point(5, 5), point(12, 5))))
    frame = wellbeing_chart.Frame(BOX, chart, black())
    image, y = painted(chart), frame.y(0, 5)

    def between(first: float, last: float) -> int:
        return dark(image, frame.axis.x(day(2)) + first * frame.axis.step, y - 2,
                    frame.axis.x(day(2)) + last * frame.axis.step, y + 3)  # fmt: skip

    assert between(1, 2) > 10
    assert between(5, 8) == 0


def test_each_scale_has_its_panel_and_ten_lies_at_its_head():
    chart = wellbeing(
        Scale("Pain", "10 worst", (point(0, 10),)), Scale("Sleep", "10 very good", (point(0, 0),))
    )
    frame = wellbeing_chart.Frame(BOX, chart, black())
    heights = [frame.y(0, 10), frame.y(0, 0), frame.y(1, 10), frame.y(1, 0)]
    assert heights == sorted(heights)
    assert len({round(height) for height in heights}) == 4
    assert {"10 worst", "10 very good", "Pain", "Sleep"} <= set(chart.said())


def test_a_week_is_a_bar_from_its_lowest_to_its_highest():
    chart = wellbeing(Scale("Pain", "10 worst", (point(7, 2, 8, last=13),)), daily=False)
    frame = wellbeing_chart.Frame(BOX, chart, black())
    image, x = painted(chart), frame.axis.x(day(10))
    assert dark(image, x - 1, frame.y(0, 8), x + 1, frame.y(0, 2)) > 20
    assert dark(image, x - 1, frame.y(0, 10), x + 1, frame.y(0, 8) - 3) == 0


def test_the_days_of_a_flare_are_shaded_and_flagged():
    plain = Scale("Pain", "10 worst", (point(0, 1),))
    chart = wellbeing(plain, flares=(mark(9, words="Flare"),))
    frame = wellbeing_chart.Frame(BOX, chart, black())
    image = painted(chart)
    x, y = int(frame.axis.x(day(9))), int(frame.plot.top()) + 4
    assert image.pixelColor(x, y) == QColor("#eeeeee")
    assert image.pixelColor(x + int(3 * frame.axis.step), y) == WHITE
    assert dark(image, x - 8, frame.lane.middle - 8, x + 8, frame.lane.middle + 8) > 10
    assert "Flare" in [stop.words for stop in chart.stops(BOX, black())]


@pytest.mark.parametrize("size", [(320, 300), (700, 480), (1600, 900)])
def test_empty_charts_paint_their_axes_in_any_size(size: tuple[int, int]):
    for chart in (timeline(), strip(), wellbeing()):
        image = painted(chart, QRectF(0, 0, *size))
        assert any(
            image.pixelColor(x, y) != WHITE
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        )
