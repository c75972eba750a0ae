"""What is typed into the quick entry is kept by itself, and lost by nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Note, Person
from caregiver_app.errors import DataBusy
from caregiver_app.gui.bridge import ChangeBridge
from caregiver_app.gui.support.note_keeper import LONGEST_MS, PAUSE_MS
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.gui.theme import Theme
from caregiver_app.services.care import Change
from caregiver_app.services.note_writing import NoteVisit
from tests.gui.support.notes_tab import listed, notes, opened, texts, typed
from tests.gui.tabs_family import Family, button, open_family, rosas_family, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> SupportTab:
    return opened(qtbot, family)


def wait_a_second(tab: SupportTab) -> None:
    """Let the pause after the last key be over, without waiting for it."""
    pause = tab.notes.entry.keeper._pause
    assert pause.isActive(), "the last key started the pause"
    assert pause.interval() == PAUSE_MS == 1_000
    pause.stop()
    pause.timeout.emit()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Nothing can be kept until the list is emptied."""
    state = [True]
    real = NoteVisit.keep

    def keep(self: NoteVisit, note: Note, *, quiet: bool = True) -> Note:
        if state:
            raise DataBusy("data.busy", path="x")
        return real(self, note, quiet=quiet)

    monkeypatch.setattr(NoteVisit, "keep", keep)
    return state


