"""Killed at every file call between saying and recording: said again, and never after its answer.

The program is a real one under strace, which kills it at the entry of one call after another.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.process.rung import ENTERED, answers, pill
from tests.programs import Program
from tests.tools.fake_time import FakeTime, command, entries_in, following
from tests.tools.kill_points import Point, kill_points, killed_at

NINE, NEXT = "2026-03-20T09:00", "2026-03-20T09:00:01"
DUE = ("one", "two")
ZONE = {"TZ": "UTC"}
QUICK = 6


@pytest.fixture
def due(program: Program) -> Program:
    """Two medicines that are due: two notices, each said and recorded by itself."""
    program.add(*(pill(entry, "2026-03-20T08:00") for entry in DUE), now=ENTERED)
    program("remind", now="2026-03-20T07:00")
    return program


def a_pass(folder: Path) -> list[str]:
    return command(folder, "--now", NINE, "remind")


def points_of(program: Program, tmp_path: Path) -> list[Point]:
    """Every call since the turn was taken, some way before the first word, to the program's end."""
    copy = shutil.copytree(program.folder, tmp_path / "measured")
    return kill_points(a_pass(copy), ZONE, begins="SHOW", before=40)


def kill_and_go_on(program: Program, point: Point, folder: Path, *, answered: bool) -> bool:
    """Kill one pass there and let others follow; tell whether it was killed at all."""
    data, program.folder = program.folder, shutil.copytree(program.folder, folder)
    try:
        done = killed_at(point, a_pass(program.folder), ZONE)
        assert done.returncode in (0, -9, 137), done.stderr
        first = entries_in(done.stdout.splitlines())
        if answered:
            told = [program("ack", one, now=NEXT) for one in first]
            assert [one.code for one in told] == [0] * len(first)
        next_pass = program("remind", now=NEXT)
        assert (next_pass.code, next_pass.err) == (0, []), point
        then = entries_in(next_pass.out)
        said = Counter([*first, *then])
        assert set(said) == set(DUE), f"lost at {point}"
        if answered:
            assert not set(first) & set(then), f"said after its answer at {point}"
        # One notice at a time is between being said and being recorded.
        assert sum(said.values()) <= len(DUE) + 1
        assert [program("remind", now=at).out for at in (NEXT, "2026-03-21T09:00")] == [[], []]
        assert {one.entry for one in answers(program.folder).values()} == set(DUE)
        assert program("check").code == 0
        return done.returncode != 0
    finally:
        program.folder = data


def test_killed_at_some_of_the_calls(due: Program, tmp_path: Path):
    points = points_of(due, tmp_path)
    told = [point for point in points if "SHOW" in point.told]
    synced = [point for point in points if point.call == "fdatasync"]
    some = list(dict.fromkeys([*told, *synced, *points[:: -(-len(points) // QUICK)]]))
    assert len(told) == len(DUE)
    assert len(synced) >= 2 * len(DUE)
    killed = [
        kill_and_go_on(due, point, tmp_path / f"{point}", answered=bool(number % 2))
        for number, point in enumerate(some)
    ]
    assert sum(killed) >= len(killed) - 1


@pytest.mark.long
@pytest.mark.parametrize("answered", [False, True], ids=["not answered", "answered"])
def test_killed_at_every_call(due: Program, tmp_path: Path, answered: bool):
    points = points_of(due, tmp_path)
    assert len(points) > 80
    killed = [
        kill_and_go_on(due, point, tmp_path / f"{point}", answered=answered) for point in points
    ]
    assert sum(killed) >= len(points) - 2


def storm(program: Program, tmp_path: Path, kills: int, chance: random.Random) -> None:
    """Kill a following program at any moment, again and again; answer some of what it said."""
    begins = datetime(2026, 3, 20, 9, tzinfo=UTC)
    program.add(
        *(pill(f"t{n}", f"{begins + timedelta(minutes=n):%Y-%m-%dT%H:%M}") for n in range(kills)),
        now=ENTERED,
    )
    said: Counter[str] = Counter()
    answered: set[str] = set()
    for number in range(kills):
        now = begins + timedelta(minutes=number)
        with following(program.folder, FakeTime(tmp_path / "clock", now)) as running:
            # Some are killed before their first word, some while they record, some later.
            running.hear_for(chance.uniform(0.0, 0.9))
            running.kill()
        fresh = entries_in(running.lines)
        assert not answered & set(fresh), "said after its answer"
        said.update(fresh)
        for one in fresh:
            if one not in answered and chance.random() < 0.5:
                assert program("ack", one, now=now.isoformat()).code == 0
                answered.add(one)
    last = entries_in(program("remind", now=(begins + timedelta(days=1)).isoformat()).out)
    assert not answered & set(last)
    said.update(last)
    assert set(said) == {f"t{n}" for n in range(kills)}, "each at least once"
    # Each kill can repeat what was being said at that moment, and nothing else.
    assert sum(said.values()) - len(said) <= kills
    assert program("check").code == 0


def test_killed_at_any_moment(program: Program, tmp_path: Path):
    storm(program, tmp_path, 8, random.Random(1))


@pytest.mark.long
def test_killed_at_any_moment_two_hundred_times(program: Program, tmp_path: Path):
    storm(program, tmp_path, 200, random.Random(2))
