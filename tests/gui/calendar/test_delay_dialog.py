"""The one door for treatment dates."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel

from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.reading_order import stops_of
from caregiver_app.gui.widgets import sheet


@pytest.fixture
def asking(home, theme, qtbot) -> MoveDialog:
    made = MoveDialog(home.house, theme, home.visit("plan~2"), target=date(2026, 4, 9))
    made.open()
    yield made
    made.done(0)
    made.deleteLater()


def test_nothing_is_chosen_and_nothing_can_be_confirmed(asking):
    assert asking.choice() is None
    assert not asking.primary.isEnabled()
    assert asking.note.text() == "Choose what happens to the later visits."
    asking.agreed.click()
    assert not asking.primary.isEnabled()


def test_the_keyboard_begins_at_the_new_date(home, theme):
    made = MoveDialog(home.house, theme, home.visit("plan~2"))
    made.open()
    assert made.focusWidget() is made.day.control
    made.done(0)
    made.deleteLater()


def test_it_says_what_moves_and_whom_to_call(asking):
    assert asking.title.text() == "Infusion 2 moves by 9 days"
    warned = " ".join(label.text() for label in asking.warning.findChildren(QLabel))
    assert "Starting visits are timed on purpose" in warned
    assert "This app does not move treatment" in warned
    assert "01632 960142" in warned


def test_where_two_columns_have_room_no_line_is_stretched(home, theme, qtbot, monkeypatch):
    monkeypatch.setattr(sheet, "room_around", lambda _widget: QRect(0, 0, 1280, 860))
    made = MoveDialog(home.house, theme, home.visit("plan~2"), target=date(2026, 4, 9))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    layout = made.content.layout()
    assert made.content.height() <= layout.heightForWidth(made.content.width()) + 4


def test_the_tick_is_seen_without_scrolling(home, theme, qtbot, monkeypatch):
    monkeypatch.setattr(sheet, "room_around", lambda _widget: QRect(0, 0, 1280, 620))
    made = MoveDialog(home.house, theme, home.visit("plan~2"), target=date(2026, 4, 9))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.cards[1].click()
    made.fit()
    tick = made.agreed
    assert tick.isVisible()
    assert not tick.visibleRegion().isEmpty()
    assert tick.visibleRegion().boundingRect() == tick.rect(), "all of it is seen"
    assert not made.area.isAncestorOf(tick), "it stays while the dates are scrolled"
    stops = [one for one in stops_of(made) if one.isVisible()]
    assert stops.index(tick) < stops.index(made.primary)


@pytest.mark.parametrize(
    ("place", "words"), [(0, "Move 1 visit"), (1, "Move 14 visits"), (2, "Move 14 visits")]
)
def test_each_choice_names_its_count(asking, place, words):
    asking.cards[place].click()
    assert asking.primary.words == words
    assert not asking.primary.isEnabled(), "the tick is missing"
    assert asking.dates.lines[0].sentence() == "Visit 2: from Tue 31 Mar to Thu 9 Apr"
    asking.agreed.click()
    assert asking.primary.isEnabled()
    assert asking.note.text() == "One undo puts everything back."


def test_nothing_moves_before_it_is_confirmed_and_one_undo_restores_all(home, asking, qtbot):
    before = home.dates("plan")
    asking.cards[1].click()
    asking.agreed.click()
    assert home.dates("plan") == before
    qtbot.mouseClick(asking.primary, Qt.MouseButton.LeftButton)
    after = home.dates("plan")
    assert after[1:3] == [date(2026, 4, 9), date(2026, 5, 7)]
    home.house.care.undo()
    assert home.dates("plan") == before


def test_another_date_is_typed_and_the_same_day_is_not_a_move(asking):
    asking.cards[0].click()
    asking.agreed.click()
    asking.day.set_text("31 Mar 2026")
    assert not asking.primary.isEnabled()
    assert "same day" in asking.note.text()
    asking.day.set_text("30 Mar 2026")
    assert asking.title.text() == "Infusion 2 moves 1 day earlier"
    assert asking.primary.isEnabled()
    asking.day.set_text("30 Feb 2026")
    assert asking.note.text() == "Give the new date first."
    assert not asking.primary.isEnabled()


def test_an_hour_that_the_clocks_skip_is_said_at_the_head(home, asking):
    asking.day.set_text("14 Mar 2027")
    asking.time.set_text("2:30")
    asking.cards[0].click()
    asking.agreed.click()
    asking.primary.click()
    assert asking.isVisible()
    assert "does not exist" in asking.trouble.accessibleName()
    assert home.visit("plan~2").start.local.date() == date(2026, 3, 31)


@pytest.mark.parametrize("keep", [True, False])
def test_cancelling_and_deleting_show_no_choices_but_the_tick(home, theme, keep):
    asking = EndVisitDialog(home.house, theme, home.visit("plan~2"), keep=keep)
    asking.open()
    assert not hasattr(asking, "cards")
    assert "Do not double, skip or rebook on your own" in asking.warning.accessibleName()
    assert not asking.primary.isEnabled()
    asking.agreed.click()
    later = home.visit("plan~3").start
    asking.primary.click()
    if keep:
        assert home.visit("plan~2").status == "cancelled"
    else:
        assert home.house.agenda.get("plan~2") is None
    assert home.visit("plan~3").start == later
    home.house.care.undo()
    assert home.visit("plan~2").status == "planned"
    asking.deleteLater()
