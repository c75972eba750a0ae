"""The program as an ordinary user runs it, wherever the tests run: without a root's rights.

    told = run(folder, [["list", "notes"], ["add"]], typed="...")

Root may write to every folder. Its process gives all its rights away before the program begins
(Debian: util-linux), so that it is refused what anybody would be refused; an ordinary user's
process has none to give. One process runs all the commands, each as if started anew.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tools import need_programs

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-03-20T18:04+00:00"


@dataclass(frozen=True)
class Told:
    """How a command ended and what it said."""

    code: int
    out: list[str]
    err: list[str]


def plain(command: Sequence[str]) -> list[str]:
    """Return a command such that it runs without a root's rights."""
    if os.geteuid() != 0:
        return list(command)
    need_programs("setpriv")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]


def run(folder: Path, commands: Sequence[Sequence[str]], typed: str = "", **env: str) -> list[Told]:
    """Run commands on a data folder without a root's rights; `typed` is what each reads."""
    asked = json.dumps({"folder": str(folder), "commands": commands, "typed": typed})
    done = subprocess.run(
        plain([sys.executable, "-m", __name__]),
        input=asked, capture_output=True, text=True, cwd=ROOT, check=False, timeout=240,
        env={**os.environ, "TZ": "UTC", **env},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [Told(**one) for one in json.loads(done.stdout)]


def window(folder: Path, **env: str) -> tuple[str, int]:
    """Open the window on a data folder without a root's rights; return what it says, and its end.

    It is closed once what follows its first paint is there.
    """
    done = subprocess.run(
        plain([sys.executable, "-m", __name__, str(folder)]),
        capture_output=True, text=True, cwd=ROOT, check=False, timeout=240,
        env={**os.environ, "TZ": "UTC", "QT_QPA_PLATFORM": "offscreen", **env},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout, done.returncode


def _serve() -> None:
    from caregiver_app.bootstrap import main

    asked = json.load(sys.stdin)
    found: list[dict[str, object]] = []
    for command in asked["commands"]:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "oe")
        sys.stdin = io.TextIOWrapper(io.BytesIO(asked["typed"].encode()))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main(["--data-dir", asked["folder"], "--now", NOW, *command])
            except SystemExit as stop:
                code = int(stop.code or 0)
        said, wrong = (one.buffer.getvalue().decode().splitlines() for one in (out, err))
        found.append({"code": code, "out": said, "err": wrong})
    json.dump(found, sys.stdout)


def _show(folder: str) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    from caregiver_app.bootstrap import main
    from caregiver_app.gui import app

    application = app.application()
    looked = [0]

    def look() -> None:
        from caregiver_app.gui.place_line import PlaceLine

        looked[0] += 1
        tops = QApplication.topLevelWidgets()
        ready = [one for top in tops for one in top.findChildren(PlaceLine)]
        troubled = [one for one in tops if type(one).__name__ == "TroubleWindow"]
        if not (ready or troubled) and looked[0] < 300:
            return
        for top in [one for one in tops if one.isVisible()]:
            said = [one.text() for one in top.findChildren(QLabel) if one.isVisible()]
            sys.stdout.write("\n".join([top.windowTitle(), *said, ""]))
        timer.stop()
        for top in tops:
            end = getattr(top, "end", top.close)
            end()

    timer = QTimer(application)
    timer.timeout.connect(look)
    timer.start(200)
    sys.exit(main(["--data-dir", folder, "--now", NOW]))


if __name__ == "__main__":
    _show(sys.argv[1]) if len(sys.argv) > 1 else _serve()
