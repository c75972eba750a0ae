"""What a second start has loaded when its window is painted: what is shown, and nothing heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import accept_first_run

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("sqlite_utils", "icalendar", "plyer", "PySide6.QtPrintSupport", "cryptography")
LATER = (
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "caregiver_app.after_paint",
    "caregiver_app.cli",
    "caregiver_app.gui.bag.tab",
    "caregiver_app.gui.calendar.plan.plan_dialog",
    "caregiver_app.gui.later",
    "caregiver_app.gui.leaving",
    "caregiver_app.gui.search.panel",
    "caregiver_app.gui.settings.page",
    "caregiver_app.gui.stop_signals",
    "caregiver_app.gui.support.tab",
    "caregiver_app.gui.tray",
    "caregiver_app.gui.watchlist.tab",
    "caregiver_app.integrations.autostart",
    "jeepney",
    "caregiver_app.integrations.ical",
    "caregiver_app.integrations.tray_host",
    "caregiver_app.gui.visit.sheet",
    "caregiver_app.services.exporter",
    "caregiver_app.services.insurance",
    "caregiver_app.services.more",
    "caregiver_app.services.template_check",
    "caregiver_app.services.visits",
    "dateutil.parser",
)
"""These are ours to keep out as well: each costs milliseconds that nobody sees."""

NOT_DESCRIBED = ("QCalendarWidget", "QLCDNumber", "QWizard")
"""Kinds of widgets that nobody made.

They are there once PySide6 had to find out what kind of widget Qt handed out, because it then
describes all of them (see `widgets.text.own_viewport`).
"""

ROWS = (
    {"kind": "person", "id": "rosa", "name": "Rosa"},
    {"kind": "appointment", "id": "lab", "person": "rosa", "type": "lab", "title": "Blood test",
     "start": "2026-03-23T09:15", "zone": "Europe/London"},
    {"kind": "appointment", "id": "pill", "person": "rosa", "type": "medication",
     "title": "Folic acid", "start": "2026-03-02T08:00", "rrule": "FREQ=DAILY"},
    {"kind": "plan", "id": "p1", "person": "rosa", "medicine": "Remicade", "offsets": [0, 2, 6],
     "every": 8, "first": "2026-03-17T09:30", "zone": "Europe/London"},
    {"kind": "authorisation", "id": "letter", "person": "rosa", "first": "2026-03-01",
     "last": "2026-03-31", "visits": 2},
)  # fmt: skip

CHILD = """
import importlib, json, os, sys
from caregiver_app.bootstrap import main
import caregiver_app.gui
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class FirstPaint(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if not self.seen and event.type() == QEvent.Type.Paint:
            self.seen = True
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        told = {"modules": sorted(sys.modules), "kinds": sorted(vars(QtWidgets))}
        shown = [one for one in QApplication.allWidgets() if one.isVisible()]
        told["shown"] = [one.accessibleName() for one in shown]
        for one in shown:
            if isinstance(one, QtWidgets.QAbstractItemView):
                indices = [one.model().index(row, 0) for row in range(one.model().rowCount())]
                told["shown"] += [str(index.data()) for index in indices]
        sys.stdout.write(json.dumps(told))
        sys.stdout.flush()
        os._exit(0)

def watched_exec(*arguments):
    for window in QApplication.topLevelWidgets():
        if hasattr(window, "tab_bar"):
            window.installEventFilter(watch)
    return plain_exec()

watch, plain_exec = FirstPaint(), QApplication.exec
QApplication.exec = watched_exec
for name in sys.argv[2:]:
    module, _, kind = name.partition(":")
    getattr(importlib.import_module(module), kind) if kind else importlib.import_module(module)
sys.exit(main(["--data-dir", sys.argv[1], "--now", "2026-03-20T12:00"]))
"""


def env() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TZ": "Europe/London"}


@pytest.fixture(scope="module", params=["today", "calendar"])
def folder(request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a first start has filled already, left at one of the tabs."""
    made = tmp_path_factory.mktemp("first") / "data"
    lines = "\n".join(json.dumps(row) for row in ROWS)
    subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", str(made), "--now",
         "2026-03-20T12:00", "add"],
        input=lines, env=env(), check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    accept_first_run(made, tab=request.param)
    return made


def first_paint(folder: Path, *planted: str) -> dict[str, list[str]]:
    """Start the window and return what is shown in it, and what it had loaded by then."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), *planted],
        cwd=ROOT, env=env(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def too_much(told: dict[str, list[str]]) -> set[str]:
    """Return what is loaded or described and should not be."""
    return (set(told["modules"]) & {*HEAVY, *LATER}) | (set(told["kinds"]) & {*NOT_DESCRIBED})


def test_the_first_paint_shows_what_is_kept_and_has_loaded_nothing_heavy(folder: Path):
    told = first_paint(folder)
    assert any("Blood test" in words for words in told["shown"])
    assert too_much(told) == set()


@pytest.mark.parametrize(
    "name",
    [
        "PySide6.QtPrintSupport",
        "sqlite_utils",
        "plyer",
        "icalendar",
        "PySide6.QtWidgets:QWizard",
    ],
)
def test_it_would_be_noticed(folder: Path, name: str):
    assert name.rpartition(":")[2] in too_much(first_paint(folder, name))


def test_looking_at_the_tabs_loads_no_forms():
    code = """if True:
        import sys
        import caregiver_app.gui
        from caregiver_app.bootstrap import after_paint, more, tab_class
        after_paint(), more()
        for key in ("today", "still", "calendar", "watch", "bag", "support", "care", "settings",
                    "banner", "focus_ring", "stop_signals"):
            tab_class(key)
        forms = "caregiver_app.gui.later", "caregiver_app.gui.calendar.desk"
        print([name for name in (*forms, "hashlib", "sqlite_utils") if name in sys.modules])
    """
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=env(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr
