"""What belongs to what is erased, and how its rows lose every word; in a file of any version.

An erased row keeps its id, its kind and its times, so that nothing that refers to it breaks and a
copy elsewhere can learn of it; it counts as deleted in 1970, so that no list offers it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from caregiver_app.domain.entities import KINDS
from caregiver_app.storage.rows import checksum, quoted
from caregiver_app.storage.search import WORDS
from caregiver_app.values import value

Execute = Callable[..., Any]
"""Runs one statement with its values, and returns a cursor."""
Found = dict[str, set[str]]
"""For each kind the ids."""

_AMONG: Final = "IN (SELECT value FROM json_each(?))"

ERASED_AT: Final = 0
"""When an erased row counts as deleted."""

_MORE: Final[dict[str, dict[str, object]]] = {
    "plan": {"off": "[]", "anchors": "[]"},
    "appointment": {
        **dict.fromkeys(("rrule", "original"), ""),
        **dict.fromkeys(("exdates", "rdates"), "[]"),
        "off": None,
        "reminders": None,
    },
    "note": {"pinned": 0},
    "bag_item": {"group": ""},
    "template_item": {"group": ""},
}
BLANKS: Final[dict[str, dict[str, object]]] = {
    kind: {**words, **_MORE.get(kind, {})} for kind, words in WORDS.items()
}
"""For each kind what its columns hold once an entry was erased."""

_PARTS: Final[tuple[tuple[str, str, str, bool], ...]] = (
    ("appointment", "plan", "plan", True),
    ("appointment", "medicine", "medicine", True),
    ("appointment", "series", "appointment", True),
    ("blocked_days", "clinic", "contact", False),
    ("template_item", "contact", "contact", False),
    ("bag_list", "contact", "contact", False),
    *(
        (kind, "visit", "appointment", False)
        for kind in ("infusion_record", "visit_answer", "visit_bag", "bag_item", "company")
    ),
    *((kind, "entry", "", False) for kind in ("photo", "version", "answer")),
)
"""Kind, the column that names what it is part of, of which kind ("": any), only deleted ones."""


@value(kw_only=True)
class Wanted:
    """What is to be erased: entries by kind and id, everything of some people, or everything."""

    keys: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    everything: bool = False

    def joined(self, other: Wanted) -> Wanted:
        """Return what both want."""
        return Wanted(
            keys=tuple(dict.fromkeys((*self.keys, *other.keys))),
            people=tuple(dict.fromkeys((*self.people, *other.people))),
            everything=self.everything or other.everything,
        )


def belongings(execute: Execute, wanted: Wanted) -> Found:
    """Return what goes with what is wanted, itself included, as far as it is in this file."""
    columns = {kind: columns_of(execute, kind) for kind in KINDS}
    found: Found = {kind: set() for kind, names in columns.items() if names}
    for kind, entry in wanted.keys:
        if kind in found:
            found[kind] |= _ids(execute, kind, "id", (entry,))
    if wanted.people:
        for kind in found:
            whose = "id" if kind == "person" else "person"
            if whose in columns[kind]:
                found[kind] |= _ids(execute, kind, whose, wanted.people)
    before = -1
    while (count := sum(map(len, found.values()))) != before:
        before = count
        for kind, column, owner, only_deleted in _PARTS:
            if column not in columns[kind] or (owner and owner not in found):
                continue
            owners = found[owner] if owner else set[str]().union(*found.values())
            if owners:
                found[kind] |= _ids(execute, kind, column, owners, only_deleted=only_deleted)
    return {kind: ids for kind, ids in found.items() if ids}


def columns_of(execute: Execute, kind: str) -> list[str]:
    """Return the columns that a table has in this file, none where there is no such table."""
    return [str(name) for _, name, *_ in execute(f"PRAGMA table_info({quoted(kind)})").fetchall()]


def _ids(
    execute: Execute, kind: str, column: str, among: Iterable[str], *, only_deleted: bool = False
) -> set[str]:
    gone = " AND deleted IS NOT NULL" if only_deleted else ""
    rows = execute(
        f"SELECT id FROM {quoted(kind)} WHERE {quoted(column)} {_AMONG}{gone}",  # noqa: S608
        (json.dumps(list(among)),),
    )
    return {entry for (entry,) in rows.fetchall()}


def living(execute: Execute, found: Mapping[str, Iterable[str]]) -> Found:
    """Return those of these entries that are there and not deleted in this file."""
    alive: Found = {}
    for kind, ids in found.items():
        if not columns_of(execute, kind):
            continue
        rows = execute(
            f"SELECT id FROM {quoted(kind)} WHERE deleted IS NULL AND id {_AMONG}",  # noqa: S608
            (json.dumps(list(ids)),),
        )
        alive[kind] = {entry for (entry,) in rows.fetchall()}
    return alive


def blank(execute: Execute, found: Mapping[str, Iterable[str]], micros: int) -> None:
    """Take every word out of these rows, and out of what finds them; inside a transaction.

    `micros` is the present instant in microseconds since 1970.
    """
    for kind, ids in found.items():
        wanted = (json.dumps(list(ids)),)
        columns = columns_of(execute, kind)
        if not columns:
            continue  # A file of an older version has no such table.
        values = {name: to for name, to in BLANKS.get(kind, {}).items() if name in columns}
        values |= {"deleted": ERASED_AT, "changed": micros}
        sets = [f"{quoted(name)} = ?" for name in values]
        if "uid" in columns:
            # A calendar's own name of an entry may hold words too.
            sets.append("[uid] = [id]")
        execute(
            f"UPDATE {quoted(kind)} SET {', '.join(sets)} WHERE id {_AMONG}",  # noqa: S608
            (*values.values(), *wanted),
        )
        _seal(execute, kind, sorted(set(columns) - {"crc"}), wanted)
        entries = f"search_entry WHERE kind = ? AND entry {_AMONG}"
        numbers = f"SELECT number FROM {entries}"  # noqa: S608
        execute(f"DELETE FROM search WHERE rowid IN ({numbers})", (kind, *wanted))  # noqa: S608
        execute(f"DELETE FROM {entries}", (kind, *wanted))  # noqa: S608
        execute(f"DELETE FROM due_index WHERE entry {_AMONG}", wanted)  # noqa: S608


def _seal(execute: Execute, kind: str, summed: list[str], wanted: tuple[str]) -> None:
    names = ",".join(quoted(name) for name in ("id", *summed))
    rows = execute(
        f"SELECT {names} FROM {quoted(kind)} WHERE id {_AMONG}",  # noqa: S608
        wanted,
    ).fetchall()
    for entry, *values in rows:
        execute(
            f"UPDATE {quoted(kind)} SET crc = ? WHERE id = ?",  # noqa: S608
            (checksum(values), entry),
        )


def empty(execute: Execute) -> None:
    """Take every row of ours out of a file; inside a transaction."""
    for kind in KINDS:
        if columns_of(execute, kind):
            execute(f"DELETE FROM {quoted(kind)}")  # noqa: S608
    for table in ("due_index", "search", "search_entry", "turn"):
        if columns_of(execute, table):
            execute(f"DELETE FROM {quoted(table)}")  # noqa: S608
