"""What the list of coming days says: headings for days, a row for each appointment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment, Contact, Plan
from caregiver_app.domain.lasting import Lasting, lasting
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.rides import needs_driver, set_off_moment
from caregiver_app.domain.times import AllDay, Zoned, day_of
from caregiver_app.gui.calendar.filters import Filters
from caregiver_app.gui.calendar.month_model import Day, kind_word, start_text
from caregiver_app.gui.lasting_words import over_time, part_words, until_words
from caregiver_app.gui.whom import badge_letters, called
from caregiver_app.gui.widgets.chips import ChipKind
from caregiver_app.gui.widgets.rows import Row
from caregiver_app.gui.words import away_text, day_text, length_text, long_date, tr
from caregiver_app.gui.zone_words import both_times
from caregiver_app.services.home_doses import is_at_home
from caregiver_app.services.household import Household
from caregiver_app.values import value

ENOUGH: Final = 30
"""So many rows are looked for before the list waits to be scrolled."""
_FIRST_DAYS: Final = 14
_LONGEST_DAYS: Final = 760
_LONGEST_BACK: Final = 40 * 366
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_SEPARATOR: Final = "|"
_ON: Final = "#"
_ONE_DAY: Final = timedelta(days=1)
_HEADING: Final = "day:"


@value
class Agenda:
    """The rows from one day to another, both of which were looked at.

    It is `complete` where that way there was nothing for two years.
    """

    rows: tuple[Row, ...]
    first: date
    until: date
    complete: bool


def key_of(appointment: str, occurrence: str) -> str:
    """Return the key of a row."""
    return f"{appointment}{_SEPARATOR}{occurrence}"


def key_on(key: str, day: date) -> str:
    """Return the key of the row that names something again, on a later `day` of those it lasts."""
    return f"{key}{_ON}{day.isoformat()}"


def plain_key(key: str) -> str:
    """Return the key of an item, whichever of its rows `key` is of."""
    appointment, occurrence = split_key(key)
    return key_of(appointment, occurrence) if _SEPARATOR in key else key


def heading_key(day: date) -> str:
    """Return the key of a day's heading."""
    return f"{_HEADING}{day.isoformat()}"


def day_of_heading(key: str) -> date | None:
    """Return the day of a heading's key, None for any other key."""
    return date.fromisoformat(key.removeprefix(_HEADING)) if key.startswith(_HEADING) else None


def split_key(key: str) -> tuple[str, str]:
    """Return appointment id and occurrence of a row's key."""
    appointment, _, occurrence = key.rpartition(_SEPARATOR)
    return appointment, occurrence.partition(_ON)[0]


def agenda_from(
    house: Household,
    first: date,
    shown: Filters | str | None,
    *,
    enough: int = ENOUGH,
    known: Sequence[Day] = (),
    goes_on: bool = False,
) -> Agenda:
    """Return the days from `first` on until there are `enough` rows or two years are over.

    `known` are days that were looked at already, in order; the rest is looked up. Where the list
    `goes_on` from before, what began before `first` stands there.
    """
    wanted = shown if isinstance(shown, Filters) else Filters(shown)
    writer = _Writer(house)
    rows: list[Row] = []
    last = min(first, _LAST_DAY - timedelta(days=_LONGEST_DAYS)) + timedelta(days=_LONGEST_DAYS - 1)
    for day, entries in _days_from(house, first, last, wanted, known, goes_on=goes_on):
        rows += writer.day(day, entries)
        if len(rows) >= enough:
            return Agenda(tuple(rows), first, day, complete=False)
    return Agenda(tuple(rows), first, last, complete=not rows or last >= _LAST_DAY)


