"""Calendar files: what of the calendar goes out, under which titles, with which alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from caregiver_app import __version__
from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.occurrences import touches
from caregiver_app.domain.reminders import lead_times
from caregiver_app.domain.rules import FIRST_YEAR, LAST_YEAR
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.files import save_atomically
from caregiver_app.integrations.ical import write_calendar
from caregiver_app.services.care import Care
from caregiver_app.services.reminder_settings import usual_leads
from caregiver_app.values import value


@value(kw_only=True)
class Wanted:
    """What of the calendar goes into a file; without anything named, all of it.

    What touches the days `first` to `last` (both included, None: no limit), is about `person`, of
    one of the `kinds` of appointments, and has one of the `ids` (a series or one of its changed
    dates: the whole series). `neutral` titles say nothing of health.
    """

    first: date | None = None
    last: date | None = None
    person: str | None = None
    kinds: frozenset[str] | None = None
    ids: frozenset[str] | None = None
    neutral: bool = False


EVERYTHING: Final = Wanted()
_FIRST_DAY: Final = date(FIRST_YEAR, 1, 1)
_LAST_DAY: Final = date(LAST_YEAR, 12, 31)
_MANY: Final = 50
"""Up to so many series are asked for one by one."""


class ExportService:
    """Writes the calendar as an .ics file; the same data always gives the same bytes."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def calendar(self, wanted: Wanted = EVERYTHING) -> bytes:
        """Return one calendar of what is wanted.

        Raises:
            InputRefused: its last day is before the first.
        """
        first, last = wanted.first, wanted.last
        if first is not None and last is not None and last < first:
            raise InputRefused("export.range", "to")
        return self.file_of(self.chosen(wanted), neutral=wanted.neutral)

    def file_of(self, chosen: Sequence[Appointment], *, neutral: bool = False) -> bytes:
        """Return one calendar of these appointments."""
        people = {person.id: person.name for person in self._care.store.all(Person)}
        usual = usual_leads(self._care).now
        titles = {one.id: _title(one.title, people.get(one.person, "")) for one in chosen}
        return write_calendar(
            chosen,
            name="Caregiver Companion",
            titles=titles,
            version=__version__,
            alarms={one.id: lead_times(one, usual) for one in chosen},
            places={one.id: one.place for one in chosen if one.place},
            neutral=neutral,
        )

    def chosen(self, wanted: Wanted) -> list[Appointment]:
        """Return the wanted appointments; a series always with all its changed dates."""
        low, high = wanted.first or _FIRST_DAY, wanted.last or _LAST_DAY
        everywhen = (low, high) == (_FIRST_DAY, _LAST_DAY)
        home = self._care.home
        return self._with_series(
            [
                one
                for one in self._near(wanted, low, high, everywhen=everywhen)
                if _is_wanted(one, wanted) and (everywhen or touches(one, low, high, home))
            ]
        )

    def _near(self, wanted: Wanted, low: date, high: date, *, everywhen: bool) -> list[Appointment]:
        """Return what has to be looked at, as little as possible."""
        store = self._care.store
        if wanted.ids is not None:
            named = [store.get(Appointment, each) for each in sorted(wanted.ids)]
            masters = [one for one in named if one is not None]
            return masters + [
                one for each in sorted(wanted.ids) for one in store.all(Appointment, series=each)
            ]
        if everywhen:
            return store.all(Appointment)
        return store.appointments_between(low, high, person=wanted.person)

    def _with_series(self, inside: list[Appointment]) -> list[Appointment]:
        """Return appointments with the series that they are dates of, and all dates of those."""
        store = self._care.store
        series = {one.series or one.id for one in inside if one.series or one.rrule}
        found = {one.id: one for one in inside}
        if len(series) > _MANY:
            family = store.all(Appointment)
        else:
            masters = [found.get(each) or store.get(Appointment, each) for each in sorted(series)]
            family = [one for one in masters if one is not None]
            for each in sorted(series):
                family += store.all(Appointment, series=each)
        found |= {one.id: one for one in family if (one.series or one.id) in series}
        return list(found.values())

    def save(self, path: Path, wanted: Wanted = EVERYTHING) -> int:
        """Write the calendar to `path`, all or nothing; return how many bytes.

        Raises:
            DataReadOnly, DiskTrouble, InputRefused: it could not be written; nothing changed.
        """
        data = self.calendar(wanted)
        save_atomically(path, data)
        return len(data)


def _is_wanted(one: Appointment, wanted: Wanted) -> bool:
    """Tell whether an appointment is one of those that were asked for, whenever it is."""
    if wanted.person is not None and one.person != wanted.person:
        return False
    if wanted.kinds is not None and one.type not in wanted.kinds:
        return False
    return wanted.ids is None or not wanted.ids.isdisjoint((one.id, one.series or one.id))


def _title(title: str, person: str) -> str:
    return f"{title} ({person})" if person else title
