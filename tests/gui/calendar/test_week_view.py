"""The week in one's hands: mouse, keys, what is heard, and how it gives way when it is narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.gui.calendar.week.model import wall_now, week_of
from caregiver_app.gui.calendar.week.view import WeekView
from caregiver_app.gui.words import formats, use_formats
from caregiver_app.pages.formats import Formats
from tests.fakes import Home
from tests.gui.calendar.family import appointment
from tests.gui.calendar.weeks import MONDAY, bare_week, item
from tests.gui.fit import overlapping, untold, words
from tests.gui.looks import unnamed

LEFT = Qt.MouseButton.LeftButton
TUESDAY = date(2026, 3, 31)
FRIDAY = date(2026, 4, 3)
LAB = "lab|2026-03-31T14:00"


class Held:
    """A week that is shown and listened to."""

    def __init__(self, view: WeekView, home: Home, qtbot: Any) -> None:
        self.view, self.home, self.qtbot = view, home, qtbot
        self.grid = view.grid
        self.said: list[tuple[Any, ...]] = []
        for name in (
            "day_chosen", "opened", "add_asked", "moved", "stretched", "menu_asked",
            "delete_asked", "week_wanted",
        ):  # fmt: skip
            getattr(view, name).connect(lambda *told, name=name: self.said.append((name, *told)))

    def fill(self, day: date = TUESDAY, person: str | None = None) -> Held:
        self.view.show_week(week_of(self.home.house, day, person, 0))
        return self

    def wishes(self) -> list[tuple[Any, ...]]:
        """What was asked for but a choice of a day."""
        return [one for one in self.said if one[0] != "day_chosen"]

    def middle(self, key: str) -> QPoint:
        return self.grid.week.box_of(key, self.grid.scrolled).center()

    def at(self, day: date, minute: int) -> QPoint:
        """A point a little below the beginning of a minute."""
        week = self.grid.week
        y = week.grid.top() + week.y_of(minute) - self.grid.scrolled
        return QPoint(week.column(day).center().x(), y + 4)

    def mouse(self, kind: QEvent.Type, spot: QPoint, held: Any = LEFT) -> None:
        button = LEFT if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        port = self.grid.viewport()
        globally = QPointF(port.mapToGlobal(spot))
        none = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(spot), globally, button, held, none)
        self.grid.viewportEvent(event)

    def drag(self, start: QPoint, *ways: QPoint, drop: bool = True) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, start)
        spot = start
        for way in ways:
            spot = start + way
            self.mouse(QEvent.Type.MouseMove, spot)
        if drop:
            self.mouse(QEvent.Type.MouseButtonRelease, spot, Qt.MouseButton.NoButton)

    def press(self, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.grid, key, held)

    def click(self, spot: QPoint) -> None:
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, pos=spot)

    def heard(self) -> str:
        """What a screen reader says where the keys are."""
        return self.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)

    def per_column(self) -> int:
        return self.grid.week.column(TUESDAY + timedelta(days=1)).left() - (
            self.grid.week.column(TUESDAY).left()
        )

    def hours(self, hours: float) -> int:
        return round(hours * self.grid.week.lengths.hour)


@pytest.fixture
def hold(home: Home, theme, qtbot) -> Iterator[Callable[..., Held]]:
    shown: list[WeekView] = []

    def made(width: int = 1232, height: int = 640, day: date = TUESDAY) -> Held:
        view = WeekView(theme, lambda: wall_now(home.house))
        shown.append(view)
        view.resize(width, height)
        held = Held(view, home, qtbot).fill(day)
        view.show()
        qtbot.waitExposed(view)
        held.said.clear()
        return held

    yield made
    for view in shown:
        view.close()
        view.deleteLater()


@pytest.fixture
def lab(home: Home) -> Appointment:
    return appointment(home, "lab", "Blood test", "2026-03-31T14:00", minutes=60)


# -- The mouse ------------------------------------------------------------------------------------


def test_dragging_to_another_day_and_hour_says_where(hold, lab):
    held = hold()
    held.drag(held.middle(LAB), QPoint(20, 20), QPoint(held.per_column(), held.hours(1.3)))
    assert held.wishes() == [("moved", LAB, date(2026, 4, 1), time(15, 15))]
    assert held.grid.hand.ghost is None
    assert held.home.house.agenda.get("lab").start.local.hour == 14


def test_dragging_to_another_day_keeps_an_odd_hour(home, hold):
    appointment(home, "odd", "Odd", "2026-03-31T14:20", minutes=60)
    held = hold()
    key = "odd|2026-03-31T14:20"
    held.drag(held.middle(key), QPoint(2 * held.per_column(), 3))
    assert held.wishes() == [("moved", key, date(2026, 4, 2), time(14, 20))]


def test_a_click_or_a_slip_of_the_hand_moves_nothing(hold, lab, qapp, monkeypatch):
    monkeypatch.setattr(QApplication, "startDragDistance", lambda: 2)
    held = hold()
    held.click(held.middle(LAB))
    held.drag(held.middle(LAB), QPoint(2, 3), QPoint(1, 10))
    held.drag(held.middle(LAB), QPoint(0, 30), QPoint(0, 2))
    assert held.wishes() == []
    assert held.view.chosen_key == LAB


def test_escape_gives_up_a_drag(hold, lab):
    held = hold()
    held.drag(held.middle(LAB), QPoint(0, 80), drop=False)
    assert held.grid.hand.ghost.hour == time(15, 45)
    held.press(Qt.Key.Key_Escape)
    assert held.grid.hand.ghost is None
    held.mouse(QEvent.Type.MouseMove, held.middle(LAB) + QPoint(0, 90))
    held.mouse(QEvent.Type.MouseButtonRelease, held.middle(LAB) + QPoint(0, 90))
    assert held.wishes() == []


def test_a_drag_outlives_a_fresh_look_but_not_a_change_of_what_is_held(home, hold, lab):
    held = hold()
    held.drag(held.middle(LAB), QPoint(0, 60), drop=False)
    held.fill()
    assert held.grid.hand.is_dragging
    appointment(home, "lab", "Blood test", "2026-03-31T14:00", minutes=30)
    held.fill()
    assert not held.grid.hand.is_dragging
    assert held.wishes() == []


def test_dropping_far_outside_moves_nothing(hold, lab):
    held = hold()
    held.drag(held.middle(LAB), QPoint(0, 40), QPoint(0, 900))
    assert held.wishes() == []


def test_the_lower_edge_stretches_in_quarters(hold, lab):
    held = hold()
    box = held.grid.week.box_of(LAB, held.grid.scrolled)
    edge = QPoint(box.center().x(), box.bottom() - 1)
    held.mouse(QEvent.Type.MouseMove, edge, Qt.MouseButton.NoButton)
    assert held.grid.viewport().cursor().shape() == Qt.CursorShape.SizeVerCursor
    held.drag(edge, QPoint(0, held.hours(0.5)))
    held.drag(edge, QPoint(0, -held.hours(3)))
    assert held.wishes() == [("stretched", LAB, 90), ("stretched", LAB, 15)]


def test_what_is_cancelled_stays_and_a_medicine_has_no_length(home, hold):
    appointment(home, "eye", "Eye clinic", "2026-03-31T10:00", status="cancelled", minutes=90)
    appointment(home, "pill", "Pill", "2026-04-02T10:00", type="medication", minutes=60)
    held = hold()
    held.drag(held.middle("eye|2026-03-31T10:00"), QPoint(0, 80))
    box = held.grid.week.box_of("pill|2026-04-02T10:00", held.grid.scrolled)
    held.drag(QPoint(box.center().x(), box.bottom() - 1), QPoint(0, held.hours(1)))
    assert held.wishes() == [("moved", "pill|2026-04-02T10:00", date(2026, 4, 2), time(11, 0))]


def test_a_whole_day_is_dragged_to_another_day_without_an_hour(home, hold):
    appointment(home, "away", "Away", "2026-04-01T10:00", start=AllDay(date(2026, 4, 1)))
    held = hold()
    held.drag(held.middle("away|2026-04-01"), QPoint(2 * held.per_column(), 200))
    assert held.wishes() == [("moved", "away|2026-04-01", FRIDAY, None)]


def test_the_part_after_midnight_can_be_dragged_too(home, hold):
    appointment(home, "night", "Night", "2026-03-31T22:00", minutes=300)
    held = hold()
    held.grid.verticalScrollBar().setValue(0)
    spot = held.at(date(2026, 4, 1), 60)
    held.drag(spot, QPoint(held.per_column(), held.hours(1)))
    assert held.wishes() == [("moved", "night|2026-03-31T22:00", date(2026, 4, 1), time(23, 0))]


def test_waiting_at_the_edge_scrolls(hold, lab):
    held = hold(height=400)
    held.grid.verticalScrollBar().setValue(held.grid.week.y_of(12 * 60))
    before = held.grid.scrolled
    bottom = held.grid.week.grid.bottom() - 4
    start = held.middle(LAB)
    held.drag(start, QPoint(0, bottom - start.y()), drop=False)
    held.qtbot.waitUntil(lambda: held.grid.scrolled > before + 40)
    assert held.grid.hand.ghost.start > 15 * 60
    held.press(Qt.Key.Key_Escape)


def test_a_free_place_is_chosen_and_a_double_click_adds_there(hold):
    held = hold()
    spot = held.at(FRIDAY, 15 * 60 + 30)
    held.click(spot)
    assert held.said == [("day_chosen", FRIDAY)]
    assert held.view.chosen_day == FRIDAY
    assert held.heard() == "15:30 to 16:00, free, Friday 3 April"
    held.mouse(QEvent.Type.MouseButtonDblClick, spot)
    assert held.wishes() == [("add_asked", FRIDAY, time(15, 30))]


def test_a_double_click_opens(hold, lab):
    held = hold()
    held.mouse(QEvent.Type.MouseButtonDblClick, held.middle(LAB))
    assert held.wishes() == [("opened", LAB)]


def test_the_other_button_asks_for_the_menu_of_what_is_there(hold, lab):
    held = hold()
    spot = held.middle(LAB)
    held.qtbot.mouseClick(held.grid.viewport(), Qt.MouseButton.RightButton, pos=spot)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, QPoint())
    held.grid.viewportEvent(event)
    assert [one[:2] for one in held.wishes()] == [("menu_asked", LAB)]
    assert held.view.chosen_key == LAB


def test_numbers_at_the_edge_lead_to_what_lies_outside(home, hold):
    appointment(home, "dawn", "Dawn", "2026-04-02T02:00")
    appointment(home, "dusk", "Dusk", "2026-04-02T23:00")
    held = hold()
    bar, week = held.grid.verticalScrollBar(), held.grid.week
    bar.setValue(week.y_of(9 * 60))
    thursday = date(2026, 4, 2)
    above, below = week.outside(thursday, held.grid.scrolled)
    assert (len(above), len(below)) == (1, 1)
    held.click(week.marker(thursday, below=False).center())
    assert held.grid.week.outside(thursday, held.grid.scrolled)[0] == []
    held.click(week.marker(thursday, below=True).center())
    assert held.grid.week.outside(thursday, held.grid.scrolled)[1] == []
    assert held.wishes() == []


def test_twelve_at_once_are_all_within_reach(home, hold):
    for n in range(12):
        appointment(home, f"x{n}", f"Thing {n}", f"2026-04-02T10:{n:02d}", minutes=60)
    held = hold()
    pile = held.grid.week.piles[0]
    seen = [one for one in held.grid.week.blocks if one.item.title.startswith("Thing")]
    assert len(pile.keys) + len(seen) == 12
    spot = held.grid.week.on_screen(pile.box, held.grid.scrolled).center()
    held.click(spot)
    menu = held.grid._menu
    assert len(menu.actions()) == len(pile.keys)
    menu.actions()[0].trigger()
    menu.close()
    assert held.wishes() == [("opened", pile.keys[0])]
    assert held.view.chosen_key == pile.keys[0]


# -- The keys -------------------------------------------------------------------------------------


def test_arrows_go_by_half_hours_items_and_days(hold, lab):
    held = hold()
    held.click(held.at(TUESDAY, 13 * 60))
    held.said.clear()
    held.press(Qt.Key.Key_Down)
    held.press(Qt.Key.Key_Down)
    assert held.view.chosen_key == LAB
    assert held.heard().startswith("Lab, Blood test, 14:00 to 15:00")
    held.press(Qt.Key.Key_Down)
    assert held.heard().startswith("15:00 to 15:30, free")
    held.press(Qt.Key.Key_Right)
    assert held.heard() == "15:00 to 15:30, free, Wednesday 1 April"
    held.press(Qt.Key.Key_Left)
    held.press(Qt.Key.Key_Up)
    assert held.view.chosen_key == LAB
    days = [one[1] for one in held.said]
    assert days == [TUESDAY, TUESDAY, date(2026, 4, 1), TUESDAY, TUESDAY]


def test_going_beyond_the_week_and_by_pages_asks_for_another(hold):
    held = hold(day=date(2026, 4, 5))
    held.press(Qt.Key.Key_Right)
    held.press(Qt.Key.Key_PageUp)
    held.press(Qt.Key.Key_PageDown)
    held.press(Qt.Key.Key_Home)
    assert held.said == [
        ("week_wanted", date(2026, 4, 6)),
        ("week_wanted", date(2026, 3, 29)),
        ("week_wanted", date(2026, 4, 12)),
        ("week_wanted", date(2026, 3, 20)),
    ]
    held.grid.verticalScrollBar().setValue(0)
    held.fill(date(2026, 3, 20))
    assert held.heard() == "10:00 to 10:30, free, Friday 20 March", "it is 10:00 now"
    assert held.grid.week.grid.contains(held.grid.visualRect(held.grid.currentIndex()))


def test_another_week_keeps_the_hour_of_the_day(hold):
    held = hold()
    held.click(held.at(TUESDAY, 16 * 60))
    held.fill(date(2026, 4, 6))
    assert held.heard() == "16:00 to 16:30, free, Monday 6 April"


def test_enter_opens_or_adds_n_adds_delete_deletes(hold, lab):
    held = hold()
    held.view.choose(LAB)
    held.press(Qt.Key.Key_Return)
    held.press(Qt.Key.Key_N)
    held.press(Qt.Key.Key_Delete)
    held.press(Qt.Key.Key_Down)
    held.press(Qt.Key.Key_Delete)
    held.press(Qt.Key.Key_Return)
    assert held.wishes() == [
        ("opened", LAB),
        ("add_asked", TUESDAY, time(14, 0)),
        ("delete_asked", LAB),
        ("add_asked", TUESDAY, time(15, 0)),
    ]


def test_alt_moves_and_alt_shift_stretches(hold, lab):
    held = hold()
    held.view.choose(LAB)
    alt = Qt.KeyboardModifier.AltModifier
    both = alt | Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        held.press(key, alt)
    held.press(Qt.Key.Key_Down, both)
    held.press(Qt.Key.Key_Up, both)
    assert held.wishes() == [
        ("moved", LAB, date(2026, 3, 30), time(14, 0)),
        ("moved", LAB, date(2026, 4, 1), time(14, 0)),
        ("moved", LAB, TUESDAY, time(13, 45)),
        ("moved", LAB, TUESDAY, time(14, 15)),
        ("stretched", LAB, 75),
        ("stretched", LAB, 45),
    ]


def test_what_was_moved_stays_chosen_under_its_new_key(home, hold, lab):
    held = hold()
    held.view.choose(LAB)
    held.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    moved = Zoned(datetime(2026, 4, 1, 14), "America/New_York")
    home.house.agenda.save(Appointment(**{
        name: getattr(lab, name) for name in ("id", "uid", "person", "type", "title", "minutes")
    }, start=moved))  # fmt: skip
    held.fill()
    assert held.view.chosen_key == "lab|2026-04-01T14:00"
    held.qtbot.waitUntil(lambda: ("day_chosen", date(2026, 4, 1)) in held.said)


def test_the_menu_comes_by_keys_as_well(hold, lab):
    held = hold()
    held.view.choose(LAB)
    held.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    held.qtbot.wait(1)
    assert held.grid.event(asked)
    assert [one[:2] for one in held.wishes()] == [("menu_asked", LAB)] * 2
    held.press(Qt.Key.Key_Down)
    held.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = held.grid._menu
    assert menu.actions()[0].text() == "Add an appointment at 15:00"
    menu.actions()[0].trigger()
    menu.close()
    assert held.wishes()[-1] == ("add_asked", TUESDAY, time(15, 0))


# -- The clock ------------------------------------------------------------------------------------


def test_the_line_of_now_goes_on_and_midnight_asks_anew(home, hold):
    held = hold(day=date(2026, 3, 20))
    before = held.view.grab().toImage()
    home.clock.on(hours=2)
    held.grid.tick()
    assert held.view.grab().toImage() != before
    assert held.said == []
    home.clock.on(hours=12)
    held.grid.tick()
    assert held.said == [("week_wanted", date(2026, 3, 21))]
    held.grid.tick()
    assert len(held.said) == 1


def test_on_the_day_of_the_change_there_are_24_hours_and_the_gap_s_item_at_three(home, hold):
    appointment(
        home, "pill", "Pill", "2026-03-01T10:00", start=Floating(datetime(2026, 3, 1, 2, 30)),
        type="medication", rrule="FREQ=WEEKLY", minutes=0,
    )  # fmt: skip
    held = hold(day=date(2026, 3, 8))
    week = held.grid.week
    assert week.length == 24 * week.lengths.hour
    box = next(one.box for one in week.blocks if one.day == date(2026, 3, 8))
    assert box.top() == week.y_of(3 * 60)


def test_a_clock_of_twelve_hours_has_room_for_its_words(hold, lab):
    held = hold()
    narrow = held.grid.week.lengths.hours
    kept = formats()
    use_formats(Formats(halves=True))
    try:
        held.fill()
        held.view.choose(LAB)
        assert "2:00 pm to 3:00 pm" in held.heard()
        assert held.grid.week.lengths.hours > narrow
    finally:
        use_formats(kept)


# -- What is heard and seen -----------------------------------------------------------------------


def test_a_screen_reader_meets_a_list_of_days_and_things(hold, lab):
    held = hold()
    face = QAccessible.queryAccessibleInterface(held.grid)
    words = [face.child(n).text(QAccessible.Text.Name) for n in range(face.childCount())]
    assert words[1].startswith("Tuesday 31 March 2026, 2 items: Infusion 2 9:30")
    assert any(one.startswith("Lab, Blood test, 14:00 to 15:00") for one in words)
    row = next(n for n, one in enumerate(words) if one.startswith("Lab, Blood test"))
    assert held.grid.visualRect(held.grid._lines.index(row)).isValid()
    held.grid.selectionModel().select(
        held.grid._lines.index(row), held.grid.selectionModel().SelectionFlag.ClearAndSelect
    )
    held.qtbot.waitUntil(lambda: held.view.chosen_key == LAB)


def test_every_line_says_something_and_every_thing_has_a_tip(hold, lab):
    held = hold()
    model = held.grid._lines
    for row in range(model.rowCount()):
        assert model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    tip = model.index_of_key(LAB).data(Qt.ItemDataRole.ToolTipRole)
    assert "Blood test" in tip
    assert held.grid.accessibleName() == "Week"


@pytest.mark.parametrize(("scale", "width", "count"), [(1.0, 480, 3), (2.0, 860, 3), (2.0, 420, 1)])
def test_where_it_is_narrow_fewer_days_are_shown_and_all_within_reach(
    hold, theme, lab, scale, width, count
):
    theme.set_scale(scale)
    held = hold(width, 520)
    assert len(held.grid.week.days) == count
    held.press(Qt.Key.Key_Right)
    held.press(Qt.Key.Key_Right)
    held.press(Qt.Key.Key_Right)
    assert held.view.chosen_day == FRIDAY
    assert FRIDAY in {day.day for day in held.grid.week.days}
    held.click(held.grid.week.switch_cell(6).center())
    assert held.view.chosen_day == date(2026, 4, 5)
    assert held.grid.week.days[-1].day == date(2026, 4, 5)
    held.view.choose(LAB)
    assert held.grid.week.box_of(LAB, held.grid.scrolled).isValid()
    cells = [held.grid.week.switch_cell(place) for place in range(7)]
    assert all(cell.height() >= theme.px(44) for cell in cells)


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1232), (1.0, 728), (2.0, 860), (1.5, 480)])
def test_no_words_leave_their_block_and_none_lie_on_others(home, hold, theme, scale, width):
    long = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum 王梅 & more"
    for n in range(5):
        appointment(home, f"a{n}", long, f"2026-03-31T{10 + n // 3}:{12 * n:02d}", minutes=20 * n,
                    driver=long[:30], place=long, leave_at="09:40" if n == 3 else "")  # fmt: skip
    appointment(home, "b", long, "2026-03-30T10:00", start=AllDay(date(2026, 3, 30)))
    theme.set_scale(scale)
    held = hold(width)
    held.view.choose("a0|2026-03-31T10:00")
    found = [one for one in words(held.view) if (cell := one.index()) and cell[1].isValid()]
    assert len(found) > 10
    for one in found:
        view, index = one.index()
        room = view.visualRect(index).adjusted(-1, -2, 1, 2)
        assert QRectF(room).contains(one.piece.letters), (one.piece.text, room)
    assert overlapping(held.view) == []
    assert untold(held.view) == []
    assert unnamed(held.view) == []


def test_text_size_and_colours_change_while_it_is_seen(hold, theme, lab):
    held = hold()
    small = held.grid.week.lengths.hour
    hour = held.grid.week.minute_at(held.grid.scrolled)
    light = held.view.grab().toImage()
    theme.set_scale(2.0)
    assert held.grid.week.lengths.hour > small
    assert abs(held.grid.week.minute_at(held.grid.scrolled) - hour) <= 10
    theme.set_scale(1.0)
    theme.set_mode("dark")
    assert held.view.grab().toImage() != light


def test_what_is_chosen_by_keys_is_scrolled_into_sight(hold):
    held = hold(height=400)
    for _ in range(40):
        held.press(Qt.Key.Key_Down)
    box = held.grid.visualRect(held.grid.currentIndex())
    assert held.grid.week.grid.contains(box)
    for _ in range(60):
        held.press(Qt.Key.Key_Up)
    assert held.heard().startswith("0:00 to 0:30")
    assert held.grid.week.grid.contains(held.grid.visualRect(held.grid.currentIndex()))


def test_painting_asks_nothing_of_the_data(home, hold, lab, monkeypatch):
    held = hold()
    with monkeypatch.context() as broken:
        broken.setattr(home.house.care, "store", None)
        held.view.grab()
        held.grid.verticalScrollBar().setValue(0)
        held.press(Qt.Key.Key_Right)
        held.view.grab()


def test_it_stands_without_a_week_and_with_made_up_items(theme, qtbot):
    view = WeekView(theme)
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show()
    qtbot.keyClick(view.grid, Qt.Key.Key_Down)
    qtbot.mouseClick(view.grid.viewport(), LEFT, pos=QPoint(300, 300))
    names = ["王梅", "Donaudampfschifffahrtsgesellschaft-Infusionszentrum & <b>"]
    view.show_week(bare_week(*(
        item(f"i{n}", start=480 + 7 * n, minutes=5 * n, title=names[n % 2], person=names[n % 2],
             kind="infusion" if n % 3 else "drive", status=status, lead=20 * (n % 2))
        for n, status in enumerate(["planned", "booked", "done", "delayed", "cancelled"] * 4)
    )))  # fmt: skip
    assert not view.grab().isNull()
    assert view.chosen_day == MONDAY
