"""Opening a data file (the one function that does), looking at one, and what errors mean.

A look changes no byte; an error of SQLite's becomes one that a person can understand.
"""

from __future__ import annotations

import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal

from caregiver_app.errors import (
    DataBusy,
    DataDamaged,
    DataNewer,
    DataReadOnly,
    DiskTrouble,
    InputRefused,
    UserError,
    disk_trouble,
)
from caregiver_app.storage.migrations import APPLICATION_ID, known_names
from caregiver_app.values import value

BUSY_SECONDS = 5.0
"""How long a lock is waited for."""
_LOG_HEAD = 32
"""Bytes of a write-ahead log in which nothing stands yet."""
_LOG_BEGINS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\0\0\0\0", b"")
"""How a log begins; in zeros, or not at all, where a power cut came before its first bytes."""

_COPIES = "caregiver-reading-"
_TRIES = 5
_LEFTOVER_SECONDS = 86400

Mode = Literal["write", "query", "plain", "read", "frozen"]

_WRITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


@value
class Standing:
    """What a look at a data file found: its version and whether steps are pending."""

    version: int
    pending: bool


def connect(path: Path, mode: Mode, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open the data file at `path`; every connection of the program is made here.

    Args:
        path: an existing file (a missing one is an error, never a new file).
        mode: "write"; "query" is the same, but refuses writes and leaves nothing behind;
            "plain" is for a copy that is being filled, without a log; "read" opens the file and
            its write-ahead log without changing them; "frozen" is for a file without a log that
            nobody can write to meanwhile.
        busy_seconds: how long to wait for a lock.

    Raises:
        sqlite3.Error: it cannot be opened, or is no file; see `translated`.
    """
    _refuse_what_is_no_file(path)
    wanted = {"frozen": "mode=ro&immutable=1", "read": "mode=ro&readonly_shm=1"}
    how = wanted.get(mode, "mode=rw")
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        cached_statements=256,
    )
    try:
        if mode in ("write", "query"):
            for pragma in _WRITE_PRAGMAS:
                connection.execute(pragma)
        if mode in ("query", "read", "frozen"):
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return  # SQLite says what is wrong.
    if not is_file:
        # Opening a pipe would wait for ever.
        error = sqlite3.OperationalError("no regular file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise error


def connect_unchanged(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a data file for reading such that not a byte of it or beside it changes.

    With a write-ahead log that cannot be read in place, a copy in memory is opened. One that a
    kill left with nothing but its head is no log: SQLite would wait for more of it and give up.

    Raises:
        sqlite3.Error: it cannot be opened.
        OSError: it cannot be read.
    """
    if not has_log(path) or log_is_bare(path):
        return connect(path, "frozen", busy_seconds)
    connection = connect(path, "read", busy_seconds)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if primary_code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        return _copy_in_memory(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _copy_in_memory(path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with tempfile.TemporaryDirectory(prefix=_COPIES) as folder:
        _sweep_copies(Path(folder))
        copy = Path(folder) / path.name
        _copy_together(path, copy)
        with closing(connect(copy, "query")) as source:
            source.backup(memory)
    memory.execute("PRAGMA query_only = ON")
    return memory


def _copy_together(path: Path, copy: Path) -> None:
    """Copy a data file and its log as they are at one moment."""
    for _ in range(_TRIES):
        before = _states(path)
        shutil.copyfile(path, copy)
        shutil.copyfile(log_of(path), log_of(copy))
        if _states(path) == before:
            return
    raise DataBusy("data.busy", path=str(path))


def _states(path: Path) -> list[tuple[int, int, int]]:
    found = [one.stat() for one in (path, log_of(path))]
    return [(one.st_ino, one.st_size, one.st_mtime_ns) for one in found]


def _sweep_copies(fresh: Path) -> None:
    """Throw away what killed programs left beside the folder `fresh`, a day old and ours."""
    made = fresh.lstat()
    for left in fresh.parent.glob(f"{_COPIES}*"):
        with suppress(OSError):
            found = left.lstat()
            ours = stat.S_ISDIR(found.st_mode) and found.st_uid == made.st_uid
            if ours and made.st_mtime - found.st_mtime > _LEFTOVER_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def log_of(path: Path) -> Path:
    """Return the path of a data file's write-ahead log."""
    return path.with_name(f"{path.name}-wal")


def shared_memory_of(path: Path) -> Path:
    """Return the path of the index that SQLite keeps beside a write-ahead log."""
    return path.with_name(f"{path.name}-shm")


def beside(path: Path) -> tuple[Path, Path, Path]:
    """Return the paths of what SQLite may keep beside a data file: its log, the index, a journal.

    The journal, too, can hold what the file does not: pages that a kill left half changed.
    """
    return log_of(path), shared_memory_of(path), path.with_name(f"{path.name}-journal")


def has_log(path: Path) -> bool:
    """Tell whether a write-ahead log stands beside the data file."""
    return log_of(path).is_file()


def log_is_bare(path: Path) -> bool:
    """Tell whether nothing but its head stands in the data file's write-ahead log."""
    try:
        return log_of(path).stat().st_size == _LOG_HEAD
    except FileNotFoundError:
        return False


def log_is_ours(path: Path) -> bool:
    """Tell whether the data file's write-ahead log begins as one does; true without one.

    SQLite would begin anew over anything else without a word, and what stood in it were gone.
    """
    try:
        if _is_no_file(log_of(path)):
            return False
        with log_of(path).open("rb") as log:
            return log.read(4) in _LOG_BEGINS
    except FileNotFoundError:
        return True


def look(path: Path, busy_seconds: float = BUSY_SECONDS) -> Standing:
    """Read what kind of data file `path` is, without changing a byte of it or beside it.

    Raises:
        DataDamaged: it is not a file, empty, not SQLite, or not one of ours.
        DataNewer: a newer version of the program wrote it.
        DataBusy, DiskTrouble, DataReadOnly: it cannot be read now.
    """
    if not path.is_file():
        raise DataDamaged("data.not_a_file", path=str(path))
    try:
        if path.stat().st_size == 0:
            raise DataDamaged("data.empty", path=str(path))
        if not log_is_ours(path) or any(map(_is_no_file, beside(path))):
            raise DataDamaged("data.log_damaged", path=str(path))
        with closing(connect_unchanged(path, busy_seconds)) as connection:
            return _standing(connection, path)
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        raise disk_trouble(error, path) from error


def _is_no_file(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _standing(connection: sqlite3.Connection, path: Path) -> Standing:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise DataDamaged("data.foreign", path=str(path))
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    rows = connection.execute("SELECT name FROM _sqlite_migrations")
    seen = {str(name) for (name,) in rows}
    known = known_names()
    if version > len(known) or not seen <= set(known):
        raise DataNewer("data.newer", path=str(path))
    return Standing(version, pending=version < len(known) or len(seen) < len(known))


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code of an error; 0 when it is Python's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def translated(error: sqlite3.Error, path: Path) -> Exception:
    """Return what an SQLite error means to a person.

    A mistake in the program means nothing to them: the error itself is returned.
    """
    code = primary_code(error)
    where = str(path)
    meanings: dict[int, UserError] = {
        sqlite3.SQLITE_BUSY: DataBusy("data.busy", path=where),
        sqlite3.SQLITE_LOCKED: DataBusy("data.busy", path=where),
        sqlite3.SQLITE_PROTOCOL: DataBusy("data.busy", path=where),
        sqlite3.SQLITE_READONLY: DataReadOnly("data.read_only", path=where),
        sqlite3.SQLITE_PERM: DataReadOnly("data.read_only", path=where),
        sqlite3.SQLITE_AUTH: DataReadOnly("data.read_only", path=where),
        sqlite3.SQLITE_CANTOPEN: DiskTrouble("disk.cannot_open", path=where),
        sqlite3.SQLITE_IOERR: DiskTrouble("disk.trouble", path=where),
        sqlite3.SQLITE_FULL: DiskTrouble("disk.full", path=where),
        sqlite3.SQLITE_CORRUPT: DataDamaged("data.damaged", path=where),
        sqlite3.SQLITE_NOTADB: DataDamaged("data.not_ours", path=where),
        sqlite3.SQLITE_TOOBIG: InputRefused("data.too_big"),
    }
    if code in meanings:
        return meanings[code]
    if code == sqlite3.SQLITE_CONSTRAINT:
        foreign = "FOREIGN KEY" in str(error)
        return InputRefused("data.reference_missing" if foreign else "data.value_refused")
    # The program's own statements are fixed, so a missing table or column means that the file
    # was tampered with or cut.
    if code == sqlite3.SQLITE_ERROR and "no such" in str(error):
        return DataDamaged("data.incomplete", path=where)
    return error
