"""Private files: made with mode 0600 in folders of mode 0700, and moved into place whole."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from caregiver_app import claim
from caregiver_app.storage.leftovers import part_beside

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_OTHERS = 0o077
_BESIDE = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite keeps beside a database."""
COUNTS_NAME = "caregiver-counts.json"
_OUR_OWN = (COUNTS_NAME, claim.RINGING, claim.FEED, claim.OPEN)
"""What stands beside the data file for as long as the program is there."""


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter, when it is not there yet.

    Raises:
        OSError: it cannot be made.
    """
    if folder.is_dir():
        return
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    folder.chmod(PRIVATE_FOLDER)
    sync_folder(folder.parent)


def is_there(path: Path) -> bool:
    """Tell whether there is anything of that name.

    Raises:
        OSError: the system could not tell, which is another thing than no.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def can_be_file(path: Path) -> bool:
    """Tell whether a backup can be kept there: its folder exists, and it would replace only a file.

    What belongs to a database, or to a diary beside it, is no such place.

    Raises:
        OSError: the system could not tell.
    """
    belongs = [path.with_name(path.name.removesuffix(end)) for end in _BESIDE]
    if any(one != path and one.exists() for one in belongs) or path.name in _OUR_OWN:
        return False
    return path.parent.is_dir() and (path.is_file() or not path.exists())


def close_to_others(path: Path) -> None:
    """Take everybody else's rights from a file of ours; does nothing when that isn't allowed."""
    with contextlib.suppress(OSError):
        if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            path.chmod(PRIVATE_FILE)


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read.

    Raises:
        FileExistsError: it is there already.
        OSError: it cannot be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))


def write_private(path: Path, text: str) -> None:
    """Write a small private file whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    part = part_beside(path)
    try:
        make_private(part)
        part.write_text(text, encoding="utf-8")
        move_durably(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def move_durably(source: Path, target: Path) -> None:
    """Move a finished file over `target` such that after a power cut one of both is whole.

    Raises:
        OSError: it cannot be done; `target` is as it was.
    """
    sync_file(source)
    source.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk, where the system knows how to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        # Nothing was written through it, so nothing can be lost at closing it.
        with contextlib.suppress(OSError):
            os.close(handle)


def give_second_name(path: Path, name: Path) -> None:
    """Make the file also known as `name` (a copy, where the file system has one name a file).

    Raises:
        FileExistsError: that name is taken.
        OSError: it cannot be done.
    """
    try:
        os.link(path, name)
    except FileExistsError:
        raise
    except OSError:
        make_private(name)
        name.write_bytes(path.read_bytes())
        sync_file(name)
