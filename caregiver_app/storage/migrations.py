"""The numbered steps that make the tables and, later, change them.

Each step is frozen once it was released: a new need is a new step. A step that adds or changes a
column has to write each row's checksum anew. `sqlite_utils` is imported only when a step runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from caregiver_app.storage.packing_tables import add_packing
from caregiver_app.storage.support_tables import add_support
from caregiver_app.storage.table_parts import (
    HEAD,
    PERSON,
    TAIL,
    moment,
    moment_check,
    seal,
    sound_rows,
)
from caregiver_app.storage.watching_tables import add_watching
from caregiver_app.storage.writing import Writer

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x43617265
"""Stands in the head of every data file of ours ("Care")."""

_SET = "caregiver"


def _scale(name: str) -> str:
    return f"{name} INTEGER CHECK ({name} BETWEEN 0 AND 10),"


_FIRST_TABLES: dict[str, str] = {
    "person": f"""{HEAD}
    name TEXT NOT NULL,
    born TEXT CHECK (length(born) = 10),
    conditions TEXT NOT NULL,
    allergies TEXT NOT NULL,
    details_in_notices INTEGER NOT NULL CHECK (details_in_notices IN (0, 1)),{TAIL}""",
    "contact": f"""{HEAD}
    {PERSON},
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN
        ('clinic', 'doctor', 'pharmacy', 'family', 'driver', 'insurer', 'other')),
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    phone_after_hours TEXT NOT NULL,
    note TEXT NOT NULL,{TAIL}""",
    "medicine": f"""{HEAD}
    {PERSON},
    name TEXT NOT NULL,
    directions TEXT NOT NULL,{TAIL}""",
    "plan": f"""{HEAD}
    uid TEXT NOT NULL CHECK (uid <> ''),
    {PERSON},
    medicine TEXT NOT NULL,{moment("first")}
    offsets TEXT NOT NULL,
    every INTEGER CHECK (every > 0),
    unit TEXT NOT NULL CHECK (unit IN ('day', 'week', 'month')),
    [then] INTEGER,
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    watch_days INTEGER NOT NULL CHECK (watch_days >= 0),
    clinic TEXT REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    anchors TEXT NOT NULL,
    entered INTEGER NOT NULL,{TAIL}{moment_check("first")}""",
    "appointment": f"""{HEAD}
    uid TEXT NOT NULL CHECK (uid <> ''),
    {PERSON},
    type TEXT NOT NULL CHECK (type IN
        ('infusion', 'follow-up', 'lab', 'medication', 'drive', 'other')),
    title TEXT NOT NULL,{moment("start")}
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    status TEXT NOT NULL CHECK (status IN ('planned', 'booked', 'done', 'delayed', 'cancelled')),
    rrule TEXT NOT NULL,
    exdates TEXT NOT NULL,
    reminders TEXT,
    place TEXT NOT NULL,
    contact TEXT REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL,
    driver TEXT NOT NULL,
    driver_phone TEXT NOT NULL,
    leave_at TEXT NOT NULL,
    plan TEXT REFERENCES plan (id) DEFERRABLE INITIALLY DEFERRED,
    dose INTEGER,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    entered INTEGER NOT NULL,{TAIL}{moment_check("start")}""",
    "side_effect": f"""{HEAD}
    {PERSON},
    sign TEXT NOT NULL,
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4 OR
        (severity = 0 AND deleted IS NOT NULL)),{moment("at")}
    urgency TEXT NOT NULL,
    temperature_c REAL,
    text TEXT NOT NULL,{TAIL}{moment_check("at")}""",
    "checkin": f"""{HEAD}
    {PERSON},
    date TEXT NOT NULL CHECK (length(date) = 10),
    {_scale("pain")} {_scale("fatigue")} {_scale("stiffness")} {_scale("sleep")} {_scale("mood")}
    text TEXT NOT NULL,{TAIL}""",
    "note": f"""{HEAD}
    {PERSON},
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    room TEXT NOT NULL CHECK (room IN ('listening', 'reassurance', 'company', 'outlets')),
    mood TEXT NOT NULL CHECK (mood IN ('', 'calm', 'so-so', 'low')),
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),{TAIL}""",
    "question": f"""{HEAD}
    {PERSON},
    text TEXT NOT NULL,
    answer TEXT NOT NULL,
    note TEXT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED,{TAIL}""",
    "bag_item": f"""{HEAD}
    visit TEXT NOT NULL REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('to_pack', 'packed', 'not_needed')),
    label TEXT NOT NULL,
    [group] TEXT NOT NULL,
    position INTEGER NOT NULL,{TAIL}""",
    "template_item": f"""{HEAD}
    template TEXT NOT NULL,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    [group] TEXT NOT NULL,
    hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),{TAIL}""",
    "answer": f"""{HEAD}
    entry TEXT NOT NULL,
    due INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('shown', 'later', 'done', 'skipped')),
    shown INTEGER,
    until INTEGER,
    answered INTEGER,
    reason TEXT NOT NULL,
    delivery TEXT NOT NULL,{TAIL}""",
    "setting": f"""{HEAD}
    value TEXT NOT NULL,{TAIL}""",
    # When each entry rings next, in whole seconds since 1970 UTC; worked out anew at any time.
    "due_index": "entry TEXT PRIMARY KEY NOT NULL, next_due INTEGER NOT NULL",
    # Which entry each row of the search table is about.
    "search_entry": """
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    UNIQUE (kind, entry)""",
}

_ONCE = "rrule = '' AND deleted IS NULL"
_FIRST_INFUSION = (
    "rrule = '' AND deleted IS NULL AND status <> 'cancelled'"
    " AND (plan IS NOT NULL OR type = 'infusion')"
)
INFUSION = (
    "rrule = '' AND deleted IS NULL AND status <> 'cancelled'"
    " AND (type = 'infusion' OR (plan IS NOT NULL AND type <> 'medication'))"
)
"""What makes an appointment count as an infusion; an index and its queries say it alike.

