"""The sheets in which somebody to reach or an approval is written down, and what sheets share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Authorisation, Contact
from caregiver_app.gui.calendar.form.forms import person_pill
from caregiver_app.gui.care_plan.model import ROLES
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField, NumberField
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

K = TypeVar("K", Contact, Authorisation)


class EntrySheet(KeptSheet):
    """What they share: whose it is, saving, and deleting what is kept already."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        person: str,
        *,
        title: str,
        icon: str,
        subtitle: str = "",
        parent: QWidget | None,
    ) -> None:
        super().__init__(theme, title, icon=icon, subtitle=subtitle, parent=parent)
        self.house = house
        pill = person_pill(house, theme, person) if len(house.people.people()) > 1 else None
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.confirmed.connect(self._save)

    def close_form(self, entry: K, words: str) -> None:
        """Put below the fields what is left: the way to delete, where there is something."""
        if entry.id:
            kind, id_ = type(entry), entry.id
            self.add_delete(words, lambda: self.house.people.remove(kind, id_))
        else:
            self.add(self.wrong)

    def complain(self) -> bool:
        """Say beside each field what cannot be read; True when all can."""
        return True

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves, and the fields by the names under which refusals come."""
        raise NotImplementedError

    def _save(self) -> None:
        if not self.complain():
            self.focus_first_error()
            return
        self.attempt(*self.keep())


class ContactSheet(EntrySheet):
    """Somebody to reach."""

    def __init__(
        self, house: Household, theme: Theme, contact: Contact, parent: QWidget | None
    ) -> None:
        super().__init__(
            house, theme, contact.person, title=tr("Somebody to reach"), icon="call", parent=parent
        )
        self._contact = contact
        self.name = LineField(theme, tr("Name"), text=contact.name, icon="person")
        roles = [(key, tr(words)) for key, words, _ in ROLES]
        self.role = ChoiceField(
            theme, tr("Who this is"), roles, chosen=contact.role if contact.id else None
        )
        self.phone = LineField(theme, tr("Phone"), text=contact.phone, icon="call")
        self.late = LineField(
            theme, tr("Phone out of hours"), text=contact.phone_after_hours, icon="call"
        )
        self.address = ShortText(theme, tr("Address"), text=contact.address)
        self.words = ShortText(
            theme,
            tr("Note"),
            text=contact.note,
            hint=tr("For example the hours, or what this person helps with."),
        )
        self.add_row(self.name, self.role, stretches=(3, 2))
        self.add_row(self.phone, self.late)
        self.add(self.address)
        self.add(self.words)
        self.close_form(contact, tr("Delete this contact"))

    def complain(self) -> bool:
        """Ask who it is: the clinic's number has to be found in a hurry."""
        missing = tr("Choose one, so that the right number is found in a hurry.")
        self.role.set_error(missing if self.role.value() is None else None)
        return self.role.value() is not None

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the contact."""
        told = replace(
            self._contact,
            name=self.name.text(),
            role=self.role.value() or "other",
            phone=self.phone.text(),
            phone_after_hours=self.late.text(),
            address=self.address.text(),
            note=self.words.text(),
        )
        fields: dict[str, Field] = {
            "name": self.name,
            "role": self.role,
            "phone": self.phone,
            "phone_after_hours": self.late,
            "address": self.address,
            "note": self.words,
        }
        return lambda: self.house.people.save_contact(told), fields


class ApprovalSheet(EntrySheet):
    """What an insurer approved, as its letter says."""

    def __init__(
        self, house: Household, theme: Theme, approval: Authorisation | None, person: str,
        parent: QWidget | None,
    ) -> None:  # fmt: skip
        """`approval` None begins a new one, with the insurer of the last."""
        super().__init__(
            house,
            theme,
            person,
            title=tr("Approval"),
            icon="coverage",
            subtitle=tr("As the insurer’s letter says."),
            parent=parent,
        )
        self._approval, self._person = approval, person
        before = approval or house.people.approved_to(person)
        contacts = house.people.contacts(person)
        known = [one.name for one in contacts if one.role == "insurer"]
        self.insurer = LineField(
            theme,
            tr("Insurer"),
            text="" if before is None else before.insurer,
            suggestions=known,
        )
        self.member = LineField(
            theme, tr("Member number"), text="" if before is None else before.member
        )
        self.number = LineField(
            theme, tr("Approval number"), text="" if approval is None else approval.number
        )
        self.visits = NumberField(
            theme,
            tr("Visits approved"),
            value=None if approval is None else approval.visits,
            least=1,
            hint=tr("Empty: the letter names no number."),
        )
        self.first = DateField(
            theme,
            tr("From"),
            today=lambda: house.care.today,
            value=None if approval is None else approval.first,
            hint=tr("Empty: not told."),
        )
        self.last = DateField(
            theme,
            tr("To"),
            today=lambda: house.care.today,
            value=None if approval is None else approval.last,
        )
        self.words = ShortText(theme, tr("Note"), text="" if approval is None else approval.note)
        self.add_row(self.insurer, self.member)
        self.add_row(self.first, self.last)
        self.add_row(self.number, self.visits)
        self.add(self.words)
        blank = Authorisation(id="", person=person, last=house.care.today)
        self.close_form(approval or blank, tr("Delete this approval"))

    def complain(self) -> bool:
        """Say which day or number cannot be read; the last day is needed."""
        missing = tr("Give the last day: it is the one that counts.")
        self.first.set_error(self.first.complaint())
        empty = self.last.value() is None
        self.last.set_error((self.last.complaint() or missing) if empty else None)
        visits = self.visits.value()
        unread = bool(self.visits.text().strip()) and (visits is None or visits < 1)
        sentence = tr("A whole number from 1 on, or leave it empty.")
        self.visits.set_error(sentence if unread else None)
        return not any(one.error() for one in (self.first, self.last, self.visits))

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the approval."""
        last = self.last.value() or self.house.care.today
        blank = Authorisation(id="", person=self._person, last=last)
        told = replace(
            self._approval or blank,
            last=last,
            first=self.first.value(),
            insurer=self.insurer.text(),
            member=self.member.text(),
            number=self.number.text(),
            visits=self.visits.value(),
            note=self.words.text(),
        )
        fields: dict[str, Field] = {
            "insurer": self.insurer,
            "member": self.member,
            "number": self.number,
            "first": self.first,
            "last": self.last,
            "visits": self.visits,
            "note": self.words,
        }
        return lambda: self.house.people.save_authorisation(told), fields
