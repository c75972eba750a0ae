"""Appointments as the dates on which they happen, and the checks before one is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import groupby
from operator import itemgetter

from caregiver_app.domain import texts
from caregiver_app.domain.entities import APPOINTMENT_TYPES, STATUSES, Appointment
from caregiver_app.domain.recurrence import Rule, expand, parse_rule, read_rule, rule_text
from caregiver_app.domain.rides import check_ride, lead_minutes, with_leave_at
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    AllDay,
    Moment,
    Zoned,
    day_of,
    ends,
    has_one_offset,
    in_zone,
    instant,
    local_day,
    parse_hour,
    parse_moment,
    refuse_gap,
    to_text,
    wall,
    whole_days,
    with_wall,
)
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

LONGEST_MINUTES = 366 * MINUTES_A_DAY
"""The longest appointment: a year. Other calendars have weeks of holidays and longer."""

_SAME_DAY = MINUTES_A_DAY - 180
_ONE_DAY = timedelta(days=1)
_MARGIN = timedelta(days=2)
"""So far the wall clocks of two zones may differ, and a little more."""
_BY_WALL = itemgetter(0, 1, 2)
_LONGEST_LEAD = 366 * MINUTES_A_DAY
_MOST_LEADS = 20
_FAR = datetime(2201, 1, 1)  # noqa: DTZ001 - a wall time


@value
class Occurrence:
    """One date of an appointment: `start` is its own, the rest is the appointment's."""

    appointment: Appointment
    start: Moment

    @property
    def key(self) -> str:
        """The wall time that names this occurrence (a date where all-day)."""
        return to_text(self.start)

    def begins(self, home: str) -> datetime:
        """Return the UTC instant at which it begins, for a computer in the zone `home`."""
        return instant(self.start, home)

    def ends(self, home: str) -> datetime:
        """Return the UTC instant at which it is over."""
        return ends(self.start, self.appointment.minutes, home)

    def day(self, home: str) -> date:
        """Return the calendar day on which it begins for a reader in the zone `home`."""
        return day_of(self.start, home)

    def last_day(self, home: str) -> date:
        """Return the calendar day on which it is over; ending at midnight is not the next day."""
        start = self.start
        if isinstance(start, AllDay):
            return start.day + timedelta(days=whole_days(self.appointment.minutes) - 1)
        if self.stays_on_its_day(home):
            return start.local.date()
        over = max(self.ends(home) - timedelta(seconds=1), self.begins(home))
        return local_day(over, home)

    def stays_on_its_day(self, home: str) -> bool:
        """Tell whether it surely begins and ends on one day, whatever the clocks do."""
        return _stays(self.start, self.appointment.minutes, home)


def occurrences(
    appointment: Appointment, low: datetime, high: datetime = _FAR
) -> Iterator[Occurrence]:
    """Yield the occurrences whose wall time lies in [low, high), wall times of its own kind.

    Those of a series come in order: the dates of its rule and its extra ones, each once, without
    those that were left out.
    """
    if not appointment.rrule:
        if low <= wall(appointment.start) < high:
            yield Occurrence(appointment, appointment.start)
        return
    left_out = set(appointment.exdates)
    for local in _walls(appointment, low, high):
        start = with_wall(appointment.start, local)
        if not left_out or to_text(start) not in left_out:
            yield Occurrence(appointment, start)


def _walls(series: Appointment, low: datetime, high: datetime) -> Iterator[datetime]:
    """Return the wall times in [low, high) of a rule and the extra dates, in order, once each."""
    dates = expand(series.start, read_rule(series.rrule, series.start).rule, low, high)
    if not series.rdates:
        return dates
    extra = sorted(map(datetime.fromisoformat, series.rdates))
    together = merge(dates, (local for local in extra if low <= local < high))
    return (local for local, _ in groupby(together))


def occurrences_on(
    appointment: Appointment, first: date, last: date, home: str
) -> list[Occurrence]:
    """Return the occurrences that touch the days `first` to `last` of a reader in `home`.

    An occurrence that began earlier and still goes on is among them.
    """
    return list(_touching(appointment, first, last, home))


def touches(appointment: Appointment, first: date, last: date, home: str) -> bool:
    """Tell whether anything of an appointment touches these days; looks no further than needed."""
    return next(_touching(appointment, first, last, home), None) is not None


def _touching(appointment: Appointment, first: date, last: date, home: str) -> Iterator[Occurrence]:
    for occurrence in occurrences(appointment, *_around(appointment, first, last)):
        starts = occurrence.day(home)
        if starts <= last and (starts >= first or occurrence.last_day(home) >= first):
            yield occurrence


def _around(appointment: Appointment, first: date, last: date) -> tuple[datetime, datetime]:
    """Return the wall times between which all lies that may touch these days."""
    longest = timedelta(minutes=appointment.minutes)
    low = datetime.combine(first, time()) - _MARGIN - longest
    return low, datetime.combine(last, time()) + _ONE_DAY + _MARGIN


def by_day(
    appointments: Iterable[Appointment], first: date, last: date, home: str
) -> dict[date, list[Occurrence]]:
    """Return what touches each of the days `first` to `last` of a reader in `home`, in order.

    What lasts for days stands on each of them; a day on which nothing happens is left out.
    """
    found: dict[date, list[tuple[datetime, str, str, Occurrence]]] = {}
    for one in appointments:
        short = _stays(one.start, one.minutes, home)
        for occurrence in occurrences(one, *_around(one, first, last)):
            begins = wall(occurrence.start) if short else _wall_at(occurrence, home)
            day = begins.date() if short else occurrence.day(home)
            until = day if short else occurrence.last_day(home)
            entry = (begins, one.title, one.id, occurrence)
            day = max(day, first)
            while day <= until and day <= last:
                found.setdefault(day, []).append(entry)
                day += _ONE_DAY
    return {day: _in_order(day, entries, home) for day, entries in found.items()}


