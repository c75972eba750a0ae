"""The support tab over Rosa's family, and what tests of its notes do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Note
from caregiver_app.gui.support.model import NoteLine
from caregiver_app.gui.support.notes_list import LINE_ROLE
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import Family, shown


def opened(qtbot: QtBot, family: Family) -> SupportTab:
    """Show the tab; it hears of changes as in the window."""
    theme = Theme()
    tab = SupportTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme))
    return tab


def notes(family: Family) -> list[Note]:
    """Return all notes that are kept."""
    return family.house.care.store.all(Note)


def texts(family: Family) -> list[str]:
    """Return the words of all notes that are kept, oldest first."""
    return [note.text for note in notes(family)]


def typed(qtbot: QtBot, tab: SupportTab, text: str) -> None:
    """Type into the quick entry."""
    qtbot.keyClicks(tab.notes.entry.words.area, text)


def write(qtbot: QtBot, tab: SupportTab, text: str) -> None:
    """Write a note and press Save."""
    tab.notes.entry.words.set_text(text)
    qtbot.mouseClick(tab.notes.entry.save, Qt.MouseButton.LeftButton)


def listed(tab: SupportTab) -> list[NoteLine]:
    """Return the notes that the list shows."""
    model = tab.notes.list.model()
    return [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]


def sheet_of(kind: type[QWidget]) -> QWidget:
    """Return the sheet of that kind that lies on top."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found, f"no {kind.__name__}"
    return found[-1]
