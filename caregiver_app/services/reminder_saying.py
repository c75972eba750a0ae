"""What has to be said when: new reminders, postponed ones, and those that ring again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.entities import LONG_AGO, Answer
from caregiver_app.domain.quiet import MEDICINE, held_until
from caregiver_app.domain.reminders import SLACK, Reminder
from caregiver_app.domain.ringing import QuietHours, Repeats
from caregiver_app.errors import DataDamaged
from caregiver_app.services.care import Care
from caregiver_app.services.reminder_packing import Packing
from caregiver_app.services.reminder_settings import ReminderSettings
from caregiver_app.services.reminder_sources import (
    ReminderSources,
    Source,
    due_between,
    key_of,
    reminders_with,
)
from caregiver_app.values import value

_INSTANT = timedelta(microseconds=1)
_CHUNK: Final = 200

Entries = Sequence[tuple[str, datetime]]
"""Keys of the index, each with the instant before which nothing of it is open."""


@value
class Ready:
    """A reminder with the UTC instants of its moment and of when it is said, quiet hours over."""

    reminder: Reminder
    moment: datetime
    at: datetime


@value
class Wishes:
    """What a family chose, read once for one look: quiet hours, and how it rings again."""

    quiet: QuietHours | None
    repeats: Repeats
    since: datetime

    def may_repeat(self, reminder: Reminder) -> bool:
        """Tell whether a reminder is one that rings again."""
        return reminder.rings and (self.repeats.everything or reminder.type == MEDICINE)


class Sayings:
    """Finds what has to be said."""

    def __init__(self, care: Care, sources: ReminderSources, ringing: ReminderSettings) -> None:
        self._care, self._sources, self._ringing = care, sources, ringing
        self.packing = Packing(care)
        """Tells which lines about packing have nothing to ask for."""
        self._set_back: datetime | None = None
        self._come: list[Ready] = []
        self._damage: DataDamaged | None = None
        self._asked: object = None

    def wishes(self) -> Wishes:
        """Return what the family chose."""
        repeats = self._ringing.repeats()
        since = self._ringing.repeats_since() if repeats.minutes else LONG_AGO
        return Wishes(self._ringing.quiet(), repeats, since)

    def due(self, *, held: bool = False) -> list[Reminder]:
        """Return what has to be said now, the oldest first; `held`: what quiet hours hold as well.

        Raises:
            DataDamaged: a damaged entry is all that would be due.
        """
        now = self._care.now
        come, damage = self._come_by(now)
        found = [one.reminder for one in come if held or one.at <= now]
        if damage is not None and not found:
            raise damage
        return sorted(found, key=lambda reminder: (reminder.due, reminder.id))

    def _come_by(self, now: datetime) -> tuple[list[Ready], DataDamaged | None]:
        """Return all whose moment has come, and what damage was met.

        Several parts of the window ask in the same second: it is looked up once, unless anybody
        writes in between.
        """
        store = self._care.store
        asked = store.mark(), self._care.home, now.replace(microsecond=0)
        if self._asked != asked:
            look = _Look(self, self._care, self._sources)
            chunks = _chunks(store.due_entries(now))
            self._come = [one for chunk in chunks for one in look.ready(chunk, now)]
            self._damage = look.damage
            self._asked = None if self._care.reads_parts else asked
            if not look.saw_later_saying:
                self._set_back = None
        return self._come, self._damage

    def next_due(self) -> datetime | None:
        """Return the next UTC instant at which something may have to be said, None for never.

        It lies in the past when something is due, and never later than the next thing to say.
        """
        store, now = self._care.store, self._care.now
        come, _ = self._come_by(now)
        if any(one.at <= now for one in come):
            return min(one.at for one in come)
        upto = now + SLACK
        look = _Look(self, self._care, self._sources)
        best: datetime | None = None
        for chunk in _chunks(store.due_entries(upto)):
            if best is not None and chunk[0][1] >= best:
                break
            moments = [one.at for one in look.ready(chunk, upto)]
            best = min(moments if best is None else [best, *moments], default=None)
        if look.damage is not None and best is None:
            raise look.damage
        if best is not None and best <= upto:
            return best
        first = store.next_due()
        return best if first is None else max(first, upto)

    def rings_again(self, answer: Answer, reminder: Reminder, wishes: Wishes) -> datetime | None:
        """Return the UTC instant at which a reminder that was said rings again, None for never."""
        minutes, most = wishes.repeats.minutes, wishes.repeats.most
        if not minutes or answer.state != "shown" or answer.shown is None:
            return None
        if answer.said > most or not wishes.may_repeat(reminder):
            return None
        span = timedelta(minutes=minutes)
        if answer.shown + span < wishes.since:
            return None
        said = answer.shown
        if is_set_back(answer, reminder, self._care.now):
            said = self._seen_set_back()
        elif said > self._care.now:
            said = reminder.due
        return max(reminder.due, said + span)

    def _seen_set_back(self) -> datetime:
        """Return when it was first seen that the clock was set back."""
        now = self._care.now
        if self._set_back is None or now < self._set_back:
            self._set_back = now
        return self._set_back


def is_set_back(answer: Answer, reminder: Reminder, now: datetime) -> bool:
    """Tell whether what is due was said at a moment still to come: the clock was set back since."""
    return answer.shown is not None and answer.shown > now >= reminder.due


class _Look:
    """One look at what has come, with everything that it needs read once."""

    def __init__(self, sayings: Sayings, care: Care, sources: ReminderSources) -> None:
        self._sayings, self._care, self._sources = sayings, care, sources
        self.damage: DataDamaged | None = None
        self._near, self._wishes = sources.surroundings(self._hear), sayings.wishes()
        self._postponed = care.store.postponed_entries()
        repeats = self._wishes.repeats
        said = care.store.shown_entries(repeats.most) if repeats.minutes else frozenset[str]()
        self._said = said
        self.saw_later_saying = False

    def _hear(self, damage: DataDamaged) -> None:
        self.damage = damage

    def ready(self, entries: Entries, upto: datetime) -> list[Ready]:
        """Return what these entries have to say up to `upto`."""
        since, now = dict(entries), self._care.now
        found: list[Ready] = []
        new: list[Reminder] = []
        for source in self._found(list(since)):
            try:
                new += due_between(source, since[key_of(source)], upto + _INSTANT, self._near)
                found += self._put_off(source, upto)
                found += self._said_before(source, upto)
            except DataDamaged as error:
                self.damage = error
        answered = self._care.store.answered([one.id for one in new])
        asks = self._sayings.packing.asks_since
        new = [one for one in new if one.id not in answered and one.is_open(now)]
        found += [self._held(one, one.due) for one in new if one.due > now or asks(one, one.due)]
        return [one for one in found if one.reminder.is_open(now)]

    def _put_off(self, source: Source, upto: datetime) -> Iterator[Ready]:
        """Yield what somebody put off and is due up to `upto`: no quiet hours hold that."""
        if source.id in self._postponed:
            now = self._care.now
            come = {
                answer.id: answer.until
                for answer in self._care.store.open_answers("later", source.id)
                if answer.until is not None and answer.until <= upto
            }
            for one in reminders_with(come, source, self._near).values():
                until = come[one.id]
                if until > now or self._sayings.packing.asks_since(one, until):
                    yield Ready(one, until, until)

    def _said_before(self, source: Source, upto: datetime) -> Iterator[Ready]:
        """Yield what was said, waits, and rings again up to `upto`."""
        if source.id in self._said:
            most, now = self._wishes.repeats.most, self._care.now
            answers = self._care.store.open_answers("shown", source.id, at_most=most)
            brought = reminders_with([one.id for one in answers], source, self._near)
            for answer in answers:
                one = brought.get(answer.id)
                at = one and self._sayings.rings_again(answer, one, self._wishes)
                if one is not None and is_set_back(answer, one, now):
                    self.saw_later_saying = True
                if one is not None and at is not None and at <= upto:
                    yield self._held(one, at)

    def _found(self, keys: list[str]) -> list[Source]:
        """Return what has these keys; one damaged entry does not silence the others."""
        try:
            return list(self._sources.at_all(keys).values())
        except DataDamaged:
            return [one for key in keys for one in self._whole(key)]

    def _whole(self, key: str) -> list[Source]:
        try:
            return list(self._sources.at_all([key]).values())
        except DataDamaged as error:
            self.damage = error
            return []

    def _held(self, reminder: Reminder, moment: datetime) -> Ready:
        at = max(moment, self._care.now)
        held = held_until(reminder, at, self._wishes.quiet, self._near.home)
        return Ready(reminder, moment, moment if held is None else held)


def _chunks(entries: Entries) -> Iterator[Entries]:
    for first in range(0, len(entries), _CHUNK):
        yield entries[first : first + _CHUNK]
