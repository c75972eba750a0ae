"""A person's emergency sheet: the one way from the household to `EmergencySheet`.

The window and the command line print the same sheet through this. Private notes, and what a
family notes about a contact, never get here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from caregiver_app.domain.entities import Medicine, Person
from caregiver_app.domain.times import in_zone
from caregiver_app.domain.watch import to_fahrenheit
from caregiver_app.messages import words
from caregiver_app.pages.dates import plain_date, weekday_date
from caregiver_app.pages.emergency_sheet import EmergencySheet
from caregiver_app.pages.formats import hours_of
from caregiver_app.pages.last_infusion import hour_words
from caregiver_app.pages.paper import tr
from caregiver_app.services.emergency import (
    Drip,
    EmergencyFacts,
    EmergencyService,
    LastInfusion,
    Number,
)
from caregiver_app.services.household import Household

_BREAKS: Final = re.compile(r"\s*\n\s*")
_ENTRIES: Final = re.compile(r"\s*[\n;]\s*")
_DID: Final = re.compile(r"\s*(?::|\(|\s[-\u2013]\s)\s*")
"""What parts an allergy from what it did: "penicillin: rash", "penicillin (rash)"."""


def sheet_for(house: Household, person_id: str | None, printed_at: datetime) -> EmergencySheet:
    """Return the sheet of a person, or one to fill in by hand while nobody is entered.

    `printed_at` is the instant for its foot.

    Raises:
        InputRefused: nobody has that id, or none was named and there are several.
    """
    service = EmergencyService(house)
    whose = service.to_print(person_id)
    id_ = None if whose is None else whose.id
    facts, signs = service.facts(id_), service.signs(id_)
    person = whose or Person(id="")
    reference = house.reference.emergency
    limit = fever_limit(signs.fever_c)
    fever = (limit, f"{words('safety.fever', limit=limit).removeprefix(limit)} {reference.fever}")
    at_once = signs.at_once
    if signs.fever_at_once:
        # Said once, where it is most urgent.
        at_once = (words("safety.fever_short", limit=limit), *at_once)
        fever = ("", words("safety.no_fever"))
    printed = in_zone(printed_at, house.care.home).date()
    return EmergencySheet(
        person=person.name or (tr("The person I care for") if whose is not None else ""),
        number=service.emergency_number,
        born="" if person.born is None else plain_date(person.born),
        age="" if facts.age is None else _years(facts.age),
        illness=_BREAKS.sub("; ", person.conditions),
        drips=tuple(drip_words(one) for one in facts.drips),
        last=last_words(facts.last, hours_of(house.settings.text)),
        tablets=_tablets(facts),
        allergies=_allergies(person.allergies),
        good_to_know=person.good_to_know,
        at_once=at_once,
        until=tuple(step.do for step in reference.steps) + reference.avoid,
        fever=fever,
        same_day=signs.same_day,
        more=signs.more,
        no_answer=reference.no_answer,
        unsure=words("safety.sign_unsure"),
        numbers=_numbers(facts.numbers, service.poison_number),
        address=_BREAKS.sub(", ", person.address),
        printed=plain_date(printed),
        anew_by=plain_date(service.anew_by(id_)),
        sources=_sources(house),
        reviewed=house.reference.emergency.evidence.reviewed,
    )


def fever_limit(celsius: float) -> str:
    """Return a temperature limit on both scales: "38.0 °C / 100.4 °F"."""
    return words(
        "safety.fever_limit", celsius=f"{celsius:.1f}", fahrenheit=f"{to_fahrenheit(celsius):.1f}"
    )


def _years(age: int) -> str:
    return tr("1 year") if age == 1 else tr("{count} years", count=age)


def drip_words(drip: Drip) -> tuple[str, str]:
    """Return the name of what is given by drip, and what is told of it."""
    lowers = tr("lowers immunity") if drip.lowers_immunity else ""
    if drip.begins is None:
        return drip.medicine, lowers
    planned = tr("planned from {day}", day=plain_date(drip.begins))
    return drip.medicine, ", ".join(part for part in (planned, lowers) if part)


def last_words(last: LastInfusion | None, written: Callable[[datetime], str]) -> tuple[str, str]:
    """Return day and hour of the last infusion; `written` gives the words for an hour."""
    if last is None:
        return "", ""
    return weekday_date(last.day), hour_words(last, written)


def _tablets(facts: EmergencyFacts) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, how_given(one)) for one in facts.medicines)


def how_given(one: Medicine) -> str:
    """Return "only when needed, with food": the mark, and what the clinic said."""
    said = _BREAKS.sub(", ", one.directions)
    if not one.as_needed:
        return said
    mark = tr("only when needed")
    return f"{mark}, {said}" if said else mark


def _allergies(typed: str) -> tuple[tuple[str, str], ...]:
    """Part what was typed into entries, and each into what it is and what it did.

    A comma parts nothing: behind it may stand another allergy as well as a rash.
    """
    found: list[tuple[str, str]] = []
    for entry in _ENTRIES.split(typed):
        what, *did = _DID.split(entry.strip(), maxsplit=1)
        if what or did:
            after = did[0].strip() if did else ""
            # The bracket that opened is gone, so the one that closes goes too.
            if after.endswith(")") and after.count(")") > after.count("("):
                after = after[:-1]
            found.append((what, after))
    return tuple(found)


def _numbers(numbers: tuple[Number, ...], poison: str) -> tuple[tuple[str, str], ...]:
    """Return whose number it is and the number; what everybody needs is there to fill in."""
    clinic = [(_whose(one), one.number) for one in numbers if one.role in ("clinic", "doctor")]
    others = [(_whose(one), one.number) for one in numbers if one.role not in ("clinic", "doctor")]
    if not clinic:
        clinic = [(tr("Clinic"), ""), (tr("Clinic, after hours"), "")]
    elif not any(one.hours == "after" for one in numbers if one.role in ("clinic", "doctor")):
        clinic.append((tr("Clinic, after hours"), ""))
    line = tr("Poison line") if poison else tr("Poison line (add your local number)")
    return (*clinic, (line, poison), *(others or [(tr("Family"), "")]))


def _whose(number: Number) -> str:
    if number.hours == "after":
        return tr("{name}, after hours", name=number.whose)
    if number.hours in ("day", "only"):
        return tr("{name}, in office hours", name=number.whose)
    roles = {
        "family": tr("{name}, family", name=number.whose),
        "driver": tr("{name}, driver", name=number.whose),
        "pharmacy": tr("{name}, pharmacy", name=number.whose),
    }
    return roles.get(number.role, number.whose)


def _sources(house: Household) -> str:
    reference = house.reference
    evidence = reference.emergency.evidence
    names = dict.fromkeys(one.name for one in evidence.sources)
    return words(
        evidence.source_key, sources="; ".join(names), date=plain_date(reference.generated)
    )
