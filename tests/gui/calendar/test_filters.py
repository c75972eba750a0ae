"""Kinds can be hidden, and while one is, a line says so in every view."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.gui.calendar.family import appointment


@pytest.fixture
def busy(home):
    appointment(home, "lab", "Blood test", "2026-03-24T08:00")
    appointment(home, "ride", "Ana drives", "2026-03-24T07:30", type="drive", driver="Ana")
    return home


def titles(tab) -> set[str]:
    return {row.title for row in tab.agenda.rows.rows if not row.heading}


def marks(tab) -> set[str]:
    return {mark.title for day in tab.month.days.days for mark in day.marks}


def tick(tab, qtbot, kind: str) -> None:
    qtbot.mouseClick(tab.head.filter_button, Qt.MouseButton.LeftButton)
    box = tab.head.filter_button.box
    assert box.isVisible()
    qtbot.mouseClick(box.rows[kind], Qt.MouseButton.LeftButton)
    box.close()


def test_a_kind_is_hidden_everywhere_and_the_line_says_so(busy, show, qtbot):
    tab = show(busy)
    assert not tab.note.isVisible()
    tick(tab, qtbot, "lab")
    assert "Blood test" not in titles(tab) | marks(tab)
    assert "Ana drives" in titles(tab) & marks(tab)
    assert tab.note.isVisible()
    assert tab.note.words.text() == "1 kind hidden: Lab tests"
    tick(tab, qtbot, "drive")
    assert tab.note.words.text() == "2 kinds hidden: Lab tests, Drives"
    for view in ("week", "list", "month"):
        tab.show_view(view)
        assert tab.note.isVisible()
    tab.show_view("week")
    tab.go(date(2026, 3, 24))
    assert {item.title for item in tab.stage.week.grid.shown.items} == set()
    tab.show_view("month")
    qtbot.mouseClick(tab.note.button, Qt.MouseButton.LeftButton)
    assert not tab.note.isVisible()
    assert {"Blood test", "Ana drives"} <= titles(tab) & marks(tab)


def test_what_is_hidden_is_remembered_and_no_step_to_undo(busy, show, qtbot):
    before = busy.house.care.store.undo_label()
    tab = show(busy)
    tick(tab, qtbot, "infusion")
    assert busy.house.care.store.undo_label() == before
    busy.restart()
    again = show(busy)
    assert not any(title.startswith("Infusion") for title in titles(again) | marks(again))
    assert again.note.isVisible(), "a hidden treatment is never forgotten"
    assert again.note.words.property("textInk") == "warn"
    assert again.note.words.text() == "1 kind hidden: Infusions"


def test_with_everything_hidden_the_list_says_why_it_is_empty(busy, show, qtbot):
    tab = show(busy)
    for kind in ("infusion", "follow-up", "lab", "medication", "drive", "other"):
        tick(tab, qtbot, kind)
    assert [row.title for row in tab.agenda.rows.rows] == [
        "Nothing of what is shown from Fri 20 Mar on"
    ]
    assert not tab.stage.empty_page.isVisible(), "there is something, only hidden"
    assert tab.note.words.text().startswith("6 kinds hidden")


def test_the_box_works_by_keys(busy, show, qtbot):
    tab = show(busy)
    tab.head.filter_button.setFocus()
    qtbot.keyClick(tab.head.filter_button, Qt.Key.Key_Space)
    box = tab.head.filter_button.box
    assert box.isVisible()
    assert [row.accessibleName() for row in box.rows.values()] == [
        "Infusions", "Follow-up visits", "Lab tests", "Medicine times", "Drives", "Other",
    ]  # fmt: skip
    qtbot.keyClick(box.rows["lab"], Qt.Key.Key_Space)
    assert "Blood test" not in titles(tab)
    qtbot.keyClick(box.all, Qt.Key.Key_Space)
    assert "Blood test" in titles(tab)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


@pytest.mark.parametrize("kept", ["nonsense", "lab,💥", ",,"])
def test_what_is_no_kind_hides_nothing_else(busy, show, kept):
    busy.house.settings.remember(calendar__hidden=kept)
    tab = show(busy)
    assert ("Blood test" in titles(tab)) is ("lab" not in kept)
    assert "Ana drives" in titles(tab)


def test_where_nothing_can_be_written_the_filter_works_all_the_same(busy, show, qtbot):
    busy.house.care.store.read_only = True
    tab = show(busy)
    tick(tab, qtbot, "lab")
    assert "Blood test" not in titles(tab)
    assert tab.note.isVisible()


@pytest.mark.parametrize(("scale", "width"), [(1.0, 900), (2.0, 900), (2.0, 1280)])
def test_the_line_is_never_cut_off_its_button(busy, show, theme, qtbot, scale, width):
    theme.set_scale(scale)
    tab = show(busy, width=width)
    for kind in ("infusion", "follow-up", "lab", "medication", "drive"):
        tick(tab, qtbot, kind)
    button = tab.note.button
    assert button.width() >= button.sizeHint().width()
    assert tab.note.rect().contains(button.geometry())
    assert tab.rect().contains(tab.note.geometry())
