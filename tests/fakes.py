"""Stand-ins that tests steer: a clock that is set, and a household over a real data file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from caregiver_app.domain.entities import KINDS, Appointment
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import Zoned, instant
from caregiver_app.services.entries import EntryService
from caregiver_app.services.household import Household, household
from caregiver_app.services.more import More
from caregiver_app.storage.database import open_store
from tests.prepared import prepare

NEW_YORK = "America/New_York"


class FakeClock:
    """A clock that stands where a test puts it."""

    def __init__(self, moment: datetime, home: str = NEW_YORK) -> None:
        self.moment = moment
        self.home = home

    def now(self) -> datetime:
        return self.moment

    def zone(self) -> str:
        return self.home

    def at(self, wall: str, zone: str | None = None) -> None:
        """Set the clock to a wall time, of the home zone unless told otherwise."""
        zone = zone or self.home
        self.moment = instant(Zoned(datetime.fromisoformat(wall), zone), zone)

    def on(self, **span: float) -> None:
        """Let time go by."""
        self.moment += timedelta(**span)


@dataclass
class Home:
    """A household in a folder; it can be closed and opened again, as after a restart."""

    folder: Path
    clock: FakeClock
    house: Household = field(init=False)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        prepare(self.folder)
        self.house = self.another()

    def another(self) -> Household:
        """One more opening of the same data, as another program has it."""
        store = open_store(self.folder, now=self.clock.now())
        return household(store, self.clock, lambda: f"made{next(self.numbers)}", lambda: More)

    def restart(self) -> None:
        self.close()
        self.house = self.another()

    def close(self) -> None:
        self.house.care.store.close()

    def add(self, *lines: str) -> list[str]:
        """Take JSON lines in one run, as `add` does."""
        entries = EntryService(self.house)
        return [entries.take(line) for line in lines]

    def due(self) -> list[Reminder]:
        return self.house.reminders.due()

    def tick(self) -> list[list[str]]:
        """Say what is due; return the ids of each notice."""
        said: list[list[str]] = []
        for notice in self.house.reminders.notices(self.due()):
            said.append([reminder.id for reminder in notice.reminders])
            self.house.reminders.record(notice)
        return said

    def said(self) -> list[str]:
        """Say what is due; return the ids of all."""
        return [one for notice in self.tick() for one in notice]

    def visit(self, entry: str) -> Appointment:
        found = self.house.agenda.get(entry)
        assert found is not None
        return found

    def dates(self, plan: str) -> list[date]:
        """The days of a plan's visits that are not cancelled."""
        return [
            visit.start.local.date()
            for visit in self.house.care.store.visits(plan)
            if visit.status != "cancelled"
        ]

    def dump(self) -> dict[str, dict[str, Any]]:
        """Everything that is kept, to compare before and after.

        The index of what is due next is left out: it may look at something once too often.
        """
        store = self.house.care.store
        return {name: {one.id: one for one in store.all(kind)} for name, kind in KINDS.items()}

    def index(self) -> dict[str, datetime]:
        return dict(self.house.care.store.due_entries(datetime(2300, 1, 1, tzinfo=UTC)))
