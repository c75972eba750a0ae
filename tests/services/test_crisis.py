"""The crisis panel says only numbers that the family typed, and helps without any."""

from __future__ import annotations

import itertools
import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.entities import Contact, Person
from caregiver_app.domain.support_cards import CRISIS_PLACEHOLDERS
from caregiver_app.errors import InputRefused
from caregiver_app.services.crisis import CARER_CONTACT, CrisisFacts, CrisisService
from caregiver_app.services.entries import EntryService
from caregiver_app.services.reference import load
from caregiver_app.services.settings import (
    CRISIS_NAME,
    CRISIS_NUMBER,
    CRISIS_TEXT,
    EMERGENCY_NUMBER,
    POISON_NUMBER,
    SAFETY_NUMBER,
)
from caregiver_app.services.support_cards import SupportCards
from caregiver_app.storage.database import DATA_NAME
from tests.factories import line, plan_line
from tests.fakes import Home

TYPED = {
    EMERGENCY_NUMBER: "112",
    CRISIS_NUMBER: "0800 555 0100",
    CRISIS_NAME: "Night Line",
    CRISIS_TEXT: "text HI to 555 0111",
    POISON_NUMBER: "555 0122",
}


def said(facts: CrisisFacts) -> str:
    rows = (row.text for row in facts.rows)
    return "\n".join((facts.name, facts.call, facts.number, *rows, facts.yourself, facts.add))


def digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def test_with_nothing_set_up_it_says_what_holds_everywhere_and_no_digit(home: Home):
    facts = CrisisService(home.house).facts(None)
    assert facts.call == "Call your local emergency number now"
    assert facts.number == ""
    assert [row.id for row in facts.rows] == ["crisis_line", "poison"]
    assert facts.rows[0].text.startswith("Go to the nearest emergency department")
    assert facts.add == "Add your local crisis number"
    assert digits(said(facts)) == set()


@pytest.mark.parametrize("typed", [
    set(names) for size in range(6) for names in itertools.combinations(TYPED, size)
])  # fmt: skip
def test_no_digit_stands_there_that_nobody_typed(home: Home, typed: set[str]):
    for name in typed:
        home.house.settings.set(name, TYPED[name])
    facts = CrisisService(home.house).facts(None)
    allowed = set().union(*(digits(TYPED[name]) for name in typed), set())
    assert digits(said(facts)) <= allowed
    assert ("112" in facts.call) is (EMERGENCY_NUMBER in typed)
    assert bool(facts.add) is (CRISIS_NUMBER not in typed)


@given(number=st.from_regex(r"\+?[0-9][0-9 ()\-]{1,20}[0-9]", fullmatch=True))
def test_whatever_was_typed_is_said_as_typed(number: str):
    crisis = SupportCards(load()).crisis
    told = crisis.line("crisis_line").told({"crisis_line_number": number})
    assert number in told
    assert digits(told) == digits(number)


def test_the_numbers_in_a_line_are_told_apart_from_its_words(home: Home):
    for name, words in TYPED.items():
        home.house.settings.set(name, words)
    rows = {row.id: row for row in CrisisService(home.house).facts(None).rows}
    assert rows["crisis_line"].text == "Talk to a trained person: Night Line, 0800 555 0100"
    assert rows["crisis_line"].numbers == ("0800 555 0100",)
    assert rows["crisis_text"].numbers == ("text HI to 555 0111",)
    assert set(rows["poison"].numbers) == {"555 0122", "112"}
    assert "clinic" not in rows


def test_every_placeholder_of_the_words_is_filled_by_something(home: Home):
    assert set(CrisisService(home.house).numbers(None)) == set(CRISIS_PLACEHOLDERS)


def test_the_clinic_is_that_of_the_person_who_is_shown(home: Home):
    people = home.house.people
    people.save_person(Person(id="rosa", name="Rosa"))
    people.save_person(Person(id="mei", name="王梅"))
    for who, number in (("rosa", "555 0199"), ("mei", "555 0188")):
        people.save_contact(
            Contact(id=who, person=who, name=f"Clinic of {who}", role="clinic",
                    phone="555 0100", phone_after_hours=number)
        )  # fmt: skip
    service = CrisisService(home.house)
    assert service.numbers("rosa")["clinic_after_hours"] == "Clinic of rosa, 555 0199"
    both = service.numbers(None)["clinic_after_hours"]
    assert "555 0199" in both
    assert "555 0188" in both


