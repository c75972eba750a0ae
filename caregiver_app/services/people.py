"""The people cared for, their contacts and their medicines."""

from __future__ import annotations

from dataclasses import replace

from caregiver_app.domain import texts
from caregiver_app.domain.entities import CONTACT_ROLES, Contact, Medicine, Person
from caregiver_app.services.care import Care, refuse

ADDRESS_LIMIT = 400
"""An address has to fit on a printed page."""


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

    def medicines(self, person: str | None = None) -> list[Medicine]:
        """Return the medicines on everybody's or one person's list."""
        return self._care.store.all(Medicine, **({} if person is None else {"person": person}))

    def save_person(self, person: Person) -> Person:
        """Keep a new or changed person.

        Raises:
            FormRefused: a field is too long or has control characters.
        """
        refuse(
            lambda: texts.line(person.name, "name"),
            lambda: texts.paragraphs(person.conditions, "conditions"),
            lambda: texts.paragraphs(person.allergies, "allergies"),
        )
        care = self._care
        old = care.store.get(Person, person.id) if person.id else None
        with care.change("done.person", name=person.name.strip()):
            kept = replace(
                care.stamped(person, old),
                name=texts.line(person.name, "name"),
                conditions=texts.paragraphs(person.conditions, "conditions"),
                allergies=texts.paragraphs(person.allergies, "allergies"),
            )
            care.store.put(kept)
        return kept

    def save_contact(self, contact: Contact) -> Contact:
        """Keep a new or changed contact.

        Raises:
            FormRefused: the name is empty, the role unknown, or a field cannot be taken.
        """
        refuse(
            lambda: texts.one_of(contact.role, CONTACT_ROLES, "role"),
            lambda: texts.title(contact.name, "name"),
            lambda: texts.paragraphs(contact.address, "address", ADDRESS_LIMIT),
            lambda: texts.line(contact.phone, "phone"),
            lambda: texts.line(contact.phone_after_hours, "phone_after_hours"),
            lambda: texts.paragraphs(contact.note, "note"),
        )
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
            )
            care.store.put(kept)
        return kept

    def save_medicine(self, medicine: Medicine) -> Medicine:
        """Keep a medicine of the list, as the clinic said it.

        Raises:
            FormRefused: the name is empty or a field cannot be taken.
        """
        refuse(
            lambda: texts.title(medicine.name, "name"),
            lambda: texts.paragraphs(medicine.directions, "directions"),
        )
        care = self._care
        old = care.store.get(Medicine, medicine.id) if medicine.id else None
        with care.change("done.medicine", name=medicine.name.strip()):
            person = care.whose(medicine.person, old)
            kept = replace(
                care.stamped(medicine, old),
                person=person.id,
                name=texts.title(medicine.name, "name"),
                directions=texts.paragraphs(medicine.directions, "directions"),
            )
            care.store.put(kept)
        return kept
