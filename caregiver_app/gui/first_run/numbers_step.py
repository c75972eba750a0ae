"""The third step: whom to call. Every number is typed by the family, none is proposed."""

from __future__ import annotations

from typing import ClassVar

from caregiver_app.gui.first_run.step import StepPage
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.words import tr
from caregiver_app.services.first_run import FirstRunService


class NumbersStep(StepPage):
    """The emergency number where they live, and the clinic by day and out of hours."""

    key: ClassVar[str] = "numbers"

    def __init__(self, theme: Theme, first_run: FirstRunService) -> None:
        super().__init__(
            theme,
            tr("Whom do you call?"),
            tr(
                "The emergency page, which F2 opens at any time, shows them. Leave empty what you"
                " do not have at hand."
            ),
        )
        self._first_run = first_run
        self.number = LineField(
            theme,
            tr("Your local emergency number"),
            icon="call",
            hint=tr("As you would dial it where you live."),
        )
        self.clinic = LineField(theme, tr("Clinic"), icon="place")
        self.by_day = LineField(theme, tr("Its phone by day"), icon="call")
        self.after_hours = LineField(theme, tr("Its phone out of hours"), icon="call")
        self.add(self.number)
        self.column.addSpacing(6)
        self.add(self.clinic)
        self.column.addLayout(self.row_of(self.by_day, self.after_hours))

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {
            "emergency_number": self.number,
            "name": self.clinic,
            "phone": self.by_day,
            "phone_after_hours": self.after_hours,
        }

    def load(self) -> None:
        """Show the numbers that are kept; what was typed since stays."""
        clinic = self._first_run.clinic()
        self.show_kept(
            {
                "emergency_number": self._first_run.number(),
                "name": _no_name() if clinic is None else clinic.name,
                "phone": "" if clinic is None else clinic.phone,
                "phone_after_hours": "" if clinic is None else clinic.phone_after_hours,
            }
        )

    def keep(self) -> bool:
        """Keep the numbers; nothing typed keeps nothing."""
        clinic = self.clinic.text()
        phones = self.by_day.value() or self.after_hours.value()
        if self._first_run.clinic() is None and not phones and self.clinic.value() == _no_name():
            # The name that stands here by itself makes no contact.
            clinic = ""
        self._first_run.keep_numbers(
            self.number.text(), clinic, self.by_day.text(), self.after_hours.text()
        )
        self.took()
        return True


def _no_name() -> str:
    return tr("The clinic")
