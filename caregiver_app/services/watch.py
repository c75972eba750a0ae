"""The side-effect watchlist: writing down what was seen, and which day after an infusion it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment, CheckIn, SideEffect
from caregiver_app.domain.times import AllDay, Moment, Zoned, day_of, instant, refuse_gap, wall
from caregiver_app.domain.watch import Tier, check_temperature, days_since
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.check_ins import CheckInService
from caregiver_app.services.entry_history import differs, hand_over, keep_version, remove_parts
from caregiver_app.services.reminders import ReminderService
from caregiver_app.services.urgency import UNREAD, UrgencyService
from caregiver_app.storage.watching import going_on
from caregiver_app.values import value

NOTE_LIMIT: Final = 5000
"""So many characters fit into a form; a file may bring more."""
_LATEST: Final = time(23, 59)
_ELSEWHERE: Final = timedelta(hours=27)
"""So far the clocks of two places on earth differ, and a little more."""


@value
class SinceInfusion:
    """How many days after which infusion something was: `number` is None without a plan."""

    days: int
    number: int | None
    title: str
    visit: Appointment


class WatchService:
    """Side effects and check-ins."""

    def __init__(self, care: Care, reminders: ReminderService) -> None:
        self._care = care
        self.urgency = UrgencyService(care)
        self.check_ins = CheckInService(care, reminders)

    def urgency_of(self, entry: SideEffect) -> Tier:
        """Return the most urgent of sign, severity, fever, medicine rules and signs seen near it.

        Raises:
            InputRefused: the temperature is not one that a person can have.
        """
        return self.urgency.of(entry)

    def fever_limit(self, person: str) -> float:
        """Return the fever limit in degrees Celsius: the one the team gave, else the usual one."""
        return self.urgency.fever_limit(person)

    def fever_medicines(self, person: str) -> tuple[str, ...]:
        """Return the medicines, as typed, that make fever an emergency for a person."""
        known = self.urgency.medicines(person)
        return tuple(
            name
            for name, medicines in known.items()
            if name != UNREAD and any(one.fever_emergency for one in medicines)
        )

    def sign_name(self, sign: str) -> str:
        """Return the plain name of a sign; the family's own words stay as they are."""
        found = self._care.reference.sign(sign)
        return sign if found is None else found.name

    def save(self, entry: SideEffect, *, by_hand: bool = False) -> SideEffect:
        """Keep a new or corrected side effect; correcting one works its urgency out anew.

        How it was before stays in its history. With `by_hand` somebody writes it down now: then
        nothing of it can lie in the future, and its words have to fit into a form.

        Raises:
            FormRefused: fields are wrong.
        """
        self.check(entry)
        care = self._care
        with care.change(self.label_of(entry), sign=self.sign_name(entry.sign)):
            old = care.store.get(SideEffect, entry.id) if entry.id else None
            if by_hand:
                self._check_by_hand(entry, old)
            person = care.whose(entry.person, old)
            kept = replace(
                care.stamped(entry, old),
                person=person.id,
                sign=texts.title(entry.sign, "sign"),
                text=texts.paragraphs(entry.text),
                done=texts.paragraphs(entry.done, "done"),
                told=texts.paragraphs(entry.told, "told"),
                urgency=self.urgency_of(replace(entry, person=person.id)).value,
            )
            if old is not None and differs(old, kept):
                keep_version(care, "side_effect", old)
            care.store.put(kept)
            hand_over(care, old, kept)
            if by_hand:
                self.check_ins.drop_nothing(kept.person, day_of(kept.at, care.home))
            self._raise_others(kept)
        return kept

    def _raise_others(self, kept: SideEffect) -> None:
        """Make entries more urgent that are so because of this one; how they were is kept."""
        care = self._care
        for other in self.urgency.raised_by(kept):
            old = care.store.get(SideEffect, other.id)
            if old is not None:
                keep_version(care, "side_effect", old)
            care.store.put(care.stamped(other, old))

    def label_of(self, entry: SideEffect) -> str:
        """Return the message key of what saving it is called: new, or corrected."""
        known = entry.id and self.get(entry.id) is not None
        return "done.side_effect_changed" if known else "done.side_effect"

    def check(self, entry: SideEffect) -> None:
        """Look whether a side effect can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.title(entry.sign, "sign"),
            lambda: texts.whole(entry.severity, 1, 4, "severity"),
            lambda: refuse_gap(entry.at, "at"),
            lambda: texts.paragraphs(entry.text),
            lambda: texts.paragraphs(entry.done, "done"),
            lambda: texts.paragraphs(entry.told, "told"),
            lambda: entry.temperature_c is None or check_temperature(entry.temperature_c),
            lambda: self._check_end(entry),
        )

    def _check_end(self, entry: SideEffect) -> None:
        if entry.ended is None:
            return
        if entry.going_on:
            raise InputRefused("side_effect.ended_goes_on", "ended")
        begun = instant(entry.at, self._care.home)
        # Without a zone it may have been written down on a computer that is elsewhere.
        if entry.ended < begun - (timedelta() if isinstance(entry.at, Zoned) else _ELSEWHERE):
            raise InputRefused("side_effect.ended_before", "ended")

    def _check_by_hand(self, entry: SideEffect, old: SideEffect | None) -> None:
        """Refuse what only a form refuses; words that were longer before may stay as they are."""
        now, home = self._care.now, self._care.home

        def not_later(at: datetime | None, field: str) -> None:
            if at is not None and at > now:
                raise InputRefused("side_effect.future", field)

        def ends_later() -> None:
            if entry.ended is not None and entry.ended < instant(entry.at, home):
                raise InputRefused("side_effect.ended_before", "ended")

        def fits(name: str, field: str) -> None:
            words: str = getattr(entry, name)
            if old is None or words != getattr(old, name):
                texts.paragraphs(words, field, NOTE_LIMIT)

        refuse(
            lambda: not_later(instant(entry.at, home), "at"),
            lambda: not_later(entry.ended, "ended"),
            ends_later,
            *(lambda name=name: fits(name, name) for name in ("text", "done", "told")),
        )

    def remove(self, entry_id: str) -> None:
        """Delete a side effect with its photo and its history; undo brings all of it back."""
        found = self._there(entry_id)
        care = self._care
        with care.change("done.side_effect_removed", sign=self.sign_name(found.sign)):
            care.store.remove(SideEffect, entry_id, care.now)
            remove_parts(care, entry_id)

    def close(self, entry_id: str, at: Moment | None = None) -> SideEffect:
        """End a side effect that goes on, at `at` or now, as one undoable step.

        Raises:
            InputRefused: it is not there, or `at` lies before its beginning or in the future.
        """
        found = self._there(entry_id)
        care = self._care
        ended = care.now if at is None else instant(at, care.home)
        begun = instant(found.at, care.home)
        if ended > care.now:
            raise InputRefused("side_effect.future", "ended")
        if ended < begun:
            raise InputRefused("side_effect.ended_before", "ended")
        kept = replace(found, going_on=False, ended=ended, changed=care.now)
        with care.change("done.side_effect_over", sign=self.sign_name(found.sign)):
            keep_version(care, "side_effect", found)
            care.store.put(kept)
        return kept

    def going_on(self, person: str) -> list[SideEffect]:
        """Return a person's side effects that have no end yet, the newest first."""
        return going_on(self._care.store, person)

    def lasted(self, entry: SideEffect) -> timedelta | None:
        """Return how long a side effect lasted, None where nobody said from when until when."""
        if entry.ended is None or isinstance(entry.at, AllDay):
            return None
        return max(timedelta(), entry.ended - instant(entry.at, self._care.home))

    def _there(self, entry_id: str) -> SideEffect:
        found = self.get(entry_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=entry_id)
        return found

    def get(self, entry_id: str) -> SideEffect | None:
        """Return one side effect by id."""
        return self._care.store.get(SideEffect, entry_id)

    def entries(
        self, first: date, last: date, person: str | None = None
    ) -> list[SideEffect | CheckIn]:
        """Return side effects and check-ins of the days `first` to `last`, newest first."""
        home = self._care.home
        found: list[SideEffect | CheckIn] = [
            *self._care.store.side_effects_between(first, last, person=person),
            *self._care.store.checkins_between(first, last, person=person),
        ]

        def order(entry: SideEffect | CheckIn) -> tuple[date, float]:
            if isinstance(entry, CheckIn):
                return entry.date, entry.created.timestamp()
            return day_of(entry.at, home), instant(entry.at, home).timestamp()

        return sorted(found, key=order, reverse=True)

    def since_entry(self, entry: SideEffect) -> SinceInfusion | None:
        """Return how many days after which infusion a side effect was, None before any.

        What was seen in the hours before an infusion belongs to the one before; of a whole day
        nobody knows the hour, so it is of the infusion of that day.
        """
        return self.since(entry.person, *day_and_hour(entry.at))

    def since(self, person: str, day: date, hour: time = _LATEST) -> SinceInfusion | None:
        """Return how many days after the person's latest infusion `day` is, None before any.

        An infusion that was cancelled does not count; one planned for `day` does, from its
        `hour` on.
        """
        visit = self._care.store.last_visit_before(person, f"{day.isoformat()}T{hour:%H:%M}")
        if visit is None:
            return None
        days = days_since(wall(visit.start).date(), day)
        return SinceInfusion(days, visit.dose, visit.title, visit)

    # -- Check-ins: `services.check_ins` keeps them -----------------------------------------------

    def check_numbers(self, entry: CheckIn) -> None:
        """Look whether a check-in can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        self.check_ins.check(entry)

    def check_in(self, entry: CheckIn, *, by_hand: bool = False) -> CheckIn:
        """Keep how a day was (`CheckInService.save`).

        Raises:
            FormRefused: a number is not 0 to 10, or the text cannot be taken.
            InputRefused: `by_hand`, and a sign stands against "nothing".
        """
        return self.check_ins.save(entry, by_hand=by_hand)

    def remove_check_in(self, entry_id: str) -> None:
        """Delete a check-in; undo brings it back.

        Raises:
            InputRefused: it is not there any more.
        """
        self.check_ins.remove(entry_id)


def day_and_hour(at: Moment) -> tuple[date, time]:
    """Return the wall day and hour by which an entry is linked to the infusion before it."""
    local = wall(at)
    return local.date(), _LATEST if isinstance(at, AllDay) else local.time()
