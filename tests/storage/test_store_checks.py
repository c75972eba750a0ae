"""Vanished rows, damaged pages, missing references; and the private files underneath."""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from caregiver_app.errors import (
    DataDamaged,
    DiskTrouble,
)
from caregiver_app.storage import backups, checks, files, restoring
from caregiver_app.storage.database import DATA_NAME
from tests.storage.making import NOW, filled, note, opened, tamper


@pytest.fixture
def folder(tmp_path):
    filled(tmp_path / "data").close()
    return tmp_path / "data"


def raised(number: int):
    def fail(*_: object) -> None:
        raise OSError(number, "no")

    return fail


# ---- counts --------------------------------------------------------------------------------------
def test_rows_that_vanish_from_a_sound_file_are_noticed(folder):
    with opened(folder) as store, store.change("x"):
        for number in range(10):
            store.put(note(f"m{number}", "x"))
    before = checks.recorded_counts(folder)
    assert before["note"] == 11
    tamper(folder, "DELETE FROM note WHERE id LIKE 'm%'")
    with opened(folder) as store:
        assert store.full_check() == []
        assert store.vanished() == {"note": (11, 1)}


def test_a_restore_is_no_alarm(folder):
    backup = backups.daily_backup(folder, NOW, edited=False)
    with opened(folder) as store, store.change("x"):
        for number in range(10):
            store.put(note(f"m{number}", "x"))
    restoring.restore(folder, backup, now=NOW)
    with opened(folder) as store:
        assert store.vanished() == {}


@pytest.mark.parametrize(
    ("before", "now", "warns"),
    [
        (11, 9, False),  # not more than a fifth, not more than ten
        (10, 8, False),
        (10, 7, True),
        (1, 0, True),
        (100, 90, False),
        (100, 89, True),
        (1000, 990, False),
        (1000, 989, True),
        (5, 9, False),
    ],
)
def test_more_than_a_fifth_or_more_than_ten_rows_gone_is_told(before, now, warns):
    expected = {"note": (before, now)} if warns else {}
    assert checks.vanished({"note": before}, {"note": now}) == expected


def lost(folder: Path, count: int = 10) -> None:
    with opened(folder) as store, store.change("x"):
        for number in range(count):
            store.put(note(f"m{number}", "x"))
    tamper(folder, "DELETE FROM note WHERE id LIKE 'm%'")


def test_the_warning_stays_until_somebody_says_that_it_was_them(folder):
    lost(folder)
    with opened(folder) as store:
        # Neither writing on and closing nor the day's backup forget it.
        with store.change("x"):
            store.put(note("new", "x"))
        backups.daily_backup(folder, NOW, edited=True)
    with opened(folder) as store:
        assert store.vanished() == {"note": (11, 2)}
        store.accept_counts()
        assert store.vanished() == {}
    with opened(folder) as store:
        assert store.vanished() == {}


def test_what_undo_takes_away_is_no_alarm_and_hides_none(folder):
    with opened(folder) as store:
        with store.change("x"):
            for number in range(20):
                store.put(note(f"m{number}", "x"))
        backups.daily_backup(folder, NOW, edited=True)
        store.undo()
        assert store.vanished() == {}
    with opened(folder) as store:
        assert store.vanished() == {}
    lost(folder)
    with opened(folder) as store:
        with store.change("x"):
            store.put(note("new", "x"))
        store.undo()
        assert store.vanished() == {"note": (10, 1)}


def test_without_kept_counts_the_newest_backup_tells(folder):
    with opened(folder) as store, store.change("x"):
        for number in range(10):
            store.put(note(f"m{number}", "x"))
    made = backups.daily_backup(folder, NOW, edited=False)
    lost(folder)
    (folder / checks.COUNTS_NAME).unlink()
    with opened(folder) as store:
        assert store.vanished() == {"note": (11, 1)}
        # A backup made after the loss is not the one to go back to.
        backups.make_backup(store.path, folder / "backups" / "caregiver-2027-01-01T0000.sqlite3")
    assert backups.newest_good_backup(folder, {"note": 11}) == made
    # Where none has all, the one that lacks the fewest.
    assert backups.newest_good_backup(folder, {"note": 99}) == made


def test_counts_that_cannot_be_kept_or_read_are_no_trouble(folder, monkeypatch):
    (folder / checks.COUNTS_NAME).write_text("[not counts")
    assert checks.recorded_counts(folder) == {}
    monkeypatch.setattr(files, "move_durably", raised(errno.ENOSPC))
    checks.record_counts(folder, {"note": 1})
    assert not list(folder.glob(".*"))


