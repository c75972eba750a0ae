"""Reading a calendar file in a child process, so that no file can hurt the program.

The child has its own small memory and little time (`guard_child`); it opens nothing and knows
nothing of the family. What it does not answer in time, or answers wrongly, is a refusal.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import IO, Any, Final, cast

from caregiver_app.domain.times import zone_names
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import (
    Incoming,
    IncomingFile,
    Skipped,
    event_from,
    skipped_from,
)
from caregiver_app.integrations.lines import LARGEST_FILE

PATIENCE: Final = 25.0
"""Seconds that reading a file may take, so that all of an import ends within thirty."""
MOST_ANSWER: Final = 96 * 1024**2
"""Bytes of an answer; that of a file of 10 MB is smaller."""
LONGEST_ANSWER: Final = 8 * 1024**2
"""Bytes of one line of an answer."""
_LOOK: Final = 0.1
_HEARTBEAT: Final = 0.5
_PIECE: Final = 1 << 16
_ROOT: Final = Path(__file__).resolve().parents[2]
_CALL: Final = (
    "import sys; sys.path[:] = {path!a};"
    " from caregiver_app.integrations.guard_child import main; main()"
)
# What an interpreter may need to start, and where its zones are. Nothing else is handed on.
_SURROUNDINGS: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONTZPATH")
_WRONG: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


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
        progress: is told at least once a second which line was reached, in the thread of the
            caller. The file is gone through twice: for its lines, then for its events.
        cancelled: once it is set, reading ends within a tenth of a second.
        patience: seconds that it may take.

    Raises:
        InputRefused: the file breaks a cap, takes too much time or memory, or is not readable; or
            no child process can be started.
        Cancelled: `cancelled` was set.
    """
    if len(data) > LARGEST_FILE:
        raise InputRefused("import.large", "file", megabytes=LARGEST_FILE // 1024**2)
    child = _started()
    talk = _Talk(child, data)
    try:
        return _Answer(talk, progress, cancelled, patience).read()
    finally:
        talk.end()


def _started() -> subprocess.Popen[bytes]:
    """Start the child, which imports from where this program does and from nowhere else.

    Raises:
        InputRefused: the system starts no process.
    """
    try:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-I", "-S", "-B", "-c", _CALL.format(path=_import_path())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={name: os.environ[name] for name in _SURROUNDINGS if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        raise InputRefused("import.no_child", "file") from None


def _import_path() -> list[str]:
    """Return where modules are looked for, in this program's own order.

    Of folders that hang on the current one only that of this program is among them.
    """
    path = [
        one if Path(one).is_absolute() else str(_ROOT)
        for one in sys.path
        if Path(one).is_absolute() or Path(one).resolve() == _ROOT
    ]
    return path if str(_ROOT) in path else [*path, str(_ROOT)]


class _Talk:
    """The two pipes of a child, each with a thread of its own: pipes of Windows know no waiting."""

    def __init__(self, child: subprocess.Popen[bytes], data: bytes) -> None:
        self._child, self._data = child, data
        self._pieces: SimpleQueue[bytes] = SimpleQueue()
        self._threads = [Thread(target=act, daemon=True) for act in (self._feed, self._listen)]
        self._begun: list[Thread] = []

    def begin(self) -> None:
        """Let the child have its file.

        Raises:
            InputRefused: there is no room for another thread.
        """
        try:
            for thread in self._threads:
                thread.start()
                self._begun.append(thread)
        except RuntimeError:
            raise InputRefused("import.no_child", "file") from None

    def heard(self) -> bytes | None:
        """Return what the child said, b"" once it will say no more, None after a moment's wait."""
        try:
            return self._pieces.get(timeout=_LOOK)
        except Empty:
            return None

    def end(self) -> None:
        """End the child and everything that belonged to it."""
        self._child.kill()
        self._child.wait()
        for thread in self._begun:
            thread.join()
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):
                cast("IO[bytes]", pipe).close()

    def _feed(self) -> None:
        # The pipe stays open until the end: when it closes, the child knows that we are gone.
        handle = cast("IO[bytes]", self._child.stdin).fileno()
        whole = memoryview(b"%d\n%b" % (len(self._data), self._data))
        with suppress(OSError):
            while whole:
                whole = whole[os.write(handle, whole[:_PIECE]) :]

    def _listen(self) -> None:
        handle, left = cast("IO[bytes]", self._child.stdout).fileno(), MOST_ANSWER
        with suppress(OSError):
            while left > 0 and (piece := os.read(handle, _PIECE)):
                self._pieces.put(piece)
                left -= len(piece)
        self._pieces.put(b"")


