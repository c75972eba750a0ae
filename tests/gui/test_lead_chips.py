"""The chips of lead times: what is usual, taking away, adding, one's own, and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from caregiver_app.gui.lead_chips import MOST, LeadChips
from caregiver_app.gui.theme import Theme
from tests.gui.calendar.family import dressed

LEFT = Qt.MouseButton.LeftButton
DAY = 1440


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return dressed(qapp)


@pytest.fixture
def make(qtbot: QtBot, theme: Theme):
    def made(usual=(DAY, 120), own=None, **more) -> LeadChips:
        chips = LeadChips(theme, usual, own, **more)
        qtbot.addWidget(chips)
        chips.resize(700, 300)
        chips.show()
        chips.activateWindow()
        qtbot.waitExposed(chips)
        return chips

    return made


def seen(chips: LeadChips) -> list[str]:
    """The words of the times that stand there."""
    found = [b for b in chips.findChildren(QPushButton) if b.isVisible()]
    return [b.text() for b in found if "away" in b.accessibleName()]


def offered(chips: LeadChips) -> list[str]:
    actions = chips.add.menu().actions()
    return [action.text() for action in actions if not action.isSeparator()]


def choose(chips: LeadChips, words: str) -> None:
    next(one for one in chips.add.menu().actions() if one.text() == words).trigger()


def take_away(chips: LeadChips, qtbot: QtBot, words: str) -> None:
    named = f"Take “{words}” away"
    buttons = [b for b in chips.findChildren(QPushButton) if b.isVisible()]
    qtbot.mouseClick(next(b for b in buttons if named in b.accessibleName()), LEFT)
    QApplication.processEvents()


def test_nobody_changed_them(make):
    chips = make()
    assert chips.value() is None
    assert chips.leads() == (DAY, 120)
    assert seen(chips) == ["1 day before", "2 hours before"]
    assert not chips.back.isVisible()
    assert chips.note.text() == (
        "Rings by itself: 2 hours before. With the day’s notice: 1 day before."
    )


def test_while_untouched_another_kind_has_its_own_usual_ones(make):
    chips = make()
    chips.set_usual((0,))
    assert (chips.value(), seen(chips)) == (None, ["at the time"])


def test_what_was_chosen_stays_under_another_kind(make, qtbot):
    chips = make()
    take_away(chips, qtbot, "1 day before")
    chips.set_usual((0,))
    assert (chips.value(), seen(chips)) == ((120,), ["2 hours before"])


def test_several_are_added_and_taken_away(make, qtbot):
    chips = make()
    told: list[object] = []
    chips.changed.connect(lambda: told.append(chips.value()))
    choose(chips, "1 week before")
    choose(chips, "30 minutes before")
    take_away(chips, qtbot, "1 day before")
    assert told == [(10080, DAY, 120), (10080, DAY, 120, 30), (10080, 120, 30)]
    assert seen(chips) == ["1 week before", "2 hours before", "30 minutes before"]
    assert "1 week before" not in offered(chips)
    assert chips.focusWidget() is chips.add, "the keyboard stays here"
    assert chips.note.text().startswith("Rings by itself: 1 week before, 2 hours before")


def test_all_can_be_taken_away_and_the_usual_ones_come_back(make, qtbot):
    chips = make(usual=(120,))
    take_away(chips, qtbot, "2 hours before")
    assert (chips.value(), seen(chips)) == ((), [])
    assert chips.note.text().startswith("Nothing rings.")
    qtbot.mouseClick(chips.back, LEFT)
    assert chips.value() is None
    assert seen(chips) == ["2 hours before"]
    assert not chips.back.isVisible()


def test_what_is_as_usual_again_counts_as_not_chosen(make, qtbot):
    chips = make(usual=(120,))
    choose(chips, "1 day before")
    take_away(chips, qtbot, "1 day before")
    assert chips.value() is None


def test_a_time_of_ones_own_is_typed_and_enter_adds_it(make, qtbot):
    chips = make()
    choose(chips, "Another time…")
    assert chips.focusWidget() is chips.typed.field.control
    qtbot.keyClicks(chips.typed.field.control, "45 minutes")
    qtbot.keyClick(chips.typed.field.control, Qt.Key.Key_Return)
    assert chips.value() == (DAY, 120, 45)
    assert "45 minutes before" in seen(chips)
    assert not chips.typed.isVisible()
    assert chips.focusWidget() is chips.add


@pytest.mark.parametrize(
    ("typed", "said"),
    [("45", "45 of what?"), ("soon", "Write it like 45 minutes"), ("", "Write it like")],
)
def test_what_cannot_be_read_stays_and_is_explained(make, qtbot, typed, said):
    chips = make()
    choose(chips, "Another time…")
    qtbot.keyClicks(chips.typed.field.control, typed)
    qtbot.mouseClick(chips.typed.ok, LEFT)
    assert said in (chips.typed.field.error() or "")
    assert chips.typed.field.text() == typed
    assert chips.typed.isVisible()
    assert chips.value() is None


def test_escape_puts_the_field_away_and_nothing_more(make, qtbot):
    chips = make()
    choose(chips, "Another time…")
    qtbot.keyClicks(chips.typed.field.control, "3 hours")
    qtbot.keyClick(chips.typed.field.control, Qt.Key.Key_Escape)
    assert not chips.typed.isVisible()
    assert chips.value() is None
    choose(chips, "Another time…")
    assert chips.typed.field.text() == ""


def test_what_was_typed_and_not_added_is_taken_with_the_form(make, qtbot):
    chips = make()
    assert chips.complain()
    choose(chips, "Another time…")
    assert chips.complain(), "an empty field is no mistake"
    qtbot.keyClicks(chips.typed.field.control, "3 hours")
    assert chips.complain()
    assert chips.value() == (DAY, 180, 120)


def test_no_more_than_can_be_kept_in_mind(make):
    chips = make(own=(10080, 2880, DAY, 120, 60, 30))
    assert len(chips.leads()) == MOST
    assert not chips.add.isEnabled()
    assert "6 reminders are enough" in chips.note.text()


def test_an_all_day_item_is_offered_days_only(make):
    chips = make(usual=())
    chips.set_usual((DAY,), all_day=True)
    assert seen(chips) == ["the day before"]
    assert offered(chips) == ["1 week before", "2 days before", "on the day", "Another time…"]
    assert chips.note.text() == "With the day’s notice: the day before."


def test_each_control_says_what_it_is_of(make):
    chips = make(title="Blood test or lab", told=False)
    assert not chips.note.isVisible()
    names = [b.accessibleName() for b in chips.findChildren(QPushButton) if b.isVisible()]
    assert names == [
        "Blood test or lab: Take “1 day before” away",
        "Blood test or lab: Take “2 hours before” away",
        "Blood test or lab: Add a reminder",
    ]
