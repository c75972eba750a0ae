"""Small phrases that several parts of the Today tab say."""

from __future__ import annotations

from datetime import date
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.part_words import CHECK_INS, part_name
from caregiver_app.gui.words import short_date, short_weekday, tr
from caregiver_app.services.household import Household

_NEAR_DAYS: Final = 27
"""So far ahead the number of the day alone cannot be mixed up."""


def near_day(day: date, today: date) -> str:
    """Return "Today", "Tomorrow", "Tue 24", or "Tue 28 Apr" where the number says too little."""
    away = (day - today).days
    if away in (0, 1):
        return tr(("Today", "Tomorrow")[away])
    if 1 < away <= _NEAR_DAYS:
        return f"{short_weekday(day.weekday())} {day.day}"
    return short_date(day)


def day_within(day: date, today: date) -> str:
    """Return the same for within a sentence: "today", "tomorrow", "Tue 24"."""
    away = (day - today).days
    return tr(("today", "tomorrow")[away]) if away in (0, 1) else near_day(day, today)


def check_in_name(step: str) -> str:
    """Return "72-hour check-in" for a check-in's key."""
    return part_name(step) if step in CHECK_INS else tr("Check-in")


def directions(house: Household, one: Appointment) -> str:
    """Return what the family wrote about a medicine: with its appointment, else on the list."""
    if one.note.strip():
        return one.note.strip().splitlines()[0]
    names = {one.title.casefold(), one.title.partition(",")[0].strip().casefold()}
    for medicine in house.people.medicines(one.person):
        if medicine.name.casefold() in names and medicine.directions.strip():
            return medicine.directions.strip().splitlines()[0]
    return ""


def visit_words(visit: Appointment) -> str:
    """Return "infusion 2", or the title of an infusion outside a plan."""
    if visit.plan is None or visit.dose is None:
        return visit.title
    return tr("infusion {number}", number=visit.dose)
