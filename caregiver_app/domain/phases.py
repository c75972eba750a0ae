"""The parts of a therapy plan and the calendar arithmetic between its visits.

A plan begins with the part that its own fields tell (starting visits, then every so often); more
parts may follow: a second course a year later, injections at home. Every visit is a *step*,
numbered from 0 through all parts; how many steps a part has is counted from the plan's first day
alone, so that an agreed delay never changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from caregiver_app.domain import texts
from caregiver_app.domain.entities import UNITS, Anchor, Phase, Plan
from caregiver_app.domain.times import wall
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

MOST_PHASES = 8
MOST_VISITS = 40_000
_MOST_OFFSETS = 100
_MOST_COUNTED = 400
_LONGEST_GAP = 1000
_LONGEST_RUN = 14
_LEAST_DAYS = {"day": 1, "week": 7, "month": 28}


@value
class Spot:
    """Where a step of a plan stands: in which part (from 0), as which visit of it (from 0).

    `count` and `unit` are how far from the part's own beginning it falls, `extra` how many days
    after that, where visits come on several days in a row.
    """

    phase: int
    place: int
    count: int
    unit: str
    extra: int = 0


@value
class Shape:
    """The parts of a plan, and how many visits each has (None where it goes on for good)."""

    parts: tuple[Phase, ...]
    lengths: tuple[int | None, ...]


@lru_cache(maxsize=256)
def shape_of(plan: Plan) -> Shape:
    """Return the parts of a plan with their lengths, counted from its first day alone."""
    parts = (_first_part(plan), *plan.phases)
    begins = wall(plan.first).date()
    lengths: list[int | None] = []
    for phase, following in pairwise((*parts, None)):
        if phase is None:
            break
        own = _own_length(phase)
        if following is None:
            lengths.append(own)
            continue
        ends = _or_never(begins, following.begins, following.begins_unit)
        lengths.append(_visits_before(phase, own, begins, ends))
        begins = ends
    return Shape(parts, tuple(lengths))


def parts_of(plan: Plan) -> tuple[Phase, ...]:
    """Return the parts of a plan in order; the first one is told by the plan's own fields."""
    return shape_of(plan).parts


def spot_of(plan: Plan, step: int) -> Spot | None:
    """Return where step `step` (from 0) of a plan stands, None when the plan has ended by then."""
    return _spot(shape_of(plan), step)


def has_end(plan: Plan) -> bool:
    """Tell whether a plan has a last visit of its own."""
    return plan.last is not None or shape_of(plan).lengths[-1] is not None


def first_step(plan: Plan, number: int) -> int:
    """Return the step at which part `number` (from 0) begins."""
    return sum(length or 0 for length in shape_of(plan).lengths[:number])


def day_of_step(shape: Shape, anchor: Anchor, step: int) -> date | None:
    """Return the day of a step counted from an agreed one, None when the plan has ended by then.

    Within one unit it is counted from the agreed day itself, never from the visit before, so that
    months of different length don't add up. Where a short month would let a part begin before
    the last visit of the part before, it begins on the day after that.
    """
    here, there = _spot(shape, step), _spot(shape, anchor.step)
    if here is None or there is None:
        return None
    try:
        day = anchor.day - timedelta(days=there.extra)
        if here.phase == there.phase and here.unit == there.unit:
            return _after(day, here.count - there.count, here.unit, here.extra)
        begins = shifted(day, -there.count, there.unit)
        for number in range(there.phase + 1, here.phase + 1):
            begins = _next_begins(shape, number, begins)
        for number in range(there.phase, here.phase, -1):
            part = shape.parts[number]
            begins = shifted(begins, -part.begins, part.begins_unit)
        return _after(begins, here.count, here.unit, here.extra)
    except (OverflowError, ValueError):
        return None  # beyond the last year that a calendar has


def shifted(day: date, count: int, unit: str) -> date:
    """Return the day `count` days, weeks or calendar months after `day`.

    Raises:
        OverflowError, ValueError: it lies beyond the years that a calendar has.
    """
    if unit == "month":
        return day + relativedelta(months=count)
    return day + timedelta(days=count * (7 if unit == "week" else 1))


def _after(day: date, count: int, unit: str, extra: int) -> date:
    return shifted(day, count, unit) + timedelta(days=extra)


def loading_visits(phase: Phase) -> int:
    """Return how many visits the offsets of a part give."""
    return len(phase.offsets) * phase.run


