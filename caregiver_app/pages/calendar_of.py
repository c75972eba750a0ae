"""The calendar as a month or an agenda to print: the one way from the household to `CalendarPage`.

The window and the command line print the same pages through this.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.entities import APPOINTMENT_TYPES, Appointment, Contact
from caregiver_app.domain.lasting import Lasting, lasting
from caregiver_app.domain.occurrences import Occurrence, is_everyday
from caregiver_app.domain.rides import needs_driver, ride_home, set_off_moment
from caregiver_app.domain.texts import badge_letters, first_name
from caregiver_app.domain.times import AllDay, Zoned, in_zone
from caregiver_app.pages.calendar_items import KIND_WORDS, CalendarPage, Item
from caregiver_app.pages.dates import full_date, hour_text, weekday_day
from caregiver_app.pages.formats import formats_of
from caregiver_app.pages.paper import tr
from caregiver_app.services.home_doses import is_at_home
from caregiver_app.services.household import Household
from caregiver_app.values import value

KINDS: Final = frozenset(APPOINTMENT_TYPES)
_WEEK: Final = 7
_STATES: Final = {"planned": "planned", "delayed": "planned", "done": "done",
                  "cancelled": "cancelled"}  # fmt: skip


@value
class Wish:
    """What is to be on the page: from when to when, whose, and how.

    `person` None is everybody. `everyday`: medicines of every day stand on each day instead of in
    one line. `discreet` titles say nothing of health, and neither place nor phone is named.
    """

    first: date
    last: date
    person: str | None = None
    kinds: frozenset[str] = KINDS
    everyday: bool = False
    big: bool = False
    discreet: bool = False


def month_of(day: date) -> tuple[date, date]:
    """Return the first and last day of the month that `day` lies in."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def weeks_around(first: date, last: date, week_start: int) -> tuple[date, date]:
    """Return the first and last day of the whole weeks around days; `week_start` 0 is Monday."""
    begins = first - timedelta(days=(first.weekday() - week_start) % _WEEK)
    return begins, last + timedelta(days=(week_start - 1 - last.weekday()) % _WEEK)


def month_page(house: Household, wish: Wish, printed_at: datetime) -> CalendarPage:
    """Return the page of the month in which the wish begins, with the days around it.

    `printed_at` is the instant for the footer.
    """
    writer = _Writer(house, wish, printed_at)
    first, last = month_of(wish.first)
    around = (first, last) if wish.big else weeks_around(first, last, writer.week_start)
    return writer.page((first, last), around)


def agenda_page(house: Household, wish: Wish, printed_at: datetime) -> CalendarPage:
    """Return the days of the wish; `printed_at` is the instant for the footer."""
    days = (wish.first, wish.last)
    return _Writer(house, wish, printed_at).page(days, days, listed=True)


