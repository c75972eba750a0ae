"""The therapy that began before the program: its last infusion, and what was typed stays typed."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from tests.gui.first_run.conftest import NEXT, Hand


def at_plan(hand: Hand):
    hand.accept()
    hand.fill_person()
    return hand.step("plan")


def fill(hand: Hand, every: str = "8") -> None:
    step = hand.step("plan")
    hand.write(step.medicine, "infliximab")
    hand.write(step.day, "31 Mar 2026")
    hand.write(step.time, "9:30")
    if every:
        hand.write(step.every, every)


def statuses(hand: Hand) -> list[tuple[date, str]]:
    (plan,) = hand.home.house.plans.all()
    visits = hand.home.house.care.store.visits(plan.id)
    return [(one.start.local.date(), one.status) for one in visits]


def test_nothing_is_answered_by_itself_and_it_may_stay_open(hand: Hand):
    step = at_plan(hand)
    assert step.earlier.choice.value() is None
    assert not step.earlier.last.isVisible()
    fill(hand)
    hand.click(NEXT)
    assert statuses(hand)[0] == (date(2026, 3, 31), "planned")


def test_the_infusion_before_is_kept_as_done_and_the_next_keeps_its_day(hand: Hand):
    step = at_plan(hand)
    fill(hand)
    hand.click("Yes")
    hand.write(step.earlier.last, "3 Feb 2026")
    hand.click(NEXT)
    assert hand.place == "numbers"
    assert statuses(hand)[:3] == [
        (date(2026, 2, 3), "done"),
        (date(2026, 3, 31), "planned"),
        (date(2026, 5, 26), "planned"),
    ]
    hand.click("Back")
    said = step.kept.findChildren(type(step.sentence))
    assert any("Kept: Tue 31 Mar 2026" in one.text() for one in said)


def test_a_day_without_its_year_is_the_one_that_was(hand: Hand):
    step = at_plan(hand)
    fill(hand)
    hand.click("Yes")
    hand.write(step.earlier.last, "3 Feb")
    assert step.earlier.day() == date(2026, 2, 3)
    step.earlier.last.set_text("3 Dec")
    assert step.earlier.day() == date(2025, 12, 3)
    step.earlier.last.set_text("3 Dec 2026")
    assert step.earlier.day() == date(2026, 12, 3), "with its year it is what was typed"


def test_one_that_came_late_does_not_move_the_rhythm(hand: Hand):
    step = at_plan(hand)
    fill(hand)
    hand.click("Yes")
    hand.write(step.earlier.last, "10 Mar 2026")
    hand.click(NEXT)
    days = [day for day, _ in statuses(hand)]
    assert days[:3] == [date(2026, 3, 10), date(2026, 3, 31), date(2026, 5, 26)]


def test_without_a_gap_only_the_two_are_kept(hand: Hand):
    step = at_plan(hand)
    fill(hand, every="")
    hand.click("Yes")
    hand.write(step.earlier.last, "10 Mar 2026")
    hand.click(NEXT)
    assert statuses(hand) == [(date(2026, 3, 10), "done"), (date(2026, 3, 31), "planned")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Give the day of the last one"),
        ("30 Feb 2026", "no such date"),
        ("21 Mar 2026", "is past, and before the next one"),
        ("31 Mar 2026", "is past, and before the next one"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_it(hand: Hand, text: str, said: str):
    step = at_plan(hand)
    fill(hand)
    hand.click("Yes")
    hand.write(step.earlier.last, text)
    hand.click(NEXT)
    assert said in (step.earlier.last.error() or "")
    assert step.earlier.last.text().startswith(text[:2]) or text[:2] in step.earlier.last.text()
    assert (hand.place, hand.counts()[2]) == ("plan", 0)


def test_no_hides_the_question_again(hand: Hand):
    step = at_plan(hand)
    hand.click("Yes")
    assert step.earlier.last.isVisible()
    hand.click("No, it is the first")
    assert not step.earlier.last.isVisible()


def test_the_whole_form_begins_with_what_was_typed(hand: Hand):
    step = at_plan(hand)
    fill(hand, every="6")
    step.unit.set_value("month")
    hand.click("It starts with starting doses")
    sheet = step.sheet
    assert isinstance(sheet, PlanDialog)
    schedule = sheet.schedule
    assert sheet.medicine.text() == "infliximab"
    assert schedule.day.value() == date(2026, 3, 31)
    assert schedule.time.text() == step.time.text()
    assert (schedule.every.value(), schedule.every_unit.value()) == (6, "month")
    sheet.done(0)
    assert step.every.text() == "6", "closed again nothing is lost"


def test_what_cannot_be_read_goes_along_as_typed(hand: Hand):
    step = at_plan(hand)
    hand.write(step.day, "soon")
    hand.click("It starts with starting doses")
    assert step.sheet.schedule.day.text() == "soon"
    step.sheet.done(0)
