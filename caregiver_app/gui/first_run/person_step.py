"""The first step: whose care it is."""

from __future__ import annotations

from typing import ClassVar

from caregiver_app.gui.first_run.step import StepPage
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField, date_line
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.words import tr
from caregiver_app.services.first_run import FirstRunService
from caregiver_app.services.household import Household


class PersonStep(StepPage):
    """A name, and if one likes the birthday."""

    key: ClassVar[str] = "person"

    def __init__(self, house: Household, theme: Theme, first_run: FirstRunService) -> None:
        super().__init__(
            theme,
            tr("Who do you look after?"),
            tr(
                "A first name is enough. What you write stays on this computer, and there is no"
                " account."
            ),
        )
        self._first_run = first_run
        self.name = LineField(theme, tr("Name"), icon="person")
        self.born = DateField(
            theme,
            tr("Day of birth, if you like"),
            today=lambda: house.care.today,
            hint=tr("Clinics ask for it on the phone. It may stay empty."),
            past=True,
        )
        self.add(self.name)
        self.add(self.born)

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {"name": self.name, "born": self.born}

    def load(self) -> None:
        """Show the person who is kept; what was typed since stays."""
        person = self._first_run.person()
        born = None if person is None else person.born
        self.show_kept(
            {
                "name": "" if person is None else person.name,
                "born": "" if born is None else date_line(born),
            }
        )

    def keep(self) -> bool:
        """Keep name and birthday."""
        born = self.born.value()
        if not self.name.value():
            self.name.set_error(tr("Write a name, a first name is enough. Or skip this for now."))
        if self.born.text().strip() and born is None:
            self.born.set_error(self.born.complaint())
        if self.name.error() or self.born.error():
            self.focus_first_error()
            return False
        self._first_run.keep_person(self.name.text(), born)
        self.took()
        return True
