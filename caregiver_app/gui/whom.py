"""Whom a screen speaks of, and how they are called there."""

from __future__ import annotations

from collections.abc import Sequence

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Person
from caregiver_app.services.household import Household


def whom(house: Household, person_id: str | None) -> Person | None:
    """Return the person with that id, else the first one; None while nobody is entered."""
    found = None if person_id is None else house.people.person(person_id)
    if found is not None:
        return found
    return next(iter(house.people.people()), None)


def called(person: Person | None) -> str:
    """Return the first name of a person, "" while there is none."""
    return "" if person is None else texts.first_name(person.name)


def badge_letters(people: Sequence[Person]) -> dict[str, str]:
    """Return by person's id what stands on the badge, as on paper."""
    return texts.badge_letters({one.id: one.name for one in people})


def badge_colour(house: Household, person_id: str) -> int:
    """Return which of the two person colours somebody has: the order in which they came."""
    ids = [person.id for person in house.people.people()]
    return ids.index(person_id) % 2 + 1 if person_id in ids else 1


class AboutSomebody:
    """The beginning of a model that speaks of one person, read when it is asked for."""

    def __init__(self, house: Household) -> None:
        self.house = house
        self._person_id: str | None = None

    def set_person(self, person_id: str | None) -> None:
        """Speak of somebody else."""
        self._person_id = person_id

    @property
    def person(self) -> Person | None:
        """Whom the page speaks of."""
        return whom(self.house, self._person_id)
