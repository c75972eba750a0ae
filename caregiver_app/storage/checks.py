"""Looking for damage: in a file's structure, in every row, and in how many rows there are."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from operator import itemgetter
from pathlib import Path
from typing import Any

from caregiver_app.domain.entities import KINDS
from caregiver_app.errors import DiskTrouble, UserError
from caregiver_app.storage.connection import (
    connect,
    connect_unchanged,
    disk_trouble,
    log_is_bare,
    look,
    primary_code,
    translated,
)
from caregiver_app.storage.files import COUNTS_NAME, write_private
from caregiver_app.storage.rows import checksum, quoted
from caregiver_app.storage.writing import writer

_Check = Callable[[sqlite3.Connection], list[str]]

_SEEN = "seen"
_COUNT = "SELECT count(*) FROM"
_MOST_TOLD = 20
_KEPT = 0.8
_MANY = 10


def can_write(path: Path) -> bool:
    """Tell whether the system lets us write to a data file and beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def own_reader(path: Path) -> sqlite3.Connection:
    """Open a second connection to a data file that may be in use, for reading only.

    Raises:
        sqlite3.Error, OSError: it cannot be opened.
    """
    return connect(path, "query") if can_write(path) else connect_unchanged(path)


def quick_check(path: Path) -> list[str]:
    """Look for damage in the structure of a data file in use; any thread may call it.

    Returns:
        What is wrong, in plain ids and counts; empty when all is well.
    """
    return _with_reader(path, quick_problems)


def full_check(path: Path) -> list[str]:
    """Check structure, references and every row's checksum of a data file in use.

    Returns:
        What is wrong, in plain ids and counts; empty when all is well.

    Raises:
        DiskTrouble: it could not be read, which is another thing than damage.
    """
    found = _with_reader(path, problems_in)
    if found and reading_failed(path):
        raise DiskTrouble("disk.trouble", path=str(path))
    return found


def reading_failed(path: Path) -> bool:
    """Look again at a file that was called damaged: tell whether only reading it failed.

    SQLite says "malformed" as well where the system could not read a page. Restoring a backup over
    a sound file, because a cable was loose for a moment, would lose what was written since.
    """
    try:
        if log_is_bare(path):
            # It could only be opened in a way that ends the locks of this process.
            return False
        look(path)
        with closing(connect_unchanged(path)) as source:
            return reading_failed_through(source)
    except sqlite3.Error as error:
        return primary_code(error) == sqlite3.SQLITE_IOERR
    except OSError:
        return True
    except UserError as error:
        return isinstance(error, DiskTrouble)


def reading_failed_through(source: sqlite3.Connection) -> bool:
    """Do as `reading_failed` through an open connection, whose file may have no name any more."""
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
            # Page by page, unlike a query, tells failing to read from reading nonsense.
            source.backup(memory)
            return not (problems_in(memory) or _search_is_broken(memory))
    except sqlite3.Error as error:
        return primary_code(error) == sqlite3.SQLITE_IOERR


def _search_is_broken(connection: sqlite3.Connection) -> bool:
    """Tell whether the search table's own parts disagree, which `integrity_check` looks not at."""
    database = writer(connection)
    try:
        with database.atomic():
            database.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError:
        return True
    return False


def _with_reader(path: Path, check: _Check) -> list[str]:
    if not path.exists():
        return []
    try:
        with closing(own_reader(path)) as connection:
            return check(connection)
    except sqlite3.Error as error:
        meaning = translated(error, path)
    except OSError as error:
        meaning = disk_trouble(error, path)
    if isinstance(meaning, UserError):
        raise meaning
    return [str(meaning)]


def quick_problems(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the structure of an open data file.

    Raises:
        sqlite3.Error: it cannot be read now.
    """
    return _pragma_problems(connection, "quick_check")


def problems_in(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with a data file: structure, references, checksums.

    Raises:
        sqlite3.Error: the file is too damaged to be read at all.
    """
    found = _pragma_problems(connection, "integrity_check") or _schema_problems(connection)
    if found:
        return found
    for row in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_TOLD):
        found.append(f"{row[0]}: row {row[1]} refers to a missing {row[2]}")
    for kind in kinds_in(connection):
        found += _row_problems(connection, kind)
    return found


