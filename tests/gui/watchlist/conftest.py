"""What all tests of the side-effects tab share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import Family, rosas_family, shown


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> WatchTab:
    theme = Theme()
    made = WatchTab(family.house, theme)
    family.house.care.changes.listen(made.refresh)
    qtbot.addWidget(shown(made, theme))
    return made
