"""The program as a family starts it: a real window on a real screen, or a sentence without one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.screen import private_bus, private_screen

ROOT = Path(__file__).resolve().parents[1]


def command(folder: Path) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder)]


@pytest.mark.screen
def test_the_window_opens(tmp_path: Path):
    with private_screen() as screen, private_bus(screen) as bus:
        program = screen.start(command(tmp_path / "data"), env=bus.env)
        screen.wait_for_window("Caregiver Companion", program)
        assert program.poll() is None
        assert "Traceback" not in screen.output(program)


def test_without_a_screen_a_sentence_comes_and_not_an_abort(tmp_path: Path):
    env = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        command(tmp_path / "data"), env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode > 0, "ended by a signal, or as if all were well"
    assert "no screen can be reached from here" in done.stderr
    assert "Traceback" not in done.stderr
    assert "qt.qpa" not in done.stderr
