"""What the program itself knows of items in a bag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import (
    Authorisation,
    Contact,
    Medicine,
    Person,
    Question,
    SideEffect,
)
from caregiver_app.domain.support import Company
from caregiver_app.services.bags import Live
from caregiver_app.services.household import Household
from tests.factories import appointment, moment, plan
from tests.fakes import Home

VISIT = "p1~2"


@pytest.fixture
def planned(home: Home) -> Home:
    home.house.plans.save(plan())
    return home


def rosa(home: Home) -> Person:
    return home.house.people.people()[0]


def known(house: Household, visit: str) -> Mapping[str, Live]:
    return house.bags.live(house.bags.bag(visit))


def effect(home: Home, at: str, id_: str) -> None:
    home.house.watch.save(
        SideEffect(id=id_, person=rosa(home).id, sign="fatigue", severity=1, urgency="",
                   at=moment(at))
    )  # fmt: skip


def test_an_empty_house_knows_nothing_yet(planned: Home):
    assert known(planned.house, VISIT) == {
        "insurance_card": Live("insurance", 0),
        "med_list": Live("medicines", 0),
        "log": Live("side_effects", 0),
        "questions": Live("questions", 0),
        "phone_contacts": Live("contacts", 0),
        "ride_plan": Live("ride", 0),
    }


def test_medicines_and_questions_are_live(planned: Home):
    house = planned.house
    people = house.people
    people.save_person(replace(rosa(planned), allergies="Penicillin"))
    people.save_medicine(Medicine(id="m1", person="", name="Methotrexate"))
    people.save_medicine(Medicine(id="m2", person="", name="Folic acid"))
    people.save_medicine(Medicine(id="m3", person="", name="Old one", past=True))
    assert known(planned.house, VISIT)["med_list"] == Live(
        "medicines", 2, "Penicillin", date(2026, 11, 21)
    )
    kept = house.support.save_question(Question(id="", person="", text="Does it wear off?"))
    house.support.save_question(Question(id="", person="", text="Travel?", answer="Yes"))
    assert known(planned.house, VISIT)["questions"] == Live("questions", 1, "Does it wear off?")
    house.support.save_question(replace(kept, answer="No"))
    assert known(planned.house, VISIT)["questions"] == Live("questions", 0)


def test_signs_since_the_last_infusion(planned: Home):
    planned.clock.at("2026-12-07T12:00")
    effect(planned, "2026-11-24T07:00", "before")
    effect(planned, "2026-11-24T20:00", "that evening")
    effect(planned, "2026-12-05T08:00", "later")
    assert known(planned.house, VISIT)["log"] == Live("side_effects", 2, day=date(2026, 11, 24))
    first = known(planned.house, "p1~1")["log"]
    assert first == Live("side_effects", 3), "before the first one there was none"
    # Of the one after the next it is still the last that took place.
    assert known(planned.house, "p1~3")["log"].day == date(2026, 11, 24)


def test_insurance_contacts_and_ride(planned: Home):
    house = planned.house
    house.people.save_authorisation(
        Authorisation(id="", person="", last=date(2026, 12, 31), insurer="Blue Heron")
    )
    assert known(house, VISIT)["insurance_card"] == Live(
        "insurance", 1, "Blue Heron", date(2026, 12, 31)
    )
    assert known(house, "p1~3")["insurance_card"].count == 0
    house.people.save_contact(Contact(id="w", person="", name="Willow", phone="555-0100"))
    house.people.save_contact(Contact(id="v", person="", name="No number"))
    assert known(house, VISIT)["phone_contacts"] == Live("contacts", 1)
    house.agenda.set_ride(VISIT, "Ana", "", "")
    assert known(house, VISIT)["ride_plan"] == Live("ride", 1, "Ana")
    assert known(house, "p1~3")["ride_plan"] == Live("ride", 0)


def test_a_follow_up_has_the_infusions(planned: Home):
    planned.clock.at("2027-01-12T12:00")
    planned.house.agenda.save(appointment("2027-01-20T10:00", person=rosa(planned).id))
    live = known(planned.house, "a1")
    assert live["infusion_log"] == Live("infusions", 3, "Infusion 3", date(2027, 1, 5))
    assert set(live) == {"concerns", "fu_meds", "sx_timeline", "infusion_log"}


def test_another_person_is_left_out(planned: Home):
    house = planned.house
    house.people.save_person(Person(id="jo", name="Jo"))
    house.people.save_medicine(Medicine(id="m1", person="jo", name="Folic acid"))
    house.support.save_question(Question(id="", person="jo", text="Travel?"))
    live = known(house, VISIT)
    assert (live["med_list"].count, live["questions"].count) == (0, 0)


def test_a_charger_says_what_it_is_needed_for(planned: Home):
    house = planned.house
    assert "chargers" not in known(house, VISIT), "that nothing needs it is no news"
    blank = Company(id="", person="", visit=VISIT, who="Ana")
    house.company.save(replace(blank, what="Cards"))
    assert "chargers" not in known(house, VISIT)
    house.company.save(replace(blank, after=30, powered=True))
    house.company.save(replace(blank, what="A series", powered=True))
    assert known(house, VISIT)["chargers"] == Live("company", 2, "A series, Ana")
