"""What is told in an emergency: about whom, what they had last, whom to call, what is urgent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from caregiver_app.domain.entities import Contact, Medicine, Person
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import InputRefused
from caregiver_app.services.emergency import EmergencyService
from caregiver_app.services.watch import WatchService
from tests.factories import line, plan_line


@pytest.fixture
def service(home) -> EmergencyService:
    """Rosa, with infliximab at 9:30 on 24 November, week 2, 6, and then every 8."""
    people = home.house.people
    people.save_person(Person(id="rosa", name="Rosa", born=date(1958, 11, 25)))
    home.add(plan_line())
    return EmergencyService(home.house)


def test_nobody_entered_and_still_something_is_told(home):
    service = EmergencyService(home.house)
    facts = service.facts(None)
    assert (facts.person, facts.drips, facts.last, facts.numbers) == (None, (), None, ())
    assert (service.emergency_number, service.poison_number) == ("", "")
    assert service.to_print(None) is None
    assert service.anew_by(None) == date(2026, 12, 21)
    assert home.house.people.people() == [], "looking makes nobody"


def test_nobody_is_guessed_among_several(home, service):
    assert service.meant(None).id == "rosa", "the only one needs no choice"
    home.house.people.save_person(Person(id="mei", name="王梅"))
    assert service.meant(None) is None
    assert service.facts(None).last is None
    assert service.meant("mei").name == "王梅"
    with pytest.raises(InputRefused) as refused:
        service.to_print(None)
    assert refused.value.key == "print.which"
    with pytest.raises(InputRefused):
        service.to_print("gone")


def test_the_age_turns_on_the_birthday(home, service):
    home.clock.at("2026-11-24T12:00")
    assert service.facts("rosa").age == 67
    home.clock.at("2026-11-25T12:00")
    assert service.facts("rosa").age == 68
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    assert service.facts("rosa").age is None


@pytest.mark.parametrize(
    ("now", "at", "running"),
    [
        ("2026-11-24T10:00", datetime(2026, 11, 24, 9, 30), True),
        ("2026-11-24T23:00", datetime(2026, 11, 24, 12, 0), False),
        ("2026-12-08T09:29", datetime(2026, 11, 24, 12, 0), False),
        ("2026-12-08T12:01", datetime(2026, 12, 8, 12, 0), False),
    ],
)
def test_the_last_infusion_is_the_one_that_has_begun(home, service, now, at, running):
    for number in (1, 2):
        home.house.plans.set_status(f"p1~{number}", "booked")
    home.clock.at(now)
    last = service.facts("rosa").last
    assert (last.at, last.running, last.medicine) == (at, running, "infliximab")


def test_before_the_first_infusion_only_the_medicine_is_told(home, service):
    facts = service.facts("rosa")
    assert facts.last is None
    assert [(drip.medicine, drip.lowers_immunity) for drip in facts.drips] == [("infliximab", True)]


def test_what_has_not_begun_is_told_with_its_first_day(home, service):
    pen = {"id": "pen", "medicine": "denosumab", "at_home": True, "every": None, "offsets": [0]}
    home.add(plan_line(first="2026-12-31T10:00", person="rosa", **pen))
    home.clock.at("2026-11-25T10:00")
    begins = {one.medicine: one.begins for one in service.facts("rosa").drips}
    assert begins == {"infliximab": None, "denosumab": date(2026, 12, 31)}
    home.clock.at("2026-12-31T10:30")
    assert all(one.begins is None for one in service.facts("rosa").drips)


def test_a_first_visit_that_is_cancelled_began_nothing(home, service):
    assert service.facts("rosa").drips[0].begins == date(2026, 11, 24)
    with home.house.care.change("done.changed", title="", day=""):
        home.house.care.store.put(replace(home.visit("p1~1"), status="cancelled"))
    home.clock.at("2026-11-25T10:00")
    assert service.facts("rosa").drips[0].begins == date(2026, 12, 8)


def test_an_infusion_of_two_that_day_which_is_still_to_come_hides_none(home, service):
    evening = {"type": "infusion", "title": "Iron", "start": "2026-11-24T19:00"}
    home.add(line("appointment", id="iron", zone="America/New_York", person="rosa", **evening))
    home.clock.at("2026-11-24T15:00")
    assert service.facts("rosa").last.medicine == "infliximab"
    home.clock.at("2026-11-24T19:10")
    last = service.facts("rosa").last
    assert (last.medicine, last.title, last.dose) == ("", "Iron", None)


def test_an_infusion_without_an_hour_is_told_by_its_day(home, service):
    fields = {"type": "infusion", "title": "Iron", "start": "2026-11-25"}
    home.add(line("appointment", id="iron", person="rosa", **fields))
    home.clock.at("2026-11-27T15:00")
    assert service.facts("rosa").last.at == date(2026, 11, 25)


def test_numbers_stand_in_the_order_of_need_and_the_insurers_is_none(home, service):
    people = home.house.people
    for role, name, day, after in (
        ("insurer", "Insurer", "1", ""), ("driver", "Ana", "2", ""), ("family", "Jo", "3", ""),
        ("doctor", "Dr Sol", "4", ""), ("clinic", "Willow", "5", "6"),
    ):  # fmt: skip
        people.save_contact(
            Contact(id=name, person="rosa", name=name, role=role, phone=day,
                    phone_after_hours=after, note="secret")
        )  # fmt: skip
    told = [(one.whose, one.number, one.hours) for one in service.facts("rosa").numbers]
    assert told == [
        ("Willow", "5", ""), ("Willow", "6", "after"), ("Dr Sol", "4", "day"), ("Jo", "3", ""),
        ("Ana", "2", ""),
    ]  # fmt: skip
    assert [one.number for one in service.clinic_numbers("rosa")] == ["5", "6", "4"]
    people.save_contact(Contact(id="Willow", person="rosa", name="Willow", role="clinic"))
    people.save_contact(
        Contact(id="Dr Sol", person="rosa", name="Dr Sol", role="doctor", phone="4")
    )
    assert [one.hours for one in service.clinic_numbers("rosa")] == ["only"]


def test_what_a_medicine_makes_an_emergency_stands_with_the_emergencies(home, service):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    rosas, meis = service.signs("rosa"), service.signs("mei")
    assert "shaking chills" in rosas.at_once
    assert "shaking chills" not in rosas.same_day
    assert "shaking chills" in meis.same_day
    assert meis.at_once[:2] == ("hard to breathe, wheezing", "face, lips or throat swelling")


def test_no_emergency_of_the_reference_is_left_out(home, service):
    urgent = [one for one in home.house.reference.signs if one.tier == Tier.EMERGENCY]
    home.house.people.save_person(Person(id="mei", name="王梅"))
    assert len(service.signs("mei").at_once) == len(urgent) == 16


def test_the_fever_limit_is_the_one_that_the_team_gave(home, service, monkeypatch):
    assert service.signs("rosa").fever_c == 38.0
    rosa = home.house.people.person("rosa")
    home.house.people.save_person(replace(rosa, fever_c=37.8, fever_set_by="Dr Sol"))
    signs = service.signs("rosa")
    assert signs.fever_c == 37.8
    assert not signs.fever_at_once
    monkeypatch.setattr(WatchService, "urgency_of", lambda *_: Tier.EMERGENCY)
    assert service.signs("rosa").fever_at_once, "as with a complement blocker"


def test_fever_with_a_complement_blocker_is_an_emergency(home, service):
    assert not service.signs("rosa").fever_at_once
    assert home.house.watch.fever_medicines("rosa") == ()
    home.add(plan_line(id="p2", medicine="Soliris", first="2026-11-22T09:00"))
    assert service.signs("rosa").fever_at_once
    assert home.house.watch.fever_medicines("rosa") == ("Soliris",)
    home.house.people.save_person(Person(id="mei", name="王梅"))
    assert not service.signs("mei").fever_at_once


@pytest.mark.parametrize("typed", ["Eculizumab infusion", "MabThera + cyclophosphamide, 6 times"])
def test_fever_is_an_emergency_however_the_medicine_was_written(home, service, typed: str):
    home.add(plan_line(id="p2", medicine=typed, first="2026-11-22T09:00"))
    assert service.signs("rosa").fever_at_once
    assert home.house.watch.fever_medicines("rosa") == (typed,)
    drips = {one.medicine: one.lowers_immunity for one in service.facts("rosa").drips}
    assert drips[typed]


def test_the_calls_of_the_same_day_are_chosen_and_those_of_their_medicines(home, service):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    reference = home.house.reference
    short, meis = dict(reference.emergency.short), service.signs("mei")
    infections = {one.id for one in reference.signs if one.infection and one.tier == Tier.NOTE}
    assert set(meis.same_day) == {short[id_] for id_ in reference.emergency.same_day | infections}
    calls = [one for one in reference.signs if one.tier == Tier.CALL_TODAY and one.id != "fever"]
    assert meis.more == len(calls) - len(reference.emergency.same_day)
    assert "headache" not in meis.same_day
    home.add(plan_line(id="p2", medicine="IVIG", person="mei", first="2026-11-22T09:00"))
    raised = set(service.signs("mei").same_day) - set(meis.same_day)
    assert raised, "a sign that IVIG makes a call today is named"


def test_anew_at_the_next_infusion_or_after_thirty_days(home, service):
    assert service.anew_by("rosa") == date(2026, 11, 24)
    home.clock.at("2026-11-24T08:00")
    assert service.anew_by("rosa") == date(2026, 12, 8), "today's sheet is the one printed now"
    home.clock.at("2027-01-06T08:00")
    assert service.anew_by("rosa") == date(2027, 2, 5)


def test_all_drips_are_told_the_last_one_first(home, service):
    home.add(
        plan_line(id="p2", medicine="zoledronic acid", first="2026-11-22T09:00", offsets=[0],
                  every=None)
    )  # fmt: skip
    home.clock.at("2026-11-26T15:00")
    facts = service.facts("rosa")
    assert [drip.medicine for drip in facts.drips] == ["infliximab", "zoledronic acid"]
    home.house.people.save_medicine(Medicine(id="m", person="rosa", name="folic acid"))
    assert [one.name for one in service.facts("rosa").medicines] == ["folic acid"]
