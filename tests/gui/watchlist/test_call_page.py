"""The call sheet as a person uses it: with the phone at the ear, and afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import ClinicCall, Contact, Person, SideEffect
from caregiver_app.domain.times import AllDay
from caregiver_app.errors import DataReadOnly
from caregiver_app.gui import printing
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_correct import CallCorrection
from caregiver_app.gui.watchlist.call_model import CallModel
from caregiver_app.gui.watchlist.call_page import CallPage
from caregiver_app.gui.watchlist.call_parts import KeptCallView, LineView
from caregiver_app.gui.watchlist.call_print import CallPrintSheet
from caregiver_app.services.clinic_calls import Draft
from tests.gui.tabs_family import Family, button, open_family, shown, visible_text
from tests.gui.watchlist.call_family import at, full_family, wrote
from tests.pages.reading import words_of


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = full_family(tmp_path)
    yield made
    made.close()


def opened(qtbot: QtBot, family: Family, person: str | None = None) -> CallPage:
    theme = Theme()
    page = CallPage(family.house, theme)
    page.set_person(person)
    family.house.care.changes.listen(page.refresh)
    qtbot.addWidget(shown(page, theme))
    page.enter()
    return page


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> CallPage:
    return opened(qtbot, family)


def calls(family: Family) -> list[ClinicCall]:
    return family.house.clinic_calls.calls("rosa")


def click(qtbot: QtBot, page: CallPage, words: str) -> None:
    qtbot.mouseClick(button(page, words), Qt.MouseButton.LeftButton)


def lines(page: CallPage) -> list[str]:
    QApplication.processEvents()
    return [one.accessibleName() for one in page.findChildren(LineView) if one.isVisible()]


# ---- to read out -------------------------------------------------------------------------------
def test_whom_to_call_comes_first_and_is_said_at_once(page: CallPage) -> None:
    assert page.numbers.hasFocus()
    assert page.numbers.accessibleName() == (
        "Call first: Willow Lane, by day: 555 0142, Willow Lane, after hours: 555 0199"
    )
    assert "call 911 now" in page.numbers.accessibleDescription()
    words = visible_text(page)
    assert words.index("555 0142") < words.index("Read this out")
    assert "If breathing, waking or thinking is affected: call 911 now." in words


def test_everything_is_read_out(page: CallPage) -> None:
    found = lines(page)
    for line in (
        "Name, Rosa Marín", "Born, 4 June 1958 (67)", "Allergies, penicillin",
        "Medicine, infliximab", "When, Tue 17 Mar 2026, by the calendar",
        "Which, infusion 1, today is day 3", "Product, Renflexis, lot K2-026A",
        "Fri 20 Mar, 17:10, 38.2 °C / 100.8 °F", "Fri 20 Mar, 14:00, paracetamol, one",
        "methotrexate",
    ):  # fmt: skip
        assert line in found, line
    (times,) = [line for line in found if "folic acid, Thu" in line]
    assert "Thu 19 Mar: 8:00 skipped (felt sick); Fri 20 Mar: 8:00 not marked yet" in times
    (dizzy,) = [line for line in found if "Dizzy" in line]
    assert dizzy.startswith("Wed 18 Mar, 16:20 · day 1")
    assert "Still going on. What we did: Curtains closed" in dizzy
    (cold,) = [line for line in found if "38.2 °C / 100.8 °F. Told: Ana" in line]
    assert found.index(cold) < found.index(dizzy), "what is urgent comes first"
    assert "Call the clinic today" in cold


def test_an_emergency_of_now_is_said_before_the_clinics_numbers(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    assert not page.numbers.emergency.isVisible()
    wrote(family, "2026-03-20T17:50", "chest_pain", 2)
    words = visible_text(page)
    said = page.numbers.emergency.words.text()
    assert said == "Emergency now: Chest pain, Dizzy. Call 911 now, before the clinic."
    assert said in words
    with qtbot.waitSignal(page.asked) as told:
        click(qtbot, page, "What to do now")
    assert told.args == ["emergency", "", ""]


def test_an_emergency_of_days_ago_is_listed_and_does_not_shout(
    page: CallPage, family: Family
) -> None:
    wrote(family, "2026-03-17T12:00", "chest_pain", 2)
    assert not page.numbers.emergency.isVisible()
    assert not any("Emergency now" in line for line in lines(page))
    assert any("Emergency when it was seen" in line for line in lines(page))


def test_without_a_number_one_click_leads_to_where_it_is_added(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    family.house.people.remove(Contact, "clinic")
    words = visible_text(page)
    assert "No number of the clinic is saved." in words
    assert "555 0142" not in words
    with qtbot.waitSignal(page.asked) as told:
        click(qtbot, page, "Add the clinic’s number")
    assert told.args == ["care", "contact", ""]


def test_before_anything_is_entered_the_emergency_line_stands_there(
    qtbot: QtBot, tmp_path: Path
) -> None:
    family = open_family(tmp_path)
    page = opened(qtbot, family)
    words = visible_text(page)
    assert "call your local emergency number now" in words
    assert "Nobody is entered yet." in words
    assert "Keep this call" not in words
    page.hide()
    family.close()


def test_many_signs_are_shown_in_steps(qtbot: QtBot, page: CallPage, family: Family) -> None:
    for minute in range(20):
        wrote(family, f"2026-03-19T10:{minute:02}", "nausea")
    before = len([line for line in lines(page) if "Feeling sick" in line])
    click(qtbot, page, "Show 11 more: Since the last infusion")
    assert len([line for line in lines(page) if "Feeling sick" in line]) == 20 > before


def test_with_several_people_it_is_chosen_whose_sheet_it_is(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    page.question.set_text("About Rosa")
    assert page.people is not None
    qtbot.mouseClick(page.people.segments[1], Qt.MouseButton.LeftButton)
    assert "Name, 王梅" in lines(page)
    assert page.question.text() == ""
    qtbot.mouseClick(page.people.segments[0], Qt.MouseButton.LeftButton)
    assert page.question.text() == "About Rosa"
    page.set_person("mei")
    assert page.people is None
    assert "Name, 王梅" in lines(page)


# ---- what is typed -----------------------------------------------------------------------------
def test_what_is_typed_is_on_the_disk_by_itself(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    qtbot.keyClicks(page.question.area, "Come in?")
    qtbot.keyClicks(page.form.who.line, "Nurse")
    qtbot.waitUntil(
        lambda: family.house.clinic_calls.draft("rosa") == Draft(question="Come in?", who="Nurse")
    )


def test_it_is_there_again_after_a_restart(qtbot: QtBot, page: CallPage, family: Family) -> None:
    page.question.set_text("Come in? 要去吗")
    page.form.said.set_text("half a sent")
    page.form.next.set_value("call")
    page.form.next_day.set_text("tomor")
    dizzy = next(id_ for id_, row in page.form.rows.items() if "Dizzy" in row.accessibleName())
    qtbot.mouseClick(page.form.rows[dizzy], Qt.MouseButton.LeftButton)
    page.hide()
    again = family.again()
    after = opened(qtbot, again)
    assert after.question.text() == "Come in? 要去吗"
    assert after.form.said.text() == "half a sent"
    assert after.form.next_day.text() == "tomor"
    assert after.form.next_day.isVisible()
    assert after.form.rows[dizzy].state == "open"
    after.hide()
    again.close()


def test_an_open_question_is_one_click(qtbot: QtBot, page: CallPage) -> None:
    qtbot.keyClicks(page.question.area, "First")
    click(qtbot, page, "Ask: Who asks the insurer?")
    assert page.question.text() == "First\nWho asks the insurer?"
    assert "Ask: Who asks the insurer?" not in [
        one.accessibleName() for one in page.findChildren(type(page.keep)) if one.isVisible()
    ]


def test_a_change_elsewhere_touches_nothing_that_was_typed(page: CallPage, family: Family) -> None:
    page.question.set_text("Typed")
    page.form.said.set_text("Typed too")
    wrote(family, "2026-03-20T17:40", "nausea")
    assert (page.question.text(), page.form.said.text()) == ("Typed", "Typed too")
    assert any("Feeling sick" in line for line in lines(page))
    assert any("Feeling sick" in row.accessibleName() for row in page.form.rows.values())


def test_two_windows_show_the_same_and_lose_nothing(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    page.form.said.set_text("here")
    page.keep_draft()
    other = opened(qtbot, family)
    assert other.form.said.text() == "here"
    other.form.said.set_text("there")
    other.keep_draft()
    page.look_again()
    assert page.form.said.text() == "there"
    other.form.said.set_text("there too")
    page.form.said.set_text("not kept yet")
    other.keep_draft()
    page.look_again()
    assert page.form.said.text() == "not kept yet"
    other.hide()


def test_where_nothing_can_be_written_the_words_stay_and_it_says_so(
    page: CallPage, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_person: str, _draft: Draft, *, typed: bool) -> None:
        raise DataReadOnly("data.read_only", path="x")

    monkeypatch.setattr(family.house.clinic_calls, "keep_draft", refuse)
    page.form.said.set_text("call at 38.0")
    page.keep_draft()
    page.look_again()
    assert page.form.said.text() == "call at 38.0"
    assert page.wrong.isVisible()
    assert page.wrong.text()


# ---- afterwards --------------------------------------------------------------------------------
def fill(qtbot: QtBot, page: CallPage) -> None:
    qtbot.keyClicks(page.question.area, "Come in?")
    qtbot.keyClicks(page.form.who.line, "Nurse Li")
    qtbot.keyClicks(page.form.said.area, "Measure again, call at 38.0")


def test_a_call_is_kept_with_its_appointment_and_one_undo_takes_all_back(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    fill(qtbot, page)
    page.form.next.set_value("call")
    page.form.next_day.set_text("21 Mar 2026")
    page.form.next_hour.set_text("9")
    click(qtbot, page, "Keep this call")
    (kept,) = calls(family)
    assert (kept.question, kept.who, kept.said) == (
        "Come in?", "Nurse Li", "Measure again, call at 38.0"
    )  # fmt: skip
    assert kept.at == at("2026-03-20T18:00")
    assert len(kept.about) == 3
    coming = family.house.clinic_calls.follow_up(kept)
    assert coming is not None
    assert (coming.title, coming.start) == ("Call Willow Lane again", at("2026-03-21T09:00"))
    assert (coming.type, coming.contact, coming.reminders) == ("follow-up", "clinic", (0,))
    assert page.question.text() == page.form.who.text() == page.form.said.text() == ""
    assert "Measure again, call at 38.0" in visible_text(page)
    assert family.house.clinic_calls.draft("rosa") == Draft()

    family.house.care.undo()
    assert calls(family) == []
    assert family.house.agenda.get(coming.id) is None
    assert page.question.text() == "Come in?", "what was typed is not lost by it"
    assert page.form.said.text() == "Measure again, call at 38.0"
    assert page.form.next_day.text() == "21 Mar 2026"


def test_an_appointment_without_an_hour_lasts_all_day(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    fill(qtbot, page)
    page.form.next.set_value("visit")
    page.form.next_day.set_text("24 Mar 2026")
    click(qtbot, page, "Keep this call")
    coming = family.house.clinic_calls.follow_up(calls(family)[0])
    assert coming is not None
    assert (coming.title, coming.start) == ("Follow-up, Willow Lane", AllDay(date(2026, 3, 24)))


@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [
        ("", "", "On which day?"),
        ("tomorow", "", "There is no such date. Write it like 24 Nov 2026."),
        ("21 Mar 2026", "25:00", "There is no such time."),
        ("19 Mar 2026", "", "This is before the call."),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused_beside_its_field(
    qtbot: QtBot, page: CallPage, family: Family, day: str, hour: str, sentence: str
) -> None:
    fill(qtbot, page)
    page.form.next.set_value("visit")
    page.form.next_day.set_text(day)
    page.form.next_hour.set_text(hour)
    click(qtbot, page, "Keep this call")
    wrong = page.form.next_hour if hour else page.form.next_day
    assert sentence in (wrong.error() or "")
    assert page.window().focusWidget() is wrong.control
    assert calls(family) == []
    assert page.form.said.text() == "Measure again, call at 38.0"


def test_a_call_of_a_time_to_come_and_an_empty_one_are_refused(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    click(qtbot, page, "Keep this call")
    assert page.form.said.error() == "Write down who answered or what they said."
    fill(qtbot, page)
    page.form.hour.set_text("19:30")
    click(qtbot, page, "Keep this call")
    assert page.form.hour.error() == "This time has not come yet. When did you call?"
    page.form.hour.set_text("17:30")
    click(qtbot, page, "Keep this call")
    assert [one.at for one in calls(family)] == [at("2026-03-20T17:30")]


def test_only_the_signs_since_the_last_call_are_ticked(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    fill(qtbot, page)
    click(qtbot, page, "Keep this call")
    family.clock.at = family.clock.at.replace(hour=23)
    wrote(family, "2026-03-20T18:40", "nausea")
    ticked = {
        row.accessibleName().split(",")[0] for row in page.form.rows.values() if row.state == "done"
    }
    assert ticked == {"Feeling sick", "Dizzy"}


def test_a_kept_call_is_corrected_and_deleted(qtbot: QtBot, page: CallPage, family: Family) -> None:
    fill(qtbot, page)
    click(qtbot, page, "Keep this call")
    click(qtbot, page, "Correct: Fri 20 Mar, 18:00")
    form = page.sheet
    assert isinstance(form, CallCorrection)
    form.form.who.set_text("Dr 李")
    form.primary.click()
    assert [(one.who, one.said) for one in calls(family)] == [
        ("Dr 李", "Measure again, call at 38.0")
    ]
    assert "Dr 李" in visible_text(page)
    click(qtbot, page, "Delete: Fri 20 Mar, 18:00")
    assert calls(family) == []
    assert not [one for one in page.findChildren(KeptCallView) if one.isVisible()]
    family.house.care.undo()
    assert len(calls(family)) == 1


def test_a_correction_offers_the_signs_of_then(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    tired = wrote(family, "2026-03-16T20:00", "nausea")
    family.house.clinic_calls.save(
        ClinicCall(id="c", person="rosa", at=at("2026-03-18T09:00"), said="x", about=(tired.id,))
    )
    click(qtbot, page, "Correct: Wed 18 Mar, 9:00")
    form = page.sheet
    assert isinstance(form, CallCorrection)
    said = [(row.accessibleName(), row.state) for row in form.form.rows.values()]
    assert [(name.split(",")[0], state) for name, state in said] == [
        ("Tiredness", "open"), ("Feeling sick", "done"),
    ]  # fmt: skip
    form.done(0)


def test_a_follow_up_is_opened_in_the_calendar(
    qtbot: QtBot, page: CallPage, family: Family
) -> None:
    fill(qtbot, page)
    page.form.next.set_value("visit")
    page.form.next_day.set_text("24 Mar 2026")
    click(qtbot, page, "Keep this call")
    with qtbot.waitSignal(page.asked) as told:
        click(qtbot, page, "See it in the calendar: Fri 20 Mar, 18:00")
    assert told.args == ["calendar", "appointment", calls(family)[0].follow_up]
    click(qtbot, page, "Correct: Fri 20 Mar, 18:00")
    form = page.sheet
    assert isinstance(form, CallCorrection)
    assert not form.form.next.isVisible(), "the calendar is where it is changed"
    assert "Follow-up, Willow Lane" in form.note.text()
    form.done(0)


# ---- ways out ----------------------------------------------------------------------------------
def test_escape_and_back_lead_to_the_signs(qtbot: QtBot, page: CallPage) -> None:
    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.back):
        qtbot.mouseClick(page.leave, Qt.MouseButton.LeftButton)


def test_the_printed_page_is_what_is_shown(
    qtbot: QtBot, page: CallPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.question.set_text("Come in? 要去吗")
    click(qtbot, page, "Print…")
    sheet = page.sheet
    assert isinstance(sheet, CallPrintSheet)
    target = tmp_path / "call.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda *_: target)
    sheet.save.click()
    found = words_of(target.read_bytes())
    for words in ("Rosa Marín", "555 0142", "Come in? 要去吗", "K2-026A", "not marked yet"):
        assert words in found
    sheet.done(0)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [900, 1280])
def test_nothing_is_wider_than_the_window(
    qtbot: QtBot, family: Family, scale: float, width: int
) -> None:
    long = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"
    family.house.people.save_contact(
        Contact(
            id="c2", person="rosa", name=f"{long} 王梅", role="clinic", phone="+49 30 " + "1" * 20
        )
    )
    wrote(family, "2026-03-20T17:40", long * 2)
    theme = Theme()
    theme.set_scale(scale)
    page = CallPage(family.house, theme)
    qtbot.addWidget(shown(page, theme, width, 860))
    page.enter()
    QApplication.processEvents()
    assert page.page.widget().width() <= page.page.viewport().width()
    for line in page.findChildren(LineView):
        if line.isVisible():
            assert line.mapTo(page, line.rect().topRight()).x() <= width
    theme.set_scale(1.0)
    page.hide()


def test_the_tab_key_goes_as_one_reads(page: CallPage) -> None:
    seen = []
    for _ in range(12):
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    order = [page.question.area, page.form.day.line, page.form.hour.line, page.form.who.line]
    places = [seen.index(one) for one in order]
    assert places == sorted(places)


def test_last_evening_without_an_end_is_now_in_its_line_as_above(page: CallPage, family: Family):
    wrote(family, "2026-03-19T23:50", "chest_pain", 2)
    assert "Emergency now: Chest pain" in page.numbers.emergency.words.text()
    told = [line for line in lines(page) if "Chest pain, moderate" in line]
    assert any("Emergency now" in line for line in told)
    assert not any("when it was seen" in line for line in told)


def test_how_urgent_it_was_is_not_told_as_now_once_it_is_over(page: CallPage, family: Family):
    wrote(family, "2026-03-20T09:00", "chest_pain", 2)
    assert any("Emergency now" in line for line in lines(page))
    (entry,) = [one for one in family.house.care.store.all(SideEffect) if one.sign == "chest_pain"]
    family.house.watch.close(entry.id)
    page.look_again()
    (told,) = [line for line in lines(page) if "Chest pain" in line and "Over " in line]
    assert "Emergency when it was seen" in told
    assert "Emergency now" not in told


def test_a_name_that_begins_with_the_stands_in_the_middle(page: CallPage, family: Family):
    clinic = family.house.care.store.get(Contact, "clinic")
    assert clinic is not None
    family.house.people.save_contact(replace(clinic, name="The clinic"))
    assert CallModel(family.house).follow_up_title("call") == "Call the clinic again"


# ---- what cannot be read -----------------------------------------------------------------------
def test_a_sheet_that_lacks_something_shows_whom_to_call_and_nothing_to_read_out(
    qtbot: QtBot, family: Family
) -> None:
    unread: list[str] = []
    family.house.care.unread = lambda: unread.append("told")
    damage(family, "UPDATE side_effect SET crc = crc + 1 WHERE rowid = 1")
    page = opened(qtbot, family)
    words = visible_text(page)
    assert "555 0142" in words
    assert "a sheet that lacks something is not shown" in words
    assert "call 911 now" in words
    assert not page.read_out.isVisible()
    assert not page.print.isVisible()
    assert unread


def test_what_is_being_typed_stays_when_something_cannot_be_read_any_more(
    family: Family, page: CallPage
) -> None:
    page.question.set_text("May she swim?")
    damage(family, "UPDATE side_effect SET crc = crc + 1 WHERE rowid = 1")
    page.look_again()
    assert page.question.text() == "May she swim?"
    assert page.question.isVisible()
    assert not page.read_out.isVisible()
    page.open_print()
    assert page.sheet is None


def damage(family: Family, sql: str) -> None:
    with closing(sqlite3.connect(family.house.care.store.path)) as raw:
        assert raw.execute(sql).rowcount == 1
        raw.commit()
