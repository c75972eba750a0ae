"""Around a visit: its parts, its steps when it moves, and what is asked before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caregiver_app.domain.entities import (
    PARTS,
    Answer,
    Contact,
    Medicine,
    Person,
    SideEffect,
    VisitAnswer,
)
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.reminders import CHECK_INS, Reminder
from caregiver_app.errors import InputRefused
from caregiver_app.services.listing import ListService
from caregiver_app.services.reference import load
from caregiver_app.services.search import SearchService
from tests.factories import appointment, line, moment, plan
from tests.fakes import Home
from tests.services.test_reminders import tell

VISIT = "p1~2"
"""On Tuesday 8 December at 9:30."""


@pytest.fixture
def planned(home: Home) -> Home:
    """A plan of three visits two weeks apart, the first on 24 November."""
    home.house.plans.save(plan(offsets=(0, 2, 6), every=8))
    return home


def whats(home: Home, visit: str = VISIT) -> set[str]:
    return {stated.reminder.what for stated in home.house.reminders.of(visit)}


def keys(home: Home, visit: str = VISIT) -> set[str]:
    return {step.key for step in home.house.bags.steps(visit)}


def states(home: Home, visit: str = VISIT) -> dict[str, str]:
    return {step.key: step.state for step in home.house.bags.steps(visit)}


def reminder(home: Home, key: str, visit: str = VISIT) -> str:
    return next(step.reminder for step in home.house.bags.steps(visit) if step.key == key)


def move(home: Home, to: str, choice: Choice = Choice.ONLY_THIS, visit: str = VISIT) -> None:
    home.house.plans.move(visit, moment(to), choice, agreed=True)


# ---- parts -------------------------------------------------------------------------------------

STEPS = {
    "lab": {"lab3"},
    "authorisation": {"pa_check", "auth7", "copay7"},
    "well_enough": {"vacc", "inf3", "abx3", "temp1"},
    "anything_new": {"changes3"},
    "premedication": {"premed1"},
    "hydration": {"hyd1"},
    "meal": {"meal0"},
    "bag": {"pack1"},
    "ride": {"ride7", "ride"},
    "follow_up": {"leave", "eob"},
    **{key: {key} for key in CHECK_INS},
}
LINES = {"well_enough": {"well_enough"}, "anything_new": {"anything_new"}, "bag": {"papers"}}
SILENT = {"meal0", "ride", "leave", "changes3"}


def test_every_part_has_steps_and_every_step_of_the_data_a_known_part():
    assert set(STEPS) == set(PARTS)
    found: dict[str, set[str]] = {}
    for step in load().steps:
        found.setdefault(step.part, set()).add(step.id)
    assert {part: ids for part, ids in found.items() if part} == STEPS
    assert {step.part for step in load().medicine_steps} <= {"", *PARTS}
    # What keeps somebody from driving to the clinic ill is never switched off.
    assert "temp0" in found[""]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_off_brings_no_step_and_no_line(planned: Home, part: str):
    steps, lines = keys(planned), whats(planned)
    planned.house.visits.set_part(VISIT, part, on=False)
    assert steps - keys(planned) == STEPS[part]
    gone = lines - whats(planned)
    # Two weeks later the next infusion... the third visit is four weeks away: all check-ins come.
    assert gone == (STEPS[part] - SILENT) | LINES.get(part, set())
    assert keys(planned, "p1~3") == steps, "another visit of the plan keeps it"
    planned.house.care.undo()
    assert (keys(planned), whats(planned)) == (steps, lines)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_the_plan_is_without_comes_with_no_visit(planned: Home, part: str):
    planned.house.visits.set_plan_part("p1", part, on=False)
    for visit in ("p1~1", VISIT, "p1~5"):
        assert not keys(planned, visit) & STEPS[part]
        assert not whats(planned, visit) & (STEPS[part] | LINES.get(part, set()))
    assert [p.key for p in planned.house.visits.plan_parts("p1") if not p.on] == [part]


def test_a_bag_that_is_off_is_neither_listed_nor_looked_into(planned: Home):
    house = planned.house
    line = next(one for one in house.bags.bag(VISIT).lines if one.group == "things")
    before = {one["id"]: one for one in ListService(house).values("bags", None, None)}
    planned.clock.at("2026-12-01T09:00")
    search = SearchService(house)
    assert house.agenda.next_visit().id == VISIT
    assert [hit.id for hit in search.find(line.label).groups[0].hits] == [f"{VISIT}:{line.key}"]
    house.visits.set_part(VISIT, "bag", on=False)
    search.forget()
    assert not any(group.key == "bag" for group in search.find(line.label).groups)
    assert [visit.id for visit in search.next_visits()] == [VISIT]
    after = {one["id"]: one for one in ListService(house).values("bags", None, None)}
    assert (after[VISIT]["items"], after[VISIT]["wanted"]) == ([], 0)
    assert {one["key"] for one in after[VISIT]["steps"]} == keys(planned)
    assert after["p1~3"] == before["p1~3"]


def test_an_injection_at_home_has_no_bag_in_the_list(home: Home):
    home.house.plans.save(plan("2026-12-29T09:30", offsets=(0,), every=None, at_home=True))
    (visit,) = home.house.plans.visits("p1")
    assert not home.house.bags.brings(visit)
    assert ListService(home.house).values("bags", None, None) == []


def test_a_visit_has_its_own_say_until_it_is_as_its_plan_again(planned: Home):
    visits = planned.house.visits
    visits.set_plan_part("p1", "meal", on=False)
    assert {(p.key, p.own) for p in visits.parts(VISIT) if not p.on} == {("meal", False)}
    visits.set_part(VISIT, "ride", on=False)
    visits.set_part(VISIT, "meal", on=True)
    assert {(p.key, p.on) for p in visits.parts(VISIT) if p.own} == {
        ("meal", True),
        ("ride", False),
    }
    visits.set_plan_part("p1", "lab", on=False)
    assert "lab3" in keys(planned), "it has its own say"
    visits.as_plan(VISIT)
    assert not [p for p in visits.parts(VISIT) if p.own]
    assert not keys(planned) & {"meal0", "lab3"}
    visits.as_plan(VISIT)
    assert planned.house.care.undo()[0] == "done.parts_as_plan", "nothing to do is no step"
    assert "lab3" in keys(planned)
    visits.set_part(VISIT, "lab", on=True)
    visits.as_plan(VISIT)
    visits.set_part(VISIT, "lab", on=False)
    assert [p.own for p in visits.parts(VISIT) if p.key == "lab"] == [False]


def test_a_choice_like_the_plans_is_no_own_say(planned: Home):
    planned.house.visits.set_part(VISIT, "lab", on=False)
    planned.house.visits.set_part(VISIT, "lab", on=True)
    assert planned.visit(VISIT).off is None
    planned.house.visits.set_plan_part("p1", "lab", on=False)
    assert "lab3" not in keys(planned)


def test_switched_on_later_a_part_of_a_far_visit_rings_in_time(home: Home):
    home.house.plans.save(plan(off=("authorisation",)))
    home.clock.on(days=1)
    home.house.visits.set_plan_part("p1", "authorisation", on=True)
    far = "p1~6"
    day = home.visit(far).start.local - timedelta(days=14)
    home.clock.at(f"{day:%Y-%m-%d}T07:59")
    home.said()
    home.clock.on(minutes=1)
    assert [one for one in home.said() if ":pa_check" in one and one.startswith(far)]


def test_what_was_said_of_a_part_falls_silent_with_it_and_comes_back_with_undo(planned: Home):
    planned.clock.at("2026-12-05T08:00")
    planned.said()

    def waiting() -> set[str]:
        found = planned.house.reminders.waiting()
        return {s.reminder.what for s in found if s.reminder.owner == VISIT}

    assert {"papers", "lab3", "anything_new"} <= waiting()
    planned.house.visits.set_part(VISIT, "bag", on=False)
    planned.house.visits.set_part(VISIT, "anything_new", on=False)
    assert "lab3" in waiting()
    assert not waiting() & {"papers", "anything_new"}
    planned.house.care.undo()
    planned.house.care.undo()
    assert {"papers", "anything_new"} <= waiting()


def test_only_an_infusion_of_a_plan_has_parts(home: Home):
    home.house.agenda.save(appointment())
    home.house.plans.save(plan(id="h", at_home=True, medicine="abatacept"))
    for visit in ("a1", "h~1"):
        assert home.house.visits.parts(visit) == []
        with pytest.raises(InputRefused) as refused:
            home.house.visits.set_part(visit, "bag", on=False)
        assert refused.value.key == "visit.no_parts"


@pytest.mark.parametrize(
    ("doing", "key"),
    [
        (lambda v: v.parts("nobody"), "visit.gone"),
        (lambda v: v.parts(" "), "visit.gone"),
        (lambda v: v.as_plan("nobody"), "visit.gone"),
        (lambda v: v.set_part(VISIT, "boot", on=True), "choice.unknown"),
        (lambda v: v.set_plan_part("p1", "boot", on=True), "choice.unknown"),
        (lambda v: v.plan_parts("nobody"), "entry.gone"),
        (lambda v: v.well_enough("nobody"), "visit.gone"),
        (lambda v: v.anything_new("nobody"), "visit.gone"),
        (lambda v: v.set_answer(VISIT, "well.boot", "yes"), "visit.no_question"),
        (lambda v: v.set_answer(VISIT, "fever", "yes"), "visit.no_question"),
        (lambda v: v.set_answer(VISIT, "well.fever", "maybe"), "choice.unknown"),
        (lambda v: v.set_answer(VISIT, "well.fever", "", "x" * 2001), "text.long"),
        (lambda v: v.set_answer("nobody", "well.fever", "yes"), "visit.gone"),
    ],
)
def test_what_is_refused(planned: Home, doing, key: str):
    before = planned.dump()
    with pytest.raises(InputRefused) as refused:
        doing(planned.house.visits)
    assert refused.value.key == key
    assert planned.dump() == before


# ---- steps of one medicine ---------------------------------------------------------------------


def test_steps_of_one_medicine_come_with_it_alone(home: Home):
    own = {step.id for step in load().medicine_steps}
    for number, (name, expected) in enumerate({
        "infliximab": set(), "Something new": set(), "natalizumab": {"nat_questions"},
        "Tysabri": {"nat_questions"}, "IVIG": {"ivig_drink", "ivig_lot"},
        "zoledronic_acid": {"zol_dental", "zol_drink"},
    }.items()):  # fmt: skip
        home.house.plans.save(plan(id=f"m{number}", medicine=name), beside=True)
        assert keys(home, f"m{number}~2") & own == expected
        said = whats(home, f"m{number}~2") & own
        assert said == expected - {"ivig_lot", "zol_drink"}, "those of the morning are read there"


def test_a_question_goes_where_the_list_answers_it(planned: Home):
    def text() -> str:
        return next(s.text for s in planned.house.bags.steps(VISIT) if s.key == "mtx0")

    assert text().endswith("(if methotrexate is taken once a week)")
    planned.house.people.save_medicine(Medicine(id="m", person="", name="Methotrexate 2.5"))
    assert text().endswith("change anything about it")
    kept = planned.house.people.medicine("m")
    with planned.house.care.change("done.medicine", name="x"):
        planned.house.care.store.put(replace(kept, past=True))
    assert text().endswith("(if methotrexate is taken once a week)")
    assert text() in planned.house.bags.morning(planned.visit(VISIT))


# ---- bags --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "count"),
    [("lab", "lab_order", 10), ("follow-up", "concerns", 12), ("infusion", "paperwork", 25)],
)  # fmt: skip
def test_each_kind_of_appointment_has_its_template(home: Home, kind: str, first: str, count: int):
    home.house.agenda.save(appointment(type=kind))
    bag = home.house.bags.bag("a1")
    assert bag.lines[0].key == first
    assert len(bag.lines) + len(bag.maybe) == count
    added = home.house.bags.add("a1", "Thermos", "things", every_visit=True)
    home.house.agenda.save(appointment(id="a2", type=kind))
    home.house.agenda.save(appointment(id="a3", type="lab" if kind == "follow-up" else "follow-up"))
    assert added in [line.key for line in home.house.bags.bag("a2").lines]
    assert added not in [line.key for line in home.house.bags.bag("a3").lines]


def test_the_first_visit_of_a_plan_brings_more(planned: Home):
    def count(visit: str) -> int:
        bag = planned.house.bags.bag(visit)
        return len(bag.lines) + len(bag.maybe)

    assert (count("p1~1"), count(VISIT)) == (36, 25)


# ---- moving ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_what_was_answered_stays_answered_when_the_visit_moves(planned: Home, state: str):
    done = ("pack1", "lab3", "ride7", "premed1")
    for key in done:
        planned.house.reminders.answer(reminder(planned, key), state)
    papers = "p1~2:papers/2026-12-08T09:30/4320"
    planned.house.reminders.answer(papers, state)
    before = planned.dump()
    move(planned, "2026-12-15T09:30")
    assert {states(planned)[key] for key in done} == {state}
    assert states(planned)["vacc"] == "waiting"
    planned.clock.at("2026-12-15T09:00")
    said = planned.said()
    assert not {f"p1~2:{key}" for key in (*done, "papers")} & {one.split("/")[0] for one in said}
    assert "p1~2:hyd1/2026-12-15T09:30/1440" in said
    move(planned, "2026-12-22T10:00")
    move(planned, "2026-12-08T09:30")
    assert {states(planned)[key] for key in done} == {state}
    for _ in range(3):
        planned.house.care.undo()
    after = planned.dump()
    assert {k: v for k, v in after["answer"].items() if v.state == state} == before["answer"]
    assert after["appointment"] == before["appointment"]


def test_counting_from_here_takes_the_answers_of_later_visits_along(planned: Home):
    planned.house.reminders.answer(reminder(planned, "lab3", "p1~3"), "done")
    move(planned, "2026-12-10T09:30", Choice.COUNT_FROM_HERE)
    assert planned.visit("p1~3").start != moment("2027-01-05T09:30")
    assert states(planned, "p1~3")["lab3"] == "done"


@pytest.mark.parametrize(
    ("to", "again"),
    [("2026-12-09T09:30", True), ("2026-12-15T09:30", True), ("2026-12-08T14:00", False)],
)
def test_what_speaks_of_one_day_is_asked_anew_for_another_day(planned: Home, to: str, again: bool):
    asked = ("temp1", "inf3", "abx3", "hyd1")
    for key in asked:
        planned.house.reminders.answer(reminder(planned, key), "done")
    move(planned, to)
    assert {states(planned)[key] for key in asked} == ({"waiting"} if again else {"done"})


def test_announcements_of_a_new_date_are_made_anew(planned: Home):
    for minutes in (10080, 1440, 120):
        planned.house.reminders.answer(f"p1~2/2026-12-08T09:30/{minutes}", "done")
    move(planned, "2026-12-15T09:30")
    planned.clock.at("2026-12-15T09:00")
    leads = [one for one in planned.said() if one.startswith("p1~2/")]
    assert sorted(one.split("/")[-1] for one in leads) == ["10080", "120", "1440"]


def test_a_check_in_stays_answered_when_the_hour_is_corrected_afterwards(planned: Home):
    planned.clock.at("2026-11-24T18:00")
    c2 = reminder(planned, "c2", "p1~1")
    planned.house.reminders.answer(c2, "done")
    done = replace(planned.visit("p1~1"), status="done", start=moment("2026-11-24T10:15"))
    with planned.house.care.change("done.moved", title="x", day="x"):
        planned.house.care.store.put(done)
    assert states(planned, "p1~1")["c2"] == "done"
    assert [one for one in planned.said() if ":c2/" in one] == []


def test_what_was_postponed_goes_with_the_old_date(planned: Home):
    planned.clock.at("2026-12-07T19:00")
    planned.said()
    until = planned.clock.now() + timedelta(hours=1)
    planned.house.reminders.answer(reminder(planned, "pack1"), "later", until=until)
    move(planned, "2026-12-15T09:30")
    planned.clock.on(hours=2)
    assert [one for one in planned.said() if ":pack1" in one] == []
    planned.clock.at("2026-12-14T19:00")
    assert [one for one in planned.said() if ":pack1" in one]


def test_answers_never_leave_their_own_visit(home: Home):
    # Ids may hold colons, and steps are told apart by what stands after the last one.
    home.house.plans.save(plan(id="p1~2:lab3"))
    home.house.plans.save(plan(id="p1", medicine="natalizumab"), beside=True)
    home.house.reminders.answer("p1~2:lab3~1/2026-11-24T09:30/1440", "done")
    move(home, "2026-12-16T09:30", visit="p1~2")
    kept = home.house.care.store.all(Answer)
    assert [one.id for one in kept] == ["p1~2:lab3~1/2026-11-24T09:30/1440"]


# ---- a visit that is over ----------------------------------------------------------------------


def test_after_a_visit_that_nobody_marked_one_line_asks_instead_of_many(planned: Home):
    def waiting() -> list[Reminder]:
        found = [s.reminder for s in planned.house.reminders.waiting()]
        return [one for one in found if one.owner == "p1~1"]

    planned.clock.at("2026-11-23T19:00")
    said = planned.said()
    assert len([one for one in said if ":" in one.split("/")[0]]) > 10
    planned.clock.at("2026-11-24T11:59")
    planned.said()
    prepared = {one.what for one in waiting()}
    assert {"papers", "auth7", "pack1", "well_enough"} <= prepared
    planned.clock.at("2026-11-24T12:01")
    assert {one.what for one in waiting()} == {"lead"}
    planned.clock.at("2026-11-25T08:00")
    *_, lines = planned.tick()
    assert "p1~1:happened/2026-11-24T09:30/-1440" in lines
    rest = waiting()
    assert {one.what for one in rest if one.what not in CHECK_INS} == {"lead", "happened"}
    assert {one.minutes for one in rest if one.what == "lead"} == {120}
    planned.house.agenda.set_status("p1~1", "done")
    assert {one.what for one in waiting()} == {"c2", "c24"}
    planned.house.care.undo()
    assert "happened" in {one.what for one in waiting()}


def test_r1_closed_over_a_visit_nothing_is_lost_that_is_still_to_do(planned: Home):
    planned.clock.at("2026-11-26T09:00")
    planned.restart()
    said = {one.split("/")[0] for one in planned.said() if one.startswith("p1~1")}
    assert said == {"p1~1", "p1~1:c2", "p1~1:c24", "p1~1:happened"}
    assert planned.said() == []
    assert planned.house.reminders.next_due() > planned.clock.now()


def test_r9_with_the_clock_back_before_its_end_its_lines_wait_again(planned: Home):
    planned.clock.at("2026-11-23T19:00")
    planned.said()
    before = [s.reminder.id for s in planned.house.reminders.waiting()]
    planned.clock.at("2027-11-23T19:00")
    assert not set(before) & {s.reminder.id for s in planned.house.reminders.waiting()}
    planned.clock.at("2026-11-23T20:00")
    assert [s.reminder.id for s in planned.house.reminders.waiting()] == before


def test_done_and_cancelled_visits_are_not_asked_about(planned: Home):
    planned.clock.at("2026-11-24T12:00")
    planned.house.agenda.set_status("p1~1", "done")
    planned.house.plans.cancel(VISIT, agreed=True)
    planned.clock.at("2026-12-20T09:00")
    assert not [one for one in planned.said() if ":happened" in one]


def test_a_worry_stays_through_all_but_another_day(planned: Home):
    house, visits = planned.house, planned.house.visits
    planned.clock.at("2026-12-03T09:00")
    visits.set_answer(VISIT, "well.fever", "yes")
    visits.set_answer(VISIT, "well.vaccine", "no")
    planned.clock.at("2026-12-04T09:00")
    house.agenda.save(replace(planned.visit(VISIT), start=moment("2026-12-08T10:30")))
    planned.clock.at("2026-12-05T09:00")
    house.agenda.save(replace(planned.visit(VISIT), reminders=(60,)))
    house.plans.cancel(VISIT, agreed=True)
    planned.clock.at("2026-12-06T09:00")
    house.agenda.set_status(VISIT, "planned")
    assert {a.key for a in visits.well_enough(VISIT).asked if a.answer} == {"well.fever"}
    planned.clock.on(minutes=5)
    move(planned, "2026-12-15T09:30")
    planned.clock.at("2026-12-07T09:00")
    assert not visits.well_enough(VISIT).worried
    house.agenda.save(replace(planned.visit(VISIT), start=moment("2026-12-15T10:30")))
    assert not visits.well_enough(VISIT).worried, "what was of the other day does not come back"


# ---- how many notices --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "medicine", ["infliximab", "ivig", "cyclophosphamide_iv", "alemtuzumab", "natalizumab"]
)
def test_with_all_parts_a_visit_is_six_notices_and_one_for_each_check_in(home: Home, medicine: str):
    home.clock.at("2026-12-12T10:00")
    home.house.plans.save(plan("2026-12-29T09:30", offsets=(0, 2), medicine=medicine))
    home.house.agenda.set_ride("p1~1", "Ana", "", "08:40")
    told = tell(home, 40, minutes=90)
    ours = [at for at, ids, _ in told if any(i.startswith("p1~1") for i in ids)]
    assert [at for at in ours if at <= "12-29 09:30" and at > "12-12 23:00"] == [
        "12-15 08:00", "12-22 08:00", "12-26 08:00", "12-28 19:00", "12-29 07:30", "12-29 08:40",
    ]  # fmt: skip
    after = [at for at in ours if at > "12-29 09:30" or at < "12-12"]
    assert after == [
        "12-29 14:00", "12-30 08:00", "01-01 08:00", "01-05 08:00", "01-19 08:00",
    ]  # fmt: skip
    lines = {i.split(":")[1].split("/")[0]: at for at, ids, _ in told for i in ids
             if i.startswith("p1~1:")}  # fmt: skip
    assert (lines["anything_new"], lines["well_enough"]) == ("12-26 08:00", "12-28 19:00")


# ---- well enough to go? ------------------------------------------------------------------------

QUESTIONS = ("well.fever", "well.infection", "well.antibiotics", "well.vaccine")


@pytest.fixture
def eve(planned: Home) -> Home:
    """The evening before the visit of 8 December; the clinic is written down."""
    house = planned.house
    house.people.save_contact(Contact(id="w", person="", name="Willow", role="clinic", phone="1"))
    house.plans.save(replace(house.plans.get("p1"), clinic="w"))
    planned.clock.at("2026-12-07T20:00")
    return planned


def test_nothing_is_answered_before_somebody_answers(eve: Home):
    sheet = eve.house.visits.well_enough(VISIT)
    assert tuple(one.key for one in sheet.asked) == QUESTIONS
    assert {one.answer for one in sheet.asked} == {""}
    assert (sheet.worried, sheet.complete) == (False, False)
    assert sheet.contact.name == "Willow"
    assert "call the clinic before you travel" in sheet.yes
    assert sheet.no.startswith("This is not a check-up.")
    assert sheet.evidence.status == "partly verified here"


@pytest.mark.parametrize("key", QUESTIONS)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_one_yes_or_not_sure_is_enough(eve: Home, key: str, answer: str):
    for other in QUESTIONS:
        eve.house.visits.set_answer(VISIT, other, "no")
    assert not eve.house.visits.well_enough(VISIT).worried
    eve.house.visits.set_answer(VISIT, key, answer, " since noon ")
    sheet = eve.house.visits.well_enough(VISIT)
    assert (sheet.worried, sheet.complete) == (True, True)
    assert [(a.key, a.text) for a in sheet.asked if a.answer == answer] == [(key, "since noon")]
    assert not eve.house.visits.well_enough("p1~1").worried, "of one visit only"
    assert eve.visit(VISIT).status == "planned", "the app decides nothing"


def test_the_limit_is_the_persons_own(eve: Home):
    person = eve.house.people.people()[0]
    eve.house.people.save_person(replace(person, fever_c=37.5, fever_set_by="Dr Sol"))
    asked = eve.house.visits.well_enough(VISIT).asked[0]
    assert asked.ask == "Fever, 37.5 °C / 99.5 °F or more, or shivering?"
    assert asked.sign == "fever"


def test_an_answer_is_taken_away_and_undone(eve: Home):
    eve.house.visits.set_answer(VISIT, "well.fever", "yes")
    eve.house.visits.set_answer(VISIT, "well.fever", "", "")
    assert eve.dump()["visit_answer"] == {}
    assert eve.house.care.undo()[0] == "done.well_enough"
    assert eve.house.visits.well_enough(VISIT).worried


def test_once_all_is_answered_its_line_is_done_and_one_undo_brings_both_back(eve: Home):
    eve.said()

    def waits() -> bool:
        found = [s.reminder.entry for s in eve.house.reminders.waiting()]
        return f"{VISIT}:well_enough" in found

    for key in QUESTIONS[:-1]:
        eve.house.visits.set_answer(VISIT, key, "no")
    assert waits()
    eve.house.visits.set_answer(VISIT, QUESTIONS[-1], "unsure")
    assert not waits()
    eve.house.care.undo()
    assert waits()
    assert not eve.house.visits.well_enough(VISIT).complete


def test_answered_days_before_it_is_asked_again_on_the_day_before(planned: Home):
    planned.clock.at("2026-12-04T12:00")
    for key in QUESTIONS:
        planned.house.visits.set_answer(VISIT, key, "no")
    assert planned.house.visits.well_enough(VISIT).complete
    planned.clock.at("2026-12-07T19:00")
    assert "p1~2:well_enough/2026-12-08T09:30/1440" in planned.said()
    assert {one.answer for one in planned.house.visits.well_enough(VISIT).asked} == {""}


def test_it_is_asked_anew_when_the_visit_moves(eve: Home):
    eve.said()
    for key in QUESTIONS:
        eve.house.visits.set_answer(VISIT, key, "yes" if key == "well.fever" else "no")
    eve.clock.on(minutes=30)
    move(eve, "2026-12-15T09:30")
    assert eve.house.visits.well_enough(VISIT).worried, "still the same evening"
    eve.clock.at("2026-12-14T19:00")
    assert "p1~2:well_enough/2026-12-15T09:30/1440" in eve.said()
    sheet = eve.house.visits.well_enough(VISIT)
    assert (sheet.worried, {one.answer for one in sheet.asked}) == (False, {""})
    assert len(eve.house.care.store.all(VisitAnswer)) == len(QUESTIONS), "nothing is thrown away"


# ---- anything new? -----------------------------------------------------------------------------


def test_the_nurses_list_shows_what_the_app_knows(home: Home):
    house = home.house
    house.people.save_person(Person(id="r", name="Rosa", allergies="Penicillin: rash\n\n Latex"))
    house.plans.save(plan(person="r"))
    house.people.save_medicine(
        Medicine(id="m1", person="r", name="Folic acid", directions="5 days a week")
    )
    old = Medicine(id="m2", person="r", name="Ibuprofen", past=True)
    with house.care.change("done.medicine", name="x"):
        house.care.store.put(old)
    home.clock.at("2026-12-05T10:00")
    told = [("fever", "2026-11-26T20:00", ""), ("fatigue", "2026-11-27T09:00", "all day"),
            ("headache", "2026-11-20T09:00", "before")]  # fmt: skip
    for sign, at, text in told:
        house.watch.save(
            SideEffect(id="", person="r", sign=sign, severity=1, at=moment(at), urgency="",
                       text=text)
        )  # fmt: skip
    sheet = house.visits.anything_new(VISIT)
    live = {one.key: [(x.text, x.day, x.note) for x in one.live] for one in sheet.asked}
    assert live["new.medicines"] == [("Folic acid", None, "5 days a week")]
    assert live["new.allergies"] == [("Penicillin: rash", None, ""), ("Latex", None, "")]
    days = [x[1:] for x in live["new.reaction"]]
    assert days == [(date(2026, 11, 26), ""), (date(2026, 11, 27), "all day")]
    assert [x[1] for x in live["new.illness"]] == [date(2026, 11, 26)]
    assert live["new.vaccines"] == []
    assert sheet.none == "Nothing new that we know of"
    assert house.visits.anything_new("p1~1").asked[-1].live == (), "the first has no time before"


def test_the_nurses_list_is_kept_when_the_visit_moves(planned: Home):
    planned.clock.at("2026-12-05T08:00")
    planned.said()
    sheet = planned.house.visits.anything_new(VISIT)
    planned.house.visits.set_answer(VISIT, "new.medicines", "yes", "Folic acid\nsince May")
    for one in sheet.asked[1:]:
        planned.house.visits.set_answer(VISIT, one.key, "no")
    assert states(planned)["changes3"] == "done", "the step is done on the sheet"
    move(planned, "2026-12-15T09:30")
    kept = planned.house.visits.anything_new(VISIT).asked[0]
    assert (kept.answer, kept.text) == ("yes", "Folic acid\nsince May")
    assert states(planned)["changes3"] == "done"


def test_a_line_of_add_and_the_window_speak_of_the_same_answers(planned: Home):
    planned.add(line("question", id="q", text="May it be later?"))
    planned.house.visits.set_answer(VISIT, "new.hospital", "", "Dentist on the 3rd")
    (kept,) = planned.house.care.store.all(VisitAnswer, visit=VISIT)
    assert (kept.id, kept.key) == (f"{VISIT}:new.hospital", "new.hospital")
    planned.restart()
    asked = {one.key: one.text for one in planned.house.visits.anything_new(VISIT).asked}
    assert asked["new.hospital"] == "Dentist on the 3rd"
