"""The reminder window on a real screen: above all others, and nobody's typing is lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import accept_first_run
from tests.tools import some
from tests.tools.screen import Screen, private_bus, private_screen, wait_until

ROOT = Path(__file__).resolve().parents[2]
ENTERED = "2026-11-24T14:00:00+00:00"
STARTS = "2026-11-24T14:29:52+00:00"
"""Some seconds before the reminder rings."""

TYPER = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QPlainTextEdit
app = QApplication([])
page = QPlainTextEdit()
page.setWindowTitle("A letter")
page.textChanged.connect(lambda: Path(sys.argv[1]).write_text(page.toPlainText()))
page.resize(700, 500)
page.show()
app.exec()
"""


def family(folder: Path) -> None:
    """Rosa, with a reminder that stands on its own at 14:30."""
    person = {"kind": "person", "id": "rosa", "name": "Rosa Marín"}
    call = {"kind": "appointment", "id": "call", "type": "other", "title": "Call the clinic",
            "start": "2026-11-24T14:30", "zone": "Etc/UTC", "minutes": 10,
            "reminders": [0]}  # fmt: skip
    lines = "\n".join(map(json.dumps, (person, call))) + "\n"
    command = [sys.executable, ROOT / "main.py", "--data-dir", folder, "--now", ENTERED, "add"]
    subprocess.run(command, input=lines, text=True, check=True, capture_output=True, timeout=60)
    accept_first_run(folder)


def asked(screen: Screen, *command: str) -> str:
    done = subprocess.run(
        command, env=screen.env, capture_output=True, text=True, check=False, timeout=20
    )
    return done.stdout


def box(screen: Screen, window: str) -> tuple[int, int, int, int]:
    said = asked(screen, "xdotool", "getwindowgeometry", "--shell", str(int(window, 16)))
    found = dict(re.findall(r"(\w+)=(-?\d+)", said))
    return int(found["X"]), int(found["Y"]), int(found["WIDTH"]), int(found["HEIGHT"])


@pytest.mark.screen
@pytest.mark.parametrize("size", some(["1280x900", "1024x600"], ["1024x600"]))
def test_typing_in_another_window_goes_on_and_the_panel_lies_above(tmp_path: Path, size: str):
    folder, letter = tmp_path / "data", tmp_path / "letter"
    family(folder)
    with private_screen(size) as screen, private_bus(screen) as bus:
        command = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder)]
        program = screen.start([*command, "--now", STARTS], env=bus.env)
        screen.wait_for_window("^Caregiver Companion", program)
        typer = screen.start([sys.executable, "-c", TYPER, str(letter)])
        page = screen.wait_for_window("A letter", typer)
        asked(screen, "xdotool", "windowactivate", "--sync", str(int(page, 16)))
        typed, after = "", 3

        def type_on() -> bool:
            nonlocal typed, after
            typed += "dear sister "
            asked(screen, "xdotool", "type", "--delay", "8", "dear sister ")
            after -= "Care reminders" in screen.windows().values()
            return after <= 0

        wait_until(type_on, "the reminder to come up, and some more words")
        assert screen.active_window() == page
        wait_until(lambda: letter.read_text() == typed, "every letter to arrive")
        panel = next(key for key, name in screen.windows().items() if name == "Care reminders")
        assert "_NET_WM_STATE_ABOVE" in asked(screen, "xprop", "-id", panel, "_NET_WM_STATE")
        left, top, wide, tall = box(screen, panel)
        width, height = map(int, size.split("x"))
        assert left + wide <= width
        assert top + tall <= height
        assert left > width // 2 - 60, "at the right"
        assert top + tall > height - 60, "at the bottom"
        stacked = asked(screen, "xprop", "-root", "_NET_CLIENT_LIST_STACKING")
        assert re.findall(r"0x[0-9a-f]+", stacked)[-1] == panel, "above all others"
        assert "Traceback" not in screen.output(program)
