"""A start of the real program, drawn nowhere, on a folder whose diary is not there now."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from caregiver_app.services import known_places
from caregiver_app.storage.database import DATA_NAME
from tests.factories import line
from tests.programs import ROOT, accept_first_run, child

NOW = "2026-03-20T18:04:00+00:00"
NOTE = line("note", id="n1", text="moon")

PRESS = """if True:
    import sys, pathlib
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel
    from caregiver_app import bootstrap
    from caregiver_app.gui import app

    folder, now, what, aside = sys.argv[1:]
    done = []

    def press(window):
        text = " | ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())
        print("AWAY", text.replace("\\u200b", ""), window.restore is not None, flush=True)
        if what == "retry":
            window.retry.click()
            print("STILL", window.wrong.text(), window.isVisible(), flush=True)
            pathlib.Path(aside).rename(folder)
            window.retry.click()
        elif what == "wait":
            pathlib.Path(aside).rename(folder)
        elif what == "begin":
            window.begin.click()
        elif what == "restore":
            window.restore.click()
        else:
            window.leave.click()

    def look():
        for window in QApplication.topLevelWidgets():
            if type(window).__name__ == "AwayWindow" and window.isVisible() and not done:
                done.append(window)
                QTimer.singleShot(10, lambda: press(window))
            elif hasattr(window, "begin_first_run") and window.isVisible():
                timer.stop()
                print("OPEN", flush=True)
                QTimer.singleShot(300, window.end)
                return

    application = app.application()
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(100)
    QTimer.singleShot(40000, lambda: application.exit(77))
    sys.exit(bootstrap.main(["--data-dir", folder, "--now", now]))
"""


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a note in it that was kept before, and is remembered."""
    (tmp_path / "passing").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "passing"))
    folder = tmp_path / "stick" / "diary"
    adding = child(folder, "add", now=NOW)
    adding.communicate(NOTE, timeout=60)
    assert adding.returncode == 0
    known_places._write({str(folder): ""})
    accept_first_run(folder)
    return folder


def start(folder: Path, what: str, aside: Path | str = "") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", PRESS, str(folder), NOW, what, str(aside)],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        cwd=ROOT,
        env={**os.environ, "CAREGIVER_DEBUG": "1"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def notes(folder: Path) -> int:
    told, _ = child(folder, "list", "notes", now=NOW).communicate(timeout=60)
    return len(told.splitlines())


def test_it_names_the_place_and_makes_nothing(stick: Path):
    shutil.rmtree(stick.parent)
    code, told = start(stick, "leave")
    assert code == 14
    assert str(stick) in told
    assert "OPEN" not in told
    assert not stick.parent.exists()


@pytest.mark.parametrize("what", ["retry", "wait"])
def test_plugged_in_again_it_opens(stick: Path, tmp_path: Path, what: str):
    aside = tmp_path / "unplugged"
    stick.rename(aside)
    code, told = start(stick, what, aside)
    assert code == 0, told
    assert "OPEN" in told
    if what == "retry":
        assert "STILL It is still not there. True" in told
    assert notes(stick) == 1


def test_a_new_diary_is_begun_when_that_is_pressed(stick: Path):
    shutil.rmtree(stick.parent)
    code, told = start(stick, "begin")
    assert (code, "OPEN" in told) == (0, True), told
    assert (stick / DATA_NAME).exists()
    assert notes(stick) == 0


def test_the_backup_elsewhere_is_offered_and_opened(stick: Path, tmp_path: Path):
    second = tmp_path / "second"
    second.mkdir()
    copy = second / "caregiver-2026-03-19T2130.sqlite3"
    backing = child(stick, "backup", str(copy), now=NOW)
    backing.communicate(timeout=60)
    known_places._write({str(stick): str(second)})
    shutil.rmtree(stick.parent)
    code, told = start(stick, "restore")
    assert (code, "OPEN" in told) == (0, True), told
    assert "19 March 2026" in told
    assert notes(stick) == 1
