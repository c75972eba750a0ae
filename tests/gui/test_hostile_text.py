"""Stored words that look like markup: no widget of any page, sheet or form takes them for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTextEdit, QWidget

from caregiver_app.bootstrap import more, new_id, tab_class
from caregiver_app.clock import GivenClock, read_now
from caregiver_app.gui.app import make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.theme import Theme
from caregiver_app.services.household import household
from caregiver_app.storage.database import open_store
from tests.gui import looks
from tests.storage.test_erasing import holds_words
from tests.tools.tour import NOW, house_of_words, opened, pump, walk

HOSTILE = '<img src="file:///etc/hostname"><b>Zeisig</b>'
LEAST_STOPS = 30


@pytest.fixture
def told(tmp_path: Path) -> Counter[str]:
    return house_of_words(tmp_path / "data", HOSTILE, holds_words)


@pytest.fixture
def window(qapp: QApplication, qtbot, tmp_path: Path, told) -> Iterator[MainWindow]:
    clock = GivenClock(read_now(NOW), running=False)
    theme = Theme()
    theme.apply(qapp)
    with open_store(tmp_path / "data", now=clock.now()) as store:
        house = household(store, clock, new_id, more)
        actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
        made = make_window(house, theme, actions, lambda: Later, tab_class)
        made.resize(1280, 860)
        made.show()
        qtbot.waitExposed(made)
        yield made
        made.bridge.stop()
        made.hide()
        made.deleteLater()
        qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def rich(top: QWidget) -> list[str]:
    """What could take words for markup, whether it shows such words just now or not."""
    every = [top, *top.findChildren(QWidget)]
    found = [
        f"label “{one.text()[:40]}”"
        for one in every
        if isinstance(one, QLabel) and one.text() and one.textFormat() != Qt.TextFormat.PlainText
    ]
    found += ["a message box" for one in every if isinstance(one, QMessageBox)]
    found += [
        "a text field" for one in every if isinstance(one, QTextEdit) and one.acceptRichText()
    ]
    return found


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])
def test_no_widget_takes_the_words_of_the_family_for_markup(window: MainWindow, told, whole: bool):
    assert len(told) > 20, told
    assert sum(told.values()) > 200, told
    stops, said = Counter[str](), 0
    for stop in walk(window, "Zeisig", whole=whole):
        stops[stop] += 1
        for top in (window, *opened(window)):
            assert looks.markup(top, HOSTILE) == [], stop
            assert rich(top) == [], stop
            said += sum("<b>Zeisig" in one.text() for one in top.findChildren(QLabel))
    assert len(stops) >= LEAST_STOPS, stops
    assert said > 100, "the words were there to be seen"


def test_no_reminder_takes_them_for_markup(window: MainWindow, qtbot):
    theme = Theme()
    panel = ReminderPanel(window._house, theme, now_ms=lambda: 0)
    qtbot.addWidget(panel)
    due = window._house.reminders.open_now()
    assert due
    panel.set_items(due)
    panel.show()
    pump()
    assert looks.markup(panel, HOSTILE) == []
    assert rich(panel) == []


def test_a_label_that_would_is_found(qtbot):
    label = QLabel(HOSTILE)
    qtbot.addWidget(label)
    label.show()
    assert rich(label)
    assert looks.markup(label, HOSTILE)
