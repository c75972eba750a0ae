"""The door-keeper of medicines of one day a week: asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caregiver_app.domain.entities import Appointment, Medicine
from caregiver_app.domain.times import Moment, wall
from caregiver_app.domain.weekly_only import (
    LOOK,
    WeeklyOnly,
    adds_up,
    comes_too_often,
    is_crowded,
    weekly_only,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.alongside import load
from caregiver_app.services.care import Care


def refuse_too_often(
    care: Care,
    appointment: Appointment,
    field: str = "rrule",
    *,
    before: Appointment | None = None,
    beside: Iterable[Appointment] = (),
) -> None:
    """Refuse a medication time that would give a medicine of one day a week more often.

    `before` is the appointment as it was until now, `beside` are others that are about to be kept
    in place of those with their ids. The sentence stands beside `field`.

    Raises:
        InputRefused: alone or together with the other times of that person, it comes twice within
            seven days.
    """
    found = _named(care, appointment)
    if found is None:
        return
    coming = {one.id: one for one in _coming(care, appointment)}
    coming |= {one.id: one for one in beside if one.person == appointment.person}
    others = [
        one for one in coming.values() if one.id != appointment.id and _named(care, one) == found
    ]
    if appointment.series:
        # The series leaves out the date that this one takes the place of.
        others = [
            _without(one, appointment.original) if one.id == appointment.series else one
            for one in others
        ]
    if before is not None and _named(care, before) != found:
        before = None
    if comes_too_often(appointment, others, care.today, before):
        raise InputRefused("safety.weekly_only", field, name=found.name)


def refuse_medicine(care: Care, medicine: Medicine) -> None:
    """Refuse a medicine of one day a week that is given as needed, or whose times are too many.

    Raises:
        InputRefused: it is called like one, and is marked as needed or has more times already.
    """
    found = weekly_only(medicine.name, load().weekly_only)
    if found is None:
        return
    if medicine.as_needed:
        raise InputRefused("safety.weekly_only", "as_needed", name=found.name)
    if not medicine.id:
        return
    own: list[Appointment] = []
    others: list[Appointment] = []
    for one in _coming(care, medicine):
        if one.type == "medication" and one.medicine == medicine.id:
            own.append(one)
        elif _named(care, one) == found:
            others.append(one)
    for place, one in enumerate(own):
        if adds_up(one, [*others, *own[:place]], care.today):
            raise InputRefused("safety.weekly_only", "name", name=found.name)


def refuse_plan(medicine: str, visits: Iterable[Moment]) -> None:
    """Refuse a therapy plan that would give a medicine of one day a week more often.

    Raises:
        InputRefused: two of its visits, which come in order, lie less than seven days apart.
    """
    found = weekly_only(medicine, load().weekly_only)
    if found is not None and is_crowded(wall(start).date() for start in visits):
        raise InputRefused("safety.weekly_only", "every", name=found.name)


def _coming(care: Care, whose: Appointment | Medicine) -> list[Appointment]:
    """Return what may happen to a person from today on, as far ahead as is looked."""
    first = care.today
    begins = wall(whose.start).date() if isinstance(whose, Appointment) else first
    last = max(first, begins) + LOOK
    return care.store.appointments_between(first, last, person=whose.person or None)


def _named(care: Care, appointment: Appointment) -> WeeklyOnly | None:
    """Return which medicine of one day a week a medication time is for."""
    if appointment.type != "medication":
        return None
    known = load().weekly_only
    found = weekly_only(appointment.title, known)
    if found is None and appointment.medicine is not None:
        medicine = care.store.get(Medicine, appointment.medicine)
        found = None if medicine is None else weekly_only(medicine.name, known)
    return found


def _without(series: Appointment, original: str) -> Appointment:
    if original in series.exdates:
        return series
    return replace(series, exdates=(*series.exdates, original))
