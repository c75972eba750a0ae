"""What is kept of a note while somebody writes in it, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Appointment, Note, Version
from caregiver_app.domain.times import Zoned
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Change
from caregiver_app.services.support_checks import kept_text
from tests.gui.tabs_family import NOW, ZONE, Family, rosas_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def new(text: str, **fields: object) -> Note:
    return replace(Note(id="", person="rosa", text=text, at=NOW), **fields)


def notes(family: Family) -> list[Note]:
    return family.house.care.store.all(Note)


def past(family: Family, note_id: str) -> list[str]:
    return [one.note.text for one in family.house.support.history.of(note_id)]


def kept(family: Family, text: str) -> Note:
    family.clock.at += timedelta(hours=1)
    return family.house.support.save_note(new(text))


def test_one_visit_is_one_step_of_undo(family: Family) -> None:
    visit = family.house.support.visit(new(""))
    for text in ("She", "She laughed", "She laughed at the photos."):
        family.clock.at += timedelta(seconds=5)
        visit.keep(new(text))
    assert [one.text for one in notes(family)] == ["She laughed at the photos."]
    assert family.house.care.undo() == ("done.note_added", {})
    assert notes(family) == []


def test_two_visits_are_two_steps(family: Family) -> None:
    note = kept(family, "One")
    for text in ("Two", "Three"):
        visit = family.house.support.visit(note)
        visit.keep(replace(note, text=f"{text} first"))
        visit.keep(replace(note, text=text))
    family.house.care.undo()
    assert notes(family)[0].text == "Two"
    family.house.care.undo()
    assert notes(family)[0].text == "One"
    assert past(family, note.id) == []


def test_the_first_words_that_differ_keep_what_was(family: Family) -> None:
    note = kept(family, "As it was")
    visit = family.house.support.visit(note)
    visit.keep(replace(note, mood="low"))
    assert past(family, note.id) == [], "a mood is no other text"
    visit.keep(replace(note, text="Other", mood="low"))
    visit.keep(replace(note, text="Other words", mood="low"))
    assert past(family, note.id) == ["As it was"]
    visit.keep(replace(note, text="As it was", mood="low"))
    assert past(family, note.id) == [], "nothing of it is different"


@pytest.mark.parametrize(("minutes", "versions"), [(9, 1), (10, 2), (25, 2)])
def test_ten_minutes_of_writing_make_a_version(family: Family, minutes: int, versions: int) -> None:
    note = kept(family, "Begun")
    visit = family.house.support.visit(note)
    family.clock.at += timedelta(hours=2)  # it lay open; nobody wrote
    visit.keep(replace(note, text="Begun, one"))
    family.clock.at += timedelta(minutes=minutes)
    visit.keep(replace(note, text="Begun, one, two"))
    assert past(family, note.id) == ["Begun, one", "Begun"][-versions:]


def test_a_long_new_note_has_versions_too(family: Family) -> None:
    visit = family.house.support.visit(new(""))
    visit.keep(new("One"))
    family.clock.at += timedelta(minutes=11)
    visit.keep(new("One, two"))
    assert past(family, visit.id) == ["One"]


def test_words_of_another_window_are_not_lost(family: Family) -> None:
    note = kept(family, "One")
    visit = family.house.support.visit(note)
    visit.keep(replace(note, text="Mine"))
    family.house.support.visit(note).keep(replace(note, text="Theirs"))
    visit.keep(replace(note, text="Mine too"))
    assert notes(family)[0].text == "Mine too"
    assert "Theirs" in past(family, note.id)
    assert "One" in past(family, note.id)


def test_a_note_that_is_gone_lives_again_with_the_next_words(family: Family) -> None:
    note = kept(family, "One")
    visit = family.house.support.visit(note)
    family.house.support.remove_note(note.id)
    again = visit.keep(replace(note, text="One and more"))
    assert (again.id, again.at, again.created) == (note.id, note.at, note.created)
    assert [one.text for one in notes(family)] == ["One and more"]


def test_a_note_lives_again_though_its_visit_is_gone_as_well(family: Family) -> None:
    agenda = family.house.agenda
    seen = Zoned(datetime(2026, 3, 18, 9, 0), ZONE)
    chair = Appointment(
        id="", uid="", person="rosa", type="infusion", title="T", start=seen, minutes=90
    )
    made = agenda.save(chair)
    note = family.house.support.save_note(new("One", visit=made.id))
    visit = family.house.support.visit(note)
    agenda.remove(made.id)
    family.house.support.remove_note(note.id)
    assert visit.keep(replace(note, text="One and more")).visit == made.id
    assert [one.text for one in notes(family)] == ["One and more"]


@pytest.mark.parametrize("way", ["changed", "deleted"])
def test_what_is_emptied_takes_nothing_of_another_window_away(family: Family, way: str) -> None:
    note = kept(family, "One")
    visit = family.house.support.visit(note)
    visit.keep(replace(note, text="Mine"))
    if way == "changed":
        family.house.support.visit(note).keep(replace(note, text="Theirs"))
    else:
        family.house.support.remove_note(note.id)
    visit.take_back()
    assert [one.text for one in notes(family)] == (["Theirs"] if way == "changed" else [])


def test_what_is_emptied_is_as_it_was(family: Family) -> None:
    note = kept(family, "Not to be lost")
    visit = family.house.support.visit(note)
    visit.keep(replace(note, text="N"))
    with pytest.raises(InputRefused):
        visit.keep(replace(note, text=" \n "))
    visit.take_back()
    assert notes(family) == [note]
    assert family.house.care.store.all(Version) == []
    assert family.house.care.store.undo_label() == ("done.note_added", {}), "no step remains"


def test_a_new_note_that_is_emptied_leaves_nothing(family: Family) -> None:
    before = family.house.care.store.undo_label()
    visit = family.house.support.visit(new(""))
    visit.keep(new("N"))
    visit.take_back()
    assert notes(family) == []
    assert family.house.care.store.undo_label() == before
    visit.keep(new("After all"))
    assert [one.text for one in notes(family)] == ["After all"]


def test_keeping_the_same_writes_nothing(family: Family) -> None:
    note = kept(family, "One")
    told: list[Change] = []
    family.house.care.changes.listen(told.append)
    assert family.house.support.visit(note).keep(note) == note
    assert told == []


def test_while_somebody_writes_it_is_quiet(family: Family) -> None:
    told: list[Change] = []
    family.house.care.changes.listen(told.append)
    family.house.support.visit(new("")).keep(new("One"))
    assert [change.quiet for change in told] == [True]
    kept(family, "Two")
    assert told[-1].quiet is False


def test_a_version_is_brought_back(family: Family) -> None:
    note = kept(family, "First")
    family.house.support.visit(note).keep(replace(note, text="Second", mood="low"))
    (before,) = family.house.support.history.of(note.id)
    again = family.house.support.history.bring_back(before.version)
    assert (again.text, again.mood) == ("First", "low")
    assert past(family, note.id) == ["Second", "First"]
    family.house.care.undo()
    assert notes(family)[0].text == "Second"


def test_versions_are_forgotten_and_come_back(family: Family) -> None:
    note = kept(family, "First")
    family.house.support.visit(note).keep(replace(note, text="Second"))
    assert family.house.support.history.forget(note.id) == 1
    assert past(family, note.id) == []
    assert family.house.support.history.forget(note.id) == 0
    family.house.care.undo()
    assert past(family, note.id) == ["First"]


def test_versions_go_with_their_note(family: Family) -> None:
    note = kept(family, "First")
    family.house.support.visit(note).keep(replace(note, text="Second"))
    family.house.support.remove_note(note.id)
    assert family.house.care.store.all(Version) == []
    with pytest.raises(InputRefused):
        family.house.support.history.bring_back("nothing")
    family.house.care.undo()
    assert past(family, note.id) == ["First"]


def test_a_question_takes_what_it_can_of_a_note(family: Family) -> None:
    support = family.house.support
    assert support.question_from(" Is \0it\tso?\u2028\n\x1b ") == "Is it\tso?"
    assert len(support.question_from("x" * 5000)) == 2000


ANY_TEXT = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts=st.lists(ANY_TEXT.filter(lambda text: bool(kept_text(text).strip())), min_size=1))
def test_whatever_is_typed_is_kept_and_taken_back(family: Family, texts: list[str]) -> None:
    before = notes(family)
    visit = family.house.support.visit(new(""))
    for text in texts:
        assert visit.keep(new(text)).text == kept_text(text)
    assert [one.text for one in notes(family) if one.id == visit.id] == [kept_text(texts[-1])]
    family.house.care.undo()
    assert notes(family) == before
