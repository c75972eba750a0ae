"""New events that look like an entry which is there already, under another UID.

A clinic and a shared calendar may both tell of one blood test. What begins at the same time (on the
same day where it is for whole days) and has nearly the same title, or the same place and kind, is
named in the preview; nothing is ever merged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.series import is_date
from caregiver_app.domain.times import AllDay, Moment, Zoned, in_zone, instant, wall
from caregiver_app.integrations.incoming import Remark
from caregiver_app.services.care import Care

_WORD: Final = re.compile(r"\w+")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
Words = tuple[str, ...]


def when_text(moment: Moment) -> str:
    """Return "Tue 8 Dec 2026 09:00", the bare day for a whole one."""
    local = wall(moment)
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    hour = "" if isinstance(moment, AllDay) else f" {local:%H:%M}"
    return f"{day} {local.year}{hour}"


class Doubles:
    """Finds what a new entry looks like among what is kept."""

    def __init__(self, care: Care, uids: Collection[str]) -> None:
        """`uids` are those of the file: what has one of them is told apart by the file itself."""
        self._care, self._uids = care, uids
        self._names: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[str, int], dict[datetime | date, list[Appointment]]] = {}
        self._series: dict[str, list[Appointment]] = {}

    def remark(self, new: Appointment) -> Remark | None:
        """Return what to say of a new entry that looks like one that is there."""
        if not new.person or new.original:
            return None
        part = new.person, wall(new.start).year
        if part not in self._found:
            self._found[part] = self._look(*part)
        titled = self._words(new)
        there = self._found[part].get(self._at(new.start), ())
        for one in (*there, *self._series[new.person]):
            alike = (titled and titled == self._words(one)) or _same_place(new, one)
            if alike and (not one.rrule or self._is_date_of(one, new.start)):
                values = {"title": one.title, "when": when_text(self._shown(new.start))}
                return Remark(key="import.looks_like", values=values)
        return None

    def _look(self, person: str, year: int) -> dict[datetime | date, list[Appointment]]:
        """Return what begins in a year, by its start, so that no step of a preview takes long."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        kept = self._care.store.appointments_between(first, last, person=person)
        found: dict[datetime | date, list[Appointment]] = {}
        for one in self._others(kept):
            if not one.rrule:
                found.setdefault(self._at(one.start), []).append(one)
        self._series[person] = [one for one in self._others(kept) if one.rrule]
        return found

    def _others(self, kept: Iterable[Appointment]) -> Iterable[Appointment]:
        return (one for one in kept if one.uid not in self._uids and one.status != "cancelled")

    def _at(self, start: Moment) -> datetime | date:
        return start.day if isinstance(start, AllDay) else instant(start, self._care.home)

    def _is_date_of(self, series: Appointment, start: Moment) -> bool:
        if isinstance(start, AllDay) != isinstance(series.start, AllDay):
            return False
        if isinstance(start, AllDay):
            return is_date(series, wall(start))
        zone = series.start.zone if isinstance(series.start, Zoned) else self._care.home
        local = in_zone(instant(start, self._care.home), zone).replace(tzinfo=None, fold=0)
        return is_date(series, local)

    def _shown(self, start: Moment) -> Moment:
        """Return a start by the clock at home."""
        if not isinstance(start, Zoned):
            return start
        home = self._care.home
        return Zoned(in_zone(instant(start, home), home).replace(tzinfo=None, fold=0), home)

    def _words(self, one: Appointment) -> Words:
        """Return the words of a title without those of the person's name."""
        if one.person not in self._names:
            name = self._care.name_of(one.person).casefold()
            self._names[one.person] = frozenset(_WORD.findall(name))
        found = _WORD.findall(one.title.casefold())
        return tuple(word for word in found if word not in self._names[one.person])


def _same_place(new: Appointment, one: Appointment) -> bool:
    place = " ".join(new.place.casefold().split())
    return bool(place) and new.type == one.type and place == " ".join(one.place.casefold().split())