class _Writer:
    """Writes items for one household as it is now; looks each contact up once."""

    def __init__(self, house: Household, wish: Wish, printed_at: datetime) -> None:
        self._house, self._wish = house, wish
        self._home = house.care.home
        formats = formats_of(house.settings.text)
        self._halves, self.week_start = formats.halves, formats.first_weekday
        everybody = house.people.people()
        self._people = [one for one in everybody if wish.person in (None, one.id)]
        several = len(self._people) > 1
        self._initials = (
            badge_letters({one.id: one.name for one in self._people}) if several else {}
        )
        self._names = {one.id: first_name(one.name) for one in self._people} if several else {}
        self._contacts: dict[str, Contact | None] = {}
        now = in_zone(printed_at, self._home)
        self._printed = f"{full_date(now.date())}, {self._hour(now.time())}"

    def page(
        self, meant: tuple[date, date], around: tuple[date, date], *, listed: bool = False
    ) -> CalendarPage:
        """Return the page for the days that are `meant`, with the items of those `around`.

        Where they are `listed`, what is very long is named where it begins and ends alone.
        """
        wish = self._wish
        days = self._house.agenda.days(
            *around, wish.person, everyday=wish.everyday, kinds=wish.kinds
        )
        items = [
            self._item(day, one)
            for day in sorted(days)
            for one in days[day]
            if not listed or self._is_named(one, day, around[0])
        ]
        used = {item.initial for item in items}
        called = [
            (initial, self._names[person])
            for person, initial in self._initials.items()
            if initial in used and self._names[person]
        ]
        return CalendarPage(
            first=meant[0],
            last=meant[1],
            items=tuple(items),
            people=", ".join(one.name for one in self._people if one.name),
            initials=tuple(called),
            watched=self._watched(around),
            everyday=() if wish.discreet else self._everyday(meant),
            left_out=self._left_out(meant),
            week_start=self.week_start,
            big=wish.big,
            printed_at=self._printed,
        )

    def _is_named(self, occurrence: Occurrence, day: date, first: date) -> bool:
        """Tell whether an agenda that begins on `first` names something on a day."""
        days = lasting(occurrence, self._home)
        return days is None or day == first or days.is_named_on(day)

    def _item(self, day: date, occurrence: Occurrence) -> Item:
        one, discreet = occurrence.appointment, self._wish.discreet
        goes_on = occurrence.day(self._home) < day
        days = lasting(occurrence, self._home)
        again = goes_on and days is not None
        said = Item(
            day=day,
            time="" if goes_on else self._start(occurrence),
            title=_discreet_title(one) if discreet else one.title,
            kind="" if discreet else one.type,
            state=_STATES.get(one.status, ""),
            person=self._names.get(one.person, ""),
            initial=self._initials.get(one.person, ""),
            driver="" if again else one.driver,
            driver_phone="" if again else one.driver_phone,
            leave_at="" if goes_on else self._leave(occurrence),
            there="" if again else self._there(occurrence),
            needs_driver=needs_driver(one) and not again,
            goes_on=goes_on,
            part="" if days is None else _part(days, day),
            until="" if days is None else self._until(occurrence, days, day),
        )
        return said if discreet else self._with_place(said, one)

    def _with_place(self, said: Item, one: Appointment) -> Item:
        contact = self._contact(one)
        name, phone = ("", "") if contact is None else (contact.name, contact.phone)
        if is_at_home(one):
            return replace(said, place=one.place)
        said = replace(said, place=one.place or name, phone=phone)
        if one.status in ("done", "cancelled"):
            return said
        other = ride_home(one) == "other"
        home = ", ".join(filter(None, (one.ride_home, one.ride_home_phone))) if other else ""
        return replace(said, pick_up=", ".join(one.pick_up.split("\n")), way_home=home)

    def _contact(self, one: Appointment) -> Contact | None:
        if one.contact is None:
            return None
        if one.contact not in self._contacts:
            self._contacts[one.contact] = self._house.agenda.contact_of(one)
        return self._contacts[one.contact]

    def _hour(self, at: time) -> str:
        return hour_text(at, halves=self._halves)

    def _start(self, occurrence: Occurrence) -> str:
        if isinstance(occurrence.start, AllDay):
            return ""
        return self._hour(in_zone(occurrence.begins(self._home), self._home).time())

    def _until(self, occurrence: Occurrence, days: Lasting, day: date) -> str:
        """Return when something is over that lasts for days: the day, on the last one the hour."""
        over = in_zone(occurrence.ends(self._home), self._home).time()
        hour = "" if isinstance(occurrence.start, AllDay) else self._hour(over)
        if day == days.last:
            return tr("until {day}", day=hour) if hour else ""
        far = days.last.year != days.first.year
        last = full_date(days.last) if far else weekday_day(days.last)
        return tr("until {day}", day=", ".join(filter(None, (last, hour))))

    def _leave(self, occurrence: Occurrence) -> str:
        one = occurrence.appointment
        over = one.status in ("done", "cancelled")
        leave = None if over else set_off_moment(one, occurrence.start)
        return "" if leave is None else self._start(Occurrence(one, leave))

    def _there(self, occurrence: Occurrence) -> str:
        start = occurrence.start
        if not isinstance(start, Zoned) or start.zone == self._home:
            return ""
        return tr("{time} in {zone}", time=self._hour(start.local.time()), zone=start.zone)

    def _watched(self, around: tuple[date, date]) -> tuple[tuple[date, date], ...]:
        """Return the watch windows of the one person who is meant; several would only confuse."""
        wish = self._wish
        if wish.discreet or len(self._people) != 1 or "infusion" not in wish.kinds:
            return ()
        found = self._house.agenda.watched(*around, self._people[0].id)
        return tuple((one.first, one.last) for one in found)

    def _left_out(self, meant: tuple[date, date]) -> str:
        """Return that something is missing: who reads the page does not know what was chosen."""
        missing = [tr(word) for kind, word in KIND_WORDS.items() if kind not in self._wish.kinds]
        if self._wish.discreet:
            return tr("Not everything is shown.") if missing or self._everyday(meant) else ""
        return tr("Not shown: {kinds}", kinds=", ".join(missing)) if missing else ""

    def _everyday(self, meant: tuple[date, date]) -> tuple[str, ...]:
        wish = self._wish
        if wish.everyday or "medication" not in wish.kinds:
            return ()
        found: dict[str, str] = {}
        for occurrence in self._house.agenda.between(
            *meant, wish.person, kinds=frozenset(["medication"])
        ):
            one = occurrence.appointment
            if is_everyday(one) and one.status != "cancelled":
                initial = self._initials.get(one.person, "")
                words = (self._start(occurrence), initial, one.title)
                found.setdefault(one.id, " ".join(filter(None, words)))
        return tuple(found.values())


def _part(days: Lasting, day: date) -> str:
    return tr("day {number} of {count}", number=days.number(day), count=days.count)


def _discreet_title(one: Appointment) -> str:
    return tr("Reminder") if one.type == "medication" else tr("Appointment")
