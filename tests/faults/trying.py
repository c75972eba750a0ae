"""Runs one operation with one fault after another and judges what each left behind."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from caregiver_app.errors import (
    EXIT_BUSY,
    EXIT_DISK,
    EXIT_OK,
    EXIT_READ_ONLY,
)
from tests.faults.operations import BESIDE, DATA, Operation, State
from tests.tools.faults import ERRORS, KILL, Call, Ended, Fault, WarmProgram
from tests.tools.power_loss import OPTIONS, Trace

ALLOWED = frozenset((EXIT_OK, EXIT_BUSY, EXIT_READ_ONLY, EXIT_DISK))
"""How a run whose file call failed may end.

SQLite itself takes a lock that cannot be had for one that is held, and a file that it cannot look
at for one that it may not write.
"""


Result = TypeVar("Result")
PAGEWISE = ("pread64", "pwrite64", "fcntl", "newfstatat")
MANY, ENDS, STEP = 48, 4, 8


@dataclass
class Tally:
    """What became of all the runs of an operation; everything but `runs` has to stay empty."""

    runs: Counter[str] = field(default_factory=Counter)
    unmet: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    neither: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    """Said that nothing was kept, and yet it was."""

    def joined(self, others: Iterable[Tally]) -> Tally:
        """Return this tally together with others."""
        whole = Tally()
        for one in (self, *others):
            whole.runs.update(one.runs)
            for name in ("unmet", "lost", "neither", "unclear", "denied"):
                getattr(whole, name).extend(getattr(one, name))
        return whole

    @property
    def wrong(self) -> list[str]:
        return self.lost + self.neither + self.unclear

    def __str__(self) -> str:
        runs = ", ".join(f"{name} {count}" for name, count in sorted(self.runs.items()))
        return f"{sum(self.runs.values())} runs ({runs}), {len(self.denied)} kept though denied"


class Trial:
    """One operation in folders of its own: what it begins with, its states and its file calls."""

    def __init__(self, operation: Operation, program: WarmProgram, place: Path) -> None:
        self.operation, self._program = operation, program
        self.disk, self._before = place / "disk", place / "before"
        self.data = self.disk / DATA
        (self.disk / BESIDE).mkdir(parents=True)
        operation.prepare(program, self.data, self.disk / BESIDE)
        self.there = self.data.exists()
        shutil.copytree(self.disk, self._before)
        self.states = self._all_states()

    def fresh(self) -> None:
        """Put the disk back to how the operation begins."""
        shutil.rmtree(self.disk, ignore_errors=True)
        shutil.copytree(self._before, self.disk)

    def _once(self, typed: str, fault: Fault | None = None) -> Ended:
        op = self.operation
        words = op.words(self.disk)
        return self._program.run(words, typed=typed, drive=op.drive, fault=fault)

    def _all_states(self) -> list[State]:
        """Return the states in order: untouched, then after each step of a run without a fault."""
        op = self.operation
        if op.answers and not op.drive:
            lines = op.typed.splitlines(keepends=True)
            steps = ["".join(lines[:count]) for count in range(1, len(lines) + 1)]
        else:
            steps = [op.typed]
        found = [op.state(self.disk)] if self.there else [()]
        for typed in steps:
            self.fresh()
            ended = self._once(typed)
            assert ended.code == EXIT_OK, ended.err
            found.append(op.state(self.disk))
        if op.drive and op.answers:
            found[1:] = self._driven_states()
        self.fresh()
        return found

    def _driven_states(self) -> list[State]:
        op = self.operation
        words = op.words(self.disk)
        found: list[State] = []
        for count in range(1, len(words) - 1):
            self.fresh()
            assert self._program.run(words[: 2 + count], drive=True).code == EXIT_OK
            found.append(op.state(self.disk))
        return found

    def calls(self) -> list[Call]:
        """Return every call of one run that has to do with its data or what lies beside it."""
        op = self.operation
        self.fresh()
        words = op.words(self.disk)
        calls, ended = self._program.calls(words, self.disk, typed=op.typed, drive=op.drive)
        assert ended.code == EXIT_OK, ended.err
        return calls

    def traced(self) -> Trace:
        """Return what one run changed on the disk, call by call."""
        op = self.operation
        self.fresh()
        ended = self._program.run(
            op.words(self.disk), typed=op.typed, drive=op.drive, trace=OPTIONS
        )
        assert ended.code == EXIT_OK, ended.err
        return Trace.read(self._program.log, self.disk, self._before)

    def try_fault(self, fault: Fault, tally: Tally) -> None:
        """Run with that fault and note what is wrong with what it left."""
        self.fresh()
        ended = self._once(self.operation.typed, fault)
        tally.runs[fault.kind] += 1
        told = f"{fault} -> {ended.code} {ended.err}"
        if not ended.met:
            tally.unmet.append(told)
        if trouble := self._said_wrongly(fault, ended):
            tally.unclear.append(f"{trouble}: {told}")
        acknowledged = self._acknowledged(ended)
        try:
            state = self.operation.state(self.disk)
        except Exception as error:  # noqa: BLE001 - whatever keeps the next start from opening
            if acknowledged or self.there:
                tally.neither.append(f"does not open ({type(error).__name__} {error}): {told}")
            return
        at = self.places_of(state)
        if not at:
            tally.neither.append(f"in no state: {told}")
        elif max(at) < acknowledged:
            tally.lost.append(told)
        elif min(at) > acknowledged and fault.kind != KILL:
            tally.denied.append(told)

    def places_of(self, state: State) -> list[int]:
        """Return after how many steps the folder looks like this; nothing: after none."""
        return [
            number
            for number, one in enumerate(self.states)
            if one == state or (not number and not self.there and not state)
        ]

    def acknowledged_by(self, said: str) -> int:
        """Return how many steps were acknowledged by what was said on standard output."""
        if self.operation.answers:
            return sum(one.startswith("ACK ") for one in said.splitlines())
        return len(self.states) - 1 if said.strip() else 0

    def _acknowledged(self, ended: Ended) -> int:
        if self.operation.answers:
            return self.acknowledged_by("\n".join(ended.out))
        return len(self.states) - 1 if ended.code == EXIT_OK else 0

    def _said_wrongly(self, fault: Fault, ended: Ended) -> str:
        if ended.code not in ({EXIT_OK, -9} if fault.kind == KILL else ALLOWED):
            return "another exit code"
        if any("Traceback" in one or one.startswith("  ") for one in ended.err):
            return "a traceback"
        if ended.code not in (EXIT_OK, -9) and len(ended.err) != 1:
            return "not one sentence"
        return ""


WORKERS = 2


def shared(work: Callable[[int], Result]) -> list[Result]:
    """Do a long work in as many shares as there are workers; each is told its number."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, range(WORKERS)))


