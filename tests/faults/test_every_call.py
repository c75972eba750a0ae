"""Killed, or told of a full, failing or write-protected disk, at every file call of an operation.

Whatever happened, the next start opens by itself, the folder is in one of the states that the
operation goes through, nothing that was acknowledged is gone, and what was said is one sentence.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.operations import ERASING, MIGRATIONS, OPERATIONS, Operation
from tests.faults.trying import WORKERS, Tally, Trial, faults_of, shared, trying
from tests.tools.faults import KILL, Fault

NAMES = [one.name for one in OPERATIONS]
QUICK = 10


def judge(operation: Operation, tally: Tally) -> None:
    print(f"{operation.name}: {tally}")
    assert tally.wrong == []
    assert tally.unmet == []
    if not operation.harmless:
        assert tally.denied == []


def try_all(trial: Trial, faults: list[Fault]) -> Tally:
    tally = Tally()
    for fault in faults:
        trial.try_fault(fault, tally)
    return tally


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_some_faults_of_each_operation(operation: Operation, tmp_path: Path):
    with trying(operation, tmp_path) as trial:
        faults = list(faults_of(trial.calls()))
        telling = [one for one in faults if one.call.changes]
        if operation in ERASING:
            assert ("holds", True) in trial.states[0]
            assert ("holds", False) in trial.states[-1]
        chance = random.Random(operation.name)
        some = chance.sample(telling, QUICK // 2) + chance.sample(faults, QUICK // 2)
        judge(operation, try_all(trial, some))


def test_what_was_written_but_never_reached_the_disk_is_not_kept_behind_ones_back(tmp_path: Path):
    """A sync that fails from some moment on: what was said not to be kept is not there later."""
    (adding,) = (one for one in OPERATIONS if one.name == "add")
    with trying(adding, tmp_path) as trial:
        syncs = [one for one in trial.calls() if one.name == "fdatasync"]
        tally = try_all(trial, [Fault(one, "EIO", stays=True) for one in syncs])
    assert sum(tally.runs.values()) >= 4
    judge(adding, tally)


def every_fault(operation: Operation, place: Path) -> Tally:
    def share(number: int) -> Tally:
        with trying(operation, place / str(number)) as trial:
            return try_all(trial, list(faults_of(trial.calls()))[number::WORKERS])

    first, *others = shared(share)
    return first.joined(others)


@pytest.mark.long
@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_every_fault_at_every_call(operation: Operation, tmp_path: Path, capsys):
    whole = every_fault(operation, tmp_path)
    with capsys.disabled():
        print()
        judge(operation, whole)


@pytest.mark.long
@pytest.mark.parametrize("operation", MIGRATIONS[:-1], ids=lambda one: one.name)
def test_migrations_from_older_schemas_killed_at_every_call(
    operation: Operation, tmp_path: Path, capsys
):
    with trying(operation, tmp_path) as trial:
        faults = [one for one in faults_of(trial.calls(), [KILL]) if one.call.changes]
        tally = try_all(trial, faults)
    with capsys.disabled():
        print()
        judge(operation, tally)
