"""The carer's own lane as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Authorisation, Contact, Setting
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.rest import rest_id
from caregiver_app.domain.support import Company, HelpTask, SelfCheck
from caregiver_app.domain.times import Zoned, to_text
from caregiver_app.errors import DataBusy
from caregiver_app.gui.support.own_check import CheckSheet, KeptChecksSheet
from caregiver_app.gui.support.own_help import AskSheet, HelpTaskSheet
from caregiver_app.gui.support.own_lane import OwnLane
from caregiver_app.gui.support.own_people import PeopleSheet
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import (
    ZONE,
    Family,
    button,
    open_family,
    rosas_family,
    shown,
    visible_text,
)

VISIT = "p1~2"
"""Infusion 2, Tuesday 31 March, 9:30 to 11:50."""


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def opened(qtbot: QtBot, family: Family) -> OwnLane:
    theme = Theme()
    lane = OwnLane(theme, family.house)
    family.house.care.changes.listen(lambda _change: lane.refresh())
    lane.refresh()
    qtbot.addWidget(shown(lane, theme, width=420))
    return lane


@pytest.fixture
def lane(qtbot: QtBot, family: Family) -> OwnLane:
    return opened(qtbot, family)


def click(qtbot: QtBot, one: QPushButton) -> None:
    assert one.isVisible()
    assert one.isEnabled()
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)


def answer(qtbot: QtBot, sheet: CheckSheet, **answers: int) -> None:
    for id_, place in answers.items():
        segment = sheet.rows[id_].choice.segments[place]
        sheet.area.ensureWidgetVisible(segment)
        qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)


def check(qtbot: QtBot, family: Family, lane: OwnLane) -> CheckSheet:
    family.house.carer.want_check(wanted=True)
    click(qtbot, lane.check.start)
    assert isinstance(lane.sheet, CheckSheet)
    return lane.sheet


# -- Rest -----------------------------------------------------------------------------------------


def test_an_hour_to_rest_is_held_in_one_click(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    words = "Tue 31 Mar, 10:00 to 11:00, while Rosa is in the chair"
    assert words in visible_text(lane)
    lane.rest.hold.setFocus()
    click(qtbot, lane.rest.hold)
    held = family.house.agenda.get(rest_id(VISIT))
    assert held is not None
    assert (held.type, held.title, to_text(held.start), held.minutes) == (
        "other", "My hour to rest", "2026-03-31T10:00", 60,
    )  # fmt: skip
    assert "Tue 31 Mar, 10:00 to 11:00, in your calendar" in visible_text(lane)
    assert not lane.rest.hold.isVisible()
    with qtbot.waitSignal(lane.asked) as asked:
        click(qtbot, lane.rest.open)
    assert asked.args == ["calendar", "appointment", rest_id(VISIT)]
    family.house.care.undo()
    assert words in visible_text(lane)


def test_who_sits_in_meanwhile_is_named(lane: OwnLane, family: Family) -> None:
    teo = Company(id="", person="rosa", visit=VISIT, who="Teo", after=0, minutes=100)
    family.house.company.save(teo)
    assert "while Teo is with Rosa" in visible_text(lane)
    family.house.company.save(replace(teo, id=family.house.company.of(VISIT)[0].id, minutes=60))
    assert "while Rosa is in the chair" in visible_text(lane), "Teo leaves before the hour ends"


def test_not_now_means_not_for_this_visit(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    lane.rest.decline.setFocus()
    click(qtbot, lane.rest.decline)
    assert not lane.rest.isVisible()
    assert lane.check.want.hasFocus(), "the keyboard goes to what comes next"
    lane.refresh()
    assert not lane.rest.isVisible()
    family.house.care.undo()
    assert lane.rest.isVisible()


def test_a_visit_that_moved_asks_to_move_the_hour(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    click(qtbot, lane.rest.hold)
    day = Zoned(datetime(2026, 4, 2, 14, 0), ZONE)
    family.house.plans.move(VISIT, day, Choice.ONLY_THIS, agreed=True)
    assert "The infusion is on Thu 2 Apr now." in visible_text(lane)
    click(qtbot, button(lane, "Move the hour too"))
    assert to_text(family.house.agenda.get(rest_id(VISIT)).start) == "2026-04-02T14:30"
    assert "in your calendar" in visible_text(lane)


def test_an_hour_of_a_cancelled_visit_is_told_and_may_stay(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    click(qtbot, lane.rest.hold)
    family.house.plans.cancel(VISIT, agreed=True)
    told = "Tue 31 Mar, 10:00 to 11:00, is still in your calendar. No infusion goes with it now."
    assert told in visible_text(lane)
    assert not lane.rest.hold.isVisible()
    with qtbot.waitSignal(lane.asked) as asked:
        click(qtbot, lane.rest.open)
    assert asked.args == ["calendar", "appointment", rest_id(VISIT)]
    click(qtbot, button(lane, "Leave the hour to rest there"))
    assert told not in visible_text(lane)
    assert family.house.agenda.get(rest_id(VISIT)) is not None


def test_what_cannot_be_written_says_so(
    qtbot: QtBot, lane: OwnLane, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object) -> None:
        raise DataBusy("data.busy")

    monkeypatch.setattr(family.house.carer, "hold_rest", busy)
    click(qtbot, lane.rest.hold)
    assert lane.rest.wrong.isVisible()
    assert lane.rest.wrong.text()
    assert lane.rest.hold.isVisible()


# -- The check ------------------------------------------------------------------------------------


def test_the_check_is_offered_only_once_somebody_wants_it(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    assert not lane.check.start.isVisible()
    lane.check.want.setFocus()
    click(qtbot, lane.check.want)
    assert lane.check.start.isVisible()
    assert lane.check.start.hasFocus()
    assert family.house.carer.wants_check
    sheet = check(qtbot, family, lane)
    click(qtbot, sheet.stop)
    assert lane.sheet is None
    assert lane.check.want.isVisible()


def test_no_answer_is_chosen_beforehand_and_no_arrow_answers(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    sheet = check(qtbot, family, lane)
    assert len(sheet.rows) == 8
    assert all(row.answer() is None for row in sheet.rows.values())
    asked: list[int] = []
    lane.crisis_asked.connect(lambda: asked.append(1))
    choice = sheet.rows["q8"].choice
    choice.segments[0].setFocus()
    qtbot.keyClick(choice.segments[0], Qt.Key.Key_Right)
    qtbot.keyClick(choice.segments[1], Qt.Key.Key_Right)
    assert choice.value() is None
    answer(qtbot, sheet, q8=0)
    qtbot.keyClick(choice.segments[0], Qt.Key.Key_Right)
    qtbot.keyClick(choice.segments[1], Qt.Key.Key_Right)
    assert choice.value() == "0", "nor does one that leaves an answer"
    assert asked == []
    qtbot.keyClick(choice.segments[2], Qt.Key.Key_Space)
    assert asked == [1], "answered by key, the panel opens as well"


@pytest.mark.parametrize("place", [1, 2, 3])
def test_an_answer_about_danger_opens_the_crisis_panel_at_once(
    qtbot: QtBot, lane: OwnLane, family: Family, place: int
) -> None:
    sheet = check(qtbot, family, lane)
    with qtbot.waitSignal(lane.crisis_asked):
        answer(qtbot, sheet, q8=place)
    assert sheet.isVisible(), "it lies over the form"
    assert family.house.care.store.all(SelfCheck) == []
    assert family.house.carer.checked_on is None, "nothing was finished"
    with qtbot.waitSignal(lane.crisis_asked):
        click(qtbot, sheet.danger)


def test_not_at_all_opens_nothing(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    sheet = check(qtbot, family, lane)
    asked: list[int] = []
    lane.crisis_asked.connect(lambda: asked.append(1))
    answer(qtbot, sheet, q1=0, q2=0, q3=3, q4=3, q5=3, q6=0, q7=3, q8=0)
    assert asked == []
    assert not sheet.danger.isVisible()
    answer(qtbot, sheet, q8=2)
    answer(qtbot, sheet, q8=0)
    assert not sheet.danger.isVisible(), "corrected"


def test_two_hard_things_show_the_people_to_call(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    sheet = check(qtbot, family, lane)
    answer(qtbot, sheet, q1=1, q5=2)
    click(qtbot, sheet.primary)
    assert isinstance(lane.sheet, PeopleSheet)
    text = visible_text(lane.sheet)
    assert "Some of this has been hard lately. Here is whom you could call." in text
    assert "555 0117" in text
    assert family.house.care.store.all(SelfCheck) == []
    assert not any(sign.isdigit() for sign in lane.sheet.subtitle.text()), "no score"


def test_light_answers_end_quietly_for_a_week(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    sheet = check(qtbot, family, lane)
    answer(qtbot, sheet, q1=3, q3=1)
    click(qtbot, sheet.primary)
    assert lane.sheet is None
    assert not lane.check.start.isVisible()
    assert "Next time from Fri 27 Mar on." in visible_text(lane)
    family.clock.at += timedelta(days=6)
    lane.refresh()
    assert not lane.check.start.isVisible()
    family.clock.at += timedelta(days=1)
    lane.refresh()
    assert lane.check.start.isVisible()


def test_todays_answers_are_corrected_today(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    sheet = check(qtbot, family, lane)
    with qtbot.waitSignal(lane.crisis_asked):
        click(qtbot, sheet.panel)
    assert sheet.panel.words == "Crisis panel (F4)"
    qtbot.mouseClick(sheet.keep, Qt.MouseButton.LeftButton)
    answer(qtbot, sheet, q1=3, q2=3, q3=0, q4=0, q5=1, q6=3, q7=0, q8=0)
    click(qtbot, sheet.primary)
    assert lane.check.redo.isVisible()
    click(qtbot, lane.check.redo)
    again = lane.sheet
    assert isinstance(again, CheckSheet)
    assert again.keep.state == "done", "as it was kept today"
    answer(qtbot, again, q1=3, q2=3, q3=0, q4=0, q5=0, q6=3, q7=0, q8=0)
    click(qtbot, again.primary)
    (kept,) = family.house.carer.checks()
    assert kept.answers == (3, 3, 0, 0, 0, 3, 0, 0)
    family.clock.at += timedelta(days=1)
    lane.refresh()
    assert not lane.check.redo.isVisible()


def test_leaving_the_check_asks_nothing_and_keeps_nothing(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    sheet = check(qtbot, family, lane)
    answer(qtbot, sheet, q1=0, q3=3)
    before = {one.id for one in family.house.care.store.all(Setting)}
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert lane.sheet is None
    assert {one.id for one in family.house.care.store.all(Setting)} == before
    assert lane.check.start.isVisible()


def test_answers_are_kept_seen_and_deleted_only_where_asked(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    assert not lane.check.kept.isVisible()
    sheet = check(qtbot, family, lane)
    qtbot.mouseClick(sheet.keep, Qt.MouseButton.LeftButton)
    answer(qtbot, sheet, q1=3)
    click(qtbot, sheet.primary)
    assert "answer all eight. Still open: 7." in visible_text(sheet)
    answer(qtbot, sheet, q2=3, q3=0, q4=0, q5=1, q6=3, q7=0, q8=0)
    click(qtbot, sheet.primary)
    (kept,) = family.house.care.store.all(SelfCheck)
    assert kept.answers == (3, 3, 0, 0, 1, 3, 0, 0)
    click(qtbot, lane.check.kept)
    assert isinstance(lane.sheet, KeptChecksSheet)
    qtbot.mouseClick(lane.sheet.folds[0].head, Qt.MouseButton.LeftButton)
    text = visible_text(lane.sheet)
    assert "Some days: I felt alone with all this." in text
    click(qtbot, button(lane.sheet, "Delete these answers"))
    assert lane.sheet is None
    assert family.house.carer.checks() == []
    assert not lane.check.kept.isVisible()


# -- What others could take -----------------------------------------------------------------------


def test_a_drive_is_asked_for_without_telling_what_for(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    click(qtbot, button(lane, "Ask for help: Drive Rosa on Tue 31 Mar"))
    sheet = lane.sheet
    assert isinstance(sheet, AskSheet)
    text = sheet.message.field.text()
    assert text == (
        "Hello, could you drive Rosa on Tuesday 31 March? We have to be there at 9:30. Thank you."
    )
    assert "nfusion" not in text
    sheet.message.field.set_text(f"{text} Love")
    click(qtbot, sheet.primary)
    assert QGuiApplication.clipboard().text() == f"{text} Love"
    assert "Copied." in visible_text(sheet)
    with qtbot.waitSignal(lane.asked) as asked:
        click(qtbot, sheet.lead)
    assert asked.args == ["bag", "ride", VISIT]
    family.house.agenda.set_ride(VISIT, "Ana", "", "")
    assert "Drive Rosa on Tue 31 Mar" not in visible_text(lane)


def test_an_approval_about_to_end_leads_to_itself(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    family.house.people.save_authorisation(
        Authorisation(id="auth", person="rosa", insurer="Acme", last=date(2026, 3, 31))
    )
    click(qtbot, button(lane, "Ask for help: Renew Rosa’s approval, ends Tue 31 Mar"))
    assert "Tuesday 31 March" in lane.sheet.message.field.text()
    with qtbot.waitSignal(lane.asked) as asked:
        click(qtbot, lane.sheet.lead)
    assert asked.args == ["care", "authorisation", "auth"]


def test_an_own_task_is_written_taken_and_done(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    click(qtbot, lane.help.add_button)
    sheet = lane.sheet
    assert isinstance(sheet, HelpTaskSheet)
    qtbot.keyClicks(sheet.what.line, "Supper")
    sheet.day.set_text("31 March 2026")
    assert "Supper" in sheet.message.field.text()
    assert "Tuesday 31 March" in sheet.message.field.text()
    click(qtbot, sheet.primary)
    (kept,) = family.house.carer.tasks("rosa")
    assert (kept.text, kept.day, kept.who) == ("Supper", date(2026, 3, 31), "")
    click(qtbot, button(lane, "Ask for help: Supper · Tue 31 Mar"))
    qtbot.keyClicks(lane.sheet.who.line, "Teo")
    click(qtbot, lane.sheet.primary)
    click(qtbot, button(lane, "Teo takes it: Supper · Tue 31 Mar"))
    qtbot.mouseClick(lane.sheet.done_tick, Qt.MouseButton.LeftButton)
    click(qtbot, lane.sheet.primary)
    assert "Supper" not in visible_text(lane)
    assert family.house.carer.tasks("rosa") == []
    family.house.care.undo()
    assert "Supper" in visible_text(lane)


def test_a_message_that_was_changed_is_left_alone(qtbot: QtBot, lane: OwnLane) -> None:
    click(qtbot, lane.help.add_button)
    sheet = lane.sheet
    sheet.message.field.set_text("My own words")
    qtbot.keyClicks(sheet.what.line, "Supper")
    assert sheet.message.field.text() == "My own words"


def test_a_task_without_words_stays_in_the_form(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    click(qtbot, lane.help.add_button)
    sheet = lane.sheet
    click(qtbot, sheet.primary)
    assert sheet.what.error()
    qtbot.keyClicks(sheet.what.line, "<b>Post</b>")
    sheet.day.set_text("30 February")
    click(qtbot, sheet.primary)
    assert sheet.day.error()
    sheet.day.set_text("")
    click(qtbot, sheet.primary)
    assert "<b>Post</b>" in visible_text(lane), "shown letter by letter"
    assert family.house.carer.tasks("rosa")[0].day is None


def test_a_long_list_is_shown_when_asked_for(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    for number in range(6):
        family.house.carer.save_task(HelpTask(id="", person="rosa", text=f"Task {number}"))
    assert len(lane.help.rows) == 4
    click(qtbot, lane.help.more)
    assert len(lane.help.rows) == 7
    assert not lane.help.more.isVisible()


def test_what_is_taken_away_leaves_the_keyboard_near(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    first = family.house.carer.save_task(HelpTask(id="a", person="rosa", text="One"))
    family.house.carer.save_task(HelpTask(id="b", person="rosa", text="Two"))
    lane.help.rows["own/a"].button.setFocus()
    family.house.carer.save_task(replace(first, done=True))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert lane.help.isAncestorOf(focus)


# -- Whom to call ---------------------------------------------------------------------------------


def test_somebody_to_call_is_chosen_from_the_contacts(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    click(qtbot, button(lane, "People to call"))
    sheet = lane.sheet
    assert isinstance(sheet, PeopleSheet)
    click(qtbot, sheet.save)
    assert sheet.choice.error()
    sheet.choice.set_value("ana")
    assert family.house.carer.to_call is None, "an arrow key on its way past chooses nobody"
    click(qtbot, sheet.save)
    assert family.house.carer.to_call.id == "ana"
    click(qtbot, sheet.copy_button)
    assert QGuiApplication.clipboard().text() == "555 0117"
    assert "Copied: 555 0117" in visible_text(sheet)
    sheet.reject()
    assert "Call Ana, 555 0117" in visible_text(lane)
    family.house.people.save_contact(replace(family.house.people.contact("ana"), phone="555 0118"))
    assert "Call Ana, 555 0118" in visible_text(lane), "no fact is kept twice"


def test_somebody_new_is_written_down_once(qtbot: QtBot, lane: OwnLane, family: Family) -> None:
    click(qtbot, button(lane, "People to call"))
    sheet = lane.sheet
    sheet.choice.set_value("new")
    click(qtbot, sheet.save)
    assert sheet.new_name.error()
    qtbot.keyClicks(sheet.new_name.line, "Teo")
    qtbot.keyClicks(sheet.new_phone.line, "01632 960126")
    click(qtbot, sheet.save)
    assert "Teo" not in [one.name for one in family.house.people.contacts("rosa")]
    assert family.house.carer.to_call.name == "Teo"
    assert sheet.number.text() == "01632 960126"


def test_the_signs_that_help_is_needed_stand_there_with_what_to_do(
    qtbot: QtBot, lane: OwnLane
) -> None:
    click(qtbot, button(lane, "People to call"))
    sheet = lane.sheet
    qtbot.mouseClick(sheet.signs.head, Qt.MouseButton.LeftButton)
    text = visible_text(sheet)
    for words in ("On most days for two weeks", "Book your own doctor", "Conflict, fear or harm"):
        assert words in text
    with qtbot.waitSignal(lane.crisis_asked):
        click(qtbot, sheet.danger)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("112", "If anyone is in danger: 112"),
        ("", "If anyone is in danger: call your local emergency number now"),
    ],
)
def test_the_foot_leads_to_the_crisis_panel(
    qtbot: QtBot, lane: OwnLane, family: Family, number: str, said: str
) -> None:
    family.house.settings.set("emergency_number", number)
    assert said in visible_text(lane)
    with qtbot.waitSignal(lane.crisis_asked):
        click(qtbot, button(lane, "Open the crisis panel"))


# -- Small things ---------------------------------------------------------------------------------


def test_a_small_thing_put_away_never_comes_again(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    qtbot.mouseClick(lane.ideas.head, Qt.MouseButton.LeftButton)
    first = lane.ideas.card
    assert first is not None
    click(qtbot, lane.ideas.never)
    seen = set()
    for _ in range(20):
        assert lane.ideas.card is not None
        seen.add(lane.ideas.card.id)
        click(qtbot, lane.ideas.another)
    assert first.id not in seen
    assert len(seen) == 7
    qtbot.mouseClick(lane.ideas.away.head, Qt.MouseButton.LeftButton)
    click(qtbot, button(lane, f"Bring back: {first.text}"))
    assert not family.house.card_choices.is_put_away("rosa", first.id)


# -- All of it ------------------------------------------------------------------------------------


def test_before_anybody_is_entered_it_stands_there_all_the_same(
    qtbot: QtBot, tmp_path: Path
) -> None:
    empty = open_family(tmp_path)
    lane = opened(qtbot, empty)
    assert not lane.rest.isVisible()
    text = visible_text(lane)
    assert "About you." in text
    assert "Nothing on the list." in text
    click(qtbot, button(lane, "People to call"))
    qtbot.keyClicks(lane.sheet.new_name.line, "Teo")
    click(qtbot, lane.sheet.save)
    assert empty.house.carer.to_call.name == "Teo"
    empty.close()


def test_every_control_has_a_name_and_a_target(lane: OwnLane) -> None:
    seen = [one for one in lane.findChildren(QPushButton) if one.isVisible()]
    assert len(seen) >= 6
    assert all(one.accessibleName() for one in seen)
    assert all(one.height() >= 44 for one in seen)
    names = [one.accessibleName() for one in seen]
    assert len(names) == len(set(names))


def test_nothing_of_the_lane_is_in_a_window_title(
    qtbot: QtBot, lane: OwnLane, family: Family
) -> None:
    family.house.people.save_contact(Contact(id="x", person="rosa", name="Zanzibar"))
    family.house.carer.save_task(HelpTask(id="t", person="rosa", text="Zanzibar"))
    lane.open_task("t")
    assert isinstance(lane.sheet, HelpTaskSheet)
    assert "Zanzibar" not in lane.sheet.windowTitle()
    assert family.house.care.store.all(Appointment, type="other") == []
