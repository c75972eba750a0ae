"""When to set off for an appointment: its start less the way, finding a place and being early."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, wall
from caregiver_app.errors import InputRefused

LONGEST_MINUTES = 720
"""Half a day of travel, of parking or of being early: more is a slip of the finger."""

_PARTS = ("travel_minutes", "parking_minutes", "early_minutes")


def lead_minutes(one: Appointment) -> int | None:
    """Return how many minutes before the start to set off, None where nothing of it is known."""
    known = [part for name in _PARTS if (part := getattr(one, name)) is not None]
    return sum(known) if known else None


def check_ride(one: Appointment) -> None:
    """Refuse a way that cannot be.

    Raises:
        InputRefused: a part of it is negative or over half a day, there is no hour to count from,
            or one would have to set off on the day before.
    """
    for name in _PARTS:
        part = getattr(one, name)
        if part is not None:
            texts.whole(part, 0, LONGEST_MINUTES, name)
    lead = lead_minutes(one)
    if lead is None:
        return
    if isinstance(one.start, AllDay):
        raise InputRefused("ride.no_hour", "travel_minutes")
    start = wall(one.start)
    if (start - timedelta(minutes=lead)).date() != start.date():
        raise InputRefused("ride.day_before", "travel_minutes")


def with_leave_at(one: Appointment) -> Appointment:
    """Return the appointment with the time to set off that follows from its ride, if any does."""
    lead = lead_minutes(one)
    if lead is None:
        return one
    return replace(one, leave_at=f"{wall(one.start) - timedelta(minutes=lead):%H:%M}")
