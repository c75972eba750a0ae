"""Prints the calendar: choices at the left, what will come out at the right."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.paper.choices import PrintChoices
from caregiver_app.gui.preview_sheet import PreviewSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.pages.printed import Printed
from caregiver_app.services.household import Household

_CHOICES: Final = 330


class PrintCalendarDialog(PreviewSheet):
    """The month or the agenda to a printer or a PDF file; the preview is the page itself."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        day: date,
        person: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`day` says which month, and from when an agenda runs; `person` None is everybody."""
        super().__init__(theme, tr("Print the calendar"), parent=parent)
        self.choices = PrintChoices(house, theme, day, person)
        self.choices.changed.connect(self.look_again)
        self.show_choices(self.choices, _CHOICES)

    def done(self, result: int) -> None:
        """Remember the choices and close."""
        # Where nothing can be written, the next time begins with the usual choices.
        with contextlib.suppress(UserError):
            self.choices.remember()
        super().done(result)

    def printed(self) -> Printed | None:
        """Return the month or the agenda as it is chosen now."""
        return self.choices.printed()

    @property
    def paper(self) -> str:
        """The paper that is chosen."""
        return self.choices.paper

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        return self.choices.file_name()