def faults_of(calls: Iterable[Call], kinds: Iterable[str] = (KILL, *ERRORS)) -> Iterator[Fault]:
    """Return each fault at each call, and those that stay where a disk that is full would."""
    for call in telling(calls):
        for kind in kinds:
            yield Fault(call, kind)
        if call.name in ("pwrite64", "fdatasync", "ftruncate"):
            for kind in set(kinds) & {"ENOSPC", "EIO"}:
                yield Fault(call, kind, stays=True)


def telling(calls: Iterable[Call]) -> list[Call]:
    """Return the calls that are tried.

    Where one kind of call goes over the same file page by page, more than 48 times, the first four,
    the last four and each eighth between them stand for the others; over a fresh copy, which has no
    name yet, always each eighth.
    """
    every, alike = list(calls), dict[tuple[str, str], list[Call]]()
    for call in every:
        if call.name in PAGEWISE:
            alike.setdefault((call.name, call.file), []).append(call)
    left_out: set[Call] = set()
    for (_, file), group in alike.items():
        fresh = ".part" in file
        ends = 0 if fresh else ENDS
        if fresh or len(group) > MANY:
            between = group[ends : len(group) - ends]
            left_out |= {one for place, one in enumerate(between) if place % STEP}
    return [one for one in every if one not in left_out]


@contextmanager
def trying(operation: Operation, place: Path, *, careless: bool = False) -> Iterator[Trial]:
    """Give a trial of an operation with a program of its own.

    `careless`: the program never waits for the disk.
    """
    with WarmProgram(place / "program", careless=careless) as program:
        yield Trial(operation, program, place)
