"""Days on which nothing should be planned, as the family says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.entities import BlockedDays, Person
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse

_DAYS = range(7)
_ONE_DAY = timedelta(days=1)


class BlockedService:
    """Keeps the days that don't suit."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def get(self, blocked_id: str) -> BlockedDays | None:
        """Return one by id."""
        return self._care.store.get(BlockedDays, blocked_id)

    def all(self, person: str | None = None) -> list[BlockedDays]:
        """Return those of everybody, or those that hold for one person."""
        found = self._care.store.all(BlockedDays)
        return [one for one in found if person is None or one.person in (None, person)]

    def on(self, day: date, person: str | None = None) -> list[BlockedDays]:
        """Return those that hold on a day."""
        return [one for one in self.all(person) if is_blocked(one, day)]

    def days(self, first: date, last: date, person: str | None = None) -> dict[date, str]:
        """Return the days from `first` to `last` that don't suit, with why ("" where none said).

        Looking at everybody, what holds for one of several people is said with the name.
        """
        blocked = self.all(person)
        if not blocked:
            return {}
        people = {one.id: one.name for one in self._care.store.all(Person)}
        several = person is None and len(people) > 1
        found: dict[date, list[str]] = {}
        for one in blocked:
            name = people.get(one.person or "", "") if several else ""
            said = ": ".join(part for part in (name, one.reason) if part)
            day = max(first, one.first)
            until = last if one.last is None else min(last, one.last)
            while day <= until:
                if is_blocked(one, day):
                    found.setdefault(day, []).append(said)
                day += _ONE_DAY
        return {day: ", ".join(dict.fromkeys(filter(None, why))) for day, why in found.items()}

    def check(self, blocked: BlockedDays) -> None:
        """Look whether days that don't suit can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: _check_span(blocked),
            lambda: _check_weekdays(blocked),
            lambda: texts.line(blocked.reason, "reason"),
        )

    def save(self, blocked: BlockedDays) -> BlockedDays:
        """Keep days that don't suit.

        Raises:
            FormRefused: they end before they begin, a weekday is none, or the reason is too long.
        """
        self.check(blocked)
        care = self._care
        old = self.get(blocked.id) if blocked.id else None
        with care.change("done.blocked_days", day=blocked.first.isoformat()):
            kept = replace(
                care.stamped(blocked, old),
                weekdays=tuple(sorted(set(blocked.weekdays))),
                reason=texts.line(blocked.reason, "reason"),
            )
            if kept.person is not None:
                care.person(kept.person)
            care.store.put(kept)
        return kept

    def remove(self, blocked_id: str) -> None:
        """Forget days that don't suit; undo brings them back.

        Raises:
            InputRefused: they are not there any more.
        """
        found = self.get(blocked_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=blocked_id)
        with self._care.change("done.blocked_days_removed", day=found.first.isoformat()):
            self._care.store.remove(BlockedDays, blocked_id, self._care.now)


def is_blocked(blocked: BlockedDays, day: date) -> bool:
    """Tell whether days that don't suit include a day."""
    within = blocked.first <= day and (blocked.last is None or day <= blocked.last)
    return within and (not blocked.weekdays or day.weekday() in blocked.weekdays)


def _check_span(blocked: BlockedDays) -> None:
    if blocked.last is not None and blocked.last < blocked.first:
        raise InputRefused("blocked.order", "last")


def _check_weekdays(blocked: BlockedDays) -> None:
    for day in blocked.weekdays:
        if day not in _DAYS:
            raise InputRefused("blocked.weekday", "weekdays", value=day)
