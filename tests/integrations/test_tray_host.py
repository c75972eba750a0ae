"""Whether a desktop has a tray is told by those who show it, asked anew each time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caregiver_app.integrations import tray_host
from caregiver_app.integrations.tray_host import tray_is_there
from tests.test_background_on_screen import tray_host as running_host
from tests.tools import need_programs
from tests.tools.screen import private_bus, private_screen

ROOT = Path(__file__).resolve().parents[2]
ASK = "from caregiver_app.integrations.tray_host import tray_is_there; print(tray_is_there())"


def told(**env: str) -> bool:
    """What a program of its own is told: a bus is asked once for the life of a process."""
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env={**os.environ, **env}, capture_output=True,
        text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout == "True\n"


def test_without_a_bus_and_a_screen_there_is_none():
    assert not told(DBUS_SESSION_BUS_ADDRESS="")
    assert not told(DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere/bus", DISPLAY=":9999")


def test_on_the_bus_it_is_there_once_somebody_shows_icons():
    with private_bus(None, service=False) as bus:
        assert not told(**bus.env)
        with running_host(bus):
            assert _soon(bus.env)


def _soon(env: dict[str, str]) -> bool:
    """Ask until the host that was just started is there."""
    return any(told(**env) for _ in range(20))


@pytest.mark.screen
def test_on_an_x_screen_it_is_there_once_a_tray_stands_on_it():
    need_programs("trayer")
    with private_screen() as screen:
        assert not told(DISPLAY=screen.display, DBUS_SESSION_BUS_ADDRESS="")
        tray = screen.start(["trayer"])
        screen.wait_for_window("^panel$", tray)
        assert told(DISPLAY=screen.display, DBUS_SESSION_BUS_ADDRESS="")


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_always_have_one(system: str, monkeypatch):
    monkeypatch.setattr(tray_host, "_on_the_bus", lambda: pytest.fail("asked"))
    assert tray_is_there(system)


def test_without_the_x_library_there_is_no_tray_on_the_screen(monkeypatch):
    def gone(_name: str) -> None:
        raise OSError

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(tray_host.ctypes, "CDLL", gone)
    assert not tray_is_there("linux")
