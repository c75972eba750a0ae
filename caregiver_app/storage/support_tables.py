"""The step that adds what emotional support keeps: cards, outlets, company, help, own checks."""

from __future__ import annotations

from caregiver_app.storage.table_parts import HEAD, PERSON, TAIL, extend
from caregiver_app.storage.writing import Writer

_VISIT = "visit TEXT{rule} REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED"
_NEW_COLUMNS: dict[str, tuple[str, ...]] = {
    "note": (
        "tags TEXT NOT NULL DEFAULT '[]'",
        "about TEXT NOT NULL DEFAULT 'person' CHECK (about IN ('person', 'carer'))",
        _VISIT.format(rule=""),
    ),
}
_NEW_TABLES: dict[str, str] = {
    "card_choice": f"""{HEAD}
    {PERSON},
    card TEXT NOT NULL,
    never INTEGER NOT NULL CHECK (never IN (0, 1)),
    kept INTEGER NOT NULL CHECK (kept IN (0, 1)),{TAIL}""",
    "outlet": f"""{HEAD}
    {PERSON},
    text TEXT NOT NULL,
    card TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('', 'tried', 'liked')),
    not_today TEXT CHECK (length(not_today) = 10),{TAIL}""",
    "company": f"""{HEAD}
    {PERSON},
    {_VISIT.format(rule=" NOT NULL")},
    who TEXT NOT NULL,
    phone TEXT NOT NULL,
    after INTEGER NOT NULL CHECK (after >= 0),
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    what TEXT NOT NULL,
    powered INTEGER NOT NULL CHECK (powered IN (0, 1)),{TAIL}""",
    "help_task": f"""{HEAD}
    {PERSON},
    text TEXT NOT NULL,
    day TEXT CHECK (length(day) = 10),
    who TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),{TAIL}""",
    "self_check": f"""{HEAD}
    at INTEGER NOT NULL,
    answers TEXT NOT NULL,{TAIL}""",
}
_INDEXES = (
    "note_visit ON note (visit) WHERE visit IS NOT NULL",
    "company_visit ON company (visit)",
    "note_mood ON note (person, at) WHERE deleted IS NULL AND mood <> ''",
)


def add_support(db: Writer) -> None:
    """Add what emotional support keeps, and whom and what a note is about."""
    extend(db, _NEW_COLUMNS, _NEW_TABLES, _INDEXES)
