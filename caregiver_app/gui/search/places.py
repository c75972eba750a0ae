"""What the program itself offers to a search: its places, and any day that somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import day_of
from caregiver_app.gui.search.lines import ResultLine, Target
from caregiver_app.gui.words import away_text, long_date, read_date, short_date, tr, weekday_text
from caregiver_app.services.household import Household
from caregiver_app.services.search import Results


class Place(NamedTuple):
    """A place: how to go there, its name and icon, and other words that bring it up."""

    place: str
    kind: str
    name: str
    icon: str
    words: str
    item: str = ""


_SETTINGS: Final = "settings"
_EMERGENCY: Final = "emergency"
_CRISIS: Final = "crisis"
_ENOUGH: Final = 3
_WITHIN: Final = {_SETTINGS: "Settings", "care": "Care plan", "watch": "Side effects"}
"""What a part of a place is a part of."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_JUST_GONE: Final = timedelta(days=31)
PLACES: Final = (
    Place("today", "", "Today", "today", "now waiting due"),
    Place("calendar", "", "Calendar", "calendar", "month week agenda appointments"),
    Place("watch", "", "Side effects", "watch", "signs symptoms check-in watchlist"),
    Place("watch", "report", "Visit report", "paper-note",
          "doctor one page print summary since the last visit PDF"),
    Place("watch", "call_sheet", "Call sheet for the clinic", "call",
          "phone ring nurse question what to say"),
    Place("watch", "charts", "Charts of side effects", "chart",
          "timeline cycles trend wearing off wellbeing pain graph"),
    Place("watch", "checkin_today", "How was today?", "watch",
          "check-in checkin wellbeing nothing today possible flare"),
    Place("bag", "", "Bag", "bag", "packing papers checklist"),
    Place("support", "", "Support", "support", "notes questions listening company outlets"),
    Place("care", "", "Care plan", "care-plan",
          "person allergies medicines contacts numbers insurance approvals papers"),
    Place("care", "medicine", "Medicines and plans", "medicine",
          "therapy pills list tried before past ended"),
    Place("care", "contact", "Numbers to call", "call", "phone telephone contacts people reach"),
    Place("care", "authorisation", "Insurance and approvals", "coverage",
          "authorisation authorization covered letter"),
    Place("care", "call", "Approvals and calls", "call",
          "insurer log promised reference number questions to print"),
    Place("care", "cost", "Costs and help to pay", "paper-note",
          "money bills paid deductible copay card grant fund assistance"),
    Place(_EMERGENCY, "", "Emergency", "emergency", "help call now"),
    Place(_CRISIS, "", "Crisis panel", "lifeline",
          "danger suicide hurt help line can’t go on hopeless too much poison"),
    Place(_SETTINGS, "", "Settings", "settings", "options preferences"),
    Place(_SETTINGS, "people", "People and numbers", "people",
          "emergency number poison number crisis line add another person"),
    Place(_SETTINGS, "reminders", "Reminders", "reminder", "notices alarm bell morning evening"),
    Place(_SETTINGS, "reminders", "A test reminder", "reminder",
          "rehearsal rehearse try ring once do they work health", "trial"),
    Place(_SETTINGS, "reminders", "Usual reminders", "reminder",
          "lead times how long before default minutes hours days", "usual"),
    Place(_SETTINGS, "reminders", "Ring again until answered", "reminder",
          "repeat snooze again nag minutes", "again"),
    Place(_SETTINGS, "reminders", "Quiet hours", "reminder",
          "night silent do not disturb sleep quiet", "quiet"),
    Place(_SETTINGS, "reminders", "Sound", "listening", "loud hear tone beep volume", "sound"),
    Place(_SETTINGS, "reminders", "Names in desktop notices", "reminder",
          "details private discreet privacy", "names"),
    Place(_SETTINGS, "reminders", "Start with the computer", "today",
          "autostart login background tray close window quit", "alive"),
    Place(_SETTINGS, "look", "Look", "today", "text size larger letters dark light colours"),
    Place(_SETTINGS, "files", "Files and backups", "keep",
          "backup copy restore export import folder"),
    Place(_SETTINGS, "privacy", "Privacy", "private", "delete erase details in notices"),
    Place(_SETTINGS, "privacy", "What is stored where", "private",
          "files folder size encrypted disk encryption title window synced cloud", "stored"),
    Place(_SETTINGS, "privacy", "Deleting and erasing", "private",
          "delete a person everything for good remove wipe", "erasing"),
    Place("deleted", "", "Recently deleted", "undo",
          "trash bin restore bring back undelete removed lost"),
    Place("medicine", "", "Medicines that the app knows", "medicine",
          "look up reference leaflet drug brand biosimilar"),
    Place("export", "", "Save a calendar file", "calendar", "export calendar ics phone"),
    Place("import", "", "Take in a calendar file", "import", "import calendar ics open add"),
)  # fmt: skip


