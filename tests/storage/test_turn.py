"""The turn at something: one holder at a time, for a short while, whatever the clock does."""

from __future__ import annotations

import multiprocessing
import random
from datetime import timedelta

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.storage.backups import make_backup
from caregiver_app.storage.checks import problems_in
from caregiver_app.storage.connection import connect_unchanged
from caregiver_app.storage.restoring import restore
from tests.storage.making import ANA, NOW, content, filled, note, opened

LASTS = 30.0


def later(seconds: float):
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def two(tmp_path):
    filled(tmp_path).close()
    with opened(tmp_path) as first, opened(tmp_path) as second:
        yield first, second


def test_only_one_has_it(two):
    first, second = two
    assert first.take_turn("ring", "a", NOW, LASTS)
    assert not second.take_turn("ring", "b", NOW, LASTS)
    assert not second.take_turn("ring", "b", later(29.999), LASTS)
    assert second.take_turn("another", "b", NOW, LASTS), "another thing has a turn of its own"
    first.end_turn("ring", "a")
    assert second.take_turn("ring", "b", NOW, LASTS)
    assert not first.take_turn("ring", "a", NOW, LASTS)


def test_it_ends_by_itself_when_its_holder_was_killed(two):
    first, second = two
    assert first.take_turn("ring", "a", NOW, LASTS)
    assert second.take_turn("ring", "b", later(30), LASTS)
    assert not first.take_turn("ring", "a", later(31), LASTS)


def test_taking_it_again_makes_it_last_longer(two):
    first, second = two
    assert first.take_turn("ring", "a", NOW, LASTS)
    assert first.take_turn("ring", "a", later(20), LASTS)
    assert not second.take_turn("ring", "b", later(49), LASTS)
    assert second.take_turn("ring", "b", later(50), LASTS)


@pytest.mark.parametrize("back", [10.001, 60, 3600, 86_400 * 400])
def test_a_clock_that_is_set_back_keeps_nobody_out(two, back: float):
    first, second = two
    assert first.take_turn("ring", "a", NOW, LASTS)
    assert second.take_turn("ring", "b", later(-back), LASTS)


def test_who_read_the_clock_earlier_and_waited_for_the_lock_comes_second(two):
    first, second = two
    assert first.take_turn("ring", "a", NOW, LASTS)
    assert not second.take_turn("ring", "b", later(-0.001), LASTS)
    assert not second.take_turn("ring", "b", later(-5.5), LASTS)


@pytest.mark.parametrize("ahead", [30, 86_400 * 400])
def test_a_clock_that_is_set_forward_keeps_nobody_out(two, ahead: float):
    first, second = two
    assert first.take_turn("ring", "a", NOW, LASTS)
    assert second.take_turn("ring", "b", later(ahead), LASTS)


def test_nobody_ends_the_turn_of_another(two):
    first, second = two
    assert first.take_turn("ring", "a", NOW, LASTS)
    second.end_turn("ring", "b")
    second.end_turn("nothing", "b")
    assert not second.take_turn("ring", "b", NOW, LASTS)


def test_it_is_no_change_of_the_data(tmp_path):
    with filled(tmp_path) as store:
        with store.change("a note"):
            store.put(note("n2", "tea"))
        before, seen = content(tmp_path), store.data_version()
        assert store.take_turn("ring", "a", NOW, LASTS)
        assert store.data_version() == seen, "the window sees no change from outside in its own"
        assert store.undo_label() == ("a note", {})
        assert content(tmp_path) == before
        store.end_turn("ring", "a")
        assert store.data_version() == seen
        store.undo()
        assert store.get(Note, "n2") is None
        assert store.full_check() == []


def test_a_file_that_is_only_read_gives_no_turn(tmp_path):
    filled(tmp_path).close()
    with opened(tmp_path, read_only=True) as store:
        assert not store.take_turn("ring", "a", NOW, LASTS)
        store.end_turn("ring", "a")
    with opened(tmp_path) as store:
        assert store.take_turn("ring", "b", NOW, LASTS)


def test_it_comes_home_with_a_backup_and_ends_all_the_same(tmp_path):
    copy = tmp_path / "copy.sqlite3"
    folder = tmp_path / "data"
    with filled(folder) as store:
        assert store.take_turn("ring", "a", NOW, LASTS)
        make_backup(store.path, copy)
    with connect_unchanged(copy) as raw:
        assert problems_in(raw) == []
    raw.close()
    restore(folder, copy, now=later(5))
    with opened(folder) as store:
        assert store.get(type(ANA), "ana") == ANA
        assert not store.take_turn("ring", "b", later(6), LASTS)
        assert store.take_turn("ring", "b", later(30), LASTS)


def _race(folder, name: str, barrier, won) -> None:
    with opened(folder) as store:
        for number in range(20):
            barrier.wait(30)
            if store.take_turn(f"ring{number}", name, later(random.uniform(0, 5)), LASTS):
                won.put(number)


def test_of_eight_processes_that_want_it_at_once_one_gets_it(tmp_path):
    filled(tmp_path).close()
    spawn = multiprocessing.get_context("spawn")
    barrier, won = spawn.Barrier(8), spawn.Queue()
    racing = [
        spawn.Process(target=_race, args=(tmp_path, f"p{each}", barrier, won)) for each in range(8)
    ]
    for each in racing:
        each.start()
    got = sorted(won.get(timeout=60) for _ in range(20))
    for each in racing:
        each.join(30)
    assert got == list(range(20))
    assert won.empty()
    assert [each.exitcode for each in racing] == [0] * 8


def test_the_mark_of_the_data_tells_of_every_change_and_of_no_turn(two):
    first, second = two
    before = first.mark(), second.mark()
    assert first.take_turn("ring", "a", NOW, LASTS)
    first.end_turn("ring", "a")
    assert first.mark() == before[0]
    with first.change("x", undoable=False):
        first.put(note("n9"))
    assert first.mark() != before[0]
    assert second.mark() != before[1]


def test_within_one_look_the_mark_is_as_old_as_what_was_read(two):
    """Else what is kept under it would never be read anew."""
    first, second = two
    with first.one_look():
        read, mark = first.get(Note, "n1"), first.mark()
        with second.change("x", undoable=False):
            second.put(note("n1", "Other words"))
        with first.one_look():
            assert (first.get(Note, "n1"), first.mark()) == (read, mark)
    assert first.get(Note, "n1") != read
    assert first.mark() != mark
