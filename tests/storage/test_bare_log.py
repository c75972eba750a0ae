"""Killed while the very first line of a fresh log waits for the disk: the log is its head alone.

SQLite, asked to read such a file without changing anything, tries for ten seconds and gives up.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.errors import DataBusy
from caregiver_app.storage.connection import log_of, look, shared_memory_of, translated
from caregiver_app.storage.database import DATA_NAME
from tests.storage.making import filled, note, opened

HEAD = 32
ENOUGH = 5.0
"""Seconds; SQLite alone tries for ten."""


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A data folder as such a kill leaves it."""
    filled(tmp_path / "lived").close()
    data = tmp_path / "lived" / DATA_NAME
    left = tmp_path / "left"
    left.mkdir()
    shutil.copy(data, left)
    with opened(data.parent) as store:
        shutil.copy(shared_memory_of(data), left)
        with store.change("x"):
            store.put(note("n2", "never on the disk"))
        log_of(left / DATA_NAME).write_bytes(log_of(data).read_bytes()[:HEAD])
    return left


def test_it_opens_at_once_with_all_that_was_acknowledged(killed: Path):
    begun = time.monotonic()
    with opened(killed) as store:
        assert store.get(Note, "n1") is not None
        assert store.get(Note, "n2") is None
        assert store.full_check() == []
        with store.change("x"):
            store.put(note("n2", "again"))
    assert time.monotonic() - begun < ENOUGH


def test_a_look_leaves_it_as_it_is(killed: Path):
    before = {one: one.read_bytes() for one in killed.iterdir()}
    begun = time.monotonic()
    assert not look(killed / DATA_NAME).pending
    assert time.monotonic() - begun < ENOUGH
    assert {one: one.read_bytes() for one in killed.iterdir()} == before


def test_a_read_only_opening_works_as_well(killed: Path):
    begun = time.monotonic()
    with opened(killed, read_only=True) as store:
        assert store.get(Note, "n1") is not None
    assert time.monotonic() - begun < ENOUGH


def test_where_sqlite_gives_up_on_a_lock_the_data_is_busy(tmp_path: Path):
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
    assert isinstance(translated(error, tmp_path), DataBusy)
