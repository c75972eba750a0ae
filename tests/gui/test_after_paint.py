"""What a start does after the first paint, also when nothing can be written just then."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.after_paint import AfterPaint
from caregiver_app.assets import read_bytes
from caregiver_app.errors import DataBusy
from caregiver_app.gui.bridge import ChangeBridge
from caregiver_app.options import Place
from caregiver_app.services.plans import PlanService
from caregiver_app.services.template_file import COPY, NAME
from tests.fakes import FakeClock, Home
from tests.gui.calendar.family import dressed


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


class RealWindow(Window):
    """One with all that the ringer needs of it."""

    waiting_counted = Signal(int)

    def __init__(self, home: Home) -> None:
        super().__init__()
        self.head, self.bridge = QWidget(self), ChangeBridge(home.house, lambda: False, self)
        self.leaving = self.at_login = None


def test_what_breaks_around_the_ringer_keeps_nothing_from_ringing(
    qapp, qtbot, home: Home, monkeypatch
):
    def breaks(*_args: object, **_more: object) -> object:
        raise ZeroDivisionError

    def busy(*_args: object) -> object:
        raise DataBusy("data.busy", path="there")

    told: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: told.append(kind))
    monkeypatch.setattr("caregiver_app.after_paint.Tray", breaks)
    monkeypatch.setattr("caregiver_app.after_paint.put_below_head", busy)
    window = RealWindow(home)
    qtbot.addWidget(window)
    beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=False)
    ringer = beside.ringer(window, dressed(qapp), lambda: True)
    ringer.start()
    assert ringer.last_check == home.clock.now()
    assert told == [ZeroDivisionError, DataBusy]
    ringer.end()
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


def test_the_packing_lists_are_kept_once_the_window_is_there(qtbot, home: Home):
    copy = home.folder / COPY
    assert not copy.exists()
    window = Window()
    qtbot.addWidget(window)
    beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    assert beside.begin(window) is None
    assert copy.read_bytes() == read_bytes(NAME)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    beside.end()


def test_a_copy_that_can_not_be_kept_stops_nothing(qtbot, home: Home):
    (home.folder / COPY).mkdir()
    window = Window()
    qtbot.addWidget(window)
    beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    assert beside.begin(window) is None
    assert window.said == []
    beside.end()
