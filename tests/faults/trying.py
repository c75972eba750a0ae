"""Runs one operation with one fault after another and judges what each left behind."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from caregiver_app.errors import (
    EXIT_BUSY,
    EXIT_DISK,
    EXIT_OK,
    EXIT_READ_ONLY,
)
from tests.faults.operations import Operation, State
from tests.tools.faults import ERRORS, KILL, Call, Ended, Fault, WarmProgram
from tests.tools.power_loss import OPTIONS, Trace

ALLOWED = frozenset((EXIT_OK, EXIT_BUSY, EXIT_READ_ONLY, EXIT_DISK))
"""How a run whose file call failed may end.

SQLite itself takes a lock that cannot be had for one that is held, and a file that it cannot look
at for one that it may not write.
"""


PAGEWISE = ("pread64", "pwrite64", "fcntl", "newfstatat")


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
        self.data, self.beside = place / "data", place / "beside"
        self._before = place / "before"
        self.beside.mkdir(parents=True)
        operation.prepare(program, self.data, self.beside)
        self.there = self.data.exists()
        if self.there:
            shutil.copytree(self.data, self._before)
        self.states = self._all_states()

    def fresh(self) -> None:
        """Put the folder back to how the operation begins."""
        shutil.rmtree(self.data, ignore_errors=True)
        if self.there:
            shutil.copytree(self._before, self.data)

    def _once(self, typed: str, fault: Fault | None = None) -> Ended:
        op = self.operation
        words = op.words(self.data, self.beside)
        return self._program.run(words, typed=typed, drive=op.drive, fault=fault)

    def _all_states(self) -> list[State]:
        """Return the states in order: untouched, then after each step of a run without a fault."""
        op = self.operation
        if op.answers and not op.drive:
            lines = op.typed.splitlines(keepends=True)
            steps = ["".join(lines[:count]) for count in range(1, len(lines) + 1)]
        else:
            steps = [op.typed]
        found = [op.state(self.data)] if self.there else [()]
        for typed in steps:
            self.fresh()
            ended = self._once(typed)
            assert ended.code == EXIT_OK, ended.err
            found.append(op.state(self.data))
        if op.drive and op.answers:
            found[1:] = self._driven_states()
        self.fresh()
        return found

    def _driven_states(self) -> list[State]:
        op = self.operation
        words = op.words(self.data, self.beside)
        found: list[State] = []
        for count in range(1, len(words) - 1):
            self.fresh()
            assert self._program.run(words[: 2 + count], drive=True).code == EXIT_OK
            found.append(op.state(self.data))
        return found

    def calls(self) -> list[Call]:
        """Return every call of one run that has to do with the data folder or its backups."""
        op = self.operation
        self.fresh()
        words = op.words(self.data, self.beside)
        calls, ended = self._program.calls(words, self.data, typed=op.typed, drive=op.drive)
        assert ended.code == EXIT_OK, ended.err
        return calls

    def traced(self) -> Trace:
        """Return what one run changed on the disk, call by call."""
        op = self.operation
        self.fresh()
        ended = self._program.run(
            op.words(self.data, self.beside), typed=op.typed, drive=op.drive, trace=OPTIONS
        )
        assert ended.code == EXIT_OK, ended.err
        return Trace.read(self._program.log, self.data, self._before if self.there else None)

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
            state = self.operation.state(self.data)
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


def faults_of(calls: Iterable[Call], kinds: Iterable[str] = (KILL, *ERRORS)) -> Iterator[Fault]:
    """Return each fault at each call, and those that stay where a disk that is full would.

    Where one kind of call goes page by page over a fresh copy that has no name yet, each
    eighth of those pages stands for the others.
    """
    alike: Counter[tuple[str, str]] = Counter()
    for call in calls:
        if ".part" in call.told and call.name in PAGEWISE:
            key = (call.name, call.told.split(">", 1)[0])
            alike[key] += 1
            if alike[key] % 8 != 1:
                continue
        for kind in kinds:
            yield Fault(call, kind)
        if call.name in ("pwrite64", "fdatasync", "ftruncate"):
            for kind in set(kinds) & {"ENOSPC", "EIO"}:
                yield Fault(call, kind, stays=True)


@contextmanager
def trying(operation: Operation, place: Path, *, careless: bool = False) -> Iterator[Trial]:
    """Give a trial of an operation with a program of its own.

    `careless`: the program never waits for the disk.
    """
    with WarmProgram(place / "program", careless=careless) as program:
        yield Trial(operation, program, place)
