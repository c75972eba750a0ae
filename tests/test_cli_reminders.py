"""`remind`, `ack` and `list reminders` follow what the family chose about ringing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caregiver_app.services.reminder_turn import ReminderTurn
from tests.factories import NEW_YORK, line, pills
from tests.programs import Program, due_at

PILL = "pills/2026-11-24T08:00/0"


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    return Program(tmp_path / "data", capsys, monkeypatch)


def setting(name: str, value: str) -> str:
    return line("setting", id=name, value=value)


def passes(program: Program, *minutes: int) -> list[list[str]]:
    """One pass at each of these minutes after eight."""
    return [program("remind", now=f"2026-11-24T08:{minute:02}").out for minute in minutes]


def test_a_repeat_is_printed_again_and_no_more_than_chosen(program: Program):
    program.add(
        setting("repeat_minutes", "10"), setting("repeat_most", "3"),
        pills(start="2026-11-24T08:00", rrule=""), due_at(start="2026-11-24T10:00"),
    )  # fmt: skip
    ring = "SHOW a1/2026-11-24T10:00/120"
    told = passes(program, 0, 1, 9, 10, 11, 25, 40, 55)
    pill = [f"SHOW {PILL}"]
    assert [sorted(one) for one in told] == [
        sorted([*pill, ring]),
        [],
        [],
        pill,
        [],
        pill,
        pill,
        [],
    ]
    (listed,) = [json.loads(one) for one in program("list", "reminders").out if '"pills' in one]
    assert (listed["state"], listed["said"]) == ("shown", 4)


def test_an_answer_ends_it(program: Program):
    program.add(setting("repeat_minutes", "5"), pills(start="2026-11-24T08:00", rrule=""))
    assert passes(program, 0, 5) == [[f"SHOW {PILL}"]] * 2
    assert program("ack", PILL, now="2026-11-24T08:06").out == [f"ACK {PILL}"]
    assert passes(program, 10, 20) == [[], []]


def test_it_is_off_by_default(program: Program):
    program.add(pills(start="2026-11-24T08:00", rrule=""))
    assert passes(program, 0, 5, 30, 59) == [[f"SHOW {PILL}"], [], [], []]


def test_quiet_hours_hold_what_can_wait(program: Program):
    program.add(
        setting("quiet_first", "07:00"), setting("quiet_last", "09:00"),
        pills(start="2026-11-24T08:00", rrule=""), due_at(start="2026-11-24T10:00"),
    )  # fmt: skip
    assert passes(program, 0, 30) == [[f"SHOW {PILL}"], []]
    states = [json.loads(one)["state"] for one in program("list", "reminders").out]
    assert sorted(states) == ["shown", "waiting"]
    assert program("remind", now="2026-11-24T09:00").out == ["SHOW a1/2026-11-24T10:00/120"]


def test_usual_lead_times_are_listed_and_followed(program: Program):
    program.add(
        line("appointment", id="a1", type="lab", title="Lab", start="2026-11-24T09:30",
             zone=NEW_YORK),
        setting("leads.lab", "75"),
    )  # fmt: skip
    (listed,) = [json.loads(one) for one in program("list", "appointments").out]
    assert listed["reminders"] == [75]
    assert passes(program, 14, 15) == [[], ["SHOW a1/2026-11-24T09:30/75"]]


def test_while_another_program_is_saying_it_nothing_is_printed(
    program: Program, monkeypatch: pytest.MonkeyPatch
):
    program.add(pills(start="2026-11-24T08:00", rrule=""))
    with monkeypatch.context() as patched:
        patched.setattr(ReminderTurn, "take", lambda _turn, _holder: False)
        told = program("remind", now="2026-11-24T08:00")
        assert (told.code, told.out, told.err) == (0, [], [])
    assert passes(program, 0) == [[f"SHOW {PILL}"]], "it is said at the next pass"
