"""The support tab as a person uses it: notes and questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Note, Person, Question
from caregiver_app.gui.support.notes_list import NotesDelegate
from caregiver_app.gui.support.question_sheet import QuestionSheet
from caregiver_app.gui.support.tab import SupportTab
from tests.gui.support.notes_tab import listed, notes, opened, sheet_of, texts, write
from tests.gui.tabs_family import Family, button, open_family, rosas_family, visible_text


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


def test_a_note_is_written_with_room_and_mood(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    entry = tab.notes.entry
    assert entry.mood.value() is None, "no mood is chosen beforehand"
    qtbot.mouseClick(tab.rooms.cards["company"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(entry.mood.segments[2], Qt.MouseButton.LeftButton)
    write(qtbot, tab, "Slept in the chair.")
    (note,) = notes(family)
    assert (note.room, note.mood, note.text) == ("company", "low", "Slept in the chair.")
    assert (note.about, note.tags, note.visit) == ("person", (), None)
    assert entry.words.text() == ""
    assert entry.mood.value() is None
    assert entry.words.area.hasFocus(), "the next one can be written at once"
    assert listed(tab)[0].head == "Low · Today · Company"


def test_where_the_next_note_stands_is_said(qtbot: QtBot, tab: SupportTab) -> None:
    assert "Kept while you write, under Listening." in visible_text(tab)
    qtbot.mouseClick(tab.rooms.cards["outlets"], Qt.MouseButton.LeftButton)
    assert "Kept while you write, under Healthy outlets." in visible_text(tab)


def test_a_diary_that_can_only_be_read_does_not_say_that_it_keeps(
    qtbot: QtBot, family: Family, tab: SupportTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(family.house.care.store, "read_only", True)
    tab.refresh(None)
    told = visible_text(tab)
    assert "Nothing can be kept now: this diary can only be read." in told
    assert "Kept while you write" not in told


def test_a_word_is_wanted(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    write(qtbot, tab, "   ")
    assert tab.notes.entry.words.error()
    assert notes(family) == []


FOUND = [
    ("Die Ärztin war nett.", "arztin", "Ärztin"),
    ("她今天头痛，睡得早。", "头痛", "头痛"),
    ("她今天头痛，so we went home.", "home 头痛", "头痛"),
    ("😀😀 A quiet evening", "QUIET", "quiet"),
    ("A calm day 😀", "😀", "😀"),
    ("x", "x", "x"),
]


@pytest.mark.parametrize(("text", "query", "found"), FOUND)
def test_search_finds_and_marks(
    qtbot: QtBot, tab: SupportTab, family: Family, text: str, query: str, found: str
) -> None:
    keep(family, text)
    keep(family, "Something different")
    button(tab, "Find in your notes").click()
    tab.notes.filter.finder.set_text(query)  # Qt's test keys type ASCII only
    (line,) = listed(tab)
    start, length = line.marks[0]
    assert line.text[start : start + length] == found


def test_each_key_narrows_the_list(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    keep(family, "A walk by the river")
    keep(family, "A wall of books")
    qtbot.mouseClick(button(tab, "Find in your notes"), Qt.MouseButton.LeftButton)
    line = tab.notes.filter.finder.line
    assert line.hasFocus()
    counts: list[int] = []
    for letter in "walk":
        qtbot.keyClicks(line, letter)
        counts.append(len(listed(tab)))
    assert counts == [2, 2, 2, 1]


def test_a_search_without_a_hit_says_so(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    keep(family, "One")
    button(tab, "Find in your notes").click()
    qtbot.keyClicks(tab.notes.filter.finder.line, "nowhere")
    assert "No note holds “nowhere”." in visible_text(tab)
    button(tab, "Show all notes").click()
    assert len(listed(tab)) == 1
    assert tab.notes.filter.button.hasFocus()


def test_notes_are_chosen_by_room_tag_and_whom(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    keep(family, "Hers", room="company", tags=("散步", "garden"))
    keep(family, "Mine", about="carer", pinned=True)
    button(tab, "Find in your notes").click()
    chosen = tab.notes.filter
    assert [chosen.tag.box.itemText(row) for row in range(3)] == ["Any tag", "garden", "散步"]
    for field, key, wanted in (
        (chosen.room, "company", "Hers"),
        (chosen.about, "carer", "Mine"),
        (chosen.tag, "散步", "Hers"),
    ):
        field.set_value(key)
        assert [line.text for line in listed(tab)] == [wanted], key
        field.set_value("")
    qtbot.mouseClick(chosen.pinned, Qt.MouseButton.LeftButton)
    assert [line.text for line in listed(tab)] == ["Mine"]
    chosen.room.set_value("company")
    assert "No note fits what you chose." in visible_text(tab)
    chosen.button.click()
    assert len(listed(tab)) == 2, "what cannot be seen keeps nothing from being seen"


def test_what_is_kept_for_a_bad_day_says_so_and_is_one_press_away(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    card = tab.notes
    keep(family, "First")
    assert not card.bad_day.isVisible(), "nothing is kept for a bad day yet"
    keep(family, "Old", pinned=True, about="carer", tags=("walk",))
    family.clock.at += timedelta(minutes=1)
    keep(family, "New")
    assert listed(tab)[0].text == "New", "what was written last stands first, always"
    heads = {line.text: line.head for line in listed(tab)}
    assert heads["Old"] == "Today · Listening · about you · kept for a bad day · #walk"
    qtbot.mouseClick(card.bad_day, Qt.MouseButton.LeftButton)
    assert [line.text for line in listed(tab)] == ["Old"]
    assert card.filter.pinned.state == "done"
    assert card.filter.pinned.hasFocus()
    assert not card.bad_day.isVisible(), "the open search says the same"
    assert card.filter.all.isVisible()
    qtbot.keyClick(card.filter.pinned, Qt.Key.Key_Escape)
    assert len(listed(tab)) == 3
    assert card.filter.isHidden()
    assert card.bad_day.isVisible()
    assert card.filter.button.hasFocus()


def test_a_note_that_is_saved_while_find_is_open_is_seen(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    write(qtbot, tab, "The blue chair")
    qtbot.mouseClick(tab.notes.filter.button, Qt.MouseButton.LeftButton)
    tab.notes.filter.finder.set_text("chair")
    family.clock.at += timedelta(minutes=1)
    write(qtbot, tab, "A good night")
    assert [line.text for line in listed(tab)] == ["A good night", "The blue chair"]
    assert not tab.notes.filter.isVisible()
    assert tab.notes.filter.finder.text() == ""
    assert tab.notes.entry.words.area.hasFocus()


def test_all_notes_are_offered_only_while_some_are_left_out(
    tab: SupportTab, family: Family
) -> None:
    keep(family, "First")
    tab.notes.filter.button.click()
    assert not tab.notes.filter.all.isVisible()
    tab.notes.filter.finder.set_text("nowhere")
    assert tab.notes.filter.all.isVisible()


def test_questions_name_whom_they_are_about_where_everybody_is_shown(
    tab: SupportTab, family: Family
) -> None:
    house = family.house
    house.support.save_question(Question(id="", person="rosa", text="Nearer?"))
    tab.set_person(None)
    assert tab.questions.fact.text() == "1 open", "there is nobody else"
    house.people.save_person(Person(id="mei", name="王梅"))
    tab.refresh()
    assert tab.questions.fact.text() == "Rosa · 1 open"
    tab.set_person("rosa")
    assert tab.questions.fact.text() == "1 open"


def test_a_room_that_opens_by_itself_takes_the_next_note_too(
    tab: SupportTab, family: Family
) -> None:
    tab.open_item("company", "rosa")
    assert tab.notes.entry.room == "company"
    assert "Kept while you write, under Company." in visible_text(tab)


def test_the_carers_lane_ends_within_a_usual_window(tab: SupportTab) -> None:
    assert tab.lane.sizeHint().height() <= 730, "860 high, without the head of the window"


def test_a_note_of_a_visit_says_so_in_its_row(tab: SupportTab, family: Family) -> None:
    visits = family.house.support.visits_around("rosa")
    note = Note(id="", person="rosa", text="Cold hands", at=family.clock.at, visit=visits[0].id)
    family.house.support.save_note(note)
    assert f"{visits[0].title}, Tue 17 Mar" in listed(tab)[0].head


def test_a_long_note_is_shown_around_what_is_searched(tab: SupportTab, family: Family) -> None:
    keep(family, "word " * 50_000 + "needle " + "word " * 50_000)
    assert len(listed(tab)[0].text) < 700
    button(tab, "Find in your notes").click()
    tab.notes.filter.finder.set_text("needle")
    (line,) = listed(tab)
    start, length = line.marks[0]
    assert line.text[start : start + length] == "needle"


def test_a_note_is_deleted_from_the_list(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    keep(family, "First")
    rows = tab.notes.list
    rows.setCurrentIndex(rows.model().index(0, 0))
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert notes(family) == []
    family.house.care.undo()
    assert texts(family) == ["First"]


def test_notes_are_there_after_a_restart(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    write(qtbot, tab, "Die Ärztin war nett.")
    later = family.again()
    again = opened(qtbot, later)
    assert [line.text for line in listed(again)] == ["Die Ärztin war nett."]
    later.close()


def test_many_notes_come_in_pages(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    for number in range(35):
        keep(family, f"Note {number}")
    assert len(listed(tab)) == 8
    for wanted in (32, 35):
        qtbot.mouseClick(button(tab, "Older notes"), Qt.MouseButton.LeftButton)
        assert len(listed(tab)) == wanted
    assert not tab.notes.older.isVisible()


def test_markup_stays_letters(qtbot: QtBot, tab: SupportTab, family: Family) -> None:
    write(qtbot, tab, "<b>bold</b> & <img src=x>")
    said = tab.notes.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("<b>bold</b> & <img src=x>")
    assert texts(family) == ["<b>bold</b> & <img src=x>"]


def test_privacy_is_said(tab: SupportTab) -> None:
    said = visible_text(tab)
    assert "private" in said
    assert "Left out of exports and prints unless you tick them." in said


def test_the_first_note_brings_one_quiet_line(
    qtbot: QtBot, tab: SupportTab, family: Family
) -> None:
    line = "Agree with Rosa what you write about them."
    assert line in visible_text(tab)
    write(qtbot, tab, "One")
    assert line not in visible_text(tab)
    family.house.care.undo()
    assert line in visible_text(tab)


def test_without_anybody_a_note_can_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    tab = opened(qtbot, family)
    write(qtbot, tab, "First note")
    assert len(listed(tab)) == 1
    write(qtbot, tab, "Second note")
    assert len(family.house.care.store.all(Person)) == 1
    family.close()


def test_an_empty_notebook_has_nothing_to_find(tab: SupportTab) -> None:
    assert not tab.notes.filter.button.isVisible()
    assert "No notes here yet." in visible_text(tab)


# -- Questions ------------------------------------------------------------------------------------


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
    assert "appears in the bag’s papers and in the visit report" in visible_text(sheet)
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


def test_marks_stand_where_they_belong_behind_an_emoji(tab: SupportTab, family: Family) -> None:
    keep(family, "😀😀 A quiet evening")
    button(tab, "Find in your notes").click()
    tab.notes.filter.finder.set_text("quiet")
    (line,) = listed(tab)
    delegate = tab.notes.list.itemDelegate()
    assert isinstance(delegate, NotesDelegate)
    (shape,) = delegate._laid(line, 500).formats()
    # Qt counts in UTF-16, where an emoji takes two places.
    assert (shape.start, shape.length) == (7, 5)
