"""The power goes at any moment: what was acknowledged is on the disk, and the next start opens.

Each operation runs once for real; then images of the disk are made as a power cut may leave them
(see `tests.tools.power_loss`), and each is opened as the next start would. A run that never waits
for the disk is the control: it has to lose something, or the images would prove nothing.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.operations import OPERATIONS, Operation
from tests.faults.trying import WORKERS, Trial, shared, trying
from tests.tools.power_loss import Trace

FEW = [one for one in OPERATIONS if one.name in ("add", "restore", "migrate from schema 7")]
QUICK, FULL = 12, 500
SEED = 20260320


@dataclass
class Losses:
    """What was found in the images of one run."""

    images: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    neither: list[str] = field(default_factory=list)


def replay(
    trial: Trial, trace: Trace, images: int, seed: int, share: int = 0, of: int = 1
) -> Losses:
    """Open so many images of a run, at moments all over it; tell what is lost in them.

    They lie where the run had its disk: what stands in the data names places on it.

    With a `share` of several only its images, each the same as when one share does them all.
    """
    found = Losses()
    answered = [n for n, one in enumerate(trace.steps, start=1) if one.what == "said"]
    for number in range(share, images, of):
        chance = random.Random(f"{seed}/{number}")
        # Every other one after something was said: what is promised by then is what counts.
        earliest = answered[0] if number // 2 % 2 and answered else 0
        at = chance.randint(earliest, len(trace.steps))
        shutil.rmtree(trial.disk, ignore_errors=True)
        trace.image(at, chance).write_to(trial.disk, trial.disk)
        told = f"image {number} of seed {seed}, before step {at} of {len(trace.steps)}"
        acknowledged = trial.acknowledged_by(trace.said(at))
        found.images += 1
        found.acknowledged += acknowledged
        judge(trial, acknowledged, told, found)
    return found


def judge(trial: Trial, acknowledged: int, told: str, found: Losses) -> None:
    if not trial.data.exists() or not any(trial.data.iterdir()):
        if acknowledged:
            found.lost.append(told)
        elif trial.there:
            found.neither.append(f"nothing at all: {told}")
        return
    try:
        state = trial.operation.state(trial.disk)
    except Exception as error:  # noqa: BLE001 - whatever keeps the next start from opening
        found.neither.append(f"does not open ({type(error).__name__} {error}): {told}")
        return
    at = trial.places_of(state)
    if not at:
        found.neither.append(f"in no state: {told}")
    elif max(at) < acknowledged:
        found.lost.append(told)


@pytest.mark.parametrize("operation", FEW, ids=[one.name for one in FEW])
def test_a_power_cut_in_some_moments(operation: Operation, tmp_path: Path):
    with trying(operation, tmp_path) as trial:
        found = replay(trial, trial.traced(), QUICK, SEED)
    assert (found.lost, found.neither) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("operation", OPERATIONS, ids=[one.name for one in OPERATIONS])
def test_a_power_cut_at_any_moment(operation: Operation, tmp_path: Path, capsys):
    def share(number: int) -> Losses:
        with trying(operation, tmp_path / str(number)) as trial:
            return replay(trial, trial.traced(), FULL, SEED, number, WORKERS)

    found = Losses()
    for one in shared(share):
        found.images += one.images
        found.acknowledged += one.acknowledged
        found.lost += one.lost
        found.neither += one.neither
    with capsys.disabled():
        print(f"\n{operation.name}: {found.images} images of seed {SEED},"
              f" {found.acknowledged} acknowledged in them, {len(found.lost)} lost,"
              f" {len(found.neither)} in no state")  # fmt: skip
    assert (found.lost, found.neither) == ([], [])


def test_a_program_that_never_waits_for_the_disk_loses_something(tmp_path: Path, capsys):
    (adding,) = (one for one in OPERATIONS if one.name == "add")
    with trying(adding, tmp_path, careless=True) as trial:
        found = replay(trial, trial.traced(), 4 * QUICK, SEED)
    with capsys.disabled():
        print(f"\nnever waiting: {found.images} images, {len(found.lost)} lost,"
              f" {len(found.neither)} in no state")  # fmt: skip
    assert found.lost
    assert len(found.lost) + len(found.neither) > QUICK
