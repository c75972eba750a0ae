"""The program as a family starts it: a real window on a real screen, or a sentence without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Setting
from caregiver_app.storage.database import open_store
from tests.programs import accept_first_run
from tests.tools.screen import NotSeenInTimeError, private_bus, private_screen, wait_until

ROOT = Path(__file__).resolve().parents[1]


def kept(folder: Path) -> str:
    """How far the first steps have come, read beside the open window."""
    with open_store(folder, now=datetime.now(UTC), read_only=True) as store:
        found = store.get(Setting, "first_run")
    return "" if found is None else json.loads(found.value)


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
def test_the_first_start_asks_for_the_sentence_and_the_next_ones_do_not(tmp_path: Path):
    """Told by what the keys do: before it is accepted, Emergency is all that opens."""
    folder = tmp_path / "data"
    with private_screen() as screen, private_bus(screen) as bus:
        program = screen.start(command(folder), env=bus.env)
        window = screen.wait_for_window("Caregiver Companion", program)
        screen.press(window, "Escape", "Return", "ctrl+2", "ctrl+k", "F2", "Escape")
        screen.close_window(window)
        assert program.wait(20) == 0
        assert kept(folder) == ""
        program = screen.start(command(folder), env=bus.env)
        window = screen.wait_for_window("Caregiver Companion", program)
        screen.press(window, "Tab", "space")
        wait_until(lambda: kept(folder) == "person", "the sentence accepted")
        screen.type_text(window, "Rosa")
        screen.press(window, "Return")
        wait_until(lambda: kept(folder) == "plan", "the name kept")
        screen.close_window(window)
        assert program.wait(20) == 0


@pytest.mark.long
@pytest.mark.screen
def test_the_test_reminder_rings_for_real(tmp_path: Path):
    folder = tmp_path / "data"
    accept_first_run(folder, state="test")
    with private_screen() as screen, private_bus(screen) as bus:
        program = screen.start(command(folder), env=bus.env)
        window = screen.wait_for_window("Caregiver Companion", program)
        # What rings is at work a moment after the window was painted; before, it asks to wait.
        # Then it comes after ten seconds.
        for _ in range(3):
            screen.press(window, "space")
            with suppress(NotSeenInTimeError):
                screen.wait_for_window("Care reminders", program, timeout=16)
                break
        (notice, *_) = bus.wait_for_notices(1)
        assert (notice.title, notice.body[:14]) == ("Care reminder", "This is a test")
        assert screen.active_window() == window, "the keyboard stays where it is"
        assert "Traceback" not in screen.output(program)
    assert kept(folder) == "test"


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
