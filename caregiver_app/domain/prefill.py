"""What may be filled into a plan from a published rhythm: a proposal that the family confirms.

The data say of each rhythm whether it may be; the rules stand here as well, so that a slip of the
hand in the data can never put dates on a calendar.
"""

from __future__ import annotations

from typing import Final

from caregiver_app.domain.advice import Course, MedicineInfo, Regimen
from caregiver_app.domain.entities import Phase
from caregiver_app.values import value

_FIRST: Final = ("first_infusion", "first_infusion_of_course", "first_maintenance_infusion")
"""Anchors that count as the first infusion."""
_NEVER: Final = ("repeating_course_by_symptoms", "by_lab_result", "with_infusion")
"""Kinds whose dates the clinic finds out as it goes."""


@value
class Prefill:
    """The fields of a `Plan` that a rhythm fills in, under the plan's own names.

    `every_unit` "" means the same unit, `every` None that nothing follows the offsets. `phases` are
    the later courses. `minutes` is how long a visit lasts, `minutes_first` the very first one,
    None where that is the same; both None where no length was read.
    """

    offsets: tuple[int, ...]
    unit: str
    every: int | None
    every_unit: str
    then: int | None
    phases: tuple[Phase, ...]
    minutes: int | None
    minutes_first: int | None
    watch_days: int


def may_prefill(info: MedicineInfo, regimen: Regimen) -> bool:
    """Tell whether the rules let this rhythm put dates into a form.

    Only what was verified does, and only where the dates are fixed from the first infusion on: no
    range of gaps or of visits, no blood result or symptom that decides, no other beginning, and no
    medicine that is not given at visits.
    """
    fixed = regimen.every_max is None and not regimen.length_varies
    return (
        info.infused
        and regimen.evidence.status == "verified here"
        and fixed
        and regimen.kind not in _NEVER
        and regimen.anchor in _FIRST
        and regimen.offsets[:1] == (0,)
    )


def prefill(info: MedicineInfo, regimen: Regimen) -> Prefill | None:
    """Return what a rhythm fills into a plan, None where it may not fill in anything.

    A course that is repeated gives one course and nothing after it, and a rhythm that goes on as
    something else ends with its offsets.
    """
    if not (regimen.prefill and may_prefill(info, regimen)):
        return None
    ends = regimen.kind == "repeating_course" or bool(regimen.continues_as)
    every = None if ends else regimen.every
    other = every is not None and regimen.every_unit != regimen.unit
    first, later = info.minutes_first, info.minutes_later
    if regimen.minutes is not None:
        first = later = regimen.minutes
    usual = first if later is None else later
    return Prefill(
        offsets=regimen.offsets,
        unit=regimen.unit,
        every=every,
        every_unit=regimen.every_unit if other else "",
        then=None if every is None else regimen.then,
        phases=() if ends else tuple(map(_phase, regimen.courses)),
        minutes=usual,
        minutes_first=None if first == usual else first,
        watch_days=info.watch_days,
    )


def _phase(course: Course) -> Phase:
    return Phase(
        begins=course.after,
        begins_unit=course.after_unit,
        offsets=course.offsets,
        unit=course.unit,
    )
