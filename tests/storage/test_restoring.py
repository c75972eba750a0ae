"""Restoring keeps whatever was there, byte by byte, and never over what it kept before."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.errors import DataBusy, DataDamaged, DiskTrouble
from caregiver_app.storage import backups, checks, files, restoring
from caregiver_app.storage.backups import make_backup
from caregiver_app.storage.connection import beside, connect, log_of, look
from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.restoring import kept, restore
from tests.storage.making import NOW, WORD, filled, note, opened
from tests.tools.plain_user import run

PAGE = 4096


@pytest.fixture
def folder(tmp_path) -> Path:
    filled(tmp_path / "data").close()
    return tmp_path / "data"


@pytest.fixture
def backup(folder, tmp_path) -> Path:
    """A backup with one note; the data gets thirty more."""
    made = make_backup(folder / DATA_NAME, tmp_path / "backup.sqlite3")
    put(folder, *(f"later{number}" for number in range(30)))
    return made


def put(folder: Path, *entries: str) -> None:
    with opened(folder) as store, store.change("x"):
        for entry in entries:
            store.put(note(entry, f"words of {entry} " * 40))


def notes(folder: Path) -> int:
    with opened(folder) as store:
        assert store.full_check() == []
        assert store.vanished() == {}
        return len(store.notes())


def spoil_page(path: Path) -> None:
    """Fill a page in which words stand with zeros; the head of the file stays sound."""
    data = bytearray(path.read_bytes())
    at = data.index(b"words of later20") // PAGE * PAGE
    data[at : at + PAGE] = bytes(PAGE)
    path.write_bytes(data)


def spoil_head(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + os.urandom(9000))


def leave_log(folder: Path) -> None:
    """Leave a log with a change in it, as a kill does."""
    path = folder / DATA_NAME
    with opened(folder) as store:
        with store.change("x"):
            store.put(note("in_log", "only in the log"))
        held = {one: one.read_bytes() for one in (path, log_of(path))}
    for one, data in held.items():
        one.write_bytes(data)


# ---- in the same second --------------------------------------------------------------------------
@pytest.mark.parametrize("harm", [lambda _: None, spoil_page, spoil_head])
def test_what_was_kept_is_never_replaced(folder, backup, harm):
    harm(folder / DATA_NAME)
    first = (folder / DATA_NAME).read_bytes()
    found = [restore(folder, backup, now=NOW) for _ in range(3)]
    assert found == kept(folder)
    assert len(set(found)) == 3
    assert found[0].read_bytes() == first
    assert notes(folder) == 1


@pytest.mark.parametrize("side", [0, 1, 2])
def test_a_log_without_its_file_is_not_taken_for_the_kept_files(folder, backup, side):
    stamp = NOW.strftime("%Y-%m-%dT%H%M%S")
    other = beside(folder / f"caregiver-before-restore-{stamp}.sqlite3")[side]
    other.write_bytes(b"of another")
    before = restore(folder, backup, now=NOW)
    assert before.name > other.name
    assert other.read_bytes() == b"of another"


def test_of_two_decided_ones_the_later_is_in_place_and_all_is_kept(folder, backup, monkeypatch):
    """The first was killed: the second does not come to nothing at the next start."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    first = (folder / DATA_NAME).read_bytes()
    put(folder, "for the second")
    second = make_backup(folder / DATA_NAME, backup.with_name("second.sqlite3"))
    (folder / DATA_NAME).write_bytes(first)
    monkeypatch.setattr(restoring, "_finish", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(folder, backup, now=NOW)
    monkeypatch.undo()
    restore(folder, second, now=NOW + timedelta(hours=1))
    assert notes(folder) == 32
    assert kept(folder)[0].read_bytes() == first
    assert len(kept(folder)) == 2
    assert not list(folder.glob("caregiver-restoring*"))


@pytest.mark.parametrize("name", ["2026-11-20T093000", "of mine"])
def test_a_decided_one_is_ended_whatever_is_called_like_what_it_keeps(folder, backup, name):
    first = (folder / DATA_NAME).read_bytes()
    (folder / f"caregiver-restoring-{name}.sqlite3").write_bytes(backup.read_bytes())
    log = folder / f"caregiver-restoring-{name}.sqlite3-wal"
    log.write_bytes(b"no diary")
    other = folder / f"caregiver-before-restore-{name}.sqlite3"
    other.write_bytes(b"of another")
    assert notes(folder) == 1
    assert other.read_bytes() == b"of another"
    assert first in [one.read_bytes() for one in folder.glob("caregiver-before-restore-*")]
    assert log.read_bytes() == b"no diary"


@pytest.mark.parametrize("harm", [lambda _: None, spoil_page])
def test_without_second_names_a_copy_is_kept(folder, backup, monkeypatch, harm):
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "one name a file")

    harm(folder / DATA_NAME)
    leave_log(folder) if harm is not spoil_page else None
    first = (folder / DATA_NAME).read_bytes()
    monkeypatch.setattr(os, "link", refused)
    found = [restore(folder, backup, now=NOW) for _ in range(2)]
    assert found == kept(folder)
    assert harm is not spoil_page or found[0].read_bytes() == first
    assert notes(folder) == 1


