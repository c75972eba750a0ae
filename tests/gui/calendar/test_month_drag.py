"""Items of the month under the mouse and under the keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.domain.times import Zoned
from caregiver_app.gui.calendar.month_model import days_of
from caregiver_app.gui.calendar.month_view import MonthView
from caregiver_app.gui.calendar.plan.delay_dialog import MoveDialog
from tests.gui.calendar.family import appointment, at

MARCH, LAB = date(2026, 3, 20), "lab|2026-03-24T08:00"
TUESDAY, THURSDAY = date(2026, 3, 24), date(2026, 3, 26)


class Month:
    """A month view, and what it said."""

    def __init__(self, home, theme, qtbot) -> None:
        self.home, self.qtbot = home, qtbot
        self.view = MonthView(theme)
        self.view.resize(1000, 760)
        self.fill(MARCH)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.said: list[tuple[object, ...]] = []
        for name in ("item_chosen", "opened", "moved", "menu_asked", "day_opened", "act_asked"):
            signal = getattr(self.view, name)
            signal.connect(lambda *told, name=name: self.said.append((name, *told)))

    def fill(self, chosen: date) -> None:
        self.view.show_weeks(days_of(self.home.house, MARCH, None), chosen, MARCH)

    def spot(self, day: date) -> QPoint:
        """The middle of a day's first item, of an empty day its own."""
        cell = self.view.visualRect(self.view.days.index_of(day))
        found = next(one for one in self.view.days.days if one.day == day)
        places = self.view.delegate.places(cell, found)
        return places[0][1].center() if places else cell.center()

    def mouse(self, kind: QEvent.Type, at: QPoint, *, down: bool = True) -> None:
        """What the mouse does; QTest moves without buttons."""
        left = Qt.MouseButton.LeftButton
        pressed = left if down else Qt.MouseButton.NoButton
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
        there = QPointF(self.view.viewport().mapToGlobal(at))
        event = QMouseEvent(
            kind, QPointF(at), there, button, pressed, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(self.view.viewport(), event)

    def press(self, at: QPoint) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, at)

    def drag(self, *spots: QPoint) -> None:
        for spot in spots:
            self.mouse(QEvent.Type.MouseMove, spot)

    def release(self, at: QPoint) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, at, down=False)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view, key, held)


