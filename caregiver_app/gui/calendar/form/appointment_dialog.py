"""One appointment or one visit of a plan: everything about it in one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import check_appointment, tidy
from caregiver_app.domain.times import AllDay, on_day, wall
from caregiver_app.errors import FormRefused, InputRefused, UserError
from caregiver_app.gui.calendar.form.appointment_parts import (
    MedicineField,
    at_occurrence,
    changed_words,
    contact_words,
    date_words,
    heading,
    left_out,
    show_usual,
)
from caregiver_app.gui.calendar.form.conflict_line import ConflictLine
from caregiver_app.gui.calendar.form.forms import (
    Trouble,
    clinics,
    person_choices,
    person_pill,
    show_errors,
)
from caregiver_app.gui.calendar.form.repeat_fields import RepeatFields
from caregiver_app.gui.calendar.form.repeat_parts import next_dates
from caregiver_app.gui.calendar.form.ride_part import RidePart
from caregiver_app.gui.calendar.form.when_fields import WhenFields
from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.lead_chips import LeadChips
from caregiver_app.gui.rule_words import rule_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
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
_PAUSE_MS: Final = 250
"""So long nobody types before the calendar is searched for what gets in the way."""


class AppointmentDialog(Sheet):
    """Adds or changes an appointment.

    With `occurrence`, the wall time that names one date of a series, it shows that date. With
    `take` the edited appointment is handed over instead of being kept here: whoever takes it may
    refuse it (UserError, said in place), and calls `accept()` once it is kept.
    """

    saved = Signal(str)
    bag_asked = Signal(str)
    plan_asked = Signal(str)
    delete_asked = Signal(str)
    cancel_asked = Signal(str)
    """One date, or the series, shall be cancelled; only asked of whoever gave `take`."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        appointment: Appointment,
        *,
        occurrence: str = "",
        take: Callable[[Appointment], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._new = not appointment.id
        self._take = take
        if occurrence and take is not None and appointment.rrule:
            appointment = replace(appointment, start=at_occurrence(appointment, occurrence))
        self._one_date = bool(occurrence) and take is not None and bool(appointment.rrule)
        self.is_visit = appointment.plan is not None
        super().__init__(
            theme,
            heading(appointment, new=self._new),
            icon=TYPE_ICONS.get(appointment.type, "calendar"),
            primary=tr("Save"),
            width=760,
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
        self.conflicts = ConflictLine(theme)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.repeat = RepeatFields(
            theme, today=lambda: house.care.today, start=self.when.start_value
        )
        self.leads = LeadChips(theme, (), appointment.reminders)
        self._make_rest(appointment)
        self._lay_out()
        self._show(appointment)
        self._connect()
        if self.is_visit:
            self.when.start.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.kind.changed.connect(self._kind_chosen)
        self.when.changed.connect(self._time_changed)
        self.repeat.changed.connect(self._tell_next)
        self.repeat.start_wanted.connect(self._begin_on)
        self.medicine.changed.connect(self._medicine_chosen)
        self.ride.changed.connect(self._tell_leads)
        for field in (self.place, self.contact):
            field.changed.connect(self._pause.start)
        if self.whom is not None:
            self.whom.changed.connect(self._whom_chosen)
        self._pause.timeout.connect(self._look_around)
        self.confirmed.connect(self._save)

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
            [("", tr("Nobody chosen"))] + [(c.id, contact_words(c.name, c.phone)) for c in known],
            chosen=one.contact or "",
        )
        self.medicine = MedicineField(theme, self.house)
        self.ride = RidePart(theme, self.house)
        self.driver, self.driver_phone = self.ride.fields.driver, self.ride.fields.phone
        self.leave_at = self.ride.fields.leave_at
        self.text = TextField(theme, tr("Note"), text=one.note, rows=2)

    def _lay_out(self) -> None:
        self.add(self.trouble)
        if self.whom is not None:
            self.add(self.whom)
        if self.is_visit:
            self._lay_out_visit()
        else:
            self.add_row(self.title_field, self.kind, stretches=(3, 2))
            self.add(self.medicine)
            self.add(self.when)
            self.add(self.conflicts)
            self.add(self.repeat)
        self.add(self.leads)
        self.add_row(self.place, self.contact)
        self.add(self.ride)
        self.add(self.text)
        if not self._new:
            self._lay_out_ways_out()

    def _lay_out_visit(self) -> None:
        said = self._medicine_words()
        self.subtitle.setText(said)
        self.subtitle.setVisible(bool(said))
        self.add(self.when)
        self.add(self.conflicts)
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
            if self.kept.status != "cancelled" and (self._take or not self.kept.rrule):
                words = tr("Cancel…") if self.kept.rrule else tr("Cancel this appointment")
                ways.insert(0, (words, self._cancel_it))
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
        if not self.is_visit:
            self.repeat.setVisible(not one.original)
        series = None if one.series is None else self.house.agenda.get(one.series)
        if series is not None:
            self.subtitle.setText(changed_words(rule_words(series.rrule, series.start)))
            self.subtitle.show()
        if self._one_date:
            self.subtitle.setText(date_words(one.start, rule_words(one.rrule, one.start)))
            self.subtitle.show()
        self.medicine.show_list(one.person, one.medicine)
        self.ride.set_value(one)
        if self._new:
            self.when.set_usual(one.type)
        self._show_kind()
        self._tell_next()
        self._tell_leads()
        self._look_around()

    # -- Living -----------------------------------------------------------------------------------

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        found: dict[str, Field] = {
            "title": self.title_field,
            "type": self.kind,
            "place": self.place,
            "contact": self.contact,
            "medicine": self.medicine,
            **self.ride.fields.fields(),
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
        kind = self.kind.value() or ""
        told = replace(
            self.kept,
            person=whom,
            title=self.title_field.text(),
            type=kind,
            start=start,
            minutes=minutes,
            status=status,
            rrule=rule,
            exdates=self._exdates(rule),
            rdates=self._rdates(rule),
            reminders=self.leads.value(),
            place=self.place.text(),
            contact=self.contact.value() or None,
            note=self.text.text(),
            medicine=(self.medicine.value() or None) if kind == "medication" else None,
        )
        return self.ride.apply(told)

    def _exdates(self, rule: str) -> tuple[str, ...]:
        start = self.when.start_value()
        if self._one_date or (start, rule) == (self.kept.start, self.kept.rrule):
            return self.kept.exdates
        return left_out(self.kept.exdates, start) if rule and start is not None else ()

    def _rdates(self, rule: str) -> tuple[str, ...]:
        """Return the extra dates: none without a repetition, of the kind of time that is meant."""
        start, kept = self.when.start_value(), self.kept
        if not rule or start is None:
            return ()
        if isinstance(start, AllDay) == isinstance(kept.start, AllDay):
            return kept.rdates
        return left_out(kept.rdates, start)

    def _show_kind(self) -> None:
        kind = self.kind.value() or ""
        self.ride.set_kind(kind)
        several = self.medicine.box.count() > 1
        self.medicine.setVisible(kind == "medication" and several and not self.is_visit)

    def _kind_chosen(self) -> None:
        kind = self.kind.value() or ""
        self._show_kind()
        self._tell_leads()
        if self._new:
            self.when.set_usual(kind)

    def _whom_chosen(self) -> None:
        self.medicine.show_list("" if self.whom is None else self.whom.value() or "", None)
        self._show_kind()
        self._pause.start()

    def _medicine_chosen(self) -> None:
        if not self.title_field.value():
            self.title_field.set_value(self.medicine.name_of())

    def _time_changed(self) -> None:
        self.repeat.start_changed()
        self.ride.fields.set_start(self.when.start_value())
        self._tell_next()
        self._tell_leads()
        self._pause.start()

    def _tell_leads(self) -> None:
        kept = replace(self.kept, type=self.kind.value() or "")
        show_usual(self.leads, self.draft() or kept, self.house)

    def is_changed(self) -> bool:
        """Return whether anything was changed, a reminder taken away as well."""
        return super().is_changed() or self.leads.value() != self.kept.reminders

    def _begin_on(self, day: date) -> None:
        start = self.when.start_value()
        if start is not None:
            self.when.day.set_value(wall(on_day(start, day)).date())
            self.when.day.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_next(self) -> None:
        draft, care = self.draft(), self.house.care
        dates: list[str] = []
        whole = False
        if draft is not None and draft.rrule:
            shown = self.house.agenda.get(draft.id) if self._is_untouched(draft) else None
            dates, whole = next_dates(draft, care.today, care.home, shown)
        self.repeat.tell(dates, all_of_them=whole)

    def _is_untouched(self, draft: Appointment) -> bool:
        """Tell whether a date of a series is shown, and nothing of when it is was changed."""
        kept = self.kept
        return self._one_date and (draft.rrule, draft.start) == (kept.rrule, kept.start)

    def _look_around(self) -> None:
        """Say what is in the way, and offer what was usual for the place."""
        if not self.house.care.store.is_open:
            return  # the data was closed before this quiet moment came
        draft = self.draft()
        self.conflicts.look(self.house, draft)
        if draft is not None:
            self.ride.fields.show_place(draft)

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
        good = self.when.complain(single=not self.repeat.repeats and not self.is_visit)
        good = self.repeat.complain() and good
        good = self.ride.complain() and good
        good = self.leads.complain() and good
        if not self.title_field.value():
            self.title_field.set_error(explain(InputRefused("text.empty", "title")))
            good = False
        if self.kind.value() is None:
            self.kind.set_error(tr("Choose what kind of appointment it is."))
            good = False
        if self.whom is not None and self.whom.value() is None:
            self.whom.set_error(tr("Choose whom it is for."))
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
        if self._take is not None:
            self._take(draft)
            return None
        if not self._new and tidy(draft) == tidy(self.kept):
            return self.kept
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
        if self._take is not None:
            self.cancel_asked.emit(self.kept.id)
            return
        try:
            self.house.agenda.cancel(self.kept.id)
        except UserError as error:
            show_errors(self, self.trouble, self.fields_by_name(), error)
            return
        self.accept()
