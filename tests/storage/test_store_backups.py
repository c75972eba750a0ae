"""Backups are whole, kept as promised, and bring back exactly what was there."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.errors import (
    DataBusy,
    DataDamaged,
    DataNewer,
    DataReadOnly,
    DiskTrouble,
    InputRefused,
)
from caregiver_app.storage import backups, checks, files, migrations, restoring
from caregiver_app.storage.backups import (
    all_backups,
    daily_backup,
    is_good,
    make_backup,
    newest_good_backup,
    problems_of,
    thin,
)
from caregiver_app.storage.database import BACKUPS_NAME, DATA_NAME
from caregiver_app.storage.restoring import restore
from tests.storage.making import NOW, content, filled, found_words, note, opened, tamper


@pytest.fixture
def folder(tmp_path):
    filled(tmp_path / "data").close()
    return tmp_path / "data"


def put(folder: Path, entry: str) -> None:
    with opened(folder) as store, store.change("x"):
        store.put(note(entry, f"words of {entry}"))


def raised(number: int):
    def fail(*_: object) -> None:
        raise OSError(number, "no")

    return fail


# ---- making one ----------------------------------------------------------------------------------
def test_a_backup_of_a_file_in_use_is_whole_private_and_one_file(folder, tmp_path):
    with opened(folder) as store:
        with store.change("x"):
            store.put(note("n2", "only in the log as yet"))
        target = make_backup(store.path, tmp_path / "copy.sqlite3")
        assert store.get(Note, "n2") is not None
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert is_good(target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite3", "data"]
    (tmp_path / "back").mkdir()
    target.rename(tmp_path / "back" / DATA_NAME)
    assert content(tmp_path / "back") == content(folder)


def test_a_backup_replaces_an_older_one_only_when_it_is_whole(folder, tmp_path):
    target = make_backup(folder / DATA_NAME, tmp_path / "copy.sqlite3")
    before = target.read_bytes()
    tamper(folder, "UPDATE note SET text = 'tampered'")
    with pytest.raises(DataDamaged):
        make_backup(folder / DATA_NAME, target)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_a_copy_with_fewer_rows_is_noticed(folder, tmp_path, monkeypatch):
    counts = iter(({"note": 2}, {"note": 1}))
    monkeypatch.setattr(checks, "row_counts", lambda connection: next(counts))
    with pytest.raises(DiskTrouble):
        make_backup(folder / DATA_NAME, tmp_path / "copy.sqlite3")


def test_a_backup_onto_the_data_file_or_into_nowhere_is_refused(folder, tmp_path):
    for target, key in (
        (folder / DATA_NAME, "backup.onto_itself"),
        (folder / ".." / "data" / DATA_NAME, "backup.onto_itself"),
        (tmp_path / "nowhere" / "copy.sqlite3", "backup.no_folder"),
        (tmp_path, "backup.no_folder"),
    ):
        with pytest.raises(InputRefused) as refused:
            make_backup(folder / DATA_NAME, target)
        assert refused.value.key == key


@pytest.mark.parametrize(
    ("number", "meaning"), [(errno.ENOSPC, DiskTrouble), (errno.EACCES, DataReadOnly)]
)
def test_a_backup_that_cannot_be_written_says_so(folder, tmp_path, monkeypatch, number, meaning):
    monkeypatch.setattr(files, "move_durably", raised(number))
    with pytest.raises(meaning):
        make_backup(folder / DATA_NAME, tmp_path / "copy.sqlite3")
    assert not list(tmp_path.glob("*copy*"))


def test_a_backup_of_nothing_says_so(tmp_path):
    with pytest.raises(DiskTrouble):
        make_backup(tmp_path / DATA_NAME, tmp_path / "copy.sqlite3")


# ---- which are good ------------------------------------------------------------------------------
def test_the_newest_good_backup_is_found_by_its_name(folder):
    assert newest_good_backup(folder) is None
    for minute in range(4):
        daily_backup(folder, NOW + timedelta(days=minute), edited=False)
    newest = all_backups(folder)
    assert [path.name for path in newest[:2]] == [
        "caregiver-2026-11-24T0930.sqlite3",
        "caregiver-2026-11-23T0930.sqlite3",
    ]
    os.utime(newest[3])  # when it was touched says nothing
    assert newest_good_backup(folder) == newest[0]
    newest[0].write_bytes(b"")
    newest[1].write_bytes(newest[2].read_bytes()[:-5000])
    assert newest_good_backup(folder) == newest[2]
    assert not is_good(newest[1])


def test_every_flipped_byte_that_matters_makes_a_backup_bad(folder):
    """Bytes of unused space may change; whatever is read then is exactly what it was."""
    made = daily_backup(folder, NOW, edited=False)
    whole, wanted = made.read_bytes(), content(folder)
    bad = 0
    for at in range(0, len(whole), 1013):
        made.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        if not is_good(made):
            bad += 1
            continue
        (folder / "look").mkdir(exist_ok=True)
        (folder / "look" / DATA_NAME).write_bytes(made.read_bytes())
        assert content(folder / "look") == wanted
    assert bad > 3


def test_a_newer_backup_is_not_good_for_us(folder, monkeypatch):
    daily_backup(folder, NOW, edited=False)
    monkeypatch.setattr(migrations, "STEPS", ())
    assert newest_good_backup(folder) is None


# ---- when ----------------------------------------------------------------------------------------
def test_once_a_day_and_every_half_hour_of_edits(folder):
    def due(minutes: int, edited: bool) -> bool:
        return daily_backup(folder, NOW + timedelta(minutes=minutes), edited) is not None

    assert due(0, edited=False)
    assert not due(5, edited=False)
    assert not due(29, edited=True)
    assert due(30, edited=True)
    assert not due(31, edited=True)
    assert not due(60, edited=False)
    assert due(24 * 60 - 560, edited=False), "the day has turned (UTC)"
    assert checks.recorded_counts(folder)["note"] == 1


def test_a_backup_from_the_future_does_not_keep_today_from_having_one(folder):
    assert daily_backup(folder, NOW + timedelta(days=400), edited=False)
    assert daily_backup(folder, NOW, edited=False)


def test_a_backup_folder_that_cannot_be_made_is_told(folder, monkeypatch):
    monkeypatch.setattr(files, "make_folder", raised(errno.EROFS))
    with pytest.raises(DataReadOnly):
        daily_backup(folder, NOW, edited=False)


def pretend(folder: Path, at: datetime) -> Path:
    """A backup by its name only."""
    path = folder / BACKUPS_NAME / f"caregiver-{backups.stamp(at)}.sqlite3"
    path.parent.mkdir(exist_ok=True)
    path.touch()
    return path


def test_thinning_over_four_hundred_days_leaves_no_gap(folder, monkeypatch):
    monkeypatch.setattr(backups, "is_good", lambda path: True)
    for hours in range(0, 400 * 24, 8):
        now = NOW + timedelta(hours=hours)
        pretend(folder, now)
        thin(folder, now)
        ages = [
            (now - made) / timedelta(days=1) for made, _ in backups.stamped(folder / BACKUPS_NAME)
        ]
        assert ages[0] == 0
        gaps = [(older - newer, newer) for newer, older in pairwise(ages)]
        for gap, age in gaps:
            allowed = 0.4 if age < 1.5 else 1.7 if age < 14 else 14 if age < 60 else 62
            assert gap <= allowed, (now, gap, age)
    assert len(ages) <= 7 + 15 + 9 + 13
    assert ages[-1] > 330


def test_the_last_good_backup_is_never_removed(folder):
    good = daily_backup(folder, NOW - timedelta(days=500), edited=False)
    worse = daily_backup(folder, NOW - timedelta(days=600), edited=False)
    bad = [pretend(folder, NOW - timedelta(days=days)) for days in (1, 450, 700)]
    assert sorted(thin(folder, NOW)) == sorted([worse, *bad[1:]])
    assert newest_good_backup(folder) == good
    daily_backup(folder, NOW, edited=False)
    assert thin(folder, NOW) == [good]


def test_thinning_leaves_other_files_alone_and_clears_old_leftovers(folder):
    daily_backup(folder, NOW, edited=False)
    place = folder / BACKUPS_NAME
    mine = place / "before-migration-1-2020-01-01T0000.sqlite3"
    odd = place / "caregiver-2020-99-99T0000.sqlite3"
    old, new = place / ".caregiver-x.sqlite3.1234.part", folder / ".caregiver.sqlite3.77.part"
    for path in (mine, odd, old, new):
        path.touch()
    os.utime(old, (NOW.timestamp() - 90_000, NOW.timestamp() - 90_000))
    os.utime(new, (NOW.timestamp(), NOW.timestamp()))
    assert thin(folder, NOW) == []
    assert [path.exists() for path in (mine, odd, old, new)] == [True, True, False, True]


def test_what_cannot_be_removed_stays(folder, monkeypatch):
    daily_backup(folder, NOW, edited=False)
    pretend(folder, NOW - timedelta(days=700))
    leftover = folder / ".x.part"
    leftover.touch()
    os.utime(leftover, (0, 0))
    monkeypatch.setattr(Path, "unlink", raised(errno.EACCES))
    assert thin(folder, NOW) == []


# ---- bringing one back ---------------------------------------------------------------------------
def test_a_round_trip_is_exact_and_keeps_the_present_file(folder):
    first, words = content(folder), found_words(folder)
    backup = daily_backup(folder, NOW, edited=False)
    put(folder, "n2")
    second = content(folder)
    kept = restore(folder, backup, now=NOW)
    assert kept == folder / "caregiver-before-restore-2026-11-21T093000.sqlite3"
    assert stat.S_IMODE((folder / DATA_NAME).stat().st_mode) == 0o600
    with opened(folder) as store:
        assert store.get(Note, "n2") is None
        assert store.full_check() == []
        assert store._rows("PRAGMA journal_mode") == [("wal",)]
    assert (content(folder), found_words(folder)) == (first, words)
    assert restore(folder, kept, now=NOW + timedelta(seconds=1)) is not None
    assert content(folder) == second


def test_a_restore_into_an_empty_folder(folder, tmp_path):
    backup = daily_backup(folder, NOW, edited=False)
    assert restore(tmp_path / "new", backup, now=NOW) is None
    assert content(tmp_path / "new") == content(folder)
    found = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert found == [checks.COUNTS_NAME, DATA_NAME]


BAD = {
    "missing": ("backup.missing", lambda path: path.unlink()),
    "empty": ("backup.damaged", lambda path: path.write_bytes(b"")),
    "cut": ("backup.damaged", lambda path: path.write_bytes(path.read_bytes()[:-6000])),
    "header only": ("backup.damaged", lambda path: path.write_bytes(path.read_bytes()[:4096])),
    "text": ("backup.damaged", lambda path: path.write_text("no backup " * 999)),
    "directory": ("backup.damaged", lambda path: (path.unlink(), path.mkdir())),
    "row": (
        "backup.damaged",
        lambda path: path.write_bytes(path.read_bytes().replace(b"schein and", b"schein or ")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_backup_is_refused_and_nothing_is_touched(name, folder):
    backup = daily_backup(folder, NOW, edited=False)
    key, harm = BAD[name]
    harm(backup)
    before = (folder / DATA_NAME).read_bytes()
    with pytest.raises(InputRefused) as refused:
        restore(folder, backup, now=NOW)
    assert refused.value.key == key
    assert (folder / DATA_NAME).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [
        BACKUPS_NAME, "caregiver-counts.json", DATA_NAME,
    ]  # fmt: skip


def test_a_foreign_and_a_newer_backup_are_refused(folder):
    backup = daily_backup(folder, NOW, edited=False)
    with closing(sqlite3.connect(backup)) as raw:
        raw.execute("PRAGMA user_version = 99")
    with pytest.raises(DataNewer):
        restore(folder, backup, now=NOW)
    with closing(sqlite3.connect(backup)) as raw:
        raw.execute("PRAGMA application_id = 1")
    with pytest.raises(InputRefused):
        restore(folder, backup, now=NOW)


def test_the_data_file_is_not_its_own_backup(folder):
    with pytest.raises(InputRefused) as refused:
        restore(folder, folder / DATA_NAME, now=NOW)
    assert refused.value.key == "backup.onto_itself"


def test_an_older_backup_is_brought_up_to_date_when_opened(folder, monkeypatch):
    backup = daily_backup(folder, NOW, edited=False)

    def second(db):
        db.execute("ALTER TABLE setting ADD COLUMN colour TEXT")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("0002", second)))
    opened(folder).close()
    restore(folder, backup, now=NOW)
    with opened(folder) as store:
        assert store._rows("PRAGMA user_version") == [(len(migrations.STEPS),)]
        assert store.get(Note, "n1") is not None


def test_a_file_in_use_elsewhere_is_not_replaced(folder, monkeypatch):
    backup = daily_backup(folder, NOW, edited=False)
    monkeypatch.setattr(restoring._settle, "__defaults__", (0.05,))
    with opened(folder) as store:
        store.notes()
        with pytest.raises(DataBusy):
            restore(folder, backup, now=NOW)
        with store.change("x"):
            store.put(note("n2", "still mine"))
    with opened(folder) as store:
        assert store.get(Note, "n2") is not None
    assert not list(folder.glob("*restor*"))


def test_a_damaged_file_is_kept_with_its_log(folder):
    backup = daily_backup(folder, NOW, edited=False)
    harmed = b"SQLite format 3\0" + b"\xff" * 9000
    (folder / DATA_NAME).write_bytes(harmed)
    (folder / f"{DATA_NAME}-wal").write_bytes(b"a log")
    kept = restore(folder, backup, now=NOW)
    assert kept.read_bytes() == harmed
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"a log"
    with opened(folder) as store:
        assert store.get(Note, "n1") is not None


@pytest.mark.parametrize("step", ["_finish", "_take_back"])
def test_a_restore_that_fails_in_the_middle_is_taken_back_or_ended(folder, monkeypatch, step):
    backup = daily_backup(folder, NOW, edited=False)
    put(folder, "n2")
    monkeypatch.setattr(restoring, "_finish", raised(errno.EIO))
    if step == "_take_back":
        monkeypatch.setattr(restoring, step, raised(errno.EIO))
    with pytest.raises(DiskTrouble) as trouble:
        restore(folder, backup, now=NOW)
    monkeypatch.undo()
    with opened(folder) as store:
        assert (store.get(Note, "n2") is None) == (trouble.value.key == "restore.begun")
    assert (trouble.value.key == "restore.begun") == (step == "_take_back")
    assert not list(folder.glob("caregiver-restoring*"))


def test_a_fresh_copy_that_cannot_be_read_back_is_no_damage_of_the_data(folder, monkeypatch):
    backup, plain = daily_backup(folder, NOW, edited=False), restoring.connect

    def failing(path, *told):
        if path.suffix == ".part":
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return plain(path, *told)

    monkeypatch.setattr(restoring, "connect", failing)
    with pytest.raises(DiskTrouble):
        restore(folder, backup, now=NOW)


def test_a_restore_that_was_killed_is_ended_at_the_next_start(folder, monkeypatch):
    backup = daily_backup(folder, NOW, edited=False)
    put(folder, "n2")

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "_finish", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(folder, backup, now=NOW)
    monkeypatch.undo()
    with opened(folder) as store:
        assert store.get(Note, "n2") is None
    assert is_good(folder / "caregiver-before-restore-2026-11-21T093000.sqlite3")
    assert not list(folder.glob("caregiver-restoring*"))


def test_killed_at_any_call_the_old_or_the_new_is_there(folder, tmp_path):
    """Ends a restore in the middle of each step that changes a file's name, twice in one second."""
    backup = daily_backup(folder, NOW, edited=False)
    put(folder, "n2")
    code = """if True:
        import os, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from caregiver_app.storage.restoring import restore
        left = int(sys.argv[3])
        def watch(event, args):
            global left
            if event in ("os.rename", "os.remove", "os.link") or event == "os.chmod":
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), 9)
        sys.addaudithook(watch)
        restore(Path(sys.argv[1]), Path(sys.argv[2]), now=datetime(2026, 11, 21, tzinfo=UTC))
    """
    seen = set()
    for call in range(40):
        copy = tmp_path / f"copy{call}"
        subprocess.run(["cp", "-a", folder, copy], check=True)
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", code, copy, backup, str(call)], check=False
            )
        held = b"".join(one.read_bytes() for one in copy.glob("caregiver*") if one.is_file())
        assert b"words of n2" in held, "what was there first is in no file"
        with opened(copy) as store:
            seen.add(store.get(Note, "n2") is None)
            assert store.full_check() == []
        if done.returncode == 0:
            break
        assert done.returncode == -9
    assert done.returncode == 0
    assert seen == {True, False}


def test_a_restore_onto_a_full_disk_touches_nothing(folder, monkeypatch):
    backup = daily_backup(folder, NOW, edited=False)
    put(folder, "n2")
    monkeypatch.setattr(files, "move_durably", raised(errno.ENOSPC))
    with pytest.raises(DiskTrouble) as trouble:
        restore(folder, backup, now=NOW)
    assert trouble.value.key == "disk.full"
    monkeypatch.undo()
    with opened(folder) as store:
        assert store.get(Note, "n2") is not None


def test_an_unreadable_backup_is_told(folder, monkeypatch):
    backup = daily_backup(folder, NOW, edited=False)
    for trouble, meaning in (
        (OSError(errno.EIO, "no"), DiskTrouble),
        (sqlite3.OperationalError("no"), sqlite3.OperationalError),
    ):

        def fail(path, error=trouble):
            raise error

        for module in (backups, restoring):
            monkeypatch.setattr(module, "connect_unchanged", fail)
        with pytest.raises(meaning):
            problems_of(backup)
        with pytest.raises(meaning):
            restore(folder, backup, now=NOW)
