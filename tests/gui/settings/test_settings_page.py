"""The Settings page: what is chosen applies at once, is kept, named, and can be taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.errors import DiskTrouble
from caregiver_app.gui.about_sheet import AboutSheet
from caregiver_app.gui.backup_door import BackupDoor
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.file_actions import AppActions, FileActions
from caregiver_app.gui.keys_sheet import KeysSheet
from caregiver_app.gui.later import Later
from caregiver_app.gui.restore_sheet import RestoreSheet
from caregiver_app.gui.settings.page import ICONS, SettingsPage
from caregiver_app.gui.settings.parts import PersonRow
from caregiver_app.gui.widgets.ticks import TickRow
from tests.gui.settings.pages import LEFT, segment, type_into, words

LONG = "Donaudampfschifffahrtsgesellschaftskapitän Amalie von Hohenlohe-Schillingsfürst"


# ---- people and numbers ------------------------------------------------------------------------
def test_each_person_opens_in_the_care_plan_and_another_can_be_added(show, qtbot):
    shown = show()
    rows = shown.group("people").findChildren(PersonRow)
    names = [one.accessibleName() for one in rows]
    assert names == ["Rosa Marín, Open in the Care plan", "王梅, Open in the Care plan"]
    qtbot.mouseClick(rows[1], LEFT)
    qtbot.mouseClick(shown.group("people").add_person, LEFT)
    qtbot.mouseClick(shown.group("people").contacts, LEFT)
    assert shown.asked == [
        ("care", "person", "mei"), ("care", "person", ""), ("care", "contact", ""),
    ]  # fmt: skip


def test_people_follow_what_is_changed_elsewhere(show, family):
    shown = show()
    family.house.people.save_person(Person(id="ana", name="Ana & Söhne <b>"))
    QApplication.processEvents()
    rows = shown.group("people").findChildren(PersonRow)
    visible = [one.accessibleName() for one in rows if one.isVisibleTo(shown.page)]
    assert len(visible) == 3
    assert "Ana & Söhne <b>, Open in the Care plan" in visible
    assert "Show names and items in notices about Ana & Söhne <b>" in [
        one.accessibleName() for one in shown.group("reminders").findChildren(TickRow)
    ]


@pytest.mark.parametrize(
    ("which", "setting"),
    [
        ("emergency", "emergency_number"),
        ("poison", "poison_number"),
        ("crisis", "crisis_number"),
        ("crisis_text", "crisis_text"),
        ("safety", "safety_number"),
    ],
)
def test_a_number_is_kept_when_it_is_left(show, qtbot, family, which, setting):
    shown = show()
    line = getattr(shown.group("people"), which).line
    assert line.text() == ""
    assert line.placeholderText() == "", "no number is ever proposed"
    type_into(qtbot, line, "  +49 30 19240 ", Qt.Key.Key_Tab)
    assert shown.settings.text(setting, "") == "+49 30 19240"
    assert line.text() == "+49 30 19240"
    type_into(qtbot, line, "")
    assert shown.settings.text(setting, "x") == "", "it may be emptied again"
    family.house.care.undo()
    assert line.text() == "+49 30 19240"
    family.house.care.undo()
    assert line.text() == ""


def test_leaving_without_typing_writes_nothing(show, qtbot):
    shown = show()
    for place in (shown.group("people").emergency, shown.group("reminders").morning):
        place.control.setFocus()
        qtbot.keyClick(place.control, Qt.Key.Key_Return)
        qtbot.keyClick(place.control, Qt.Key.Key_Tab)
    assert shown.undo_words() == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("one one two", "Type the number as you would dial it."),
        ("1" * 41, "there is room for 40"),
    ],
)
def test_what_cannot_be_dialled_stays_and_is_explained(show, qtbot, family, typed, said):
    shown = show()
    number = shown.group("people").emergency
    type_into(qtbot, number.line, typed)
    assert said in number.error()
    assert number.line.text() == typed
    assert shown.settings.text("emergency_number", "") == ""
    family.house.people.save_person(Person(id="ana", name="Ana"))
    assert number.line.text() == typed, "what is being typed is left alone"
    type_into(qtbot, number.line, "112")
    assert number.error() is None
    assert shown.settings.text("emergency_number", "") == "112"


def test_a_number_that_another_program_changed_is_shown(show, family):
    shown = show()
    shown.settings.set("emergency_number", "999")
    assert shown.group("people").emergency.line.text() == "999"


# ---- leaving -----------------------------------------------------------------------------------
def test_escape_and_back_leave(show, qtbot):
    shown = show()
    qtbot.keyClick(shown.page, Qt.Key.Key_Escape)
    qtbot.mouseClick(shown.page.back, LEFT)
    assert shown.left == [True, True]


def test_escape_keeps_what_was_typed(show, qtbot):
    shown = show()
    line = shown.group("people").emergency.line
    line.setFocus()
    qtbot.keyClicks(line, "112")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert shown.settings.text("emergency_number", "") == "112"
    assert shown.left == [True]


def test_leaving_with_a_number_that_cannot_be_kept_says_so_once(show, qtbot):
    shown = show()
    number = shown.group("people").emergency
    number.line.setFocus()
    qtbot.keyClicks(number.line, "help")
    qtbot.keyClick(number.line, Qt.Key.Key_Escape)
    assert shown.left == []
    assert number.error()
    assert shown.page.focusWidget() is number.line
    qtbot.keyClick(number.line, Qt.Key.Key_Escape)
    assert shown.left == [True], "nobody is locked in"
    assert number.line.text() == "help"


def test_another_page_keeps_what_was_typed_and_says_what_it_could_not(show, qtbot):
    shown = show()
    people = shown.group("people")
    people.emergency.line.setText("112")
    people.poison.line.setText("call Ana")
    shown.stack.setCurrentIndex(0)
    assert shown.settings.text("emergency_number", "") == "112"
    assert shown.settings.text("poison_number", "") == ""
    assert shown.said == ["Not kept: Poison line. Type the number as you would dial it."]
    shown.stack.setCurrentIndex(1)
    assert people.poison.line.text() == "call Ana"


def test_while_a_backup_takes_the_place_of_the_data_nothing_is_written(show, family):
    shown = show()
    shown.group("people").emergency.line.setText("112")
    shown.files.restoring.emit()
    shown.stack.setCurrentIndex(0)
    assert shown.settings.text("emergency_number", "") == ""
    shown.files.stayed.emit()
    shown.stack.setCurrentIndex(1)
    shown.stack.setCurrentIndex(0)
    assert shown.settings.text("emergency_number", "") == "112"


def test_data_that_can_only_be_read_says_so_in_place(show, qtbot, family):
    shown = show()
    family.house.care.store.read_only = True
    number = shown.group("people").emergency
    type_into(qtbot, number.line, "112")
    assert "Nothing can be written" in number.error()
    assert number.line.text() == "112"
    look = shown.group("look")
    qtbot.mouseClick(segment(look.sizes, "150"), LEFT)
    assert look.sizes.value() == "100", "what was not kept is not shown as chosen"
    assert "Nothing can be written" in words(look)
    tick = shown.group("reminders").findChildren(TickRow)[0]
    qtbot.mouseClick(tick, LEFT)
    assert tick.state == "open"
    assert "Nothing can be written" in words(shown.group("reminders"))


# ---- look --------------------------------------------------------------------------------------
def test_a_text_size_is_one_step_and_named(show, qtbot):
    shown = show()
    sizes = shown.group("look").sizes
    before = shown.undo_words()
    qtbot.mouseClick(segment(sizes, "150"), LEFT)
    assert shown.settings.text("look.scale", "") == "150"
    assert shown.undo_words() == "Text size changed"
    shown.family.house.care.undo()
    assert sizes.value() == "100"
    assert shown.undo_words() == before


def test_going_over_the_sizes_with_the_arrow_keys_writes_once(show, qtbot):
    shown = show()
    sizes = shown.group("look").sizes
    sizes.segments[0].setFocus()
    for place in range(4):
        qtbot.keyClick(sizes.segments[place], Qt.Key.Key_Right)
    assert shown.settings.text("look.scale", "") == ""
    qtbot.keyClick(sizes.segments[4], Qt.Key.Key_Space)
    assert shown.settings.text("look.scale", "") == "200"
    shown.family.house.care.undo()
    assert shown.undo_words() == "", "one step"


def test_a_size_between_is_said_and_kept(show):
    shown = show()
    shown.settings.set("look.scale", "115")
    look = shown.group("look")
    assert look.sizes.value() is None
    assert "It is 115 % now." in words(look)
    assert shown.settings.text("look.scale", "") == "115"


def test_light_and_dark_are_a_choice(show, qtbot):
    shown = show()
    modes = shown.group("look").modes
    assert modes.value() == "system"
    qtbot.mouseClick(segment(modes, "dark"), LEFT)
    assert shown.settings.text("look.mode", "") == "dark"
    assert shown.undo_words() == "Light or dark changed"
    shown.settings.set("look.mode", "💥")
    assert modes.value() == "system"


@pytest.mark.parametrize(
    ("row", "choice", "setting", "named"),
    [
        ("weeks", "6", "calendar.week_start", "First day of the week changed"),
        ("clocks", "12", "calendar.clock", "12 or 24 hours changed"),
    ],
)
def test_weeks_and_hours_are_a_choice(show, qtbot, row, choice, setting, named):
    shown = show()
    choices = getattr(shown.group("look"), row)
    assert choices.value() == ""
    qtbot.mouseClick(segment(choices, choice), LEFT)
    assert shown.settings.text(setting, "") == choice
    assert shown.undo_words() == named
    shown.settings.set(setting, "odd")
    assert choices.value() == ""


def test_what_was_just_used_stays_in_sight_when_all_grows(show, qtbot, theme):
    shown = show(group="look")
    sizes = shown.group("look").sizes
    chosen = segment(sizes, "200")
    chosen.setFocus()
    theme.set_scale(2.0)
    QApplication.processEvents()
    spot = chosen.mapTo(shown.page.area.viewport(), chosen.rect().center())
    assert shown.page.area.viewport().rect().contains(spot)


# ---- files and backups -------------------------------------------------------------------------
def test_where_it_is_kept_can_be_read_and_copied(show, family):
    shown = show()
    path = shown.group("files").path.line
    assert path.text() == str(family.house.care.store.path)
    assert path.isReadOnly()
    path.selectAll()
    path.copy()
    assert QApplication.clipboard().text() == str(family.house.care.store.path)


def test_the_last_backup_is_said_in_words(show, family):
    shown = show()
    files = shown.group("files")
    assert "No backup yet." in words(files)
    family.house.backups.make()
    shown.files.said.emit("made")
    assert "Last backup: today, 18:00." in words(files)
    assert "You saved one elsewhere" not in words(files)
    shown.files.back_up_to(Path("/stick/mine.sqlite3"))
    assert "Last backup: today, 18:00." in words(files)
    assert "You saved one elsewhere: today, 18:00, /stick/mine.sqlite3." in words(files)
    family.clock.at += timedelta(days=2)
    shown.page.refresh(None)
    assert "Last backup: Friday 20 March, 18:00." in words(files)


def test_the_files_buttons_open_their_dialogs(show, qtbot, monkeypatch, tmp_path):
    class Dialogs:
        @staticmethod
        def getSaveFileName(*_asked: object) -> tuple[str, str]:
            return str(tmp_path / "mine.sqlite3"), ""

        @staticmethod
        def getOpenFileName(*_asked: object) -> tuple[str, str]:
            return str(tmp_path / "mine.sqlite3"), ""

    monkeypatch.setattr(Later, "file_dialog", Dialogs)
    monkeypatch.setattr(BackupDoor, "dialogs", Dialogs)
    shown = show()
    files = shown.group("files")
    qtbot.mouseClick(files.export, LEFT)
    assert isinstance(shown.files.sheet, ExportDialog)
    shown.files.sheet.done(0)
    qtbot.mouseClick(files.back_up, LEFT)
    assert shown.said == [f"Backup written and read back: {tmp_path / 'mine.sqlite3'}"]
    qtbot.mouseClick(files.restore, LEFT)
    assert isinstance(shown.files.sheet, RestoreSheet)
    assert str(tmp_path / "mine.sqlite3") in words(shown.files.sheet)
    shown.files.sheet.done(0)


# ---- privacy -----------------------------------------------------------------------------------
def test_privacy_says_what_is_kept_where_and_what_this_is(show, qtbot):
    shown = show()
    privacy = shown.group("privacy")
    said = words(privacy)
    for part in ("one file on this computer", "Nothing is sent anywhere", "no words of yours"):
        assert part in said
    qtbot.mouseClick(privacy.about, LEFT)
    assert isinstance(shown.files.sheet, AboutSheet)
    shown.files.sheet.done(0)
    qtbot.mouseClick(privacy.keys, LEFT)
    assert isinstance(shown.files.sheet, KeysSheet)
    shown.files.sheet.done(0)
    qtbot.mouseClick(privacy.notices, LEFT)
    assert shown.page.nav["reminders"].isChecked()
    assert shown.asked == []


def test_what_it_says_of_the_file_is_true(show, family):
    path = family.house.care.store.path
    family.house.people.save_person(Person(id="ana", name="Ana"))
    backup = family.house.backups.make()
    for kept in (path, backup):
        assert kept.stat().st_mode & 0o077 == 0, "nobody else can read it"


# ---- going about -------------------------------------------------------------------------------
@pytest.mark.parametrize("key", list(ICONS))
@pytest.mark.parametrize("width", [1280, 800])
def test_each_group_can_be_asked_for(show, qtbot, key, width):
    shown = show(width=width, group=key)
    group = shown.group(key)
    view = shown.page.area.viewport()
    top = group.mapTo(view, group.rect().topLeft()).y()
    bar = shown.page.area.verticalScrollBar()
    assert top == 0 or bar.value() == bar.maximum()
    assert 0 <= top < view.height() - 80
    assert shown.page.nav[key].isChecked()
    assert group.isAncestorOf(shown.page.focusWidget())


def test_a_group_that_is_not_there_is_left_aside(show):
    shown = show(group="gone")
    assert shown.page.nav["people"].isChecked()


def test_the_list_jumps_and_follows_scrolling(show, qtbot):
    shown = show(height=600)
    page = shown.page
    qtbot.mouseClick(page.nav["look"], LEFT)
    assert page.area.verticalScrollBar().value() == shown.group("look").y()
    assert page.nav["look"].isChecked()
    bar = page.area.verticalScrollBar()
    bar.setValue(0)
    assert page.nav["people"].isChecked()
    bar.setValue(bar.maximum())
    assert page.nav["privacy"].isChecked()
    assert [one for one in page.nav.values() if one.isChecked()] == [page.nav["privacy"]]


def test_the_list_is_walked_with_the_arrow_keys(show, qtbot):
    shown = show()
    shown.page.nav["people"].setFocus()
    qtbot.keyClick(shown.page.nav["people"], Qt.Key.Key_Down)
    assert shown.page.focusWidget() is shown.page.nav["reminders"]
    qtbot.keyClick(shown.page.nav["reminders"], Qt.Key.Key_Space)
    assert shown.page.area.verticalScrollBar().value() == shown.group("reminders").y()


# ---- the look of it ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("width", "scale", "listed"), [(1280, 1.0, True), (900, 1.0, False), (1280, 1.5, False)]
)
def test_list_and_pairs_stand_side_by_side_where_there_is_room(show, theme, width, scale, listed):
    theme.set_scale(scale)
    shown = show(width=width)
    assert shown.page.list.isVisible() is listed
    people, reminders = shown.group("people"), shown.group("reminders")
    for one, other in (
        (people.emergency, people.poison), (reminders.morning, reminders.evening),
    ):  # fmt: skip
        assert (one.y() == other.y()) is listed
        assert (one.x() == other.x()) is not listed


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (640, 1.0), (900, 2.0), (1280, 2.0)])
def test_nothing_is_cut_and_nothing_lies_over_another(show, family, theme, width, scale):
    family.house.people.save_person(Person(id="long", name=LONG))
    theme.set_scale(scale)
    shown = show(width=width)
    page = shown.page
    for _ in range(3):
        QApplication.processEvents()
    for key, group in page.groups.items():
        assert group.width() <= page.area.viewport().width()
        parts = [one for one in group.findChildren(QWidget) if one.isVisible()]
        for part in parts:
            box = part.rect().translated(part.mapTo(group, part.rect().topLeft()))
            assert group.rect().contains(box), (key, part, box)
        for part in [one for one in parts if one.parentWidget() is group]:
            needed = part.minimumSizeHint().height()
            if part.hasHeightForWidth():
                needed = part.heightForWidth(part.width())
            assert part.height() >= needed - 1, (key, part)
    row = next(one for one in page.findChildren(PersonRow) if LONG in one.accessibleName())
    assert row.toolTip() == LONG


def test_every_control_has_a_name_and_room_for_a_finger(show, theme):
    shown = show()
    for one in shown.page.findChildren(QPushButton):
        if one.isVisible():
            assert one.accessibleName() or one.text()
            assert one.height() >= 44
    for one in shown.page.findChildren(QWidget):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible():
            assert one.accessibleName(), one


def test_tab_goes_through_in_reading_order(show):
    shown = show()
    page = shown.page
    page.back.setFocus()
    seen: list[QWidget] = []
    for _ in range(60):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    order = [shown.group(key) for key in ICONS]
    places = [order.index(g) for one in seen for g in order if g.isAncestorOf(one)]
    firsts = [places.index(number) for number in range(5)]
    assert firsts == sorted(firsts)


def test_nothing_is_made_before_it_is_shown(qapp, family, theme, qtbot):
    actions = AppActions(lambda path: Path("b"), lambda _path: None, lambda: False)
    window = QWidget()
    qtbot.addWidget(window)
    files = FileActions(family.house, theme, actions, lambda: Later, window)
    page = SettingsPage(family.house, theme, files, lambda: None)
    qtbot.addWidget(page)
    family.house.settings.set("emergency_number", "112")
    page.refresh(None)
    assert page.groups == {}


def test_a_change_while_it_is_hidden_is_shown_when_it_comes_back(show, family):
    shown = show()
    shown.stack.setCurrentIndex(0)
    family.house.settings.set("emergency_number", "112")
    assert shown.group("people").emergency.line.text() == ""
    shown.stack.setCurrentIndex(1)
    assert shown.group("people").emergency.line.text() == "112"


def test_a_backup_that_fails_is_said(show, family, theme, qtbot):
    shown = show()

    def fail(_path: Path | None) -> Path:
        raise DiskTrouble("export.disk", path="b")

    shown.files._actions = AppActions(fail, lambda _path: None, lambda: False)
    shown.files.back_up_to(None)
    assert shown.said[0].startswith("The disk is full")
