"""Month, week and agenda show one and the same selection, and keep it when one changes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from caregiver_app.domain.entities import BlockedDays, Person
from caregiver_app.gui.calendar.agenda_model import agenda_from
from caregiver_app.gui.calendar.tab import CalendarTab
from tests.gui.calendar.family import appointment

TODAY = date(2026, 3, 20)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def titles(tab) -> list[str]:
    return [row.title for row in tab.agenda.rows.rows]


def segment(tab, key: str):
    return next(one for one in tab.switch.segments if one.key == key)


def press(qtbot, tab, key: str) -> None:
    qtbot.mouseClick(segment(tab, key), Qt.MouseButton.LeftButton)


def test_day_and_item_stay_chosen_through_all_views(home, show, qtbot):
    appointment(home, "lab", "Blood test", "2026-04-15T08:00")
    appointment(home, "call", "Call", "2026-04-15T10:00", type="other")
    tab = show(home)
    tab.go(date(2026, 4, 15))
    tab.agenda.choose("call|2026-04-15T10:00")
    for view in ("week", "list", "month", "list", "week", "month"):
        press(qtbot, tab, view)
        assert tab.view == view
        assert tab.chosen_day == date(2026, 4, 15)
        assert tab.chosen_item == "call|2026-04-15T10:00"
        if view == "week":
            assert tab.stage.week.chosen_key == "call|2026-04-15T10:00"
            assert not tab.agenda.isVisible(), "at this width the week takes all of it"
        else:
            assert tab.agenda.current_key() == "call|2026-04-15T10:00"
    assert tab.month.chosen().day == date(2026, 4, 15)


def test_each_view_says_what_it_shows(home, show, qtbot):
    tab = show(home)
    assert tab.heading.text() == "March 2026"
    press(qtbot, tab, "week")
    assert tab.heading.text() == "16–22 Mar 2026"
    qtbot.mouseClick(tab.nav.forward, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.nav.forward, Qt.MouseButton.LeftButton)
    assert tab.heading.text() == "30 Mar – 5 Apr 2026"
    assert tab.nav.forward.accessibleName() == "Next week"
    press(qtbot, tab, "list")
    assert tab.heading.text() == "Coming up"
    press(qtbot, tab, "month")
    assert tab.nav.forward.accessibleName() == "Next month"


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_the_view_is_as_it_was_left(home, show, qtbot, view):
    tab = show(home)
    press(qtbot, tab, "list" if view == "month" else "month")
    press(qtbot, tab, view)
    home.restart()
    again = show(home)
    assert again.view == view
    assert segment(again, view).isChecked()


def test_with_room_the_list_stands_beside_the_week(home, show, qtbot):
    tab = show(home, width=1700)
    press(qtbot, tab, "week")
    assert tab.stage.week.isVisible()
    assert tab.agenda.isVisible()
    tab.agenda.choose("plan~2|2026-03-31T09:30")
    assert tab.heading.text() == "16–22 Mar 2026" or tab.stage.week.chosen_key
    assert tab.stage.week.chosen_key == "plan~2|2026-03-31T09:30"


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_keys_go_by_day_month_and_year_in_every_view(home, show, qtbot, view):
    tab = show(home)
    tab.show_view(view)
    main = tab.stage.week.grid if view == "week" else tab.stage.main_view()
    qtbot.keyClick(main, Qt.Key.Key_Right)
    assert tab.chosen_day == TODAY + timedelta(days=1)
    qtbot.keyClick(main, Qt.Key.Key_PageDown)
    assert tab.chosen_day == (date(2026, 3, 28) if view == "week" else date(2026, 4, 21))
    tab.go(TODAY)
    qtbot.keyClick(main, Qt.Key.Key_PageDown, CTRL)
    assert tab.chosen_day == date(2027, 3, 20)
    qtbot.keyClick(main, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert tab.chosen_day == TODAY
    qtbot.keyClick(main, Qt.Key.Key_PageUp)
    qtbot.keyClick(main, Qt.Key.Key_Home)
    assert tab.chosen_day == TODAY
    qtbot.keyClick(main, Qt.Key.Key_N)
    assert tab.desk.sheet.when.day.value() == TODAY


def test_alt_and_a_digit_change_the_view_and_the_keyboard_follows(home, show, qtbot):
    tab = show(home)
    tab.month.setFocus()
    qtbot.waitUntil(tab.month.hasFocus)
    qtbot.keyClick(tab.month, Qt.Key.Key_2, ALT)
    assert tab.view == "week"
    qtbot.waitUntil(tab.stage.week.hasFocus)
    qtbot.keyClick(tab.stage.week.grid, Qt.Key.Key_3, ALT)
    qtbot.waitUntil(tab.agenda.hasFocus)
    qtbot.keyClick(tab.agenda, Qt.Key.Key_1, ALT)
    qtbot.waitUntil(tab.month.hasFocus)


# -- The list -------------------------------------------------------------------------------------


def test_the_list_alone_begins_today_and_goes_back_by_earlier(home, show, qtbot):
    appointment(home, "old", "Old visit", "2025-11-03T10:00", type="follow-up", status="done")
    appointment(home, "lab", "Blood test", "2026-03-21T08:00")
    tab = show(home)
    press(qtbot, tab, "list")
    assert titles(tab)[:2] == ["Tomorrow", "Blood test"]
    assert tab.right.earlier.isVisible()
    tab.agenda.choose("lab|2026-03-21T08:00")
    qtbot.mouseClick(tab.right.earlier, Qt.MouseButton.LeftButton)
    assert titles(tab)[:5] == [
        "Monday 3 November 2025", "Old visit", "Tuesday 17 March", "Infusion 1", "Tomorrow",
    ]  # fmt: skip
    assert tab.agenda.current_key() == "lab|2026-03-21T08:00"
    assert not tab.right.earlier.isEnabled()
    assert tab.right.earlier.words == "Nothing earlier"


def test_what_is_earlier_comes_in_pieces_and_what_is_seen_stays_where_it_is(home, show, qtbot):
    for number in range(120):
        day = TODAY - timedelta(days=2 * number + 1)
        appointment(home, f"a{number}", f"Lab {number}", f"{day}T08:00")
    tab = show(home)
    press(qtbot, tab, "list")
    tab.agenda.choose("plan~2|2026-03-31T09:30")
    qtbot.wait(150)
    before = tab.agenda.visualRect(tab.agenda.currentIndex()).top()
    count = tab.agenda.rows.rowCount()
    qtbot.mouseClick(tab.right.earlier, Qt.MouseButton.LeftButton)
    added = tab.agenda.rows.rowCount() - count
    assert 30 <= added < 60, "not all at once"
    assert tab.agenda.visualRect(tab.agenda.currentIndex()).top() == before
    while tab.right.earlier.isEnabled():
        qtbot.mouseClick(tab.right.earlier, Qt.MouseButton.LeftButton)
    assert sum(title.startswith("Lab") for title in titles(tab)) == 120
    keys = [row.key for row in tab.agenda.rows.rows]
    assert len(keys) == len(set(keys)), "nothing stands there twice"


def test_scrolling_adds_rows_and_leaves_the_others_alone(home, show, qtbot):
    appointment(home, "pill", "Pill", "2026-03-20T20:00", rrule="FREQ=DAILY", type="other")
    tab = show(home)
    press(qtbot, tab, "list")
    resets: list[None] = []
    tab.agenda.rows.modelReset.connect(lambda: resets.append(None))
    bar = tab.agenda.verticalScrollBar()
    while tab.agenda.rows.rowCount() < 400:
        count = tab.agenda.rows.rowCount()
        qtbot.waitUntil(lambda: bar.maximum() > bar.value())
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda count=count: tab.agenda.rows.rowCount() > count)
        assert tab.agenda.rows.rowCount() - count < 60, "in pieces"
    assert resets == []
    pills = [row.key for row in tab.agenda.rows.rows if row.title == "Pill"]
    assert pills == [
        f"pill|{TODAY + timedelta(days=n)}T20:00" for n in range(len(pills))
    ]  # fmt: skip


def test_what_lasts_for_days_over_the_end_of_a_piece_stands_once_on_each_day(home, show, qtbot):
    appointment(home, "pill", "Pill", "2026-03-20T20:00", rrule="FREQ=DAILY", type="other")
    end = agenda_from(home.house, TODAY, None).until
    appointment(home, "stay", "Stay", f"{end}T10:00", minutes=3 * 1440)
    tab = show(home)
    press(qtbot, tab, "list")
    assert tab.right.until <= end
    while tab.right.until < end + timedelta(days=5):
        tab.right.show_later()
    stays = [row.key for row in tab.agenda.rows.rows if row.title == "Stay"]
    later = [f"#{end + timedelta(days=ahead)}" for ahead in (1, 2, 3)]
    assert [key.removeprefix(f"stay|{end}T10:00") for key in stays] == ["", *later]


def test_a_gap_of_years_ends_nothing_that_is_within_reach(home, show, qtbot):
    appointment(home, "far", "Far away", "2027-12-24T08:00")
    tab = show(home)
    press(qtbot, tab, "list")
    tab.go(date(2027, 12, 1))
    assert "Far away" in titles(tab)


def test_up_and_down_pass_over_the_days_headings(home, show, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-21T08:00")
    tab = show(home)
    press(qtbot, tab, "list")
    for key in ("lab|2026-03-21T08:00", "plan~2|2026-03-31T09:30", "plan~3|2026-04-28T09:30"):
        qtbot.keyClick(tab.agenda, Qt.Key.Key_Down)
        assert tab.agenda.item_key() == key
        assert tab.chosen_item == key
    qtbot.keyClick(tab.agenda, Qt.Key.Key_Up)
    assert tab.chosen_day == date(2026, 3, 31)
    qtbot.keyClick(tab.agenda, Qt.Key.Key_Return)
    assert tab.desk.sheet.visit.id == "plan~2"


# -- Month and list -------------------------------------------------------------------------------


def test_a_click_on_a_chip_chooses_it_in_the_list(home, show, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-31T08:00")
    tab = show(home)
    index = tab.month.days.index_of(date(2026, 3, 31))
    day = tab.month.days.days[index.row() * 7 + index.column()]
    places = tab.month.delegate.places(tab.month.visualRect(index), day)
    spot = next(box.center() for mark, box in places if mark.title == "Blood test")
    qtbot.mouseClick(tab.month.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tab.agenda.item_key() == "lab|2026-03-31T08:00"
    assert tab.chosen_item == "lab|2026-03-31T08:00"


def test_what_is_chosen_in_the_list_is_marked_in_the_month(home, show):
    tab = show(home)
    first = titles(tab)[0]
    tab.agenda.choose("plan~2|2026-03-31T09:30")
    assert tab.month.chosen().day == date(2026, 3, 31)
    assert titles(tab)[0] == first, "the list stays as it is"
    assert tab.heading.text() == "March 2026"


def test_the_menu_of_a_row_is_the_desks(home, show, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-24T08:00")
    tab = show(home)
    tab.agenda.choose("lab|2026-03-24T08:00")
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(tab.agenda, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][:3] == ["Open", "Move…", "Copy…"]
    menu.close()


# -- What is said ---------------------------------------------------------------------------------


def test_two_people_with_one_initial_have_two_letters_each(home, show):
    home.house.people.save_person(Person(id="ruth", name="Ruth Marín"))
    appointment(home, "lab", "Blood test", "2026-03-24T08:00", person="ruth")
    tab = show(home)
    marks = {m.title: m for day in tab.month.days.days for m in day.marks}
    assert marks["Blood test"].letters == "Ru"
    assert marks["Infusion 2"].letters == "Ro"
    rows = {row.title: row for row in tab.agenda.rows.rows}
    assert (rows["Blood test"].person_letters, rows["Infusion 2"].person_letters) == ("Ru", "Ro")
    said = tab.month.days.index_of(date(2026, 3, 24)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Tuesday 24 March 2026, 1 item: Lab, Blood test 8:00, Ruth"


def test_a_cell_says_cancelled_and_which_kind(home, show):
    appointment(home, "eye", "Dr Sol", "2026-03-24T10:00", type="follow-up", status="cancelled")
    tab = show(home)
    said = tab.month.days.index_of(date(2026, 3, 24)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(
        "Tuesday 24 March 2026, 1 item: Follow-up, Dr Sol 10:00, cancelled; watching"
    )
    row = next(row for row in tab.agenda.rows.rows if row.title == "Dr Sol")
    assert row.sentence() == "Follow-up, 10:00, Dr Sol, Cancelled"


def test_a_conflict_is_said_softly_below_both_rows(home, show, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-24T08:00", minutes=60)
    appointment(home, "call", "Call", "2026-03-24T08:30", type="other")
    appointment(home, "alone", "Dentist", "2026-03-25T08:30", type="other")
    tab = show(home)

    def warns() -> dict[str, str]:
        return {row.title: row.warns for row in tab.agenda.rows.rows}

    qtbot.waitUntil(lambda: bool(warns()["Call"]))
    assert warns()["Call"] == "Same time as Blood test"
    assert warns()["Blood test"] == "Same time as Call"
    assert warns()["Dentist"] == ""
    row = next(row for row in tab.agenda.rows.rows if row.title == "Call")
    assert row.sentence().endswith("Same time as Blood test")
    home.house.agenda.cancel("lab")
    qtbot.waitUntil(lambda: not warns()["Call"])


def test_conflicts_further_down_are_said_when_one_comes_there(home, show, qtbot):
    appointment(home, "pill", "Pill", "2026-03-20T20:00", rrule="FREQ=DAILY", type="medication")
    home.house.settings.remember(calendar__everyday="yes")
    appointment(home, "lab", "Blood test", "2026-04-12T08:00", minutes=60)
    appointment(home, "call", "Call", "2026-04-12T08:30", type="other")
    tab = show(home)
    tab.show_view("list")
    qtbot.waitUntil(lambda: tab.agenda.verticalScrollBar().maximum() > 0)
    tab.go(date(2026, 4, 12))

    def warns() -> list[str]:
        return [row.warns for row in tab.agenda.rows.rows if row.title == "Call"]

    qtbot.waitUntil(lambda: warns() == ["Same time as Blood test"])


def test_a_day_that_does_not_suit_is_said_in_the_list(home, show, qtbot):
    home.house.blocked.save(
        BlockedDays(id="", first=date(2026, 3, 31), last=date(2026, 3, 31), reason="wedding")
    )
    tab = show(home)
    qtbot.waitUntil(
        lambda: any("wedding" in row.warns for row in tab.agenda.rows.rows if not row.heading)
    )


def test_the_printer_opens_the_page_of_the_chosen_day(home, show, qtbot):
    tab = show(home)
    qtbot.mouseClick(tab.head.print_button, Qt.MouseButton.LeftButton)
    assert tab.desk.sheet.accessibleName() or tab.desk.sheet.windowTitle()
    assert type(tab.desk.sheet).__name__ == "PrintCalendarDialog"


def test_no_part_is_ever_a_window_of_its_own(home, show, theme, qtbot):
    home.house.settings.remember(calendar__hidden="lab")
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            opens = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
            if opens and watched.isWindow() and not isinstance(watched, CalendarTab):
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        tab = show(home)
        for width in (880, 1000, 1280, 1700):
            tab.resize(width, 800)
            for view in ("week", "list", "month"):
                tab.show_view(view)
        theme.set_scale(2.0)
        assert shown == []
        assert not [one for one in tab.head.children() if getattr(one, "isWindow", bool)()]
    finally:
        QApplication.instance().removeEventFilter(watch)
