"""The program without its window, for real: trays, a login's start, eight starts, the way out."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from tests.programs import accept_first_run
from tests.test_story_on_screen import run
from tests.tools import need, need_programs, some
from tests.tools.screen import Bus, Screen, end, private_bus, private_screen, wait_until

ROOT = Path(__file__).resolve().parents[1]
DEBIANS_PYTHON = "/usr/bin/python3"
TITLE = "Caregiver Companion"
TOLD = "Still watching"
CALL = """{"kind": "appointment", "id": "call", "type": "other", "title": "Call the clinic",
 "start": "2026-11-24T14:30", "zone": "Etc/UTC", "minutes": 10, "reminders": [0]}"""

pytestmark = pytest.mark.screen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    accept_first_run(made)
    return made


@pytest.fixture
def place() -> Iterator[tuple[Screen, Bus]]:
    with private_screen() as screen, private_bus(screen, service=False) as bus:
        yield screen, bus


def start(place: tuple[Screen, Bus], folder: Path, *words: str) -> subprocess.Popen[bytes]:
    screen, bus = place
    command = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder), *words]
    return screen.start(command, env=bus.env)


def titles(screen: Screen) -> set[str]:
    return set(screen.windows().values()) - {"panel"}


def press_away(screen: Screen, title: str) -> None:
    screen.press(screen.wait_for_window(f"^{re.escape(title)}"), "Return")


def is_minimised(screen: Screen, window: str) -> bool:
    return "Iconic" in screen._ask("xprop", "-id", window, "WM_STATE")


class TrayHost:
    """A tray of the StatusNotifierItem kind, as KDE and others have it (tests/tools)."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))

    def told(self) -> str:
        return self._lines.get(timeout=20)

    def tell(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()


@contextmanager
def tray_host(bus: Bus) -> Iterator[TrayHost]:
    need_programs(DEBIANS_PYTHON)
    has_gi = subprocess.run([DEBIANS_PYTHON, "-c", "import gi"], check=False, capture_output=True)
    need(has_gi.returncode == 0, "python3-gi")
    with subprocess.Popen(
        [DEBIANS_PYTHON, str(ROOT / "tests/tools/tray_host.py")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **bus.env},
    ) as process:  # fmt: skip
        try:
            yield TrayHost(process)
        finally:
            process.kill()


def test_with_a_tray_on_the_bus_it_hides_there_and_a_click_brings_it_back(place, folder: Path):
    screen, bus = place
    with tray_host(bus) as host:
        program = start(place, folder)
        window = screen.wait_for_window(TITLE, program)
        icon = host.told()
        host.tell(f"tip {icon}")
        assert host.told() == TITLE
        screen.close_window(window)
        press_away(screen, TOLD)
        wait_until(lambda: not titles(screen), "everything hidden")
        host.tell(f"click {icon}")
        screen.wait_for_window(TITLE, program)
        screen.close_window(window)
        wait_until(lambda: not titles(screen), "hidden, without another word")
        # A start from the menu of the desktop finds it as well.
        assert start(place, folder).wait(30) == 0
        screen.wait_for_window(TITLE, program)
        screen.press(window, "ctrl+q")
        press_away(screen, "Quit")
        assert program.wait(20) == 0
        assert screen.output(program) == ""


@pytest.mark.long
def test_an_old_tray_serves_too_and_when_it_goes_the_window_is_within_reach(place, folder: Path):
    need_programs("trayer")
    screen, _ = place
    bar = "trayer --edge bottom --align right --widthtype request --height 24"
    tray = screen.start(bar.split())
    screen.wait_for_window("^panel$", tray)
    program = start(place, folder, "--background")
    tree = "xwininfo", "-root", "-tree"
    icon = r"0x[0-9a-f]+ \"caregiver-companion\".* 22x22.*\+(\d+)\+(\d+)\n"
    found = wait_until(lambda: re.search(icon, screen._ask(*tree)), "the icon in the tray")
    assert titles(screen) == set(), "it began in the background"
    left, top = (str(int(part) + 8) for part in found.groups())
    screen._ask("xdotool", "mousemove", left, top, "click", "1")
    window = screen.wait_for_window(TITLE, program)
    screen.close_window(window)
    press_away(screen, TOLD)
    wait_until(lambda: not titles(screen), "the window hidden")
    end(tray)
    wait_until(lambda: TITLE in titles(screen), "the window back")
    assert is_minimised(screen, window)
    assert program.poll() is None


def test_without_a_tray_it_is_minimised_and_says_so(place, folder: Path):
    screen, _ = place
    program = start(place, folder)
    window = screen.wait_for_window(TITLE, program)
    screen.close_window(window)
    press_away(screen, TOLD)
    wait_until(lambda: is_minimised(screen, window), "the window minimised")
    assert program.poll() is None
    # Who closes it again at once wants it gone, and is asked.
    screen.close_window(window)
    press_away(screen, "Quit")
    assert program.wait(20) == 0


def test_a_hidden_window_rings(place, folder: Path):
    screen, bus = place
    run(folder, "2026-11-24T14:00:00+00:00", "add", told=CALL.replace("\n", "") + "\n")
    with tray_host(bus) as host:
        program = start(place, folder, "--background", "--now", "2026-11-24T14:29:55+00:00")
        host.told()
        screen.wait_for_window("Care reminders", program)
        assert TITLE not in titles(screen)
        program.send_signal(signal.SIGTERM)
        assert program.wait(20) == 0


@pytest.mark.parametrize("number", some([signal.SIGTERM, signal.SIGHUP], [signal.SIGTERM]))
def test_the_session_ends_it_without_a_question(place, folder: Path, number: int):
    screen, bus = place
    with tray_host(bus) as host:
        program = start(place, folder)
        screen.wait_for_window(TITLE, program)
        host.told()
        program.send_signal(number)
        assert program.wait(20) == 0
        assert screen.output(program) == ""


def test_the_demo_really_ends(place, tmp_path: Path):
    screen, bus = place
    with tray_host(bus):
        program = screen.start([sys.executable, str(ROOT / "main.py"), "--demo"], env=bus.env)
        screen.close_window(screen.wait_for_window(TITLE, program))
        assert program.wait(20) == 0


@pytest.mark.parametrize("fresh", some([True, False], [True]))
def test_eight_starts_at_once_give_one_window(place, tmp_path: Path, folder: Path, fresh: bool):
    screen, _ = place
    programs = [start(place, tmp_path / "new" if fresh else folder) for _ in range(8)]
    wait_until(lambda: sum(one.poll() is not None for one in programs) == 7, "seven to end", 90)
    assert [one.returncode for one in programs if one.returncode is not None] == [0] * 7
    assert [screen.output(one) for one in programs] == [""] * 8
    assert list(screen.windows().values()) == [TITLE]
