"""Therapy plans: on which days their visits fall, and what an agreed delay does to the rest.

The offsets of a plan are a proposal that the family copied from the clinic's letter; nothing here
suggests one, and nothing moves a visit without being told to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from caregiver_app.domain import texts
from caregiver_app.domain.entities import UNITS, Anchor, Appointment, Plan
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    AllDay,
    Moment,
    Zoned,
    in_zone,
    on_day,
    refuse_gap,
    wall,
    wall_instant,
)
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

MONTHS_AHEAD = 24
"""Visits are laid out this many calendar months ahead of today."""

DEFAULT_LEADS = (10080, 1440, 120)
"""Minutes before a plan's visit at which its own reminders stand: 7 days, 1 day, 2 hours."""

MOST_AT_ONCE = 1500
"""More visits than this are not laid out at once: no therapy has them, a slip of the hand does."""

_MOST_VISITS = 40_000
_MOST_OFFSETS = 100
_LONGEST_GAP = 1000
_LONGEST_WATCH = 90


class Choice(StrEnum):
    """What a moved visit means for the later ones of its plan."""

    ONLY_THIS = "only_this"
    COUNT_FROM_HERE = "count_from_here"
    RESTART_PHASE = "restart_phase"


@value
class DateChange:
    """One visit's date before and after; `after` None means that the visit goes.

    `added` tells that the visit comes anew (a course that begins again has more visits); then
    both dates are the new one.
    """

    visit: str
    dose: int
    before: Moment
    after: Moment | None
    added: bool = False


def check_plan(plan: Plan) -> list[InputRefused]:
    """Return every reason why `plan` cannot be taken, one for each field that is wrong."""
    return texts.problems_of(
        (
            lambda: texts.title(plan.medicine, "medicine"),
            lambda: _check_first(plan.first),
            lambda: texts.one_of(plan.unit, UNITS, "unit"),
            lambda: _check_offsets(plan.offsets),
            lambda: _check_every(plan.every),
            lambda: _check_then(plan),
            lambda: texts.whole(plan.minutes, 1, MINUTES_A_DAY, "minutes"),
            lambda: texts.whole(plan.watch_days, 0, _LONGEST_WATCH, "watch_days"),
        )
    )


def _check_first(first: Moment) -> None:
    if isinstance(first, AllDay):
        raise InputRefused("plan.no_hour", "first")
    refuse_gap(first, "first")


def _check_then(plan: Plan) -> None:
    if plan.then is not None and plan.offsets and plan.then <= plan.offsets[-1]:
        raise InputRefused("plan.then", "then", last=plan.offsets[-1])
    if plan.then is not None and plan.then > _LONGEST_GAP:
        raise InputRefused("plan.then_far", "then", high=_LONGEST_GAP)


def _check_every(every: int | None) -> None:
    if every is not None and not 1 <= every <= _LONGEST_GAP:
        raise InputRefused("plan.every", "every", value=every)


def _check_offsets(offsets: Sequence[int]) -> None:
    if not offsets or offsets[0] != 0:
        raise InputRefused("plan.offsets_first", "offsets")
    if len(offsets) > _MOST_OFFSETS or offsets[-1] > _LONGEST_GAP:
        raise InputRefused("plan.offsets_many", "offsets")
    if any(later <= earlier for earlier, later in pairwise(offsets)):
        raise InputRefused("plan.offsets_order", "offsets")


def units_at(plan: Plan, step: int) -> int | None:
    """Return how many of the plan's units after its start step `step` (from 0) falls.

    None when the plan has ended by then.
    """
    if step < len(plan.offsets):
        return plan.offsets[step]
    if plan.every is None:
        return None
    first = plan.offsets[-1] + plan.every if plan.then is None else plan.then
    return first + (step - len(plan.offsets)) * plan.every


def _add(day: date, count: int, unit: str) -> date:
    if unit == "month":
        return day + relativedelta(months=count)
    return day + timedelta(days=count * (7 if unit == "week" else 1))


def _anchor_of(plan: Plan, dose: int) -> Anchor:
    base = Anchor(1, wall(plan.first).date(), 0)
    # Of two for the same visit the first one counts: an agreed date of visit 1 before the plan's.
    return max((*(a for a in plan.anchors if a.dose <= dose), base), key=lambda a: a.dose)


def visit_step(plan: Plan, dose: int) -> int:
    """Return which step of the schedule (from 0) visit number `dose` (from 1) is."""
    anchor = _anchor_of(plan, dose)
    return anchor.step + dose - anchor.dose


def visit_start(plan: Plan, dose: int) -> Moment | None:
    """Return when the plan proposes visit number `dose` (from 1), None after its end.

    Every date is counted from the last agreed date, never from the visit before, so that months
    of different length do not add up; the hour is the plan's own wall time.
    """
    anchor = _anchor_of(plan, dose)
    here = units_at(plan, anchor.step + dose - anchor.dose)
    origin = units_at(plan, anchor.step)
    if here is None or origin is None:
        return None
    return on_day(plan.first, _add(anchor.day, here - origin, plan.unit))


