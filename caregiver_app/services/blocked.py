"""Days on which nothing should be planned, as the family says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.entities import BlockedDays, Contact, Person
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.care import Care, refuse

_DAYS = range(7)
_ONE_DAY = timedelta(days=1)


class BlockedService:
    """Keeps the days that don't suit."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def get(self, blocked_id: str) -> BlockedDays | None:
        """Return days that don't suit, or that a clinic is closed on, by id."""
        return self._care.store.get(BlockedDays, blocked_id)

    def all(self, person: str | None = None) -> list[BlockedDays]:
        """Return those of everybody, or those that hold for one person; closed clinics' as well."""
        found = self._care.store.all(BlockedDays)
        return [one for one in found if person is None or one.person in (None, person)]

    def of_people(self, person: str | None = None) -> list[BlockedDays]:
        """Return those of everybody, or those that hold for one person, without closed clinics."""
        return [one for one in self.all(person) if one.clinic is None]

    def closed(self, clinic: str | None = None) -> list[BlockedDays]:
        """Return the days on which clinics are closed, or one clinic (a contact's id) is."""
        found = self._care.store.all(BlockedDays)
        return [one for one in found if one.clinic and clinic in (None, one.clinic)]

    def why_closed(self, clinic: str | None, day: date) -> str | None:
        """Return why a clinic is closed on a day ("" where nobody said), None when it is open."""
        if clinic is None:
            return None
        hit = [one.reason for one in self.closed(clinic) if is_blocked(one, day)]
        return next(filter(None, hit), "") if hit else None

    def on(self, day: date, person: str | None = None) -> list[BlockedDays]:
        """Return those that hold on a day, without closed clinics."""
        return [one for one in self.of_people(person) if is_blocked(one, day)]

    def days(self, first: date, last: date, person: str | None = None) -> dict[date, str]:
        """Return the days from `first` to `last` that don't suit, with why ("" where none said).

        Days on which only a clinic is closed are not among them. Looking at everybody, what holds
        for one of several people is said with the name.
        """
        blocked = self.of_people(person)
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
            lambda: _check_clinic(blocked),
        )

    def save(self, blocked: BlockedDays) -> BlockedDays:
        """Keep days that don't suit.

        Raises:
            FormRefused: they end before they begin, a weekday is none, the clinic is not there or
                is closed for one person only, or the reason is too long.
        """
        self.check(blocked)
        care = self._care
        old = self.get(blocked.id) if blocked.id else None
        clinic = self._clinic(blocked, old)
        label = "done.blocked_days" if clinic is None else "done.closed_days"
        name = "" if clinic is None else clinic.name
        with care.change(label, day=blocked.first.isoformat(), name=name):
            kept = replace(
                care.stamped(blocked, old),
                weekdays=tuple(sorted(set(blocked.weekdays))),
                reason=texts.line(blocked.reason, "reason"),
            )
            if kept.person is not None:
                care.person(kept.person)
            care.store.put(kept)
        return kept

    def _clinic(self, blocked: BlockedDays, old: BlockedDays | None) -> Contact | None:
        """Return the clinic that is closed, None for days of people."""
        clinic = blocked.clinic
        if clinic is None:
            return None
        found = self._care.store.get(Contact, clinic) if texts.is_whole(clinic) else None
        if found is None and (old is None or old.clinic != clinic):
            raise FormRefused([InputRefused("contact.unknown", "clinic", id=clinic)])
        return found

    def remove(self, blocked_id: str) -> None:
        """Forget days that don't suit; undo brings them back.

        Raises:
            InputRefused: they are not there any more.
        """
        found = self.get(blocked_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=blocked_id)
        label = "done.blocked_days_removed" if found.clinic is None else "done.closed_days_removed"
        with self._care.change(label, day=found.first.isoformat()):
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


def _check_clinic(blocked: BlockedDays) -> None:
    if blocked.clinic is not None and blocked.person is not None:
        raise InputRefused("blocked.clinic_person", "clinic")
