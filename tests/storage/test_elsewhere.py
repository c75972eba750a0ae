"""The second place for backups: followed when it is there, left alone when it is not."""

from __future__ import annotations

import errno
from datetime import timedelta

import pytest

from caregiver_app.errors import DataDamaged, DiskTrouble, InputRefused
from caregiver_app.storage import elsewhere, files
from caregiver_app.storage.backups import BACKUPS_NAME, daily_backup, is_good
from tests.storage.making import NOW, filled, note, opened


@pytest.fixture
def folder(tmp_path):
    filled(tmp_path / "data").close()
    return tmp_path / "data"


@pytest.fixture
def stick(tmp_path):
    made = tmp_path / "stick"
    made.mkdir()
    return made


def follow(folder, stick, now=NOW):
    return elsewhere.follow(folder / BACKUPS_NAME, stick, now)


def test_the_newest_backup_is_copied_once_and_reads_back(folder, stick):
    assert follow(folder, stick) is None, "there is no backup yet"
    made = daily_backup(folder, NOW, edited=False)
    copy = follow(folder, stick)
    assert copy == stick / made.name
    assert is_good(copy)
    assert copy.stat().st_mode & 0o077 == 0
    assert follow(folder, stick) is None
    assert elsewhere.newest_in(stick) == NOW
    assert [path.name for path in stick.iterdir()] == [made.name]


def test_a_stick_that_is_not_there_is_never_made_and_catches_up(folder, stick, tmp_path):
    stick.rmdir()
    for day in range(3):
        daily_backup(folder, NOW + timedelta(days=day), edited=False)
        assert follow(folder, stick) is None
        assert not stick.exists()
    stick.mkdir()
    assert follow(folder, stick).name == "caregiver-2026-11-23T0930.sqlite3"


def test_old_copies_there_are_thinned_and_what_is_not_ours_stays(folder, stick):
    (stick / "holiday.jpg").touch()
    (stick / "caregiver-mine.sqlite3").touch()
    for hour in range(0, 24 * 5, 6):
        now = NOW + timedelta(hours=hour)
        daily_backup(folder, now, edited=True)
        follow(folder, stick, now)
    names = {path.name for path in stick.iterdir()}
    assert {"holiday.jpg", "caregiver-mine.sqlite3"} < names
    assert 8 < len(names) < 16


def test_what_was_cut_off_there_is_written_again(folder, stick):
    daily_backup(folder, NOW, edited=False)
    copy = follow(folder, stick)
    copy.write_bytes(copy.read_bytes()[:-4096])
    assert is_good(follow(folder, stick))


def test_a_copy_that_cannot_be_written_leaves_nothing(folder, stick, monkeypatch):
    made = daily_backup(folder, NOW, edited=False)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(files, "move_durably", full)
    with pytest.raises(DiskTrouble):
        follow(folder, stick)
    monkeypatch.undo()
    with opened(folder) as store, store.change("x"):
        store.put(note("m", "x"))
    whole = bytearray(made.read_bytes())
    place = whole.find(b"tea")
    whole[place : place + 3] = b"TEA"
    made.write_bytes(whole)
    with pytest.raises(DataDamaged):
        follow(folder, stick)
    assert list(stick.iterdir()) == []


def test_which_folders_are_refused(folder, tmp_path):
    for place, key in (
        (folder, "backup.place_within"),
        (folder / ".." / "data", "backup.place_within"),
        (tmp_path / "nowhere", "backup.place_missing"),
    ):
        with pytest.raises(InputRefused) as refused:
            elsewhere.refused_as_place(place, folder)
        assert refused.value.key == key
    (folder / BACKUPS_NAME).mkdir(exist_ok=True)
    with pytest.raises(InputRefused):
        elsewhere.refused_as_place(folder / BACKUPS_NAME, folder)
    elsewhere.refused_as_place(tmp_path, folder)