def agenda_before(house: Household, last: date, shown: Filters, *, enough: int = ENOUGH) -> Agenda:
    """Return the days before `last`, in order, until there are `enough` rows."""
    writer = _Writer(house)
    rows: list[Row] = []
    until, span = last - timedelta(days=1), _FIRST_DAYS
    end = max(_FIRST_DAY, until - timedelta(days=_LONGEST_BACK))
    day = last
    while until > end and len(rows) < enough:
        first = max(end, until - timedelta(days=span - 1))
        days = _begun(house, first, until, shown)
        for day in sorted(days, reverse=True):
            rows[:0] = writer.day(day, days[day])
            if len(rows) >= enough:
                return Agenda(tuple(rows), day, last, complete=False)
        until, span, day = first - timedelta(days=1), span * 2, first
    return Agenda(tuple(rows), day, last, complete=until <= end)


def _begun(
    house: Household, first: date, last: date, shown: Filters
) -> dict[date, list[Occurrence]]:
    """Return by day what is named on the days `first` to `last`."""
    home = house.care.home
    days: dict[date, list[Occurrence]] = {}
    for occurrence in _between(house, first, last, shown):
        for day in _named_on(occurrence, first, last, home):
            days.setdefault(day, []).append(occurrence)
    return days


def _named_on(occurrence: Occurrence, first: date, last: date, home: str) -> Iterator[date]:
    """Yield the days from `first` to `last` on which the list names something, in order."""
    days = lasting(occurrence, home)
    if days is None:
        day = occurrence.day(home)
        if first <= day <= last:
            yield day
        return
    day = max(first, days.first)
    while day <= min(last, days.last):
        if days.is_named_on(day):
            yield day
        day = day + _ONE_DAY if not days.is_long or day >= days.last else days.last


def _between(house: Household, first: date, last: date, shown: Filters) -> list[Occurrence]:
    return house.agenda.between(
        first, last, shown.person, everyday=shown.everyday, kinds=shown.kinds
    )


def _days_from(
    house: Household,
    first: date,
    last: date,
    shown: Filters,
    known: Sequence[Day],
    *,
    goes_on: bool,
) -> Iterator[tuple[date, Sequence[Occurrence]]]:
    """Yield the days that have anything; what goes on from before stands on the first of all."""
    home, start = house.care.home, first
    opens = None if goes_on else first
    for one in known:
        if one.day == start:
            named = [e for e in one.entries if start == opens or _is_named(e, start, home)]
            if named:
                yield start, named
            start += _ONE_DAY
    span = _FIRST_DAYS
    while start <= last:
        until = min(last, start + timedelta(days=span - 1))
        days: dict[date, list[Occurrence]] = {}
        for occurrence in _between(house, start, until, shown):
            named = list(_named_on(occurrence, start, until, home))
            if start == opens and occurrence.day(home) < first and first not in named:
                named.insert(0, first)
            for day in named:
                days.setdefault(day, []).append(occurrence)
        yield from sorted(days.items())
        start, span = until + timedelta(days=1), span * 2


def _is_named(occurrence: Occurrence, day: date, home: str) -> bool:
    return any(_named_on(occurrence, day, day, home))


