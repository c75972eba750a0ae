"""A full look that could not be ended: a disk that failed is told apart from damage."""

from __future__ import annotations

import pytest

from caregiver_app.errors import DataDamaged, DiskTrouble
from caregiver_app.storage import checks
from caregiver_app.storage.store import Store
from tests.factories import line
from tests.fakes import Home


@pytest.fixture
def backed(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A diary with a backup, which SQLite calls malformed."""
    home.add(line("note", id="n1", text="x"))
    home.house.backups.make()

    def malformed(store: Store) -> list[str]:
        raise DataDamaged("data.damaged", path=str(store.path))

    monkeypatch.setattr(Store, "full_check", malformed)
    return home


def test_damage_comes_with_the_newest_good_backup(backed: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks, "reading_failed", lambda _path: False)
    with pytest.raises(DataDamaged) as caught:
        backed.house.backups.check()
    assert caught.value.offer == str(backed.house.backups.newest())


def test_where_all_can_be_read_a_moment_later_it_is_no_damage(backed: Home):
    with pytest.raises(DiskTrouble):
        backed.house.backups.check()
