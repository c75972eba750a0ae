"""Where the visits are: the clinic's name, address and both numbers, kept as a contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Contact
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField, TextField
from caregiver_app.gui.words import tr


class ClinicFields(QWidget):
    """Four fields; a clinic that is known already fills the empty ones when it is named."""

    def __init__(
        self,
        theme: Theme,
        known: Sequence[Contact],
        chosen: Contact | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._known = {one.name.casefold(): one for one in known}
        self._chosen = chosen
        self.name = LineField(
            theme, tr("Clinic"), icon="place", suggestions=[one.name for one in known]
        )
        self.address = TextField(theme, tr("Address"), rows=2)
        self.phone = LineField(theme, tr("Phone"), icon="call")
        self.after_hours = LineField(theme, tr("Phone out of hours"), icon="call")
        phones = QHBoxLayout()
        phones.setSpacing(12)
        phones.addWidget(self.phone)
        phones.addWidget(self.after_hours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.name)
        column.addWidget(self.address)
        column.addLayout(phones)
        if chosen is not None:
            self._show(chosen)
        self.name.changed.connect(self._named)

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which a contact's errors come."""
        return {
            "name": self.name,
            "address": self.address,
            "phone": self.phone,
            "phone_after_hours": self.after_hours,
        }

    def contact(self, person: str) -> Contact | None:
        """Return the contact that stands here, None when every field is empty."""
        typed = {
            "name": self.name.text(),
            "address": self.address.text(),
            "phone": self.phone.text(),
            "phone_after_hours": self.after_hours.text(),
        }
        if not any(text.strip() for text in typed.values()):
            return None
        old = self._known.get(self.name.value().casefold()) or self._chosen
        if old is None:
            old = Contact(id="", person=person, name="", role="clinic")
        return replace(old, **typed)

    def is_as(self, contact: Contact | None) -> bool:
        """Tell whether this is what is kept already."""
        return contact is not None and contact in (self._chosen, *self._known.values())

    def _named(self) -> None:
        found = self._known.get(self.name.value().casefold())
        if found is not None and found is not self._chosen:
            self._chosen = found
            for field, text in (
                (self.address, found.address),
                (self.phone, found.phone),
                (self.after_hours, found.phone_after_hours),
            ):
                if not field.value():
                    field.set_text(text)

    def _show(self, contact: Contact) -> None:
        self.name.set_text(contact.name)
        self.address.set_text(contact.address)
        self.phone.set_text(contact.phone)
        self.after_hours.set_text(contact.phone_after_hours)
