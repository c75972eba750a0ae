"""A family's Settings page on a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.gui.file_actions import AppActions, FileActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.ringer import Ringer
from caregiver_app.gui.settings.page import SettingsPage
from caregiver_app.gui.theme import Theme
from tests.gui.rehearse.rings import Login
from tests.gui.ringing import Desktop
from tests.gui.settings.pages import Shown
from tests.gui.tabs_family import Family, rosas_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    folder = tmp_path / "data"
    folder.mkdir()
    made = rosas_family(folder)
    made.house.people.save_person(Person(id="mei", name="王梅"))
    made = made.again()
    yield made
    made.close()


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def ringer(qtbot, family: Family, theme: Theme, desktop: Desktop) -> Iterator[Ringer]:
    panel = ReminderPanel(family.house, theme, now_ms=lambda: 0)
    qtbot.addWidget(panel)
    desktop.panel = panel
    made = Ringer(family.house, theme, desktop, holds_claim=lambda: True, panel=panel)
    made.setParent(QApplication.instance())
    yield made
    made.stop()


@pytest.fixture
def show(qtbot, family: Family, theme: Theme):
    """Show the page on a window, over another page that it leaves to."""
    shown: list[QStackedWidget] = []

    def made(
        ring: Ringer | None = None,
        width: int = 1280,
        height: int = 860,
        group: str = "",
        login: Login | None = None,
    ) -> Shown:
        stack = QStackedWidget()
        shown.append(stack)
        stack.addWidget(QWidget())
        actions = AppActions(
            lambda path: path or Path("b.sqlite3"), lambda _path: None, lambda: False
        )
        files = FileActions(family.house, theme, actions, lambda: Later, stack)
        page = SettingsPage(family.house, theme, files, lambda: ring, lambda: login)
        stack.addWidget(page)
        found = Shown(family, page, files, stack)
        files.said.connect(found.said.append)
        page.asked.connect(lambda *asked: found.asked.append(asked))
        page.left.connect(lambda: found.left.append(True))
        family.house.care.changes.listen(page.refresh)
        stack.resize(width, height)
        stack.setCurrentWidget(page)
        stack.show()
        stack.activateWindow()
        qtbot.waitExposed(stack)
        if group:
            page.open_item(group, "")
        QApplication.processEvents()
        return found

    yield made
    for stack in shown:
        stack.hide()
        stack.deleteLater()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
