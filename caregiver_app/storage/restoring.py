"""Bringing a backup back: it takes the data file's place, which is kept under another name."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from caregiver_app.errors import (
    DataBusy,
    DataDamaged,
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
    beside,
    connect,
    connect_unchanged,
    disk_trouble,
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
    part = part_beside(folder / f"{RESTORING}{now.astimezone(UTC).strftime(_KEPT_STAMP)}.sqlite3")
    try:
        if not backup.exists():
            raise InputRefused("backup.missing", "file", path=str(backup))
        if data.exists() and backup.samefile(data):
            raise InputRefused("backup.onto_itself", "file", path=str(backup))
        files.make_folder(folder)
        files.make_private(part)
        _copy_verified(backup, part)
        # One that was decided and killed comes first, or it would be ended over this one.
        finish_restore(folder)
        # What was erased for good since it was made stays erased.
        leave_out(part, erased_in(data), now)
        with closing(connect(part, "write")):
            pass  # Only to give it the data file's kind of journal, alone and in peace.
        _read_back(part)
        _settle(data)
        return _exchange(folder, part, _free_name(folder, now))
    except sqlite3.Error as error:
        meaning = translated(error, data)
        if isinstance(meaning, DataDamaged):
            # Not the family's data: our own fresh copy, which read back well a moment ago.
            meaning = DiskTrouble("disk.trouble", path=str(folder))
        raise meaning from error
    except OSError as error:
        raise disk_trouble(error, folder) from error
    finally:
        _throw_away(part)


def _throw_away(part: Path) -> None:
    for one in (part, *beside(part)):
        with contextlib.suppress(OSError):
            one.unlink(missing_ok=True)


def _read_back(part: Path) -> None:
    """Read every row of a finished copy from the file, nothing from what SQLite remembers.

    Raises:
        sqlite3.Error, OSError: it is not what was written.
    """
    with closing(connect(part, "frozen")) as connection:
        if checks.problems_in(connection):
            raise OSError(errno.EIO, "not what was written", str(part))


def _exchange(folder: Path, part: Path, waiting: Path) -> Path | None:
    """Put the copy in the place of the data file, or leave everything as it was.

    Once it has its own name the restore is decided: `finish_restore` ends it even after a kill.

    Raises:
        OSError: it could not be done, and everything is as it was.
        DiskTrouble: neither could be done; the next start goes on from here.
    """
    before, counts = _place_for(folder, waiting), _counts_text(folder)
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
                return before if files.is_there(before) else None
            _take_back(folder, waiting, before, counts)
        except OSError as error:
            raise DiskTrouble("restore.begun", path=str(folder)) from error
        raise


def _counts_text(folder: Path) -> str | None:
    path = folder / checks.COUNTS_NAME
    with contextlib.suppress(OSError):
        if path.is_file():
            return path.read_text(encoding="utf-8", errors="replace")
    return None


def _take_back(folder: Path, waiting: Path, before: Path, counts: str | None) -> None:
    """Undo what `finish_restore` did before it failed, the last thing first.

    The decision goes at the very end: what could not be undone is ended by the next start.
    """
    data, counted = folder / DATA_NAME, folder / checks.COUNTS_NAME
    if counts != _counts_text(folder):
        if counts is None:
            counted.unlink(missing_ok=True)
        else:
            files.write_private(counted, counts)
    for kept_one, one in zip(beside(before), beside(data), strict=True):
        if files.is_there(kept_one) and not files.is_there(one):
            kept_one.replace(one)
    if files.is_there(before):
        if not files.is_there(data):
            before.replace(data)
        elif _is_same(before, data):
            before.unlink()
    waiting.unlink()
    files.sync_folder(folder)


def _kept_name(waiting: Path, later: int = 0) -> Path:
    """Return under which name a restore keeps the former file; with `later`, another one."""
    stamp = waiting.name.removeprefix(RESTORING).removesuffix(".sqlite3")
    if later:
        try:
            moment = datetime.strptime(stamp, _KEPT_STAMP).replace(tzinfo=UTC)
            stamp = (moment + timedelta(seconds=later)).strftime(_KEPT_STAMP)
        except ValueError:
            stamp += f"-{later}"  # Somebody renamed it.
    return waiting.with_name(f"{_KEPT_BEGINS}{stamp}.sqlite3")


def _free_name(folder: Path, now: datetime) -> Path:
    """Return the name that decides a restore: of this second, or of the first that has no file."""
    moment = now.astimezone(UTC)
    while True:
        waiting = folder / f"{RESTORING}{moment.strftime(_KEPT_STAMP)}.sqlite3"
        before = _kept_name(waiting)
        if not any(map(files.is_there, (waiting, before, *beside(before)))):
            return waiting
        moment += timedelta(seconds=1)


def _place_for(folder: Path, waiting: Path) -> Path:
    """Return where the former data file goes, or went before a kill; nothing there is replaced."""
    data = folder / DATA_NAME
    is_there = files.is_there(data)
    for later in count():
        before = _kept_name(waiting, later)
        if is_there and not files.is_there(before):
            # A log that is there already would be taken for this file's.
            free = not any(map(files.is_there, beside(before)))
        else:
            pairs = zip(beside(before), beside(data), strict=True)
            free = not any(files.is_there(one) and files.is_there(own) for one, own in pairs)
            free = free and (not is_there or _is_same(before, data))
        if free:
            return before
    raise AssertionError


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether both are names of one file; a link that leads to it is another."""
    return os.path.samestat(one.lstat(), other.lstat())


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
            for one in (*beside(path), path):
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
    """Make sure that nobody else has the present data file open.

    A sound one with a log becomes one whole file. Any other stays as it is, byte by byte.

    Raises:
        DataBusy: another program has it open.
    """
    path = Path(os.path.realpath(data))
    if not path.is_file():
        return
    attempts = [_refusal_to_part]
    if _waits_beside(path) and _is_sound(path):
        attempts.insert(0, _refusal_to_settle)
    end = time.monotonic() + busy_seconds
    for attempt in attempts:
        while isinstance(refusal := attempt(path), DataBusy):
            if time.monotonic() > end:
                raise refusal
            time.sleep(_RETRY_SECONDS)
        if refusal is None:
            return


