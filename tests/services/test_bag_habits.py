"""After a visit: what was forgotten goes onto the list, what is never needed may leave it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import Contact, Person
from caregiver_app.domain.packing import TemplateItem, VisitBag, bag_id
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from caregiver_app.services.bag_habits import BagHabits, Unneeded
from tests.factories import appointment, plan
from tests.fakes import Home

DAY = "infusion_day"


@pytest.fixture
def habits(home: Home) -> BagHabits:
    home.house.plans.save(plan(offsets=(0, 2, 4, 6), every=2))
    return home.house.bag_habits


def rosa(home: Home) -> str:
    return home.house.people.people()[0].id


def undone(home: Home) -> str:
    told = home.house.care.undo()
    assert told is not None
    return words(told[0], **told[1])


# ---- forgot anything? --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "asks"),
    [("2026-12-08T09:00", False), ("2026-12-08T11:59", False), ("2026-12-08T12:00", True),
     ("2026-12-22T11:59", True), ("2026-12-22T12:01", False)],
)  # fmt: skip
def test_it_is_asked_for_two_weeks_after_a_visit(
    home: Home, habits: BagHabits, now: str, *, asks: bool
):
    home.clock.at(now)
    assert habits.asks_forgot("p1~2") is asks


def test_it_is_asked_as_soon_as_a_visit_is_done(home: Home, habits: BagHabits):
    home.clock.at("2026-12-08T11:00")
    home.house.agenda.set_status("p1~2", "done")
    assert habits.asks_forgot("p1~2")


def test_it_is_not_asked_of_every_visit(home: Home, habits: BagHabits):
    home.house.agenda.save(appointment("2026-11-20T09:00", id="late", type="lab"))
    home.house.agenda.save(appointment("2026-11-23T09:00", id="lab", type="lab"))
    home.house.agenda.save(appointment("2026-11-23T09:00", id="ride", type="drive"))
    home.house.agenda.save(appointment("2026-11-23T12:00", id="gone", type="lab"))
    home.house.agenda.cancel("gone")
    home.clock.at("2026-11-25T09:00")
    home.house.visits.set_part("p1~1", "bag", on=False)
    asked = [one for one in ("late", "lab", "ride", "gone", "p1~1") if habits.asks_forgot(one)]
    assert asked == ["lab"], "one was over when it was entered"
    with pytest.raises(InputRefused):
        habits.asks_forgot("nobody")


def test_the_latest_visit_is_asked_about_first(home: Home, habits: BagHabits):
    home.house.agenda.save(
        appointment("2026-12-09T08:00", id="lab", type="lab", rrule="FREQ=WEEKLY")
    )
    assert habits.just_over(rosa(home)) is None
    home.clock.at("2026-12-10T09:00")
    asked: list[str] = []
    while (one := habits.just_over(rosa(home))) is not None:
        asked.append(one.id)
        habits.nothing_forgot(one.id)
    assert asked == ["lab/2026-12-09T08.00", "p1~2"], "one of 24 November is too long ago"
    assert habits.just_over("nobody") is None


def test_nothing_was_forgotten(home: Home, habits: BagHabits):
    home.clock.at("2026-12-08T13:00")
    habits.nothing_forgot("p1~2")
    assert not habits.asks_forgot("p1~2")
    assert undone(home) == "Nothing forgotten"
    assert habits.asks_forgot("p1~2")


def test_what_was_forgotten_is_in_the_next_bag(home: Home, habits: BagHabits):
    home.clock.at("2026-12-08T13:00")
    key = habits.forgot("p1~2", " 枕头 ", "things")
    assert not habits.asks_forgot("p1~2")
    for visit in ("p1~3", "p1~4"):
        assert home.house.bags.bag(visit).lines[-1].label == "枕头"
    again = habits.forgot("p1~2", "Umbrella", "things")
    assert undone(home) == "Umbrella put on the list"
    assert home.house.bags.bag("p1~3").line(again) is None
    assert home.house.bags.bag("p1~3").line(key) is not None
    undone(home)
    assert home.house.bags.bag("p1~3").line(key) is None
    assert habits.asks_forgot("p1~2"), "the answer went with it"


@pytest.mark.parametrize("visit", ["p1~2", "weekly/2026-12-08T09.30"])
def test_for_this_clinic_only(home: Home, habits: BagHabits, visit: str):
    house = home.house
    house.people.save_contact(Contact(id="w", person="", name="Willow", role="clinic"))
    house.agenda.save(appointment("2026-12-08T09:30", id="weekly", type="infusion", contact="w",
                                  rrule="FREQ=WEEKLY"))  # fmt: skip
    house.agenda.save(replace(home.visit("p1~2"), contact="w"))
    home.clock.at("2026-12-08T13:00")
    key = habits.forgot(visit, "Slippers", "things", at_clinic=True)
    assert house.bags.bag("weekly/2026-12-15T09.30").line(key) is not None
    assert house.bags.bag("p1~3").line(key) is None
    assert not habits.asks_forgot(visit)


def test_what_waits_on_the_list_starts_in_the_bag(home: Home, habits: BagHabits):
    home.clock.at("2026-12-08T13:00")
    assert habits.forgot("p1~2", "headphones", "things") == "headphones"
    assert [one.key for one in home.house.bags.bag("p1~3").lines if one.key == "headphones"]
    home.house.bag_lists.change(DAY, "blanket", hidden=True)
    assert habits.forgot("p1~2", "Blanket or warm socks", "things") == "blanket"
    assert home.house.bags.bag("p1~3").line("blanket") is not None
    assert not [one for one in home.house.care.store.all(TemplateItem) if one.key == one.id]
    before = home.house.care.store.all(TemplateItem)
    assert habits.forgot("p1~2", "Photo ID", "papers") == "photo_id"
    assert home.house.care.store.all(TemplateItem) == before, "it was in the bag already"


@pytest.mark.parametrize(
    ("label", "key"), [(" ", "text.empty"), ("x" * 10_000, "text.long"), ("a\x07", "text.control")]
)
def test_what_cannot_be_kept_leaves_the_question_open(
    home: Home, habits: BagHabits, label: str, key: str
):
    home.clock.at("2026-12-08T13:00")
    with pytest.raises(InputRefused) as refused:
        habits.forgot("p1~2", label, "things")
    assert refused.value.key == key
    assert habits.asks_forgot("p1~2")


def test_without_a_list_there_is_nothing_to_put_it_on(home: Home, habits: BagHabits):
    home.house.agenda.save(appointment("2026-11-23T09:00", id="fair", type="other"))
    home.house.bags.add("fair", "Passport", "papers")
    home.clock.at("2026-11-24T09:00")
    assert not habits.asks_forgot("fair")
    with pytest.raises(InputRefused) as refused:
        habits.forgot("fair", "Ticket", "papers")
    assert refused.value.key == "bag.no_list_yet"


# ---- never needed ------------------------------------------------------------------------------


def not_needed(home: Home, *visits: str, key: str = "snacks") -> None:
    for visit in visits:
        home.house.bags.set_state(visit, key, "not_needed")


def found(home: Home) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.key, one.label, one.visits) for one in home.house.bag_habits.unneeded(rosa(home))]


SNACKS = ("snacks", "Snacks, unless food is limited")


@pytest.mark.parametrize(
    ("marked", "now", "visits"),
    [
        ((1, 2, 3), "2027-01-02T12:00", (3, 2, 1)),
        ((1, 2, 3), "2026-12-22T09:00", None),  # the third is not over
        ((1, 2), "2027-01-02T12:00", None),
        ((1, 2, 4), "2027-01-09T12:00", None),  # not in a row
        ((2, 3, 4), "2027-01-09T12:00", (4, 3, 2)),
        ((1, 2, 3), "2027-01-09T12:00", None),  # the last one needed it
        ((1, 2, 3, 4), "2027-01-09T12:00", (4, 3, 2)),
    ],
)
def test_three_visits_running(home: Home, habits: BagHabits, marked, now: str, visits):
    home.clock.at(now)
    not_needed(home, *(f"p1~{number}" for number in marked))
    wanted = [(*SNACKS, tuple(f"p1~{n}" for n in visits))] if visits else []
    assert found(home) == wanted


def three(home: Home, key: str = "snacks") -> Unneeded:
    home.clock.at("2027-01-02T12:00")
    not_needed(home, "p1~1", "p1~2", "p1~3", key=key)
    (one,) = home.house.bag_habits.unneeded(rosa(home))
    return one


def test_leaving_it_out_is_for_good_and_can_be_undone(home: Home, habits: BagHabits):
    one = three(home)
    habits.leave_out(one)
    assert found(home) == []
    assert home.house.bags.bag("p1~4").line("snacks") is None
    assert undone(home) == "Snacks, unless food is limited left out from now on"
    assert habits.unneeded(rosa(home)) == [one]


def test_keeping_it_asks_again_after_three_more_visits(home: Home, habits: BagHabits):
    habits.keep(three(home))
    assert found(home) == []
    assert home.house.bags.bag("p1~4").line("snacks") is not None
    not_needed(home, "p1~4", "p1~5")
    home.clock.at("2027-01-20T12:00")
    assert found(home) == []
    not_needed(home, "p1~6")
    home.clock.at("2027-02-03T12:00")
    assert found(home) == [(*SNACKS, ("p1~6", "p1~5", "p1~4"))]
    for _ in range(4):
        undone(home)
    home.clock.at("2027-01-02T12:00")
    assert found(home) == [(*SNACKS, ("p1~3", "p1~2", "p1~1"))]


def test_own_items_and_those_of_a_clinic(home: Home, habits: BagHabits):
    house = home.house
    house.people.save_contact(Contact(id="w", person="", name="Willow", role="clinic"))
    house.plans.save(replace(house.plans.get("p1"), clinic="w"))
    key = house.bag_lists.add(DAY, "Slippers", "things", "w")
    one = three(home, key)
    assert (one.contact, one.label) == ("w", "Slippers")
    habits.keep(one)
    assert habits.unneeded(rosa(home)) == []
    undone(home)
    habits.leave_out(one)
    assert house.bags.bag("p1~4").line(key) is None
    assert habits.unneeded(rosa(home)) == []


def test_a_visit_without_a_bag_or_cancelled_is_passed_over(home: Home, habits: BagHabits):
    home.house.visits.set_part("p1~2", "bag", on=False)
    home.house.plans.cancel("p1~3", agreed=True)
    home.clock.at("2027-01-20T12:00")
    not_needed(home, "p1~1", "p1~4", "p1~5")
    assert found(home) == [(*SNACKS, ("p1~5", "p1~4", "p1~1"))]


def test_each_list_counts_for_itself(home: Home, habits: BagHabits):
    house = home.house
    for number, day in enumerate(("12-01", "12-15", "12-29")):
        house.agenda.save(appointment(f"2026-{day}T08:00", id=f"lab{number}", type="lab"))
    home.clock.at("2027-01-02T12:00")
    not_needed(home, "lab0", "lab1", "lab2", key="lab_order")
    not_needed(home, "p1~1", "p1~2", "p1~3")
    both = {(one.template, one.key) for one in habits.unneeded(rosa(home))}
    assert both == {("lab_visit", "lab_order"), (DAY, "snacks")}


def test_what_somebody_else_packs_is_not_offered(home: Home, habits: BagHabits):
    person = rosa(home)
    home.house.people.save_person(Person(id="jo", name="Jo"))
    home.house.agenda.save(appointment("2026-12-15T09:00", id="jo1", type="infusion", person="jo"))
    home.clock.at("2027-01-02T12:00")
    not_needed(home, "p1~1", "p1~2", "p1~3")
    assert [one.key for one in habits.unneeded(person)] == ["snacks"]
    assert habits.unneeded("jo") == []
    home.house.bags.set_state("jo1", "snacks", "packed")
    assert habits.unneeded(person) == []


def test_a_repeating_visit_counts_by_its_dates(home: Home):
    home.house.agenda.save(
        appointment("2026-12-01T08:00", id="lab", type="lab", rrule="FREQ=WEEKLY;COUNT=4")
    )
    for day in ("12-01", "12-08", "12-15"):
        not_needed(home, f"lab/2026-{day}T08.00", key="lab_order")
    home.clock.at("2026-12-16T09:00")
    (one,) = home.house.bag_habits.unneeded(rosa(home))
    assert (one.template, one.key, len(one.visits)) == ("lab_visit", "lab_order", 3)
    home.clock.at("2026-12-23T09:00")
    assert home.house.bag_habits.unneeded(rosa(home)) == []


def test_a_list_that_is_gone_meanwhile(home: Home, habits: BagHabits):
    gone = Unneeded("nothing", None, "snacks", "Snacks", ())
    for doing in (habits.leave_out, habits.keep):
        with pytest.raises(InputRefused):
            doing(gone)
    home.clock.at("2026-12-08T13:00")
    habits.nothing_forgot("p1~2")
    kept = home.house.care.store.get(VisitBag, bag_id("p1~2"))
    assert kept is not None
    assert (kept.forgot, kept.visit, kept.created.date()) == (
        "nothing", "p1~2", date(2026, 12, 8),
    )  # fmt: skip


def test_a_date_that_is_ticked_afterwards_is_still_asked_about(home: Home):
    home.house.agenda.save(
        appointment("2026-11-24T08:00", id="lab", type="lab", rrule="FREQ=WEEKLY")
    )
    home.clock.at("2026-11-24T15:00")
    date_ = "lab/2026-11-24T08.00"
    assert home.house.bag_habits.asks_forgot(date_)
    home.house.bags.set_state(date_, "lab_order", "packed")
    assert home.house.bag_habits.asks_forgot(date_)
    home.house.bag_habits.nothing_forgot(date_)
    assert not home.house.bag_habits.asks_forgot(date_)


def test_a_clinic_that_was_deleted_asks_for_nothing_any_more(home: Home, habits: BagHabits):
    house = home.house
    house.people.save_contact(Contact(id="w", person="", name="Willow", role="clinic"))
    house.plans.save(replace(house.plans.get("p1"), clinic="w"))
    house.bag_lists.add(DAY, "Slippers", "things", "w")
    house.bag_lists.change(DAY, "water", "w", hidden=True)
    house.people.remove(Contact, "w")
    bag = house.bags.bag("p1~2")
    assert bag.line("water") is not None
    assert "Slippers" not in [one.label for one in bag.lines]
    for _ in range(2):
        key = house.bags.add("p1~2", "Shawl", "things", every_visit=True, at_clinic=True)
        edit = house.care.store.get(TemplateItem, key)
        assert edit is not None
        assert edit.contact is None, "there is no such clinic"
        house.care.undo()
    key = habits.forgot("p1~2", "Shawl", "things", at_clinic=True)
    assert house.bags.bag("p1~3").line(key) is not None
    undone(home)
    undone(home)
    bag = house.bags.bag("p1~2")
    assert bag.line("water") is None
    assert "Slippers" in [one.label for one in bag.lines]


def test_three_visits_that_come_once_a_year_are_running_too(home: Home):
    house = home.house
    for year in (2026, 2027, 2028):
        house.agenda.save(appointment(f"{year}-12-01T08:00", id=f"i{year}", type="infusion"))
        house.bags.set_state(f"i{year}", "snacks", "not_needed")
    home.clock.at("2029-10-01T12:00")
    (one,) = house.bag_habits.unneeded(rosa(home))
    assert one.visits == ("i2028", "i2027", "i2026")


def test_years_of_visits_are_not_read_for_what_the_latest_decide(home: Home):
    house = home.house
    house.agenda.save(appointment("2026-11-23T08:00", id="lab", type="lab", rrule="FREQ=WEEKLY"))
    for number in range(30):
        day = date.fromordinal(date(2026, 11, 23).toordinal() + 7 * number)
        state = "packed" if number == 29 else "not_needed"
        house.bags.set_state(f"lab/{day}T08.00", "lab_order", state)
    home.clock.at("2027-06-20T12:00")
    asked, person = list[str](), rosa(home)
    house.care.store._connection.set_trace_callback(asked.append)
    assert house.bag_habits.unneeded(person) == []
    house.care.store._connection.set_trace_callback(None)
    assert len([one for one in asked if "bag_item" in one]) < 6
