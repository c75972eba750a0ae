"""A home to live in from outside: a data folder, what is kept in it, the program at work on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.factories import line, plan_line
from tests.programs import ROOT, accept_first_run
from tests.tools.screen import Bus, Screen, end

NOW = "2026-11-21T10:00"
"""Three days before the first infusion of the story."""
DAY_3 = "2026-12-11T14:00"
"""Day 3 after its second."""
EVERYTHING = ("--to", "2029-12-31")


class Home:
    """A data folder; `now` is what the program's clock is started at."""

    def __init__(self, folder: Path, now: str = NOW) -> None:
        self.folder, self.now = folder, now

    def command(self, *words: str) -> list[str]:
        """Return how the program is started on this folder; without words with its window."""
        start = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(self.folder)]
        return [*start, "--now", self.now, *words]

    def run(self, *words: str, told: str = "") -> str:
        """Run a command and return what it printed."""
        done = subprocess.run(
            self.command(*words), input=told, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout

    def listed(self, kind: str, *words: str) -> list[dict[str, Any]]:
        """Return what `list` prints of a kind."""
        return [json.loads(one) for one in self.run("list", kind, *words).splitlines()]

    def state(self, reminder: str) -> str:
        """Return what became of a reminder; its id may be given by a part."""
        found = [one["state"] for one in self.listed("reminders", *EVERYTHING)
                 if reminder in one["id"]]  # fmt: skip
        assert len(found) == 1, f"{len(found)} reminders are called {reminder}"
        return found[0]

    def keep(self, *lines: str, tab: str = "") -> None:
        """Keep these lines, past the first steps, so that the window opens at a tab."""
        self.run("add", told="\n".join(lines) + "\n")
        accept_first_run(self.folder, tab=tab)

    def plan(self, *more: str, tab: str = "") -> None:
        """Keep Rosa, the plan of the story with clinic and number, and what else is told."""
        self.keep(
            line("person", id="rosa", name="Rosa Marín"),
            plan_line(person="rosa"),
            *more,
            tab=tab,
        )

    @contextmanager
    def window(self, screen: Screen, bus: Bus, env: dict[str, str] | None = None) -> Iterator[str]:
        """Have the window open for the time of the block; its id is returned."""
        program = screen.start(
            self.command(), env={**bus.env, "PYTHONFAULTHANDLER": "1", **(env or {})}
        )
        try:
            yield screen.wait_for_window("^Caregiver Companion", program)
        finally:
            ended = program.poll()
            assert ended in (None, 0), f"it ended with {ended}:\n{screen.output(program)}"
        said = screen.output(program)
        end(program)
        assert "Traceback" not in said, said


def is_kept(look: Callable[[], Any]) -> Callable[[], Any]:
    """Return `look`, which may fail while the program is still writing."""

    def patient() -> Any:
        try:
            return look()
        except (subprocess.CalledProcessError, IndexError, AssertionError):
            return None

    return patient
