"""One appointment or one visit of a plan: everything about it in one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import check_appointment, occurrences
from caregiver_app.domain.reminders import lead_times
from caregiver_app.domain.times import AllDay, Moment, day_of, wall
from caregiver_app.errors import FormRefused, InputRefused, UserError
from caregiver_app.gui.calendar.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.calendar.forms import (
    Trouble,
    clinics,
    person_choices,
    person_pill,
    show_errors,
)
from caregiver_app.gui.calendar.lead_chips import LeadChips
from caregiver_app.gui.calendar.repeat_fields import RepeatFields
from caregiver_app.gui.calendar.when_fields import WhenFields
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField, TextField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

TYPES: Final = (
    ("follow-up", "Follow-up visit"),
    ("lab", "Blood test or lab"),
    ("medication", "Medicine time"),
    ("drive", "Drive"),
    ("infusion", "Infusion (without a plan)"),
    ("other", "Something else"),
)
_NEXT_DATES: Final = 4


class AppointmentDialog(Sheet):
    """Adds or changes an appointment; `blank` is what a new one starts from."""

    saved = Signal(str)
    bag_asked = Signal(str)
    plan_asked = Signal(str)
    delete_asked = Signal(str)

    def __init__(
        self,
        house: Household,
        theme: Theme,
        appointment: Appointment,
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._new = not appointment.id
        self.is_visit = appointment.plan is not None
        super().__init__(
            theme,
            _heading(appointment, new=self._new),
            icon=TYPE_ICONS.get(appointment.type, "calendar"),
            primary=tr("Save"),
            width=680,
            role=appointment.type or "primary",
            ground=f"{appointment.type}-tint" if appointment.type else "tint",
            parent=parent,
        )
        self.house = house
        self.kept = appointment
        self.trouble = Trouble(theme)
        self.whom: ChoiceField | None = None
        self._add_person()
        self.title_field = LineField(theme, tr("What is it?"), text=appointment.title)
        self.kind = ChoiceField(
            theme,
            tr("Kind"),
            [(key, tr(name)) for key, name in TYPES],
            chosen=appointment.type or None,
        )
        self.when = WhenFields(
            theme,
            today=lambda: house.care.today,
            home=house.care.home,
            fixed_day=self.is_visit,
        )
        self.repeat = RepeatFields(
            theme, today=lambda: house.care.today, start=self.when.start_value
        )
        usual = lead_times(replace(appointment, reminders=None))
        self.leads = LeadChips(theme, usual, appointment.reminders)
        self._make_rest(appointment)
        self._lay_out()
        self._show(appointment)
        self.kind.changed.connect(self._kind_chosen)
        self.when.changed.connect(self._tell_next)
        self.repeat.changed.connect(self._tell_next)
        self.confirmed.connect(self._save)
        if self.is_visit:
            self.when.start.control.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Building ---------------------------------------------------------------------------------

    def _add_person(self) -> None:
        people = self.house.people.people()
        pill = person_pill(self.house, self.theme, self.kept.person or None)
        if len(people) > 1 and self._new:
            self.whom = ChoiceField(
                self.theme,
                tr("For whom"),
                person_choices(self.house),
                chosen=self.kept.person or None,
            )
        elif pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)

    def _make_rest(self, one: Appointment) -> None:
        theme = self.theme
        self.status: Segmented | None = None
        if self.is_visit:
            states = [
                ("planned", tr("Planned")), ("booked", tr("Booked")), ("done", tr("Done")),
            ]  # fmt: skip
            self.status = Segmented(theme, states, name=tr("How far it is"), chosen=one.status)
        known = clinics(self.house, one.person or None)
        self.place = LineField(theme, tr("Place"), text=one.place, icon="place")
        self.contact = ChoiceField(
            theme,
            tr("Whom to call"),
            [("", tr("Nobody chosen"))] + [(c.id, _contact_words(c.name, c.phone)) for c in known],
            chosen=one.contact or "",
        )
        self.driver = LineField(
            theme, tr("Who drives"), text=one.driver, icon="drive",
            suggestions=[c.name for c in self.house.people.contacts()],
        )  # fmt: skip
        self.driver_phone = LineField(theme, tr("Their phone"), text=one.driver_phone, icon="call")
        leave = time.fromisoformat(one.leave_at) if one.leave_at else None
        self.leave_at = TimeField(theme, tr("Leave at"), value=leave)
        self.text = TextField(theme, tr("Note"), text=one.note, rows=2)

    def _lay_out(self) -> None:
        self.add(self.trouble)
        if self.whom is not None:
            self.add(self.whom)
        if self.is_visit:
            self._lay_out_visit()
        else:
            self.add_row(self.title_field, self.kind, stretches=(3, 2))
            self.add(self.when)
            self.add(self.repeat)
        self.add(self.leads)
        self.add_row(self.place, self.contact)
        self._ride = QWidget()
        ride = QHBoxLayout(self._ride)
        ride.setContentsMargins(0, 0, 0, 0)
        ride.setSpacing(12)
        for field, stretch in ((self.driver, 3), (self.driver_phone, 3), (self.leave_at, 2)):
            ride.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        self.add(self._ride)
        self.add(self.text)
        if not self._new:
            self._lay_out_ways_out()

    def _lay_out_visit(self) -> None:
        said = self._medicine_words()
        self.subtitle.setText(said)
        self.subtitle.setVisible(bool(said))
        self.add(self.when)
        self.move_button = PlainButton(self.theme, tr("Move to another date…"), "calendar")
        self.move_button.clicked.connect(self._ask_move)
        self.body.addWidget(self.move_button, 0, Qt.AlignmentFlag.AlignLeft)
        if self.status is not None:
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(Text(tr("How far it is"), "second_strong"))
            column.addWidget(self.status)
            self.body.addLayout(column)

    def _lay_out_ways_out(self) -> None:
        self.add(Rule())
        row = QWidget()
        flow = FlowLayout(row, across=4, down=4)
        for words, act in self._ways_out():
            button = QuietButton(self.theme, words)
            button.clicked.connect(act)
            flow.addWidget(button)
        self.add(row)

    def _ways_out(self) -> list[tuple[str, Callable[[], None]]]:
        if not self.is_visit:
            ways: list[tuple[str, Callable[[], None]]] = [(tr("Delete…"), self._ask_delete)]
            if self.kept.status != "cancelled" and not self.kept.rrule:
                ways.insert(0, (tr("Cancel this appointment"), self._cancel_it))
            return ways
        ways = [
            (tr("Open its bag"), lambda: self.bag_asked.emit(self.kept.id)),
            (tr("Open its plan"), lambda: self.plan_asked.emit(self.kept.plan or "")),
        ]
        if self.kept.status != "cancelled":
            ways.append((tr("Cancel this visit…"), lambda: self._ask_end(keep=True)))
        ways.append((tr("Delete this visit…"), lambda: self._ask_end(keep=False)))
        return ways

    def _medicine_words(self) -> str:
        plan = None if self.kept.plan is None else self.house.plans.get(self.kept.plan)
        parts = [] if plan is None else [plan.medicine]
        if self.kept.status == "cancelled":
            parts.append(tr("cancelled"))
        elif self.kept.status == "delayed":
            parts.append(tr("moved, not booked yet"))
        return ", ".join(parts)

    def _show(self, one: Appointment) -> None:
        self.when.show_moment(one.start, one.minutes)
        if self._new and wall(one.start).time() == time(0) and not isinstance(one.start, AllDay):
            # The day is known, the hour is not: it is for the family to say.
            self.when.start.set_text("")
            self.when.end.set_text("")
        self.repeat.show_rule(one.rrule, one.start)
        self._show_ride()
        self._tell_next()

    # -- Living -----------------------------------------------------------------------------------

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        found: dict[str, Field] = {
            "title": self.title_field,
            "type": self.kind,
            "place": self.place,
            "contact": self.contact,
            "driver": self.driver,
            "driver_phone": self.driver_phone,
            "leave_at": self.leave_at,
            "note": self.text,
            **self.when.fields(),
            **self.repeat.fields(),
        }
        if self.whom is not None:
            found["person"] = self.whom
        return found

    def draft(self) -> Appointment | None:
        """Return the appointment that stands in the fields, None while it cannot be read."""
        start, minutes, rule = self.when.start_value(), self.when.minutes(), self.repeat.rule()
        if start is None or minutes is None or rule is None:
            return None
        whom = self.kept.person if self.whom is None else self.whom.value() or ""
        status = self.kept.status
        if self.status is not None and self.status.value() is not None:
            status = self.status.value() or status
        return replace(
            self.kept,
            person=whom,
            title=self.title_field.text(),
            type=self.kind.value() or "",
            start=start,
            minutes=minutes,
            status=status,
            rrule=rule,
            exdates=_left_out(self.kept.exdates, start) if rule else (),
            reminders=self.leads.value(),
            place=self.place.text(),
            contact=self.contact.value() or None,
            note=self.text.text(),
            driver=self.driver.text() if self._has_ride() else "",
            driver_phone=self.driver_phone.text() if self._has_ride() else "",
            leave_at=self._leave_text() if self._has_ride() else "",
        )

    def _leave_text(self) -> str:
        at = self.leave_at.value()
        return "" if at is None else f"{at:%H:%M}"

    def _has_ride(self) -> bool:
        return (self.kind.value() or "") != "medication"

    def _show_ride(self) -> None:
        self._ride.setVisible(self._has_ride())

    def _kind_chosen(self) -> None:
        kind = self.kind.value() or ""
        self._show_ride()
        self.leads.set_usual(lead_times(replace(self.kept, type=kind, reminders=None)))
        if self._new and kind == "medication":
            # A pill at eight is meant at eight wherever one wakes up.
            self.when.floating.set_state("done")
            self.when.floating.state_changed.emit("done")

    def _tell_next(self) -> None:
        dates: list[date] = []
        draft = self.draft()
        if draft is not None and draft.rrule:
            today = self.house.care.today
            low = max(datetime.combine(today, time()), wall(draft.start))
            try:
                found = occurrences(draft, low, low + timedelta(days=3660))
                dates = [
                    day_of(one.start, self.house.care.home) for one in islice(found, _NEXT_DATES)
                ]
            except InputRefused:
                dates = []
        self.repeat.show_next(dates, self.house.care.today)

    # -- Keeping ----------------------------------------------------------------------------------

    def _save(self) -> None:
        try:
            kept = self.keep()
        except UserError as error:
            show_errors(self, self.trouble, self.fields_by_name(), error)
            return
        if kept is not None:
            self.saved.emit(kept.id)
            self.accept()

    def keep(self) -> Appointment | None:
        """Keep what stands here; None when something is missing and says so."""
        good = self.when.complain()
        good = self.repeat.complain() and good
        if not self.title_field.value():
            self.title_field.set_error(explain(InputRefused("text.empty", "title")))
            good = False
        if self.kind.value() is None:
            self.kind.set_error(tr("Choose what kind of appointment it is."))
            good = False
        if self.whom is not None and self.whom.value() is None:
            self.whom.set_error(tr("Choose whom it is for."))
            good = False
        if self.leave_at.complaint():
            self.leave_at.set_error(self.leave_at.complaint())
            good = False
        draft = self.draft()
        if draft is not None:
            told = {name for name, field in self.fields_by_name().items() if field.error()}
            problems = [one for one in check_appointment(draft) if one.field not in told]
            if problems:
                raise FormRefused(problems)
        if not good or draft is None:
            self.focus_first_error()
            return None
        return self.house.agenda.save(draft)

    # -- Other doors ------------------------------------------------------------------------------

    def _ask_move(self) -> None:
        asking = MoveDialog(self.house, self.theme, self.kept, parent=self)
        asking.accepted.connect(self._moved)
        asking.open()

    def _moved(self) -> None:
        fresh = self.house.agenda.get(self.kept.id)
        if fresh is None:
            self.accept()
            return
        changed = self.is_changed()
        self.kept = fresh
        self.when.show_moment(fresh.start, fresh.minutes)
        self.subtitle.setText(self._medicine_words())
        if not changed:
            self.accept()

    def _ask_end(self, *, keep: bool) -> None:
        asking = EndVisitDialog(self.house, self.theme, self.kept, keep=keep, parent=self)
        asking.accepted.connect(self.accept)
        asking.open()

    def _ask_delete(self) -> None:
        self.delete_asked.emit(self.kept.id)
        self.accept()

    def _cancel_it(self) -> None:
        try:
            self.house.agenda.cancel(self.kept.id)
        except UserError as error:
            show_errors(self, self.trouble, self.fields_by_name(), error)
            return
        self.accept()


def _heading(one: Appointment, *, new: bool) -> str:
    if not new:
        return one.title if one.plan is not None else tr("Appointment")
    return tr("New appointment")


def _left_out(exdates: tuple[str, ...], start: Moment) -> tuple[str, ...]:
    """Return the left-out dates at the hour of `start`, so that they stay left out."""
    length = len("2026-11-24")
    if isinstance(start, AllDay):
        return tuple(text[:length] for text in exdates)
    return tuple(f"{text[:length]}T{start.local:%H:%M}" for text in exdates)


def _contact_words(name: str, phone: str) -> str:
    return f"{name}, {phone}" if phone else name
