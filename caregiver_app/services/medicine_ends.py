"""Ending the times of a medicine: what was given stays, what is to come goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from caregiver_app.domain.dose_marks import is_for
from caregiver_app.domain.entities import Appointment, Medicine
from caregiver_app.domain.times import AllDay, Zoned, in_zone, parse_moment, wall
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.care import Care

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_OVER: Final = ("cancelled", "done")


def end_times(care: Care, medicine: Medicine) -> None:
    """End every time of a medicine that lies ahead, inside a change.

    A series ends now, a single time is cancelled, and what was put off does not ring any more.
    Injections of a plan stay: they end with their plan.
    """
    agenda = AgendaService(care)
    others = [
        one
        for one in care.store.all(Medicine, person=medicine.person)
        if one.id != medicine.id and not one.past
    ]
    for one in care.store.all(Appointment, person=medicine.person, type="medication"):
        named = one.medicine is not None or not any(is_for(one, other) for other in others)
        if one.plan is not None or one.status in _OVER or not is_for(one, medicine) or not named:
            continue
        _put_off_no_more(care, one)
        begins = _next_minute(care, one)
        if one.rrule:
            end_series(care, agenda, one, begins)
        elif wall(one.start) >= begins and agenda.get(one.id) is not None:
            agenda.save(replace(one, status="cancelled"))


def end_series(care: Care, agenda: AgendaService, one: Appointment, begins: datetime) -> None:
    """Let a series end before a wall time, inside a change; one without dates before that goes."""
    store = care.store
    for changed in store.changed_dates(one.id):
        if wall(changed.start) >= begins:
            store.remove(Appointment, changed.id, care.now)
    if wall(one.start) >= begins:
        store.remove(Appointment, one.id, care.now)
        return
    parts = [
        part for part in one.rrule.split(";") if part.partition("=")[0] not in ("UNTIL", "COUNT")
    ]
    until = begins - _MINUTE
    ending = f"{until:%Y%m%d}" if isinstance(one.start, AllDay) else f"{until:%Y%m%dT%H%M%S}"
    rdates = tuple(text for text in one.rdates if wall(parse_moment(text, None)) < begins)
    agenda.save(replace(one, rrule=";".join([*parts, f"UNTIL={ending}"]), rdates=rdates))


def _next_minute(care: Care, one: Appointment) -> datetime:
    """Return the wall time of an appointment from which on its dates are still to come."""
    zone = one.start.zone if isinstance(one.start, Zoned) else care.home
    here = in_zone(care.now, zone).replace(tzinfo=None, second=0, microsecond=0)
    if isinstance(one.start, AllDay):
        return datetime.combine(here.date() + _DAY, time())
    return here + _MINUTE


def _put_off_no_more(care: Care, one: Appointment) -> None:
    for answer in care.store.open_answers("later", one.id):
        care.store.put(replace(answer, state="shown", until=None, changed=care.now))
