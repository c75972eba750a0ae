"""The subscribed file beside a whole window: start, undo by key, other programs, restore, close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import later, tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.feed_writer import FeedWriter
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.options import Place
from tests.fakes import Home
from tests.gui.calendar.family import appointment, at, dressed, rosas_home

PATIENCE_MS = 30_000


@dataclass
class Beside:
    """A window, what goes on beside it, and what another program changed meanwhile."""

    home: Home
    window: MainWindow
    after: AfterPaint
    file: Path
    outside: list[bool] = field(default_factory=list)

    @property
    def writer(self) -> FeedWriter:
        found = self.after._feed
        assert found is not None
        return found

    def settle(self, qtbot) -> None:
        self.writer.begin()
        qtbot.waitUntil(lambda: not self.writer.is_writing, timeout=PATIENCE_MS)

    def events(self) -> int:
        return self.file.read_text(encoding="utf-8").count("BEGIN:VEVENT")


@pytest.fixture(scope="module")
def theme(qapp) -> Theme:
    return dressed(qapp)


@pytest.fixture
def beside(qtbot, tmp_path: Path, theme: Theme) -> Iterator[Beside]:
    home = rosas_home(tmp_path / "data")
    (tmp_path / "synced").mkdir()
    file = tmp_path / "synced" / "care.ics"
    home.house.feed.choose(str(file), True)
    outside: list[bool] = []
    actions = AppActions(
        backup=lambda path: path or Path("b"),
        restore=lambda _path: None,
        look_for_outside_changes=lambda: bool(outside) and outside.pop(),
    )
    window = make_window(home.house, theme, actions, later, tab_class)
    after = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=False)
    made = Beside(home, window, after, file, outside)
    assert after.begin(window) is None
    yield made
    made.writer.hold()
    after.end()
    window.bridge.stop()
    window.deleteLater()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    home.close()


def test_it_looks_at_the_start_and_follows_a_change_and_its_undo(qtbot, beside: Beside):
    assert beside.writer.is_waiting
    beside.settle(qtbot)
    before = beside.events()
    appointment(beside.home, "lab", "Blood test", "2026-03-24T08:00")
    beside.settle(qtbot)
    assert beside.events() == before + 1
    beside.window.undo()
    assert beside.writer.is_waiting
    beside.settle(qtbot)
    assert beside.events() == before


def test_an_import_comes_into_the_file(qtbot, beside: Beside):
    beside.settle(qtbot)
    before = beside.events()
    importer = beside.home.house.importer
    coming = importer.read(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Clinic//EN\r\nBEGIN:VEVENT\r\nUID:c1\r\n"
        b"DTSTAMP:20260301T000000Z\r\nDTSTART:20260401T100000Z\r\nSUMMARY:Lab\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR\r\n"
    )
    assert importer.take(importer.preview(coming)) == 1
    beside.settle(qtbot)
    assert beside.events() == before + 1


def test_what_another_program_changed_is_looked_at(qtbot, beside: Beside):
    beside.settle(qtbot)
    other = beside.home.another()
    appointment(beside.home, "lab", "Blood test", "2026-03-24T08:00")
    beside.settle(qtbot)
    found = other.agenda.get("lab")
    assert found is not None
    other.agenda.save(replace(found, start=at("2026-03-25T08:00")))
    other.care.store.close()
    assert not beside.writer.is_waiting
    beside.outside.append(True)
    beside.window.bridge.look()
    assert beside.writer.is_waiting
    beside.settle(qtbot)
    assert "20260325T080000" in beside.file.read_text(encoding="utf-8")


def test_while_a_backup_is_put_in_place_it_rests(qtbot, beside: Beside):
    beside.window.files.restoring.emit()
    beside.writer.begin()
    assert not beside.writer.is_writing
    beside.window.files.stayed.emit()
    beside.settle(qtbot)
    assert beside.events() > 1


def test_closing_at_once_still_writes(beside: Beside):
    appointment(beside.home, "lab", "Blood test", "2026-03-24T08:00")
    beside.window.close()
    beside.after.end()
    assert beside.events() > 1
    assert not beside.home.house.feed.write()


def test_the_made_up_family_starts_none(qtbot, tmp_path: Path, theme: Theme):
    home = rosas_home(tmp_path / "data")
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    window = make_window(home.house, theme, actions, later, tab_class)
    after = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    assert after.begin(window) is None
    assert after._feed is None
    window.bridge.stop()
    window.deleteLater()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    home.close()
