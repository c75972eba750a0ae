"""The papers for a visit in one go: each part says what the family keeps, and nothing private."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment, Contact, Medicine, Note, Person, Question
from caregiver_app.domain.times import Zoned
from caregiver_app.errors import InputRefused
from caregiver_app.pages.bag_of_visit import page_for
from caregiver_app.pages.bag_text import bag_text
from caregiver_app.pages.packet import PARTS, packet, parts_of, usual_parts
from caregiver_app.pages.printed import pdf_of
from tests.gui.tabs_family import ZONE, Family, rosas_family
from tests.pages.reading import clashes_of, facts_of, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]


@pytest.fixture
def family(tmp_path: Path):
    made = rosas_family(tmp_path)
    yield made
    made.close()


def visit_of(family: Family) -> Appointment:
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    return visit


def printed(family: Family, *parts: str, paper: str = "A4", visit: str = "") -> bytes:
    made = packet(family.house, visit or visit_of(family).id, parts, family.house.care.now)
    return pdf_of(made, paper)


def follow_up(family: Family, **more: object) -> str:
    house = family.house
    start = Zoned(visit_of(family).start.local.replace(day=20), ZONE)
    one = Appointment(
        id="fu", uid="fu", person="rosa", type="follow-up", title="Dr Sol", start=start, minutes=30,
    )  # fmt: skip
    house.agenda.save(replace(one, **more))
    return "fu"


def ask(family: Family, text: str, answer: str = "") -> None:
    house = family.house
    house.support.save_question(Question(id="", person="rosa", text=text, answer=answer))


# -- What goes along ------------------------------------------------------------------------------


def test_an_infusion_has_all_parts_and_empty_ones_wait(family: Family):
    visit = visit_of(family)
    assert parts_of(family.house, visit.id) == PARTS
    bare = usual_parts(family.house, visit.id)
    assert ("slip" in bare) == bool(visit.driver)
    family.house.agenda.save(replace(visit, driver="Ana"))
    ask(family, "Can it be earlier?")
    assert set(usual_parts(family.house, visit.id)) >= {"slip", "questions"}


def test_a_follow_up_has_no_steps_of_an_infusion(family: Family):
    visit = follow_up(family)
    assert parts_of(family.house, visit) == tuple(part for part in PARTS if part != "steps")
    page = page_for(family.house, visit, family.house.care.now)
    assert page.before_house == page.before_clinic == ()
    found = words_of(printed(family, *PARTS, visit=visit))
    assert "Getting ready" not in found
    assert "Dr Sol" in found


def test_where_the_bag_is_switched_off_none_is_printed(family: Family):
    visit = visit_of(family).id
    family.house.visits.set_part(visit, "bag", on=False)
    assert "bag" not in parts_of(family.house, visit)
    with pytest.raises(InputRefused):
        packet(family.house, visit, ["bag"], family.house.care.now)


def test_a_visit_that_is_gone_is_refused(family: Family):
    with pytest.raises(InputRefused):
        packet(family.house, "nowhere", PARTS, family.house.care.now)


# -- On paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_everything_comes_in_one_file_each_on_its_own_pages(family: Family, paper):
    visit = visit_of(family)
    family.house.agenda.save(replace(visit, driver="Ana", driver_phone="555 0117"))
    ask(family, "Is the evening headache worth a call?")
    data = printed(family, *PARTS, paper=paper)
    alone = [facts_of(printed(family, part, paper=paper))[0] for part in PARTS]
    assert facts_of(data)[0] == sum(alone)
    assert alone[PARTS.index("bag")] == 1
    assert alone[PARTS.index("steps")] <= 2
    found = words_of(data)
    for text in (
        "bag", "Getting ready", "Medicines and allergies", "Questions for the doctor",
        "Is the evening headache worth a call?", "In an emergency, call first", "Drive for",
    ):  # fmt: skip
        assert text in found, text
    assert clashes_of(data, footer=20) == []


def test_what_is_given_away_shares_no_sheet_with_health_notes(family: Family):
    house, visit = family.house, visit_of(family).id
    now = house.care.now
    assert packet(house, visit, ["bag", "slip"], now).one_sided
    assert packet(house, visit, ["bag", "emergency"], now).one_sided
    assert not packet(house, visit, ["bag", "steps"], now).one_sided


def test_steps_stand_on_one_line_of_time_with_their_reasons(family: Family):
    found = words_of(printed(family, "steps"))
    moments = [one.name for one in family.house.reference.times]
    assert len(moments) >= 7
    places = [found.index(one) for one in moments]
    assert places == sorted(places)
    for step in family.house.bags.steps(visit_of(family).id):
        for word in (*step.text.split(), *step.why.split()):
            assert word in found, word
    drink = next(s for s in family.house.reference.steps if s.id == "hyd1")
    assert "unless" in drink.text
    assert drink.text in found
    assert "always wins" in found
    assert "not reviewed by a clinician" in found


def test_a_step_that_is_done_is_ticked(family: Family):
    house, visit = family.house, visit_of(family)
    before = printed(family, "steps")
    step = next(s for s in house.bags.steps(visit.id) if s.key == "ride7")
    house.reminders.answer(step.reminder, "done")
    assert printed(family, "steps") != before


def test_the_medicine_list_says_what_was_typed_and_leaves_room(family: Family):
    house = family.house
    rosa = house.people.person("rosa")
    assert rosa is not None
    house.people.save_person(replace(rosa, allergies="Penicillin (rash)", conditions="Lupus"))
    for name, how, past in (
        ("Folic acid", "after breakfast\n早饭时", False), ("Old tablets", "", True),
    ):  # fmt: skip
        house.people.save_medicine(
            Medicine(id="", person="rosa", name=name, directions=how, past=past, what_for="blood")
        )
    found = words_of(printed(family, "medicines"))
    for text in ("Penicillin (rash)", "Lupus", "Folic acid", "after breakfast, 早饭时", "(blood)"):
        assert text in found, text
    assert "Old tablets" not in found


def test_open_questions_only_and_nothing_private(family: Family):
    house = family.house
    ask(family, "Can the next one be in May? 五月可以吗?")
    ask(family, "Asked before", answer="Yes, it can")
    house.support.save_note(
        Note(id="", room="listening", person="rosa", at=house.care.now, text="She cried today")
    )
    found = words_of(printed(family, *PARTS))
    assert "1. Can the next one be in May? 五月可以吗?" in found
    for absent in ("Asked before", "Yes, it can", "She cried"):
        assert absent not in found


def test_without_questions_there_are_lines_to_write_on(family: Family):
    found = words_of(printed(family, "questions"))
    assert re.search(r"1\..*5\.", found)


def test_many_medicines_and_questions_flow_on(family: Family):
    house = family.house
    for number in range(60):
        name = f"Medicine {number:02} with a long name"
        house.people.save_medicine(Medicine(id="", person="rosa", name=name))
        ask(family, f"Question {number:02}?")
    for part, word in (("medicines", "Medicine"), ("questions", "Question")):
        data = printed(family, part)
        found = words_of(data)
        assert facts_of(data)[0] > 1
        assert all(f"{word} {number:02}" in found for number in range(60))
        assert "continued" in found
        assert clashes_of(data) == []


def test_the_slip_tells_nothing_of_what_for(family: Family):
    visit = visit_of(family)
    family.house.agenda.save(replace(visit, driver="Ana"))
    found = words_of(printed(family, "slip"))
    assert "Drive for" in found
    for word in ("Infusion", "infliximab", "bag", "Medicine"):
        assert word not in found


# -- What stands beside an item -------------------------------------------------------------------


def test_who_brings_it_where_a_paper_is_and_what_is_known(family: Family):
    house, visit = family.house, visit_of(family).id
    house.bags.set_brings(visit, "water", "carer")
    house.bags.set_brings(visit, "clothes", "person")
    house.bags.set_paper(visit, "paperwork", "sent", "Dr Sol signs it")
    house.bags.set_state(visit, "snacks", "packed")
    house.bags.set_state(visit, "chargers", "not_needed")
    ask(family, "One?")
    house.bags.set_state(visit, "questions", "to_pack")
    page = page_for(house, visit, house.care.now)
    by_label = {line.label: line for line in (*page.papers, *page.things)}
    assert by_label["Filled-in forms, the order"].hint == "sent, not back yet · Dr Sol signs it"
    assert by_label["Water, unless fluids are limited"].hint == "I bring"
    assert by_label["Soft layers, loose sleeves"].hint == "Rosa"
    assert by_label["Questions for the doctor, pen"].hint == "1 open"
    assert by_label["Snacks, unless food is limited"].state == "packed"
    found = words_of(printed(family, "bag"))
    assert "sent, not back yet · Dr Sol signs it" in found
    assert "Not this time: Charger with a long cable" in found
    house.bags.set_paper(visit, "paperwork", "received", "blue folder")
    page = page_for(house, visit, house.care.now)
    assert page.papers[0].hint == "arrived · blue folder"
    assert page.papers[0].state == "packed"


def test_the_clinics_rules_come_with_the_day_of_asking(family: Family):
    house, visit = family.house, visit_of(family)
    clinic = Contact(
        id="willow", person="rosa", name="Willow Lane", role="clinic", rules_food="Own snacks",
        rules_visitors="One", rules_checked=house.care.today,
    )  # fmt: skip
    house.people.save_contact(clinic)
    house.agenda.save(replace(visit, contact="willow"))
    rules = page_for(house, visit.id, house.care.now).rules
    assert rules == "Food: Own snacks · Visitors: One (asked on 20 March 2026)"
    assert rules in words_of(printed(family, "bag"))
    house.people.save_contact(replace(clinic, rules_checked=None))
    assert "not noted" in page_for(house, visit.id, house.care.now).rules


# -- As text --------------------------------------------------------------------------------------


def test_the_bag_as_text(family: Family):
    house, visit = family.house, visit_of(family)
    house.agenda.save(replace(visit, driver="Ana", driver_phone="555 0117"))
    house.bags.set_state(visit.id, "water", "packed")
    house.bags.set_state(visit.id, "chargers", "not_needed")
    house.bags.set_brings(visit.id, "snacks", "carer")
    told = bag_text(house, visit.id)
    lines = told.splitlines()
    assert lines[0] == "Rosa Marín\u2019s bag"
    assert "Driver: Ana 555 0117" in lines
    assert "[x] Water, unless fluids are limited" in lines
    assert "[ ] Snacks, unless food is limited (I bring)" in lines
    assert "Not this time: Charger with a long cable" in lines
    assert "Before you leave" not in told
    assert "Penicillin" not in told


def test_somebody_without_a_name_has_papers_as_well(tmp_path: Path, family: Family):
    house = family.house
    rosa = house.people.person("rosa")
    assert rosa is not None
    house.people.save_person(Person(id="rosa", name="王梅"))
    found = words_of(printed(family, *PARTS))
    assert "王梅\u2019s bag" in found
    assert "Drive for 王梅" in found


def test_words_longer_than_a_page_are_all_there(family: Family):
    house = family.house
    told = " ".join(f"nuts{number:04}" for number in range(900))
    person = house.people.person("rosa")
    assert person is not None
    house.people.save_person(replace(person, allergies=told, conditions="\u738b" * 900))
    ask(family, " ".join(f"why{number:04}" for number in range(900)))
    data = printed(family, "medicines", "questions")
    said = words_of(data)
    assert len(set(re.findall(r"nuts\d{4}", said))) == 900
    assert len(set(re.findall(r"why\d{4}", said))) == 900
    assert said.count("\u738b") == 900
    assert "Medicines and allergies, continued" in said
    assert clashes_of(data) == []


def test_an_address_of_many_lines_leaves_room_for_the_bag(family: Family):
    house, visit = family.house, visit_of(family)
    assert visit.contact is not None
    contact = house.people.contact(visit.contact)
    assert contact is not None
    lines = [f"w{number:02}" for number in range(90)]
    house.people.save_contact(replace(contact, address="\n".join(lines)))
    said = words_of(printed(family, "bag"))
    assert ", ".join(lines[:3]) in said
    assert set(lines) <= set(re.findall(r"w\d\d", said))
    assert facts_of(printed(family, "bag"))[0] == 1
