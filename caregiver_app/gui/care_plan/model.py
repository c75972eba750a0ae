"""What the Care plan tab says, read from the house: plain values, no widgets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.dose_marks import is_for
from caregiver_app.domain.entities import Appointment, Contact, Medicine, Person
from caregiver_app.domain.recurrence import parse_rule
from caregiver_app.domain.times import AllDay, wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.medicines.as_needed import AsNeeded
from caregiver_app.gui.medicines.words import LATELY, as_needed_of
from caregiver_app.gui.words import plain_date, short_weekday, time_text, tr, weekday_text
from caregiver_app.services.household import Household
from caregiver_app.values import value

ROLES: Final = (
    ("clinic", "Clinic", "call"),
    ("doctor", "Doctor", "follow-up"),
    ("family", "Family or friend", "person"),
    ("driver", "Driver", "drive"),
    ("pharmacy", "Pharmacy", "medicine"),
    ("insurer", "Insurance", "coverage"),
    ("other", "Somebody else", "other"),
)
"""The roles of contacts in the order in which they are shown, with their words and icons."""
AFTER_HOURS: Final = "|after"
"""Ends the key of the row with a contact's number for out of hours."""
_SERIES_DAYS: Final = 28
_CAREFUL_NOS: Final = ("no", "none", "nil", "nothing")
_APART: Final = re.compile(r"[\n;]+")
_COMMA: Final = re.compile(r",(?![^(]*\))")


# -- The person -----------------------------------------------------------------------------------


@value
class Allergy:
    """One thing that is not tolerated, and what happened; `told` False: it says there is none."""

    name: str
    note: str = ""
    told: bool = True


def allergies_of(text: str) -> list[Allergy]:
    """Read what was typed: one a line, or with commas.

    What happened stands after a colon or in brackets.
    """
    found: list[Allergy] = []
    for part in _APART.split(text):
        names, colon, note = part.partition(":")
        single = [one.strip() for one in _COMMA.split(names) if one.strip()]
        for place, one in enumerate(single):
            last = place == len(single) - 1
            found.append(_allergy(one, note.strip() if colon and last else ""))
    return found


def _allergy(words: str, note: str) -> Allergy:
    name, bracket, rest = words.partition("(")
    if bracket and rest.endswith(")") and name.strip():
        inside = rest[:-1].strip()
        return Allergy(name.strip(), ", ".join(one for one in (inside, note) if one))
    told = words.casefold().split()[0] not in _CAREFUL_NOS
    return Allergy(words, note, told)


def conditions_of(text: str) -> tuple[str, str]:
    """Return the first condition that was typed, and the rest with what parts it."""
    plain = ", ".join(line.strip() for line in text.split("\n") if line.strip())
    first = _COMMA.split(plain, maxsplit=1)[0]
    return first, plain[len(first) :]


def born_words(person: Person, today: date) -> str:
    """Return "67, born 4 June 1958", "" while the day is not known."""
    born = person.born
    if born is None:
        return ""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    said = tr("born {day}", day=plain_date(born))
    return f"{age}, {said}" if age > 0 else said


def limit_words(person: Person) -> str:
    """Return who set the fever limit, or that the usual one holds."""
    if person.fever_c is None:
        return tr("the usual limit. The team may set another.")
    if person.fever_set_by:
        return tr("set by {name}", name=person.fever_set_by)
    return tr("as the team set it")


# -- Medicines ------------------------------------------------------------------------------------


@value
class Line:
    """A row of the medicines that are given at set times, or whose times are not clear yet."""

    key: str
    title: str
    second: str
    chip: str = ""

    def spoken(self) -> str:
        """Return the row as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.second, self.chip) if part)


def lines_of(house: Household, person: str) -> list[Line]:
    """Return the medicines of a person's list that are not given as needed."""
    medicines = house.people.medicines(person)
    series = _series(house, person) if medicines else []
    return [_medicine_line(one, series) for one in medicines if not one.as_needed]


