"""The side-effects tab as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn, Contact, Person, SideEffect
from caregiver_app.domain.times import Zoned, wall
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.check_in_sheet import CheckInSheet
from caregiver_app.gui.watchlist.entry_sheet import EntrySheet
from caregiver_app.gui.watchlist.own_sign_sheet import OwnSignSheet
from caregiver_app.gui.watchlist.risen_sheet import RisenSheet
from caregiver_app.gui.watchlist.signs import OutcomeRow, SeverityRow
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import (
    ZONE,
    Family,
    button,
    open_family,
    rosas_family,
    shown,
    visible_text,
)

YESTERDAY = datetime(2026, 3, 19, 8, 0)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family, theme: Theme) -> WatchTab:
    return opened(qtbot, family, theme)


def opened(qtbot: QtBot, family: Family, theme: Theme) -> WatchTab:
    tab = WatchTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme))
    return tab


def click(qtbot: QtBot, tab: WatchTab, words: str) -> None:
    qtbot.mouseClick(button(tab, words), Qt.MouseButton.LeftButton)


def grade(qtbot: QtBot, tab: WatchTab, number: int) -> None:
    row = tab.findChild(SeverityRow)
    assert row is not None
    qtbot.mouseClick(row.segments.segments[number - 1], Qt.MouseButton.LeftButton)


def effects(family: Family) -> list[SideEffect]:
    return family.house.care.store.all(SideEffect)


def sheet_of(kind: type) -> EntrySheet | CheckInSheet | RisenSheet:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found
    return found[-1]


def test_it_asks_how_the_person_is_and_counts_the_days(tab: WatchTab) -> None:
    text = visible_text(tab)
    assert "How is Rosa today?" in text
    assert "Day 3 after infusion 1." in text
    assert "Since infusion 1" in text


def test_two_taps_write_a_sign_down(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Tiredness")
    row = tab.findChild(SeverityRow)
    assert row is not None
    assert row.segments.value() is None, "no strength is chosen beforehand"
    assert not effects(family)
    grade(qtbot, tab, 2)
    (entry,) = effects(family)
    assert (entry.sign, entry.severity, entry.urgency) == ("fatigue", 2, "note_and_mention")
    assert wall(entry.at).isoformat() == "2026-03-20T18:00:00"
    text = visible_text(tab)
    assert "Note it and mention it" in text
    assert "If unsure, choose the more urgent level and call." in text
    assert tab.written.list.model().index(0, 0).data() == "Tiredness, moderate"


def test_a_call_today_shows_the_clinics_numbers(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    tab.open_item("sign", "leg_swelling")
    grade(qtbot, tab, 1)
    outcome = tab.findChild(OutcomeRow)
    assert outcome is not None
    text = visible_text(outcome)
    assert "Call the clinic today" in text
    assert "555 0142" in text
    assert "555 0199" in text


def give_phones(family: Family, day: str, after: str) -> None:
    clinic = family.house.care.store.all(Contact)
    for one in clinic:
        if one.role == "clinic":
            family.house.people.save_contact(replace(one, phone=day, phone_after_hours=after))


def test_which_number_answers_when_is_said_as_far_as_it_is_written_down(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    everywhere = clinic_words(qtbot, tab)
    assert "in office hours 555 0142, after hours 555 0199" in everywhere
    assert "out-of-hours" not in everywhere

    give_phones(family, "555 0142", "")
    everywhere = clinic_words(qtbot, tab)
    assert "after hours" not in everywhere
    hours = "in office hours 555 0142; no out-of-hours number written down"
    assert f"Call the clinic today, {hours}" in everywhere, "beside the first match"
    assert everywhere.count(hours) >= 2, "and in the group's head"
    row = "Willow Lane, in office hours; no out-of-hours number written down"
    assert everywhere.count(row) == 2, "in the answer and on the emergency page"

    give_phones(family, "", "555 0199")
    everywhere = clinic_words(qtbot, tab)
    assert "after hours 555 0199" in everywhere

    give_phones(family, "", "")
    everywhere = clinic_words(qtbot, tab)
    assert "after hours" not in everywhere
    assert "no number of the clinic is written down" in everywhere


def clinic_words(qtbot: QtBot, tab: WatchTab) -> str:
    """Return all that a tab says of the clinic's phones: search, answer, emergency page."""
    tab.log.close_row()
    tab.log.finder.set_text(tab.log._model.house.watch.sign_name("leg_swelling"))
    said = visible_text(tab)
    tab.log.finder.set_text("")
    tab.open_item("sign", "leg_swelling")
    grade(qtbot, tab, 1)
    outcome = tab.findChild(OutcomeRow)
    assert outcome is not None
    said += visible_text(outcome.parentWidget())
    tab.show_emergency()
    page = tab.emergency_page
    assert page is not None
    said += visible_text(page)
    click(qtbot, tab, "Back")
    QApplication.sendPostedEvents(None, 52)  # rows that were taken away are gone
    return said


