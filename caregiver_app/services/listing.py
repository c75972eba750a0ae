"""What is kept, as JSON values: the fields that `add` takes and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from caregiver_app.domain.entities import Appointment, CheckIn, Plan
from caregiver_app.domain.occurrences import Occurrence, occurrences_on
from caregiver_app.domain.plans import horizon
from caregiver_app.domain.recurrence import parse_rule
from caregiver_app.domain.reminders import lead_times
from caregiver_app.domain.times import (
    AllDay,
    Moment,
    Zoned,
    day_of,
    day_span,
    in_zone,
    iso_at,
    local_day,
    to_iso,
    to_text,
    wall,
    wall_text,
    whole_days,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.household import Household
from caregiver_app.services.kinds import LISTED

Values = dict[str, Any]

_FIRST = date(1900, 1, 1)
_LAST = date(2200, 12, 31)
_MARGIN = timedelta(days=2)


class ListService:
    """Lists every kind between two days of the computer's zone, both included."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._listers: tuple[Callable[[date | None, date | None], Iterable[Values]], ...] = (
            self._appointments,
            self._notes,
            self._plans,
            self._side_effects,
            self._check_ins,
            self._people,
            self._contacts,
            self._medicines,
            self._doses,
            self._blocked_days,
            self._authorisations,
            self._bags,
            self._questions,
            self._reminders,
        )

    def values(self, kind: str, first: date | None, last: date | None) -> list[Values]:
        """Return one JSON object for each thing of a kind.

        Raises:
            InputRefused: `last` is before `first`.
        """
        if first is not None and last is not None and last < first:
            raise InputRefused("list.range", "to")
        return list(self._listers[LISTED.index(kind)](first, last))

    @property
    def _home(self) -> str:
        return self._house.care.home

    def _appointments(self, first: date | None, last: date | None) -> Iterable[Values]:
        low, high = first or _FIRST, last or _LAST
        found: list[Occurrence] = []
        for one in self._house.care.store.all(Appointment):
            endless = last is None and _is_endless(one)
            upto = min(high, horizon(self._house.care.today)) if endless else high
            found += occurrences_on(one, low, upto, self._home)
        for occurrence in sorted(found, key=lambda o: (o.begins(self._home), o.appointment.id)):
            yield self._occurrence(occurrence)

    def _occurrence(self, occurrence: Occurrence) -> Values:
        one, start = occurrence.appointment, occurrence.start
        return {
            "kind": "appointment",
            "id": one.id,
            "uid": one.uid,
            "recurrence_id": occurrence.key if one.rrule else one.original or None,
            "type": one.type,
            "title": one.title,
            "start": to_iso(start, self._home),
            "end": self._end(occurrence),
            "zone": start.zone if isinstance(start, Zoned) else None,
            "minutes": one.minutes,
            "status": one.status,
            "person": one.person,
            "reminders": list(lead_times(one)),
            "rrule": one.rrule,
            "exdates": list(one.exdates),
            "rdates": list(one.rdates),
            "series": one.series,
            "original": one.original,
            "place": one.place,
            "note": one.note,
            "driver": one.driver,
            "driver_phone": one.driver_phone,
            "leave_at": one.leave_at,
            "pick_up": one.pick_up,
            "travel_minutes": one.travel_minutes,
            "parking_minutes": one.parking_minutes,
            "early_minutes": one.early_minutes,
            "ride_home": one.ride_home,
            "ride_home_phone": one.ride_home_phone,
            "medicine": one.medicine,
            "plan": one.plan,
            "dose": one.dose,
        }

    def _end(self, occurrence: Occurrence) -> str:
        start = occurrence.start
        if isinstance(start, AllDay):
            days = whole_days(occurrence.appointment.minutes)
            return (start.day + timedelta(days=days)).isoformat()
        if isinstance(start, Zoned):
            return iso_at(occurrence.ends(self._home), start.zone)
        over = start.local + timedelta(minutes=occurrence.appointment.minutes)
        return wall_text(over)

    def _within(self, day: date, first: date | None, last: date | None) -> bool:
        return (first is None or day >= first) and (last is None or day <= last)

    def _notes(self, first: date | None, last: date | None) -> Iterable[Values]:
        for note in self._house.care.store.notes(limit=None):
            if self._within(local_day(note.at, self._home), first, last):
                yield {
                    "kind": "note", "id": note.id, "person": note.person, "room": note.room,
                    "text": note.text, "mood": note.mood, "pinned": note.pinned,
                    "at": _iso(note.at, self._home),
                }  # fmt: skip

    def _plans(self, first: date | None, last: date | None) -> Iterable[Values]:
        for plan in self._house.plans.all():
            if self._within(wall(plan.first).date(), first, last):
                yield self._plan(plan)

    def _plan(self, plan: Plan) -> Values:
        visits = self._house.care.store.visits(plan.id)
        return {
            "kind": "plan", "id": plan.id, "uid": plan.uid, "person": plan.person,
            "medicine": plan.medicine, "first": to_text(plan.first),
            "zone": _zone(plan.first), "offsets": list(plan.offsets), "every": plan.every,
            "unit": plan.unit, "then": plan.then, "minutes": plan.minutes,
            "watch_days": plan.watch_days, "clinic": plan.clinic,
            "visits": [visit.id for visit in visits],
        }  # fmt: skip

    def _side_effects(self, first: date | None, last: date | None) -> Iterable[Values]:
        store, watch = self._house.care.store, self._house.watch
        low, high = (first or _FIRST) - _MARGIN, (last or _LAST) + _MARGIN
        for entry in reversed(store.side_effects_between(low, high)):
            day = day_of(entry.at, self._home)
            if not self._within(day, first, last):
                continue
            local = wall(entry.at)
            hour = time(23, 59) if isinstance(entry.at, AllDay) else local.time()
            since = watch.since(entry.person, local.date(), hour)
            yield {
                "kind": "side_effect", "id": entry.id, "person": entry.person,
                "sign": entry.sign, "name": watch.sign_name(entry.sign),
                "severity": entry.severity, "at": to_text(entry.at), "zone": _zone(entry.at),
                "temperature_c": entry.temperature_c, "text": entry.text,
                "urgency": entry.urgency,
                "days_since_infusion": None if since is None else since.days,
                "infusion": None if since is None else since.number,
            }  # fmt: skip

    def _check_ins(self, first: date | None, last: date | None) -> Iterable[Values]:
        store = self._house.care.store
        for entry in reversed(store.checkins_between(first or _FIRST, last or _LAST)):
            if self._within(entry.date, first, last):
                yield self._check_in(entry)

    @staticmethod
    def _check_in(entry: CheckIn) -> Values:
        return {
            "kind": "checkin", "id": entry.id, "person": entry.person,
            "date": entry.date.isoformat(), "pain": entry.pain, "fatigue": entry.fatigue,
            "stiffness": entry.stiffness, "sleep": entry.sleep, "mood": entry.mood,
            "text": entry.text,
        }  # fmt: skip

    def _people(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for person in self._house.people.people():
            yield {
                "kind": "person", "id": person.id, "name": person.name,
                "born": None if person.born is None else person.born.isoformat(),
                "conditions": person.conditions, "allergies": person.allergies,
                "address": person.address, "good_to_know": person.good_to_know,
                "papers": person.papers, "fever_c": person.fever_c,
                "fever_set_by": person.fever_set_by,
                "details_in_notices": person.details_in_notices,
            }  # fmt: skip

    def _contacts(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for contact in self._house.people.contacts():
            yield {
                "kind": "contact", "id": contact.id, "person": contact.person,
                "name": contact.name, "role": contact.role, "address": contact.address,
                "phone": contact.phone, "phone_after_hours": contact.phone_after_hours,
                "note": contact.note,
            }  # fmt: skip

    def _medicines(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for medicine in self._house.people.medicines():
            yield {
                "kind": "medicine", "id": medicine.id, "person": medicine.person,
                "name": medicine.name, "directions": medicine.directions,
                "what_for": medicine.what_for, "as_needed": medicine.as_needed,
            }  # fmt: skip

    def _doses(self, first: date | None, last: date | None) -> Iterable[Values]:
        low, high = (first or _FIRST) - _MARGIN, (last or _LAST) + _MARGIN
        for dose in reversed(self._house.doses.between(low, high)):
            if self._within(day_of(dose.at, self._home), first, last):
                yield {
                    "kind": "dose", "id": dose.id, "person": dose.person, "name": dose.name,
                    "at": to_text(dose.at), "zone": _zone(dose.at), "medicine": dose.medicine,
                    "what_for": dose.what_for, "amount": dose.amount, "note": dose.note,
                }  # fmt: skip

    def _blocked_days(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in self._house.blocked.all():
            over = one.last is not None and first is not None and one.last < first
            if over or (last is not None and one.first > last):
                continue
            yield {
                "kind": "blocked_days", "id": one.id, "person": one.person,
                "first": one.first.isoformat(),
                "last": None if one.last is None else one.last.isoformat(),
                "weekdays": list(one.weekdays), "reason": one.reason,
            }  # fmt: skip

    def _authorisations(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in self._house.people.authorisations():
            if self._within(one.last, first, last):
                yield {
                    "kind": "authorisation", "id": one.id, "person": one.person,
                    "last": one.last.isoformat(),
                    "first": None if one.first is None else one.first.isoformat(),
                    "insurer": one.insurer, "member": one.member, "number": one.number,
                    "visits": one.visits, "note": one.note,
                }  # fmt: skip

    def _bags(self, first: date | None, last: date | None) -> Iterable[Values]:
        """Bags of visits that had not ended as they were entered: past ones bring none."""
        visits = [one for one in self._house.care.store.all(Appointment) if one.plan is not None]
        for visit in sorted(visits, key=lambda one: (to_text(one.start), one.id)):
            occurrence = Occurrence(visit, visit.start)
            late = occurrence.ends(self._home) <= visit.entered
            if late or not self._within(occurrence.day(self._home), first, last):
                continue
            bag = self._house.bags.bag(visit.id)
            yield {
                "kind": "bag", "id": visit.id, "visit": visit.id, "person": visit.person,
                "start": to_iso(visit.start, self._home), "packed": bag.packed,
                "wanted": bag.wanted, "not_needed": bag.not_needed,
                "items": [
                    {"key": line.key, "label": line.label, "group": line.group,
                     "state": line.state, "own": line.own}
                    for line in bag.lines
                ],
                "steps": [
                    {"key": step.key, "text": step.text, "day": step.day.isoformat(),
                     "offset_hours": step.offset_hours, "phase": step.phase,
                     "state": step.state, "reminder": step.reminder}
                    for step in self._house.bags.steps(visit.id)
                ],
            }  # fmt: skip

    def _questions(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for question in self._house.support.questions():
            yield {
                "kind": "question", "id": question.id, "person": question.person,
                "text": question.text, "answer": question.answer, "note": question.note,
            }  # fmt: skip

    def _reminders(self, first: date | None, last: date | None) -> Iterable[Values]:
        low = None if first is None else day_span(first, first, self._home)[0]
        high = None if last is None else day_span(last, last, self._home)[1]
        for stated in self._house.reminders.between(low, high):
            reminder = stated.reminder
            yield {
                "id": reminder.id, "due": _iso(stated.due, self._home), "state": stated.state,
                "entry": reminder.owner, "person": reminder.person, "what": reminder.what,
                "rings": reminder.rings,
            }  # fmt: skip


def _is_endless(one: Appointment) -> bool:
    if not one.rrule:
        return False
    rule = parse_rule(one.rrule, one.start)
    return rule.count is None and rule.until is None


def _zone(moment: Moment) -> str | None:
    return moment.zone if isinstance(moment, Zoned) else None


def _iso(at: datetime, zone: str) -> str:
    return in_zone(at.astimezone(UTC), zone).isoformat(timespec="minutes")
