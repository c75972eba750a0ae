"""What restoring kept: a month long, and the newest for as long as nothing newer is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.restoring import kept, restore, thin_kept
from tests.storage.making import NOW, filled, opened

BEGINS = "caregiver-before-restore-"


def keep(folder: Path, *days: float) -> list[str]:
    names = [f"{BEGINS}{NOW - timedelta(days=day):%Y-%m-%dT%H%M%S}.sqlite3" for day in days]
    for name in names:
        (folder / name).write_bytes(b"kept")
        (folder / f"{name}-wal").write_bytes(b"its log")
        (folder / f"{name}-journal").write_bytes(b"its journal")
    return names


@pytest.mark.parametrize(
    ("days", "stay"),
    [
        ((), ()),
        ((400,), (400,)),
        ((400, 401, 900), (400,)),
        ((1, 2, 3, 4, 5, 29.9), (1, 2, 3, 4, 5, 29.9)),
        ((1, 29.9, 30.1, 60), (1, 29.9)),
        ((-3, 31), (-3,)),
    ],
)
def test_the_newest_stays_and_all_of_the_last_month(tmp_path: Path, days, stay):
    keep(tmp_path, *days)
    wanted = keep(tmp_path / ".", *stay)
    removed = thin_kept(tmp_path, NOW)
    assert sorted(path.name for path in kept(tmp_path)) == sorted(wanted)
    assert len(removed) == len(days) - len(stay)
    assert len(list(tmp_path.iterdir())) == 3 * len(stay), "a log goes with its file"


def test_other_files_and_folders_are_left_alone(tmp_path: Path):
    keep(tmp_path, 0)
    others = [f"{BEGINS}.sqlite3", f"{BEGINS}2026-99-99T999999.sqlite3", f"{BEGINS}x.sqlite3",
              DATA_NAME, "caregiver-damaged-2020-01-01T000000.sqlite3"]  # fmt: skip
    for name in others:
        (tmp_path / name).write_bytes(b"x")
    folder = tmp_path / f"{BEGINS}2020-01-01T000000.sqlite3"
    folder.mkdir()
    assert thin_kept(tmp_path, NOW) == []
    assert folder.is_dir()
    assert all((tmp_path / name).exists() for name in others)


def test_the_last_restore_can_be_taken_back_a_year_later(tmp_path: Path):
    filled(tmp_path).close()
    backup = tmp_path / "copy.sqlite3"
    backup.write_bytes((tmp_path / DATA_NAME).read_bytes())
    before = restore(tmp_path, backup, now=NOW)
    thin_kept(tmp_path, NOW + timedelta(days=365))
    assert before is not None
    assert restore(tmp_path, before, now=datetime(2027, 12, 1, tzinfo=UTC)) is not None
    opened(tmp_path).close()
