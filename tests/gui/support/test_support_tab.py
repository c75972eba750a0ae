"""The support tab as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Note, Question
from caregiver_app.errors import DataBusy
from caregiver_app.gui.support.model import NoteLine, marks
from caregiver_app.gui.support.notes_list import LINE_ROLE
from caregiver_app.gui.support.sheets import NoteSheet, QuestionSheet
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import Family, button, open_family, rosas_family, shown, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def opened(qtbot: QtBot, family: Family) -> SupportTab:
    theme = Theme()
    tab = SupportTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme))
    return tab


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> SupportTab:
    return opened(qtbot, family)


def notes(family: Family) -> list[Note]:
    return family.house.care.store.all(Note)


def write(qtbot: QtBot, tab: SupportTab, text: str) -> None:
    tab.notes.words.set_text(text)
    qtbot.mouseClick(tab.notes.save, Qt.MouseButton.LeftButton)


def listed(tab: SupportTab) -> list[NoteLine]:
    model = tab.notes.list.model()
    return [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]


def sheet_of(kind: type) -> NoteSheet | QuestionSheet:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found
    return found[-1]


def test_a_note_is_written_with_room_and_mood(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    assert tab.notes.mood.value() is None, "no mood is chosen beforehand"
    qtbot.mouseClick(tab.rooms.cards["company"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.notes.mood.segments[2], Qt.MouseButton.LeftButton)
    write(qtbot, tab, "Slept in the chair.")
    (note,) = notes(family)
    assert (note.room, note.mood, note.text) == ("company", "low", "Slept in the chair.")
    assert tab.notes.words.text() == ""
    assert tab.notes.mood.value() is None
    assert listed(tab)[0].head == "Low · Today · Company"
    assert tab.rooms.cards["company"].accessibleDescription() == "1 note"


def test_a_room_shows_its_own_notes(qtbot: QtBot, tab: SupportTab) -> None:
    write(qtbot, tab, "One")
    qtbot.mouseClick(tab.rooms.cards["company"], Qt.MouseButton.LeftButton)
    assert listed(tab) == []
    assert "No notes here yet." in visible_text(tab)
    qtbot.mouseClick(tab.rooms.cards["company"], Qt.MouseButton.LeftButton)
    assert len(listed(tab)) == 1


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Die Ärztin war nett.", "arztin", "Ärztin"),
        ("她今天头痛，睡得早。", "头痛", "头痛"),
        ("A quiet evening", "QUIET", "quiet"),
    ],
)
def test_search_finds_and_marks(
    qtbot: QtBot, tab: SupportTab, text: str, query: str, found: str
) -> None:
    write(qtbot, tab, text)
    write(qtbot, tab, "Something else")
    tab.notes.finder.set_text(query)  # Qt's test keys type ASCII only
    (line,) = listed(tab)
    ((start, length),) = line.marks
    assert line.text[start : start + length] == found


def test_a_search_without_a_hit_says_so(qtbot: QtBot, tab: SupportTab) -> None:
    write(qtbot, tab, "One")
    qtbot.keyClicks(tab.notes.finder.line, "nowhere")
    assert "No note holds “nowhere”." in visible_text(tab)


def test_marks_begin_at_words() -> None:
    assert marks("unkind and kind", "kind") == ((11, 4),)
    assert marks("", "kind") == ()
    assert marks("text", "") == ()


def test_a_refused_save_keeps_the_text(
    qtbot: QtBot, tab: SupportTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(qtbot, tab, "   ")
    assert tab.notes.words.error()
    assert not notes(family)

    def busy(note: Note) -> Note:
        raise DataBusy("data.busy", path="x")

    monkeypatch.setattr(type(family.house.support), "save_note", lambda self, note: busy(note))
    write(qtbot, tab, "Not to be lost")
    assert tab.notes.words.text() == "Not to be lost"
    assert tab.notes.wrong.isVisible()


def test_a_note_is_changed_pinned_and_deleted(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    write(qtbot, tab, "First")
    write(qtbot, tab, "Second")
    first = next(note for note in notes(family) if note.text == "First")
    tab.open_item("note", first.id)
    sheet = sheet_of(NoteSheet)
    assert isinstance(sheet, NoteSheet)
    sheet.words.set_text("First, corrected")
    qtbot.mouseClick(sheet.pin, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert listed(tab)[0].text == "First, corrected"
    assert "pinned" in listed(tab)[0].head
    tab.open_item("note", first.id)
    again = sheet_of(NoteSheet)
    qtbot.mouseClick(again.delete, Qt.MouseButton.LeftButton)
    assert [note.text for note in notes(family)] == ["Second"]
    family.house.care.undo()
    assert len(notes(family)) == 2


def test_an_emptied_note_stays_in_its_sheet(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    write(qtbot, tab, "First")
    tab.open_item("note", notes(family)[0].id)
    sheet = sheet_of(NoteSheet)
    sheet.words.set_text("")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert sheet.words.error()
    assert notes(family)[0].text == "First"
    sheet.forget_changes()
    sheet.reject()


def test_questions_are_asked_answered_and_deleted(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    qtbot.keyClicks(tab.questions.words.line, "May the flu vaccine be given?")
    qtbot.keyClick(tab.questions.words.line, Qt.Key.Key_Return)
    (question,) = family.house.care.store.all(Question)
    assert "1 open" in visible_text(tab)
    tab.open_item("question", question.id)
    sheet = sheet_of(QuestionSheet)
    assert isinstance(sheet, QuestionSheet)
    sheet.answer.set_text("Two weeks before.")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert family.house.care.store.all(Question)[0].answer == "Two weeks before."
    assert "1 open" not in visible_text(tab)
    rows = tab.questions.list
    rows.setCurrentIndex(rows.model().index(0, 0))
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert family.house.care.store.all(Question) == []


def test_an_empty_question_is_refused(qtbot: QtBot, tab: SupportTab) -> None:
    qtbot.mouseClick(button(tab, "Add the question"), Qt.MouseButton.LeftButton)
    assert tab.questions.words.error()


def test_notes_are_there_after_a_restart(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    write(qtbot, tab, "Die Ärztin war nett.")
    later = family.again()
    again = opened(qtbot, later)
    qtbot.keyClicks(again.notes.finder.line, "arztin")
    assert [line.text for line in listed(again)] == ["Die Ärztin war nett."]
    later.close()


def test_many_notes_come_in_pages(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    for number in range(35):
        family.house.support.save_note(
            Note(id="", person="rosa", text=f"Note {number}", at=family.clock.at)
        )
    assert len(listed(tab)) == 30
    qtbot.mouseClick(button(tab, "Older notes"), Qt.MouseButton.LeftButton)
    assert len(listed(tab)) == 35


def test_markup_stays_letters(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    write(qtbot, tab, "<b>bold</b> & <img src=x>")
    said = tab.notes.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("<b>bold</b> & <img src=x>")


def test_privacy_is_said(tab: SupportTab) -> None:
    assert "private, left out of every print" in visible_text(tab)


def test_without_anybody_a_note_can_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    tab = opened(qtbot, family)
    write(qtbot, tab, "First note")
    assert len(listed(tab)) == 1
    family.close()
