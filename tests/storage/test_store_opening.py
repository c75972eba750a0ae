"""Opening: a sound file at once, a doubtful one not at all and without changing a byte."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.errors import (
    DataDamaged,
    DataNewer,
    DataReadOnly,
    InputRefused,
)
from caregiver_app.storage import connection as connecting
from caregiver_app.storage import database, migrations
from caregiver_app.storage.backups import make_backup, newest_good_backup
from caregiver_app.storage.connection import look
from caregiver_app.storage.database import BACKUPS_NAME, DATA_NAME
from tests.storage.making import filled, opened, tamper

_NOW_AT = len(migrations.STEPS)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


def bytes_of(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


# ---- a sound file --------------------------------------------------------------------------------
def test_the_first_opening_makes_a_private_folder_and_file(tmp_path):
    os.umask(0o022)
    folder = tmp_path / "deep" / "data"
    with filled(folder) as store:
        assert not store.read_only
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert set(modes(folder)) == {DATA_NAME, f"{DATA_NAME}-wal", f"{DATA_NAME}-shm"}
        assert set(modes(folder).values()) == {0o600}
    assert set(modes(folder)) == {DATA_NAME, "caregiver-counts.json"}
    assert set(modes(folder).values()) == {0o600}


def test_loose_modes_are_tightened(tmp_path):
    os.umask(0o022)
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    filled(folder).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / DATA_NAME).chmod(0o644)
    with opened(folder), opened(folder) as store:
        store.notes()
        assert set(modes(folder).values()) == {0o600}


def test_a_folder_with_other_peoples_things_keeps_its_mode(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    (folder / "holiday.jpg").touch()
    filled(folder).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_the_connection_is_a_safe_one(tmp_path):
    with filled(tmp_path) as store:
        wanted = {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
            "busy_timeout": 5000, "user_version": len(migrations.STEPS),
            "application_id": migrations.APPLICATION_ID,
        }  # fmt: skip
        found = {name: store._rows(f"PRAGMA {name}")[0][0] for name in wanted}
    assert found == wanted


def test_a_sound_file_opens_without_the_heavy_package(tmp_path):
    filled(tmp_path).close()
    code = """if True:
        import sys
        from datetime import UTC, date, datetime
        from pathlib import Path
        from caregiver_app.storage.database import open_store
        now = datetime(2026, 11, 21, tzinfo=UTC)
        with open_store(Path(sys.argv[1]), now=now) as store:
            assert len(store.appointments_between(date(2026, 11, 1), date(2026, 11, 30))) == 1
            assert not [name for name in sys.modules if name.startswith("sqlite_utils")]
            with store.change("x"):
                pass
            assert "sqlite_utils" in sys.modules
    """
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True, env=dict(os.environ))


def test_opening_and_closing_changes_nothing(tmp_path):
    filled(tmp_path).close()
    before = bytes_of(tmp_path)
    with opened(tmp_path) as store:
        store.notes()
    assert bytes_of(tmp_path) == before


def test_two_programs_may_make_the_file_at_once(tmp_path, monkeypatch):
    make = database.migrate

    def slowly(db):
        make(db)
        if not (tmp_path / DATA_NAME).exists():
            monkeypatch.setattr(database, "migrate", make)
            other = tmp_path / "other"
            filled(other).close()
            (other / DATA_NAME).rename(tmp_path / DATA_NAME)

    monkeypatch.setattr(database, "migrate", slowly)
    with opened(tmp_path) as store:
        assert store.get(Note, "n1") is not None
    assert not list(tmp_path.glob(".*"))


def test_a_failure_while_making_the_file_leaves_nothing(tmp_path, monkeypatch):
    def fails(db):
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(database, "migrate", fails)
    with pytest.raises(sqlite3.OperationalError):
        opened(tmp_path)
    assert list(tmp_path.iterdir()) == []


# ---- migrations ----------------------------------------------------------------------------------
def _adds_colour(db):
    db.execute("ALTER TABLE setting ADD COLUMN colour TEXT")


def schema(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / DATA_NAME)) as raw:
        return sorted(raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=repr)


@pytest.fixture
def two_steps(monkeypatch):
    steps = (*migrations.STEPS, ("0099_colour", _adds_colour))
    return lambda: monkeypatch.setattr(migrations, "STEPS", steps)


def test_an_older_file_is_copied_and_brought_up_to_date(tmp_path, two_steps):
    filled(tmp_path / "old").close()
    two_steps()
    with opened(tmp_path / "old", read_only=True) as store:
        assert store.get(Note, "n1") is not None
    opened(tmp_path / "fresh").close()
    assert schema(tmp_path / "old") == schema(tmp_path / "fresh")
    copy = tmp_path / "old" / BACKUPS_NAME / f"before-migration-{_NOW_AT}-2026-11-21T0930.sqlite3"
    assert look(copy).version == _NOW_AT
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert newest_good_backup(tmp_path / "old") == copy
    assert look(tmp_path / "old" / DATA_NAME) == connecting.Standing(_NOW_AT + 1, pending=False)


def test_a_failing_step_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    filled(tmp_path).close()
    before = schema(tmp_path)

    def fails(db):
        _adds_colour(db)
        db.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("0099", fails)))
    with pytest.raises(DataDamaged):
        opened(tmp_path)
    monkeypatch.undo()
    assert schema(tmp_path) == before
    with opened(tmp_path) as store:
        assert store.get(Note, "n1") is not None


def test_an_older_file_that_cannot_be_written_is_left_alone(tmp_path, two_steps, monkeypatch):
    filled(tmp_path).close()
    two_steps()
    monkeypatch.setattr(database, "can_write", lambda path: False)
    with pytest.raises(DataReadOnly) as refused:
        opened(tmp_path)
    assert refused.value.key == "data.read_only_older"


# ---- newer, foreign, damaged, missing ------------------------------------------------------------
@pytest.mark.parametrize(
    "sql",
    [
        f"PRAGMA user_version = {_NOW_AT + 1}",
        "PRAGMA user_version = 900",
        "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('caregiver', '0099_future')",
    ],
)
@pytest.mark.parametrize("left_open", [False, True], ids=["closed", "killed"])
def test_a_newer_file_is_refused_without_changing_a_byte(sql, left_open, tmp_path):
    filled(tmp_path).close()
    if left_open:
        code = (
            "import os, sqlite3, sys\n"
            "raw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "raw.execute(sys.argv[2])\nos._exit(0)"
        )
        subprocess.run([sys.executable, "-c", code, tmp_path / DATA_NAME, sql], check=True)
        assert (tmp_path / f"{DATA_NAME}-wal").stat().st_size
    else:
        tamper(tmp_path, sql)
    before = bytes_of(tmp_path)
    for read_only in (False, True):
        with pytest.raises(DataNewer):
            opened(tmp_path, read_only=read_only)
    assert bytes_of(tmp_path) == before


def test_a_log_without_its_index_is_looked_at_too(tmp_path):
    """A copied folder has the log of a killed program, but not the shared memory file."""
    filled(tmp_path).close()
    code = (
        "import os, sqlite3, sys\nraw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "raw.execute('PRAGMA user_version = 99')\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / DATA_NAME], check=True)
    (tmp_path / f"{DATA_NAME}-shm").unlink()
    before = bytes_of(tmp_path)
    with pytest.raises(DataNewer):
        opened(tmp_path)
    assert bytes_of(tmp_path) == before


def _empty(path):
    path.write_bytes(b"")


def _text(path):
    path.write_text("This is a shopping list and no data file at all.\n" * 50)


def _foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE photos (id)")


def _directory(path):
    path.unlink()
    path.mkdir()


def _cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def _missing(path):
    path.unlink()


def _no_history(path):
    tamper(path.parent, "DROP TABLE _sqlite_migrations")


def _dangling(path):
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


HARMS = [_empty, _text, _foreign, _directory, _cut, _missing, _no_history, _dangling]


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_doubtful_file_is_refused_and_the_newest_good_backup_offered(harm, read_only, tmp_path):
    filled(tmp_path).close()
    backups = tmp_path / BACKUPS_NAME
    backups.mkdir()
    good = make_backup(tmp_path / DATA_NAME, backups / "caregiver-2026-11-20T0930.sqlite3")
    (backups / "caregiver-2026-11-21T0930.sqlite3").write_bytes(good.read_bytes()[:9000])
    harm(tmp_path / DATA_NAME)
    before = bytes_of(tmp_path)
    with pytest.raises(DataDamaged) as damage:
        opened(tmp_path, read_only=read_only)
    assert damage.value.offer == str(good)
    assert bytes_of(tmp_path) == before


@pytest.mark.parametrize("harm", [h for h in HARMS if h is not _missing], ids=lambda h: h.__name__)
def test_without_a_backup_nothing_is_offered(harm, tmp_path):
    filled(tmp_path).close()
    harm(tmp_path / DATA_NAME)
    with pytest.raises(DataDamaged) as damage:
        opened(tmp_path)
    assert damage.value.offer is None


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").touch()
    with pytest.raises(InputRefused) as refused:
        opened(tmp_path / "data")
    assert refused.value.key == "data.not_a_folder"


def test_damage_met_later_offers_the_backup_too(tmp_path):
    store = filled(tmp_path)
    (tmp_path / BACKUPS_NAME).mkdir()
    good = make_backup(store.path, tmp_path / BACKUPS_NAME / "caregiver-2026-11-20T0930.sqlite3")
    tamper(tmp_path, "UPDATE note SET text = 'other'")
    with store, pytest.raises(DataDamaged) as damage:
        store.get(Note, "n1")
    assert damage.value.offer == str(good)
