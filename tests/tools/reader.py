"""A screen reader's way into a running program: see what is there, press by name, write by name.

    with private_screen() as screen, private_bus(screen) as bus, reader(screen, bus) as hands:
        screen.start(command, env={**bus.env, **hands.env})
        hands.wait_for("Calendar")
        hands.press("Calendar")

No mouse, no key, no picture: only what the accessibility tree offers. A name may be given by its
beginning and "…". Debian: at-spi2-core
gir1.2-atspi-2.0 python3-gi libglib2.0-bin.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.tools import need, need_programs
from tests.tools.screen import Bus, NotSeenInTimeError, Screen, _launch, end, wait_until

_ASK = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
CHILD = Path(__file__).with_name("reader_child.py")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
USED = ("push button", "check box", "radio button", "text", "entry", "combo box", "spin button",
        "list", "table", "slider", "page tab list", "toggle button", "button")  # fmt: skip


@dataclass
class Reader:
    """The hands and eyes of somebody who uses the program through a screen reader."""

    env: dict[str, str]
    _child: subprocess.Popen[str]

    def _ask(self, **command: object) -> Any:
        if self._child.stdin is None or self._child.stdout is None:
            raise AssertionError("the reader has no ears")
        self._child.stdin.write(json.dumps(command) + "\n")
        self._child.stdin.flush()
        answer = json.loads(self._child.stdout.readline() or '{"error": "the reader ended"}')
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["answer"]

    def see(self) -> list[dict[str, Any]]:
        """Return all that is shown: role, name, description, text, states, actions, value."""
        return self._ask(do="see")

    def words(self) -> str:
        """Return all that could be spoken of what is shown."""
        return "\n".join(
            " ".join(part for part in (one["name"], one["description"], one["text"]) if part)
            for one in self.see()
        )

    def wait_for(self, words: str, timeout: float = 20.0) -> None:
        """Wait until something spoken holds these words."""
        try:
            wait_until(lambda: words in self.words(), f"“{words}”", timeout, pause=0.2)
        except NotSeenInTimeError as error:
            raise NotSeenInTimeError(f"{error}\n{self.words()}") from None

    def press(self, name: str, role: str = "", about: str = "") -> None:
        """Press what has this name, waiting for it to be there.

        Of several, `about` is how the description of the one begins.
        """
        self._do("press", name, role=role, about=about)

    def select(self, name: str, role: str = "") -> None:
        """Choose what has this name among its neighbours: a line, a day, a choice."""
        self._do("select", name, role=role)

    def menu(self, name: str, role: str = "") -> None:
        """Open the menu of what has this name."""
        self._do("menu", name, role=role)

    def focus(self, name: str, role: str = "") -> None:
        """Go to what has this name."""
        self._do("focus", name, role=role)

    def write(self, name: str, words: str) -> None:
        """Write into the field of this name, waiting for it to be there."""
        self._do("write", name, words=words)

    def turn(self, name: str, value: float) -> None:
        """Give the number or slider of this name another value."""
        self._do("turn", name, value=value)

    def _do(self, what: str, name: str, **more: object) -> None:
        done = lambda: self._ask(do=what, name=name, **more)  # noqa: E731
        try:
            wait_until(done, f"“{name}”, to {what}", 15.0, pause=0.2)
        except NotSeenInTimeError as error:
            raise NotSeenInTimeError(f"{error}\n{self.words()}") from None

    def states(self, name: str, role: str = "") -> list[str]:
        """Return the states of what has this name, waiting for it; the first of several."""

        def look() -> list[list[str]]:
            return [one["states"] for one in self.see()
                    if one["name"] == name and role in ("", one["role"])]  # fmt: skip

        return wait_until(look, f"“{name}”", 15.0, pause=0.1)[0]

    def unnamed(self) -> list[str]:
        """Return the controls that can have the focus and have no name."""
        return [
            f"{one['role']} “{one['text']}”"
            for one in self.see()
            if "focusable" in one["states"]
            and not one["name"]
            and one["role"] in USED
            # Words that can only be read speak for themselves.
            and ("editable" in one["states"] or not one["text"])
        ]


@contextmanager
def reader(screen: Screen, bus: Bus) -> Iterator[Reader]:
    """Switch accessibility on for a private bus and listen, for the time of the block."""
    need_programs("gdbus", "/usr/bin/python3")
    launcher = next((path for path in LAUNCHERS if Path(path).exists()), None)
    need(launcher, "at-spi2-core")
    speaks = subprocess.run(["/usr/bin/python3", "-c", _ASK], capture_output=True, check=False)
    need(speaks.returncode == 0, "python3-gi gir1.2-atspi-2.0")
    env = {
        **screen.env, **bus.env, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1",
        "NO_AT_BRIDGE": "0",
    }  # fmt: skip
    with ExitStack() as stack:
        stack.callback(end, _launch([str(launcher), "--launch-immediately"], env))
        ask = ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path",
               "/org/a11y/bus", "--method"]  # fmt: skip

        def answers(*more: str) -> bool:
            done = subprocess.run([*ask, *more], env=env, capture_output=True, check=False)
            return done.returncode == 0

        wait_until(lambda: answers("org.a11y.Bus.GetAddress"), "the accessibility bus")
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            answers("org.freedesktop.DBus.Properties.Set", "org.a11y.Status", name, "<true>")
        child = subprocess.Popen(
            ["/usr/bin/python3", str(CHILD)], env=env, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=None,
        )  # fmt: skip
        stack.callback(_end_child, child)
        yield Reader({key: env[key] for key in env if key.startswith(("QT_", "NO_AT"))}, child)


def _end_child(child: subprocess.Popen[str]) -> None:
    child.terminate()
    child.communicate(timeout=10)
