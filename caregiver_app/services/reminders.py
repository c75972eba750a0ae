"""The reminder engine: what is due, what was said about it, and what the family answered.

Saying comes first, recording second, answering last, so that a crash can repeat a reminder but
never lose one. The store keeps one index row for each appointment with the earliest moment at
which something of it may still have to be said; a tick looks only at those that have come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import LONG_AGO, Answer, Appointment, Person, Plan
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.plans import horizon
from caregiver_app.domain.reminders import (
    SLACK,
    TOGETHER,
    Hours,
    Reminder,
    StepTime,
    Surroundings,
    earliest_enabled,
    earliest_open,
    owner_of,
    reminders_between,
    reminders_of,
    split_id,
)
from caregiver_app.domain.times import AllDay, Zoned, instant, local_day, wall
from caregiver_app.errors import DataDamaged, InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.settings import Settings
from caregiver_app.values import value

_SETTLED = ("done", "skipped")
_OPEN: Final = ("shown", "later")

_NEAR_BEFORE = timedelta(days=120)
_NEAR_AFTER = timedelta(days=30)
_MOST_NEAR = 200
"""Which visits' check-ins can come or go when another visit moves: those of these days."""

_INSTANT = timedelta(microseconds=1)
_TWO_DAYS = timedelta(days=2)
_BLOCK = 20
_MOST_A_DAY = 10


@value
class Notice:
    """One thing to say: a single reminder, or a list of lines (`digest`)."""

    reminders: tuple[Reminder, ...]
    digest: bool


@value
class Stated:
    """A reminder and what became of it: waiting, shown, later, done or skipped."""

    reminder: Reminder
    state: str
    due: datetime