def test_whom_the_carer_chose_is_named_while_there_is_a_number(home: Home):
    people, service = home.house.people, CrisisService(home.house)
    assert service.own_contact() == ("", "")
    people.save_person(Person(id="rosa", name="Rosa"))
    people.save_contact(Contact(id="teo", person="rosa", name="Teo", role="family"))
    home.house.settings.remember(**{CARER_CONTACT.replace(".", "__"): "teo"})
    assert service.own_contact() == ("", "")
    people.save_contact(
        Contact(id="teo", person="rosa", name="Teo", role="family", phone="555 0126")
    )
    assert service.own_contact() == ("Teo", "555 0126")


def test_only_a_clinic_is_called_one(home: Home):
    people = home.house.people
    people.save_person(Person(id="rosa", name="Rosa"))
    teo = Contact(id="teo", person="rosa", name="Teo", role="family", phone_after_hours="555 0126")
    people.save_contact(teo)
    assert CrisisService(home.house).numbers("rosa")["clinic_after_hours"] == ""


@pytest.mark.parametrize(
    ("damage", "lost"),
    [
        ("UPDATE medicine SET name = 'x'", set()),
        ("UPDATE [plan] SET medicine = 'x'", set()),
        ("UPDATE person SET name = 'x'", set()),
        ("UPDATE contact SET name = 'x'", {"0199"}),
        ("UPDATE setting SET crc = crc + 1 WHERE id = 'crisis_number'", {"0800", "0100"}),
        ("UPDATE setting SET crc = crc + 1 WHERE id = 'emergency_number'", {"112"}),
        ("UPDATE setting SET crc = crc + 1", {"112", "0800", "0100", "0111", "0122"}),
    ],
)
def test_what_cannot_be_read_leaves_the_rest_of_the_panel(home: Home, damage: str, lost: set[str]):
    home.add(
        line("person", id="rosa", name="Rosa"),
        plan_line(person="rosa"),
        line("contact", id="c1", person="rosa", name="Clinic", role="clinic",
             phone_after_hours="0199"),
        line("medicine", id="m1", person="rosa", name="aspirin"),
        *(line("setting", id=name, value=told) for name, told in TYPED.items()),
    )  # fmt: skip
    home.house.carer.call("c1")
    service = CrisisService(home.house)
    known = digits(said(service.facts("rosa")))
    assert known == {"112", "0800", "555", "0100", "0111", "0122", "0199"}
    with closing(sqlite3.connect(home.folder / DATA_NAME)) as raw, raw:
        raw.execute(damage)
    facts = service.facts("rosa")
    assert digits(said(facts)) - {"555"} == known - lost - {"555"}
    assert facts.call
    assert facts.rows
    assert isinstance(service.own_contact(), tuple)
    assert service.safety_service() == ""


# ---- keeping them ------------------------------------------------------------------------------
def test_a_crisis_line_is_one_step_to_take_back(home: Home):
    settings = home.house.settings
    settings.set_crisis_line(" Night Line ", " 0800 555 0100 ")
    assert settings.text(CRISIS_NAME, "") == "Night Line"
    assert settings.text(CRISIS_NUMBER, "") == "0800 555 0100"
    assert home.house.care.undo() == ("done.setting.crisis_number", {})
    assert settings.text(CRISIS_NAME, "") == ""
    assert settings.text(CRISIS_NUMBER, "") == ""


@pytest.mark.parametrize(("name", "number", "field"), [
    ("Night Line", "", CRISIS_NUMBER),
    ("Night Line", "call us", CRISIS_NUMBER),
    ("N" * 81, "555 0100", CRISIS_NAME),
    ("Night\x00Line", "555 0100", CRISIS_NAME),
])  # fmt: skip
def test_a_crisis_line_that_cannot_be_called_is_refused(home: Home, name, number, field):
    with pytest.raises(InputRefused) as refused:
        home.house.settings.set_crisis_line(name, number)
    assert refused.value.field == field
    assert home.house.settings.text(CRISIS_NAME, "") == ""


@pytest.mark.parametrize(("name", "value", "good"), [
    (CRISIS_NUMBER, "0800 555 0100", True), (CRISIS_NUMBER, "call us", False),
    (SAFETY_NUMBER, "555 0133", True), (SAFETY_NUMBER, "1" * 41, False),
    (CRISIS_NAME, "Night Line", True), (CRISIS_NAME, "N" * 81, False),
    (CRISIS_TEXT, "text HI", True), (CRISIS_TEXT, "two\nlines", False),
])  # fmt: skip
def test_they_come_back_from_a_line_only_if_they_could_be_typed(home: Home, name, value, good):
    entries = EntryService(home.house)
    if good:
        entries.take(line("setting", id=name, value=value))
        assert home.house.settings.text(name, "") == value
    else:
        with pytest.raises(InputRefused):
            entries.take(line("setting", id=name, value=value))