def _pragma_problems(connection: sqlite3.Connection, pragma: str) -> list[str]:
    try:
        rows = connection.execute(f"PRAGMA {pragma}({_MOST_TOLD})").fetchall()
    except sqlite3.DatabaseError as error:
        if isinstance(translated(error, Path()), UserError) and "malformed" not in str(error):
            raise
        return [str(error)]
    return [str(text) for (text,) in rows if text != "ok"]


def _schema_problems(connection: sqlite3.Connection) -> list[str]:
    """Make every table anew in memory: where a file may not be written, SQLite reads no CHECK."""
    wanted = (
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE 'search~_%' ESCAPE '~'"
        " ORDER BY type = 'index'"
    )
    with closing(sqlite3.connect(":memory:")) as memory:
        for name, text in connection.execute(wanted):
            try:
                memory.execute(text)
            except sqlite3.Error as error:
                return [f"{name}: {error}"]
    return []


def _row_problems(connection: sqlite3.Connection, kind: str) -> list[str]:
    columns = sorted(
        name
        for (_, name, *_) in connection.execute(f"PRAGMA table_info({quoted(kind)})")
        if name != "crc"
    )
    names = ",".join(map(quoted, [*columns, "crc"]))
    cursor = connection.execute(f"SELECT {names} FROM {quoted(kind)}")  # noqa: S608
    values = itemgetter(slice(0, len(columns)))
    place = columns.index("id")
    # Row by row: a thousand photos are more than fits into memory.
    found = [
        f"{kind} {row[place]}: the checksum is not that of the row"
        for row in cursor
        if row[-1] != checksum(values(row))
    ]
    return found[:_MOST_TOLD]


def kinds_in(connection: sqlite3.Connection) -> list[str]:
    """Return the kinds of entries that a data file has a table for."""
    tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    return [kind for kind in KINDS if kind in tables]


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows of each kind there are, tombstones included."""
    return {
        kind: int(connection.execute(f"{_COUNT} {quoted(kind)}").fetchone()[0])
        for kind in kinds_in(connection)
    }


def seen_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many entries of each kind there are that can be seen: none that was removed."""
    return {
        kind: int(
            connection.execute(f"{_COUNT} {quoted(kind)} WHERE deleted IS NULL").fetchone()[0]
        )
        for kind in kinds_in(connection)
    }


def record_counts(
    folder: Path, counts: dict[str, int], seen: Mapping[str, int] | None = None
) -> None:
    """Remember how many rows there are, in a file of its own beside the data file.

    `seen` is how many of them somebody can see, which is what people are told; None: as it was.
    Failing to is no reason to disturb anybody: the next close records them. Where something else
    than a file has that name it stays, and nothing is counted.
    """
    told = recorded_seen(folder) if seen is None else dict(seen)
    with suppress(OSError):
        write_counts(folder, counts, told)


def write_counts(folder: Path, counts: dict[str, int], seen: Mapping[str, int]) -> None:
    """Remember how many rows there are and how many of them somebody can see, or say why not.

    Raises:
        OSError: it cannot be written; what was remembered is as it was.
    """
    path = folder / COUNTS_NAME
    if path.exists() and not path.is_file():
        # It stays, and nothing is counted: a pipe would be waited for.
        return
    write_private(path, json.dumps(counts | ({_SEEN: dict(seen)} if seen else {})))


def _kept_counts(folder: Path) -> Any:  # noqa: ANN401 - JSON
    """Return what stands in the file of the counts.

    Raises:
        OSError: it cannot be read, or is no file: a pipe would be waited for for ever.
        ValueError: it is not JSON.
    """
    path = folder / COUNTS_NAME
    if not path.is_file():
        raise FileNotFoundError(path)
    return json.loads(path.read_text(encoding="utf-8"))


