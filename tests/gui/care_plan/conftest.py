"""Rosa's Care plan tab, and after each test nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from caregiver_app.gui.care_plan.tab import CarePlanTab
from tests.gui.care_plan.care_family import full_family, opened
from tests.gui.tabs_family import Family, open_family


@pytest.fixture(autouse=True)
def _nothing_left(qapp) -> Iterator[None]:
    """Leftovers would be dressed again and again."""
    yield
    QAccessible.setActive(False)
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = full_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[Family]:
    made = open_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> Iterator[CarePlanTab]:
    made = opened(qtbot, family)
    yield made
    desk = made._desk
    for sheet in (made.sheet, None if desk is None else desk.sheet):
        if sheet is not None:
            sheet.done(0)