class _Writer:
    """Writes rows; looks each plan up once."""

    def __init__(self, house: Household) -> None:
        self._house = house
        people = house.people.people()
        self._several = len(people) > 1
        self._people = {one.id: (called(one), n % 2 + 1) for n, one in enumerate(people)}
        self._letters = badge_letters(people)
        self._plans: dict[str, Plan | None] = {}
        self._contacts: dict[str, Contact | None] = {}

    def day(self, day: date, entries: Sequence[Occurrence]) -> list[Row]:
        """Return a day's heading and rows."""
        return [self._heading(day), *(self._row(one, day) for one in entries)]

    def _heading(self, day: date) -> Row:
        today = self._house.care.today
        title = day_text(day, today)
        near = abs((day - today).days) <= 1
        second = long_date(day) if near else away_text(day, today)
        return Row(key=heading_key(day), title=title, second=second, heading=True)

    def _row(self, occurrence: Occurrence, day: date) -> Row:
        home, one = self._house.care.home, occurrence.appointment
        name, colour = self._people.get(one.person, ("", 1))
        days = lasting(occurrence, home)
        again = days is not None and day > days.first
        chip, kind, fact = self._chip(one, again=again)
        key = key_of(one.id, occurrence.key)
        return Row(
            key=key_on(key, day) if again else key,
            title=one.title,
            second=self._second(occurrence, days, day),
            time="" if again else start_text(occurrence, home),
            kind=one.type,
            chip=chip,
            chip_kind=kind,
            fact=fact,
            person=name if self._several else "",
            person_colour=colour,
            person_letters=self._letters.get(one.person, ""),
            spoken=kind_word(one.type, one.title),
            struck=one.status == "cancelled",
        )

    def _second(self, occurrence: Occurrence, days: Lasting | None, day: date) -> str:
        house, one = self._house, occurrence.appointment
        parts: list[str] = []
        if days is not None and day > days.first:
            return " · ".join((*self._part(occurrence, days, day), *self._where(one)))
        if one.plan is not None:
            if one.plan not in self._plans:
                self._plans[one.plan] = house.agenda.plan(one.plan)
            plan = self._plans[one.plan]
            if plan is not None:
                parts.append(f"{plan.medicine}, {length_text(one.minutes)}")
        elif isinstance(occurrence.start, AllDay) and days is None:
            parts.append(tr("all day"))
        if days is not None:
            parts += self._part(occurrence, days, day)
        if isinstance(occurrence.start, Zoned) and occurrence.start.zone != house.care.home:
            parts.append(both_times(occurrence.start, house.care.home))
        parts += self._where(one)
        leave = set_off_moment(one, occurrence.start)
        if leave is not None and one.status != "cancelled":
            time = start_text(Occurrence(one, leave), house.care.home)
            parts.append(tr("leave {time}", time=time))
        return " · ".join(parts)

    def _part(self, occurrence: Occurrence, days: Lasting, day: date) -> list[str]:
        """Return which day of it this is, and until when it lasts."""
        home = self._house.care.home
        said = [tr("all day")] if isinstance(occurrence.start, AllDay) else []
        said.append(part_words(days, day))
        over = over_time(occurrence, home)
        if day < days.last:
            said.append(until_words(occurrence, days, home))
        elif over:
            said.append(tr("until {time}", time=over))
        return said

    def _where(self, one: Appointment) -> list[str]:
        if is_at_home(one):
            return [one.place or tr("at home")]
        if one.place:
            return [one.place]
        contact = self._contact_of(one)
        return [] if contact is None else [contact.name]

    def _contact_of(self, one: Appointment) -> Contact | None:
        if one.contact is None:
            return None
        if one.contact not in self._contacts:
            self._contacts[one.contact] = self._house.agenda.contact_of(one)
        return self._contacts[one.contact]

    def _chip(self, one: Appointment, *, again: bool) -> tuple[str, ChipKind, str]:
        """Return chip, its kind and the quiet word beside it; who drives is not said `again`."""
        if one.status == "cancelled":
            return tr("Cancelled"), "cancelled", ""
        if one.status == "done":
            return tr("Done"), "done", ""
        state = {
            "booked": tr("Booked"),
            "planned": tr("Planned"),
            "delayed": tr("Moved") if is_at_home(one) else tr("Moved, to book"),
        }[one.status]
        state = "" if one.plan is None else state
        if again:
            return "", "plain", state
        if one.driver:
            return tr("Driver: {name}", name=one.driver), "booked", state
        return (tr("No driver yet"), "ask", state) if needs_driver(one) else ("", "plain", state)


def is_anything_kept(house: Household) -> bool:
    """Tell whether the calendar holds anything at all near these years."""
    if house.agenda.has_plans():
        return True
    today = house.care.today
    return bool(house.agenda.between(today - timedelta(days=366), today + timedelta(days=732)))


def shown_day(house: Household, appointment: Appointment) -> date:
    """Return the day under which an appointment stands in this window; of a series today."""
    return house.care.today if appointment.rrule else day_of(appointment.start, house.care.home)
