"""Whom to call when somebody is in danger: the family's own numbers and the words of the panel.

It reads with nothing set up, without a network and with whatever data there is: what cannot be
read is left out, and the rest is shown. No number stands in the program: what nobody typed is not
shown.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Final

from caregiver_app.domain.advice import Evidence
from caregiver_app.domain.support_cards import CrisisWords
from caregiver_app.errors import UserError
from caregiver_app.services.emergency import EmergencyService, Number
from caregiver_app.services.household import Household
from caregiver_app.services.settings import SAFETY_NUMBER
from caregiver_app.services.support_cards import SupportCards
from caregiver_app.values import value

CARER_CONTACT: Final = "carer.contact"
"""The setting that names the contact whom the carer would call for themselves."""
CARER_CALL_NAME: Final = "carer.call_name"
CARER_CALL_NUMBER: Final = "carer.call_number"
"""Or name and number of somebody who is none of the contacts."""
_SETTINGS: Final = {
    "emergency_number": "emergency_number",
    "crisis_line_name": "crisis_name",
    "crisis_line_number": "crisis_number",
    "crisis_text_option": "crisis_text",
    "poison_line": "poison_number",
}
"""The settings behind the placeholders of the panel."""
_CLINIC: Final = "clinic_after_hours"
_MOST_CLINICS: Final = 2
_ICONS: Final = {"crisis_text": "note-it", "poison": "attention"}


@value
class CrisisRow:
    """One line of the panel: its words, what in them the family typed as a number, its icon."""

    id: str
    text: str
    numbers: tuple[str, ...]
    icon: str = "call"


@value
class CrisisFacts:
    """What the panel shows.

    `call` is the line about danger now, `number` the emergency number as typed ("" while there is
    none). `rows` are the other lines, the shortest way to a trained person first. `add` asks for
    the number of a crisis line and is "" once one is there.
    """

    name: str
    call: str
    number: str
    rows: tuple[CrisisRow, ...]
    yourself: str
    add: str


class CrisisService:
    """Reads, never writes."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._emergency = EmergencyService(house)

    @cached_property
    def _cards(self) -> SupportCards:
        return SupportCards(self._house.reference)

    @property
    def words(self) -> CrisisWords:
        """The words of the panel and its steps, from the data file."""
        return self._cards.crisis

    @property
    def checked(self) -> date:
        """The day on which the words were checked against their sources."""
        return self._cards.generated

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the words rest on: first those of the panel, then those of each step."""
        return (self.words.evidence, *(step.evidence for step in self.words.steps))

    def numbers(self, person_id: str | None) -> dict[str, str]:
        """Return what the family typed, by the placeholder of the panel that it fills.

        The clinic is that of the person (see `EmergencyService.meant`), of everybody where nobody
        is meant.
        """
        found = {place: self._typed(name) for place, name in _SETTINGS.items()}
        clinics = [
            f"{one.whose}, {one.number}" if one.whose.strip() else one.number
            for one in self._clinics(person_id)
            if one.hours == "after"
        ]
        found[_CLINIC] = "; ".join(clinics[:_MOST_CLINICS])
        return found

    def _typed(self, name: str) -> str:
        with suppress(UserError):
            return self._house.settings.text(name, "").strip()
        return ""

    def _clinics(self, person_id: str | None) -> tuple[Number, ...]:
        whose = person_id
        with suppress(UserError):
            person = self._emergency.meant(person_id)
            whose = None if person is None else person.id
        with suppress(UserError):
            return self._emergency.clinic_numbers(whose)
        return ()

    def facts(self, person_id: str | None) -> CrisisFacts:
        """Return what the panel shows for a person, or for everybody."""
        words, numbers = self.words, self.numbers(person_id)
        first, *others = words.lines
        typed = tuple(number for place, number in numbers.items() if number and "name" not in place)
        rows = [
            CrisisRow(line.id, told, _within(told, typed), self._icon(line.id, missing=missing))
            for line in others
            if (told := line.told(numbers))
            for missing in (line.is_missing(numbers),)
        ]
        missing = words.line("crisis_line").is_missing(numbers)
        return CrisisFacts(
            words.name,
            first.told(numbers),
            numbers["emergency_number"],
            tuple(rows),
            words.yourself,
            words.add if missing else "",
        )

    @staticmethod
    def _icon(line: str, *, missing: bool) -> str:
        if line == "crisis_line" and missing:
            return "place"
        return _ICONS.get(line, "call")

    def own_contact(self) -> tuple[str, str]:
        """Return name and number of whom the carer would call for themselves, "" for none."""
        name, number = self._typed(CARER_CALL_NAME), self._typed(CARER_CALL_NUMBER)
        if name:
            return (name, number) if number else ("", "")
        chosen = None
        with suppress(UserError):
            chosen = self._house.people.contact(self._typed(CARER_CONTACT))
        if chosen is None or not (chosen.phone or chosen.phone_after_hours):
            return "", ""
        return chosen.name, chosen.phone or chosen.phone_after_hours

    def safety_service(self) -> str:
        """Return the number of the local safety service, "" while nobody typed it."""
        return self._typed(SAFETY_NUMBER)


def _within(told: str, typed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(number for number in dict.fromkeys(typed) if number in told)
