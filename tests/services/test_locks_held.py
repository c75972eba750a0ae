"""The locks that tell other programs of an open data file are let go by nothing but closing it.

A POSIX lock goes when the process closes any handle of the file, whoever took the lock with which
handle (SQLite, "How to corrupt a database file", 2.2): so nobody here opens the file by themselves.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from caregiver_app.services.backups import asks_passphrase
from caregiver_app.services.household import Household
from caregiver_app.services.kept_files import KeptFiles
from caregiver_app.storage.connection import log_of
from tests.factories import line
from tests.fakes import Home

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there /proc/locks tells")

LOOKS: dict[str, Callable[[Household], object]] = {
    "erasing": lambda house: house.erasing.of_everything(),
    "stored": lambda house: KeptFiles(house).all(),
    "restoring": lambda house: asks_passphrase(house.care.store.path),
    "backup": lambda house: house.backups.make(),
    "check": lambda house: house.backups.check(),
}


def locks(path: Path) -> list[str]:
    """Return the locks that this process holds on a data file and what is beside it."""
    beside = path.with_name(f"{path.name}-shm")
    inodes = {f"{one.stat().st_ino}" for one in (path, log_of(path), beside)}
    held = [one.split() for one in Path("/proc/locks").read_text().splitlines()]
    return sorted(
        f"{kind} {first}-{last}"
        for _, family, _, kind, process, place, first, last, *_ in held
        if family == "POSIX" and process == str(os.getpid()) and place.split(":")[-1] in inodes
    )


@pytest.mark.parametrize("look", LOOKS)
def test_looking_at_what_is_kept_lets_go_of_no_lock(home: Home, look: str):
    home.add(line("note", id="n1", text="x"))
    path = home.house.care.store.path
    before = locks(path)
    assert before, "an open data file is locked"
    LOOKS[look](home.house)
    assert locks(path) == before
