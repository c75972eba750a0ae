"""The backups that are known without looking for them, and what stands in each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caregiver_app.storage import backups as copies
from caregiver_app.storage import elsewhere, holdings, restoring
from caregiver_app.values import value

HERE: Final = "here"
SECOND: Final = "second"
BOTH: Final = "both"
BEFORE: Final = "before"
"""Beside the data, kept when a backup took its place."""


@value
class KnownBackup:
    """A file that can be tried: its path, and in which of the known places it lies."""

    path: Path
    where: str


def known_backups(folder: Path, second: Path | None) -> list[KnownBackup]:
    """Return the backups of a data folder and of its second place, newest first by their names.

    Nothing in them is read. One that lies in both places is named once.
    """
    here = copies.all_backups(folder)
    there = [] if second is None else [path for _, path in copies.stamped(second)]
    names, copied = {path.name for path in here}, {path.name for path in there}
    found = [KnownBackup(path, BOTH if path.name in copied else HERE) for path in here]
    found += [KnownBackup(path, SECOND) for path in there if path.name not in names]
    found += [KnownBackup(path, BEFORE) for path in restoring.kept(folder) if path.is_file()]
    return sorted(found, key=lambda one: copies.age_key(one.path), reverse=True)


def second_there(second: Path | None) -> Path | None:
    """Return the second place where it is there now, else None."""
    return second if second is not None and elsewhere.is_there(second) else None


def contents(backup: Path) -> dict[str, int] | None:
    """Return by kind how many entries stand in a backup; None: it cannot be read."""
    return holdings.held(backup)
