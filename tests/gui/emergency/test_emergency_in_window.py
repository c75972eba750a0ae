"""The emergency page within the window: whose log it leads to, and what stays away from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Person, SideEffect
from caregiver_app.gui.app import make_window
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.signs import SeverityRow
from tests.gui.rehearse.rings import HeldRinger
from tests.gui.tabs_family import Family, button, rosas_family, visible_text


class Held(HeldRinger):
    """Stands for the ringer: keeps whether it was held back."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[bool] = []

    def hold_back(self, hold: bool) -> None:
        self.held.append(hold)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    made.house.people.save_person(Person(id="mei", name="王梅"))
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, family: Family) -> Iterator[MainWindow]:
    theme = Theme()
    theme.apply(qapp)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.ringer = Held()
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def page(window: MainWindow) -> EmergencyPage:
    window.show_emergency()
    assert window.is_in_emergency
    found = window.findChild(EmergencyPage)
    assert found is not None
    return found


def click(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.mouseClick(button(window, words), Qt.MouseButton.LeftButton)


def test_a_sign_is_written_down_for_whose_name_was_tapped(qtbot, window, family):
    shown = page(window)
    click(qtbot, window, "What do you see?")
    click(qtbot, window, "Seizure")
    click(qtbot, window, "Write it down")
    assert "Tap the name first." in visible_text(shown)
    qtbot.mouseClick(shown.read_out.whose.segments[1], Qt.MouseButton.LeftButton)
    click(qtbot, window, "Write it down")
    assert not window.is_in_emergency
    tab = window.page("watch")
    assert tab.emergency_page is None, "no second page: now it is asked how strong it was"
    row = tab.findChild(SeverityRow)
    qtbot.mouseClick(row.segments.segments[2], Qt.MouseButton.LeftButton)
    found = family.house.care.store.all(SideEffect)
    assert [(one.person, one.sign) for one in found] == [("mei", "seizure")]


def test_undo_waits_until_the_page_is_left(window, family):
    family.house.settings.set("emergency_number", "112")
    shown = page(window)
    assert "Call 112 now" in visible_text(shown)
    window.undo_action.trigger()
    assert family.house.settings.text("emergency_number", "") == "112"
    window.leave_layer()
    window.undo_action.trigger()
    assert family.house.settings.text("emergency_number", "") == ""


def test_a_number_that_changes_meanwhile_shows(window, family):
    shown = page(window)
    family.house.settings.set("emergency_number", "999")
    assert "Call 999 now" in visible_text(shown)


def test_over_a_form_over_the_page_nothing_comes_back_too_early(qtbot, window):
    page(window)
    window.show_keys()
    sheet = window.files.sheet
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is sheet)
    window.show_emergency()
    over = QApplication.activeModalWidget()
    over.close()
    assert window.ringer.held[-1] is True, "the page below still has the numbers"
    sheet.done(0)
    window.leave_layer()
    assert window.ringer.held[-1] is False


def test_when_the_form_below_goes_the_panel_is_not_silenced_for_ever(qtbot, window):
    window.show_keys()
    sheet = window.files.sheet
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is sheet)
    window.show_emergency()
    assert window.ringer.held == [True]
    sheet.done(0)
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    assert window.ringer.held[-1] is False


def test_during_the_first_steps_there_is_no_way_to_the_log(qtbot, window):
    window.begin_first_run()
    shown = page(window)
    click(qtbot, window, "What do you see?")
    click(qtbot, window, "Seizure")
    assert not shown.later.isVisible()
