"""The calendar: what happens when, and adding, changing, cancelling and deleting appointments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from caregiver_app.domain.entities import Appointment, Contact, InfusionRecord, Plan, VisitAnswer
from caregiver_app.domain.occurrences import (
    Occurrence,
    by_day,
    check_appointment,
    is_everyday,
    occurrences_on,
    tidy,
)
from caregiver_app.domain.plans import needs_question, same_day
from caregiver_app.domain.reminders import arms_anew, other_times
from caregiver_app.domain.series import date_name, is_alone, replaced_by
from caregiver_app.domain.support import Company
from caregiver_app.domain.times import AllDay, ends, instant, local_day, parse_moment, to_text, wall
from caregiver_app.domain.watch_window import window_after
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.changed_dates import ChangedDates
from caregiver_app.services.weekly import refuse_too_often
from caregiver_app.values import value

_LONGEST_WATCH = timedelta(days=100)


@value
class Watched:
    """The days on which signs are watched for after one visit, both included.

    From the UTC instant `closes` on nothing is watched for any more.
    """

    visit: Appointment
    first: date
    last: date
    closes: datetime


class AgendaService:
    """Appointments, medication times and visits over days."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._dates = ChangedDates(care)

    def between(
        self,
        first: date,
        last: date,
        person: str | None = None,
        *,
        everyday: bool = True,
        kinds: Collection[str] | None = None,
    ) -> list[Occurrence]:
        """Return what touches the days `first` to `last` of the computer's zone, in order.

        Without `everyday`, medicines of every day are left out; `kinds` are the types of
        appointment that are wanted (None: all).
        """
        home = self._care.home
        found = [
            occurrence
            for appointment in self._wanted(first, last, person, kinds, everyday=everyday)
            for occurrence in occurrences_on(appointment, first, last, home)
        ]
        return sorted(found, key=lambda o: (o.begins(home), o.appointment.title, o.appointment.id))

    def days(
        self,
        first: date,
        last: date,
        person: str | None = None,
        *,
        everyday: bool = True,
        kinds: Collection[str] | None = None,
    ) -> dict[date, list[Occurrence]]:
        """Return what touches each of the days `first` to `last`, in order.

        What lasts for days stands on each of them; a day on which nothing happens is left out, and
        without `everyday` the medicines of every day as well. `kinds` are the types of
        appointment that are wanted (None: all).
        """
        found = self._wanted(first, last, person, kinds, everyday=everyday)
        return by_day(found, first, last, self._care.home)

    def _wanted(
        self,
        first: date,
        last: date,
        person: str | None,
        kinds: Collection[str] | None,
        *,
        everyday: bool,
    ) -> list[Appointment]:
        found = self._care.store.appointments_between(first, last, person=person)
        if kinds is not None:
            found = [one for one in found if one.type in kinds]
        return found if everyday else [one for one in found if not is_everyday(one)]

    def has_everyday(self, person: str | None = None) -> bool:
        """Tell whether there is a medicine of every day."""
        today = self._care.today
        found = self._care.store.appointments_between(today, today, person=person)
        return any(map(is_everyday, found))

    def get(self, appointment_id: str) -> Appointment | None:
        """Return an appointment or visit by id."""
        return self._care.store.get(Appointment, appointment_id)

    def contact_of(self, appointment: Appointment) -> Contact | None:
        """Return the clinic or other contact of an appointment."""
        if appointment.contact is None:
            return None
        return self._care.store.get(Contact, appointment.contact)

    def plan(self, plan_id: str | None) -> Plan | None:
        """Return a plan by id, None for what belongs to none."""
        return None if plan_id is None else self._care.store.get(Plan, plan_id)

    def has_plans(self) -> bool:
        """Tell whether anybody has a therapy plan."""
        return bool(self._care.store.all(Plan))

    def last_infusion(self, person: str, day: date) -> Appointment | None:
        """Return a person's latest infusion up to the end of a day, cancelled ones left out."""
        return self._care.store.last_visit_before(person, f"{day.isoformat()}T23:59")

    def next_visit(self, person: str | None = None) -> Appointment | None:
        """Return the next visit that is not over, done or cancelled."""
        care = self._care
        for visit in care.store.next_visits(person, care.today - timedelta(days=1), 20):
            over = ends(visit.start, visit.minutes, care.home) <= care.now
            if not over and visit.status not in ("done", "cancelled"):
                return visit
        return None

    def visits(self, person: str | None = None, around: date | None = None) -> list[Appointment]:
        """Return visits from three months before `around` (today) on, two years' worth."""
        start = (around or self._care.today) - timedelta(days=92)
        return self._care.store.next_visits(person, start, 200)

    def watched(self, first: date, last: date, person: str | None = None) -> list[Watched]:
        """Return the watch windows that touch the days `first` to `last`.

        A window begins on the infusion's own day and ends when the next infusion starts.
        """
        care = self._care
        # What starts later than a window can last closes none of these.
        near = (first - _LONGEST_WATCH, 500)
        visits = care.store.next_visits(person, *near, last_day=last + _LONGEST_WATCH)
        found: list[Watched] = []
        for visit in visits:
            if wall(visit.start).date() > last:
                break
            plan = self.plan(visit.plan)
            if plan is None:
                continue
            following = [
                instant(v.start, care.home)
                for v in visits
                if v.person == visit.person and wall(v.start) > wall(visit.start)
            ]
            window = window_after(
                visit.start,
                visit.minutes,
                plan.watch_days,
                min(following, default=None),
                care.home,
            )
            if window is not None and window.first <= last and window.last >= first:
                found.append(Watched(visit, window.first, window.last, window.closes))
        return found

    def save(self, appointment: Appointment, *, agreed: bool = False) -> Appointment:
        """Keep a new or changed appointment.

        `agreed` is only for entering visits together with their plan. One that names a `series`
        is a changed date of it, which that leaves out from then on; changed dates of a series
        follow it.

        Raises:
            FormRefused: fields are wrong.
            InputRefused: the series it names has no such date.
            AsksFirst: a visit's date would change or it would be cancelled: the delay dialog
                comes first.
        """
        problems = check_appointment(appointment)
        if problems:
            raise FormRefused(problems)
        care = self._care
        old = self.get(appointment.id) if appointment.id else None
        refuse(lambda: refuse_too_often(care, appointment, before=old))
        if old is not None and old.plan is not None:
            self._refuse_visit_change(old, appointment, agreed=agreed)
        series = self._dates.check(appointment, old)
        label = "done.added" if old is None else "done.changed"
        day = wall(appointment.start).date().isoformat()
        with care.change(label, title=appointment.title.strip(), day=day):
            person = care.whose(appointment.person, old or series)
            kept = self._complete(tidy(appointment), old, person.id)
            if old is not None:
                kept = self._dates.follow(old, kept)
            if series is not None and old is None:
                kept = self._dates.begun(kept, series)
            care.store.put(kept)
            if series is not None:
                self._dates.leave_out(kept, series)
            if old is not None and old.person != kept.person:
                self._hand_over(kept)
            if old is not None and old.entered != kept.entered:
                self._keep_worries(old, kept)
        return kept

    def _keep_worries(self, old: Appointment, visit: Appointment) -> None:
        """Let what speaks against travelling stand while a visit keeps its day.

        It holds until the visit moves; another hour or another reminder is no move.
        """
        care = self._care
        if visit.plan is None or not same_day(old.start, visit.start):
            return
        for one in care.store.all(VisitAnswer, visit=visit.id):
            holds = one.answer in ("yes", "unsure") and one.changed >= old.entered
            if holds and one.key.startswith("well."):
                care.store.put(replace(one, changed=care.now))

    def _hand_over(self, visit: Appointment) -> None:
        """Let what was written down about a visit be of the person whose it is now."""
        care = self._care
        for kind in (InfusionRecord, VisitAnswer, Company):
            for one in care.store.all(kind, visit=visit.id):
                care.store.put(replace(one, person=visit.person, changed=care.now))

    def _refuse_visit_change(self, old: Appointment, new: Appointment, *, agreed: bool) -> None:
        if new.rrule:
            raise FormRefused([InputRefused("visit.no_repeat", "rrule")])
        if isinstance(new.start, AllDay):
            raise FormRefused([InputRefused("plan.no_hour", "start")])
        if new.type != old.type:
            raise FormRefused([InputRefused("visit.plan_says", "type")])
        if new.person not in ("", old.person):
            raise FormRefused([InputRefused("visit.plan_says", "person")])
        if agreed:
            return
        if new.status == "cancelled" and old.status != "cancelled":
            raise AsksFirst("visit.cancel_first", "status")
        care, marked = self._care, new.status == "done" and old.status != "done"
        if marked and local_day(instant(new.start, care.home), care.home) > care.today:
            raise FormRefused([InputRefused("visit.not_yet", "status")])
        if needs_question(old, new.start):
            raise AsksFirst("visit.date_first", "start")

    def _complete(self, new: Appointment, old: Appointment | None, person: str) -> Appointment:
        """Fill in what no form shows; times that change count up SEQUENCE and arm anew."""
        care = self._care
        if old is None:
            made = new.id or care.new_id()
            uid = new.uid or f"{care.new_id()}@caregiver-companion"
            return replace(
                new, id=made, uid=uid, person=person, created=care.now, changed=care.now,
                entered=care.now,
            )  # fmt: skip
        return replace(
            new,
            uid=old.uid,
            original=date_name(new.start, replaced_by(old)) if is_alone(old) else new.original,
            person=new.person or old.person,
            plan=old.plan,
            dose=old.dose,
            created=old.created,
            changed=care.now,
            sequence=old.sequence + (1 if other_times(old, new) or old.status != new.status else 0),
            entered=care.now if arms_anew(old, new) else old.entered,
        )

    def set_status(self, appointment_id: str, status: str) -> None:
        """Mark an appointment planned, booked or done.

        Raises:
            AsksFirst: cancelling a visit has a door of its own.
        """
        old = self._existing(appointment_id)
        self.save(replace(old, status=status))

    def set_ride(self, visit_id: str, driver: str, phone: str, leave_at: str) -> None:
        """Name the driver of a visit, how to reach them and when to set off ("" for not yet).

        Raises:
            FormRefused: a field is wrong.
        """
        old = self._existing(visit_id)
        self.save(replace(old, driver=driver, driver_phone=phone, leave_at=leave_at))

    def cancel(self, appointment_id: str) -> None:
        """Cancel an appointment that belongs to no plan; it stays, struck through."""
        self.set_status(appointment_id, "cancelled")

    def remove(self, appointment_id: str) -> None:
        """Delete an appointment with all its dates; a changed date is gone from its series too.

        Raises:
            AsksFirst: it is a plan's visit.
        """
        old = self._existing(appointment_id)
        if old.plan is not None:
            raise AsksFirst("visit.delete_first", "id")
        day = wall(old.start).date().isoformat()
        with self._care.change("done.removed", title=old.title, day=day):
            self._dates.remove_with(old)

    def remove_occurrence(self, appointment_id: str, key: str) -> None:
        """Leave one date of a repeating appointment out; `key` is its wall time as text."""
        old = self._existing(appointment_id)
        if not old.rrule:
            self.remove(appointment_id)
            return
        moment = parse_moment(key, None)
        changed = next((o for o in self._dates.of(old.id) if o.original == to_text(moment)), None)
        if changed is not None:
            self.remove(changed.id)
            return
        left_out = (*old.exdates, to_text(moment))
        day = wall(moment).date().isoformat()
        with self._care.change("done.removed", title=old.title, day=day):
            changed = replace(old, exdates=tuple(sorted(set(left_out))), changed=self._care.now)
            self._care.store.put(replace(changed, sequence=old.sequence + 1))

    def _existing(self, appointment_id: str) -> Appointment:
        found = self.get(appointment_id)
        if found is None:
            raise InputRefused("appointment.gone", "id", id=appointment_id)
        return found
