"""A made-up family with a clock that stands still, over a real data file."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from caregiver_app.domain.entities import Contact, Medicine, Person, Plan
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.theme import Theme
from caregiver_app.services.household import Household, household
from caregiver_app.services.more import More
from caregiver_app.storage.database import DATA_NAME, open_store

ZONE = "America/New_York"
NOW = datetime(2026, 3, 20, 22, 0, tzinfo=UTC)
"""Friday 20 March 2026, 18:00 in New York."""


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def zone(self) -> str:
        return ZONE


@dataclass
class Family:
    """A household with its clock."""

    house: Household
    clock: Clock
    folder: Path
    is_open: bool = True

    def close(self) -> None:
        """Close the data file, once."""
        if self.is_open:
            self.is_open = False
            self.house.care.store.close()

    def again(self) -> Family:
        """Open the same data anew, as after a restart."""
        self.close()
        return open_family(self.folder, self.clock.at)


def open_family(folder: Path, at: datetime = NOW) -> Family:
    """Open what is in `folder`, empty at first."""
    clock = Clock(at)
    numbers = itertools.count(1)
    stamp = f"{at:%j%H%M}-{len(list(folder.iterdir()))}"
    store = open_store(folder, now=at)
    house = household(store, clock, lambda: f"id-{stamp}-{next(numbers)}", lambda: More)
    return Family(house, clock, folder)


def rosas_family(folder: Path) -> Family:
    """Rosa: infliximab, infusion 1 on Tuesday 17 March 9:30, infusion 2 on Tuesday 31 March."""
    return _copied(_rosas_data(), folder)


def settled_family(folder: Path) -> Family:
    """Rosa again, and everything that was due until now is answered."""
    return _copied(_settled_data(), folder)


def _copied(data: bytes, folder: Path) -> Family:
    folder.joinpath(DATA_NAME).write_bytes(data)
    return open_family(folder)


@cache
def _rosas_data() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_rosa(folder).close()
        return folder.joinpath(DATA_NAME).read_bytes()


@cache
def _settled_data() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        family = rosas_family(folder)
        for one in family.house.reminders.due():
            family.house.reminders.answer(one.id, "done")
        family.close()
        return folder.joinpath(DATA_NAME).read_bytes()


def _make_rosa(folder: Path) -> Family:
    family = open_family(folder, NOW - timedelta(days=5))
    house = family.house
    house.people.save_person(
        Person(
            id="rosa",
            name="Rosa Marín",
            born=date(1958, 6, 4),
            conditions="Rheumatoid arthritis",
            allergies="penicillin",
        )
    )
    house.people.save_contact(
        Contact(
            id="clinic",
            person="rosa",
            name="Willow Lane",
            role="clinic",
            address="12 Willow Lane, Springfield",
            phone="555 0142",
            phone_after_hours="555 0199",
        )
    )
    house.people.save_contact(
        Contact(id="ana", person="rosa", name="Ana", role="driver", phone="555 0117")
    )
    house.people.save_medicine(Medicine(id="mtx", person="rosa", name="methotrexate"))
    house.plans.save(
        Plan(
            id="p1",
            uid="",
            person="rosa",
            medicine="infliximab",
            first=Zoned(datetime(2026, 3, 17, 9, 30), ZONE),
            offsets=(0, 2, 6),
            every=8,
            minutes=140,
            clinic="clinic",
        )
    )
    family.clock.at = NOW
    return family


def shown(widget: QWidget, theme: Theme, width: int = 1280, height: int = 900) -> QWidget:
    """Show a tab as a window of its own."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    widget.resize(width, height)
    widget.show()
    app.processEvents()
    return widget


def button(within: QWidget, words: str) -> QPushButton:
    """Return the visible button with these words, or this accessible name."""
    QApplication.processEvents()
    for one in within.findChildren(QPushButton):
        said = one.text().replace("&&", "&")
        if one.isVisible() and words in (said, one.accessibleName()):
            return one
    names = [b.text() or b.accessibleName() for b in within.findChildren(QPushButton)]
    raise AssertionError(f"no button {words!r} among {names}")


def visible_text(within: QWidget) -> str:
    """Return every visible label and button text, as a person would read it."""
    QApplication.processEvents()
    labels = [one.text() for one in within.findChildren(QLabel) if one.isVisible()]
    buttons = [one.text() for one in within.findChildren(QPushButton) if one.isVisible()]
    return "\n".join((*labels, *buttons))