def proposals(plan: Plan, until: date) -> list[tuple[int, Moment]]:
    """Return visit numbers and proposed starts up to and including the day `until`.

    The first visit always comes, however far away it is.
    """
    found: list[tuple[int, Moment]] = []
    for dose in range(1, _MOST_VISITS + 1):
        start = visit_start(plan, dose)
        if start is None or (dose > 1 and wall(start).date() > until):
            break
        found.append((dose, start))
    return found


def horizon(today: date) -> date:
    """Return the last day up to which visits are laid out."""
    return today + relativedelta(months=MONTHS_AHEAD)


def visit_id(plan_id: str, dose: int) -> str:
    """Return the id of a plan's visit: the same plan and number always give the same id."""
    return f"{plan_id}~{dose}"


def visit_uid(plan: Plan, dose: int) -> str:
    """Return the calendar UID of a plan's visit (RFC 5545 3.8.4.7), stable for ever."""
    return f"{plan.uid}-{dose}@caregiver-companion"


def is_start_visit(plan: Plan, dose: int) -> bool:
    """Tell whether visit `dose` is one of the starting (loading) visits or the one after them.

    The first maintenance visit counts too: its distance from the loading doses is on purpose. A
    plan that names one visit only has no loading doses: it may go on with what began long ago.
    """
    loading = plan.every is not None and len(plan.offsets) > 1
    return loading and visit_step(plan, dose) <= len(plan.offsets)


def anchored(plan: Plan, dose: int, day: date, choice: Choice) -> Plan:
    """Return the plan after visit `dose` was agreed for `day`.

    Later anchors are dropped: they were counted from dates that no longer hold.
    """
    if choice is Choice.ONLY_THIS:
        return plan
    step = visit_step(plan, dose)
    if choice is Choice.RESTART_PHASE:
        step = 0 if step < len(plan.offsets) else len(plan.offsets)
    kept = tuple(a for a in plan.anchors if a.dose < dose)
    return replace(plan, anchors=(*kept, Anchor(dose, day, step)))


def moves(
    plan: Plan, visits: Sequence[Appointment], dose: int, target: Moment, choice: Choice
) -> list[DateChange]:
    """Return every changed date when visit `dose` moves to `target`, in the order of the visits.

    Visits that are done or cancelled stay; a later visit that was moved on its own is counted
    anew like the others. Nothing is changed by asking.
    """
    later = anchored(plan, dose, wall(target).date(), choice)
    changes: list[DateChange] = []
    for visit in sorted(visits, key=lambda v: v.dose or 0):
        number = visit.dose
        if number is None or number < dose:
            continue
        if number > dose and visit.status in ("done", "cancelled"):
            continue
        after: Moment | None
        if number == dose:
            after = target
        elif choice is Choice.ONLY_THIS:
            after = visit.start
        else:
            proposed = visit_start(later, number)
            after = None if proposed is None else with_hour_of(visit.start, proposed)
        if after != visit.start:
            changes.append(DateChange(visit.id, number, visit.start, after))
    return changes + _added(plan, later, visits)


def _added(plan: Plan, later: Plan, visits: Sequence[Appointment]) -> list[DateChange]:
    """Return the visits that a course with an end gets more than it had."""
    if plan.every is not None or plan == later:
        return []
    known = {visit.dose for visit in visits}
    found: list[DateChange] = []
    for dose in range(1, _MOST_VISITS):
        start = visit_start(later, dose)
        if start is None:
            break
        if dose not in known and visit_start(plan, dose) is None:
            found.append(DateChange(visit_id(plan.id, dose), dose, start, start, added=True))
    return found


def with_hour_of(kept: Moment, moved: Moment) -> Moment:
    """Return `kept`'s kind, zone and hour on the day of `moved`."""
    return on_day(kept, wall(moved).date())


def same_day(before: Moment, after: Moment) -> bool:
    """Tell whether two starts fall on the same date of the visit's own calendar.

    The hour of another zone is read on the clock of the zone that it had: 09:30 in Tokyo is the
    evening before in New York.
    """
    if isinstance(before, Zoned) and isinstance(after, Zoned) and before.zone != after.zone:
        there = in_zone(wall_instant(after.local, after.zone), before.zone)
        return there.date() == before.local.date()
    return wall(before).date() == wall(after).date()


def needs_question(appointment: Appointment, start: Moment) -> bool:
    """Tell whether moving `appointment` to `start` has to go through the delay dialog.

    Only a change of the date of a plan's visit does; another hour on the same day does not.
    """
    return appointment.plan is not None and not same_day(appointment.start, start)
