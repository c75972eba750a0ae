"""Neutral titles of windows, by choice: every window, at once, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.window_title import NEUTRAL, TITLE, NeutralTitles, first_title, names
from tests.gui.tabs_family import Family, rosas_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def test_every_window_is_neutral_while_that_is_chosen(qtbot: QtBot, family: Family):
    settings = family.house.settings
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowTitle(first_title(family.house, demo=False))
    titles = NeutralTitles(family.house, window)
    window.show()
    assert window.windowTitle() == "Caregiver Companion"
    settings.set(TITLE, NEUTRAL)
    assert window.windowTitle() == "Notes"
    sheet = Sheet(Theme(), "Side effect", icon="note-it", primary="Save", parent=window)
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.windowTitle() == "Notes"
    assert sheet.accessibleName() == "Side effect"
    window.setWindowTitle("(2) Care reminders")
    assert window.windowTitle() == "Notes"
    family.house.care.undo()
    assert (window.windowTitle(), sheet.windowTitle()) == ("(2) Care reminders", "Side effect")
    sheet.close()
    titles.deleteLater()


def test_it_opens_so(qtbot: QtBot, family: Family):
    family.house.settings.set(TITLE, NEUTRAL)
    assert first_title(family.house, demo=False) == "Notes"
    assert first_title(family.house, demo=True) == "Notes"
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowTitle(first_title(family.house, demo=False))
    NeutralTitles(family.house, window)
    dialog = QDialog(window)
    dialog.setWindowTitle("Fever")
    dialog.show()
    assert dialog.windowTitle() == "Notes"
    family.house.settings.set(TITLE, "")
    assert (window.windowTitle(), dialog.windowTitle()) == ("Caregiver Companion", "Fever")
    QApplication.processEvents()
    dialog.close()


def test_turning_it_is_told_to_whoever_shows_the_name_elsewhere(qtbot: QtBot, family: Family):
    window = QWidget()
    qtbot.addWidget(window)
    titles = NeutralTitles(family.house, window)
    told: list[bool] = []
    titles.turned.connect(told.append)
    assert not titles.is_on
    family.house.settings.set(TITLE, NEUTRAL)
    family.house.settings.set(TITLE, "")
    assert told == [True, False]
    assert names(neutral=True) == ("Notes", "notes")
    assert names(neutral=False) == ("Caregiver Companion", "caregiver-companion")
    titles.deleteLater()
