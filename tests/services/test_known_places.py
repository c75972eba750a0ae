"""Which folders this computer kept a diary in: remembered, and missed when they are away."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from caregiver_app.bootstrap import more, new_id
from caregiver_app.clock import SystemClock
from caregiver_app.services import known_places
from caregiver_app.services.household import Household, household
from caregiver_app.services.kept_files import PLACES, KeptFiles
from caregiver_app.storage.database import DATA_NAME, open_store
from tests.factories import line
from tests.programs import Program

NOTE = line("note", id="n1", text="moon")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is not among the passing ones."""
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    return tmp_path / "stick"


@pytest.fixture
def program(stick: Path, capsys, monkeypatch) -> Program:
    return Program(stick, capsys, monkeypatch)


@contextmanager
def lived_in(folder: Path) -> Iterator[Household]:
    clock = SystemClock()
    with open_store(folder, now=clock.now()) as store:
        yield household(store, clock, new_id, more)


def kept(program: Program, folder: Path) -> None:
    """Let a diary with a note be kept in a folder, as the window keeps it."""
    assert program("add", typed=NOTE).code == 0
    with lived_in(folder) as house:
        known_places.follow(house)


def remembered() -> list[dict[str, str]]:
    path = known_places.memory()
    return json.loads(path.read_text())["places"] if path.exists() else []


def test_a_first_start_is_as_simple_as_ever_and_is_remembered_once_something_stands_in_it(
    program: Program, stick: Path
):
    with lived_in(stick) as house:
        known_places.follow(house)
    assert remembered() == []
    assert program("add", typed=NOTE).code == 0
    assert remembered() == [], "a script may throw its folder away"
    kept(program, stick)
    assert remembered() == [{"folder": str(stick), "backups": ""}]
    path = known_places.memory()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    before = path.stat().st_mtime_ns
    assert program("list", "notes").code == 0
    assert path.stat().st_mtime_ns == before, "what is known already is not written again"


EVERY = [["list", "notes"], ["add"], ["check"], ["backup"], ["remind"], ["ack", "x"],
         ["export", "-", "--as", "jsonl"], ["export", "--subscribed"]]  # fmt: skip


@pytest.mark.parametrize("command", EVERY, ids=lambda one: one[0])
@pytest.mark.parametrize("left", ["nothing", "an empty folder", "counts"])
def test_a_folder_that_is_away_is_told_in_one_line_and_nothing_is_made(
    program: Program, stick: Path, command: list[str], left: str
):
    kept(program, stick)
    counts = (stick / "caregiver-counts.json").read_bytes()
    shutil.rmtree(stick)
    if left != "nothing":
        stick.mkdir()
    if left == "counts":
        (stick / "caregiver-counts.json").write_bytes(counts)
    before = sorted(stick.parent.rglob("*"))
    told = program(*command, typed=NOTE)
    assert (told.code, told.out, len(told.err)) == (10 if left == "counts" else 14, [], 1), told
    assert str(stick) in told.err[0]
    assert sorted(stick.parent.rglob("*")) == before


def test_plugged_in_again_everything_is_there(program: Program, stick: Path):
    kept(program, stick)
    stick.rename(stick.with_name("unplugged"))
    assert program("list", "notes").code == 14
    stick.with_name("unplugged").rename(stick)
    assert len(program("list", "notes").out) == 1


def test_a_new_diary_is_begun_where_that_is_asked_for(program: Program, stick: Path):
    kept(program, stick)
    shutil.rmtree(stick)
    assert program("--anew", "list", "notes").out == []
    assert (stick / DATA_NAME).exists()
    assert program("list", "notes").code == 0


