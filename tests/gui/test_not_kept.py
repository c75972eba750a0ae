"""A full disk while somebody types, ticks or answers: it is said, and nothing typed is lost.

The disk is full for real: the system lets no file grow.
"""

from __future__ import annotations

import resource
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Contact
from caregiver_app.errors import UserError
from caregiver_app.gui.care_plan.sheets import ContactSheet
from caregiver_app.gui.not_kept import NotKept, NotKeptSheet, gesture, typed_in
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.trying import trying
from caregiver_app.gui.widgets.fields import LineField
from tests.gui import panel as panels
from tests.gui.bag import showing as bags
from tests.gui.tabs_family import Family, visible_text


class Window(QWidget):
    """Stands for the main window."""

    is_in_emergency = False
    leaving = None


@contextmanager
def full_disk() -> Generator[None]:
    """Let no file grow."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.fixture
def window(qtbot: QtBot, family: Family, theme: Theme) -> Window:
    made = Window()
    made.resize(1280, 860)
    made.show()
    qtbot.addWidget(made)
    NotKept(made, family.house, theme)
    return made


def told() -> NotKeptSheet:
    """The sheet that has come up."""
    found: list[NotKeptSheet] = []
    for _ in range(5):
        QApplication.processEvents()
        found = [one for one in QApplication.topLevelWidgets()
                 if isinstance(one, NotKeptSheet) and one.isVisible()]  # fmt: skip
        if found:
            break
    (sheet,) = found
    return sheet


def nothing_told() -> bool:
    for _ in range(5):
        QApplication.processEvents()
    return not any(
        isinstance(one, NotKeptSheet) and one.isVisible() for one in QApplication.topLevelWidgets()
    )


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    for _ in range(5):
        QApplication.processEvents()


@pytest.fixture
def form(qtbot: QtBot, family: Family, theme: Theme, window: Window) -> ContactSheet:
    new = Contact(id="", person="rosa", name="", role="other")
    sheet = ContactSheet(family.house, theme, new, window)
    sheet.role.set_value("other")
    sheet.open()
    qtbot.waitExposed(sheet)
    sheet.activateWindow()
    QTest.keyClicks(sheet.name.control, "Nurse Ada")
    QTest.keyClicks(sheet.phone.control, "555 0199")
    return sheet


def contacts(family: Family) -> list[str]:
    return [one.name for one in family.house.people.contacts("rosa")]


def test_a_form_keeps_what_was_typed_and_can_be_kept_at_the_second_try(family, form):
    with full_disk():
        press(form.primary)
    sheet = told()
    assert form.isVisible()
    assert (form.name.text(), form.phone.text()) == ("Nurse Ada", "555 0199")
    text = visible_text(sheet)
    assert "This could not be kept" in text
    assert "disk" in sheet.sentence.text()
    assert "What you typed is still in the form." in text
    assert "Nurse Ada" not in contacts(family)
    press(sheet.primary)
    assert "Nurse Ada" in contacts(family)
    assert not form.isVisible()
    assert nothing_told()


def test_a_second_failure_asks_again_and_close_leaves_the_form(family, form):
    with full_disk():
        press(form.primary)
        press(told().primary)
        again = told()
    press(again.cancel)
    assert form.isVisible()
    assert form.name.text() == "Nurse Ada"
    assert "Nurse Ada" not in contacts(family)


def test_enter_in_a_field_is_tried_again_too(family, form):
    form.phone.control.setFocus()
    with full_disk():
        QTest.keyClick(form.phone.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        sheet = told()
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert nothing_told()
    assert "Nurse Ada" in contacts(family)


def test_what_was_typed_can_be_saved_elsewhere(form, tmp_path: Path, monkeypatch):
    with full_disk():
        press(form.primary)
    sheet = told()
    place = tmp_path / "stick" / "words.txt"
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(name).name)
        return str(place), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    press(sheet.copy_button)
    assert sheet.told.isVisible()
    assert not place.exists()
    place.parent.mkdir()
    press(sheet.copy_button)
    assert f"Saved: {place}" in visible_text(sheet)
    kept = place.read_text(encoding="utf-8")
    assert "Name: Nurse Ada\n" in kept
    assert "Phone: 555 0199\n" in kept
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert asked == ["caregiver-notes.txt"] * 2
    assert form.name.text() == "Nurse Ada"


def test_a_tick_in_the_bag_is_told_and_tried_again(qtbot, family, window, tmp_path, monkeypatch):
    tab = bags.opened(qtbot, family)
    label = bags.labels(tab.things)[0]
    card = tab.things
    row = next(one for one in card.items.values() if one.tick.accessibleName() == label)
    with full_disk():
        bags.tick(qtbot, row)
        sheet = told()
    assert "Nothing was changed." in visible_text(sheet)
    row = next(one for one in tab.things.items.values() if one.tick.accessibleName() == label)
    assert not row.tick.isChecked(), "the tick shows what is kept"
    place = tmp_path / "all.sqlite3"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    press(sheet.copy_button)
    assert place.read_bytes().startswith(b"SQLite format 3")
    press(sheet.primary)
    assert nothing_told()
    row = next(one for one in tab.things.items.values() if one.tick.accessibleName() == label)
    assert row.tick.isChecked()


def test_an_answer_in_the_panel_is_told_and_tried_again(qtbot, family, window):
    made = panels.shown(qtbot, family)
    (reminder, *_) = made.show_all()
    with full_disk():
        made.press(made.button("Done"))
        sheet = told()
    assert made.state(reminder) in (None, "shown")
    assert made.panel.wrong.isVisible()
    press(sheet.primary)
    assert nothing_told()
    assert made.state(reminder) == "done"


def test_what_the_program_writes_by_itself_asks_nobody(family, window):
    with full_disk(), pytest.raises(UserError):
        family.house.settings.remember(window__tab="today")
    assert nothing_told()


def test_nothing_lies_over_the_emergency_page(family, form, window):
    window.is_in_emergency = True
    with full_disk():
        press(form.primary)
    assert nothing_told()
    assert form.wrong.isVisible()


def test_what_is_typed_in_a_page_is_found_and_enter_is_its_gesture(qtbot, theme, window):
    line = LineField(theme, "Something", text="words")
    line.setParent(window)
    line.show()
    assert typed_in(window) == "Something: words\n"
    heard: list[str] = []
    line.control.returnPressed.connect(lambda: heard.append("enter"))
    again = gesture(line.control)
    assert again is not None
    again()
    assert heard == ["enter"]
    assert gesture(window) is None


def test_an_act_may_say_what_trying_again_means(family, window):
    heard: list[str] = []
    with full_disk(), trying(lambda: heard.append("again"), window), pytest.raises(UserError):
        family.house.people.save_contact(Contact(id="x", person="rosa", name="X", role="other"))
    press(told().primary)
    assert heard == ["again"]
