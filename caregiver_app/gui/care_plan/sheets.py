"""The sheet in which somebody to reach is written down, and what the sheets of this tab share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Authorisation, Contact, Medicine
from caregiver_app.domain.insurance import Assistance, Call, Cost
from caregiver_app.gui.calendar.form.forms import person_pill
from caregiver_app.gui.care_plan.model import ROLES
from caregiver_app.gui.care_plan.rules_fields import RulesFields
from caregiver_app.gui.care_plan.secret_field import SecretField
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

Kept = Contact | Authorisation | Medicine | Cost | Assistance | Call


def remove(house: Household, kind: type[Kept], id_: str) -> None:
    """Delete an entry through the service that keeps it.

    Raises:
        UserError: it is gone already.
    """
    if issubclass(kind, Contact | Authorisation | Medicine):
        house.people.remove(kind, id_)
    else:
        house.insurance.remove(kind, id_)


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
        self._typed = False
        pill = person_pill(house, theme, person) if len(house.people.people()) > 1 else None
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.confirmed.connect(self._save)

    def close_form(self, entry: Kept, words: str) -> None:
        """Put below the fields what is left: the way to delete, where there is something."""
        if entry.id:
            self.add_delete(words, partial(remove, self.house, type(entry), entry.id))
        else:
            self.add(self.wrong)

    def watch_secrets(self, *fields: SecretField) -> None:
        """Take a look at a covered number for what it is: nothing was typed."""
        for field in fields:
            field.asked.connect(self._before_look)
            field.shown.connect(self._after_look)

    def _before_look(self) -> None:
        self._typed = self.is_changed()

    def _after_look(self) -> None:
        if not self._typed:
            self.forget_changes()

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


_WITH_RULES: Final = ("clinic", "doctor")
"""Who has rules about food, visitors, fasting and parking."""


class ContactSheet(EntrySheet):
    """Somebody to reach, and where it is a clinic, what it allows."""

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
        self._rules_title = Text(tr("Rules there, as they told you"), "card_title")
        self.rules = RulesFields(house, theme, contact)
        self.add(self._rules_title)
        self.add(self.rules)
        self.close_form(contact, tr("Delete this contact"))
        self.role.changed.connect(self._show_rules)
        self._show_rules()

    def _show_rules(self) -> None:
        """Ask for rules where there are some; what was typed stays for another choice."""
        asks = self.role.value() in _WITH_RULES
        self._rules_title.setVisible(asks)
        self.rules.setVisible(asks)
        if self.isVisible():
            self.fit()

    def complain(self) -> bool:
        """Ask who it is: the clinic's number has to be found in a hurry."""
        missing = tr("Choose one, so that the right number is found in a hurry.")
        self.role.set_error(missing if self.role.value() is None else None)
        dated = self.rules.isHidden() or self.rules.complain()
        return self.role.value() is not None and dated

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the contact."""
        told = replace(
            self._contact if self.rules.isHidden() else self.rules.put(self._contact),
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
            **self.rules.by_name(),
        }
        return lambda: self.house.people.save_contact(told), fields
