"""The command line says, lists and answers reminders of what is no appointment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.factories import NEW_YORK, line, plan_line
from tests.programs import Program


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    made = Program(tmp_path / "data", capsys, monkeypatch)
    told = made.add(
        line("authorisation", id="au", last="2026-12-31", insurer="Harbour Health"),
        line("assistance", id="as", name="Fund", last="2026-12-31"),
        line("call", id="c", date="2026-11-20", with_whom="Ann", again="2026-12-01"),
        now="2026-11-21T10:00",
    )
    assert told.out == ["ACK au", "ACK as", "ACK c"]
    return made


def listed(program: Program, now: str) -> dict[str, str]:
    told = program("list", "reminders", now=now)
    return {one["id"]: one["state"] for one in map(json.loads, told.out)}


def test_they_are_said_listed_and_answered(program: Program):
    assert program("remind", now="2026-12-01T07:59").out == []
    now = "2026-12-01T08:00"
    assert program("remind", now=now).out == [
        "SHOW au/2026-12-31/43200", "DIGEST 2 as/2026-12-31/43200 c/2026-12-01/0",
    ]  # fmt: skip
    assert program("remind", now=now).out == []
    assert listed(program, now) == {
        "au/2026-12-31/43200": "shown", "as/2026-12-31/43200": "shown", "c/2026-12-01/0": "shown",
        "au/2026-12-31/20160": "waiting", "as/2026-12-31/20160": "waiting",
    }  # fmt: skip
    assert program("ack", "au/2026-12-31/43200", now=now).code == 0
    assert program("ack", "c", now=now).code == 0
    assert program("ack", "as", "--later", "60", now=now).code == 0
    assert program("remind", now="2026-12-01T09:00").out == ["DIGEST 1 as/2026-12-31/43200"]
    states = listed(program, "2026-12-01T09:00")
    assert (states["au/2026-12-31/43200"], states["c/2026-12-01/0"]) == ("done", "done")
    assert program("ack", "nothing/2026-12-31/43200", now=now).code == 20


def test_a_later_approval_silences_the_first(program: Program):
    program.add(line("authorisation", id="next", last="2027-12-31"), now="2026-11-22T10:00")
    assert "au/2026-12-31/43200" not in listed(program, "2026-11-22T10:00")
    told = program("remind", now="2026-12-01T08:00").out
    assert told == ["DIGEST 2 as/2026-12-31/43200 c/2026-12-01/0"]


def test_a_visit_without_a_part_says_nothing_of_it(program: Program):
    program.add(plan_line(off=["bag", "lab"], first="2026-12-15T09:30"), now="2026-11-21T10:00")
    said = " ".join(listed(program, "2026-11-21T10:00"))
    assert ":inf3/" in said
    assert ":papers/" not in said
    assert ":lab3/" not in said
