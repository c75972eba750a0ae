"""Today on the day before an infusion: a card asks whether somebody is well enough to go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from tests.gui.tabs_family import rosas_family
from tests.gui.today.page import Page, add_mei, opened, seen, settle, wall_utc


@pytest.fixture
def eve(qtbot: QtBot, tmp_path: Path) -> Iterator[Page]:
    """The evening before Rosa's second infusion."""
    family = rosas_family(tmp_path)
    family.clock.at = wall_utc("2026-03-30T19:30")
    made = opened(qtbot, family)
    settle()
    yield made
    family.close()


def test_it_is_there_on_the_day_before(eve: Page) -> None:
    assert list(eve.tab.goings.cards) == ["p1~2"]
    assert "Well enough to go?" in seen(eve.tab.goings)
    assert eve.tab.goings.y() < eve.tab.waiting.y()


def test_it_is_not_there_earlier_and_goes_when_the_infusion_is_over(eve: Page) -> None:
    eve.at("2026-03-29T19:30")
    assert not eve.tab.goings.isVisible()
    eve.at("2026-03-31T08:00")
    assert eve.tab.goings.isVisible()
    eve.at("2026-03-31T20:00")
    assert not eve.tab.goings.isVisible()


def test_an_answer_is_kept_and_shows_the_number(eve: Page) -> None:
    card = eve.tab.goings.cards["p1~2"]
    eve.click(card.rows["well.infection"].choice.segments[0])
    assert card.call.isVisible()
    found = eve.family.house.visits.well_enough("p1~2")
    assert found.worried


def test_the_number_is_scrolled_into_sight(qtbot: QtBot, eve: Page) -> None:
    eve.tab.window().resize(1000, 480)
    settle()
    card = eve.tab.goings.cards["p1~2"]
    around = card.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    assert isinstance(around, QScrollArea)
    view = around.viewport()
    card.rows["well.fever"].choice.segments[0].click()

    def foot() -> int:
        return card.call.mapTo(view, card.call.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: 0 < foot() <= view.height(), timeout=2000)


def test_what_is_answered_elsewhere_shows_here(eve: Page) -> None:
    eve.family.house.visits.set_answer("p1~2", "well.fever", "unsure")
    settle()
    card = eve.tab.goings.cards["p1~2"]
    assert card.rows["well.fever"].choice.value() == "unsure"


def test_a_visit_that_does_without_it_shows_no_card(eve: Page) -> None:
    eve.family.house.visits.set_part("p1~2", "well_enough", False)
    settle()
    assert not eve.tab.goings.cards


def test_with_several_people_each_card_names_whose_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    family = rosas_family(tmp_path)
    add_mei(family)
    family.clock.at = wall_utc("2026-03-22T19:30")
    page = opened(qtbot, family)
    settle()
    assert list(page.tab.goings.cards) == ["p2~1"]
    assert "王梅: well enough to go?" in seen(page.tab.goings)
    page.tab.set_person("rosa")
    settle()
    assert not page.tab.goings.cards
    family.close()


def test_the_keyboard_comes_to_it_before_what_waits(eve: Page) -> None:
    stops = [*eve.tab.goings.stops()]
    first = stops.index(eve.tab.goings.cards["p1~2"].rows["well.fever"].choice.segments[0])
    assert first <= 1
    widget, seen_at = eve.tab.hero.open_visit, []
    for _ in range(80):
        widget = widget.nextInFocusChain()
        seen_at.append(widget)
    card = eve.tab.goings.cards["p1~2"].rows["well.fever"].choice.segments[0]
    waiting = [one for one in eve.tab.waiting.stops() if one in seen_at]
    assert card in seen_at
    assert waiting
    assert seen_at.index(card) < seen_at.index(waiting[0])
