"""Rosa and Mei, and their window on the offscreen screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.search.panel import SearchPanel
from caregiver_app.gui.theme import Theme
from tests.factories import line
from tests.fakes import Home
from tests.gui.calendar.family import dressed, rosas_home, wear


@pytest.fixture(scope="session")
def one_theme(qapp) -> Theme:
    return dressed(qapp)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Home]:
    """Rosa alone, with an infusion on Tuesday 31 March; it is Friday 20 March 2026."""
    made = rosas_home(tmp_path)
    made.add(
        line("appointment", id="blood", person="rosa", type="lab", title="Blood test",
             start="2026-03-27T09:15", zone="America/New_York", place="Harbour, room 2"),
        line("contact", id="harbour", person="rosa", name="Harbour Health", phone="01632 960130"),
        line("note", id="n1", person="rosa", text="Slept in the chair, bone tired."),
        line("side_effect", id="s1", person="rosa", sign="fatigue", severity=2,
             at="2026-03-18T20:00", text="Gone next morning"),
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture
def home(alone: Home) -> Home:
    """Rosa, and 王梅 as well."""
    alone.add(
        line("person", id="mei", name="王梅"),
        line("appointment", id="eyes", person="mei", type="follow-up", title="Eye clinic",
             start="2026-04-01T10:00", zone="America/New_York", place="Hillside"),
        line("note", id="n2", person="mei", text="<b>她说不想</b> & bring umbrella"),
    )  # fmt: skip
    return alone


class Screen:
    """The window with what a person does at its search field."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot
        self.field = window.head.search

    @property
    def panel(self) -> SearchPanel:
        (found,) = self.window.findChildren(SearchPanel)
        return found

    def begin(self) -> None:
        """Press Ctrl+K."""
        self._qtbot.keyClick(self.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self._qtbot.waitUntil(self.field.hasFocus)

    def type(self, words: str) -> None:
        """Type letter by letter; what no key has comes as from an input method."""
        for letter in words:
            if letter.isascii():
                self._qtbot.keyClicks(self.field, letter)
            else:
                self.field.insert(letter)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self._qtbot.keyClick(self.field, key)

    def search(self, words: str) -> None:
        self.begin()
        self.field.clear()
        self.type(words)

    def lines(self) -> list[str]:
        """What can be read, each line as a screen reader says it; headings as "# ..."."""
        if not self.panel.isVisible():
            return []
        rows = range(self.panel.list.lines.rowCount())
        shown = [line for row in rows if (line := self.panel.list.line_at(row)) is not None]
        return [f"# {one.title}" if one.shape == "heading" else one.sentence() for one in shown]

    def titles(self) -> list[str]:
        rows = range(self.panel.list.lines.rowCount())
        shown = [line for row in rows if (line := self.panel.list.line_at(row)) is not None]
        return [one.title for one in shown if one.shape == "result"]

    def chosen(self) -> str:
        line = self.panel.list.chosen()
        return "" if line is None else line.title


@pytest.fixture
def opened_window(qapp, qtbot: QtBot, one_theme: Theme) -> Iterator[list[MainWindow]]:
    made: list[MainWindow] = []
    wear(qapp, one_theme)
    yield made
    for window in made:
        window.bridge.stop()
        window.hide()
        window.deleteLater()
    one_theme.set_scale(1.0)
    one_theme.set_mode("light")
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.fixture
def show(qtbot: QtBot, one_theme: Theme, opened_window: list[MainWindow]):
    """Open the window of a home."""

    def made(home: Home, width: int = 1280, height: int = 860) -> Screen:
        actions = AppActions(lambda _path: Path(), lambda _path: None, lambda: False)
        window = make_window(home.house, one_theme, actions, lambda: Later, tab_class)
        opened_window.append(window)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.open("calendar")
        return Screen(window, qtbot)

    return made


@pytest.fixture
def screen(home: Home, show) -> Screen:
    return show(home)