A plan's injection at home is a medication time.
"""

_FIRST_INDEXES = (
    f"appointment_once ON appointment (start) WHERE {_ONCE}",
    f"appointment_once_of_person ON appointment (person, start) WHERE {_ONCE}",
    f"appointment_long ON appointment (start) WHERE {_ONCE} AND minutes > 1440",
    "appointment_repeating ON appointment (id) WHERE rrule <> '' AND deleted IS NULL",
    f"appointment_infusion ON appointment (start) WHERE {_FIRST_INFUSION}",
    f"appointment_infusion_of_person ON appointment (person, start) WHERE {_FIRST_INFUSION}",
    "appointment_plan ON appointment (plan, dose) WHERE plan IS NOT NULL",
    "appointment_uid ON appointment (uid)",
    "side_effect_at ON side_effect (at) WHERE deleted IS NULL",
    "side_effect_of_person ON side_effect (person, at) WHERE deleted IS NULL",
    "checkin_date ON checkin (date) WHERE deleted IS NULL",
    "checkin_of_person ON checkin (person, date) WHERE deleted IS NULL",
    "note_at ON note (at) WHERE deleted IS NULL",
    "note_of_person ON note (person, at) WHERE deleted IS NULL",
    "bag_item_visit ON bag_item (visit)",
    "answer_entry ON answer (entry, due)",
    "answer_due ON answer (due)",
    "due_index_next ON due_index (next_due)",
)


def _first(db: Writer) -> None:
    """Make every table, index and the search table."""
    for name, body in _FIRST_TABLES.items():
        db.execute(f"CREATE TABLE {name} ({body}) STRICT")
    for index in _FIRST_INDEXES:
        db.execute(f"CREATE INDEX {index}")
    db.execute(
        "CREATE VIRTUAL TABLE search USING fts5"
        " (title, body, tokenize = 'unicode61 remove_diacritics 2')"
    )


_PERSON_WORDS = ("address", "good_to_know", "papers", "fever_set_by")
_AUTHORISATION = f"""{HEAD}
    {PERSON},
    [last] TEXT NOT NULL CHECK (length([last]) = 10),
    insurer TEXT NOT NULL,
    member TEXT NOT NULL,
    number TEXT NOT NULL,
    [first] TEXT CHECK (length([first]) = 10),
    visits INTEGER CHECK (visits >= 0),
    note TEXT NOT NULL,{TAIL}"""


def _care_plan(db: Writer) -> None:
    """Add what an emergency sheet tells of a person, a fever limit of their own, approvals."""
    sound = sound_rows(db, "person")
    for name in _PERSON_WORDS:
        db.execute(f"ALTER TABLE person ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE person ADD COLUMN fever_c REAL")
    db.execute(f"CREATE TABLE authorisation ({_AUTHORISATION}) STRICT")
    db.execute(
        "CREATE INDEX authorisation_of_person ON authorisation (person, [last])"
        " WHERE deleted IS NULL"
    )
    for state in ("shown", "later"):
        # Years of medicines leave a hundred thousand answers, of which a handful is open.
        db.execute(
            f"CREATE INDEX answer_{state} ON answer (entry)"
            f" WHERE state = '{state}' AND deleted IS NULL"
        )
    seal(db, "person", sound)


_DOSE = f"""{HEAD}
    {PERSON},
    name TEXT NOT NULL,{moment("at")}
    medicine TEXT REFERENCES medicine (id) DEFERRABLE INITIALLY DEFERRED,
    what_for TEXT NOT NULL,
    amount TEXT NOT NULL,
    note TEXT NOT NULL,{TAIL}{moment_check("at")}"""
_BLOCKED_DAYS = f"""{HEAD}
    person TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    [first] TEXT NOT NULL CHECK (length([first]) = 10),
    [last] TEXT CHECK (length([last]) = 10),
    weekdays TEXT NOT NULL,
    reason TEXT NOT NULL,{TAIL}"""
_RIDE_MINUTES = ("travel_minutes", "parking_minutes", "early_minutes")


def _calendar(db: Writer) -> None:
    """Add changed dates of a series, rides, as-needed medicines and days that don't suit."""
    kinds = ("appointment", "medicine")
    sound = {kind: sound_rows(db, kind) for kind in kinds}
    add = "ALTER TABLE appointment ADD COLUMN"
    db.execute(f"{add} rdates TEXT NOT NULL DEFAULT '[]'")
    for name in ("original", "pick_up", "ride_home", "ride_home_phone", "extra"):
        db.execute(f"{add} {name} TEXT NOT NULL DEFAULT ''")
    for name in _RIDE_MINUTES:
        db.execute(f"{add} {name} INTEGER CHECK ({name} >= 0)")
    for name, other in (("series", "appointment"), ("medicine", "medicine")):
        db.execute(f"{add} {name} TEXT REFERENCES {other} (id) DEFERRABLE INITIALLY DEFERRED")
    add = "ALTER TABLE medicine ADD COLUMN"
    db.execute(f"{add} what_for TEXT NOT NULL DEFAULT ''")
    db.execute(f"{add} as_needed INTEGER NOT NULL DEFAULT 0 CHECK (as_needed IN (0, 1))")
    db.execute(f"CREATE TABLE dose ({_DOSE}) STRICT")
    db.execute(f"CREATE TABLE blocked_days ({_BLOCKED_DAYS}) STRICT")
    for index in (
        "appointment_series ON appointment (series) WHERE series IS NOT NULL",
        "appointment_medicine ON appointment (medicine) WHERE medicine IS NOT NULL",
        "dose_at ON dose (at) WHERE deleted IS NULL",
        "dose_of_person ON dose (person, at) WHERE deleted IS NULL",
    ):
        db.execute(f"CREATE INDEX {index}")
    for kind in kinds:
        seal(db, kind, sound[kind])


