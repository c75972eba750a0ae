"""Whether Today asks how a day was: in the evening, while nothing is written, and off for good."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.entities import CheckIn, Person
from caregiver_app.services.day_asking import DayAsking
from tests.factories import line, plan
from tests.fakes import Home

TODAY = date(2026, 11, 21)


@pytest.fixture
def asking(home: Home) -> DayAsking:
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    home.house.people.save_person(Person(id="mei", name="Mei"))
    home.house.plans.save(plan(person="rosa"))
    home.clock.at("2026-11-21T17:00")
    return DayAsking(home.house.care, home.house.settings)


@pytest.mark.parametrize(
    ("at", "asks"),
    [
        ("2026-11-21T08:00", False), ("2026-11-21T16:59", False), ("2026-11-21T17:00", True),
        ("2026-11-21T23:59", True), ("2026-11-22T00:00", False), ("2026-11-22T17:00", True),
    ],
)  # fmt: skip
def test_it_asks_from_five_in_the_evening(home: Home, asking: DayAsking, at: str, asks: bool):
    home.clock.at(at)
    assert asking.asks("rosa") is asks


def test_only_about_somebody_with_a_plan(asking: DayAsking):
    assert not asking.asks("mei")


def test_not_once_anything_is_written_of_the_day(home: Home, asking: DayAsking):
    home.house.watch.check_in(CheckIn(id="old", person="rosa", date=date(2026, 11, 20), pain=1))
    home.house.watch.check_in(CheckIn(id="hers", person="mei", date=TODAY, pain=1))
    assert asking.asks("rosa")
    kept = home.house.watch.check_in(CheckIn(id="", person="rosa", date=TODAY))
    assert not asking.asks("rosa"), "nothing today is an answer"
    home.house.watch.remove_check_in(kept.id)
    assert asking.asks("rosa")
    told = {"sign": "fatigue", "severity": 1, "at": "2026-11-21T08:00"}
    home.add(line("side_effect", person="rosa", **told))
    assert not asking.asks("rosa")


def test_not_today_holds_until_tomorrow_for_that_person(home: Home, asking: DayAsking):
    home.house.plans.save(plan(id="p2", person="mei"))
    asking.not_today("rosa")
    assert (asking.asks("rosa"), asking.asks("mei")) == (False, True)
    asking.not_today("mei")
    assert (asking.asks("rosa"), asking.asks("mei")) == (False, False)
    home.restart()
    again = DayAsking(home.house.care, home.house.settings)
    assert not again.asks("rosa")
    home.clock.at("2026-11-22T18:00")
    assert again.asks("rosa")


def test_it_is_switched_off_for_good_and_undone_by_name(home: Home, asking: DayAsking):
    asking.switch(on=False)
    home.clock.at("2027-05-01T18:00")
    assert not asking.asks("rosa")
    undone = home.house.care.undo()
    assert undone is not None
    assert undone[0] == "done.setting.wellbeing.ask"
    assert asking.asks("rosa")


def test_it_never_makes_a_reminder(home: Home, asking: DayAsking):
    before = [one.reminder.id for one in home.house.reminders.between()]
    assert asking.asks("rosa")
    assert [one.reminder.id for one in home.house.reminders.between()] == before
    assert not [one for one in home.house.reminders.open_now() if "day" in one.what]
