"""What changing a plan under way does to its visits: stopping it, ending it, adding a part.

What is done stays what it was; the rest of a plan's schedule is changed from its visits alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from caregiver_app.domain.entities import Appointment, Phase, Plan
from caregiver_app.domain.phases import spot_of
from caregiver_app.domain.plans import (
    DateChange,
    added,
    is_after_end,
    spot_at,
    visit_start,
    with_hour_of,
)
from caregiver_app.domain.times import Moment, wall
from caregiver_app.errors import InputRefused

_FIXED: Final = ("first", "offsets", "every", "unit", "then", "every_unit", "run", "at_home")
_SCALARS: Final = (*_FIXED, "count", "last")


def is_rescheduled(old: Plan, new: Plan) -> bool:
    """Tell whether two versions of a plan may differ in the dates of their visits."""
    return any(getattr(old, name) != getattr(new, name) for name in _SCALARS) or (
        _unnamed(old.phases) != _unnamed(new.phases)
    )


def may_change(old: Plan, new: Plan) -> bool:
    """Tell whether the schedule differs only in what a plan under way may change.

    That is its last day, how many visits its first or its last part has, and parts at its end
    that come or go.
    """
    if any(getattr(old, name) != getattr(new, name) for name in _FIXED):
        return False
    before, after = _unnamed(old.phases), _unnamed(new.phases)
    if len(before) == len(after):
        before, after = _uncounted(before), _uncounted(after)
    both = min(len(before), len(after))
    return before[:both] == after[:both]


def _unnamed(phases: Sequence[Phase]) -> list[Phase]:
    return [replace(phase, name="") for phase in phases]


def _uncounted(phases: list[Phase]) -> list[Phase]:
    """Return parts of which the last one goes on for as long as its rhythm says."""
    return [*phases[:-1], *(replace(phase, count=None) for phase in phases[-1:])]


def carried(old: Plan, new: Plan) -> Plan:
    """Return the new version with those agreed delays that still stand where they stood."""
    kept = [one for one in old.anchors if spot_of(old, one.step) == spot_of(new, one.step)]
    return replace(new, anchors=tuple(kept))


def refuse_rewriting(old: Plan, new: Plan, visits: Sequence[Appointment], today: date) -> None:
    """Refuse a version in which visits that are over would become other ones.

    Raises:
        InputRefused: the plan would have fewer visits than were done, or a part would begin
            before the last of them.
    """
    over = [
        visit
        for visit in visits
        if visit.dose is not None
        and (visit.status in ("done", "cancelled") or wall(visit.start).date() < today)
        and spot_at(old, visit.dose) != spot_at(new, visit.dose)
    ]
    if not over:
        return
    if any(spot_at(new, visit.dose or 0) is None for visit in over):
        raise InputRefused("plan.count_over", "count", count=max(v.dose or 0 for v in over))
    raise InputRefused("plan.phase_over", "phases")


def changed_dates(
    old: Plan,
    new: Plan,
    visits: Sequence[Appointment],
    until: date,
    deleted: Collection[int] = (),
) -> list[DateChange]:
    """Return every date that differs between two versions of a plan, in the order of the visits.

    Visits that are done or cancelled stay, and so does a date that was agreed for one visit alone
    as long as that visit stays what it was. Visits are told up to the day `until`: what becomes
    another visit after it goes, and is laid out when its time has come. `deleted` are the numbers
    of visits that were deleted and don't come anew.
    """
    changes: list[DateChange] = []
    for visit in sorted(visits, key=lambda v: v.dose or 0):
        if visit.dose is None or visit.status in ("done", "cancelled"):
            continue
        after = _date_in(old, new, visit, visit.dose)
        if after != visit.start:
            gone = after is None or wall(after).date() > until
            changes.append(DateChange(visit.id, visit.dose, visit.start, None if gone else after))
    return changes + added(old, new, visits, until, deleted)


def _date_in(old: Plan, new: Plan, visit: Appointment, dose: int) -> Moment | None:
    spot = spot_at(new, dose)
    sooner = new.last != old.last and is_after_end(new, visit.start)
    if spot is None or sooner:
        return None
    if spot == spot_at(old, dose):
        return visit.start
    proposed = visit_start(new, dose)
    return None if proposed is None else with_hour_of(visit.start, proposed)
