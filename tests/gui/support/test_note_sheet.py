"""A note on a page of its own: filing, questions, versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Note, Person, Question, Version
from caregiver_app.domain.times import Zoned
from caregiver_app.errors import DataBusy
from caregiver_app.gui.support.note_history_sheet import NoteHistorySheet
from caregiver_app.gui.support.note_sheet import NoteSheet, tags_of
from caregiver_app.gui.support.question_sheet import QuestionSheet
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.pages.papers_of_visit import open_questions
from caregiver_app.services.note_writing import NoteVisit
from tests.gui.support.notes_tab import listed, notes, opened, sheet_of, texts
from tests.gui.tabs_family import ZONE, Family, button, rosas_family, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> SupportTab:
    return opened(qtbot, family)


def keep(family: Family, text: str, **fields: object) -> Note:
    note = Note(id="", person="rosa", text=text, at=family.clock.at)
    return family.house.support.save_note(replace(note, **fields))


def on_page(tab: SupportTab, note: Note) -> NoteSheet:
    tab.open_item("note", note.id)
    sheet = sheet_of(NoteSheet)
    assert isinstance(sheet, NoteSheet)
    return sheet


def stored(family: Family, note: Note) -> Note:
    found = family.house.support.note(note.id)
    assert found is not None
    return found


def test_everything_about_a_note_is_kept_without_a_save(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    note = keep(family, "First")
    sheet = on_page(tab, note)
    sheet.words.set_text("First, corrected")
    qtbot.mouseClick(sheet.mood.segments[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.about.segments[1], Qt.MouseButton.LeftButton)
    sheet.room.set_value("company")
    visits = family.house.support.visits_around("rosa")
    sheet.visit.set_value(visits[0].id)
    sheet.tags.set_text("walk, #散步，walk, ")
    qtbot.mouseClick(sheet.pin, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    kept = stored(family, note)
    wanted = replace(
        note,
        text="First, corrected",
        mood="calm",
        about="carer",
        room="company",
        visit=visits[0].id,
        tags=("walk", "散步"),
        pinned=True,
        changed=kept.changed,
    )
    assert kept == wanted
    family.house.care.undo()
    assert stored(family, note) == note, "one visit to a note is one step of undo"


def test_what_was_written_is_kept_while_the_page_is_open(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    note = keep(family, "First")
    sheet = on_page(tab, note)
    sheet.words.set_text("Second")
    sheet.keeper._pause.timeout.emit()
    assert texts(family) == ["Second"]
    assert "Kept at 18:00" in visible_text(sheet)
    assert "1 earlier version" in visible_text(sheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible(), "nothing is asked, all of it is kept"


def test_an_emptied_note_is_as_it_was(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    note = keep(family, "First")
    sheet = on_page(tab, note)
    sheet.words.set_text("")
    sheet.keeper._pause.timeout.emit()
    assert "An empty note is not kept." in visible_text(sheet)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert stored(family, note) == note


@pytest.mark.parametrize("gone", ["before", "meanwhile"])
def test_a_visit_that_is_gone_keeps_no_word_from_being_kept(
    qtbot: QtBot, tab: SupportTab, family: Family, gone: str
) -> None:
    agenda = family.house.agenda
    chair = Appointment(
        id="", uid="", person="rosa", type="infusion", title="Drip", minutes=90,
        start=Zoned(datetime(2026, 3, 18, 9, 0), ZONE),
    )  # fmt: skip
    visit = agenda.save(chair).id
    note = keep(family, "First", visit=visit if gone == "before" else None)
    if gone == "before":
        agenda.remove(visit)
    sheet = on_page(tab, note)
    if gone == "meanwhile":
        sheet.visit.set_value(visit)
        agenda.remove(visit)
    sheet.words.set_text("Second")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    kept = stored(family, note)
    assert (kept.text, kept.visit) == ("Second", visit if gone == "before" else None)


def test_what_cannot_be_kept_is_asked_about(
    qtbot: QtBot, tab: SupportTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = keep(family, "First")
    sheet = on_page(tab, note)

    def busy(*_given: object, **_named: object) -> Note:
        raise DataBusy("data.busy", path="x")

    monkeypatch.setattr(NoteVisit, "keep", busy)
    sheet.words.set_text("Not to be lost")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert sheet.asks()
    assert "Not kept yet. Your words are still here." in visible_text(sheet)
    monkeypatch.undo()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.mouseClick(button(sheet, "Try again to keep this note"), Qt.MouseButton.LeftButton)
    assert texts(family) == ["Not to be lost"]
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()


def test_wrong_tags_keep_no_word_from_being_kept(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    note = keep(family, "First")
    sheet = on_page(tab, note)
    sheet.tags.set_text("x" * 300)
    sheet.words.set_text("Second")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert texts(family) == ["Second"]
    assert sheet.asks()
    assert sheet.tags.error()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    sheet.tags.set_text("x")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert stored(family, note).tags == ("x",)


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        (" , #, ", ()),
        ("walk", ("walk",)),
        ("#walk, Walk ,garden", ("walk", "garden")),
        ("散步，画画、walk；tea", ("散步", "画画", "walk", "tea")),
    ],
)
def test_tags_are_parted_by_commas(typed: str, tags: tuple[str, ...]) -> None:
    assert tags_of(typed) == tags


def test_a_note_is_deleted_on_its_page(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    note = keep(family, "First")
    sheet = on_page(tab, note)
    qtbot.mouseClick(sheet.delete, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    assert notes(family) == []
    family.house.care.undo()
    assert notes(family) == [note]


def test_a_note_that_is_being_written_can_be_opened(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    qtbot.keyClicks(tab.notes.entry.words.area, "Half")
    tab.hide()
    tab.show()
    (note,) = notes(family)
    sheet = on_page(tab, note)
    assert sheet.words.text() == "Half"
    assert tab.notes.entry.words.text() == "", "it is written in one place"
    sheet.words.set_text("Half and half")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert texts(family) == ["Half and half"]
    assert [line.text for line in listed(tab)] == ["Half and half"]


# -- Questions ------------------------------------------------------------------------------------


def test_a_question_is_a_copy_that_is_changed_and_the_note_stays_private(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    note = keep(family, "She shook at night.\nI was afraid.")
    sheet = on_page(tab, note)
    sheet.ask.click()
    asking = sheet_of(QuestionSheet)
    assert isinstance(asking, QuestionSheet)
    assert asking.words.text() == note.text
    said = visible_text(asking)
    assert "An open question appears in the bag’s papers and in the visit report." in said
    assert "The note itself stays private." in said
    asking.words.set_text("Is shaking at night worth a call?")
    qtbot.mouseClick(asking.primary, Qt.MouseButton.LeftButton)
    (question,) = family.house.care.store.all(Question)
    assert (question.text, question.note) == ("Is shaking at night worth a call?", note.id)
    assert stored(family, note) == note
    assert open_questions(family.house, "rosa") == ("Is shaking at night worth a call?",)
    assert "Asked from this note, open" in visible_text(sheet)


def test_what_is_marked_becomes_the_question(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    sheet = on_page(tab, keep(family, "Private. Is it the medicine?"))
    cursor = sheet.words.area.textCursor()
    cursor.setPosition(9)
    cursor.movePosition(cursor.MoveOperation.End, cursor.MoveMode.KeepAnchor)
    sheet.words.area.setTextCursor(cursor)
    sheet.ask.click()
    asking = sheet_of(QuestionSheet)
    assert isinstance(asking, QuestionSheet)
    assert asking.words.text() == "Is it the medicine?"


def test_a_note_about_the_carer_alone_fills_in_nothing(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    sheet = on_page(tab, keep(family, "I cannot sleep. What helps her?", about="carer"))
    qtbot.mouseClick(sheet.ask, Qt.MouseButton.LeftButton)
    asked = sheet_of(QuestionSheet)
    assert isinstance(asked, QuestionSheet)
    assert not asked.words.text(), "what is the carer's own goes on nobody's papers by itself"
    assert "This goes on Rosa’s papers." in visible_text(asked)
    asked.reject()
    sheet.words.area.find("What helps her?")
    qtbot.mouseClick(sheet.ask, Qt.MouseButton.LeftButton)
    asked = sheet_of(QuestionSheet)
    assert isinstance(asked, QuestionSheet)
    assert asked.words.text() == "What helps her?"
    asked.reject()


def test_a_note_moves_to_somebody_else_with_its_past(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    visits = family.house.support.visits_around("rosa")
    note = keep(family, "First", visit=visits[0].id)
    family.house.support.save_note(replace(note, text="Second"))
    sheet = on_page(tab, note)
    assert [one.words for one in sheet.about.segments] == ["Rosa", "王梅", "You alone"]
    qtbot.mouseClick(sheet.about.segments[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    kept = stored(family, note)
    assert (kept.person, kept.about, kept.visit) == ("mei", "person", None)
    assert {one.person for one in family.house.care.store.all(Version)} == {"mei"}
    family.house.care.undo()
    assert stored(family, note).person == "rosa"
    assert {one.person for one in family.house.care.store.all(Version)} == {"rosa"}


def test_the_answer_comes_later(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    note = keep(family, "Private")
    ask = family.house.support.save_question
    ask(Question(id="", person="rosa", text="Why?", note=note.id))
    sheet = on_page(tab, note)
    button(sheet, "Asked from this note, open: Why?").click()
    asking = sheet_of(QuestionSheet)
    assert isinstance(asking, QuestionSheet)
    asking.answer.set_text("Because.")
    qtbot.mouseClick(asking.primary, Qt.MouseButton.LeftButton)
    assert family.house.care.store.all(Question)[0].answer == "Because."
    QApplication.processEvents()
    assert "Asked from this note, answered" in visible_text(sheet)


# -- Versions -------------------------------------------------------------------------------------


def changed_twice(family: Family) -> Note:
    note = keep(family, "First\n\nwith a paragraph")
    for text in ("Second", "Third"):
        note = family.house.support.visit(note).keep(replace(note, text=text))
    return note


def test_versions_are_shown_and_brought_back(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    note = changed_twice(family)
    sheet = on_page(tab, note)
    button(sheet, "2 earlier versions").click()
    past = sheet_of(NoteHistorySheet)
    assert isinstance(past, NoteHistorySheet)
    assert "First\n\nwith a paragraph" in visible_text(past)
    qtbot.mouseClick(past.back[1], Qt.MouseButton.LeftButton)
    assert texts(family) == ["First\n\nwith a paragraph"]
    assert sheet.words.text() == "First\n\nwith a paragraph"
    assert "3 earlier versions" in visible_text(sheet)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert texts(family) == ["First\n\nwith a paragraph"]


def test_versions_are_deleted(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    sheet = on_page(tab, changed_twice(family))
    button(sheet, "2 earlier versions").click()
    past = sheet_of(NoteHistorySheet)
    button(past, "Delete all 2 earlier versions").click()
    QApplication.processEvents()
    assert not sheet.past.isVisible()
    assert texts(family) == ["Third"]
