"""What has no end yet stands on Today: it is over with two presses, or its entry opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import AllDay, Zoned
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.still import StillCard
from caregiver_app.gui.today.tab import TodayTab
from tests.gui.tabs_family import ZONE, Family, settled_family, shown, visible_text
from tests.gui.today.page import Page, add_mei, opened, settle

LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum-Kribbeln"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> Page:
    return opened(qtbot, family)


def write(family: Family, sign: str, when: str, **more: object) -> SideEffect:
    """Write a sign down as it was seen at a wall time of New York."""
    entry = SideEffect(
        id="", person="rosa", sign=sign, severity=1, urgency="",
        at=Zoned(datetime.fromisoformat(when), ZONE),
    )  # fmt: skip
    return family.house.watch.save(replace(entry, **more))  # type: ignore[arg-type]


def text(page: Page) -> str:
    settle()
    card = page.tab.still
    return visible_text(card) if card is not None and card.isVisible() else ""


def button(page: Page, words: str) -> QPushButton:
    settle()
    assert page.tab.still is not None
    found = [
        one for one in page.tab.still.findChildren(QPushButton)
        if one.isVisible() and one.accessibleName().startswith(words)
    ]  # fmt: skip
    return found[0]


def press_in_menu(page: Page, words: str) -> None:
    QTest.mouseClick(button(page, "It is over"), Qt.MouseButton.LeftButton)
    assert page.tab.still is not None
    menu = page.tab.still.findChildren(QMenu)[-1]
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()
    settle()


def test_without_anything_that_goes_on_nothing_is_there(page: Page, family: Family) -> None:
    write(family, "tiredness", "2026-03-20T09:00")
    assert text(page) == ""


def test_what_goes_on_ends_with_two_presses_and_undo_brings_it_back(
    page: Page, family: Family
) -> None:
    entry = write(family, "headache", "2026-03-19T16:20", going_on=True)
    assert "Headache" in text(page)
    assert "Since Thu 19 Mar, 16:20. Still going on." in text(page)
    press_in_menu(page, "Just now")
    kept = family.house.watch.get(entry.id)
    assert kept is not None
    assert kept.ended == family.house.care.now
    assert text(page) == ""
    family.house.care.undo()
    assert "Headache" in text(page)


def test_it_can_be_over_since_last_evening(page: Page, family: Family) -> None:
    entry = write(family, "headache", "2026-03-19T16:20", going_on=True)
    press_in_menu(page, "Last evening, 20:00")
    kept = family.house.watch.get(entry.id)
    assert kept is not None
    assert kept.ended == datetime(2026, 3, 20, 0, 0, tzinfo=UTC)


def test_another_time_and_saying_how_it_is_open_the_entry(page: Page, family: Family) -> None:
    entry = write(family, "headache", "2026-03-19T16:20", going_on=True)
    press_in_menu(page, "Pick a time…")
    page.click(button(page, "Say how it is: Headache"))
    assert page.asked == [("watch", "over", entry.id), ("watch", "course", entry.id)]


def test_an_urgent_sign_is_asked_about_for_two_days(page: Page, family: Family) -> None:
    entry = write(family, "trouble_breathing", "2026-03-20T02:04")
    assert "Hard to breathe" in text(page)
    assert "Today, 2:04" in text(page)
    assert "Still going on" not in text(page), "nobody said so"
    page.at("2026-03-22T12:00")
    assert "Fri 20 Mar, 2:04" in text(page)
    page.at("2026-03-23T00:00")
    assert text(page) == ""
    page.at("2026-03-21T12:00")
    assert "Hard to breathe" in text(page)
    family.house.watch.close(entry.id)
    assert text(page) == "", "it was said that it is over"


def test_a_newer_entry_of_the_same_sign_is_the_one_that_counts(page: Page, family: Family) -> None:
    old = write(family, "trouble_breathing", "2026-03-19T10:00")
    new = write(family, "trouble_breathing", "2026-03-20T11:00")
    assert [entry.id for _, entry in page.tab.model.still] == [new.id]
    family.house.watch.close(new.id)
    assert page.tab.model.still == [], f"{old.id} was told by the newer one"


def test_of_several_each_says_whose_it_is(page: Page, family: Family) -> None:
    add_mei(family)
    write(family, LONG, "2026-03-20T09:00", going_on=True)
    page.tab.refresh(None)
    assert f"Rosa: {LONG}" in text(page)
    page.tab.set_person("mei")
    page.tab.refresh(None)
    assert text(page) == ""


def test_its_link_opens_the_tab(page: Page, family: Family) -> None:
    write(family, "headache", "2026-03-20T09:00", going_on=True)
    settle()
    assert page.tab.still is not None
    assert page.tab.still.link is not None
    page.click(page.tab.still.link)
    assert page.asked == [("watch", "", "")]


def test_of_many_the_urgent_stand_first_and_the_rest_is_counted(page: Page, family: Family) -> None:
    for hour in range(5):
        write(family, f"Tingling {hour}", f"2026-03-20T1{hour}:00", going_on=True)
    write(family, "trouble_breathing", "2026-03-20T02:04")
    shown = text(page)
    assert shown.index("Hard to breathe") < shown.index("Tingling 4")
    assert "Tingling 1" not in shown
    assert "2 more under Side effects." in shown


def test_a_day_without_an_hour_is_said_as_a_day(page: Page, family: Family) -> None:
    day = AllDay(date(2026, 3, 19))
    entry = write(family, "headache", "2026-03-19T09:00", at=day, going_on=True)
    assert "Since Thu 19 Mar. Still going on." in text(page)
    press_in_menu(page, "Just now")
    kept = family.house.watch.get(entry.id)
    assert kept is not None
    assert kept.ended is not None


def test_it_comes_after_the_first_paint_never_before(qtbot: QtBot, family: Family) -> None:
    write(family, "headache", "2026-03-19T16:20", going_on=True)
    theme = Theme()
    tab = TodayTab(
        family.house, theme, lambda page: Desk(family.house, theme, page),
        lambda: StillCard(family.house, theme),
    )  # fmt: skip
    tab.setUpdatesEnabled(False)
    qtbot.addWidget(shown(tab, theme))
    QTest.qWait(50)
    assert tab.hero.isVisible(), "all else stands there"
    assert tab.still is None, "the first paint waits for nothing of it"
    tab.setUpdatesEnabled(True)
    qtbot.waitUntil(lambda: tab.still is not None and tab.still.isVisible())
    assert tab.still is not None
    assert "Headache" in visible_text(tab.still)
