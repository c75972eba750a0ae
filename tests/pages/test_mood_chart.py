"""The strip of moods: a row a mood, a face where it was chosen, infusions beside; nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from caregiver_app.pages.chart_parts import Mark, hover
from caregiver_app.pages.mood_chart import Frame, MoodChart, MoodMark, paint_face
from tests.pages.test_chart_pictures import BOX, FIRST, WHITE, black, dark, day, painted

pytestmark = pytest.mark.usefixtures("qapp")

MOODS = (("calm", "Calm"), ("so-so", "So-so"), ("low", "Low"))


def mood(number: int, row: int, last: int | None = None) -> MoodMark:
    return MoodMark(day(number), day(number if last is None else last), row, f"day {number} {row}")


def strip(*marks: MoodMark, days: int = 28, infusions: tuple[int, ...] = ()) -> MoodChart:
    told = tuple(Mark(day(number), str(number), f"infusion on {number}") for number in infusions)
    return MoodChart(FIRST, day(days - 1), MOODS, marks, told)


def face(which: str, half: float) -> QImage:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    paint_face(painter, QPointF(30, 30), half, which, black())
    painter.end()
    return image


def test_a_face_stands_on_its_day_in_its_row_and_nowhere_else():
    chart = strip(mood(5, 0), mood(12, 2))
    frame, image = Frame(BOX, chart, black()), painted(chart)
    for number in (5, 12, 20):
        for row in range(3):
            at = frame.spot(mood(number, row))
            ink = dark(image, at.x() - 6, at.y() - 6, at.x() + 6, at.y() + 6)
            assert (ink > 10) is ((number, row) in ((5, 0), (12, 2))), (number, row)


def test_a_row_is_as_high_as_the_others_and_a_week_stands_in_its_middle():
    chart = strip(mood(7, 1, last=13))
    frame = Frame(BOX, chart, black())
    assert frame.y(1) - frame.y(0) == pytest.approx(frame.y(2) - frame.y(1))
    assert frame.spot(chart.marks[0]).x() == pytest.approx(frame.axis.x(day(10)))


@pytest.mark.parametrize("half", [6.0, 9.0, 18.0])
def test_the_three_faces_differ_without_colour(half: float):
    faces = [face(which, half) for which, _ in MOODS]
    assert faces[0] != faces[1] != faces[2] != faces[0]


def test_faces_too_small_for_eyes_are_discs_and_their_row_says_the_mood():
    assert face("calm", 3.5) == face("low", 3.5)
    chart = strip(*(mood(number, number % 3) for number in range(0, 400, 2)), days=400)
    assert list(chart.said()) == ["Calm", "So-so", "Low"]
    assert painted(chart) != painted(strip(days=400))


def test_an_empty_strip_says_nothing_but_its_rows():
    chart = strip()
    assert chart.stops(BOX, black()) == []
    assert hover(chart, BOX, black(), BOX.center()) == ""
    frame, image = Frame(BOX, chart, black()), painted(chart)
    assert dark(image, frame.plot.left() + 1, frame.plot.top(), frame.plot.right(),
                frame.plot.bottom()) == 0  # fmt: skip


@pytest.mark.parametrize(("count", "crosses"), [(1, True), (12, True), (13, False), (60, False)])
def test_a_few_infusions_cross_the_rows_and_many_are_ticks(count: int, crosses: bool):
    many = tuple(range(0, 7 * count, 7))
    chart = strip(days=max(28, 7 * count), infusions=many)
    frame, image = Frame(BOX, chart, black()), painted(chart)
    x = frame.axis.x(day(many[-1]))
    assert (dark(image, x - 2, frame.y(1), x + 2, frame.plot.bottom()) > 10) is crosses
    assert dark(image, x - 2, frame.plot.top(), x + 2, frame.plot.top() + 7) > 0


def test_the_mouse_and_the_keys_meet_the_same_places_in_order():
    chart = strip(mood(12, 2), mood(5, 0), mood(5, 1), infusions=(9,))
    ink = black()
    assert [stop.words for stop in chart.stops(BOX, ink)] == [
        "day 5 0", "day 5 1", "infusion on 9", "day 12 2",
    ]  # fmt: skip
    frame = Frame(BOX, chart, ink)
    assert hover(chart, BOX, ink, frame.spot(mood(12, 2))) == "day 12 2"
    assert hover(chart, BOX, ink, frame.spot(mood(12, 1))) == ""


def test_it_wants_little_height_and_grows_with_the_letters():
    chart, ink = strip(mood(5, 0)), black()
    large = ink._replace(size=1.4, text=QColor("black"))
    assert 120 < chart.height(ink) < 220
    assert chart.height(large) > chart.height(ink)


def test_ten_years_paint_within_the_box():
    marks = [mood(number, number % 3, last=number + 90) for number in range(0, 3600, 91)]
    chart = MoodChart(FIRST, FIRST + timedelta(days=3650), MOODS, tuple(marks))
    image = painted(chart, QRectF(0, 0, 700, 160))
    assert dark(image, 690, 0, 700, 160) == 0
    assert chart.first == date(2026, 3, 1)
