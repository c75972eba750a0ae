"""Entries for tests, each with sensible fields that a test may replace."""

from __future__ import annotations

import json
from datetime import date, datetime

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned

NEW_YORK = "America/New_York"


def moment(text: str, zone: str | None = NEW_YORK) -> Moment:
    """A wall time in `zone`, floating without one; a bare date is a whole day."""
    if "T" not in text:
        return AllDay(date.fromisoformat(text))
    local = datetime.fromisoformat(text)
    return Floating(local) if zone is None else Zoned(local, zone)


def appointment(start: str | Moment = "2026-11-24T09:30", **fields: object) -> Appointment:
    when = moment(start) if isinstance(start, str) else start
    told = {"id": "a1", "uid": "u1", "person": "", "type": "follow-up", "title": "Dr Sol"}
    return Appointment(start=when, **{**told, **fields})


def plan(first: str | Moment = "2026-11-24T09:30", **fields: object) -> Plan:
    told = {
        "id": "p1", "uid": "", "person": "", "medicine": "infliximab",
        "offsets": (0, 2, 6), "every": 8, "unit": "week", "minutes": 150,
    }  # fmt: skip
    told["first"] = moment(first) if isinstance(first, str) else first
    return Plan(**{**told, **fields})


def line(kind: str, **fields: object) -> str:
    """One JSON line for `add`."""
    return json.dumps({"kind": kind, **fields})


def pills(**fields: object) -> str:
    told = {
        "id": "pills", "type": "medication", "title": "Pills", "start": "2026-11-01T08:00",
        "rrule": "FREQ=DAILY",
    }  # fmt: skip
    return line("appointment", **{**told, **fields})


def plan_line(**fields: object) -> str:
    told = {
        "id": "p1", "medicine": "infliximab", "first": "2026-11-24T09:30", "zone": NEW_YORK,
        "offsets": [0, 2, 6], "every": 8, "unit": "week", "minutes": 150,
    }  # fmt: skip
    return line("plan", **{**told, **fields})


def visit_line(entry: str, start: str, **fields: object) -> str:
    told = {"id": entry, "type": "infusion", "title": "Infusion", "start": start, "zone": NEW_YORK}
    return line("appointment", **{**told, **fields})