# ---- what is no file -----------------------------------------------------------------------------
def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "something").touch()


def a_dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def a_loop(path: Path) -> None:
    path.symlink_to(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [a_folder, os.mkfifo, a_dangling_link, a_loop, a_device])
def test_what_is_no_file_is_put_aside(folder, backup, make: Callable[[Path], object]):
    path = folder / DATA_NAME
    path.unlink()
    make(path)
    kind = stat.S_IFMT(path.lstat().st_mode)
    before = restore(folder, backup, now=NOW)
    assert stat.S_IFMT(before.lstat().st_mode) == kind
    assert notes(folder) == 1


@pytest.mark.parametrize("make", [a_folder, os.mkfifo])
@pytest.mark.parametrize("side", [0, 1, 2])
def test_what_is_no_log_beside_it_goes_with_the_kept_file(folder, backup, side, make):
    path = folder / DATA_NAME
    make(beside(path)[side])
    first = path.read_bytes()
    with pytest.raises(DataDamaged):
        look(path)
    before = restore(folder, backup, now=NOW)
    assert before.read_bytes() == first
    assert files.is_there(beside(before)[side])
    assert notes(folder) == 1


def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / DATA_NAME)
    for mode in ("write", "query", "plain", "read", "frozen"):
        with pytest.raises(sqlite3.OperationalError) as refused:
            connect(tmp_path / DATA_NAME, mode)
        assert refused.value.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN


def test_a_write_protected_data_file_is_replaced_and_kept(folder, backup):
    (folder / DATA_NAME).chmod(0o400)
    first = (folder / DATA_NAME).read_bytes()
    told = run(folder, [["restore", str(backup)], ["check"]])
    assert [one.code for one in told] == [0, 0], told
    assert kept(folder)[0].read_bytes() == first


# ---- byte by byte --------------------------------------------------------------------------------
@pytest.mark.parametrize("harm", [lambda _: None, spoil_page, spoil_head])
def test_without_a_log_the_kept_file_is_the_same_bytes(folder, backup, harm):
    path = folder / DATA_NAME
    harm(path)
    first = path.read_bytes()
    before = restore(folder, backup, now=NOW)
    assert before.read_bytes() == first
    assert not any(map(files.is_there, beside(before)))


@pytest.mark.parametrize("harm", [spoil_page, spoil_head])
def test_a_damaged_file_and_its_log_are_kept_as_they_are(folder, backup, harm):
    path = folder / DATA_NAME
    leave_log(folder)
    harm(path)
    first = [path.read_bytes(), log_of(path).read_bytes()]
    before = restore(folder, backup, now=NOW)
    assert [before.read_bytes(), log_of(before).read_bytes()] == first


def test_a_journal_is_never_left_for_the_restored_file(folder, backup):
    path = folder / DATA_NAME
    spoil_page(path)
    *_, journal = beside(path)
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + os.urandom(9000))
    first = journal.read_bytes()
    *_, its_own = beside(restore(folder, backup, now=NOW))
    assert its_own.read_bytes() == first
    assert notes(folder) == 1


