"""Opening the data file: quickly when it is sound, never over a doubt."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path

from caregiver_app.errors import DataDamaged, DataReadOnly, DiskTrouble, InputRefused, UserError
from caregiver_app.storage import files
from caregiver_app.storage.backups import (
    BACKUPS_NAME,
    DATA_NAME,
    clear_unfinished,
    entries,
    looked_again,
    make_backup,
    stamp,
)
from caregiver_app.storage.checks import can_write
from caregiver_app.storage.connection import (
    BUSY_SECONDS,
    Mode,
    Standing,
    connect,
    connect_unchanged,
    disk_trouble,
    log_of,
    look,
    primary_code,
    shared_memory_of,
    translated,
)
from caregiver_app.storage.leftovers import part_beside
from caregiver_app.storage.migrations import migrate
from caregiver_app.storage.restoring import finish_restore
from caregiver_app.storage.store import Store
from caregiver_app.storage.writing import writer

_OURS = ("caregiver", "ringing", ".", BACKUPS_NAME, "logs", "exports")
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)


def open_store(
    folder: Path,
    *,
    now: datetime,
    read_only: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> Store:
    """Open the family's data in `folder`, making folder and file when there is nothing yet.

    A sound file of this version is only looked at, not checked. An older one is copied to the
    backups and brought up to date. Where nothing can be written, the store is `read_only`.

    Args:
        folder: the data folder.
        now: the present instant, for the name of a copy made before a migration.
        read_only: the caller wants to read only; a missing file is then an empty store in memory.
        busy_seconds: how long to wait for a lock.

    Raises:
        DataDamaged: the file is damaged, empty, foreign, or missing although there are backups;
            nothing was touched, `offer` is the newest good backup.
        DataNewer: a newer version of the program wrote it; not a byte was touched.
        DataBusy: another program held the lock.
        DataReadOnly: there is no data yet, or only of an older version, and nothing can be written.
        DiskTrouble: the disk is full or failed.
        InputRefused: `folder` is not a folder.
    """
    path = folder / DATA_NAME
    try:
        store = _opened(path, now, read_only, busy_seconds)
        if not store.read_only:
            # Only now: beside data that cannot be opened nothing is thrown away.
            clear_unfinished(folder, now)
        return store
    except DataDamaged as error:
        cause, meaning = error.__cause__, looked_again(error, path)
    except sqlite3.Error as error:
        cause, meaning = error, translated(error, path)
        if isinstance(meaning, DataDamaged):
            meaning = looked_again(meaning, path)
    except OSError as error:
        cause, meaning = error, disk_trouble(error, path)
        closed = _closed_to_us(folder) if isinstance(meaning, DataReadOnly) else None
        if closed is not None:
            meaning = DataReadOnly("data.unreadable", path=str(closed))
    raise meaning from cause


def _closed_to_us(folder: Path) -> Path | None:
    """Return which folder may not even be read, the data folder or the one of its backups."""
    if not os.access(folder, os.R_OK | os.X_OK):
        return folder
    backups = folder / BACKUPS_NAME
    closed = backups.exists() and not os.access(backups, os.R_OK | os.X_OK)
    return backups if closed else None


def _opened(path: Path, now: datetime, read_only: bool, busy_seconds: float) -> Store:
    folder = path.parent
    if folder.exists() and not folder.is_dir():
        raise InputRefused("data.not_a_folder", path=str(folder))
    if os.access(folder, os.W_OK):
        finish_restore(folder)
    if not files.is_there(path):
        if any(one.suffix == ".sqlite3" for one in entries(folder / BACKUPS_NAME)):
            raise DataDamaged("data.missing", path=str(path))
        if read_only:
            return _empty_in_memory(path)
        _create(path)
    standing = look(path, busy_seconds)
    writable = can_write(path)
    if standing.pending:
        if not writable:
            raise DataReadOnly("data.read_only_older", path=str(path))
        _bring_up_to_date(path, standing, now, busy_seconds)
    if not writable:
        return Store(connect_unchanged(path, busy_seconds), path, read_only=True)
    for own in (path, log_of(path), shared_memory_of(path)):
        files.close_to_others(own)
    mode = "query" if read_only else "write"
    try:
        connection = _connected(path, mode, busy_seconds)
    except sqlite3.OperationalError as error:
        # The system said that we may write, and yet we may not.
        if primary_code(error) not in _NOT_WRITABLE:
            raise
        reader = connect_unchanged(path, busy_seconds)
        return Store(reader, path, read_only=True, refusal=_refusal(error, path))
    return Store(connection, path, read_only=read_only)


def _connected(path: Path, mode: Mode, busy_seconds: float) -> sqlite3.Connection:
    try:
        return connect(path, mode, busy_seconds)
    except sqlite3.OperationalError as error:
        if primary_code(error) not in _NOT_WRITABLE:
            raise
    # SQLite says the same of a system that had no memory or no handle left for a moment.
    return connect(path, mode, busy_seconds)


def _refusal(error: sqlite3.OperationalError, path: Path) -> UserError:
    """Return what is said where something is to be kept in a file that could not be written to.

    For SQLite a disk, quota or system that gives nothing more is a file that may not be written.
    """
    part = part_beside(path)
    try:
        files.make_private(part)
        part.unlink()
    except OSError as refused:
        return disk_trouble(refused, path)
    meaning = translated(error, path)
    own = [one for one in (path, log_of(path), shared_memory_of(path)) if one.exists()]
    allowed = all(os.access(one, os.R_OK | os.W_OK) for one in own)
    if allowed and isinstance(meaning, UserError):
        return meaning
    return DataReadOnly("data.read_only", path=str(path))


def _empty_in_memory(path: Path) -> Store:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(writer(connection))
    connection.execute("PRAGMA query_only = ON")
    return Store(connection, path, read_only=True)


def _create(path: Path) -> None:
    """Make the data file under another name and give it its own only when it is whole.

    So a kill leaves nothing half made.
    """
    folder = path.parent
    try:
        files.make_folder(folder)
        _close_folder(folder)
        part = part_beside(path)
        files.make_private(part)
    except OSError as error:
        refused = disk_trouble(error, folder)
        if isinstance(refused, DataReadOnly):
            refused = DataReadOnly("data.read_only_folder", path=str(folder))
        raise refused from error
    try:
        _fill(part)
        files.sync_file(part)
        # Another program that was quicker keeps its file.
        with contextlib.suppress(FileExistsError):
            files.give_second_name(part, path)
        files.sync_folder(folder)
    finally:
        for leftover in (part, log_of(part), shared_memory_of(part)):
            leftover.unlink(missing_ok=True)


def _fill(part: Path) -> None:
    """Make the tables in a file that nobody else knows.

    Raises:
        DiskTrouble, DataReadOnly: it cannot be written; whatever is in it by then is no loss.
    """
    try:
        with closing(connect(part, "write")) as connection:
            migrate(writer(connection))
            # Closing alone would say nothing of a log that could not be moved into the file.
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        meaning = translated(error, part)
        if isinstance(meaning, DataDamaged):
            meaning = DiskTrouble("disk.trouble", path=str(part))
        raise meaning from error


def _close_folder(folder: Path) -> None:
    """Take other people's rights from a folder that holds nothing but our things."""
    found = folder.stat()
    mode = stat.S_IMODE(found.st_mode)
    if not mode & 0o077 or mode & stat.S_ISVTX or os.name == "nt" or found.st_uid != os.geteuid():
        return
    if all(path.name.startswith(_OURS) for path in folder.iterdir()):
        with contextlib.suppress(OSError):
            folder.chmod(files.PRIVATE_FOLDER)


def _bring_up_to_date(path: Path, standing: Standing, now: datetime, busy_seconds: float) -> None:
    backups = path.parent / BACKUPS_NAME
    files.make_folder(backups)
    copy = backups / f"before-migration-{standing.version}-{stamp(now)}.sqlite3"
    make_backup(path, copy)
    with closing(connect(path, "write", busy_seconds)) as connection:
        migrate(writer(connection))


__all__ = ["BACKUPS_NAME", "DATA_NAME", "connect", "open_store"]
