"""One key shows the call sheet: from any page of the window, and over an open form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import ClinicCall
from caregiver_app.gui.app import make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_page import CallPage
from caregiver_app.gui.watchlist.call_window import CallWindow
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.sheet import Sheet
from tests.gui.tabs_family import Family, visible_text
from tests.gui.watchlist.call_family import at, full_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = full_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, family: Family) -> Iterator[MainWindow]:
    theme = Theme()
    theme.apply(qapp)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def press(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F3)
    QApplication.processEvents()


def sheet_in(window: MainWindow) -> CallPage | None:
    tab = window.page("watch")
    assert isinstance(tab, WatchTab)
    page = tab.beside("call_sheet")
    assert page is None or isinstance(page, CallPage)
    return page


@pytest.mark.parametrize("place", ["today", "calendar", "care", "settings", "watch"])
def test_one_key_from_any_page(window: MainWindow, place: str) -> None:
    window.open(place)
    press(window)
    page = sheet_in(window)
    assert page is not None
    assert page.isVisible()
    assert window.focusWidget() is page.numbers
    assert "555 0142" in visible_text(page)
    QTest.keyClick(page.numbers, Qt.Key.Key_Escape)
    assert sheet_in(window) is None


def test_what_is_typed_is_kept_when_somebody_goes_to_another_page(
    window: MainWindow, family: Family
) -> None:
    press(window)
    page = sheet_in(window)
    assert page is not None
    page.form.said.set_text("call at 38.0")
    window.open("today")
    assert family.house.clinic_calls.draft("rosa").said == "call at 38.0"
    press(window)
    assert page.form.said.text() == "call at 38.0"


def test_it_stays_below_the_emergency_page(window: MainWindow) -> None:
    window.show_emergency()
    press(window)
    assert window.is_in_emergency


def test_over_a_form_it_opens_above_and_the_form_stays(
    qtbot: QtBot, window: MainWindow, family: Family
) -> None:
    form = Sheet(Theme(), "A form", icon="watch", primary="Save", parent=window)
    field = LineField(form.theme, "Name")
    form.add(field)
    form.open()
    field.set_text("half")
    QTest.keyClick(field.line, Qt.Key.Key_F3)
    over = form.findChild(CallWindow)
    assert over is not None
    assert over.isVisible()
    assert "555 0142" in visible_text(over.page)
    assert "What to do now" not in visible_text(over.page)
    over.page.form.said.set_text("they said so")
    qtbot.mouseClick(over.page.keep, Qt.MouseButton.LeftButton)
    assert [one.said for one in family.house.clinic_calls.calls()] == ["they said so"]
    QTest.keyClick(over.page.numbers, Qt.Key.Key_Escape)
    assert not over.isVisible()
    assert form.isVisible()
    assert field.text() == "half"
    form.forget_changes()
    form.done(0)


def test_a_kept_call_is_a_place_that_others_lead_to(window: MainWindow, family: Family) -> None:
    for day in range(1, 10):
        family.house.clinic_calls.save(
            ClinicCall(
                id=f"c{day}", person="rosa", at=at(f"2026-03-0{day}T09:00"), said=f"said {day}"
            )
        )
    window.open("watch", "clinic_call", "c1")
    page = sheet_in(window)
    assert page is not None
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Correct: Sun 1 Mar, 9:00"
    window.open("today")
    window.open("watch", "clinic_call", "gone")
    assert window.focusWidget() is page.numbers
