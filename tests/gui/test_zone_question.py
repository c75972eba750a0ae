"""The question about another time zone, in the window and in Settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.after_paint import AfterPaint
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Floating
from caregiver_app.gui.settings.look import LookGroup
from caregiver_app.gui.zone_question import ZoneQuestion
from caregiver_app.options import Place
from tests.fakes import NEW_YORK, Home
from tests.gui.calendar.family import dressed, empty_home

LISBON = "Europe/Lisbon"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = empty_home(tmp_path)
    made.house.agenda.save(
        Appointment(id="pill", uid="pill", person="", type="medication", title="Pill", minutes=0,
                    start=Floating(datetime(2026, 3, 20, 18, 0)), rrule="FREQ=DAILY")
    )  # fmt: skip
    yield made
    made.close()


class Bridge(QObject):
    """Of the window's bridge only what the ringer listens to."""

    changed = Signal(object)

    def look_anew(self) -> None:
        pass


class Window(QWidget):
    """As much of the window as a start needs."""

    def __init__(self) -> None:
        super().__init__()
        self.head, self.body, self.said = QWidget(), QWidget(), []
        self.bridge = Bridge()
        column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(self.body, 1)
        self.resize(1000, 700)

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture
def theme(qapp):
    return dressed(qapp)


@pytest.fixture
def window(qtbot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def beside(home, window, theme) -> Iterator[AfterPaint]:
    made = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    made.begin(window)
    ringer = made.ringer(window, theme, lambda: False)
    yield made
    ringer.stop() if hasattr(ringer, "stop") else None
    made.end()


def question(window: Window) -> ZoneQuestion:
    (found,) = window.findChildren(ZoneQuestion)
    return found


def test_nothing_is_asked_while_the_zone_is_the_same(home, window, beside):
    beside.follow_zone()
    assert not question(window).isVisible()
    assert window.said == []


def test_it_is_asked_below_the_head_while_running_and_says_what_holds_meanwhile(
    home, window, beside
):
    home.clock.home = LISBON
    beside.follow_zone()
    shown = question(window)
    assert shown.isVisible()
    assert window.layout().indexOf(shown) == 1
    assert shown.fact.text() == ("This computer is on Lisbon time now. It was on New York time.")
    assert "go with the computer until you choose" in shown.consequence.text()
    assert "8:00 means 8:00 in Lisbon, which is 4:00 in New York" in shown.consequence.text()
    assert (shown.go.words, shown.keep.words) == ("Go with Lisbon time", "Keep New York time")
    assert not shown.go.isDefault()
    assert not shown.keep.isDefault()
    assert window.focusWidget() not in (shown.go, shown.keep), "it takes no key from anybody"


def test_going_along(home, window, beside, qtbot):
    home.clock.home = LISBON
    beside.follow_zone()
    qtbot.mouseClick(question(window).go, Qt.MouseButton.LeftButton)
    assert not question(window).isVisible()
    beside.follow_zone()
    assert not question(window).isVisible()
    assert home.house.care.home == LISBON
    assert window.said == []


def test_coming_back_before_the_answer_is_told(home, window, beside):
    home.clock.home = LISBON
    beside.follow_zone()
    home.clock.home = NEW_YORK
    beside.follow_zone()
    assert not question(window).isVisible()
    assert ["New York time again" in one for one in window.said] == [True]


def test_keeping_and_taking_it_back(home, window, beside, qtbot):
    home.clock.home = LISBON
    beside.follow_zone()
    qtbot.keyClick(question(window).keep, Qt.Key.Key_Space)
    assert not question(window).isVisible()
    assert home.house.care.home == NEW_YORK
    assert window.said == []
    home.house.care.undo()
    assert home.house.care.home == LISBON
    assert question(window).isVisible(), "the question is open again"


def test_it_is_asked_at_the_next_start(home, window, theme):
    home.house.home_zone.follow()
    home.restart()
    home.clock.home = LISBON
    made = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    made.begin(window)
    assert window.said == []
    made.ringer(window, theme, lambda: False)
    assert question(window).isVisible()
    made.end()


def test_settings_tell_it_and_change_it(home, window, beside, theme, qtbot):
    home.clock.home = LISBON
    beside.follow_zone()
    qtbot.mouseClick(question(window).keep, Qt.MouseButton.LeftButton)
    group = LookGroup(home.house, theme)
    qtbot.addWidget(group)
    group.show()
    assert group.zone.fact.text() == "New York time, kept"
    assert "Now that is Lisbon" in group.zone.consequence.text()
    assert group.zone.button.words == "Go with the computer: Lisbon time"
    qtbot.mouseClick(group.zone.button, Qt.MouseButton.LeftButton)
    assert home.house.care.home == LISBON
    assert group.zone.fact.text() == "As the computer: Lisbon time"
    qtbot.mouseClick(group.zone.button, Qt.MouseButton.LeftButton)
    assert home.house.home_zone.kept == LISBON
