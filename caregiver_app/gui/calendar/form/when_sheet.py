"""Asks to which day and hour an appointment goes, or its copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.times import AllDay, Moment, wall, with_wall
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble, needed
from caregiver_app.gui.calendar.form.scope_dialog import why
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class WhenSheet(Sheet):
    """Day and hour; `take` gets the moment and may refuse it, which is said here."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        title: str,
        *,
        start: Moment,
        subtitle: str,
        primary: str,
        take: Callable[[Moment], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            title,
            icon="calendar",
            primary=primary,
            subtitle=subtitle,
            cancel=tr("Leave as it is"),
            width=520,
            parent=parent,
        )
        self._start, self._take = start, take
        self.trouble = Trouble(theme)
        self.add(self.trouble)
        self.day = DateField(
            theme, tr("New date"), today=lambda: house.care.today, value=wall(start).date()
        )
        self.time: TimeField | None = None
        if isinstance(start, AllDay):
            self.add(self.day)
        else:
            self.time = TimeField(theme, tr("Time"), value=start.local.time())
            self.add_row(self.day, self.time, stretches=(3, 2))
        self.confirmed.connect(self._confirm)

    def _confirm(self) -> None:
        good = needed(self.day, tr("On which day?"))
        if self.time is not None:
            good = needed(self.time, tr("At what time?")) and good
        day = self.day.value()
        if not good or day is None:
            self.focus_first_error()
            return
        here = wall(self._start)
        hour = None if self.time is None else self.time.value()
        if hour is None or hour == here.time().replace(second=0):
            hour = here.time()
        there = datetime.combine(day, hour)
        try:
            self._take(with_wall(self._start, there))
        except UserError as error:
            self.trouble.say(why(error))
            return
        self.accept()
