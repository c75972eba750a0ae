"""Eight programs at once on one data folder: each reminder is said, and none twice.

One rings at a time by the claim that the operating system gives. Where the file system gives it to
everybody, the turn in the data file does what the claim cannot.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.process.rung import ENTERED, passed, pill, shown
from tests.programs import ROOT, Program
from tests.tools import some
from tests.tools.fake_time import FakeTime, Spoken, command

NINE = datetime(2026, 3, 20, 9, tzinfo=UTC)
MANY = 8

# A file system on which every lock succeeds, as some shared folders do, or none, as others.
NO_LOCKS_SETUP = f"""
import errno, os, sys
sys.path.insert(0, {str(ROOT)!r})
from caregiver_app import claim
def lock(handle):
    if os.environ.get("REFUSES"):
        raise OSError(errno.ENOLCK, "no locks here")
claim._lock = lock
from caregiver_app.bootstrap import main
"""
NO_LOCKS = f"{NO_LOCKS_SETUP}sys.exit(main(sys.argv[1:]))"


def without_locks(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-c", NO_LOCKS, "--data-dir", str(folder), *arguments]


def stopped_before_recording(folder: Path) -> list[str]:
    """A pass that says what is due and then stands still until it is told to go on."""
    code = f"""{NO_LOCKS_SETUP}
import signal
from caregiver_app.services.reminders import ReminderService
recorded = ReminderService.record
def record(*arguments):
    os.kill(os.getpid(), signal.SIGSTOP)
    recorded(*arguments)
ReminderService.record = record
sys.exit(main(["--data-dir", {str(folder)!r}, "remind"]))
"""
    return [sys.executable, "-c", code]


@contextmanager
def running(
    commands: Sequence[list[str]], clock: FakeTime, folder: Path, **environment: str
) -> Iterator[list[Spoken]]:
    """Start all of them together; those that go on by themselves are asked to end at last."""
    with ExitStack() as stack:
        started: list[Spoken] = []
        for one in commands:
            made = Spoken(one, {**clock.env(), **environment}, folder)
            stack.callback(made.stop)
            started.append(made)
        yield started


def seconds_later(first: int, last: int) -> list[str]:
    """Medicines that are due so many seconds after nine."""
    return [
        pill(f"at{number}", f"{NINE + timedelta(seconds=number):%Y-%m-%dT%H:%M:%S}")
        for number in range(first, last)
    ]


@pytest.fixture
def clock(tmp_path: Path) -> FakeTime:
    """Nine o'clock, the same for all programs, whenever they start."""
    made = FakeTime(tmp_path / "clock", NINE)
    made.shift(NINE)
    return made


def test_eight_that_follow(program: Program, tmp_path: Path, clock: FakeTime):
    program.add(*(pill(f"due{n}", "2026-03-20T08:00") for n in range(4)), now=ENTERED)
    follow = command(program.folder, "remind", "--follow")
    with running([follow] * MANY, clock, tmp_path) as all_of_them:
        for one in all_of_them:
            one.wait(lambda one=one: len(one.lines) in (1, 4) and one.lines, "its first word")
        held = [one for one in all_of_them if one.lines == ["HELD"]]
        (rings,) = [one for one in all_of_them if one not in held]
        assert [one.finish() for one in held] == [0] * (MANY - 1)
        assert [one.complaints for one in held] == [""] * (MANY - 1)
        rings.said_up_to("due3")
        assert sorted(rings.said) == [f"due{n}/2026-03-20T08:00/0" for n in range(4)]
        assert rings.stop() == 0
    assert passed(program.folder, "2026-03-20T09:30") == []


def test_when_the_one_that_rings_is_killed_the_next_goes_on(
    program: Program, tmp_path: Path, clock: FakeTime
):
    program.add(pill("first", "2026-03-20T08:00"), now=ENTERED)
    follow = command(program.folder, "remind", "--follow")
    with running([follow], clock, tmp_path) as (one,):
        one.said_up_to("first")
        one.wait(lambda: shown(program.folder), "the record")
        one.kill()
        program.add(pill("second", "2026-03-20T08:30"), now=ENTERED)
        with running([follow], clock, tmp_path) as (other,):
            assert other.said_up_to("second") == ["second"]


def test_eight_passes(program: Program, tmp_path: Path, clock: FakeTime):
    program.add(*(pill(f"due{n}", "2026-03-20T08:00") for n in range(4)), now=ENTERED)
    one_pass = command(program.folder, "remind")
    with running([one_pass] * MANY, clock, tmp_path) as all_of_them:
        codes = [one.finish() for one in all_of_them]
        said = sorted(id_ for one in all_of_them for id_ in one.said)
    assert codes == [0] * MANY
    assert said == [f"due{n}/2026-03-20T08:00/0" for n in range(4)]


@pytest.mark.parametrize("refuses", some(["", "1"], ["1"]), ids=["all succeed", "none succeeds"])
def test_eight_passes_without_locks(
    program: Program, tmp_path: Path, clock: FakeTime, refuses: str
):
    program.add(*(pill(f"due{n}", "2026-03-20T08:00") for n in range(4)), now=ENTERED)
    one_pass = without_locks(program.folder, "remind")
    with running([one_pass] * MANY, clock, tmp_path, REFUSES=refuses) as all_of_them:
        codes = [one.finish() for one in all_of_them]
        said = sorted(id_ for one in all_of_them for id_ in one.said)
    assert set(codes) <= {0, 12}
    assert said == [f"due{n}/2026-03-20T08:00/0" for n in range(4)]


def test_while_one_is_saying_it_no_other_does(program: Program, tmp_path: Path, clock: FakeTime):
    """The first is stopped between saying and recording; the second has the same locks as none."""
    program.add(pill("due", "2026-03-20T08:00"), now=ENTERED)
    one_pass = without_locks(program.folder, "remind")
    with running([stopped_before_recording(program.folder)], clock, tmp_path) as (first,):
        assert first.said_up_to("due") == ["due"]
        with running([one_pass], clock, tmp_path) as (second,):
            assert (second.finish(), second.lines) == (0, [])
        first.process.send_signal(signal.SIGCONT)
        assert first.finish() == 0
    with running([one_pass], clock, tmp_path) as (third,):
        assert (third.finish(), third.lines) == (0, [])
    assert shown(program.folder).keys() == {"due"}


@pytest.mark.long
def test_three_that_follow_without_locks(program: Program, tmp_path: Path, clock: FakeTime):
    """They wake for the same moments again and again."""
    program.add(*seconds_later(0, 20), now=ENTERED)
    follow = without_locks(program.folder, "remind", "--follow")
    with running([follow] * 3, clock, tmp_path) as all_of_them:
        all_of_them[0].wait(lambda: len(shown(program.folder)) == 20, "all of them on record")
        assert [one.stop() for one in all_of_them] == [0, 0, 0]
        said = sorted(id_.split("/")[0] for one in all_of_them for id_ in one.said)
    assert said == sorted(f"at{number}" for number in range(20))


def test_a_killed_holder_of_the_turn_keeps_nobody_out_for_long(program: Program, tmp_path: Path):
    """Killed while it was saying: half a minute later, by the clock, another one says it."""
    program.add(pill("due", "2026-03-20T08:00"), now=ENTERED)
    clock = FakeTime(tmp_path / "clock", "2026-03-20T09:00+00:00")
    with running([stopped_before_recording(program.folder)], clock, tmp_path) as (killed,):
        assert killed.said_up_to("due") == ["due"]
        killed.kill()
    assert passed(program.folder, "2026-03-20T09:01") == ["due"]
    assert passed(program.folder, "2026-03-20T09:02") == []
