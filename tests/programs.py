"""The program as tests start it: in this process, or as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from caregiver_app.bootstrap import main, more, new_id
from caregiver_app.clock import SystemClock
from caregiver_app.services.household import household
from caregiver_app.storage.database import open_store
from tests.factories import NEW_YORK, line
from tests.prepared import prepare

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-11-21T10:00"
RING = "a1/2026-11-24T09:30/120"


@dataclass
class Told:
    code: int
    out: list[str]
    err: list[str]


class Program:
    """The program in this process, with a data folder of its own."""

    def __init__(self, folder: Path, capsys, monkeypatch) -> None:
        self.folder = folder
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *arguments: str, typed: str | bytes = "", now: str = NOW) -> Told:
        raw = typed.encode() if isinstance(typed, str) else typed
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            code = main(["--data-dir", str(self.folder), "--now", now, *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Told(code, out.splitlines(), err.splitlines())

    def add(self, *lines: str, now: str = NOW) -> Told:
        prepare(self.folder)
        return self("add", typed="\n".join(lines), now=now)


def due_at(reminders: list[int] | None = None, **fields: object) -> str:
    told = {"id": "a1", "type": "lab", "title": "Blood", "start": "2026-11-24T09:30",
            "zone": NEW_YORK, "reminders": [120] if reminders is None else reminders}  # fmt: skip
    return line("appointment", **{**told, **fields})


def child(
    folder: Path, *arguments: str, now: str = NOW, **environment: str
) -> subprocess.Popen[str]:
    """The program as a process of its own, as scripts start it."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder), "--now", now,
         *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TZ": NEW_YORK, **environment},
    )  # fmt: skip


def accept_first_run(folder: Path, *, state: str = "done", tab: str = "") -> None:
    """Leave the first steps behind, so that the window opens with its tabs, at `tab` if given.

    `state` may also be a step ("numbers", "test"): the window then opens there. A window that was
    open before has kept the packing lists as well.
    """
    clock = SystemClock()
    with open_store(folder, now=clock.now()) as store:
        house = household(store, clock, new_id, more)
        house.settings.remember(first_run=state, **({"window__tab": tab} if tab else {}))
        house.reference.lists.keep()


def second_start(folder: Path) -> subprocess.Popen[bytes]:
    """Ring at the window that has `folder` open, as a second start does; 0 when it answered."""
    call = (
        "import sys, pathlib; from caregiver_app.gui.single_window import raise_other; "
        "sys.exit(not raise_other(pathlib.Path(sys.argv[1])))"
    )
    return subprocess.Popen([sys.executable, "-c", call, str(folder)], cwd=ROOT)
