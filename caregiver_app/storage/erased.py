"""What was erased for good: its rows are still known by their ids, here and in copies.

A copy from before the erasing still has the words. Whoever brings it back gets everything else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from caregiver_app.domain.entities import KINDS
from caregiver_app.storage import checks
from caregiver_app.storage.belongings import (
    ERASED_AT,
    Execute,
    Found,
    Wanted,
    belongings,
    blank,
    columns_of,
)
from caregiver_app.storage.connection import connect, connect_unchanged
from caregiver_app.storage.rows import quoted, to_micros
from caregiver_app.storage.writing import writer

_WORDS: Final = f"(deleted IS NULL OR deleted > {ERASED_AT})"
_OWN: Final = frozenset(("setting", "due_index"))
"""Kinds that nobody would miss: of these alone no copy is worth a question."""


def write_anew(connection: sqlite3.Connection) -> None:
    """Write every page of an open file anew, so that none holds what was taken out of its rows."""
    # Not in files that everybody may look at afterwards.
    connection.execute("PRAGMA temp_store = MEMORY")
    database = writer(connection)
    with database.atomic():
        # Its parts still hold the words that were taken out.
        database.execute("INSERT INTO search (search) VALUES ('rebuild')")
    connection.execute("VACUUM")


def erased_in(path: Path) -> Found:
    """Return for each kind the ids of what was erased for good, as far as a data file can be read.

    Not a byte of it changes.
    """
    found: Found = {}
    with suppress(sqlite3.Error, OSError), closing(connect_unchanged(path)) as connection:
        for kind in checks.kinds_in(connection):
            # A damaged table hides its own ids, not those of the others.
            with suppress(sqlite3.Error):
                rows = connection.execute(
                    f"SELECT id FROM {quoted(kind)} WHERE deleted = ?",  # noqa: S608
                    (ERASED_AT,),
                )
                if ids := {str(entry) for (entry,) in rows}:
                    found[kind] = ids
    return found


def leave_out(part: Path, erased: Mapping[str, set[str]], now: datetime) -> int:
    """Take out of a fresh copy what was erased for good since it was made.

    Args:
        part: a copy of a backup that has no name yet and is open nowhere; of any version.
        erased: for each kind the ids.
        now: the present instant.

    Returns:
        How many entries lost their words in it.

    Raises:
        sqlite3.Error, OSError: it could not be written, or did not read back well.
    """
    with closing(connect(part, "plain")) as connection:
        database = writer(connection)
        with database.atomic():
            found = _with_words(database.execute, erased)
            blank(database.execute, found, to_micros(now))
        if found:
            write_anew(connection)
            if checks.problems_in(connection):
                raise OSError(part)
    return sum(map(len, found.values()))


def holds(copy: Path, wanted: Wanted, found: Mapping[str, set[str]]) -> bool:
    """Tell whether a copy has words of what is to be erased; True where it cannot be read.

    `found` is what that is in the data file; a copy may have more of it.
    """
    try:
        with closing(connect_unchanged(copy)) as connection:
            here = _with_words(connection.execute, found)
            if set(here) - _OWN:
                return True
            here = _with_words(connection.execute, belongings(connection.execute, wanted))
            return bool(set(here) - _OWN)
    except (sqlite3.Error, OSError):
        return True


def _with_words(execute: Execute, among: Mapping[str, set[str]]) -> Found:
    """Return those of these entries that are there and were not erased in this file."""
    found: Found = {}
    for kind, ids in among.items():
        if kind not in KINDS or not columns_of(execute, kind):
            continue
        rows = execute(
            f"SELECT id FROM {quoted(kind)} WHERE {_WORDS}"  # noqa: S608
            " AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(ids)),),
        )
        if here := {str(entry) for (entry,) in rows.fetchall()}:
            found[kind] = here
    return found
