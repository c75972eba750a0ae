"""The sheet in which a person is written down, everything in one place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.warmth import CELSIUS, scale_meant, scale_of, to_celsius, warmth_words
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.pages.emergency_of_person import fever_limit
from caregiver_app.services.household import Household

_DECIMALS: Final = 1


class PersonSheet(KeptSheet):
    """A new person, or one who is known; `saved_person` is whom it kept."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        person: Person | None,
        parent: QWidget | None,
        *,
        begin_with: str = "",
    ) -> None:
        """`begin_with` is the name of the field in which to begin, "" for the first."""
        known = person or Person(id="")
        title = tr("Add a person") if person is None else tr("About this person")
        super().__init__(theme, title, icon="person", subtitle="", parent=parent)
        self._house, self._person = house, known
        self.saved_person = ""
        self._make(known)
        self._add_fields()
        self.confirmed.connect(self._save)
        begin = self.fields_by_name().get(begin_with)
        if begin is not None:
            begin.control.setFocus()
            self._begin: Field | None = begin
        else:
            self._begin = None

    def _make(self, known: Person) -> None:
        theme, house = self.theme, self._house
        self.name = LineField(
            theme, tr("Name"), text=known.name, icon="person",
            hint=tr("A first name is enough."),
        )  # fmt: skip
        self.born = DateField(
            theme, tr("Born"), today=lambda: house.care.today, value=known.born, past=True
        )
        self.conditions = ShortText(
            theme, tr("Conditions"), text=known.conditions,
            hint=tr("The one that the infusions are for first, then the others."),
        )  # fmt: skip
        self.allergies = ShortText(
            theme, tr("Allergies"), text=known.allergies,
            hint=tr("One on each line. What happened may follow a colon: Penicillin: rash, 1994"),
        )  # fmt: skip
        usual = house.reference.fever
        limit = tr("Empty: the usual limit, {limit}.", limit=fever_limit(usual.limit_c))
        own = "" if known.fever_c is None else _as_kept(known.fever_c, scale_of(house))
        self._shown_limit = own
        self.fever = LineField(
            theme, tr("Own fever limit, °C or °F"), text=own, icon="temperature", hint=limit
        )
        self.set_by = LineField(theme, tr("Who gave it, and when"), text=known.fever_set_by)
        self.good_to_know = ShortText(
            theme, tr("Good to know"), text=known.good_to_know,
            hint=tr("What a stranger should be told: the better arm, languages, hearing aids."),
        )  # fmt: skip
        self.address = ShortText(
            theme, tr("Address"), text=known.address,
            hint=tr("Where you are: help has to find it."),
        )  # fmt: skip
        self.papers = ShortText(theme, tr("Where papers are kept"), text=known.papers)
        self.details = TickRow(
            theme,
            tr("Show the item’s name in desktop notices"),
            note=tr("Without the tick a notice only says “Care reminder, 09:00”."),
            state="done" if known.details_in_notices else "open",
            strong=False,
            fades=False,
        )

    def _add_fields(self) -> None:
        self.add_row(self.name, self.born, stretches=(3, 2))
        self.add(self.conditions)
        self.add(self.allergies)
        self.add_row(self.fever, self.set_by)
        for field in (self.good_to_know, self.address, self.papers, self.details, self.wrong):
            self.add(field)

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which refusals come."""
        return {
            "name": self.name,
            "born": self.born,
            "conditions": self.conditions,
            "allergies": self.allergies,
            "fever_c": self.fever,
            "fever_set_by": self.set_by,
            "good_to_know": self.good_to_know,
            "address": self.address,
            "papers": self.papers,
        }

    def fit(self) -> None:
        """Take the size, and bring the field to begin with into view."""
        super().fit()
        if self._begin is not None:
            self.area.ensureWidgetVisible(self._begin, 0, 40)

    def _limit(self) -> float | None:
        """Return the limit that was typed, on either scale, in degrees Celsius.

        None where none stands or none can be read; a number tells by itself which scale is meant.

        One that nobody touched is the one that is kept, however many decimals it has.
        """
        if self.fever.text() == self._shown_limit:
            return self._person.fever_c
        typed = self.fever.value().upper()
        named = typed[-1:].lower() if typed.endswith(("C", "F")) else ""
        typed = typed.removesuffix("C").removesuffix("F").strip().removesuffix("°").strip()
        try:
            found = Decimal(typed.replace(",", "."))
        except InvalidOperation:
            return None
        exponent = found.as_tuple().exponent
        whole = isinstance(exponent, int) and exponent >= -_DECIMALS
        scale = named or scale_meant(found) or CELSIUS
        return to_celsius(found, scale) if whole else None

    def _complain(self) -> bool:
        """Say beside each field what cannot be read; True when all can."""
        unnamed = None if self.name.value() else tr("Write a name. A first name is enough.")
        self.name.set_error(unnamed)
        self.born.set_error(self.born.complaint())
        unread = bool(self.fever.value()) and self._limit() is None
        sentence = tr("Write it with at most one decimal, as the team gave it, like 38.5 or 101.3.")
        self.fever.set_error(sentence if unread else None)
        return not any(one.error() for one in (self.name, self.born, self.fever))

    def _save(self) -> None:
        if not self._complain():
            self.focus_first_error()
            return
        told = replace(
            self._person,
            name=self.name.text(),
            born=self.born.value(),
            conditions=self.conditions.text(),
            allergies=self.allergies.text(),
            fever_c=self._limit(),
            fever_set_by=self.set_by.text(),
            good_to_know=self.good_to_know.text(),
            address=self.address.text(),
            papers=self.papers.text(),
            details_in_notices=self.details.state == "done",
        )
        self.attempt(lambda: self._write(told), self.fields_by_name())

    def _write(self, told: Person) -> None:
        self.saved_person = self._house.people.save_person(told).id


def _as_kept(celsius: float, scale: str) -> str:
    """Return a limit in the scale of the family, in degrees Celsius with all its decimals."""
    return f"{celsius:g} °C" if scale == CELSIUS else warmth_words(celsius, scale)
