"""What the list of coming days says: headings for days, a row for each appointment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.times import AllDay, Zoned, day_of
from caregiver_app.gui.calendar.month_model import Day, start_text
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.chips import ChipKind
from caregiver_app.gui.widgets.rows import Row
from caregiver_app.gui.words import away_text, day_text, length_text, long_date, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

ENOUGH: Final = 30
"""So many rows are looked for before the list waits to be scrolled."""
_FIRST_DAYS: Final = 14
_LONGEST_DAYS: Final = 760
_SEPARATOR: Final = "|"


@value
class Agenda:
    """The rows from one day to another; `until` is the last day that was looked at."""

    rows: tuple[Row, ...]
    until: date
    complete: bool


def key_of(appointment: str, occurrence: str) -> str:
    """Return the key of a row."""
    return f"{appointment}{_SEPARATOR}{occurrence}"


def split_key(key: str) -> tuple[str, str]:
    """Return appointment id and occurrence of a row's key."""
    appointment, _, occurrence = key.rpartition(_SEPARATOR)
    return appointment, occurrence


def agenda_from(
    house: Household,
    first: date,
    person: str | None,
    *,
    enough: int = ENOUGH,
    known: Sequence[Day] = (),
    everyday: bool = True,
) -> Agenda:
    """Return the days from `first` on until there are `enough` rows or two years are over.

    `known` are days that were looked at already, in order; the rest is looked up. Without
    `everyday`, medicines of every day are left out.
    """
    writer = _Writer(house)
    rows: list[Row] = []
    for day, entries in _days_from(house, first, person, known, everyday=everyday):
        rows += writer.day(day, entries)
        if len(rows) >= enough:
            return Agenda(tuple(rows), day, complete=False)
    return Agenda(tuple(rows), first + timedelta(days=_LONGEST_DAYS - 1), complete=True)


def _days_from(
    house: Household,
    first: date,
    person: str | None,
    known: Sequence[Day],
    *,
    everyday: bool,
) -> Iterator[tuple[date, Sequence[Occurrence]]]:
    """Yield the days on which something begins; what goes on from before stands on the first."""
    home, start = house.care.home, first
    for one in known:
        if one.day == start:
            begun = [e for e in one.entries if start == first or e.day(home) == start]
            if begun:
                yield start, begun
            start += timedelta(days=1)
    span, end = _FIRST_DAYS, first + timedelta(days=_LONGEST_DAYS)
    while start < end:
        last = start + timedelta(days=span - 1)
        days: dict[date, list[Occurrence]] = {}
        for occurrence in house.agenda.between(start, last, person, everyday=everyday):
            day = occurrence.day(home)
            if day >= start or start == first:  # else it stands in the stretch before already
                days.setdefault(max(day, first), []).append(occurrence)
        yield from sorted(days.items())
        start, span = last + timedelta(days=1), span * 2


class _Writer:
    """Writes rows; looks each plan up once."""

    def __init__(self, house: Household) -> None:
        self._house = house
        people = house.people.people()
        self._several = len(people) > 1
        self._people = {one.id: (called(one), n % 2 + 1) for n, one in enumerate(people)}
        self._plans: dict[str, Plan | None] = {}

    def day(self, day: date, entries: Sequence[Occurrence]) -> list[Row]:
        """Return a day's heading and rows."""
        return [self._heading(day), *map(self._row, entries)]

    def _heading(self, day: date) -> Row:
        today = self._house.care.today
        title = day_text(day, today)
        near = abs((day - today).days) <= 1
        second = long_date(day) if near else away_text(day, today)
        return Row(key=f"day:{day.isoformat()}", title=title, second=second, heading=True)

    def _row(self, occurrence: Occurrence) -> Row:
        home, one = self._house.care.home, occurrence.appointment
        name, colour = self._people.get(one.person, ("", 1))
        chip, kind, fact = self._chip(one)
        return Row(
            key=key_of(one.id, occurrence.key),
            title=one.title,
            second=self._second(occurrence),
            time=start_text(occurrence, home),
            kind=one.type,
            chip=chip,
            chip_kind=kind,
            fact=fact,
            person=name if self._several else "",
            person_colour=colour,
            struck=one.status == "cancelled",
        )

    def _second(self, occurrence: Occurrence) -> str:
        house, one = self._house, occurrence.appointment
        parts: list[str] = []
        if one.plan is not None:
            if one.plan not in self._plans:
                self._plans[one.plan] = house.plans.get(one.plan)
            plan = self._plans[one.plan]
            if plan is not None:
                parts.append(f"{plan.medicine}, {length_text(one.minutes)}")
        elif isinstance(occurrence.start, AllDay):
            parts.append(tr("all day"))
        if isinstance(occurrence.start, Zoned) and occurrence.start.zone != house.care.home:
            there = time_text(occurrence.start.local)
            parts.append(tr("{time} in {zone}", time=there, zone=occurrence.start.zone))
        if one.place:
            parts.append(one.place)
        elif one.contact is not None and (contact := house.agenda.contact_of(one)):
            parts.append(contact.name)
        if one.leave_at:
            parts.append(tr("leave {time}", time=one.leave_at.removeprefix("0")))
        return " · ".join(parts)

    def _chip(self, one: Appointment) -> tuple[str, ChipKind, str]:
        """Return chip, its kind and the quiet word beside it."""
        if one.status == "cancelled":
            return tr("Cancelled"), "cancelled", ""
        if one.status == "done":
            return tr("Done"), "done", ""
        state = {
            "booked": tr("Booked"),
            "planned": tr("Planned"),
            "delayed": tr("Moved, to book"),
        }[one.status]
        if one.plan is None:
            ride = tr("Driver: {name}", name=one.driver) if one.driver else ""
            return ride, "booked", ""
        if one.driver:
            return tr("Driver: {name}", name=one.driver), "booked", state
        return tr("No driver yet"), "ask", state


def is_anything_kept(house: Household) -> bool:
    """Tell whether the calendar holds anything at all near these years."""
    if house.plans.all():
        return True
    today = house.care.today
    return bool(house.agenda.between(today - timedelta(days=366), today + timedelta(days=732)))


def shown_day(house: Household, appointment: Appointment) -> date:
    """Return the day under which an appointment stands in this window; of a series today."""
    return house.care.today if appointment.rrule else day_of(appointment.start, house.care.home)
