"""How far a change goes: this one, this and following, all; and what no longer fits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caregiver_app.gui.calendar.form.scope_dialog import ScopeDialog
from tests.gui.calendar.family import appointment, at


@pytest.fixture
def weekly(home):
    """Physio on Tuesdays from 24 March on."""
    appointment(home, "w", "Physio", "2026-03-24T10:00", rrule="FREQ=WEEKLY;BYDAY=TU", type="other")
    return home


@pytest.fixture
def ask(weekly, theme, qtbot):
    made: list[ScopeDialog] = []

    def asking(key: str, verb: str = "move", **changes: object) -> ScopeDialog:
        series = weekly.house.series
        new = replace(series.shown("w", key), **changes)
        done: list[str] = []
        dialog = ScopeDialog(
            weekly.house, theme, "w", key, verb=verb, new=None if verb == "delete" else new,
            act=lambda scope: done.append(scope) or series.change("w", key, new, scope),
        )  # fmt: skip
        dialog.done_with = done
        made.append(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    yield asking
    for dialog in made:
        dialog.done(0)
        dialog.deleteLater()


def words(dialog: ScopeDialog, scope: str) -> str:
    return dialog.card(scope).accessibleDescription()


def fates(dialog: ScopeDialog) -> str:
    if not dialog.fate.isVisible():
        return ""
    return "\n".join(label.text() for label in dialog.fate.findChildren(QLabel))


def test_none_is_chosen_and_nothing_happens_before(ask, weekly, qtbot):
    before = weekly.dump()
    dialog = ask("2026-04-07T10:00", start=at("2026-04-08T11:00"))
    assert [card.key for card in dialog.cards] == ["one", "following", "all"]
    assert dialog.scope() is None
    assert not dialog.primary.isEnabled()
    assert dialog.note.text() == "Choose one first."
    assert dialog.title.text() == "Move Physio"
    assert dialog.subtitle.text() == "Tuesday 7 April, 10:00  →  Wednesday 8 April, 11:00"
    dialog.cards[1].click()
    assert weekly.dump() == before
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert dialog.done_with == ["following"]
    assert weekly.visit("w").rrule == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331T100000"


def test_each_choice_says_what_it_does(ask):
    dialog = ask("2026-04-07T10:00", start=at("2026-04-08T11:00"))
    assert words(dialog, "one") == "Only Tuesday 7 April moves."
    assert "Wed 8 Apr, Wed 15 Apr, Wed 22 Apr" in words(dialog, "following")
    assert words(dialog, "following").startswith("From Tuesday 7 April on")
    assert "also past ones" in words(dialog, "all")


def test_the_first_date_has_two_choices(ask):
    dialog = ask("2026-03-24T10:00", start=at("2026-03-25T11:00"))
    assert [card.key for card in dialog.cards] == ["one", "all"]
    assert dialog.scope() is None


def test_what_cannot_be_is_said_and_cannot_be_chosen_and_what_is_left_is_chosen(home, theme, qtbot):
    appointment(home, "m", "Review", "2026-03-31T10:00", rrule="FREQ=MONTHLY;BYMONTHDAY=-1")
    series = home.house.series
    new = replace(series.shown("m", "2026-04-30T10:00"), start=at("2026-04-29T10:00"))
    dialog = ScopeDialog(
        home.house, theme, "m", "2026-04-30T10:00", verb="move", new=new, act=lambda scope: None
    )
    assert dialog.scope() == "one"
    assert dialog.primary.isEnabled()
    for scope in ("following", "all"):
        assert not dialog.card(scope).isEnabled()
        assert "cannot be moved by days" in words(dialog, scope)
    dialog.deleteLater()


def test_another_repetition_is_not_offered_for_one_date(ask):
    dialog = ask("2026-04-07T10:00", "change", rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert [card.key for card in dialog.cards] == ["following", "all"]


def test_what_no_longer_fits_is_named_before_it_is_done(ask, weekly):
    series = weekly.house.series
    series.move("w", "2026-04-14T10:00", at("2026-04-15T08:00"))
    series.cancel("w", "2026-04-28T10:00")
    series.remove("w", "2026-05-12T10:00")
    series.move("w", "2026-04-21T10:00", at("2026-04-22T08:00"))
    dialog = ask("2026-04-07T10:00", "change", rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert fates(dialog) == ""
    dialog.card("following").click()
    said = fates(dialog)
    assert "The changed date Tuesday 14 April no longer fits and stays as an appointment" in said
    assert "The cancelled date Tuesday 28 April no longer fits and goes." in said
    assert "Deleted before, and no date any more: Tue 12 May." in said
    assert "1 changed date goes along." in said


def test_what_is_refused_is_said_and_stays_open(weekly, theme, qtbot):
    def refuse(scope: str) -> None:
        weekly.house.series.move("w", "2026-04-08T10:00", at("2026-04-08T11:00"), scope)

    dialog = ScopeDialog(
        weekly.house, theme, "w", "2026-04-07T10:00", verb="delete", act=refuse, new=None
    )
    dialog.open()
    dialog.cards[0].click()
    dialog.primary.click()
    assert dialog.isVisible()
    assert "has no date 2026-04-08T10:00" in dialog.trouble.accessibleName()
    dialog.done(0)
    dialog.deleteLater()


def test_keys_reach_everything(ask, qtbot):
    dialog = ask("2026-04-07T10:00", start=at("2026-04-08T11:00"))
    dialog.cards[2].setFocus()
    qtbot.keyClick(dialog.cards[2], Qt.Key.Key_Space)
    assert dialog.scope() == "all"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    if dialog.isVisible():  # a choice was made: it asks
        assert dialog.asks()
