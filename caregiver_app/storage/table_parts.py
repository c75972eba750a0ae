"""What the tables of most kinds have in common, and the checksums of rows that a step changes.

Used by released steps: what is here does not change any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from caregiver_app.storage.rows import checksum, quoted
from caregiver_app.storage.writing import Writer

HEAD = """
    id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,"""
TAIL = """
    deleted INTEGER,
    crc INTEGER NOT NULL"""
PERSON = "person TEXT NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED"


def moment(name: str) -> str:
    """Return the columns of a wall time."""
    return f"""
    {name} TEXT NOT NULL,
    {name}_zone TEXT,
    {name}_kind TEXT NOT NULL,"""


def moment_check(name: str) -> str:
    """Return the rule that the columns of a wall time fit together."""
    zone, kind = f"{name}_zone", f"{name}_kind"
    return f""",
    CHECK (({kind} = 'allday' AND length({name}) = 10 AND {zone} IS NULL)
        OR ({kind} = 'floating' AND length({name}) >= 16 AND {zone} IS NULL)
        OR ({kind} = 'zoned' AND length({name}) >= 16 AND {zone} IS NOT NULL))"""


def sound_rows(db: Writer, kind: str) -> list[str]:
    """Return the ids of the rows that read back as they were written."""
    return [entry for entry, (written, now) in _sums(db, kind).items() if written == now]


def seal(db: Writer, kind: str, sound: Collection[str]) -> None:
    """Write the checksums anew; a row that was damaged before stays known as damaged."""
    for entry, (_, now) in _sums(db, kind).items():
        if entry in sound:
            db.execute(f"UPDATE [{kind}] SET crc = ? WHERE id = ?", (now, entry))  # noqa: S608


def extend(
    db: Writer,
    columns: Mapping[str, Sequence[str]],
    tables: Mapping[str, str],
    indexes: Iterable[str],
) -> None:
    """Add columns to tables that are there, whose rows stay sound, then new tables and indexes."""
    sound = {kind: sound_rows(db, kind) for kind in columns}
    for kind, added in columns.items():
        for column in added:
            db.execute(f"ALTER TABLE {kind} ADD COLUMN {column}")
    for name, body in tables.items():
        db.execute(f"CREATE TABLE [{name}] ({body}) STRICT")
    for index in indexes:
        db.execute(f"CREATE INDEX {index}")
    for kind in columns:
        seal(db, kind, sound[kind])


def _sums(db: Writer, kind: str) -> dict[str, tuple[int, int]]:
    """Return for each row the checksum that is written and the one that its columns have now."""
    names = [name for _, name, *_ in db.execute(f"PRAGMA table_info([{kind}])").fetchall()]
    summed = sorted(name for name in names if name != "crc")
    columns = ",".join(quoted(name) for name in ("id", "crc", *summed))
    rows = db.execute(f"SELECT {columns} FROM [{kind}]").fetchall()  # noqa: S608
    return {entry: (written, checksum(values)) for entry, written, *values in rows}
