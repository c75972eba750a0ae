"""Therapy plans: on which days their visits fall, and what an agreed delay does to the rest.

The offsets of a plan are a proposal that the family copied from the clinic's letter; nothing here
suggests one, and nothing moves a visit without being told to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from dateutil.relativedelta import relativedelta

from caregiver_app.domain import texts
from caregiver_app.domain.entities import PARTS, Anchor, Appointment, Phase, Plan
from caregiver_app.domain.phases import (
    MOST_VISITS,
    Shape,
    Spot,
    check_phases,
    counts_from_first,
    day_of_step,
    first_step,
    has_end,
    loading_visits,
    parts_of,
    shape_of,
    shifted,
    spot_of,
    starting_visits,
)
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

_dose_of = attrgetter("dose")

MONTHS_AHEAD = 24
"""Visits are laid out this many calendar months ahead of today."""

HOME_MINUTES = 30
"""How long an injection at home takes in the calendar, after a plan's infusions."""

HOME_LEADS = (1440, 0)
"""Minutes before an injection at home at which it reminds: the day before, and at its hour."""

DEFAULT_LEADS = (10080, 1440, 120)
"""Minutes before a plan's visit at which its own reminders stand: 7 days, 1 day, 2 hours."""

MOST_AT_ONCE = 1500
"""More visits than this are not laid out at once: no therapy has them, a slip of the hand does."""

_LARGEST_KIT = 40
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


def check_plan(plan: Plan, *, before_anchor: bool = False) -> list[InputRefused]:
    """Return every reason why `plan` cannot be taken, one for each field that is wrong.

    `before_anchor` tells that the reference has these offsets with one before the anchor.
    """
    found = texts.problems_of(
        (
            lambda: texts.title(plan.medicine, "medicine"),
            lambda: _check_first(plan.first),
            lambda: texts.whole(plan.minutes, 1, MINUTES_A_DAY, "minutes"),
            lambda: _check_minutes_first(plan),
            lambda: texts.whole(plan.watch_days, 0, _LONGEST_WATCH, "watch_days"),
            lambda: _check_kit(plan),
            lambda: [texts.one_of(key, PARTS, "off") for key in plan.off],
        )
    )
    return found + check_phases(plan, before_anchor=before_anchor)


def _check_minutes_first(plan: Plan) -> None:
    if plan.minutes_first is not None:
        texts.whole(plan.minutes_first, 1, MINUTES_A_DAY, "minutes_first")


def _check_kit(plan: Plan) -> None:
    texts.whole(len(plan.kit), 0, _LARGEST_KIT, "kit")
    for thing in plan.kit:
        texts.title(thing, "kit")


def _check_first(first: Moment) -> None:
    if isinstance(first, AllDay):
        raise InputRefused("plan.no_hour", "first")
    refuse_gap(first, "first")


def phase_at(plan: Plan, dose: int) -> tuple[int, Phase]:
    """Return the number (from 0) and the part of the plan to which visit `dose` belongs.

    A visit after the plan's end counts to the last part.
    """
    spot, parts = spot_of(plan, visit_step(plan, dose)), parts_of(plan)
    number = len(parts) - 1 if spot is None else spot.phase
    return number, parts[number]


def spot_at(plan: Plan, dose: int) -> Spot | None:
    """Return where visit number `dose` (from 1) stands in its plan, None after the plan's end."""
    return spot_of(plan, visit_step(plan, dose))


def minutes_of(plan: Plan, dose: int) -> int:
    """Return how many minutes visit number `dose` (from 1) lasts."""
    number, phase = phase_at(plan, dose)
    if phase.at_home and number > 0:
        return HOME_MINUTES
    if dose == 1 and plan.minutes_first is not None:
        return plan.minutes_first
    return plan.minutes


@lru_cache(maxsize=256)
def _anchors(plan: Plan) -> tuple[Anchor, ...]:
    """Return the days that a plan counts from, in the order of the visits; the first is its own."""
    begins = wall(plan.first).date()
    own = Anchor(1, shifted(begins, plan.offsets[0], plan.unit) if plan.offsets else begins, 0)
    # Of two for the same visit the first one counts: an agreed date of visit 1 before the plan's.
    found: dict[int, Anchor] = {}
    for anchor in (*plan.anchors, own):
        found.setdefault(anchor.dose, anchor)
    return tuple(found[dose] for dose in sorted(found))


def _anchor_of(known: Sequence[Anchor], dose: int) -> Anchor:
    return known[max(0, bisect_right(known, dose, key=_dose_of) - 1)]


def visit_step(plan: Plan, dose: int) -> int:
    """Return which step of the schedule (from 0) visit number `dose` (from 1) is."""
    return _step(_anchor_of(_anchors(plan), dose), dose)


def visit_start(plan: Plan, dose: int) -> Moment | None:
    """Return when the plan proposes visit number `dose` (from 1), None after its end.

    Every date is counted from the last agreed date, never from the visit before, so that months
    of different length do not add up; the hour is the plan's own wall time.
    """
    return _start(plan, shape_of(plan), _anchor_of(_anchors(plan), dose), dose)


def proposals(plan: Plan, until: date) -> list[tuple[int, Moment]]:
    """Return visit numbers and proposed starts up to and including the day `until`.

    The first visit always comes, however far away it is.
    """
    shape, anchors = shape_of(plan), _anchors(plan)
    found: list[tuple[int, Moment]] = []
    for dose in range(1, MOST_VISITS + 1):
        start = _start(plan, shape, _anchor_of(anchors, dose), dose)
        if start is None or (dose > 1 and wall(start).date() > until):
            break
        found.append((dose, start))
    return found


