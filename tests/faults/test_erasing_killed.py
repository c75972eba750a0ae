"""Erasing, killed or told of a failing disk at every file call: old, or gone from every byte.

What a fault left undone is done by the next start.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from caregiver_app.storage.backups import all_backups, is_good
from tests.faults.operations import NOW, Operation, notes
from tests.faults.trying import Tally, Trial, faults_of, trying
from tests.tools.faults import Fault, WarmProgram

WORD = "Zeisigkanarienwort"
QUICK = 12


def _with_backups(program: WarmProgram, data: Path, beside: Path) -> None:
    """Notes, of which one holds the word, and two backups that hold them."""
    told = ["--data-dir", data, "--now", NOW]
    for typed in (notes("n1", text=WORD), notes("n2", "n3", text="stays")):
        assert program.run([*told, "add"], typed=typed).code == 0
        assert program.run([*told, "backup"]).code == 0
        newest = all_backups(data)[0]
        newest.rename(newest.with_name(f"caregiver-2026-03-1{len(typed) % 9}T0900.sqlite3"))


ERASING = [
    Operation("erase", ("{data}", "erase", "n1"), _with_backups, drive=True, answers=True),
    Operation("erase all", ("{data}", "erase-all"), _with_backups, drive=True),
]
NAMES = [one.name for one in ERASING]


def left(data: Path) -> list[str]:
    found = [path for path in data.rglob("*") if path.is_file()]
    return [path.name for path in found if WORD.encode() in path.read_bytes()]


def try_fault(trial: Trial, program: WarmProgram, fault: Fault, tally: Tally) -> list[str]:
    """Try one fault, go on as the next start does, and return what is wrong with the bytes."""
    trial.try_fault(fault, tally)
    ended = program.run([str(trial.data), "go-on"], drive=True)
    if ended.code != 0:
        return [f"{fault}: did not go on: {ended.err}"]
    erased = trial.operation.state(trial.data) != trial.states[0]
    holds = left(trial.data)
    wrong = [f"{fault}: still in {holds}"] if erased and holds else []
    bad = [path.name for path in all_backups(trial.data) if not is_good(path)]
    return wrong + [f"{fault}: not whole: {name}" for name in bad]


def judged(operation: Operation, place: Path, some: int | None) -> Tally:
    tally, wrong = Tally(), list[str]()
    with WarmProgram(place / "program") as program:
        trial = Trial(operation, program, place)
        faults = list(faults_of(trial.calls()))
        if some is not None:
            telling = [one for one in faults if one.call.changes]
            faults = random.Random(operation.name).sample(telling, some)
        for fault in faults:
            wrong += try_fault(trial, program, fault, tally)
    assert wrong == []
    assert tally.wrong == []
    assert tally.unmet == []
    assert tally.denied == []
    return tally


@pytest.mark.parametrize("operation", ERASING, ids=NAMES)
def test_some_faults_leave_the_old_or_no_byte(operation: Operation, tmp_path: Path):
    judged(operation, tmp_path, QUICK)


@pytest.mark.long
@pytest.mark.parametrize("operation", ERASING, ids=NAMES)
def test_every_fault_leaves_the_old_or_no_byte(operation: Operation, tmp_path: Path, capsys):
    tally = judged(operation, tmp_path, None)
    with capsys.disabled():
        print(f"\n{operation.name}: {tally}")


def test_the_word_is_there_before(tmp_path: Path):
    with trying(ERASING[0], tmp_path) as trial:
        trial.fresh()
        assert len(left(trial.data)) >= 2
