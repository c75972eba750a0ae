"""Parts of the appointment form that know nothing of the rest of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.reminders import lead_times
from caregiver_app.domain.times import AllDay, Moment, parse_moment, wall, wall_text, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.lead_chips import LeadChips
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.words import long_date, tr
from caregiver_app.services.household import Household


class MedicineField(ChoiceField):
    """Which medicine of the list a medicine time is for; it may be none of them."""

    def __init__(self, theme: Theme, house: Household, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Which medicine of the list"), [], parent=parent)
        self._house = house

    def show_list(self, person: str, chosen: str | None) -> None:
        """Offer a person's medicines that have times, and the chosen one whatever it is."""
        people = self._house.people
        found = people.medicines(person) if person else []
        found += [one for one in people.past_medicines(person) if one.id == chosen]
        offered = [one for one in found if not one.as_needed or one.id == chosen]
        none = [("", tr("None of the list"))]
        self.set_choices(none + [(one.id, one.name) for one in offered], chosen or "")

    def name_of(self) -> str:
        """Return the name of the chosen one, "" for none."""
        return self.text() if self.value() else ""


def heading(one: Appointment, *, new: bool) -> str:
    """Return the title of the form."""
    if not new:
        return one.title if one.plan is not None else tr("Appointment")
    return tr("New appointment")


def show_usual(chips: LeadChips, one: Appointment, house: Household) -> None:
    """Show what is usual for such an appointment, as the family chose it."""
    all_day = isinstance(one.start, AllDay)
    usual = lead_times(replace(one, reminders=None), house.ringing.leads())
    chips.set_usual(usual, all_day=all_day, leaves=bool(one.leave_at) and not all_day)


def at_occurrence(one: Appointment, key: str) -> Moment:
    """Return the moment of one date of a series, its start where `key` names no date."""
    try:
        moment = parse_moment(key, None)
    except InputRefused:
        return one.start
    if isinstance(moment, AllDay) != isinstance(one.start, AllDay):
        return one.start
    return with_wall(one.start, wall(moment))


def date_words(moment: Moment, rule: str) -> str:
    """Return which date of a series is shown, and how that repeats."""
    day = long_date(wall(moment).date(), year=True)
    return tr("The date of {day}. {rule}.", day=day, rule=rule)


def changed_words(rule: str) -> str:
    """Return what is said of a date that was changed on its own."""
    return tr("A date of a series, changed on its own. {rule}.", rule=rule)


def left_out(exdates: tuple[str, ...], start: Moment) -> tuple[str, ...]:
    """Return the left-out dates at the hour of `start`, so that they stay left out."""
    length = len("2026-11-24")
    if isinstance(start, AllDay):
        return tuple(text[:length] for text in exdates)
    hour = wall_text(start.local)[length:]
    return tuple(f"{text[:length]}{hour}" for text in exdates)


def contact_words(name: str, phone: str) -> str:
    """Return a contact with the number."""
    return f"{name}, {phone}" if phone else name
