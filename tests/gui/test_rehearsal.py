"""A test reminder: the real panel, a real notice, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import KINDS
from caregiver_app.gui.rehearsal_line import RehearsalLine
from caregiver_app.gui.ringer import Ringer
from tests.gui.ringing import Desktop, Outcome, pill, ring
from tests.gui.tabs_family import Family, open_family, settled_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    """Nobody yet: no appointment is needed to try."""
    made = open_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def ringer(qtbot: QtBot, family: Family, desktop: Desktop) -> Ringer:
    return ring(qtbot, family, desktop)


def line(ringer: Ringer) -> RehearsalLine | None:
    """The test line that is seen."""
    found = [one for one in ringer.panel.findChildren(RehearsalLine) if one.isVisible()]
    assert len(found) <= 1
    return found[0] if found else None


def everything(family: Family) -> dict[str, list[object]]:
    store = family.house.care.store
    return {name: list(store.all(kind)) for name, kind in KINDS.items()}


def test_the_window_and_a_discreet_notice_come(ringer: Ringer, desktop: Desktop):
    assert ringer.rehearse()
    shown = line(ringer)
    assert shown is not None
    assert ringer.panel.heading.text() == "A test"
    assert "This is a test reminder" in [one.text() for one in shown.findChildren(QLabel)]
    assert desktop.told == [("Care reminder", "This is a test, 18:00")]
    assert desktop.seen == [True], "the window first"


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome(), "The notice was handed to the desktop."),
        (Outcome(ok=False, reason_key="notify.no_service"), "This desktop shows no notices"),
    ],
)
def test_the_outcome_is_told(ringer: Ringer, desktop: Desktop, outcome: Outcome, sentence: str):
    told: list[tuple[bool, str]] = []
    health: list[str] = []
    ringer.rehearsed.connect(lambda ok, said: told.append((ok, said)))
    ringer.health_changed.connect(health.append)
    ringer.rehearse()
    assert told == []
    desktop.deliver(outcome)
    ((ok, said),) = told
    assert ok == outcome.ok
    assert said.startswith(sentence)
    assert ringer.health == ("" if ok else said)
    assert health == [], "whoever asked says it; no banner says it again"


def test_a_notice_that_arrives_ends_the_complaint(ringer: Ringer, desktop: Desktop):
    ringer.rehearse()
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_service"))
    assert ringer.health
    ringer.rehearse()
    desktop.deliver()
    assert ringer.health == ""


@pytest.mark.parametrize("name", ["done_button", "later_button", "skip_button"])
def test_every_answer_only_takes_it_away(
    ringer: Ringer, desktop: Desktop, family: Family, qtbot: QtBot, name: str
):
    before = everything(family)
    answered: list[bool] = []
    ringer.rehearsal_answered.connect(lambda: answered.append(True))
    ringer.start()
    ringer.rehearse()
    shown = line(ringer)
    assert shown is not None
    QTest.mouseClick(getattr(shown, name), Qt.MouseButton.LeftButton)
    desktop.deliver()
    assert (line(ringer), ringer.panel.isVisible(), answered) == (None, False, [True])
    ringer.tick()
    assert not ringer.panel.isVisible()
    assert everything(family) == before
    assert family.house.care.store.undo_label() is None
    ringer.stop()


def test_closing_the_panel_ends_it_and_answers_nothing(ringer: Ringer):
    answered: list[bool] = []
    ringer.rehearsal_answered.connect(lambda: answered.append(True))
    ringer.rehearse()
    ringer.panel.close_button.click()
    assert (line(ringer), answered) == (None, [])
    ringer.panel.come_up()
    assert not ringer.panel.isVisible(), "it is over, and does not come back with a reminder"
    ringer.rehearse()
    ringer.end_rehearsal()
    assert (line(ringer), ringer.panel.isVisible(), answered) == (None, False, [])


def test_ringing_again_shows_it_once(ringer: Ringer, desktop: Desktop):
    ringer.rehearse()
    ringer.rehearse()
    assert line(ringer) is not None
    assert len(desktop.told) == 2


def test_what_is_due_stands_below_and_stays(qtbot: QtBot, tmp_path: Path, desktop: Desktop):
    family = settled_family(tmp_path)
    pill(family, "eye", "Eye drops", 18)
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    ringer.rehearse()
    shown = line(ringer)
    assert shown is not None
    (row,) = ringer.panel.rows
    assert (
        shown.mapTo(ringer.panel, shown.rect().topLeft()).y()
        < row.mapTo(ringer.panel, row.rect().topLeft()).y()
    )
    assert ringer.panel.heading.text() == "1 thing to look at"
    ringer.tick()
    assert line(ringer) is shown, "a tick leaves the test alone"
    shown.done_button.click()
    assert ringer.panel.isVisible()
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    ringer.stop()
    family.close()


def test_what_comes_due_meanwhile_joins_it(qtbot: QtBot, tmp_path: Path, desktop: Desktop):
    family = settled_family(tmp_path)
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    ringer.rehearse()
    pill(family, "eye", "Eye drops", 19)
    family.clock.at += timedelta(hours=1)
    ringer.tick()
    (item,) = ringer.panel.items
    assert line(ringer) is not None
    family.house.reminders.answer(item.id, "done")
    assert ringer.panel.items == ()
    assert line(ringer) is not None, "the test was not answered"
    ringer.stop()
    family.close()


def test_it_says_whether_it_is_the_one_that_rings(qtbot: QtBot, family: Family, desktop: Desktop):
    assert ring(qtbot, family, desktop).rings_here
    assert not ring(qtbot, family, desktop, claim=False).rings_here


def test_the_panel_is_no_taller_than_the_test(ringer: Ringer):
    ringer.rehearse()
    shown = line(ringer)
    assert shown is not None
    assert ringer.panel.height() < shown.height() + 120
