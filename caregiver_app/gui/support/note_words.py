"""What is said of notes: their visits, and how the keeping stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from caregiver_app.domain.entities import Appointment, Note
from caregiver_app.domain.times import in_zone, wall
from caregiver_app.gui.support.note_keeper import Keeping
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import away_text, short_date, time_text, tr
from caregiver_app.services.household import Household

_CARER: Final = "carer"
_OF: Final = "of/"


def visit_words(house: Household, visit: Appointment) -> str:
    """Return what a visit is called where one is chosen: "Infusion 2, Tue 31 Mar"."""
    day = wall(visit.start).date()
    when = short_date(day, year=day.year != house.care.today.year)
    return tr("{title}, {day}", title=visit.title, day=when)


def about_choices(house: Household, person_id: str) -> list[tuple[str, str]]:
    """Return whom a note may be about: everybody by name, and the carer alone."""
    people = house.people.people()
    short = [called(one) for one in people]
    full = len(set(short)) < len(short)
    named = [(f"{_OF}{one.id}", one.name if full else called(one)) for one in people]
    known = [(key, name or tr("Your loved one")) for key, name in named]
    if all(key != f"{_OF}{person_id}" for key, _name in known):
        known.append((f"{_OF}{person_id}", tr("Your loved one")))
    return [*known, (_CARER, tr("You alone"))]


def about_key(note: Note) -> str:
    """Return the key of that choice that a note stands for."""
    return _CARER if note.about == _CARER else f"{_OF}{note.person}"


def with_about(note: Note, key: str | None) -> Note:
    """Return a note as that choice wants it."""
    if key is None or key == about_key(note):
        return note
    if key == _CARER:
        return replace(note, about=_CARER)
    return replace(note, about="person", person=key.removeprefix(_OF))


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