def recorded_seen(folder: Path) -> dict[str, int]:
    """Return how many entries of each kind somebody could see then; empty where that is unknown."""
    try:
        counts = _kept_counts(folder)[_SEEN]
        return {kind: int(counts[kind]) for kind in KINDS if kind in counts}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def as_seen(
    rows: Mapping[str, tuple[int, int]], before: Mapping[str, int], now: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """Return what is told where rows vanished: how many entries could be seen then and now.

    Where that is unknown or tells of no loss (what vanished had been removed), it is the rows.
    """
    seen = {kind: (before.get(kind, 0), now.get(kind, 0)) for kind in rows}
    return {kind: seen[kind] if seen[kind][0] > seen[kind][1] else rows[kind] for kind in rows}


def recorded_counts(folder: Path) -> dict[str, int]:
    """Return the row counts of the last clean close or backup; empty when there are none."""
    try:
        counts = _kept_counts(folder)
        return {kind: int(counts[kind]) for kind in KINDS if kind in counts}
    except (OSError, ValueError, TypeError):
        return {}


def has_counts(folder: Path) -> bool:
    """Tell whether row counts of a data folder were kept that can be read."""
    try:
        return isinstance(_kept_counts(folder), dict)
    except (OSError, ValueError):
        return False


def keep_counts(
    folder: Path,
    counts: dict[str, int],
    missing: Mapping[str, int] | None = None,
    added: Mapping[str, int] | None = None,
    at_first: Mapping[str, int] | None = None,
    *,
    seen: Mapping[str, int] | None = None,
) -> None:
    """Remember how many rows there are, but not of a kind of which too many are gone.

    Of those the former number stays until somebody says that it was them. Rows that were added
    since do not hide it: then so many more are remembered as are missing.

    Args:
        folder: the data folder.
        counts: how many rows there are now.
        missing: how many of which kind were gone when the file was opened; None: not known, it
            comes out of the next two.
        added: how many more this program wrote since.
        at_first: what was remembered when it began to write.
        seen: how many of the rows somebody can see; it goes by the same rule.
    """
    before = recorded_counts(folder)
    if missing is None:
        then = {kind: count - (added or {}).get(kind, 0) for kind, count in counts.items()}
        # What was erased meanwhile is remembered as less, and is no loss.
        least = {kind: min(was, before.get(kind, 0)) for kind, was in (at_first or {}).items()}
        missing = {kind: was - now for kind, (was, now) in vanished(least, then).items()}
    should = {kind: count + missing.get(kind, 0) for kind, count in counts.items()}
    gone = {kind: was for kind, (was, _) in vanished(before, counts).items()}
    if seen is not None:
        former = recorded_seen(folder)
        kept = {kind: max(count, former.get(kind, 0)) for kind, count in seen.items()}
        seen = {kind: (kept if kind in gone else seen)[kind] for kind in seen}
    record_counts(folder, should | gone, seen)


def lower_counts(folder: Path, counts: dict[str, int], taken: dict[str, int]) -> None:
    """Remember that rows were taken away on purpose; what was missing before stays missing.

    Args:
        folder: the data folder.
        counts: how many rows there are now.
        taken: how many of each kind were just taken away.
    """
    before = recorded_counts(folder)
    lower = dict(before)
    for kind in taken.keys() & before.keys():
        now = counts.get(kind, 0)
        missing = max(0, before[kind] - now - taken[kind])
        lower[kind] = min(before[kind], now + missing)
    if lower != before:
        record_counts(folder, lower)


def vanished(before: dict[str, int], now: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Return the kinds of which more than a fifth of the rows, or more than ten, are gone.

    Rows only ever become tombstones, so a sound file with far fewer rows lost them some other way.

    Returns:
        For each such kind how many there were and are.
    """
    return {
        kind: (count, now.get(kind, 0))
        for kind, count in before.items()
        if now.get(kind, 0) < count * _KEPT or count - now.get(kind, 0) > _MANY
    }
