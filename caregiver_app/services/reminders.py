"""The reminder engine: what is due, what was said about it, and what the family answered.

Saying comes first, recording second, answering last, so that a crash can repeat a reminder but
never lose one. The store keeps one index row for each appointment with the earliest moment at
which something of it may still have to be said; a tick looks only at those that have come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.deadlines import DEADLINES, dated_reminders
from caregiver_app.domain.entities import (
    LONG_AGO,
    Answer,
    Appointment,
    Assistance,
    Authorisation,
    Call,
)
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.plans import horizon
from caregiver_app.domain.reminders import (
    HAPPENED,
    SLACK,
    TOGETHER,
    Hours,
    Reminder,
    Surroundings,
    earliest_enabled,
    owner_of,
    reminders_of,
    split_id,
)
from caregiver_app.domain.times import AllDay, instant, local_day
from caregiver_app.errors import DataDamaged, InputRefused
from caregiver_app.messages import words
from caregiver_app.services.care import Care
from caregiver_app.services.home_doses import mark_visit, tells_of_taking
from caregiver_app.services.reminder_index import SETTLED, ReminderIndex
from caregiver_app.services.reminder_sources import (
    ReminderSources,
    Source,
    due_between,
    reminder_with,
)
from caregiver_app.services.settings import Settings
from caregiver_app.values import value

_BEFORE = timedelta(days=480)
"""The longest lead is a year and a day."""
_AFTER = timedelta(days=60)
"""The longest way after a visit is 5 weeks."""

_INSTANT = timedelta(microseconds=1)


@value
class Notice:
    """One thing to say: a single reminder, or a list of lines (`digest`).

    `late` tells that it is the list of what could not be said in time.
    """

    reminders: tuple[Reminder, ...]
    digest: bool
    late: bool = False


@value
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
        self._sources = ReminderSources(care, settings)
        self._index = ReminderIndex(care, self._sources)
        care.rearm = self._index.rearm

    def surroundings(self) -> Surroundings:
        """Return what reminders depend on just now; looked up once and kept for this use."""
        return self._sources.surroundings()

    def hours(self) -> Hours:
        """Return when a day's one notice comes."""
        return self._sources.hours()

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
                source = self._sources.at(entry)
                if source is not None:
                    ready = self._open(source, since, now, near, postponed)
                    found += [reminder for reminder, at in ready if at <= now]
            except DataDamaged as error:
                damage = error
        if damage is not None and not found:
            raise damage
        return sorted(found, key=lambda reminder: (reminder.due, reminder.id))

    def _open(
        self,
        source: Source,
        since: datetime,
        upto: datetime,
        near: Surroundings,
        postponed: Collection[str],
    ) -> list[tuple[Reminder, datetime]]:
        """Return what an entry has to say up to `upto`, each with its moment.

        `postponed` are the entries of which anything was put off.
        """
        store = self._care.store
        ready = due_between(source, since, upto + _INSTANT, near)
        answered = store.answered([reminder.id for reminder in ready])
        now = self._care.now
        found = [(one, one.due) for one in ready if one.id not in answered and one.is_open(now)]
        if source.id not in postponed:
            return found
        for answer in store.open_answers("later", source.id):
            if answer.until is not None and answer.until <= upto:
                reminder = reminder_with(answer.id, source, near)
                if reminder is not None and reminder.is_open(now):
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
            source = self._sources.at(entry)
            if source is not None:
                ready = self._open(source, since, upto, near, postponed)
                moments = [at for _, at in ready]
                best = min(moments if best is None else [best, *moments], default=None)
        first = store.next_due()
        return best if best is not None or first is None else max(first, upto)

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
            self._index.reindex({reminder.owner for reminder in notice.reminders})

    def waiting(self) -> list[Stated]:
        """Return what was said and still waits for an answer, the oldest first.

        What prepared a visit does no longer wait once the visit is over.
        """
        near = self.surroundings()
        found: list[Stated] = []
        for answer in self._care.store.open_answers("shown"):
            reminder = self._brought(answer.id, answer.entry, near)
            if reminder is not None and reminder.is_open(self._care.now):
                found.append(Stated(reminder, "shown", reminder.due))
        return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))

    def _brought(self, id_: str, owner: str, near: Surroundings) -> Reminder | None:
        """Return the reminder with this id if anything called `owner` still brings it."""
        for source in self._sources.called(owner):
            reminder = reminder_with(id_, source, near)
            if reminder is not None:
                return reminder
        return None

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
                if state == "later" and old is not None and old.state in SETTLED:
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
                visit = care.store.get(Appointment, reminder.owner)
                if visit is not None and state == "done" and tells_of_taking(reminder, visit, care):
                    mark_visit(care, visit, taken=True)
            self._index.reindex({reminder.owner for reminder in chosen})
        return [reminder.id for reminder in chosen]

    def name_of(self, reminder: Reminder) -> str:
        """Return what a reminder is about, in a few words: its step, else its appointment."""
        reference = self._care.reference
        if reminder.what in ("well_enough", "anything_new"):
            asked = reminder.what == "well_enough"
            return (reference.well_enough if asked else reference.anything_new).name
        if reminder.what == HAPPENED:
            return words("reminder.happened")
        step = reference.step(reminder.what)
        if step is not None:
            return step.text.split(":")[0].rstrip(".")
        match self.source_of(reminder):
            case Appointment(title=title):
                return title
            case Assistance(name=name) | Call(with_whom=name):
                return name
            case Authorisation(insurer=insurer):
                return insurer or words("reminder.approval")
            case _:
                return ""

    def source_of(self, reminder: Reminder) -> Source | None:
        """Return what a reminder belongs to: an appointment, an approval, help to pay or a call."""
        kind = DEADLINES.get(reminder.what, Appointment)
        return self._care.store.get(kind, reminder.owner)

    def _chosen(self, wanted: str) -> list[Reminder]:
        near, store = self.surroundings(), self._care.store
        if not texts.is_whole(wanted):
            raise InputRefused("reminder.unknown", "id", id=wanted)
        parts = split_id(wanted)
        for owner in () if parts is None else (parts[0], owner_of(parts[0])):
            found = self._brought(wanted, owner, near)
            if found is not None:
                return [found]
        if not self._sources.called(wanted):
            raise InputRefused("reminder.unknown", "id", id=wanted)
        shown = (
            self._brought(answer.id, wanted, near) for answer in store.open_answers("shown", wanted)
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
        brought: list[Reminder] = []
        days = local_day(first, home) - _AFTER, local_day(last, home) + _BEFORE
        for appointment in care.store.appointments_between(*days):
            start = max(first, earliest_enabled(appointment, near))
            brought += due_between(appointment, start, last, near)
        for source in self._sources.dated():
            brought += due_between(source, first, last, near)
        return _stated(brought, answers)

    def of(self, owner: str) -> list[Stated]:
        """Return every enabled reminder of a visit or another single entry, with its state."""
        near = self.surroundings()
        brought: list[Reminder] = []
        for source in self._sources.called(owner):
            if not isinstance(source, Appointment):
                brought += dated_reminders(source, near)
            elif not source.rrule:
                brought += reminders_of(Occurrence(source, source.start), near)
        answers = self._care.store.answers_by_ids([one.id for one in brought])
        return _stated(brought, answers)

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
            self._index.build(all_of_it=known_steps != steps)
            if known_steps not in ("", steps):
                self._take_over(known_steps)
        return known not in ("", zone)

    def _take_over(self, known_steps: str) -> None:
        """Let what an older version did not remind of wait without a ring, if its day is over.

        A step that has a sheet now keeps its answer.
        """
        care, known = self._care, set(known_steps.split())
        steps = {step.sheet: step.id for step in care.reference.steps if step.sheet}
        fresh = {what for what, text in self._told_of() if text not in known}
        quiet: list[Reminder] = []
        for one in self.due():
            step = f"{one.owner}:{steps.get(one.what, '')}"
            before = care.store.get(Answer, one.id.replace(one.entry, step, 1))
            if before is not None and before.state in SETTLED:
                care.store.put(replace(before, id=one.id, changed=care.now))
            if one.what in fresh and local_day(one.due, care.home) < care.today:
                quiet.append(one)
        self.record(Notice(tuple(quiet), digest=True))

    def _steps_text(self) -> str:
        return " ".join(text for _, text in self._told_of())

    def _told_of(self) -> list[tuple[str, str]]:
        """Return each step with its time as one word; and what else older versions may not have."""
        times = self._sources.step_times()
        steps = [(s.key, f"{s.key}{s.phase[0]}{s.offset_hours}") for s in times]
        return [*steps, *((what, what) for what in (HAPPENED, *DEADLINES))]


def instant_of_day(day: date, care: Care) -> datetime:
    """Return the UTC instant at which `day` begins in the computer's zone."""
    return instant(AllDay(day), care.home)


def _stated(brought: Sequence[Reminder], answers: Mapping[str, Answer]) -> list[Stated]:
    found: list[Stated] = []
    for reminder in brought:
        answer = answers.get(reminder.id)
        state = "waiting" if answer is None else answer.state
        until = None if answer is None or state != "later" else answer.until
        found.append(Stated(reminder, state, until or reminder.due))
    return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))


def _rings_again(answer: Answer, now: datetime) -> bool:
    return answer.state == "later" and answer.until is not None and answer.until <= now