def test_the_backup_in_the_second_place_is_named_and_can_be_restored(
    program: Program, stick: Path, tmp_path: Path
):
    second = tmp_path / "second"
    second.mkdir()
    kept(program, stick)
    with lived_in(stick) as house:
        house.backups.choose_place(second)
        known_places.follow(house)
    copy = second / "caregiver-2026-11-20T0900.sqlite3"
    assert program("backup", str(copy)).code == 0
    (second / "caregiver-2026-11-21T0900.sqlite3").write_bytes(b"damaged")
    assert remembered() == [{"folder": str(stick), "backups": str(second)}]
    shutil.rmtree(stick)
    told = program("list", "notes")
    assert (told.code, len(told.err)) == (14, 2)
    assert told.err[1] == f"OFFER {copy}"
    assert program("restore", str(copy)).code == 0
    assert len(program("list", "notes").out) == 1


def test_passing_folders_and_the_example_are_not_remembered(
    program: Program, stick: Path, tmp_path: Path, capsys, monkeypatch
):
    passing = Program(Path(tempfile.gettempdir()) / "fresh", capsys, monkeypatch)
    kept(passing, passing.folder)
    assert remembered() == []
    shutil.rmtree(passing.folder)
    assert passing("list", "notes").code == 0, "made anew without a word"


def test_a_lost_file_is_not_begun_anew_where_something_was_counted(program: Program, stick: Path):
    assert program("add", typed=NOTE).code == 0
    (stick / DATA_NAME).unlink()
    for _ in range(2):
        told = program("list", "notes")
        assert (told.code, told.out, len(told.err)) == (10, [], 1)
        assert str(stick / DATA_NAME) in told.err[0]
        assert not (stick / DATA_NAME).exists()
    assert program("--anew", "list", "notes").out == []
    assert program("check").code == 0, "nothing is missed in a new diary"


def test_a_disk_that_cannot_tell_is_not_taken_for_a_lost_file(
    program: Program, stick: Path, monkeypatch: pytest.MonkeyPatch
):
    assert program("add", typed=NOTE).code == 0
    lstat = Path.lstat

    def failing(path: Path) -> os.stat_result:
        if path == stick / DATA_NAME:
            raise OSError(errno.EIO, "x")
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", failing)
    assert known_places.absent(stick) is None
    assert program("list", "notes").code == 14
    with pytest.raises(OSError, match="x"):
        known_places.begin_anew(stick)
    monkeypatch.undo()
    assert len(program("list", "notes").out) == 1


def test_missing_data_with_backups_beside_it_is_told_as_before(program: Program, stick: Path):
    kept(program, stick)
    assert program("backup").code == 0
    (stick / DATA_NAME).unlink()
    told = program("list", "notes")
    assert told.code == 10
    assert told.err[1].startswith("OFFER ")


@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b'{"places": [1]}', b'{"places": 3}', b"\xff"])
def test_a_memory_that_cannot_be_read_disturbs_nobody(program: Program, stick: Path, junk: bytes):
    kept(program, stick)
    known_places.memory().write_bytes(junk)
    kept(program, stick)
    assert remembered() == [{"folder": str(stick), "backups": ""}]


def test_a_memory_that_cannot_be_written_disturbs_nobody(program: Program, stick: Path):
    state = Path(os.environ["XDG_STATE_HOME"])
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text("a file in its place")
    kept(program, stick)


def test_what_everything_was_erased_from_is_forgotten(program: Program, stick: Path, tmp_path):
    kept(program, stick)
    other = tmp_path / "other"
    known_places._write({str(other): ""})
    with lived_in(stick) as house:
        assert PLACES in [one.kind for one in KeptFiles(house).all()]
        house.erasing.erase(house.erasing.of_everything(), remove_copies=True)
        assert [one["folder"] for one in remembered()] == [str(other)]
        house.erasing.ended()
        known_places.follow(house)
    assert [one["folder"] for one in remembered()] == [str(other)]
    assert program("list", "notes").code == 0
    assert [one["folder"] for one in remembered()] == [str(other)]
    known_places.forget(other)
    assert not known_places.memory().exists()
