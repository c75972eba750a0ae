"""Whom a screen speaks of, and how they are called there."""

from __future__ import annotations

from collections.abc import Sequence

from caregiver_app.domain.entities import Person
from caregiver_app.gui.widgets.chips import initial
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


def badge_letters(people: Sequence[Person]) -> dict[str, str]:
    """Return by person's id what stands on the badge: the initial, two letters where two share it.

    Where both letters are the same as well, it is the initial and the number in the family.
    """
    initials = {one.id: initial(called(one)) for one in people}
    found: dict[str, str] = {}
    for number, one in enumerate(people, start=1):
        letters = initials[one.id]
        if list(initials.values()).count(letters) > 1:
            letters = _two_letters(one)
        found[one.id] = letters if letters not in found.values() else f"{letters[:1]}{number}"
    return found


def _two_letters(person: Person) -> str:
    """Return first and second letter of the name one is called by, else initials of both names."""
    name = called(person)
    if name and initial(name) != name[:1].upper():
        return name[-2:]  # 王梅: both, since the given one alone is shared
    return f"{name[:1].upper()}{name[1:2].lower()}"


def badge_colour(house: Household, person_id: str) -> int:
    """Return which of the two person colours somebody has: the order in which they came."""
    ids = [person.id for person in house.people.people()]
    return ids.index(person_id) % 2 + 1 if person_id in ids else 1