def starting_visits(plan: Plan, number: int) -> int:
    """Return how many visits of part `number` (from 0) are starting ones, 0 for none.

    These are its loading doses, several or one with a gap of its own, and the first visit of the
    steady rhythm after them, be it the first one of the part that follows.
    """
    parts = parts_of(plan)
    phase = parts[number]
    if _is_loading(phase):
        return loading_visits(phase) + phase.run
    following = parts[number + 1] if number + 1 < len(parts) else None
    if phase.every is None and following is not None and following.every is not None:
        return loading_visits(phase)
    before = parts[number - 1] if number else None
    follows = before is not None and before.every is None and phase.every is not None
    return phase.run if follows else 0


def _is_loading(phase: Phase) -> bool:
    return phase.every is not None and (len(phase.offsets) > 1 or has_own_gap(phase))


def has_own_gap(phase: Phase) -> bool:
    """Tell whether what follows the offsets is counted from the first visit, not from the last."""
    if phase.every is None or phase.then is None:
        return False
    return (phase.then, phase.every_unit or phase.unit) != (
        phase.offsets[-1] + phase.every,
        phase.unit,
    )


def counts_from_first(phase: Phase) -> bool:
    """Tell whether the steady rhythm runs through the first visit: weeks 0 and 2, then 24, 48."""
    if phase.every is None or phase.then is None or not has_own_gap(phase):
        return False
    return phase.then % phase.every == 0


def _offset(phase: Phase, place: int) -> tuple[int, str, int]:
    place, extra = divmod(place, phase.run)
    if place < len(phase.offsets) or phase.every is None:
        return phase.offsets[place], phase.unit, extra
    unit = phase.every_unit or phase.unit
    first = phase.offsets[-1] + phase.every if phase.then is None else phase.then
    return first + (place - len(phase.offsets)) * phase.every, unit, extra


def _first_part(plan: Plan) -> Phase:
    return Phase(
        begins=0,
        begins_unit=plan.unit,
        offsets=plan.offsets,
        unit=plan.unit,
        every=plan.every,
        every_unit=plan.every_unit,
        then=plan.then,
        count=plan.count,
        run=plan.run,
        at_home=plan.at_home,
    )


def _visits_before(phase: Phase, own: int | None, begins: date, ends: date) -> int:
    place = 0
    while (own is None or place < own) and place < MOST_VISITS:
        if _or_never(begins, *_offset(phase, place)) >= ends:
            break
        place += 1
    return place


def _or_never(day: date, count: int, unit: str, extra: int = 0) -> date:
    try:
        return _after(day, count, unit, extra)
    except (OverflowError, ValueError):
        return date.max


def _spot(shape: Shape, step: int) -> Spot | None:
    for number, (phase, length) in enumerate(zip(shape.parts, shape.lengths, strict=True)):
        if length is None or step < length:
            return Spot(number, step, *_offset(phase, step))
        step -= length
    return None


def _next_begins(shape: Shape, number: int, begins: date) -> date:
    """Return when part `number` begins, of which the part before began on `begins`."""
    part, before = shape.parts[number], shape.parts[number - 1]
    proposed = shifted(begins, part.begins, part.begins_unit)
    length = shape.lengths[number - 1]
    if not length:
        return proposed
    last = _after(begins, *_offset(before, length - 1))
    return max(proposed, last + timedelta(days=1))


def _own_length(phase: Phase) -> int | None:
    counted = None if phase.every is not None else loading_visits(phase)
    if phase.count is None:
        return counted
    return phase.count if counted is None else min(counted, phase.count)


# -- Checks ---------------------------------------------------------------------------------------


def check_phases(plan: Plan, *, before_anchor: bool = False) -> list[InputRefused]:
    """Return every reason why the parts of a plan cannot be taken.

    Errors of the first part carry the plan's field names, those of later ones the field `phases`.

    Args:
        plan: the plan.
        before_anchor: whether the reference knows these offsets with one before the anchor.
    """
    found = texts.problems_of(
        (
            lambda: texts.one_of(plan.unit, UNITS, "unit"),
            lambda: texts.one_of(plan.every_unit or plan.unit, (*UNITS, plan.unit), "every_unit"),
            lambda: _check_offsets(plan.offsets, "offsets", before_anchor=before_anchor),
            lambda: _check_every(plan.every, "every"),
            lambda: _check_then(_first_part(plan), "then"),
            lambda: _check_run(_first_part(plan), "run"),
            lambda: _check_count(plan.count, len(plan.offsets) * plan.run, "count"),
            lambda: _check_last(plan),
            lambda: _check_later(plan),
        )
    )
    # Only of parts that are sound can be told how long each is.
    return found or texts.problems_of((lambda: _check_order(plan),))


