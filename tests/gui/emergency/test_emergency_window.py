"""F2 helps wherever somebody is, also in the middle of a form, which stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.emergency.window import EmergencyWindow
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.sheet import Sheet
from tests.gui.calendar.family import dressed
from tests.gui.tabs_family import Family, button, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return dressed(qapp)


@pytest.fixture
def window(qapp, qtbot: QtBot, family: Family, theme: Theme) -> Iterator[MainWindow]:
    actions = AppActions(lambda path: path or Path(), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def form(qtbot: QtBot, theme: Theme, over: QWidget) -> tuple[Sheet, LineField]:
    sheet = Sheet(theme, "A form", icon="note-it", primary="Save", parent=over)
    field = LineField(theme, "Words")
    sheet.add(field)
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitExposed(sheet)
    return sheet, field


def pages() -> list[EmergencyWindow]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, EmergencyWindow) and one.isVisible()
    ]


def test_f2_shows_the_page_over_the_tabs_and_back_leaves_it(
    qtbot: QtBot, window: MainWindow, family: Family
):
    qtbot.keyClick(window, Qt.Key.Key_F2)
    page = window.findChild(EmergencyPage)
    assert page is not None
    assert page.isVisible()
    assert page.size() == window.size(), "over everything"
    assert "Call your local emergency number now" in visible_text(page)
    qtbot.mouseClick(button(page, "Back"), LEFT)
    assert not page.isVisible()


def test_f2_helps_in_an_open_form_and_leaves_it_untouched(
    qtbot: QtBot, window: MainWindow, theme: Theme
):
    sheet, field = form(qtbot, theme, window)
    qtbot.keyClicks(field.line, "half a sent")
    qtbot.keyClick(field.line, Qt.Key.Key_F2)
    (over,) = pages()
    assert over.parentWidget() is sheet
    assert over.isModal(), "else the form would keep it from being used"
    assert QApplication.activeModalWidget() is over
    assert over.geometry() == window.geometry(), "as large as the window below"
    assert "Rosa Marín, 67, born 4 June 1958" in visible_text(over)
    qtbot.keyClick(over.page, Qt.Key.Key_F2)
    assert len(pages()) == 1, "once is enough"
    qtbot.mouseClick(button(over, "What do you see?"), LEFT)
    qtbot.mouseClick(button(over, "Seizure"), LEFT)
    assert "Protect the head." in visible_text(over), "it takes input"
    assert not over.page.later.isVisible(), "the log lies below the form"
    qtbot.keyClick(over.page, Qt.Key.Key_Escape)
    assert pages() == []
    assert sheet.isVisible()
    assert not sheet.asks()
    assert field.text() == "half a sent"
    assert sheet.focusWidget() is field.line
    qtbot.keyClicks(field.line, "ence")
    assert field.text() == "half a sentence"
    sheet.forget_changes()
    sheet.reject()


def test_f2_helps_in_a_form_over_a_form(qtbot: QtBot, window: MainWindow, theme: Theme):
    first, _ = form(qtbot, theme, window)
    second, field = form(qtbot, theme, first)
    qtbot.keyClick(field.line, Qt.Key.Key_F2)
    (over,) = pages()
    assert over.parentWidget() is second
    qtbot.mouseClick(button(over, "Back"), LEFT)
    assert pages() == []
    assert first.isVisible()
    assert second.isVisible()
    second.reject()
    first.reject()


def test_a_form_without_our_window_below_stays_calm(qtbot: QtBot, theme: Theme):
    stranger = QWidget()
    qtbot.addWidget(stranger)
    QLineEdit(stranger)
    stranger.show()
    sheet, field = form(qtbot, theme, stranger)
    qtbot.keyClick(field.line, Qt.Key.Key_F2)
    assert pages() == []
    assert sheet.isVisible()
    sheet.reject()
