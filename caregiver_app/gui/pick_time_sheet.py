"""The sheet in which somebody picks when a reminder comes again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField, TimeField, day_and_hour
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class PickTimeSheet(Sheet):
    """Day and hour; `take` gets the wall time and may refuse it."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        about: str,
        take: Callable[[datetime], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            tr("When to remind you"),
            icon="time",
            primary=tr("Remind me then"),
            subtitle=about,
            parent=parent,
        )
        self._take = take
        care = house.care
        self.day = DateField(theme, tr("Day"), today=lambda: care.today, value=care.today)
        self.hour = TimeField(theme, tr("Time"))
        self.add_row(self.day, self.hour)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._picked)

    def _picked(self) -> None:
        at = day_and_hour(self.day, self.hour)
        if at is None:
            self.focus_first_error()
            return
        try:
            self._take(at)
        except UserError as error:
            show_refusal(error, {"until": self.hour}, self.wrong)
            self.focus_first_error()
            return
        self.accept()
