"""A second folder for backups that the family chose: a memory stick, a synced folder.

The folder is never made: where it is not there, its stick is not plugged in.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from caregiver_app.errors import DataDamaged, DiskTrouble, InputRefused
from caregiver_app.storage import files
from caregiver_app.storage.backups import (
    copy_into,
    entries,
    stamped,
    stamped_among,
    surplus,
    wrong_copy,
)
from caregiver_app.storage.connection import connect_unchanged, disk_trouble, translated
from caregiver_app.storage.leftovers import clear, part_beside

_UNFINISHED = ".caregiver-????-??-??T????.sqlite3.*.part*"
"""Copies that a kill left there; whatever else lies there is the family's own."""
_COARSE_SECONDS = 2.0
"""As exact as sticks keep times."""


def refused_as_place(folder: Path, data_folder: Path) -> None:
    """Refuse a folder that cannot hold the second copies.

    Raises:
        InputRefused: it is not there, or it is where the program keeps its own data.
    """
    if not folder.is_dir():
        raise InputRefused("backup.place_missing", "folder", path=str(folder))
    if folder.resolve().is_relative_to(data_folder.resolve()):
        raise InputRefused("backup.place_within", "folder", path=str(folder))


def is_there(folder: Path) -> bool:
    """Tell whether the second folder is there now; False as well where the disk cannot tell."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def newest_in(folder: Path) -> datetime | None:
    """Return when the newest backup in a folder was made, by its name; None: none, or not there."""
    return next((made for made, _ in stamped(folder)), None)


def follow(backups: Path, elsewhere: Path, now: datetime) -> Path | None:
    """Copy the newest backup to the second folder, unless it is there already, and thin there.

    Args:
        backups: where the program keeps its own backups.
        elsewhere: the second folder.
        now: the present instant.

    Returns:
        The new copy; None where there was nothing to do, or the folder is not there now.

    Raises:
        DiskTrouble, DataReadOnly: it could not be written.
        DataDamaged: the copy did not read back well.
    """
    try:
        if not elsewhere.is_dir():
            return None
        newest = next((path for _, path in stamped_among(entries(backups))), None)
        if newest is None:
            return None
        target = elsewhere / newest.name
        if target.exists() and _is_same(target.stat(), newest.stat()):
            return None
        _copy(newest, target)
    except OSError as error:
        raise disk_trouble(error, elsewhere) from error
    _thin(elsewhere, target, now)
    return target


def _is_same(copy: os.stat_result, newest: os.stat_result) -> bool:
    """Tell whether a copy was made of this backup, not of an earlier one of the same minute."""
    later = newest.st_mtime - copy.st_mtime
    return copy.st_size == newest.st_size and later <= _COARSE_SECONDS


def _thin(elsewhere: Path, fresh: Path, now: datetime) -> None:
    """Remove what is no longer needed there; the copy is made, and the next one tries again."""
    clear(elsewhere, _UNFINISHED, now.timestamp())
    found = stamped(elsewhere)
    too_many = surplus([made for made, _ in found], now)
    for made, path in found:
        if made in too_many and path != fresh:
            with contextlib.suppress(OSError):
                path.unlink()


def _copy(backup: Path, target: Path) -> None:
    part = part_beside(target)
    try:
        files.make_private(part)
        with closing(connect_unchanged(backup)) as source:
            problems = copy_into(source, part)
        if problems:
            raise wrong_copy(backup)
        files.move_durably(part, target)
    except sqlite3.Error as error:
        meaning = translated(error, target)
        if isinstance(meaning, DataDamaged):
            meaning = DiskTrouble("disk.trouble", path=str(target))
        raise meaning from error
    except OSError as error:
        raise disk_trouble(error, target) from error
    finally:
        # It has its name by then, or it is thrown away a day later.
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
