"""What killed programs leave of unfinished copies goes, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caregiver_app.errors import DataDamaged
from caregiver_app.integrations.files import save_atomically
from caregiver_app.storage import elsewhere, erasing
from caregiver_app.storage.backups import BACKUPS_NAME, daily_backup, make_backup
from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.erasing import Wanted
from caregiver_app.storage.leftovers import part_beside
from tests.storage.making import NOW, WORD, filled, opened

DAY = 86_400
KILLED = """
import os, signal, sys
from pathlib import Path
from caregiver_app.storage.leftovers import part_beside
for name in sys.argv[1:]:
    part = part_beside(Path(name))
    for made in (part, part.with_name(part.name + "-journal")):
        made.touch()
        print(made, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    filled(tmp_path / "data").close()
    daily_backup(tmp_path / "data", NOW, edited=False)
    return tmp_path / "data"


def killed_at(*targets: Path) -> list[Path]:
    """Return what a program left that was killed while it made copies to these places."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, targets)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    return [Path(line) for line in done.stdout.splitlines()]


def aged(path: Path, days: float) -> Path:
    path.touch()
    at = NOW.timestamp() - days * DAY
    os.utime(path, (at, at))
    return path


def test_what_a_killed_program_left_goes_at_the_next_opening(folder: Path):
    backups = folder / BACKUPS_NAME
    left = killed_at(
        folder / DATA_NAME,
        folder / "caregiver-restoring-2026-11-21T093000.sqlite3",
        folder / "caregiver-counts.json",
        backups / "caregiver-2026-11-21T0930.sqlite3",
    )
    assert len(left) == 8
    assert all(path.exists() for path in left)
    opened(folder).close()
    assert [path for path in left if path.exists()] == []


@pytest.mark.parametrize(
    ("name", "days", "goes"),
    [
        (".caregiver.sqlite3.0a1b2c3d.part", 0.5, False),
        (".caregiver.sqlite3.0a1b2c3d.part", 1.5, True),
        (".caregiver.sqlite3.0a1b2c3d.part-wal", 1.5, True),
        (".caregiver.sqlite3.4242.101010.part", 1.5, True),
        ("{ours}", 0.5, False),
        ("{ours}", 1.5, True),
        ("{elsewhere}", 0.5, False),
        ("{elsewhere}", 1.5, True),
        (".caregiver.sqlite3.0a1b2c3d-99999999999999999999.part", 0.5, False),
        (".saving-abcd1234.tmp", 0.5, False),
        (".saving-abcd1234.tmp", 1.5, True),
        ("mine.part", 900, False),
    ],
)
def test_of_others_only_what_is_a_day_old_goes(folder: Path, name: str, days: float, goes: bool):
    ours = part_beside(folder / DATA_NAME).name
    (ended, *_) = killed_at(folder / DATA_NAME)
    # Another computer that shares the folder gives the same number to another process.
    head, _, process = ended.name.rpartition("-")
    far = f"{head[:-4]}{'0000' if head[-4:] != '0000' else '1111'}-{process}"
    paths = [
        aged(place / name.format(ours=ours, elsewhere=far), days)
        for place in (folder, folder / BACKUPS_NAME)
    ]
    opened(folder).close()
    assert [path.exists() for path in paths] == [not goes, not goes]


@pytest.mark.parametrize("how", ["damaged", "reading"])
def test_beside_what_is_not_opened_for_writing_nothing_is_thrown_away(folder: Path, how: str):
    left = killed_at(folder / DATA_NAME)
    if how == "damaged":
        (folder / DATA_NAME).write_bytes(b"no database" * 900)
        with pytest.raises(DataDamaged):
            opened(folder)
    else:
        opened(folder, read_only=True).close()
    assert all(path.exists() for path in left)


def test_a_backup_clears_up_beside_itself_and_touches_nothing_else(folder: Path, tmp_path: Path):
    target = tmp_path / "stick" / "my [copy].sqlite3"
    target.parent.mkdir()
    left = killed_at(target)
    others = [
        target.with_name(name)
        for name in (".my [copy].sqlite3.mine.part", ".other.sqlite3.0a1b2c3d.part", "x.part")
    ]
    for path in others:
        aged(path, 900)
    make_backup(folder / DATA_NAME, target)
    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in others)


@pytest.mark.parametrize(
    ("name", "days", "goes"),
    [
        (".saving-abcd_123.tmp", 2, True),
        (".saving-abcd_123.tmp", 0.5, False),
        (".saving-of-my-own.tmp", 900, False),
        (".saving-abcd1234.tmp.txt", 900, False),
        ("saving-abcd1234.tmp", 900, False),
    ],
)
def test_an_export_clears_up_its_own_of_a_day_ago(
    tmp_path: Path, name: str, days: float, goes: bool
):
    left = tmp_path / name
    left.touch()
    made = left.stat().st_mtime
    os.utime(left, (made - days * DAY, made - days * DAY))
    save_atomically(tmp_path / "e.jsonl", b"x")
    assert left.exists() != goes
    assert (tmp_path / "e.jsonl").read_bytes() == b"x"


def test_an_export_never_follows_or_removes_a_link(tmp_path: Path):
    mine, link = tmp_path / "mine", tmp_path / ".saving-abcd1234.tmp"
    mine.touch()
    link.symlink_to(mine)
    os.utime(link, (0, 0), follow_symlinks=False)
    save_atomically(tmp_path / "e.jsonl", b"x")
    assert mine.exists()
    assert link.is_symlink()


def test_erasing_takes_unfinished_copies_along_however_fresh(folder: Path, tmp_path: Path):
    stick = tmp_path / "stick"
    stick.mkdir()
    assert elsewhere.follow(folder / BACKUPS_NAME, stick, NOW)
    backup = "caregiver-2026-11-21T0930.sqlite3"
    unfinished = [
        part_beside(place)
        for place in (
            folder / DATA_NAME,
            folder / "caregiver-restoring-2026-11-21T093000.sqlite3",
            folder / BACKUPS_NAME / backup,
            stick / backup,
        )
    ]
    unfinished += [folder / ".saving-abcd1234.tmp"]
    unfinished += [path.with_name(f"{path.name}-journal") for path in unfinished[:4]]
    for path in unfinished:
        path.write_text(WORD)
    wanted = Wanted(keys=(("note", "n1"),))
    erasing.erase(folder / DATA_NAME, wanted, remove_copies=False, now=NOW, second=str(stick))
    outcome = erasing.finish(folder / DATA_NAME, NOW)
    assert outcome is not None
    assert outcome.trouble is None
    every = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in every if WORD.encode() in path.read_bytes()] == []
