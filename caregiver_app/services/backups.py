"""Backups: dated copies that were read back, and coming home from one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from caregiver_app.services.care import Care
from caregiver_app.storage import backups as copies
from caregiver_app.storage import restoring


class BackupService:
    """Copies of the open data file."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def make(self, target: Path | None = None) -> Path:
        """Write a verified backup to `target`, or a dated one beside the data; return its path.

        Raises:
            DataDamaged: the data itself does not read back well; no backup is made of it.
            DataReadOnly, DiskTrouble: it could not be written.
        """
        path = self._care.store.path
        place = target or copies.own_place(path.parent, self._care.now)
        return copies.make_backup(path, place)

    def daily(self, *, edited: bool) -> Path | None:
        """Make the day's backup, or one after 30 minutes of edits, when it is due."""
        return copies.daily_backup(self._care.store.path.parent, self._care.now, edited)

    def newest(self) -> Path | None:
        """Return the newest backup beside the data by its name, not read again; None: none yet."""
        return next(iter(copies.all_backups(self._care.store.path.parent)), None)

    def check(self) -> list[str]:
        """Read every byte and row; return what is wrong, nothing when all is well.

        Rows that vanished since the last close or backup count as well.
        """
        store = self._care.store
        gone = store.vanished()
        return store.full_check() + [f"{kind}: {now} of {was}" for kind, (was, now) in gone.items()]


def newest_good(folder: Path) -> Path | None:
    """Return the newest backup of a data folder that reads back well."""
    return copies.newest_good_backup(folder)


def restore(folder: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a data folder's file; the present file is kept.

    Returns where the present file was kept, None when there was none.

    Raises:
        InputRefused: the backup cannot be read or is damaged; nothing changed.
        DataNewer: it was written by a newer version; nothing changed.
    """
    return restoring.restore(folder, backup, now=now)
