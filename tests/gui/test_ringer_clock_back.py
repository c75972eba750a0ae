"""The clock is set back while a reminder is between being said and being recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.ringing import Desktop, answer_of, pill, ring
from tests.gui.tabs_family import Family, settled_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    pill(made, "eye", "Eye drops", 18)
    yield made
    made.close()


def test_the_window_records_what_it_said(qtbot: QtBot, family: Family) -> None:
    desktop = Desktop()
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    assert len(desktop.told) == 1
    family.clock.at -= timedelta(hours=1)
    desktop.deliver()
    assert answer_of(family, "eye").state == "shown"
    family.clock.at += timedelta(hours=1, minutes=1)
    ringer.tick()
    assert len(desktop.told) == 1, "said once, whatever the clock did"
    ringer.stop()


@pytest.mark.parametrize("state", ["new", "later"])
def test_the_engine_records_what_was_said(family: Family, state: str) -> None:
    reminders = family.house.reminders
    if state == "later":
        (one,) = [one for one in reminders.due() if one.owner == "eye"]
        reminders.answer(one.id, "later", until=family.clock.at + timedelta(minutes=30))
        family.clock.at += timedelta(minutes=31)
    (notice,) = reminders.notices([one for one in reminders.due() if one.owner == "eye"])
    family.clock.at -= timedelta(minutes=10)
    reminders.record(notice)
    family.clock.at += timedelta(minutes=11)
    assert [one for one in reminders.due() if one.owner == "eye"] == []
    assert answer_of(family, "eye").said == 1
