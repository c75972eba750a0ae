"""The parts of a plan: second courses, injections at home, and how they hang together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from caregiver_app.domain import phases, plans
from caregiver_app.domain.entities import Anchor, Phase, Plan
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import Floating, wall
from tests.factories import appointment, moment, plan

FIRST = date(2026, 11, 24)
FAR = date(2040, 1, 1)


def part(begins: int, unit: str = "month", **fields: object) -> Phase:
    told = {"offsets": (0,), "unit": unit, "begins_unit": unit}
    return Phase(begins=begins, **{**told, **fields})


ALEMTUZUMAB = plan(
    medicine="alemtuzumab",
    offsets=(0, 1, 2, 3, 4),
    every=None,
    unit="day",
    phases=(part(12, offsets=(0, 1, 2), unit="day", begins_unit="month"),),
)
AT_HOME = plan(
    medicine="risankizumab",
    offsets=(0, 4, 8),
    every=None,
    phases=(part(12, "week", every=8, at_home=True),),
)
SWITCHED = plan(phases=(part(12, begins_unit="month", every=2, unit="week", at_home=True),))


def days(one: Plan, count: int = 99) -> list[date]:
    return [wall(start).date() for _, start in plans.proposals(one, FAR)][:count]


def since(one: Plan, count: int = 99) -> list[int]:
    return [(day - wall(one.first).date()).days for day in days(one, count)]


def visits_of(one: Plan, count: int = 12):
    return [
        appointment(
            start, id=plans.visit_id(one.id, dose), plan=one.id, dose=dose, status="planned"
        )
        for dose, start in plans.proposals(one, FAR)[:count]
    ]


def moved(one: Plan, dose: int, day: str, choice: Choice, visits=None) -> dict[int, str]:
    found = plans.moves(one, visits or visits_of(one), dose, moment(f"{day}T09:30"), choice)
    return {c.dose: "gone" if c.after is None else f"{wall(c.after):%y-%m-%d}" for c in found}


# ---- published rhythms, as the clinical reference lists them -----------------------------------
WEEKS = {
    "infliximab": ({"offsets": (0, 2, 6), "every": 8}, [0, 2, 6, 14, 22]),
    "infliximab in AS": ({"offsets": (0, 2, 6), "every": 6, "then": 12}, [0, 2, 6, 12, 18]),
    "golimumab": ({"offsets": (0, 4), "every": 8}, [0, 4, 12, 20]),
    "abatacept": ({"offsets": (0, 2, 4), "every": 4}, [0, 2, 4, 8, 12]),
    "belimumab": ({"offsets": (0, 2, 4), "every": 4, "then": 8}, [0, 2, 4, 8, 12]),
    "vedolizumab": ({"offsets": (0, 2, 6), "every": 8, "then": 14}, [0, 2, 6, 14]),
    "ocrelizumab": ({"offsets": (0, 2), "every": 24, "then": 24}, [0, 2, 24, 48]),
    "ublituximab": ({"offsets": (0, 2), "every": 24, "then": 24}, [0, 2, 24, 48]),
    "eculizumab": (
        {"offsets": (0, 1, 2, 3, 4), "every": 2, "then": 6}, [0, 1, 2, 3, 4, 6, 8],
    ),
    "ravulizumab": ({"offsets": (0, 2), "every": 8, "then": 10}, [0, 2, 10, 18]),
    "risankizumab": (
        {"offsets": (0, 4, 8), "every": None, "phases": (part(12, "week", every=8, at_home=True),)},
        [0, 4, 8, 12, 20],
    ),
    "teprotumumab": ({"offsets": tuple(range(0, 22, 3)), "every": None}, list(range(0, 22, 3))),
}  # fmt: skip
MONTHS = {
    "zoledronic acid": ({"offsets": (0,), "every": 12}, [0, 12, 24]),
    "eptinezumab": ({"offsets": (0,), "every": 3}, [0, 3, 6]),
}


@pytest.mark.parametrize("name", WEEKS)
def test_weeks_of_the_published_rhythms(name: str):
    fields, expected = WEEKS[name]
    one = plan(**fields)
    assert plans.check_plan(one) == []
    assert since(one, len(expected)) == [7 * week for week in expected]
    if not fields["every"] and not one.phases:
        assert len(days(one)) == len(expected)


@pytest.mark.parametrize("name", MONTHS)
def test_months_of_the_published_rhythms(name: str):
    fields, expected = MONTHS[name]
    one = plan(unit="month", **fields)
    months = [(day.year - 2026) * 12 + day.month - 11 for day in days(one, len(expected))]
    assert months == expected
    assert {day.day for day in days(one, len(expected))} == {24}


# ---- where the visits fall ---------------------------------------------------------------------
def test_a_second_course_a_year_later():
    assert [day.isoformat() for day in days(ALEMTUZUMAB)] == [
        "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28",
        "2027-11-24", "2027-11-25", "2027-11-26",
    ]  # fmt: skip
    assert [phases.spot_of(ALEMTUZUMAB, step).phase for step in range(8)] == [0] * 5 + [1] * 3
    assert phases.spot_of(ALEMTUZUMAB, 8) is None
    assert phases.has_end(ALEMTUZUMAB)


def test_injections_at_home_after_the_starting_infusions():
    assert since(AT_HOME, 6) == [weeks * 7 for weeks in (0, 4, 8, 12, 20, 28)]
    kinds = [plans.phase_at(AT_HOME, dose)[1].at_home for dose in range(1, 6)]
    assert kinds == [False, False, False, True, True]
    assert not phases.has_end(AT_HOME)


def test_a_part_that_goes_on_ends_where_the_next_one_begins():
    # 24 Nov 2026 and on; a year later the injections begin: the last infusion before is 13 Oct
    here = days(SWITCHED, 12)
    assert here[6:10] == [date(2027, 8, 17), date(2027, 10, 12), date(2027, 11, 24),
                          date(2027, 12, 8)]  # fmt: skip
    assert phases.first_step(SWITCHED, 1) == 8
    # a visit on the very day on which the next part begins belongs to that one
    on_the_day = plan(offsets=(0,), every=4, phases=(part(8, "week"),))
    assert [phases.spot_of(on_the_day, step).phase for step in range(3)] == [0, 0, 1]


def test_a_number_of_visits_ends_a_part():
    assert since(plan(every=8, count=5), 9) == [weeks * 7 for weeks in (0, 2, 6, 14, 22)]
    assert phases.has_end(plan(count=5))
    assert not phases.has_end(plan())
    assert len(days(plan(phases=(part(12, every=1, count=4),)))) == 8 + 4


def test_a_last_day_ends_a_plan():
    one = plan(last=date(2027, 3, 2))
    assert days(one) == [FIRST, date(2026, 12, 8), date(2027, 1, 5), date(2027, 3, 2)]
    assert days(replace(one, last=date(2027, 3, 1)))[-1] == date(2027, 1, 5)
    assert phases.has_end(one)


def test_later_visits_in_another_unit():
    # two visits two weeks apart, then every six months from the first
    one = plan(offsets=(0, 2), every=6, every_unit="month", then=6, unit="week")
    assert days(one, 5) == [FIRST, date(2026, 12, 8), date(2027, 5, 24), date(2027, 11, 24),
                            date(2028, 5, 24)]  # fmt: skip


def test_one_before_the_anchor():
    one = plan(offsets=(-1, 5, 14, 28), every=None, unit="day")
    assert since(one) == [-1, 5, 14, 28]
    assert plans.check_plan(one)[0].key == "plan.offsets_first"
    assert plans.check_plan(one, before_anchor=True) == []


def test_months_are_counted_from_the_beginning_of_their_part():
    one = plan("2027-01-31T09:30", offsets=(0,), every=1, unit="month",
               phases=(part(1, begins_unit="month", every=1, unit="month"),))  # fmt: skip
    assert [f"{day:%m-%d}" for day in days(one, 5)] == ["01-31", "02-28", "03-28", "04-28",
                                                        "05-28"]  # fmt: skip


def test_a_short_month_never_lets_two_parts_meet():
    # every week for a month: five visits in January; agreed for February, when the next part
    # would begin on the day of the fifth
    one = plan("2027-01-01T09:30", offsets=(0,), every=1, unit="week",
               phases=(part(1, every=1, unit="month"),))  # fmt: skip
    later = plans.anchored(one, 1, date(2027, 2, 1), Choice.COUNT_FROM_HERE)
    assert [f"{day:%m-%d}" for day in days(later, 7)] == [
        "02-01", "02-08", "02-15", "02-22", "03-01", "03-02", "04-02",
    ]  # fmt: skip


def test_minutes_first_is_of_the_very_first_visit_only():
    one = replace(AT_HOME, minutes=60, minutes_first=90)
    assert [plans.minutes_of(one, dose) for dose in (1, 2, 3, 4, 5)] == [90, 60, 60, 30, 30]
    again = plans.anchored(one, 2, date(2026, 12, 30), Choice.RESTART_PHASE)
    assert [plans.minutes_of(again, dose) for dose in (1, 2, 3, 4, 5)] == [90, 60, 60, 60, 30]


# ---- which visits are starting ones ------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "starting"),
    [
        (plan(), [1, 1, 1, 1, 0]),  # loading and the first maintenance visit
        (plan(offsets=(0,), every=8), [0, 0, 0]),  # a steady rhythm, perhaps under way for long
        (plan(offsets=(0,), every=8, then=8), [0, 0, 0]),  # the same in other words
        (plan(offsets=(0,), every=8, then=2), [1, 1, 0]),  # one starting dose, its own gap
        (plan(offsets=(0, 2), every=24, then=24), [1, 1, 1, 0]),
        (plan(offsets=(0, 14), every=None, unit="day"), [0, 0]),  # a course, nothing after it
        (AT_HOME, [1, 1, 1, 1, 0]),  # the first injection is the first maintenance dose
        (plan(offsets=(0,), every=None, phases=(part(8, "week", every=12),)), [1, 1, 0]),
        (ALEMTUZUMAB, [0] * 8),  # two courses without loading
        (SWITCHED, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]),  # injections after a steady rhythm
        (plan(every=None, phases=(part(6, offsets=(0, 2, 6), every=8, unit="week",
                                       begins_unit="month"),)), [1] * 7 + [0]),
    ],
)  # fmt: skip
def test_starting_visits_reach_to_the_first_maintenance_one(one: Plan, starting: list[int]):
    told = [plans.is_start_visit(one, dose) for dose in range(1, len(starting) + 1)]
    assert told == [bool(each) for each in starting]
    assert not plans.is_start_visit(replace(one, count=3, phases=(), every=1), 9)


# ---- an agreed delay ---------------------------------------------------------------------------
def test_only_this_visit_leaves_the_later_parts_where_they_are():
    assert moved(ALEMTUZUMAB, 5, "2026-12-01", Choice.ONLY_THIS) == {5: "26-12-01"}


def test_counting_from_here_moves_the_later_parts_along():
    assert moved(ALEMTUZUMAB, 3, "2026-11-28", Choice.COUNT_FROM_HERE) == {
        3: "26-11-28", 4: "26-11-29", 5: "26-11-30",
        6: "27-11-26", 7: "27-11-27", 8: "27-11-28",
    }  # fmt: skip
    assert moved(AT_HOME, 2, "2026-12-29", Choice.COUNT_FROM_HERE, visits_of(AT_HOME, 6)) == {
        2: "26-12-29", 3: "27-01-26", 4: "27-02-23", 5: "27-04-20", 6: "27-06-15",
    }  # fmt: skip


def test_counting_from_here_in_a_later_part_leaves_the_earlier_one():
    visits = visits_of(SWITCHED, 12)
    found = moved(SWITCHED, 9, "2027-12-01", Choice.COUNT_FROM_HERE, visits)
    assert found == {9: "27-12-01", 10: "27-12-15", 11: "27-12-29", 12: "28-01-12"}


def test_starting_this_phase_again_begins_the_course_anew():
    # the second course begins again on its second day: one day more, the first course stays
    assert moved(ALEMTUZUMAB, 7, "2027-11-26", Choice.RESTART_PHASE) == {
        7: "27-11-26", 8: "27-11-27", 9: "27-11-28",
    }  # fmt: skip
    # the first course begins again: the second one is a year after that
    found = moved(ALEMTUZUMAB, 2, "2026-12-10", Choice.RESTART_PHASE)
    assert found == {
        2: "26-12-10", 3: "26-12-11", 4: "26-12-12", 5: "26-12-13", 6: "26-12-14",
        7: "27-12-10", 8: "27-12-11", 9: "27-12-12",
    }  # fmt: skip


def test_injections_follow_the_same_rule():
    visits = visits_of(AT_HOME, 6)
    assert moved(AT_HOME, 4, "2027-02-20", Choice.ONLY_THIS, visits) == {4: "27-02-20"}
    counted = moved(AT_HOME, 5, "2027-04-15", Choice.COUNT_FROM_HERE, visits)
    assert counted == {5: "27-04-15", 6: "27-06-10"}
    # in a steady rhythm there is nothing else to begin again
    assert moved(AT_HOME, 5, "2027-04-15", Choice.RESTART_PHASE, visits) == counted


def test_what_falls_after_the_last_day_goes():
    one = plan(last=date(2027, 3, 2))
    assert moved(one, 2, "2026-12-10", Choice.COUNT_FROM_HERE) == {
        2: "26-12-10", 3: "27-01-07", 4: "gone",
    }  # fmt: skip
    # the date that was agreed for the moved one itself stays all the same
    assert moved(one, 4, "2027-03-03", Choice.ONLY_THIS) == {4: "27-03-03"}
    assert moved(one, 3, "2027-03-03", Choice.COUNT_FROM_HERE) == {3: "27-03-03", 4: "gone"}
    assert moved(one, 4, "2027-03-02", Choice.ONLY_THIS) == {}


def test_room_before_the_last_day_lets_a_visit_come():
    one = plan(offsets=(0,), every=8, last=date(2027, 3, 1))
    assert days(one) == [FIRST, date(2027, 1, 19)]
    found = plans.moves(one, visits_of(one), 2, moment("2027-01-04T09:30"), Choice.COUNT_FROM_HERE)
    assert [(c.dose, wall(c.after).date(), c.added) for c in found] == [
        (2, date(2027, 1, 4), False), (3, date(2027, 3, 1), True),
    ]  # fmt: skip


def test_visits_that_come_anew_are_told_up_to_a_day():
    one = plan(offsets=(0,), every=12, unit="month", count=3)
    visits = visits_of(one, 2)
    told = plans.moves(
        one, visits, 2, moment("2027-11-30T09:30"), Choice.RESTART_PHASE, until=date(2028, 12, 31)
    )
    assert [c.dose for c in told] == [2]


def test_done_and_cancelled_visits_of_any_part_stay():
    visits = visits_of(ALEMTUZUMAB)
    visits[3] = replace(visits[3], status="done")
    visits[6] = replace(visits[6], status="cancelled")
    found = moved(ALEMTUZUMAB, 2, "2026-11-27", Choice.COUNT_FROM_HERE, visits)
    assert sorted(found) == [2, 3, 5, 6, 8]


# ---- what is refused ---------------------------------------------------------------------------
GOOD = part(12, every=2)


@pytest.mark.parametrize(
    ("fields", "field", "key"),
    [
        ({"last": date(2026, 11, 23)}, "last", "plan.last_before_first"),
        ({"count": 0}, "count", "plan.visits"),
        ({"count": 500}, "count", "plan.visits"),
        ({"count": 2}, "count", "plan.visits_few"),
        ({"every_unit": "fortnight"}, "every_unit", "choice.unknown"),
        ({"every_unit": "month"}, "then", "plan.then_needed"),
        ({"every_unit": "month", "then": 1}, "then", "plan.then"),  # before week 6
        ({"every_unit": "month", "then": 1, "offsets": (0, 4)}, "then", "plan.then"),  # February
        ({"then": -(10**30)}, "then", "plan.then"),
        ({"offsets": (0, 10**30), "then": 8}, "offsets", "plan.offsets_many"),
        ({"phases": (GOOD,) * 9}, "phases", "plan.phases_many"),
        ({"phases": (GOOD,) * 500}, "phases", "plan.phases_many"),
        ({"phases": (replace(GOOD, count=500),)}, "phases", "plan.visits"),
        ({"phases": (replace(GOOD, begins=0),)}, "phases", "plan.phase_begins"),
        ({"phases": (replace(GOOD, begins=-3),)}, "phases", "plan.phase_begins"),
        ({"phases": (replace(GOOD, begins=1001),)}, "phases", "plan.phase_begins"),
        ({"phases": (replace(GOOD, begins_unit="year"),)}, "phases", "choice.unknown"),
        ({"phases": (replace(GOOD, unit="year"),)}, "phases", "choice.unknown"),
        ({"phases": (replace(GOOD, offsets=(-1, 5)),)}, "phases", "plan.offsets_first"),
        ({"phases": (replace(GOOD, offsets=()),)}, "phases", "plan.offsets_first"),
        ({"phases": (replace(GOOD, every=0),)}, "phases", "plan.every"),
        (
            {"phases": (replace(GOOD, offsets=(0, 1), every_unit="day"),)},
            "phases",
            "plan.then_needed",
        ),
        ({"run": 0}, "run", "plan.run"),
        ({"run": 15}, "run", "plan.run"),
        ({"run": 3, "unit": "day"}, "run", "plan.run_long"),
        ({"run": 2, "every": 1, "unit": "day", "offsets": (0,)}, "run", "plan.run_long"),
        ({"run": 2, "count": 5}, "count", "plan.visits_few"),
        ({"phases": (replace(GOOD, run=15),)}, "phases", "plan.run"),
        ({"phases": (replace(GOOD, name="x" * 300),)}, "phases", "text.long"),
        ({"phases": (GOOD, replace(GOOD, name="a\x07b"))}, "phases", "text.control"),
        ({"minutes_first": 0}, "minutes_first", "number.range"),
        ({"minutes_first": 2000}, "minutes_first", "number.range"),
        ({"kit": ("Gloves", " ")}, "kit", "text.empty"),
        ({"kit": ("Gloves",) * 41}, "kit", "number.range"),
        ({"off": ("lab", "moon")}, "off", "choice.unknown"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(fields, field, key):
    assert [(p.field, p.key) for p in plans.check_plan(plan(**fields))] == [(field, key)]


def test_the_part_that_is_wrong_is_named():
    (problem,) = plans.check_plan(plan(phases=(GOOD, replace(GOOD, every=0))))
    assert problem.values["phase"] == 3


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (plan(phases=(part(7, "week"),)), None),
        (plan(phases=(part(6, "week"),)), (2, 3)),  # on the day of the third starting visit
        (plan(phases=(part(1, "week"),)), (2, 3)),
        (plan(offsets=(0,), every=4, count=5, phases=(part(16, "week"),)), (2, 5)),
        (plan(offsets=(0,), every=4, count=5, phases=(part(17, "week"),)), None),
        (plan(every=None, count=9, phases=(part(7, "week"),)), None),  # three is all it has
        (plan(phases=(part(12, offsets=(0, 2)), part(2))), (3, 2)),
        (plan(phases=(part(12, offsets=(0, 2)), part(3), part(1, "day"))), None),
    ],
)
def test_a_part_that_begins_too_early_is_refused(one: Plan, problem: tuple[int, int] | None):
    told = [(p.key, p.field, p.values["phase"], p.values["visits"]) for p in plans.check_plan(one)]
    assert told == ([] if problem is None else [("plan.phase_order", "phases", *problem)])


def test_dates_beyond_every_calendar_end_a_plan():
    slip = plan(offsets=(0,), every=1000, unit="month", count=400)
    assert plans.check_plan(slip) == []
    found = plans.proposals(slip, date.max)
    assert wall(found[-1][1]).year > 9900
    assert len(found) < 100
    far = plan(phases=(part(1000, every=1),) * 8)
    assert plans.visit_start(far, 30_000) is None or plans.check_plan(far) == []
    last = Anchor(1, date.max - timedelta(days=3), 0)
    assert plans.visit_start(replace(slip, anchors=(last,)), 2) is None


def test_dates_of_all_parts_ascend():
    for one in (ALEMTUZUMAB, AT_HOME, SWITCHED):
        for earlier, later in pairwise(days(one)):
            assert earlier < later


# ---- several days in a row ---------------------------------------------------------------------
def test_visits_on_two_days_in_a_row_every_four_weeks():
    pairs = plan(medicine="immune globulin", offsets=(0,), every=4, run=2)
    found = [wall(start).date() for _, start in plans.proposals(pairs, date(2027, 2, 1))]
    assert found[:4] == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 22),
                         date(2026, 12, 23)]  # fmt: skip


def test_pairs_after_starting_doses_and_in_months():
    months = plan(offsets=(0, 1), every=2, unit="month", first=Floating(datetime(2026, 1, 31, 9)),
                  run=3, count=9)  # fmt: skip
    found = [wall(start).date() for _, start in plans.proposals(months, date(2028, 1, 1))]
    assert found == [
        date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2),
        date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2),
        date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2),
    ]  # fmt: skip
    assert [plans.is_start_visit(months, dose) for dose in (1, 3, 4, 6, 7, 9)] == [True] * 6


@pytest.mark.parametrize(("dose", "target", "expected"), [
    (3, "2026-12-29", {3: "2026-12-29", 4: "2026-12-30", 5: "2027-01-26", 6: "2027-01-27"}),
    (4, "2026-12-30", {4: "2026-12-30", 5: "2027-01-26", 6: "2027-01-27"}),
])  # fmt: skip
def test_a_moved_day_of_a_pair_is_the_day_it_is(dose, target, expected):
    pairs = plan(offsets=(0,), every=4, run=2)
    later = plans.anchored(pairs, dose, date.fromisoformat(target), plans.Choice.COUNT_FROM_HERE)
    days = {
        n: wall(start).date().isoformat() for n, start in plans.proposals(later, date(2027, 2, 1))
    }
    assert {n: days[n] for n in expected} == expected
    assert days[1] == "2026-11-24"


def test_a_part_begins_after_the_last_day_in_a_row():
    second = part(12, offsets=(0,), unit="day", begins_unit="month", run=3)
    after = plan(offsets=(0,), every=None, unit="day", run=5, phases=(second,))
    found = [wall(start).date() for _, start in plans.proposals(after, date(2028, 1, 1))]
    assert found == [*(date(2026, 11, 24 + n) for n in range(5)),
                     *(date(2027, 11, 24 + n) for n in range(3))]  # fmt: skip


def test_one_visit_then_every_so_often_in_another_unit():
    half_yearly = plan(offsets=(0,), every=6, every_unit="month")
    assert plans.check_plan(half_yearly) == []
    found = [wall(start).date() for _, start in plans.proposals(half_yearly, date(2027, 12, 1))]
    assert found == [date(2026, 11, 24), date(2027, 5, 24), date(2027, 11, 24)]


# ---- counted from the first visit ---------------------------------------------------------------
def test_six_month_doses_stay_counted_from_infusion_one_when_the_second_moves():
    """Facts of the anti-CD20 medicines: never counted from infusion 2."""
    ocrelizumab = plan(medicine="ocrelizumab", offsets=(0, 2), every=24, then=24)
    before = dict(plans.proposals(ocrelizumab, date(2028, 12, 1)))
    agreed = date(2026, 12, 17)
    later = plans.anchored(ocrelizumab, 2, agreed, Choice.COUNT_FROM_HERE)
    after = dict(plans.proposals(later, date(2028, 12, 1)))
    assert wall(after[2]).date() == agreed
    assert {n: s for n, s in after.items() if n != 2} == {n: s for n, s in before.items() if n != 2}
    first_moved = plans.anchored(ocrelizumab, 1, date(2026, 11, 30), Choice.COUNT_FROM_HERE)
    assert all(
        wall(start) - wall(before[dose]) == timedelta(days=6)
        for dose, start in plans.proposals(first_moved, date(2028, 1, 1))
    )


def test_where_each_gap_follows_the_last_visit_later_ones_move_along():
    infliximab = plan(offsets=(0, 2, 6), every=8, then=14)
    assert plans.stays_from(infliximab, 2) is None
    later = plans.anchored(infliximab, 2, date(2026, 12, 17), Choice.COUNT_FROM_HERE)
    assert wall(plans.visit_start(later, 4)).date() == date(2027, 3, 11)
