"""The first run over the real window: nothing leads past the sentence but Emergency."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Person
from caregiver_app.gui.app import first_run_is_over, make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.first_run.page import FirstRun
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from tests.fakes import Home
from tests.gui.first_run.conftest import BACK, SKIP, button

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(home: Home, theme: Theme, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """As `run` opens it on a new folder."""
    actions = AppActions(lambda path: path or Path("x"), lambda _path: None, lambda: False)
    made = make_window(home.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    assert not first_run_is_over(home.house)
    made.begin_first_run()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_page()
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def page(window: MainWindow) -> FirstRun:
    found = window.findChild(FirstRun)
    assert isinstance(found, FirstRun)
    return found


def words(window: MainWindow) -> str:
    QApplication.processEvents()
    return " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def press_everything(window: MainWindow) -> None:
    """Every key of the window, wherever the keyboard is, and some more."""
    for key in ("K", "1", "2", "3", "4", "5", "6", "Comma", "Z", "F", "Tab"):
        QTest.keyClick(window.focusWidget() or window, getattr(Qt.Key, f"Key_{key}"), CONTROL)
        QApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible(), f"after Ctrl+{key} a hidden field takes the keys"
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down):
        QTest.keyClick(window.focusWidget() or window, key)
        QApplication.processEvents()


def test_no_key_of_the_window_leads_past_the_sentence(window: MainWindow, home: Home):
    first_run = page(window)
    press_everything(window)
    assert first_run.isVisible()
    assert first_run.place == ""
    assert first_run.isAncestorOf(window.focusWidget()), "no hidden field takes the keys"
    assert not window.head.isVisible()
    assert not first_run_is_over(home.house)


def test_emergency_opens_over_it_and_comes_back_to_it(window: MainWindow, home: Home):
    first_run = page(window)
    QTest.keyClick(window, Qt.Key.Key_F2)
    emergency = window.findChild(Later.emergency_page)
    assert emergency is not None
    assert emergency.isVisible()
    assert "Call your local emergency number now" in words(window)
    press_everything(window)
    QTest.keyClick(emergency, Qt.Key.Key_Escape)
    assert first_run.isVisible()
    assert first_run.place == ""
    first_run.emergency.click()
    assert emergency.isVisible()
    home.house.settings.set("emergency_number", "112")
    emergency.leave.click()
    assert "In an emergency call 112." in first_run.welcome.sentence.text()


def test_a_number_saved_on_the_emergency_page_leaves_what_is_typed(window: MainWindow, home: Home):
    first_run = page(window)
    first_run.welcome.button.click()
    for _ in range(2):
        button(first_run, SKIP).click()
    fields = first_run.steps["numbers"].fields_by_name()
    typed = {"name": "Willow Lane", "phone": "01632 960142", "phone_after_hours": "01632 960199"}
    for name, text in typed.items():
        fields[name].set_text(text)
    home.house.settings.set("emergency_number", "112")
    assert {name: fields[name].text() for name in typed} == typed
    assert fields["emergency_number"].text() == "112", "nothing was typed there"
    fields["emergency_number"].set_text("999")
    home.house.settings.set("emergency_number", "911")
    assert fields["emergency_number"].text() == "999"
    first_run.next.click()
    (clinic,) = home.house.people.contacts()
    assert (clinic.name, clinic.phone, clinic.phone_after_hours) == tuple(typed.values())
    assert home.house.settings.text("emergency_number", "") == "999"
    button(first_run, BACK).click()
    home.house.care.undo()
    assert [field.text() for field in fields.values()] == ["911", "The clinic", "", ""]


def test_a_name_saved_elsewhere_leaves_the_birthday_that_is_typed(window: MainWindow, home: Home):
    first_run = page(window)
    first_run.welcome.button.click()
    fields = first_run.steps["person"].fields_by_name()
    fields["born"].set_text("4 June 19")
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    assert (fields["name"].text(), fields["born"].text()) == ("Rosa", "4 June 19")
    fields["name"].set_text("Rosa M")
    fields["born"].set_text("4 June 1958")
    first_run.next.click()
    button(first_run, BACK).click()
    assert fields["born"].text() == "Wed 4 June 1958"
    home.house.care.undo()
    assert (fields["name"].text(), fields["born"].text()) == ("Rosa", "")


def test_a_change_is_not_announced_over_the_buttons(window: MainWindow, home: Home):
    first_run = page(window)
    first_run.welcome.button.click()
    step = first_run.steps["person"]
    step.fields_by_name()["name"].set_text("Rosa")
    first_run.next.click()
    assert home.house.people.people()[0].name == "Rosa"
    assert window.banner.words() == ""
    QTest.keyClick(first_run.next, Qt.Key.Key_Z, CONTROL)
    assert home.house.people.people() == []
    assert first_run.side.marks["person"].state == "open"


def test_at_its_end_today_is_there_and_it_does_not_come_again(window: MainWindow, home: Home):
    first_run = page(window)
    first_run.welcome.button.click()
    for _ in range(4):
        button(first_run, SKIP).click()
    assert not first_run.isVisible()
    assert window.head.isVisible()
    assert window.tab_bar.currentIndex() == 0
    assert first_run_is_over(home.house)
    QTest.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert window.tab_bar.currentIndex() == 2
    window.open("first_run")
    again = window.findChildren(FirstRun)[-1]
    assert again.isVisible()
    assert again.place == "person"
