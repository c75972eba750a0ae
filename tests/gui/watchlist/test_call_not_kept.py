"""A full disk while somebody types on the call sheet: it is said once, and every word stays.

The disk is full for real: the system lets no file grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Person
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.unkept import unkept
from caregiver_app.gui.watchlist.call_page import CallPage
from caregiver_app.gui.watchlist.call_window import CallWindow
from tests.gui.tabs_family import Family, shown
from tests.gui.test_not_kept import Window, full_disk, nothing_told, press, told, window
from tests.gui.watchlist.call_family import full_family

__all__ = ("window",)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = full_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, family: Family, window: Window) -> CallPage:
    theme = Theme()
    made = CallPage(family.house, theme)
    made.set_person("rosa")
    qtbot.addWidget(shown(made, theme))
    made.enter()
    return made


def said(family: Family, person: str = "rosa") -> str:
    return family.house.clinic_calls.draft(person).said


def type_in(page: CallPage, words: str) -> None:
    QTest.keyClicks(page.form.said.area, words)


def test_it_is_said_the_words_stay_and_the_second_try_keeps_them(
    qtbot: QtBot, page: CallPage, family: Family
):
    with full_disk():
        type_in(page, "call at 38.0")
        qtbot.waitUntil(lambda: page.wrong.isVisible())
        sheet = told()
        assert page.form.said.text() == "call at 38.0"
        assert "What you typed is still in the form." in [
            one.text() for one in sheet.findChildren(type(sheet.sentence))
        ]
    assert said(family) == ""
    press(sheet.primary)
    assert said(family) == "call at 38.0"
    assert page.wrong.isHidden()
    assert nothing_told()


def test_the_words_can_be_saved_elsewhere(
    qtbot: QtBot, page: CallPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with full_disk():
        type_in(page, "call at 38.0")
        qtbot.waitUntil(lambda: page.wrong.isVisible())
        sheet = told()
    place = tmp_path / "words.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    press(sheet.copy_button)
    assert "call at 38.0" in place.read_text(encoding="utf-8")


def test_whoever_types_on_is_not_told_again_with_every_pause(
    qtbot: QtBot, page: CallPage, family: Family
):
    with full_disk():
        type_in(page, "call")
        qtbot.waitUntil(lambda: page.wrong.isVisible())
        press(told().cancel)
        type_in(page, " at 38.0")
        qtbot.waitUntil(lambda: not page.drafts._pause.isActive())
        assert nothing_told()
        assert page.wrong.isVisible()
    page.drafts._again.timeout.emit()
    assert said(family) == "call at 38.0", "it is tried again by itself"
    assert page.wrong.isHidden()


def test_words_about_somebody_else_are_held_until_they_can_be_kept(
    qtbot: QtBot, page: CallPage, family: Family
):
    family.house.people.save_person(Person(id="mei", name="王梅"))
    with full_disk():
        type_in(page, "call at 38.0")
        qtbot.waitUntil(lambda: page.wrong.isVisible())
        press(told().cancel)
        page.set_person("mei")
        press(told().cancel)
        assert page.form.said.text() == ""
        page.set_person("rosa")
        assert page.form.said.text() == "call at 38.0"
        page.set_person("mei")
        press(told().cancel)
    page.drafts._again.timeout.emit()
    assert said(family) == "call at 38.0"
    assert said(family, "mei") == ""


def test_trying_again_keeps_the_words_of_whom_they_are_about(
    qtbot: QtBot, page: CallPage, family: Family
):
    family.house.people.save_person(Person(id="mei", name="王梅"))
    with full_disk():
        type_in(page, "call at 38.0")
        page.set_person("mei")
        sheet = told()
    press(sheet.primary)
    assert (said(family), said(family, "mei")) == ("call at 38.0", "")
    assert not page.drafts.unkept


def test_quitting_names_the_words_about_everybody(qtbot: QtBot, page: CallPage, family: Family):
    family.house.people.save_person(Person(id="mei", name="王梅"))
    assert unkept() == []
    with full_disk():
        type_in(page, "call at 38.0")
        page.question.set_text("Do we come on Friday?")
        qtbot.waitUntil(lambda: page.wrong.isVisible())
        press(told().cancel)
        page.set_person("mei")
        press(told().cancel)
        (held,) = unkept()
        assert held.unkept_words() == "Do we come on Friday?\ncall at 38.0"
        assert "disk" in str(held.trouble())
        assert nothing_told(), "the question before quitting names it"
    assert unkept() == [], "each is asked to try once more"
    assert said(family) == "call at 38.0"


def test_a_call_that_was_kept_troubles_nobody_about_its_draft(
    page: CallPage, family: Family, monkeypatch: pytest.MonkeyPatch
):
    from caregiver_app.errors import DiskTrouble

    page.form.said.set_text("call at 38.0")
    page.keep_draft()
    change = family.house.care.store.change

    def full(label: str, /, **how: object) -> object:
        if label == "done.remembered":
            raise DiskTrouble("disk.full", path="x")
        return change(label, **how)

    monkeypatch.setattr(family.house.care.store, "change", full)
    page.keep_call()
    assert len(family.house.clinic_calls.calls("rosa")) == 1
    assert nothing_told()
    monkeypatch.undo()
    page.drafts._again.timeout.emit()
    assert said(family) == ""


def test_over_a_form_it_stays_open_once(
    qtbot: QtBot,
    family: Family,
    window: Window,
):
    over = CallWindow(family.house, Theme(), "rosa", window)
    over.show()
    with full_disk():
        type_in(over.page, "call at 38.0")
        over.close()
        assert over.isVisible()
        press(told().cancel)
        assert over.page.form.said.text() == "call at 38.0"
        over.reject()
        QApplication.processEvents()
        assert nothing_told() or press(told().cancel) is None
