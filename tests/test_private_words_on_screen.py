"""The real window with private notes in it: nothing of them in titles, notices, output or files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.canaries import CANARIES, FAMILY, LATIN, leaking_files, leaks
from tests.factories import NEW_YORK
from tests.programs import ROOT, Program, accept_first_run
from tests.tools.screen import end, private_bus, private_screen, wait_until

TYPED = "amberpelican"
"""Typed into the window by the test, as somebody writes a note."""
ALL = (*CANARIES, TYPED)
ENTERED = "2026-11-21T09:00"
RINGS = "2026-11-21T09:29:55"
"""Five seconds before the tablet rings, with its details: that was chosen for Rosa."""
OWN = ("caregiver.sqlite3", "backups/")
"""Where the notes are kept, and their copies."""

pytestmark = pytest.mark.screen


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    made = Program(tmp_path / "data", capsys, monkeypatch)
    assert made.add(*FAMILY, now=ENTERED).code == 0
    accept_first_run(made.folder, tab="support")
    return made


def elsewhere(tmp_path: Path) -> dict[str, str]:
    """Let everything that a program leaves in a home land in one folder."""
    places = {"HOME": "home", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "home/.config",
              "XDG_DATA_HOME": "home/.local/share", "XDG_CACHE_HOME": "home/.cache",
              "XDG_STATE_HOME": "home/.local/state"}  # fmt: skip
    for place in places.values():
        (tmp_path / "away" / place).mkdir(parents=True, exist_ok=True)
    return {name: str(tmp_path / "away" / place) for name, place in places.items()}


def test_nothing_of_a_note_leaves_the_window(program: Program, tmp_path: Path):
    command = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(program.folder)]
    titles: set[str] = set()
    with private_screen() as screen, private_bus(screen) as bus:
        env = {**bus.env, **elsewhere(tmp_path), "TZ": NEW_YORK, "QT_LOGGING_RULES": "*=true"}
        running = screen.start([*command, "--now", RINGS], env=env)
        window = screen.wait_for_window("^Caregiver Companion", running)
        screen.press(window, "ctrl+5")
        screen.type_text(window, TYPED)

        def kept() -> bool:
            titles.update(screen.windows().values())
            listed = program("list", "notes", now=RINGS).out
            return any(TYPED in json.loads(one)["text"] for one in listed)

        wait_until(kept, "the note that was typed", timeout=40)
        screen.press(window, "ctrl+k")
        screen.type_text(window, LATIN)
        titles.update(screen.windows().values())
        screen.press(window, "Return")
        titles.update(screen.windows().values())
        screen.press(window, "Escape", "Escape")
        notices = bus.wait_for_notices(1)
        titles.update(screen.windows().values())
        end(running)
        said = screen.output(running)
        assert "Rosa" in " ".join(one.body for one in notices), "details were chosen"
        for told in (*(f"{one.title}\n{one.body}" for one in notices), *titles, said):
            assert leaks(told, ALL) == []
    assert "Traceback" not in said
    assert leaking_files(tmp_path / "away", ALL) == []
    beside = [one for one in leaking_files(program.folder, ALL) if not one.startswith(OWN)]
    assert beside == []
    assert any(one.startswith(OWN) for one in leaking_files(program.folder, (TYPED,)))
