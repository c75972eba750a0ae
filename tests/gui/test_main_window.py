"""The window around the tabs: people, undo, the look, places, files, and what breaks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Person
from caregiver_app.errors import DiskTrouble, InputRefused
from caregiver_app.gui.app import crash_words, make_window
from caregiver_app.gui.appearance import apply_look
from caregiver_app.gui.bridge import ChangeBridge, change_words
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.calendar.tab import CalendarTab
from caregiver_app.gui.crash import CrashWindow
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.settings.page import SettingsPage
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.segmented import Segmented
from tests.fakes import Home
from tests.gui.calendar.family import appointment, dressed, enter_rosa, wear


class Outside:
    """Stands for what reaches beyond the open data."""

    def __init__(self) -> None:
        self.changed = False
        self.restored: list[Path] = []
        self.trouble: Exception | None = None

    def backup(self, path: Path | None) -> Path:
        if self.trouble is not None:
            raise self.trouble
        return path or Path("/somewhere/backup.sqlite3")

    def restore(self, path: Path) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.restored.append(path)

    def look(self) -> bool:
        changed, self.changed = self.changed, False
        return changed


@pytest.fixture(scope="module")
def one_theme(qapp) -> Theme:
    return dressed(qapp)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = enter_rosa(tmp_path)
    yield made
    made.close()


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def window(qapp, qtbot, home: Home, one_theme: Theme, outside: Outside) -> Iterator[MainWindow]:
    wear(qapp, one_theme)
    actions = AppActions(outside.backup, outside.restore, outside.look)
    made = make_window(home.house, one_theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    one_theme.set_scale(1.0)
    one_theme.set_mode("light")
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def calendar(window: MainWindow) -> CalendarTab:
    page = window.page("calendar")
    assert isinstance(page, CalendarTab)
    return page


def words_on(widget: QWidget) -> str:
    QApplication.processEvents()
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def segment(choice: Segmented, key: str) -> QWidget:
    return next(one for one in choice.segments if one.key == key)


def test_today_is_there_at_first_and_the_others_only_when_opened(window, qtbot):
    assert window.stack.count() == 1
    assert window.page("today").isVisible()
    assert window.tab_bar.currentIndex() == 0
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.stack.count() == 2)
    assert window.tab_bar.currentIndex() == 1
    assert calendar(window).isVisible()
    for place in (2, 3, 4, 5, 0):
        window.tab_bar.setCurrentIndex(place)
    assert window.stack.count() == 6
    assert window.page("today").isVisible()


def test_a_change_is_named_and_undone_from_the_foot(home, window, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    assert window.banner.words() == "Blood test added for Fri 27 Mar"
    assert window.head.undo_button.accessibleName() == "Undo: Blood test added for Fri 27 Mar"
    qtbot.mouseClick(window.banner.undo, Qt.MouseButton.LeftButton)
    assert home.house.agenda.get("lab") is None
    assert window.banner.words() == "Taken back: Blood test added for Fri 27 Mar"
    assert not window.banner.undo.isVisible()


def test_an_offer_ends_when_its_change_is_taken_back_elsewhere(home, window):
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    home.house.agenda.set_status("lab", "done")
    assert window.banner.undo.isVisible()
    home.house.care.undo()
    assert window.banner.words() == ""
    assert not window.banner.undo.isVisible()
    assert home.visit("lab").status == "booked"


def test_ctrl_z_takes_back_step_by_step_and_then_there_is_nothing(home, window, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    home.house.agenda.set_status("lab", "done")
    assert window.undo_action.shortcut() == QKeySequence("Ctrl+Z")
    window.undo_action.trigger()
    assert home.visit("lab").status == "booked"
    qtbot.mouseClick(window.head.undo_button, Qt.MouseButton.LeftButton)
    assert home.house.agenda.get("lab") is None
    while window.head.undo_button.isEnabled():
        window.undo()
    assert home.house.plans.all() == []
    assert window.head.undo_button.accessibleName() == "Nothing to undo"


def test_undo_of_what_changed_elsewhere_says_so(home, window):
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    other = home.another()
    other.agenda.set_status("lab", "done")
    other.care.store.close()
    window.undo()
    assert home.visit("lab").status == "done"
    assert window.banner.words()
    assert "Taken back" not in window.banner.words()


def test_two_equal_changes_are_both_told(home, window):
    home.house.agenda.set_status("plan~2", "booked")
    window.banner.dismiss()
    home.house.agenda.set_status("plan~2", "planned")
    assert window.banner.words() == "Infusion 2 of Tue 31 Mar changed"


def test_what_the_program_does_by_itself_is_not_told(home, window):
    with home.house.care.change("done.reminded", undoable=False):
        home.house.settings.put("some", "thing")
    assert window.banner.words() == ""


def test_the_switcher_is_hidden_for_one_and_names_everybody_for_two(home, window):
    assert not window.head.pill.isVisible()
    home.clock.on(seconds=1)
    home.house.people.save_person(Person(id="mei", name="王梅"))
    assert window.head.pill.isVisible()
    assert window.head.pill.accessibleName() == "Person: Everybody"
    entries = {action.text(): action for action in window.head.pill.menu().actions()}
    assert list(entries) == ["Everybody", "Rosa Amador", "王梅"]
    entries["王梅"].trigger()
    assert window.person == "mei"
    assert all(row.heading for row in calendar(window).agenda.rows.rows), "Rosa's visits are gone"
    entries = {action.text(): action for action in window.head.pill.menu().actions()}
    assert entries["王梅"].isChecked()
    while window.head.undo_button.isEnabled():
        window.undo()
    assert window.person is None, "who is gone cannot be shown"


def test_text_size_and_light_are_kept_and_undone(home, window, one_theme, qtbot):
    look = settings(window, "look")
    qtbot.mouseClick(segment(look.sizes, "200"), Qt.MouseButton.LeftButton)
    assert one_theme.scale == 2.0
    qtbot.mouseClick(segment(look.modes, "dark"), Qt.MouseButton.LeftButton)
    assert one_theme.tokens.dark
    fresh = Theme()
    apply_look(home.house, fresh)
    assert (fresh.scale, fresh.mode) == (2.0, "dark")
    assert window.banner.words() == "Light or dark changed"
    window.undo()
    window.undo()
    assert one_theme.scale == 1.0
    assert look.sizes.value() == "100"
    assert look.modes.value() == "system"


def test_another_first_weekday_and_clock_show_at_once_in_every_page(home, window, qtbot):
    window.open("calendar")
    tab = window.page("calendar")
    assert isinstance(tab, CalendarTab)

    def first_day() -> object:
        return tab.month.model().headerData(0, Qt.Orientation.Horizontal, Qt.DisplayRole)

    def spoken() -> str:
        found = (day.sentence() for day in tab.month.days.days)
        return next(words for words in found if "9:30" in words)

    before = first_day(), spoken()
    assert before[0] == "Mon"
    home.house.settings.set("calendar.week_start", "6")
    home.house.settings.set("calendar.clock", "12")
    qtbot.waitUntil(lambda: first_day() == "Sun")
    qtbot.waitUntil(lambda: "9:30 am" in spoken())
    home.house.care.undo()
    home.house.care.undo()
    qtbot.waitUntil(lambda: (first_day(), spoken()) == before)


@pytest.mark.parametrize("kept", ["", "huge", "-5", "9" * 5000, "0", "1e9"])
def test_a_text_size_that_cannot_be_is_left_aside(home, kept):
    home.house.settings.set("look.scale", kept)
    home.house.settings.set("look.mode", kept)
    fresh = Theme()
    apply_look(home.house, fresh)
    assert (fresh.scale, fresh.mode) == (1.0, "system")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_of_the_head_is_cut(window, one_theme, scale):
    one_theme.set_scale(scale)
    window.resize(900, 600)
    head = window.head
    for part in (head.undo_button, head.settings_button, head.emergency_button, window.tab_bar):
        corner = part.mapTo(window, part.rect().bottomRight())
        assert window.rect().contains(corner)
        assert part.width() >= part.minimumSizeHint().width()


# -- Places ---------------------------------------------------------------------------------------


def settings(window: MainWindow, group: str = ""):
    window.open("settings", group)
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    return page.groups[group] if group else page


def test_settings_take_the_place_of_a_page_and_give_it_back(window, qtbot):
    window.open("bag")
    qtbot.mouseClick(window.head.settings_button, Qt.MouseButton.LeftButton)
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.isVisible()
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert window.page("bag").isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert page.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.page("bag").isVisible()


def test_one_part_of_a_group_can_be_asked_for(window, qtbot):
    window.open("settings", "reminders", "quiet")
    quiet = window.stack.currentWidget().groups["reminders"].quiet
    assert quiet.fold.is_open
    qtbot.waitUntil(lambda: quiet.isAncestorOf(window.focusWidget()))


def test_a_click_on_the_chosen_tab_leaves_the_settings(window, qtbot):
    window.open("settings")
    spot = window.tab_bar.tabRect(0).center()
    qtbot.mouseClick(window.tab_bar, Qt.MouseButton.LeftButton, pos=spot)
    assert window.page("today").isVisible()


def test_emergency_lies_over_all_and_goes_back(window, qtbot):
    window.open("bag")
    qtbot.mouseClick(window.head.emergency_button, Qt.MouseButton.LeftButton)
    assert not window.head.isVisible()
    assert "Call your local emergency number now" in words_on(window)
    window.leave_layer()
    assert window.page("bag").isVisible()


def test_a_page_may_ask_for_any_other_place(window):
    asks = calendar(window).asked
    asks.emit("bag", "visit", "plan~2")
    assert window.tab_bar.currentIndex() == 3
    asks.emit("calendar", "day", "2026-05-12")
    assert calendar(window).isVisible()
    assert calendar(window).chosen_day == date(2026, 5, 12)
    asks.emit("settings", "files", "")
    assert window.stack.currentWidget().nav["files"].isChecked()
    asks.emit("export", "", "")
    assert isinstance(window.files.sheet, ExportDialog)
    window.files.sheet.done(0)
    asks.emit("emergency", "", "")
    assert not window.head.isVisible()
    asks.emit("today", "", "")
    assert window.page("today").isVisible()


def test_the_program_is_quit_from_the_settings(window, qtbot, monkeypatch):
    left: list[str] = []
    monkeypatch.setattr(QApplication, "quit", lambda: left.append("quit"))
    alive = settings(window, "reminders").alive
    assert "After Quit nothing rings" in words_on(alive)
    qtbot.mouseClick(alive.quit, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert left == ["quit"]


# -- Files ----------------------------------------------------------------------------------------


def test_the_calendar_file_is_written_where_it_was_asked_for(home, window, qtbot, tmp_path):
    window.files.export()
    sheet = window.files.sheet
    path = tmp_path / "out"
    sheet.path.set_text(str(path))
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    written = path.with_suffix(".ics")
    assert window.banner.words() == f"Calendar saved as {written}"
    assert b"SUMMARY:Infusion 2" in written.read_bytes()


def test_a_neutral_file_of_some_days_and_bad_answers(home, window, qtbot, tmp_path):
    window.files.export()
    sheet = window.files.sheet
    sheet.path.set_text("")
    sheet.primary.click()
    assert sheet.path.error()
    sheet.path.set_text(str(tmp_path / "out.ics"))
    sheet.range.set_value("some")
    sheet.primary.click()
    assert sheet.first.error()
    assert sheet.last.error()
    sheet.first.set_text("1 May 2026")
    sheet.last.set_text("1 Apr 2026")
    sheet.primary.click()
    assert sheet.last.error() == "The last day is before the first."
    sheet.last.set_text("1 Jul 2026")
    sheet.neutral.click()
    sheet.primary.click()
    data = (tmp_path / "out.ics").read_bytes()
    assert b"Infusion" not in data
    assert data.count(b"BEGIN:VEVENT") == 1


def test_a_file_that_is_there_is_replaced_only_after_asking(window, tmp_path):
    path = tmp_path / "out.ics"
    path.write_text("mine")
    window.files.export()
    window.files.sheet.path.set_text(str(path))
    window.files.sheet.primary.click()
    assert path.read_text() == "mine"
    assert "already" in window.files.sheet.path.error()
    window.files.sheet.primary.click()
    assert path.read_text() != "mine"


def test_a_place_that_does_not_exist_is_said(window, tmp_path):
    window.files.export()
    window.files.sheet.path.set_text(str(tmp_path / "nowhere" / "out.ics"))
    window.files.sheet.primary.click()
    assert window.files.sheet.isVisible()
    assert "There is no place" in words_on(window.files.sheet)
    window.files.sheet.done(0)


def test_a_backup_says_where_it_is_or_what_is_in_the_way(window, outside, tmp_path):
    window.files.back_up_to(tmp_path / "b.sqlite3")
    assert str(tmp_path / "b.sqlite3") in window.banner.words()
    outside.trouble = DiskTrouble("export.disk", path="b")
    window.files.back_up_to(None)
    assert window.banner.words().startswith("The disk is full")


def test_restoring_asks_first_and_ends_the_window(home, window, outside, qtbot, tmp_path):
    home.house.backups.make(tmp_path / "b.sqlite3")
    window.files.ask_restore(tmp_path / "b.sqlite3")
    assert str(tmp_path / "b.sqlite3") in words_on(window.files.sheet)
    assert outside.restored == []
    with qtbot.waitSignal(window.restored):
        window.files.sheet.primary.click()
    assert outside.restored == [tmp_path / "b.sqlite3"]


def test_a_backup_that_cannot_be_read_is_said_in_the_sheet(home, window, outside, tmp_path):
    outside.trouble = InputRefused("export.no_folder", path="b")
    home.house.backups.make(tmp_path / "b.sqlite3")
    window.files.ask_restore(tmp_path / "b.sqlite3")
    window.files.sheet.primary.click()
    assert "There is no place called b" in words_on(window.files.sheet)
    window.files.sheet.done(0)
    home.house.agenda.set_status("plan~2", "booked")
    assert window.banner.words(), "the window goes on"


def test_what_this_is(window):
    window.files.about()
    said = words_on(window.files.sheet)
    assert "not a medical device" in said
    assert "never suggests, computes or compares a dose" in said
    window.files.sheet.primary.click()


def test_a_change_by_another_program_shows(home, window, outside):
    window.open("calendar")
    other = home.another()
    other.agenda.set_ride("plan~2", "Ana", "", "")
    other.care.store.close()
    outside.changed = True
    window.bridge.look()
    assert any(row.chip == "Driver: Ana" for row in calendar(window).agenda.rows.rows)


def test_a_new_day_turns_the_page_and_extends_the_plans(home, window):
    window.bridge.start()
    window.open("calendar")
    before = len(home.dates("plan"))
    home.clock.on(days=60)
    window.bridge.look()
    assert len(home.dates("plan")) > before
    assert calendar(window).month.today == date(2026, 5, 19)


def test_dates_in_messages_are_written_for_people():
    def said(day: str) -> str:
        return change_words("done.moved", {"title": "Infusion 2", "day": day}, date(2026, 3, 20))

    assert said("2026-04-09") == "Infusion 2 moved to Thu 9 Apr"
    assert said("2027-04-09") == "Infusion 2 moved to Fri 9 Apr 2027"
    assert said("soon") == "Infusion 2 moved to soon"


def test_a_stopped_bridge_leaves_the_data_alone(home, qapp):
    looked: list[int] = []
    bridge = ChangeBridge(home.house, lambda: bool(looked.append(1)))
    bridge.stop()
    bridge.look()
    home.house.agenda.set_status("plan~2", "booked")
    assert looked == []
    bridge.deleteLater()


def test_what_breaks_is_told_in_a_window_of_its_own(window, one_theme, qtbot):
    def fail() -> None:
        raise ValueError("Rosa")

    with crash_words(window, one_theme, lambda: Later):
        QTimer.singleShot(0, window, fail)
        qtbot.waitUntil(lambda: bool(window.findChildren(CrashWindow)))
        (crash,) = window.findChildren(CrashWindow)
        assert "Nothing you saved is lost." in words_on(crash)
        assert "Rosa" not in words_on(crash) + crash.words()
        crash.accept()
        refused = InputRefused("export.range", "to")
        sys.excepthook(InputRefused, refused, None)
        assert window.banner.words() == "The last day is before the first."