def places_for(results: Results) -> list[ResultLine]:
    """Return the places whose names or other words fit what was typed, those by name first."""
    found: list[tuple[bool, ResultLine]] = []
    for one in PLACES:
        name = tr(one.name)
        by_name = results.fits(name)
        words = "" if results.is_one_letter else tr(one.words)
        if by_name or results.fits(f"{name} {words}"):
            found.append((not by_name, _line(one, name, results)))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _line(one: Place, name: str, results: Results) -> ResultLine:
    urgent = one.place == _EMERGENCY
    return ResultLine(
        key=":".join(("place", one.place, one.kind, *filter(None, (one.item,)))),
        title=name,
        title_marks=results.marks(name),
        second=_second(one),
        icon=one.icon,
        role="alarm" if urgent else "soft",
        ground="alarm_tint" if urgent else "sunk",
        spoken=tr("Place"),
        target=Target(place=one.place, kind=one.kind, item=one.item),
    )


def _second(one: Place) -> str:
    if one.place == _EMERGENCY:
        return tr("Whom to call and what to do (F2)")
    if one.place == _CRISIS:
        return tr("Whom to call when somebody is in danger (F4)")
    if one.item:
        return tr("Settings, Privacy" if one.kind == "privacy" else "Settings, Reminders")
    return tr(_WITHIN[one.place]) if one.kind else ""


def is_call_for_help(line: ResultLine, query: str) -> bool:
    """Tell whether a place is the emergency page, and enough was typed to mean it."""
    urgent = line.target is not None and line.target.place == _EMERGENCY
    return urgent and len(query.strip()) >= _ENOUGH


def bags_for(visits: Sequence[Appointment], house: Household, results: Results) -> list[ResultLine]:
    """Return the bags of the next visits when their words fit."""
    found: list[ResultLine] = []
    for visit in visits:
        name = tr("Bag for {day}", day=short_date(day_of(visit.start, house.care.home)))
        if results.fits(f"{name} {tr('bag of the next visit packing')}"):
            found.append(
                ResultLine(
                    key=f"place:bag:{visit.id}",
                    title=name,
                    title_marks=results.marks(name),
                    second=visit.title,
                    icon="bag",
                    spoken=tr("Place"),
                    target=Target(place="bag", kind="visit", item=visit.id, person=visit.person),
                )
            )
    return found


def records_for(house: Household, results: Results) -> list[ResultLine]:
    """Return what the nurses wrote down, person by person, when its words fit."""
    name = tr("Infusion records")
    words = tr("passport lot numbers product batch nurse wrote down print")
    if not results.fits(f"{name} {words}") or results.is_one_letter:
        return []
    return [
        ResultLine(
            key=f"place:records:{person.id}",
            title=name,
            title_marks=results.marks(name),
            second=tr("What the nurses wrote down"),
            icon="infusion",
            spoken=tr("Place"),
            target=Target(place="visit", kind="records", item=person.id, person=person.id),
        )
        for person in house.people.people()
        if house.plans.all(person.id)
    ]


def days_for(query: str, today: date) -> list[ResultLine]:
    """Return how to go to the day that was typed; without a year also to one just gone."""
    near = _near_day(query, today) or read_date(query, today)
    if near is None or not _FIRST_YEAR <= near.year <= _LAST_YEAR:
        return []
    real = [near]
    gone = read_date(query, today - _JUST_GONE)
    if gone is not None and gone < today < near:
        real.insert(0, gone)
    return [
        ResultLine(
            key=f"day:{day.isoformat()}",
            title=tr("Go to {day}", day=long_date(day, year=day.year != today.year)),
            second=away_text(day, today),
            icon="calendar",
            role="primary",
            ground="tint",
            spoken=tr("Day"),
            target=Target(place="calendar", kind="day", item=day.isoformat()),
        )
        for day in real
    ]


def _near_day(query: str, today: date) -> date | None:
    """Return the day that a single word names: today, tomorrow, yesterday or a weekday to come."""
    word = query.strip().casefold()
    near = {tr("today"): 0, tr("tomorrow"): 1, tr("yesterday"): -1}
    if word in near:
        return today + timedelta(days=near[word])
    week = (today + timedelta(days=ahead) for ahead in range(7))
    return next((day for day in week if weekday_text(day).casefold() == word), None)
