"""The index of what is next: from when on something of each entry may have to be said.

It is worked out anew with every write, inside that change; an entry without a row has nothing to
say. What was answered of a visit goes with it when it moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.deadlines import DATED
from caregiver_app.domain.entities import Answer, Appointment, Authorisation, Person, Plan
from caregiver_app.domain.prompts import PROMPTS
from caregiver_app.domain.reminders import (
    SLACK,
    Surroundings,
    earliest_enabled,
    earliest_open,
    is_infusion,
    owner_of,
    reminder_id,
    split_id,
    stays_answered,
)
from caregiver_app.domain.ringing import USUAL_LEADS
from caregiver_app.domain.times import Zoned, parse_moment, to_text, wall
from caregiver_app.services.care import Care
from caregiver_app.services.prompt_settings import about_prompts, is_on
from caregiver_app.services.reminder_saying import Sayings, Wishes
from caregiver_app.services.reminder_settings import AT_MOST, about_repeats, leads_kind
from caregiver_app.services.reminder_sources import (
    PROMPTS_KEY,
    ReminderSources,
    Source,
    earliest_beside,
    key_of,
    reminders_with,
)
from caregiver_app.values import value

SETTLED: Final = ("done", "skipped")
"""The answers after which a reminder is over."""

_OPEN: Final = ("shown", "later")
_NEAR_BEFORE = timedelta(days=120)
_NEAR_AFTER = timedelta(days=30)
_MOST_NEAR = 200
"""Which visits' check-ins can come or go when another visit moves: those of these days."""


@value
class _Read:
    """What the index is made of: all answers' ids of what has one date, and who has which."""

    near: Surroundings
    wishes: Wishes
    known: Mapping[str, datetime]
    spoken: frozenset[str]
    answered: set[str]
    postponed: frozenset[str]
    said: frozenset[str]


