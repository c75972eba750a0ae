"""Choosing the tab leads to the signs: from the top, the find field empty and with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist import row_place
from caregiver_app.gui.watchlist.row_place import bring
from caregiver_app.gui.watchlist.signs import SeverityRow
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import Family, button, settled_family

CTRL = Qt.KeyboardModifier.ControlModifier
INNER: dict[str, Callable[[WatchTab], None]] = {
    "sign": lambda tab: tab.show_sign("headache"),
    "red": lambda tab: tab.show_emergency("trouble_breathing"),
    "charts": lambda tab: tab.show_charts(),
    "call": lambda tab: tab.show_call_sheet(),
}


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, family: Family) -> Iterator[MainWindow]:
    theme = Theme()
    theme.apply(qapp)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open("watch")
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.fixture
def tab(window: MainWindow) -> WatchTab:
    page = window.page("watch")
    assert isinstance(page, WatchTab)
    return page


def wake(window: MainWindow) -> None:
    window.activateWindow()
    QApplication.processEvents()


def press(window: MainWindow, place: int) -> None:
    wake(window)
    QTest.keyClick(window, getattr(Qt.Key, f"Key_{place}"), CTRL)
    QApplication.processEvents()


def click_tab(window: MainWindow, place: int) -> None:
    spot = window.tab_bar.tabRect(place).center()
    QTest.mouseClick(window.tab_bar, Qt.MouseButton.LeftButton, pos=spot)
    QApplication.processEvents()


def assert_begins(window: MainWindow, tab: WatchTab) -> None:
    line = tab.log.finder.line
    assert line.isVisible(), "the signs are shown"
    assert window.focusWidget() is line
    assert not line.text()
    assert tab.log.matches.isHidden()
    assert 0 <= line.mapTo(tab, QPoint(0, 0)).y() < tab.height(), "it is in sight"


@pytest.mark.parametrize("page", INNER)
def test_its_key_leads_from_every_inner_page_to_the_signs(
    window: MainWindow, tab: WatchTab, page: str
) -> None:
    QTest.keyClicks(tab.log.finder.line, "head")
    INNER[page](tab)
    assert not tab.log.finder.line.isVisible()
    press(window, 3)
    assert_begins(window, tab)


@pytest.mark.parametrize("page", INNER)
def test_a_click_on_the_tab_does_the_same(window: MainWindow, tab: WatchTab, page: str) -> None:
    INNER[page](tab)
    click_tab(window, 2)
    assert_begins(window, tab)


@pytest.mark.parametrize("page", INNER)
def test_who_comes_back_from_another_tab_finds_the_signs(
    window: MainWindow, tab: WatchTab, page: str
) -> None:
    INNER[page](tab)
    press(window, 1)
    assert not tab.isVisible()
    press(window, 3)
    assert_begins(window, tab)


@pytest.mark.parametrize("page", INNER)
def test_escape_leaves_every_inner_page(window: MainWindow, tab: WatchTab, page: str) -> None:
    INNER[page](tab)
    QTest.keyClick(tab, Qt.Key.Key_Escape)
    assert_begins(window, tab)
    INNER[page](tab)
    held = window.focusWidget()
    assert held is not None
    QTest.keyClick(held, Qt.Key.Key_Escape)
    assert_begins(window, tab)


def test_its_key_scrolls_up_and_takes_the_open_question_away(
    window: MainWindow, tab: WatchTab
) -> None:
    tab.log.choose("headache")
    wake(window)
    bar = tab._page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    press(window, 3)
    assert bar.value() == 0
    assert tab.log._rows.row is None
    assert_begins(window, tab)


def test_typing_brings_the_field_and_what_fits_into_sight(
    window: MainWindow, tab: WatchTab
) -> None:
    wake(window)
    bar = tab._page.verticalScrollBar()
    bar.setValue(bar.maximum())
    line = tab.log.finder.line
    assert line.mapTo(tab, QPoint(0, 0)).y() < 0
    QTest.keyClicks(line, "head")
    QApplication.processEvents()
    assert 0 <= line.mapTo(tab, QPoint(0, 0)).y() < tab.height() // 2
    assert window.focusWidget() is line
    assert 0 < tab.log.matches.mapTo(tab, QPoint(0, 0)).y() < tab.height()


def test_what_is_asked_after_a_red_page_that_letters_led_to_is_in_sight(
    window: MainWindow, tab: WatchTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake(window)
    QTest.keyClicks(tab.log.finder.line, "br")
    QTest.keyClick(tab.log.finder.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    page = tab.emergency_page
    assert page is not None
    button(page, "Write it down").click()
    row = tab.log._rows.row
    assert isinstance(row, SeverityRow)
    # A desktop's clock may come before the page was laid out anew.
    bring(row)
    monkeypatch.setattr(row_place, "bring", lambda *_: None)
    QApplication.processEvents()
    for strengths in (row.segments, row.yesterday):
        top = strengths.mapTo(tab, QPoint(0, 0)).y()
        assert 0 <= top <= tab.height() - strengths.height()
    assert window.focusWidget() is row.segments.segments[0]
