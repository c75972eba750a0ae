"""Whom a screen speaks of, and how they are called there."""

from __future__ import annotations

from caregiver_app.domain.entities import Person
from caregiver_app.services.household import Household


def whom(house: Household, person_id: str | None) -> Person | None:
    """Return the person with that id, else the first one; None while nobody is entered."""
    found = None if person_id is None else house.people.person(person_id)
    if found is not None:
        return found
    return next(iter(house.people.people()), None)


def called(person: Person | None) -> str:
    """Return the first name of a person, "" while there is none.

    A name without spaces, as Chinese ones are, stays whole.
    """
    words = [] if person is None else person.name.split()
    return words[0] if words else ""


def badge_colour(house: Household, person_id: str) -> int:
    """Return which of the two person colours somebody has: the order in which they came."""
    ids = [person.id for person in house.people.people()]
    return ids.index(person_id) % 2 + 1 if person_id in ids else 1
