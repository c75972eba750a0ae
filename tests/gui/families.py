"""The made-up family with other words in every field that a person can type into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.entities import (
    Appointment,
    Authorisation,
    CheckIn,
    Contact,
    Entity,
    Medicine,
    Note,
    Person,
    Plan,
    Question,
    SideEffect,
)
from caregiver_app.domain.times import wall
from caregiver_app.services.household import Household

Say = Callable[[Entity, str], str]
"""What to write into a field of an entry, which is empty or not."""

NEXT: Final = "infliximab~2"
LONGEST: Final = (
    "Donaudampfschifffahrtsgesellschaftskapitänswitwe Maximiliane-Wilhelmine von"
    " Hohenlohe-Waldenburg"
)
"""A name as German can build it."""
_CLINIC: Final = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"
_CHINESE: Final = (
    "输液后随访与血液检查以及用药说明，请带上病历和保险卡，提前十五分钟到达门诊大厅一楼登记，"
)
_LINES: Final = {
    Person: ("name", "fever_set_by"),
    Contact: ("name", "phone", "phone_after_hours"),
    Medicine: ("name",),
    Authorisation: ("insurer", "member", "number"),
    Plan: ("medicine",),
    Appointment: ("title", "place", "driver", "driver_phone"),
    SideEffect: ("sign",),
}
_PARAGRAPHS: Final = {
    Person: ("conditions", "allergies", "address", "good_to_know", "papers"),
    Contact: ("address", "note"),
    Medicine: ("directions",),
    Authorisation: ("note",),
    Appointment: ("note",),
    SideEffect: ("text",),
    CheckIn: ("text",),
    Note: ("text",),
    Question: ("text", "answer"),
}
_NEAR: Final = (timedelta(days=-40), timedelta(days=80))
_NUMBERS: Final = ("emergency_number", "poison_number")


def tell_otherwise(house: Household, say: Say) -> set[tuple[type[Entity], str]]:
    """Write other words into every text of the made-up family; return the fields written."""
    written: set[tuple[type[Entity], str]] = set()
    with house.care.change("done.remembered", undoable=False):
        for entry, save in _entries(house):
            kind = type(entry)
            names = (*_LINES.get(kind, ()), *_PARAGRAPHS.get(kind, ()))
            changed = replace(entry, **{name: say(entry, name) for name in names})
            save(changed)
            written |= {(kind, name) for name in names}
    return written


def _entries(house: Household) -> Iterable[tuple[Entity, Callable[..., object]]]:
    people, today = house.people, house.care.today
    for kind, save in (
        (Person, people.save_person), (Contact, people.save_contact),
        (Medicine, people.save_medicine), (Authorisation, people.save_authorisation),
        (Plan, house.plans.save), (SideEffect, house.watch.save), (CheckIn, house.watch.check_in),
        (Note, house.support.save_note), (Question, house.support.save_question),
    ):  # fmt: skip
        yield from ((one, save) for one in house.care.store.all(kind))
    for one in house.care.store.all(Appointment):
        day: date = wall(one.start).date()
        if one.rrule or today + _NEAR[0] <= day <= today + _NEAR[1]:
            yield one, house.agenda.save


# -- Long names -----------------------------------------------------------------------------------


def fill_long(house: Household) -> None:
    """Give the family names as long as German builds them, and one person Chinese ones."""
    tell_otherwise(house, _long)
    for every_visit in (False, True):
        for group in ("things", "papers"):
            house.bags.add(NEXT, _title(_CLINIC), group, every_visit=every_visit)
    house.settings.set_number("poison_number", "0800 1111 2222 3333 4444")


def _long(entry: Entity, name: str) -> str:
    chinese = getattr(entry, "person", entry.id) == "mei"
    if isinstance(entry, Person) and name == "name":
        return "王梅" if chinese else LONGEST
    if _is_known(entry, name):
        return str(getattr(entry, name))
    if "phone" in name:
        return "+49 (0) 30 1632 960142-4711 app. 22"
    if isinstance(entry, Authorisation) and name in ("member", "number"):
        return "HH-20-4471-" * 8
    if name in _PARAGRAPHS.get(type(entry), ()):
        return (_CHINESE if chinese else f"{_CLINIC}, dritter Stock. ") * 5
    return _title(_CHINESE if chinese else _CLINIC)


def _title(words: str) -> str:
    return (f"{words} " * 6)[:150].strip()


# -- Hostile words --------------------------------------------------------------------------------


def fill_hostile(house: Household, words: str) -> set[tuple[type[Entity], str]]:
    """Put the same words, which look like markup, into every field of every kind."""
    written = tell_otherwise(
        house, lambda entry, name: getattr(entry, name) if _is_known(entry, name) else words
    )
    for group in ("things", "papers"):
        for every_visit in (False, True):
            house.bags.add(NEXT, words, group, every_visit=every_visit)
    with house.care.change("done.remembered", undoable=False):
        for name in _NUMBERS:
            # Longer than the form lets pass, as a file from elsewhere could bring it.
            house.settings.put(name, f"112 {words}")
    first = house.reminders.open_now()[0]
    house.reminders.answer(first.id, "skipped", reason=words)
    return written


def _is_known(entry: Entity, name: str) -> bool:
    """Whether a field names something of the reference, which brings more with it."""
    if isinstance(entry, SideEffect) and name == "sign":
        return "headache" in entry.id
    return isinstance(entry, Plan) and entry.person == "rosa"
