"""One visit of a plan: done on the day or another, booked, delayed, back again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caregiver_app.domain.entities import InfusionRecord, Phase
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from tests.factories import moment, plan
from tests.fakes import Home


@pytest.fixture
def entered(home: Home) -> Home:
    home.house.plans.save(plan())
    home.clock.at("2026-12-10T15:00")
    return home


def record(visit: str = "p1~2", **fields: str) -> InfusionRecord:
    return InfusionRecord(id="", person="", visit=visit, **fields)


# ---- done --------------------------------------------------------------------------------------
def test_done_as_it_stands_in_the_calendar(entered: Home):
    before = entered.dump()
    assert entered.house.plans.done("p1~2") == 0
    visit = entered.visit("p1~2")
    assert (visit.status, visit.sequence) == ("done", 1)
    assert visit.start == moment("2026-12-08T09:30")
    assert entered.house.care.undo()[0] == "done.visit_done"
    assert entered.dump() == before


def test_done_at_another_hour_of_the_same_day_does_not_ask(entered: Home):
    dates = entered.dates("p1")
    entered.house.plans.done("p1~2", start=moment("2026-12-08T10:15"))
    visit = entered.visit("p1~2")
    assert (visit.start, visit.status) == (moment("2026-12-08T10:15"), "done")
    assert entered.dates("p1") == dates


def test_another_hour_of_the_same_day_counts_nothing_anew_whatever_was_chosen(entered: Home):
    move = entered.house.plans.move
    move("p1~3", moment("2027-01-08T09:30"), Choice.ONLY_THIS, agreed=True)
    entered.house.plans.done(
        "p1~2", start=moment("2026-12-08T10:15"), choice=Choice.COUNT_FROM_HERE, agreed=True
    )
    assert entered.visit("p1~3").start == moment("2027-01-08T09:30")
    assert entered.house.plans.get("p1").anchors == ()


@pytest.mark.parametrize(
    ("choice", "agreed", "field"),
    [(None, False, "choice"), (None, True, "choice"), (Choice.COUNT_FROM_HERE, False, "agreed")],
)
def test_done_on_another_day_is_the_question_of_every_door(entered: Home, choice, agreed, field):
    before = entered.dump()
    with pytest.raises(AsksFirst) as asked:
        entered.house.plans.done(
            "p1~2", start=moment("2026-12-09T09:30"), choice=choice, agreed=agreed
        )
    assert asked.value.field == field
    assert entered.dump() == before


@pytest.mark.parametrize(
    ("choice", "third"),
    [
        (Choice.ONLY_THIS, date(2027, 1, 5)),
        (Choice.COUNT_FROM_HERE, date(2027, 1, 6)),
        (Choice.RESTART_PHASE, date(2026, 12, 23)),
    ],
)
def test_done_on_another_day_is_one_change_and_one_undo(entered: Home, choice, third):
    before, start = entered.dump(), moment("2026-12-09T08:30")
    told = entered.house.plans.preview_move("p1~2", start, choice)
    changed = entered.house.plans.done(
        "p1~2", start=start, choice=choice, agreed=True, record=record(lot="AB 1")
    )
    assert changed == len(told)
    assert (entered.visit("p1~2").status, entered.visit("p1~2").start) == ("done", start)
    assert wall(entered.visit("p1~3").start).date() == third
    assert entered.house.records.of("p1~2").lot == "AB 1"
    assert entered.house.care.undo()[0] == "done.visit_done"
    assert entered.dump() == before


def test_a_visit_that_is_still_to_come_is_not_done(entered: Home):
    with pytest.raises(InputRefused) as refused:
        entered.house.plans.done("p1~3")
    assert (refused.value.key, refused.value.field) == ("visit.not_yet", "start")
    with pytest.raises(InputRefused) as refused:
        entered.house.plans.done(
            "p1~2", start=moment("2026-12-11T09:30"), choice=Choice.ONLY_THIS, agreed=True
        )
    assert refused.value.key == "visit.not_yet"
    # later the same day it may be marked ahead of its end
    entered.clock.at("2027-01-05T07:00")
    entered.house.plans.done("p1~3")
    assert entered.visit("p1~3").status == "done"


def test_done_earlier_than_planned(entered: Home):
    entered.house.plans.done(
        "p1~3", start=moment("2026-12-10T09:30"), choice=Choice.COUNT_FROM_HERE, agreed=True
    )
    assert wall(entered.visit("p1~4").start).date() == date(2027, 2, 4)


@pytest.mark.parametrize(
    ("start", "key"), [("2026-12-09", "plan.no_hour"), ("2026-03-08T02:30", "time.gap")]
)
def test_an_hour_that_cannot_be(entered: Home, start: str, key: str):
    with pytest.raises(InputRefused) as refused:
        entered.house.plans.done("p1~2", start=moment(start), choice=Choice.ONLY_THIS, agreed=True)
    assert refused.value.key == key


def test_a_record_that_cannot_be_taken_keeps_nothing(entered: Home):
    before = entered.dump()
    with pytest.raises(FormRefused) as refused:
        entered.house.plans.done("p1~2", record=record(lot="a\x07b", maker="x" * 300))
    assert [e.field for e in refused.value.errors] == ["maker", "lot"]
    assert entered.dump() == before


def test_done_after_the_last_day_of_the_plan_stays(home: Home):
    home.house.plans.save(plan(last=date(2027, 1, 5)))
    home.clock.at("2027-01-07T12:00")
    home.house.plans.done(
        "p1~3", start=moment("2027-01-06T09:30"), choice=Choice.COUNT_FROM_HERE, agreed=True
    )
    assert (home.visit("p1~3").status, home.dates("p1")[-1]) == ("done", date(2027, 1, 6))


def test_what_is_no_visit_is_not_done(entered: Home):
    for entry in ("nobody", "p1"):
        with pytest.raises(InputRefused) as refused:
            entered.house.plans.done(entry)
        assert refused.value.key == "visit.gone"


# ---- planned, booked, delayed ------------------------------------------------------------------
@pytest.mark.parametrize("status", ["booked", "delayed"])
def test_a_status_is_one_named_change(entered: Home, status: str):
    before = entered.dump()
    entered.house.plans.set_status("p1~3", status)
    assert (entered.visit("p1~3").status, entered.visit("p1~3").sequence) == (status, 1)
    assert entered.house.care.store.undo_label()[0] == f"done.visit_{status}"
    entered.house.plans.set_status("p1~3", status)  # the same again is no change
    assert entered.visit("p1~3").sequence == 1
    entered.house.care.undo()
    assert entered.dump() == before


def test_back_from_done_keeps_what_was_written_down(entered: Home):
    entered.house.plans.done("p1~2", record=record(lot="AB 1"))
    entered.house.plans.set_status("p1~2", "planned")
    assert entered.visit("p1~2").status == "planned"
    assert entered.house.records.of("p1~2").lot == "AB 1"
    entered.house.plans.set_status("p1~2", "done")
    assert entered.visit("p1~2").status == "done"


def test_other_words_are_refused(entered: Home):
    with pytest.raises(AsksFirst):
        entered.house.plans.set_status("p1~2", "cancelled")
    with pytest.raises(InputRefused) as refused:
        entered.house.plans.set_status("p1~2", "missed")
    assert refused.value.key == "choice.unknown"


# ---- with parts --------------------------------------------------------------------------------
INJECTIONS = Phase(begins=12, begins_unit="week", offsets=(0,), unit="week", every=8, at_home=True)


@pytest.fixture
def at_home(home: Home) -> Home:
    home.house.plans.save(
        plan(medicine="risankizumab", offsets=(0, 4, 8), every=None, phases=(INJECTIONS,))
    )
    return home


def test_injections_at_home_are_medication_times(at_home: Home):
    kinds = [(v.type, v.title, v.minutes) for v in at_home.house.care.store.visits("p1")[:5]]
    assert kinds == [
        ("infusion", "Infusion 1", 150), ("infusion", "Infusion 2", 150),
        ("infusion", "Infusion 3", 150), ("medication", "Injection 4", 30),
        ("medication", "Injection 5", 30),
    ]  # fmt: skip


def test_a_plan_of_injections_alone(home: Home):
    home.house.plans.save(plan(offsets=(0,), every=2, at_home=True, minutes=20))
    visit = home.visit("p1~1")
    assert (visit.type, visit.title, visit.minutes) == ("medication", "Injection 1", 20)
    with pytest.raises(AsksFirst):
        home.house.agenda.remove("p1~1")
    home.house.plans.move("p1~2", moment("2026-12-10T09:30"), Choice.COUNT_FROM_HERE, agreed=True)
    assert home.dates("p1")[2] == date(2026, 12, 24)


def test_counting_from_here_moves_injections_too(at_home: Home):
    move = at_home.house.plans.move
    before = at_home.dates("p1")
    move("p1~2", moment("2026-12-29T09:30"), Choice.COUNT_FROM_HERE, agreed=True)
    assert at_home.dates("p1")[1:6] == [day + timedelta(days=7) for day in before[1:6]]
    assert at_home.visit("p1~4").minutes == 30


def test_a_course_that_begins_again_turns_injections_into_infusions(at_home: Home):
    house = at_home.house
    house.agenda.set_ride("p1~3", "Ana", "1", "08:40")
    before = at_home.dump()
    house.plans.move("p1~2", moment("2027-01-05T09:30"), Choice.RESTART_PHASE, agreed=True)
    kinds = [(v.type, v.title, v.minutes) for v in house.care.store.visits("p1")[:6]]
    assert kinds[2:] == [
        ("infusion", "Infusion 3", 150), ("infusion", "Infusion 4", 150),
        ("medication", "Injection 5", 30), ("medication", "Injection 6", 30),
    ]  # fmt: skip
    house.care.undo()
    assert at_home.dump() == before
    # and the other way round, a ride that nobody needs any more goes
    house.plans.move("p1~2", moment("2027-01-05T09:30"), Choice.RESTART_PHASE, agreed=True)
    house.agenda.set_ride("p1~4", "Ana", "1", "08:40")
    house.plans.move("p1~1", moment("2026-11-25T09:30"), Choice.COUNT_FROM_HERE, agreed=True)
    visit = at_home.visit("p1~4")
    assert (visit.type, visit.title, visit.driver, visit.leave_at) == (
        "medication", "Injection 4", "", "",
    )  # fmt: skip
    assert at_home.visit("p1~3").driver == "Ana"


def test_what_is_over_keeps_its_kind_when_a_course_begins_again(at_home: Home):
    at_home.house.plans.cancel("p1~4", agreed=True)
    before = at_home.visit("p1~4")
    at_home.house.plans.move("p1~2", moment("2027-01-05T09:30"), Choice.RESTART_PHASE, agreed=True)
    assert at_home.visit("p1~4") == before


def test_a_visit_moved_past_the_last_day_goes_and_undo_brings_it_back(home: Home):
    home.house.plans.save(plan(last=date(2027, 3, 2)))
    before = home.dump()
    target = moment("2026-12-10T09:30")
    told = home.house.plans.preview_move("p1~2", target, Choice.COUNT_FROM_HERE)
    assert [c.after is None for c in told] == [False, False, True]
    home.house.plans.move("p1~2", target, Choice.COUNT_FROM_HERE, agreed=True)
    assert home.dates("p1")[-1] == date(2027, 1, 7)
    assert home.house.plans.lay_out_all() == 0
    home.house.care.undo()
    assert home.dump() == before


def test_a_date_that_nobody_marked_moves_nothing(entered: Home):
    before = {v.id: v.start for v in entered.house.care.store.visits("p1")}
    entered.clock.at("2027-06-01T10:00")  # four visits were never marked
    entered.restart()
    entered.house.plans.lay_out_all()
    after = {v.id: v.start for v in entered.house.care.store.visits("p1")}
    assert {i: after[i] for i in before} == before
    assert entered.visit("p1~4").status == "planned"
