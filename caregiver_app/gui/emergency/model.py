"""What the emergency page says, in words; `services/emergency` gathers what is told."""

from __future__ import annotations

import re
import string
from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from caregiver_app.domain.advice import Evidence, SignInfo, Step
from caregiver_app.domain.entities import Person, SideEffect
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.why import NO_REASON, Why, to_say, why, why_now
from caregiver_app.gui.words import away_text, plain_date, short_date, time_text, tr
from caregiver_app.messages import words as sentence
from caregiver_app.pages.emergency_of_person import fever_limit
from caregiver_app.pages.last_infusion import as_written
from caregiver_app.services.emergency import (
    Drip,
    EmergencyFacts,
    EmergencyService,
    LastInfusion,
    Number,
)
from caregiver_app.services.household import Household
from caregiver_app.services.signs import Sign
from caregiver_app.values import value

Part = tuple[str, bool]
"""A piece of a line, and whether it is bold."""

_MOST_NAMES: Final = 12
"""So many medicines are read out; the sheet and the care plan hold the rest."""
_LONGEST_CALLED: Final = 15
"""A longer number is not said twice: it stands large beside the line."""
_CALL: Final = re.compile(r"call the emergency number now\.?", re.IGNORECASE)
_INFUSIONS: Final = frozenset(("appointment", "plan", "infusion_record", ""))
"""Kinds of which something unreadable makes it doubtful which infusion was the last."""
_SAYS: Final = "Say \u201c"
_AT_THE_CLINIC: Final = ("clinic", "doctor", "pharmacy")


@value
class Phone:
    """A number to call, and whose it is."""

    whose: str
    number: str
    icon: str = "call"


