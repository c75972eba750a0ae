"""What stands in a backup or data file, and whether a backup is behind the data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from caregiver_app.storage import checks
from caregiver_app.storage.connection import connect_unchanged
from caregiver_app.storage.differences import VISIT, differences
from caregiver_app.storage.rows import quoted

_SETTING: Final = "setting"
_OF_THE_WINDOW: Final = ("window.", "first_run")
"""How settings begin that only say where somebody left off."""


def held(path: Path) -> dict[str, int] | None:
    """Return by kind how many entries stand in a file, without what was removed and the settings.

    Not a byte changes; infusions go by the kind `VISIT`. None: it cannot be read.
    """
    try:
        with closing(connect_unchanged(path)) as connection:
            kinds = checks.kinds_in(connection)
            found = {kind: _living(connection, kind) for kind in kinds if kind != _SETTING}
            if "appointment" in found:
                found[VISIT] = _living(connection, "appointment", " AND type = 'infusion'")
                found["appointment"] -= found[VISIT]
    except (sqlite3.Error, OSError):
        return None
    return {kind: count for kind, count in found.items() if count} if kinds else None


def _living(connection: sqlite3.Connection, kind: str, also: str = "") -> int:
    told = f"SELECT count(*) FROM {quoted(kind)} WHERE deleted IS NULL{also}"  # noqa: S608
    return int(connection.execute(told).fetchone()[0])


def is_bare(path: Path) -> bool:
    """Tell whether nothing but settings ever stood in a data file in use; any thread may ask.

    False as well where it cannot be read: whoever copies it says what is wrong.
    """
    try:
        with closing(checks.own_reader(path)) as connection:
            counts = checks.row_counts(connection)
    except (sqlite3.Error, OSError):
        return False
    return bool(counts) and not any(many for kind, many in counts.items() if kind != _SETTING)


def is_behind(backup: Path, path: Path) -> bool:
    """Tell whether a data file in use holds anything otherwise than a backup; any thread may ask.

    Settings that only say where somebody left off do not count. A backup that cannot be read is
    behind.
    """
    if held(backup) is None:
        return True
    if any(one.differs for one in differences(backup, path) if one.group != _SETTING):
        return True
    try:
        with closing(connect_unchanged(backup)) as then, closing(checks.own_reader(path)) as now:
            return _settings(then) != _settings(now)
    except (sqlite3.Error, OSError):
        return True


def _settings(connection: sqlite3.Connection) -> set[tuple[str, object]]:
    rows = connection.execute("SELECT id, value FROM setting WHERE deleted IS NULL")
    return {(name, value) for name, value in rows if not str(name).startswith(_OF_THE_WINDOW)}


def setting_in(path: Path, name: str) -> str | None:
    """Return the JSON of a setting, "" where there is none; None: the file cannot be read."""
    try:
        with closing(connect_unchanged(path)) as connection:
            told = "SELECT value FROM setting WHERE id = ? AND deleted IS NULL"
            row = connection.execute(told, (name,)).fetchone()
    except (sqlite3.Error, OSError):
        return None
    return "" if row is None else str(row[0])