_RECORD_WORDS = (
    "product",
    "maker",
    "lot",
    "expiry",
    "amount",
    "started",
    "stopped",
    "site",
    "premedication",
    "readings",
    "watched",
    "reaction",
    "tip",
)
_VISIT = "visit TEXT NOT NULL REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED"
_AROUND_A_PLAN: dict[str, str] = {
    "infusion_record": f"""{HEAD}
    {PERSON},
    {_VISIT},
    {" ".join(f"{name} TEXT NOT NULL," for name in _RECORD_WORDS)[:-1]},{TAIL}""",
    "visit_answer": f"""{HEAD}
    {PERSON},
    {_VISIT},
    key TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('', 'yes', 'no', 'unsure')),
    text TEXT NOT NULL,{TAIL}""",
    "cost": f"""{HEAD}
    {PERSON},
    date TEXT NOT NULL CHECK (length(date) = 10),
    what TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    paid_by TEXT NOT NULL,
    note TEXT NOT NULL,{TAIL}""",
    "assistance": f"""{HEAD}
    {PERSON},
    name TEXT NOT NULL,
    [last] TEXT CHECK (length([last]) = 10),
    number TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL,{TAIL}""",
    "call": f"""{HEAD}
    {PERSON},
    date TEXT NOT NULL CHECK (length(date) = 10),
    with_whom TEXT NOT NULL,
    number TEXT NOT NULL,
    text TEXT NOT NULL,
    authorisation TEXT REFERENCES authorisation (id) DEFERRABLE INITIALLY DEFERRED,
    again TEXT CHECK (length(again) = 10),{TAIL}""",
}
_NEW_COLUMNS: dict[str, tuple[str, ...]] = {
    "person": (
        "deductible TEXT NOT NULL DEFAULT ''",
        "deductible_year INTEGER",
        "copay TEXT NOT NULL DEFAULT ''",
        "copay_year INTEGER",
    ),
    "medicine": (
        "past INTEGER NOT NULL DEFAULT 0 CHECK (past IN (0, 1))",
        "began TEXT NOT NULL DEFAULT ''",
        "ended TEXT NOT NULL DEFAULT ''",
        "why_ended TEXT NOT NULL DEFAULT ''",
    ),
    "authorisation": (
        "plan TEXT REFERENCES plan (id) DEFERRABLE INITIALLY DEFERRED",
        "benefit TEXT NOT NULL DEFAULT ''",
        "site TEXT NOT NULL DEFAULT ''",
        "appeal TEXT CHECK (length(appeal) = 10)",
    ),
    "blocked_days": ("clinic TEXT REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED",),
    "appointment": ("off TEXT",),
    "plan": (
        "every_unit TEXT NOT NULL DEFAULT '' CHECK (every_unit IN ('', 'day', 'week', 'month'))",
        "[count] INTEGER CHECK ([count] > 0)",
        "run INTEGER NOT NULL DEFAULT 1 CHECK (run > 0)",
        "[last] TEXT CHECK (length([last]) = 10)",
        "at_home INTEGER NOT NULL DEFAULT 0 CHECK (at_home IN (0, 1))",
        "phases TEXT NOT NULL DEFAULT '[]'",
        "kit TEXT NOT NULL DEFAULT '[]'",
        "off TEXT NOT NULL DEFAULT '[]'",
        "minutes_first INTEGER CHECK (minutes_first >= 0)",
    ),
}