def _stays(start: Moment, minutes: int, home: str) -> bool:
    if isinstance(start, AllDay):
        return whole_days(minutes) == 1
    if isinstance(start, Zoned) and start.zone != home:
        return False
    # Nothing that ends this long before midnight is moved past it by a clock change.
    return start.local.hour * 60 + start.local.minute + minutes < _SAME_DAY


def _wall_at(occurrence: Occurrence, home: str) -> datetime:
    """Return the wall time at which it begins for a reader in `home`."""
    if isinstance(occurrence.start, AllDay):
        return wall(occurrence.start)
    return in_zone(occurrence.begins(home), home).replace(tzinfo=None)


def _in_order(
    day: date, entries: list[tuple[datetime, str, str, Occurrence]], home: str
) -> list[Occurrence]:
    if has_one_offset(day, home):
        entries.sort(key=_BY_WALL)
    else:
        # Where the clocks change, wall times are not in the order in which they come.
        entries.sort(key=lambda entry: (entry[3].begins(home), entry[1], entry[2]))
    return [entry[3] for entry in entries]


def is_everyday(one: Appointment) -> bool:
    """Tell whether something is a medicine of every day, without an end in sight."""
    if one.type != "medication" or not one.rrule.startswith("FREQ=DAILY"):
        return False
    rule = read_rule(one.rrule, one.start).rule
    return replace(rule, week_start=0) == Rule("DAILY")


def check_appointment(appointment: Appointment) -> list[InputRefused]:
    """Return every reason why `appointment` cannot be taken, one for each field that is wrong."""
    return texts.problems_of(
        (
            lambda: texts.title(appointment.title, "title"),
            lambda: texts.one_of(appointment.type, APPOINTMENT_TYPES, "type"),
            lambda: texts.one_of(appointment.status, STATUSES, "status"),
            lambda: _check_length(appointment.minutes),
            lambda: _check_start(appointment),
            lambda: _check_leads(appointment.reminders),
            lambda: _check_exdates(appointment),
            lambda: texts.line(appointment.place, "place"),
            lambda: texts.line(appointment.driver, "driver"),
            lambda: texts.line(appointment.driver_phone, "driver_phone"),
            lambda: texts.paragraphs(appointment.note, "note"),
            lambda: texts.line(appointment.pick_up, "pick_up"),
            lambda: texts.line(appointment.ride_home, "ride_home"),
            lambda: texts.line(appointment.ride_home_phone, "ride_home_phone"),
            lambda: check_ride(appointment),
            lambda: _check_leave(appointment),
        )
    )


def _check_length(minutes: int) -> None:
    if minutes < 0:
        raise InputRefused("appointment.end_before_start", "minutes")
    texts.whole(minutes, 0, LONGEST_MINUTES, "minutes")


def _check_start(appointment: Appointment) -> None:
    if appointment.rrule:
        parse_rule(appointment.rrule, appointment.start)
    elif appointment.plan is None and appointment.original != to_text(appointment.start):
        # A repetition or a plan's offset that leads into the gap is accepted instead.
        refuse_gap(appointment.start, "start")


def _check_leads(leads: tuple[int, ...] | None) -> None:
    if leads is None:
        return
    if len(leads) > _MOST_LEADS:
        raise InputRefused("reminder.many", "reminders", high=_MOST_LEADS)
    for lead in leads:
        texts.whole(lead, 0, _LONGEST_LEAD, "reminders")


def _check_exdates(appointment: Appointment) -> None:
    if appointment.rdates and not appointment.rrule:
        raise InputRefused("appointment.rdates_alone", "rdates")
    for name in ("exdates", "rdates"):
        for text in getattr(appointment, name):
            moment = parse_moment(text, None, name)
            if isinstance(moment, AllDay) != isinstance(appointment.start, AllDay):
                raise InputRefused("appointment.exdate_kind", name, value=text)


def _check_leave(appointment: Appointment) -> None:
    if not appointment.leave_at or lead_minutes(appointment) is not None:
        return
    leave = parse_hour(appointment.leave_at, "leave_at")
    if isinstance(appointment.start, AllDay) or leave > wall(appointment.start).time():
        raise InputRefused("appointment.leaves_late", "leave_at")


def tidy(appointment: Appointment) -> Appointment:
    """Return the appointment with trimmed words, a canonical rule and sorted lead times."""
    rule = appointment.rrule
    if rule:
        rule = rule_text(parse_rule(rule, appointment.start))
    leads = appointment.reminders
    return replace(
        with_leave_at(appointment),
        title=texts.title(appointment.title),
        place=texts.line(appointment.place, "place"),
        driver=texts.line(appointment.driver, "driver"),
        driver_phone=texts.line(appointment.driver_phone, "driver_phone"),
        pick_up=texts.line(appointment.pick_up, "pick_up"),
        ride_home=texts.line(appointment.ride_home, "ride_home"),
        ride_home_phone=texts.line(appointment.ride_home_phone, "ride_home_phone"),
        note=texts.paragraphs(appointment.note, "note"),
        rrule=rule,
        exdates=tuple(sorted({_same_text(text) for text in appointment.exdates})),
        rdates=tuple(sorted({_same_text(text) for text in appointment.rdates})),
        reminders=None if leads is None else tuple(sorted(set(leads), reverse=True)),
    )


def _same_text(text: str) -> str:
    return to_text(parse_moment(text, None, "exdates"))
