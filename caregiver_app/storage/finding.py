"""Finding entries while somebody types: how many of each kind there are, and the first of them.

Counting is quick, ordering thousands is not. So a kind of which little was found is put in order
as a whole; of one with much the entries are walked through by their days until enough were found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from caregiver_app.domain.entities import Entity
from caregiver_app.storage.reading import Reader
from caregiver_app.storage.rows import quoted
from caregiver_app.storage.typed import Typed
from caregiver_app.values import value

FEW: Final = 200
"""Up to so many of a kind are put in order as a whole."""
_FIRST_LOOK: Final = 64
_GROWTH: Final = 8
_SORTED: Final = (
    "SELECT kind, count(*), group_concat(number) FROM search"
    " JOIN search_entry ON number = search.rowid WHERE search MATCH ? GROUP BY kind"
)
_NAMED: Final = "SELECT rowid FROM search WHERE search MATCH ?"
_WHICH: Final = (
    "SELECT number, entry FROM search_entry WHERE number IN (SELECT value FROM json_each(?))"
)
_FIRST: Final = (
    "?3 IS NOT NULL AND id IN (SELECT value FROM json_each(?1))"
    " ORDER BY id IN (SELECT value FROM json_each(?2)) DESC,"
)
_ORDERS: Final = {
    "appointment": (
        "status = 'cancelled', rrule = '' AND start < ?3,"
        " CASE WHEN rrule <> '' THEN ?3 WHEN start >= ?3 THEN start END, start DESC, id"
    ),
    "authorisation": "[last] DESC, id",
    "bag_item": "(SELECT start FROM appointment WHERE appointment.id = visit) DESC, created, id",
    "call": "date DESC, created DESC, id",
    "checkin": "date DESC, created DESC, id",
    "clinic_call": "at DESC, created DESC, id",
    "cost": "date DESC, created DESC, id",
    "dose": "at DESC, created DESC, id",
    "infusion_record": (
        "(SELECT start FROM appointment WHERE appointment.id = visit) DESC, created, id"
    ),
    "medicine": "past, created, id",
    "note": "at DESC, id",
    "question": "answer <> '', created DESC, id",
    "side_effect": "at DESC, created DESC, id",
    "visit_answer": (
        "(SELECT start FROM appointment WHERE appointment.id = visit) DESC, created, id"
    ),
}
"""What comes first: what is to come, then the newest; of kinds not named here the oldest."""
_WALKS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "appointment": (
        ("rrule = '' AND start >= ?4", "start"),
        ("rrule <> '' AND ?4 IS NOT NULL", "id"),
        ("rrule = '' AND start < ?4", "start DESC"),
    ),
    "checkin": (("?4 IS NOT NULL", "date DESC"),),
    "note": (("?4 IS NOT NULL", "at DESC"),),
    "side_effect": (("?4 IS NOT NULL", "at DESC"),),
}
"""For each kind that there may be much of: conditions and orders that its indexes answer."""

Names = Callable[[str], Sequence[str]]


@value
class Found:
    """Of one kind how many entries were found in all, and the first of them in order."""

    total: int
    first: tuple[Entity, ...]


class Finder:
    """Finds in one open data file.

    It raises DataDamaged, DataBusy or DiskTrouble when the file cannot be read.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def find(
        self, typed: Typed, today: date, limits: Mapping[str, int], also: Names | None = None
    ) -> dict[str, Found]:
        """Return what was found of each kind in `limits`, at most so many of it.

        `also` gives for a typed word what entries may be named instead of holding it.
        """
        if not typed:
            return {}
        day = today.isoformat()
        numbers: dict[str, list[int]] = {
            kind: json.loads(f"[{found}]")
            for kind, _, found in self._reader.rows(_SORTED, (typed.expression(also),))
            if kind in limits
        }
        much = {kind for kind, found in numbers.items() if kind in _WALKS and len(found) > FEW}
        ids = {kind: self._walk(kind, set(numbers[kind]), day, limits[kind]) for kind in much}
        little = {kind: found for kind, found in numbers.items() if kind not in much}
        named = self._look_up(little, ids, typed) if little else []
        return {
            kind: Found(len(found), self._first(kind, ids[kind], named, day, limits[kind]))
            for kind, found in numbers.items()
        }

    def _look_up(
        self, numbers: Mapping[str, list[int]], ids: dict[str, list[str]], typed: Typed
    ) -> list[str]:
        """Add the ids behind numbers to `ids`; return those whose name holds all the words."""
        every = [number for found in numbers.values() for number in found]
        entries: dict[int, str] = dict(self._reader.rows(_WHICH, (json.dumps(every),)))
        for kind, found in numbers.items():
            ids[kind] = [entries[number] for number in found]
        named = self._reader.rows(_NAMED, (typed.name_expression(),))
        return [entries[number] for (number,) in named if number in entries]

    def _walk(self, kind: str, numbers: set[int], today: str, limit: int) -> list[str]:
        """Return the first ids of a kind in the order of their days."""
        found: list[str] = []
        for condition, order in _WALKS[kind]:
            begin, size = 0, _FIRST_LOOK
            sql = (
                f"SELECT id, number FROM {quoted(kind)} CROSS JOIN search_entry"  # noqa: S608
                f" ON kind = ?1 AND entry = id WHERE deleted IS NULL AND {condition}"
                f" ORDER BY {order} LIMIT ?2 OFFSET ?3"
            )
            while len(found) < limit:
                looked = self._reader.rows(sql, (kind, size, begin, today))
                found += [entry for entry, number in looked if number in numbers]
                if len(looked) < size:
                    break
                begin, size = begin + size, size * _GROWTH
        return found[:limit]

    def _first(
        self, kind: str, ids: list[str], named: list[str], today: str, limit: int
    ) -> tuple[Entity, ...]:
        order = _ORDERS.get(kind, "created, id")
        given = (json.dumps(ids), json.dumps(named), today, limit)
        return tuple(self._reader.entities(kind, f"{_FIRST} {order} LIMIT ?4", given))
