"""What a plan would bring before it is kept: its visits, those that don't suit, its doubles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from caregiver_app.domain.advice import Regimen
from caregiver_app.domain.entities import BlockedDays, Person, Plan
from caregiver_app.domain.phases import has_end, loading_visits
from caregiver_app.domain.plans import (
    horizon,
    minutes_of,
    phase_at,
    proposals,
    spot_at,
    visit_start,
)
from caregiver_app.domain.times import Moment, instant, wall
from caregiver_app.messages import words
from caregiver_app.services.blocked import is_blocked
from caregiver_app.services.care import Care
from caregiver_app.values import value


@value
class Proposal:
    """One line of a plan's preview: `units` (days, weeks or months) after its part began.

    `phase` numbers the part from 0, `place` the visit within it from 0. `closed` says why the day
    does not suit (the clinic is closed, the family blocked it), "" where nothing is known; the
    visit stays where it is all the same.
    """

    dose: int
    start: Moment
    units: int
    unit: str
    phase: int
    place: int
    minutes: int
    starting: bool
    at_home: bool
    past: bool
    closed: str = ""


def preview(care: Care, plan: Plan) -> list[Proposal]:
    """Return a sound plan's visits: 24 months from the later of today and its first day."""
    until = horizon(max(care.today, wall(plan.first).date()))
    closed = _closed_days(care, plan)
    found: list[Proposal] = []
    for dose, start in proposals(plan, until):
        spot, phase, minutes = spot_at(plan, dose), phase_at(plan, dose)[1], minutes_of(plan, dose)
        assert spot is not None  # noqa: S101 - a proposed visit stands in its plan
        over = instant(start, care.home) + timedelta(minutes=minutes) <= care.now
        found.append(
            Proposal(
                dose,
                start,
                spot.count,
                spot.unit,
                spot.phase,
                spot.place,
                minutes,
                starting=spot.place < loading_visits(phase),
                at_home=phase.at_home,
                past=over,
                closed=closed(wall(start).date(), phase.at_home),
            )
        )
    return found


def _closed_days(care: Care, plan: Plan) -> Callable[[date, bool], str]:
    """Return what tells why a day does not suit for a visit, which may be one at home."""
    person = _person_of(care, plan)
    clinic: list[BlockedDays] = []
    family: list[BlockedDays] = []
    for one in care.store.all(BlockedDays):
        if one.clinic is not None:
            if one.clinic == plan.clinic:
                clinic.append(one)
        elif one.person is None or one.person == person:
            family.append(one)

    def told(day: date, at_home: bool) -> str:
        why = [
            one.reason or words(key)
            for key, several in (("plan.closed_clinic", clinic), ("plan.closed_day", family))
            if not (at_home and several is clinic)
            for one in several
            if is_blocked(one, day)
        ]
        return ", ".join(dict.fromkeys(why))

    return told


def double_of(care: Care, plan: Plan) -> Plan | None:
    """Return another plan of the same person for the same medicine at the same time, if any."""
    person = _person_of(care, plan)
    others = [one for one in care.store.all(Plan, person=person) if one.id != plan.id]
    first, last = _span(plan)
    for other in others:
        begins, ends = _span(other)
        if begins <= last and first <= ends and _is_same(care, other.medicine, plan.medicine):
            return other
    return None


def _person_of(care: Care, plan: Plan) -> str:
    """Return whose plan it is: the one named, or the only one ("" where there are several)."""
    people = [] if plan.person else care.store.all(Person)
    return people[0].id if len(people) == 1 else plan.person


def _is_same(care: Care, one: str, other: str) -> bool:
    if one.strip().casefold() == other.strip().casefold():
        return True
    known, same = care.reference.medicine(one), care.reference.medicine(other)
    return known is not None and same is not None and known.id == same.id


def _span(plan: Plan) -> tuple[date, date]:
    first = visit_start(plan, 1)
    begins = wall(plan.first if first is None else first).date()
    if plan.last is not None or not has_end(plan):
        return begins, plan.last or date.max
    found = proposals(plan, date.max)
    return begins, wall(found[-1][1]).date() if found else begins


def knows_before_anchor(care: Care, plan: Plan) -> bool:
    """Tell whether the reference has these starting visits, of which one is before the anchor."""
    return bool(plan.offsets) and plan.offsets[0] < 0 and bool(_published(care, plan))


def goes_on_otherwise(care: Care, plan: Plan) -> bool:
    """Tell whether a plan of starting visits alone is published as going on in another form.

    Then they are loading doses, even while nobody has entered what follows.
    """
    if plan.every is not None or plan.phases:
        return False
    return any(regimen.continues_as for regimen in _published(care, plan))


def _published(care: Care, plan: Plan) -> list[Regimen]:
    known = care.reference.medicine(plan.medicine)
    return [
        regimen
        for regimen in (() if known is None else known.regimens)
        if regimen.offsets == plan.offsets and regimen.unit == plan.unit
    ]
