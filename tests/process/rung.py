"""Medicines for tests of real processes, and what became of their reminders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from caregiver_app.bootstrap import more, new_id
from caregiver_app.clock import GivenClock, SystemClock, read_now
from caregiver_app.domain.entities import Answer, Appointment
from caregiver_app.domain.times import Zoned
from caregiver_app.services.household import household
from caregiver_app.storage.database import open_store
from tests.factories import line
from tests.tools.fake_time import FakeTime, Spoken, command, entries_in

ENTERED = "2026-03-01T08:00+00:00"
DAY = "2026-03-20"
FAST = 120.0
"""So many times faster than usual do the programs live, and wait."""


def pill(entry: str, wall: str, zone: str | None = "UTC", **fields: object) -> str:
    """A medicine at that wall time, of which the program rings at once."""
    told = {"id": entry, "type": "medication", "title": entry, "start": wall, "zone": zone,
            "reminders": [0]}  # fmt: skip
    return line("appointment", **{**told, **fields})


def clock_at(folder: Path, instant: str, speed: float = FAST) -> FakeTime:
    """A clock that goes on from that instant, in UTC where it has no offset."""
    told = datetime.fromisoformat(instant)
    return FakeTime(folder / "clock", told if told.tzinfo else told.replace(tzinfo=UTC), speed)


def passed(folder: Path, instant: str, zone: str = "UTC", *arguments: str) -> list[str]:
    """Run one pass at that instant, in a process of its own; return the entries that it said."""
    env = clock_at(folder.parent, instant, speed=1.0).env(zone)
    told = Spoken(command(folder, "remind", *arguments), env, folder.parent)
    assert told.finish() == 0, told.complaints
    return entries_in(told.lines)


def answers(folder: Path) -> dict[str, Answer]:
    """Return what is recorded of each reminder that was said, by its id."""
    with open_store(folder, now=SystemClock().now(), read_only=True) as store:
        return {one.id: one for one in store.all(Answer)}


def shown(folder: Path) -> dict[str, datetime]:
    """Return when each entry was last said, by the clock of the program that said it.

    None of them was said before it was due.
    """
    found = [one for one in answers(folder).values() if one.shown is not None]
    early = {one.id: (one.due, one.shown) for one in found if one.shown < one.due}
    assert early == {}
    return {one.entry: one.shown for one in found}


def many_overdue(folder: Path, count: int) -> None:
    """Enter so many medicines that fell due every two minutes from 10 March 2026 on, in UTC."""
    clock = GivenClock(read_now(ENTERED), running=False)
    begins = datetime(2026, 3, 10)
    with open_store(folder, now=clock.now()) as store:
        house = household(store, clock, new_id, more)
        with house.care.change("entered", undoable=False):
            for number in range(count):
                start = Zoned(begins + timedelta(minutes=2 * number), "UTC")
                house.agenda.save(
                    Appointment(
                        id=f"due{number}", uid="", person="", type="medication",
                        title=f"Tablet {number}", start=start, minutes=5, reminders=(0,),
                    )
                )  # fmt: skip
