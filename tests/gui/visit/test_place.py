"""The visit's sheet in the window: any page may ask for it, and it leads on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.visit.records_sheet import RecordsSheet
from caregiver_app.gui.visit.sheet import VisitSheet
from tests.gui.visit.visits import click, settle


@pytest.fixture
def window(qtbot, home, theme) -> Iterator[MainWindow]:
    home.house.settings.remember(first_run="done")
    actions = AppActions(lambda path: path, lambda _path: None, lambda: False)
    made = make_window(home.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    settle()
    yield made
    while made.over.desk.sheet is not None:
        made.over.desk.sheet.done(0)
    made.bridge.stop()
    made.hide()
    made.deleteLater()


def test_it_lies_over_the_page_that_is_shown(window):
    page = window.stack.currentWidget()
    window.open("visit", "visit", "plan~2")
    sheet = window.over.desk.sheet
    assert isinstance(sheet, VisitSheet)
    assert sheet.isVisible()
    assert window.stack.currentWidget() is page


def test_its_parts_lead_to_the_tabs_of_the_window(window):
    window.open("visit", "visit", "plan~3")
    click(window.over.desk.sheet.parts.rows["bag"].button)
    page = window.stack.currentWidget()
    assert isinstance(page, BagTab)
    assert "Tuesday 28 April" in page.head.title.text()


def test_what_was_done_here_is_taken_back_here_and_nothing_older(home, window, qtbot):
    home.house.plans.set_status("plan~3", "booked")
    window.open("visit", "visit", "plan~2")
    settle()
    sheet = window.over.desk.sheet
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    assert not sheet.way_back.isVisible(), "what was done elsewhere is no step of this sheet"
    QTest.keyClick(sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert home.visit("plan~3").status == "booked"
    click(sheet.status.buttons["booked"])
    click(sheet.parts.fold.head)
    click(sheet.parts.switches["bag"])
    assert sheet.note.text() == "Bag: off for Infusion 2"
    click(sheet.way_back)
    assert home.visit("plan~2").off is None
    assert "bag" in sheet.parts.rows
    assert sheet.note.text() == "Taken back: Bag: off for Infusion 2"
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    QTest.keyClick(sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert home.visit("plan~2").status == "planned"
    assert sheet.status.chip.text() == "Planned"
    assert not sheet.way_back.isVisible()
    assert home.visit("plan~3").status == "booked"


def test_a_line_of_the_days_notice_opens_it_at_its_question(home, window):
    window.open("visit", "anything_new", "plan~2")
    settle()
    sheet = window.over.desk.sheet
    assert isinstance(sheet, VisitSheet)
    assert sheet.sheet.title.text() == "Anything new since last time?"
    sheet.sheet.done(0)


def test_the_records_of_a_person_are_a_place_too(window):
    window.open("visit", "records", "rosa")
    assert isinstance(window.over.desk.sheet, RecordsSheet)
    window.over.desk.sheet.done(0)
    window.open("visit", "records", "nobody")
    assert window.over.desk.sheet is None


def test_what_is_marked_in_it_can_be_undone_from_the_window(home, window, qtbot):
    window.open("visit", "visit", "plan~2")
    click(window.over.desk.sheet.status.buttons["booked"])
    window.over.desk.sheet.reject()
    settle()
    assert window.banner.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert home.visit("plan~2").status == "planned"


def test_a_visit_that_is_gone_opens_nothing(window):
    window.open("visit", "visit", "gone")
    assert window.over.desk.sheet is None
