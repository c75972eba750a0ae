"""The window around the tabs: people, undo, the menu, the look, and what happens when it breaks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.errors import DiskTrouble, InputRefused
from caregiver_app.gui.app import crash_words, make_window
from caregiver_app.gui.bridge import ChangeBridge, change_words
from caregiver_app.gui.calendar.tab import CalendarTab
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import AppActions, MainWindow, apply_look
from caregiver_app.gui.theme import Theme
from tests.fakes import Home
from tests.gui.calendar.family import appointment, dressed, rosas_home


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
    made = rosas_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def window(qapp, qtbot, home: Home, one_theme: Theme, outside: Outside) -> Iterator[MainWindow]:
    one_theme.apply(qapp)
    actions = AppActions(outside.backup, outside.restore, outside.look)
    made = make_window(home.house, one_theme, actions, lambda: Later)
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
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_calendar_is_there_at_first_and_the_others_only_when_opened(window, qtbot):
    assert window.stack.count() == 1
    assert calendar(window).isVisible()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.stack.count() == 2)
    assert window.tab_bar.currentIndex() == 1
    for key in ("3", "4", "1"):
        window.tab_bar.setCurrentIndex(int(key) - 1)
    assert window.stack.count() == 4
    assert calendar(window).isVisible()


def test_a_change_is_named_and_undone_from_the_foot(home, window, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    assert window.banner.words() == "Blood test added for Fri 27 Mar"
    assert window.undo_button.accessibleName() == "Undo: Blood test added for Fri 27 Mar"
    qtbot.mouseClick(window.banner.undo, Qt.MouseButton.LeftButton)
    assert home.house.agenda.get("lab") is None
    assert window.banner.words() == "Taken back: Blood test added for Fri 27 Mar"
    assert not window.banner.undo.isVisible()


def test_ctrl_z_takes_back_step_by_step_and_then_there_is_nothing(home, window, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    home.house.agenda.set_status("lab", "done")
    assert window.undo_action.shortcut() == QKeySequence("Ctrl+Z")
    window.undo_action.trigger()
    assert home.visit("lab").status == "booked"
    qtbot.mouseClick(window.undo_button, Qt.MouseButton.LeftButton)
    assert home.house.agenda.get("lab") is None
    while window.undo_button.isEnabled():
        window.undo()
    assert home.house.plans.all() == []
    assert window.undo_button.accessibleName() == "Nothing to undo"


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
    assert not window.pill.isVisible()
    home.clock.on(seconds=1)
    home.house.people.save_person(Person(id="mei", name="王梅"))
    assert window.pill.isVisible()
    assert window.pill.accessibleName() == "Person: Everybody"
    entries = {action.text(): action for action in window.pill.menu().actions()}
    assert list(entries) == ["Everybody", "Rosa Amador", "王梅"]
    entries["王梅"].trigger()
    assert window.person == "mei"
    assert all(row.heading for row in calendar(window).agenda.rows.rows), "Rosa's visits are gone"
    entries = {action.text(): action for action in window.pill.menu().actions()}
    assert entries["王梅"].isChecked()
    while window.undo_button.isEnabled():
        window.undo()
    assert window.person is None, "who is gone cannot be shown"


def test_text_size_and_light_are_kept_and_undone(home, window, one_theme):
    window._sizes["200"].trigger()
    assert one_theme.scale == 2.0
    window._modes["dark"].trigger()
    assert one_theme.tokens.dark
    fresh = Theme()
    apply_look(home.house, fresh)
    assert (fresh.scale, fresh.mode) == (2.0, "dark")
    window.undo()
    window.undo()
    assert one_theme.scale == 1.0
    window.more.menu().aboutToShow.emit()
    assert window._sizes["100"].isChecked()


@pytest.mark.parametrize("scale", ["100", "200"])
def test_nothing_of_the_head_is_cut(window, scale):
    window._sizes[scale].trigger()
    window.resize(900, 600)
    for part in (window.undo_button, window.more, window.tab_bar):
        corner = part.mapTo(window, part.rect().bottomRight())
        assert window.rect().contains(corner)
        assert part.width() >= part.minimumSizeHint().width()


def test_the_calendar_file_is_written_where_it_was_asked_for(home, window, qtbot, tmp_path):
    window.export()
    sheet = window.sheet
    path = tmp_path / "out"
    sheet.path.set_text(str(path))
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    written = path.with_suffix(".ics")
    assert window.banner.words() == f"Calendar saved as {written}"
    assert b"SUMMARY:Infusion 2" in written.read_bytes()


def test_a_neutral_file_of_some_days_and_bad_answers(home, window, qtbot, tmp_path):
    window.export()
    sheet = window.sheet
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
    window.export()
    window.sheet.path.set_text(str(path))
    window.sheet.primary.click()
    assert path.read_text() == "mine"
    assert "already" in window.sheet.path.error()
    window.sheet.primary.click()
    assert path.read_text() != "mine"


def test_a_place_that_does_not_exist_is_said(window, tmp_path):
    window.export()
    window.sheet.path.set_text(str(tmp_path / "nowhere" / "out.ics"))
    window.sheet.primary.click()
    assert window.sheet.isVisible()
    assert "There is no place" in words_on(window.sheet)
    window.sheet.done(0)


def test_a_backup_says_where_it_is_or_what_is_in_the_way(window, outside, tmp_path):
    window.back_up_to(tmp_path / "b.sqlite3")
    assert str(tmp_path / "b.sqlite3") in window.banner.words()
    outside.trouble = DiskTrouble("export.disk", path="b")
    window.back_up_to(None)
    assert window.banner.words().startswith("The disk is full")


def test_restoring_asks_first_and_ends_the_window(window, outside, qtbot, tmp_path):
    window.ask_restore(tmp_path / "b.sqlite3")
    assert str(tmp_path / "b.sqlite3") in words_on(window.sheet)
    assert outside.restored == []
    with qtbot.waitSignal(window.restored):
        window.sheet.primary.click()
    assert outside.restored == [tmp_path / "b.sqlite3"]


def test_a_backup_that_cannot_be_read_is_said_in_the_sheet(home, window, outside, tmp_path):
    outside.trouble = InputRefused("export.no_folder", path="b")
    window.ask_restore(tmp_path / "b.sqlite3")
    window.sheet.primary.click()
    assert "There is no place called b" in words_on(window.sheet)
    window.sheet.done(0)
    home.house.agenda.set_status("plan~2", "booked")
    assert window.banner.words(), "the window goes on"


def test_what_this_is(window):
    window.about()
    said = words_on(window.sheet)
    assert "not a medical device" in said
    assert "never suggests, computes or compares a dose" in said
    window.sheet.primary.click()


def test_a_change_by_another_program_shows(home, window, outside):
    other = home.another()
    other.agenda.set_ride("plan~2", "Ana", "", "")
    other.care.store.close()
    outside.changed = True
    window.bridge.look()
    assert any(row.chip == "Driver: Ana" for row in calendar(window).agenda.rows.rows)


def test_a_new_day_turns_the_page_and_extends_the_plans(home, window):
    window.bridge.start()
    before = len(home.dates("plan"))
    home.clock.on(days=60)
    window.bridge.look()
    assert len(home.dates("plan")) > before
    assert calendar(window).month.today == date(2026, 5, 19)


def test_the_bag_of_a_visit_is_one_step_away(window):
    calendar(window).visit_opened.emit("plan~2")
    assert window.tab_bar.currentIndex() == 2


def test_dates_in_messages_are_written_for_people():
    said = change_words("done.moved", {"title": "Infusion 2", "day": "2026-04-09"})
    assert said == "Infusion 2 moved to Thu 9 Apr"
    assert change_words("done.moved", {"title": "x", "day": "soon"}) == "x moved to soon"


def test_a_stopped_bridge_leaves_the_data_alone(home, qapp):
    looked: list[int] = []
    bridge = ChangeBridge(home.house, lambda: bool(looked.append(1)))
    bridge.stop()
    bridge.look()
    home.house.agenda.set_status("plan~2", "booked")
    assert looked == []
    bridge.deleteLater()


def test_what_breaks_is_said_in_plain_words(window):
    with crash_words(window):
        sys.excepthook(ValueError, ValueError("Rosa"), None)
        assert "Everything that was saved is safe" in window.banner.words()
        assert "Rosa" not in window.banner.words()
        refused = InputRefused("export.range", "to")
        sys.excepthook(InputRefused, refused, None)
        assert window.banner.words() == "The last day is before the first."
