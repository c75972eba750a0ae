"""The step that adds what the watchlist keeps: photos, own signs, choices, calls, versions."""

from __future__ import annotations

from caregiver_app.storage.table_parts import (
    HEAD,
    PERSON,
    TAIL,
    extend,
    moment,
    moment_check,
)
from caregiver_app.storage.writing import Writer

_TIERS = "'emergency', 'call_today', 'note_and_mention', 'comfort_at_home'"
_NEW_COLUMNS: dict[str, tuple[str, ...]] = {
    "side_effect": (
        "done TEXT NOT NULL DEFAULT ''",
        "told TEXT NOT NULL DEFAULT ''",
        "going_on INTEGER NOT NULL DEFAULT 0 CHECK (going_on IN (0, 1))",
        "ended INTEGER",
    ),
    "checkin": (
        "possible TEXT NOT NULL DEFAULT ''",
        "flare INTEGER NOT NULL DEFAULT 0 CHECK (flare IN (0, 1))",
    ),
}
_NEW_TABLES: dict[str, str] = {
    "photo": f"""{HEAD}
    {PERSON},
    entry TEXT NOT NULL REFERENCES side_effect (id) DEFERRABLE INITIALLY DEFERRED,
    data TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width >= 0),
    height INTEGER NOT NULL CHECK (height >= 0),{TAIL}""",
    "own_sign": f"""{HEAD}
    {PERSON},
    name TEXT NOT NULL,
    also TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ({_TIERS})),
    note TEXT NOT NULL,{TAIL}""",
    "sign_choice": f"""{HEAD}
    {PERSON},
    sign TEXT NOT NULL,
    hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
    clinic TEXT NOT NULL,{TAIL}""",
    "clinic_call": f"""{HEAD}
    {PERSON},{moment("at")}
    question TEXT NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL,
    about TEXT NOT NULL,
    follow_up TEXT REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED,{TAIL}\
{moment_check("at")}""",
    "version": f"""{HEAD}
    {PERSON},
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    at INTEGER NOT NULL,
    was TEXT NOT NULL,{TAIL}""",
}
_INDEXES = (
    "photo_entry ON photo (entry)",
    "version_entry ON version (entry)",
    "clinic_call_of_person ON clinic_call (person, at) WHERE deleted IS NULL",
    "side_effect_going_on ON side_effect (person) WHERE going_on = 1 AND deleted IS NULL",
    "side_effect_ended ON side_effect (person, ended) WHERE ended IS NOT NULL AND deleted IS NULL",
)


def add_watching(db: Writer) -> None:
    """Add how a sign went on, what was possible on a day, and the tables of this module."""
    extend(db, _NEW_COLUMNS, _NEW_TABLES, _INDEXES)
