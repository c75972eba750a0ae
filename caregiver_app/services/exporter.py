"""Calendar files: what of the calendar goes out, under which titles, with which alarms."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from caregiver_app import __version__
from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.occurrences import occurrences_on
from caregiver_app.domain.reminders import lead_times
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.files import save_atomically
from caregiver_app.integrations.ical import write_calendar
from caregiver_app.services.care import Care


class ExportService:
    """Writes the calendar as an .ics file; the same data always gives the same bytes."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def calendar(
        self, first: date | None = None, last: date | None = None, *, neutral: bool = False
    ) -> bytes:
        """Return one calendar of everything, or of what touches the days `first` to `last`.

        `neutral` titles say nothing of health.

        Raises:
            InputRefused: `last` is before `first`.
        """
        if first is not None and last is not None and last < first:
            raise InputRefused("export.range", "to")
        chosen = self._chosen(first, last)
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

    def _chosen(self, first: date | None, last: date | None) -> list[Appointment]:
        """Return what touches these days; a series always with all its changed dates."""
        everything = self._care.store.all(Appointment)
        inside = [one for one in everything if self._in(one, first, last)]
        series = {one.series or one.id for one in inside}
        return [one for one in everything if (one.series or one.id) in series]

    def _in(self, one: Appointment, first: date | None, last: date | None) -> bool:
        if first is None and last is None:
            return True
        low = first or date(1900, 1, 1)
        high = last or self._care.today + timedelta(days=3660)
        return bool(occurrences_on(one, low, high, self._care.home))

    def save(
        self,
        path: Path,
        first: date | None = None,
        last: date | None = None,
        *,
        neutral: bool = False,
    ) -> int:
        """Write the calendar to `path`, all or nothing; return how many bytes.

        Raises:
            DataReadOnly, DiskTrouble, InputRefused: it could not be written; nothing changed.
        """
        data = self.calendar(first, last, neutral=neutral)
        save_atomically(path, data)
        return len(data)


def _title(title: str, person: str) -> str:
    return f"{title} ({person})" if person else title
