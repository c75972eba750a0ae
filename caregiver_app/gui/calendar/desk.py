"""Opens the forms of the calendar and carries out what needs no form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, Zoned, parse_moment, wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.agenda_model import split_key
from caregiver_app.gui.calendar.appointment_dialog import AppointmentDialog
from caregiver_app.gui.calendar.delay_dialog import EndVisitDialog
from caregiver_app.gui.calendar.delete_dialog import DeleteSeriesDialog
from caregiver_app.gui.calendar.plan_dialog import EditPlanDialog, PlanDialog
from caregiver_app.gui.pick_time_sheet import PickTimeSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import long_date
from caregiver_app.services.household import Household

_MIDNIGHT = time(0)


class Desk(QObject):
    """Where the calendar's forms are opened; `sheet` is the one that lies there now."""

    bag_asked = Signal(str)

    def __init__(self, house: Household, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._house, self._theme, self._page = house, theme, page
        self.person: str | None = None
        self.sheet: Sheet | None = None

    def new_plan(self, first_day: date | None = None) -> None:
        """Open the form of a new plan."""
        self._open(
            PlanDialog(
                self._house,
                self._theme,
                person=self.person,
                first_day=first_day,
                parent=self._page,
            )
        )

    def open_plan(self, plan_id: str) -> None:
        """Open a kept plan."""
        plan = self._house.plans.get(plan_id)
        if plan is not None:
            self._open(EditPlanDialog(self._house, self._theme, plan, parent=self._page))

    def new_appointment(self, day: date, kind: str = "") -> None:
        """Open the form of a new appointment; its hour is for the family to say."""
        people = self._house.people.people()
        whom = self.person or (people[0].id if len(people) == 1 else "")
        blank = Appointment(
            id="",
            uid="",
            person=whom,
            type=kind,
            title="",
            start=Zoned(datetime.combine(day, _MIDNIGHT), self._house.care.home),
        )
        self._open_form(blank)

    def open_appointment(self, appointment_id: str, occurrence: str = "") -> None:
        """Open a kept appointment or visit, of a series the date `occurrence`."""
        found = self._house.agenda.get(appointment_id)
        if found is not None:
            self._open_form(found, occurrence)

    def open_row(self, key: str) -> None:
        """Open what a row of the list, or a mark of the month, stands for."""
        appointment, occurrence = split_key(key)
        self.open_appointment(appointment, occurrence)

    def ask_time(self, about: str, take: Callable[[datetime], object]) -> None:
        """Ask until when a reminder waits; `take` gets the wall time, and may refuse it."""
        self._open(PickTimeSheet(self._house, self._theme, about, take, parent=self._page))

    def delete_row(self, key: str) -> None:
        """Delete what a row stands for: at once, or through the question that belongs to it."""
        appointment, occurrence = split_key(key)
        self.delete(appointment, occurrence)

    def delete(self, appointment_id: str, occurrence: str = "") -> None:
        """Delete an appointment; a visit and a series ask first."""
        found = self._house.agenda.get(appointment_id)
        if found is None:
            return
        if found.plan is not None:
            self._open(
                EndVisitDialog(self._house, self._theme, found, keep=False, parent=self._page)
            )
        elif found.rrule:
            day = self._day_words(found, occurrence)
            self._open(
                DeleteSeriesDialog(
                    self._house, self._theme, found, occurrence, day=day, parent=self._page
                )
            )
        else:
            self._house.agenda.remove(found.id)

    @staticmethod
    def _day_words(one: Appointment, occurrence: str) -> str:
        try:
            moment = parse_moment(occurrence, None)
        except InputRefused:
            return ""
        day = moment.day if isinstance(moment, AllDay) else wall(moment).date()
        return long_date(day, year=day.year != wall(one.start).year)

    def _open_form(self, appointment: Appointment, occurrence: str = "") -> None:
        form = AppointmentDialog(self._house, self._theme, appointment, parent=self._page)
        form.bag_asked.connect(partial(self._leave_for_bag, form))
        form.plan_asked.connect(partial(self._leave_for_plan, form))
        form.delete_asked.connect(partial(self.delete, occurrence=occurrence))
        self._open(form)

    def _leave_for_bag(self, form: Sheet, visit: str) -> None:
        if self._may_leave(form):
            self.bag_asked.emit(visit)

    def _leave_for_plan(self, form: Sheet, plan: str) -> None:
        if self._may_leave(form):
            self.open_plan(plan)

    @staticmethod
    def _may_leave(form: Sheet) -> bool:
        """Close a form; with something unsaved in it, it asks and stays."""
        if form.is_changed():
            form.reject()
            return False
        form.accept()
        return True

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(partial(self._closed, sheet))
        sheet.open()

    def _closed(self, sheet: Sheet, _result: int = 0) -> None:
        if self.sheet is sheet:
            self.sheet = None
        sheet.deleteLater()
