"""Who drives, where to, and adding an item: the smaller cards of the bag tab."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, Contact
from caregiver_app.errors import UserError
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import read_time, time_text, tr
from caregiver_app.services.household import Household


class FactCard(Card):
    """A disc with an icon, a bold line, quiet lines below, perhaps a button at the right."""

    pressed = Signal()

    def __init__(self, theme: Theme, icon: str, name: str, *, kind: str, button: str = "") -> None:
        super().__init__(theme)
        self.setAccessibleName(name)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(IconDisc(theme, icon, role=kind, ground=f"{kind}-tint"), 0,
                      Qt.AlignmentFlag.AlignTop)  # fmt: skip
        words = QVBoxLayout()
        words.setSpacing(0)
        self.first = Text("", "strong")
        self.second = Text("", "second", "soft")
        words.addWidget(self.first)
        words.addWidget(self.second)
        row.addLayout(words, 1)
        self.button: PlainButton | None = None
        if button:
            self.button = PlainButton(theme, button)
            self.button.clicked.connect(self.pressed)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def show_facts(self, first: str, second: str) -> None:
        """Show other words."""
        self.first.setText(first)
        self.second.setText(second)
        self.second.setVisible(bool(second))


class RideCard(FactCard):
    """Who drives and when to leave, with its "not yet" wording."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "drive", tr("The ride"), kind="drive", button=tr("Add a driver"))

    def show_visit(self, visit: Appointment) -> None:
        """Show a visit's ride."""
        leave = read_time(visit.leave_at)
        leaving = "" if leave is None else tr("leave at {time}", time=time_text(leave))
        if visit.driver:
            first = f"{visit.driver}, {leaving}" if leaving else visit.driver
            self.show_facts(first, visit.driver_phone or tr("No phone number yet"))
        else:
            second = leaving[:1].upper() + leaving[1:]
            self.show_facts(tr("No driver yet"), second or tr("No time to leave yet"))
        if self.button is not None:
            said = tr("Change") if visit.driver or leaving else tr("Add a driver")
            self.button.set_words(said, name=f"{said}: {tr('The ride')}")


class PlaceCard(FactCard):
    """Where to, and the clinic's numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "place", tr("Where"), kind="follow-up")

    def show_place(self, visit: Appointment, contact: Contact | None) -> None:
        """Show where a visit is."""
        if contact is None:
            nothing = tr("The clinic is typed in the therapy plan, in the calendar.")
            self.show_facts(visit.place or tr("No place yet"), nothing if not visit.place else "")
            return
        lines = [" ".join(contact.address.split()), contact.phone]
        if contact.phone_after_hours:
            lines.append(tr("after hours {number}", number=contact.phone_after_hours))
        self.show_facts(contact.name, " · ".join(line for line in lines if line))


class RideSheet(Sheet):
    """Driver, phone and when to leave."""

    def __init__(
        self, house: Household, theme: Theme, visit: Appointment, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme, tr("The ride"), icon="drive", primary=tr("Save"), role="drive",
            ground="drive-tint", parent=parent,
        )  # fmt: skip
        self._house, self._visit = house, visit
        known = [contact.name for contact in house.people.contacts(visit.person)]
        self.driver = LineField(theme, tr("Driver"), text=visit.driver, suggestions=known)
        self.phone = LineField(theme, tr("Phone"), text=visit.driver_phone, icon="call")
        self.leave = TimeField(theme, tr("Leave at"), value=read_time(visit.leave_at))
        self.add(self.driver)
        self.add_row(self.phone, self.leave)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.driver.changed.connect(self._take_phone)
        self.confirmed.connect(self._save)

    def _take_phone(self) -> None:
        """Fill in the number of a driver who is a contact, where none stands yet."""
        if self.phone.text():
            return
        for contact in self._house.people.contacts(self._visit.person):
            if contact.name == self.driver.value() and contact.phone:
                self.phone.set_value(contact.phone)

    def _save(self) -> None:
        if complaint := self.leave.complaint():
            self.leave.set_error(complaint)
            self.focus_first_error()
            return
        leave = self.leave.value()
        at = "" if leave is None else f"{leave:%H:%M}"
        try:
            self._house.agenda.set_ride(self._visit.id, self.driver.value(), self.phone.value(), at)
        except UserError as error:
            fields = {"driver": self.driver, "driver_phone": self.phone, "leave_at": self.leave}
            show_refusal(error, fields, self.wrong)
            self.focus_first_error()
            return
        self.accept()


class ItemSheet(Sheet):
    """Something of the family's own for the bag."""

    def __init__(
        self, house: Household, theme: Theme, visit_id: str, parent: QWidget | None
    ) -> None:
        super().__init__(theme, tr("Add an item"), icon="bag", primary=tr("Add it"), parent=parent)
        self._house, self._visit_id = house, visit_id
        self.label_field = LineField(theme, tr("What to take along"))
        self.group = Segmented(
            theme,
            [("things", tr("Things"), "bag"), ("papers", tr("Papers"), "care-plan")],
            name=tr("Where it belongs"),
            chosen="things",
        )
        self.scope = Segmented(
            theme,
            [("once", tr("This visit")), ("always", tr("Every visit"))],
            name=tr("For which visits"),
            chosen="once",
        )
        self.add(self.label_field)
        self.add(Text(tr("Where it belongs"), "second_strong"))
        self.add(self.group)
        self.add(Text(tr("For which visits"), "second_strong"))
        self.add(self.scope)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        try:
            self._house.bags.add(
                self._visit_id,
                self.label_field.text(),
                self.group.value() or "things",
                every_visit=self.scope.value() == "always",
            )
        except UserError as error:
            show_refusal(error, {"label": self.label_field}, self.wrong)
            self.focus_first_error()
            return
        self.accept()


PAPERS_AHEAD = timedelta(days=3)
"""How long before a visit its papers should be ready, as its reminder has it."""
