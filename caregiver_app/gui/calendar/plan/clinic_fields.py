"""Where the visits are: the clinic's name, address and both numbers, kept as a contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import BlockedDays, Contact
from caregiver_app.gui.calendar.plan.folded_card import FoldedCard
from caregiver_app.gui.calendar.plan.rows import TurningRows
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField, TextField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.words import tr


class ClinicFields(QWidget):
    """A clinic that is known already fills the empty fields when it is named."""

    changed = Signal()
    """Another clinic may stand here, or another day on which it is closed."""
    closed_asked = Signal(object)
    """Days on which it is closed are to be written down (None), or these changed."""

    def __init__(
        self,
        theme: Theme,
        known: Sequence[Contact],
        chosen: Contact | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._own = self._chosen = chosen
        self.name = LineField(theme, tr("Clinic"), icon="place")
        self._know(known)
        self.address = TextField(theme, tr("Address"), rows=2)
        self.phone = LineField(theme, tr("Phone"), icon="call")
        self.after_hours = LineField(theme, tr("Phone out of hours"), icon="call")
        self.more = FoldedCard(theme, tr("Address, numbers, days it is closed"))
        self.closed = QuietButton(theme, tr("Add days it is closed…"), "add")
        self._closed_on = ""
        self.closed_days: list[PlainButton] = []
        """One for each day or span of days on which it is closed."""
        closed = QWidget()
        self._closed_flow = FlowLayout(closed)
        rows = TurningRows(theme, self)
        self.more.hold(self.address)
        self.more.room.addLayout(rows.row((self.phone, 1), (self.after_hours, 1)))
        self.more.hold(closed)
        self.more.room.addWidget(self.closed, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self.more)
        if chosen is not None:
            self._show(chosen)
        self.name.changed.connect(self._named)
        for field in (self.address, self.phone, self.after_hours):
            field.changed.connect(self._say_itself)
        self.closed.clicked.connect(lambda: self.closed_asked.emit(None))
        self._say_itself()

    def offer(self, known: Sequence[Contact]) -> None:
        """Offer these clinics from now on; of several with one name the first counts."""
        self._know(known)
        self._named()

    def _know(self, known: Sequence[Contact]) -> None:
        self._known = {one.name.casefold(): one for one in reversed(known)}
        self.name.set_suggestions([one.name for one in known])

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
        # Another name is another clinic, unless it is this plan's own that gets a new one.
        old = self.kept() or self._own
        if old is None:
            old = Contact(id="", person=person, name="", role="clinic")
        return replace(old, **typed)

    def kept(self) -> Contact | None:
        """Return the clinic that stands here where it is kept already."""
        return self._known.get(self.name.value().casefold())

    def is_as(self, contact: Contact | None) -> bool:
        """Tell whether this is what is kept already."""
        return contact is not None and contact in (self._chosen, *self._known.values())

    def took(self, contact: Contact) -> None:
        """This clinic is kept by now."""
        self._known[contact.name.casefold()] = contact
        self._own = self._chosen = contact

    def show_closed(self, days: Sequence[tuple[BlockedDays, str]]) -> None:
        """Tell on which days the clinic is closed, each with its words."""
        self._closed_on = "; ".join(words for _, words in days)
        self._closed_flow.clear()
        self.closed_days = [self._closed_button(*one) for one in days]
        for button in self.closed_days:
            self._closed_flow.addWidget(button)
        self._say_itself()
        self.changed.emit()

    def _closed_button(self, days: BlockedDays, words: str) -> PlainButton:
        name = tr("Closed {days}: change", days=words)
        button = PlainButton(self._theme, words, name=name)
        button.clicked.connect(lambda: self.closed_asked.emit(days))
        return button

    def reveal(self) -> None:
        """Open what is folded over a complaint."""
        if any(field.error() for field in (self.address, self.phone, self.after_hours)):
            self.more.set_open(is_open=True)

    def _named(self) -> None:
        found, before = self.kept(), self._chosen
        if found is not None and found is not before:
            self._chosen = found
            for field, text, was in (
                (self.address, found.address, before and before.address),
                (self.phone, found.phone, before and before.phone),
                (self.after_hours, found.phone_after_hours, before and before.phone_after_hours),
            ):
                if field.value() in ("", was):
                    field.set_text(text)
        self.changed.emit()

    def _show(self, contact: Contact) -> None:
        self.name.set_text(contact.name)
        self.address.set_text(contact.address)
        self.phone.set_text(contact.phone)
        self.after_hours.set_text(contact.phone_after_hours)

    def _say_itself(self) -> None:
        said = [
            " ".join(self.address.value().split()),
            self.phone.value(),
            self.after_hours.value(),
            tr("Closed: {days}", days=self._closed_on) if self._closed_on else "",
        ]
        self.more.say(" · ".join(part for part in said if part))
