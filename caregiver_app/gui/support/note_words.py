"""What is said of notes: their visits, and how the keeping stands."""

from __future__ import annotations

from datetime import date

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import in_zone, wall
from caregiver_app.gui.support.note_keeper import Keeping
from caregiver_app.gui.words import away_text, short_date, time_text, tr
from caregiver_app.services.household import Household


def visit_words(house: Household, visit: Appointment) -> str:
    """Return what a visit is called where one is chosen: "Infusion 2, Tue 31 Mar"."""
    day = wall(visit.start).date()
    when = short_date(day, year=day.year != house.care.today.year)
    return tr("{title}, {day}", title=visit.title, day=when)


def kept_words(house: Household, state: Keeping) -> str:
    """Return the quiet line that tells when something was kept last, "" for nothing."""
    if state.empty:
        return tr("Nothing is written here. An empty note is not kept.")
    if state.at is None:
        return ""
    local = in_zone(state.at, house.care.home)
    day = local.date()
    if day == house.care.today:
        return tr("Kept at {time}", time=time_text(local))
    return tr("Kept {day}, {time}", day=near_words(day, house.care.today), time=time_text(local))


def near_words(day: date, today: date) -> str:
    """Return a past day within a sentence: "today", "yesterday", or "Tue 17 Mar"."""
    if (today - day).days in (0, 1):
        return away_text(day, today)
    return short_date(day, year=day.year != today.year)
