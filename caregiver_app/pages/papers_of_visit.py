"""What goes along with a visit's bag, made of what is kept: steps, medicines, questions, slip."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from caregiver_app.messages import words
from caregiver_app.pages.bag_of_visit import printed_words, start_words, steps_of
from caregiver_app.pages.dates import plain_date, weekday_date
from caregiver_app.pages.doctor_questions_page import DoctorQuestionsPage
from caregiver_app.pages.emergency_of_person import drip_words, how_given, last_words
from caregiver_app.pages.formats import hours_of
from caregiver_app.pages.medicine_list_page import ListedMedicine, MedicineListPage
from caregiver_app.pages.paper import tr
from caregiver_app.pages.step_sources import sources_line
from caregiver_app.pages.steps_page import PrintedStep, StepsPage, moments_of
from caregiver_app.services.bags import Bag, StepLine
from caregiver_app.services.emergency import EmergencyService
from caregiver_app.services.household import Household
from caregiver_app.services.rides import Slip

SLIP_PHONE: Final = "slip.phone"
"""The setting with the number under which a driver reaches the family."""


def steps_for(house: Household, visit_id: str, printed_at: datetime) -> StepsPage:
    """Return getting ready for a visit as a page.

    Raises:
        InputRefused: there is no such visit.
    """
    bag = house.bags.bag(visit_id)
    steps = steps_of(house, bag)
    found = [
        (_moment(house, step), PrintedStep(step.text, step.why, step.state == "done"))
        for step in steps
    ]
    return StepsPage(
        person=_person(bag),
        visit=_visit(house, bag),
        moments=moments_of(found),
        usual=words("safety.everywhere"),
        sources=sources_line(house, (step.key for step in steps)),
        printed_at=printed_words(house, printed_at),
    )


def _moment(house: Household, step: StepLine) -> str:
    """Return "7 days before, Tue 24 March 2026" for a step."""
    times = house.reference.times
    time = next((one for one in times if one.holds(step.phase, step.offset_hours)), None)
    name = "" if time is None else time.name
    if time is None or time.phase != "before":
        return name
    return tr("{moment}, {day}", moment=name, day=weekday_date(step.day))


def medicines_for(house: Household, visit_id: str, printed_at: datetime) -> MedicineListPage:
    """Return the medicine and allergy list of a visit's person as a page.

    Raises:
        InputRefused: there is no such visit.
    """
    bag = house.bags.bag(visit_id)
    facts = EmergencyService(house).facts(bag.visit.person)
    person, hour = facts.person, hours_of(house.settings.text)
    return MedicineListPage(
        person=_person(bag),
        born="" if person is None or person.born is None else plain_date(person.born),
        illness="" if person is None else _flat(person.conditions),
        allergies="" if person is None else _flat(person.allergies),
        good_to_know="" if person is None else _flat(person.good_to_know),
        drips=tuple(drip_words(one) for one in facts.drips),
        last=", ".join(part for part in last_words(facts.last, hour) if part),
        medicines=tuple(
            ListedMedicine(one.name, how_given(one), _flat(one.what_for)) for one in facts.medicines
        ),
        printed_at=printed_words(house, printed_at),
    )


def questions_for(house: Household, visit_id: str, printed_at: datetime) -> DoctorQuestionsPage:
    """Return the open questions of a visit's person as a page; private notes never stand on it.

    Raises:
        InputRefused: there is no such visit.
    """
    bag = house.bags.bag(visit_id)
    return DoctorQuestionsPage(
        person=_person(bag),
        visit=_visit(house, bag),
        questions=open_questions(house, bag.visit.person),
        printed_at=printed_words(house, printed_at),
    )


def open_questions(house: Household, person: str) -> tuple[str, ...]:
    """Return the questions of a person that have no answer yet."""
    return tuple(one.text for one in house.support.questions(person) if not one.answer)


def slip_for(house: Household, visit_id: str) -> Slip:
    """Return what the driver of a visit gets to know.

    Raises:
        InputRefused: there is no such visit.
    """
    visit = house.bags.bag(visit_id).visit
    return house.rides.slip_of(visit, phone=house.settings.text(SLIP_PHONE, ""))


def _person(bag: Bag) -> str:
    return "" if bag.person is None else bag.person.name


def _visit(house: Household, bag: Bag) -> str:
    when = start_words(bag.visit.start, hours_of(house.settings.text))
    return f"{bag.visit.title}, {when}" if bag.visit.title else when


def _flat(text: str) -> str:
    return "; ".join(part.strip() for part in text.splitlines() if part.strip())