# ---- checks --------------------------------------------------------------------------------------
def test_a_damaged_page_is_found(folder):
    with opened(folder) as store, store.change("x"):
        for number in range(400):
            store.put(note(f"m{number}", "words " * 20))
    path = folder / DATA_NAME
    whole = bytearray(path.read_bytes())
    whole[-3 * 4096 :] = b"\x55" * 3 * 4096
    path.write_bytes(whole)
    assert checks.quick_check(path)
    assert checks.full_check(path)


def test_a_reference_to_nothing_is_found(folder):
    with closing(sqlite3.connect(folder / DATA_NAME, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM person")
    assert any("missing person" in problem for problem in checks.full_check(folder / DATA_NAME))


def test_a_file_that_cannot_be_checked_is_told(folder, monkeypatch):
    for trouble, meaning in (
        (OSError(errno.EIO, "no"), DiskTrouble),
        (sqlite3.DatabaseError("file is not a database"), None),
    ):

        def fail(path, error=trouble):
            raise error

        monkeypatch.setattr(checks, "own_reader", fail)
        if meaning:
            with pytest.raises(meaning):
                checks.quick_check(folder / DATA_NAME)
        else:
            assert checks.quick_check(folder / DATA_NAME) == ["file is not a database"]
    (folder / DATA_NAME).write_text("no data file")
    monkeypatch.undo()
    with pytest.raises(DataDamaged):
        checks.full_check(folder / DATA_NAME)


# ---- files ---------------------------------------------------------------------------------------
def test_a_second_name_is_a_copy_where_links_are_not_known(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("words")
    monkeypatch.setattr(os, "link", raised(errno.EPERM))
    files.give_second_name(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "words"
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        files.give_second_name(tmp_path / "a", tmp_path / "b")


# ---- words ---------------------------------------------------------------------------------------
def test_every_message_that_storage_raises_has_its_sentence():
    root = Path(__file__).parents[2]
    words: dict[str, str] = {}
    for catalogue in (root / "resources" / "messages").rglob("*.json"):
        words |= json.loads(catalogue.read_text(encoding="utf-8"))
    sources = (root / "caregiver_app" / "storage").glob("*.py")
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    keys = set(re.findall(r'"((?:data|disk|backup|undo)\.[a-z_]+)"', text))
    assert len(keys) > 20
    assert keys <= set(words)
    for key in keys:
        assert words[key].format(path="p", kind="k", id="i")


def write_more(store, count: int) -> None:
    with store.change("more"):
        for number in range(count):
            store.put(note(f"more{number}", "x"))


@pytest.mark.parametrize("looked", [True, False])
@pytest.mark.parametrize("backed_up", [True, False])
def test_writing_on_does_not_hide_what_is_gone(folder, looked: bool, backed_up: bool):
    lost(folder)
    with opened(folder) as store:
        if looked:
            assert store.vanished() == {"note": (11, 1)}
        write_more(store, 11)
        if backed_up and looked:
            backups.daily_backup(folder, NOW, edited=True, missing=store.missing)
    for _ in range(2):
        with opened(folder) as store:
            assert store.vanished() == {"note": (22, 12)}, "still ten fewer"
    with opened(folder) as store:
        store.vanished()
        store.accept_counts()
        write_more(store, 12)
    with opened(folder) as store:
        assert store.vanished() == {}


def write_more_and_fail(store) -> None:
    with store.change("x"):
        for number in range(10):
            store.put(note(f"more{number}", "x"))
        store.put(note("wrong", None))


def test_a_change_that_failed_added_nothing(folder):
    lost(folder)
    with opened(folder) as store:
        with pytest.raises(TypeError):
            write_more_and_fail(store)
        with store.change("x"):
            store.put(note("one", "x"))
    with opened(folder) as store:
        assert store.vanished() == {"note": (11, 2)}


def test_the_right_file_back_in_its_place_ends_it(folder):
    path = folder / DATA_NAME
    with opened(folder) as store:
        write_more(store, 10)
    whole = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DELETE FROM note WHERE id <> 'n1'")
    with opened(folder) as store:
        assert store.vanished() == {"note": (11, 1)}
        with store.change("x"):
            store.put(note("new", "x"))
    path.write_bytes(whole)
    with opened(folder) as store:
        assert store.vanished() == {}
        with store.change("x"):
            store.put(note("new", "x"))
    with opened(folder) as store:
        assert store.vanished() == {}
