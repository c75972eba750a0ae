"""Starts the program many times from one interpreter that has read its modules already.

    python tests/tools/warm_program.py [--careless]

Each line of standard input is one start, as JSON: "arguments" for the program's own `main` (or,
with "drive", for `tests.tools.driven`), and the files "typed", "out" and "err". The start is a
process of its own. It stops before its first step, and its number is printed; so somebody can begin
to trace it and then let it go on. When it has ended, how it ended is printed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from caregiver_app.bootstrap import main
from caregiver_app.integrations import sealed
from caregiver_app.storage import connection, database, restoring
from tests.tools import driven

PATIENCE = 0.3
"""Seconds for which a lock is waited for here: a lock call that fails looks like one that is held,
and five seconds for each of them would be hours."""

_CALENDAR = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:warm\r\n\
DTSTAMP:20260101T000000Z\r\nDTSTART:20260401T090000Z\r\nSUMMARY:Warm\r\nEND:VEVENT\r\n\
END:VCALENDAR\r\n"""


def _read_everything(folder: Path) -> None:
    """Let every command run once, so that what they import is there."""
    calendar, copy = folder / "warm.ics", folder / "copy.sqlite3"
    calendar.write_text(_CALENDAR)
    data = folder / "data"
    # What a first start reads late, the second one of the same process has.
    for arguments in (
        ["add"],
        ["import", "--yes", str(calendar)],
        ["list", "notes"],
        ["export", str(folder / "all.jsonl")],
        ["backup", str(copy)],
        ["restore", str(copy)],
        ["backup", str(folder / "locked"), "--passphrase"],
        ["restore", str(folder / "locked")],
        ["check"],
    ):
        main(["--data-dir", str(data), "--now", "2026-03-20T18:04+00:00", *arguments])
    for arguments in driven.rehearsals(data):
        driven.main(arguments)


def _lose_patience() -> None:
    database.open_store.__kwdefaults__["busy_seconds"] = PATIENCE
    for waits in (connection.connect, connection.connect_unchanged, connection.look,
                  restoring._settle):  # fmt: skip
        waits.__defaults__ = (PATIENCE,)


def make_locking_quick() -> None:
    """Make a key of little memory: what it costs to guess one is tested elsewhere."""
    sealed._MEMORY_KIB, sealed._ROUNDS = 64, 1


def _go_without_waiting() -> None:
    """Never wait for the disk: the control run, which has to lose what it acknowledged."""
    connection._WRITE_PRAGMAS = tuple(
        one.replace("synchronous = FULL", "synchronous = OFF") for one in connection._WRITE_PRAGMAS
    )


def _start(told: dict[str, object]) -> None:
    """Become one start of the program; never returns."""
    code = 1
    try:
        for number, name, how in (
            (0, "typed", os.O_RDONLY),
            (1, "out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, "err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            handle = os.open(str(told[name]), how, 0o600)
            os.dup2(handle, number)
            os.close(handle)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        os.kill(os.getpid(), signal.SIGSTOP)
        run = driven.main if told.get("drive") else main
        try:
            code = run([str(one) for one in told["arguments"]])
        except SystemExit as stop:
            code = int(stop.code or 0)
        except BaseException as error:  # noqa: BLE001 - told as a program of its own would
            sys.excepthook(type(error), error, error.__traceback__)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)


def _serve() -> None:
    _lose_patience()
    make_locking_quick()
    if "--careless" in sys.argv:
        _go_without_waiting()
    ask, answer = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(quiet, number)
    with tempfile.TemporaryDirectory(prefix="warm-") as name:
        _read_everything(Path(name))
    answer.write("ready\n")
    answer.flush()
    for line in ask:
        told = json.loads(line)
        child = os.fork()
        if not child:
            _start(told)
        os.waitpid(child, os.WUNTRACED)
        answer.write(f"{child}\n")
        answer.flush()
        _, status = os.waitpid(child, 0)
        answer.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answer.flush()


if __name__ == "__main__":
    _serve()
