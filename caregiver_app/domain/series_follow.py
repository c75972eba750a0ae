"""Changed dates of a series go along when the series changes, or stay as what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.moved_rules import Shift
from caregiver_app.domain.occurrences import tidy
from caregiver_app.domain.series import (
    Carried,
    Fate,
    Fresh,
    Misfit,
    carried_one,
    differences,
    entered_by,
    is_as_ruled,
    is_date,
    moment_of,
    moved_to,
)
from caregiver_app.domain.times import (
    Moment,
    Zoned,
    in_zone,
    is_in_gap,
    to_text,
    wall,
    wall_instant,
)
from caregiver_app.values import value


@value
class Followed:
    """What becomes of the changed dates of a series, and the series that leaves them out."""

    master: Appointment
    put: tuple[Appointment, ...]
    removed: tuple[str, ...]
    misfits: tuple[Misfit, ...]
    kept: tuple[Moment, ...]
    carried: tuple[Carried, ...]


def follow(
    made: Appointment,
    before: Appointment,
    rows: Sequence[Appointment],
    shift: Shift,
    fresh: Fresh,
    *,
    edited: Appointment | None = None,
    own: Moment | None = None,
) -> Followed:
    """Return what becomes of changed dates when their series `before` becomes `made`.

    A date fits where the new series has the date that comes from its original one. What a date
    had in common with its series it goes on having in common; a time of its own it keeps.
    `edited` is the one through which the series was changed, `own` its new time if it has one.
    """
    put: list[Appointment] = []
    removed: list[str] = []
    misfits: list[Misfit] = []
    kept: list[Moment] = []
    carried: list[Carried] = []
    left_out = set(made.exdates)
    changes = differences(before, made)
    for row in rows:
        original = moment_of(before, row.original)
        there = shift.moment(original)
        meant = edited is not None and row.id == edited.id
        if not is_date(made, wall(there)):
            fate: Fate = "dropped" if row.status == "cancelled" else "own"
            misfits.append(Misfit(original, row.start, row.title, fate))
            if fate == "own":
                put.append(_loose(row, fresh))
            else:
                removed.append(row.id)
            continue
        moved = _followed(row, original, there, before, changes, made, meant=meant)
        if meant and own is not None:
            moved = replace(moved, start=own)
        if meant and is_as_ruled(moved, made, there):
            removed.append(row.id)
            carried.append(carried_one(row.id, made.id, there))
            continue
        if moved.start != row.start and row.type == "medication":
            by = Shift(row.start, moved.start)
            carried.append(carried_one(row.id, row.id, row.start, by))
        moved = replace(moved, entered=entered_by(row, moved, fresh.now), changed=fresh.now)
        put.append(replace(moved, sequence=row.sequence + 1))
        kept.append(there)
        left_out.add(moved.original)
    made = replace(made, exdates=tuple(sorted(left_out)))
    found = (put, removed, misfits, kept, carried)
    return Followed(made, *(tuple(one) for one in found))  # type: ignore[arg-type]


def _followed(
    row: Appointment,
    original: Moment,
    there: Moment,
    before: Appointment,
    changes: dict[str, Any],
    made: Appointment,
    *,
    meant: bool,
) -> Appointment:
    """Return a changed date as a date of `made`."""
    # The one through which the change was made says itself what is new about it.
    taken = {
        name: new
        for name, new in changes.items()
        if meant or getattr(row, name) == getattr(before, name)
    }
    if row.status in ("cancelled", "done") and not meant:
        taken.pop("status", None)
    moved = moved_to(row, there) if row.start == original else row
    return tidy(replace(moved, **taken, series=made.id, uid=made.uid, original=to_text(there)))


def _loose(row: Appointment, fresh: Fresh) -> Appointment:
    """Return a changed date as an appointment of its own, at a time that there is."""
    start = row.start
    if isinstance(start, Zoned) and is_in_gap(start.local, start.zone):
        at = in_zone(wall_instant(start.local, start.zone).astimezone(UTC), start.zone)
        start = Zoned(at.replace(tzinfo=None), start.zone)
    return replace(
        row, start=start, series=None, original="", uid=fresh.uid(), sequence=row.sequence + 1,
        changed=fresh.now,
    )  # fmt: skip
