"""The reminder window and the bag: what is packed leaves it without a ring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caregiver_app.gui.reminder_titles import LineTitle
from caregiver_app.gui.ringer import Ringer
from tests.gui.ringing import Desktop, ring
from tests.gui.tabs_family import Family, settled_family
from tests.gui.today.page import wall_utc

VISIT = "p1~2"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    """The evening before an infusion; of its bag water and photo ID are missing."""
    made = settled_family(tmp_path)
    bags = made.house.bags
    for line in bags.bag(VISIT).lines:
        if line.key not in ("water", "photo_id"):
            bags.set_state(VISIT, line.key, "packed")
    made.clock.at = wall_utc("2026-03-30T18:59")
    for one in made.house.reminders.open_now():
        made.house.reminders.answer(one.id, "done")
    made.clock.at = wall_utc("2026-03-30T19:00")
    yield made
    made.close()


@pytest.fixture
def ringer(qtbot: QtBot, family: Family, desktop: Desktop) -> Iterator[Ringer]:
    made = ring(qtbot, family, desktop)
    made.start()
    desktop.deliver()
    yield made
    made.stop()


def whats(ringer: Ringer) -> set[str]:
    return {one.what for one in ringer.panel.items if one.owner == VISIT}


def line(ringer: Ringer, begins: str) -> LineTitle:
    found = [
        one
        for one in ringer.panel.findChildren(LineTitle)
        if one.accessibleName().startswith(f"Open: {begins}")
    ]
    assert len(found) == 1
    return found[0]


def test_its_words_follow_what_is_packed_and_then_it_goes(
    qtbot: QtBot, family: Family, ringer: Ringer, desktop: Desktop
) -> None:
    assert "pack1" in whats(ringer)
    rung = len(desktop.told)
    before = line(ringer, "Still to pack: ").accessibleName()
    assert before.endswith("Photo ID")
    family.house.bags.set_state(VISIT, "photo_id", "packed")
    qtbot.waitUntil(lambda: "Photo ID" not in line(ringer, "Still to pack: ").accessibleName())
    family.house.bags.set_state(VISIT, "water", "packed")
    qtbot.waitUntil(lambda: "pack1" not in whats(ringer))
    assert {"temp1", "hyd1"} <= whats(ringer)
    family.house.care.undo()
    qtbot.waitUntil(lambda: "pack1" in whats(ringer))
    assert len(desktop.told) == rung, "the desktop hears nothing of it"
