"""Dates of a repeating appointment that were changed on their own, and what keeps them in step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from caregiver_app.domain.entities import Answer, Appointment
from caregiver_app.domain.moved_rules import Shift
from caregiver_app.domain.reminders import split_id
from caregiver_app.domain.series import (
    Carried,
    Fresh,
    carried_one,
    differences,
    is_date,
    moment_of,
    wall_of,
    with_left_out,
)
from caregiver_app.domain.series_follow import Followed, follow
from caregiver_app.domain.times import instant, to_text, wall, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care

_LONGEST_LEAD = timedelta(days=400)
"""Longer than any reminder comes before its date."""
_TIMES = ("start", "minutes", "rrule", "exdates", "rdates")


class ChangedDates:
    """The changed dates of every series."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def of(self, series: str) -> list[Appointment]:
        """Return the changed dates of a series, in order."""
        return self._care.store.changed_dates(series)

    def fresh(self) -> Fresh:
        """Return what a change needs from outside."""
        return Fresh(self._care.now, self._care.new_id)

    def series_of(self, one: Appointment) -> Appointment | None:
        """Return the series of a changed date, None for anything else."""
        return None if one.series is None else self._care.store.get(Appointment, one.series)

    def check(self, new: Appointment, old: Appointment | None) -> Appointment | None:
        """Return the series of which `new` is a changed date, None where it is none.

        Raises:
            InputRefused: the series does not exist or repeat, or has no such date, or it was
                changed already; or what is kept already would become another date; or it repeats.
        """
        if old is not None and (new.series, new.original) != (old.series, old.original):
            raise InputRefused("series.fixed", "series")
        if new.series is None:
            if new.original and old is None:
                # Only a calendar file brings a date without its series.
                raise InputRefused("series.missing", "original")
            if new.original:
                _refuse_repeating(new)
            return None
        master = self._care.store.get(Appointment, new.series)
        if master is None or not master.rrule:
            raise InputRefused("series.unknown", "series", id=new.series)
        _refuse_repeating(new)
        if old is None:
            self._check_date(new, master)
        return master

    def _check_date(self, new: Appointment, master: Appointment) -> None:
        moment = moment_of(master, new.original)
        key = to_text(moment)
        if not is_date(master, wall(moment)) and key not in master.exdates:
            raise InputRefused("series.no_such_date", "original", title=master.title, value=key)
        if any(one.original == key for one in self.of(master.id)):
            raise InputRefused("series.taken", "original", title=master.title, value=key)

    def begun(self, new: Appointment, series: Appointment) -> Appointment:
        """Return a new changed date as one of its series, which was entered with it.

        Another time counts as entered now.
        """
        moment = moment_of(series, new.original)
        return replace(
            new,
            uid=series.uid,
            original=to_text(moment),
            sequence=series.sequence + 1,
            entered=series.entered if new.start == moment else new.entered,
        )

    def leave_out(self, one: Appointment, series: Appointment) -> None:
        """Let a series leave a date out that was changed on its own; its answers go along."""
        if one.original not in series.exdates:
            keys = (*series.exdates, one.original)
            self._care.store.put(with_left_out(series, keys, self.fresh()))
            moment = moment_of(series, one.original)
            if one.start == moment:
                self.carry((carried_one(series.id, one.id, moment),))

    def follow(self, old: Appointment, new: Appointment) -> Appointment:
        """Keep the answers and changed dates in step; return the series leaving the latter out.

        Those that the series does not have any more become appointments of their own.
        """
        shift = Shift(old.start, new.start)
        self.carry(self.moved(old, new))
        rows = self.of(old.id) if old.rrule else []
        if not rows or not _concerns(old, new):
            return new
        theirs = {row.original for row in rows}
        theirs |= {to_text(with_wall(new.start, shift.local(wall_of(one)))) for one in theirs}
        bare = with_left_out(new, set(new.exdates) - theirs, self.fresh())
        followed: Followed = follow(bare, old, rows, shift, self.fresh())
        store, now = self._care.store, self._care.now
        for row in followed.put:
            store.put(row)
        for row in followed.removed:
            store.remove(Appointment, row, now)
        self.carry(followed.carried)
        return followed.master

    @staticmethod
    def moved(old: Appointment, new: Appointment) -> list[Carried]:
        """Return what goes along when an appointment moves: what was given stays given."""
        shift = Shift(old.start, new.start)
        begins_later = bool(old.rrule and shift.days)
        if old.type != "medication" or shift.is_still or begins_later:
            return []
        ever = wall(old.start) - _LONGEST_LEAD
        return [Carried(old.id, old.id, ever, datetime.max, shift)]  # noqa: DTZ901

    def remove_with(self, one: Appointment) -> None:
        """Remove an appointment with its changed dates; a changed date is left out for good."""
        care = self._care
        for row in self.of(one.id):
            care.store.remove(Appointment, row.id, care.now)
        care.store.remove(Appointment, one.id, care.now)
        master = self.series_of(one)
        if master is not None:
            keys = (*master.exdates, one.original)
            care.store.put(with_left_out(master, keys, self.fresh()))

    def carry(self, carried: Iterable[Carried]) -> None:
        """Let answers go along to the ids under which the same reminders come from now on.

        So nothing rings again after its answer.
        """
        store = self._care.store
        for one in carried:
            source = store.get(Appointment, one.source, deleted=True)
            if source is None:
                continue
            since = instant(with_wall(source.start, one.low), self._care.home) - _LONGEST_LEAD
            answers = store.answers_of(one.source, since)
            going = {id_: made for id_, each in answers.items() if (made := _carried(each, one))}
            if one.shift is not None:
                for id_ in going:
                    store.remove(Answer, id_, self._care.now)
            for made in going.values():
                store.put(made)


def _carried(answer: Answer, one: Carried) -> Answer | None:
    """Return an answer under the id to which it goes along, None where it does not."""
    parts = split_id(answer.id)
    if parts is None or not one.low <= wall_of(parts[1]) < one.high:
        return None
    (entry, key, minutes), shift = parts, one.shift
    what = entry[len(one.source) :]
    values = {name: getattr(answer, name) for name in _ANSWERED}
    if shift is not None:
        if answer.state not in ("done", "skipped"):
            return None
        key = shift.key(key)
        values["due"] = answer.due + (wall(shift.after) - wall(shift.before))
    return Answer(id=f"{one.target}{what}/{key}/{minutes}", entry=one.target, **values)


_ANSWERED = (
    "due", "state", "shown", "until", "answered", "reason", "delivery", "created", "changed",
)  # fmt: skip


def _refuse_repeating(new: Appointment) -> None:
    if new.rrule or new.rdates or new.exdates:
        raise InputRefused("series.no_repeat", "rrule")


def _concerns(old: Appointment, new: Appointment) -> bool:
    moved = any(getattr(old, name) != getattr(new, name) for name in _TIMES)
    return moved or bool(differences(old, new))
