"""A clock of a test's own for real programs (libfaketime), and what such a program says.

    clock = FakeTime(folder / "clock", "2026-03-29T00:58+00:00", speed=60)
    with following(data, clock, zone="Europe/London") as program:
        assert program.said_up_to("marker") == ["before", "at", "marker"]
        clock.set("2026-03-28T08:00+00:00")

The program's wall clock is the test's, and so are its waits (at `speed` times the usual pace); what
it measures without a wall clock goes on as it does. A laptop that sleeps is `Spoken.sleep`: the
program is stopped, the clock goes on without it. Debian: faketime.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.programs import ROOT
from tests.tools import need

_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
_PATIENCE = 60.0
_LOOK_AGAIN = 0.05


def library() -> Path | None:
    """Return the library that stands between a program with threads and its clock, or None."""
    for folder in map(Path, _FOLDERS):
        found = [*folder.glob("faketime/libfaketimeMT.so.1")]
        found += folder.glob("*/faketime/libfaketimeMT.so.1")
        if found:
            return found[0]
    return None


class FakeTime:
    """A wall clock that goes on from where it is set, for every program that has its `env`."""

    def __init__(self, file: Path, at: str | datetime, speed: float = 1.0) -> None:
        """`file` is where the clock stands for the programs; `speed` is its pace."""
        made = library()
        need(made is not None and shutil.which("faketime"), "faketime")
        self._library, self._file, self._speed = made, file, speed
        self.set(at)

    def set(self, at: str | datetime, speed: float | None = None) -> None:
        """Set the clock to an instant with its offset, from which it goes on at once."""
        instant = datetime.fromisoformat(at) if isinstance(at, str) else at
        if instant.tzinfo is None:
            raise ValueError("an instant has an offset")
        self._speed = self._speed if speed is None else speed
        self._write(f"@{int(instant.timestamp())} x{self._speed:g}")

    def shift(self, at: str | datetime) -> None:
        """Set the clock, at its usual pace, the same for programs that begin now or later."""
        instant = datetime.fromisoformat(at) if isinstance(at, str) else at
        self._speed = 1.0
        self._write(f"{round(instant.timestamp() - time.time()):+d}")

    def _write(self, told: str) -> None:
        # Taken as a whole or not at all: the programs read it at every look at the clock.
        fresh = self._file.with_name(f"{self._file.name}.new")
        fresh.write_text(told + "\n", encoding="ascii")
        fresh.replace(self._file)

    def env(self, zone: str = "UTC") -> dict[str, str]:
        """Return what a program needs in its environment to live by this clock, in `zone`."""
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_FMT": "%s",
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # Else threads that wait for each other in Qt and Python do so for many seconds.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "NO_FAKE_STAT": "1",
            "TZ": zone,
        }


class Spoken:
    """A running program that says its reminders on standard output."""

    def __init__(self, command: Sequence[str], env: dict[str, str], folder: Path) -> None:
        """`folder` takes what it says on standard error."""
        self._complaints = folder / f"stderr-{time.monotonic_ns()}"
        with self._complaints.open("wb") as errors:
            self.process = subprocess.Popen(
                list(command), env={**os.environ, **env}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip
        self._heard = b""
        self.lines: list[str] = []

    @property
    def said(self) -> list[str]:
        """The ids of all reminders that were said so far, in order, as often as they were said."""
        return ids_in(self.lines)

    @property
    def complaints(self) -> str:
        """What it said on standard error."""
        return self._complaints.read_text(encoding="utf-8", errors="replace")

    def said_up_to(self, marker: str, patience: float = _PATIENCE) -> list[str]:
        """Wait until a reminder of the entry `marker` is said; return the entries said so far."""
        self.wait(lambda: marker in entries_in(self.lines), f"the reminder of {marker}", patience)
        return entries_in(self.lines)

    def wait(self, look: Callable[[], object], what: str, patience: float = _PATIENCE) -> None:
        """Read on until `look` answers something true."""
        limit = time.monotonic() + patience
        while not look():
            left = limit - time.monotonic()
            if left <= 0:
                raise AssertionError(f"not within {patience} s: {what}; said: {self.lines}")
            if not self._read(min(left, _LOOK_AGAIN)) and not look():
                raise AssertionError(f"it ended before {what}: {self.lines}\n{self.complaints}")

    def hear_for(self, seconds: float) -> None:
        """Read what it says for so long, or until it ends."""
        limit = time.monotonic() + seconds
        while (left := limit - time.monotonic()) > 0 and self._read(left):
            pass

    def _read(self, seconds: float) -> bool:
        """Read what there is within so long; tell whether more may come."""
        stream = self.process.stdout
        if stream is None:
            return False
        if select.select([stream], [], [], seconds)[0]:
            told = os.read(stream.fileno(), 65536)
            self._heard += told
            *whole, self._heard = self._heard.split(b"\n")
            self.lines += [line.decode() for line in whole]
            return bool(told)
        return True

    def sleep(self, clock: FakeTime, until: str) -> None:
        """Let the computer sleep and wake at another time of its clock."""
        self.process.send_signal(signal.SIGSTOP)
        clock.set(until)
        self.process.send_signal(signal.SIGCONT)

    def finish(self, patience: float = _PATIENCE) -> int:
        """Wait until it ended by itself; return its exit code."""
        self._drain(patience)
        return self.process.returncode

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.kill()
        self._drain()

    def stop(self) -> int:
        """Ask it to end, read what it still says, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self._drain()
        return self.process.returncode

    def _drain(self, patience: float = 20.0) -> None:
        if self.process.stdout is None or self.process.stdout.closed:
            return
        limit = time.monotonic() + patience
        while time.monotonic() < limit and self._read(1):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def ids_in(lines: Sequence[str]) -> list[str]:
    """Return the ids of the reminders that these lines say, in order."""
    found: list[str] = []
    for line in lines:
        word, *rest = line.split()
        if word == "SHOW":
            found += rest
        elif word == "DIGEST":
            found += rest[1:]
    return found


def entries_in(lines: Sequence[str]) -> list[str]:
    """Return the entries of the reminders that these lines say, in order."""
    return [one.split("/")[0] for one in ids_in(lines)]


def command(folder: Path, *arguments: str) -> list[str]:
    """Return how the program is started on a data folder."""
    return [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder), *arguments]


@contextmanager
def following(
    folder: Path, clock: FakeTime, zone: str = "UTC", **environment: str
) -> Iterator[Spoken]:
    """Run `remind --follow` on a data folder by that clock, for the time of the block.

    At its end it is asked to end, so that what it said is on record.
    """
    env = {**clock.env(zone), **environment}
    made = Spoken(command(folder, "remind", "--follow"), env, folder.parent)
    try:
        yield made
    finally:
        if made.process.returncode is None:
            made.stop()
