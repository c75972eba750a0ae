"""What a plan brings around a visit: which parts are on, what holds of it, which answers count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from caregiver_app.domain.advice import When
from caregiver_app.domain.entities import PARTS, Appointment, Plan
from caregiver_app.values import value

LONG_MINUTES = 120
"""A visit that takes longer brings what passes the time."""

_DAY = timedelta(days=1)


@value
class VisitFacts:
    """What the program knows of a visit: `medicine` and `also_takes` are ids of the reference."""

    first_visit: bool = False
    minutes: int = 0
    medicine: str = ""
    also_takes: frozenset[str] = frozenset()


def holds(when: When, facts: VisitFacts) -> bool:
    """Tell whether all that `when` names is so."""
    return (
        (facts.first_visit or not when.first_visit)
        and (facts.minutes > LONG_MINUTES or not when.over_two_hours)
        and (not when.medicines or facts.medicine in when.medicines)
        and (not when.also_takes or not facts.also_takes.isdisjoint(when.also_takes))
    )


def parts_off(visit: Appointment, plan: Plan | None) -> frozenset[str]:
    """Return the parts that a visit does without: its own choice, else its plan's."""
    if visit.off is not None:
        return frozenset(visit.off)
    return frozenset() if plan is None else frozenset(plan.off)


def with_part(off: Collection[str], key: str, *, on: bool) -> tuple[str, ...]:
    """Return `off` with one part switched on or off, in the order of PARTS."""
    kept = set(off) - {key} if on else {*off, key}
    return tuple(part for part in PARTS if part in kept)


def answer_counts(
    answer: str, given: date, today: date, visit_day: date, *, moved_since: bool
) -> bool:
    """Tell whether an answer to "Well enough to go?" still speaks of the visit.

    Of the day before the visit on, it does; an earlier one only on the day on which it was
    `given`. A yes, or not sure, stays until the visit moves (`moved_since`).
    """
    if given == today or given >= visit_day - _DAY:
        return True
    return answer in ("yes", "unsure") and not moved_since
