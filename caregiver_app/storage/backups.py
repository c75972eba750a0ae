"""Backups: whole verified copies of the data file, when they are made, thinned and brought back."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

from caregiver_app.errors import DataDamaged, DiskTrouble, InputRefused, UserError
from caregiver_app.storage import checks, files
from caregiver_app.storage.connection import (
    connect,
    connect_unchanged,
    disk_trouble,
    look,
    translated,
)
from caregiver_app.storage.leftovers import clear, clear_beside, part_beside

DATA_NAME = "caregiver.sqlite3"
BACKUPS_NAME = "backups"

_STAMP = "%Y-%m-%dT%H%M"
_STAMPED = r"caregiver-(\d{4}-\d\d-\d\dT\d{4})\.sqlite3"
_ANY_STAMP = r"\d{4}-\d\d-\d\dT\d{4,6}"
_HALF_AN_HOUR = timedelta(minutes=30)
_UNFINISHED = (".*.part*", ".saving-*.tmp")
_MAY_BE_THE_DISK = ("data.damaged", "data.not_ours")
"""What SQLite says as well of pages that the disk did not give."""


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
    part = part_beside(target)
    try:
        if target.resolve() == store_path.resolve():
            raise InputRefused("backup.onto_itself", "file", path=str(target))
        if not files.can_be_file(target):
            raise InputRefused("backup.no_folder", "file", path=str(target))
        files.make_private(part)
        with closing(checks.own_reader(store_path)) as source:
            problems = copy_into(source, part)
        if problems:
            raise wrong_copy(store_path)
        files.move_durably(part, target)
        clear_beside(target)
    except sqlite3.Error as error:
        meaning = translated(error, store_path)
        raise (wrong_copy(store_path) if isinstance(meaning, DataDamaged) else meaning) from error
    except OSError as error:
        raise disk_trouble(error, target) from error
    finally:
        # The copy has its name by then, or it is thrown away a day later.
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def save_open(source: sqlite3.Connection, store_path: Path, target: Path) -> Path:
    """Copy an open data file to `target`, also when `store_path` is not there any more.

    Raises:
        InputRefused: `target` is no place for a file.
        DataDamaged, DiskTrouble, DataReadOnly: it could not be copied; `target` is as it was.
    """
    part = part_beside(target)
    try:
        if not files.can_be_file(target):
            raise InputRefused("backup.no_folder", "file", path=str(target))
        files.make_private(part)
        if copy_into(source, part):
            raise _wrong_open_copy(source, store_path)
        files.move_durably(part, target)
        clear_beside(target)
    except sqlite3.Error as error:
        meaning = translated(error, store_path)
        if isinstance(meaning, DataDamaged):
            meaning = _wrong_open_copy(source, store_path)
        raise meaning from error
    except OSError as error:
        raise disk_trouble(error, target) from error
    finally:
        _end_reading(source)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _wrong_open_copy(source: sqlite3.Connection, store_path: Path) -> UserError:
    """Return why the copy of an open file is not whole, with a second look through that file."""
    _end_reading(source)
    if checks.reading_failed_through(source):
        return DiskTrouble("disk.trouble", path=str(store_path))
    return DataDamaged("data.damaged", path=str(store_path))


def _end_reading(source: sqlite3.Connection) -> None:
    # A disk that fails may have ended it already.
    with contextlib.suppress(sqlite3.Error):
        if source.in_transaction:
            source.execute("ROLLBACK")


def wrong_copy(store_path: Path) -> UserError:
    """Return why a copy did not come out whole: the file is damaged, or the disk failed."""
    if checks.reading_failed(store_path):
        return DiskTrouble("disk.trouble", path=str(store_path))
    return DataDamaged("data.damaged", path=str(store_path))


def copy_into(source: sqlite3.Connection, part: Path) -> list[str]:
    """Copy an open data file into the empty file `part`; return what is wrong with the copy."""
    # One read transaction, so that the counts are those of the copied state.
    source.execute("BEGIN")
    wanted = checks.row_counts(source)
    with closing(connect(part, "plain")) as copy:
        source.backup(copy)
        # Without a write-ahead log a backup is one file, and reading it leaves nothing beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    # Opened anew: what stands in the file is read, not what SQLite remembers of writing it.
    with closing(connect(part, "frozen")) as copy:
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
    found = [path for path in listed(folder / BACKUPS_NAME) if path.suffix == ".sqlite3"]
    return sorted(found, key=age_key, reverse=True)


def listed(folder: Path) -> list[Path]:
    """Return what lies open in a folder; nothing where it cannot be read."""
    try:
        return entries(folder)
    except OSError:
        return []


def entries(folder: Path) -> list[Path]:
    """Return what lies open in a folder; nothing where there is none.

    Raises:
        OSError: it is there and cannot be read, which is another thing than empty.
    """
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def age_key(path: Path) -> tuple[str, str]:
    """Return what sorts backups by the time in their names."""
    stamp = re.search(_ANY_STAMP, path.name)
    return (stamp.group() if stamp else "", path.name)


def newest_good_backup(folder: Path, holding: dict[str, int] | None = None) -> Path | None:
    """Return the newest backup that is whole, or None; each is verified, newest first.

    With `holding`, counts of rows, the newest in which not too many of them are gone already;
    where there is none such, the one that lacks the fewest.
    """
    found = all_backups(folder)
    if holding is not None:
        found.sort(key=lambda path: _lack(path, holding))
    return next((path for path in found if is_good(path)), None)


def _lack(backup: Path, wanted: dict[str, int]) -> float:
    """Return how many rows a backup lacks, 0 where not too many of any kind are gone."""
    counts = counts_of(backup)
    if not counts:
        return inf
    if not checks.vanished(wanted, counts):
        return 0
    return sum(max(0, was - counts.get(kind, 0)) for kind, was in wanted.items())


def counts_of(backup: Path) -> dict[str, int]:
    """Return how many rows of each kind a backup has; nothing where it cannot be read."""
    try:
        with closing(connect_unchanged(backup)) as connection:
            return checks.row_counts(connection)
    except (sqlite3.Error, OSError):
        return {}


def seen_counts_of(backup: Path) -> dict[str, int]:
    """Return how many entries of each kind a backup shows; nothing where it cannot be read."""
    try:
        with closing(connect_unchanged(backup)) as connection:
            return checks.seen_counts(connection)
    except (sqlite3.Error, OSError):
        return {}


def counts_before(folder: Path) -> dict[str, int]:
    """Return how many rows there were at the last close or backup; nothing before the first.

    Where that was not kept, or is lost, the newest backup tells.
    """
    if checks.has_counts(folder):
        return checks.recorded_counts(folder)
    newest = next(iter(all_backups(folder)), None)
    return {} if newest is None else counts_of(newest)


def looked_again(damage: DataDamaged, path: Path) -> UserError:
    """Return what is wrong with the data file at `path`, which was found damaged.

    That is the damage with the newest good backup as its offer, or DiskTrouble where only reading
    failed. Not a byte of the file changes.
    """
    if damage.key in _MAY_BE_THE_DISK and checks.reading_failed(path):
        return DiskTrouble("disk.trouble", path=str(path))
    if damage.offer is None:
        backup = newest_good_backup(path.parent)
        damage.offer = None if backup is None else str(backup)
    return damage


# --- When to make one, and which to keep -------------------------------------------------------


def stamped(backups: Path) -> list[tuple[datetime, Path]]:
    """Return the backups in a folder that were made in the run of things, newest first."""
    return stamped_among(listed(backups))


def stamped_among(paths: list[Path]) -> list[tuple[datetime, Path]]:
    """Return those of the files that were made as backups in the run of things, newest first."""
    found: list[tuple[datetime, Path]] = []
    for path in sorted(paths, key=age_key, reverse=True):
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

    One that was made in the same minute is replaced, but not where it holds what is gone now.

    Raises:
        DataReadOnly, DiskTrouble: it cannot be made.
    """
    backups = folder / BACKUPS_NAME
    if not folder.is_dir():
        # Made anew it would look like a family's folder without a diary.
        raise DiskTrouble("data.vanished", path=str(folder))
    try:
        files.make_folder(backups)
    except OSError as error:
        raise disk_trouble(error, backups) from error
    place = backups / f"caregiver-{stamp(now)}.sqlite3"
    while place.exists() and not _goes_on(place, folder / DATA_NAME):
        now += timedelta(minutes=1)
        place = backups / f"caregiver-{stamp(now)}.sqlite3"
    return place