@pytest.fixture
def month(home, theme, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-24T08:00")
    made = Month(home, theme, qtbot)
    yield made
    made.view.close()
    made.view.deleteLater()


def test_an_item_is_dragged_to_another_day(month):
    month.press(month.spot(TUESDAY))
    month.drag(month.spot(date(2026, 3, 25)), month.spot(THURSDAY))
    assert month.view.hand.target() == THURSDAY
    assert month.view.viewport().cursor().shape() == Qt.CursorShape.ClosedHandCursor
    assert month.said == []
    month.release(month.spot(THURSDAY))
    assert month.said == [("moved", LAB, THURSDAY)]
    assert not month.view.hand.is_dragging
    assert month.view.chosen().day == TUESDAY, "dragging chooses no other day"


def test_what_is_dragged_is_seen_under_the_mouse_and_its_day_is_marked(month):
    before = month.view.viewport().grab().toImage()
    month.press(month.spot(TUESDAY))
    pressed = month.view.viewport().grab().toImage()
    month.drag(month.spot(THURSDAY))
    after = month.view.viewport().grab().toImage()
    at = month.spot(THURSDAY)
    assert after.pixelColor(at) != pressed.pixelColor(at) or after != pressed
    cell = month.view.visualRect(month.view.days.index_of(THURSDAY))
    edge = [QPoint(x, cell.top() + 3) for x in range(cell.left() + 8, cell.right() - 8)]
    assert any(after.pixelColor(one) != before.pixelColor(one) for one in edge)
    other = month.spot(date(2026, 3, 5))
    assert after.pixelColor(other) == before.pixelColor(other)
    month.view.hand.let_go()


def test_escape_and_another_button_leave_it_where_it_was(month):
    for way in ("escape", "button", "outside", "back"):
        month.press(month.spot(TUESDAY))
        month.drag(month.spot(THURSDAY))
        end = month.spot(THURSDAY)
        if way == "escape":
            month.key(Qt.Key.Key_Escape)
        elif way == "button":
            month.qtbot.mousePress(month.view.viewport(), Qt.MouseButton.RightButton, pos=end)
        elif way == "outside":
            end = QPoint(-80, -80)
        else:
            end = month.spot(TUESDAY)
        if way in ("outside", "back"):
            month.drag(end)
        month.release(end)
        assert not month.view.hand.is_dragging
    assert month.said == []


def test_a_slip_of_the_hand_is_a_click(month):
    at = month.spot(TUESDAY)
    month.press(at)
    month.drag(at + QPoint(5, 4))
    month.release(at + QPoint(5, 4))
    assert month.said == [("item_chosen", LAB)]
    assert month.view.chosen().day == TUESDAY


def test_what_is_cancelled_stays_and_an_empty_place_drags_nothing(month, home):
    home.house.series.cancel("lab")
    month.fill(MARCH)
    for day in (TUESDAY, date(2026, 3, 25)):
        month.press(month.spot(day))
        month.drag(month.spot(THURSDAY))
        assert not month.view.hand.is_dragging
        month.release(month.spot(THURSDAY))
    assert month.said == []


def test_what_lasts_for_days_keeps_its_length_wherever_it_is_held(month, home):
    appointment(home, "stay", "Stay", "2026-03-10T20:00", minutes=2 * 1440)
    month.fill(MARCH)
    month.press(month.spot(date(2026, 3, 11)))
    month.drag(month.spot(date(2026, 3, 13)))
    month.release(month.spot(date(2026, 3, 13)))
    assert month.said == [("moved", "stay|2026-03-10T20:00", date(2026, 3, 12))]


def test_a_double_click_opens_the_item_and_beside_it_the_day(month):
    left = Qt.MouseButton.LeftButton
    month.qtbot.mouseDClick(month.view.viewport(), left, pos=month.spot(TUESDAY))
    assert ("opened", LAB) in month.said
    assert not [one for one in month.said if one[0] == "day_opened"]
    month.said.clear()
    month.qtbot.mouseClick(month.view.viewport(), left, pos=month.spot(date(2026, 3, 25)))
    month.qtbot.mouseDClick(month.view.viewport(), left, pos=month.spot(date(2026, 3, 25)))
    assert ("day_opened", date(2026, 3, 25)) in month.said


def test_the_right_button_asks_for_the_items_menu(month):
    at = month.spot(TUESDAY)
    there = month.view.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, there)
    QApplication.sendEvent(month.view.viewport(), event)
    assert month.said == [("item_chosen", LAB), ("menu_asked", LAB, there)]


def test_the_small_month_drags_nothing(month):
    month.view.delegate.compact = True
    at = month.view.visualRect(month.view.days.index_of(TUESDAY)).center()
    month.press(at)
    month.drag(at + QPoint(200, 0))
    month.release(at + QPoint(200, 0))
    assert [one for one in month.said if one[0] != "day_opened"] == []


# -- Keys -----------------------------------------------------------------------------------------
ALT = Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("key", "days"),
    [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, -1), (Qt.Key.Key_Down, 7), (Qt.Key.Key_Up, -7)],
)
def test_alt_and_an_arrow_move_the_only_item_and_go_along(month, key, days):
    month.fill(TUESDAY)
    there = TUESDAY + timedelta(days=days)
    month.key(key, ALT)
    assert month.said == [("moved", LAB, there)]
    assert month.view.chosen().day == TUESDAY, "nothing moved yet"
    month.view.moved.connect(
        lambda item, day: (month.home.house.series.move("lab", "", _at(day)), month.fill(TUESDAY))
    )
    month.key(key, ALT)
    assert month.view.chosen().day == there


