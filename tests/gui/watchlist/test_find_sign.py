"""Finding a sign: emergencies first and all in sight, what to do beneath the first, one key on."""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import OwnSign, SideEffect
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.sign_cards import SignButton
from caregiver_app.gui.watchlist.signs import SeverityRow
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import Family, button, open_family, rosas_family, shown, visible_text

MOST = 25
HEAD = 122
"""What the head of the window takes of its height, and a little more."""


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> WatchTab:
    return opened(qtbot, family)


def opened(qtbot: QtBot, family: Family, width: int = 1280) -> WatchTab:
    theme = Theme()
    made = WatchTab(family.house, theme)
    family.house.care.changes.listen(made.refresh)
    qtbot.addWidget(shown(made, theme, width, 860 - HEAD))
    return made


def matches(tab: WatchTab) -> list[SignButton]:
    QApplication.processEvents()
    return [one for one in tab.log.matches.findChildren(SignButton) if one.isVisible()]


def is_in_sight(widget: QWidget) -> bool:
    area = widget.parentWidget()
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    place = QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size())
    return area.viewport().rect().contains(place)


@pytest.mark.parametrize("width", [1280, 900])
def test_for_any_two_letters_each_emergency_is_seen_without_scrolling(
    qtbot: QtBot, family: Family, width: int
) -> None:
    tab = opened(qtbot, family, width)
    small, asked = family.house.reference.small_words, dict[tuple[str, ...], str]()
    for pair in map("".join, itertools.product(string.ascii_lowercase, repeat=2)):
        found = [] if pair in small else family.house.signs.find("rosa", pair)
        urgent = tuple(one.id for one in found if one.is_emergency)
        if urgent:
            asked[urgent] = pair
    # Those with the most to show need the most room.
    for urgent in sorted(asked, key=len, reverse=True)[:MOST]:
        pair = asked[urgent]
        tab.log.finder.set_text(pair)
        buttons = matches(tab)
        assert tuple(one.sign.id for one in buttons[: len(urgent)]) == urgent, pair
        for one in buttons[: len(urgent)]:
            assert is_in_sight(one), f"{pair}: {one.words}"
    assert len(asked) > MOST