def _start(plan: Plan, shape: Shape, anchor: Anchor, dose: int) -> Moment | None:
    day = day_of_step(shape, anchor, _step(anchor, dose))
    if day is None or (plan.last is not None and day > plan.last):
        return None
    return on_day(plan.first, day)


def _step(anchor: Anchor, dose: int) -> int:
    return anchor.step + dose - anchor.dose


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

    The first maintenance visit counts too, be it the first one of the part that follows: its
    distance from the loading doses is on purpose. A plan that names one visit and a steady gap
    has no loading doses: it may go on with what began long ago.
    """
    spot = spot_at(plan, dose)
    return spot is not None and spot.place < starting_visits(plan, spot.phase)


def anchored(plan: Plan, dose: int, day: date, choice: Choice) -> Plan:
    """Return the plan after visit `dose` was agreed for `day`.

    Later anchors are dropped: they were counted from dates that no longer hold. What is counted
    from the first visit stays where it is when a later starting visit moves.
    """
    if choice is Choice.ONLY_THIS:
        return plan
    step = visit_step(plan, dose)
    fixed = _fixed_after(plan, dose, day) if choice is Choice.COUNT_FROM_HERE else None
    if fixed is not None:
        kept = [a for a in plan.anchors if a.dose < dose]
        rest = [a for a in plan.anchors if a.dose > fixed.dose]
        return replace(plan, anchors=(*kept, Anchor(dose, day, step), fixed, *rest))
    if choice is Choice.RESTART_PHASE:
        step = _phase_begins(plan, step)
    kept = tuple(a for a in plan.anchors if a.dose < dose)
    return replace(plan, anchors=(*kept, Anchor(dose, day, step)))


def stays_from(plan: Plan, dose: int) -> int | None:
    """Return the first visit that keeps its date when starting visit `dose` moves, None for none.

    Where the steady rhythm runs through the first visit (weeks 0 and 2, then week 24), the later
    ones are counted from that one: never from the second (facts of the anti-CD20 medicines).
    """
    spot = spot_at(plan, dose)
    if spot is None:
        return None
    phase = parts_of(plan)[spot.phase]
    loading = loading_visits(phase)
    if not counts_from_first(phase) or not phase.run <= spot.place < loading:
        return None
    return dose + loading - spot.place


def _fixed_after(plan: Plan, dose: int, day: date) -> Anchor | None:
    """Return from which visit on dates stay when visit `dose` moves to `day`, None for none."""
    first = stays_from(plan, dose)
    start = None if first is None else visit_start(replace(plan, last=None), first)
    if first is None or start is None or day >= wall(start).date():
        return None
    return Anchor(first, wall(start).date(), visit_step(plan, first))


def _phase_begins(plan: Plan, step: int) -> int:
    """Return the step at which what a visit belongs to begins: its loading doses, its rhythm."""
    spot = spot_of(plan, step)
    if spot is None:
        return step
    loading = loading_visits(parts_of(plan)[spot.phase])
    begins = first_step(plan, spot.phase)
    return begins if spot.place < loading else begins + loading


def moves(
    plan: Plan,
    visits: Sequence[Appointment],
    dose: int,
    target: Moment,
    choice: Choice,
    *,
    until: date = date.max,
    deleted: Collection[int] = (),
) -> list[DateChange]:
    """Return every changed date when visit `dose` moves to `target`, in the order of the visits.

    Visits that are done or cancelled stay; a later visit that was moved on its own is counted
    anew like the others. Of these, what falls after the plan's last day goes: the moved one itself
    has the date that was agreed for it. Nothing is changed by asking.

    Args:
        plan: the plan as it is.
        visits: its visits.
        dose: the number of the one that moves.
        target: where it moves to.
        choice: what that means for the later ones.
        until: visits that come anew are told up to this day.
        deleted: the numbers of visits that were deleted and don't come anew.
    """
    day = wall(target).date()
    later = anchored(plan, dose, day, choice)
    fixed = _fixed_after(plan, dose, day) if choice is Choice.COUNT_FROM_HERE else None
    changes: list[DateChange] = []
    for visit in sorted(visits, key=lambda v: v.dose or 0):
        number = visit.dose
        if number is None or number < dose or (number > dose and choice is Choice.ONLY_THIS):
            continue
        if number > dose and visit.status in ("done", "cancelled"):
            continue
        if fixed is not None and number >= fixed.dose:
            continue
        after: Moment | None
        if number == dose:
            after = target
        else:
            proposed = visit_start(later, number)
            after = None if proposed is None else with_hour_of(visit.start, proposed)
        if after != visit.start:
            changes.append(DateChange(visit.id, number, visit.start, after))
    return changes + added(plan, later, visits, until, deleted)


def is_after_end(plan: Plan, start: Moment) -> bool:
    """Tell whether a start lies after the last day that was given for a plan."""
    return plan.last is not None and wall(start).date() > plan.last


def added(
    plan: Plan,
    later: Plan,
    visits: Sequence[Appointment],
    until: date,
    deleted: Collection[int] = (),
) -> list[DateChange]:
    """Return the visits up to the day `until` that `later` has and `plan` had not.

    One that went on for good has later visits laid out day by day anyhow.
    """
    if plan == later or not has_end(plan):
        return []
    known = {visit.dose for visit in visits}.union(deleted)
    return [
        DateChange(visit_id(plan.id, dose), dose, start, start, added=True)
        for dose, start in proposals(later, until)[:MOST_AT_ONCE]
        if dose not in known and visit_start(plan, dose) is None
    ]


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
