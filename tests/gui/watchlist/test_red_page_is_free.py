"""The red page lies free in the window: no reminder and no undo line stands over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.ringer import Ringer
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.fakes import Home
from tests.gui.calendar.family import appointment, dressed, rosas_home


class Panel:
    """Stands for what rings: only whether it is kept back."""

    says_nothing = False
    is_held = False

    def hold_back(self, hold: bool) -> None:
        self.is_held = hold

    def refresh_outside(self, _change: object) -> None:
        """Nothing of it rings."""


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = dressed(qapp)
    yield made
    made.set_scale(1.0)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(home: Home, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(home.house, theme, actions, lambda: Later, tab_class)
    made.ringer = cast("Ringer", Panel())
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open("watch")
    assert made.isActiveWindow(), "nothing that has no parent yet was shown as a window"
    yield made
    made.ringer = None
    made.bridge.stop()
    made.hide()
    made.deleteLater()


def tab_of(window: MainWindow) -> WatchTab:
    tab = window.page("watch")
    assert isinstance(tab, WatchTab)
    return tab


def is_held(window: MainWindow) -> bool:
    return cast("Panel", window.ringer).is_held


def red_page(window: MainWindow) -> EmergencyPage:
    tab_of(window).show_emergency("trouble_breathing")
    page = tab_of(window).emergency_page
    assert page is not None
    return page


def place(widget: QWidget, window: MainWindow) -> QRect:
    QApplication.processEvents()
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_reminders_step_aside_for_the_red_page_of_a_sign_and_come_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert not is_held(window)
    page = red_page(window)
    assert is_held(window)
    qtbot.mouseClick(page.leave, Qt.MouseButton.LeftButton)
    assert not is_held(window)


def test_they_come_back_also_when_another_tab_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    red_page(window)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.page("today").isVisible())
    assert not is_held(window)


def test_what_was_said_before_goes_when_the_red_page_comes(home: Home, window: MainWindow) -> None:
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    assert window.banner.isVisible()
    red_page(window)
    assert not window.banner.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_undo_line_stands_above_what_ends_the_page(
    home: Home, window: MainWindow, theme: Theme, scale: float
) -> None:
    theme.set_scale(scale)
    window.resize(1280, 900)
    page = red_page(window)
    QApplication.processEvents()
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    banner = place(window.banner, window)
    for button in (page.print, page.later, page.leave):
        assert not banner.intersects(place(button, window)), button.text()
    window.resize(1000, 800)
    QApplication.processEvents()
    banner = place(window.banner, window)
    assert not banner.intersects(place(page.leave, window)), "also in another size"


def test_ctrl_z_in_the_empty_find_field_takes_the_last_change_back(
    home: Home, window: MainWindow, qtbot: QtBot
) -> None:
    line = tab_of(window).log.finder.line
    line.setFocus()
    qtbot.keyClicks(line, "cold")
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert home.house.agenda.get("lab") is None
    assert line.text() == ""
    assert window.banner.words().startswith("Taken back")


def test_ctrl_z_in_the_empty_search_field_does_so_too(
    home: Home, window: MainWindow, qtbot: QtBot
) -> None:
    search = window.head.search
    search.begin()
    qtbot.keyClicks(search, "lab")
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    qtbot.keyClick(search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert home.house.agenda.get("lab") is not None, "typed words are taken back first"
    search.clear()
    qtbot.keyClick(search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert home.house.agenda.get("lab") is None


def test_after_a_sign_was_written_there_is_one_undo_in_words(
    home: Home, window: MainWindow, qtbot: QtBot
) -> None:
    log = tab_of(window).log
    log.choose("headache")
    row = log._rows.row
    assert row is not None
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
    undo = [one for one in shown if getattr(one, "text", str)() == "Undo"]
    assert undo == [window.banner.undo]
    qtbot.mouseClick(window.banner.undo, Qt.MouseButton.LeftButton)
    assert window.banner.words().startswith("Taken back: Headache")
