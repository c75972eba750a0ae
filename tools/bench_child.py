"""One measured start: a bare window, or the app on a data folder; reports as one JSON line.

What measures must not weigh: the bare window loads nothing but what it shows, the app is started
as `main.py` does, and only the window itself is listened to. (A listener on the whole application
makes PySide6 describe every kind of object to Python, a quarter of a bare start.)
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROWS = 1_000
"""So many rows of the agenda are paged through."""
RESTS = 0.3
"""So many seconds a tab stands after it was opened for the first time; its own looks take less."""
TYPED = (
    "willow lane", "infusion 68", "follow-up 12", "headache", "tired", "day 1999 walked", "a",
    "walked talked", "drive 300", "lab", "medicine 12", "rosa", "hard to breathe", "zzz",
    "31 march", "insurance", "backup", "infliximab", "joint flare", "nausea 2025",
)  # fmt: skip
"""What is typed to measure the search, one letter after the other."""
TYPED_NOTES = (
    "walked talked", "day 1999", "garden", "散步", "护士也笑", "soup 三碗面", "a", "letter",
    "buttons 一点", "说起以前", "teo came", "zzz",
)  # fmt: skip
"""What is typed to find notes."""


def rss() -> float:
    """Return the resident memory of this process in MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def when_painted(window: Any, more: Callable[[Any], dict[str, float]] | None = None) -> object:  # noqa: ANN401 - a Qt window, not imported here
    """Report once the window was painted, then end; keep what is returned until then."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    def report() -> None:
        told, failed = {"painted": time.time(), "rss": rss()}, True
        try:
            told |= more(window) if more is not None else {}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            failed = False
        finally:
            # Called by Qt, which would print what went wrong and go on for ever.
            if failed:
                traceback.print_exc()
            os._exit(failed)

    class FirstPaint(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's
            if not self.seen and event.type() == QEvent.Type.Paint:
                self.seen = True
                QTimer.singleShot(0, report)
            return False

    watch = FirstPaint()
    window.installEventFilter(watch)
    return watch


def bare() -> int:
    """Show an empty tab widget in a window."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTabWidget())
    window.resize(1280, 860)
    kept = when_painted(window)
    window.show()
    return app.exec() if kept else 1


def app_window(folder: str, now: str) -> int:
    """Open the app as its users do."""
    sys.path.insert(0, str(ROOT))
    # In the order of a start: the program, then the toolkit through the door that it has for it.
    program = import_module("main")
    import_module("caregiver_app.gui")
    from PySide6.QtWidgets import QApplication

    plain, kept = QApplication.exec, list[object]()

    def watched(*_arguments: object) -> int:
        ours = [one for one in QApplication.topLevelWidgets() if hasattr(one, "tab_bar")]
        kept.extend(when_painted(window, _changes) for window in ours)
        return plain()

    QApplication.exec = watched  # type: ignore[method-assign,assignment]
    return program.main(["--data-dir", folder, "--now", now])


# -- After the first paint ------------------------------------------------------------------------


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()


def _rest() -> None:
    """Let what follows a first look come to its end, as it does while somebody reads."""
    until = time.perf_counter() + RESTS
    while time.perf_counter() < until:
        _settle()
        time.sleep(0.005)


def _timed(act: Callable[[], object]) -> float:
    """Return the milliseconds until what `act` changes was painted."""
    begun = time.perf_counter()
    act()
    _settle()
    return (time.perf_counter() - begun) * 1000


def _p95(many: list[float]) -> float:
    return sorted(many)[round(0.95 * (len(many) - 1))]


def _changes(window: Any) -> dict[str, float]:  # noqa: ANN401 - the app's window, not imported
    from datetime import date, timedelta

    tabs = window.tab_bar
    places = [lambda place=place: tabs.setCurrentIndex(place) for place in range(tabs.count())]
    places.append(lambda: window.open("settings"))
    _rest()
    firsts: list[float] = []
    for go in places:
        firsts.append(_timed(go))
        _rest()
    after = rss()
    changes = [_timed(places[number % len(places)]) for number in range(6 * len(places))]
    window.open("calendar")
    _settle()
    calendar, day = window.page("calendar"), date.fromisoformat(sys.argv[3][:10])
    months: list[float] = []
    for _ in range(36):
        day = (day.replace(day=1) - timedelta(days=1)).replace(day=15)
        months.append(_timed(lambda day=day: calendar.go(day)))
    return {
        "rss_all": after,
        "month": _p95(months),
        "rows": max(_paging(calendar)),
        "tab": _p95(changes),
        "tab_first": max(firsts[1:]),
        "key": _p95(_keys(window)),
        **_support(window),
        **_packing(window),
        **_charts(window),
        **_reports(window),
    }


