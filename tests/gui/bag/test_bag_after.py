"""What bags teach after a visit, and where the words behind the items lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Authorisation, Question, SideEffect
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.bag.cards import RideSheet
from caregiver_app.gui.bag.tab import BagTab
from tests.gui.bag.showing import (
    action,
    click,
    labels,
    let_commits_fail,
    line_of,
    menu_of,
    opened,
    row,
    sheet_of,
    visit_of,
)
from tests.gui.tabs_family import ZONE, Family, rosas_family, visible_text

QUESTIONS = "Questions for the doctor, pen"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> BagTab:
    return opened(qtbot, family)


# -- Forgot anything? -----------------------------------------------------------------------------


def test_what_was_forgotten_goes_on_the_list(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    card = tab.after.forgot
    assert "Infusion 1, Tuesday 17 March, is over" in visible_text(card)
    click(qtbot, tab, "Something was missing")
    assert card.field.line.hasFocus()
    qtbot.keyClicks(card.field.line, "A long straw")
    qtbot.keyClick(card.field.line, Qt.Key.Key_Return)
    assert not card.isVisible(), "it is asked once"
    assert "A long straw" in labels(tab.things)
    assert line_of(family, "A long straw", "p1~3").own
    family.house.care.undo()
    assert card.isVisible()
    assert "A long straw" not in labels(tab.things)


def test_nothing_forgotten_is_an_answer_too(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    click(qtbot, tab, "Nothing was missing")
    assert not tab.after.forgot.isVisible()
    assert not opened(qtbot, family).after.forgot.isVisible()


@pytest.mark.parametrize("typed", ["", "x" * 10_000])
def test_what_cannot_be_put_on_the_list_stays_typed(qtbot: QtBot, tab: BagTab, typed: str) -> None:
    card = tab.after.forgot
    click(qtbot, tab, "Something was missing")
    card.field.set_text(typed)
    click(qtbot, tab, "Put it on the list")
    assert card.isVisible()
    assert card.field.error()
    assert card.field.text() == typed


def test_an_answer_that_cannot_be_kept_is_asked_again(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_commits_fail(family, monkeypatch)
    click(qtbot, tab, "Nothing was missing")
    assert tab.after.forgot.isVisible()
    assert "nothing was recorded" in visible_text(tab.after.forgot)


def test_before_the_visit_is_over_nothing_is_asked(qtbot: QtBot, tab: BagTab) -> None:
    click(qtbot, tab, "Nothing was missing")
    tab.open_item("visit", "p1~2")
    assert not tab.after.forgot.isVisible()


# -- Not needed three times -----------------------------------------------------------------------


def not_needed_three_times(family: Family) -> None:
    """Let three visits go by at which nobody needed the photo ID."""
    house = family.house
    for number in (1, 2, 3):
        house.bags.set_state(f"p1~{number}", "photo_id", "not_needed")
    visit = house.agenda.get("p1~3")
    assert visit is not None
    family.clock.at = family.clock.at.replace(month=4, day=29)
    for number in (1, 2, 3):
        if house.bag_habits.asks_forgot(f"p1~{number}"):
            house.bag_habits.nothing_forgot(f"p1~{number}")


def test_what_was_not_needed_three_times_may_be_left_out(qtbot: QtBot, family: Family) -> None:
    not_needed_three_times(family)
    tab = opened(qtbot, family)
    card = tab.after.unneeded
    assert "“Photo ID” was not needed at the last 3 visits" in visible_text(card)
    assert "Photo ID" in labels(tab.papers)
    click(qtbot, tab, "Leave it out from now on")
    qtbot.waitUntil(lambda: not card.isVisible())
    assert "Photo ID" not in labels(tab.papers)
    family.house.care.undo()
    qtbot.waitUntil(card.isVisible)
    assert "Photo ID" in labels(tab.papers)


def test_it_can_stay_and_is_not_asked_again(qtbot: QtBot, family: Family) -> None:
    not_needed_three_times(family)
    tab = opened(qtbot, family)
    click(qtbot, tab, "Keep it")
    qtbot.waitUntil(lambda: not tab.after.unneeded.isVisible())
    assert "Photo ID" in labels(tab.papers)
    assert not opened(qtbot, family).after.unneeded.isVisible()


# -- What the program knows itself ----------------------------------------------------------------


def source(tab: BagTab, label: str) -> str:
    return row(tab, label).tick._said.source


def test_what_is_known_is_never_typed_twice(tab: BagTab, family: Family) -> None:
    people, support = family.house.people, family.house.support
    assert source(tab, "Medicine and allergy list") == "from Care plan: 1 medicine"
    assert source(tab, "Insurance card, approval number") == "no approval entered yet"
    assert source(tab, "Notes since the last infusion") == "no entries since Tue 17 Mar"
    assert source(tab, "Ride home booked, parking money") == "no driver yet"
    family.house.bags.set_state(visit_of(family), "questions", "to_pack")
    assert source(tab, QUESTIONS) == "none written down yet"
    support.save_question(Question(id="", person="rosa", text="May she travel?"))
    assert source(tab, QUESTIONS) == "1 open"
    people.save_authorisation(
        Authorisation(id="", person="rosa", last=date(2026, 6, 30), number="A 1")
    )
    assert source(tab, "Insurance card, approval number") == "approved to Tue 30 Jun 2026"
    family.house.watch.save(
        SideEffect(
            id="", person="rosa", sign="fatigue", severity=1, urgency="watch",
            at=Zoned(family.clock.at.replace(tzinfo=None, hour=12), ZONE),
        )
    )  # fmt: skip
    assert source(tab, "Notes since the last infusion") == "1 entry since Tue 17 Mar"


def test_the_words_lead_to_where_they_come_from(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    went = list[tuple[str, str, str]]()
    tab.asked.connect(lambda *place: went.append(place))
    one = row(tab, "Medicine and allergy list")
    places = one.tick._places(one.tick.width())
    spot = QPoint(places.source.center().x(), one.tick.height() - 12)
    qtbot.mouseClick(one.tick, Qt.MouseButton.LeftButton, pos=spot)
    assert went == [("care", "medicine", "rosa")]
    assert line_of(family, "Medicine and allergy list").state == "to_pack", "nothing was ticked"
    menu = menu_of(row(tab, "Notes since the last infusion"))
    action(menu, "Open the notes in Side effects").trigger()
    menu.close()
    assert went[-1] == ("watch", "person", "rosa")


def test_the_ride_is_asked_where_it_is_packed(tab: BagTab) -> None:
    menu = menu_of(row(tab, "Ride home booked, parking money"))
    action(menu, "Say who drives").trigger()
    menu.close()
    QApplication.processEvents()
    sheet = sheet_of(RideSheet)
    assert sheet.isVisible()
    sheet.reject()
