"""Every tab: colours of the tokens only, a name for each control, and words that stay words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Authorisation, Contact, Medicine, Note, Question
from caregiver_app.gui.app import make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from tests.gui import looks
from tests.gui.tabs_family import NOW, Family, rosas_family

PLACES = ("today", "calendar", "watch", "bag", "support", "care", "settings")


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, qtbot, family: Family) -> Iterator[MainWindow]:
    theme = Theme()
    theme.apply(qapp)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.the_theme = theme
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_tab_keeps_a_colour_of_the_platform(window: MainWindow, mode: str):
    window.the_theme.set_mode(mode)
    for place in PLACES:
        window.open(place)
        QApplication.processEvents()
        assert looks.foreign_colours(window, window.the_theme) == [], place
    window.the_theme.set_mode("light")


def test_each_control_has_a_name_and_no_key_has_two_meanings(window: MainWindow):
    for place in PLACES:
        window.open(place)
        QApplication.processEvents()
        assert looks.unnamed(window) == [], place
        assert looks.clashing_keys(window) == [], place


def test_words_of_the_family_are_never_taken_for_markup(window: MainWindow, family: Family):
    hostile = '<img src="file:///etc/hostname"><b>x</b>'
    people = family.house.people
    (rosa,) = people.people()
    people.save_person(type(rosa)(
        id=rosa.id, name=hostile, conditions=hostile, allergies=hostile, address=hostile,
        good_to_know=hostile, papers=hostile,
    ))  # fmt: skip
    people.save_contact(Contact(id="", person=rosa.id, name=hostile, phone=hostile, note=hostile))
    people.save_medicine(Medicine(id="", person=rosa.id, name=hostile, directions=hostile))
    people.save_authorisation(
        Authorisation(id="", person=rosa.id, last=NOW.date(), insurer=hostile, note=hostile)
    )
    family.house.support.save_note(Note(id="", person=rosa.id, text=hostile, at=NOW))
    family.house.support.save_question(Question(id="", person=rosa.id, text=hostile))
    for place in PLACES:
        window.open(place)
        QApplication.processEvents()
        assert looks.markup(window, hostile) == [], place
