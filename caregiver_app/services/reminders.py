"""The reminder engine: what is due, what was said about it, and what the family answered.

Saying comes first, recording second, answering last, so that a crash can repeat a reminder but
never lose one. The store keeps one index row for each appointment with the earliest moment at
which something of it may still have to be said; a tick looks only at those that have come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from caregiver_app.domain.entities import LONG_AGO, Answer, Appointment, Plan
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.plans import horizon
from caregiver_app.domain.reminders import (
    TOGETHER,
    Hours,
    Reminder,
    StepTime,
    Surroundings,
    earliest_open,
    owner_of,
    reminders_between,
    reminders_of,
    split_id,
)
from caregiver_app.domain.times import AllDay, instant, wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.settings import Settings

_SETTLED = ("done", "skipped")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say: a single reminder, or a list of lines (`digest`)."""

    reminders: tuple[Reminder, ...]
    digest: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """A reminder and what became of it: waiting, shown, later, done or skipped."""

    reminder: Reminder
    state: str
    due: datetime


class ReminderService:
    """Works out what is due and keeps what became of it."""

    def __init__(self, care: Care, settings: Settings) -> None:
        self._care = care
        self._settings = settings
        care.rearm = self.rearm

    # What reminders depend on

    def surroundings(self) -> Surroundings:
        """Return what reminders depend on just now; looked up once and kept for this use."""
        care, visit_days = self._care, dict[date, bool]()

        def visit_on(day: date) -> bool:
            if day not in visit_days:
                visit_days[day] = any(
                    v.plan is not None and v.status != "cancelled" and wall(v.start).date() == day
                    for v in care.store.next_visits(None, day, 10)
                )
            return visit_days[day]

        def next_infusion(visit: Appointment) -> datetime | None:
            begun = wall(visit.start)
            for other in care.store.next_visits(visit.person, begun.date(), 10):
                if other.status != "cancelled" and wall(other.start) > begun:
                    return instant(other.start, care.home)
            return None

        def watch_days(visit: Appointment) -> int:
            plan = None if visit.plan is None else care.store.get(Plan, visit.plan)
            return 0 if plan is None else plan.watch_days

        return Surroundings(
            care.home, self.hours(), self.step_times(), visit_on, next_infusion, watch_days
        )

    def hours(self) -> Hours:
        """Return when a day's one notice comes."""
        return Hours(
            time.fromisoformat(self._settings.text("notice_morning", "08:00")),
            time.fromisoformat(self._settings.text("notice_evening", "19:00")),
        )

    def step_times(self) -> Sequence[StepTime]:
        """Return when each preparation step and check-in is due."""
        return [
            StepTime(step.id, step.phase, step.offset_hours) for step in self._care.reference.steps
        ]

    # The index of what is next

    def rearm(self, entry: str) -> None:
        """Look anew at one appointment after it was written; called inside that change.

        Answers that wait for an occurrence which is no more are dropped: an edit or a delete
        cancels what was postponed.
        """
        store = self._care.store
        appointment = store.get(Appointment, entry)
        near = self.surroundings()
        for answer in store.answers_of(entry).values():
            if answer.state not in _SETTLED and not self._stands(answer, appointment, near):
                store.remove(Answer, answer.id, self._care.now)
        self._index(entry, appointment, LONG_AGO, near)

    def _stands(self, answer: Answer, appointment: Appointment | None, near: Surroundings) -> bool:
        found = None if appointment is None else self._find(answer.id, appointment, near)
        return found is not None

    def _index(
        self, entry: str, appointment: Appointment | None, since: datetime, near: Surroundings
    ) -> None:
        store = self._care.store
        if appointment is None:
            store.set_due(entry, None)
            return
        answers = store.answers_of(entry)
        since = max(since, appointment.entered - timedelta(days=400))
        at = earliest_open(
            appointment,
            since,
            lambda reminder: reminder in answers and answers[reminder].state != "waiting",
            near,
        )
        waiting = [a.until for a in answers.values() if a.state == "later" and a.until]
        moments = [moment for moment in (at, *waiting) if moment is not None]
        store.set_due(entry, min(moments, default=None))

    # What is due

    def due(self) -> list[Reminder]:
        """Return what has to be said now: due, not answered, and not said before.

        A postponed reminder is due again at its new moment.
        """
        care, near, now = self._care, self.surroundings(), self._care.now
        found: list[Reminder] = []
        for entry, since in care.store.due_entries(now):
            appointment = care.store.get(Appointment, entry)
            if appointment is None:
                continue
            answers = care.store.answers_of(entry)
            ready = reminders_between(
                appointment, since - timedelta(days=2), now + timedelta(seconds=1), near
            )
            known = {reminder.id for reminder in ready}
            found += [r for r in ready if self._to_say(answers.get(r.id), now)]
            for answer in answers.values():
                if answer.state == "later" and answer.id not in known and _ripe(answer, now):
                    reminder = self._find(answer.id, appointment, near)
                    if reminder is not None:
                        found.append(reminder)
        return sorted(found, key=lambda reminder: (reminder.due, reminder.id))

    @staticmethod
    def _to_say(answer: Answer | None, now: datetime) -> bool:
        if answer is None:
            return True
        return answer.state == "later" and _ripe(answer, now)

    def _find(self, reminder: str, appointment: Appointment, near: Surroundings) -> Reminder | None:
        """Return the reminder with this id if the appointment still brings it."""
        parts = split_id(reminder)
        if parts is None:
            return None
        key = parts[1]
        low = wall(appointment.start) if not appointment.rrule else _wall_of(key)
        for occurrence in occurrences(appointment, low, low + timedelta(days=1)):
            if occurrence.key == key:
                return next((r for r in reminders_of(occurrence, near) if r.id == reminder), None)
        return None

    @staticmethod
    def notices(due: Sequence[Reminder]) -> list[Notice]:
        """Return `due` as notices: rings alone, lines together, more than five as one."""
        rings = [Notice((reminder,), digest=False) for reminder in due if reminder.rings]
        lines = tuple(reminder for reminder in due if not reminder.rings)
        notices = [*rings, Notice(lines, digest=True)] if lines else rings
        if len(notices) > TOGETHER:
            return [Notice(tuple(due), digest=True)]
        return notices

    def record(self, notice: Notice, delivery: str = "") -> None:
        """Keep that a notice was said; `delivery` is what became of the desktop notification."""
        care, now = self._care, self._care.now
        with care.change("done.reminded", undoable=False):
            for reminder in notice.reminders:
                old = care.store.get(Answer, reminder.id)
                care.store.put(
                    Answer(
                        id=reminder.id,
                        entry=reminder.owner,
                        due=reminder.due,
                        state="shown",
                        shown=now,
                        delivery=delivery,
                        created=now if old is None else old.created,
                        changed=now,
                    )
                )
            self._reindex({reminder.owner for reminder in notice.reminders})

    def _reindex(self, owners: set[str]) -> None:
        near = self.surroundings()
        for owner in sorted(owners):
            self._index(owner, self._care.store.get(Appointment, owner), LONG_AGO, near)

    def next_due(self) -> datetime | None:
        """Return the next UTC instant at which something may have to be said."""
        return self._care.store.next_due()

    def waiting(self) -> list[Stated]:
        """Return what was said and still waits for an answer, the oldest first."""
        near = self.surroundings()
        found: list[Stated] = []
        for answer in self._care.store.all(Answer, state="shown"):
            appointment = self._care.store.get(Appointment, answer.entry)
            reminder = None if appointment is None else self._find(answer.id, appointment, near)
            if reminder is not None:
                found.append(Stated(reminder, "shown", reminder.due))
        return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))

    # Answers

    def answer(
        self, wanted: str, state: str, *, until: datetime | None = None, reason: str = ""
    ) -> list[str]:
        """Answer one reminder, or all due ones of an entry; return the ids answered.

        `state` is "done", "skipped", or "later" with the UTC instant `until`.

        Raises:
            InputRefused: nothing has that id, or `until` is not after now.
        """
        if state == "later" and (until is None or until <= self._care.now):
            raise InputRefused("reminder.later_when", "until")
        chosen = self._chosen(wanted)
        care, now = self._care, self._care.now
        with care.change(f"done.answered_{state}", count=len(chosen)):
            for reminder in chosen:
                old = care.store.get(Answer, reminder.id)
                care.store.put(
                    Answer(
                        id=reminder.id,
                        entry=reminder.owner,
                        due=reminder.due,
                        state=state,
                        shown=None if old is None else old.shown,
                        until=until if state == "later" else None,
                        answered=now,
                        reason=reason,
                        delivery="" if old is None else old.delivery,
                        created=now if old is None else old.created,
                        changed=now,
                    )
                )
            self._reindex({reminder.owner for reminder in chosen})
        return [reminder.id for reminder in chosen]

    def _chosen(self, wanted: str) -> list[Reminder]:
        near, store = self.surroundings(), self._care.store
        parts = split_id(wanted)
        if parts is not None:
            appointment = store.get(Appointment, owner_of(parts[0]))
            found = None if appointment is None else self._find(wanted, appointment, near)
            if found is not None:
                return [found]
        appointment = store.get(Appointment, wanted)
        if appointment is None:
            raise InputRefused("reminder.unknown", "id", id=wanted)
        open_ones = {stated.reminder.id: stated.reminder for stated in self.waiting()}
        due = {reminder.id: reminder for reminder in self.due()} | open_ones
        return [reminder for reminder in due.values() if reminder.owner == wanted]

    # Looking

    def between(self, low: datetime | None = None, high: datetime | None = None) -> list[Stated]:
        """Return the reminders due in [low, high) with their states.

        Without bounds, everything up to 24 months ahead.
        """
        care, near = self._care, self.surroundings()
        last = high or instant_of_day(horizon(care.today) + timedelta(days=1), care)
        first = low or LONG_AGO
        answers = {a.id: a for a in care.store.answers_between(first, last)}
        found: list[Stated] = []
        for appointment in care.store.all(Appointment):
            start = max(first, appointment.entered - timedelta(days=400))
            for reminder in reminders_between(appointment, start, last, near):
                answer = answers.get(reminder.id)
                state = "waiting" if answer is None else answer.state
                until = None if answer is None or state != "later" else answer.until
                found.append(Stated(reminder, state, until or reminder.due))
        return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))

    def refresh_if_moved(self) -> bool:
        """Look anew at everything when the computer's zone or an empty index asks for it.

        Only floating and all-day times move with the zone. Returns whether anything was done.
        """
        care = self._care
        known = self._settings.text("zone", "")
        if known == care.home:
            return False
        with care.change("done.zone", undoable=False):
            self._settings.put("zone", care.home)
            for appointment in care.store.all(Appointment):
                self.rearm(appointment.id)
        return True


def instant_of_day(day: date, care: Care) -> datetime:
    """Return the UTC instant at which `day` begins in the computer's zone."""
    return instant(AllDay(day), care.home)


def _ripe(answer: Answer, now: datetime) -> bool:
    return answer.until is not None and answer.until <= now


def _wall_of(key: str) -> datetime:
    return datetime.fromisoformat(key)
