"""Calendar files: what of the calendar goes out, under which titles, with which alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from caregiver_app import __version__
from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.occurrences import occurrences_on
from caregiver_app.domain.reminders import lead_times
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.files import save_atomically
from caregiver_app.integrations.ical import write_calendar
from caregiver_app.services.care import Care
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
        titles = {one.id: _title(one.title, people.get(one.person, "")) for one in chosen}
        return write_calendar(
            chosen,
            name="Caregiver Companion",
            titles=titles,
            version=__version__,
            alarms={one.id: lead_times(one) for one in chosen},
            places={one.id: one.place for one in chosen if one.place},
            neutral=neutral,
        )

    def chosen(self, wanted: Wanted) -> list[Appointment]:
        """Return the wanted appointments; a series always with all its changed dates."""
        everything = self._care.store.all(Appointment)
        inside = [one for one in everything if self._is_wanted(one, wanted)]
        series = {one.series or one.id for one in inside}
        return [one for one in everything if (one.series or one.id) in series]

    def _is_wanted(self, one: Appointment, wanted: Wanted) -> bool:
        if wanted.person is not None and one.person != wanted.person:
            return False
        if wanted.kinds is not None and one.type not in wanted.kinds:
            return False
        if wanted.ids is not None and wanted.ids.isdisjoint((one.id, one.series or one.id)):
            return False
        first, last = wanted.first, wanted.last
        if first is None and last is None:
            return True
        low = first or date(1900, 1, 1)
        high = last or self._care.today + timedelta(days=3660)
        return bool(occurrences_on(one, low, high, self._care.home))

    def save(self, path: Path, wanted: Wanted = EVERYTHING) -> int:
        """Write the calendar to `path`, all or nothing; return how many bytes.

        Raises:
            DataReadOnly, DiskTrouble, InputRefused: it could not be written; nothing changed.
        """
        data = self.calendar(wanted)
        save_atomically(path, data)
        return len(data)


def _title(title: str, person: str) -> str:
    return f"{title} ({person})" if person else title
