"""What is kept, as JSON values: the fields that `add` takes and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from caregiver_app.domain.entities import (
    Appointment,
    Medicine,
    OwnSign,
    Photo,
    Plan,
    SideEffect,
    SignChoice,
    VisitAnswer,
)
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.occurrences import Occurrence, occurrences_on
from caregiver_app.domain.plans import horizon
from caregiver_app.domain.recurrence import parse_rule
from caregiver_app.domain.reminders import is_infusion, lead_times
from caregiver_app.domain.support import CardChoice, Company, HelpTask, Outlet
from caregiver_app.domain.times import (
    AllDay,
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
from caregiver_app.domain.watchlist import photo_id
from caregiver_app.errors import InputRefused
from caregiver_app.services.bags import StepLine
from caregiver_app.services.entry_values import values_of
from caregiver_app.services.household import Household
from caregiver_app.services.kinds import LISTED
from caregiver_app.services.photos import bytes_of

Values = dict[str, Any]

_FIRST = date(1900, 1, 1)
_LAST = date(2200, 12, 31)
_MARGIN = timedelta(days=2)
_KEPT_QUIET = frozenset(("created", "changed", "entered", "sequence", "anchors"))


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
            self._photos,
            self._own_signs,
            self._sign_choices,
            self._clinic_calls,
            self._people,
            self._contacts,
            self._medicines,
            self._doses,
            self._blocked_days,
            self._authorisations,
            self._calls,
            self._costs,
            self._assistance,
            self._records,
            self._visit_answers,
            self._bags,
            self._questions,
            self._card_choices,
            self._outlets,
            self._company,
            self._help_tasks,
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
        found, usual = list[Occurrence](), self._house.ringing.leads()
        for one in self._house.care.store.all(Appointment):
            endless = last is None and _is_endless(one)
            upto = min(high, horizon(self._house.care.today)) if endless else high
            found += occurrences_on(one, low, upto, self._home)
        for occurrence in sorted(found, key=lambda o: (o.begins(self._home), o.appointment.id)):
            leads = list(lead_times(occurrence.appointment, usual))
            yield {**self._occurrence(occurrence), "reminders": leads}

    def _occurrence(self, occurrence: Occurrence) -> Values:
        one, start = occurrence.appointment, occurrence.start
        return {
            **_told("appointment", one),
            "recurrence_id": occurrence.key if one.rrule else one.original or None,
            "start": to_iso(start, self._home),
            "end": self._end(occurrence),
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
                yield {**_told("note", note), "at": _iso(note.at, self._home)}

    def _plans(self, first: date | None, last: date | None) -> Iterable[Values]:
        for plan in self._house.plans.all():
            if self._within(wall(plan.first).date(), first, last):
                yield self._plan(plan)

    def _plan(self, plan: Plan) -> Values:
        visits = self._house.care.store.visits(plan.id)
        return {**_told("plan", plan), "visits": [visit.id for visit in visits]}

    def _side_effects(self, first: date | None, last: date | None) -> Iterable[Values]:
        store, watch = self._house.care.store, self._house.watch
        low, high = (first or _FIRST) - _MARGIN, (last or _LAST) + _MARGIN
        photos = frozenset(store.ids(Photo))
        for entry in reversed(store.side_effects_between(low, high)):
            day = day_of(entry.at, self._home)
            if not self._within(day, first, last):
                continue
            since = watch.since_entry(entry)
            yield {
                **_told("side_effect", entry),
                "name": watch.sign_name(entry.sign),
                "photo": photo_id(entry.id) in photos,
                "days_since_infusion": None if since is None else since.days,
                "infusion": None if since is None else since.number,
            }

    def _check_ins(self, first: date | None, last: date | None) -> Iterable[Values]:
        store = self._house.care.store
        for entry in reversed(store.checkins_between(first or _FIRST, last or _LAST)):
            if self._within(entry.date, first, last):
                yield _told("checkin", entry)

    def _photos(self, first: date | None, last: date | None) -> Iterable[Values]:
        """Photos without their pictures: those go out with everything."""
        store = self._house.care.store
        for photo in (found for entry in store.ids(Photo) if (found := store.get(Photo, entry))):
            seen = store.get(SideEffect, photo.entry)
            if seen is not None and self._within(day_of(seen.at, self._home), first, last):
                told = _told("photo", photo)
                told.pop("data")
                yield {**told, "bytes": len(bytes_of(photo))}

    def _own_signs(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for one in self._house.care.store.all(OwnSign):
            yield _told("own_sign", one)

    def _sign_choices(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for one in self._house.care.store.all(SignChoice):
            name = self._house.watch.sign_name(one.sign)
            yield {**_told("sign_choice", one), "name": name}

    def _clinic_calls(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in reversed(self._house.clinic_calls.calls(None, first, last)):
            yield _told("clinic_call", one)

    def _people(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for person in self._house.people.people():
            yield _told("person", person)

    def _contacts(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for contact in self._house.people.contacts():
            yield _told("contact", contact)

    def _medicines(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for medicine in self._house.care.store.all(Medicine):
            yield _told("medicine", medicine)

    def _doses(self, first: date | None, last: date | None) -> Iterable[Values]:
        low, high = (first or _FIRST) - _MARGIN, (last or _LAST) + _MARGIN
        for dose in reversed(self._house.doses.between(low, high)):
            if self._within(day_of(dose.at, self._home), first, last):
                yield _told("dose", dose)

    def _blocked_days(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in self._house.blocked.all():
            over = one.last is not None and first is not None and one.last < first
            if not over and (last is None or one.first <= last):
                yield _told("blocked_days", one)

    def _authorisations(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in self._house.people.authorisations():
            if self._within(one.last, first, last):
                yield _told("authorisation", one)

    def _calls(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in reversed(self._house.insurance.calls()):
            if self._within(one.date, first, last):
                yield _told("call", one)

    def _costs(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in reversed(self._house.insurance.costs()):
            if self._within(one.date, first, last):
                yield _told("cost", one)

    def _assistance(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in self._house.insurance.assistance():
            if one.last is None or self._within(one.last, first, last):
                yield _told("assistance", one)

    def _records(self, first: date | None, last: date | None) -> Iterable[Values]:
        for one in reversed(self._house.records.all()):
            day = day_of(one.visit.start, self._home)
            if self._within(day, first, last):
                start = to_iso(one.visit.start, self._home)
                yield {**_told("infusion_record", one.record), "start": start}

    def _visit_answers(self, first: date | None, last: date | None) -> Iterable[Values]:
        store = self._house.care.store
        answers = store.all(VisitAnswer)
        visits = {one.id: one for one in store.by_ids(Appointment, {a.visit for a in answers})}
        for one in answers:
            visit = visits.get(one.visit)
            if visit is not None and self._within(day_of(visit.start, self._home), first, last):
                yield {**_told("visit_answer", one), "start": to_iso(visit.start, self._home)}

    def _bags(self, first: date | None, last: date | None) -> Iterable[Values]:
        """Bags of visits that had not ended as they were entered: past ones bring none.

        One whose bag is switched off has steps, but nothing to pack. Of what repeats only the
        dates are listed that something was packed for.
        """
        brings = self._house.bags.brings
        visits = [
            one
            for one in self._house.care.store.all(Appointment)
            if is_infusion(one) or (not one.rrule and brings(one))
        ]
        for visit in sorted(visits, key=lambda one: (to_text(one.start), one.id)):
            occurrence = Occurrence(visit, visit.start)
            late = occurrence.ends(self._home) <= visit.entered
            if late or not self._within(occurrence.day(self._home), first, last):
                continue
            bag = self._house.bags.bag(visit.id)
            if not self._house.bags.brings(visit):
                bag = replace(bag, lines=(), maybe=())
            yield {
                "kind": "bag", "id": visit.id, "visit": visit.id, "person": visit.person,
                "start": to_iso(visit.start, self._home), "packed": bag.packed,
                "wanted": bag.wanted, "not_needed": bag.not_needed,
                "items": [
                    {"key": line.key, "label": line.label, "group": line.group,
                     "state": line.state, "own": line.own, "brings": line.brings,
                     "way": line.way, "kept_at": line.kept_at}
                    for line in bag.lines
                ],
                "steps": [
                    {"key": step.key, "text": step.text, "day": step.day.isoformat(),
                     "offset_hours": step.offset_hours, "phase": step.phase,
                     "state": step.state, "reminder": step.reminder}
                    for step in self._steps_of(visit)
                ],
            }  # fmt: skip

    def _steps_of(self, visit: Appointment) -> Sequence[StepLine]:
        """Return the steps around a visit that remind: those of a plan's infusions."""
        return self._house.bags.steps(visit.id) if is_infusion(visit) else ()

    def _questions(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        for question in self._house.support.questions():
            yield _told("question", question)

    def _card_choices(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        return (_told("card_choice", one) for one in self._house.care.store.all(CardChoice))

    def _outlets(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        return (_told("outlet", one) for one in self._house.care.store.all(Outlet))

    def _company(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        return (_told("company", one) for one in self._house.care.store.all(Company))

    def _help_tasks(self, _first: date | None, _last: date | None) -> Iterable[Values]:
        return (_told("help_task", one) for one in self._house.care.store.all(HelpTask))

    def _reminders(self, first: date | None, last: date | None) -> Iterable[Values]:
        low = None if first is None else day_span(first, first, self._home)[0]
        high = None if last is None else day_span(last, last, self._home)[1]
        for stated in self._house.reminders.between(low, high):
            reminder = stated.reminder
            yield {
                "id": reminder.id, "due": _iso(stated.due, self._home), "state": stated.state,
                "entry": reminder.owner, "person": reminder.person, "what": reminder.what,
                "rings": reminder.rings, "said": stated.said,
            }  # fmt: skip


def _is_endless(one: Appointment) -> bool:
    if not one.rrule:
        return False
    rule = parse_rule(one.rrule, one.start)
    return rule.count is None and rule.until is None


def _told(kind: str, entity: Entity) -> Values:
    """Return what an entry says, without what only a whole line of `add` tells.

    So a line that is listed and added again is a change made now, like any other.
    """
    return {name: it for name, it in values_of(kind, entity).items() if name not in _KEPT_QUIET}


def _iso(at: datetime, zone: str) -> str:
    return in_zone(at.astimezone(UTC), zone).isoformat(timespec="minutes")
