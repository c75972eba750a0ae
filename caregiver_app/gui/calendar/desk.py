"""Opens the forms of the calendar and carries out what needs no form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import tidy
from caregiver_app.domain.plans import needs_question
from caregiver_app.domain.series import Scope, differences, moved_to
from caregiver_app.domain.times import (
    AllDay,
    Floating,
    Moment,
    Zoned,
    day_of,
    in_zone,
    instant,
    wall,
    with_wall,
)
from caregiver_app.errors import InputRefused, UserError
from caregiver_app.gui.calendar.agenda_model import key_of, split_key
from caregiver_app.gui.calendar.desk_ways import Way, menu_of, take_key, ways_of
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.calendar.form.blocked_sheet import blocked_sheet
from caregiver_app.gui.calendar.form.ride_slip import SlipSheet
from caregiver_app.gui.calendar.form.scope_dialog import (
    Act,
    RefusedSheet,
    ScopeDialog,
    Verb,
    time_words,
    why,
)
from caregiver_app.gui.calendar.form.when_sheet import WhenSheet
from caregiver_app.gui.calendar.paper.dialog import PrintCalendarDialog
from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.calendar.plan.plan_dialog import EditPlanDialog, PlanDialog
from caregiver_app.gui.medicines.room import MedicineRoom
from caregiver_app.gui.pick_time_sheet import PickTimeSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.visit.door import VisitDoor
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

_MIDNIGHT = time(0)


class Desk(QObject):
    """Where the calendar's forms are opened; `sheet` is the one that lies on top now.

    A row's key says which appointment is meant and which date of it (`agenda_model.key_of`).
    """

    bag_asked = Signal(str)
    asked = Signal(str, str, str)
    """A form leads on to another place: place, kind, item."""

    def __init__(self, house: Household, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._house, self._theme, self._page = house, theme, page
        self.person: str | None = None
        self._sheets: list[Sheet] = []
        self.medicines = MedicineRoom(house, theme, page)
        self.visits = VisitDoor(house, theme, self)

    def new_plan(self, first_day: date | None = None, medicine: str = "") -> None:
        """Open the form of a new plan, for a medicine that is already named."""
        dialog = PlanDialog(
            self._house,
            self._theme,
            person=self.person,
            first_day=first_day,
            parent=self._page,
        )
        dialog.medicine.set_text(medicine)
        self.open_sheet(dialog)

    def open_plan(
        self, plan_id: str, *, ending: bool = False, why: Callable[[str], object] | None = None
    ) -> None:
        """Open a kept plan; with `ending` at what says when it ends.

        `why` is then called with the plan's id, if somebody wants to write down why it ended.
        """
        plan = self._house.plans.get(plan_id)
        if plan is not None:
            sheet = EditPlanDialog(self._house, self._theme, plan, parent=self.page)
            if ending:
                sheet.show_ending()
            if why is not None:
                sheet.offer_why()
                sheet.why_asked.connect(why, Qt.ConnectionType.QueuedConnection)
            self.open_sheet(sheet)

    def new_appointment(self, day: date, kind: str = "", hour: time = _MIDNIGHT) -> None:
        """Open the form of a new appointment; without an `hour` that is for the family to say."""
        people = self._house.people.people()
        whom = self.person or (people[0].id if len(people) == 1 else "")
        blank = Appointment(
            id="",
            uid="",
            person=whom,
            type=kind,
            title="",
            start=Zoned(datetime.combine(day, hour), self._house.care.home),
        )
        self._open_form(blank)

    def open_appointment(self, appointment_id: str, occurrence: str = "") -> None:
        """Open a kept appointment or visit, of a series the date `occurrence`."""
        found = self._house.agenda.get(appointment_id)
        if found is not None:
            self._open_form(found, occurrence)

    def open_row(self, key: str) -> None:
        """Open what a row of the list, or a mark of the month, stands for."""
        self.open_item(*split_key(key))

    def open_item(self, appointment_id: str, occurrence: str = "") -> None:
        """Open the sheet of a plan's visit, of anything else its form."""
        if self.visits.is_visit(appointment_id):
            self.visits.open("visit", appointment_id)
        else:
            self.open_appointment(appointment_id, occurrence)

    def ask_time(self, about: str, take: Callable[[datetime], object]) -> None:
        """Ask until when a reminder waits; `take` gets the wall time, and may refuse it."""
        self.open_sheet(PickTimeSheet(self._house, self._theme, about, take, parent=self._page))

    def print_calendar(self, day: date) -> None:
        """Open what prints the month or the agenda around a day."""
        self.open_sheet(
            PrintCalendarDialog(self._house, self._theme, day, self.person, parent=self._page)
        )

    # -- One date, or its series ------------------------------------------------------------------

    def move(self, key: str, day: date, hour: time | None = None) -> None:
        """Move what a row stands for to a day of this calendar, at its own hour without another.

        A series asks how far that goes, a plan's visit on another day for the clinic's word;
        nothing moves before that.
        """
        shown = self._shown(key)
        if shown is not None:
            self._move_to(key, shown, self._landing(shown, day, hour))

    def ask_move(self, key: str) -> None:
        """Ask where an appointment is to go."""
        shown = self._shown(key)
        if shown is None:
            return
        if shown.plan is not None:
            self.open_sheet(MoveDialog(self._house, self._theme, shown, parent=self._page))
            return
        title, primary = tr("Move {title}", title=shown.title), tr("Move")

        def taken(start: Moment) -> None:
            self._move_to(key, shown, start, refuse=True)

        self._ask_when(shown, title, primary, taken)

    def stretch(self, key: str, minutes: int) -> None:
        """Let what a row stands for last so many minutes; a series asks how far that goes."""
        shown = self._shown(key)
        if shown is None or shown.minutes == minutes:
            return
        series, (one, date_) = self._house.series, split_key(key)
        self._by_scope(
            key, "change", lambda scope: series.stretch(one, date_, minutes, scope),
            replace(shown, minutes=minutes),
        )  # fmt: skip

    def duplicate(self, key: str) -> None:
        """Ask when a copy is to be; a copy is a single appointment."""
        shown = self._shown(key)
        if shown is None:
            return
        if shown.plan is not None:
            self._say(InputRefused("visit.no_copy", "id"))
            return
        one, date_ = split_key(key)
        title = tr("Copy {title}", title=shown.title)

        def taken(start: Moment) -> None:
            self._house.series.duplicate(one, date_, start)

        self._ask_when(shown, title, tr("Copy"), taken)

    def cancel(self, key: str) -> None:
        """Cancel what a row stands for; it stays, struck through."""
        shown = self._shown(key)
        if shown is None or shown.status == "cancelled":
            return
        if shown.plan is not None:
            self._end_visit(shown, keep=True)
            return
        series, (one, date_) = self._house.series, split_key(key)
        self._by_scope(
            key, "cancel", lambda scope: series.cancel(one, date_, scope),
            replace(shown, status="cancelled"),
        )  # fmt: skip

    def restore(self, key: str) -> None:
        """Take up again what was cancelled."""
        self._try(lambda: self._house.series.restore(*split_key(key)))

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
            self._end_visit(found, keep=False)
            return
        series = self._house.series
        self._by_scope(
            key_of(appointment_id, occurrence), "delete",
            lambda scope: series.remove(appointment_id, occurrence, scope), None,
        )  # fmt: skip

    def slip(self, key: str) -> None:
        """Open the slip for the driver of a date."""
        appointment, occurrence = split_key(key)
        self._try(
            lambda: self.open_sheet(
                SlipSheet(self._house, self._theme, appointment, occurrence, self._page)
            )
        )

    def block_days(self, day: date | None = None) -> None:
        """Open the days that don't suit; new ones begin with `day`."""
        self.open_sheet(blocked_sheet(self._house, self._theme, self._page, day))

    def menu_for(self, key: str) -> QMenu:
        """Return what can be done with a row, to be shown beside it."""
        return menu_of(self.ways(key), self._page)

    def ways(self, key: str) -> list[Way]:
        """Return what can be done with a row, each with its words."""
        shown = self._shown(key, say=False)
        if shown is None:
            return []
        return ways_of(self, key, shown, repeats=self._house.series.repeats(shown.id))

    def save_file(self, key: str) -> None:
        """Ask where an appointment goes as a calendar file; of a date of a series, the whole."""
        found = self._house.agenda.get(split_key(key)[0])
        series = None if found is None else self._house.agenda.get(found.series or "")
        if found is not None:
            sheet = ExportDialog(self._house, self._theme, self._page, only=series or found)
            sheet.exported.connect(self._saved)
            self.open_sheet(sheet)

    def _saved(self, path: Path) -> None:
        # A window that has a place for it says where the file is.
        say = getattr(self._page.window(), "say", None)
        if say is not None:
            say(tr("Calendar saved as {path}", path=path))

    def take_key(self, pressed: Qt.Key, key: str) -> bool:
        """Do what a key means for a row: M moves, D copies, C cancels or takes up, Delete."""
        shown = self._shown(key, say=False)
        return shown is not None and take_key(self, pressed, key, shown)

    # -- How --------------------------------------------------------------------------------------

    def _shown(self, key: str, *, say: bool = True) -> Appointment | None:
        """Return the date of a row as the calendar shows it, None when it is gone."""
        try:
            return self._house.series.shown(*split_key(key))
        except UserError as error:
            if say:
                self._say(error)
            return None

    def _landing(self, shown: Appointment, day: date, hour: time | None) -> Moment:
        """Return where a date lands that is dropped on a day, in its own kind and zone."""
        start, home = shown.start, self._house.care.home
        if isinstance(start, AllDay):
            return AllDay(day)
        if hour is None:
            return with_wall(start, start.local + (day - day_of(start, home)))
        here = start.local if isinstance(start, Floating) else in_zone(instant(start, home), home)
        if hour == here.time().replace(second=0):
            hour = here.time()  # its seconds, which no view shows, stay as they are
        local = datetime.combine(day, hour)
        if isinstance(start, Zoned) and start.zone != home:
            local = in_zone(instant(Zoned(local, home), home), start.zone).replace(tzinfo=None)
        return with_wall(start, local)

    def _move_to(
        self, key: str, shown: Appointment, start: Moment, *, refuse: bool = False
    ) -> None:
        """Move a date; what is refused is said, or raised where somebody else says it."""
        if start == shown.start:
            return
        if needs_question(shown, start):
            asking = MoveDialog(
                self._house, self._theme, shown, target=wall(start).date(), parent=self._page
            )
            asking.time.set_value(wall(start).time())
            asking.settle()
            self.open_sheet(asking)
            return
        one, date_ = split_key(key)

        def act(scope: Scope) -> object:
            return self._house.series.move(one, date_, start, scope)

        self._by_scope(key, "move", act, moved_to(shown, start), refuse=refuse)

    def _by_scope(
        self,
        key: str,
        verb: Verb,
        act: Act,
        new: Appointment | None,
        *,
        refuse: bool = False,
    ) -> None:
        """Do something with a date; where there is more than one, ask how far it goes."""
        appointment = split_key(key)[0]

        def do_it() -> None:
            if not self._house.series.repeats(appointment):
                act("one")
                return
            self._ask_scope(key, verb, act, new)

        if refuse:
            do_it()
        else:
            self._try(do_it)

    def _ask_scope(
        self,
        key: str,
        verb: Verb,
        act: Act,
        new: Appointment | None,
        over: QWidget | None = None,
    ) -> ScopeDialog:
        asking = ScopeDialog(
            self._house, self._theme, *split_key(key), verb=verb, act=act, new=new,
            parent=over or self._page,
        )  # fmt: skip
        self.open_sheet(asking)
        return asking

    def _ask_when(
        self, shown: Appointment, title: str, primary: str, take: Callable[[Moment], object]
    ) -> None:
        self.open_sheet(
            WhenSheet(
                self._house, self._theme, title, start=shown.start, primary=primary, take=take,
                subtitle=time_words(self._house, shown), parent=self._page,
            )
        )  # fmt: skip

    def _end_visit(self, visit: Appointment, *, keep: bool) -> None:
        self.open_sheet(
            EndVisitDialog(self._house, self._theme, visit, keep=keep, parent=self._page)
        )

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._say(error)

    def _say(self, error: UserError) -> None:
        self.open_sheet(RefusedSheet(self._theme, why(error), self._page))

    def _open_form(self, appointment: Appointment, occurrence: str = "") -> None:
        """Open the form; what is changed of one date of a series goes through the question."""
        one_date = bool(appointment.rrule and occurrence) or appointment.series is not None
        form = AppointmentDialog(
            self._house,
            self._theme,
            appointment,
            occurrence=occurrence,
            take=partial(self._take, key_of(appointment.id, occurrence)) if one_date else None,
            parent=self.page,
        )
        form.bag_asked.connect(partial(self._leave_for_bag, form))
        form.plan_asked.connect(partial(self._leave_for_plan, form))
        form.delete_asked.connect(partial(self.delete, occurrence=occurrence))
        form.cancel_asked.connect(
            partial(self._cancel_from, form, key_of(appointment.id, occurrence))
        )
        self.open_sheet(form)

    def _take(self, key: str, edited: Appointment) -> None:
        """Ask how far what was edited in the form goes, then close both."""
        form, series, (one, date_) = self.sheet, self._house.series, split_key(key)
        shown = series.shown(one, date_)
        if shown.series is not None and edited.rrule:
            raise InputRefused("series.no_repeat", "rrule")
        same = (edited.start, edited.rrule) == (shown.start, shown.rrule)
        if same and not differences(shown, tidy(edited)):
            if form is not None:
                form.accept()
            return
        asking = self._ask_scope(
            key, "change", lambda scope: series.change(one, date_, edited, scope), edited, form
        )
        if form is not None:
            asking.accepted.connect(form.accept)

    def _cancel_from(self, form: Sheet, key: str, _appointment: str = "") -> None:
        shown = self._shown(key)
        if shown is None:
            return
        series, (one, date_) = self._house.series, split_key(key)
        asking = self._ask_scope(
            key, "cancel", lambda scope: series.cancel(one, date_, scope),
            replace(shown, status="cancelled"), form,
        )  # fmt: skip
        asking.accepted.connect(form.accept)

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

    @property
    def page(self) -> QWidget:
        """What the forms lie over: the page, or the form on top."""
        return self.sheet or self._page

    @property
    def sheet(self) -> Sheet | None:
        """The form that lies on top now."""
        return self._sheets[-1] if self._sheets else None

    def open_sheet(self, sheet: Sheet) -> None:
        """Lay a form over the page, or over the one that lies there."""
        self._sheets.append(sheet)
        sheet.finished.connect(partial(self._closed, sheet))
        sheet.open()

    def _closed(self, sheet: Sheet, _result: int = 0) -> None:
        if sheet in self._sheets:
            self._sheets.remove(sheet)
        sheet.deleteLater()
