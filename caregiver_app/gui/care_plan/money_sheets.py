"""The sheets of money: a cost, a programme that helps to pay, the two numbers of a plan year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.domain.insurance import Assistance, Cost
from caregiver_app.gui.care_plan.secret_field import SecretField
from caregiver_app.gui.care_plan.sheets import EntrySheet
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField, NumberField
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

_KINDS: Final = (
    "Infusion", "Nurse and chair", "Medicine", "Blood test", "Doctor", "Parking", "Travel",
    "Meal", "Wages lost",
)  # fmt: skip
"""What is often paid for; anything else is typed."""
_PAYERS: Final = ("us", "the insurer")
_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2199


class CostSheet(EntrySheet):
    """Money that was asked for or paid."""

    def __init__(self, house: Household, theme: Theme, cost: Cost, parent: QWidget | None) -> None:
        super().__init__(
            house,
            theme,
            cost.person,
            title=tr("A cost"),
            icon="paper-note",
            subtitle=tr("A plain list: nothing is checked or estimated."),
            parent=parent,
        )
        self._cost = cost
        before = house.insurance.costs(cost.person)
        self.date = DateField(
            theme, tr("Day"), today=lambda: house.care.today, value=cost.date, past=True
        )
        self.what = LineField(
            theme, tr("What for"), text=cost.what,
            suggestions=_offered([one.what for one in before], _KINDS),
        )  # fmt: skip
        self.amount = LineField(
            theme, tr("How much"), text=cost.amount, hint=tr("For example 120.50")
        )
        self.currency = LineField(
            theme, tr("Currency"), text=cost.currency,
            suggestions=_offered([one.currency for one in before], ()),
        )  # fmt: skip
        self.paid_by = LineField(
            theme, tr("Paid by"), text=cost.paid_by,
            suggestions=_offered([one.paid_by for one in before], _PAYERS),
        )  # fmt: skip
        self.words = ShortText(theme, tr("Note"), text=cost.note)
        self.add_row(self.date, self.what, stretches=(2, 3))
        self.add_row(self.amount, self.currency, self.paid_by, stretches=(3, 2, 3))
        self.add(self.words)
        self.close_form(cost, tr("Delete this cost"))
        if not cost.id:
            # The day stands there already.
            self.what.control.setFocus()

    def complain(self) -> bool:
        """Say when the day cannot be read."""
        missing = tr("Give the day.")
        empty = self.date.value() is None
        self.date.set_error((self.date.complaint() or missing) if empty else None)
        return self.date.error() is None

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the cost."""
        told = replace(
            self._cost,
            date=self.date.value() or self._cost.date,
            what=self.what.text(),
            amount=self.amount.text(),
            currency=self.currency.text(),
            paid_by=self.paid_by.text(),
            note=self.words.text(),
        )
        fields: dict[str, Field] = {
            "date": self.date,
            "what": self.what,
            "amount": self.amount,
            "currency": self.currency,
            "paid_by": self.paid_by,
            "note": self.words,
        }
        return lambda: self.house.insurance.save_cost(told), fields


def _offered(kept: list[str], usual: tuple[str, ...]) -> list[str]:
    """Return what was typed before, the newest first, then what is usual."""
    return list(dict.fromkeys([*(one for one in kept if one), *(tr(one) for one in usual)]))


class HelpSheet(EntrySheet):
    """A programme that helps to pay."""

    def __init__(
        self, house: Household, theme: Theme, known: Assistance, parent: QWidget | None
    ) -> None:
        super().__init__(
            house,
            theme,
            known.person,
            title=tr("Help to pay"),
            icon="coverage",
            subtitle=tr("A fund, a copay card, a programme of the maker."),
            parent=parent,
        )
        self._known = known
        self.name = LineField(theme, tr("What it is called"), text=known.name)
        self.last = DateField(
            theme, tr("Ends on"), today=lambda: house.care.today, value=known.last,
            hint=tr("Empty: not told. The app reminds you before it ends."),
        )  # fmt: skip
        self.number = SecretField(theme, tr("Card or member number"), text=known.number)
        self.watch_secrets(self.number)
        self.phone = LineField(theme, tr("Phone"), text=known.phone, icon="call")
        self.words = ShortText(theme, tr("Note"), text=known.note)
        self.add_row(self.name, self.last, stretches=(3, 2))
        self.add_row(self.number, self.phone)
        self.add(self.words)
        self.close_form(known, tr("Delete this programme"))

    def complain(self) -> bool:
        """Say when the day cannot be read."""
        self.last.set_error(self.last.complaint())
        return self.last.error() is None

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the programme."""
        told = replace(
            self._known,
            name=self.name.text(),
            last=self.last.value(),
            number=self.number.text(),
            phone=self.phone.text(),
            note=self.words.text(),
        )
        fields: dict[str, Field] = {
            "name": self.name,
            "last": self.last,
            "number": self.number,
            "phone": self.phone,
            "note": self.words,
        }
        return lambda: self.house.insurance.save_assistance(told), fields


class YearSheet(EntrySheet):
    """Deductible and copay: two numbers to remember, each with the year that it is of."""

    def __init__(
        self, house: Household, theme: Theme, person: Person, parent: QWidget | None
    ) -> None:
        super().__init__(
            house,
            theme,
            person.id,
            title=tr("Deductible and copay"),
            icon="paper-note",
            subtitle=tr("As the insurer told you. New each year."),
            parent=parent,
        )
        self._person = person
        year = house.care.today.year
        self.deductible = LineField(theme, tr("Deductible"), text=person.deductible)
        self.deductible_year = _year(
            theme, tr("Of the year"), person.deductible_year if person.deductible else year
        )
        self.copay = LineField(theme, tr("Copay for a visit"), text=person.copay)
        self.copay_year = _year(
            theme, tr("Of the year"), person.copay_year if person.copay else year
        )
        self.add_row(self.deductible, self.deductible_year, stretches=(3, 2))
        self.add_row(self.copay, self.copay_year, stretches=(3, 2))
        self.add(self.wrong)

    def complain(self) -> bool:
        """Say which year cannot be read."""
        sentence = tr("A year of four digits, or leave it empty.")
        for field in (self.deductible_year, self.copay_year):
            year = field.value()
            readable = year is not None and _FIRST_YEAR <= year <= _LAST_YEAR
            field.set_error(sentence if field.text().strip() and not readable else None)
        return not (self.deductible_year.error() or self.copay_year.error())

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves both numbers; one that is empty has no year."""
        deductible, copay = self.deductible.value(), self.copay.value()
        told = replace(
            self._person,
            deductible=deductible,
            deductible_year=self.deductible_year.value() if deductible else None,
            copay=copay,
            copay_year=self.copay_year.value() if copay else None,
        )
        fields: dict[str, Field] = {
            "deductible": self.deductible,
            "deductible_year": self.deductible_year,
            "copay": self.copay,
            "copay_year": self.copay_year,
        }
        return lambda: self.house.people.save_person(told), fields


def _year(theme: Theme, label: str, value: int | None) -> NumberField:
    return NumberField(theme, label, value=value, least=_FIRST_YEAR, most=_LAST_YEAR)
