"""Appointments for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned

MADE = datetime(2026, 11, 20, 9, 0, 0, tzinfo=UTC)
CHANGED = datetime(2026, 11, 21, 18, 30, 15, 250_000, tzinfo=UTC)
NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def local(text: str) -> datetime:
    """Return a wall time."""
    return datetime.fromisoformat(text)


def zoned(text: str, zone: str = NEW_YORK) -> Zoned:
    """Return the wall time `text` in `zone`."""
    return Zoned(local(text), zone)


def floating(text: str) -> Floating:
    """Return the wall time `text` wherever one is."""
    return Floating(local(text))


def all_day(text: str) -> AllDay:
    """Return the whole day `text`."""
    return AllDay(date.fromisoformat(text))


def appointment(name: str, start: Moment, **more: object) -> Appointment:
    """Return an appointment with the id `name`."""
    values: dict[str, object] = {
        "id": name,
        "uid": f"{name}@example",
        "person": "p1",
        "type": "other",
        "title": name.capitalize(),
        "created": MADE,
        "changed": CHANGED,
        **more,
    }
    return Appointment(start=start, **values)  # type: ignore[arg-type]


def visits(zone: str, count: int = 16) -> list[Appointment]:
    """Return visits in weeks 0, 2, 6, then every 8, Tuesdays 09:30 for 150 minutes."""
    weeks = [0, 2, 6, *range(14, 14 + 8 * (count - 3), 8)]
    first = local("2026-11-24T09:30")
    return [
        appointment(
            f"visit-{zone[-4:]}-{dose}".lower(),
            Zoned(first + timedelta(weeks=week), zone),
            type="infusion",
            title=f"Infusion {dose}",
            minutes=150,
            status="planned",
            plan="p1",
            dose=dose,
        )
        for dose, week in enumerate(weeks, 1)
    ]