def _at(day: date) -> Zoned:
    return at(f"{day}T08:00")


def test_of_several_items_the_chosen_one_is_meant_else_the_list_comes(month, home):
    appointment(home, "eye", "Eye clinic", "2026-03-24T12:00")
    month.fill(TUESDAY)
    month.key(Qt.Key.Key_Right, ALT)
    month.key(Qt.Key.Key_M)
    assert month.said == [("day_opened", TUESDAY)] * 2
    month.said.clear()
    month.view.choose_item("eye|2026-03-24T12:00")
    month.key(Qt.Key.Key_Right, ALT)
    month.key(Qt.Key.Key_C)
    assert month.said == [
        ("moved", "eye|2026-03-24T12:00", date(2026, 3, 25)),
        ("act_asked", Qt.Key.Key_C, "eye|2026-03-24T12:00"),
    ]


def test_an_empty_day_has_nothing_to_act_on(month):
    month.fill(date(2026, 3, 25))
    for key in (Qt.Key.Key_M, Qt.Key.Key_D, Qt.Key.Key_C):
        month.key(key)
    month.key(Qt.Key.Key_Right, ALT)
    assert month.said == []


def test_who_hears_the_program_has_the_same_ways(month):
    month.fill(TUESDAY)
    words = [action.text() for action in month.view.actions()]
    assert words[-1] == "Move, copy or cancel its item…"
    month.view.actions()[-1].trigger()
    assert month.said[-1][:2] == ("menu_asked", LAB)
    assert "Alt and an arrow key" in month.view.accessibleDescription()


def test_the_chosen_item_has_an_outline(month):
    before = month.view.viewport().grab().toImage()
    month.view.choose_item(LAB)
    assert month.view.viewport().grab().toImage() != before
    month.view.choose_item("")
    assert month.view.viewport().grab().toImage() == before


# -- In the calendar ------------------------------------------------------------------------------


@pytest.fixture
def in_tab(home, show, qtbot):
    """The month of the whole tab, steered as the one by itself."""
    made = Month.__new__(Month)
    tab = show(home)
    made.home, made.qtbot, made.view, made.said = home, qtbot, tab.month, []
    made.tab = tab
    return made


def test_a_visit_dropped_on_another_day_stays_until_the_clinic_gave_its_word(in_tab, home):
    before = home.dump()
    in_tab.press(in_tab.spot(date(2026, 3, 31)))
    in_tab.drag(in_tab.spot(THURSDAY))
    in_tab.release(in_tab.spot(THURSDAY))
    asking = in_tab.tab.desk.sheet
    assert isinstance(asking, MoveDialog)
    assert asking.day.value() == THURSDAY
    assert home.dump() == before


def test_a_single_one_moves_in_the_tab_and_undo_puts_it_back(in_tab, home):
    appointment(home, "lab", "Blood test", "2026-03-24T08:00")
    in_tab.press(in_tab.spot(TUESDAY))
    in_tab.drag(in_tab.spot(THURSDAY))
    in_tab.release(in_tab.spot(THURSDAY))
    assert home.visit("lab").start == at("2026-03-26T08:00")
    found = next(one for one in in_tab.view.days.days if one.day == THURSDAY)
    assert [mark.title for mark in found.marks] == ["Blood test"]
    home.house.care.undo()
    assert home.visit("lab").start == at("2026-03-24T08:00")


def test_clicking_an_item_finds_it_in_the_list_and_twice_opens_it(in_tab, home):
    appointment(home, "lab", "Blood test", "2026-03-24T08:00")
    left = Qt.MouseButton.LeftButton
    in_tab.qtbot.mouseClick(in_tab.view.viewport(), left, pos=in_tab.spot(TUESDAY))
    assert in_tab.tab.agenda.current_key() == LAB
    in_tab.qtbot.mouseDClick(in_tab.view.viewport(), left, pos=in_tab.spot(TUESDAY))
    assert in_tab.tab.desk.sheet.kept.id == "lab"
