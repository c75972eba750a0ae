"""The days since the infusion, and the sheet that says for how long is watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn
from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.since_card import SinceCard
from caregiver_app.gui.watchlist.watch_length_sheet import WatchLengthSheet
from tests.gui.tabs_family import Family, settled_family, shown, visible_text
from tests.gui.today.page import wall_utc


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def card(qtbot: QtBot, family: Family) -> SinceCard:
    made = SinceCard(Theme(), family.house)
    qtbot.addWidget(shown(made, Theme(), 460, 300))
    look(made, family)
    return made


def look(card: SinceCard, family: Family) -> None:
    card.refresh(family.house.people.person("rosa"))


def length(family: Family) -> int:
    plan = family.house.plans.get("p1")
    assert plan is not None
    return plan.watch_days


def set_length(family: Family, days: int) -> None:
    plan = family.house.plans.get("p1")
    assert plan is not None
    family.house.plans.save(replace(plan, watch_days=days))


def asked(card: SinceCard) -> WatchLengthSheet:
    QTest.mouseClick(card.length, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, WatchLengthSheet)]
    (one,) = [w for w in found if w.isVisible()]
    return one


def type_days(sheet: WatchLengthSheet, text: str) -> None:
    sheet.days.line.selectAll()
    QTest.keyClicks(sheet.days.line, text)
    QTest.keyClick(sheet.days.line, Qt.Key.Key_Return)


def test_day_three_of_fourteen(card: SinceCard, family: Family) -> None:
    assert "Since infusion 1" in visible_text(card)
    assert "Day 3 of 14, 0 written down" in visible_text(card)
    family.house.watch.check_in(CheckIn(id="", person="rosa", date=family.house.care.today, pain=1))
    look(card, family)
    assert "Day 3 of 14, 1 written down" in visible_text(card)
    assert "Today is day 3. Days with an entry: 3" in card.strip.accessibleDescription()


@pytest.mark.parametrize(
    ("days", "at", "words"),
    [
        (14, "2026-03-31T09:00", "Day 14 of 14"),
        (14, "2026-03-31T10:00", "Day 0 of 14"),
        (5, "2026-03-22T23:00", "Day 5 of 5"),
        (5, "2026-03-23T01:00", "Day 6, after 5 days of watching."),
        (30, "2026-03-20T18:00", "Day 3 of 14"),
    ],
)
def test_the_days_end_with_the_window_or_the_next_infusion(
    card: SinceCard, family: Family, days: int, at: str, words: str
) -> None:
    set_length(family, days)
    family.clock.at = wall_utc(at)
    look(card, family)
    assert words in visible_text(card)


def test_no_days_are_no_watching(card: SinceCard, family: Family) -> None:
    set_length(family, 0)
    look(card, family)
    assert "No days of watching." in visible_text(card)
    assert not card.strip.isVisible()
    assert card.length.isVisible(), "and the way back is there"


def test_before_any_infusion_there_is_no_card(card: SinceCard, family: Family) -> None:
    family.clock.at = wall_utc("2026-03-16T09:00")
    look(card, family)
    assert not card.isVisible()
    card.refresh(None)
    assert not card.isVisible()


def test_the_length_is_changed_by_keys_and_undone(card: SinceCard, family: Family) -> None:
    sheet = asked(card)
    assert sheet.focusWidget() is sheet.days.line
    said = visible_text(sheet)
    assert "infliximab" in said
    assert "A late reaction can come up to about two weeks after the drip." in said
    assert "not reviewed by a clinician" in said
    type_days(sheet, "7")
    assert not sheet.isVisible()
    assert length(family) == 7
    look(card, family)
    assert "Day 3 of 7" in visible_text(card)
    family.house.care.undo()
    assert length(family) == 14


@pytest.mark.parametrize("typed", ["", "x", "-1", "91", "3.5"])
def test_what_is_no_number_of_days_has_a_sentence(
    card: SinceCard, family: Family, typed: str
) -> None:
    sheet = asked(card)
    if not typed:
        sheet.days.set_text("")
    type_days(sheet, typed)
    assert sheet.isVisible()
    assert sheet.days.error()
    assert sheet.days.text() == typed
    assert length(family) == 14
    sheet.forget_changes()
    sheet.close()


def test_the_change_is_named_by_the_days_not_by_the_plan(card: SinceCard, family: Family) -> None:
    type_days(asked(card), "21")
    assert length(family) == 21
    label = family.house.care.store.undo_label()
    assert label is not None
    assert change_words(*label, family.house.care.today) == "Signs are watched for 21 days"
    family.house.care.undo()
    assert length(family) == 14
