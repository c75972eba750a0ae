"""What is to be looked at, in quiet words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import BlockedDays
from caregiver_app.gui.calendar.form.conflict_line import ConflictLine, conflict_text
from caregiver_app.gui.theme import Theme
from caregiver_app.services.conflicts import Conflict
from tests.fakes import Home
from tests.gui.calendar.family import appointment, rosas_home
from tests.gui.tabs_family import shown, visible_text


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> ConflictLine:
    made = ConflictLine(theme)
    qtbot.addWidget(shown(made, theme, 500, 200))
    return made


def conflict(message: str, **values: object) -> Conflict:
    return Conflict(date(2026, 3, 31), (("a", "2026-03-31T09:30"),), message, values)


def test_each_kind_is_a_sentence() -> None:
    told = {"first": "Lab", "second": "Eye clinic", "one": "Rosa", "other": "Mei", "title": "Lab"}
    said = {
        kind: conflict_text(
            conflict(
                f"conflict.{kind}", **told, leave=time(8, 5), ends=time(8, 30), driver="Ana",
                day=date(2026, 3, 31), reason="away",
            )
        )
        for kind in (
            "same_time", "leaves_early", "same_driver", "two_people", "blocked", "blocked_reason",
            "no_driver",
        )
    }  # fmt: skip
    assert said["leaves_early"] == "You leave at 8:05 for Eye clinic, but Lab goes on until 8:30."
    assert said["blocked_reason"] == "Lab: Tue 31 Mar doesn’t suit (away)."
    assert all(words.endswith(".") and "…" not in words for words in said.values())
    assert len(set(said.values())) == len(said)


def test_a_draft_is_looked_at(home: Home, line: ConflictLine) -> None:
    kept = appointment(home, "lab", "Blood test", "2026-03-31T10:00")
    line.look(home.house, kept)
    assert line.sentences() == ["Infusion 2 and Blood test are at the same time."]
    assert line.isVisible()
    later = appointment(home, "lab", "Blood test", "2026-03-31T14:00")
    line.look(home.house, later)
    assert not line.isVisible()
    home.house.blocked.save(
        BlockedDays(id="", first=date(2026, 3, 31), last=date(2026, 3, 31), reason="away")
    )
    line.look(home.house, later)
    assert "doesn’t suit (away)" in visible_text(line)
    line.look(home.house, None)
    assert not line.isVisible()


def test_more_than_three_are_counted(line: ConflictLine) -> None:
    many = [
        conflict("conflict.blocked", title=f"Lab {n}", day=date(2026, 3, n)) for n in range(1, 6)
    ]
    line.show_conflicts(many)
    assert len(line.sentences()) == 3
    assert "and 2 more" in visible_text(line)


def test_never_in_red(line: ConflictLine) -> None:
    line.show_conflicts([conflict("conflict.blocked", title="Lab", day=date(2026, 3, 31))])
    inks = {one.property("textInk") for one in line.findChildren(type(line._more))}
    assert "alarm" not in inks
