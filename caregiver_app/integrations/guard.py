"""Reading a calendar file in a child process, so that no file can hurt the program.

The child has its own small memory and thirty seconds (`guard_child`); it opens nothing and knows
nothing of the family. What it does not answer in time, or answers wrongly, is a refusal.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any, Final, cast

from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import (
    Incoming,
    IncomingFile,
    Skipped,
    event_from,
    skipped_from,
)
from caregiver_app.integrations.lines import LARGEST_FILE

PATIENCE: Final = 30.0
"""Seconds that a file may take."""
_LOOK: Final = 0.1
_PIECE: Final = 1 << 16
_ROOT: Final = Path(__file__).resolve().parents[2]
_CALL: Final = (
    "import sys; sys.path.insert(0, {root!r});"
    " from caregiver_app.integrations.guard_child import main; sys.exit(main())"
)


class Cancelled(Exception):
    """Somebody did not want to wait any longer."""


def read_guarded(
    data: bytes,
    *,
    progress: Callable[[int], None] = lambda _line: None,
    cancelled: Event | None = None,
    patience: float = PATIENCE,
) -> IncomingFile:
    """Read a calendar file in a child process. May be called from any thread.

    Args:
        data: the file's bytes.
        progress: is told now and then which line was reached, in the thread of the caller.
        cancelled: once it is set, reading ends within a tenth of a second.
        patience: seconds that it may take.

    Raises:
        InputRefused: the file breaks a cap, takes too much time or memory, or is not readable.
        Cancelled: `cancelled` was set.
    """
    if len(data) > LARGEST_FILE:
        raise InputRefused("import.large", "file", megabytes=LARGEST_FILE // 1024**2)
    # With -I neither the surroundings nor the current folder choose what is imported.
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-I", "-c", _CALL.format(root=str(_ROOT))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        close_fds=True,
    )
    with child:
        try:
            return _Answer(child, data, progress, cancelled, patience).read()
        finally:
            child.kill()


class _Answer:
    """What a child says, line by line."""

    def __init__(
        self,
        child: subprocess.Popen[bytes],
        data: bytes,
        progress: Callable[[int], None],
        cancelled: Event | None,
        patience: float,
    ) -> None:
        self._out = cast("IO[bytes]", child.stdout)
        self._progress, self._cancelled = progress, cancelled
        self._limit = time.monotonic() + patience
        self._events: list[Incoming] = []
        self._skipped: list[Skipped] = []
        Thread(target=_feed, args=(cast("IO[bytes]", child.stdin), data), daemon=True).start()

    def read(self) -> IncomingFile:
        """Return the whole answer."""
        rest = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self._out, selectors.EVENT_READ)
            while True:
                if self._cancelled is not None and self._cancelled.is_set():
                    raise Cancelled
                if time.monotonic() > self._limit:
                    raise InputRefused("import.too_long_time", "file")
                if not selector.select(_LOOK):
                    continue
                piece = os.read(self._out.fileno(), _PIECE)
                if not piece:
                    raise InputRefused("import.too_much", "file")
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    done = self._take(json.loads(line))
                    if done is not None:
                        return done

    def _take(self, told: dict[str, Any]) -> IncomingFile | None:
        if "event" in told:
            self._events.append(event_from(told["event"]))
        elif "at" in told:
            self._progress(int(told["at"]))
        elif "skipped" in told:
            self._skipped.append(skipped_from(told["skipped"]))
        elif "refused" in told:
            raise InputRefused(str(told["refused"]), "file", **told["values"])
        else:
            return IncomingFile(
                name=str(told["name"]),
                events=tuple(self._events),
                skipped=tuple(self._skipped),
                dropped=dict(told["dropped"]),
            )
        return None


def _feed(into: IO[bytes], data: bytes) -> None:
    try:
        with into:
            into.write(data)
    except (BrokenPipeError, ValueError):
        return  # it said no before it had read everything
