"""The story's ring, for real: a window on a private screen, a notification service, a restart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import accept_first_run
from tests.tools.screen import Bus, Screen, end, private_bus, private_screen, wait_until

ROOT = Path(__file__).resolve().parents[1]
PLAN = {
    "kind": "plan",
    "id": "p1",
    "medicine": "infliximab",
    "first": "2026-11-24T09:30",
    "zone": "America/New_York",
    "offsets": [0, 2, 6],
    "every": 8,
    "minutes": 150,
}
RINGS = "2026-11-24T14:29:58+00:00"
"""Two seconds before a reminder that stands on its own."""
RING = "call/2026-11-24T14:30/0"


def run(folder: Path, now: str, *words: str, told: str = "") -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "--data-dir", folder, "--now", now, *words],
        input=told,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def states(folder: Path) -> dict[str, str]:
    listed = run(folder, "2026-11-24T14:40:00+00:00", "list", "reminders", "--to", "2026-11-24")
    return {one["id"]: one["state"] for one in map(json.loads, listed.splitlines())}


def window(screen: Screen, bus: Bus, folder: Path, now: str):
    command = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder), "--now", now]
    program = screen.start(command, env=bus.env)
    screen.wait_for_window("^Caregiver Companion", program)
    return program


@pytest.mark.screen
def test_the_desktop_hears_a_discreet_notice_and_an_answer_ends_it(tmp_path: Path):
    folder = tmp_path / "data"
    person = json.dumps({"kind": "person", "id": "rosa", "name": "Rosa Marín"})
    call = json.dumps(
        {
            "kind": "appointment",
            "id": "call",
            "type": "other",
            "title": "Call about the infliximab results",
            "start": "2026-11-24T14:30",
            "zone": "Etc/UTC",
            "minutes": 10,
            "reminders": [0],
        }
    )
    lines = "\n".join([person, json.dumps(PLAN), call]) + "\n"
    run(folder, "2026-11-24T14:29:00+00:00", "add", told=lines)
    accept_first_run(folder)
    with private_screen() as screen, private_bus(screen) as bus:
        program = window(screen, bus, folder, RINGS)
        # What was due before it was entered comes as one notice; the ring follows on its moment.
        bus.wait_for_notices(1)
        screen.wait_for_window("Care reminders", program)
        wait_until(lambda: states(folder)[RING] == "shown", "the ring on record")
        notices = bus.notices()
        words = " ".join(f"{notice.title} {notice.body}" for notice in notices)
        assert "Care reminder" in words
        for private in ("infliximab", "Rosa", "results", "Infusion"):
            assert private not in words
        end(program)
    said = states(folder)
    assert said[RING] == "shown"
    assert run(folder, "2026-11-24T14:40:00+00:00", "remind") == ""
    assert run(folder, "2026-11-24T14:41:00+00:00", "ack", RING) == f"ACK {RING}\n"
    for entry in {name.split("/")[0].split(":")[0] for name in said} - {"call"}:
        run(folder, "2026-11-24T14:42:00+00:00", "ack", entry)
    with private_screen() as screen, private_bus(screen) as bus:
        program = window(screen, bus, folder, "2026-11-24T14:45:00+00:00")
        assert "Care reminders" not in screen.windows().values()
        assert bus.notices() == []
        end(program)
