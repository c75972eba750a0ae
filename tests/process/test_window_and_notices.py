"""The real window with a real notification service, without one, and killed in between."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Answer
from tests.process.rung import DAY, ENTERED, answers, clock_at, pill
from tests.programs import Program, accept_first_run
from tests.tools import some
from tests.tools.fake_time import command
from tests.tools.screen import Bus, Screen, end, private_bus, private_screen, wait_until

PANEL, WINDOW = "Care reminders", "Caregiver Companion"
WAKES = 60.0
"""Seconds after waking within which what fell due meanwhile is said."""
pytestmark = pytest.mark.screen


@pytest.fixture
def data(program: Program) -> Path:
    """Two tablets, at eight and at ten, and the first steps left behind."""
    program.add(pill("eight", f"{DAY}T08:00"), pill("ten", f"{DAY}T10:00"), now=ENTERED)
    accept_first_run(program.folder)
    return program.folder


@pytest.fixture
def screen() -> Iterator[Screen]:
    with private_screen() as made:
        yield made


def recorded(data: Path) -> dict[str, Answer]:
    """What is on record of each entry."""
    return {one.entry: one for one in answers(data).values()}


def wait_for_record(data: Path, *entries: str) -> None:
    wait_until(lambda: set(entries) <= recorded(data).keys(), f"{entries} on record")


def test_the_window_says_it_once_whatever_is_started_again(data: Path, screen: Screen):
    with private_bus(screen) as bus:
        env = {**bus.env, "TZ": "UTC"}
        nine = command(data, "--now", f"{DAY}T09:00")
        program = screen.start(nine, env=env)
        screen.wait_for_window(PANEL, program)
        (first,) = bus.wait_for_notices(1)
        assert first.title == "Care reminder"
        assert "8:00" in first.body, "a late notice says when it was due"
        wait_for_record(data, "eight")
        end(program)
        again = screen.start(nine, env=env)
        screen.wait_for_window(PANEL, again)
        end(again)
        assert len(bus.notices()) == 1, "what waits is shown again, and not said again"
        assert "Traceback" not in screen.output(program) + screen.output(again)


@pytest.mark.long
def test_what_fell_due_in_sleep_is_said_within_a_minute(data: Path, screen: Screen, tmp_path: Path):
    clock = clock_at(tmp_path, f"{DAY}T09:00", speed=1.0)
    with private_bus(screen) as bus:
        program = screen.start(command(data), env={**bus.env, **clock.env()})
        wait_for_record(data, "eight")
        program.send_signal(signal.SIGSTOP)
        clock.set(f"{DAY}T13:00+00:00")
        program.send_signal(signal.SIGCONT)
        second = bus.wait_for_notices(2, timeout=WAKES)[1]
        wait_for_record(data, "ten")
        assert "10:00" in second.body, "a late notice says when it was due"
        end(program)


def no_bus(_: Path, __: Bus | None) -> dict[str, str]:
    return {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}


def dead_bus(folder: Path, _: Bus | None) -> dict[str, str]:
    return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/nobody"}


def no_service(_: Path, bus: Bus | None) -> dict[str, str]:
    return {} if bus is None else bus.env


def no_programs(folder: Path, bus: Bus | None) -> dict[str, str]:
    empty = folder / "bin"
    empty.mkdir()
    return {"PATH": str(empty), **no_service(folder, bus)}


@pytest.mark.parametrize("without", some([no_bus, dead_bus, no_service, no_programs], [no_service]))
def test_without_a_way_to_the_desktop_the_panel_comes_and_it_is_on_record(
    data: Path, screen: Screen, tmp_path: Path, without
):
    clock = clock_at(tmp_path, f"{DAY}T09:00", speed=1.0)
    with private_bus(None, service=False) as bus:
        env = {**clock.env(), **without(tmp_path, bus)}
        program = screen.start(command(data), env=env)
        screen.wait_for_window(PANEL, program)
        wait_for_record(data, "eight")
        assert recorded(data)["eight"].state == "shown"
        assert "no_service" in recorded(data)["eight"].delivery
        assert "Traceback" not in screen.output(program)
        end(program)


# A way to the desktop on which every notice is on its way for ever.
HANGS = """
import os, sys, threading
from caregiver_app.integrations.notify import DesktopNotifier
def send_async(self, *arguments, **more):
    print("on its way", flush=True)
DesktopNotifier.send_async = send_async
from caregiver_app.bootstrap import main
sys.exit(main(sys.argv[1:]))
"""


def test_killed_between_showing_and_recording_it_is_shown_again(
    data: Path, screen: Screen, tmp_path: Path
):
    clock = clock_at(tmp_path, f"{DAY}T09:00", speed=1.0)
    hanging = [sys.executable, "-c", HANGS, "--data-dir", str(data)]
    root = {"PYTHONPATH": str(Path(command(data)[1]).parent)}
    with private_bus(screen) as bus:
        killed = screen.start(hanging, env={**bus.env, **clock.env(), **root})
        screen.wait_for_window(PANEL, killed)
        wait_until(lambda: "on its way" in screen.output(killed), "the notice on its way")
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait(20)
        assert recorded(data) == {}
        program = screen.start(command(data), env={**bus.env, **clock.env()})
        screen.wait_for_window(PANEL, program)
        (notice,) = bus.wait_for_notices(1)
        assert "8:00" in notice.body
        wait_for_record(data, "eight")
        end(program)


@pytest.mark.long
def test_eight_starts_make_one_window_that_rings_once(data: Path, screen: Screen):
    with private_bus(screen) as bus:
        env = {**bus.env, "TZ": "UTC"}
        nine = command(data, "--now", f"{DAY}T09:00")
        started = [screen.start(nine, env=env) for _ in range(8)]
        screen.wait_for_window(PANEL)
        wait_until(
            lambda: sum(one.poll() is not None for one in started) == 7, "seven that end", 60
        )
        (left,) = [one for one in started if one.poll() is None]
        said = "".join(screen.output(one) for one in started)
        assert ([one.returncode for one in started if one is not left], said) == ([0] * 7, "")
        wait_for_record(data, "eight")
        assert sorted(screen.windows().values()) == [PANEL, WINDOW]
        assert len(bus.notices()) == 1
        end(left)


def test_beside_a_window_the_command_line_is_held(data: Path, screen: Screen, program: Program):
    with private_bus(screen) as bus:
        nine = command(data, "--now", f"{DAY}T09:00")
        window = screen.start(nine, env={**bus.env, "TZ": "UTC"})
        screen.wait_for_window(PANEL, window)
        wait_for_record(data, "eight")
        for more in ((), ("--follow",)):
            assert program("remind", *more, now=f"{DAY}T11:00").out == ["HELD"]
        end(window)
    assert program("remind", now=f"{DAY}T11:00").out == [f"SHOW ten/{DAY}T10:00/0"]


def test_what_is_answered_beside_the_window_leaves_its_panel(
    data: Path, screen: Screen, program: Program
):
    with private_bus(screen) as bus:
        nine = command(data, "--now", f"{DAY}T09:00")
        window = screen.start(nine, env={**bus.env, "TZ": "UTC"})
        screen.wait_for_window(PANEL, window)
        wait_for_record(data, "eight")
        told = program("ack", "eight", now=f"{DAY}T09:01").out
        assert told == [f"ACK eight/{DAY}T08:00/0"]
        wait_until(
            lambda: PANEL not in screen.windows().values(), "the panel gone: it is answered", 20
        )
        end(window)
    assert program("remind", now=f"{DAY}T09:30").out == []
