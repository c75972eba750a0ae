"""A panel that somebody closed stays closed until something new comes; what waits stays waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Contact
from caregiver_app.domain.ringing import Repeats
from caregiver_app.gui.ringer import Ringer
from tests.gui.panel import Shown, settle, shown
from tests.gui.ringing import Desktop, pill
from tests.gui.tabs_family import NOW, Family


@pytest.fixture
def made(qtbot: QtBot, family: Family) -> Shown:
    return shown(qtbot, family)


@pytest.fixture
def ringer(made: Shown, desktop: Desktop) -> Iterator[Ringer]:
    ringer = Ringer(
        made.family.house, made.theme, desktop, holds_claim=lambda: True, panel=made.panel
    )
    ringer.setParent(QApplication.instance())
    ringer.start()
    desktop.deliver()
    made.watch.ms += 1000
    made.key(Qt.Key.Key_Escape)
    assert not made.panel.isVisible()
    yield ringer
    ringer.end()


def pass_time(made: Shown, ringer: Ringer, desktop: Desktop, minutes: int) -> None:
    made.family.clock.at += timedelta(minutes=minutes)
    ringer.tick()
    desktop.deliver()
    settle()


def test_nothing_but_something_new_brings_it_back(
    made: Shown, ringer: Ringer, desktop: Desktop, family: Family
) -> None:
    for minute in range(30):
        pass_time(made, ringer, desktop, 1)
        family.house.people.save_contact(
            Contact(id="c", person="rosa", name=f"Clinic {minute}", role="clinic")
        )
        settle()
        assert not made.panel.isVisible(), minute
    pill(family, "mtx", "Methotrexate", 18, 31)
    pass_time(made, ringer, desktop, 1)
    assert made.panel.isVisible()
    assert [one.owner for one in made.panel.items] == ["eye", "mtx"], "and all that waits"


def test_neither_does_a_change_after_something_more_urgent_was_on_the_screen(
    made: Shown, ringer: Ringer, family: Family
) -> None:
    ringer.hold_back(True)
    ringer.hold_back(False)
    pill(family, "later", "Written into the calendar for later", 21)
    settle()
    assert not made.panel.isVisible()
    assert [one.owner for one in made.panel.items] == ["eye"], "it waits as before"


def test_its_repeat_brings_it_back(
    made: Shown, ringer: Ringer, desktop: Desktop, family: Family
) -> None:
    family.house.ringing.set_repeats(Repeats(minutes=15, most=3))
    pass_time(made, ringer, desktop, 10)
    assert not made.panel.isVisible()
    pass_time(made, ringer, desktop, 6)
    assert made.panel.isVisible()
    assert family.clock.at - NOW == timedelta(minutes=16)
