"""The child process that reads a calendar file for the program: little memory, little time.

Is given the file's length and its bytes on standard input and answers JSON lines on standard
output: `at` a line that was reached, `event` and `skipped`, at the end `done`, or `refused` with a
message key. It ends as soon as its standard input does, because then nobody listens any more.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Final, NoReturn

from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import to_json
from caregiver_app.integrations.lines import LARGEST_FILE
from caregiver_app.integrations.reader import read_calendar

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space."""
SECONDS: Final = 30
"""Seconds of work after which the system itself ends the process."""
SMALL: Final = 200 * 1024
"""A file of so many bytes may take SHORTEST seconds of work, a larger one so much more."""
SHORTEST: Final = 1.0
LONGEST: Final = 15.0
_FILES: Final = 32
_TELL: Final = 0.2
_PIECE: Final = 1 << 16
_ELSEWHERE: Final = (
    "socket",
    "subprocess",
    "os",
    "shutil",
    "ctypes",
    "_winapi",
    "webbrowser",
    "urllib",
)
_LOOKING: Final = ("os.listdir", "os.scandir", "os.walk")


class TooLong(BaseException):
    """The work that a file of this size may take is done."""


def allowance(size: int) -> float:
    """Return the seconds of work that a file of so many bytes may take."""
    return min(LONGEST, SHORTEST * max(1.0, size / SMALL))


def limit() -> None:
    """Take from this process what no calendar file needs: memory, time, files and processes."""
    if resource is None:
        return
    caps = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_NPROC, 0),
    )
    for what, most in caps:
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def watchman(folders: tuple[str, ...]) -> Callable[[str, tuple[object, ...]], None]:
    """Return an audit hook that lets nothing be opened but what lies in these folders, to read.

    `folders` end with a separator. There stand the program itself and its time zones.
    """

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            name, mode, flags = (*arguments, None, None, None)[:3]
            written = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            written = written or (isinstance(mode, str) and set(mode) & set("wax+"))
            if written or not os.path.abspath(os.fsdecode(name)).startswith(folders):  # type: ignore[arg-type]  # noqa: PTH100
                raise PermissionError(event)
        elif event.partition(".")[0] in _ELSEWHERE and event not in _LOOKING:
            raise PermissionError(event)

    return look


def own_folders() -> tuple[str, ...]:
    """Return the folders from which this process may still read: modules and time zones."""
    found = {*zoneinfo.TZPATH, str(Path(os.__file__).parent), str(Path(__file__).parents[1])}
    found.update(str(Path(one) / "tzdata") for one in sys.path)
    return tuple(os.path.join(os.path.abspath(one), "") for one in found if one)  # noqa: PTH100, PTH118


class Answer:
    """Writes the lines of the answer, and now and then how far it is."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._told = 0.0
        self.line = 1

    def say(self, **told: object) -> None:
        """Write one line of the answer."""
        self._write(json.dumps(told, ensure_ascii=True) + "\n")

    def reached(self, line: int) -> None:
        """Tell which line of the file was reached, a few times a second."""
        self.line = line
        now = time.monotonic()
        if now - self._told >= _TELL:
            self._told = now
            self.say(at=line)
            sys.stdout.flush()


def answer(data: bytes, say: Answer) -> None:
    """Read a file and write the whole answer, which is a refusal where it asks for too much."""
    try:
        with_alarm(allowance(len(data)))
        read = read_calendar(data, say.reached)
        with_alarm(0)
    except InputRefused as refused:
        with_alarm(0)
        say.say(refused=refused.key, values={k: str(v) for k, v in refused.values.items()})
        return
    except (MemoryError, RecursionError, TooLong):
        with_alarm(0)
        say.say(refused="import.too_much", values={"line": str(say.line)})
        return
    for event in read.events:
        say.say(event=to_json(event))
    for skipped in read.skipped:
        say.say(skipped=to_json(skipped))
    say.say(done=True, name=read.name, zone=read.zone, dropped=read.dropped)


def with_alarm(seconds: float) -> None:
    """Let `TooLong` be raised after so many seconds of work, 0 for never, where the system can."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise TooLong


def _end_with_parent() -> None:
    """Wait until standard input ends; then nobody is there to hear an answer."""
    try:
        while os.read(0, 1):
            pass
    finally:
        os._exit(1)


def _given() -> bytes:
    """Return the file, which follows its length.

    Raises:
        ValueError: not all of it came.
    """
    head = b""
    while not head.endswith(b"\n") and (one := os.read(0, 1)):
        head += one
    left, pieces = min(int(head), LARGEST_FILE + 1), list[bytes]()
    while left > 0 and (piece := os.read(0, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if left:
        raise ValueError(left)
    return b"".join(pieces)


def main() -> NoReturn:
    """Read the file on standard input, answer, and end."""
    code = 1
    try:
        os.umask(0o077)
        say = Answer(sys.stdout.write)
        say.reached(1)
        data = _given()
        Thread(target=_end_with_parent, daemon=True).start()
        limit()
        sys.addaudithook(watchman(own_folders()))
        answer(data, say)
        sys.stdout.flush()
        code = 0
    finally:
        # The thread that waits for the parent would hold up an ordinary end.
        os._exit(code)
