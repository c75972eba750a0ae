"""What the form of a new therapy plan and the form of a kept one share."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import BlockedDays, Contact, Plan
from caregiver_app.errors import FormRefused, InputRefused, UserError
from caregiver_app.gui.calendar.form.blocked_sheet import BlockedSheet
from caregiver_app.gui.calendar.form.day_span import days_words
from caregiver_app.gui.calendar.form.forms import Trouble, clinics_of_all, show_errors
from caregiver_app.gui.calendar.plan.brings_card import BringsCard
from caregiver_app.gui.calendar.plan.clinic_fields import ClinicFields
from caregiver_app.gui.calendar.plan.medicine_field import MedicineField
from caregiver_app.gui.calendar.plan.parts_list import PartsList
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household


class PlanSheet(Sheet):
    """Medicine, clinic, what a visit brings, later parts; keeps them as one change."""

    saved = Signal(str)
    """A plan was kept; its id."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        plan: Plan,
        *,
        subtitle: str,
        primary: str,
        width: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            theme,
            tr("Therapy plan"),
            icon="infusion",
            primary=primary,
            subtitle=subtitle,
            width=width,
            parent=parent,
        )
        self.house = house
        self.plan = plan
        self.closing: BlockedSheet | None = None
        """The form of days on which the clinic is closed, while it lies on top."""
        self.trouble = Trouble(theme)
        self.medicine = MedicineField(theme, house.reference, plan.medicine)
        self.brings = BringsCard(theme, plan.off, plan.watch_days)
        self.brings.say_usual(house.reference.medicine(plan.medicine))
        self.watch = self.brings.watch
        kept = None if plan.clinic is None else house.people.contact(plan.clinic)
        self.clinic = ClinicFields(theme, clinics_of_all(house, plan.person or None), kept)
        self.safety = Text(words("safety.everywhere"), "second", "soft")
        self.confirmed.connect(self.try_to_save)
        self.clinic.closed_asked.connect(self._write_closed_days)
        self.clinic.name.changed.connect(self._show_closed)
        self._show_closed()

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {"medicine": self.medicine, "watch_days": self.watch, **self.clinic.fields()}

    def later_parts(self) -> PartsList:
        """Return the later parts, beside which complaints about them stand."""
        raise NotImplementedError

    def whose(self) -> str:
        """Return the id of the person whose plan it is, "" while nobody is there yet."""
        return self.plan.person

    def keep(self) -> Plan | None:
        """Keep what stands here; None when something is missing and says so."""
        raise NotImplementedError

    # -- Keeping ----------------------------------------------------------------------------------

    def try_to_save(self) -> None:
        """Keep and close; what is refused stays with its sentence."""
        try:
            kept = self.keep()
        except UserError as error:
            self.refuse(error)
            return
        if kept is not None:
            self.saved.emit(kept.id)
            self.accept()

    def refuse(self, error: UserError) -> None:
        """Put each complaint where it belongs, open what is folded over it, and go there."""
        rest: UserError = error
        if isinstance(error, FormRefused):
            mine = [one for one in error.errors if one.field == "phases"]
            for one in mine:
                self.later_parts().refuse(one)
            rest = FormRefused([one for one in error.errors if one not in mine])
        elif isinstance(error, InputRefused) and error.field == "phases":
            self.later_parts().refuse(error)
            rest = FormRefused([])
        if not (isinstance(rest, FormRefused) and not rest.errors):
            self._open_over(rest)
            show_errors(self, self.trouble, self.fields_by_name(), rest)
            self.reveal()
        if not self.focus_first_error() and self.later_parts().wrong.text():
            self.area.ensureWidgetVisible(self.later_parts(), 0, 40)

    def reveal(self) -> None:
        """Open what is folded over a complaint."""
        self.clinic.reveal()
        if self.watch.error():
            self.brings.set_open(is_open=True)

    def _open_over(self, error: UserError) -> None:
        """A field that is folded away cannot take the keyboard."""
        errors = error.errors if isinstance(error, FormRefused) else [error]
        if any(one.field in ("address", "phone", "phone_after_hours") for one in errors):
            self.clinic.more.set_open(is_open=True)
        if any(one.field == "watch_days" for one in errors):
            self.brings.set_open(is_open=True)

    def offer_clinics(self) -> None:
        """Offer the clinics anew, this person's own first."""
        self.clinic.offer(clinics_of_all(self.house, self.whose() or None))
        self._show_closed()

    def keep_clinic(self, person: str) -> str | None:
        """Keep the clinic that stands here and return its id, None where none does.

        One of another person becomes this person's as well; theirs stays as it is.
        """
        contact, people = self.clinic.contact(person), self.house.people
        if contact is None:
            return None
        if contact.id and contact.person != person:
            kept = people.clinic_for(person, contact.id)
            typed = replace(
                kept,
                name=contact.name,
                address=contact.address,
                phone=contact.phone,
                phone_after_hours=contact.phone_after_hours,
            )
            return kept.id if typed == kept else people.save_contact(typed).id
        if self.clinic.is_as(contact):
            return contact.id
        return people.save_contact(contact).id

    # -- Days on which the clinic is closed -------------------------------------------------------

    def _write_closed_days(self, days: BlockedDays | None) -> None:
        """Open the form of closed days; a clinic that is new is kept first: they belong to it."""
        if not self.clinic.name.value():
            self.clinic.name.set_error(tr("Write the clinic’s name first."))
            self.clinic.name.control.setFocus()
            return
        try:
            clinic = self._clinic_now()
            days = self._same_days(days, clinic)
        except UserError as error:
            self.refuse(error)
            return
        today = self.house.care.today
        new = BlockedDays(id="", clinic=clinic.id, first=today, last=today)
        self.closing = closing = BlockedSheet(self.house, self.theme, days or new, self)
        closing.clinic.hide()
        title = tr("{clinic} is closed", clinic=clinic.name)
        closing.title.setText(title)
        closing.setWindowTitle(title)
        closing.setAccessibleName(title)
        self.closing.finished.connect(self._closing_over)
        self.closing.open()

    def _clinic_now(self) -> Contact:
        kept, people = self.clinic.kept(), self.house.people
        if kept is not None and self.whose() in ("", kept.person):
            return kept
        with self.house.care.change("done.contact", name=self.clinic.name.value()):
            person = self.house.care.person(self.whose() or None)
            contact = self.clinic.contact(person.id)
            assert contact is not None  # noqa: S101 - its name was just looked at
            if kept is None:
                kept = people.save_contact(contact)
            else:
                kept = people.clinic_for(person.id, kept.id)
        self.clinic.took(kept)
        return kept

    def _same_days(self, days: BlockedDays | None, clinic: Contact) -> BlockedDays | None:
        """Return the days of this clinic that are those of the one it was copied from."""
        if days is None or days.clinic == clinic.id:
            return days
        wanted = (days.first, days.last, days.weekdays, days.reason)
        closed = self.house.blocked.closed(clinic.id)
        same = (o for o in closed if (o.first, o.last, o.weekdays, o.reason) == wanted)
        return next(same, None)

    def _closing_over(self) -> None:
        if self.closing is not None:
            self.closing.deleteLater()
            self.closing = None
        self._show_closed()

    def _show_closed(self) -> None:
        kept, today = self.clinic.kept(), self.house.care.today
        days = [] if kept is None else [
            one for one in self.house.blocked.closed(kept.id)
            if one.last is None or one.last >= today
        ]  # fmt: skip
        self.clinic.show_closed([(one, days_words(one, today)) for one in days])


def with_clinic(plan: Plan, clinic: Contact | None) -> Plan:
    """Return the plan at a clinic that is kept, so that its closed days are looked at."""
    return replace(plan, clinic=None if clinic is None else clinic.id)