def _paging(calendar: Any) -> list[float]:  # noqa: ANN401 - the app's tab, not imported
    """Page through the agenda until it holds ROWS rows; return how long each page took."""
    from datetime import date, timedelta

    calendar.show_view("list")
    calendar.go(date.fromisoformat(sys.argv[3][:10]) - timedelta(days=3_000))
    _settle()
    agenda, found = calendar.agenda, list[float]()
    bar = agenda.verticalScrollBar()
    while agenda.rows.rowCount() < ROWS:
        found.append(_timed(lambda: bar.setValue(bar.value() + bar.pageStep())))
        if len(found) > ROWS:
            break
    calendar.show_view("month")
    return found


def _packing(window: Any) -> dict[str, float]:  # noqa: ANN401 - the app's window, not imported
    """Go from Today to the bag, then tick and untick each of its items, each kept on the disk."""
    opens: list[float] = []
    for _ in range(12):
        window.open("today")
        _settle()
        opens.append(_timed(lambda: window.open("bag")))
    page = window.page("bag")
    items = [item for card in (page.papers, page.things) for item in card.items.values()]
    ticks = [_timed(item.tick.click) for _ in range(2) for item in items]
    # Nothing entered, nothing to pack.
    return {"bag": _p95(opens), "tick": _p95(ticks) if ticks else 0.0}


def _charts(window: Any) -> dict[str, float]:  # noqa: ANN401 - the app's window, not imported
    """Go from Today to the side effects and through every chart of every length."""
    opens: list[float] = []
    for _ in range(12):
        window.open("today")
        _settle()
        opens.append(_timed(lambda: window.open("watch")))
    window.page("watch").show_charts("timeline")
    _settle()
    page = window.page("watch").beside("charts")
    rounds: list[list[float]] = []
    for _ in range(4):  # the first one looks everything up
        rounds.append([])
        for chart in page.which.segments:
            page.which.set_value(chart.key)
            _settle()
            lengths = page.few if chart.key == "cycles" else page.reach
            for key in [one.key for one in reversed(lengths.segments)]:
                if key != lengths.value():
                    rounds[-1].append(_timed(lambda key=key, row=lengths: row.set_value(key)))
    page.back.emit()
    return {
        "watch": _p95(opens),
        "chart_first": max(rounds[0]),
        "chart": _p95([time for one in rounds[1:] for time in one]),
    }


def _reports(window: Any) -> dict[str, float]:  # noqa: ANN401 - the app's window, not imported
    """Open the visit report for its usual days, then let it reach over everything."""
    from PySide6.QtWidgets import QApplication

    window.open("watch")
    _settle()
    usual = _timed(window.page("watch").show_report)
    (sheet,) = (
        one for one in QApplication.topLevelWidgets() if type(one).__name__ == "ReportSheet"
    )
    all_years = _timed(lambda: sheet.choices.first.set_text("21 March 2016"))
    sheet.done(0)
    _settle()
    return {"report": usual, "report_all": all_years}


def _keys(window: Any) -> list[float]:  # noqa: ANN401 - the app's window, not imported
    """Type into the search and return how long each key took until its answer was painted."""
    field = window.head.search
    field.begin()
    return _letters(field, TYPED)


def _support(window: Any) -> dict[str, float]:  # noqa: ANN401 - the app's window, not imported
    """Go from Today to the support tab, look for notes, then look at the moods of all years."""
    opens: list[float] = []
    for _ in range(12):
        window.open("today")
        _settle()
        opens.append(_timed(lambda: window.open("support")))
    page = window.page("support")
    page.notes.filter.button.setChecked(True)
    _settle()
    finder = page.notes.filter.finder
    finder.line.setFocus()
    keys = _letters(finder.line, TYPED_NOTES)
    finder.set_text("")
    _settle()
    reaches = [segment.key for segment in page.moods.reach.segments]
    moods = [
        _timed(lambda key=key: page.moods.reach.set_value(key))
        for _ in range(4)
        for key in reversed(reaches)
    ]
    return {"support": _p95(opens), "note_key": _p95(keys), "moods": _p95(moods)}


def _letters(field: Any, typed: tuple[str, ...]) -> list[float]:  # noqa: ANN401 - a Qt widget
    """Type letter by letter and return how long each key took until its answer was painted."""
    found: list[float] = []
    for round_ in range(2):  # the first one only warms up
        for words in typed:
            field.clear()
            _settle()
            times = [_timed(lambda letter=letter: _press(field, letter)) for letter in words]
            found += times if round_ else []
    return found


def _press(field: Any, letter: str) -> None:  # noqa: ANN401 - a Qt widget, not imported here
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    # What an input method brings is no key of the keyboard.
    key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, event)


if __name__ == "__main__":
    sys.exit(bare() if sys.argv[1] == "bare" else app_window(sys.argv[2], sys.argv[3]))
