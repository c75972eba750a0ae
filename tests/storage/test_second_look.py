"""Damage, or a disk that could not be read for a moment: SQLite says the same of both."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from caregiver_app.errors import DataDamaged, DiskTrouble
from caregiver_app.storage import backups, checks, elsewhere
from caregiver_app.storage.backups import looked_again, make_backup
from caregiver_app.storage.checks import full_check, reading_failed
from caregiver_app.storage.connection import log_of
from caregiver_app.storage.database import DATA_NAME
from tests.storage.making import NOW, WORD, filled, opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    filled(tmp_path).close()
    return tmp_path / DATA_NAME


def flip(path: Path, word: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[data.index(word)] ^= 1
    path.write_bytes(data)


def test_a_file_that_reads_well_was_only_hard_to_read(path: Path):
    before = path.read_bytes()
    assert reading_failed(path)
    trouble = looked_again(DataDamaged("data.damaged", path=str(path)), path)
    assert isinstance(trouble, DiskTrouble)
    assert path.read_bytes() == before


def test_a_file_that_is_open_is_looked_at_beside_the_one_who_writes(path: Path):
    with opened(path.parent) as store:
        assert reading_failed(path)
        with store.change("x"):
            assert reading_failed(path)


def test_one_flipped_bit_is_damage(path: Path):
    flip(path, WORD.encode())
    assert not reading_failed(path)
    damage = DataDamaged("data.damaged", path=str(path))
    assert looked_again(damage, path) is damage
    with pytest.raises(DataDamaged):
        make_backup(path, path.with_name("copy.sqlite3"))
    assert full_check(path)


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_a_file_that_was_cut_is_damage(path: Path, size: int):
    path.write_bytes(path.read_bytes()[:size])
    assert not reading_failed(path)


def test_a_log_with_nothing_but_its_head_is_not_looked_into(path: Path):
    log_of(path).write_bytes(bytes(32))
    assert not reading_failed(path)


def test_what_the_daily_check_finds_once_and_never_again_is_the_disk(path: Path, monkeypatch):
    answers = iter([["a page could not be read"], []])
    monkeypatch.setattr(checks, "problems_in", lambda _: next(answers))
    with pytest.raises(DiskTrouble):
        full_check(path)


def test_a_page_that_cannot_be_read_is_the_disk(path: Path, monkeypatch):
    def fails(*_: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error

    monkeypatch.setattr(checks, "connect_unchanged", fails)
    assert reading_failed(path)


def test_another_kind_of_damage_needs_no_second_look(path: Path):
    damage = DataDamaged("data.empty", path=str(path))
    assert looked_again(damage, path) is damage


def test_what_else_is_said_of_pages_that_did_not_come_is_looked_at_again(path: Path):
    damage = DataDamaged("data.not_ours", path=str(path))
    assert isinstance(looked_again(damage, path), DiskTrouble)


def test_a_table_that_is_missing_is_missing_however_often_one_looks(path: Path):
    damage = DataDamaged("data.incomplete", path=str(path))
    assert looked_again(damage, path) is damage


@pytest.mark.parametrize("gone", [False, True])
def test_saving_an_open_file_that_could_not_be_read_for_a_moment_is_no_damage(
    path: Path, monkeypatch, gone: bool
):
    target = path.parent / "copy.sqlite3"
    answers = iter([["a page could not be read"], []])
    monkeypatch.setattr(checks, "problems_in", lambda _: next(answers))
    with opened(path.parent) as store:
        if gone:
            path.rename(path.with_name("moved"))
        with pytest.raises(DiskTrouble):
            store.save_to(target)
        monkeypatch.undo()
        assert not target.exists()
        assert list(path.parent.glob(".*.part*")) == []
        assert store.save_to(target) == target, "the connection is as it was"


def test_saving_an_open_file_that_is_damaged_says_so(path: Path):
    flip(path, WORD.encode())
    with opened(path.parent) as store, pytest.raises(DataDamaged):
        store.save_to(path.parent / "copy.sqlite3")


def test_saving_an_open_file_whose_pages_make_no_sense_is_looked_at_again(path: Path, monkeypatch):
    def fails(*_: object) -> list[str]:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setattr(backups, "copy_into", fails)
    with opened(path.parent) as store, pytest.raises(DiskTrouble):
        store.save_to(path.parent / "copy.sqlite3")


def test_the_copy_in_the_second_place_is_looked_at_again(path: Path, tmp_path: Path, monkeypatch):
    own, second = path.parent / "backups", tmp_path / "second"
    own.mkdir()
    second.mkdir()
    make_backup(path, own / "caregiver-2026-11-21T0930.sqlite3")
    monkeypatch.setattr(elsewhere, "copy_into", lambda *_: ["another number of rows"])
    with pytest.raises(DiskTrouble):
        elsewhere.follow(own, second, NOW)
