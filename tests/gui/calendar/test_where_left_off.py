"""The calendar opens as it was left, and on the day that somebody asked for."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton


def segment(tab, key: str) -> QAbstractButton:
    return next(one for one in tab.switch.segments if one.key == key)


def test_list_or_month_is_as_it_was_left(home, show, qtbot):
    tab = show(home, width=800)
    assert tab.switch.value() == "list"
    qtbot.mouseClick(segment(tab, "month"), Qt.MouseButton.LeftButton)
    assert tab.month.isVisible()
    home.restart()
    again = show(home, width=800)
    assert again.month.isVisible()
    assert segment(again, "month").isChecked()
    qtbot.mouseClick(segment(again, "list"), Qt.MouseButton.LeftButton)
    home.restart()
    assert not show(home, width=800).month.isVisible()


def test_where_one_left_off_is_nothing_to_undo(home, show, qtbot):
    before = home.house.care.store.undo_label()
    tab = show(home, width=800)
    qtbot.mouseClick(segment(tab, "month"), Qt.MouseButton.LeftButton)
    assert home.house.care.store.undo_label() == before


@pytest.mark.parametrize("kept", ["", "year", "💥" * 300])
def test_what_is_no_view_is_left_aside(home, show, kept):
    home.house.settings.remember(calendar__view=kept)
    tab = show(home, width=800)
    assert segment(tab, "list").isChecked()
    assert tab.agenda.isVisible()


def test_data_that_can_only_be_read_is_still_shown_as_a_month(home, show, qtbot):
    home.house.care.store.read_only = True
    tab = show(home, width=800)
    qtbot.mouseClick(segment(tab, "month"), Qt.MouseButton.LeftButton)
    assert tab.month.isVisible()
    assert home.house.settings.text("calendar.view", "") == ""


def test_a_day_that_was_asked_for_is_gone_to(home, show):
    tab = show(home)
    tab.open_item("day", "2027-02-09")
    assert tab.chosen_day == date(2027, 2, 9)
    assert tab.heading.text() == "February 2027"
    assert tab.month.currentIndex() == tab.month.days.index_of(date(2027, 2, 9))
    assert tab.desk.sheet is None, "nothing opens over it"


@pytest.mark.parametrize("asked", ["", "soon", "2026-02-30"])
def test_what_is_no_day_moves_nothing(home, show, asked):
    tab = show(home)
    tab.open_item("day", asked)
    assert tab.chosen_day == date(2026, 3, 20)
