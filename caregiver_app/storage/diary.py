"""What was written down day by day, read plainly for a report that counts thousands of entries.

Rows are not decoded here. Those of what was seen and told are checked all the same; the checksums
of answers, of which there are thousands, are looked at elsewhere, as those of `tallies`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple, cast

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Moment, day_of, parse_moment
from caregiver_app.storage.reading import Reader
from caregiver_app.storage.rows import from_micros, to_micros

_ONE_DAY: Final = timedelta(days=1)
_MARGIN: Final = timedelta(days=2)
"""So far the wall clocks of two zones differ, and a little more."""
_SEEN: Final = "deleted IS NULL AND person = ?"
_SEEN_COLUMNS: Final = (
    "sign", "severity", "urgency", "at", "at_zone", "ended", "going_on", "temperature_c", "done",
    "told", "text",
)  # fmt: skip
_TOLD_COLUMNS: Final = (
    "date", "flare", "text", "possible", "pain", "fatigue", "stiffness", "sleep", "mood",
)  # fmt: skip
_IN_ORDER: Final = " ORDER BY at, created, id"
_REACH: Final = (
    "SELECT id FROM side_effect WHERE deleted IS NULL AND person = ? AND +at < ? AND going_on = 1"
    " UNION SELECT id FROM side_effect"
    " WHERE deleted IS NULL AND person = ? AND +at < ? AND ended IS NOT NULL AND ended >= ?"
)
"""What was seen before the days and reaches there; "+" leads to the two small indexes of it."""


_VISIT: Final = "plan = ? AND deleted IS NULL AND start >= ? AND start < ?"
_ONCE: Final = "rrule = '' AND deleted IS NULL"


class Seen(NamedTuple):
    """One side effect as it stands in its row; `wall` and `zone` are when it was seen.

    `day` is the day of that on the family's calendar.
    """

    day: date
    sign: str
    severity: int
    urgency: str
    wall: str
    zone: str | None
    ended_micros: int | None
    going_on: int
    temperature_c: float | None
    done: str
    told: str
    text: str

    @property
    def at(self) -> Moment:
        """When it was seen."""
        return parse_moment(self.wall, self.zone)

    @property
    def ended(self) -> datetime | None:
        """The instant at which it was over, None where nobody said so."""
        return None if self.ended_micros is None else from_micros(self.ended_micros)


class DayTold(NamedTuple):
    """One check-in as it stands in its row, with the number of each of `SCALES`."""

    date: date
    flare: int
    text: str
    possible: str
    pain: int | None
    fatigue: int | None
    stiffness: int | None
    sleep: int | None
    mood: int | None


def seen_near(reader: Reader, person: str, low: datetime, high: datetime, home: str) -> list[Seen]:
    """Return a person's side effects between two instants, and older ones that reach there.

    In order of the wall clock, two days more on either side, whatever the zone; the caller sorts
    out the rest. `home` is the zone of the calendar.
    """
    first = (low - _MARGIN).date().isoformat()
    last = (high + _MARGIN).date().isoformat()
    older = reader.sound_columns(
        "side_effect",
        _SEEN_COLUMNS,
        f"{_SEEN} AND id IN ({_REACH}){_IN_ORDER}",
        (person, person, first, person, first, to_micros(low)),
    )
    within = reader.sound_columns(
        "side_effect",
        _SEEN_COLUMNS,
        f"{_SEEN} AND at >= ? AND at < ?{_IN_ORDER}",
        (person, first, last),
    )
    return [*_seen(older, home), *_seen(within, home)]


def _seen(columns: Sequence[Sequence[Any]], home: str) -> Iterator[Seen]:
    walls, zones = (columns[_SEEN_COLUMNS.index(name)] for name in ("at", "at_zone"))
    if set(zones) <= {None, home}:
        days = [date.fromisoformat(wall[:10]) for wall in walls]
    else:
        days = [day_of(parse_moment(*at), home) for at in zip(walls, zones, strict=True)]
    return map(Seen._make, zip(days, *columns, strict=True))


def days_told(reader: Reader, person: str, first: date, last: date) -> list[DayTold]:
    """Return a person's check-ins of the days `first` to `last`, both included, in order."""
    columns = reader.sound_columns(
        "checkin",
        _TOLD_COLUMNS,
        "deleted IS NULL AND person = ? AND date >= ? AND date <= ? ORDER BY date, created, id",
        (person, first.isoformat(), last.isoformat()),
    )
    days = map(date.fromisoformat, columns[0])
    return [DayTold._make(row) for row in zip(days, *columns[1:], strict=True)]


def answered(reader: Reader, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return state and reason of the answers to those of these reminders that have one."""
    rows = reader.rows(
        "SELECT id, state, reason FROM answer WHERE deleted IS NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {id_: (state, reason) for id_, state, reason in rows}


def answered_between(reader: Reader, first: str, last: str) -> dict[str, tuple[str, str]]:
    """Return state and reason of the answers to the reminders with the ids `first` to `last`."""
    rows = reader.rows(
        "SELECT id, state, reason FROM answer WHERE deleted IS NULL AND id >= ? AND id <= ?",
        (first, last),
    )
    return {id_: (state, reason) for id_, state, reason in rows}


def follow_ups(reader: Reader, person: str) -> frozenset[str]:
    """Return the ids of the appointments that came of a person's calls to the clinic."""
    rows = reader.rows(
        "SELECT follow_up FROM clinic_call"
        " WHERE deleted IS NULL AND person = ? AND follow_up IS NOT NULL",
        (person,),
    )
    return frozenset(entry for (entry,) in rows)


def of_types(
    store: Reader, person: str, first: date, last: date, types: Sequence[str]
) -> list[Appointment]:
    """Return a person's appointments of these types that may touch the days `first` to `last`.

    As `Reader.appointments_between` finds them, without reading those of other types.
    """
    low, high = (first - _MARGIN - _ONE_DAY).isoformat(), (last + _MARGIN + _ONE_DAY).isoformat()
    kind = f"type IN ({', '.join('?' * len(types))})"
    found = store.entities(
        "appointment",
        f"{_ONCE} AND minutes > 1440 AND start < ? AND +person = ? AND {kind}"
        " AND julianday(start) + minutes / 1440.0 >= julianday(?) ORDER BY start, id",
        (low, person, *types, (first - _MARGIN).isoformat()),
    )
    found += store.entities(
        "appointment",
        f"{_ONCE} AND start >= ? AND start < ? AND person = ? AND {kind} ORDER BY start, id",
        (low, high, person, *types),
    )
    found += store.entities(
        "appointment",
        f"rrule <> '' AND deleted IS NULL AND person = ? AND {kind} ORDER BY id",
        (person, *types),
    )
    return cast("list[Appointment]", found)


def newest_visits(
    store: Reader, plan: str, first: date, last: date, most: int
) -> list[Appointment]:
    """Return the newest so many visits of a plan on these days of the wall clock, in order."""
    found = store.entities(
        "appointment",
        f"{_VISIT} ORDER BY start DESC, id DESC LIMIT ?",
        (plan, first.isoformat(), (last + _ONE_DAY).isoformat(), most),
    )
    return cast("list[Appointment]", found[::-1])


def has_visits(store: Reader, plan: str, first: date, last: date) -> bool:
    """Tell whether a plan has a visit on these days that was not cancelled."""
    given = (plan, first.isoformat(), (last + _ONE_DAY).isoformat())
    asked = f"SELECT 1 FROM appointment WHERE {_VISIT} AND status <> 'cancelled' LIMIT 1"  # noqa: S608
    return bool(store.rows(asked, given))
