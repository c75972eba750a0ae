"""Erasing, killed or told of a failing disk at every file call: old, or gone from every byte.

What a fault left undone is done by the next start.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from caregiver_app.storage.backups import all_backups, is_good, listed
from tests.faults.operations import BESIDE, ERASED, ERASING, STICK, Operation
from tests.faults.trying import WORKERS, Tally, Trial, faults_of, shared, trying
from tests.tools.faults import Fault, WarmProgram

QUICK = 12
NAMES = [one.name for one in ERASING]


def left(disk: Path) -> list[str]:
    found = [path for path in disk.rglob("*") if path.is_file()]
    return [path.name for path in found if ERASED.encode() in path.read_bytes()]


def try_fault(trial: Trial, program: WarmProgram, fault: Fault, tally: Tally) -> list[str]:
    """Try one fault, go on as the next start does, and return what is wrong with the bytes."""
    trial.try_fault(fault, tally)
    ended = program.run([str(trial.data), "go-on"], drive=True)
    if ended.code != 0:
        return [f"{fault}: did not go on: {ended.err}"]
    erased = trial.operation.state(trial.disk) != trial.states[0]
    holds = left(trial.disk)
    wrong = [f"{fault}: still in {holds}"] if erased and holds else []
    copies = all_backups(trial.data) + listed(trial.disk / BESIDE / STICK)
    bad = [path.name for path in copies if not is_good(path)]
    return wrong + [f"{fault}: not whole: {name}" for name in bad]


def try_some(
    operation: Operation, place: Path, choose: Callable[[list[Fault]], list[Fault]]
) -> tuple[Tally, list[str]]:
    """Try the faults that are chosen; return what became of them and what is wrong with bytes."""
    tally, wrong = Tally(), list[str]()
    with WarmProgram(place / "program") as program:
        trial = Trial(operation, program, place)
        for fault in choose(list(faults_of(trial.calls()))):
            wrong += try_fault(trial, program, fault, tally)
    return tally, wrong


def judged(tally: Tally, wrong: list[str]) -> Tally:
    assert wrong == []
    assert tally.wrong == []
    assert tally.unmet == []
    assert tally.denied == []
    return tally


@pytest.mark.parametrize("operation", ERASING, ids=NAMES)
def test_some_faults_leave_the_old_or_no_byte(operation: Operation, tmp_path: Path):
    def choose(faults: list[Fault]) -> list[Fault]:
        telling = [one for one in faults if one.call.changes]
        return random.Random(operation.name).sample(telling, QUICK)

    judged(*try_some(operation, tmp_path, choose))


@pytest.mark.long
@pytest.mark.parametrize("operation", ERASING, ids=NAMES)
def test_every_fault_leaves_the_old_or_no_byte(operation: Operation, tmp_path: Path, capsys):
    def share(number: int) -> tuple[Tally, list[str]]:
        place = tmp_path / str(number)
        return try_some(operation, place, lambda faults: faults[number::WORKERS])

    (first, wrong), *others = shared(share)
    whole = first.joined(tally for tally, _ in others)
    with capsys.disabled():
        print(f"\n{operation.name}: {whole}")
    judged(whole, [*wrong, *(one for _, found in others for one in found)])


def test_the_word_is_there_before(tmp_path: Path):
    with trying(ERASING[0], tmp_path) as trial:
        trial.fresh()
        assert len(left(trial.disk)) >= 2