def as_needed_lines(house: Household, person: str) -> list[AsNeeded]:
    """Return the medicines of a person that are given only when needed."""
    found = [one for one in house.people.medicines(person) if one.as_needed]
    if not found:
        return []
    today = house.care.today
    given = house.doses.between(today - timedelta(days=LATELY), today, person)
    return [as_needed_of(one, given, today) for one in found]


def _series(house: Household, person: str) -> list[Appointment]:
    """Return the medication times that go on, each once."""
    today = house.care.today
    coming = house.agenda.between(today, today + timedelta(days=_SERIES_DAYS), person)
    found = {
        one.appointment.id: one.appointment
        for one in coming
        if one.appointment.type == "medication"
        and one.appointment.rrule
        and one.appointment.status != "cancelled"
    }
    return list(found.values())


def _medicine_line(medicine: Medicine, series: Iterable[Appointment]) -> Line:
    own = [one for one in series if is_for(one, medicine)]
    hours = sorted({wall(one.start).time() for one in own if not isinstance(one.start, AllDay)})
    directions = " ".join(medicine.directions.split())
    said = ", ".join([*(time_text(hour) for hour in hours), *([directions] if directions else [])])
    chip = only_on(own[0]) if len(own) == 1 else ""
    given = said or ("" if medicine.what_for else tr("directions not written down yet"))
    second = " · ".join(part for part in (given, medicine.what_for) if part)
    return Line(medicine.id, medicine.name, second, chip)


def only_on(series: Appointment) -> str:
    """Return "Only on Fridays" where a series says so, "" for every day."""
    try:
        rule = parse_rule(series.rrule, series.start)
    except InputRefused:
        return ""
    if rule.frequency != "WEEKLY":
        return "" if rule.interval == 1 else tr("Every {count} days", count=rule.interval)
    first = wall(series.start)
    days = rule.weekdays or (first.weekday(),)
    if rule.interval == 1 and len(days) == 1:
        monday = first.date() - timedelta(days=first.weekday())
        return tr("Only on {day}s", day=weekday_text(monday + timedelta(days=days[0])))
    if rule.interval == 1:
        listed = ", ".join(short_weekday(day) for day in days)
        return tr("Only on {days}", days=listed) if len(days) < 7 else ""
    listed = ", ".join(short_weekday(day) for day in days)
    return tr("Every {count} weeks: {days}", count=rule.interval, days=listed)


# -- People to reach ------------------------------------------------------------------------------


@value
class Reach:
    """A row of the contacts card: one number of one contact."""

    key: str
    name: str
    second: str
    number: str
    icon: str
    role: str

    @property
    def contact(self) -> str:
        """The contact's id."""
        return self.key.removesuffix(AFTER_HOURS)

    def shown_number(self) -> str:
        """Return the number, or that there is none."""
        return self.number or tr("no number yet")

    def spoken(self) -> str:
        """Return the row as a screen reader says it."""
        parts = [self.name, self.role]
        if self.second.casefold() != self.role.casefold():
            parts.append(self.second)
        return ", ".join([*parts, self.shown_number()])


def role_words(role: str) -> str:
    """Return a role in plain words."""
    return next((tr(words) for key, words, _ in ROLES if key == role), role)


def reach_of(contacts: Sequence[Contact]) -> list[Reach]:
    """Return the rows of some contacts: the clinic first, a second row for out of hours."""
    order = [key for key, _, _ in ROLES]
    icons = {key: icon for key, _, icon in ROLES}
    found: list[Reach] = []
    for one in sorted(contacts, key=lambda one: order.index(one.role)):
        role, icon = role_words(one.role), icons[one.role]
        second = " ".join(one.note.split()) or role.lower()
        if one.phone or not one.phone_after_hours:
            found.append(Reach(one.id, one.name, second, one.phone, icon, role))
        if one.phone_after_hours:
            key = f"{one.id}{AFTER_HOURS}"
            late = tr("out of hours")
            found.append(Reach(key, one.name, late, one.phone_after_hours, icon, role))
    return found
