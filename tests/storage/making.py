"""Entities and stores for the storage tests: plain ones, and any at all for hypothesis."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import strategies as st

from caregiver_app.domain import entities, packing, support
from caregiver_app.domain.entities import (
    Anchor,
    Appointment,
    Entity,
    Note,
    Person,
    Phase,
    SideEffect,
)
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.domain.watch import Tier
from caregiver_app.storage.database import DATA_NAME, open_store
from caregiver_app.storage.store import Store

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ANA = Person(id="ana", name="Ana")
WORD = "Mondschein"  # stands in a note's text; looked for in raw bytes


def opened(folder: Path, **choices: object) -> Store:
    return open_store(folder, now=NOW, **choices)


def filled(folder: Path) -> Store:
    """A store with a person, a note, an appointment and a side effect."""
    store = opened(folder)
    with store.change("filled", undoable=False):
        store.put(ANA)
        store.put(note("n1", f"{WORD} and tea"))
        store.put(visit("a1", datetime(2026, 11, 24, 9, 30)))
        store.put(effect("s1", date(2026, 11, 20)))
    return store


def note(entry: str, text: str = "", at: datetime = NOW, **fields: object) -> Note:
    return Note(id=entry, person="ana", text=text, at=at, **fields)


def visit(entry: str, start: datetime | date, **fields: object) -> Appointment:
    when = Zoned(start, "America/New_York") if isinstance(start, datetime) else AllDay(start)
    told = {"type": "infusion", "title": "Infusion", "uid": f"uid-{entry}", "person": "ana"}
    return Appointment(id=entry, start=when, **{**told, **fields})


def effect(entry: str, day: date, **fields: object) -> SideEffect:
    told = {"sign": "fatigue", "severity": 2, "urgency": "watch", "person": "ana"}
    return SideEffect(id=entry, at=AllDay(day), **{**told, **fields})


def content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours, read past the store."""
    with closing(sqlite3.connect(folder / DATA_NAME)) as raw:
        return {
            table: sorted(raw.execute(f"SELECT * FROM [{table}]"), key=repr)  # noqa: S608
            for table in (*entities.KINDS, "due_index")
        }


def found_words(folder: Path) -> list[tuple[object, ...]]:
    """What the search table holds, whatever its row numbers are."""
    with closing(sqlite3.connect(folder / DATA_NAME)) as raw:
        return sorted(
            raw.execute(
                "SELECT kind, entry, title, body FROM search"
                " JOIN search_entry ON number = search.rowid"
            ).fetchall()
        )


def tamper(folder: Path, sql: str, *values: object) -> None:
    """Change the data file behind the program's back."""
    with closing(sqlite3.connect(folder / DATA_NAME, isolation_level=None)) as raw:
        raw.execute(sql, values)


# ---- any entity at all ---------------------------------------------------------------------------
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
NAMES = TEXTS.filter(bool)
WHOLES = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(0, 2**40)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
LOCALS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31))
INSTANTS = LOCALS.map(lambda local: local.replace(tzinfo=UTC))
MOMENTS = st.one_of(
    st.builds(Zoned, LOCALS, NAMES), st.builds(Floating, LOCALS), st.builds(AllDay, DAYS)
)
FIELDS = {
    "str": TEXTS,
    "int": WHOLES,
    "bool": st.booleans(),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "date": DAYS,
    "datetime": INSTANTS,
    "Moment": MOMENTS,
    "tuple[int, ...]": st.lists(WHOLES, max_size=4).map(tuple),
    "tuple[str, ...]": st.lists(TEXTS, max_size=4).map(tuple),
    "tuple[Phase, ...]": st.lists(
        st.builds(
            Phase,
            begins=WHOLES,
            begins_unit=st.sampled_from(entities.UNITS),
            offsets=st.lists(WHOLES, max_size=3).map(tuple),
            unit=st.sampled_from(entities.UNITS),
            every=st.none() | WHOLES,
            then=st.none() | WHOLES,
            count=st.none() | WHOLES,
            at_home=st.booleans(),
            name=TEXTS,
        ),
        max_size=2,
    ).map(tuple),
    "tuple[Anchor, ...]": st.lists(st.builds(Anchor, dose=WHOLES, day=DAYS, step=WHOLES)).map(
        tuple
    ),
}
LIMITED = {
    ("id",): NAMES,
    ("uid",): NAMES,
    ("unit",): st.sampled_from(entities.UNITS),
    ("role",): st.sampled_from(entities.CONTACT_ROLES),
    ("type",): st.sampled_from(entities.APPOINTMENT_TYPES),
    ("status",): st.sampled_from(entities.STATUSES),
    ("room",): st.sampled_from(entities.ROOMS),
    ("note", "mood"): st.sampled_from(entities.MOODS),
    ("bag_item", "state"): st.sampled_from(packing.BAG_STATES),
    ("brings",): st.sampled_from(packing.BRINGS),
    ("starts",): st.sampled_from(packing.STARTS),
    ("way",): st.sampled_from(packing.WAYS),
    ("forgot",): st.sampled_from(packing.FORGOT),
    ("note", "about"): st.sampled_from(support.ABOUT_WHOM),
    ("outlet", "state"): st.sampled_from(support.OUTLET_STATES),
    ("after",): st.integers(0, 1440),
    ("answer", "state"): st.sampled_from(entities.ANSWERS),
    ("severity",): st.integers(1, 4),
    ("every",): st.integers(1, 500),
    ("minutes",): SMALL,
    ("company", "minutes"): st.integers(1, 1440),
    ("count",): st.integers(1, 400),
    ("run",): st.integers(1, 14),
    ("visits",): SMALL,
    ("every_unit",): st.sampled_from(("", *entities.UNITS)),
    ("minutes_first",): SMALL,
    ("authorisation",): st.none(),
    ("visit",): st.just("a1"),
    ("answer",): st.sampled_from(entities.VISIT_ANSWERS),
    ("watch_days",): SMALL,
    ("answer", "said"): SMALL,
    ("sequence",): SMALL,
    ("person",): st.just("ana"),
    ("plan",): st.none(),
    ("plan", "clinic"): st.none(),
    ("blocked_days", "clinic"): st.none(),
    ("contact",): st.none(),
    ("series",): st.none(),
    ("dose", "medicine"): st.none(),
    ("appointment", "medicine"): st.none(),
    **{(f"{name}_minutes",): SMALL for name in ("travel", "parking", "early")},
    ("question", "note"): st.none(),
    **{("checkin", name): st.integers(0, 10) for name in ("pain", "fatigue", "sleep", "mood")},
    ("stiffness",): st.integers(0, 10),
    ("photo", "entry"): st.just("s1"),
    ("width",): SMALL,
    ("height",): SMALL,
    ("tier",): st.sampled_from([tier.value for tier in Tier]),
    ("follow_up",): st.none(),
}


def any_of(kind: str) -> st.SearchStrategy[Entity]:
    """Any entity of a kind that the tables take; it belongs to `ana` and to appointment `a1`."""
    made = entities.KINDS[kind]
    strategies = {}
    for field in dataclasses.fields(made):
        annotation = str(field.type)
        plain = annotation.removesuffix(" | None")
        limited = LIMITED.get((kind, field.name), LIMITED.get((field.name,)))
        strategy = FIELDS[plain] if limited is None else limited
        strategies[field.name] = strategy if plain == annotation else st.none() | strategy
    return st.builds(made, **strategies)
