"""Backups: whole verified copies of the data file, when they are made, thinned and brought back."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from caregiver_app.errors import DataBusy, DataDamaged, DataNewer, InputRefused, UserError
from caregiver_app.storage import checks, files
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

DATA_NAME = "caregiver.sqlite3"
BACKUPS_NAME = "backups"

_STAMP = "%Y-%m-%dT%H%M"
_STAMPED = r"caregiver-(\d{4}-\d\d-\d\dT\d{4})\.sqlite3"
_ANY_STAMP = r"\d{4}-\d\d-\d\dT\d{4,6}"
_RESTORING = "caregiver-restoring-"
_HALF_AN_HOUR = timedelta(minutes=30)
_LEFTOVER_SECONDS = 86400
_RETRY_SECONDS = 0.05


def make_backup(store_path: Path, target: Path) -> Path:
    """Copy a data file in use to `target`, verify the copy and only then put it in place.

    Any thread may call it; writers are not kept waiting.

    Args:
        store_path: the data file.
        target: the backup's path; one that is there is replaced.

    Returns:
        `target`.

    Raises:
        DataDamaged: the data file, and so the copy, is damaged; `target` is as it was.
        DiskTrouble, DataBusy: it could not be copied; `target` is as it was.
        InputRefused: `target` is the data file or its folder is missing.
    """
    if target.resolve() == store_path.resolve():
        raise InputRefused("backup.onto_itself", "file", path=str(target))
    if target.is_dir() or not target.parent.is_dir():
        raise InputRefused("backup.no_folder", "file", path=str(target))
    part = _part_beside(target)
    try:
        files.make_private(part)
        with closing(checks.own_reader(store_path)) as source:
            problems = _copy(source, part)
        if problems:
            raise DataDamaged("data.damaged", path=str(store_path))
        files.move_durably(part, target)
    except sqlite3.Error as error:
        raise translated(error, store_path) from error
    except OSError as error:
        raise disk_trouble(error, target) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _part_beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")


def _copy(source: sqlite3.Connection, part: Path) -> list[str]:
    """Copy an open data file into the empty file `part`; return what is wrong with the copy."""
    # One read transaction, so that the counts are those of the copied state.
    source.execute("BEGIN")
    wanted = checks.row_counts(source)
    with closing(connect(part, "plain")) as copy:
        source.backup(copy)
        # Without a write-ahead log a backup is one file, and reading it leaves nothing beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        problems = checks.problems_in(copy)
        if not problems and checks.row_counts(copy) != wanted:
            problems.append("the copy has another number of rows")
    source.execute("ROLLBACK")
    return problems


def problems_of(backup: Path) -> list[str]:
    """Return what is wrong with a backup; nothing means that it can be restored.

    Raises:
        UserError: it is missing, not ours, newer than this program, or cannot be read.
    """
    look(backup)
    try:
        with closing(connect_unchanged(backup)) as connection:
            return checks.problems_in(connection)
    except sqlite3.Error as error:
        raise translated(error, backup) from error
    except OSError as error:
        raise disk_trouble(error, backup) from error


def is_good(backup: Path) -> bool:
    """Tell whether a backup is whole and could be restored now."""
    try:
        return not problems_of(backup)
    except UserError:
        return False


def all_backups(folder: Path) -> list[Path]:
    """Return every backup of the data folder, newest first by the time in its name."""
    found = [path for path in _listed(folder / BACKUPS_NAME) if path.suffix == ".sqlite3"]
    return sorted(found, key=_age_key, reverse=True)


def _listed(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError:
        return []


def _age_key(path: Path) -> tuple[str, str]:
    stamp = re.search(_ANY_STAMP, path.name)
    return (stamp.group() if stamp else "", path.name)


def newest_good_backup(folder: Path) -> Path | None:
    """Return the newest backup that is whole, or None; each is verified, newest first."""
    return next((path for path in all_backups(folder) if is_good(path)), None)


# --- When to make one, and which to keep -------------------------------------------------------


def _stamped(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the backups that were made in the run of things, newest first."""
    found: list[tuple[datetime, Path]] = []
    for path in all_backups(folder):
        if match := re.fullmatch(_STAMPED, path.name):
            try:
                made = datetime.strptime(match.group(1), _STAMP).replace(tzinfo=UTC)
            except ValueError:
                continue
            found.append((made, path))
    return found


def stamp(now: datetime) -> str:
    """Return an instant as it stands in a backup's name: UTC, to the minute."""
    return now.astimezone(UTC).strftime(_STAMP)


def own_place(folder: Path, now: datetime) -> Path:
    """Return where a data folder's backup of this moment goes, and make the folder for it.

    Raises:
        DataReadOnly, DiskTrouble: it cannot be made.
    """
    backups = folder / BACKUPS_NAME
    try:
        files.make_folder(backups)
    except OSError as error:
        raise disk_trouble(error, backups) from error
    return backups / f"caregiver-{stamp(now)}.sqlite3"


