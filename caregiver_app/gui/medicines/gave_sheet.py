"""The sheet in which an as-needed medicine that was given is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Dose, Medicine
from caregiver_app.domain.times import Floating, Moment, Zoned, in_zone, wall
from caregiver_app.gui.calendar.form.forms import person_pill
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.date_fields import DateField, TimeField, day_and_hour
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.words import tr, weekday_name
from caregiver_app.messages import words
from caregiver_app.services.alongside import load
from caregiver_app.services.household import Household


def blank_dose(house: Household, person: str, medicine: Medicine | None = None) -> Dose:
    """Return what stands in a new sheet: now, and the medicine with what it is for."""
    care = house.care
    now = in_zone(care.now, care.home).replace(tzinfo=None, second=0, microsecond=0)
    return Dose(
        id="",
        person=person,
        name="" if medicine is None else medicine.name,
        at=Zoned(now, care.home),
        medicine=None if medicine is None else medicine.id,
        what_for="" if medicine is None else medicine.what_for,
    )


class GaveSheet(KeptSheet):
    """Time, what for, how much as somebody types it, and a note."""

    def __init__(
        self, house: Household, theme: Theme, dose: Dose, parent: QWidget | None = None
    ) -> None:
        """`dose` without an id is a new one, as `blank_dose` makes it."""
        title = tr("Gave it: {name}", name=dose.name) if dose.name else tr("What was given")
        super().__init__(
            theme, title, icon="medicine", subtitle=tr("Only what you type is kept."), parent=parent
        )
        self._house, self._dose = house, dose
        pill = person_pill(house, theme, dose.person) if len(house.people.people()) > 1 else None
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.ask_first = Banner(theme, words("safety.ask_first"), icon="temperature")
        self.once = Banner(theme, "", icon="attention")
        care, at = house.care, wall(dose.at)
        known = [one.name for one in house.people.medicines(dose.person) if one.as_needed]
        self.name = LineField(theme, tr("Medicine"), text=dose.name, suggestions=known)
        self.day = DateField(theme, tr("Day"), today=lambda: care.today, value=at.date(), past=True)
        self.hour = TimeField(theme, tr("Time"), value=at.time())
        self.what_for = LineField(theme, tr("What for"), text=dose.what_for)
        self.amount = LineField(
            theme,
            tr("How much"),
            text=dose.amount,
            hint=tr("As you type it. The app never suggests an amount."),
        )
        self.words = ShortText(theme, tr("Note"), text=dose.note)
        self.add(self.ask_first)
        self.add(self.once)
        self.add(self.name)
        self.name.setVisible(dose.medicine is None)
        self.add_row(self.day, self.hour, stretches=(3, 2))
        self.add_row(self.what_for, self.amount)
        self.add(self.words)
        if dose.id:
            self.add_delete(tr("Delete this entry"), lambda: house.doses.remove(dose.id))
        else:
            self.add(self.wrong)
        self.name.changed.connect(self._settle)
        self.confirmed.connect(self._save)
        self._settle()

    def _settle(self) -> None:
        """Say what holds for a medicine of one day a week."""
        weekly = load().is_weekly(self.name.text())
        self.once.setVisible(weekly is not None)
        if weekly is not None:
            self.once.set_words(words("safety.methotrexate", weekday=self._weekday()))

    def _weekday(self) -> str:
        medicine = self._dose.medicine and self._house.people.medicine(self._dose.medicine)
        times = self._house.medicine_times.read(medicine) if medicine else None
        if times is not None and len(times.weekdays) == 1:
            return weekday_name(times.weekdays[0])
        return tr("ask the clinic which")

    def _save(self) -> None:
        at = day_and_hour(self.day, self.hour)
        if at is None:
            self.focus_first_error()
            return
        told = replace(
            self._dose,
            name=self.name.text(),
            at=self._moment(at),
            what_for=self.what_for.text(),
            amount=self.amount.text(),
            note=self.words.text(),
        )
        fields: dict[str, Field] = {
            "name": self.name,
            "at": self.hour,
            "what_for": self.what_for,
            "amount": self.amount,
            "note": self.words,
        }
        self.attempt(lambda: self._house.doses.save(told), fields)

    def _moment(self, local: datetime) -> Moment:
        """Return a wall time of the kind that it was before."""
        old = self._dose.at
        if isinstance(old, Floating):
            return Floating(local)
        zone = old.zone if isinstance(old, Zoned) else self._house.care.home
        return Zoned(local, zone)
