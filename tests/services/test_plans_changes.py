"""A plan under way: stopped, ended, continued; its doubles, closed days and lengths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from caregiver_app.domain.entities import BlockedDays, Contact, InfusionRecord, Person, Phase, Plan
from caregiver_app.domain.plans import Choice, DateChange
from caregiver_app.domain.times import wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from tests.factories import moment, plan
from tests.fakes import Home

HOME_PART = Phase(begins=12, begins_unit="month", offsets=(0,), unit="week", every=2, at_home=True)
COURSE = Phase(begins=12, begins_unit="month", offsets=(0, 1, 2), unit="day")


@pytest.fixture
def entered(home: Home) -> Home:
    home.house.plans.save(plan())
    return home


def now(home: Home) -> Plan:
    found = home.house.plans.get("p1")
    assert found is not None
    return found


def told(changes: list[DateChange]) -> list[tuple[int, str]]:
    return [
        (c.dose, "gone" if c.after is None else f"{'+' * c.added}{wall(c.after):%y-%m-%d}")
        for c in changes
    ]


# ---- stop, end, go on --------------------------------------------------------------------------
def test_a_plan_that_stops_loses_its_later_visits(entered: Home):
    before, dates = entered.dump(), entered.dates("p1")
    stopped = replace(now(entered), last=date(2027, 1, 31))
    changes = entered.house.plans.preview_change(stopped)
    assert told(changes) == [(dose, "gone") for dose in range(4, len(dates) + 1)]
    assert entered.dump() == before  # asking changes nothing
    with pytest.raises(AsksFirst) as asked:
        entered.house.plans.save(stopped)
    assert (asked.value.key, asked.value.field) == ("visit.ask_first", "agreed")
    assert entered.dump() == before
    entered.house.plans.save(stopped, agreed=True)
    assert entered.dates("p1") == dates[:3]
    assert entered.house.plans.lay_out_all() == 0
    entered.clock.on(days=900)
    assert entered.house.plans.lay_out_all() == 0
    entered.clock.on(days=-900)
    assert entered.house.care.undo()[0] == "done.plan"
    assert entered.dump() == before


def test_a_plan_that_goes_on_after_all_gets_its_visits_back(entered: Home):
    dates = entered.dates("p1")
    entered.house.plans.delete("p1~2", agreed=True)
    entered.house.plans.save(replace(now(entered), last=date(2027, 1, 31)), agreed=True)
    on = replace(now(entered), last=None)
    changes = entered.house.plans.preview_change(on)
    assert told(changes)[0] == (4, "+27-03-02")
    entered.house.plans.save(on, agreed=True)
    # the one that somebody deleted stays away
    assert entered.dates("p1") == [dates[0], *dates[2:]]
    assert len(changes) == len(dates) - 3


def test_an_end_after_so_many_visits(entered: Home):
    dates = entered.dates("p1")
    entered.house.plans.save(replace(now(entered), count=5), agreed=True)
    assert entered.dates("p1") == dates[:5]
    more = replace(now(entered), count=7)
    assert told(entered.house.plans.preview_change(more)) == [(6, "+27-06-22"), (7, "+27-08-17")]
    entered.house.plans.save(more, agreed=True)
    assert entered.dates("p1") == dates[:7]


def test_a_date_that_was_agreed_for_one_visit_stays_while_the_plan_gets_an_end(entered: Home):
    move = entered.house.plans.move
    move("p1~3", moment("2027-01-08T11:00"), Choice.ONLY_THIS, agreed=True)
    stopped = replace(now(entered), last=date(2027, 1, 8))
    assert told(entered.house.plans.preview_change(stopped))[0] == (4, "gone")
    entered.house.plans.save(stopped, agreed=True)
    assert entered.visit("p1~3").start == moment("2027-01-08T11:00")
    # one day earlier it goes too
    earlier = replace(now(entered), last=date(2027, 1, 7))
    assert told(entered.house.plans.preview_change(earlier)) == [(3, "gone")]


def test_what_is_done_or_cancelled_never_goes(entered: Home):
    entered.clock.at("2027-03-03T12:00")
    entered.house.plans.done("p1~4")
    entered.house.plans.cancel("p1~3", agreed=True)
    entered.house.plans.save(replace(now(entered), last=date(2026, 12, 31)), agreed=True)
    found = {v.id: v.status for v in entered.house.care.store.visits("p1")}
    assert found == {"p1~1": "planned", "p1~2": "planned", "p1~3": "cancelled", "p1~4": "done"}


# ---- another part ------------------------------------------------------------------------------
def test_a_second_course_is_added(home: Home):
    course = plan(medicine="alemtuzumab", offsets=(0, 1, 2, 3, 4), every=None, unit="day")
    home.house.plans.save(course)
    before, more = home.dump(), replace(now(home), phases=(COURSE,))
    assert told(home.house.plans.preview_change(more)) == [
        (6, "+27-11-24"), (7, "+27-11-25"), (8, "+27-11-26"),
    ]  # fmt: skip
    home.house.plans.save(more, agreed=True)
    assert home.dates("p1")[5:] == [date(2027, 11, day) for day in (24, 25, 26)]
    assert home.visit("p1~8").title == "Infusion 8"
    home.house.care.undo()
    assert home.dump() == before


def test_injections_at_home_take_the_place_of_later_infusions(entered: Home):
    house = entered.house
    house.people.save_contact(Contact(id="c", person="", name="Willow Lane", role="clinic"))
    house.plans.save(replace(now(entered), clinic="c"))
    entered.house.agenda.set_ride("p1~9", "Ana", "1", "08:40")
    before = entered.dump()
    more = replace(now(entered), phases=(HOME_PART,), kit=("Gloves",))
    changes = house.plans.preview_change(more)
    assert told(changes)[:2] == [(9, "27-11-24"), (10, "27-12-08")]
    house.plans.save(more, agreed=True)
    first, last = entered.visit("p1~8"), entered.visit("p1~9")
    assert (first.type, first.title, first.minutes, first.place) == (
        "infusion", "Infusion 8", 150, "Willow Lane",
    )  # fmt: skip
    assert (last.type, last.title, last.minutes, last.place, last.contact) == (
        "medication", "Injection 9", 30, "", "c",
    )  # fmt: skip
    assert (last.driver, last.leave_at) == ("", "")
    assert now(entered).kit == ("Gloves",)
    assert {b - a for a, b in pairwise(entered.dates("p1")[8:])} == {timedelta(weeks=2)}
    assert house.plans.lay_out_all() == 0
    house.care.undo()
    assert entered.dump() == before


def test_a_part_is_taken_off_again_while_it_has_not_begun(entered: Home):
    before = entered.dates("p1")
    entered.house.plans.save(replace(now(entered), phases=(HOME_PART,)), agreed=True)
    entered.house.plans.save(replace(now(entered), phases=()), agreed=True)
    assert entered.dates("p1") == before
    kinds = {v.type for v in entered.house.care.store.visits("p1")}
    titles = [v.title for v in entered.house.care.store.visits("p1")]
    assert kinds == {"infusion"}
    assert titles == [f"Infusion {n}" for n in range(1, len(before) + 1)]
    # those that lie beyond the two years come when their time has come
    entered.clock.on(days=300)
    assert entered.house.plans.lay_out_all() > 3
    dates = entered.dates("p1")[3:]
    assert {b - a for a, b in pairwise(dates)} == {timedelta(weeks=8)}


def test_the_last_part_may_get_an_end_and_another_name(entered: Home):
    entered.house.plans.save(replace(now(entered), phases=(HOME_PART,)), agreed=True)
    entered.house.plans.save(replace(now(entered), phases=(replace(HOME_PART, name="At home"),)))
    ended = replace(now(entered), phases=(replace(HOME_PART, name="At home", count=3),))
    entered.house.plans.save(ended, agreed=True)
    assert len(entered.dates("p1")) == 8 + 3


def test_a_delay_before_the_change_still_stands_after_it(entered: Home):
    entered.house.plans.move(
        "p1~3", moment("2027-01-12T09:30"), Choice.COUNT_FROM_HERE, agreed=True
    )
    entered.house.plans.save(replace(now(entered), phases=(HOME_PART,)), agreed=True)
    assert len(now(entered).anchors) == 1
    assert wall(entered.visit("p1~4").start).date() == date(2027, 3, 9)
    assert wall(entered.visit("p1~9").start).date() == date(2027, 12, 1)
    # one that belongs to what is now another part doesn't
    entered.house.plans.save(replace(now(entered), phases=()), agreed=True)
    entered.house.plans.move(
        "p1~9", moment("2027-12-20T09:30"), Choice.COUNT_FROM_HERE, agreed=True
    )
    entered.house.plans.save(replace(now(entered), phases=(HOME_PART,)), agreed=True)
    assert wall(entered.visit("p1~9").start).date() == date(2027, 12, 1)


# ---- what a plan under way does not take -------------------------------------------------------
@pytest.mark.parametrize(
    "fields",
    [
        {"first": moment("2026-11-25T09:30")}, {"offsets": (0, 2)}, {"every": 6}, {"then": 20},
        {"every": None}, {"unit": "month"}, {"every_unit": "month", "then": 3}, {"at_home": True},
        {"phases": (replace(HOME_PART, every=4), COURSE)}, {"phases": (COURSE, HOME_PART)},
    ],
)  # fmt: skip
def test_the_rest_of_its_schedule_is_fixed(entered: Home, fields: dict[str, object]):
    entered.house.plans.save(replace(now(entered), phases=(HOME_PART,)), agreed=True)
    before = entered.dump()
    wrong = replace(now(entered), **fields)
    for doing in (
        lambda: entered.house.plans.save(wrong, agreed=True),
        lambda: entered.house.plans.preview_change(wrong),
    ):
        with pytest.raises(AsksFirst) as asked:
            doing()
        assert asked.value.key == "plan.dates_fixed"
    assert entered.dump() == before


def test_what_is_over_is_not_rewritten(entered: Home):
    entered.clock.at("2027-03-03T12:00")
    entered.house.plans.done("p1~4")
    before = entered.dump()
    for fields, key in (
        ({"count": 3}, "plan.count_over"),
        ({"phases": (replace(HOME_PART, begins=2),)}, "plan.phase_over"),
    ):
        with pytest.raises(InputRefused) as refused:
            entered.house.plans.save(replace(now(entered), **fields), agreed=True)
        assert refused.value.key == key
    assert entered.dump() == before
    entered.house.plans.save(replace(now(entered), count=4), agreed=True)
    assert len(entered.dates("p1")) == 4


def test_wrong_fields_and_plans_that_are_gone(entered: Home):
    with pytest.raises(FormRefused) as refused:
        entered.house.plans.preview_change(replace(now(entered), count=500))
    assert refused.value.errors[0].key == "plan.visits"
    with pytest.raises(FormRefused) as refused:
        entered.house.plans.save(replace(now(entered), last=date(2026, 1, 1)), agreed=True)
    assert refused.value.errors[0].key == "plan.last_before_first"
    with pytest.raises(InputRefused) as gone:
        entered.house.plans.preview_change(plan(id="nobody"))
    assert gone.value.key == "entry.gone"
    slip = Phase(begins=12, begins_unit="month", offsets=(0,), unit="day", every=1)
    entered.clock.at("2032-01-01T09:30")
    with pytest.raises(FormRefused) as refused:
        entered.house.plans.preview_change(replace(now(entered), phases=(slip,)))
    assert refused.value.errors[0].key == "plan.too_many"


def test_what_a_plan_says_beside_its_dates_needs_no_tick(entered: Home):
    assert entered.house.plans.preview_change(replace(now(entered), minutes=60)) == []
    entered.house.plans.save(replace(now(entered), minutes=60, watch_days=7, off=("lab",)))
    assert now(entered).off == ("lab",)


# ---- two plans for one medicine ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("medicine", "first", "fields", "asks"),
    [
        ("infliximab", "2027-02-01T09:30", {}, True),
        (" Infliximab ", "2027-02-01T09:30", {}, True),
        ("Remicade", "2027-02-01T09:30", {}, True),  # a brand of the same
        ("belimumab", "2027-02-01T09:30", {}, False),
        ("infliximab", "2026-01-05T09:30", {"count": 4}, False),  # over before the other began
        ("infliximab", "2026-11-20T09:30", {"last": date(2026, 11, 23)}, False),
        ("infliximab", "2026-11-20T09:30", {"last": date(2026, 11, 24)}, True),
    ],
)
def test_a_second_plan_for_a_medicine_asks(entered: Home, medicine, first, fields, asks):
    before = entered.dump()
    second = plan(first, id="p2", medicine=medicine, **fields)
    if not asks:
        entered.house.plans.save(second)
        assert len(entered.house.plans.all()) == 2
        return
    with pytest.raises(AsksFirst) as asked:
        entered.house.plans.save(second)
    assert (asked.value.key, asked.value.field) == ("plan.overlaps", "medicine")
    assert entered.dump() == before
    entered.house.plans.save(second, beside=True)
    assert len(entered.house.plans.all()) == 2


def test_a_plan_that_was_stopped_or_is_somebody_elses_does_not_ask(entered: Home):
    entered.house.plans.save(replace(now(entered), last=date(2027, 1, 31)), agreed=True)
    entered.house.plans.save(plan("2027-02-01T09:30", id="p2"))
    entered.house.people.save_person(Person(id="mei", name="王梅"))
    entered.house.plans.save(plan("2027-02-01T09:30", id="p3", person="mei"))
    entered.house.plans.save(plan("2027-02-01T09:30", id="p2", person="", minutes=60))
    assert len(entered.house.plans.all()) == 3


# ---- one before the anchor ---------------------------------------------------------------------
def test_a_visit_before_the_anchor_only_where_the_reference_has_it(home: Home):
    course = plan(medicine="abatacept", offsets=(-1, 5, 14, 28), every=None, unit="day")
    known = home.house.reference.medicine("abatacept")
    assert (-1, 5, 14, 28) in {one.offsets for one in known.regimens}
    home.house.plans.save(course)
    assert home.dates("p1") == [
        date(2026, 11, 23), date(2026, 11, 29), date(2026, 12, 8), date(2026, 12, 22),
    ]  # fmt: skip
    for other in (
        replace(course, id="p2", medicine="infliximab"),
        replace(course, id="p2", offsets=(-1, 5, 14, 29)),
        replace(course, id="p2", unit="week"),
        replace(course, id="p2", medicine="our own"),
    ):
        assert home.house.plans.check(other)[0].key == "plan.offsets_first"


@pytest.mark.parametrize(
    ("medicine", "offsets", "phases", "starting"),
    [
        ("guselkumab", (0, 4, 8), (), True),  # published as going on with injections
        ("ustekinumab", (0,), (), True),
        ("teprotumumab", tuple(range(0, 22, 3)), (), False),  # a course that ends
        ("guselkumab", (0, 4), (), False),
        ("our own", (0, 4, 8), (), False),
        ("our own", (0, 4, 8), (replace(HOME_PART, begins=4),), True),
    ],
)
def test_starting_visits_are_known_before_what_follows_is_entered(
    home: Home, medicine, offsets, phases, starting
):
    home.house.plans.save(plan(medicine=medicine, offsets=offsets, every=None, phases=phases))
    assert home.house.plans.is_starting(home.visit("p1~1")) is starting


# ---- the preview -------------------------------------------------------------------------------
def test_the_preview_reaches_24_months_from_the_later_of_today_and_the_first_day(home: Home):
    assert wall(home.house.plans.preview(plan())[-1].start).date() <= date(2028, 11, 24)
    far = home.house.plans.preview(plan("2030-01-07T09:30"))
    assert wall(far[0].start).date() == date(2030, 1, 7)
    assert date(2031, 11, 1) < wall(far[-1].start).date() <= date(2032, 1, 7)
    begun = home.house.plans.preview(plan("2024-01-08T09:30"))
    assert date(2028, 9, 1) < wall(begun[-1].start).date() <= date(2028, 11, 21)


def test_the_preview_tells_parts_lengths_and_places(home: Home):
    one = plan(offsets=(0, 4, 8), every=None, minutes_first=240,
               phases=(Phase(begins=12, begins_unit="week", offsets=(0,), unit="week", every=8,
                             at_home=True),))  # fmt: skip
    lines = home.house.plans.preview(one)[:5]
    assert [
        (p.dose, p.phase, p.place, p.units, p.minutes, p.at_home, p.starting) for p in lines
    ] == [
        (1, 0, 0, 0, 240, False, True), (2, 0, 1, 4, 150, False, True),
        (3, 0, 2, 8, 150, False, True), (4, 1, 0, 0, 30, True, True),
        (5, 1, 1, 8, 30, True, False),
    ]  # fmt: skip
    home.house.plans.save(one)
    kept = home.house.care.store.visits("p1")
    told_of = home.house.plans.preview(one)
    assert [(v.start, v.minutes) for v in kept] == [
        (p.start, p.minutes) for p in told_of[: len(kept)]
    ]


def test_closed_days_are_said_and_nothing_is_moved(home: Home):
    house = home.house
    house.people.save_contact(Contact(id="c", person="", name="Willow Lane", role="clinic"))
    house.people.save_contact(Contact(id="d", person="", name="Elsewhere", role="clinic"))
    one = plan(clinic="c", phases=(HOME_PART,))
    plain = house.plans.preview(one)
    assert {p.closed for p in plain} == {""}
    with house.care.change("done.blocked_days", day=""):
        for number, fields in enumerate(
            (
                {"clinic": "c", "first": date(2026, 12, 8), "reason": "Staff day"},
                {"clinic": "c", "first": date(2027, 1, 5)},
                {"clinic": "d", "first": date(2026, 11, 24), "reason": "Not ours"},
                {"clinic": "c", "first": date(2027, 11, 24), "reason": "Not for home"},
                {"first": date(2027, 3, 2), "reason": "Wedding"},
                {"first": date(2027, 12, 8), "reason": "Away"},
                {"first": date(2027, 4, 26), "last": date(2027, 4, 30)},
            )
        ):
            told_day = {"last": fields["first"], "reason": "", **fields}
            house.care.store.put(BlockedDays(id=f"b{number}", **told_day))
    lines = house.plans.preview(one)
    assert [p.start for p in lines] == [p.start for p in plain]
    assert {p.dose: p.closed for p in lines if p.closed} == {
        2: "Staff day", 3: "The clinic is closed", 4: "Wedding", 5: "This day doesn’t suit",
        10: "Away",
    }  # fmt: skip


def test_a_blocked_day_of_somebody_else_is_not_said(home: Home):
    for person in ("a", "b"):
        home.house.people.save_person(Person(id=person, name=person))
    home.house.blocked.save(
        BlockedDays(id="", person="a", first=date(2026, 12, 8), last=date(2026, 12, 8))
    )
    assert home.house.plans.preview(plan(person="a"))[1].closed
    assert not home.house.plans.preview(plan(person="b"))[1].closed


# ---- lengths -----------------------------------------------------------------------------------
def test_a_changed_length_reaches_what_is_to_come_and_no_other(home: Home):
    one = plan(offsets=(0, 4, 8), every=None, minutes_first=240,
               phases=(Phase(begins=12, begins_unit="week", offsets=(0,), unit="week", every=8,
                             at_home=True),))  # fmt: skip
    home.house.plans.save(one)
    home.house.agenda.save(replace(home.visit("p1~2"), minutes=77))
    home.house.plans.save(replace(now(home), minutes=90, minutes_first=200))
    assert [home.visit(f"p1~{n}").minutes for n in range(1, 6)] == [200, 77, 90, 30, 30]
    home.clock.at("2026-11-25T09:30")
    home.house.plans.save(replace(now(home), minutes_first=100))
    assert home.visit("p1~1").minutes == 200  # it is past


def test_a_delay_never_changes_a_length(home: Home):
    home.house.plans.save(plan(minutes_first=240))
    for choice in Choice:
        before = {v.dose: v.minutes for v in home.house.care.store.visits("p1")}
        home.house.plans.move("p1~1", moment("2026-12-01T09:30"), choice, agreed=True)
        after = {v.dose: v.minutes for v in home.house.care.store.visits("p1")}
        assert {dose: after[dose] for dose in before if dose in after} == before
        home.house.care.undo()


def test_another_clinic_reaches_what_is_to_come(home: Home):
    house = home.house
    house.people.save_contact(Contact(id="c", person="", name="Willow Lane", role="clinic"))
    house.people.save_contact(Contact(id="d", person="", name="Elsewhere", role="clinic"))
    house.plans.save(plan(clinic="c", phases=(HOME_PART,)))
    house.agenda.save(replace(home.visit("p1~2"), place="Room 4"))
    house.plans.save(replace(now(home), watch_days=7))
    assert home.visit("p1~2").place == "Room 4"  # nothing was said of the clinic
    house.plans.save(replace(now(home), clinic="d"))
    assert (home.visit("p1~3").place, home.visit("p1~3").contact) == ("Elsewhere", "d")
    assert (home.visit("p1~9").place, home.visit("p1~9").contact) == ("", "d")
    house.plans.save(replace(now(home), clinic=None))
    assert (home.visit("p1~3").place, home.visit("p1~3").contact) == ("", None)


def test_a_record_goes_with_a_visit_that_goes(entered: Home):
    entered.house.records.save(InfusionRecord(id="", person="", visit="p1~5", lot="A"))
    before = entered.dump()
    entered.house.plans.save(replace(now(entered), count=4), agreed=True)
    assert entered.house.records.all() == []
    entered.house.care.undo()
    assert entered.dump() == before
