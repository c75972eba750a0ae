"""The subscribed file follows the data by a child process, one at a time, newest state last."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Person
from caregiver_app.gui import feed_writer
from caregiver_app.gui.feed_writer import FeedWriter, command
from caregiver_app.services.care import Change
from caregiver_app.services.feed import Standing
from tests.fakes import Home
from tests.gui.calendar.family import appointment, rosas_home

PATIENCE_MS = 30_000


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def file(home: Home, tmp_path: Path) -> Path:
    (tmp_path / "synced").mkdir()
    file = tmp_path / "synced" / "care.ics"
    home.house.feed.choose(str(file), True)
    return file


@pytest.fixture
def writer(qtbot, home: Home, file: Path) -> Iterator[FeedWriter]:
    made = FeedWriter(home.house.feed, command(home.folder))
    home.house.care.changes.listen(made.look)
    yield made
    made.hold()


def fake(home: Home, code: str) -> FeedWriter:
    """A writer whose child process is a line of Python."""
    return FeedWriter(home.house.feed, [sys.executable, "-c", code])


def settle(qtbot, writer: FeedWriter) -> None:
    """Let the moment after a change pass, and the child process end."""
    writer.begin()
    qtbot.waitUntil(lambda: not writer.is_writing, timeout=PATIENCE_MS)


def events(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("BEGIN:VEVENT")


def test_a_change_and_its_undo_come_into_the_file(qtbot, home: Home, file: Path, writer):
    writer.start()
    settle(qtbot, writer)
    before = events(file)
    assert before > 1
    appointment(home, "lab", "Blood test", "2026-03-24T09:30")
    assert writer.is_waiting
    settle(qtbot, writer)
    assert events(file) == before + 1
    assert home.house.feed.standing.written is not None
    inode = file.stat().st_ino
    home.house.care.undo()
    assert writer.is_waiting
    settle(qtbot, writer)
    assert events(file) == before
    assert file.stat().st_ino != inode


def test_it_begins_by_itself_soon_after_a_change(home: Home, writer: FeedWriter):
    appointment(home, "lab", "Blood test", "2026-03-24T09:30")
    # With two writings of ten years of data (2 s each) it stays below five seconds.
    assert 0 < writer._soon.remainingTime() <= 500
    assert writer._soon.isActive()


def test_what_does_not_matter_starts_nothing(home: Home, writer: FeedWriter):
    home.house.settings.set("look.mode", "dark")
    assert not writer.is_waiting
    writer.look(None)  # another program changed something
    assert writer.is_waiting


def test_unchanged_data_leaves_the_file_as_it_is(qtbot, home: Home, file: Path, writer):
    writer.start()
    settle(qtbot, writer)
    before = file.stat()
    writer.look(None)
    settle(qtbot, writer)
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_folder_that_is_gone_is_told_and_tried_again(qtbot, home: Home, file: Path, writer):
    said: list[str] = []
    writer.troubled.connect(said.append)
    away = file.parent.rename(file.parent.with_name("away"))
    writer.start()
    settle(qtbot, writer)
    assert "is not there just now" in home.house.feed.standing.trouble
    assert writer.tries_again
    assert writer._again.interval() == 60_000
    assert said == []  # it may pass within the minute
    settle(qtbot, writer)
    settle(qtbot, writer)
    assert len(said) == 1
    away.rename(file.parent)
    settle(qtbot, writer)
    assert events(file) > 1
    assert home.house.feed.standing.trouble == ""
    assert not writer.tries_again


def test_what_changes_meanwhile_is_written_next(qtbot, home: Home, file: Path, writer):
    writer.start()
    writer.begin()
    assert writer.is_writing
    appointment(home, "lab", "Blood test", "2026-03-24T09:30")
    writer.begin()  # nothing: one at a time
    assert writer.is_waiting
    qtbot.waitUntil(lambda: not writer.is_writing, timeout=PATIENCE_MS)
    assert writer.is_waiting
    assert writer._soon.isActive()
    settle(qtbot, writer)
    home.house.feed.write()
    assert not home.house.feed.write()


def test_closing_within_the_moment_still_writes(home: Home, file: Path, writer: FeedWriter):
    writer.start()
    writer.finish()
    before = events(file)
    again = FeedWriter(home.house.feed, command(home.folder))
    home.house.care.changes.listen(again.look)
    appointment(home, "lab", "Blood test", "2026-03-24T09:30")
    again.finish()
    assert events(file) == before + 1
    assert not again.is_writing
    appointment(home, "eyes", "Eye clinic", "2026-03-25T09:30")
    assert not again._soon.isActive()


def test_closing_does_not_wait_for_ever_and_leaves_no_process(qtbot, home: Home, file: Path):
    slow = fake(home, "import time; time.sleep(600)")
    slow.start()
    slow.begin()
    process = slow._process
    assert process is not None
    slow.finish(patience_ms=10)
    assert process.state() == process.ProcessState.NotRunning
    assert not slow.is_writing


def test_while_the_data_is_exchanged_nothing_is_written(qtbot, home: Home, file: Path, writer):
    writer.start()
    writer.begin()
    writer.hold()
    assert not writer.is_writing
    appointment(home, "lab", "Blood test", "2026-03-24T09:30")
    writer.begin()
    assert not writer.is_writing
    writer.go_on()
    settle(qtbot, writer)
    assert events(file) > 1


def test_a_stopped_file_is_left_alone(qtbot, home: Home, file: Path, writer: FeedWriter):
    writer.start()
    settle(qtbot, writer)
    home.house.feed.stop()
    appointment(home, "lab", "Blood test", "2026-03-24T09:30")
    writer.begin()
    assert not writer.is_writing
    assert home.house.feed.standing == Standing()


def test_a_program_that_cannot_start_is_a_sentence(qtbot, home: Home, file: Path):
    broken = FeedWriter(home.house.feed, ["/nowhere/python"])
    broken.begin()
    qtbot.waitUntil(lambda: bool(home.house.feed.standing.trouble), timeout=PATIENCE_MS)
    assert home.house.feed.standing.trouble == "It could not be written just now."
    assert broken.tries_again
    assert not broken.is_writing


def test_words_that_nobody_understands_are_no_date(qtbot, home: Home, file: Path):
    odd = fake(home, "print('hello')")
    odd.start()
    settle(qtbot, odd)
    assert home.house.feed.standing == Standing()


def test_a_change_of_a_person_matters(home: Home, file: Path, writer: FeedWriter):
    home.house.people.save_person(Person(id="rosa", name="Rosa Amador-Silva"))
    assert writer.is_waiting
    assert home.house.feed.matters(Change(frozenset({"person"})))
    assert feed_writer.command(home.folder)[-2:] == ["export", "--subscribed"]
