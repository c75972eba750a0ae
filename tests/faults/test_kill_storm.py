"""Killed in the middle of writing, again and again, and two programs that start at once.

These are cold starts of the real program, as a script or a person starts it.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from caregiver_app import claim as claims
from caregiver_app.claim import Claim
from caregiver_app.domain.entities import Note
from caregiver_app.storage.database import open_store
from tests.factories import line
from tests.faults.operations import _AT
from tests.programs import child

KILLS, ALL_KILLS = 10, 1000
RACES, ALL_RACES = 2, 100
STORIES = 2
AHEAD = 400


@dataclass
class Storm:
    """What became of the lines of a story in which every writer was killed."""

    kills: int = 0
    acknowledged: int = 0
    kept: int = 0


def storm(folder: Path, kills: int, seed: int) -> Storm:
    """Kill `add` again and again, at a moment of chance; after each kill the data opens by itself.

    What it acknowledged is there; at most the one line that it was at is there without.
    """
    chance, acknowledged, told = random.Random(seed), set[str](), Storm()
    for number in range(kills):
        ids = [f"s{number}-{one}" for one in range(AHEAD)]
        running = child(folder, "add")
        try:
            running.stdin.write("\n".join(line("note", id=one, text="x") for one in ids))
            running.stdin.close()
        except BrokenPipeError:
            pass
        heard = 0
        for _ in range(chance.choice((0, 0, 1, 2, 5, chance.randint(0, AHEAD - 1)))):
            if not running.stdout.readline():
                break
            heard += 1
        if not heard:
            # Before its first word: while it starts, opens, makes the file.
            with_luck = chance.uniform(0.0, 0.6)
            _wait(running, with_luck)
        running.kill()
        heard += len(re.findall(r"^ACK \S+$", running.stdout.read(), re.MULTILINE))
        running.wait()
        running.stdout.close()
        running.stderr.close()
        acknowledged |= set(ids[:heard])
        told.kills += 1
        _look(folder, acknowledged, set(ids[: heard + 1]), number, number == kills - 1)
    told.acknowledged = len(acknowledged)
    with open_store(folder, now=_AT) as store:
        told.kept = len(store.ids(Note))
    return told


def _wait(running: subprocess.Popen[str], seconds: float) -> None:
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _look(folder: Path, acknowledged: set[str], at_most: set[str], number: int, last: bool) -> None:
    if not folder.exists():
        assert not acknowledged
        return
    with open_store(folder, now=_AT) as store:
        there = set(store.ids(Note))
        assert acknowledged <= there, f"lost at kill {number}"
        phantoms = {one for one in there - acknowledged if one.startswith(f"s{number}-")}
        assert phantoms <= at_most, f"never said at kill {number}"
        assert len(there) <= len(acknowledged) + number + 1
        if last or number % 20 == 0:
            assert store.full_check() == []


def storms(place: Path, kills: int) -> Storm:
    with ThreadPoolExecutor(STORIES) as pool:
        share = kills // STORIES
        told = list(pool.map(lambda n: storm(place / str(n), share, seed=n), range(STORIES)))
    return Storm(*(sum(getattr(one, name) for one in told)
                   for name in ("kills", "acknowledged", "kept")))  # fmt: skip


def test_some_kills_in_a_write_storm_lose_nothing(tmp_path: Path):
    told = storms(tmp_path, KILLS)
    assert told.kept >= told.acknowledged > 0


@pytest.mark.long
def test_a_thousand_kills_in_a_write_storm_lose_nothing(tmp_path: Path, capsys):
    told = storms(tmp_path, ALL_KILLS)
    with capsys.disabled():
        print(f"\n{told}")
    assert told.kept >= told.acknowledged > ALL_KILLS


# ---- two starts at once --------------------------------------------------------------------------
def race(folder: Path) -> None:
    """Two programs make the folder and write to it at once: one file, and both are in it."""
    told = [child(folder, "add") for _ in range(2)]
    outs = [
        one.communicate(line("note", id=f"r{number}", text="x"), timeout=60)
        for number, one in enumerate(told)
    ]
    assert [one.returncode for one in told] == [0, 0], outs
    reading = child(folder, "list", "notes")
    out, err = reading.communicate(timeout=60)
    assert (reading.returncode, err) == (0, "")
    assert {json.loads(one)["id"] for one in out.splitlines()} == {"r0", "r1"}
    people = child(folder, "list", "people")
    assert len(people.communicate(timeout=60)[0].splitlines()) == 1
    assert sorted(path.name for path in folder.glob("*.sqlite3")) == ["caregiver.sqlite3"]
    assert not list(folder.glob(".*part*"))


def test_two_first_starts_at_once_make_one_file(tmp_path: Path):
    for number in range(RACES):
        race(tmp_path / str(number))


@pytest.mark.long
def test_two_first_starts_at_once_again_and_again(tmp_path: Path):
    for number in range(ALL_RACES):
        race(tmp_path / str(number))


def race_of_windows(folder: Path) -> None:
    """Two windows open on a folder at once: one shows itself, the other brings it up and ends."""
    unseen = {"QT_QPA_PLATFORM": "offscreen"}
    told = [child(folder, **unseen) for _ in range(2)]
    try:
        end = time.monotonic() + 60
        while not (ended := [one for one in told if one.poll() is not None]):
            assert time.monotonic() < end, "both go on"
            time.sleep(0.02)
        assert [one.returncode for one in ended] == [0], [one.stderr.read() for one in ended]
        (owner,) = (one for one in told if one not in ended)
        holds = Claim(folder, claims.OPEN)
        assert not holds.take(claims.WINDOW)
        assert holds.is_taken
        assert owner.poll() is None
        owner.terminate()
        assert owner.wait(30) == 0, owner.stderr.read()
    finally:
        for one in told:
            one.kill()
            one.communicate()
    with open_store(folder, now=_AT) as store:
        assert store.full_check() == []


def test_of_two_windows_started_at_once_one_owns_the_folder(tmp_path: Path):
    race_of_windows(tmp_path)


@pytest.mark.long
def test_of_two_windows_started_at_once_one_owns_the_folder_each_time(tmp_path: Path):
    for number in range(ALL_RACES):
        race_of_windows(tmp_path / str(number))
