"""The program is killed two seconds after the last key: not a letter is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caregiver_app.clock import SystemClock
from caregiver_app.domain.entities import Note
from caregiver_app.storage.database import open_store
from tests.programs import ROOT, accept_first_run
from tests.tools import some
from tests.tools.screen import private_bus, private_screen, wait_until

AFTER_THE_LAST_KEY = 2.0


def kept(folder: Path) -> list[str]:
    with open_store(folder, now=SystemClock().now()) as store:
        return [note.text for note in store.all(Note)]


def kill_while_writing(folder: Path, text: str) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.tools.note_writer", str(folder), text],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "typed\n"
    time.sleep(AFTER_THE_LAST_KEY)
    writer.send_signal(signal.SIGKILL)
    assert writer.wait(10) == -signal.SIGKILL
    writer.stdout.close()


@pytest.mark.parametrize("batch", some(range(20), [0]))
def test_a_hundred_kills_lose_nothing(tmp_path: Path, batch: int) -> None:
    chance = random.Random(batch)
    wanted: list[str] = []
    for number in range(5):
        letters = chance.choices("abcdefgh ,.<&>", k=chance.randrange(1, 60))
        wanted.append(f"{number}{''.join(letters)}")
        kill_while_writing(tmp_path, wanted[-1])
        assert kept(tmp_path) == wanted


@pytest.mark.screen
def test_a_kill_of_the_real_program_loses_nothing(tmp_path: Path) -> None:
    accept_first_run(tmp_path, tab="support")
    with private_screen() as screen, private_bus(screen) as bus:
        program = screen.start(
            [sys.executable, str(ROOT / "main.py"), "--data-dir", str(tmp_path)], env=bus.env
        )
        window = screen.wait_for_window("Caregiver Companion")
        screen.press(window, "ctrl+5")
        screen.type_text(window, "She laughed at the photos")
        time.sleep(AFTER_THE_LAST_KEY)
        program.kill()
        wait_until(lambda: program.poll() is not None, "the program is gone")
    assert kept(tmp_path) == ["She laughed at the photos"]
