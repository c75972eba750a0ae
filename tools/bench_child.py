"""One measured start: a bare window, or the app on a data folder; reports as one JSON line."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QWidget

TODAY = date(2026, 3, 20)
HEAVY = ("sqlite_utils", "icalendar", "plyer", "PySide6.QtPrintSupport")


def rss() -> float:
    """Return the resident memory of this process in MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


class FirstPaint(QObject):
    """Waits for the first paint of the first main window, then measures and ends."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch the paint of a top-level window."""
        if (
            not self.seen
            and event.type() == QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and watched.isWindow()
        ):
            self.seen = True
            QTimer.singleShot(0, lambda: self._report(watched))
        return False

    def _report(self, window: QWidget) -> None:
        told: dict[str, object] = {"painted": time.time(), "rss": rss()}
        told["heavy"] = [name for name in HEAVY if name in sys.modules]
        if hasattr(window, "tab_bar"):
            told |= _changes(window)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        os._exit(0)


def _timed(widget: QWidget, act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    widget.repaint()
    QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


def _p95(many: list[float]) -> float:
    return sorted(many)[round(0.95 * (len(many) - 1))]


def _changes(window: Any) -> dict[str, float]:  # noqa: ANN401 - the app's window, not imported
    tabs = window.tab_bar
    for place in (*range(tabs.count()), 0):
        tabs.setCurrentIndex(place)
        QApplication.processEvents()
    after = rss()
    calendar, day = window.page("calendar"), TODAY
    months: list[float] = []
    for _ in range(36):
        day = (day.replace(day=1) - timedelta(days=1)).replace(day=15)
        months.append(_timed(window, lambda day=day: calendar.go(day)))
    order = [n % tabs.count() for n in range(1, 40)]
    changes = [_timed(window, lambda n=n: tabs.setCurrentIndex(n)) for n in order]
    return {"rss_all": after, "month": _p95(months), "tab": _p95(changes)}


def bare() -> int:
    """Show an empty tab widget in a window."""
    app = QApplication(sys.argv[:1])
    app.installEventFilter(watch)
    window = QMainWindow()
    window.setCentralWidget(QTabWidget())
    window.resize(1280, 860)
    window.show()
    return app.exec()


def app_window(folder: str, now: str) -> int:
    """Open the app as its users do."""
    from caregiver_app.bootstrap import main

    plain = QApplication.exec

    def watched(*_arguments: object) -> int:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(watch)
        return plain()

    QApplication.exec = watched  # type: ignore[method-assign,assignment]
    return main(["--data-dir", folder, "--now", now])


watch = FirstPaint()
sys.exit(bare() if sys.argv[1] == "bare" else app_window(sys.argv[2], sys.argv[3]))
