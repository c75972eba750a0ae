"""Reading only, locks, and what each error of SQLite's and the system's means."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.errors import (
    DataBusy,
    DataDamaged,
    DataReadOnly,
    DiskTrouble,
    InputRefused,
    UserError,
)
from caregiver_app.storage import connection as connecting
from caregiver_app.storage import database, files
from caregiver_app.storage.connection import connect, disk_trouble, translated
from caregiver_app.storage.database import DATA_NAME
from tests.storage.making import filled, note, opened

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to mount"
)


as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to mount"
)


def bytes_of(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


# ---- reading only --------------------------------------------------------------------------------
def refuses_writes(store) -> bool:
    with pytest.raises(DataReadOnly), store.change("x"):
        store.put(note("n2", "no"))
    return store.get(Note, "n2") is None


def test_a_store_for_reading_only_refuses_writes_and_leaves_nothing_behind(tmp_path):
    filled(tmp_path).close()
    before = bytes_of(tmp_path)
    with opened(tmp_path, read_only=True) as store:
        assert store.read_only
        assert store.get(Note, "n1") is not None
        assert refuses_writes(store)
        assert store.full_check() == []
    assert bytes_of(tmp_path) == before


def test_reading_where_nothing_is_yet_makes_nothing(tmp_path):
    folder = tmp_path / "nothing"
    with opened(folder, read_only=True) as store:
        assert store.notes() == []
        assert store.search("x") == []
        assert store.full_check() == []
        assert refuses_writes(store)
    assert not folder.exists()


@as_root
@pytest.mark.parametrize("in_use", [False, True], ids=["closed", "killed"])
def test_a_read_only_folder_is_read_and_refuses_writes(in_use, tmp_path):
    inside, outside = tmp_path / "data", tmp_path / "mounted"
    outside.mkdir()
    store = filled(inside)
    store.close()
    if in_use:
        code = (
            "import os, sqlite3, sys\nraw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "raw.execute('PRAGMA application_id = 1130459749')\nos._exit(0)"
        )
        subprocess.run([sys.executable, "-c", code, inside / DATA_NAME], check=True)
        (inside / f"{DATA_NAME}-shm").unlink()
    mount(outside, "--bind", str(inside))
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", outside], check=True)
        before = bytes_of(outside)
        with opened(outside) as read:
            assert read.read_only
            assert read.get(Note, "n1") is not None
            assert refuses_writes(read)
            assert read.quick_check() == []
        assert bytes_of(outside) == before
    finally:
        subprocess.run(["umount", outside], check=True)


@as_root
def test_a_read_only_folder_without_data_is_refused(tmp_path):
    folder = tmp_path / "mounted"
    folder.mkdir()
    mount(folder, "-t", "tmpfs", "-o", "ro,size=100k", "none")
    try:
        for place in (folder, folder / "below"):
            with pytest.raises(DataReadOnly) as refused:
                opened(place)
            assert refused.value.key == "data.read_only_folder"
    finally:
        subprocess.run(["umount", folder], check=True)


def mount(folder: Path, *options: str) -> None:
    command = ["mount", *options, str(folder)] if "-t" in options else ["mount", *options, folder]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")


@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN])
def test_a_file_that_only_seems_writable_is_opened_for_reading(code, tmp_path, monkeypatch):
    filled(tmp_path).close()

    def refuse(path, mode, busy_seconds):
        error = sqlite3.OperationalError("attempt to write a readonly database")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(database, "connect", refuse)
    with opened(tmp_path) as store:
        assert store.read_only
        assert store.get(Note, "n1") is not None


@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN])
def test_a_system_that_gave_nothing_for_a_moment_is_asked_again(code, tmp_path, monkeypatch):
    filled(tmp_path).close()
    plain, asked = database.connect, []

    def refuse_once(path, mode, busy_seconds):
        asked.append(mode)
        if len(asked) == 1:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = code
            raise error
        return plain(path, mode, busy_seconds)

    monkeypatch.setattr(database, "connect", refuse_once)
    with opened(tmp_path) as store, store.change("x"):
        store.put(note("n2", "kept"))
    assert asked == ["write", "write"]


@pytest.mark.parametrize(
    ("code", "number", "allowed", "meaning", "key"),
    [
        (sqlite3.SQLITE_READONLY, errno.EDQUOT, True, DiskTrouble, "disk.full"),
        (sqlite3.SQLITE_CANTOPEN, errno.EMFILE, True, DiskTrouble, "disk.trouble"),
        (sqlite3.SQLITE_CANTOPEN, errno.EROFS, True, DataReadOnly, "data.read_only"),
        (sqlite3.SQLITE_CANTOPEN, 0, True, DiskTrouble, "disk.cannot_open"),
        (sqlite3.SQLITE_READONLY, 0, True, DataReadOnly, "data.read_only"),
        (sqlite3.SQLITE_CANTOPEN, 0, False, DataReadOnly, "data.read_only"),
    ],
)
def test_why_nothing_can_be_written_is_looked_at_before_it_is_told(
    code, number, allowed, meaning, key, tmp_path, monkeypatch
):
    filled(tmp_path).close()

    def refuse(path, mode, busy_seconds):
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = code
        # Root may write to everything.
        monkeypatch.setattr(os, "access", lambda path, _how: path == tmp_path or allowed)
        raise error

    def give_nothing(path):
        raise OSError(number, "no", str(path))

    if number:
        monkeypatch.setattr(files, "make_private", give_nothing)
    monkeypatch.setattr(database, "connect", refuse)
    with opened(tmp_path) as store:
        assert store.get(Note, "n1") is not None, "what is there can be read all the same"
        with pytest.raises(meaning) as refused, store.change("x"):
            store.put(note("n2", "no"))
    assert refused.value.key == key
    assert list(tmp_path.glob(".*")) == []


def test_a_write_that_the_system_refuses_later_says_so(tmp_path):
    with filled(tmp_path) as store:
        store._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(DataReadOnly), store.change("x"):
            store.put(note("n2", "no"))
        store._connection.execute("PRAGMA query_only = OFF")
        assert store.get(Note, "n2") is None


def test_other_trouble_while_opening_is_told(tmp_path, monkeypatch):
    filled(tmp_path).close()

    def refuse(path, mode, busy_seconds):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    monkeypatch.setattr(database, "connect", refuse)
    with pytest.raises(DiskTrouble):
        opened(tmp_path)


# ---- locks and errors ----------------------------------------------------------------------------
def test_a_locked_file_is_busy_after_the_wait_and_nothing_is_lost(tmp_path):
    filled(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATA_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with opened(tmp_path, busy_seconds=0.05) as store:
            assert store.get(Note, "n1") is not None
            with pytest.raises(DataBusy), store.change("x"):
                pytest.fail("the lock was not free")
            other.execute("ROLLBACK")
            with store.change("x"):
                store.put(note("n2", "now"))
    with opened(tmp_path) as store:
        assert store.get(Note, "n2") is not None


def test_a_file_that_another_program_keeps_to_itself_is_busy(tmp_path):
    filled(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATA_NAME, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("PRAGMA user_version = 1")
        with pytest.raises(DataBusy):
            opened(tmp_path, busy_seconds=0.05)


def test_a_reader_of_an_old_state_does_not_fail_at_its_first_write(tmp_path):
    filled(tmp_path).close()
    with opened(tmp_path) as one, opened(tmp_path) as other:
        one.get(Note, "n1")
        with other.change("x"):
            other.put(note("n2", "theirs"))
        with one.change("x"):
            seen = one.get(Note, "n2")
            one.put(note("n2", seen.text + " and mine"))
        assert other.get(Note, "n2").text == "theirs and mine"


@pytest.mark.parametrize(
    ("code", "meaning", "key"),
    [
        (sqlite3.SQLITE_BUSY, DataBusy, "data.busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DataBusy, "data.busy"),
        (sqlite3.SQLITE_LOCKED, DataBusy, "data.busy"),
        (sqlite3.SQLITE_READONLY_DBMOVED, DataReadOnly, "data.read_only"),
        (sqlite3.SQLITE_FULL, DiskTrouble, "disk.full"),
        (sqlite3.SQLITE_IOERR_FSYNC, DiskTrouble, "disk.trouble"),
        (sqlite3.SQLITE_CANTOPEN, DiskTrouble, "disk.cannot_open"),
        (sqlite3.SQLITE_CORRUPT, DataDamaged, "data.damaged"),
        (sqlite3.SQLITE_NOTADB, DataDamaged, "data.not_ours"),
        (sqlite3.SQLITE_TOOBIG, InputRefused, "data.too_big"),
    ],
)
def test_each_error_has_its_meaning(code, meaning, key):
    error = sqlite3.OperationalError("words")
    error.sqlite_errorcode = code
    found = translated(error, Path("x"))
    assert type(found) is meaning
    assert found.key == key


def test_a_mistake_of_the_program_stays_one(tmp_path):
    error = sqlite3.ProgrammingError("Cannot operate on a closed database.")
    assert translated(error, tmp_path) is error
    with filled(tmp_path) as store:
        pass
    with pytest.raises(sqlite3.ProgrammingError):
        store.notes()


def test_system_errors_have_their_meaning():
    import errno

    keys = {
        errno.ENOSPC: "disk.full",
        errno.EFBIG: "disk.full",
        errno.EROFS: "data.read_only",
        errno.EACCES: "data.read_only",
        errno.EIO: "disk.trouble",
    }
    for number, key in keys.items():
        assert disk_trouble(OSError(number, "words"), Path("x")).key == key


def test_an_unreadable_file_is_told(tmp_path, monkeypatch):
    filled(tmp_path).close()

    def refuse(path, busy_seconds):
        raise PermissionError(13, "no")

    monkeypatch.setattr(connecting, "connect_unchanged", refuse)
    with pytest.raises(UserError):
        opened(tmp_path)


def test_a_connection_that_fails_half_way_is_closed(tmp_path):
    (tmp_path / "x.sqlite3").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        connect(tmp_path / "x.sqlite3", "write")
