"""What "Go to" offers for what was typed: a day, the next of a kind, or what is called that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.day_words import DayStyle, Nearest, read_day, read_nearest
from caregiver_app.domain.entities import Appointment, Contact, Person
from caregiver_app.domain.lasting import lasting
from caregiver_app.domain.occurrences import Occurrence, occurrences
from caregiver_app.gui.calendar.agenda_model import key_of
from caregiver_app.gui.calendar.month_model import start_text
from caregiver_app.gui.lasting_words import until_day
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import away_text, formats, long_date, read_date, short_date
from caregiver_app.services.household import Household
from caregiver_app.services.search import PEOPLE, VISITS, SearchService
from caregiver_app.values import value

MOST: Final = 6
"""So many suggestions are shown."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_NEAR_DAYS: Final = 92
_FAR_DAYS: Final = 760
_HITS: Final = 24
_MARGIN: Final = timedelta(days=2)


@value
class Suggestion:
    """A place to go to: a day, and the row key of what is on it ("" for the day alone)."""

    day: date
    item: str
    title: str
    second: str
    kind: str = ""


class JumpFinder:
    """Answers what somebody types, for one person or for everybody."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._search = SearchService(house)
        self.person: str | None = None

    def find(self, text: str) -> list[Suggestion]:
        """Return where to go, best first; for nothing typed what people mostly want."""
        if not text.strip():
            self._search.forget()
            return self._at_first()
        nearest = read_nearest(text)
        if nearest is not None:
            found = self._nearest(nearest)
            return [] if found is None else [found]
        days = [self._day(day) for day in self._days(text)]
        return (days + list(self._called(text)))[:MOST]

    def _at_first(self) -> list[Suggestion]:
        today = self._house.care.today
        infusion = self._nearest(Nearest("infusion"))
        days = [self._day(today), self._day(today + timedelta(days=7))]
        return days if infusion is None else [infusion, *days]

    # -- Days -------------------------------------------------------------------------------------

    def _days(self, text: str) -> Iterator[date]:
        today = self._house.care.today
        style = DayStyle(formats().month_first, formats().first_weekday)
        # Words of the window's own language are read there.
        day = read_day(text, today, style) or read_date(text, today)
        if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            yield day

    def _day(self, day: date) -> Suggestion:
        today = self._house.care.today
        words = long_date(day, year=day.year != today.year)
        return Suggestion(day, "", words, away_text(day, today))

    # -- The next of a kind -----------------------------------------------------------------------

    def _nearest(self, wanted: Nearest) -> Suggestion | None:
        kinds = frozenset({wanted.kind}) if wanted.kind else None
        today = self._house.care.today
        spans = (_NEAR_DAYS, _FAR_DAYS)
        for span in spans:
            if wanted.back:
                first, last = today - timedelta(days=span), today - timedelta(days=1)
            else:
                first, last = today, today + timedelta(days=span)
            found = [one for one in self._between(first, last, kinds) if self._counts(one, wanted)]
            if found:
                return self._item(found[-1 if wanted.back else 0])
        return None

    def _counts(self, one: Occurrence, wanted: Nearest) -> bool:
        """Tell whether it is still to come, or was there; what is cancelled is neither."""
        care = self._house.care
        if one.appointment.status == "cancelled":
            return False
        return wanted.back or (one.appointment.status != "done" and one.ends(care.home) > care.now)

    def _between(
        self, first: date, last: date, kinds: frozenset[str] | None, person: str | None = None
    ) -> list[Occurrence]:
        who = person or self.person
        return self._house.agenda.between(first, last, who, everyday=False, kinds=kinds)

    def _item(self, one: Occurrence) -> Suggestion:
        house, appointment = self._house, one.appointment
        home, today = house.care.home, house.care.today
        day = one.day(home)
        words = short_date(day, year=day.year != today.year)
        hour = start_text(one, home)
        days = lasting(one, home)
        until = "" if days is None else until_day(days)
        parts = [f"{words} {hour}" if hour else words, until, away_text(day, today)]
        people = house.people.people()
        if len(people) > 1:
            parts.append(called(next((p for p in people if p.id == appointment.person), None)))
        key = key_of(appointment.id, one.key)
        second = " · ".join(part for part in parts if part)
        return Suggestion(day, key, appointment.title, second, appointment.type)

    # -- What is called that ----------------------------------------------------------------------

    def _called(self, text: str) -> list[Suggestion]:
        """Return what holds the words: first what is to come, soonest first, then what was."""
        found: dict[str, Occurrence] = {}
        for one in self._occurrences(text):
            found.setdefault(one.appointment.id, one)
        today, home = self._house.care.today, self._house.care.home
        coming = [one for one in found.values() if one.day(home) >= today]
        gone = [one for one in found.values() if one.day(home) < today]
        coming.sort(key=lambda one: one.begins(home))
        gone.sort(key=lambda one: one.begins(home), reverse=True)
        return [self._item(one) for one in (*coming, *gone)]

    def _occurrences(self, text: str) -> Iterator[Occurrence]:
        results = self._search.find(text, {VISITS: _HITS})
        for group in results.groups:
            if group.key == VISITS:
                yield from self._dates_of(hit.of for hit in group.hits)
            elif group.key == PEOPLE:
                for hit in group.hits:
                    yield from self._with(hit.of)

    def _dates_of(self, things: Iterable[object]) -> Iterator[Occurrence]:
        for one in things:
            mine = isinstance(one, Appointment) and self.person in (None, one.person)
            found = self._nearest_date(one) if isinstance(one, Appointment) and mine else None
            if found is not None:
                yield found

    def _nearest_date(self, one: Appointment) -> Occurrence | None:
        """Return the date of a series from today on; of a single appointment its own."""
        if not one.rrule:
            return Occurrence(one, one.start)
        care = self._house.care
        low = datetime.combine(care.today, time()) - _MARGIN
        dates = occurrences(one, low, low + timedelta(days=_FAR_DAYS))
        return next((found for found in dates if found.day(care.home) >= care.today), None)

    def _with(self, thing: object) -> Iterator[Occurrence]:
        """Yield the next thing that concerns a person or a clinic."""
        today = self._house.care.today
        person = thing.id if isinstance(thing, Person) else None
        if self.person is not None and person not in (None, self.person):
            return
        found = self._between(today, today + timedelta(days=_NEAR_DAYS), None, person)
        for one in found:
            if person is not None or (
                isinstance(thing, Contact) and one.appointment.contact == thing.id
            ):
                yield one
                return
