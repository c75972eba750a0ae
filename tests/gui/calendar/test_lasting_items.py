"""What lasts for days in month, week and list: one bar in one lane, day 2 of 4, moved as one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.domain.lasting import Lasting
from caregiver_app.domain.times import AllDay, Zoned
from caregiver_app.gui.calendar.agenda_model import agenda_before, agenda_from
from caregiver_app.gui.calendar.filters import Filters
from caregiver_app.gui.calendar.month_lanes import Stretch, Week
from caregiver_app.gui.calendar.month_model import days_of
from caregiver_app.gui.calendar.month_view import MonthView
from caregiver_app.gui.calendar.week.model import week_of
from caregiver_app.gui.calendar.week.view import WeekView
from tests.fakes import NEW_YORK, FakeClock
from tests.gui.calendar.family import appointment

DAY = 1440
TODAY = date(2026, 3, 20)
ALT, ALT_SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
)


def march(day: int) -> date:
    return date(2026, 3, 1) + timedelta(days=day - 1)


def away(home, first: date, days: int, id_: str = "away", title: str = "Away", **more):
    return appointment(
        home, id_, title, "2026-03-24T10:00",
        **{"start": AllDay(first), "minutes": days * DAY, "type": "other", **more},
    )  # fmt: skip


@pytest.fixture
def month(home, theme, qtbot):
    made: list[MonthView] = []

    def shown(height: int = 800, chosen: date = TODAY) -> MonthView:
        view = MonthView(theme)
        made.append(view)
        view.resize(1000, height)
        view.show_weeks(days_of(home.house, TODAY, None), chosen, TODAY)
        view.show()
        qtbot.waitExposed(view)
        return view

    yield shown
    for view in made:
        view.close()
        view.deleteLater()


def cell(view: MonthView, day: date) -> QRect:
    return view.visualRect(view.days.index_of(day))


def places(view: MonthView, day: date) -> dict[str, QRect]:
    found = next(one for one in view.days.days if one.day == day)
    return {mark.title: box for mark, box in view.delegate.places(cell(view, day), found)}


def tops(view: MonthView, title: str, days: list[date]) -> set[int]:
    """How far below the top of each day something stands."""
    return {places(view, day)[title].top() - cell(view, day).top() for day in days}


# -- The month ------------------------------------------------------------------------------------


def test_it_is_one_bar_that_is_set_back_only_where_it_begins_and_ends(home, month):
    away(home, march(20), 6)
    view = month()
    for day in map(march, range(20, 26)):
        box, whole = places(view, day)["Away"], cell(view, day)
        assert (box.left() > whole.left()) == (day == march(20))
        assert (box.right() < whole.right()) == (day == march(25))
    assert "Away" not in places(view, march(26))
    assert len(tops(view, "Away", [march(n) for n in range(20, 23)])) == 1


def test_the_bar_is_painted_without_a_gap_between_its_days(home, month):
    away(home, march(24), 3)
    view = month()
    picture = view.viewport().grab().toImage()
    tint = view.colour("other-tint")
    y = places(view, march(25))["Away"].bottom() - 3
    left, right = cell(view, march(24)).center().x(), cell(view, march(26)).center().x()
    ground = [picture.pixelColor(x, y) for x in range(left, right)]
    assert sum(one == tint for one in ground) >= len(ground) - 6
    outside = QPoint(cell(view, march(27)).center().x(), y)
    assert picture.pixelColor(outside) != tint


def test_a_bar_reaches_the_edge_only_where_it_goes_on(home, month):
    away(home, march(21), 4)
    view = month()
    picture = view.viewport().grab().toImage()
    tint = view.colour("other-tint")

    def is_bar_at(day: date, *, right: bool) -> bool:
        box, y = cell(view, day), places(view, day)["Away"].center().y()
        x = box.right() - 1 if right else box.left() + 2
        return picture.pixelColor(x, y) == tint

    assert is_bar_at(march(22), right=True)
    assert is_bar_at(march(23), right=False)
    assert not is_bar_at(march(21), right=False)
    assert not is_bar_at(march(24), right=True)


def test_each_keeps_its_lane_and_chips_go_where_there_is_room(home, month):
    away(home, march(23), 5, "long", "Long")
    away(home, march(25), 3, "short", "Short")
    appointment(home, "lab", "Blood test", "2026-03-24T08:00")
    appointment(home, "call", "Call", "2026-03-26T08:00")
    view = month()
    assert len(tops(view, "Long", [march(n) for n in range(23, 28)])) == 1
    assert len(tops(view, "Short", [march(n) for n in range(25, 28)])) == 1
    tuesday, thursday = places(view, march(24)), places(view, march(26))
    assert list(thursday) == ["Long", "Short", "Call"]
    beside = places(view, march(25))["Short"].top() - cell(view, march(25)).top()
    assert tuesday["Blood test"].top() - cell(view, march(24)).top() == beside
    for day in map(march, range(23, 30)):
        boxes = list(places(view, day).values())
        assert len(boxes) <= 3
        assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)


def test_an_infusion_and_what_happens_on_a_day_alone_are_never_pushed_out(home, month):
    for number in range(4):
        away(home, march(29 + number), 5, f"a{number}", f"Away {number}")
        away(home, march(22), 7, f"b{number}", f"Long {number}")
    appointment(home, "lab", "Blood test", "2026-03-25T08:00")
    view = month()
    infusion = places(view, march(31))
    assert "Infusion 2" in infusion
    assert len(infusion) == 2, "one lane beside an infusion"
    assert "Blood test" in places(view, march(25))
    # Without anything of its own a day gives all its places away; the same ones all week long.
    shown = [title for title in places(view, march(24)) if title.startswith("Long")]
    assert [t for t in places(view, march(25)) if t.startswith("Long")] == shown
    assert len(shown) == 2


def test_where_days_are_low_there_is_less_but_never_half_a_bar(home, month):
    away(home, march(24), 3)
    appointment(home, "lab", "Blood test", "2026-03-25T08:00")
    for height in range(220, 700, 37):
        view = month(height)
        seen = ["Away" in places(view, march(day)) for day in (24, 25, 26)]
        assert len(set(seen)) == 1, height
        for day in (24, 25, 26):
            assert all(
                cell(view, march(day)).contains(b) for b in places(view, march(day)).values()
            )


def test_a_screen_reader_hears_which_day_it_is(home):
    away(home, march(24), 4)
    start = Zoned(datetime(2026, 3, 1, 20), NEW_YORK)
    appointment(home, "stay", "Stay", "2026-03-01T20:00", start=start, minutes=36 * 60)
    days = {one.day: one for week in days_of(home.house, TODAY, None) for one in week}
    assert "Away, day 1 of 4, until Fri 27 Mar" in days[march(24)].sentence()
    assert "Away, day 2 of 4, until Fri 27 Mar" in days[march(25)].sentence()
    assert "Stay 20:00, day 1 of 3, until Tue 3 Mar, 8:00" in days[march(1)].sentence()
    assert "Stay, day 2 of 3" in days[march(2)].sentence()
    assert "Stay until 8:00, day 3 of 3" in days[march(3)].sentence()
    assert "Away" not in days[march(28)].sentence()


def test_a_year_long_one_is_there_on_every_day_of_every_month(home):
    away(home, date(2025, 12, 1), 366)
    for number in (1, 6, 10):
        for week in days_of(home.house, date(2026, number, 15), None):
            assert all(len(day.week.stretches) == 1 for day in week)
            assert {(s.first, s.last) for s in week[0].week.stretches} == {(0, 6)}


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=9),
    st.lists(st.integers(0, 3), min_size=7, max_size=7),
)
def test_no_two_share_a_lane_and_no_day_gives_more_than_it_has(spans, free):
    days = Lasting(march(1), march(2))
    stretches = tuple(
        Stretch(None, days, min(span), max(span), False, False)  # type: ignore[arg-type]
        for span in spans
    )
    week = Week(stretches, (0,) * 7)
    found = week.lanes(free)
    for column, most in enumerate(free):
        here = [lane for n, lane in found.items() if spans_over(stretches[n], column)]
        assert len(here) == len(set(here))
        assert all(lane < most for lane in here)
    for n, one in enumerate(stretches):
        if n not in found:  # whoever finds none stands in the way of nobody and had no way
            taken = [
                lane for m, lane in found.items()
                if stretches[m].first <= one.last and stretches[m].last >= one.first
            ]  # fmt: skip
            assert set(range(min(free[one.first : one.last + 1]))) <= set(taken)


def spans_over(one: Stretch, column: int) -> bool:
    return one.first <= column <= one.last


def test_where_the_month_is_small_a_line_crosses_the_days(home, month):
    away(home, march(24), 3)
    appointment(home, "lab", "Blood test", "2026-03-25T08:00")
    view = month()
    view.delegate.compact = True
    picture = view.viewport().grab().toImage()
    ink = view.colour("other")

    def lined(day: date) -> list[int]:
        box = cell(view, day)
        return [
            sum(picture.pixelColor(x, y) == ink for x in range(box.left(), box.right() + 1))
            for y in range(box.top(), box.bottom())
        ]

    width = cell(view, march(25)).width()
    assert max(lined(march(25))) >= width - 1
    assert width // 2 < max(lined(march(24))) < width
    assert width // 2 < max(lined(march(26))) < width
    assert max(lined(march(27))) == 0
    rows = [line.index(max(line)) for line in map(lined, map(march, (24, 25, 26)))]
    assert max(rows) - min(rows) <= 1


# -- Moving it in the month -----------------------------------------------------------------------


def drag(view: MonthView, start: QPoint, *spots: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * len(spots)]
    for kind, at in zip(
        [*kinds, QEvent.Type.MouseButtonRelease], [start, *spots, spots[-1]], strict=True
    ):
        over = kind == QEvent.Type.MouseButtonRelease
        event = QMouseEvent(
            kind, QPointF(at), QPointF(view.viewport().mapToGlobal(at)),
            none if kind == QEvent.Type.MouseMove else left, none if over else left,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)


def test_taken_hold_of_on_any_day_the_whole_goes_along(home, month):
    away(home, march(24), 4)
    view = month()
    said: list[tuple[str, date]] = []
    view.moved.connect(lambda key, day: said.append((key, day)))
    hold = places(view, march(26))["Away"].center()
    drag(view, hold, cell(view, march(12)).center())
    assert said == [("away|2026-03-24", march(10))]


def test_alt_and_an_arrow_move_the_whole_from_any_of_its_days(home, show, qtbot):
    away(home, march(24), 4)
    tab = show(home)
    tab.go(march(26))
    qtbot.keyClick(tab.month, Qt.Key.Key_Right, ALT)
    kept = home.house.agenda.get("away")
    assert (kept.start, kept.minutes) == (AllDay(march(25)), 4 * DAY)
    assert tab.month.chosen().day == march(27)
    home.house.care.undo()
    assert home.house.agenda.get("away").start == AllDay(march(24))


# -- The list -------------------------------------------------------------------------------------


def told(home, first: date) -> list[tuple[str, str]]:
    rows = agenda_from(home.house, first, None).rows
    return [(row.key, row.second) for row in rows if row.title == "Away"]


def test_the_list_names_it_on_each_of_its_days(home):
    away(home, march(24), 4)
    assert told(home, TODAY) == [
        ("away|2026-03-24", "all day · day 1 of 4 · until Fri 27 Mar"),
        ("away|2026-03-24#2026-03-25", "all day · day 2 of 4 · until Fri 27 Mar"),
        ("away|2026-03-24#2026-03-26", "all day · day 3 of 4 · until Fri 27 Mar"),
        ("away|2026-03-24#2026-03-27", "all day · day 4 of 4"),
    ]
    assert [second.split(" · ")[1] for _key, second in told(home, march(26))] == [
        "day 3 of 4",
        "day 4 of 4",
    ]


@pytest.mark.parametrize("first", [date(2025, 12, 1), march(20), march(24), march(26)])
def test_month_and_list_know_the_same(home, first):
    away(home, march(24), 4)
    away(home, march(1), 60, "year", "Leave")
    known = [day for week in days_of(home.house, TODAY, None) for day in week]
    fresh = agenda_from(home.house, first, None, enough=200)
    assert agenda_from(home.house, first, None, enough=200, known=known) == fresh


def test_a_long_one_stands_where_it_begins_and_ends_and_where_the_list_opens(home):
    away(home, date(2026, 3, 1), 200)
    rows = agenda_from(home.house, TODAY, None, enough=300).rows
    named = [row for row in rows if row.title == "Away"]
    assert [row.second.split(" · ")[1] for row in named] == ["day 20 of 200", "day 200 of 200"]
    earlier = agenda_before(home.house, TODAY, Filters(None), enough=300).rows
    assert [row.second for row in earlier if row.title == "Away"] == [
        "all day · day 1 of 200 · until Wed 16 Sep"
    ]


def test_earlier_days_name_it_in_their_order(home):
    away(home, march(10), 3)
    rows = agenda_before(home.house, march(15), Filters(None), enough=5).rows
    assert [row.title for row in rows if not row.heading] == ["Away", "Away", "Away"]
    assert [row.second.split(" · ")[1] for row in rows if not row.heading] == [
        "day 1 of 3", "day 2 of 3", "day 3 of 3",
    ]  # fmt: skip


def test_any_of_its_rows_opens_and_chooses_it(home, show, qtbot):
    away(home, march(24), 4)
    tab = show(home)
    assert tab.agenda.choose("away|2026-03-24#2026-03-26")
    assert tab.month.chosen().day == march(26)
    assert tab.month.delegate.item == ("away", "2026-03-24")
    qtbot.keyClick(tab.agenda, Qt.Key.Key_Return)
    assert tab.desk.sheet.title_field.value() == "Away"
    tab.desk.sheet.done(0)
    tab.go(march(26), "away|2026-03-24")
    assert tab.agenda.item_key() == "away|2026-03-24#2026-03-26"


def test_who_drives_is_told_once(home):
    away(home, march(24), 2, driver="Ana", place="The coast")
    rows = [row for row in agenda_from(home.house, TODAY, None).rows if row.title == "Away"]
    assert [row.chip for row in rows] == ["Driver: Ana", ""]
    assert all("The coast" in row.second for row in rows)


def test_a_reader_in_another_zone_sees_the_same_whole_days(home):
    away(home, march(24), 3)
    assert isinstance(home.clock, FakeClock)
    home.clock.home = "Pacific/Kiritimati"
    home.restart()
    assert [key.partition("#")[2] for key, _ in told(home, TODAY)] == [
        "", "2026-03-25", "2026-03-26",
    ]  # fmt: skip


# -- The week -------------------------------------------------------------------------------------


@pytest.fixture
def week(home, theme, qtbot):
    view = WeekView(theme)

    def fill(day: date) -> WeekView:
        view.show_week(week_of(home.house, day, None, 0))
        return view

    view.resize(1100, 760)
    view.show()
    qtbot.waitExposed(view)
    yield fill
    view.close()
    view.deleteLater()


def test_the_strip_holds_one_bar_across_its_days_that_says_them(home, week):
    away(home, march(25), 6)
    shown = week(march(25)).grid
    (bar,) = shown.week.bars
    assert bar.box.left() > shown.week.column(march(24)).right()
    assert (bar.cut_left, bar.cut_right) == (False, True)
    assert bar.item.span_text() == "all day, Wed 25 Mar – Mon 30 Mar"
    assert "Wednesday 25 March to Monday 30 March" in bar.item.sentence()
    (bar,) = week(march(30)).grid.week.bars
    assert (bar.cut_left, bar.cut_right) == (True, False)


def test_keys_let_whole_days_end_later_and_earlier(home, show, qtbot):
    away(home, march(24), 2)
    tab = show(home)
    tab.show_view("week")
    tab.go(march(24), "away|2026-03-24")
    grid = tab.stage.week.grid
    for key, days in (
        (Qt.Key.Key_Right, 3), (Qt.Key.Key_Down, 4), (Qt.Key.Key_Left, 3), (Qt.Key.Key_Up, 2),
        (Qt.Key.Key_Left, 1), (Qt.Key.Key_Left, 1),
    ):  # fmt: skip
        qtbot.keyClick(grid, key, ALT_SHIFT)
        kept = home.house.agenda.get("away")
        assert (kept.start, kept.minutes) == (AllDay(march(24)), days * DAY)
    assert grid.spot.key == "away|2026-03-24"


def test_the_right_end_is_dragged_across_the_days(home, week):
    away(home, march(24), 2)
    view = week(march(24))
    said: list[tuple[str, int]] = []
    view.stretched.connect(lambda key, minutes: said.append((key, minutes)))
    grid, (bar,) = view.grid, view.grid.week.bars
    end = QPoint(bar.box.right() - 1, bar.box.center().y())
    assert grid.hand.hit(end).edge
    assert not grid.hand.hit(bar.box.center()).edge
    grid.hand.hover(end)
    assert grid.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    grid.hand.press(end)
    grid.hand.move(QPoint(grid.week.column(march(27)).center().x(), end.y()))
    assert grid.hand.ghost.last == march(27)
    grid.hand.release(QPoint(grid.week.column(march(27)).center().x(), end.y()))
    assert said == [("away|2026-03-24", 4 * DAY)]


def test_what_goes_on_next_week_has_no_end_to_take_hold_of(home, week):
    away(home, march(28), 4)
    (bar,) = week(march(28)).grid.week.bars
    end = QPoint(bar.box.right() - 1, bar.box.center().y())
    assert not week(march(28)).grid.hand.hit(end).edge


def test_dragging_to_another_day_moves_all_of_it_and_keeps_seconds(home, show):
    away(home, march(24), 3)
    exact = Zoned(datetime(2026, 3, 24, 9, 30, 15), NEW_YORK)
    appointment(home, "lab", "Blood test", "2026-03-24T08:00", start=exact)
    tab = show(home)
    tab.desk.move("away|2026-03-24", march(26))
    assert home.house.agenda.get("away").start == AllDay(march(26))
    assert home.house.agenda.get("away").minutes == 3 * DAY
    tab.desk.move("lab|2026-03-24T09:30:15", march(26), exact.local.time().replace(second=0))
    assert home.house.agenda.get("lab").start.local == datetime(2026, 3, 26, 9, 30, 15)


def test_the_question_about_a_series_says_both_last_days(home, show, qtbot):
    away(home, march(24), 3, rrule="FREQ=WEEKLY;COUNT=3")
    tab = show(home)
    tab.desk.move("away|2026-03-31", date(2026, 4, 1))
    asking = tab.desk.sheet
    assert asking.subtitle.text() == (
        "Tuesday 31 March, until Thu 2 Apr  →  Wednesday 1 April, until Fri 3 Apr"
    )
    asking.card("one").setChecked(True)
    qtbot.mouseClick(asking.primary, Qt.MouseButton.LeftButton)
    days = home.house.agenda.days(date(2026, 3, 30), date(2026, 4, 5))
    assert [
        day.isoformat()
        for day, found in sorted(days.items())
        if any(one.appointment.title == "Away" for one in found)
    ] == ["2026-04-01", "2026-04-02", "2026-04-03"]
