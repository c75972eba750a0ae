"""When to set off for an appointment: its start less the way, finding a place and being early."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Literal

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, Moment, wall, with_wall
from caregiver_app.errors import InputRefused

LONGEST_MINUTES = 720
"""Half a day of travel, of parking or of being early: more is a slip of the finger."""

NOT_NEEDED = "-"
"""What stands as `ride_home` where nobody needs to drive back."""

RideHome = Literal["open", "same", "other", "none"]
"""Nobody named yet, whoever drives there, somebody else, or nobody needed."""

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


def set_off(one: Appointment) -> time | None:
    """Return the wall time to set off, None while it is not known."""
    if isinstance(one.start, AllDay):
        return None
    lead = lead_minutes(one)
    if lead is not None:
        return (wall(one.start) - timedelta(minutes=lead)).time()
    return time.fromisoformat(one.leave_at) if one.leave_at else None


def be_there(one: Appointment, start: Moment) -> time | None:
    """Return the wall time at which the date at `start` wants the driver to be there.

    That is early by as much as the family said; None for a whole day.
    """
    if isinstance(start, AllDay):
        return None
    at = wall(start)
    early = at - timedelta(minutes=one.early_minutes or 0)
    return early.time() if early.date() == at.date() else at.time()


def set_off_moment(one: Appointment, start: Moment) -> Moment | None:
    """Return when to set off for the date of `one` at `start`, None while it is not known."""
    leave = set_off(one)
    return None if leave is None else with_wall(start, datetime.combine(wall(start).date(), leave))


def minutes_ahead(one: Appointment) -> int:
    """Return how many minutes before the start one sets off, 0 where it is not known."""
    leave = set_off(one)
    if leave is None:
        return 0
    start = wall(one.start)
    ahead = start - datetime.combine(start.date(), leave)
    return max(0, int(ahead.total_seconds()) // 60)


def ride_home(one: Appointment) -> RideHome:
    """Tell who drives back."""
    if one.ride_home == NOT_NEEDED:
        return "none"
    if not one.ride_home:
        return "open"
    return "same" if one.ride_home == one.driver else "other"


def needs_driver(one: Appointment) -> bool:
    """Tell whether somebody still has to be named who drives to an infusion, or a drive."""
    at_home = one.type == "medication"
    asks = (one.plan is not None and not at_home) or one.type == "drive"
    return asks and not one.driver and one.status not in ("done", "cancelled")
