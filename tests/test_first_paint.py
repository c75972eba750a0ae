"""What a second start has loaded when its window is painted: real rows, and nothing heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("sqlite_utils", "icalendar", "plyer", "PySide6.QtPrintSupport")
LATER = (
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "caregiver_app.after_paint",
    "caregiver_app.cli",
    "caregiver_app.domain.advice",
    "caregiver_app.gui.bag.tab",
    "caregiver_app.gui.calendar.plan_dialog",
    "caregiver_app.gui.later",
    "caregiver_app.gui.support.tab",
    "caregiver_app.gui.watchlist.tab",
    "caregiver_app.integrations.ical",
    "caregiver_app.services.more",
    "dateutil.parser",
)
"""These are ours to keep out as well: each costs milliseconds that nobody sees."""

ROWS = (
    {"kind": "person", "id": "rosa", "name": "Rosa"},
    {"kind": "appointment", "id": "lab", "person": "rosa", "type": "lab", "title": "Blood test",
     "start": "2026-03-23T09:15", "zone": "Europe/London"},
    {"kind": "appointment", "id": "pill", "person": "rosa", "type": "medication",
     "title": "Folic acid", "start": "2026-03-02T08:00", "rrule": "FREQ=DAILY"},
)  # fmt: skip

CHILD = """
import importlib, json, os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from caregiver_app.bootstrap import main
from caregiver_app.gui.widgets.rows import RowDelegate

painted = []
plain_row, plain_exec = RowDelegate.paint_row, QApplication.exec

def row_painted(delegate, painter, box, row, *, chosen):
    painted.append(row.title)
    plain_row(delegate, painter, box, row, chosen=chosen)

class FirstPaint(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if (not self.seen and event.type() == QEvent.Type.Paint
                and isinstance(watched, QWidget) and watched.isWindow()):
            self.seen = True
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        sys.stdout.write(json.dumps({"rows": painted, "modules": sorted(sys.modules)}))
        sys.stdout.flush()
        os._exit(0)

def watched_exec(*arguments):
    QApplication.instance().installEventFilter(watch)
    return plain_exec()

watch = FirstPaint()
RowDelegate.paint_row, QApplication.exec = row_painted, watched_exec
for name in sys.argv[2:]:
    importlib.import_module(name)
sys.exit(main(["--data-dir", sys.argv[1], "--now", "2026-03-20T12:00"]))
"""


def env() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TZ": "Europe/London"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a first start has filled already."""
    made = tmp_path_factory.mktemp("first") / "data"
    lines = "\n".join(json.dumps(row) for row in ROWS)
    subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", str(made), "--now",
         "2026-03-20T12:00", "add"],
        input=lines, env=env(), check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return made


def first_paint(folder: Path, *planted: str) -> dict[str, list[str]]:
    """Start the window and return the rows it painted and the modules it had loaded by then."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), *planted],
        cwd=ROOT, env=env(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def loaded(told: dict[str, list[str]]) -> set[str]:
    """Return what is loaded and should not be."""
    return set(told["modules"]) & {*HEAVY, *LATER}


def test_the_first_paint_shows_real_rows_and_has_loaded_nothing_heavy(folder: Path):
    told = first_paint(folder)
    assert {"Blood test", "Folic acid"} <= set(told["rows"])
    assert loaded(told) == set()


@pytest.mark.parametrize("name", ["PySide6.QtPrintSupport", "sqlite_utils", "plyer", "icalendar"])
def test_it_would_be_noticed(folder: Path, name: str):
    assert name in loaded(first_paint(folder, name))
