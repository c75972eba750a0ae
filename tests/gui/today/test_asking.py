"""How the day was, asked on Today: quiet, once a day at most, and off with one press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn
from caregiver_app.gui.settings.reminders_day import DayPart
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.asking import DayCard
from tests.gui.tabs_family import Family, settled_family, shown, visible_text
from tests.gui.today.page import Page, add_mei, opened, settle


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    """Nobody is watched, so that nothing else asks."""
    made = settled_family(tmp_path)
    plan = made.house.plans.get("p1")
    assert plan is not None
    made.house.plans.save(replace(plan, watch_days=0))
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> Page:
    return opened(qtbot, family)


def cards(page: Page) -> dict[str, DayCard]:
    settle()
    return {who: card for who, card in page.tab.asking.cards.items() if card.isVisible()}


def test_it_asks_in_the_evening_and_turns_by_itself(page: Page) -> None:
    page.at("2026-03-20T16:59")
    assert cards(page) == {}
    page.family.clock.at = page.family.house.care.now
    page.at("2026-03-20T17:00")
    assert "How was today for Rosa?" in visible_text(cards(page)["rosa"])
    page.at("2026-03-21T00:00")
    assert cards(page) == {}


def test_the_hour_is_one_at_which_the_page_looks_again(page: Page) -> None:
    page.at("2026-03-20T16:59")
    assert not page.tab.model.is_past()
    page.family.clock.at = page.tab.model.asking.begins()
    assert page.tab.model.is_past()
    page.tab.turn()
    assert list(cards(page)) == ["rosa"]


def test_its_button_leads_to_the_form_of_that_person(page: Page, family: Family) -> None:
    page.click(cards(page)["rosa"].write)
    assert page.asked == [("watch", "checkin_today", "")]
    add_mei(family)
    page.tab.refresh(None)
    page.click(cards(page)["mei"].write)
    assert page.asked[-1] == ("watch", "checkin_today", "mei")


def test_not_today_by_keys(qtbot: QtBot, page: Page, family: Family) -> None:
    button = cards(page)["rosa"].later
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert cards(page) == {}
    page.at("2026-03-21T17:30")
    assert list(cards(page)) == ["rosa"], "tomorrow it asks again"
    assert family.house.care.store.all(CheckIn) == []


def test_not_any_more_with_one_press_and_undone(page: Page, family: Family) -> None:
    page.click(cards(page)["rosa"].never)
    assert cards(page) == {}
    page.at("2026-06-20T18:00")
    assert cards(page) == {}
    family.house.care.undo()
    assert list(cards(page)) == ["rosa"]


def test_what_is_written_ends_it(page: Page, family: Family) -> None:
    family.house.watch.check_in(CheckIn(id="", person="rosa", date=family.house.care.today))
    assert cards(page) == {}


def test_whom_the_watch_card_asks_is_not_asked_twice(page: Page, family: Family) -> None:
    plan = family.house.plans.get("p1")
    assert plan is not None
    family.house.plans.save(replace(plan, watch_days=14))
    settle()
    assert "rosa" in page.tab.watch_cards
    assert cards(page) == {}


def test_the_settings_switch_it(qtbot: QtBot, page: Page, family: Family) -> None:
    theme = Theme()
    part = DayPart(family.house, theme, lambda change: change() and None)
    qtbot.addWidget(shown(part, theme, 500, 200))
    part.show_kept()
    assert "from 17:00 on" in visible_text(part)
    assert part.tick.state == "done"
    QTest.mouseClick(part.tick, Qt.MouseButton.LeftButton)
    assert cards(page) == {}
    part.show_kept()
    assert part.tick.state == "open"
    QTest.mouseClick(part.tick, Qt.MouseButton.LeftButton)
    assert list(cards(page)) == ["rosa"]
