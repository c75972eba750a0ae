"""Kills a real program at a chosen file call (strace), and tells which calls there are.

    points = kill_points(command, env, begins="SHOW")
    for point in points:
        killed_at(point, command, env)

A point is the n-th call of one kind; the program is killed at its entry, so nothing of that call
happens any more. Debian: strace.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tools import need

CALLS = ("write", "pwrite64", "pread64", "fsync", "fdatasync", "ftruncate", "fcntl", "unlink",
         "rename", "link", "chmod", "fchmod")  # fmt: skip
"""The calls by which a program that has its modules changes a file, or asks for the right to."""

_CALL = re.compile(r"^(?:\[pid +)?\d*\]? *([a-z0-9_]+)\(")


@dataclass(frozen=True)
class Point:
    """The n-th call of a kind in the life of a program, and what it was."""

    call: str
    number: int
    told: str

    def __str__(self) -> str:
        return f"{self.call}-{self.number}"


def _strace(*how: str) -> list[str]:
    found = shutil.which("strace")
    works = (
        found is not None
        and not subprocess.run(
            [found, "-e", "trace=none", "true"], capture_output=True, check=False
        ).returncode
    )
    need(works, "strace, and the right to use it")
    # Not with --seccomp-bpf, under which some versions kill nothing.
    return [str(found), "-f", "-qq", *how]


def _env(more: Mapping[str, str]) -> dict[str, str]:
    # The same calls each time: no other order of sets, no module written down along the way, and
    # none that only measure what is tested.
    steady = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    ours = {name: told for name, told in os.environ.items() if not name.startswith("COVERAGE_")}
    return {**ours, **steady, **more}


def kill_points(
    command: Sequence[str], env: Mapping[str, str], begins: str, before: int = 0
) -> list[Point]:
    """Run a program to its end; return its file calls since the first that holds `begins`.

    The `before` calls before that one are among them.
    """
    with tempfile.TemporaryDirectory(prefix="calls-") as folder:
        log = Path(folder) / "calls"
        how = _strace("-o", str(log), "-s", "200", "-e", f"trace={','.join(CALLS)}")
        subprocess.run([*how, *command], env=_env(env), check=True, capture_output=True)
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    seen: Counter[str] = Counter()
    points: list[Point] = []
    first: int | None = None
    for line in lines:
        found = _CALL.match(line)
        if found is not None:
            seen[found[1]] += 1
            if first is None and begins in line:
                first = len(points)
            points.append(Point(found[1], seen[found[1]], line[:120]))
    if first is None:
        raise AssertionError(f"no call holds {begins!r}")
    return points[max(0, first - before) :]


def killed_at(
    point: Point, command: Sequence[str], env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program that is killed at that call; it ends by itself when it never gets there."""
    how = _strace("-o", os.devnull, "-e", f"trace={point.call}",
                  "-e", f"inject={point.call}:signal=KILL:when={point.number}")  # fmt: skip
    return subprocess.run(
        [*how, *command], env=_env(env), capture_output=True, text=True, check=False, timeout=120
    )
