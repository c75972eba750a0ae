"""Faults at a chosen file call of the real program, many times a second (Debian: strace).

    with WarmProgram(tmp_path) as program:
        calls = program.calls(arguments, folder)
        told = program.run(arguments, fault=Fault(calls[7], "ENOSPC"))

The program is `main` in a process of its own, forked from an interpreter that has read its modules
(`warm_program`), so that what is counted are its file calls and not Python's. strace looks on from
its first step and either kills it at the entry of the n-th call of a kind, or lets that call fail.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.tools import need

ROOT = Path(__file__).resolve().parents[2]
KILL = "KILL"
PASSPHRASE = "moon tea river"
"""What locks the backups of every program that is started here."""
ERRORS = ("ENOSPC", "EIO", "EROFS")

_LINE = re.compile(r"^([a-z0-9_]+)\(")
_NAMED, _HANDLE = re.compile(r'"([^"]*)'), re.compile(r"\d<([^>]*)")
_CHANGING = frozenset(
    ("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "unlink", "link", "linkat",
     "mkdir", "rmdir", "chmod", "fchmod", "fchown", "fallocate", "mmap", "unlinkat", "mkdirat",
     "renameat", "renameat2", "symlink", "truncate")
)  # fmt: skip
_TRACED = "%file,%desc"


@dataclass(frozen=True)
class Call:
    """The n-th call of a kind in a run, and what it was."""

    name: str
    number: int
    told: str

    @property
    def file(self) -> str:
        """The file's path, as far as it stands in what was told."""
        found = _NAMED.search(self.told) if "(AT_FDCWD" in self.told else _HANDLE.search(self.told)
        return found[1] if found is not None else ""

    @property
    def changes(self) -> bool:
        """Whether it may leave other bytes or names on the disk than there were."""
        return self.name in _CHANGING or (self.name.startswith("open") and "O_CREAT" in self.told)


@dataclass(frozen=True)
class Fault:
    """What happens at that call: KILL or the name of an error; from there on, if it `stays`."""

    call: Call
    kind: str
    stays: bool = False

    def __str__(self) -> str:
        place = f"{self.call.name}-{self.call.number}{'+' if self.stays else ''}"
        return f"{self.kind} at {place}: {self.call.told}"

    @property
    def injection(self) -> str:
        how = "signal=KILL" if self.kind == KILL else f"error={self.kind}"
        when = f"{self.call.number}{'+' if self.stays else ''}"
        return f"inject={self.call.name}:{how}:when={when}"


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code (-9: killed), what it said, and whether the fault was met."""

    code: int
    out: list[str]
    err: list[str]
    met: bool


def strace() -> str:
    """Return strace's path; the test is skipped or fails without it."""
    found = shutil.which("strace")
    works = (
        found is not None
        and not subprocess.run(
            [found, "-e", "trace=none", "true"], capture_output=True, check=False
        ).returncode
    )
    need(works, "strace, and the right to use it")
    return str(found)


class WarmProgram:
    """Starts of the program, each with its own fault; what they read and say is in `scratch`."""

    def __init__(self, scratch: Path, *, careless: bool = False) -> None:
        self._strace = strace()
        self._scratch = scratch
        scratch.mkdir(parents=True, exist_ok=True)
        self._typed, self._out, self._err, self._log = (
            scratch / name for name in ("typed", "out", "err", "calls")
        )
        steady = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "TZ": "UTC",
                  "CAREGIVER_PASSPHRASE": PASSPHRASE}  # fmt: skip
        ours = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
        self._server = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "tools" / "warm_program.py"),
             *(["--careless"] if careless else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**ours, **steady}, cwd=ROOT,
        )  # fmt: skip
        assert self._said() == "ready"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stdin.close()
        self._server.wait(30)
        self._server.stdout.close()

    def _said(self) -> str:
        line = self._server.stdout.readline().strip()
        if not line:
            raise AssertionError("the warm program has ended")
        return line

    def run(
        self,
        arguments: Sequence[str],
        *,
        typed: str = "",
        drive: bool = False,
        fault: Fault | None = None,
        trace: Sequence[str] = (),
    ) -> Ended:
        """Run once; with `trace` strace is told these options and writes to `log`."""
        self._typed.write_text(typed)
        wish = {
            "arguments": [str(one) for one in arguments], "drive": drive, "typed": str(self._typed),
            "out": str(self._out), "err": str(self._err),
        }  # fmt: skip
        self._server.stdin.write(json.dumps(wish) + "\n")
        self._server.stdin.flush()
        child = int(self._said())
        looking = None
        if fault is not None:
            trace = ("-e", f"trace={fault.call.name}", "-e", fault.injection)
        if trace:
            looking = self._look_on(child, trace)
        os.kill(child, signal.SIGCONT)
        code = int(self._said())
        if looking is not None:
            looking.stderr.read()
            looking.wait(30)
            looking.stderr.close()
        met = code == -signal.SIGKILL
        if fault is not None and fault.kind != KILL:
            told = self._log.read_text(errors="replace")
            # The call that failed has to be the one that was meant: of the same name and number.
            met = "(INJECTED)" in told
        return Ended(code, _lines(self._out), _lines(self._err), met)

    def _look_on(self, child: int, trace: Sequence[str]) -> subprocess.Popen[str]:
        looking = subprocess.Popen(
            [self._strace, "-y", "-o", str(self._log), *trace, "-p", str(child)],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        line = looking.stderr.readline()
        assert "attached" in line, line
        # It has asked for the stop by now; wait until it holds it.
        end = time.monotonic() + 10
        while f"TracerPid:\t{looking.pid}" not in Path(f"/proc/{child}/status").read_text():
            assert time.monotonic() < end
        return looking

    @property
    def log(self) -> Path:
        """What strace wrote of the last run that was traced."""
        return self._log

    def calls(
        self, arguments: Sequence[str], near: Path, *, typed: str = "", drive: bool = False
    ) -> tuple[list[Call], Ended]:
        """Run once without a fault; return the file calls in or below `near`, and how it ended."""
        ended = self.run(arguments, typed=typed, drive=drive, trace=("-e", f"trace={_TRACED}"))
        seen: Counter[str] = Counter()
        found: list[Call] = []
        for line in self._log.read_text(errors="replace").splitlines():
            if (match := _LINE.match(line)) is None:
                continue
            seen[match[1]] += 1
            if str(near) in line and match[1] != "execve":
                found.append(Call(match[1], seen[match[1]], line[:240]))
        return found, ended


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