def _goes_on(backup: Path, store_path: Path) -> bool:
    """Tell whether the data file has what a backup of it has, as far as counts tell."""
    return not checks.vanished(counts_of(backup), counts_of(store_path))


def daily_backup(
    folder: Path, now: datetime, edited: bool, missing: Mapping[str, int] | None = None
) -> Path | None:
    """Make a backup when one is due.

    That is the first of a (UTC) day, and 30 minutes after the last one when something was edited
    since.

    Args:
        folder: the data folder.
        now: the present instant.
        edited: whether anything was written since the last backup.
        missing: how many rows of which kind were gone when the data was opened.

    Returns:
        The backup, or None when none was due.

    Raises:
        As `make_backup`.
    """
    past = [made for made, _ in stamped(folder / BACKUPS_NAME) if made <= now]
    if past and past[0].date() == now.astimezone(UTC).date():
        recent = now - past[0] < _HALF_AN_HOUR
        if recent or not edited:
            return None
    store_path = folder / DATA_NAME
    made = make_backup(store_path, own_place(folder, now))
    checks.keep_counts(folder, counts_of(made), missing, seen=seen_counts_of(made))
    return made


def thin(folder: Path, now: datetime) -> list[Path]:
    """Remove backups that are no longer needed.

    Kept are all of the last 2 days, then the newest of each day for 14 days, of each week for
    8 weeks and of each month for 12 months, and always the newest good one. Copies made before a
    migration stay. What restoring kept goes by `restoring.thin_kept`.

    Returns:
        The removed ones.
    """
    clear_unfinished(folder, now)
    backups = stamped(folder / BACKUPS_NAME)
    too_many = surplus([made for made, _ in backups], now)
    doomed = [path for made, path in backups if made in too_many]
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


def surplus(made: list[datetime], now: datetime) -> set[datetime]:
    """Return which of these times, newest first, are not to be kept; see `thin`."""
    seen: set[tuple[object, ...]] = set()
    found: set[datetime] = set()
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
            found.add(at)
            continue
        if bucket in seen:
            found.add(at)
        seen.add(bucket)
    return found


def clear_unfinished(folder: Path, now: datetime) -> None:
    """Remove what killed programs left of copies that they made in the data folder."""
    for place in (folder, folder / BACKUPS_NAME):
        for pattern in _UNFINISHED:
            clear(place, pattern, now.timestamp())
