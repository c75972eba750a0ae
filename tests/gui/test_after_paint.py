"""What a start does after the first paint, also when nothing can be written just then."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from caregiver_app.after_paint import AfterPaint
from caregiver_app.errors import DataBusy
from caregiver_app.options import Place
from caregiver_app.services.plans import PlanService
from tests.fakes import FakeClock, Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data", FakeClock(datetime(2026, 11, 20, 17, tzinfo=UTC)))


class Window(QWidget):
    """A window that remembers what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


def test_a_file_that_is_busy_is_told_and_the_rest_begins(qtbot, home: Home, monkeypatch):
    def busy(_self: PlanService) -> int:
        raise DataBusy("data.busy", path="there")

    monkeypatch.setattr(PlanService, "lay_out_all", busy)
    window = Window()
    qtbot.addWidget(window)
    place = Place(home.folder, home.clock, None)
    beside = AfterPaint(place, home.house, demo=True)
    assert beside.begin(window) is None
    assert ["Another program is using" in one for one in window.said] == [True]
    beside.end()


def test_another_zone_of_the_computer_is_told_once(qtbot, home: Home):
    window = Window()
    qtbot.addWidget(window)
    beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    beside.begin(window)
    assert window.said == []
    home.clock.home = "Europe/Berlin"
    beside.follow_zone()
    beside.follow_zone()
    assert ["Europe/Berlin" in one for one in window.said] == [True]
    beside.end()
