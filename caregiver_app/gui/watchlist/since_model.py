"""The days since the latest infusion, and for how long signs are watched for after it."""

from __future__ import annotations

from datetime import date

from caregiver_app.domain.entities import Appointment, CheckIn, Plan, SideEffect
from caregiver_app.domain.times import day_of, in_zone
from caregiver_app.gui.today.phrases import visit_words
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value


@value
class Since:
    """What the card says; as a strip: the last day, today's, and those with an entry.

    `last` is 0 where nothing is watched for; `plan` is whose length it is, "" for none.
    """

    title: str
    fact: str
    last: int
    today: int
    written: frozenset[int]
    plan: str


def since_of(house: Household, person: str) -> Since | None:
    """Return the days since a person's latest infusion, None before any."""
    care = house.care
    today, home = care.today, care.home
    found = house.watch.since(person, today, in_zone(care.now, home).time())
    if found is None:
        return None
    visit = found.visit
    first = day_of(visit.start, home)
    windows = house.agenda.watched(first, today, person)
    window = next((one for one in windows if one.visit.id == visit.id), None)
    last = 0 if window is None else (window.last - window.first).days
    until = today if window is None else window.last
    entries = house.watch.entries(first, max(until, first), person)
    days = frozenset((_day_of(entry, home) - first).days for entry in entries)
    title = tr("Since {visit}", visit=visit_words(visit))
    plan = _plan_of(house, visit)
    unread = not last and "plan" in care.left_out
    fact = _fact((today - first).days, last, len(entries), unread=unread)
    return Since(title, fact, last, (today - first).days, days, "" if plan is None else plan.id)


def _fact(day: int, last: int, written: int, *, unread: bool) -> str:
    told = tr("{count} written down", count=written)
    if unread:
        return tr("Day {day}. How long to watch for can’t be read. {told}.", day=day, told=told)
    if not last:
        return tr("Day {day}. No days of watching. {told}.", day=day, told=told)
    if day <= last:
        return tr("Day {day} of {last}, {told}", day=day, last=last, told=told)
    watched = count_text(last, "{count} day of watching", "{count} days of watching")
    return tr("Day {day}, after {watched}. {told}.", day=day, watched=watched, told=told)


def _plan_of(house: Household, visit: Appointment) -> Plan | None:
    return None if visit.plan is None else house.plans.get(visit.plan)


def _day_of(entry: SideEffect | CheckIn, home: str) -> date:
    return entry.date if isinstance(entry, CheckIn) else day_of(entry.at, home)
