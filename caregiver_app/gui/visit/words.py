"""The words of the visit's sheet: how far a visit is, its parts, and a drip or an injection."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.plans import same_day, visit_start
from caregiver_app.domain.times import wall
from caregiver_app.gui.widgets.chips import ChipKind
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

OPEN: Final = ("planned", "booked", "delayed")
"""A visit of which nobody has said how it went."""


@value
class Look:
    """How a status looks: its word, the kind of chip, the icon, and a sentence."""

    word: str
    kind: ChipKind
    icon: str
    sentence: str


_LOOKS: Final = {
    "planned": Look("Planned", "plain", "calendar", "The clinic has not confirmed it yet."),
    "booked": Look("Booked", "booked", "done", "The clinic has it in its book."),
    "delayed": Look("Delayed", "ask", "time", "The clinic has not confirmed the new date yet."),
    "done": Look("Done", "done", "done", "It took place."),
    "cancelled": Look("Cancelled", "cancelled", "close", "It does not take place."),
}
_MOVED: Final = Look("Moved", "ask", "time", "Not marked as booked yet.")


_AT_HOME: Final = {
    "planned": "It is planned for this day.",
    "booked": "It is planned for this day.",
    "delayed": "It was moved to this day.",
}


def was_moved(house: Household, visit: Appointment) -> bool:
    """Tell whether a visit of a plan has a date that the clinic gave, not the one of its plan."""
    plan = None if visit.plan is None else house.plans.get(visit.plan)
    if plan is None or visit.dose is None:
        return False
    agreed, proposed = {anchor.dose for anchor in plan.anchors}, visit_start(plan, visit.dose)
    return visit.dose in agreed or proposed is None or not same_day(proposed, visit.start)


def look_of(house: Household, visit: Appointment) -> Look:
    """Return how a visit's status looks, in words."""
    moved = visit.status == "delayed" and was_moved(house, visit)
    look = _MOVED if moved else _LOOKS.get(visit.status, _LOOKS["planned"])
    sentence = _AT_HOME.get(visit.status, look.sentence) if is_at_home(visit) else look.sentence
    return Look(tr(look.word), look.kind, look.icon, tr(sentence))


def is_over(house: Household, visit: Appointment) -> bool:
    """Tell whether a visit's hours have gone by."""
    return Occurrence(visit, visit.start).ends(house.care.home) <= house.care.now


def asks_how_it_went(house: Household, visit: Appointment) -> bool:
    """Tell whether a visit is over and nobody has said whether it took place."""
    return visit.status in OPEN and is_over(house, visit)


def heading(house: Household, visit: Appointment) -> str:
    """Return "Infusion 3 · Tue 24 Nov 9:30"."""
    at, today = wall(visit.start), house.care.today
    day = short_date(at.date(), year=at.year != today.year)
    return f"{visit.title} · {day} {time_text(at)}"


def is_at_home(visit: Appointment) -> bool:
    """Tell whether a visit is an injection at home."""
    return visit.type == "medication"


def second_line(house: Household, visit: Appointment) -> str:
    """Return the medicine, and where it is given."""
    plan = None if visit.plan is None else house.plans.get(visit.plan)
    contact = house.agenda.contact_of(visit)
    where = visit.place if contact is None else contact.name
    if is_at_home(visit):
        where = tr("at home")
    return " · ".join(part for part in ("" if plan is None else plan.medicine, where) if part)


def last_site(house: Household, visit: Appointment) -> str:
    """Return where on the body the last injection of the same plan went, "" where unknown."""
    for one in house.records.all(visit.person):
        earlier = wall(one.visit.start) < wall(visit.start)
        same = one.visit.plan == visit.plan and is_at_home(one.visit) == is_at_home(visit)
        if earlier and same and one.record.site:
            return one.record.site
    return ""


def record_heading(*, at_home: bool) -> str:
    """Return what the record is called."""
    return tr("What you wrote down") if at_home else tr("What the nurse wrote down")


def company_line(house: Household, visit: Appointment) -> str:
    """Return "Company: Ana from 9:30, Teo from 10:30", "" while nobody is planned."""
    begins = wall(visit.start)
    told = [
        tr("{who} from {hour}", who=one.who, hour=time_text(begins + timedelta(minutes=one.after)))
        for one in house.company.of(visit.id)
    ]
    return tr("Company: {people}", people=", ".join(told)) if told else ""