def test_the_keyboard_alone_writes_a_sign_down(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    qtbot.keyClicks(tab.log.finder.line, "tired")
    qtbot.keyClick(tab.log.finder.line, Qt.Key.Key_Return)
    row = tab.findChild(SeverityRow)
    assert row is not None
    qtbot.keyClick(row.segments.segments[0], Qt.Key.Key_Right)
    assert not effects(family), "moving chooses nothing"
    qtbot.keyClick(row.segments.segments[1], Qt.Key.Key_Return)
    assert [entry.severity for entry in effects(family)] == [2]


def test_the_first_match_shows_its_call_line_and_first_step(qtbot: QtBot, tab: WatchTab) -> None:
    qtbot.keyClicks(tab.log.finder.line, "br")
    text = visible_text(tab.log.matches)
    assert "Hard to breathe: Call your local emergency number now" in text
    assert "Hard to breathe" in visible_text(tab.log.cards["emergency"])


def test_own_words_can_be_written_down(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    qtbot.keyClicks(tab.log.finder.line, "zz itchy ears")
    click(qtbot, tab, "Write down “zz itchy ears”")
    grade(qtbot, tab, 1)
    (entry,) = effects(family)
    assert entry.sign == "zz itchy ears"
    assert entry.urgency == "note_and_mention"


@pytest.mark.parametrize("typed", ["fatigue", "fe", "his left ear itches whenever he lies down"])
@pytest.mark.parametrize("width", [1280, 900])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_button_that_writes_the_words_down_is_never_cut(
    qtbot: QtBot, family: Family, theme: Theme, scale: float, width: int, typed: str
) -> None:
    theme.set_scale(scale)
    tab = WatchTab(family.house, theme)
    qtbot.addWidget(shown(tab, theme, width))
    qtbot.keyClicks(tab.log.finder.line, typed)
    write = button(tab, f"Write down “{typed}”")
    theme.set_scale(1.0)
    theme.set_scale(scale)
    QApplication.processEvents()
    words = write.fontMetrics().horizontalAdvance(write.text())
    assert write.width() >= write.sizeHint().width() > words
    card = tab.log.matches
    assert card.rect().contains(write.geometry()), "it stands inside its card"
    assert tab.rect().contains(
        write.mapTo(tab, write.rect().topRight()).x(), tab.rect().center().y()
    ), "and inside the window"


def test_an_emergency_and_what_looks_like_it_are_told_apart(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    chest, cough = "Emergency: pain, pressure or tightness in the chest", "A cough with no chest"
    qtbot.keyClicks(tab.log.finder.line, "chest")
    text = visible_text(tab.log.matches)
    assert chest in text
    assert cough in text
    tab.log.finder.set_text("tired")
    assert "Emergency:" not in visible_text(tab.log.matches)
    tab.log.finder.set_text("seizure")
    found = family.house.reference.find_signs("seizure")
    assert len({sign.tier for sign in found}) == 1, "nothing milder fits"
    assert found[0].tell_apart not in visible_text(tab.log.matches)


def test_all_emergency_signs_stand_on_top(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    card = tab.log.cards["emergency"]
    click(qtbot, tab, "13 more")
    text = visible_text(card)
    for sign in family.house.reference.signs:
        if sign.tier == "emergency":
            assert sign.name in text


def test_an_emergency_sign_shows_what_to_do_before_any_form(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Hard to breathe")
    page = tab.emergency_page
    assert page is not None
    text = visible_text(page)
    assert "Call your local emergency number now" in text
    assert "No number saved here. Ask anyone near you to call." in text
    assert "Rosa Marín, 67, born 4 June 1958" in text
    assert "Rheumatoid arthritis" in text
    assert "Had infliximab by drip, infusion 1" in text
    assert "By the calendar it was on Tue 17 Mar, 3 days ago" in text
    assert "Allergies: penicillin" in text
    assert "555 0199" in text
    assert not any(digits in text for digits in ("112", "911", "999"))
    assert not effects(family)
    assert not page.findChildren(SeverityRow)


def test_an_emergency_is_written_down_later_with_its_own_time(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Chest pain")
    family.clock.at += timedelta(minutes=50)
    click(qtbot, tab, "Write it down")
    assert tab.emergency_page is None
    grade(qtbot, tab, 3)
    (entry,) = effects(family)
    assert entry.urgency == "emergency"
    assert wall(entry.at).hour == 18
    assert wall(entry.at).minute == 0
    assert tab.emergency_page is None, "the page was seen before it was written"


def test_life_threatening_shows_the_emergency_page(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Headache")
    grade(qtbot, tab, 4)
    page = tab.emergency_page
    assert page is not None
    text = visible_text(page)
    assert "Headache" in text
    assert "Written down, 18:00." in text
    assert not page.later.isVisible()
    click(qtbot, tab, "Back")
    assert tab.emergency_page is None


def test_the_familys_number_is_shown_large_once_typed(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    tab.show_emergency()
    page = tab.emergency_page
    assert page is not None
    click(qtbot, tab, "Add the number")
    qtbot.keyClicks(page.findChildren(type(tab.log.finder))[0].line, "12")
    click(qtbot, tab, "Save the number")
    assert family.house.settings.text("emergency_number", "") == "12"
    assert "Call 12 now" in visible_text(page)


def test_a_number_without_digits_is_refused_and_kept_in_the_field(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    tab.show_emergency()
    page = tab.emergency_page
    assert page is not None
    click(qtbot, tab, "Add the number")
    field = page.findChildren(type(tab.log.finder))[0]
    qtbot.keyClicks(field.line, "soon")
    click(qtbot, tab, "Save the number")
    assert field.error()
    assert field.text() == "soon"
    assert family.house.settings.text("emergency_number", "") == ""


def test_nothing_today_is_written_once(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Nothing today")
    (entry,) = family.house.care.store.all(CheckIn)
    assert entry.pain is None
    assert entry.date.isoformat() == "2026-03-20"
    assert not tab.log.nothing.isEnabled()
    assert tab.written.list.model().index(0, 0).data() == "Nothing that day"
    family.house.care.undo()
    assert tab.log.nothing.isEnabled()


def test_undo_takes_the_outcome_away(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 1)
    family.house.care.undo()
    assert not effects(family)
    assert "Note it and mention it" in visible_text(tab)
    assert tab.written.list.model().index(0, 0).data() == "Infusion 1"


def test_details_yesterday_and_fahrenheit(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Headache")
    grade(qtbot, tab, 2)
    click(qtbot, tab, "Add details")
    sheet = sheet_of(EntrySheet)
    assert isinstance(sheet, EntrySheet)
    qtbot.mouseClick(sheet.day_choice.segments[1], Qt.MouseButton.LeftButton)
    sheet.reading.set_text("")
    qtbot.keyClicks(sheet.reading.line, "101.3")
    assert sheet.unit.value() == "f", "100 and more can only be Fahrenheit"
    sheet.words.set_text("Left side")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    (entry,) = effects(family)
    assert wall(entry.at).isoformat() == "2026-03-19T18:00:00"
    assert entry.temperature_c == pytest.approx(38.5)
    assert entry.urgency == "emergency", "a headache with fever"
    assert entry.text == "Left side"
    assert tab.emergency_page is not None


def test_a_reading_that_nobody_has_stays_in_the_form(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Headache")
    grade(qtbot, tab, 1)
    click(qtbot, tab, "Add details")
    sheet = sheet_of(EntrySheet)
    assert isinstance(sheet, EntrySheet)
    sheet.words.set_text("kept")
    qtbot.keyClicks(sheet.reading.line, "52")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert sheet.reading.error() or sheet.wrong.text()
    assert sheet.reading.text() == "52"
    assert sheet.words.text() == "kept"
    assert effects(family)[0].temperature_c is None
    sheet.forget_changes()
    sheet.reject()


def test_an_entry_is_opened_changed_and_deleted_from_the_list(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 1)
    lines = tab.written.list
    lines.setCurrentIndex(lines.model().index(0, 0))
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    sheet = sheet_of(EntrySheet)
    assert isinstance(sheet, EntrySheet)
    sheet.strength.set_value("3")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert effects(family)[0].urgency == "call_today"
    risen = sheet_of(RisenSheet)
    assert "555 0142" in visible_text(risen), "it became more urgent, so whom to call is shown"
    qtbot.mouseClick(risen.primary, Qt.MouseButton.LeftButton)
    qtbot.keyClick(lines, Qt.Key.Key_Delete)
    assert not effects(family)
    family.house.care.undo()
    assert effects(family)[0].severity == 3


def test_a_check_in_keeps_only_what_was_chosen(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "How is the day?")
    sheet = sheet_of(CheckInSheet)
    assert isinstance(sheet, CheckInSheet)
    assert all(scale.value() is None for scale in sheet.scales.values())
    qtbot.mouseClick(sheet.scales["pain"].segments[4], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.scales["mood"].segments[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    (entry,) = family.house.care.store.all(CheckIn)
    assert (entry.pain, entry.fatigue, entry.mood) == (4, None, 0)
    assert "Today: pain 4, mood 0" in visible_text(tab)
    click(qtbot, tab, "How is the day?")
    again = sheet_of(CheckInSheet)
    assert isinstance(again, CheckInSheet)
    assert again.scales["pain"].value() == "4", "a day has one check-in"
    again.reject()


def test_what_was_written_is_there_after_a_restart(
    qtbot: QtBot, tab: WatchTab, family: Family, theme: Theme
) -> None:
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 2)
    later = family.again()
    tab = opened(qtbot, later, theme)
    assert tab.written.list.model().index(0, 0).data() == "Tiredness, moderate"
    later.close()


def test_a_screen_reader_hears_each_line(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 2)
    said = tab.written.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Tiredness, moderate, Fri 20 Mar, 18:00, day 3 after infusion 1"
    assert "Today is day 3" in tab.written.strip.accessibleDescription()


def test_without_anybody_it_still_helps(qtbot: QtBot, tmp_path: Path, theme: Theme) -> None:
    family = open_family(tmp_path)
    tab = opened(qtbot, family, theme)
    assert "How is today?" in visible_text(tab)
    click(qtbot, tab, "Hard to breathe")
    page = tab.emergency_page
    assert page is not None
    assert "Say who it is" in visible_text(page)
    click(qtbot, tab, "Back")
    click(qtbot, tab, "Headache")
    grade(qtbot, tab, 2)
    assert len(effects(family)) == 1
    family.close()


def test_nothing_reassures(qtbot: QtBot, tab: WatchTab) -> None:
    for card in tab.log.cards.values():
        if card.fold.isVisible():
            qtbot.mouseClick(card.fold, Qt.MouseButton.LeftButton)
    text = visible_text(tab).lower()
    for word in ("harmless", "normal", "expected", "will be fine"):
        assert word not in text


def test_items_open_from_a_search(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Nothing today")
    (entry,) = family.house.care.store.all(CheckIn)
    tab.open_item("checkin", entry.id)
    sheet = sheet_of(CheckInSheet)
    qtbot.mouseClick(button(sheet, "Delete this check-in"), Qt.MouseButton.LeftButton)
    assert family.house.care.store.all(CheckIn) == []
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 1)
    tab.open_item("side_effect", effects(family)[0].id)
    again = sheet_of(EntrySheet)
    qtbot.mouseClick(button(again, "Delete this entry"), Qt.MouseButton.LeftButton)
    assert not effects(family)
    tab.open_item("side_effect", "gone")


def test_sources_open_on_demand(qtbot: QtBot, tab: WatchTab) -> None:
    assert "not reviewed by a clinician" in visible_text(tab)
    assert "From: " not in visible_text(tab)
    click(qtbot, tab, "Sources")
    assert "From: " in visible_text(tab)
    assert "checked 20 November 2026" in visible_text(tab)


def test_an_entry_without_a_day_or_hour_is_asked_for(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 1)
    click(qtbot, tab, "Add details")
    sheet = sheet_of(EntrySheet)
    assert isinstance(sheet, EntrySheet)
    sheet.hour.set_text("25:70")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.hour.error()
    sheet.hour.set_text("9:00")
    sheet.day.set_text("31 Feb 2026")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.day.error()
    assert sheet.day.isVisible()
    sheet.forget_changes()
    sheet.reject()


def test_another_person_has_another_page(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    tab.set_person("mei")
    text = visible_text(tab)
    assert "How is 王梅 today?" in text
    assert "Nothing is written down yet." in text
    click(qtbot, tab, "Nothing today")
    assert [entry.person for entry in family.house.care.store.all(CheckIn)] == ["mei"]


# -- "Nothing" ------------------------------------------------------------------------------------


def test_nothing_is_not_offered_while_something_goes_on(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    assert tab.log.nothing.isEnabled()
    assert tab.log.against.isHidden()
    watch, at = family.house.watch, tab.log._model.now()
    begun = replace(tab.log._model.draft("headache", 1, at), at=Zoned(YESTERDAY, ZONE))
    kept = watch.save(replace(begun, going_on=True), by_hand=True)
    assert not tab.log.nothing.isEnabled()
    assert tab.log.nothing_before.isHidden()
    assert "“Headache” is still going on" in visible_text(tab.log)
    watch.close(kept.id, Zoned(YESTERDAY + timedelta(hours=2), ZONE))
    assert tab.log.nothing.isEnabled()
    assert tab.log.against.isHidden()


def test_a_sign_takes_nothing_today_away(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Nothing today")
    assert len(family.house.care.store.all(CheckIn)) == 1
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 1)
    assert family.house.care.store.all(CheckIn) == []
    rows = tab.written.list.model()
    assert rows.index(0, 0).data() == "Tiredness, mild"
    family.house.care.undo()
    assert len(family.house.care.store.all(CheckIn)) == 1


def test_keeping_another_sign_leaves_the_open_answer_alone(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Tiredness")
    grade(qtbot, tab, 1)
    answer = tab.findChild(OutcomeRow)
    tab.log.add_own("Tingling hands")
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, OwnSignSheet)]
    sheet = next(one for one in found if one.isVisible())
    sheet.tiers[Tier.NOTE].setChecked(True)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.kept is not None
    assert tab.log._rows.row is answer, "nothing is shown anew, nothing is scrolled to"