def _around_a_plan(db: Writer) -> None:
    """Add the parts of a plan, what belongs to its visits, and what the care plan remembers."""
    sound = {kind: sound_rows(db, kind) for kind in _NEW_COLUMNS}
    for kind, columns in _NEW_COLUMNS.items():
        for column in columns:
            db.execute(f"ALTER TABLE {kind} ADD COLUMN {column}")
    for name, body in _AROUND_A_PLAN.items():
        db.execute(f"CREATE TABLE [{name}] ({body}) STRICT")
    for name in ("appointment_infusion", "appointment_infusion_of_person"):
        db.execute(f"DROP INDEX {name}")
    for index in (
        f"appointment_infusion ON appointment (start) WHERE {INFUSION}",
        f"appointment_infusion_of_person ON appointment (person, start) WHERE {INFUSION}",
        "infusion_record_visit ON infusion_record (visit)",
        "visit_answer_visit ON visit_answer (visit)",
        "cost_of_person ON cost (person, date) WHERE deleted IS NULL",
    ):
        db.execute(f"CREATE INDEX {index}")
    for kind in _NEW_COLUMNS:
        seal(db, kind, sound[kind])


def _ringing(db: Writer) -> None:
    """Add how often a reminder was said, and whose turn it is to say one."""
    sound = sound_rows(db, "answer")
    db.execute("ALTER TABLE answer ADD COLUMN said INTEGER NOT NULL DEFAULT 0 CHECK (said >= 0)")
    db.execute("UPDATE answer SET said = 1 WHERE shown IS NOT NULL")
    db.execute(
        "CREATE TABLE turn (what TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL,"
        " until INTEGER NOT NULL) STRICT"
    )
    seal(db, "answer", sound)


STEPS: tuple[tuple[str, Callable[[Writer], None]], ...] = (
    ("0001_first_tables", _first),
    ("0002_care_plan", _care_plan),
    ("0003_calendar", _calendar),
    ("0004_around_a_plan", _around_a_plan),
    ("0005_ringing", _ringing),
    ("0006_watching", add_watching),
    ("0007_packing", add_packing),
    ("0008_support", add_support),
)
"""Name and work of every step, in order; a file's version is how many of them it has seen."""


def known_names() -> tuple[str, ...]:
    """Return the names of all steps, in order."""
    return tuple(name for name, _ in STEPS)


def migrate(db: Writer) -> None:
    """Bring the tables up to date, all steps in one transaction.

    Raises:
        sqlite3.Error: a step failed; the file is as it was.
    """
    from sqlite_utils.migrations import Migrations

    with db.atomic():
        # Written only to take the write lock at once, so that two programs don't both find a
        # step missing.
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        steps = Migrations(_SET)
        for number, (name, work) in enumerate(STEPS, start=1):
            steps(name=name)(_numbered(number, work))
        steps.apply(cast("Database", db))


def _numbered(number: int, work: Callable[[Writer], None]) -> Callable[[Writer], None]:
    def step(db: Writer, /) -> None:
        work(db)
        db.execute(f"PRAGMA user_version = {number}")

    return step
