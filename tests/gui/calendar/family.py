"""What the tests of the calendar and of the window start from: Rosa, on Friday 20 March 2026."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication

from caregiver_app.domain.entities import Appointment, Contact, Person, Plan
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.theme import Theme
from caregiver_app.storage.database import DATA_NAME
from tests.fakes import NEW_YORK, FakeClock, Home

NOW = datetime(2026, 3, 20, 14, 0, tzinfo=UTC)
"""10:00 in New York."""


def empty_home(folder: Path) -> Home:
    return Home(folder, FakeClock(NOW))


def rosas_home(folder: Path) -> Home:
    """Rosa's infliximab since Tuesday 17 March: weeks 0, 2, 6, then every 8."""
    data, ids = _rosas_data()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.joinpath(DATA_NAME).write_bytes(data)
    return Home(folder, FakeClock(NOW), itertools.count(ids))


@cache
def _rosas_data() -> tuple[bytes, int]:
    """Her data file, and how many ids were made for it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = enter_rosa(folder)
        home.close()
        return folder.joinpath(DATA_NAME).read_bytes(), next(home.numbers)


def enter_rosa(folder: Path) -> Home:
    """The same home, entered in this session: all of it can be taken back."""
    home = empty_home(folder)
    people, plans = home.house.people, home.house.plans
    people.save_person(Person(id="rosa", name="Rosa Amador"))
    people.save_contact(
        Contact(
            id="clinic",
            person="rosa",
            name="Willow Lane",
            role="clinic",
            address="12 Willow Lane",
            phone="01632 960142",
            phone_after_hours="01632 960199",
        )
    )
    plans.save(
        Plan(
            id="plan",
            uid="plan",
            person="rosa",
            medicine="infliximab",
            first=at("2026-03-17T09:30"),
            offsets=(0, 2, 6),
            every=8,
            minutes=150,
            clinic="clinic",
        ),
        past_happened=True,
    )
    return home


def at(text: str) -> Zoned:
    return Zoned(datetime.fromisoformat(text), NEW_YORK)


def appointment(home: Home, id_: str, title: str, when: str, **more: object) -> Appointment:
    made = Appointment(
        id=id_, uid=id_, person="rosa", type="lab", title=title, start=at(when), minutes=30
    )
    return home.house.agenda.save(replace(made, **more))  # type: ignore[arg-type]


def dressed(app: QApplication) -> Theme:
    theme = Theme()
    theme.set_mode("light")
    theme.apply(app)
    return theme


def wear(app: QApplication, theme: Theme) -> None:
    """Dress the application in a theme that it may well be wearing: every widget takes its time."""
    if app.styleSheet() != theme.style_sheet() or app.palette() != theme.palette():
        theme.apply(app)