class EmergencyModel:
    """Everything that the page shows about one person, read when it is asked for."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._service = EmergencyService(house)

    def in_parts(self) -> AbstractContextManager[set[str]]:
        """Leave out what cannot be read until the block ends; it gives the kinds that lack."""
        return self._house.care.in_parts()

    # -- The head ---------------------------------------------------------------------------------

    def number(self) -> str:
        """Return the number that the family typed, "" while there is none."""
        with self.in_parts():
            return self._service.emergency_number

    def call(self) -> str:
        """Return the largest line of all: "Call 112 now"."""
        if len(self.number()) > _LONGEST_CALLED:
            return tr("Call this number now")
        return call_words(self._house, now=True)

    # -- What to do -------------------------------------------------------------------------------

    def why(self, person_id: str | None, about: str, entry: SideEffect | None) -> Why:
        """Return why a sign is an emergency for a person where it is none by itself.

        `entry` is how it was written down, None while it was not.
        """
        person = self.meant(person_id)
        if person is None or not about:
            return NO_REASON
        whose = person.id

        def read() -> Why:
            if entry is not None and entry.person == whose and entry.sign == about:
                return why(self._house, entry)
            return why_now(self._house, whose, about)

        found = self._house.care.part(read, NO_REASON)
        return found if found.tier == Tier.EMERGENCY else NO_REASON

    def to_say(self, about: str, sign: SignInfo | None, because: Why) -> str:
        """Return what to say on the phone about a sign and what was seen with it."""
        if sign is None and not because.beside:
            return ""
        return to_say(about, sign, because.beside)

    def steps(self, sign: SignInfo | None, say: str) -> list[Step]:
        """Return what to do for a sign, or in any emergency.

        The call itself is said in the head, so its step says what to say on the phone.
        """
        spoken = [_say(say)] if say else []
        if sign is None or sign.tier != Tier.EMERGENCY:
            return [*spoken, *self._house.reference.emergency.steps]
        said_below = any(step.do.startswith(_SAYS) for step in sign.steps)
        found: list[Step] = []
        for step in sign.steps:
            if not _CALL.fullmatch(step.do):
                found.append(step)
            elif not said_below:
                found += spoken
        return found

    def clinic_words(self, person_id: str | None, about: str) -> str:
        """Return what the clinic said about a sign, "" where nothing is known or nobody meant."""
        person = self.meant(person_id)
        if person is None or not about:
            return ""
        whose = person.id
        return self._house.care.part(lambda: self._house.signs.sign(whose, about).clinic, "")

    def is_listed(self, person_id: str | None, about: str) -> bool:
        """Tell whether a sign is on the list of who is meant, the family's own among them."""
        person = self.meant(person_id)
        whose = None if person is None else person.id
        if not about:
            return False
        return self._house.care.part(lambda: self._house.signs.sign(whose, about).is_kept, False)

    def avoid(self, sign: SignInfo | None) -> tuple[str, ...]:
        """Return what not to do for a sign, or in any emergency."""
        if sign is None or sign.tier != Tier.EMERGENCY:
            return self._house.reference.emergency.avoid
        return sign.avoid

    def emergencies(self, person_id: str | None) -> tuple[Sign, ...]:
        """Return every sign that is an emergency for a person, the family's own at the end."""
        care, signs = self._house.care, self._house.signs
        with self.in_parts():
            person = self.meant(person_id)
            whose = None if person is None else person.id
            return care.part(lambda: signs.rows(whose, care.today).emergency, ())

    def sources(self, sign: SignInfo | None) -> str:
        """Return where the steps come from, in one line."""
        evidence = self._evidence(sign)
        names = "; ".join(dict.fromkeys(source.name for source in evidence.sources))
        checked = plain_date(self._house.reference.generated)
        return sentence(evidence.source_key, sources=names, date=checked)

    def review(self, sign: SignInfo | None) -> str:
        """Return that no clinician has read the steps yet, "" once one has."""
        words = "" if self._evidence(sign).reviewed else sentence("safety.not_reviewed")
        return f"{words[:1].upper()}{words[1:]}." if words else ""

    def _evidence(self, sign: SignInfo | None) -> Evidence:
        if sign is not None and sign.tier == Tier.EMERGENCY:
            return sign.evidence
        return self._house.reference.emergency.evidence

    # -- What to read out -------------------------------------------------------------------------

    def people(self) -> list[Person]:
        """Return everybody who is cared for."""
        return self._house.people.people()

    def meant(self, person_id: str | None) -> Person | None:
        """Return the person with that id, or the only one; nobody is guessed among several."""
        return self._service.meant(person_id)

    def facts(self, person_id: str | None) -> EmergencyFacts:
        """Return what is told about a person; among several nobody is guessed."""
        return self._service.facts_in_parts(person_id)

    def missing(self, kinds: Collection[str]) -> str:
        """Return in one line what could not be read, "" where that is nothing."""
        if not kinds:
            return ""
        names = {
            "person": tr("what is known of the person"),
            "contact": tr("numbers"),
            "setting": tr("numbers"),
            "medicine": tr("medicines"),
            "plan": tr("infusions"),
            "appointment": tr("infusions"),
            "infusion_record": tr("infusions"),
        }
        told = dict.fromkeys(names.get(kind, tr("other things")) for kind in sorted(kinds))
        return tr("Could not all be read: {what}.", what=", ".join(told))

    def lines(self, facts: EmergencyFacts) -> list[list[Part]]:
        """Return what to say on the phone: who, what for, which medicine, when it last was."""
        person = facts.person
        if person is None:
            return []
        lines = [_who(person, facts.age)]
        if person.conditions:
            lines.append([(_in_one_line(person.conditions), False)])
        lines += self._infusion(facts)
        watch, part = self._house.watch, self._house.care.part
        if feverish := part(lambda: watch.fever_medicines(person.id), ()):
            limit = fever_limit(self._house.watch.fever_limit(person.id))
            told = sentence("safety.fever_emergency", medicine=_some(list(feverish)), limit=limit)
            lines.append([(told, True)])
        names = [drip.medicine for drip in _others(facts)]
        names += [medicine.name for medicine in facts.medicines]
        if names:
            lines.append(_parts(tr("Also takes {names}"), (), names=_some(names)))
        lines += self._planned(facts)
        known = _in_one_line(person.allergies) or tr("none written down")
        lines.append(_parts(tr("Allergies: {allergies}"), ("allergies",), allergies=known))
        return lines

    def _infusion(self, facts: EmergencyFacts) -> list[list[Part]]:
        last, today = facts.last, self._house.care.today
        if facts.unread & _INFUSIONS:
            # An earlier one would be told as the last.
            return [[(tr("When the last infusion was cannot be read here"), True)]]
        if last is None:
            names = ", ".join(drip.medicine for drip in facts.drips if drip.begins is None)
            told = tr("The last infusion is not written down; it is {medicine}")
            if names:
                return [_parts(told, ("medicine",), medicine=names)]
            return [[(tr("No infusion is written down yet"), False)]] if facts.drips else []
        when = short_date(last.day, year=last.day.year != today.year)
        if last.written:
            when = f"{when}, {as_written(last.written)}"
            told = tr("It began {when}, as written down, {ago}")
            if not last.running:
                told = tr("It ended {when}, as written down, {ago}")
        elif isinstance(last.at, datetime):
            when = tr("{day}, about {hour}", day=when, hour=time_text(last.at))
            told = tr("By the calendar it began {when}, {ago}")
            if not last.running:
                told = tr("By the calendar it ended {when}, {ago}")
        else:
            told = tr("By the calendar it was on {when}, {ago}")
        ago = away_text(last.day, today)
        return [_had(last), _parts(told, ("when",), when=when, ago=ago)]

    def _planned(self, facts: EmergencyFacts) -> list[list[Part]]:
        """Return what is planned and not begun, each with its first day."""
        today = self._house.care.today
        names = [
            tr(
                "{medicine}, from {day}",
                medicine=drip.medicine,
                day=short_date(drip.begins, year=drip.begins.year != today.year),
            )
            for drip in facts.drips
            if drip.begins is not None
        ]
        return [_parts(tr("Planned: {names}"), (), names=_some(names))] if names else []

    def phones(self, facts: EmergencyFacts) -> list[Phone]:
        """Return the numbers to call, the clinic's first."""
        return [phone_of(number) for number in facts.numbers]

    def clinic_phones(self, person_id: str) -> tuple[Phone, ...]:
        """Return the numbers of a person's clinic and doctors."""
        return tuple(phone_of(number) for number in self._service.clinic_numbers(person_id))


