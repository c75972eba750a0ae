"""Whether the data file that is open still lies where it was opened.

An open file can be written to after its folder is gone, or after another file took its name. What
is written then is nowhere at the next start, so that it must not be acknowledged.
"""

from __future__ import annotations

from pathlib import Path

from caregiver_app.errors import DiskTrouble, UserError

Mark = tuple[int, int] | None
"""Device and number of a file, None where there is none."""


def mark_of(path: Path) -> Mark:
    """Return what tells the file at `path` from every other, None where it cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def absence(path: Path, mark: Mark) -> UserError | None:
    """Return what a person has to know when the file opened at `path` is not there any more.

    None: it is there, or never was a file (an empty store in memory).
    """
    now = mark_of(path)
    if mark is None or now == mark:
        return None
    key = "data.vanished" if now is None else "data.exchanged"
    return DiskTrouble(key, path=str(path))
