"""Handing out a file: the old one stays whole until the new one is safely there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
from pathlib import Path

from caregiver_app.errors import DataReadOnly, DiskTrouble, InputRefused, UserError
from caregiver_app.integrations import sealed

_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
_UNFINISHED = re.compile(r"\.saving-[a-z0-9_]{8}\.tmp")
_OLD_SECONDS = 86400
_NO_SUCH_PLACE = (
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.ENAMETOOLONG,
    errno.EINVAL,
    errno.ELOOP,
)

_DATABASE = b"SQLite format 3\0"
_BEGINNINGS = (_DATABASE, sealed.MARK)
_BESIDE = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite keeps beside a database."""


def save_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path`, readable by its owner alone, replacing what was there.

    It is written beside its place, forced to the disk and then renamed, so that a reader, a crash
    or a full disk never meets half a file. A link is followed, and stays a link. A diary or a
    backup is never replaced.

    Raises:
        InputRefused: the folder does not exist, `path` cannot be the name of a file, or there is
            a diary, a backup or what belongs to one.
        DataReadOnly: the folder cannot be written to.
        DiskTrouble: the disk is full or failed; the old file is untouched.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            raise IsADirectoryError(errno.EISDIR, "a folder or a device", str(target))
        if _is_data(target):
            raise InputRefused("export.onto_data", "path", path=str(path))
        _replace(target, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise _told(error, path) from error


def _is_data(target: Path) -> bool:
    """Tell whether a diary, a backup, or what SQLite keeps beside one has that name."""
    if any(target.with_name(f"{target.name}{end}").exists() for end in _BESIDE):
        # It is open, perhaps here: to open and close it once more would take SQLite's locks.
        return True
    belongs = (target.with_name(target.name.removesuffix(end)) for end in _BESIDE)
    if any(one != target and one.exists() for one in belongs):
        return True
    try:
        with target.open("rb") as file:
            return file.read(len(_DATABASE)) in _BEGINNINGS
    except FileNotFoundError:
        return False


def _replace(target: Path, data: bytes) -> None:
    handle, made = tempfile.mkstemp(prefix=".saving-", suffix=".tmp", dir=target.parent)
    temporary = Path(made)
    try:
        with os.fdopen(handle, "wb") as file:  # mkstemp gives it to its owner alone (0600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)
    _clear_unfinished(target)


def _clear_unfinished(fresh: Path) -> None:
    """Throw away what killed programs left beside the file `fresh`: a day old, and ours."""
    with contextlib.suppress(OSError):
        made = fresh.stat()
        for left in fresh.parent.iterdir():
            if not _UNFINISHED.fullmatch(left.name):
                continue
            with contextlib.suppress(OSError):
                found = left.lstat()
                ours = stat.S_ISREG(found.st_mode) and found.st_uid == made.st_uid
                if ours and made.st_mtime - found.st_mtime > _OLD_SECONDS:
                    left.unlink()


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk, where the system lets a folder be forced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _told(error: Exception, path: Path) -> UserError:
    """Return what a person can do about a failed save."""
    if not isinstance(error, OSError) or error.errno in _NO_SUCH_PLACE:
        return InputRefused("export.no_folder", "path", path=str(path))
    if error.errno in _READ_ONLY:
        return DataReadOnly("export.read_only", path=str(path))
    return DiskTrouble("export.disk", path=str(path))
