"""What is read out when the clinic is called, gathered once for the screen and the printed page.

It reads and never writes; nothing is judged, and what was not marked is told as not marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.entities import (
    ClinicCall,
    Dose,
    InfusionRecord,
    Medicine,
    OwnSign,
    Person,
    Question,
    SideEffect,
    SignChoice,
)
from caregiver_app.domain.times import day_of, instant
from caregiver_app.domain.watch import Tier, days_since, to_fahrenheit
from caregiver_app.services.doses import Timed
from caregiver_app.services.emergency import (
    Drip,
    EmergencyFacts,
    EmergencyService,
    LastInfusion,
    Number,
)
from caregiver_app.services.household import Household
from caregiver_app.services.medicine_reference import fold
from caregiver_app.values import value

MOST_SIGNS: Final = 200
"""More than anybody reads out; what is older than these is left out and counted."""
WITHOUT_INFUSION: Final = timedelta(days=29)
READINGS: Final = timedelta(days=6)
"""Temperatures and as-needed medicines are told of today and so many days before."""
MARKED: Final = timedelta(days=1)
"""Medicines with times are told of today and yesterday."""


@value
class SheetSign:
    """A sign that was written down: how urgent it was then, or became by another sign near it.

    `day` is which day after the infusion it was, None before any. `clinic` is what the clinic said
    to do about this sign, as typed, with the first entry of each.
    """

    entry: SideEffect
    name: str
    tier: Tier
    day: int | None
    clinic: str = ""


@value
class Reading:
    """A temperature in degrees Celsius and Fahrenheit, and the entry that it stands in."""

    entry: SideEffect
    celsius: float
    fahrenheit: float


@value
class CallSheet:
    """Everything to read out about one person.

    `numbers` are those of the clinic and the doctors. `first` is the day from which signs are
    told, `signs` has the most urgent ones first and of these the newest; `more` says how many
    older ones are left out. `readings` are in order, the newest first; `timed` and `given` are
    what was given. `record` is what the nurse wrote about the last infusion, if that was copied.
    """

    person: Person
    age: int | None
    numbers: tuple[Number, ...]
    drips: tuple[Drip, ...]
    last: LastInfusion | None
    days: int | None
    record: InfusionRecord | None
    first: date
    signs: tuple[SheetSign, ...]
    more: int
    readings: tuple[Reading, ...]
    timed: tuple[Timed, ...]
    given: tuple[Dose, ...]
    medicines: tuple[Medicine, ...]
    questions: tuple[Question, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing about signs was written down since `first`."""
        return not self.signs


class CallSheets:
    """Makes call sheets."""

    def __init__(self, house: Household) -> None:
        self._house = house

    def sheet(self, person: Person) -> CallSheet:
        """Return what to read out about a person now."""
        with self._house.care.one_look():
            return self._sheet(person)

    def _sheet(self, person: Person) -> CallSheet:
        house, today = self._house, self._house.care.today
        facts = EmergencyService(house).facts(person.id)
        last = facts.last
        first = today - WITHOUT_INFUSION if last is None else self._began(last)
        entries = self._entries(person.id, first)
        return CallSheet(
            person=person,
            age=facts.age,
            numbers=EmergencyService(house).clinic_numbers(person.id),
            drips=facts.drips,
            last=last,
            days=None if last is None else days_since(first, today),
            record=None if last is None else house.records.of(last.visit),
            first=first,
            signs=self._signs(person.id, entries[:MOST_SIGNS]),
            more=max(0, len(entries) - MOST_SIGNS),
            readings=self._readings(person.id),
            timed=self._timed(person.id),
            given=self._given(person.id),
            medicines=_besides(facts),
            questions=tuple(q for q in house.support.questions(person.id) if not q.answer),
        )

    def _began(self, last: LastInfusion) -> date:
        """Return the day on which the last infusion began, as the family's calendar has it."""
        visit = self._house.agenda.get(last.visit)
        return last.day if visit is None else day_of(visit.start, self._house.care.home)

    def _entries(self, person: str, first: date) -> list[SideEffect]:
        """Return what was seen since `first`, and what began before and still goes on."""
        care = self._house.care
        found = {one.id: one for one in care.store.all(SideEffect, person=person, going_on=True)}
        for one in care.store.side_effects_between(first, care.today, person=person):
            found[one.id] = one
        return self._newest_first(found.values())

    def _newest_first(self, entries: Iterable[SideEffect]) -> list[SideEffect]:
        home = self._house.care.home
        return sorted(entries, key=lambda one: (instant(one.at, home), one.id), reverse=True)

    def _signs(self, person: str, entries: list[SideEffect]) -> tuple[SheetSign, ...]:
        found = sorted(map(self._sign, entries), key=lambda one: one.tier.rank)
        clinic = self._clinic_words(person)
        for place, one in enumerate(found):
            said = clinic.pop(fold(one.entry.sign), "")
            found[place] = replace(one, clinic=said)
        return tuple(found)

    def _clinic_words(self, person: str) -> dict[str, str]:
        """Return what the clinic said to do, by the sign's id or the folded name of an own one."""
        store = self._house.care.store
        said = {fold(one.name): one.note for one in store.all(OwnSign, person=person)}
        chosen = store.all(SignChoice, person=person)
        return said | {fold(one.sign): one.clinic for one in chosen if one.clinic}

    def _sign(self, entry: SideEffect) -> SheetSign:
        watch = self._house.watch
        since = watch.since_entry(entry)
        days = None if since is None else since.days
        return SheetSign(entry, watch.sign_name(entry.sign), Tier(entry.urgency), days)

    def _readings(self, person: str) -> tuple[Reading, ...]:
        care = self._house.care
        found = care.store.side_effects_between(care.today - READINGS, care.today, person=person)
        return tuple(
            Reading(one, one.temperature_c, to_fahrenheit(one.temperature_c))
            for one in self._newest_first(found)
            if one.temperature_c is not None
        )

    def _timed(self, person: str) -> tuple[Timed, ...]:
        """Return the medicines with times of today and yesterday, those that have come."""
        care = self._house.care
        history = self._house.doses.history(person, care.today - MARKED, care.today)
        return tuple(
            one
            for one in history.timed
            if one.mark.state != "open" or instant(one.start, care.home) <= care.now
        )

    def _given(self, person: str) -> tuple[Dose, ...]:
        care = self._house.care
        given = self._house.doses.between(care.today - READINGS, care.today, person)
        return tuple(reversed(given))

    def about(self, sheet: CallSheet) -> tuple[str, ...]:
        """Return the ids of the signs that a call now is about, as far as one can tell.

        They are those since the last call, and what still goes on; all of the sheet where nobody
        called since the infusion.
        """
        home = self._house.care.home
        calls: list[ClinicCall] = self._house.clinic_calls.calls(sheet.person.id, sheet.first)
        last = instant(calls[0].at, home) if calls else None
        return tuple(
            one.entry.id
            for one in sheet.signs
            if last is None or one.entry.going_on or instant(one.entry.at, home) > last
        )


def _besides(facts: EmergencyFacts) -> tuple[Medicine, ...]:
    """Return the medicines of the list that are no infusions of a plan."""
    drips = {drip.medicine.casefold() for drip in facts.drips}
    return tuple(one for one in facts.medicines if one.name.casefold() not in drips)
