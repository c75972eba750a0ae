"""Recently deleted and erasing for good, as somebody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Appointment, Note, Person
from caregiver_app.errors import DiskTrouble
from caregiver_app.gui.app import make_window
from caregiver_app.gui.erasing.deleted_sheet import DeletedSheet
from caregiver_app.gui.erasing.erase_sheet import REMOVE, EraseSheet
from caregiver_app.gui.file_actions import AppActions, FileActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.over_places import OverPlaces
from caregiver_app.gui.settings.erasing_part import ErasingPart
from caregiver_app.gui.theme import Theme
from caregiver_app.integrations import sealed
from caregiver_app.services import erasing as services
from caregiver_app.services.entries import EntryService
from caregiver_app.storage import erasing
from tests.factories import line
from tests.gui.fit import cut_words, overlapping, small_targets, sticking_out, untold
from tests.gui.looks import undescribed, unnamed, unreached
from tests.gui.tabs_family import Family, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton
CANARY = "Zeisigkanarienwort"


class Below(QWidget):
    """A window with files, as the main one has."""

    def __init__(self, family: Family, theme: Theme) -> None:
        super().__init__()
        self.after: list[str] = []
        actions = AppActions(
            lambda path: path or Path("b"), lambda _path: None, lambda: False, self.after.append
        )
        self.files = FileActions(family.house, theme, actions, lambda: Later, self)
        self.said: list[str] = []
        self.told: list[str] = []
        files = self.files
        files.said.connect(self.said.append)
        files.resting.connect(lambda on: self.told.append(f"resting {on}"))
        for name in ("restoring", "stayed", "restored"):
            getattr(files, name).connect(lambda name=name: self.told.append(name))


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    folder = tmp_path / "data"
    folder.mkdir()
    made = rosas_family(folder)
    house = made.house
    house.people.save_person(Person(id="mei", name="王梅"))
    for name, text in (("n1", f"{CANARY} and tea"), ("n2", "The garden"), ("n3", "Kept")):
        house.support.save_note(Note(id=name, person="rosa", text=text, at=made.clock.now()))
    house.support.remove_note("n1")
    house.support.remove_note("n2")
    house.agenda.remove(_added(made))
    house.backups.make()
    yield made
    made.close()


def _added(family: Family) -> str:
    told = line("appointment", id="dentist", person="rosa", type="other", title="Dentist",
                start="2026-04-02T09:30", zone="America/New_York", minutes=30)  # fmt: skip
    return EntryService(family.house).take(told)


@pytest.fixture
def window(qtbot, family: Family, theme: Theme) -> Iterator[Below]:
    made = Below(family, theme)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    sheet = made.files.sheet
    if sheet is not None and isValid(sheet):
        sheet.done(0)
    made.close()


@pytest.fixture
def deleted(qtbot, window: Below) -> Iterator[DeletedSheet]:
    window.files.show_deleted()
    sheet = window.files.sheet
    assert isinstance(sheet, DeletedSheet)
    qtbot.waitExposed(sheet)
    yield sheet
    if isValid(sheet):
        sheet.done(0)


def question(window: Below) -> EraseSheet:
    sheet = window.files.sheet
    assert isinstance(sheet, EraseSheet)
    return sheet


def erase(qtbot, window: Below) -> None:
    sheet = question(window)
    with qtbot.waitSignal(sheet.erased, timeout=20_000):
        qtbot.mouseClick(sheet.primary, LEFT)
    qtbot.waitUntil(lambda: bool(window.said) or "restored" in window.told, timeout=5_000)


def titles(sheet: DeletedSheet) -> list[str]:
    return [row.title.text() for row in sheet.rows]


def asked(family: Family, theme: Theme, window: Below, scope: services.Scope) -> str:
    """What the question says."""
    sheet = EraseSheet(family.house, theme, scope, "Erase", "", window)
    sheet.open()
    words = visible_text(sheet).replace("\u200b", "")
    sheet.reject()
    return words


def left(family: Family) -> list[str]:
    return [
        path.name
        for path in family.folder.rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes()
    ]


# -- Recently deleted -------------------------------------------------------------------------


def test_what_was_deleted_is_listed_by_day_with_how_long_it_stays(deleted: DeletedSheet):
    assert sorted(titles(deleted)) == ["Dentist", "The garden", f"{CANARY} and tea"]
    words = visible_text(deleted)
    assert "Today" in words
    assert "Appointment · of Thu 2 Apr · Rosa Marín" in words
    assert "Private note · of Fri 20 Mar · Rosa Marín" in words
    assert "Deleted at 18:00. Can be brought back until Sun 19 Apr." in words


def test_one_kind_alone_can_be_looked_at(deleted: DeletedSheet):
    assert deleted.kind.isVisibleTo(deleted)
    deleted.kind.set_value("appointment")
    assert titles(deleted) == ["Dentist"]


def test_an_entry_comes_back_by_the_keyboard(qtbot, family: Family, deleted: DeletedSheet):
    row = next(row for row in deleted.rows if row.title.text() == "The garden")
    row.back.setFocus()
    qtbot.keyClick(row.back, Qt.Key.Key_Return)
    assert "The garden" not in titles(deleted)
    assert family.house.care.store.get(Note, "n2") is not None
    assert family.house.care.undo() == ("done.brought_back", {"title": "The garden"})


def test_what_cannot_come_back_says_why(qtbot, family: Family, deleted: DeletedSheet):
    row = next(row for row in deleted.rows if row.title.text() == "Dentist")
    care = family.house.care
    gone = care.store.get(Appointment, "dentist", deleted=True)
    assert gone is not None
    with care.change("x"):
        care.store.put(replace(gone, id="dentist-again"))
    qtbot.mouseClick(row.back, LEFT)
    assert "is in the calendar again" in visible_text(deleted.trouble)
    assert "Dentist" in titles(deleted)


def test_erasing_one_asks_first_and_then_no_byte_holds_it(
    qtbot, family: Family, window: Below, deleted: DeletedSheet
):
    assert left(family) != []
    row = next(row for row in deleted.rows if CANARY in row.title.text())
    qtbot.mouseClick(row.erase, LEFT)
    words = visible_text(question(window))
    assert "Erase this for good?" in words
    assert f"Private note: {CANARY} and tea" in words
    assert "This goes: 1 note." in words
    assert [card.accessibleName() for card in question(window).cards if card.isChecked()] == [
        "Take it out of them"
    ]
    assert left(family) != []
    erase(qtbot, window)
    assert left(family) == []
    assert sorted(titles(deleted)) == ["Dentist", "The garden"]
    assert window.said == ["Erased for good."]
    assert window.told == ["resting True", "resting False"]
    assert family.house.backups.newest() is not None
    assert family.house.care.undo() is None


def test_leaving_it_erases_nothing(qtbot, family: Family, window: Below, deleted: DeletedSheet):
    qtbot.mouseClick(deleted.rows[0].erase, LEFT)
    qtbot.keyClick(question(window), Qt.Key.Key_Escape)
    assert len(titles(deleted)) == 3
    assert left(family) != []


def test_enter_alone_never_erases(qtbot, family: Family, window: Below, deleted: DeletedSheet):
    qtbot.mouseClick(deleted.rows[0].erase, LEFT)
    sheet = question(window)
    assert sheet.focusWidget() is sheet.cancel, "the keyboard begins at the way out"
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(sheet.cards[0], Qt.Key.Key_Return, control)
    assert sheet.isVisible()
    qtbot.keyClick(sheet.cards[0], Qt.Key.Key_Return)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert len(family.house.deleted.recent()) == 3


def test_the_way_out_is_the_filled_button_and_stands_last(
    qtbot, window: Below, deleted: DeletedSheet
):
    qtbot.mouseClick(deleted.rows[0].erase, LEFT)
    sheet = question(window)
    assert (sheet.cancel.kind, sheet.primary.kind) == ("primary", "plain")
    assert sheet.cancel.isDefault()
    assert not sheet.primary.isDefault()
    assert sheet.cancel.x() > sheet.primary.x()


def test_all_of_them_can_be_erased_and_the_backups_removed(
    qtbot, family: Family, window: Below, deleted: DeletedSheet
):
    qtbot.mouseClick(deleted.all_button, LEFT)
    sheet = question(window)
    assert "Erase all 3 for good?" in visible_text(sheet)
    card = next(card for card in sheet.cards if card.key == REMOVE)
    qtbot.mouseClick(card, LEFT)
    erase(qtbot, window)
    assert titles(deleted) == []
    assert "Nothing was deleted in the last 30 days" in visible_text(deleted)
    assert left(family) == []
    assert len(erasing.copies(family.folder)) == 1


def test_what_could_not_be_done_everywhere_is_said(
    qtbot, family: Family, window: Below, deleted: DeletedSheet, monkeypatch
):
    def refuse(*_told: object) -> bool:
        raise OSError(28, "full")

    monkeypatch.setattr(erasing, "_cleaned", refuse)
    qtbot.mouseClick(deleted.rows[0].erase, LEFT)
    erase(qtbot, window)
    assert window.said[0].startswith("Erased here. Some of the program’s copies still hold it:")
    assert erasing.pending(family.house.care.store.path) is not None
    monkeypatch.undo()
    outcome = family.house.erasing.go_on()
    assert outcome is not None
    assert outcome.trouble is None


def test_a_full_disk_erases_nothing_and_the_question_stays(
    qtbot, family: Family, window: Below, deleted: DeletedSheet, monkeypatch
):
    def refuse(*_told: object, **_more: object) -> None:
        raise DiskTrouble("disk.full", path="x")

    monkeypatch.setattr(erasing, "erase", refuse)
    qtbot.mouseClick(deleted.rows[0].erase, LEFT)
    sheet = question(window)
    qtbot.mouseClick(sheet.primary, LEFT)
    qtbot.waitUntil(sheet.trouble.isVisible, timeout=5000)
    assert sheet.primary.isEnabled()
    assert len(family.house.deleted.recent()) == 3
    assert window.told == ["resting True", "resting False"]


# -- A person, everything ---------------------------------------------------------------------


def test_a_person_is_erased_after_a_tick(qtbot, family: Family, theme: Theme, window: Below):
    part = ErasingPart(family.house, theme, window.files)
    qtbot.addWidget(part)
    part.show_kept()
    assert [button.words for button in part.people] == [
        "Erase all about Rosa Marín…",
        "Erase all about 王梅…",
    ]
    qtbot.mouseClick(part.people[0], LEFT)
    sheet = question(window)
    words = visible_text(sheet)
    assert "Rosa Marín" in words
    assert "1 note" in words.replace("3 notes", "1 note")
    assert not sheet.primary.isEnabled(), "the tick comes first"
    assert family.house.people.person("rosa") is not None
    assert sheet.sure is not None
    qtbot.mouseClick(sheet.sure, LEFT)
    qtbot.mouseClick(sheet.sure, LEFT)
    assert not sheet.primary.isEnabled(), "taken back"
    qtbot.mouseClick(sheet.sure, LEFT)
    erase(qtbot, window)
    assert [one.name for one in family.house.people.people()] == ["王梅"]
    assert left(family) == []
    assert family.house.agenda.next_visit("rosa") is None
    part.show_kept()
    assert [button.words for button in part.people] == ["Erase all about 王梅…"]


def test_everything_is_erased_and_the_window_opens_anew(qtbot, family: Family, window: Below):
    window.files.erase_everything()
    sheet = question(window)
    qtbot.waitExposed(sheet)
    words = visible_text(sheet)
    assert "All people, all entries, all settings." in words
    assert "The backup that the program keeps goes as well." in words
    assert sheet.cards == []
    assert sheet.sure is not None
    sheet.sure.setFocus()
    qtbot.keyClick(sheet.sure, Qt.Key.Key_Space)
    erase(qtbot, window)
    assert window.told[0] == "restoring"
    gone = "Erased for good. The backups that held it were removed. Everything is gone, and the"
    assert window.after == [f"{gone} program begins anew."], "the next window says so"
    assert window.told[-1] == "restored"
    again = family.again()
    assert again.house.people.people() == []
    assert again.house.settings.text("emergency_number", "") == ""
    assert erasing.copies(family.folder) == []
    assert left(family) == []
    again.close()


def test_recently_deleted_is_a_place_to_go(qtbot, family: Family, theme: Theme, window: Below):
    over = OverPlaces(family.house, theme, lambda: Later, window)
    assert "deleted" in over
    over.open("deleted", "", "")
    assert isinstance(window.files.sheet, DeletedSheet)


# -- How it looks -----------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_word_fits_and_everything_is_reached(
    qtbot, theme: Theme, window: Below, deleted: DeletedSheet, scale: float
):
    theme.set_scale(scale)
    if scale == 1.0:
        assert unreached(deleted) == []
    sheets: list[QWidget] = [deleted]
    qtbot.mouseClick(deleted.rows[0].erase, LEFT)
    sheets.append(question(window))
    for sheet in sheets:
        assert unnamed(sheet) == []
        assert undescribed(sheet) == []
        assert cut_words(sheet) == []
        assert overlapping(sheet) == []
        assert sticking_out(sheet) == []
        assert list(small_targets(sheet)) == []
        assert untold(sheet) == []


# ---- backups with a passphrase -------------------------------------------------------------------
def lock(path: Path) -> Path:
    path.write_bytes(sealed.MARK + b"sealed")
    return path


def test_backups_with_a_passphrase_are_named_where_the_program_looks(
    qtbot, family: Family, theme: Theme, window: Below, tmp_path: Path
):
    second = tmp_path / "second"
    second.mkdir()
    family.house.backups.choose_place(second)
    stay = [lock(second / "mine.sealed"), lock(family.folder / "of any name")]
    goes = lock(family.folder / "backups" / "caregiver-locked.sealed")
    (second / "holiday.jpg").write_bytes(b"x")
    sheet = EraseSheet(
        family.house, theme, family.house.erasing.of_person("mei"), "Erase", "", window
    )
    window.files.open(sheet)
    text = visible_text(sheet).replace("\u200b", "")
    assert "2 backups with a passphrase may hold it" in text
    assert "delete them by hand" in text
    assert all(str(path) in text for path in stay)
    assert str(goes) not in text, "it is one of the copies that lose it"
    assert "holiday" not in text
    family.house.erasing.erase(family.house.erasing.of_everything(), remove_copies=True)
    assert [path.exists() for path in (*stay, goes)] == [True, True, False], "as it was told"
    sheet.reject()


def test_it_says_truly_which_backups_hold_it(family: Family, theme: Theme, window: Below, tmp_path):
    house = family.house
    house.support.save_note(Note(id="n9", person="rosa", text="New", at=family.clock.now()))
    house.support.remove_note("n9")
    scope = house.erasing.of_entries([("note", "n9")])
    words = asked(family, theme, window, scope)
    assert "Take it out of them" not in words
    assert "None of the backups that the program keeps holds it." in words
    assert "What you did before can’t be undone any more either." in words
    assert "stays where you put it" in words
    assert "is cleaned too" not in words
    second = tmp_path / "second"
    second.mkdir()
    house.backups.choose_place(second)
    made = house.backups.make()
    house.backups.follow(house.backups.place())
    scope = house.erasing.of_entries([("note", "n1")])
    assert (scope.copies, scope.elsewhere, scope.every) == (2, 1, 2), made
    words = asked(family, theme, window, scope)
    told = f"It is also in 2 of the backups that the program keeps, 1 of them in {second}."
    assert told in words
    cards = EraseSheet(house, theme, scope, "Erase", "", window).cards
    assert [card.accessibleName() for card in cards][1] == "Remove all 2 backups"
    assert f"The second place for backups, {second}, is cleaned too." in words
    second.rename(tmp_path / "away")
    scope = house.erasing.of_entries([("note", "n1")])
    words = asked(family, theme, window, scope)
    assert "is cleaned too" not in words
    assert "The second folder for backups is not there now." in words


def test_what_was_deleted_is_told_apart_and_what_was_erased_is_not_counted(
    family: Family, theme: Theme, window: Below
):
    house = family.house
    scope = house.erasing.of_entries([("note", "n1")])
    house.erasing.erase(scope, remove_copies=False)
    house.erasing.ended()
    scope = house.erasing.of_person("rosa")
    assert scope.counts["note"] == len(house.support.notes("rosa"))
    words = asked(family, theme, window, scope)
    assert "2 more that were deleted and can still be brought back" in words
    assert "belong to them" not in words


def test_many_of_them_are_counted_and_none_says_nothing(
    family: Family, theme: Theme, window: Below
):
    scope = family.house.erasing.of_person("mei")
    assert EraseSheet(family.house, theme, scope, "Erase", "", window).locked is None
    for number in range(9):
        lock(family.folder / f"{number}.sealed")
    scope = family.house.erasing.of_person("mei")
    sheet = EraseSheet(family.house, theme, scope, "Erase", "", window)
    assert sheet.locked is not None
    assert "and 3 more there" in sheet.locked._consequence.text()


# ---- with very much of it ------------------------------------------------------------------------
def test_with_very_much_it_says_that_it_is_looking_before_it_asks(
    qtbot, family: Family, window: Below, monkeypatch
):
    erasing_service = family.house.erasing
    seen: list[tuple[Qt.CursorShape | None, list[str]]] = []
    counted = erasing_service.of_person

    def look(person: str):
        pointer = QApplication.overrideCursor()
        seen.append((None if pointer is None else pointer.shape(), list(window.said)))
        return counted(person)

    monkeypatch.setattr(erasing_service, "of_person", look)
    window.files.erase_person("mei")
    monkeypatch.setattr(services, "_MUCH", 0)
    window.files.erase_person("mei")
    words = "One moment: looking at all that belongs to it."
    assert seen == [(Qt.CursorShape.WaitCursor, []), (Qt.CursorShape.WaitCursor, [words])]
    assert QApplication.overrideCursor() is None


def test_the_pointer_says_that_it_works(qtbot, family: Family, theme: Theme, window: Below):
    scope = family.house.erasing.of_person("mei")
    sheet = EraseSheet(family.house, theme, scope, "Erase", "", window)
    window.files.open(sheet)
    sheet._set_working(works=True)
    assert sheet.cursor().shape() == Qt.CursorShape.BusyCursor
    sheet._set_working(works=False)
    assert sheet.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_the_window_says_what_is_gone(qtbot, family: Family, theme: Theme):
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    window = make_window(family.house, theme, actions, lambda: Later, tab_class)
    window.resize(1280, 860)
    window.show()
    qtbot.waitExposed(window)
    window.open("settings", "privacy")
    window.files.erase_person("mei")
    sheet = window.files.sheet
    assert isinstance(sheet, EraseSheet)
    assert sheet.sure is not None
    qtbot.mouseClick(sheet.sure, LEFT)
    with qtbot.waitSignal(sheet.erased, timeout=20_000):
        qtbot.mouseClick(sheet.primary, LEFT)
    said = "Erased for good. Everything about 王梅 is gone."
    qtbot.waitUntil(lambda: window.banner.words() == said)
    qtbot.wait(300)
    assert window.banner.isVisible()
    assert window.banner.words() == said
    window.bridge.stop()
    window.hide()
    window.deleteLater()