def _check_later(plan: Plan) -> None:
    if len(plan.phases) > MOST_PHASES:
        raise InputRefused("plan.phases_many", "phases", high=MOST_PHASES)
    for number, phase in enumerate(plan.phases, start=2):
        try:
            _check_phase(phase)
        except InputRefused as refused:
            raise InputRefused(refused.key, "phases", phase=number, **refused.values) from None


def _check_order(plan: Plan) -> None:
    shape = shape_of(plan)
    for number, length in enumerate(shape.lengths[:-1], start=2):
        part = shape.parts[number - 2]
        visits = _own_length(part) or loading_visits(part)
        if (length or 0) < visits:
            raise InputRefused("plan.phase_order", "phases", phase=number, visits=visits)


def _check_phase(phase: Phase) -> None:
    for unit in (phase.unit, phase.begins_unit, phase.every_unit or phase.unit):
        texts.one_of(unit, UNITS, "unit")
    texts.line(phase.name, "name")
    if not 1 <= phase.begins <= _LONGEST_GAP:
        raise InputRefused("plan.phase_begins", "phases", value=phase.begins, high=_LONGEST_GAP)
    _check_offsets(phase.offsets, "phases", before_anchor=False)
    _check_every(phase.every, "phases")
    _check_then(phase, "phases")
    _check_run(phase, "phases")
    _check_count(phase.count, loading_visits(phase), "phases")


def _check_then(phase: Phase, field: str) -> None:
    other = phase.every_unit in UNITS and phase.every_unit != phase.unit
    # Counted from the first visit itself, one gap in another unit is plain enough.
    if phase.every is not None and other and phase.then is None and phase.offsets[-1:] != (0,):
        raise InputRefused("plan.then_needed", field)
    if phase.then is None:
        return
    if phase.then > _LONGEST_GAP:
        raise InputRefused("plan.then_far", field, high=_LONGEST_GAP)
    last = phase.offsets[-1] if phase.offsets else 0
    if last > _LONGEST_GAP:
        return
    if phase.then < 1 or not _is_after(
        phase.then, phase.every_unit or phase.unit, last, phase.unit
    ):
        raise InputRefused("plan.then", field, last=last)


def _is_after(count: int, unit: str, earlier: int, earlier_unit: str) -> bool:
    """Tell whether one distance is longer than another, wherever in the year they begin."""
    if unit == earlier_unit:
        return count > earlier
    begins = [date(year, month, 1) for year in (2000, 2001) for month in range(1, 13)]
    return all(shifted(day, count, unit) > shifted(day, earlier, earlier_unit) for day in begins)


def _check_every(every: int | None, field: str) -> None:
    if every is not None and not 1 <= every <= _LONGEST_GAP:
        raise InputRefused("plan.every", field, value=every)


def _check_run(phase: Phase, field: str) -> None:
    """Refuse more days in a row than lie between one date and the next."""
    if not 1 <= phase.run <= _LONGEST_RUN:
        raise InputRefused("plan.run", field, value=phase.run, high=_LONGEST_RUN)
    if phase.run == 1:
        return
    gaps = [(later - earlier, phase.unit) for earlier, later in pairwise(phase.offsets)]
    if phase.every is not None:
        gaps.append((phase.every, phase.every_unit or phase.unit))
    if any(count * _LEAST_DAYS.get(unit, 1) < phase.run for count, unit in gaps):
        raise InputRefused("plan.run_long", field, value=phase.run)


def _check_offsets(offsets: Sequence[int], field: str, *, before_anchor: bool) -> None:
    if not offsets or (offsets[0] != 0 and not (before_anchor and offsets[0] < 0)):
        raise InputRefused("plan.offsets_first", field)
    if len(offsets) > _MOST_OFFSETS or offsets[-1] > _LONGEST_GAP or offsets[0] < -_LONGEST_GAP:
        raise InputRefused("plan.offsets_many", field)
    if any(later <= earlier for earlier, later in pairwise(offsets)):
        raise InputRefused("plan.offsets_order", field)


def _check_count(count: int | None, starting: int, field: str) -> None:
    if count is None:
        return
    if not 1 <= count <= _MOST_COUNTED:
        raise InputRefused("plan.visits", field, value=count, high=_MOST_COUNTED)
    if count < starting:
        raise InputRefused("plan.visits_few", field, value=count, starting=starting)


def _check_last(plan: Plan) -> None:
    if plan.last is not None and plan.last < wall(plan.first).date():
        raise InputRefused("plan.last_before_first", "last")
