"""Waiting rows of what is no appointment, and of the sheets before a visit: words and doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Assistance, Authorisation, Call
from caregiver_app.gui.reminder_words import ReminderWords
from tests.gui.tabs_family import Family, settled_family
from tests.gui.today.page import Page, opened, settle, state_of

APPROVAL = Authorisation(
    id="au", person="rosa", last=date(2026, 4, 19), insurer="Harbour Health", number="12345",
    member="99-88", note="Ask for Ann\nsecond line",
)  # fmt: skip
HELP = Assistance(id="as", person="rosa", name="Fund", last=date(2026, 4, 19), phone="555 01")
CALL = Call(
    id="c", person="rosa", date=date(2026, 3, 19), with_whom="Willow Lane", again=date(2026, 3, 21),
    text="They look for the letter",
)  # fmt: skip


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


def keep(family: Family, *entries: Authorisation | Assistance | Call) -> None:
    care = family.house.care
    with care.change("done.entry_removed", name="x"):
        for entry in entries:
            care.store.put(care.stamped(entry, None))


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> Page:
    keep(family, replace(APPROVAL, plan=family.house.plans.all()[0].id), HELP, CALL)
    return opened(qtbot, family)


def test_an_approval_says_when_it_ends_and_leads_to_its_card(page: Page, family: Family) -> None:
    keep(family, replace(APPROVAL, plan="p1", last=date(2026, 4, 20)))
    assert "approval" not in " ".join(page.titles())
    page.at("2026-03-21T08:00")
    row = page.row("The approval of Harbour Health ends in 30 days, Mon 20 Apr")
    assert row.waiting.more == ("For infliximab · Ask for Ann",)
    assert (row.waiting.icon, row.waiting.name) == ("coverage", "Rosa Marín")
    assert "12345" not in row.about.accessibleDescription()
    page.click(row.about)
    assert page.asked == [("care", "authorisation", "au")]
    page.at("2026-03-21T23:00")
    assert not page.row(
        "The approval of Harbour Health ends in 30 days, Mon 20 Apr"
    ).waiting.overdue
    page.at("2026-03-22T08:00")
    late = page.row("The approval of Harbour Health ends in 29 days, Mon 20 Apr").waiting
    assert (late.overdue, late.chip) == (True, "Not marked yet · Sat 8:00")


def test_a_visit_that_nobody_marked_is_asked_about_once(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    page.at("2026-04-01T08:00")
    for one in family.house.reminders.open_now():
        if one.what != "happened":
            family.house.reminders.answer(one.id, "done")
    settle()
    row = page.row("Did it happen? Infusion 2, Tue 31 Mar")
    assert row.waiting.more == ("Open it to mark it done, or to say what became of it.",)
    page.click(row.about)
    assert page.asked == [("visit", "visit", "p1~2")]
    family.house.agenda.set_status("p1~2", "done")
    page.at("2026-04-01T08:01")
    assert page.titles() == []


def test_what_was_due_as_it_was_written_down_is_still_to_do(page: Page) -> None:
    # Written down on 20 March at 18:00, after eight that morning.
    page.at("2026-03-20T18:00")
    (row,) = [row for row in page.tab.waiting.rows.values() if row.waiting.lines]
    assert row.waiting.chip == "Still to do"
    assert not row.waiting.overdue
    assert [line.title for line in row.waiting.lines] == [
        "Fund ends in 30 days, Sun 19 Apr",
        "The approval of Harbour Health ends in 30 days, Sun 19 Apr",
    ]
    assert {line.asked for line in row.waiting.lines} == {
        ("care", "assistance", "as"), ("care", "authorisation", "au"),
    }  # fmt: skip


def test_a_call_to_make_again_is_answered_like_any_other(page: Page, family: Family) -> None:
    for one in family.house.reminders.open_now():
        family.house.reminders.answer(one.id, "done")
    page.at("2026-03-21T08:00")
    row = page.row("Call Willow Lane again")
    assert row.waiting.more == ("They look for the letter",)
    assert row.waiting.icon == "call"
    page.click(row.about)
    assert page.asked == [("care", "call", "c")]
    page.click(row.done_button)
    assert state_of(family, "c/2026-03-21/0") == "done"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-04-05T09:00", "Fund ends in 14 days, Sun 19 Apr"),
        ("2026-04-18T09:00", "Fund ends tomorrow, Sun 19 Apr"),
        ("2026-04-19T23:00", "Fund ends today"),
        ("2026-04-20T09:00", "Fund ended on Sun 19 Apr"),
    ],
)
def test_the_days_are_counted_from_today(family: Family, at: str, said: str) -> None:
    keep(family, HELP)
    family.clock.at = datetime.fromisoformat(at).replace(tzinfo=UTC, hour=12)
    (first, *_) = [one for one in family.house.reminders.open_now() if one.owner == "as"]
    assert ReminderWords(family.house).title(first) == said


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (replace(APPROVAL, insurer=""), "The approval ends in 29 days, Sun 19 Apr"),
        (
            replace(APPROVAL, last=date(2027, 4, 1), appeal=date(2026, 3, 28)),
            "Last day to appeal to Harbour Health: Sat 28 Mar",
        ),
        (
            replace(APPROVAL, last=date(2027, 4, 1), appeal=date(2026, 3, 28), insurer=""),
            "Last day to appeal: Sat 28 Mar",
        ),
    ],
)
def test_words_of_an_approval(family: Family, one: Authorisation, said: str) -> None:
    keep(family, one)
    family.clock.at = datetime(2026, 3, 21, 13, tzinfo=UTC)
    (found,) = [each for each in family.house.reminders.open_now() if each.owner == "au"]
    assert ReminderWords(family.house).title(found) == said


def test_the_desktop_stays_discreet_unless_details_were_chosen(family: Family) -> None:
    keep(family, APPROVAL)
    for one in family.house.reminders.open_now():
        family.house.reminders.answer(one.id, "done")
    family.clock.at = datetime(2026, 4, 5, 12, tzinfo=UTC)
    rings = [one for one in family.house.reminders.due() if one.owner == "au"]
    (notice,) = family.house.reminders.notices(rings)
    words = ReminderWords(family.house)
    assert words.desktop(notice) == ("Care reminder", "Care reminder, 08:00")
    family.house.people.set_details("rosa", shown=True)
    assert words.desktop(notice)[1] == (
        "Rosa Marín: The approval of Harbour Health ends in 14 days, Sun 19 Apr"
    )


def test_the_sheets_before_a_visit_are_lines_that_lead_to_it(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    page.at("2026-03-30T19:00")
    page.unfold()
    lines = [line for row in page.tab.waiting.rows.values() for line in row.waiting.lines]
    asked = {line.title: line.asked for line in lines}
    assert asked["Anything new since last time?"] == ("visit", "anything_new", "p1~2")
    assert asked["Well enough to go?"] == ("visit", "well_enough", "p1~2")
    for one in family.house.reminders.open_now():
        if one.what != "well_enough":
            family.house.reminders.answer(one.id, "done")
    row = page.row("Well enough to go?")
    assert row.waiting.more == ("For Infusion 2, Tue 31 Mar",)
    assert row.waiting.icon == "infusion"


def test_the_morning_stands_without_the_parts_that_are_off(family: Family) -> None:
    house = family.house
    house.visits.set_part("p1~2", "meal", on=False)
    family.clock.at = datetime(2026, 3, 31, 11, 31, tzinfo=UTC)
    (two_hours,) = [one for one in house.reminders.open_now() if one.minutes == 120]
    lines = ReminderWords(house).said(two_hours).lines
    assert not [line for line in lines if "meal" in line]
    assert [line for line in lines if line.startswith("Temperature once more")]
