"""The reminder engine: what is due, what was said about it, and what the family answered.

Saying comes first, recording second, answering last, so that a crash can repeat a reminder but
never lose one. The store keeps one index row for each appointment with the earliest moment at
which something of it may still have to be said; a tick looks only at those that have come.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain.deadlines import DEADLINES
from caregiver_app.domain.entities import (
    LONG_AGO,
    Answer,
    Appointment,
)
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.plans import horizon
from caregiver_app.domain.reminders import (
    HAPPENED,
    Hours,
    Reminder,
    Surroundings,
    earliest_enabled,
    reminders_of,
)
from caregiver_app.domain.times import AllDay, instant, local_day
from caregiver_app.errors import DataBusy, DataReadOnly, DiskTrouble
from caregiver_app.services.care import Care
from caregiver_app.services.reminder_answering import Answering
from caregiver_app.services.reminder_index import SETTLED, ReminderIndex
from caregiver_app.services.reminder_lateness import STANDS_APART, Lateness
from caregiver_app.services.reminder_notices import (
    LATE,
    Notice,
    in_grouped_notices,
    in_notices,
)
from caregiver_app.services.reminder_saying import Sayings
from caregiver_app.services.reminder_settings import ReminderSettings
from caregiver_app.services.reminder_sources import (
    FindPrompts,
    ReminderSources,
    Source,
    brought_by,
    due_between,
)
from caregiver_app.services.reminder_turn import ReminderTurn
from caregiver_app.services.settings import Settings
from caregiver_app.values import value

_BEFORE = timedelta(days=480)
"""The longest lead is a year and a day."""
_AFTER = timedelta(days=60)
"""The longest way after a visit is 5 weeks."""

USUAL: Final = "usual"
"""Stands among the steps that a file knows once it knows lead times that are usual for a type."""


@value
class Stated:
    """A reminder and what became of it: waiting, shown, later, done or skipped.

    `said` tells how often it was said since it was new or put off.
    """

    reminder: Reminder
    state: str
    due: datetime
    said: int = 0


class ReminderService:
    """Works out what is due and keeps what became of it."""

    def __init__(self, care: Care, settings: Settings, prompts: FindPrompts) -> None:
        self._care = care
        self._settings = settings
        self._ringing = ReminderSettings(care, settings)
        self._sources = ReminderSources(care, settings, prompts)
        self._sayings = Sayings(care, self._sources, self._ringing)
        self._index = ReminderIndex(care, self._sources, self._sayings)
        self._answering = Answering(care, self._sources, self._index, self._sayings)
        self._turn = ReminderTurn(care)
        # Asked for at every look of the panel, and the same until anybody writes.
        self._waiting: list[Stated] = []
        self._waiting_at: tuple[tuple[int, int], str] | None = None
        self._lateness = Lateness(care)
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

        A postponed reminder is due again at its new moment, and one that rings until it is
        answered at its next one. What quiet hours hold back is due when they are over. One
        damaged appointment does not silence the others.

        Raises:
            DataDamaged: a damaged appointment is all that would be due.
        """
        return self._sayings.due()

    def next_due(self) -> datetime | None:
        """Return the next UTC instant at which something may have to be said, None for never.

        It lies in the past when something is due, and never later than the next thing to say.
        """
        return self._sayings.next_due()

    def notices(self, due: Sequence[Reminder], *, grouped: bool = False) -> list[Notice]:
        """Return `due` as notices: rings alone, lines together, more than five as one.

        With `grouped` all that comes late or rings again is one, medicines first: what was due
        more than LATE ago and was not just entered. A single one stands alone.
        """
        now = self._care.now
        if not grouped:
            return [replace(notice, at=now) for notice in in_notices(due)]
        answers = self._care.store.answers_by_ids([one.id for one in due])
        return [replace(notice, at=now) for notice in in_grouped_notices(due, answers, now)]

    def record(self, notice: Notice, delivery: str = "") -> None:
        """Keep that a notice was said; `delivery` is what became of the desktop notification.

        What somebody answered while it was being said stays answered.
        """
        # Known before anybody hears of the change and looks again.
        self._lateness.note(notice)
        self._answering.record(notice, delivery)

    def late_among(
        self, reminders: Collection[Reminder], by: timedelta = STANDS_APART
    ) -> frozenset[str]:
        """Return the ids of those that could not be said in time.

        They were said more than `by` after their moment, or would be if they were said now. What
        was put off counts from its new moment.
        """
        return self._lateness.among(reminders, by)

    def waiting(self) -> list[Stated]:
        """Return what was said and still waits for an answer, the oldest first.

        What prepared a visit does no longer wait once the visit is over.
        """
        mark = self._care.store.mark(), self._care.home
        waiting = self._waiting
        if self._waiting_at != mark:
            waiting = self._read_waiting()
            if not self._care.reads_parts:
                self._waiting, self._waiting_at = waiting, mark
        now = self._care.now
        return [stated for stated in waiting if stated.reminder.is_open(now)]

    def _read_waiting(self) -> list[Stated]:
        owners: dict[str, list[str]] = {}
        said: dict[str, int] = {}
        for answer in self._care.store.open_answers("shown"):
            owners.setdefault(answer.entry, []).append(answer.id)
            said[answer.id] = answer.said
        now, asks = self._care.now, self._sayings.packing.asks
        found = [
            Stated(one, "shown", one.due, said[one.id])
            for one in self._answering.brought(owners).values()
            # Of a visit that is over nobody looks into the bag any more.
            if not one.is_open(now) or asks(one)
        ]
        return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))

    def open_now(self) -> list[Reminder]:
        """Return everything that asks for an answer now, said already or not, the oldest first.

        What quiet hours hold back is among it: they keep it from ringing, not from being seen.
        """
        found = {stated.reminder.id: stated.reminder for stated in self.waiting()}
        found |= {reminder.id: reminder for reminder in self._sayings.due(held=True)}
        return sorted(found.values(), key=lambda reminder: (reminder.due, reminder.id))

    # Whose turn it is to say something

    def take_turn(self, holder: str) -> bool:
        """Take the turn to say something, for half a minute, unless another program has it.

        What is due has to be looked up after the turn was taken, and the turn given back once
        what was said is recorded. Never given where the data cannot be written to.

        Raises:
            DataBusy, DiskTrouble: it could not be written.
        """
        return self._turn.take(holder)

    def end_turn(self, holder: str) -> None:
        """Give the turn back; nothing happens where another program has it by now.

        Raises:
            DataBusy, DiskTrouble: it could not be written; the turn ends by itself.
        """
        self._turn.end(holder)

    @contextmanager
    def turn(self, holder: str) -> Generator[list[Reminder]]:
        """Yield what is due for `holder` to say and record, nothing while it is another's turn.

        Raises:
            DataBusy, DiskTrouble: the turn could not be written.
        """
        if not self.due() or not self.take_turn(holder):
            yield []
            return
        try:
            # Another program may have said some of it before.
            yield self.due()
        finally:
            with suppress(DataBusy, DataReadOnly, DiskTrouble):
                self.end_turn(holder)

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
        return self._answering.answer(wanted, state, until, reason)

    def answer_all(
        self,
        wanted: Collection[str],
        state: str,
        *,
        until: datetime | None = None,
        reason: str = "",
    ) -> list[str]:
        """Answer the reminders with these ids as one change; return the ids answered.

        Raises:
            InputRefused: as `answer`; then none of them is answered.
        """
        return self._answering.answer_all(wanted, state, until, reason)

    def name_of(self, reminder: Reminder) -> str:
        """Return what a reminder is about, in a few words: its step, else its appointment."""
        return self._answering.name_of(reminder)

    def source_of(self, reminder: Reminder) -> Source | None:
        """Return what a reminder belongs to: an appointment, an approval, help to pay or a call."""
        return self._answering.source_of(reminder)

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
        for source in self._sources.beside():
            brought += due_between(source, first, last, near)
        return _stated(brought, answers)

    def of(self, owner: str) -> list[Stated]:
        """Return every enabled reminder of a visit or another single entry, with its state."""
        near = self.surroundings()
        brought: list[Reminder] = []
        for source in self._sources.called(owner):
            if not isinstance(source, Appointment):
                brought += brought_by(source, near)
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
            if known_steps and USUAL not in known_steps.split():
                self._ringing.hold_from_now_on()
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
        for one in self._sayings.due(held=True):
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
        return [*steps, *((what, what) for what in (HAPPENED, *DEADLINES, USUAL))]


def instant_of_day(day: date, care: Care) -> datetime:
    """Return the UTC instant at which `day` begins in the computer's zone."""
    return instant(AllDay(day), care.home)


def _stated(brought: Sequence[Reminder], answers: Mapping[str, Answer]) -> list[Stated]:
    found: list[Stated] = []
    for reminder in brought:
        answer = answers.get(reminder.id)
        state = "waiting" if answer is None else answer.state
        until = None if answer is None or state != "later" else answer.until
        said = 0 if answer is None else answer.said
        found.append(Stated(reminder, state, until or reminder.due, said))
    return sorted(found, key=lambda stated: (stated.due, stated.reminder.id))


__all__ = ["LATE", "Notice", "ReminderService", "Stated", "instant_of_day"]
