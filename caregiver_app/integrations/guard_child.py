"""The child process that reads a calendar file for the program: little memory, little time.

Reads the file's bytes on standard input and answers JSON lines on standard output: `at` a line that
was reached, `event` and `skipped`, at the end `done`, or `refused` with a message key.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Final

from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import to_json
from caregiver_app.integrations.lines import LARGEST_FILE
from caregiver_app.integrations.reader import read_calendar

MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space; 30 seconds of work."""
SECONDS: Final = 30


def limit() -> None:
    """Take from this process what no calendar file needs: much memory, time and new files."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say(**told: object) -> None:
    """Write one line of the answer."""
    sys.stdout.write(json.dumps(told, ensure_ascii=True) + "\n")


def reached(line: int) -> None:
    """Tell which line of the file was reached."""
    say(at=line)
    sys.stdout.flush()


def main() -> int:
    """Read the file on standard input; return the exit code."""
    os.umask(0o077)
    limit()
    try:
        read = read_calendar(sys.stdin.buffer.read(LARGEST_FILE + 1), reached)
    except InputRefused as refused:
        say(refused=refused.key, values={k: str(v) for k, v in refused.values.items()})
        return 0
    except (MemoryError, RecursionError):
        say(refused="import.too_much", values={})
        return 0
    for event in read.events:
        say(event=to_json(event))
    for skipped in read.skipped:
        say(skipped=to_json(skipped))
    say(done=True, name=read.name, dropped=read.dropped)
    return 0