def _waits_beside(path: Path) -> bool:
    """Tell whether something stands in the log or journal that is not in the file yet."""
    log, _, journal = beside(path)
    return any(one.is_file() and one.stat().st_size > 0 for one in (log, journal))


def _is_sound(path: Path) -> bool:
    try:
        return not problems_of(path)
    except UserError:
        return False


def _refusal_to_settle(path: Path) -> Exception | None:
    try:
        with closing(connect(path, "write", 0.0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        return translated(error, path)
    return None


def _refusal_to_part(path: Path) -> Exception | None:
    """Ask under a second name for the file alone: beside that no log stands to be written back."""
    probe = part_beside(path)
    try:
        os.link(path, probe)
    except OSError:
        if _waits_beside(path):
            return None  # It could not be asked without writing to it.
        return _refusal_to_lock(path)
    try:
        return _refusal_to_lock(probe)
    finally:
        _throw_away(probe)


def _refusal_to_lock(path: Path) -> Exception | None:
    try:
        with closing(connect(path, "plain", 0.0)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        meaning = translated(error, path)
        # Nobody can be asked through a damaged file, or one that may not be written.
        return meaning if isinstance(meaning, DataBusy) else None
    return None


def finish_restore(folder: Path) -> Path | None:
    """End a restore that was decided: keep the former data file, put the backup in its place.

    Of several the newest is in place then, and each other one is kept.

    Returns:
        Where the former data file is now, or None when there was none or nothing to do.

    Raises:
        OSError: it cannot be done now; the next start tries again.
    """
    before: Path | None = None
    for path in sorted(entries(folder)):
        ours = path.name.startswith(RESTORING) and path.suffix == ".sqlite3"
        if ours and path.is_file():
            before = _finish(folder, path)
    return before


def _finish(folder: Path, waiting: Path) -> Path | None:
    data = folder / DATA_NAME
    before = _place_for(folder, waiting)
    if data.is_file():
        _keep(data, before)
    elif files.is_there(data):
        data.replace(before)
    # Moved, not copied: a log must never stand beside another data file than its own.
    index = shared_memory_of(data)
    for kept_one, one in zip(beside(before), beside(data), strict=True):
        if not files.is_there(one):
            continue
        if one.is_file() and (one == index or not one.stat().st_size):
            one.unlink()
        else:
            one.replace(kept_one)
    # Before the exchange: another file's counts would raise a false alarm about vanished rows.
    counted = folder / checks.COUNTS_NAME
    if counted.is_file() or not files.is_there(counted):
        checks.write_counts(folder, counts_of(waiting), seen_counts_of(waiting))
    files.move_durably(waiting, data)
    return before if files.is_there(before) else None


def _keep(data: Path, before: Path) -> None:
    """Give the data file the name under which it is kept, unless it has it already."""
    if files.is_there(before):
        return
    try:
        os.link(data, before)
    except FileExistsError:
        raise
    except OSError:
        # One name a file, here: a copy, which has that name only when it is whole.
        part = part_beside(before)
        try:
            files.make_private(part)
            shutil.copyfile(data, part)
            files.move_durably(part, before)
        finally:
            _throw_away(part)
