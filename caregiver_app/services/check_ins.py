"""How a day was: one check-in a day and person, in five numbers and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import CheckIn
from caregiver_app.domain.reminders import CHECK_INS, Reminder
from caregiver_app.domain.times import AllDay, day_of, instant, local_day
from caregiver_app.domain.watch import SCALES
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.entry_history import differs, hand_over, keep_version, remove_parts
from caregiver_app.services.reminders import ReminderService
from caregiver_app.storage.diary import DayTold
from caregiver_app.storage.watching import side_effects_near

_HIGHEST: Final = 10
_WORDS_BACK: Final = timedelta(days=120)
"""How far back the words of a family are looked for."""


class CheckInService:
    """Check-ins, and the reminders that ask for one."""

    def __init__(self, care: Care, reminders: ReminderService) -> None:
        self._care = care
        self._reminders = reminders

    def get(self, entry_id: str) -> CheckIn | None:
        """Return one check-in by id."""
        return self._care.store.get(CheckIn, entry_id)

    def of_day(self, person: str, day: date) -> CheckIn | None:
        """Return the check-in of a person's day, the first one where a file brought several."""
        found = self._care.store.checkins_between(day, day, person=person)
        return found[0] if found else None

    def words(self, person: str, limit: int) -> list[str]:
        """Return what the family wrote lately as possible on a day, the newest first."""
        today = self._care.today
        found = self._care.store.checkins_between(today - _WORDS_BACK, today, person=person)
        told = (one.possible.strip() for one in reversed(found))
        return list(dict.fromkeys(words for words in told if words))[:limit]

    def check(self, entry: CheckIn) -> None:
        """Look whether a check-in can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            *(lambda name=name: _check_scale(entry, name) for name in SCALES),
            lambda: texts.paragraphs(entry.text),
            lambda: texts.paragraphs(entry.possible, "possible"),
        )

    def asked_day(self, person: str) -> date:
        """Return the day that a reminder asks about now: yesterday when it came then, else today.

        Of several the latest counts.
        """
        today = self._care.today
        days = [local_day(one.due, self._care.home) for one in self._asking(person)]
        return max(days, default=today) if today - timedelta(days=1) in days else today

    def check_day(self, day: date) -> None:
        """Look whether a day can have been already.

        Raises:
            InputRefused: it is still to come.
        """
        if day > self._care.today:
            raise InputRefused("checkin.future", "date", day=day.isoformat())

    def check_nothing(self, person: str, day: date) -> None:
        """Look whether it can be said that there was nothing on a person's day.

        Raises:
            InputRefused: a sign of that day is written down, or one went on.
        """
        care = self._care
        low = instant(AllDay(day), care.home)
        high = instant(AllDay(day + timedelta(days=1)), care.home)
        for one in side_effects_near(care.store, person, low, high):
            begun = day_of(one.at, care.home)
            known = care.reference.sign(one.sign)
            name = one.sign if known is None else known.name
            if begun == day:
                raise InputRefused("checkin.sign_written", "date", sign=name)
            if begun < day and one.going_on:
                raise InputRefused("checkin.sign_goes_on", "date", sign=name)
            if begun < day and one.ended is not None and one.ended > low:
                raise InputRefused("checkin.sign_went_on", "date", sign=name)

    def drop_nothing(self, person: str, day: date) -> None:
        """Take away a check-in that only says "nothing" of a day of which a sign is written.

        Called inside the change that keeps the sign. Somebody's own words stay.
        """
        for one in self._care.store.checkins_between(day, day, person=person):
            if is_empty(one):
                remove_parts(self._care, one.id)
                self._care.store.remove(CheckIn, one.id, self._care.now)

    def save(self, entry: CheckIn, *, by_hand: bool = False) -> CheckIn:
        """Keep how a day was; one that says nothing else says "nothing today".

        One without an id completes what is there of that person and day: what it leaves out stays.
        A check-in of today answers the person's reminders that ask for one now, one of a day
        before those that came on that day. With `by_hand` somebody writes it down now: then
        "nothing" is refused of a day of which a sign says otherwise.

        Raises:
            FormRefused: a number is not 0 to 10, or the text cannot be taken.
            InputRefused: a sign stands against "nothing" (`check_nothing`).
        """
        self.check(entry)
        care = self._care
        with care.change("done.checkin", day=entry.date.isoformat()):
            old = self.get(entry.id) if entry.id else None
            person = care.whose(entry.person, old)
            if not entry.id:
                old = self.of_day(person.id, entry.date)
                entry = entry if old is None else _completed(old, entry)
            kept = replace(
                care.stamped(entry, old),
                person=person.id,
                text=texts.paragraphs(entry.text),
                possible=texts.paragraphs(entry.possible, "possible"),
            )
            if by_hand and is_empty(kept) and (old is None or not is_empty(old)):
                self.check_nothing(person.id, kept.date)
            if old is not None and differs(old, kept):
                keep_version(care, "checkin", old)
            care.store.put(kept)
            hand_over(care, old, kept)
            self._answer(kept)
        return kept

    def _answer(self, kept: CheckIn) -> None:
        for reminder in self._asking(kept.person):
            due = local_day(reminder.due, self._care.home)
            if kept.date in (self._care.today, due):
                self._reminders.answer(reminder.id, "done")

    def _asking(self, person: str) -> Sequence[Reminder]:
        found = self._reminders.open_now()
        return [one for one in found if one.person == person and one.what in CHECK_INS]

    def remove(self, entry_id: str) -> None:
        """Delete a check-in; undo brings it back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self.get(entry_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=entry_id)
        with self._care.change("done.checkin_removed", day=found.date.isoformat()):
            remove_parts(self._care, entry_id)
            self._care.store.remove(CheckIn, entry_id, self._care.now)


def says_nothing(entry: CheckIn | DayTold) -> bool:
    """Tell whether a check-in only says that there was nothing."""
    told = entry.flare or entry.possible.strip()
    return not told and all(getattr(entry, name) is None for name in SCALES)


def is_empty(entry: CheckIn | DayTold) -> bool:
    """Tell whether a check-in says that there was nothing, and not one word beside it."""
    return says_nothing(entry) and not entry.text.strip()


def _check_scale(entry: CheckIn, name: str) -> None:
    value: int | None = getattr(entry, name)
    if value is not None:
        texts.whole(value, 0, _HIGHEST, name)


def _completed(old: CheckIn, new: CheckIn) -> CheckIn:
    """Return `old` with what `new` tells."""
    numbers = {
        name: getattr(old, name) if getattr(new, name) is None else getattr(new, name)
        for name in SCALES
    }
    return replace(
        old,
        **numbers,
        text=_both(old.text, new.text),
        possible=new.possible.strip() or old.possible,
        flare=old.flare or new.flare,
    )


def _both(old: str, new: str) -> str:
    parts = [part for part in (old.strip(), new.strip()) if part]
    return "\n".join(dict.fromkeys(parts))
