"""Homes with and without Rosa, and her calendar on the offscreen screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.calendar.tab import CalendarTab
from caregiver_app.gui.theme import Theme
from tests.fakes import Home
from tests.gui.calendar.family import empty_home, rosas_home


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[Home]:
    home = empty_home(tmp_path)
    yield home
    home.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def show(qtbot: QtBot, theme: Theme):
    """Show the calendar of a home, kept fresh by its change signal."""
    shown: list[CalendarTab] = []

    def made(home: Home, width: int = 1280, height: int = 800) -> CalendarTab:
        tab = CalendarTab(home.house, theme, lambda page: Desk(home.house, theme, page))
        shown.append(tab)
        home.house.care.changes.listen(tab.refresh)
        tab.resize(width, height)
        tab.show()
        qtbot.waitExposed(tab)
        return tab

    yield made
    for tab in shown:
        if tab.desk.sheet is not None:
            tab.desk.sheet.done(0)
        tab.close()
        tab.deleteLater()
