"""The real program, drawn nowhere: every way out, and the way back after a restored backup."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import ROOT, accept_first_run
from tests.tools import some

CHILD = """
import signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from caregiver_app.bootstrap import main
from caregiver_app.gui.main_window import MainWindow

plain_exec = QApplication.exec
seen = []

def look():
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    window = next((one for one in shown if one.leaving is not None), None)
    if window is None:
        QTimer.singleShot(20, look)
        return
    seen.append(window)
    print("window", window.isMinimized(), window.isVisible(), flush=True)
    act(window)

def again(window):
    if len(seen) == 2:
        window.end()
        return
    backup = Path(sys.argv[1]).parent / "copy.sqlite3"
    window.files.back_up_to(backup)
    window.files.ask_restore(backup)
    window.files.sheet.primary.click()
    window.files.sheet.done(0)

def hide_and_ask(window):
    window.close()
    print("closed", window.isMinimized(), flush=True)
    window.leaving.ask()
    window.leaving.sheet.primary.click()

def other_window(window):
    window.leaving.sheet and window.leaving.sheet.accept()
    window.hide()
    other = QDialog()
    other.show()
    other.close()
    QTimer.singleShot(100, lambda: (print("still there", flush=True), window.end()))

act = {
    "quit": lambda window: QApplication.quit(),
    "end": lambda window: window.end(),
    "session": lambda window: (window.leaving.session_ends(None), window.close()),
    "ask": hide_and_ask,
    "hidden": lambda window: (window.close(), window.hide(), QApplication.quit()),
    "signal": lambda window: signal.raise_signal(signal.SIGTERM),
    "again": again,
    "other": other_window,
    "background": lambda window: window.end(),
}[sys.argv[2]]

def watched_exec(*arguments):
    QTimer.singleShot(0, look)
    return plain_exec()

QApplication.exec = watched_exec
more = ["--background"] if sys.argv[2] == "background" else []
sys.exit(main(["--data-dir", sys.argv[1], *more]))
"""


def lived(folder: Path, way: str) -> list[str]:
    """Run the program, leave it in one way; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), way],
        cwd=ROOT, env={**os.environ, "TZ": "Europe/London"}, text=True, capture_output=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    accept_first_run(made)
    return made


@pytest.mark.parametrize(
    "way", some(["quit", "end", "session", "hidden", "signal"], ["session", "hidden"])
)
def test_it_ends_without_a_question(folder: Path, way: str):
    assert lived(folder, way) == ["window False True"]


def test_it_ends_after_the_question(folder: Path):
    assert lived(folder, "ask") == ["window False True", "closed True"]


def test_another_window_that_closes_does_not_end_it(folder: Path):
    assert lived(folder, "other") == ["window False True", "still there"]


def test_after_a_restored_backup_it_opens_again_and_ends_as_ever(folder: Path):
    assert lived(folder, "again") == ["window False True"] * 2


def test_in_the_background_nothing_is_seen_at_first(folder: Path):
    assert lived(folder, "background") == ["window False False"]
