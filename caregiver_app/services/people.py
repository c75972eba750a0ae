"""The people cared for, their contacts and their medicines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import (
    CONTACT_ROLES,
    Appointment,
    BlockedDays,
    Contact,
    Medicine,
    Person,
    Plan,
)
from caregiver_app.domain.insurance import BENEFITS, Authorisation, Call
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.rules import FIRST_YEAR, LAST_YEAR
from caregiver_app.domain.times import in_zone
from caregiver_app.domain.watch import HIGHEST_READING_C, check_temperature
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.medicine_ends import end_times
from caregiver_app.services.weekly import refuse_medicine

OLDEST_YEARS = 130
"""Nobody has lived longer: such a day of birth is a slip of the finger."""
ADDRESS_LIMIT = 400
"""An address has to fit on a printed page."""
RULES = ("rules_food", "rules_visitors", "rules_fasting", "rules_parking")
"""What a clinic may have rules about, in the order in which they are told."""
RULE_LIMIT = 300
"""All four have to fit above a printed bag."""
MOST_VISITS = 1000
_ZONES_APART: Final = timedelta(days=2)
_A_FEW: Final = 400
"""So many dates of a series lie between the earliest one looked at and now at the most."""


class PeopleService:
    """Whom the family cares for and whom they can call."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def people(self) -> list[Person]:
        """Return everybody who is cared for, in the order in which they came."""
        return self._care.store.all(Person)

    def person(self, person_id: str) -> Person | None:
        """Return one person by id."""
        return self._care.store.get(Person, person_id)

    def contacts(self, person: str | None = None) -> list[Contact]:
        """Return the contacts of everybody or of one person."""
        return self._care.store.all(Contact, **({} if person is None else {"person": person}))

    def contact(self, contact_id: str) -> Contact | None:
        """Return one contact by id."""
        return self._care.store.get(Contact, contact_id) if texts.is_whole(contact_id) else None

    def medicine(self, medicine_id: str) -> Medicine | None:
        """Return one medicine of a list by id."""
        return self._care.store.get(Medicine, medicine_id)

    def authorisation(self, authorisation_id: str) -> Authorisation | None:
        """Return one authorisation by id."""
        return self._care.store.get(Authorisation, authorisation_id)

    def authorisations(self, person: str | None = None) -> list[Authorisation]:
        """Return what insurers approved for everybody or for one person, in order of its end."""
        wanted = {} if person is None else {"person": person}
        found = self._care.store.all(Authorisation, **wanted)
        return sorted(found, key=lambda one: (one.last, one.first or one.last, one.id))

    def approved_to(self, person: str) -> Authorisation | None:
        """Return the authorisation that reaches furthest, None while none is written down."""
        return next(reversed(self.authorisations(person)), None)

    def medicines(self, person: str | None = None) -> list[Medicine]:
        """Return the medicines that are given now, of everybody or of one person."""
        return [one for one in self._medicines(person) if not one.past]

    def past_medicines(self, person: str | None = None) -> list[Medicine]:
        """Return the medicines that were tried before and are not given any more."""
        return [one for one in self._medicines(person) if one.past]

    def _medicines(self, person: str | None) -> list[Medicine]:
        return self._care.store.all(Medicine, **({} if person is None else {"person": person}))

    def check_person(self, person: Person) -> None:
        """Look whether a person can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.line(person.name, "name"),
            lambda: self._check_born(person),
            lambda: texts.paragraphs(person.conditions, "conditions"),
            lambda: texts.paragraphs(person.allergies, "allergies"),
            lambda: texts.paragraphs(person.address, "address", ADDRESS_LIMIT),
            lambda: texts.paragraphs(person.good_to_know, "good_to_know", ADDRESS_LIMIT),
            lambda: texts.paragraphs(person.papers, "papers", ADDRESS_LIMIT),
            lambda: person.fever_c is None or check_temperature(person.fever_c, "fever_c"),
            lambda: texts.line(person.fever_set_by, "fever_set_by"),
            lambda: self._check_limit(person),
            lambda: texts.line(person.deductible, "deductible"),
            lambda: _check_year(person.deductible_year, "deductible_year"),
            lambda: texts.line(person.copay, "copay"),
            lambda: _check_year(person.copay_year, "copay_year"),
        )

    def save_person(self, person: Person) -> Person:
        """Keep a new or changed person.

        Raises:
            FormRefused: a field is too long or has control characters, the day of birth cannot
                be, or a fever limit above the usual one comes without who gave it.
        """
        self.check_person(person)
        care = self._care
        old = care.store.get(Person, person.id) if person.id else None
        with care.change("done.person", name=person.name.strip()):
            kept = replace(
                care.stamped(person, old),
                name=texts.line(person.name, "name"),
                conditions=texts.paragraphs(person.conditions, "conditions"),
                allergies=texts.paragraphs(person.allergies, "allergies"),
                address=texts.paragraphs(person.address, "address"),
                good_to_know=texts.paragraphs(person.good_to_know, "good_to_know"),
                papers=texts.paragraphs(person.papers, "papers"),
                fever_set_by=texts.line(person.fever_set_by, "fever_set_by"),
                deductible=texts.line(person.deductible, "deductible"),
                copay=texts.line(person.copay, "copay"),
            )
            care.store.put(kept)
        return kept

    def _check_born(self, person: Person) -> None:
        born, today = person.born, self._care.today
        if born is None:
            return
        if born > today:
            raise InputRefused("person.born_ahead", "born", day=born.isoformat())
        if today.year - born.year > OLDEST_YEARS:
            raise InputRefused("person.born_long_ago", "born", years=today.year - born.year)

    def _check_limit(self, person: Person) -> None:
        """Refuse a limit that would ask for a call later than usual, but for somebody's word."""
        limit = person.fever_c
        if limit is None or person.fever_set_by.strip():
            return
        usual = self._care.reference.fever_c
        if usual < limit <= HIGHEST_READING_C:
            raise InputRefused("person.fever_who", "fever_set_by", usual=f"{usual:.1f}")

    def set_details(self, person_id: str, *, shown: bool) -> None:
        """Let desktop notices name this person and what it is about, or keep them discreet.

        Raises:
            InputRefused: the person is not there any more.
        """
        care = self._care
        person = care.person(person_id)
        key = "done.details_shown" if shown else "done.details_hidden"
        with care.change(key, name=person.name or "…"):
            care.store.put(care.stamped(replace(person, details_in_notices=shown), person))

    def check_contact(self, contact: Contact) -> None:
        """Look whether a contact can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.one_of(contact.role, CONTACT_ROLES, "role"),
            lambda: texts.title(contact.name, "name"),
            lambda: texts.paragraphs(contact.address, "address", ADDRESS_LIMIT),
            lambda: texts.line(contact.phone, "phone"),
            lambda: texts.line(contact.phone_after_hours, "phone_after_hours"),
            lambda: texts.paragraphs(contact.note, "note"),
            *(
                partial(texts.paragraphs, getattr(contact, name), name, RULE_LIMIT)
                for name in RULES
            ),
            lambda: self._not_later(contact.rules_checked),
        )

    def _not_later(self, checked: date | None) -> None:
        if checked is not None and checked > self._care.today:
            raise InputRefused("rules.later", "rules_checked")

    def save_contact(self, contact: Contact) -> Contact:
        """Keep a new or changed contact.

        With a new name, the appointments to come that are there under the old one are renamed too.

        Raises:
            FormRefused: the name is empty, the role unknown, or a field cannot be taken.
        """
        self.check_contact(contact)
        care = self._care
        old = care.store.get(Contact, contact.id) if contact.id else None
        with care.change("done.contact", name=contact.name.strip()):
            person = care.whose(contact.person, old)
            kept = replace(
                care.stamped(contact, old),
                person=person.id,
                name=texts.title(contact.name, "name"),
                address=texts.paragraphs(contact.address, "address"),
                phone=texts.line(contact.phone, "phone"),
                phone_after_hours=texts.line(contact.phone_after_hours, "phone_after_hours"),
                note=texts.paragraphs(contact.note, "note"),
                **{name: texts.paragraphs(getattr(contact, name), name) for name in RULES},
            )
            care.store.put(kept)
            if old is not None and old.name != kept.name:
                self._rename_places(old, kept)
        return kept

    def _rename_places(self, old: Contact, new: Contact) -> None:
        """Give the appointments to come the new name; what is over keeps where it was."""
        care = self._care
        for one in care.store.all(Appointment, contact=old.id):
            over = one.status in ("done", "cancelled") or not self._goes_on(one)
            if one.place == old.name and not over:
                told = replace(one, place=new.name, sequence=one.sequence + 1, changed=care.now)
                care.store.put(told)

    def _goes_on(self, one: Appointment) -> bool:
        """Tell whether a date of an appointment is still to come, or not over yet."""
        care = self._care
        here = in_zone(care.now, care.home).replace(tzinfo=None)
        back = timedelta(minutes=one.minutes) + _ZONES_APART
        found = occurrences(one, here - back)
        return any(each.ends(care.home) > care.now for each in islice(found, _A_FEW))

    def clinic_for(self, person_id: str, contact_id: str) -> Contact:
        """Return a clinic as this person's own contact, with its numbers and its closed days.

        One of another person is copied with the days on which it is closed, as one change, unless
        this person has a contact of that name already; then that one is returned. The note stays
        with whom it was written for.

        Raises:
            InputRefused: the person or the contact is not there any more.
        """
        care, found = self._care, self.contact(contact_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=contact_id)
        person, name = care.person(person_id), found.name.casefold()
        own = [one for one in self.contacts(person.id) if one.name.casefold() == name]
        if found.person == person.id or own:
            return found if found.person == person.id else own[0]
        with care.change("done.contact", name=found.name):
            copy = self.save_contact(replace(found, id="", person=person.id, note=""))
            for one in care.store.all(BlockedDays, clinic=found.id):
                care.store.put(care.stamped(replace(one, id="", clinic=copy.id), None))
        return copy

    def check_medicine(self, medicine: Medicine) -> None:
        """Look whether a medicine can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.title(medicine.name, "name"),
            lambda: texts.paragraphs(medicine.directions, "directions"),
            lambda: texts.line(medicine.what_for, "what_for"),
            lambda: texts.line(medicine.began, "began"),
            lambda: texts.line(medicine.ended, "ended"),
            lambda: texts.paragraphs(medicine.why_ended, "why_ended"),
            lambda: medicine.past or refuse_medicine(self._care, medicine),
        )

    def save_medicine(self, medicine: Medicine) -> Medicine:
        """Keep a medicine of the list, as the clinic said it.

        One that becomes a past one does not ring any more: its coming times end with it.

        Raises:
            FormRefused: the name is empty, a field cannot be taken, or it is a medicine of one day
                a week that would be given as needed.
        """
        self.check_medicine(medicine)
        care = self._care
        old = care.store.get(Medicine, medicine.id) if medicine.id else None
        with care.change("done.medicine", name=medicine.name.strip()):
            person = care.whose(medicine.person, old)
            kept = replace(
                care.stamped(medicine, old),
                person=person.id,
                name=texts.title(medicine.name, "name"),
                directions=texts.paragraphs(medicine.directions, "directions"),
                what_for=texts.line(medicine.what_for, "what_for"),
                began=texts.line(medicine.began, "began"),
                ended=texts.line(medicine.ended, "ended"),
                why_ended=texts.paragraphs(medicine.why_ended, "why_ended"),
            )
            if kept.past and old is not None and not old.past:
                end_times(care, old)
            care.store.put(kept)
        return kept

    def end_medicine(self, medicine_id: str, ended: str = "", why: str = "") -> Medicine:
        """Write down that a medicine ended; what was given of it stays, its coming times end.

        `ended` is when as typed, `why` in the family's words. One undo takes all of it back.

        Raises:
            InputRefused: it is not there any more.
            FormRefused: a field is too long or has control characters.
        """
        found = self.medicine(medicine_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=medicine_id)
        gone = replace(found, past=True, ended=ended, why_ended=why)
        self.check_medicine(gone)
        with self._care.change("done.medicine_ended", name=found.name):
            return self.save_medicine(gone)

    def check_authorisation(self, one: Authorisation) -> None:
        """Look whether an authorisation can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.line(one.insurer, "insurer"),
            lambda: texts.line(one.member, "member"),
            lambda: texts.line(one.number, "number"),
            lambda: texts.one_of(one.benefit, BENEFITS, "benefit"),
            lambda: texts.line(one.site, "site"),
            lambda: self._check_plan_of(one),
            lambda: one.visits is None or texts.whole(one.visits, 0, MOST_VISITS, "visits"),
            lambda: _in_order(one),
            lambda: texts.paragraphs(one.note, "note"),
        )

    def _check_plan_of(self, one: Authorisation) -> None:
        """Refuse a plan that never was, or of another person; one that is gone reaches nothing."""
        if one.plan is None:
            return
        known = texts.is_whole(one.plan)
        plan = self._care.store.get(Plan, one.plan, deleted=True) if known else None
        if plan is None or one.person not in ("", plan.person):
            raise InputRefused("authorisation.plan", "plan", id=one.plan)

    def _refuse_gone_plan(self, one: Authorisation) -> None:
        if one.plan is not None and self._care.store.get(Plan, one.plan) is None:
            raise FormRefused([InputRefused("authorisation.plan", "plan", id=one.plan)])

    def save_authorisation(self, authorisation: Authorisation) -> Authorisation:
        """Keep what an insurer approved, as its letter says; calls about it stay with its person.

        Raises:
            FormRefused: it ends before it begins, its plan is another person's or not there, or a
                field cannot be taken.
        """
        care, one = self._care, authorisation
        old = care.store.get(Authorisation, one.id) if one.id else None
        with care.change("done.authorisation", day=one.last.isoformat()):
            one = replace(one, person=care.whose(one.person, old).id)
            self.check_authorisation(one)
            if old is None or old.plan != one.plan:
                self._refuse_gone_plan(one)
            kept = replace(
                care.stamped(one, old),
                insurer=texts.line(one.insurer, "insurer"),
                member=texts.line(one.member, "member"),
                number=texts.line(one.number, "number"),
                site=texts.line(one.site, "site"),
                note=texts.paragraphs(one.note, "note"),
            )
            care.store.put(kept)
            if old is not None and old.person != kept.person:
                for call in care.store.all(Call, authorisation=kept.id):
                    care.store.put(replace(call, person=kept.person, changed=care.now))
        return kept

    def remove(self, kind: type[Contact | Medicine | Authorisation], id_: str) -> None:
        """Delete a contact, a medicine of the list or an authorisation; undo brings it back.

        The days on which a clinic is closed go with it.

        Raises:
            InputRefused: it is not there any more.
        """
        care = self._care
        found = care.store.get(kind, id_)
        if found is None:
            raise InputRefused("entry.gone", "id", id=id_)
        if isinstance(found, Authorisation):
            change = care.change("done.authorisation_removed", day=found.last.isoformat())
        else:
            change = care.change("done.entry_removed", name=found.name)
        with change:
            care.store.remove(kind, id_, care.now)
            if isinstance(found, Contact):
                for one in care.store.all(BlockedDays, clinic=id_):
                    care.store.remove(BlockedDays, one.id, care.now)


def _in_order(one: Authorisation) -> None:
    if one.first is not None and one.first > one.last:
        raise InputRefused("authorisation.order", "last")


def _check_year(year: int | None, field: str) -> None:
    if year is not None:
        texts.whole(year, FIRST_YEAR, LAST_YEAR, field)
