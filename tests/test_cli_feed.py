"""The command line and the subscribed file: what a command changed stands in it when it ends."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from caregiver_app.claim import FEED, Claim
from caregiver_app.clock import GivenClock, read_now
from caregiver_app.services import feed as feeds
from caregiver_app.services.household import Household, household
from caregiver_app.services.more import More
from caregiver_app.storage.database import open_store
from tests.factories import NEW_YORK
from tests.programs import NOW, Program, due_at


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    made = Program(tmp_path / "data", capsys, monkeypatch)
    made.add(due_at())
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "synced").mkdir()
    return tmp_path / "synced" / "care.ics"


@pytest.fixture
def kept(program: Program, file: Path) -> Program:
    """The program with a subscribed file that holds one appointment."""
    clock = GivenClock(read_now(NOW), running=False)
    with open_store(program.folder, now=clock.now()) as store:
        house: Household = household(store, clock, lambda: "x", lambda: More)
        house.feed.choose(str(file), True)
        house.feed.write()
    return program


def events(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("BEGIN:VEVENT")


def test_without_a_subscribed_file_it_says_so(program: Program):
    told = program("export", "--subscribed")
    assert told.code == 20
    assert "Settings" in told.err[0]


def test_it_says_whether_it_wrote(kept: Program, file: Path):
    told = kept("export", "--subscribed")
    assert (told.code, told.err) == (0, [])
    assert told.out[0].startswith("SAME 20")
    before = signal.getsignal(signal.SIGTERM)
    file.unlink()
    assert kept("export", "--subscribed").out[0].startswith("WRITTEN 20")
    assert events(file) == 1
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("arguments", [(), ("mine.ics", "--subscribed")])
def test_a_file_or_the_subscribed_one(program: Program, arguments: tuple[str, ...]):
    assert program("export", *arguments).code == 2


def test_add_is_in_the_file_when_it_ends(kept: Program, file: Path):
    told = kept.add(due_at(id="a2", start="2026-11-25T09:30"))
    assert (told.code, told.err) == (0, [])
    assert events(file) == 2


def test_a_note_leaves_the_file_alone(kept: Program, file: Path, monkeypatch):
    def fail(_self: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(feeds.FeedService, "write", fail)
    assert kept.add('{"kind":"note","text":"x"}').code == 0


def test_what_is_in_the_way_changes_nothing_of_the_command(kept: Program, file: Path):
    file.parent.rename(file.parent.with_name("away"))
    told = kept.add(due_at(id="a2", start="2026-11-25T09:30"))
    assert (told.code, told.out) == (0, ["ACK a2"])
    assert len(told.err) == 1
    assert "is not there just now" in told.err[0]
    assert kept("export", "--subscribed").code == 20
    file.parent.with_name("away").rename(file.parent)
    kept("export", "--subscribed")
    assert events(file) == 2


def test_import_is_in_the_file_when_it_ends(kept: Program, file: Path, tmp_path: Path):
    coming = tmp_path / "clinic.ics"
    coming.write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Clinic//EN\r\nBEGIN:VEVENT\r\nUID:c1\r\n"
        b"DTSTAMP:20261101T000000Z\r\nDTSTART:20261201T100000Z\r\nSUMMARY:Lab\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR\r\n"
    )
    assert kept("import", str(coming)).code == 0
    assert events(file) == 1
    assert kept("import", str(coming), "--yes").code == 0
    assert events(file) == 2


def test_a_restored_backup_is_in_the_file_when_it_ends(kept: Program, file: Path, tmp_path: Path):
    backup = tmp_path / "mine.sqlite3"
    assert kept("backup", str(backup)).code == 0
    kept.add(due_at(id="a2", start="2026-11-25T09:30"))
    assert events(file) == 2
    assert kept("restore", str(backup)).code == 0
    assert events(file) == 1


def test_it_waits_its_turn_and_then_says_that_it_did_not_come(kept: Program, monkeypatch):
    monkeypatch.setattr(feeds, "_PATIENCE_S", 0.0)
    other = Claim(kept.folder, FEED)
    assert other.take("feed")
    told = kept("export", "--subscribed")
    other.release()
    assert told.code == 12
    assert "Another program is writing" in told.err[0]