def test_a_sound_file_with_a_log_is_kept_as_one_whole_file(folder, backup):
    leave_log(folder)
    before = restore(folder, backup, now=NOW)
    assert not any(map(files.is_there, beside(before)))
    assert restore(folder, before, now=NOW) is not None
    with opened(folder) as store:
        assert store.get(Note, "in_log") is not None


@pytest.mark.parametrize("harm", [lambda _: None, spoil_page])
@pytest.mark.parametrize("with_log", [False, True])
def test_what_another_has_open_is_not_replaced(folder, backup, monkeypatch, harm, with_log):
    path = folder / DATA_NAME
    if with_log:
        leave_log(folder)
    harm(path)
    monkeypatch.setattr(restoring._settle, "__defaults__", (0.0,))
    with closing(connect(path, "query")) as other:
        other.execute("SELECT id FROM person").fetchall()
        held = [one.read_bytes() for one in (path, log_of(path))]
        with pytest.raises(DataBusy):
            restore(folder, backup, now=NOW)
        assert [one.read_bytes() for one in (path, log_of(path))] == held
    assert not list(folder.glob("*restor*"))
    assert not list(folder.glob(".*"))


# ---- what was counted, and what was written ------------------------------------------------------
@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("failing", [1, 2, 3])
def test_what_was_counted_never_speaks_of_what_was_restored(
    folder, backup, monkeypatch, failing, counted
):
    """Each of the three moves fails: the copy gets its name, the counts theirs, the copy its place.

    A later backup with more rows would tell of a loss where nothing else was counted.
    """
    path = folder / checks.COUNTS_NAME
    backups.daily_backup(folder, NOW, edited=True)
    if not counted:
        path.unlink()
    first = path.read_bytes() if counted else None
    calls, plain = [], files.move_durably

    def fails(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == failing:
            raise OSError(errno.ENOSPC, "full")
        plain(source, target)

    monkeypatch.setattr(files, "move_durably", fails)
    with pytest.raises(DiskTrouble) as trouble:
        restore(folder, backup, now=NOW)
    monkeypatch.undo()
    assert trouble.value.key == "disk.full"
    assert len(calls) >= failing
    assert (path.read_bytes() if path.exists() else None) == first
    assert kept(folder) == []
    assert notes(folder) == 31
    restore(folder, backup, now=NOW)
    assert notes(folder) == 1


def flip(path: Path) -> None:
    data = path.read_bytes()
    assert data.count(WORD.encode()) > 1
    path.write_bytes(data.replace(WORD.encode(), WORD.swapcase().encode()))


def test_a_copy_is_read_back_after_its_last_write(folder, backup, monkeypatch):
    plain = restoring.connect

    def failing(path: Path, mode: str, *more: float) -> sqlite3.Connection:
        if mode == "frozen" and path.suffix == ".part":
            flip(path)
        return plain(path, mode, *more)

    first = (folder / DATA_NAME).read_bytes()
    monkeypatch.setattr(restoring, "connect", failing)
    with pytest.raises(DiskTrouble):
        restore(folder, backup, now=NOW)
    assert (folder / DATA_NAME).read_bytes() == first
    assert kept(folder) == []
    assert not list(folder.glob(".*"))


def test_a_copy_is_judged_by_what_stands_in_the_file(folder, tmp_path, monkeypatch):
    """What SQLite remembers of writing it is whole even where the disk took something else."""
    plain, seen = backups.connect, []

    def failing(path: Path, mode: str, *more: float) -> sqlite3.Connection:
        seen.append(mode)
        if mode == "frozen":
            flip(path)
        return plain(path, mode, *more)

    monkeypatch.setattr(backups, "connect", failing)
    with pytest.raises(DiskTrouble):
        make_backup(folder / DATA_NAME, tmp_path / "copy.sqlite3")
    assert seen == ["plain", "frozen"]
    assert not (tmp_path / "copy.sqlite3").exists()