def daily_backup(folder: Path, now: datetime, edited: bool) -> Path | None:
    """Make a backup when one is due.

    That is the first of a (UTC) day, and 30 minutes after the last one when something was edited
    since.

    Args:
        folder: the data folder.
        now: the present instant.
        edited: whether anything was written since the last backup.

    Returns:
        The backup, or None when none was due.

    Raises:
        As `make_backup`.
    """
    past = [made for made, _ in _stamped(folder) if made <= now]
    if past and past[0].date() == now.astimezone(UTC).date():
        recent = now - past[0] < _HALF_AN_HOUR
        if recent or not edited:
            return None
    store_path = folder / DATA_NAME
    made = make_backup(store_path, own_place(folder, now))
    with closing(connect_unchanged(made)) as connection:
        checks.record_counts(folder, checks.row_counts(connection))
    return made


def thin(folder: Path, now: datetime) -> list[Path]:
    """Remove backups that are no longer needed.

    Kept are all of the last 2 days, then the newest of each day for 14 days, of each week for
    8 weeks and of each month for 12 months, and always the newest good one. Copies made before a
    migration stay.

    Returns:
        The removed ones.
    """
    _clear_leftovers(folder, now)
    backups = _stamped(folder)
    surplus = _surplus([made for made, _ in backups], now)
    doomed = [path for made, path in backups if made in surplus]
    if doomed and not any(is_good(path) for path in all_backups(folder) if path not in doomed):
        spared = next((path for path in doomed if is_good(path)), None)
        doomed = [path for path in doomed if path != spared]
    removed: list[Path] = []
    for path in doomed:
        try:
            path.unlink()
        except OSError:
            continue
        removed.append(path)
    return removed


def _surplus(made: list[datetime], now: datetime) -> set[datetime]:
    """Return which of these times, newest first, are not to be kept."""
    seen: set[tuple[object, ...]] = set()
    surplus: set[datetime] = set()
    for at in made:
        age = now - at
        year, week, _ = at.isocalendar()
        if age <= timedelta(days=2):
            continue
        if age <= timedelta(days=16):
            bucket: tuple[object, ...] = ("day", at.date())
        elif age <= timedelta(days=16 + 56):
            bucket = ("week", year, week)
        elif age <= timedelta(days=16 + 56 + 366):
            bucket = ("month", at.year, at.month)
        else:
            surplus.add(at)
            continue
        if bucket in seen:
            surplus.add(at)
        seen.add(bucket)
    return surplus


def _clear_leftovers(folder: Path, now: datetime) -> None:
    """Remove unfinished copies that a killed program left a day ago or earlier."""
    for place in (folder, folder / BACKUPS_NAME):
        for part in place.glob(".*.part*"):
            try:
                if now.timestamp() - part.stat().st_mtime > _LEFTOVER_SECONDS:
                    part.unlink()
            except OSError:
                continue


# --- Bringing one back -------------------------------------------------------------------------


def restore(folder: Path, backup: Path, *, now: datetime) -> Path | None:
    """Put a backup in the place of the data file, which is kept under another name beside it.

    The store must be closed. A backup of an older version is brought up to date when it is
    opened. Killed at any moment, the old file or the whole backup is in place at the next start.

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
    if not backup.exists():
        raise InputRefused("backup.missing", "file", path=str(backup))
    if data.exists() and backup.samefile(data):
        raise InputRefused("backup.onto_itself", "file", path=str(backup))
    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%S")
    waiting = folder / f"{_RESTORING}{moment}.sqlite3"
    part = _part_beside(waiting)
    try:
        files.make_folder(folder)
        files.make_private(part)
        _copy_verified(backup, part)
        with closing(connect(part, "write")):
            pass  # Only to give it the data file's kind of journal, alone and in peace.
        _settle(data)
        # From here on the restore is decided; `finish_restore` ends it even after a kill.
        files.move_durably(part, waiting)
        return finish_restore(folder)
    except sqlite3.Error as error:
        raise translated(error, data) from error
    except OSError as error:
        raise disk_trouble(error, folder) from error
    finally:
        part.unlink(missing_ok=True)


def _copy_verified(backup: Path, part: Path) -> None:
    try:
        look(backup)
        with closing(connect_unchanged(backup)) as source:
            problems = _copy(source, part)
    except DataDamaged as error:
        raise InputRefused("backup.damaged", "file", path=str(backup)) from error
    except sqlite3.Error as error:
        meaning = translated(error, backup)
        if isinstance(meaning, DataDamaged):
            meaning = InputRefused("backup.damaged", "file", path=str(backup))
        raise meaning from error
    if problems:
        raise InputRefused("backup.damaged", "file", path=str(backup))


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
    waiting = [path for path in _listed(folder) if path.name.startswith(_RESTORING)]
    if not waiting:
        return None
    newest = max(waiting)
    data = folder / DATA_NAME
    moment = newest.name.removeprefix(_RESTORING).removesuffix(".sqlite3")
    kept = folder / f"caregiver-before-restore-{moment}.sqlite3"
    if data.exists():
        kept.unlink(missing_ok=True)
        files.give_second_name(data, kept)
        if has_log(data):
            # Moved, not copied: a log must never stand beside another data file than its own.
            log_of(data).replace(log_of(kept))
    log_of(data).unlink(missing_ok=True)
    shared_memory_of(data).unlink(missing_ok=True)
    # Another file's counts would raise a false alarm about vanished rows.
    (folder / checks.COUNTS_NAME).unlink(missing_ok=True)
    files.move_durably(newest, data)
    return kept if kept.exists() else None
