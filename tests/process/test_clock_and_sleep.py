"""A real process whose clock jumps: asleep over a due moment, set back, forward and back again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.process.rung import DAY, ENTERED, clock_at, passed, pill, shown
from tests.programs import Program, Told
from tests.tools.fake_time import following

WOKEN = datetime(2026, 3, 20, 8, 50, tzinfo=UTC)


@pytest.fixture
def day(program: Program) -> Program:
    program.add(
        pill("eight", f"{DAY}T08:00"),
        pill("nine", f"{DAY}T09:00"),
        pill("ten", f"{DAY}T10:00"),
        now=ENTERED,
    )
    return program


def test_what_fell_due_while_nothing_ran_is_said_at_the_start(day: Program, tmp_path: Path):
    with following(day.folder, clock_at(tmp_path, f"{DAY}T08:59:30")) as program:
        assert program.said_up_to("nine") == ["eight", "nine"]
        assert program.stop() == 0
        assert program.complaints == ""
    with following(day.folder, clock_at(tmp_path, f"{DAY}T09:59:30")) as program:
        assert program.said_up_to("ten") == ["ten"], "what was said is not said at the next start"
    assert len(shown(day.folder)) == 3


def test_asleep_over_two_due_moments(day: Program, tmp_path: Path):
    clock = clock_at(tmp_path, f"{DAY}T07:59:30")
    with following(day.folder, clock) as program:
        program.said_up_to("eight")
        program.sleep(clock, f"{DAY}T10:07+00:00")
        assert program.said_up_to("ten") == ["eight", "nine", "ten"]
        day.add(pill("last", f"{DAY}T10:09"), now=ENTERED)
        assert program.said_up_to("last") == ["eight", "nine", "ten", "last"]
    assert shown(day.folder)["nine"] >= datetime(2026, 3, 20, 10, 7, tzinfo=UTC)


@pytest.mark.long
def test_asleep_over_one_again_and_again(day: Program, tmp_path: Path):
    clock = clock_at(tmp_path, f"{DAY}T07:00")
    with following(day.folder, clock) as program:
        for wake, said in (("08:30", "eight"), ("09:30", "nine"), ("10:30", "ten")):
            program.sleep(clock, f"{DAY}T{wake}+00:00")
            program.said_up_to(said)
        assert program.said_up_to("ten") == ["eight", "nine", "ten"]


def test_set_back_after_it_was_said(day: Program, tmp_path: Path):
    clock = clock_at(tmp_path, f"{DAY}T07:59:30")
    with following(day.folder, clock) as program:
        program.said_up_to("eight")
        clock.set(f"{DAY}T07:58+00:00")
        day.add(pill("between", f"{DAY}T08:02"), now=ENTERED)
        assert program.said_up_to("between") == ["eight", "between"]
        clock.set(f"{DAY}T08:59:30+00:00")
        assert program.said_up_to("nine") == ["eight", "between", "nine"]


@pytest.mark.long
def test_forward_over_it_and_back_again(day: Program, tmp_path: Path):
    clock = clock_at(tmp_path, f"{DAY}T07:30")
    with following(day.folder, clock) as program:
        clock.set(f"{DAY}T09:05+00:00")
        assert program.said_up_to("nine") == ["eight", "nine"]
        clock.set(f"{DAY}T07:59:30+00:00")
        day.add(pill("between", f"{DAY}T08:01"), now=ENTERED)
        assert program.said_up_to("between") == ["eight", "nine", "between"]
        clock.set(f"{DAY}T09:59:30+00:00")
        assert program.said_up_to("ten") == ["eight", "nine", "between", "ten"]


@pytest.mark.long
def test_a_year_ahead_and_back_loses_nothing(day: Program, tmp_path: Path):
    """An empty battery, a wrong year: what was said then is said, and nothing else is lost."""
    clock = clock_at(tmp_path, "2027-03-20T07:30")
    with following(day.folder, clock) as program:
        assert program.said_up_to("ten") == ["eight", "nine", "ten"]
        clock.set(f"{DAY}T07:59:30+00:00")
        day.add(pill("real", f"{DAY}T08:01"), now=ENTERED)
        assert program.said_up_to("real") == ["eight", "nine", "ten", "real"]


def test_a_clock_that_stood_in_1970_is_set_right(day: Program, tmp_path: Path):
    clock = clock_at(tmp_path, "1970-01-01T00:00:10")
    with following(day.folder, clock) as program:
        program.sleep(clock, f"{DAY}T10:00+00:00")
        assert program.said_up_to("ten") == ["eight", "nine", "ten"]


def test_an_answer_holds_whatever_the_clock_does(day: Program, tmp_path: Path):
    with following(day.folder, clock_at(tmp_path, f"{DAY}T08:01")) as program:
        assert program.said_up_to("eight") == ["eight"]
        told = day("ack", "eight", now=f"{DAY}T08:02+00:00")
        assert told == Told(0, [f"ACK {program.said[0]}"], [])
        program.kill()
    later = [f"{DAY}T07:59", f"{DAY}T08:59", "2025-01-01T00:00", f"{DAY}T08:00", f"{DAY}T10:00"]
    said = [passed(day.folder, instant) for instant in later]
    assert said == [[], [], [], [], ["nine", "ten"]]


def test_later_survives_a_restart_sleep_and_a_clock_set_back(day: Program, tmp_path: Path):
    with following(day.folder, clock_at(tmp_path, f"{DAY}T08:00:10")) as program:
        program.said_up_to("eight")
    day("ack", "eight", "--later", "30", now=f"{DAY}T08:05+00:00")
    clock = clock_at(tmp_path, f"{DAY}T08:20")
    with following(day.folder, clock) as program:
        clock.set(f"{DAY}T08:10+00:00")
        program.sleep(clock, f"{DAY}T08:50+00:00")
        assert program.said_up_to("eight") == ["eight"]
        program.wait(lambda: shown(day.folder)["eight"] >= WOKEN, "the record")
        clock.set(f"{DAY}T08:34+00:00")
        program.sleep(clock, f"{DAY}T08:59:30+00:00")
        assert program.said_up_to("nine") == ["eight", "nine"]


@pytest.mark.long
def test_after_waking_it_takes_less_than_a_minute(day: Program, tmp_path: Path):
    """By the program's own clock, which is slow enough here for a busy machine."""
    clock = clock_at(tmp_path, f"{DAY}T07:30", speed=8.0)
    with following(day.folder, clock) as program:
        for wake, entry in (("08:30", "eight"), ("09:45", "nine"), ("10:00", "ten")):
            program.sleep(clock, f"{DAY}T{wake}+00:00")
            program.said_up_to(entry)
            program.wait(lambda entry=entry: entry in shown(day.folder), "the record")
            late = shown(day.folder)[entry] - datetime.fromisoformat(f"{DAY}T{wake}+00:00")
            assert late < timedelta(seconds=60)
