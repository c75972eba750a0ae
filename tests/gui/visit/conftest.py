"""Rosa's home and the desk from which a visit's sheet is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.theme import Theme
from tests.fakes import Home
from tests.gui.calendar.family import rosas_home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, home: Home, theme: Theme) -> Iterator[Desk]:
    page = QWidget()
    page.resize(1280, 900)
    page.show()
    qtbot.waitExposed(page)
    made = Desk(home.house, theme, page)
    yield made
    while made.sheet is not None:
        made.sheet.done(0)
    page.close()
    page.deleteLater()
