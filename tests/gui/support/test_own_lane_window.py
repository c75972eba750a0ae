"""The carer's own lane in the whole window: where its answers and its rows really lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Note
from caregiver_app.domain.support import Company, SelfCheck
from caregiver_app.gui.app import make_window
from caregiver_app.gui.crisis.window import CrisisWindow
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.support.own_check import CheckSheet
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.gui.theme import Theme
from tests.gui.rehearse.rings import HeldRinger
from tests.gui.tabs_family import Family, button, rosas_family, visible_text


class Held(HeldRinger):
    """Stands for the ringer; it is told when something urgent is read."""

    def hold_back(self, hold: bool) -> None:
        self.held = hold


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, theme: Theme, family: Family) -> Iterator[MainWindow]:
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.ringer = Held()
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    made.open("support")
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def support(window: MainWindow) -> SupportTab:
    tab = window.page("support")
    assert isinstance(tab, SupportTab)
    QApplication.processEvents()
    return tab


def panels() -> list[CrisisWindow]:
    QApplication.processEvents()
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, CrisisWindow) and one.isVisible()
    ]


def test_the_answer_about_danger_shows_whom_to_call_over_the_questions(
    qtbot: QtBot, window: MainWindow, family: Family
) -> None:
    family.house.carer.want_check(wanted=True)
    lane = support(window).lane
    qtbot.mouseClick(lane.check.start, Qt.MouseButton.LeftButton)
    sheet = lane.sheet
    assert isinstance(sheet, CheckSheet)
    segment = sheet.rows["q8"].choice.segments[1]
    sheet.area.ensureWidgetVisible(segment)
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    (panel,) = panels()
    assert "Call your local emergency number now" in visible_text(panel)
    assert not any(sign.isdigit() for sign in visible_text(panel.page.band)), "no number of ours"
    QTest.keyClick(panel.page.band, Qt.Key.Key_Escape)
    assert panels() == []
    assert sheet.isVisible(), "the questions wait where they were"
    assert family.house.care.store.all(SelfCheck) == []
    sheet.reject()


def test_the_foot_of_the_lane_shows_the_panel_over_the_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    lane = support(window).lane
    qtbot.mouseClick(button(lane, "Open the crisis panel"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert window.layer is not None


def test_ctrl_z_after_saving_a_note_takes_the_note_back(
    qtbot: QtBot, window: MainWindow, family: Family
) -> None:
    entry = support(window).notes.entry
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClicks(entry.words.area, "She laughed")
    qtbot.mouseClick(entry.save, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is entry.words.area
    assert "Kept at" in visible_text(entry)
    qtbot.keyClicks(entry.words.area, "And")
    while entry.words.area.document().isUndoAvailable():
        qtbot.keyClick(entry.words.area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert family.house.care.store.all(Note), "what was typed since goes first"
    assert entry.words.text() == ""
    qtbot.keyClick(entry.words.area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert family.house.care.store.all(Note) == []
    assert "Taken back: New note" in visible_text(window)
    assert "Kept at" not in visible_text(entry)


def test_an_hour_that_is_held_shows_in_the_calendar_and_opens_there(
    qtbot: QtBot, window: MainWindow, family: Family
) -> None:
    lane = support(window).lane
    qtbot.mouseClick(lane.rest.hold, Qt.MouseButton.LeftButton)
    assert "in your calendar" in visible_text(lane)
    qtbot.mouseClick(lane.rest.open, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert window.stack.currentWidget() is window.page("calendar")
    forms = [one for one in QApplication.topLevelWidgets() if one.isModal() and one.isVisible()]
    assert forms
    for one in forms:
        one.close()


def test_what_the_charger_is_needed_for_leads_back_to_the_planner(
    window: MainWindow, family: Family
) -> None:
    family.house.company.save(
        Company(id="", person="rosa", visit="p1~2", who="Teo", what="A series", powered=True)
    )
    window.open("bag", "visit", "p1~2")
    QApplication.processEvents()
    window.open("support", "company", "rosa")
    tab = support(window)
    assert tab.rooms.room == "company"
    assert "9:30 to 10:30 · Teo · A series" in visible_text(tab)