class _Coming:
    """Infusions from a day on, read in blocks and kept: neighbouring days ask for the same ones."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._blocks: dict[str | None, tuple[date, list[Appointment]]] = {}

    def starting(self, person: str | None, day: date) -> Sequence[Appointment]:
        """Return the infusions of `day` and, as long as there are any, some later ones."""
        low, found = self._blocks.get(person, (date.max, []))
        if day < low or (len(found) == _BLOCK and wall(found[-1].start).date() <= day + _TWO_DAYS):
            low, found = day, self._care.store.next_visits(person, day, _BLOCK)
            self._blocks[person] = low, found
        first = bisect_left(found, day, key=lambda visit: wall(visit.start).date())
        return found[first : first + _MOST_A_DAY]


class ReminderService:
    """Works out what is due and keeps what became of it."""

    def __init__(self, care: Care, settings: Settings) -> None:
        self._care = care
        self._settings = settings
        care.rearm = self.rearm

    # What reminders depend on

    def surroundings(self) -> Surroundings:
        """Return what reminders depend on just now; looked up once and kept for this use."""
        care, coming = self._care, _Coming(self._care)

        def visit_on(day: date) -> bool:
            return any(
                wall(visit.start).date() == day and visit.plan is not None
                for visit in coming.starting(None, day)
            )

        def next_infusion(visit: Appointment) -> datetime | None:
            begun = wall(visit.start)
            for other in coming.starting(visit.person, begun.date()):
                if wall(other.start) > begun:
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
        usual = Hours()
        return Hours(
            self._settings.hour("notice_morning", usual.morning),
            self._settings.hour("notice_evening", usual.evening),
        )

    def step_times(self) -> Sequence[StepTime]:
        """Return when each preparation step and check-in is due."""
        return [
            StepTime(step.id, step.phase, step.offset_hours) for step in self._care.reference.steps
        ]

    # The index of what is next

    def rearm(self, ids: Collection[str], *, anew: bool = False) -> None:
        """Look anew at what was written, called inside that change with the ids of all of it.

        Answers that wait for an occurrence which is no more are dropped: an edit or a delete
        cancels what was postponed. `anew` forgets what is known to be settled (after an undo).
        """
        # An answer that was taken back is rung again by the appointment it belongs to.
        found = self._touched({*ids, *_owners(ids)} if anew else ids, anew=anew)
        if not found:
            return
        near, known = self.surroundings(), dict(self._care.store.due_entries(self._care.now))
        spoken = self._care.store.with_answers(found)
        for entry, appointment in found.items():
            said = entry in spoken
            if said:
                self._drop_fallen(entry, appointment, near)
            self._index(entry, appointment, known, near, anew=anew, said=said)

    def _touched(self, ids: Collection[str], *, anew: bool) -> dict[str, Appointment | None]:
        """Return the appointments written, and the visits near today of the same people.

        A watch window ends when the next infusion starts and lasts as long as its plan says, so
        that another visit's check-ins may come or go.
        """
        store, today = self._care.store, self._care.today
        found: dict[str, Appointment | None] = {}
        people: set[str] = set()
        alive = {one.id: one for one in store.by_ids(Appointment, ids)}
        for entry in sorted(ids):
            written = alive.get(entry) or store.get(Appointment, entry, deleted=True)
            if written is not None:
                found[entry] = alive.get(entry)
                if not written.rrule:
                    people.add(written.person)
            elif (plan := store.get(Plan, entry, deleted=True)) is not None:
                people.add(plan.person)
            elif anew:
                # Undo of an entry leaves nothing that tells whose it was.
                people.update(person.id for person in store.all(Person))
        for person in sorted(people):
            for visit in store.next_visits(person, today - _NEAR_BEFORE, _MOST_NEAR):
                if visit.plan is not None and wall(visit.start).date() <= today + _NEAR_AFTER:
                    found.setdefault(visit.id, visit)
        return found

    def _drop_fallen(self, entry: str, appointment: Appointment | None, near: Surroundings) -> None:
        store = self._care.store
        for state in _OPEN:
            for answer in store.open_answers(state, entry):
                if appointment is None or self._find(answer.id, appointment, near) is None:
                    store.remove(Answer, answer.id, self._care.now)

    def _index(
        self,
        entry: str,
        appointment: Appointment | None,
        known: Mapping[str, datetime],
        near: Surroundings,
        *,
        anew: bool = False,
        said: bool = True,
    ) -> None:
        """Write down from when on something of an appointment may have to be said.

        `known` holds the index of all that has come; of what is not in it nothing is open so far.
        `said` tells whether anything of it was said or answered before.
        """
        store, now = self._care.store, self._care.now
        if appointment is None:
            store.set_due(entry, None)
            return
        since = earliest_enabled(appointment, near)
        # A single date is quickly looked through. A long series goes on from where it was, unless
        # its times have just been changed.
        if appointment.rrule and not anew and appointment.entered < now - SLACK:
            since = max(since, known.get(entry, now))
        answers = store.answers_of(entry, since - 2 * SLACK) if said else {}
        late = store.open_answers("later", entry) if said else ()
        moments = [answer.until for answer in late if answer.until]
        at = earliest_open(appointment, since, answers.__contains__, near)
        store.set_due(entry, min(moments if at is None else [at, *moments], default=None))

    def _reindex(self, owners: set[str]) -> None:
        near, known = self.surroundings(), dict(self._care.store.due_entries(self._care.now))
        for owner in sorted(owners):
            self._index(owner, self._care.store.get(Appointment, owner), known, near)

    # What is due

    def due(self) -> list[Reminder]:
        """Return what has to be said now: due, not answered, and not said before.

        A postponed reminder is due again at its new moment. One damaged appointment does not
        silence the others.

        Raises:
            DataDamaged: a damaged appointment is all that would be due.
        """
        store, near, now = self._care.store, self.surroundings(), self._care.now
        postponed = store.postponed_entries()
        found: list[Reminder] = []
        damage: DataDamaged | None = None
        for entry, since in store.due_entries(now):
            try:
                appointment = store.get(Appointment, entry)
                if appointment is not None:
                    ready = self._open(appointment, since, now, near, postponed)
                    found += [reminder for reminder, at in ready if at <= now]
            except DataDamaged as error:
                damage = error
        if damage is not None and not found:
            raise damage
        return sorted(found, key=lambda reminder: (reminder.due, reminder.id))

    def _open(
        self,
        appointment: Appointment,
        since: datetime,
        upto: datetime,
        near: Surroundings,
        postponed: Collection[str],
    ) -> list[tuple[Reminder, datetime]]:
        """Return what an appointment has to say up to `upto`, each with its moment.

        `postponed` are the appointments of which anything was put off.
        """
        store = self._care.store
        ready = reminders_between(appointment, since, upto + _INSTANT, near)
        answered = store.answered([reminder.id for reminder in ready])
        found = [(one, one.due) for one in ready if one.id not in answered]
        if appointment.id not in postponed:
            return found
        for answer in store.open_answers("later", appointment.id):
            if answer.until is not None and answer.until <= upto:
                reminder = self._find(answer.id, appointment, near)
                if reminder is not None:
                    found.append((reminder, answer.until))
        return found

    def next_due(self) -> datetime | None:
        """Return the next UTC instant at which something may have to be said, None for never.

        It lies in the past when something is due, and never later than the next thing to say.
        """
        store, near, upto = self._care.store, self.surroundings(), self._care.now + SLACK
        best: datetime | None = None
        postponed = store.postponed_entries()
        for entry, since in store.due_entries(upto):
            if best is not None and since >= best:
                break
            appointment = store.get(Appointment, entry)
            if appointment is not None:
                ready = self._open(appointment, since, upto, near, postponed)
                moments = [at for _, at in ready]
                best = min(moments if best is None else [best, *moments], default=None)
        first = store.next_due()
        return best if best is not None or first is None else max(first, upto)

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
        """Keep that a notice was said; `delivery` is what became of the desktop notification.

        What somebody answered while it was being said stays answered.
        """
        care, now = self._care, self._care.now
        with care.change("done.reminded", undoable=False):
            for reminder in notice.reminders:
                old = care.store.get(Answer, reminder.id)
                if old is not None and not _rings_again(old, now):
                    continue
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

    def waiting(self) -> list[Stated]:
        """Return what was said and still waits for an answer, the oldest first."""
        near = self.surroundings()
        found: list[Stated] = []
        for answer in self._care.store.open_answers("shown"):
            appointment = self._care.store.get(Appointment, answer.entry)
            reminder = None if appointment is None else self._find(answer.id, appointment, near)
            if reminder is not None:
                found.append(Stated(reminder, "shown", reminder.due))
        return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))

    def open_now(self) -> list[Reminder]:
        """Return everything that asks for an answer now, said already or not, the oldest first."""
        found = {stated.reminder.id: stated.reminder for stated in self.waiting()}
        found |= {reminder.id: reminder for reminder in self.due()}
        return sorted(found.values(), key=lambda reminder: (reminder.due, reminder.id))

    # Answers

    def answer(
        self, wanted: str, state: str, *, until: datetime | None = None, reason: str = ""
    ) -> list[str]:
        """Answer one reminder, or all due ones of an entry; return the ids answered.

        `state` is "done", "skipped", or "later" with the UTC instant `until`.

        Raises:
            InputRefused: nothing has that id, `until` is not after now, or it was answered
                already and cannot be postponed any more.
        """
        if state == "later" and (until is None or until <= self._care.now):
            raise InputRefused("reminder.later_when", "until")
        reason = texts.line(reason, "reason")
        chosen = self._chosen(wanted)
        care, now = self._care, self._care.now
        many = "" if len(chosen) == 1 else "_many"
        what = self.name_of(chosen[0]) if chosen else ""
        with care.change(f"done.answered_{state}{many}", count=len(chosen), what=what):
            for reminder in chosen:
                old = care.store.get(Answer, reminder.id)
                if state == "later" and old is not None and old.state in _SETTLED:
                    # Once answered, only undo makes it ring again.
                    raise InputRefused("reminder.answered", "id", id=reminder.id)
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

    def name_of(self, reminder: Reminder) -> str:
        """Return what a reminder is about, in a few words: its step, else its appointment."""
        step = next((s for s in self._care.reference.steps if s.id == reminder.what), None)
        if step is not None:
            return step.text.split(":")[0].rstrip(".")
        owner = self._care.store.get(Appointment, reminder.owner)
        return "" if owner is None else owner.title

    def _chosen(self, wanted: str) -> list[Reminder]:
        near, store = self.surroundings(), self._care.store
        if not texts.is_whole(wanted):
            raise InputRefused("reminder.unknown", "id", id=wanted)
        parts = split_id(wanted)
        for owner in () if parts is None else (parts[0], owner_of(parts[0])):
            appointment = store.get(Appointment, owner)
            found = None if appointment is None else self._find(wanted, appointment, near)
            if found is not None:
                return [found]
        appointment = store.get(Appointment, wanted)
        if appointment is None:
            raise InputRefused("reminder.unknown", "id", id=wanted)
        shown = (
            self._find(answer.id, appointment, near)
            for answer in store.open_answers("shown", wanted)
        )
        found_ones = [r for r in self.due() if r.owner == wanted] + [r for r in shown if r]
        return sorted(found_ones, key=lambda reminder: (reminder.due, reminder.id))

    # Looking

    def between(self, low: datetime | None = None, high: datetime | None = None) -> list[Stated]:
        """Return the reminders due in [low, high) with their states.

        Without bounds, everything up to 24 months ahead.
        """
        care, near = self._care, self.surroundings()
        home = care.home
        last = high or instant_of_day(horizon(care.today) + timedelta(days=1), care)
        first = low or LONG_AGO
        answers = {a.id: a for a in care.store.answers_between(first, last)}
        found: list[Stated] = []
        # The longest lead is a year and a day, the longest way after a visit 5 weeks.
        days = local_day(first, home) - _NEAR_AFTER * 2, local_day(last, home) + _NEAR_BEFORE * 4
        for appointment in care.store.appointments_between(*days):
            start = max(first, earliest_enabled(appointment, near))
            for reminder in reminders_between(appointment, start, last, near):
                answer = answers.get(reminder.id)
                state = "waiting" if answer is None else answer.state
                until = None if answer is None or state != "later" else answer.until
                found.append(Stated(reminder, state, until or reminder.due))
        return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))

    def refresh_if_moved(self) -> bool:
        """Notice another zone of the computer, and other steps in a new version's reference.

        Returns whether the zone changed since the last look: floating and all-day times moved
        with it, which somebody should be told.
        """
        self._care.look_for_kept_zone()
        care, zone, steps = self._care, self._care.home, self._steps_text()
        known, known_steps = self._settings.text("zone", ""), self._settings.text("steps", "")
        if known == zone and known_steps == steps:
            return False
        with care.change("done.zone", undoable=False):
            self._settings.put("zone", zone)
            self._settings.put("steps", steps)
            near = self.surroundings()
            for appointment in care.store.all(Appointment):
                # What is in a zone of its own stays where it is, but a floating infusion may now
                # end a visit's watch window at another moment.
                stays = isinstance(appointment.start, Zoned) and appointment.plan is None
                if known_steps != steps or not stays:
                    self._index(appointment.id, appointment, {}, near, anew=True)
        return known not in ("", zone)

    def _steps_text(self) -> str:
        return " ".join(f"{s.key}{s.phase[0]}{s.offset_hours}" for s in self.step_times())


def instant_of_day(day: date, care: Care) -> datetime:
    """Return the UTC instant at which `day` begins in the computer's zone."""
    return instant(AllDay(day), care.home)


def _owners(ids: Collection[str]) -> set[str]:
    """Return what the answers among these ids may belong to."""
    entries = {parts[0] for one in ids if (parts := split_id(one)) is not None}
    return entries | {owner_of(entry) for entry in entries}


def _rings_again(answer: Answer, now: datetime) -> bool:
    return answer.state == "later" and answer.until is not None and answer.until <= now


def _wall_of(key: str) -> datetime:
    return datetime.fromisoformat(key)
