"""What the program itself knows of an item, in a few words, and where one goes to see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from caregiver_app.gui.words import count_text, short_date, tr
from caregiver_app.services.bags import Live

SOURCE_WORDS: Final[dict[str, Callable[[], str]]] = {
    "medicines": lambda: tr("Open the medicines in Care plan"),
    "allergies": lambda: tr("Open the allergies in Care plan"),
    "questions": lambda: tr("Open the questions for the doctor"),
    "side_effects": lambda: tr("Open the notes in Side effects"),
    "insurance": lambda: tr("Open the insurance in Care plan"),
    "contacts": lambda: tr("Open the numbers in Care plan"),
    "ride": lambda: tr("Say who drives"),
    "infusions": lambda: tr("Open the record of infusions"),
    "company": lambda: tr("Open the company that is planned"),
}
"""What going to the source of a kind is called."""

RIDE: Final = "ride"
"""The source that is a sheet of this tab."""

_PLACES: Final[dict[str, tuple[str, str]]] = {
    "medicines": ("care", "medicine"),
    "allergies": ("care", "person"),
    "questions": ("support", ""),
    "side_effects": ("watch", "person"),
    "insurance": ("care", "authorisation"),
    "contacts": ("care", "contact"),
    "infusions": ("visit", "records"),
    "company": ("support", "company"),
}


def source_place(kind: str, person: str) -> tuple[str, str, str] | None:
    """Return where a source of a person is seen (place, kind, item), None for one of this tab."""
    found = _PLACES.get(kind)
    return None if found is None else (*found, person)


def live_words(fact: Live) -> str:
    """Return a fact in a few words: "2 open", "3 entries since Tue 17 Mar"."""
    return _WORDS[fact.kind](fact) if fact.kind in _WORDS else ""


def _medicines(fact: Live) -> str:
    if not fact.count and not fact.text:
        return tr("no medicine entered yet")
    return tr("from Care plan: {medicines}", medicines=_counted_medicines(fact.count))


def _counted_medicines(count: int) -> str:
    return count_text(count, "{count} medicine", "{count} medicines")


def _allergies(fact: Live) -> str:
    return tr("from Care plan") if fact.count else tr("no allergy entered yet")


def _questions(fact: Live) -> str:
    if not fact.count:
        return tr("none written down yet")
    return count_text(fact.count, "{count} open", "{count} open")


def _side_effects(fact: Live) -> str:
    entries = (
        count_text(fact.count, "{count} entry", "{count} entries")
        if fact.count
        else tr("no entries")
    )
    if fact.day is None:
        return tr("{entries} in the last 90 days", entries=entries)
    return tr("{entries} since {day}", entries=entries, day=short_date(fact.day))


def _insurance(fact: Live) -> str:
    if fact.day is None:
        return tr("no approval entered yet")
    if fact.count:
        return tr("approved to {day}", day=short_date(fact.day, year=True))
    return tr("no approval reaches this day")


def _contacts(fact: Live) -> str:
    if not fact.count:
        return tr("no number entered yet")
    numbers = count_text(fact.count, "{count} contact", "{count} contacts")
    return tr("from Care plan: {numbers}", numbers=numbers)


def _ride(fact: Live) -> str:
    return tr("{name} drives", name=fact.text) if fact.count else tr("no driver yet")


def _infusions(fact: Live) -> str:
    if fact.day is None:
        return tr("no infusion yet")
    return tr("the last one on {day}", day=short_date(fact.day, year=True))


def _company(fact: Live) -> str:
    return tr("needed for: {what}", what=fact.text)


_WORDS: Final[dict[str, Callable[[Live], str]]] = {
    "medicines": _medicines,
    "allergies": _allergies,
    "questions": _questions,
    "side_effects": _side_effects,
    "insurance": _insurance,
    "contacts": _contacts,
    "ride": _ride,
    "infusions": _infusions,
    "company": _company,
}
