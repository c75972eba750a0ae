"""A change is whole or not at all, is remembered once, and can be taken back exactly."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Appointment, Note, Person, Setting, SideEffect
from caregiver_app.errors import DataDamaged, InputRefused
from caregiver_app.storage.store import Store
from tests.storage.making import (
    ANA,
    NOW,
    WORD,
    content,
    effect,
    filled,
    found_words,
    note,
    opened,
    visit,
)


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path) as opened_store:
        yield opened_store


def test_a_change_is_there_after_opening_again(tmp_path):
    filled(tmp_path).close()
    with opened(tmp_path) as store:
        assert store.get(Note, "n1").text.startswith(WORD)


def test_a_change_tells_what_is_different_now(store):
    with store.change("x") as change:
        store.put(note("n2", "new"))
        store.put(ANA)  # as it was
        store.remove(Appointment, "a1", NOW)
        store.put(note("n3", "there"))
        store.remove(Note, "nothing", NOW)
    assert change.kinds == {"note", "appointment"}
    assert change.ids == {"n2", "n3", "a1"}
    assert change.keys == {("note", "n2"), ("note", "n3"), ("appointment", "a1")}


def test_what_becomes_as_it_was_is_no_change(store):
    before = store.get(Note, "n1")
    with store.change("x") as change:
        store.put(dataclasses.replace(before, text="other"))
        store.put(before)
    assert change.kinds == frozenset()
    assert store.undo_label() is None


def test_after_an_exception_nothing_of_a_change_is_there(store, tmp_path):
    before, words = content(tmp_path), found_words(tmp_path)
    with suppress(ZeroDivisionError), store.change("x"):
        store.put(note("n2", "new"))
        store.remove(Note, "n1", NOW)
        store.set_due("a1", NOW)
        raise ZeroDivisionError
    assert (content(tmp_path), found_words(tmp_path)) == (before, words)
    assert store.undo_label() is None
    with store.change("x"):
        store.put(note("n2", "works again"))


def test_writing_outside_of_a_change_is_a_programming_error(store):
    for write in (
        lambda: store.put(ANA),
        lambda: store.put(dataclasses.replace(ANA, name="Anna")),
        lambda: store.remove(Note, "n1", NOW),
        lambda: store.set_due("a1", NOW),
    ):
        with pytest.raises(RuntimeError):
            write()


def test_a_removed_entry_is_a_tombstone_until_it_is_put_again(store):
    with store.change("x"):
        assert store.remove(Note, "n1", NOW)
        assert not store.remove(Note, "n1", NOW)
    assert store.get(Note, "n1") is None
    assert store.all(Note) == []
    assert store.notes() == []
    assert store.search(WORD) == []
    gone = store.get(Note, "n1", deleted=True)
    assert gone.text.startswith(WORD)
    with store.change("x"):
        store.put(gone)
    assert store.get(Note, "n1") == gone
    assert len(store.search(WORD)) == 1


def test_changes_within_a_change_are_one_step(store, tmp_path):
    before = content(tmp_path)
    with store.change("outer", count=2) as outer:
        store.put(note("n2", "a"))
        with store.change("inner") as inner:
            store.put(note("n3", "b"))
            store.put(note("n2", "a, better"))
        with suppress(ZeroDivisionError), store.change("failing"):
            store.put(note("n4", "c"))
            raise ZeroDivisionError
    assert inner.ids == {"n2", "n3"}
    assert outer.ids == {"n2", "n3"}
    assert store.get(Note, "n2").text == "a, better"
    assert store.get(Note, "n4") is None
    assert store.undo_label() == ("outer", {"count": 2})
    undone = store.undo()
    assert (undone.label_key, undone.kinds, undone.ids) == ("outer", {"note"}, {"n2", "n3"})
    assert content(tmp_path) == before


def test_what_the_program_does_by_itself_is_no_step(store):
    with store.change("x", undoable=False):
        store.put(note("n2", "a"))
    assert store.undo() is None


def test_only_fifty_steps_are_remembered(store):
    for number in range(55):
        with store.change("step", number=number):
            store.put(note("n2", str(number)))
    taken = 0
    while store.undo():
        taken += 1
    assert taken == 50
    assert store.get(Note, "n2").text == "4"


def test_undo_refuses_what_was_changed_since_and_forgets_it(store, tmp_path):
    with store.change("first"):
        store.put(note("n2", "mine"))
    with store.change("second"):
        store.put(note("n3", "a"))
        store.put(note("n4", "b"))
    with opened(tmp_path) as other, other.change("elsewhere"):
        other.put(note("n4", "theirs"))
    with pytest.raises(InputRefused) as refused:
        store.undo()
    assert refused.value.key == "undo.changed_since"
    assert store.get(Note, "n3").text == "a"
    assert store.undo_label() == ("first", {})
    assert store.undo().ids == {"n2"}
    assert store.get(Note, "n2") is None


def test_undo_does_not_leave_others_entries_without_a_person(store, tmp_path):
    with store.change("person"):
        store.put(Person(id="ben", name="Ben"))
    with opened(tmp_path) as other, other.change("elsewhere"):
        other.put(dataclasses.replace(note("n5", "for Ben"), person="ben"))
    with pytest.raises(InputRefused):
        store.undo()
    assert store.get(Person, "ben") is not None


def test_undo_while_another_program_writes_keeps_the_step(tmp_path):
    filled(tmp_path).close()
    with opened(tmp_path, busy_seconds=0.01) as store, opened(tmp_path) as other:
        with store.change("x"):
            store.put(note("n2", "a"))
        with other.change("elsewhere"), pytest.raises(Exception, match="busy"):
            store.undo()
        assert store.undo_label() == ("x", {})
        assert store.undo() is not None


# ---- any sequence of steps, all taken back -------------------------------------------------------
def _puts(store: Store, number: int) -> None:
    store.put(note(f"n{number}", f"words {number}", at=NOW + timedelta(minutes=number)))


def _edits(store: Store, number: int) -> None:
    old = store.get(Appointment, "a1", deleted=True)
    store.put(dataclasses.replace(old, title=f"Title {number}", sequence=old.sequence + 1))


STEPS = {
    "put": _puts,
    "edit": _edits,
    "remove note": lambda store, number: store.remove(Note, f"n{number}", NOW),
    "remove visit": lambda store, number: store.remove(Appointment, "a1", NOW),
    "effect": lambda store, number: store.put(effect(f"s{number}", date(2026, 11, number + 1))),
    "remove effect": lambda store, number: store.remove(SideEffect, f"s{number}", NOW),
    "setting": lambda store, number: store.put(Setting(id="look", value=str(number))),
    "due": lambda store, number: store.set_due("a1", NOW + timedelta(minutes=number)),
    "not due": lambda store, number: store.set_due("a1", None),
}
SEQUENCES = st.lists(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 4)), max_size=5), max_size=12
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEQUENCES)
def test_taking_back_every_step_leads_to_the_start(tmp_path, sequence):
    with filled(tmp_path / "data") as store:
        before = content(store.path.parent)
        words = found_words(store.path.parent)
        due_only = False
        for steps in sequence:
            with store.change("step") as change:
                for name, number in steps:
                    STEPS[name](store, number)
            due_only |= bool(change.due) and not change.images
        while store.undo():
            pass
        after = content(store.path.parent)
        if due_only:  # a step that only moved due times is none
            before.pop("due_index")
            after.pop("due_index")
        assert after == before
        assert found_words(store.path.parent) == words
        assert store.full_check() == []
        with store.change("clean", undoable=False):
            store.set_due("a1", None)


# ---- due times -----------------------------------------------------------------------------------
def test_due_entries_are_those_up_to_now_the_longest_due_first(store):
    assert store.due_is_empty()
    assert store.next_due() is None
    with store.change("x"):
        store.set_due("b", NOW)
        store.set_due("a", NOW)
        store.set_due("c", NOW - timedelta(minutes=5))
        store.set_due("d", NOW + timedelta(seconds=1))
        store.set_due("e", NOW)
        store.set_due("e", None)
    assert store.due_entries(NOW) == [("c", NOW - timedelta(minutes=5)), ("a", NOW), ("b", NOW)]
    assert store.next_due() == NOW - timedelta(minutes=5)
    assert not store.due_is_empty()


def test_a_due_time_is_never_early(store):
    with store.change("x"):
        store.set_due("a", NOW + timedelta(microseconds=1))
    assert store.due_entries(NOW + timedelta(microseconds=1)) == []
    assert store.due_entries(NOW + timedelta(seconds=1)) == [("a", NOW + timedelta(seconds=1))]


def test_undo_brings_back_the_earlier_due_time(store):
    with store.change("first", undoable=False):
        store.set_due("a1", NOW)
    with store.change("moved"):
        store.put(visit("a1", datetime(2026, 12, 1, 9, 30)))
        store.set_due("a1", NOW + timedelta(days=7))
    store.undo()
    assert store.due_entries(NOW) == [("a1", NOW)]


def test_undo_never_puts_off_a_due_time(store):
    with store.change("first", undoable=False):
        store.set_due("a1", NOW + timedelta(days=7))
    with store.change("moved"):
        store.put(visit("a1", datetime(2026, 12, 1, 9, 30)))
        store.set_due("a1", NOW + timedelta(days=8))
    with store.change("later was pressed", undoable=False):
        store.set_due("a1", NOW)
    store.undo()
    assert store.due_entries(NOW) == [("a1", NOW)]


# ---- keeping house -------------------------------------------------------------------------------
def raw_bytes(folder) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("caregiver.sqlite3*"))


def test_old_tombstones_lose_their_words_and_keep_id_and_times(store, tmp_path):
    with store.change("x"):
        store.put(effect("s1", date(2026, 11, 20), text="Mondschein-sick", temperature_c=38.5))
        store.put(visit("a1", datetime(2026, 11, 24, 9, 30), title="Mondschein clinic"))
    removed = NOW - timedelta(days=31)
    with store.change("x"):
        for kind, entry in ((Note, "n1"), (SideEffect, "s1"), (Appointment, "a1")):
            store.remove(kind, entry, removed)
        store.put(note("n2", "Sonnenschein"))
        store.remove(Note, "n2", NOW)
    assert WORD.encode() in raw_bytes(tmp_path)
    assert store.wipe_old_tombstones(NOW - timedelta(days=30)) == 3
    assert store.wipe_old_tombstones(NOW - timedelta(days=30)) == 0
    assert WORD.encode() not in raw_bytes(tmp_path)
    assert WORD.lower().encode() not in raw_bytes(tmp_path)
    wiped = store.get(SideEffect, "s1", deleted=True)
    assert (wiped.text, wiped.sign, wiped.severity, wiped.temperature_c) == ("", "", 0, None)
    assert wiped.at == effect("s1", date(2026, 11, 20)).at
    assert store.get(Note, "n2", deleted=True).text == "Sonnenschein"
    assert store.full_check() == []
    with pytest.raises(InputRefused):
        store.undo()


def test_the_data_version_tells_what_other_programs_wrote(store, tmp_path):
    seen = store.data_version()
    with store.change("x"):
        store.put(note("n2", "mine"))
    assert store.data_version() == seen
    with opened(tmp_path) as other, other.change("x"):
        other.put(note("n3", "theirs"))
    assert store.data_version() != seen
    assert store.get(Note, "n3") is not None


def test_counts_leave_removed_ones_out(store):
    with store.change("x"):
        store.put(note("n2", "x"))
        store.remove(Note, "n1", NOW)
    counts = store.counts()
    assert (counts["note"], counts["person"], counts["answer"]) == (1, 1, 0)


def test_a_missing_table_is_damage(store, tmp_path):
    from tests.storage.making import tamper

    tamper(tmp_path, "DROP TABLE checkin")
    with pytest.raises(DataDamaged):
        store.checkins_between(date(2026, 1, 1), date(2026, 12, 31))


# ---- one visit, one step -----------------------------------------------------------------------
def written(store: Store, text: str, visit_to_it: str, entry: str = "v1") -> None:
    with store.change("x", of_visit=visit_to_it):
        store.put(note(entry, text))


def test_changes_of_one_visit_are_taken_back_together(store):
    written(store, "a", "one")
    written(store, "ab", "one")
    written(store, "abc", "two")
    assert store.undo() is not None
    assert store.get(Note, "v1").text == "ab"
    assert store.undo() is not None
    assert store.get(Note, "v1") is None


def test_what_comes_between_parts_a_visit(store):
    written(store, "a", "one")
    with store.change("y"):
        store.put(note("other", "x"))
    written(store, "ab", "one")
    store.undo()
    assert store.get(Note, "v1").text == "a"
    store.undo()
    assert store.get(Note, "other") is None


def test_what_another_program_wrote_between_is_not_taken_back_with_it(store, tmp_path):
    written(store, "a", "one")
    with opened(tmp_path) as beside, beside.change("z"):
        beside.put(note("v1", "theirs"))
    written(store, "mine", "one")
    store.undo()
    assert store.get(Note, "v1").text == "theirs"
    with pytest.raises(InputRefused):
        store.undo()


def test_a_visit_that_ends_as_it_began_is_no_step(store):
    before = store.undo_label()
    with store.change("x", of_visit="one"):
        store.put(note("v1", "a"))
    with store.change("x", of_visit="one"):
        store.remove(Note, "v1", NOW)
    store.undo()
    written(store, "again", "two")
    store.undo()
    assert store.undo_label() == before
