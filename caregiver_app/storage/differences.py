"""What a backup holds, lacks or has otherwise than the data file, counted by kind.

The data file may be damaged: then what can still be read of it counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from caregiver_app.domain.entities import KINDS
from caregiver_app.storage import checks
from caregiver_app.storage.belongings import ERASED_AT
from caregiver_app.storage.connection import connect, connect_unchanged
from caregiver_app.storage.rows import from_micros, quoted
from caregiver_app.values import value

VISIT: Final = "visit"
"""What an appointment is called that is an infusion; every other group is a kind."""

_Entry = tuple[object, int | None, int, str]
"""What tells whether it is the same, when it was deleted, when it was last changed, its group."""
_Entries = dict[str, _Entry]
_Open = Callable[[Path], sqlite3.Connection]
_LATEST: Final = 250_000_000_000_000_000
"""Microseconds since 1970 that still are a date."""


@value(kw_only=True)
class Difference:
    """How a backup differs from the data as it is now, for one kind of entry.

    Counted are entries that were not removed. `newest_then` and `newest_now` are when one was last
    written, None where that is not known. `stay_erased` are entries that the backup has and that
    were erased for good since: they do not come back.
    """

    group: str
    then: int = 0
    now: int = 0
    only_then: int = 0
    only_now: int = 0
    changed: int = 0
    stay_erased: int = 0
    newest_then: datetime | None = None
    newest_now: datetime | None = None

    @property
    def differs(self) -> bool:
        """Whether anything is otherwise."""
        return bool(self.only_then or self.only_now or self.changed or self.stay_erased)


def differences(backup: Path, path: Path) -> list[Difference]:
    """Compare a good backup with the data file, which may be in use, and damaged."""
    try:
        with closing(connect_unchanged(backup)) as then, closing(checks.own_reader(path)) as now:
            return _compared(then, now)
    except (sqlite3.Error, OSError):
        return lacking(backup, path) or []


def lacking(backup: Path, path: Path) -> list[Difference] | None:
    """Compare a good backup with a damaged data file, as far as that can still be read.

    Where not even its tables can, the number of entries at the last close says what is missing.

    Returns:
        The differences; None where nothing is known of the data file.
    """
    try:
        with closing(connect_unchanged(backup)) as then:
            for opener in (connect_unchanged, _without_log):
                found = _of_damaged(then, path, opener)
                if found is not None:
                    return found
            missing = _missing(then, path.parent)
            return (
                None
                if missing is None
                else [
                    Difference(group=kind, only_now=count)
                    for kind, count in missing.items()
                    if count
                ]
            )
    except (sqlite3.Error, OSError):
        return None


def _without_log(path: Path) -> sqlite3.Connection:
    return connect(path, "frozen")


def _of_damaged(then: sqlite3.Connection, path: Path, opener: _Open) -> list[Difference] | None:
    try:
        with closing(opener(path)) as now:
            if not checks.kinds_in(now):
                return None
            return _compared(then, now, _missing(then, path.parent) or {})
    except (sqlite3.Error, OSError):
        return None


def _missing(then: sqlite3.Connection, folder: Path) -> dict[str, int] | None:
    """Return by kind how many more entries there were at the last close than in a backup.

    Counted is what could be seen, where that was remembered; it may be less than is missing.
    """
    rows = _more(checks.recorded_counts(folder), checks.row_counts(then))
    before = checks.recorded_seen(folder)
    seen = _more(before, checks.seen_counts(then)) if before else rows
    if any(rows.values()) and not any(seen.values()):
        # As many were removed as are missing: nobody can tell any more which.
        return None
    return seen or None


def _more(before: dict[str, int], held: dict[str, int]) -> dict[str, int]:
    return {kind: max(0, many - held.get(kind, 0)) for kind, many in before.items()}


def _compared(
    then: sqlite3.Connection, now: sqlite3.Connection, missing: dict[str, int] | None = None
) -> list[Difference]:
    """`missing` tells how many entries are at least newer of a kind that cannot be read whole."""
    # A row of another version has other columns, and so another checksum.
    versions = {one.execute("PRAGMA user_version").fetchone()[0] for one in (then, now)}
    summed = len(versions) == 1
    kinds = (set(checks.kinds_in(then)), set(checks.kinds_in(now)))
    found: list[Difference] = []
    for kind in KINDS:
        (old, _), (new, whole) = (
            _entries(one, kind, summed=summed) if kind in known else ({}, True)
            for one, known in zip((then, now), kinds, strict=True)
        )
        groups = (VISIT, kind) if kind == "appointment" else (kind,)
        found += [_difference(group, old, new) for group in groups]
        told = sum(one.only_now for one in found[-len(groups) :])
        if not whole and (least := (missing or {}).get(kind, 0)) > told:
            found[-1] = replace(found[-1], only_now=found[-1].only_now + least - told)
    return [one for one in found if one.then or one.now or one.only_now or one.stay_erased]


def _difference(group: str, old: _Entries, new: _Entries) -> Difference:
    alive = _living(old, group)
    erased = {entry for entry in alive.keys() & new.keys() if new[entry][1] == ERASED_AT}
    then = {entry: told for entry, told in alive.items() if entry not in erased}
    now = _living(new, group)
    both = then.keys() & now.keys()
    return Difference(
        group=group,
        then=len(then),
        now=len(now),
        only_then=len(then) - len(both),
        only_now=len(now) - len(both),
        changed=sum(then[entry][0] != now[entry][0] for entry in both),
        stay_erased=len(erased),
        newest_then=_newest(then.values()),
        newest_now=_newest(now.values()),
    )


def _living(entries: _Entries, group: str) -> _Entries:
    return {key: told for key, told in entries.items() if told[1] is None and told[3] == group}


def _newest(entries: Iterable[_Entry]) -> datetime | None:
    newest = max((told[2] for told in entries), default=0)
    return from_micros(newest) if 0 < newest < _LATEST else None


def _entries(connection: sqlite3.Connection, kind: str, *, summed: bool) -> tuple[_Entries, bool]:
    """Read what can be read of a kind, from both ends of its table where the middle is damaged.

    Returns:
        The entries, and whether the table could be read whole.
    """
    names = "id, crc, deleted, changed, created"
    names += ", type" if kind == "appointment" else ", ''"
    found: _Entries = {}
    for order in ("", " ORDER BY rowid DESC"):
        with suppress(sqlite3.Error):
            rows = connection.execute(f"SELECT {names} FROM {quoted(kind)}{order}")  # noqa: S608
            for entry, crc, deleted, changed, created, told in rows:
                at = changed if isinstance(changed, int) else created
                at = at if isinstance(at, int) else 0
                group = VISIT if told == "infusion" else kind
                found[str(entry)] = (crc if summed else at, deleted, at, group)
            return found, not order
    return found, False