def test_a_second_after_the_last_key_it_is_kept(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    typed(qtbot, tab, "She laughed")
    assert notes(family) == []
    wait_a_second(tab)
    assert texts(family) == ["She laughed"]
    assert tab.notes.entry.words.text() == "She laughed", "it can be gone on with"
    assert listed(tab) == [], "and stands there once"
    assert "Kept at 18:00" in visible_text(tab)
    typed(qtbot, tab, " out loud")
    wait_a_second(tab)
    assert texts(family) == ["She laughed out loud"]
    family.house.care.undo()
    assert notes(family) == []
    assert tab.notes.entry.words.text() == "", "what was taken back is gone from the page too"


def test_the_real_clock_keeps_it_too(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    typed(qtbot, tab, "She laughed")
    qtbot.waitUntil(lambda: texts(family) == ["She laughed"], timeout=3_000)


def test_who_writes_without_a_pause_has_it_kept_too(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    longest = tab.notes.entry.keeper._longest
    typed(qtbot, tab, "On and on")
    assert longest.isActive()
    assert longest.interval() == LONGEST_MS <= 2_000
    longest.timeout.emit()
    assert texts(family) == ["On and on"]


def test_a_mood_alone_is_no_note_and_goes_with_the_words(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    qtbot.mouseClick(tab.notes.entry.mood.segments[0], Qt.MouseButton.LeftButton)
    assert not tab.notes.entry.keeper.unkept
    typed(qtbot, tab, "Fine")
    wait_a_second(tab)
    qtbot.mouseClick(tab.notes.entry.mood.segments[1], Qt.MouseButton.LeftButton)
    wait_a_second(tab)
    assert [(note.text, note.mood) for note in notes(family)] == [("Fine", "so-so")]


def leave_by_focus(tab: SupportTab) -> None:
    tab.notes.entry.words.area.setFocus()
    tab.notes.entry.save.setFocus()


def leave_by_tab(tab: SupportTab) -> None:
    tab.hide()


def leave_by_closing(tab: SupportTab) -> None:
    tab.window().close()


def leave_by_person(tab: SupportTab) -> None:
    tab.set_person("mei")


def leave_by_quitting(tab: SupportTab) -> None:
    QApplication.instance().aboutToQuit.emit()


def leave_by_session_end(tab: SupportTab) -> None:
    # Qt's own signal wants a session manager, which only a desktop has.
    tab.notes.entry.keeper._session_ends()


def leave_by_opening(tab: SupportTab) -> None:
    tab.open_item("note", "nothing")


LEAVING = [
    leave_by_focus,
    leave_by_tab,
    leave_by_closing,
    leave_by_person,
    leave_by_quitting,
    leave_by_session_end,
    leave_by_opening,
]


@pytest.mark.parametrize("leave", LEAVING, ids=lambda way: way.__name__)
def test_whoever_leaves_has_it_kept_at_once(
    qtbot: QtBot, tab: SupportTab, family: Family, leave: object
) -> None:
    family.house.people.save_person(Person(id="mei", name="Mei"))
    typed(qtbot, tab, "Not to be lost")
    assert notes(family) == []
    assert callable(leave)
    leave(tab)
    assert [(note.text, note.person) for note in notes(family)] == [("Not to be lost", "rosa")]


def test_another_person_begins_an_empty_note(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="Mei"))
    tab.set_person("rosa")
    typed(qtbot, tab, "Of Rosa")
    tab.set_person("mei")
    assert tab.notes.entry.words.text() == ""
    assert tab.notes.entry.words.label.text().startswith("How was Mei today?")
    typed(qtbot, tab, "Of Mei")
    tab.set_person("rosa")
    assert {note.text: note.person for note in notes(family)} == {
        "Of Rosa": "rosa",
        "Of Mei": "mei",
    }
    assert [line.text for line in listed(tab)] == ["Of Rosa"]


def test_among_everybody_it_is_chosen_whom_to_write_about(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    entry = tab.notes.entry
    assert not entry.whom.isVisible(), "there is nobody else"
    family.house.people.save_person(Person(id="mei", name="Mei"))
    assert entry.whom.isVisible()
    typed(qtbot, tab, "Of Rosa")
    qtbot.mouseClick(entry.save, Qt.MouseButton.LeftButton)
    typed(qtbot, tab, "Of Mei")
    wait_a_second(tab)
    entry.whom.set_value("rosa" if entry.whom.value() == "mei" else "mei")
    assert entry.words.text() == "Of Mei", "what stands here goes along"
    qtbot.mouseClick(entry.save, Qt.MouseButton.LeftButton)
    found = {note.text: note.person for note in notes(family)}
    assert set(found.values()) == {"rosa", "mei"}
    assert [line.text for line in listed(tab)] == ["Of Mei"]
    tab.set_person("rosa")
    assert not entry.whom.isVisible()


def test_coming_back_to_the_tab_goes_on_with_the_note(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    typed(qtbot, tab, "Half a")
    tab.hide()
    tab.show()
    assert tab.notes.entry.words.text() == "Half a"
    qtbot.keyClick(tab.notes.entry.words.area, Qt.Key.Key_End)
    typed(qtbot, tab, " thought")
    wait_a_second(tab)
    assert texts(family) == ["Half a thought"]
    family.house.care.undo()
    assert texts(family) == ["Half a"], "each visit to a note is one step"
    assert tab.notes.entry.words.text() == "Half a"


def test_an_emptied_note_is_none(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    typed(qtbot, tab, "N")
    wait_a_second(tab)
    qtbot.keyClick(tab.notes.entry.words.area, Qt.Key.Key_Backspace)
    wait_a_second(tab)
    assert "An empty note is not kept." in visible_text(tab)
    tab.hide()
    assert notes(family) == []
    assert family.house.care.store.undo_label() is None, "and there is nothing to take back"


def test_what_cannot_be_kept_stays_and_says_so(
    qtbot: QtBot, tab: SupportTab, family: Family, broken: list[bool]
) -> None:
    typed(qtbot, tab, "Not to be lost")
    wait_a_second(tab)
    assert "Not kept yet. Your words are still here." in visible_text(tab)
    qtbot.mouseClick(tab.notes.entry.save, Qt.MouseButton.LeftButton)
    assert tab.notes.entry.words.text() == "Not to be lost"
    tab.set_person("rosa")
    assert tab.notes.entry.words.text() == "Not to be lost"
    broken.clear()
    qtbot.mouseClick(button(tab, "Try again to keep this note"), Qt.MouseButton.LeftButton)
    assert texts(family) == ["Not to be lost"]
    assert "Not kept yet" not in visible_text(tab)


def test_words_that_could_not_be_kept_stay_of_whom_they_are(
    qtbot: QtBot, tab: SupportTab, family: Family, broken: list[bool]
) -> None:
    family.house.people.save_person(Person(id="mei", name="Mei"))
    tab.set_person("rosa")
    typed(qtbot, tab, "Of Rosa")
    tab.set_person("mei")
    label = tab.notes.entry.words.label
    assert tab.notes.entry.words.text() == "Of Rosa"
    assert label.text().startswith("How was Rosa today?"), "the words are not of Mei"
    broken.clear()
    qtbot.mouseClick(button(tab, "Try again to keep this note"), Qt.MouseButton.LeftButton)
    assert tab.notes.entry.words.text() == ""
    assert label.text().startswith("How was Mei today?")
    typed(qtbot, tab, "Of Mei")
    wait_a_second(tab)
    assert {note.text: note.person for note in notes(family)} == {
        "Of Rosa": "rosa",
        "Of Mei": "mei",
    }


def test_who_is_entered_while_the_tab_lies_open_gets_the_note(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    tab = opened(qtbot, family)
    for key, name in (("rosa", "Rosa"), ("mei", "Mei")):
        family.house.people.save_person(Person(id=key, name=name))
    assert tab.notes.entry.words.label.text().startswith("How was Mei today?")
    typed(qtbot, tab, "She laughed")
    wait_a_second(tab)
    assert [(note.text, note.person) for note in notes(family)] == [("She laughed", "mei")]
    family.close()


def test_a_window_with_words_that_cannot_be_kept_closes_at_the_second_time(
    qtbot: QtBot, family: Family, broken: list[bool]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tab = SupportTab(family.house, Theme())
    QVBoxLayout(window).addWidget(tab)
    window.show()
    typed(qtbot, tab, "Not to be lost")
    assert not window.close()
    assert window.isVisible()
    assert "Not kept yet" in visible_text(tab)
    assert window.close()


def test_a_window_whose_words_were_kept_closes_at_once(qtbot: QtBot, family: Family) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tab = SupportTab(family.house, Theme())
    QVBoxLayout(window).addWidget(tab)
    window.show()
    typed(qtbot, tab, "Kept")
    assert window.close()
    assert texts(family) == ["Kept"]


def test_save_begins_the_next_note(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    typed(qtbot, tab, "One")
    qtbot.mouseClick(tab.notes.entry.save, Qt.MouseButton.LeftButton)
    typed(qtbot, tab, "Two")
    qtbot.mouseClick(tab.notes.entry.save, Qt.MouseButton.LeftButton)
    assert sorted(texts(family)) == ["One", "Two"]
    family.house.care.undo()
    assert texts(family) == ["One"]


def test_ctrl_enter_saves(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    typed(qtbot, tab, "One")
    area = tab.notes.entry.words.area
    qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert texts(family) == ["One"]
    assert tab.notes.entry.words.text() == ""
    assert "Kept at 18:00" in visible_text(tab)


def test_looking_into_another_room_leaves_what_is_being_written(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    typed(qtbot, tab, "Half a")
    qtbot.mouseClick(tab.rooms.cards["company"], Qt.MouseButton.LeftButton)
    assert tab.notes.entry.words.text() == "Half a"
    qtbot.mouseClick(tab.notes.entry.save, Qt.MouseButton.LeftButton)
    typed(qtbot, tab, "Next")
    qtbot.mouseClick(tab.notes.entry.save, Qt.MouseButton.LeftButton)
    assert {note.text: note.room for note in notes(family)} == {
        "Half a": "listening",
        "Next": "company",
    }


def test_ctrl_z_in_the_box_is_the_boxes_own(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    typed(qtbot, tab, "One")
    wait_a_second(tab)
    typed(qtbot, tab, " two")
    qtbot.keyClick(tab.notes.entry.words.area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert texts(family) == ["One"], "nothing that is kept was taken back"
    assert tab.notes.entry.words.text() != "One two"


def test_no_banner_comes_up_while_somebody_writes(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    bridge = ChangeBridge(family.house, lambda: False)
    told: list[str] = []
    changed: list[Change] = []
    bridge.told.connect(told.append)
    bridge.changed.connect(changed.append)
    typed(qtbot, tab, "One")
    wait_a_second(tab)
    assert told == []
    assert [change.quiet for change in changed] == [True]
    assert bridge.undo_words() == "New note", "it can be taken back all the same"


def test_a_note_that_cannot_be_read_any_more_is_not_taken_for_deleted(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    typed(qtbot, tab, "She laughed")
    wait_a_second(tab)
    damage(family, by=1)
    tab.look_again()
    assert tab.notes.entry.words.text() == "She laughed"
    typed(qtbot, tab, " out loud")
    wait_a_second(tab)
    assert tab.notes.entry.words.text() == "She laughed out loud"
    assert tab.notes.entry.keeper.trouble is not None, "what could not be kept is told"
    damage(family, by=-1)
    tab.notes.entry.keeper.keep()
    assert texts(family) == ["She laughed out loud"]


def damage(family: Family, by: int) -> None:
    with closing(sqlite3.connect(family.house.care.store.path)) as raw:
        assert raw.execute("UPDATE note SET crc = crc + ?", (by,)).rowcount == 1
        raw.commit()
