"""What a backup holds, lacks or has otherwise; also of data that can hardly be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.services.backups import lost
from caregiver_app.storage.backups import daily_backup
from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.differences import differences, lacking
from tests.storage.making import NOW, filled, note, opened, tamper, visit

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def folder(tmp_path):
    filled(tmp_path / "data").close()
    return tmp_path / "data"


@pytest.fixture
def backup(folder):
    """A backup after which something of everything happened: new, changed, removed."""
    with opened(folder) as store, store.change("x"):
        store.put(note("gone", "x"))
    made = daily_backup(folder, NOW, edited=False)
    with opened(folder) as store, store.change("x"):
        for number in range(400):
            store.put(note(f"m{number}", "words " * 20, created=LATER, changed=LATER))
        store.put(note("n1", "other words", created=NOW, changed=LATER))
        store.put(visit("a2", datetime(2026, 12, 1, 9, 30)))
        store.put(visit("a3", datetime(2026, 12, 1, 9, 30), type="lab"))
        store.remove(Note, "gone", LATER)
    return made


def told(found):
    return {one.group: (one.only_then, one.only_now, one.changed) for one in found if one.differs}


def test_what_restoring_would_change_is_counted_by_kind(folder, backup):
    found = differences(backup, folder / DATA_NAME)
    assert told(found) == {"note": (1, 400, 1), "visit": (0, 1, 0), "appointment": (0, 1, 0)}
    notes = next(one for one in found if one.group == "note")
    assert (notes.then, notes.now) == (2, 401)
    assert notes.newest_now == LATER.astimezone(UTC)


def test_the_same_data_differs_in_nothing(folder):
    made = daily_backup(folder, NOW, edited=False)
    assert told(differences(made, folder / DATA_NAME)) == {}


def test_of_a_file_with_a_damaged_page_what_can_be_read_counts(folder, backup):
    path = folder / DATA_NAME
    whole = bytearray(path.read_bytes())
    middle = whole.find(b"words words")
    whole[middle // 4096 * 4096 : (middle // 4096 + 1) * 4096] = bytes(4096)
    path.write_bytes(whole)
    found = told(lacking(backup, path))
    # From both ends of the table: all but what stood in that page.
    assert 300 < found["note"][1] <= 400
    assert found["visit"] == (0, 1, 0)


def test_of_a_file_that_is_gone_the_last_counts_tell(folder, backup):
    path = folder / DATA_NAME
    for spoil in (lambda: path.write_bytes(bytes(8192)), path.unlink, path.mkdir):
        spoil()
        found = told(lacking(backup, path))
        assert found == {"note": (0, 399, 0), "appointment": (0, 2, 0)}, "a least: one was removed"
    (folder / "caregiver-counts.json").unlink()
    assert lacking(backup, path) is None


def test_a_backup_of_an_older_version_is_compared_by_when_it_was_written(folder, backup):
    tamper(folder, "PRAGMA user_version = 1")
    assert told(lacking(backup, folder / DATA_NAME))["note"] == (1, 400, 1)


def test_of_a_file_that_is_gone_only_what_could_be_seen_is_told(folder):
    made = daily_backup(folder, NOW, edited=False)
    with opened(folder) as store:
        with store.change("x"):
            for name in ("n2", "n3", "gone"):
                store.put(note(name, "x"))
        with store.change("x"):
            store.remove(Note, "gone", NOW)
    (folder / DATA_NAME).write_bytes(b"nonsense")
    found = lacking(made, folder / DATA_NAME)
    assert found is not None
    assert [(one.group, one.only_now) for one in found] == [("note", 2)]


def test_what_vanished_is_told_as_it_could_be_seen(folder):
    with opened(folder) as store:
        with store.change("x"):
            for number in range(20):
                store.put(note(f"m{number}", "x"))
        with store.change("x"):
            for number in range(5):
                store.remove(Note, f"m{number}", NOW)
    tamper(folder, "DELETE FROM note WHERE id <> 'n1'")
    with opened(folder) as store:
        gone = store.vanished()
        assert gone == {"note": (21, 1)}, "the rule looks at rows"
    told = lost(folder)
    assert told == {"note": (16, 1)}
