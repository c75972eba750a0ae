"""Reading what the watchlist lists: what still goes on, and the newest of what was written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from caregiver_app.domain.entities import Appointment, CheckIn, ClinicCall, SideEffect
from caregiver_app.storage.migrations import INFUSION
from caregiver_app.storage.reading import Reader
from caregiver_app.storage.rows import to_micros

_MARGIN = timedelta(days=2)
_ALIVE = "deleted IS NULL AND person = ?"
_WITH_PHOTO = "SELECT entry FROM photo WHERE deleted IS NULL AND person = ?"
_NEAR = (
    "SELECT id FROM side_effect WHERE deleted IS NULL AND person = ? AND at < ? AND at >= ?"
    " UNION SELECT id FROM side_effect"
    " WHERE deleted IS NULL AND person = ? AND +at < ? AND going_on = 1"
    " UNION SELECT id FROM side_effect"
    " WHERE deleted IS NULL AND person = ? AND +at < ? AND ended IS NOT NULL AND ended >= ?"
)
"""With "+" SQLite takes the small index of what goes on, or ended, and not that of all times."""
_AN_OLDER = (
    "SELECT EXISTS (SELECT 1 FROM side_effect WHERE deleted IS NULL AND person = ? AND at < ?)"
    " OR EXISTS (SELECT 1 FROM checkin WHERE deleted IS NULL AND person = ? AND date < ?)"
    " OR EXISTS (SELECT 1 FROM clinic_call WHERE deleted IS NULL AND person = ? AND at < ?)"
)


def going_on(store: Reader, person: str) -> list[SideEffect]:
    """Return a person's side effects that have no end yet, the newest first."""
    # With "+" SQLite takes the small index of what goes on instead of walking through all years.
    where = f"going_on = 1 AND {_ALIVE} ORDER BY +at DESC, created DESC, id"
    return cast("list[SideEffect]", store.entities("side_effect", where, (person,)))


def side_effects_near(
    store: Reader, person: str, low: datetime, high: datetime | None
) -> list[SideEffect]:
    """Return a person's side effects between two instants, and older ones that reach there.

    Those go on, or ended at `low` or later; `high` None has no end. Found by the wall clock, two
    days more on either side, whatever the zone; the caller sorts out the rest.
    """
    first = (low - _MARGIN).date().isoformat()
    last = "~" if high is None else (high + _MARGIN).date().isoformat()
    given = (person, last, first, person, last, person, last, to_micros(low))
    where = f"id IN ({_NEAR}) ORDER BY at, created, id"
    return cast("list[SideEffect]", store.entities("side_effect", where, given))


def with_photo(store: Reader, person: str) -> list[str]:
    """Return the ids of a person's entries that have a photo, without reading a photo."""
    return [row[0] for row in store.rows(_WITH_PHOTO, (person,))]


def newest_side_effects(store: Reader, person: str, limit: int) -> list[SideEffect]:
    """Return the `limit` newest side effects of a person, the newest first."""
    where = f"{_ALIVE} ORDER BY at DESC, created DESC, id LIMIT ?"
    return cast("list[SideEffect]", store.entities("side_effect", where, (person, limit)))


def newest_check_ins(store: Reader, person: str, limit: int) -> list[CheckIn]:
    """Return the `limit` newest check-ins of a person, the newest first."""
    where = f"{_ALIVE} ORDER BY date DESC, created DESC, id LIMIT ?"
    return cast("list[CheckIn]", store.entities("checkin", where, (person, limit)))


def newest_calls(store: Reader, person: str, limit: int) -> list[ClinicCall]:
    """Return the `limit` newest calls to the clinic about a person, the newest first."""
    where = f"{_ALIVE} ORDER BY at DESC, created DESC, id LIMIT ?"
    return cast("list[ClinicCall]", store.entities("clinic_call", where, (person, limit)))


def calls_between(store: Reader, person: str, first: date, last: date) -> list[ClinicCall]:
    """Return the calls to the clinic about a person on the days `first` to `last`, in order."""
    until = (last + timedelta(days=1)).isoformat()
    where = f"{_ALIVE} AND at >= ? AND at < ? ORDER BY at, created, id"
    given = (person, first.isoformat(), until)
    return cast("list[ClinicCall]", store.entities("clinic_call", where, given))


def has_written_before(store: Reader, person: str, day: date) -> bool:
    """Tell whether anything was written down about a person before a day."""
    given = (person, day.isoformat()) * 3
    return bool(store.rows(_AN_OLDER, given)[0][0])


def infusions_between(store: Reader, person: str, first: date, last: date) -> list[Appointment]:
    """Return a person's infusions of the days `first` to `last` and the one before, in order.

    Those that were cancelled are left out.
    """
    until = (last + timedelta(days=1)).isoformat()
    where = f"{INFUSION} AND person = ? AND start >= ? AND start < ? ORDER BY start, id DESC"
    found = cast(
        "list[Appointment]",
        store.entities("appointment", where, (person, first.isoformat(), until)),
    )
    before = store.last_visit_before(person, (first - timedelta(days=1)).isoformat() + "T23:59")
    return found if before is None else [before, *found]


def visits_between(store: Reader, plan: str, first: date, last: date) -> list[Appointment]:
    """Return the visits of a plan on the days `first` to `last` of the wall clock, in order."""
    until = (last + timedelta(days=1)).isoformat()
    where = "plan = ? AND deleted IS NULL AND start >= ? AND start < ? ORDER BY start, id"
    given = (plan, first.isoformat(), until)
    return cast("list[Appointment]", store.entities("appointment", where, given))
