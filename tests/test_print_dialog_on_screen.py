"""The print dialog may ask a print service, but only one on this computer: traced for real."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from caregiver_app.gui.window_title import NEUTRAL, TITLE
from tests.factories import line
from tests.lived import DAY_3, Home
from tests.programs import ROOT
from tests.tools import need_programs
from tests.tools.print_queue import print_queue
from tests.tools.screen import Bus, Screen, private_bus, private_screen, wait_until

pytestmark = pytest.mark.screen

_ADDRESS = re.compile(r"sa_family=AF_INET6?,.*?(?:inet_addr\(\"([^\"]+)\"\)|\"([0-9a-fA-F:.]+)\")")
_HERE = re.compile(r"127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+")
PROGRAM = """if True:
    import sys
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from caregiver_app.gui.preview_sheet import PreviewSheet
    from caregiver_app import bootstrap
    from caregiver_app.gui import app

    def look():
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and isinstance(one, PreviewSheet) and not seen:
                seen.append(one)
                sys.stderr.write("PREVIEW OPEN\\n")
            if one.isVisible() and one.metaObject().className() == "QPrintDialog":
                sys.stderr.write("DIALOG OPEN\\n")
                timer.stop()

    seen = []
    application = app.application()
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(100)
    sys.exit(bootstrap.main(sys.argv[1:]))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "data", DAY_3)
    made.plan(line("setting", id="emergency_number", value="999"))
    return made


@pytest.fixture
def room() -> Iterator[tuple[Screen, Bus]]:
    with ExitStack() as stack:
        screen = stack.enter_context(private_screen())
        yield screen, stack.enter_context(private_bus(screen))


def elsewhere(calls: str) -> list[str]:
    """Return the calls with an internet address that is not this computer's."""
    found: list[str] = []
    for one in calls.splitlines():
        if "sa_family=AF_INET" not in one:
            continue
        addresses = [part for pair in _ADDRESS.findall(one) for part in pair if part]
        if not addresses or not all(_HERE.fullmatch(each) for each in addresses):
            found.append(one)
    return found


V4 = 'connect(9, {sa_family=AF_INET, sin_port=htons(631), sin_addr=inet_addr("%s")}, 16) = 0'
V6 = 'connect(9, {sa_family=AF_INET6, sin6_port=htons(631), inet_pton(AF_INET6, "%s", &a)}, 28) = 0'


@pytest.mark.parametrize(
    ("call", "is_away"),
    [
        (V4 % "127.0.0.1", False),
        (V4 % "192.0.2.7", True),
        (V6 % "::1", False),
        (V6 % "2001:db8::1", True),
        ('connect(9, {sa_family=AF_UNIX, sun_path="/run/cups/cups.sock"}, 22) = -1', False),
    ],
)
def test_an_address_elsewhere_would_be_seen(call: str, is_away: bool) -> None:
    assert len(elsewhere(call)) == is_away


@pytest.mark.long
def test_the_dialog_asks_nobody_but_this_computer(
    home: Home, room: tuple[Screen, Bus], tmp_path: Path
) -> None:
    need_programs("strace")
    screen, bus = room
    log = tmp_path / "calls"
    with print_queue() as queue:
        program = screen.start(
            ["strace", "-f", "-qq", "-s", "200", "-o", log, "-e", "trace=network",
             sys.executable, "-c", PROGRAM, *map(str, home.command()[2:])],
            env={**bus.env, **queue.env}, cwd=ROOT,
        )  # fmt: skip
        window = screen.wait_for_window("^Caregiver Companion", program, timeout=90)
        screen.press(window, "ctrl+4")
        screen.press(window, "ctrl+p")
        wait_until(lambda: "PREVIEW OPEN" in screen.output(program), "the preview", 60)
        screen.press(screen.active_window(), "ctrl+Return")
        wait_until(lambda: "DIALOG OPEN" in screen.output(program), "the print dialog", 60)
        calls = log.read_text(errors="replace")
    assert "AF_UNIX" in calls, "the trace sees calls at all"
    assert elsewhere(calls) == []


def test_a_neutral_title_is_neutral_in_the_windows_class_too(
    home: Home, room: tuple[Screen, Bus]
) -> None:
    home.plan(line("setting", id=TITLE, value=NEUTRAL))
    screen, bus = room
    program = screen.start(home.command(), env=bus.env)
    window = screen.wait_for_window("^Notes$", program, timeout=60)
    told = screen._ask("xprop", "-id", window)
    assert 'WM_CLASS(STRING) = "notes", "notes"' in told
    assert "aregiver" not in "".join(
        one for one in told.splitlines(keepends=True) if not one.startswith("WM_CLIENT_MACHINE")
    )
