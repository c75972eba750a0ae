"""Two signs that come together: what is said when the second one is written down, and why."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Person, SideEffect
from caregiver_app.domain.times import Zoned
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.watchlist.sign_cards import SignButton
from caregiver_app.gui.watchlist.signs import SeverityRow
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import Family, button, visible_text

WHY = "More urgent together with “Flushed face” (Fri 20 Mar, 9:00)."


def wrote(family: Family, sign: str, hour: int) -> SideEffect:
    now = family.house.care.now
    at = Zoned(now.replace(tzinfo=None, hour=hour, minute=0, second=0), family.house.care.home)
    return family.house.watch.save(
        SideEffect(id="", person="rosa", sign=sign, severity=1, at=at, urgency="")
    )


def test_the_second_sign_is_an_emergency_and_says_with_what(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    flush = wrote(family, "flushing", 9)
    assert flush.urgency == "comfort_at_home"
    sick = wrote(family, "nausea", 17)
    assert sick.urgency == "emergency"
    again = family.house.watch.get(flush.id)
    assert again is not None
    assert again.urgency == "emergency"
    assert tab._model.written_words(sick) == "Written down, 17:00."
    assert tab._model.outcome(sick).advice.reasons == (WHY,)


def test_a_tap_leads_to_the_emergency_page_before_any_form(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    wrote(family, "flushing", 9)
    tab.log.choose("nausea")
    QApplication.processEvents()
    assert tab.emergency_page is not None
    assert tab.emergency_page.isVisible()
    assert "Call your local emergency number now" in visible_text(tab)
    assert len(family.house.care.store.all(SideEffect)) == 1


def test_what_is_written_down_after_the_page_says_why(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    wrote(family, "flushing", 9)
    tab.log.choose("nausea")
    QApplication.processEvents()
    tab.write_down("nausea", "rosa")
    QApplication.processEvents()
    (row,) = [one for one in tab.findChildren(SeverityRow) if one.isVisible()]
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert WHY in visible_text(tab)
    assert {one.urgency for one in family.house.care.store.all(SideEffect)} == {"emergency"}


def test_one_that_stands_alone_says_nothing_of_others(tab: WatchTab, family: Family) -> None:
    sick = wrote(family, "nausea", 17)
    assert tab._model.written_words(sick) == "Written down, 17:00."
    assert tab._model.outcome(sick).advice.reasons == ()


def test_the_emergency_page_names_what_was_seen_with_it(tab: WatchTab, family: Family) -> None:
    wrote(family, "flushing", 9)
    tab.log.choose("nausea")
    page = tab.emergency_page
    assert page is not None
    QApplication.processEvents()
    heading = page.band.heading.text()
    assert heading == "Feeling sick"
    assert page.band.why.text() == WHY
    assert WHY in page.band.accessibleDescription()
    assert "Say “feeling sick and a flushed face, since the infusion”" in visible_text(page)
    assert page.later.isVisible(), "it is not written down yet"
    tab.show_emergency("chest_pain")
    assert page.band.heading.text() == "Chest pain"
    assert not page.band.why.isVisible(), "one that is an emergency alone"


def test_what_was_seen_with_it_is_not_said_of_somebody_else(tab: WatchTab, family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="Mei"))
    tab.set_person("rosa")
    wrote(family, "flushing", 9)
    tab.log.choose("nausea")
    page = tab.emergency_page
    assert page is not None
    assert page.band.why.text() == WHY
    page.read_out.person_chosen.emit("mei")
    assert not page.band.why.isVisible()
    assert "flushed" not in visible_text(page)


def test_the_first_match_and_the_page_of_a_sign_say_why(tab: WatchTab, family: Family) -> None:
    wrote(family, "flushing", 9)
    tab.log.finder.set_text("Feeling sick")
    QApplication.processEvents()
    assert WHY in visible_text(tab.log.matches)
    tab.show_sign("nausea")
    assert tab.sign_page is not None
    said = visible_text(tab.sign_page)
    assert WHY in said
    sign = family.house.reference.sign("nausea")
    general = family.house.reference.emergency
    assert sign is not None
    assert general.steps[0].do in said
    assert sign.steps[0].do not in said, "an emergency does not begin with small steps"
    assert all(one.condition not in said for one in sign.escalate)


def test_the_first_match_does_not_say_to_call_the_clinic_today(
    tab: WatchTab, family: Family
) -> None:
    wrote(family, "headache", 9)
    tab.log.finder.set_text("fev")
    QApplication.processEvents()
    said = visible_text(tab.log.matches)
    fever = family.house.reference.sign("fever")
    assert fever is not None
    assert said.index("Fever: Call your local emergency number now") > 0
    assert family.house.reference.emergency.steps[0].do in said
    assert fever.steps[0].do not in said
    assert fever.tell_apart not in said, "it begins with: call today"
    tab.show_sign("fever")
    assert tab.sign_page is not None
    assert fever.tell_apart not in visible_text(tab.sign_page)


def test_a_clock_that_went_back_writes_nothing_into_the_future(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    tab.write_down("chest_pain", "rosa", family.house.care.now + timedelta(hours=2))
    (row,) = [one for one in tab.findChildren(SeverityRow) if one.isVisible()]
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    assert family.house.care.store.all(SideEffect) == []
    assert tab.log.wrong.isVisible()
    assert tab.log.wrong.text()


def test_what_always_is_an_emergency_stands_apart_from_what_is_one_just_now(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    card = tab.log.cards[Tier.EMERGENCY]
    before = visible_text(card)
    assert "13 more" in before
    assert not card.risen.isVisible()
    wrote(family, "flushing", 9)
    risen = tab._model.rows().risen
    assert len(risen) > 20
    said = visible_text(card)
    assert "13 more" in said, "the emergencies of any day are no more than before"
    assert f"{len(risen)} others are more urgent just now" in said
    assert WHY not in said
    qtbot.mouseClick(card.risen.fold, Qt.MouseButton.LeftButton)
    opened = visible_text(card)
    assert WHY in opened
    shown = {one.sign.id for one in card.risen.findChildren(SignButton) if one.isVisible()}
    assert shown == risen
    qtbot.mouseClick(button(card.risen, "Feeling sick"), Qt.MouseButton.LeftButton)
    assert tab.emergency_page is not None


def test_a_reason_stands_once_below_the_signs_that_are_likely(tab: WatchTab, family: Family):
    wrote(family, "headache", 8)
    wrote(family, "flushing", 9)
    said = visible_text(tab.log.usual)
    assert said.count("More urgent together with") == 1
    both = "More urgent together with “Headache” (Fri 20 Mar, 8:00), “Flushed face” (Fri 20 Mar,"
    assert both in said
