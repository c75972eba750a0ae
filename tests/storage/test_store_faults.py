"""Kills and full disks: what was acknowledged is there, and the file opens by itself."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Note
from caregiver_app.errors import DiskTrouble
from caregiver_app.storage.database import DATA_NAME
from tests.storage.making import filled, note, opened

WRITER = """if True:
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from caregiver_app.domain.entities import Note, Person
    from caregiver_app.storage.database import open_store
    now = datetime(2026, 11, 21, tzinfo=UTC)
    with open_store(Path(sys.argv[1]), now=now) as store:
        with store.change("ana", undoable=False):
            store.put(Person(id="ana"))
        for number in range(int(sys.argv[2]), 10**9):
            with store.change("note", undoable=False):
                store.put(Note(id=f"k{number}", person="ana", text=f"word{number}", at=now))
                store.set_due(f"k{number}", now)
            sys.stdout.write(f"{number}\\n")
            sys.stdout.flush()
"""


def kill_storm(folder: Path, kills: int, chance: random.Random) -> int:
    """Kill a writer again and again; every note that it acknowledged must be there."""
    acknowledged: list[int] = []
    for _ in range(kills):
        start = acknowledged[-1] + 1 if acknowledged else 0
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, str(start)], stdout=subprocess.PIPE, text=True
        )
        wanted = chance.randint(0, 40)
        for line in writer.stdout:
            acknowledged.append(int(line))
            if len(acknowledged) - start > wanted:
                break
        writer.kill()
        # What it printed between our last look and its end was acknowledged as well.
        acknowledged += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        writer.wait()
        writer.stdout.close()
        with opened(folder, read_only=True) as store:
            assert store.get(Note, f"k{acknowledged[-1]}") is not None
    with opened(folder) as store:
        there = {found.id for found in store.all(Note)}
        assert {f"k{number}" for number in acknowledged} <= there
        assert len(there) <= len(acknowledged) + kills
        assert len(store.due_entries(store.get(Note, "k0").at)) == len(there)
        assert len(store.search("word", limit=10**6)) == len(there)
        assert store.full_check() == []
    return len(acknowledged)


def test_twenty_kills_lose_nothing(tmp_path):
    assert kill_storm(tmp_path / "data", 20, random.Random(1)) > 100


@pytest.mark.long
def test_a_hundred_kills_lose_nothing(tmp_path):
    assert kill_storm(tmp_path / "data", 100, random.Random(2)) > 500


def test_a_kill_while_the_file_is_made_leaves_an_app_that_starts(tmp_path):
    code = """if True:
        import os, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from caregiver_app.storage.database import open_store
        left = int(sys.argv[2])
        def watch(event, args):
            global left
            if event in ("open", "sqlite3.connect", "os.rename", "os.remove", "os.link"):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), 9)
        import sqlite_utils.db, sqlite_utils.migrations
        sys.addaudithook(watch)
        open_store(Path(sys.argv[1]), now=datetime(2026, 11, 21, tzinfo=UTC)).close()
    """
    for call in range(40):
        folder = tmp_path / f"data{call}"
        done = subprocess.run([sys.executable, "-c", code, folder, str(call)], check=False)
        filled(folder).close()
        with opened(folder) as store:
            assert store.get(Note, "n1") is not None
        if done.returncode == 0:
            break
        assert done.returncode == -9
    assert done.returncode == 0
    assert call > 5


# ---- a full disk ---------------------------------------------------------------------------------
def fill_until_full(folder: Path) -> None:
    """Write until nothing fits; what was acknowledged stays, and smaller things work again."""
    kept = 0
    with opened(folder) as store:
        trouble = None
        while trouble is None:
            try:
                with store.change("x"):
                    store.put(note(f"k{kept}", os.urandom(8000).hex()))
                kept += 1
            except DiskTrouble as told:
                trouble = told
        assert trouble.key in ("disk.full", "disk.trouble")
        assert kept > 3
        assert store.get(Note, f"k{kept}") is None
        assert len(store.all(Note)) == kept + 1
    assert_whole(folder, kept)


def assert_whole(folder: Path, kept: int) -> None:
    with opened(folder) as store:
        assert len(store.all(Note)) == kept + 1
        assert store.full_check() == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to mount")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "none", disk]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        filled(disk / "data").close()
        fill_until_full(disk / "data")
        with pytest.raises(DiskTrouble):
            opened(disk / "another")
        assert not (disk / "another" / DATA_NAME).exists()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_that_may_not_grow_is_told_and_loses_nothing(tmp_path):
    filled(tmp_path).close()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, limits[1]))
    try:
        fill_until_full(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    with opened(tmp_path) as store, store.change("x"):
        store.put(note("after", "there is room again"))
