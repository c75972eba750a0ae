"""Therapy plans: on which days visits fall, and what an agreed delay does to the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain import plans
from caregiver_app.domain.entities import Anchor, Plan
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import AllDay, wall
from tests.factories import appointment, moment, plan

FIRST = date(2026, 11, 24)
FAR = date(2040, 1, 1)


def dates(one: Plan, count: int = 5) -> list[date]:
    return [wall(start).date() for _, start in plans.proposals(one, FAR)][:count]


def units(one: Plan, count: int, length: int = 7) -> list[int]:
    return [(day - wall(one.first).date()).days // length for day in dates(one, count)]


@pytest.mark.parametrize(
    ("offsets", "every", "then", "unit", "expected"),
    [
        ((0, 2, 6), 8, None, "week", [0, 2, 6, 14, 22]),  # infliximab
        ((0, 2, 6), 6, None, "week", [0, 2, 6, 12, 18]),  # infliximab in AS
        ((0, 4), 8, None, "week", [0, 4, 12, 20]),  # golimumab
        ((0, 2, 4), 4, None, "week", [0, 2, 4, 8, 12]),  # abatacept, belimumab
        ((0, 2, 6), 8, 14, "week", [0, 2, 6, 14]),  # vedolizumab
        ((0, 2), 24, 24, "week", [0, 2, 24, 48]),  # ocrelizumab: week 24 from infusion 1
        ((0, 1, 2, 3, 4), 2, 6, "week", [0, 1, 2, 3, 4, 6, 8]),  # eculizumab
        ((0, 2), 8, 10, "week", [0, 2, 10, 18]),  # ravulizumab
        ((0, 4, 8), None, None, "week", [0, 4, 8]),  # risankizumab: injections follow
        (tuple(range(0, 24, 3)), None, None, "week", list(range(0, 24, 3))),  # teprotumumab
        ((0, 14), None, None, "day", [0, 14]),  # rituximab in RA: one course, nothing after
        ((0, 1, 2, 3, 4), None, None, "day", [0, 1, 2, 3, 4]),  # alemtuzumab, first course
        ((0,), 4, None, "week", [0, 4, 8]),
    ],
)
def test_published_rhythms(offsets, every, then, unit, expected):
    one = plan(offsets=offsets, every=every, then=then, unit=unit)
    assert units(one, len(expected), 7 if unit == "week" else 1) == expected
    if every is None:
        assert len(plans.proposals(one, FAR)) == len(offsets)


@pytest.mark.parametrize(
    ("first", "every", "expected"),
    [
        ("2026-01-31T09:30", 1, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("2026-11-24T09:30", 12, ["2026-11-24", "2027-11-24", "2028-11-24"]),  # zoledronic acid
        ("2026-08-31T09:30", 3, ["2026-08-31", "2026-11-30", "2027-02-28", "2027-05-31"]),
        ("2028-02-29T09:30", 12, ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28",
                                  "2032-02-29"]),
    ],
)  # fmt: skip
def test_months_are_counted_from_the_first_so_that_short_ones_do_not_add_up(first, every, expected):
    one = plan(first, offsets=(0,), every=every, unit="month")
    assert [day.isoformat() for day in dates(one, len(expected))] == expected


def test_the_hour_is_kept_over_the_clock_changes():
    starts = [start for _, start in plans.proposals(plan(), FAR)]
    assert {wall(start).time().isoformat("minutes") for start in starts} == {"09:30"}


def test_the_first_visit_always_comes():
    assert len(plans.proposals(plan("2090-01-01T09:30"), FIRST)) == 1
    assert plans.horizon(date(2028, 2, 29)) == date(2030, 2, 28)


@pytest.mark.parametrize(
    ("fields", "field", "key"),
    [
        ({"medicine": " "}, "medicine", "text.empty"),
        ({"medicine": "x" * 10_000}, "medicine", "text.long"),
        ({"first": AllDay(FIRST)}, "first", "plan.no_hour"),
        ({"first": moment("2027-03-14T02:30")}, "first", "time.gap"),
        ({"unit": "fortnight"}, "unit", "choice.unknown"),
        ({"offsets": ()}, "offsets", "plan.offsets_first"),
        ({"offsets": (1, 2)}, "offsets", "plan.offsets_first"),
        ({"offsets": (0, 2, 2)}, "offsets", "plan.offsets_order"),
        ({"offsets": (0, 6, 2)}, "offsets", "plan.offsets_order"),
        ({"offsets": (0, -2)}, "offsets", "plan.offsets_order"),
        ({"offsets": tuple(range(101))}, "offsets", "plan.offsets_many"),
        ({"offsets": (0, 10**30)}, "offsets", "plan.offsets_many"),
        ({"every": 0}, "every", "plan.every"),
        ({"every": -8}, "every", "plan.every"),
        ({"every": 1001}, "every", "plan.every"),
        ({"then": 6}, "then", "plan.then"),
        ({"then": 1001}, "then", "plan.then_far"),
        ({"minutes": 0}, "minutes", "number.range"),
        ({"minutes": 1441}, "minutes", "number.range"),
        ({"watch_days": -1}, "watch_days", "number.range"),
        ({"watch_days": 91}, "watch_days", "number.range"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(fields, field, key):
    assert [(p.field, p.key) for p in plans.check_plan(plan(**fields))] == [(field, key)]


@pytest.mark.parametrize(
    ("dose", "starting"), [(1, True), (2, True), (3, True), (4, True), (5, False)]
)
def test_the_first_maintenance_visit_counts_as_a_starting_one(dose: int, starting: bool):
    assert plans.is_start_visit(plan(), dose) is starting
    assert not plans.is_start_visit(plan(every=None), dose)


# ---- an agreed delay ---------------------------------------------------------------------------
def visits_of(one: Plan, count: int = 6):
    return [
        appointment(
            start, id=plans.visit_id(one.id, dose), plan=one.id, dose=dose, status="planned"
        )
        for dose, start in plans.proposals(one, FAR)[:count]
    ]


def moved(one: Plan, dose: int, day: str, choice: Choice, visits=None) -> dict[int, str]:
    found = plans.moves(one, visits or visits_of(one), dose, moment(f"{day}T09:30"), choice)
    return {c.dose: "gone" if c.after is None else f"{wall(c.after):%m-%d}" for c in found}


# infliximab from 24 November: 24 Nov, 8 Dec, 5 Jan, 2 Mar, 27 Apr, 22 Jun
def test_only_this_visit_moves():
    assert moved(plan(), 2, "2026-12-10", Choice.ONLY_THIS) == {2: "12-10"}
    assert plans.anchored(plan(), 2, date(2026, 12, 10), Choice.ONLY_THIS) == plan()


def test_counting_from_here_keeps_every_distance_that_follows():
    assert moved(plan(), 2, "2026-12-10", Choice.COUNT_FROM_HERE) == {
        2: "12-10", 3: "01-07", 4: "03-04", 5: "04-29", 6: "06-24",
    }  # fmt: skip
    assert moved(plan(), 4, "2027-03-09", Choice.COUNT_FROM_HERE) == {
        4: "03-09", 5: "05-04", 6: "06-29",
    }  # fmt: skip


def test_starting_the_phase_again_begins_the_loading_anew():
    # visit 3 becomes week 0: then weeks 2, 6, 14
    assert moved(plan(), 3, "2027-02-02", Choice.RESTART_PHASE) == {
        3: "02-02", 4: "02-16", 5: "03-16", 6: "05-11",
    }  # fmt: skip
    # in maintenance the phase is the steady rhythm
    assert moved(plan(), 5, "2027-05-04", Choice.RESTART_PHASE) == {5: "05-04", 6: "06-29"}


def test_visits_that_are_done_or_cancelled_stay():
    visits = visits_of(plan())
    visits[2], visits[3] = replace(visits[2], status="done"), replace(visits[3], status="cancelled")
    assert moved(plan(), 2, "2026-12-10", Choice.COUNT_FROM_HERE, visits) == {
        2: "12-10", 5: "04-29", 6: "06-24",
    }  # fmt: skip


def test_a_later_visit_that_was_moved_alone_is_counted_anew_and_keeps_its_hour():
    visits = visits_of(plan())
    visits[3] = replace(visits[3], start=moment("2027-03-05T14:00"))
    found = plans.moves(plan(), visits, 2, moment("2026-12-10T09:30"), Choice.COUNT_FROM_HERE)
    assert found[2].after == moment("2027-03-04T14:00")


def test_a_second_delay_counts_from_the_first_one():
    one = plans.anchored(plan(), 2, date(2026, 12, 10), Choice.COUNT_FROM_HERE)
    one = plans.anchored(one, 4, date(2027, 3, 11), Choice.COUNT_FROM_HERE)
    assert one.anchors == (Anchor(2, date(2026, 12, 10), 1), Anchor(4, date(2027, 3, 11), 3))
    assert [d.isoformat() for d in dates(one)] == [
        "2026-11-24", "2026-12-10", "2027-01-07", "2027-03-11", "2027-05-06",
    ]  # fmt: skip
    # an earlier visit that moves afterwards counts everything from there
    again = plans.anchored(one, 1, date(2026, 11, 26), Choice.COUNT_FROM_HERE)
    assert again.anchors == (Anchor(1, date(2026, 11, 26), 0),)
    assert dates(again, 3) == [date(2026, 11, 26), date(2026, 12, 10), date(2027, 1, 7)]


def test_a_fixed_course_that_begins_again_shows_the_visits_that_come():
    course = plan(offsets=(0, 4, 8), every=None)
    found = plans.moves(
        course, visits_of(course), 2, moment("2027-01-05T09:30"), Choice.RESTART_PHASE
    )
    assert [(c.dose, f"{wall(c.after):%m-%d}", c.added) for c in found] == [
        (2, "01-05", False), (3, "02-02", False), (4, "03-02", True),
    ]  # fmt: skip
    # going back to one count from the first visit, the extra one goes
    again = plans.anchored(course, 2, date(2027, 1, 5), Choice.RESTART_PHASE)
    visits = visits_of(again)
    assert len(visits) == 4
    assert moved(again, 1, "2026-11-25", Choice.COUNT_FROM_HERE, visits) == {
        1: "11-25", 2: "12-23", 3: "01-20", 4: "gone",
    }  # fmt: skip


def test_a_visit_that_is_not_the_plans_is_left_alone():
    visits = [*visits_of(plan()), appointment("2026-12-01T09:30", id="x")]
    assert "x" not in {
        c.visit
        for c in plans.moves(plan(), visits, 1, moment("2026-11-25T09:30"), Choice.COUNT_FROM_HERE)
    }


@pytest.mark.parametrize(
    ("start", "asks"),
    [("2026-11-24T09:30", False), ("2026-11-24T14:00", False), ("2026-11-25T09:30", True)],
)
def test_only_another_date_of_a_visit_asks(start: str, asks: bool):
    visit = appointment(plan="p1", dose=1)
    assert plans.needs_question(visit, moment(start)) is asks
    assert not plans.needs_question(appointment(), moment(start))


SCHEDULES = st.builds(
    lambda gaps, every, then, unit: plan(
        offsets=tuple(sum(gaps[:n]) for n in range(len(gaps) + 1)),
        every=every,
        then=None if then is None or every is None else sum(gaps) + then,
        unit=unit,
    ),
    st.lists(st.integers(1, 9), max_size=4),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 20),
    st.sampled_from(["day", "week", "month"]),
)


@given(SCHEDULES, st.integers(1, 6), st.integers(-5, 40), st.sampled_from(Choice))
def test_an_agreed_date_is_where_the_plan_says_it_is(one: Plan, dose: int, by: int, choice: Choice):
    start = plans.visit_start(one, dose)
    if start is None:
        return
    target = wall(start).date() + timedelta(days=by)
    later = plans.anchored(one, dose, target, choice)
    if choice is Choice.ONLY_THIS:
        assert later == one
        return
    assert wall(plans.visit_start(later, dose)).date() == target
    for earlier in range(1, dose):
        assert plans.visit_start(later, earlier) == plans.visit_start(one, earlier)
    along = plans.stays_from(one, dose) is None
    if choice is Choice.COUNT_FROM_HERE and along and one.unit != "month":
        following, before = plans.visit_start(later, dose + 1), plans.visit_start(one, dose + 1)
        assert (following is None) == (before is None)
        if following is not None:
            assert wall(following).date() == wall(before).date() + timedelta(days=by)


@given(SCHEDULES)
def test_ids_and_order_never_change(one: Plan):
    found = plans.proposals(one, date(2028, 11, 24))
    assert [dose for dose, _ in found] == list(range(1, len(found) + 1))
    starts = [wall(start) for _, start in found]
    assert starts == sorted(set(starts))
    assert plans.visit_id("p1", 3) == "p1~3"
    assert plans.visit_uid(replace(one, uid="u"), 3) == "u-3@caregiver-companion"
