"""The loved one's own list of what does them good, and how one of it comes onto the calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.support import Outlet
from caregiver_app.domain.support_cards import Card
from caregiver_app.domain.times import AllDay, Zoned, in_zone, wall_instant
from caregiver_app.errors import InputRefused
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.blocked import BlockedService
from caregiver_app.services.care import Care
from caregiver_app.services.support_checks import check_outlet

HOURS: Final = range(10, 18)
"""The hours of the day at which something nice may begin."""
MINUTES: Final = 60
"""How long it is put down for at first."""
_DAYS: Final = 60
_SPAN: Final = timedelta(minutes=MINUTES)
_AHEAD: Final = timedelta(days=366)
"""So far ahead an appointment is looked for."""
_TYPE: Final = "other"
_ONE_DAY: Final = timedelta(days=1)
_REST: Final = re.compile(r"[:,] |\. ")
"""What an idea goes on with after its first words."""


def title_of(outlet: Outlet) -> str:
    """Return what stands on the calendar: an idea's first words, own words whole."""
    if not outlet.card:
        return outlet.text
    return _REST.split(outlet.text, maxsplit=1)[0].rstrip(".")


class OutletService:
    """Keeps the list. It is the person's own: nothing is counted, nothing is asked about it."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def all(self, person: str | None = None) -> list[Outlet]:
        """Return everybody's outlets or one person's, in the order in which they came."""
        return self._care.store.all(Outlet, **({} if person is None else {"person": person}))

    def get(self, outlet_id: str) -> Outlet | None:
        """Return one outlet by id."""
        return self._care.store.get(Outlet, outlet_id) if texts.is_whole(outlet_id) else None

    def is_not_today(self, outlet: Outlet) -> bool:
        """Tell whether it was put off for today; tomorrow it stands there as before."""
        return outlet.not_today == self._care.today

    # Writing the list

    def save(self, outlet: Outlet) -> Outlet:
        """Keep a new or changed outlet.

        Raises:
            FormRefused: there are no words, too many, or its state is unknown.
        """
        check_outlet(outlet)
        care = self._care
        old = self.get(outlet.id) if outlet.id else None
        with care.change("done.outlet_added" if old is None else "done.outlet_changed"):
            person = care.whose(outlet.person, old)
            kept = replace(
                care.stamped(outlet, old), person=person.id, text=texts.title(outlet.text)
            )
            care.store.put(kept)
        return kept

    def add(self, person: str | None, text: str) -> Outlet:
        """Put somebody's own words on the list.

        Raises:
            FormRefused: there are no words, or too many.
        """
        return self.save(Outlet(id="", person=person or "", text=text))

    def add_idea(self, person: str | None, card: Card) -> Outlet:
        """Put an idea on the list; one that stands there already is returned as it is."""
        there = self.of_card(person, card.id)
        if there is not None:
            return there
        return self.save(Outlet(id="", person=person or "", text=card.text, card=card.id))

    def of_card(self, person: str | None, card: str) -> Outlet | None:
        """Return what of a person's list came of an idea, None where nothing did."""
        if person is None:
            return None
        return next((one for one in self.all(person) if one.card == card), None)

    def reword(self, outlet_id: str, text: str) -> Outlet:
        """Change the words of one.

        Raises:
            InputRefused: it is gone.
            FormRefused: there are no words, or too many.
        """
        return self.save(replace(self._existing(outlet_id), text=text))

    def set_state(self, outlet_id: str, state: str) -> Outlet:
        """Say what became of it: "tried", "liked", or "" for nothing said; it is wanted again.

        Raises:
            InputRefused: it is gone.
            FormRefused: there is no such state.
        """
        return self.save(replace(self._existing(outlet_id), state=state, not_today=None))

    def set_not_today(self, outlet_id: str, *, on: bool = True) -> Outlet:
        """Put it off for today, or take that back.

        Raises:
            InputRefused: it is gone.
        """
        day = self._care.today if on else None
        return self.save(replace(self._existing(outlet_id), not_today=day))

    def remove(self, outlet_id: str) -> None:
        """Take it off the list; undo brings it back.

        Raises:
            InputRefused: it is gone.
        """
        self._existing(outlet_id)
        with self._care.change("done.outlet_removed"):
            self._care.store.remove(Outlet, outlet_id, self._care.now)

    # The calendar

    def to_come(self, person: str | None = None) -> dict[str, Occurrence]:
        """Return by the ids of outlets when each stands on the calendar next.

        That is the first appointment under its words that is not over yet; of what was put off for
        today the first one after today.
        """
        care = self._care
        named: dict[tuple[str, str], list[Occurrence]] = {}
        ahead = AgendaService(care).between(care.today, care.today + _AHEAD, person, kinds=(_TYPE,))
        for one in ahead:
            kept = one.appointment
            if kept.status != "cancelled" and one.ends(care.home) > care.now:
                named.setdefault((kept.person, kept.title.casefold()), []).append(one)
        found: dict[str, Occurrence] = {}
        for outlet in self.all(person) if named else ():
            standing = named.get((outlet.person, title_of(outlet).casefold()), [])
            first = self._first_day(outlet)
            fitting = (one for one in standing if one.day(care.home) >= first)
            if (soonest := next(fitting, None)) is not None:
                found[outlet.id] = soonest
        return found

    def _first_day(self, outlet: Outlet) -> date:
        return self._care.today + (_ONE_DAY if self.is_not_today(outlet) else timedelta())

    def put_on_calendar(self, outlet_id: str) -> Appointment:
        """Make an appointment of it at the next free hour, which can be changed afterwards.

        One that is still to come is returned as it is.

        What was put off for today comes tomorrow at the earliest.

        Raises:
            InputRefused: it is gone, or no hour is free for weeks.
        """
        outlet = self._existing(outlet_id)
        there = self.to_come(outlet.person).get(outlet.id)
        if there is not None:
            return there.appointment
        title, first = title_of(outlet), self._first_day(outlet)
        return AgendaService(self._care).save(
            Appointment(
                id="",
                uid="",
                person=outlet.person,
                type=_TYPE,
                title=title,
                start=Zoned(self.free_hour(outlet.person, first), self._care.home),
                minutes=MINUTES,
                note="" if title == outlet.text else outlet.text,
            )
        )

    def free_hour(self, person: str | None = None, first: date | None = None) -> datetime:
        """Return the next wall time at home at which nothing else stands on the calendar.

        It lies on the day `first` or later, None: today.
        Days of an infusion are left to it, and days that don't suit are passed over; medicine
        times and what lasts the whole day take no hour away.

        Raises:
            InputRefused: no hour is free for weeks.
        """
        care, today = self._care, first or self._care.today
        last = today + _DAYS * _ONE_DAY
        taken = self._taken(today, last)
        blocked = BlockedService(care).days(today, last, person)
        treated = {
            in_zone(one.begins(care.home), care.home).date()
            for one in AgendaService(care).between(today, last, person, kinds=("infusion",))
            if one.appointment.status != "cancelled"
        }
        for step in range(_DAYS):
            day = today + step * _ONE_DAY
            if day in blocked or day in treated:
                continue
            for hour in HOURS:
                begins = datetime.combine(day, time(hour))
                if self._is_free(begins, taken):
                    return begins
        raise InputRefused("outlet.no_hour", "start", count=_DAYS)

    def _is_free(self, begins: datetime, taken: list[tuple[datetime, datetime]]) -> bool:
        at = wall_instant(begins, self._care.home)
        if at <= self._care.now:
            return False
        return all(over <= at or at + _SPAN <= start for start, over in taken)

    def _taken(self, first: date, last: date) -> list[tuple[datetime, datetime]]:
        """Return the UTC instants at which the family is busy: whoever it is, the carer is too."""
        home = self._care.home
        kept = AgendaService(self._care).between(first, last)
        return [
            (one.begins(home), one.ends(home))
            for one in kept
            if one.appointment.type != "medication"
            and one.appointment.status != "cancelled"
            and not isinstance(one.start, AllDay)
        ]

    def _existing(self, outlet_id: str) -> Outlet:
        outlet = self.get(outlet_id)
        if outlet is None:
            raise InputRefused("entry.gone", "id", id=outlet_id)
        return outlet
