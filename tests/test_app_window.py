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


@pytest.mark.screen
def test_a_second_start_raises_the_first_window_and_ends(tmp_path: Path):
    with private_screen() as screen, private_bus(screen) as bus:
        first = screen.start(command(tmp_path / "data"), env=bus.env)
        window = screen.wait_for_window("Caregiver Companion", first)
        second = screen.start(command(tmp_path / "data"), env=bus.env)
        assert second.wait(30) == 0
        assert first.poll() is None
        assert screen.output(second) == ""
        screen.close_window(window)
        assert first.wait(20) == 0


@pytest.mark.screen
def test_a_damaged_file_is_told_calmly_and_left_as_it_is(tmp_path: Path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "caregiver.sqlite3").write_bytes(b"not a diary at all" * 500)
    with private_screen() as screen, private_bus(screen) as bus:
        program = screen.start(command(folder), env=bus.env)
        window = screen.wait_for_window("Caregiver Companion", program)
        screen.close_window(window)
        assert program.wait(20) == 10
        assert "Traceback" not in screen.output(program)
    assert (folder / "caregiver.sqlite3").read_bytes() == b"not a diary at all" * 500
