"""Settings about the subscribed file: choosing it, what it says of itself, stopping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.calendar.outgoing.feed_sheet import FeedSheet
from caregiver_app.gui.calendar.outgoing.stop_sheet import StopFeedSheet
from caregiver_app.gui.file_actions import AppActions, FileActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.settings.feed_part import FeedPart
from caregiver_app.gui.theme import Theme
from caregiver_app.messages import words as message
from caregiver_app.services.feed import EXAMPLE_MARK, Choice, Standing
from tests.fakes import Home
from tests.gui.calendar.family import appointment, dressed, rosas_home
from tests.gui.tabs_family import visible_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path / "data")
    made.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(made, "lab", "Blood test", "2026-03-24T08:00")
    yield made
    made.close()


@pytest.fixture(scope="module")
def theme(qapp) -> Theme:
    return dressed(qapp)


@dataclass
class Shown:
    """The lines on their window."""

    window: QWidget
    part: FeedPart
    files: FileActions

    def says(self) -> str:
        return visible_text(self.part)


@pytest.fixture
def shown(qtbot, home: Home, theme: Theme) -> Iterator[Shown]:
    window = QWidget()
    window.resize(1000, 800)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    files = FileActions(home.house, theme, actions, lambda: Later, window)
    part = FeedPart(home.house, theme, files)
    part.setParent(window)
    part.setGeometry(0, 0, 900, 300)
    home.house.care.changes.listen(lambda _change: part.show_kept())
    window.show()
    qtbot.waitExposed(window)
    yield Shown(window, part, files)
    home.house.care.changes._listeners.clear()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "synced").mkdir()
    return tmp_path / "synced" / "care.ics"


def choose(qtbot, shown: Shown, file: Path) -> FeedSheet:
    qtbot.mouseClick(shown.part.choose, LEFT)
    sheet = shown.files.sheet
    assert isinstance(sheet, FeedSheet)
    sheet.place.field.set_text(str(file))
    return sheet


def test_neutral_titles_are_preset_and_one_click_keeps_it(qtbot, shown, home, file):
    assert not shown.part.stop.isVisible()
    sheet = choose(qtbot, shown, file)
    assert sheet.neutral.state == "done"
    for part in ("Google", "can read it", "while this program is open"):
        assert part in visible_text(sheet)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert home.house.feed.choice() == Choice(str(file))
    assert f"{file}\nNeutral titles." in shown.part.about.text()
    assert shown.part.state.text() == "It is about to be written."
    home.house.care.undo()
    assert home.house.feed.choice() is None
    assert not shown.part.stop.isVisible()


def test_one_person_and_some_kinds_come_back_when_it_is_changed(qtbot, shown, home, file):
    sheet = choose(qtbot, shown, file)
    sheet.what.whose.set_value("mei")
    for kind in ("drive", "medication", "other", "follow-up"):
        qtbot.mouseClick(sheet.what.rows[kind], LEFT)
    qtbot.mouseClick(sheet.neutral, LEFT)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert home.house.feed.choice() == Choice(str(file), False, "mei", ("infusion", "lab"))
    assert "Titles as they are; only 王梅; only these kinds: Infusions, Lab tests." in shown.says()
    qtbot.mouseClick(shown.part.choose, LEFT)
    again = shown.files.sheet
    assert isinstance(again, FeedSheet)
    assert again.place.field.value() == str(file)
    assert again.what.person() == "mei"
    assert again.what.kinds() == {"infusion", "lab"}
    assert again.neutral.state == "open"
    again.done(0)


def test_what_cannot_be_is_said_in_place(qtbot, shown, home, file):
    sheet = choose(qtbot, shown, home.folder / "mine.ics")
    qtbot.mouseClick(sheet.primary, LEFT)
    assert "where this program keeps its own data" in (sheet.place.field.error() or "")
    file.write_text("my shopping list")
    sheet.place.field.set_text(str(file))
    qtbot.mouseClick(sheet.primary, LEFT)
    assert "Save again to replace it." in (sheet.place.field.error() or "")
    assert file.read_text() == "my shopping list"
    for row in sheet.what.rows.values():
        qtbot.mouseClick(row, LEFT)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert "Tick at least one kind" in visible_text(sheet.trouble)
    qtbot.mouseClick(sheet.what.rows["lab"], LEFT)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert home.house.feed.choice() == Choice(str(file), True, "", ("lab",))
    assert "shopping" not in file.read_text()


def test_it_says_when_it_was_written_or_why_not(qtbot, shown, home, file):
    home.house.feed.choose(str(file), True)
    home.house.feed.standing = Standing(datetime(2026, 3, 20, 14, 2, tzinfo=UTC))
    shown.part.show_state()
    assert shown.part.state.text() == "Written today, 10:02."
    home.house.feed.standing = Standing(datetime(2026, 3, 18, 14, 2, tzinfo=UTC))
    shown.part.show_state()
    assert shown.part.state.text() == "Written Wednesday 18 March, 10:02."
    why = message("feed.no_folder", path=file)
    home.house.feed.standing = Standing(None, why)
    qtbot.waitUntil(lambda: shown.part.state.text() == why)  # it looks by itself


def test_stopping_asks_what_becomes_of_the_file(qtbot, shown, home, file):
    home.house.feed.choose(str(file), True)
    home.house.feed.write()
    qtbot.mouseClick(shown.part.stop, LEFT)
    sheet = shown.files.sheet
    assert isinstance(sheet, StopFeedSheet)
    assert file.name in visible_text(sheet)
    assert "The file stays where it is" in visible_text(sheet)
    assert sheet.focusWidget() is sheet.cancel
    qtbot.mouseClick(sheet.primary, LEFT)
    assert home.house.feed.choice() is None
    assert file.exists()


def test_stopping_may_take_the_file_along(qtbot, shown, home, file):
    home.house.feed.choose(str(file), True)
    qtbot.mouseClick(shown.part.stop, LEFT)
    sheet = shown.files.sheet
    assert isinstance(sheet, StopFeedSheet)
    qtbot.mouseClick(sheet.delete, LEFT)
    assert "The file is deleted." in visible_text(sheet)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert not file.exists()


def test_a_file_that_cannot_be_deleted_goes_on(qtbot, shown, home, file, monkeypatch):
    home.house.feed.choose(str(file), True)
    qtbot.mouseClick(shown.part.stop, LEFT)
    sheet = shown.files.sheet
    assert isinstance(sheet, StopFeedSheet)
    qtbot.mouseClick(sheet.delete, LEFT)

    def refuse(_self: Path) -> None:
        raise PermissionError

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", refuse)
        qtbot.mouseClick(sheet.primary, LEFT)
    assert "could not be deleted" in visible_text(sheet)
    assert home.house.feed.choice() is not None
    sheet.done(0)


def test_the_made_up_family_is_told_that_it_keeps_none(qtbot, shown, home, file):
    (home.folder / EXAMPLE_MARK).touch()
    sheet = choose(qtbot, shown, file)
    assert "made-up family" in visible_text(sheet)
    assert not sheet.primary.isEnabled()
    sheet.done(0)


def test_the_export_leads_here(qtbot, shown):
    shown.files.export()
    export = shown.files.sheet
    assert isinstance(export, ExportDialog)
    qtbot.mouseClick(export.feed, LEFT)
    assert isinstance(shown.files.sheet, FeedSheet)
    shown.files.sheet.done(0)