class ReminderIndex:
    """Keeps the index."""

    def __init__(self, care: Care, sources: ReminderSources, sayings: Sayings) -> None:
        self._care, self._sources, self._sayings = care, sources, sayings

    def rearm(self, ids: Collection[str], *, anew: bool = False) -> None:
        """Look anew at what was written, called inside that change with the ids of all of it.

        Answers that wait for an occurrence which is no more are dropped: an edit or a delete
        cancels what was postponed. `anew` forgets what is known to be settled (after an undo).
        """
        # An answer that was taken back is rung again by what it belongs to.
        found = self._touched({*ids, *_owners(ids)} if anew else ids, anew=anew)
        if self._lacks_prompts(ids):
            found[PROMPTS_KEY] = self._sources.prompts()
        if found:
            self._write(found, anew=anew)
        settings = [one for one in ids if leads_kind(one) is not None or about_repeats(one)]
        if settings:
            self._follow(settings)

    def _lacks_prompts(self, ids: Collection[str]) -> bool:
        """Tell whether the ideas of the days have to be looked at: wanted or not, or not known."""
        if PROMPTS in ids or any(map(about_prompts, ids)):
            return True
        if not is_on(self._care):
            return False
        # Somebody came to be cared for, or an idea was brought back, where there was none.
        return PROMPTS_KEY not in dict(self._care.store.due_entries(self._care.now))

    def _follow(self, settings: Collection[str]) -> None:
        """Look anew at whatever depends on these settings."""
        store, found = self._care.store, dict[str, Source | None]()
        kinds = {kind for one in settings if (kind := leads_kind(one)) is not None}
        for kind in USUAL_LEADS if "" in kinds else kinds:
            for one in store.all(Appointment, type=kind, plan=None, reminders=None):
                found[one.id] = one
        if any(about_repeats(one) for one in settings):
            waiting = store.shown_entries(max(AT_MOST))
            for sources in self._sources.all_called(waiting).values():
                found |= {key_of(one): one for one in sources}
        self._write(found, anew=True)

    def _write(self, found: Mapping[str, Source | None], *, anew: bool) -> None:
        read = self._read(found)
        spoken = [key for key in found if _id_of(key) in read.spoken]
        for key in spoken:
            source = found[key]
            if isinstance(source, Appointment):
                self._carry(source, read.near)
            self._drop_fallen(_id_of(key), read.near)
        if spoken:
            # What was carried along has other ids now.
            read = self._read(found)
        for key, source in found.items():
            self._index(key, source, read, anew=anew)

    def reindex(self, owners: set[str]) -> None:
        """Look anew at what was said or answered."""
        called = self._sources.all_called(owners)
        found = {key_of(one): one for sources in called.values() for one in sources}
        read = self._read(found)
        for key, source in found.items():
            self._index(key, source, read)
        for owner in owners.difference(called):
            self._care.store.set_due(owner, None)

    def build(self, *, all_of_it: bool) -> None:
        """Write the index anew for another zone of the computer; `all_of_it`: for other steps."""
        store, found = self._care.store, dict[str, Source]()
        for appointment in store.all(Appointment):
            # What is in a zone of its own stays where it is, but a floating infusion may now end
            # a visit's watch window at another moment.
            stays = isinstance(appointment.start, Zoned) and appointment.plan is None
            if all_of_it or not stays:
                found[appointment.id] = appointment
        found |= {key_of(source): source for source in self._sources.beside()}
        read = self._read(found)
        for key, source in found.items():
            self._index(key, source, read, anew=True)

    def _read(self, found: Mapping[str, Source | None]) -> _Read:
        """Return what the index of these entries is made of."""
        store, near = self._care.store, self._sources.surroundings()
        owners = {_id_of(key) for key in found}
        spoken = store.with_answers(owners)
        once = {
            _id_of(key)
            for key, source in found.items()
            if not (isinstance(source, Appointment) and source.rrule)
        }
        wishes = self._sayings.wishes()
        repeats = wishes.repeats
        return _Read(
            near,
            wishes,
            dict(store.due_entries(self._care.now)),
            spoken,
            store.answer_ids(once & spoken),
            store.postponed_entries(),
            store.shown_entries(repeats.most) if repeats.minutes else frozenset(),
        )

    # What was touched

    def _touched(self, ids: Collection[str], *, anew: bool) -> dict[str, Source | None]:
        """Return by their keys what was written, and what that may have changed."""
        store, found = self._care.store, dict[str, Source | None]()
        people: set[str] = set()
        alive = {one.id: one for one in store.by_ids(Appointment, ids)}
        others = set(ids).difference(alive)
        written = alive | {one.id: one for one in store.by_ids(Appointment, others, deleted=True)}
        plans = {one.id: one for one in store.by_ids(Plan, others, deleted=True)}
        gone: list[str] = []
        for entry in sorted(ids):
            if entry in written:
                found[entry] = alive.get(entry)
                if not written[entry].rrule:
                    people.add(written[entry].person)
            elif entry in plans:
                people.add(plans[entry].person)
                self._add_visits_of(plans[entry], found)
            elif entry != PROMPTS:
                gone.append(entry)
        insured = self._add_dated(ids, gone, found, anew=anew)
        if anew and len(gone) > len(insured):
            # Undo of an entry leaves nothing that tells whose it was.
            people.update(person.id for person in store.all(Person))
        self._add_near(people, found)
        return found

    def _add_near(self, people: Collection[str], found: dict[str, Source | None]) -> None:
        """Add the visits near today of these people.

        A watch window ends when the next infusion starts and lasts as long as its plan says, so
        that another visit's check-ins may come or go.
        """
        store, today = self._care.store, self._care.today
        for person in sorted(people):
            for visit in store.next_visits(person, today - _NEAR_BEFORE, _MOST_NEAR):
                if visit.plan is not None and wall(visit.start).date() <= today + _NEAR_AFTER:
                    found.setdefault(visit.id, visit)

    def _add_visits_of(self, plan: Plan, found: dict[str, Source | None]) -> None:
        """Add the later visits of a plan: its medicine and its parts say which steps they bring."""
        later = self._care.today + _NEAR_AFTER
        for visit in self._care.store.visits(plan.id):
            if is_infusion(visit) and wall(visit.start).date() > later:
                found.setdefault(visit.id, visit)

    def _add_dated(
        self,
        ids: Collection[str],
        gone: Collection[str],
        found: dict[str, Source | None],
        *,
        anew: bool,
    ) -> set[str]:
        """Add what is no appointment; return which of `gone` were such things.

        With an approval all others of the same person are added: one may go on where another ends.
        """
        store, insured, people = self._care.store, set[str](), set[str]()
        for kind in DATED.values():
            for one in store.by_ids(kind, ids):
                found[key_of(one)] = one
                insured.add(one.id)
                if isinstance(one, Authorisation):
                    people.add(one.person)
        for name, kind in DATED.items():
            for one in store.by_ids(kind, gone, deleted=True):
                found.setdefault(f"{name} {one.id}", None)
                insured.add(one.id)
                if isinstance(one, Authorisation):
                    people.add(one.person)
        # Undo of an approval leaves nothing that tells whose it was.
        everybody = store.all(Authorisation) if anew and set(gone) - insured else []
        of_people = [one for who in people for one in store.all(Authorisation, person=who)]
        for one in (*everybody, *of_people):
            found.setdefault(key_of(one), one)
        return insured.intersection(gone)

    # Answers

    def _carry(self, visit: Appointment, near: Surroundings) -> None:
        """Let what was answered of a visit stay answered under its new start."""
        if not is_infusion(visit) or visit.rrule:
            return
        store, start = self._care.store, to_text(visit.start)
        for answer in store.answers_of(visit.id).values():
            parts = split_id(answer.id)
            if parts is None or parts[1] == start or answer.state not in SETTLED:
                continue
            entry, old, minutes = parts
            what = entry.rpartition(":")[2]
            before = wall(parse_moment(old, None)).date()
            if not stays_answered(what, visit, before, near):
                continue
            moved = reminder_id(entry, start, minutes)
            there = store.get(Answer, moved)
            if there is None or there.state not in SETTLED:
                store.put(replace(answer, id=moved, changed=self._care.now))
            store.remove(Answer, answer.id, self._care.now)

    def _drop_fallen(self, owner: str, near: Surroundings) -> None:
        store = self._care.store
        waiting = [one.id for state in _OPEN for one in store.open_answers(state, owner)]
        if waiting:
            brought: set[str] = set()
            for source in self._sources.called(owner):
                brought |= reminders_with(waiting, source, near).keys()
            for id_ in waiting:
                if id_ not in brought:
                    store.remove(Answer, id_, self._care.now)

    # The index itself

    def _index(self, key: str, source: Source | None, read: _Read, *, anew: bool = False) -> None:
        """Write down from when on something of an entry may have to be said.

        `read` holds the index of all that has come; of what is not in it nothing is open so far.
        """
        store, now = self._care.store, self._care.now
        if source is None:
            store.set_due(key, None)
            return
        moments = list(self._said_again(source, read))
        if source.id in read.postponed:
            late = store.open_answers("later", source.id)
            moments += [answer.until for answer in late if answer.until]
        if isinstance(source, Appointment):
            since = earliest_enabled(source, read.near)
            # A single date is quickly looked through. A long series goes on from where it was,
            # unless its times have just been changed.
            if source.rrule and not anew and source.entered < now - SLACK:
                since = max(since, read.known.get(key, now))
            settled = read.answered
            if source.rrule and source.id in read.spoken:
                settled = store.answer_ids((source.id,), since - 2 * SLACK)
            at = earliest_open(source, since, settled.__contains__, read.near)
        else:
            at = earliest_beside(source, read.answered.__contains__, read.near)
        store.set_due(key, min(moments if at is None else [at, *moments], default=None))

    def _said_again(self, source: Source, read: _Read) -> Iterator[datetime]:
        """Yield from when on what waits for an answer has to be looked at: it rings again.

        That is its due moment: the clock may be set back behind the last time that it was said.
        """
        if source.id in read.said:
            most = read.wishes.repeats.most
            answers = self._care.store.open_answers("shown", source.id, at_most=most)
            brought = reminders_with([one.id for one in answers], source, read.near)
            for answer in answers:
                one = brought.get(answer.id)
                if one and self._sayings.rings_again(answer, one, read.wishes) is not None:
                    yield one.due


def _id_of(key: str) -> str:
    return key.rpartition(" ")[2]


def _owners(ids: Collection[str]) -> set[str]:
    """Return what the answers among these ids may belong to."""
    entries = {parts[0] for one in ids if (parts := split_id(one)) is not None}
    return entries | {owner_of(entry) for entry in entries}
