"""The fields for what a clinic allows, wherever somebody writes it down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from caregiver_app.domain.entities import Contact
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.height import AsTall
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class RulesFields(AsTall):
    """Food, visitors, fasting, parking, and the day on which somebody last asked.

    Writing into one of the four puts today into an untouched day: who writes was just told.
    """

    def __init__(self, house: Household, theme: Theme, contact: Contact) -> None:
        super().__init__()
        self._house, self._theme = house, theme
        self.food = ShortText(theme, tr("Food and drink"), text=contact.rules_food)
        self.visitors = ShortText(theme, tr("Visitors"), text=contact.rules_visitors)
        self.fasting = ShortText(
            theme,
            tr("Fasting before"),
            text=contact.rules_fasting,
            hint=tr("In the clinic’s own words."),
        )
        self.parking = ShortText(theme, tr("Parking"), text=contact.rules_parking)
        self.checked = DateField(
            theme,
            tr("Last asked on"),
            today=lambda: house.care.today,
            value=contact.rules_checked,
            past=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._rows = [
            field_row(self.food, self.visitors),
            field_row(self.fasting, self.parking),
        ]
        for row in self._rows:
            column.addLayout(row)
        column.addWidget(self.checked)
        theme.changed.connect(self._turn)
        self._turn()
        self._first_day = self.checked.text()
        for field in self._four():
            field.changed.connect(self._date_it)

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)

    def put(self, contact: Contact) -> Contact:
        """Return the contact with what stands here."""
        return replace(
            contact,
            rules_food=self.food.text(),
            rules_visitors=self.visitors.text(),
            rules_fasting=self.fasting.text(),
            rules_parking=self.parking.text(),
            rules_checked=self.checked.value(),
        )

    def by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which refusals come."""
        return {
            "rules_food": self.food,
            "rules_visitors": self.visitors,
            "rules_fasting": self.fasting,
            "rules_parking": self.parking,
            "rules_checked": self.checked,
        }

    def complain(self) -> bool:
        """Say beside the day that it can't be read; True when it can."""
        self.checked.set_error(self.checked.complaint())
        return self.checked.error() is None

    def date_today(self) -> None:
        """Put today's date in: somebody is asking now."""
        self._put_day(self._house.care.today)

    def _four(self) -> tuple[ShortText, ...]:
        return (self.food, self.visitors, self.fasting, self.parking)

    def _date_it(self) -> None:
        if self.checked.text() == self._first_day:
            self._put_day(self._house.care.today)

    def _put_day(self, day: date) -> None:
        self.checked.set_value(day)
