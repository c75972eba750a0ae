"""What a row of the preview is about: what becomes of it, its entry, and the date it stands for."""

from __future__ import annotations

from collections import Counter
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.series import replaced_by
from caregiver_app.domain.times import Moment
from caregiver_app.errors import InputRefused
from caregiver_app.services.importer import NEW, SKIPPED, UNCHANGED, UPDATED, Preview, Row

MOVES: Final = "moves"
"""The state of a row that would do nothing but move or cancel a treatment visit."""
ORDER: Final = (NEW, UPDATED, MOVES, SKIPPED, UNCHANGED)
"""The states in the order in which their rows stand: what there is to choose comes first."""


def state_of(row: Row) -> str:
    """Return what becomes of a row: its state, or MOVES."""
    return MOVES if row.moves_visit and not row.can_be_taken else row.state


def states(preview: Preview) -> Counter[str]:
    """Return how many rows are in each state."""
    return Counter(map(state_of, preview.rows))


def entry_of(row: Row) -> Appointment | None:
    """Return the entry as it will be once the row was taken, None where there is none."""
    return row.kept or row.old


def is_cancelled(row: Row) -> bool:
    """Tell whether what the row speaks of does not take place."""
    one = entry_of(row)
    if one is None:
        return row.event is not None and row.event.status == "cancelled"
    return one.status == "cancelled"


def falls_out(row: Row) -> bool:
    """Tell whether a date that was changed on its own is no longer in its series."""
    return row.goes and any(one.name == "status" and one.after == "cancelled"
                            for one in row.changes)  # fmt: skip


def is_date(row: Row) -> bool:
    """Tell whether the row is one date of something that repeats."""
    one = entry_of(row)
    if one is not None:
        return bool(one.original)
    return row.event is not None and bool(row.event.original)


def replaced(row: Row) -> Moment | None:
    """Return the date of the series that the row stands for, None where it is no such date."""
    one = entry_of(row)
    try:
        if row.event is not None and row.event.original:
            return row.event.named
        return replaced_by(one) if one is not None and one.original else None
    except (InputRefused, ValueError):
        return None


def asks_whose(row: Row, new: frozenset[str]) -> bool:
    """Tell whether somebody has to say whose a row is; `new` are the ids of new entries.

    A date of a series that is there already is its person's.
    """
    kept = row.kept
    return row.state == NEW and kept is not None and (kept.series is None or kept.series in new)
