"""A data file that goes away, or is replaced, while it is open: nothing is acknowledged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.errors import DataBusy, DiskTrouble, InputRefused
from caregiver_app.storage import backups as copies
from caregiver_app.storage import connection as connecting
from caregiver_app.storage.database import DATA_NAME
from tests.storage.making import filled, note, opened

NOW = datetime(2026, 3, 20, 18, 4, tzinfo=UTC)


def take_away(folder: Path) -> None:
    folder.rename(folder.with_name("gone"))


def delete(folder: Path) -> None:
    shutil.rmtree(folder)


def delete_file(folder: Path) -> None:
    (folder / DATA_NAME).unlink()


def replace(folder: Path) -> None:
    other = folder / "coming"
    shutil.copyfile(folder / DATA_NAME, other)
    other.replace(folder / DATA_NAME)


def file_instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("mine")


@pytest.mark.parametrize(
    ("happens", "key"),
    [
        (take_away, "data.vanished"),
        (delete, "data.vanished"),
        (delete_file, "data.vanished"),
        (file_instead, "data.vanished"),
        (replace, "data.exchanged"),
    ],
)
def test_nothing_is_acknowledged_that_no_start_would_find(happens, key, tmp_path: Path):
    folder = tmp_path / "data"
    with filled(folder) as store:
        assert store.absence() is None
        happens(folder)
        there = sorted(tmp_path.rglob("*"))
        for _ in range(2):
            with pytest.raises(DiskTrouble) as told, store.change("x"):
                store.put(note("n2", "lost"))
            assert told.value.key == key
        assert store.absence().key == key
        assert store.get(Note, "n2") is None
        assert store.get(Note, "n1") is not None
        assert sorted(tmp_path.rglob("*")) == there, "nothing was made anew"
        copy = tmp_path / "copy.sqlite3"
        assert store.save_to(copy) == copy
    assert copies.problems_of(copy) == []
    assert copy.stat().st_mode & 0o077 == 0
    (tmp_path / "new").mkdir()
    copy.rename(tmp_path / "new" / DATA_NAME)
    with opened(tmp_path / "new") as found:
        assert found.get(Note, "n1") is not None


def test_what_comes_back_can_be_written_to_again(tmp_path: Path):
    folder = tmp_path / "data"
    with filled(folder) as store:
        take_away(folder)
        with pytest.raises(DiskTrouble), store.change("x"):
            store.put(note("n2", "lost"))
        (tmp_path / "gone").rename(folder)
        assert store.absence() is None
        with store.change("x"):
            store.put(note("n2", "kept"))
    with opened(folder) as found:
        assert found.get(Note, "n2").text == "kept"


def test_no_backup_makes_a_vanished_folder_anew(tmp_path: Path):
    folder = tmp_path / "data"
    with filled(folder):
        delete(folder)
        with pytest.raises(DiskTrouble) as told:
            copies.daily_backup(folder, NOW, edited=True)
        assert told.value.key == "data.vanished"
    assert not folder.exists()


def test_a_copy_goes_only_where_a_file_can_be(tmp_path: Path):
    with filled(tmp_path / "data") as store:
        for place in (tmp_path, tmp_path / "nowhere" / "x"):
            with pytest.raises(InputRefused):
                store.save_to(place)
        assert sorted(one.name for one in tmp_path.iterdir()) == ["data"]
        with store.change("x"):
            store.put(note("n2", "on"))


# ---- what is read in a private copy -----------------------------------------------------------


def killed_with_a_log(folder: Path) -> None:
    """Leave a data file whose newest words stand in its write-ahead log alone."""
    filled(folder).close()
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from tests.storage.making import note, opened\n"
        "store = opened(Path(sys.argv[1]))\n"
        "with store.change('x'):\n    store.put(note('n2', 'only in the log'))\n"
        "os._exit(0)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code, folder], check=True, cwd=root)
    connecting.shared_memory_of(folder / DATA_NAME).unlink()


@pytest.fixture
def log_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose log cannot be read in place: without its index, which cannot be made."""
    folder = tmp_path / "data"
    killed_with_a_log(folder)
    monkeypatch.setattr("caregiver_app.storage.database.can_write", lambda _path: False)
    monkeypatch.setattr("caregiver_app.storage.checks.can_write", lambda _path: False)
    return folder


def test_what_stands_in_the_log_is_read_in_a_copy_that_is_thrown_away(
    log_only: Path, tmp_path: Path, monkeypatch
):
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(connecting.tempfile, "tempdir", str(private))
    modes: list[int] = []
    copy = connecting._copy_together
    monkeypatch.setattr(
        connecting,
        "_copy_together",
        lambda path, to: (modes.append(to.parent.stat().st_mode & 0o777), copy(path, to)),
    )
    before = {path.name: path.read_bytes() for path in log_only.iterdir()}
    with opened(log_only) as store:
        assert store.read_only
        assert store.is_copy
        assert store.get(Note, "n2").text == "only in the log"
        assert store.save_to(tmp_path / "copy.sqlite3")
    assert {path.name: path.read_bytes() for path in log_only.iterdir()} == before
    assert modes
    assert set(modes) == {0o700}
    assert list(private.iterdir()) == []


def test_a_file_that_is_read_in_place_is_no_copy(tmp_path: Path):
    with filled(tmp_path) as store:
        assert not store.is_copy
    with opened(tmp_path / "nothing", read_only=True) as empty:
        assert not empty.is_copy


def test_a_copy_of_what_is_written_meanwhile_is_made_again(log_only: Path, monkeypatch):
    written: list[int] = []
    copyfile = shutil.copyfile

    def copying(source: Path, target: Path) -> None:
        copyfile(source, target)
        if len(written) < 3 and not str(source).endswith("-wal"):
            written.append(1)
            os.utime(source, ns=(0, len(written)))

    monkeypatch.setattr(connecting.shutil, "copyfile", copying)
    with opened(log_only) as store:
        assert store.get(Note, "n2") is not None
    written.clear()
    monkeypatch.setattr(connecting, "_TRIES", 2)
    with pytest.raises(DataBusy):
        opened(log_only)


def test_copies_that_a_kill_left_are_thrown_away_after_a_day(log_only: Path, tmp_path, monkeypatch):
    private = tmp_path / "private"
    old, young = private / "caregiver-reading-old", private / "caregiver-reading-young"
    for one in (old, young):
        one.mkdir(parents=True)
        (one / DATA_NAME).write_text("words")
    past = time.time() - 90_000
    os.utime(old, (past, past))
    monkeypatch.setattr(connecting.tempfile, "tempdir", str(private))
    opened(log_only).close()
    assert sorted(private.iterdir()) == [young]