class _Answer:
    """What a child says, line by line."""

    def __init__(
        self,
        talk: _Talk,
        progress: Callable[[int], None],
        cancelled: Event | None,
        patience: float,
    ) -> None:
        self._talk, self._progress, self._cancelled = talk, progress, cancelled
        self._limit = time.monotonic() + patience
        self._told = time.monotonic()
        self._reached = 0
        self._events: list[Incoming] = []
        self._skipped: list[Skipped] = []

    def read(self) -> IncomingFile:
        """Return the whole answer."""
        self._talk.begin()
        rest = b""
        while True:
            self._look_up()
            piece = self._talk.heard()
            if piece is None:
                continue
            if not piece:
                raise self._refusal("import.too_much" if self._reached else "import.no_child")
            *lines, rest = (rest + piece).split(b"\n")
            if len(rest) > LONGEST_ANSWER:
                raise self._refusal("import.too_much")
            for line in lines:
                done = self._taken(line)
                if done is not None:
                    return done
                self._look_up()

    def _look_up(self) -> None:
        """Tell how far it is, and stop where somebody or the clock says so."""
        if self._cancelled is not None and self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now > self._limit:
            raise self._refusal("import.too_long_time")
        if now - self._told >= _HEARTBEAT:
            self._told = now
            self._progress(self._reached)

    def _refusal(self, key: str) -> InputRefused:
        return InputRefused(key, "file", line=max(1, self._reached))

    def _taken(self, line: bytes) -> IncomingFile | None:
        """Take one line of the answer; the last one gives the file.

        Raises:
            InputRefused: it says no, or nothing that can be understood.
        """
        try:
            return self._understood(json.loads(line))
        except InputRefused:
            raise
        except _WRONG:
            raise self._refusal("import.too_much") from None

    def _understood(self, told: dict[str, Any]) -> IncomingFile | None:
        if "event" in told:
            self._events.append(_event(told["event"]))
        elif "at" in told:
            self._reached = _a(int, told["at"])
        elif "skipped" in told:
            self._skipped.append(_left_out(told["skipped"]))
        elif "refused" in told:
            raise _said_no(told)
        else:
            name, dropped = told["name"], dict(told["dropped"])
            return IncomingFile(
                name=_a(str, name),
                zone=_a_zone(told.get("zone", "")),
                events=tuple(self._events),
                skipped=tuple(self._skipped),
                dropped={_a(str, each): _a(int, count) for each, count in dropped.items()},
            )
        return None


def _a_zone(told: object) -> str:
    """Return the name of a zone, or "".

    Raises:
        TypeError: it is no text.
        ValueError: nobody knows it.
    """
    name: str = _a(str, told)
    if name and name not in zone_names():
        raise ValueError(name)
    return name


# -- What may be believed --------------------------------------------------------------------------


def _a(kind: type, told: Any) -> Any:  # noqa: ANN401 - that is what is being found out
    """Return what was told if it is of that type.

    Raises:
        TypeError: it is not.
    """
    if type(told) is not kind:
        raise TypeError(kind.__name__)
    return told


def _remark(told: Any) -> object:  # noqa: ANN401 - that is what is being found out
    _a(str, told["key"])
    return [_a(str, each) for each in _a(dict, told["values"]).values()]


_BY_TYPE: Final[dict[str, Callable[[Any], object]]] = {
    "str": lambda told: _a(str, told),
    "int": lambda told: _a(int, told),
    "bool": lambda told: _a(bool, told),
    "str | None": lambda told: told is None or _a(str, told),
    "tuple[str, ...]": lambda told: [_a(str, each) for each in _a(list, told)],
    "tuple[int, ...] | None": lambda told: (
        told is None or [_a(int, each) for each in _a(list, told)]
    ),
    "tuple[Remark, ...]": lambda told: [_remark(each) for each in _a(list, told)],
}
_PARTS: Final = [(one.name, _BY_TYPE[str(one.type)]) for one in fields(Incoming)]


def _event(told: dict[str, Any]) -> Incoming:
    for name, check in _PARTS:
        check(told[name])
    event = event_from(told)
    try:
        _ = event.moment  # a start that is none is refused here and no accident later
    except InputRefused as refused:
        raise ValueError(refused.key) from None
    return event


def _left_out(told: dict[str, Any]) -> Skipped:
    _a(int, told["line"])
    _a(str, told["title"])
    _remark(told["reason"])
    return skipped_from(told)


def _said_no(told: dict[str, Any]) -> InputRefused:
    key, values = _a(str, told["refused"]), dict(told["values"])
    if not key.startswith("import."):
        raise ValueError(key)
    return InputRefused(key, "file", **{name: _a(str, value) for name, value in values.items()})
