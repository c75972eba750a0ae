"""The subscribed file: chosen once, written when its bytes change, never over other files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from caregiver_app.claim import FEED, Claim
from caregiver_app.domain.entities import Person
from caregiver_app.errors import DataBusy, DataReadOnly, DiskTrouble, InputRefused, UserError
from caregiver_app.messages import explain
from caregiver_app.services import feed as feeds
from caregiver_app.services.care import Change
from caregiver_app.services.feed import EXAMPLE_MARK, Choice
from tests.fakes import FakeClock, Home

NOW = datetime(2026, 3, 20, 14, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "data", FakeClock(NOW))
    made.house.people.save_person(Person(id="rosa", name="Rosa Amador"))
    made.house.people.save_person(Person(id="mei", name="王梅"))
    made.add(
        '{"kind":"appointment","id":"lab","person":"rosa","type":"lab","title":"Blood test",'
        '"start":"2026-03-24T09:30","zone":"America/New_York","place":"Willow Lane"}',
        '{"kind":"appointment","id":"eyes","person":"mei","type":"other","title":"Eye clinic",'
        '"start":"2026-03-25T09:30","zone":"America/New_York"}',
    )
    yield made
    made.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "synced"
    folder.mkdir()
    return folder / "care.ics"


def titles(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]


def test_titles_are_neutral_unless_somebody_says_otherwise(home: Home, file: Path):
    feed = home.house.feed
    assert feed.wanted() is None
    assert Choice("anywhere").neutral
    feed.choose(str(file), True)
    assert feed.write()
    assert titles(file) == ["Appointment", "Appointment"]
    assert b"Willow" not in file.read_bytes()
    feed.choose(str(file), False)
    assert feed.write()
    assert titles(file) == ["Blood test (Rosa Amador)", "Eye clinic (王梅)"]


def test_one_person_and_some_kinds(home: Home, file: Path):
    feed = home.house.feed
    feed.choose(str(file), False, "mei")
    feed.write()
    assert titles(file) == ["Eye clinic (王梅)"]
    feed.choose(str(file), False, "", ["lab", "infusion"])
    feed.write()
    assert titles(file) == ["Blood test (Rosa Amador)"]
    assert feed.choice() == Choice(str(file), False, "", ("infusion", "lab"))
    with pytest.raises(InputRefused):
        feed.choose(str(file), True, "nobody")
    with pytest.raises(InputRefused):
        feed.choose(str(file), True, "", ["dinner"])


def test_the_same_bytes_are_not_written_again(home: Home, file: Path):
    feed = home.house.feed
    feed.choose(str(file), True)
    assert feed.write()
    before = file.stat()
    assert not feed.write()
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    home.house.series.remove("eyes", "", "one")
    assert feed.write()
    assert len(titles(file)) == 1
    home.house.care.undo()
    assert feed.write()
    assert file.stat().st_mtime_ns != before.st_mtime_ns
    assert len(titles(file)) == 2


def test_it_is_for_its_owner_alone_and_nothing_half_made_is_left(home: Home, file: Path):
    home.house.feed.choose(str(file.with_suffix("")), True)
    home.house.feed.write()
    assert file.stat().st_mode & 0o077 == 0
    assert [one.name for one in file.parent.iterdir()] == ["care.ics"]


def test_a_file_that_is_there_is_asked_about_first(home: Home, file: Path):
    feed = home.house.feed
    file.write_text("my shopping list")
    with pytest.raises(InputRefused) as refused:
        feed.choose(str(file), True)
    assert (refused.value.key, refused.value.field) == ("feed.exists", "path")
    assert feed.wanted() is None
    assert file.read_text() == "my shopping list"
    feed.choose(str(file), True, replace=True)
    assert feed.write()
    assert len(titles(file)) == 2
    feed.choose(str(file), False)  # its own file needs no question


def test_another_program_s_file_is_never_written_over(home: Home, file: Path):
    feed = home.house.feed
    feed.choose(str(file), True)
    feed.write()
    file.write_text("BEGIN:VCALENDAR\r\nPRODID:-//Somebody else//EN\r\nEND:VCALENDAR\r\n")
    with pytest.raises(InputRefused, match=r"feed\.foreign"):
        feed.write()
    assert "Somebody else" in file.read_text()


@pytest.mark.parametrize("inside", ["mine.ics", "backups/mine.ics", "caregiver.sqlite3"])
def test_never_into_the_program_s_own_folder(home: Home, inside: str):
    with pytest.raises(InputRefused, match=r"feed\.own_folder"):
        home.house.feed.choose(str(home.folder / inside), True, replace=True)


def test_a_link_into_the_own_folder_is_seen_through(home: Home, file: Path):
    (file.parent / "link").symlink_to(home.folder)
    with pytest.raises(InputRefused, match=r"feed\.own_folder"):
        home.house.feed.choose(str(file.parent / "link" / "mine.ics"), True)


@pytest.mark.parametrize("path", ["", "  ", "/nowhere/at/all/care.ics", "care\0.ics"])
def test_what_is_no_place_is_refused(home: Home, path: str):
    with pytest.raises(InputRefused):
        home.house.feed.choose(path, True)
    assert home.house.feed.wanted() is None


def test_a_folder_that_is_gone_and_comes_back(home: Home, file: Path):
    feed = home.house.feed
    feed.choose(str(file), True)
    away = file.parent.rename(file.parent.with_name("elsewhere"))
    with pytest.raises(InputRefused, match=r"feed\.no_folder"):
        feed.write()
    assert feed.written() is None
    away.rename(file.parent)
    assert feed.write()
    assert feed.written() == datetime.fromtimestamp(file.stat().st_mtime, UTC)


@pytest.mark.parametrize(("error", "key"), [(DataReadOnly, "read_only"), (DiskTrouble, "disk")])
def test_what_cannot_be_written_is_tried_again(
    home: Home, file: Path, monkeypatch, error: type[UserError], key: str
):
    feed = home.house.feed
    feed.choose(str(file), True)

    def refuse(path: Path, _data: bytes) -> None:
        raise error(f"export.{key}", path=str(path))

    with monkeypatch.context() as broken:
        broken.setattr(feeds, "save_atomically", refuse)
        with pytest.raises(error) as refused:
            feed.write()
    assert refused.value.key == f"feed.{key}"
    assert "tried again every minute" in explain(refused.value)
    assert feed.write()


def test_one_writes_at_a_time(home: Home, file: Path, monkeypatch):
    monkeypatch.setattr(feeds, "_PATIENCE_S", 0.0)
    feed = home.house.feed
    feed.choose(str(file), True)
    other = Claim(home.folder, FEED)
    assert other.take("feed")
    with pytest.raises(DataBusy):
        feed.write()
    other.release()
    assert feed.write()


def test_stopping_leaves_the_file_unless_told_otherwise(home: Home, file: Path):
    feed = home.house.feed
    feed.choose(str(file), True)
    feed.write()
    feed.stop()
    assert file.exists()
    assert feed.wanted() is None
    assert not feed.write()
    home.house.care.undo()
    assert feed.choice() == Choice(str(file))
    feed.stop(delete=True)
    assert not file.exists()
    home.house.care.undo()
    assert feed.write()
    assert len(titles(file)) == 2


def test_another_s_file_is_not_deleted(home: Home, file: Path):
    feed = home.house.feed
    feed.choose(str(file), True)
    file.write_text("my shopping list")
    feed.stop(delete=True)
    assert file.read_text() == "my shopping list"


def test_the_made_up_family_keeps_no_file(home: Home, file: Path):
    home.house.feed.choose(str(file), True)
    (home.folder / EXAMPLE_MARK).touch()
    assert home.house.feed.wanted() is None
    assert not home.house.feed.write()
    with pytest.raises(InputRefused, match=r"feed\.example"):
        home.house.feed.choose(str(file), True)


def test_what_matters_to_it(home: Home, file: Path):
    feed = home.house.feed

    def matters(kind: str, *ids: str) -> bool:
        return feed.matters(Change(frozenset({kind}), frozenset(ids)))

    assert not matters("appointment", "lab")
    feed.choose(str(file), True)
    assert matters("appointment", "lab")
    assert matters("person", "rosa")
    assert matters("setting", "feed.neutral")
    assert not matters("setting", "look.mode")
    assert not matters("answer", "lab/2026-03-24T09:30/120")
    assert not matters("note", "n1")