def test_the_first_match_says_whom_to_call_and_what_to_do_without_enter(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    family.house.settings.set("emergency_number", "112")
    assert not tab.log.matches.isVisible()
    qtbot.keyClicks(tab.log.finder.line, "tr")
    text = visible_text(tab.log.matches)
    steps = family.house.signs.sign("rosa", "trouble_breathing").steps
    assert "Hard to breathe: Call 112 now" in text
    assert steps[0].do in text
    assert steps[1].do in text
    assert matches(tab)[0].words == "Hard to breathe"
    qtbot.keyClick(tab.log.finder.line, Qt.Key.Key_Return)
    page = tab.emergency_page
    assert page is not None
    assert "Call 112 now" in visible_text(page)


def test_a_click_on_a_match_opens_the_page(qtbot: QtBot, tab: WatchTab) -> None:
    qtbot.keyClicks(tab.log.finder.line, "ch")
    chest = next(one for one in matches(tab) if one.words == "Chest pain")
    qtbot.mouseClick(chest, Qt.MouseButton.LeftButton)
    assert tab.emergency_page is not None


def test_each_match_says_how_urgent_it_is_in_words_and_shape(qtbot: QtBot, tab: WatchTab) -> None:
    qtbot.keyClicks(tab.log.finder.line, "fe")
    text = visible_text(tab.log.matches)
    assert "Emergency now" in text
    assert "Call the clinic today" in text
    for one in matches(tab):
        assert one.accessibleName() == tab._model.said(one.sign)
        assert not one.icon().isNull()
    colours = {one.sign.tier: one.icon_role for one in matches(tab)}
    assert len(set(colours.values())) == len(colours) > 1


def test_the_first_match_is_heard_with_all_of_it(qtbot: QtBot, tab: WatchTab) -> None:
    qtbot.keyClicks(tab.log.finder.line, "tr")
    first = matches(tab)[0]
    assert first.accessibleName() == "Hard to breathe, Emergency now"
    heard = first.accessibleDescription()
    assert "Call your local emergency number now" in heard
    assert "Sit them upright." in heard
    assert "Out of breath only on moving: call today." in heard


def test_milder_matches_are_shown_on_demand_and_none_is_lost(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    qtbot.keyClicks(tab.log.finder.line, "pa")
    found = [one.id for one in family.house.signs.find("rosa", "pa")]
    few = matches(tab)
    assert len(few) < len(found)
    more = f"{len(found) - len(few)} more"
    qtbot.mouseClick(button(tab.log.matches, more), Qt.MouseButton.LeftButton)
    assert {one.sign.id for one in matches(tab)} == set(found)


def test_an_emergency_and_what_looks_like_it_are_told_apart(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    qtbot.keyClicks(tab.log.finder.line, "chest")
    text = visible_text(tab.log.matches)
    assert "Emergency: pain, pressure or tightness in the chest" in text
    assert "A cough with no chest" in text
    tiers = [one.sign.tier for one in matches(tab)]
    assert tiers == sorted(tiers, reverse=True)
    assert len(set(tiers)) > 1


def test_own_signs_and_hidden_ones_are_always_found(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    house = family.house
    house.signs.save_own(OwnSign(id="", person="rosa", name="Ringing ear", also=("buzzing",)))
    house.signs.hide("rosa", "headache", on=True)
    for typed, name in (("buzz", "Ringing ear"), ("headache", "Headache")):
        tab.log.finder.set_text(typed)
        assert name in [one.words for one in matches(tab)]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_long_name_is_cut_and_told_whole(qtbot: QtBot, family: Family, scale: float) -> None:
    long = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum & Kopfschmerzen am Nachmittag"
    for name in (long, "\u5de6\u8033\u9e23" * 20):
        family.house.signs.save_own(OwnSign(id="", person="rosa", name=name))
        theme = Theme()
        theme.set_scale(scale)
        tab = WatchTab(family.house, theme)
        qtbot.addWidget(shown(tab, theme, 900, 860 - HEAD))
        tab.log.finder.set_text(name[:3])
        one = next(one for one in matches(tab) if one.sign.name == name)
        assert one.words.endswith("\u2026")
        assert one.accessibleName().startswith(name)
        assert name[:30].split(" ")[0] in one.toolTip()
        assert one.width() >= one.sizeHint().width()
        assert tab.log.matches.rect().contains(one.mapTo(tab.log.matches, one.rect().topRight())), (
            "inside its card"
        )


def test_what_the_clinic_said_stands_with_the_first_match(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    family.house.signs.set_clinic("rosa", "trouble_breathing", "Blue inhaler, then ring us.")
    qtbot.keyClicks(tab.log.finder.line, "tr")
    text = visible_text(tab.log.matches)
    said = text.index("Blue inhaler, then ring us.")
    assert text.index("Your clinic says:") < said < text.index("Call the emergency number now.")
    assert "Blue inhaler, then ring us." in matches(tab)[0].accessibleDescription()


def test_enter_on_a_milder_sign_asks_how_strong(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    qtbot.keyClicks(tab.log.finder.line, "taste")
    qtbot.keyClick(tab.log.finder.line, Qt.Key.Key_Return)
    row = tab.findChild(SeverityRow)
    assert row is not None
    assert row.advice.sign.id == "metallic_taste"
    assert not family.house.care.store.all(SideEffect)


def test_nothing_is_found_for_less_than_two_letters(qtbot: QtBot, tab: WatchTab) -> None:
    qtbot.keyClicks(tab.log.finder.line, "t")
    assert not tab.log.matches.isVisible()
    qtbot.keyClick(tab.log.finder.line, Qt.Key.Key_Return)
    assert tab.findChild(SeverityRow) is None
    qtbot.keyClicks(tab.log.finder.line, "r")
    assert tab.log.matches.isVisible()
    tab.log.finder.set_text("")
    assert not tab.log.matches.isVisible()


def test_it_works_before_anybody_is_entered(qtbot: QtBot, tmp_path: Path) -> None:
    empty = open_family(tmp_path)
    tab = opened(qtbot, empty)
    qtbot.keyClicks(tab.log.finder.line, "tr")
    assert "Hard to breathe: Call your local emergency number now" in visible_text(tab)
    empty.close()


def test_escape_takes_away_the_question_then_what_was_typed(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    line = tab.log.finder.line
    qtbot.keyClicks(line, "tired")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    row = tab.findChild(SeverityRow)
    assert row is not None
    qtbot.keyClick(row.segments.segments[0], Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert tab.findChild(SeverityRow) is None or not row.isVisible()
    assert tab.log.finder.text() == "tired"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert tab.log.finder.text() == ""
    assert not tab.log.matches.isVisible()
    assert tab.window().focusWidget() is line
    assert family.house.care.store.all(SideEffect) == []
