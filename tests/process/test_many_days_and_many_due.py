"""The window for a week without a restart, and 5,000 reminders that nobody was there for."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.process.rung import ENTERED, answers, clock_at, many_overdue, passed, pill
from tests.programs import Program, accept_first_run
from tests.tools.fake_time import command
from tests.tools.screen import end, private_bus, private_screen, wait_until

MANY = 5_000
HOURS = ("08:00", "14:00", "20:00")
FIRST = date(2026, 3, 2)
WEEK = 7
SPEED = 1_500.0
GROWTH_KB = 2_048
"""What the window may grow from its second day to its seventh."""

pytestmark = pytest.mark.long


def resident_kb(process: subprocess.Popen[bytes]) -> int:
    told = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    assert found is not None
    return int(found[1])


def test_a_week_misses_nothing_and_does_not_grow(program: Program, tmp_path: Path):
    """Every day three tablets are due and answered, and the calendar changes."""
    program.add(
        *(pill(f"at{hour[:2]}", f"{FIRST}T{hour}", rrule="FREQ=DAILY;COUNT=8") for hour in HOURS),
        now=ENTERED,
    )
    accept_first_run(program.folder)
    clock = clock_at(tmp_path, f"{FIRST}T07:30", speed=SPEED)
    # The window's own timers have to be as quick as its clock.
    quick = {**clock.env(), "FAKETIME_DONT_FAKE_MONOTONIC": "0", "QT_QPA_PLATFORM": "offscreen"}
    with (tmp_path / "said").open("wb") as said:
        window = subprocess.Popen(
            command(program.folder), env={**os.environ, **quick},
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
    grown: dict[int, int] = {}
    try:
        for number in range(WEEK):
            day = FIRST + timedelta(days=number)
            for hour in HOURS:
                wanted = f"at{hour[:2]}/{day}T{hour}/0"
                wait_until(
                    lambda wanted=wanted: wanted in answers(program.folder), wanted, 300, 0.2
                )
                program("ack", wanted, now=f"{day}T{hour}:30")
            program.add(pill(f"more{number}", f"{day}T21:00"), now=f"{day}T20:01")
            if number:
                program("ack", f"more{number - 1}", now=f"{day}T20:02")
            grown[number + 1] = resident_kb(window)
    finally:
        end(window)
    assert "Traceback" not in (tmp_path / "said").read_text(encoding="utf-8")
    print("resident at the end of each day, in kB:", grown)
    assert grown[WEEK] - grown[2] < GROWTH_KB, grown
    found = answers(program.folder).values()
    assert sum(one.entry.startswith("at") for one in found) >= WEEK * len(HOURS)
    assert max(one.said for one in found) == 1, "none was said twice"


def test_five_thousand_are_one_notice_and_all_are_listed(program: Program, tmp_path: Path):
    many_overdue(program.folder, MANY)
    accept_first_run(program.folder)
    with private_screen() as screen, private_bus(screen) as bus:
        at = command(program.folder, "--now", "2026-03-20T09:00")
        window = screen.start(at, env={**bus.env, "TZ": "UTC"})
        screen.wait_for_window("Care reminders", window)
        (notice,) = bus.wait_for_notices(1)
        assert f"{MANY}" in re.sub(r"\D", "", notice.body)
        wait_until(lambda: len(answers(program.folder)) == MANY, "all of them on record", 60)
        end(window)
        assert len(bus.notices()) == 1
        assert screen.output(window) == ""
    listed = [json.loads(one) for one in program("list", "reminders", now="2026-03-20T09:01").out]
    assert len(listed) == MANY
    assert {one["state"] for one in listed} == {"shown"}
    assert passed(program.folder, "2026-03-20T09:30") == []
