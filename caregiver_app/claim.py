"""The right to ring: only one process at a time may say reminders for a data folder.

The subscribed calendar file is written by one at a time in the same way.

A lock that the operating system gives back by itself when its holder dies, so that a crash never
leaves a family without reminders.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import stat
import sys
from collections.abc import Generator
from pathlib import Path

from caregiver_app.errors import DataBusy, DiskTrouble, UserError, disk_trouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WINDOW = "window"
FOLLOW = "follow"
PASS = "pass"  # noqa: S105 - one pass of the engine, not a secret

RINGING = "ringing.lock"
"""The right to say reminders."""
FEED = "caregiver-feed.lock"
"""The turn to write the subscribed calendar file."""
OPEN = "caregiver-window.lock"
"""The right to be the one window of a data folder."""
PASS_WAIT = 5.0
"""Seconds for which other passes are waited for."""
_NO_FILE = (errno.EISDIR, errno.EINVAL, errno.ENXIO, errno.ELOOP)


class Claim:
    """The claim on one data folder, held from `take` to `release` or the end of the process."""

    def __init__(self, folder: Path, what: str = RINGING) -> None:
        self._path = folder / what
        self._handle: int | None = None
        self._taken = False
        self.trouble: OSError | None = None
        """Why the last `take` failed where nobody else has the claim."""

    def take(self, holder: str) -> bool:
        """Try to take the claim as WINDOW, FOLLOW or PASS; tell whether it is ours now.

        In a folder that cannot be written to, nobody can hold it. On a file system without locks
        everybody does, so that somebody rings at all: the turn in the data file keeps two apart.
        """
        if self._handle is not None:
            return True
        self._taken, self.trouble = False, None
        try:
            handle = _opened(self._path)
        except OSError as error:
            self.trouble = error
            return False
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError):
            self._taken = True
            _close(handle)
            return False
        except OSError:
            pass
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
            os.write(handle, holder.encode())
        self._handle = handle
        return True

    def holder(self) -> str:
        """Return what the present or last holder said it is."""
        try:
            if not self._path.is_file():
                return ""
            return self._path.read_text(encoding="ascii", errors="replace")
        except OSError:
            return ""

    @property
    def is_taken(self) -> bool:
        """Whether the last `take` failed because another process has the claim.

        False also where nobody can have it: a folder that cannot be written to.
        """
        return self._taken

    @property
    def held(self) -> bool:
        """Whether this process holds the claim."""
        return self._handle is not None

    def release(self) -> None:
        """Give the claim back."""
        if self._handle is not None:
            _close(self._handle)
            self._handle = None


@contextlib.contextmanager
def turn(folder: Path, holder: str) -> Generator[bool]:
    """Hold the claim for a while; another one-shot pass is waited for, a window is not.

    Yields:
        Whether it was taken; False where a window or another follower has it.

    Raises:
        DataBusy: other passes had it for five seconds.
        DiskTrouble, DataReadOnly: nobody has it, and nobody can.
    """
    claim, waited, step, seen = Claim(folder), 0.0, 0.05, ""
    while not (taken := claim.take(holder)):
        if claim.trouble is not None:
            raise _meaning(claim.trouble, folder / RINGING)
        # A pass that has just begun may not have put its own name in place of the last one's.
        before, seen = seen, claim.holder()
        if before == seen and seen in (WINDOW, FOLLOW):
            break
        if waited >= PASS_WAIT:
            raise DataBusy("data.busy", path=str(folder))
        select.select([], [], [], step)
        waited += step
    try:
        yield taken
    finally:
        claim.release()


def _meaning(trouble: OSError, path: Path) -> UserError:
    if trouble.errno in _NO_FILE:
        return DiskTrouble("claim.not_a_file", path=str(path))
    return disk_trouble(trouble, path)


def _opened(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        # Whoever asked a pipe who has the claim would wait for ever.
        _close(handle)
        raise OSError(errno.EINVAL, "not a file", str(path))
    return handle


def _close(handle: int) -> None:
    # The system takes lock and handle back whatever it says, and nothing of worth was written.
    with contextlib.suppress(OSError):
        os.close(handle)


def _lock(handle: int) -> None:
    """Lock an open file for this process alone, without waiting.

    Raises:
        BlockingIOError, PermissionError: another process has it.
        OSError: the file system knows no locks.
    """
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