def call_words(house: Household, *, now: bool = False) -> str:
    """Return "call 112" with the number that the family typed, else the safe words."""
    number = emergency_number(house)
    if number:
        return tr("Call {number} now", number=number) if now else tr("call {number}", number=number)
    if now:
        return sentence("safety.call_local_number")
    return tr("call your local emergency number")


def emergency_number(house: Household) -> str:
    """Return the number that the family typed, "" while none is; never one of our own."""
    return EmergencyService(house).emergency_number


def phone_of(number: Number) -> Phone:
    """Return a number with whose it is in words."""
    icon = "call" if number.role in _AT_THE_CLINIC else "person"
    whose = number.whose
    if number.hours == "after":
        whose = tr("{name}, after hours", name=whose)
    elif number.hours == "day":
        whose = tr("{name}, in office hours", name=whose)
    elif number.hours == "only":
        whose = tr("{name}, in office hours; no out-of-hours number written down", name=whose)
    return Phone(whose, number.number, icon)


def _say(words: str) -> Step:
    return Step(tr("Say \u201c{words}\u201d", words=words))


def _who(person: Person, age: int | None) -> list[Part]:
    name = person.name or tr("The person I care for")
    if person.born is None or age is None:
        return [(name, True)]
    told = tr("{name}, {age}, born {day}")
    return _parts(told, ("name",), name=name, age=str(age), day=plain_date(person.born))


def _had(last: LastInfusion) -> list[Part]:
    if not last.medicine:
        return _parts(tr("Had {visit}"), ("visit",), visit=last.title)
    number = last.dose
    visit = last.title if number is None else tr("infusion {number}", number=number)
    told = tr("Had {medicine} by drip, {visit}")
    return _parts(told, ("medicine",), medicine=last.medicine, visit=visit)


def _others(facts: EmergencyFacts) -> list[Drip]:
    """Return the drips under way that the line about the last infusion does not name."""
    if facts.last is None:
        return []
    begun = [drip for drip in facts.drips if drip.begins is None]
    return [drip for drip in begun if drip.medicine != facts.last.medicine]


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    told = ", ".join(names[:_MOST_NAMES])
    return tr("{names} and {count} more", names=told, count=more) if more > 0 else told


def _in_one_line(text: str) -> str:
    return ", ".join(part.strip() for part in text.splitlines() if part.strip())


def _parts(template: str, strong: tuple[str, ...], **values: str) -> list[Part]:
    """Return a template with its `{name}` places filled; those named in `strong` are bold.

    What is filled in is taken letter by letter, whatever braces or signs it holds.
    """
    found: list[Part] = []
    for plain, name, _, _ in string.Formatter().parse(template):
        if plain:
            found.append((plain, False))
        if name is not None:
            found.append((values[name], name in strong))
    return found
