"""Everything on paper for one visit, printed in one go: which parts there are, and all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from caregiver_app.errors import InputRefused
from caregiver_app.pages.bag_of_visit import page_for, printed_words, steps_of
from caregiver_app.pages.bag_page import bag_printed
from caregiver_app.pages.doctor_questions_page import doctor_questions_page
from caregiver_app.pages.emergency_of_person import sheet_for
from caregiver_app.pages.emergency_page import emergency_printed
from caregiver_app.pages.formats import hours_of
from caregiver_app.pages.helper_slip import slip_page
from caregiver_app.pages.medicine_list_page import medicine_list_page
from caregiver_app.pages.paper import Sheet, tr
from caregiver_app.pages.papers_of_visit import (
    medicines_for,
    open_questions,
    questions_for,
    slip_for,
    steps_for,
)
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.pages.steps_page import steps_page
from caregiver_app.services.household import Household

PARTS: Final = ("bag", "steps", "medicines", "questions", "emergency", "slip")
"""What a packet can hold, in the order in which it is printed."""
_GIVEN_AWAY: Final = frozenset(("emergency", "slip"))
"""Parts that somebody else gets, or that hang on the fridge: their backs stay empty."""


def parts_of(house: Household, visit_id: str) -> tuple[str, ...]:
    """Return the parts that there are for a visit; any of them may be printed.

    Raises:
        InputRefused: there is no such visit.
    """
    bag = house.bags.bag(visit_id)
    without = {
        "bag": not house.bags.brings(bag.visit),
        "steps": not steps_of(house, bag),
    }
    return tuple(part for part in PARTS if not without.get(part, False))


def usual_parts(house: Household, visit_id: str) -> tuple[str, ...]:
    """Return the parts that hold something for a visit: what is printed unless somebody chooses.

    Raises:
        InputRefused: there is no such visit.
    """
    visit = house.bags.bag(visit_id).visit
    empty = {
        "questions": not open_questions(house, visit.person),
        "slip": not visit.driver,
    }
    return tuple(part for part in parts_of(house, visit_id) if not empty.get(part, False))


def packet(
    house: Household, visit_id: str, parts: Collection[str], printed_at: datetime
) -> Printed:
    """Return these parts for a visit as one thing to print, each on pages of its own.

    Raises:
        InputRefused: there is no such visit, or no part that it has.
    """
    wanted = [part for part in parts_of(house, visit_id) if part in parts]
    if not wanted:
        raise InputRefused("print.no_part", "parts")
    made = [part_of(house, visit_id, part, printed_at) for part in wanted]
    if len(made) == 1:
        return made[0]

    def compose(sheet: Sheet) -> list[Leaf]:
        return [leaf for one in made for leaf in one.compose(sheet)]

    person = house.bags.bag(visit_id).person
    name = "" if person is None else person.name
    title = tr("{person}\u2019s papers", person=name) if name else tr("Papers for the visit")
    return Printed(title, compose, one_sided=bool(_GIVEN_AWAY.intersection(wanted)))


def part_of(house: Household, visit_id: str, part: str, printed_at: datetime) -> Printed:
    """Return one of PARTS as something to print.

    Raises:
        InputRefused: there is no such visit.
        KeyError: there is no such part.
    """
    makers: dict[str, Callable[[], Printed]] = {
        "bag": lambda: bag_printed(page_for(house, visit_id, printed_at)),
        "steps": lambda: steps_page(steps_for(house, visit_id, printed_at)),
        "medicines": lambda: medicine_list_page(medicines_for(house, visit_id, printed_at)),
        "questions": lambda: doctor_questions_page(questions_for(house, visit_id, printed_at)),
        "emergency": lambda: _emergency(house, visit_id, printed_at),
        "slip": lambda: _slip(house, visit_id, printed_at),
    }
    return makers[part]()


def _emergency(house: Household, visit_id: str, printed_at: datetime) -> Printed:
    person = house.bags.bag(visit_id).visit.person
    return emergency_printed(sheet_for(house, person, printed_at))


def _slip(house: Household, visit_id: str, printed_at: datetime) -> Printed:
    hour = hours_of(house.settings.text)
    return slip_page(slip_for(house, visit_id), printed_words(house, printed_at), hour)
