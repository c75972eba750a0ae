"""Whose turn it is to say reminders: one program at a time, also where no file can be locked.

A turn is short and ends by itself. That of a program on this computer that was killed ends at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from caregiver_app.services.care import Care

_WHAT: Final = "ringing"
SECONDS: Final = 30.0
"""Longer than saying and recording takes; a killed program keeps nobody out for longer."""


class ReminderTurn:
    """Takes the turn for one program and gives it back."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def take(self, holder: str) -> bool:
        """Take the turn to say something, unless another program has it.

        Raises:
            DataBusy, DiskTrouble: it could not be written.
        """
        store = self._care.store
        if store.take_turn(_WHAT, _whole(holder), self._care.now, SECONDS):
            return True
        other = store.turn_holder(_WHAT)
        if other is None or not _is_dead(other):
            return False
        store.end_turn(_WHAT, other)
        return store.take_turn(_WHAT, _whole(holder), self._care.now, SECONDS)

    def end(self, holder: str) -> None:
        """Give the turn back; nothing happens where another program has it by now.

        Raises:
            DataBusy, DiskTrouble: it could not be written; the turn ends by itself.
        """
        self._care.store.end_turn(_WHAT, _whole(holder))


def _whole(holder: str) -> str:
    return f"{holder} {_here()} {os.getpid()}"


def _here() -> str:
    """Return what tells where a process number means something: the computer, and its container."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = ""
    return f"{_computer()}{space}".replace(" ", "")


def _computer() -> str:
    """Return the computer's name, as `platform.node` does, which takes two milliseconds to load."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _is_dead(holder: str) -> bool:
    """Tell whether a holder was a program on this computer that runs no more."""
    _, _, rest = holder.partition(" ")
    here, _, number = rest.partition(" ")
    # Elsewhere asking about a process would end it.
    if sys.platform == "win32" or here != _here() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
