"""The page of a sign, and what a family decides: signs of its own, hidden ones, the clinic's."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import OwnSign, Person, SideEffect, SignChoice
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.parts import PhoneRow
from caregiver_app.gui.watchlist.advice_block import TierHead
from caregiver_app.gui.watchlist.own_sign_sheet import ClinicWordsSheet, OwnSignSheet
from caregiver_app.gui.watchlist.sign_page import SignPage
from caregiver_app.gui.watchlist.signs import SeverityRow
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.gui.widgets.buttons import PrimaryButton
from caregiver_app.gui.widgets.sheet import Sheet
from tests.gui.tabs_family import Family, button, visible_text


def click(qtbot: QtBot, tab: WatchTab, words: str) -> None:
    qtbot.mouseClick(button(tab, words), Qt.MouseButton.LeftButton)


def page_of(tab: WatchTab) -> SignPage:
    page = tab.sign_page
    assert page is not None
    return page


S = TypeVar("S", bound=Sheet)


def sheet_of(kind: type[S]) -> S:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found[-1]


def own(family: Family, **more: object) -> OwnSign:
    return family.house.signs.save_own(
        OwnSign(id="", person="rosa", name="Ringing ear", **more)  # type: ignore[arg-type]
    )


def test_everything_about_a_sign_stands_on_its_page(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Tiredness")
    click(qtbot, tab, "Read more: Tiredness")
    sign = family.house.reference.sign("fatigue")
    assert sign is not None
    text = visible_text(page_of(tab))
    told = (
        *(sign.name, sign.full, sign.tell_apart, *sign.avoid),
        *(one.do for one in sign.steps),
        *(one.condition for one in sign.escalate),
        *("Note it and mention it", "In the first 24 hours, on days 1 to 3", "exhausted"),
        *("555 0142", "From: ", "not reviewed by a clinician"),
    )
    for words in told:
        assert words in text, words


def test_every_sign_has_a_page(tab: WatchTab, family: Family) -> None:
    for sign in family.house.reference.signs:
        tab.show_sign(sign.id)
        assert sign.full in visible_text(page_of(tab))


def test_the_page_leads_back_with_the_keyboard_in_the_find_field(
    qtbot: QtBot, tab: WatchTab
) -> None:
    tab.show_sign("headache")
    page = page_of(tab)
    qtbot.waitUntil(page.leave.hasFocus)
    qtbot.keyClick(page.leave, Qt.Key.Key_Escape)
    assert tab.sign_page is None
    qtbot.waitUntil(tab.log.finder.line.hasFocus)


def test_a_sign_is_written_down_from_its_page(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    tab.show_sign("leg_swelling")
    click(qtbot, tab, "Write it down")
    row = tab.findChild(SeverityRow)
    assert row is not None
    assert "Weigh them" not in visible_text(row), "what to do was on the page"
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    assert [one.sign for one in family.house.care.store.all(SideEffect)] == ["leg_swelling"]


def test_the_page_of_an_emergency_leads_to_what_to_do_now_and_back(
    qtbot: QtBot, tab: WatchTab
) -> None:
    click(qtbot, tab, "Chest pain")
    click(qtbot, tab, "All about this sign")
    page = page_of(tab)
    text = visible_text(page)
    assert "Emergency now" in text
    assert "Call your local emergency number now" in text
    assert "Hide it" not in text
    click(qtbot, tab, "What to do now: Chest pain")
    assert tab.emergency_page is not None


def test_hiding_and_showing_again(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    tab.show_sign("headache")
    click(qtbot, tab, "Leave it out of the signs to tap")
    assert family.house.care.store.all(SignChoice)[0].hidden
    assert "Show it among the signs again" in visible_text(page_of(tab))
    click(qtbot, tab, "Back to the signs")
    assert "Headache" not in visible_text(tab.log.usual)
    click(qtbot, tab, "Show 1 hidden")
    button(tab, "Close the hidden ones")
    click(qtbot, tab, "Show again: Headache")
    assert "Headache" in visible_text(tab.log.usual)
    assert not tab.log.hidden.isVisible()
    family.house.care.undo()
    assert "Headache" not in visible_text(tab.log.usual)


def test_what_the_clinic_said_is_typed_on_the_page(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    tab.show_sign("headache")
    click(qtbot, tab, "Write it here")
    sheet = sheet_of(ClinicWordsSheet)
    sheet.words.set_text("a\x07b")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert sheet.words.error()
    sheet.words.set_text("Dark room, then ring.\nNo tablets first.")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    text = visible_text(page_of(tab))
    assert "Your clinic says:\nDark room, then ring." in text
    assert "Note it and mention it" in text
    click(qtbot, tab, "Change it")
    again = sheet_of(ClinicWordsSheet)
    again.words.set_text("")
    qtbot.mouseClick(again.primary, Qt.MouseButton.LeftButton)
    assert family.house.signs.sign("rosa", "headache").clinic == ""


def test_typed_words_become_a_sign_of_their_own(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    qtbot.keyClicks(tab.log.finder.line, "zz itchy ears")
    click(qtbot, tab, "Keep it as a sign of your own")
    sheet = sheet_of(OwnSignSheet)
    assert sheet.name.text() == "zz itchy ears"
    assert sheet.chosen_tier() is None
    sheet.also.set_text("scratching, ear itch")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible(), "how urgent it is has to be said"
    assert "Choose how urgent it is." in visible_text(sheet)
    view = sheet.area.viewport()
    top = sheet.unchosen.mapTo(view, QPoint(0, 0)).y()
    assert 0 <= top <= view.height() - sheet.unchosen.height(), "it is said in sight"
    sheet.tiers[Tier.CALL_TODAY].click()
    assert "Choose how urgent it is." not in visible_text(sheet)
    sheet.clinic.set_text("Ring the day ward.")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    (kept,) = family.house.signs.own("rosa")
    assert (kept.also, kept.tier) == (("scratching", "ear itch"), "call_today")
    assert "zz itchy ears: Call the clinic today" in visible_text(tab.log.matches)
    tab.log.finder.set_text("scratch")
    qtbot.keyClick(tab.log.finder.line, Qt.Key.Key_Return)
    row = tab.findChild(SeverityRow)
    assert row is not None
    assert "Your clinic says:\nRing the day ward." in visible_text(row)
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    (entry,) = family.house.care.store.all(SideEffect)
    assert (entry.sign, entry.urgency) == ("zz itchy ears", "call_today")


def test_words_that_were_written_down_can_be_kept_as_a_sign(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    qtbot.keyClicks(tab.log.finder.line, "zz itchy ears")
    click(qtbot, tab, "Write down “zz itchy ears”")
    row = tab.findChild(SeverityRow)
    assert row is not None
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    click(qtbot, tab, "Keep it as a sign of your own")
    sheet = sheet_of(OwnSignSheet)
    sheet.tiers[Tier.NOTE].click()
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert "zz itchy ears" in visible_text(tab.log.own)
    assert "Read more" in visible_text(tab.log.usual) + visible_text(tab.log.matches)


def test_a_name_that_is_taken_stays_in_the_form(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Add a sign of your own")
    sheet = sheet_of(OwnSignSheet)
    sheet.name.set_text("Fever")
    sheet.tiers[Tier.NOTE].click()
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert "is on the list already" in (sheet.name.error() or "")
    assert sheet.name.text() == "Fever"
    sheet.forget_changes()
    sheet.reject()
    assert family.house.signs.own("rosa") == []


def test_an_own_sign_is_changed_and_taken_off_on_its_page(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    kept = own(family, tier="note_and_mention")
    tab.open_item("own_sign", kept.id)
    click(qtbot, tab, "Change this sign")
    sheet = sheet_of(OwnSignSheet)
    assert sheet.chosen_tier() == Tier.NOTE
    sheet.name.set_text("Whistling ear")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert page_of(tab).title.text() == "Whistling ear"
    click(qtbot, tab, "Change this sign")
    qtbot.mouseClick(button(sheet_of(OwnSignSheet), "Take it off the list"),
                     Qt.MouseButton.LeftButton)  # fmt: skip
    assert tab.sign_page is None
    assert family.house.signs.own("rosa") == []


def test_an_own_emergency_shows_what_to_do_before_any_form(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    own(family, tier="emergency", note="Ring 112, say Addison.")
    click(qtbot, tab, "14 more")
    click(qtbot, tab, "Ringing ear")
    page = tab.emergency_page
    assert page is not None
    text = visible_text(page)
    assert "Ringing ear" in text
    assert "Your clinic says:\nRing 112, say Addison." in text
    assert not family.house.care.store.all(SideEffect)
    click(qtbot, tab, "Write it down")
    row = tab.findChild(SeverityRow)
    assert row is not None
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    (entry,) = family.house.care.store.all(SideEffect)
    assert (entry.sign, entry.urgency) == ("Ringing ear", "emergency")


def test_a_choice_opens_the_page_of_its_sign(tab: WatchTab, family: Family) -> None:
    family.house.signs.set_clinic("rosa", "headache", "Dark room.")
    tab.open_item("sign_choice", "rosa:headache")
    assert page_of(tab).title.text() == "Headache"
    tab.open_item("own_sign", "gone")
    assert tab.sign_page is None
    family.house.people.save_person(Person(id="mei", name="王梅"))
    family.house.signs.set_clinic("mei", "headache", "Ring us.")
    tab.open_item("sign_choice", "mei:headache")
    assert "Ring us." in visible_text(page_of(tab)), "it is about whom it belongs to"


def test_beside_an_emergency_the_call_stands_first_and_writing_does_not_stand_out(
    qtbot: QtBot, tab: WatchTab
) -> None:
    tab.show_sign("chest_pain")
    QApplication.processEvents()
    page = page_of(tab)
    assert not any(one.isVisible() for one in page.findChildren(PrimaryButton))
    order = [
        page.findChild(TierHead).mapTo(page, QPoint()).y(),
        button(page, "What to do now").mapTo(page, QPoint()).y(),
        page.findChild(PhoneRow).mapTo(page, QPoint()).y(),
    ]
    assert order == sorted(order)
    click(qtbot, tab, "Write it down")
    assert tab.findChild(SeverityRow) is not None
    tab.show_sign("headache")
    QApplication.processEvents()
    assert [one.words for one in page.findChildren(PrimaryButton) if one.isVisible()] == [
        "Write it down"
    ]
