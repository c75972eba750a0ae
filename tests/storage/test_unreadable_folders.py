"""A folder or a name that the disk could not tell of for a moment is not one with nothing in it."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from caregiver_app.bootstrap import more, new_id
from caregiver_app.clock import GivenClock
from caregiver_app.errors import DataDamaged, DiskTrouble
from caregiver_app.integrations import sealed
from caregiver_app.services.backups import asks_passphrase, is_sealed
from caregiver_app.services.household import household
from caregiver_app.storage import checks, elsewhere, erasing, restoring
from caregiver_app.storage.backups import BACKUPS_NAME, daily_backup
from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.erasing import Wanted
from tests.storage.making import NOW, filled, note, opened

WORD = "Zeisigkanarienwort"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    filled(made).close()
    with opened(made) as store, store.change("x"):
        store.put(note("n9", WORD))
    daily_backup(made, NOW, edited=False)
    return made


def fails_at(monkeypatch: pytest.MonkeyPatch, name: str, path: Path) -> None:
    """Let one call of the system fail for one path, as a loose cable does."""
    plain = getattr(os, name)

    def failing(of: object, *told: object, **more: object) -> object:
        if isinstance(of, (str, os.PathLike)) and Path(of) == path:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(of))
        return plain(of, *told, **more)

    monkeypatch.setattr(os, name, failing)


def test_a_data_file_that_nobody_could_tell_of_is_not_missing(folder: Path, monkeypatch):
    fails_at(monkeypatch, "lstat", folder / DATA_NAME)
    fails_at(monkeypatch, "stat", folder / DATA_NAME)
    with pytest.raises(DiskTrouble):
        opened(folder)
    monkeypatch.undo()
    assert opened(folder).full_check() == []


def test_backups_that_could_not_be_listed_let_no_new_data_begin(folder: Path, monkeypatch):
    (folder / DATA_NAME).rename(folder / "elsewhere")
    fails_at(monkeypatch, "listdir", folder / BACKUPS_NAME)
    with pytest.raises(DiskTrouble):
        opened(folder)
    assert not (folder / DATA_NAME).exists()


def test_a_restore_that_was_decided_is_not_overlooked(folder: Path, monkeypatch):
    copy = folder.parent / "copy.sqlite3"
    copy.write_bytes((folder / DATA_NAME).read_bytes())
    monkeypatch.setattr(restoring, "finish_restore", lambda _folder: None)
    restoring.restore(folder, copy, now=NOW)
    monkeypatch.undo()
    fails_at(monkeypatch, "listdir", folder)
    with pytest.raises(DiskTrouble):
        opened(folder)
    monkeypatch.undo()
    opened(folder).close()
    assert len(restoring.kept(folder)) == 1


@pytest.mark.parametrize("where", ["own", "second"])
def test_copies_that_could_not_be_listed_are_still_to_be_cleaned(
    folder: Path, tmp_path: Path, monkeypatch, where: str
):
    stick = tmp_path / "stick"
    stick.mkdir()
    assert elsewhere.follow(folder / BACKUPS_NAME, stick, NOW)
    wanted = Wanted(keys=(("note", "n9"),))
    path = folder / DATA_NAME
    erasing.erase(path, wanted, remove_copies=False, now=NOW, second=str(stick))
    fails_at(monkeypatch, "listdir", folder / BACKUPS_NAME if where == "own" else stick)
    outcome = erasing.finish(path, NOW)
    assert outcome is not None
    assert isinstance(outcome.trouble, DiskTrouble)
    monkeypatch.undo()
    again = erasing.finish(path, NOW)
    assert again is not None
    assert again.cleaned == 2
    every = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert [one for one in every if WORD.encode() in one.read_bytes()] == []


@pytest.mark.parametrize("where", ["backups", "stick"])
def test_a_second_place_that_cannot_be_looked_at_says_so(
    folder: Path, tmp_path: Path, monkeypatch, where: str
):
    stick = tmp_path / "stick"
    stick.mkdir()
    if where == "stick":
        fails_at(monkeypatch, "stat", stick)
    else:
        fails_at(monkeypatch, "listdir", folder / BACKUPS_NAME)
    with pytest.raises(DiskTrouble):
        elsewhere.follow(folder / BACKUPS_NAME, stick, NOW)


def test_an_unfinished_copy_there_is_thrown_away_a_day_later(folder: Path, tmp_path: Path):
    stick = tmp_path / "stick"
    stick.mkdir()
    left, others = (
        stick / name for name in (".caregiver-2026-11-20T0900.sqlite3.0a1b2c3d.part", ".mine.part")
    )
    for path in (left, others):
        path.touch()
        os.utime(path, (0, 0))
    assert elsewhere.follow(folder / BACKUPS_NAME, stick, NOW)
    assert (left.exists(), others.exists()) == (False, True)


def test_a_stick_that_cannot_be_looked_at_is_not_there_and_keeps_nobody_from_erasing(
    folder: Path, tmp_path: Path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(folder) as store:
        house = household(store, GivenClock(NOW, running=False), new_id, more)
        house.backups.choose_place(stick)
        fails_at(monkeypatch, "stat", stick)
        place = house.backups.place()
        assert place is not None
        assert not place.is_there
        assert house.erasing.of_everything().away


def test_what_was_decided_is_erased_whatever_fails_after_it(folder: Path, monkeypatch):
    def refused(*_: object) -> None:
        raise DiskTrouble("disk.trouble", path="x")

    with opened(folder) as store:
        house = household(store, GivenClock(NOW, running=False), new_id, more)
        scope = house.erasing.of_entries([("note", "n9")])
        monkeypatch.setattr(erasing, "finish", refused)
        outcome = house.erasing.erase(scope, remove_copies=False)
        assert isinstance(outcome.trouble, DiskTrouble)
        monkeypatch.undo()
        assert house.erasing.go_on() is not None
    every = [one for one in folder.rglob("*") if one.is_file()]
    assert [one for one in every if WORD.encode() in one.read_bytes()] == []


@pytest.mark.parametrize("only_reading", [True, False])
def test_a_page_that_could_not_be_read_is_no_damage(folder: Path, monkeypatch, only_reading: bool):
    def refused(*_: object) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setattr(erasing, "blank", refused)
    monkeypatch.setattr(checks, "reading_failed", lambda _path: only_reading)
    wanted = Wanted(keys=(("note", "n9"),))
    with pytest.raises(DiskTrouble if only_reading else DataDamaged):
        erasing.erase(folder / DATA_NAME, wanted, remove_copies=False, now=NOW)


def test_a_copy_that_could_not_be_cleared_up_after_is_a_copy(
    folder: Path, tmp_path: Path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()

    def refused(path: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EIO, "no", str(path))

    monkeypatch.setattr(Path, "unlink", refused)
    assert elsewhere.follow(folder / BACKUPS_NAME, stick, NOW)


def test_a_locked_backup_that_cannot_be_read_is_not_taken_for_an_open_one(
    tmp_path: Path, monkeypatch
):
    def refused(*_: object, **__: object) -> object:
        raise OSError(errno.EIO, "no")

    assert not sealed.is_sealed(tmp_path / "not there")
    (tmp_path / "copy").touch()
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(DiskTrouble):
        asks_passphrase(tmp_path / "copy")
    assert not is_sealed(tmp_path / "copy")
