"""Bringing a backup back: it takes the data file's place, which is kept under another name."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from caregiver_app.errors import (
    DataBusy,
    DataDamaged,
    DataNewer,
    DiskTrouble,
    InputRefused,
    UserError,
)
from caregiver_app.storage import checks, files
from caregiver_app.storage.backups import (
    DATA_NAME,
    copy_into,
    counts_of,
    entries,
    listed,
    part_beside,
    problems_of,
    seen_counts_of,
)
from caregiver_app.storage.connection import (
    BUSY_SECONDS,
    connect,
    connect_unchanged,
    disk_trouble,
    has_log,
    log_of,
    look,
    shared_memory_of,
    translated,
)
from caregiver_app.storage.erased import erased_in, leave_out

RESTORING = "caregiver-restoring-"
"""How the file begins that a restore, once decided, puts in the place of the data."""
_KEPT = re.compile(r"caregiver-before-restore-[0-9T-]+\.sqlite3")
_KEPT_BEGINS = "caregiver-before-restore-"
_KEPT_STAMP = "%Y-%m-%dT%H%M%S"
_KEPT_FOR = timedelta(days=30)
_RETRY_SECONDS = 0.05


def restore(folder: Path, backup: Path, *, now: datetime) -> Path | None:
    """Put a backup in the place of the data file, which is kept under another name beside it.

    The store must be closed. A backup of an older version is brought up to date when it is
    opened. What was erased for good since it was made has no words in what comes back either.
    Killed at any moment, the old file or the whole backup is in place at the next start.

    Args:
        folder: the data folder.
        backup: the backup's path.
        now: the present instant, for the kept file's name.

    Returns:
        Where the former data file is now, or None when there was none.

    Raises:
        InputRefused: the backup is missing, damaged or not one of ours; nothing was touched.
        DataNewer: a newer version of the program made it; nothing was touched.
        DataBusy: the data file is open elsewhere; nothing was touched.
        DiskTrouble, DataReadOnly: it could not be written; nothing was touched.
    """
    data = folder / DATA_NAME
    moment = now.astimezone(UTC).strftime(_KEPT_STAMP)
    waiting = folder / f"{RESTORING}{moment}.sqlite3"
    part = part_beside(waiting)
    try:
        if not backup.exists():
            raise InputRefused("backup.missing", "file", path=str(backup))
        if data.exists() and backup.samefile(data):
            raise InputRefused("backup.onto_itself", "file", path=str(backup))
        files.make_folder(folder)
        files.make_private(part)
        _copy_verified(backup, part)
        # What was erased for good since it was made stays erased.
        leave_out(part, erased_in(data), now)
        with closing(connect(part, "write")):
            pass  # Only to give it the data file's kind of journal, alone and in peace.
        _settle(data)
        return _exchange(folder, part, waiting)
    except sqlite3.Error as error:
        meaning = translated(error, data)
        if isinstance(meaning, DataDamaged):
            # Not the family's data: our own fresh copy, which read back well a moment ago.
            meaning = DiskTrouble("disk.trouble", path=str(folder))
        raise meaning from error
    except OSError as error:
        raise disk_trouble(error, folder) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _exchange(folder: Path, part: Path, waiting: Path) -> Path | None:
    """Put the copy in the place of the data file, or leave everything as it was.

    Once it has its own name the restore is decided: `finish_restore` ends it even after a kill.

    Raises:
        OSError: it could not be done, and everything is as it was.
        DiskTrouble: neither could be done; the next start goes on from here.
    """
    before = _kept_name(folder, waiting)
    try:
        files.move_durably(part, waiting)
        return finish_restore(folder)
    except OSError:
        if part.exists():
            raise
        try:
            if not waiting.exists():
                # It has its place; only the folder's way to the disk failed.
                files.sync_folder(folder)
                return before if before.exists() else None
            _take_back(folder, waiting, before)
        except OSError as error:
            raise DiskTrouble("restore.begun", path=str(folder)) from error
        raise


def _take_back(folder: Path, waiting: Path, before: Path) -> None:
    """Undo what `finish_restore` did before it failed, the last thing first."""
    data = folder / DATA_NAME
    if has_log(before) and not has_log(data):
        log_of(before).replace(log_of(data))
    waiting.unlink()
    if before.is_dir() and not data.exists():
        before.replace(data)
    elif before.exists() and data.exists() and before.samefile(data):
        before.unlink()
    files.sync_folder(folder)


def _kept_name(folder: Path, waiting: Path) -> Path:
    moment = waiting.name.removeprefix(RESTORING).removesuffix(".sqlite3")
    return folder / f"{_KEPT_BEGINS}{moment}.sqlite3"


def kept(folder: Path) -> list[Path]:
    """Return the data files that restoring kept in a data folder, oldest first."""
    return sorted(path for path in listed(folder) if _KEPT.fullmatch(path.name))


def thin_kept(folder: Path, now: datetime) -> list[Path]:
    """Remove data files that restoring kept more than 30 days ago, but never the newest one.

    So the last restore can be taken back however long ago it was, and of several in a row, in the
    search for the right backup, the file from before the first one stays for a month.

    Returns:
        The removed ones.
    """
    removed: list[Path] = []
    for path in kept(folder)[:-1]:
        stamp = path.name.removeprefix(_KEPT_BEGINS).removesuffix(".sqlite3")
        try:
            made = datetime.strptime(stamp, _KEPT_STAMP).replace(tzinfo=UTC)
            if now - made <= _KEPT_FOR or path.is_dir():
                continue
            # The file last: where it stays, its name keeps what is left beside it from being lost.
            for one in (shared_memory_of(path), log_of(path), path):
                one.unlink(missing_ok=True)
        except (ValueError, OSError):
            continue
        removed.append(path)
    return removed


def verified(backup: Path) -> None:
    """Refuse what cannot be restored.

    Raises:
        As `restore` does of the backup; nothing is touched.
    """
    if not backup.exists():
        raise InputRefused("backup.missing", "file", path=str(backup))
    try:
        if problems_of(backup):
            raise _unfit(backup)
    except DataDamaged as error:
        raise _unfit(backup) from error


def _copy_verified(backup: Path, part: Path) -> None:
    try:
        look(backup)
        with closing(connect_unchanged(backup)) as source:
            problems = copy_into(source, part)
    except DataDamaged as error:
        raise _unfit(backup) from error
    except sqlite3.Error as error:
        meaning = translated(error, backup)
        raise (_unfit(backup) if isinstance(meaning, DataDamaged) else meaning) from error
    if problems:
        raise _unfit(backup)


def _unfit(backup: Path) -> UserError:
    """Return why a backup cannot be taken: it is damaged, or the disk failed at it."""
    if checks.reading_failed(backup):
        return DiskTrouble("disk.trouble", path=str(backup))
    return InputRefused("backup.damaged", "file", path=str(backup))


def _settle(data: Path, busy_seconds: float = BUSY_SECONDS) -> None:
    """Make the present data file one whole file without a log.

    That works only when nobody else has it open. A damaged, foreign or newer one is left as it is.

    Raises:
        DataBusy: another program has it open.
    """
    try:
        look(data)
    except (DataDamaged, DataNewer):
        return
    end = time.monotonic() + busy_seconds
    while (refusal := _refusal_to_settle(data)) is not None:
        if not isinstance(refusal, DataBusy) or time.monotonic() > end:
            raise refusal
        time.sleep(_RETRY_SECONDS)


def _refusal_to_settle(data: Path) -> Exception | None:
    try:
        with closing(connect(data, "write", 0.0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        meaning = translated(error, data)
        return None if isinstance(meaning, DataDamaged) else meaning
    return None


def finish_restore(folder: Path) -> Path | None:
    """End a restore that was decided: keep the former data file, put the backup in its place.

    Returns:
        Where the former data file is now, or None when there was none or nothing to do.

    Raises:
        OSError: it cannot be done now; the next start tries again.
    """
    waiting = [path for path in entries(folder) if path.name.startswith(RESTORING)]
    if not waiting:
        return None
    newest = max(waiting)
    data = folder / DATA_NAME
    before = _kept_name(folder, newest)
    if data.is_dir():
        data.replace(before)
    elif data.exists():
        before.unlink(missing_ok=True)
        files.give_second_name(data, before)
        if has_log(data):
            # Moved, not copied: a log must never stand beside another data file than its own.
            log_of(data).replace(log_of(before))
    log_of(data).unlink(missing_ok=True)
    shared_memory_of(data).unlink(missing_ok=True)
    # Another file's counts would raise a false alarm about vanished rows.
    (folder / checks.COUNTS_NAME).unlink(missing_ok=True)
    checks.record_counts(folder, counts_of(newest), seen_counts_of(newest))
    files.move_durably(newest, data)
    return before if before.exists() else None
