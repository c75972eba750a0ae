"""An hour for the carer while somebody else looks after the loved one: where it fits a visit."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, Moment, wall, with_wall

LONG_VISIT: Final = 120
"""From so many minutes on an infusion is long enough to rest beside it."""
REST: Final = 60
"""So many minutes are proposed."""
_SETTLED: Final = timedelta(minutes=30)
"""So long after its start a visit is under way."""
_HALF_HOUR: Final = 30
_ENDING: Final = ":rest"


def rest_id(visit: str) -> str:
    """Return the id of the appointment that holds the hour to rest during a visit."""
    return f"{visit}{_ENDING}"


def visit_of_rest(appointment: Appointment) -> str | None:
    """Return the id of the visit beside which an appointment is the hour to rest, else None."""
    if appointment.type == "other" and appointment.id.endswith(_ENDING):
        return appointment.id.removesuffix(_ENDING)
    return None


def hour_to_rest(start: Moment, minutes: int) -> Moment | None:
    """Return when the hour to rest begins in a visit at `start`, None in one that is too short.

    It begins at a full or half hour, once the visit has gone on for half an hour, and ends with
    the visit at the latest.
    """
    if isinstance(start, AllDay) or minutes < LONG_VISIT:
        return None
    earliest = wall(start) + _SETTLED
    late = (earliest - earliest.replace(minute=0, second=0, microsecond=0)) % timedelta(
        minutes=_HALF_HOUR
    )
    begins = earliest if not late else earliest - late + timedelta(minutes=_HALF_HOUR)
    return with_wall(start, begins)


def lies_in(rest: Appointment, visit: Appointment) -> bool:
    """Tell whether an hour to rest lies in its visit, by the clock on the wall."""
    if isinstance(rest.start, AllDay) or isinstance(visit.start, AllDay):
        return wall(rest.start).date() == wall(visit.start).date()
    begins, over = wall(visit.start), wall(visit.start) + timedelta(minutes=visit.minutes)
    return begins <= wall(rest.start) and wall(rest.start) < over
