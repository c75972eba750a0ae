"""What gets in each other's way in the calendar, told softly: nothing is ever refused for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.conflicts import Busy, Clash, Key, clashes
from caregiver_app.domain.entities import APPOINTMENT_TYPES, Appointment, Contact, Person
from caregiver_app.domain.occurrences import Occurrence, occurrences_on
from caregiver_app.domain.rest import visit_of_rest
from caregiver_app.domain.rides import minutes_ahead, needs_driver, ride_home
from caregiver_app.domain.times import AllDay, instant, wall, with_wall
from caregiver_app.services.blocked import BlockedService, is_blocked
from caregiver_app.services.care import Care
from caregiver_app.values import value

SOON_DAYS: Final = 7
"""So many days before it, a drive without a driver is worth a word."""
_FORM_DAYS: Final = 92
_MOST_IN_FORM: Final = 5
_KINDS: Final = frozenset(APPOINTMENT_TYPES) - {"medication"}
_ONE_DAY: Final = timedelta(days=1)


@value
class Conflict:
    """What is to be looked at on a day.

    `keys` are the occurrences that it is about, as (appointment id, occurrence key); `message` is
    the key of its sentence, `values` fill it: texts, dates and times of the day.
    """

    day: date
    keys: tuple[Key, ...]
    message: str
    values: dict[str, object]


class ConflictService:
    """Looks for what gets in each other's way; medicines never do."""

    def __init__(self, care: Care, blocked: BlockedService) -> None:
        self._care, self._blocked = care, blocked

    def between(self, first: date, last: date, person: str | None = None) -> list[Conflict]:
        """Return what is to be looked at on the days `first` to `last`, in order.

        With `person`, what concerns that person. What is cancelled or done concerns nobody.
        """
        found = self._occurrences(self._kept(first, last), first, last)
        told = self._told(found, person)
        return [one for one in told if first <= one.day <= last]

    def of(self, appointment: Appointment) -> list[Conflict]:
        """Return what an appointment would get into, as a form has it before it is kept.

        Of one that repeats, its dates of the next three months are looked at and the first few
        conflicts are told. That nobody drives yet is for the form to say.
        """
        home = self._care.home
        starts = Occurrence(appointment, appointment.start).day(home)
        first = max(starts, self._care.today) if appointment.rrule else starts
        last = first + timedelta(days=_FORM_DAYS) if appointment.rrule else first
        last += timedelta(minutes=appointment.minutes)
        others = [one for one in self._kept(first, last) if one.id != appointment.id]
        found = self._occurrences([*others, appointment], first, last)
        told = [
            one
            for one in self._told(found, None)
            if one.message != "conflict.no_driver" and _names(one, appointment.id)
        ]
        return told[:_MOST_IN_FORM]

    # -- Reading ----------------------------------------------------------------------------------

    def _kept(self, first: date, last: date) -> list[Appointment]:
        # A drive, or the way to a visit, may begin or end on the day beside.
        found = self._care.store.appointments_between(first - _ONE_DAY, last + _ONE_DAY)
        return [one for one in found if one.type in _KINDS]

    def _occurrences(
        self, appointments: Iterable[Appointment], first: date, last: date
    ) -> list[Occurrence]:
        # An hour to rest lies beside its visit on purpose.
        return [
            occurrence
            for one in appointments
            if one.type in _KINDS
            and one.status not in ("cancelled", "done")
            and visit_of_rest(one) is None
            for occurrence in occurrences_on(
                one, first - _ONE_DAY, last + _ONE_DAY, self._care.home
            )
        ]

    def _told(self, found: Sequence[Occurrence], person: str | None) -> list[Conflict]:
        home = self._care.home
        by_key = {(one.appointment.id, one.key): one for one in found}
        timed = [_busy(one, home) for one in found if not isinstance(one.start, AllDay)]
        names = {one.id: one.name for one in self._care.store.all(Person)}
        told = [
            self._clash(clash, by_key, names)
            for clash in clashes(timed)
            if person is None or person in (clash.first.person, clash.second.person)
        ]
        mine = [one for one in found if person in (None, one.appointment.person)]
        told += self._on_blocked_days(mine)
        told += self._while_closed(mine)
        told += self._without_driver(mine)
        return sorted(told, key=lambda one: (one.day, one.keys, one.message))

    # -- One kind each ----------------------------------------------------------------------------

    def _clash(
        self, clash: Clash, by_key: dict[Key, Occurrence], names: dict[str, str]
    ) -> Conflict:
        first, second = by_key[clash.first.key], by_key[clash.second.key]
        leave = wall(second.start) - timedelta(minutes=minutes_ahead(second.appointment))
        ends = wall(first.start) + timedelta(minutes=first.appointment.minutes)
        values: dict[str, object] = {
            "first": first.appointment.title,
            "second": second.appointment.title,
            "leave": leave.time(),
            "ends": ends.time(),
            "driver": first.appointment.driver,
            "one": names.get(first.appointment.person) or "…",
            "other": names.get(second.appointment.person) or "…",
        }
        keys = clash.first.key, clash.second.key
        return Conflict(second.day(self._care.home), keys, f"conflict.{clash.kind}", values)

    def _on_blocked_days(self, found: Sequence[Occurrence]) -> list[Conflict]:
        blocked = self._blocked.of_people()
        if not blocked:
            return []
        home, told = self._care.home, list[Conflict]()
        for one in found:
            day, whose = one.day(home), (None, one.appointment.person)
            hit = [each for each in blocked if each.person in whose and is_blocked(each, day)]
            if hit:
                reason = next((each.reason for each in hit if each.reason), "")
                message = "conflict.blocked_reason" if reason else "conflict.blocked"
                title = one.appointment.title
                values: dict[str, object] = {"title": title, "day": day, "reason": reason}
                told.append(Conflict(day, ((one.appointment.id, one.key),), message, values))
        return told

    def _while_closed(self, found: Sequence[Occurrence]) -> list[Conflict]:
        """Return what is planned at a clinic on a day on which it is closed."""
        closed, told = self._blocked.closed(), list[Conflict]()
        for one in found:
            day, clinic = one.day(self._care.home), one.appointment.contact
            hit = [each for each in closed if each.clinic == clinic and is_blocked(each, day)]
            contact = self._care.store.get(Contact, clinic) if hit and clinic else None
            if contact is None:
                continue
            reason = next((each.reason for each in hit if each.reason), "")
            message = "conflict.closed_reason" if reason else "conflict.closed"
            values: dict[str, object] = {
                "title": one.appointment.title,
                "clinic": contact.name,
                "day": day,
                "reason": reason,
            }
            told.append(Conflict(day, ((one.appointment.id, one.key),), message, values))
        return told

    def _without_driver(self, found: Sequence[Occurrence]) -> list[Conflict]:
        care, told = self._care, list[Conflict]()
        for one in found:
            if not needs_driver(one.appointment):
                continue
            day = one.day(care.home)
            if 0 <= (day - care.today).days <= SOON_DAYS and one.ends(care.home) > care.now:
                values: dict[str, object] = {"title": one.appointment.title, "day": day}
                key = (one.appointment.id, one.key)
                told.append(Conflict(day, (key,), "conflict.no_driver", values))
        return told


def _names(conflict: Conflict, appointment: str) -> bool:
    return any(key[0] == appointment for key in conflict.keys)


def _busy(occurrence: Occurrence, home: str) -> Busy:
    one = occurrence.appointment
    begins = leaves = occurrence.begins(home)
    ahead = minutes_ahead(one)
    if ahead:
        set_off = wall(occurrence.start) - timedelta(minutes=ahead)
        leaves = min(begins, instant(with_wall(occurrence.start, set_off), home))
    return Busy(
        key=(one.id, occurrence.key),
        person=one.person,
        leaves=leaves,
        begins=begins,
        ends=occurrence.ends(home),
        driver=" ".join(one.driver.casefold().split()),
        drives_home=ride_home(one) == "same",
        place=one.contact or " ".join(one.place.casefold().split()),
        is_drive=one.type == "drive",
    )
