"""What is said of something that lasts for several days: which of them it is, and until when."""

from __future__ import annotations

from datetime import date, datetime

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.lasting import Lasting, lasting
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.times import AllDay, Moment, in_zone
from caregiver_app.gui.words import short_date, time_text, tr


def part_words(days: Lasting, day: date) -> str:
    """Return "day 2 of 4"."""
    return tr("day {number} of {count}", number=days.number(day), count=days.count)


def until_day(days: Lasting) -> str:
    """Return "until Fri 27 Mar", with the year where another one has begun by then."""
    return tr("until {day}", day=last_text(days))


def last_text(days: Lasting) -> str:
    """Return the last day, "Fri 27 Mar", with the year where that is another one than before."""
    return short_date(days.last, year=days.last.year != days.first.year)


def over_time(occurrence: Occurrence, home: str) -> str:
    """Return the hour here at which it is over, "" for whole days."""
    return "" if isinstance(occurrence.start, AllDay) else time_text(_over(occurrence, home))


def until_words(occurrence: Occurrence, days: Lasting, home: str) -> str:
    """Return "until Fri 27 Mar", with the hour where it has one: "until Fri 27 Mar, 8:00"."""
    at = over_time(occurrence, home)
    return f"{until_day(days)}, {at}" if at else until_day(days)


def until_of(one: Appointment, start: Moment, home: str) -> str:
    """Return until which day a date of an appointment lasts, "" where that is its first day."""
    days = lasting(Occurrence(one, start), home)
    return "" if days is None else until_day(days)


def _over(occurrence: Occurrence, home: str) -> datetime:
    return in_zone(occurrence.ends(home), home)
