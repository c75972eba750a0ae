"""A bag for each date of a repeating visit, and that nothing leaks from one bag to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Person
from caregiver_app.domain.packing import BAG_STATES
from caregiver_app.errors import InputRefused
from caregiver_app.services.bags import Bag, BagLine
from caregiver_app.services.takeout import TakeoutService
from tests.factories import appointment, moment, plan
from tests.fakes import FakeClock, Home


def line(home: Home, key: str, visit: str) -> BagLine:
    found = home.house.bags.bag(visit).line(key)
    assert found is not None
    return found


def inside(bag: Bag) -> tuple[object, ...]:
    return bag.lines, bag.maybe, bag.lists, bag.template, bag.rules, bag.visit.start


FIRST, SECOND = "a1/2026-11-24T09.30", "a1/2026-12-01T09.30"


@pytest.fixture
def weekly(home: Home) -> Home:
    home.house.agenda.save(appointment(type="lab", rrule="FREQ=WEEKLY", title="Blood test"))
    return home


def test_each_date_has_a_bag_of_its_own(weekly: Home):
    house, bags = weekly.house, weekly.house.bags
    assert [one.id for one in bags.visits(_person(weekly), ahead=timedelta(days=20))] == [
        FIRST, SECOND, "a1/2026-12-08T09.30",
    ]  # fmt: skip
    before = bags.bag(SECOND)
    assert (before.visit.start, before.visit.rrule) == (moment("2026-12-01T09:30"), "")
    bags.set_state(FIRST, "lab_order", "packed")
    bags.set_paper(FIRST, "lab_id", "sent")
    bags.choose_list("a1/2026-12-08T09.30", "hospital_overnight")
    assert (bags.bag(FIRST).packed, line(weekly, "lab_id", FIRST).way) == (1, "sent")
    assert inside(bags.bag(SECOND)) == inside(before), "nothing leaks to another date"
    own = bags.bag(FIRST).visit
    assert (own.series, own.original, own.start) == ("a1", "2026-11-24T09:30",
                                                     moment("2026-11-24T09:30"))  # fmt: skip
    assert bags.bag(own.id).packed == 1
    assert [one.id for one in bags.visits(_person(weekly), ahead=timedelta(days=12))] == [
        own.id, SECOND,
    ]  # fmt: skip
    days = house.agenda.between(date(2026, 11, 20), date(2026, 12, 12))
    assert [one.day("America/New_York").day for one in days] == [24, 1, 8], "each day once"
    for _ in range(3):
        house.care.undo()
    assert bags.bag(FIRST).lines == before.lines
    assert not house.care.store.changed_dates("a1")


def test_ticks_stay_when_a_date_moves_and_comes_back(weekly: Home):
    house, bags = weekly.house, weekly.house.bags
    bags.set_state(FIRST, "lab_order", "packed")
    house.series.move(FIRST, "", moment("2026-11-26T09:30"))
    assert (bags.bag(FIRST).packed, bags.bag(FIRST).visit.start) == (1, moment("2026-11-26T09:30"))
    house.series.move(FIRST, "", moment("2026-11-24T09:30"))
    assert not house.care.store.changed_dates("a1"), "it is as its series says"
    assert (bags.bag(FIRST).packed, bags.bag(SECOND).packed) == (1, 0)
    bags.set_state(FIRST, "lab_id", "packed")
    assert bags.bag(FIRST).packed == 2


def test_a_repeating_appointment_means_its_next_date(weekly: Home):
    bags = weekly.house.bags
    assert bags.bag("a1").visit.id == FIRST
    weekly.clock.at("2026-11-24T10:00")
    assert bags.bag("a1").visit.id == FIRST, "it is not over yet"
    weekly.clock.at("2026-11-24T11:00")
    assert bags.bag("a1").visit.id == SECOND
    bags.add("a1", "Crossword", "things")
    assert bags.bag(SECOND).lines[-1].label == "Crossword"
    assert bags.bag(FIRST).lines[-1].label != "Crossword"


def test_a_date_that_was_left_out_has_no_bag(weekly: Home):
    weekly.house.series.remove("a1", "2026-12-01T09:30")
    with pytest.raises(InputRefused):
        weekly.house.bags.bag(SECOND)
    shown = weekly.house.bags.visits(_person(weekly), ahead=timedelta(days=20))
    assert [one.id for one in shown] == [FIRST, "a1/2026-12-08T09.30"]


def test_the_steps_of_a_date_are_answered_with_those_of_its_series(weekly: Home):
    reminders = {step.reminder for step in weekly.house.bags.steps(SECOND)}
    assert {one.partition(":")[0] for one in reminders} == {"a1"}
    assert {one.split("/")[1] for one in reminders} == {"2026-12-01T09:30"}
    weekly.house.bags.set_state(SECOND, "lab_order", "packed")
    own = weekly.house.bags.bag(SECOND).visit.id
    found = {step.reminder.partition(":")[0] for step in weekly.house.bags.steps(SECOND)}
    assert found == {own}


def test_the_reminders_of_that_date_are_not_said_again(weekly: Home):
    weekly.clock.at("2026-11-24T08:30")
    weekly.said()
    assert weekly.said() == []
    weekly.house.bags.set_state(FIRST, "lab_order", "packed")
    assert weekly.said() == []


def test_a_visit_is_found_by_either_id(weekly: Home):
    bags = weekly.house.bags
    assert bags.visit("nobody") is None
    before = bags.visit(SECOND)
    assert before is not None
    assert (before.id, before.start) == (SECOND, moment("2026-12-01T09:30"))
    bags.set_state(SECOND, "lab_order", "packed")
    own = bags.visit(SECOND)
    assert own is not None
    assert (own.id, own.series, own.original) == (SECOND, "a1", "2026-12-01T09:30")
    assert weekly.visit(SECOND) == own, "it is an entry by now"


@pytest.mark.parametrize(
    "visit", ["a1/2026-11-25T09.30", "a1/2026-11-24", "a1/", "a2/2026-11-24T09.30", "/"]
)
def test_a_date_that_is_none_is_refused(weekly: Home, visit: str):
    with pytest.raises(InputRefused):
        weekly.house.bags.bag(visit)


def _person(home: Home) -> str:
    return home.house.care.store.all(Person)[0].id


# ---- any family, any clicks --------------------------------------------------------------------

VISITS = ("p1~1", "p1~2", "p1~3", "lab/2026-12-01T10.00", "lab/2026-12-08T10.00")
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(("state", "brings", "paper", "move", "add", "remove", "list")),
        st.sampled_from(VISITS),
        st.integers(0, 40),
        st.sampled_from(BAG_STATES),
    ),
    max_size=8,
)


def do(home: Home, what: str, visit: str, number: int, state: str) -> None:
    bags = home.house.bags
    bag = bags.bag(visit)
    every = (*bag.lines, *bag.maybe)
    one = every[number % len(every)]
    match what:
        case "state":
            bags.set_state(visit, one.key, state)
        case "brings":
            bags.set_brings(visit, one.key, ("carer", "person", "nobody", "")[number % 4])
        case "paper":
            bags.set_paper(visit, one.key, ("", "sent", "received")[number % 3], "drawer")
        case "move":
            bags.move(visit, one.key, number % 7)
        case "add":
            bags.add(visit, f"Own {number}", ("papers", "things")[number % 2])
        case "remove" if not one.listed or not one.own:
            bags.remove(visit, one.key)
        case _:
            bags.choose_list(visit, ("", "lab_visit", "hospital_overnight")[number % 3])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder: Path = tmp_path_factory.mktemp("bags")
    home = Home(folder / "data", FakeClock(datetime(2026, 11, 21, 15, tzinfo=UTC)))
    home.house.plans.save(plan())
    lab = appointment("2026-12-01T10:00", id="lab", type="lab", rrule="FREQ=WEEKLY")
    home.house.agenda.save(lab)
    yield home
    home.close()


@settings(max_examples=40)
@given(ACTIONS)
def test_what_is_done_to_one_bag_is_seen_in_no_other(shared: Home, actions):
    bags, store = shared.house.bags, shared.house.care.store
    at_first, label = shared.dump(), store.undo_label()
    for what, visit, number, state in actions:
        before = {one: inside(bags.bag(one)) for one in VISITS}
        try:
            do(shared, what, visit, number, state)
        except InputRefused:
            assert inside(bags.bag(visit)) == before[visit]
        for other in VISITS:
            if other != visit:
                assert inside(bags.bag(other)) == before[other]
        bag = bags.bag(visit)
        states = Counter(one.state for one in bag.lines)
        assert (bag.packed, bag.not_needed) == (states["packed"], states["not_needed"])
        assert bag.packed + bag.not_needed + len(bags.missing(visit).lines) == len(bag.lines)
        every = [one.key for one in (*bag.lines, *bag.maybe)]
        assert len(every) == len(set(every))
        assert not any(one.state == "packed" and one.way == "sent" for one in bag.lines)
    while store.undo_label() != label:
        shared.house.care.undo()
    assert shared.dump() == at_first


def test_the_next_date_stays_the_next_one_once_something_of_it_is_packed(weekly: Home):
    bags = weekly.house.bags
    bags.set_state("a1", "lab_order", "packed")
    assert (bags.bag("a1").visit.id, bags.bag("a1").packed) == (FIRST, 1)
    bags.set_state("a1", "lab_id", "packed")
    assert (bags.bag(FIRST).packed, bags.bag(SECOND).packed) == (2, 0)
    weekly.house.series.cancel(FIRST)
    assert bags.bag("a1").visit.id == SECOND
    weekly.house.care.undo()
    weekly.clock.at("2026-11-24T15:00")
    assert bags.bag("a1").visit.id == SECOND


def test_ticks_on_a_date_of_a_series_with_the_longest_id_come_back(home: Home, tmp_path: Path):
    home.house.agenda.save(appointment(id="q" * 100, type="lab", rrule="FREQ=WEEKLY"))
    date_ = home.house.bags.bag("q" * 100).visit.id
    home.house.bags.set_state(date_, "lab_order", "packed")
    everything = TakeoutService(home.house).everything().decode()
    other = Home(tmp_path / "other", home.clock)
    try:
        for _ in range(2):
            other.add(*everything.splitlines())
        assert other.house.bags.bag(date_).packed == 1
        assert other.dump() == home.dump()
        for wrong in (f"{'q' * 100}/soon", f"{'q' * 100}x", f"{'q' * 101}/2026-11-24T09.30"):
            changed = everything.replace(date_, wrong)
            with pytest.raises(InputRefused):
                other.add(*changed.splitlines())
    finally:
        other.close()
