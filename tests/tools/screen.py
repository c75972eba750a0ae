"""A private X screen and a private message bus, for tests that look at real windows and notices.

    with private_screen() as screen, private_bus(screen) as bus:
        app = screen.start([sys.executable, "main.py"], env=bus.env)
        window = screen.wait_for_window("Caregiver Companion")
        notices = bus.wait_for_notices(1)

Nothing of the developer's own desktop is used or seen, any number of them can run side by side, and
everything that was started is ended again. Debian: xvfb openbox xdotool x11-utils dbus dunst.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar

from tests.tools import need_programs

T = TypeVar("T")

# What a desktop session leaves in the environment and a private one must not see.
_OF_THE_DESKTOP = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "DESKTOP_SESSION",
    "DBUS_SESSION_BUS_ADDRESS",
    "QT_QPA_PLATFORM",
    "QT_QPA_PLATFORMTHEME",
    "QT_STYLE_OVERRIDE",
)


class NotSeenInTimeError(AssertionError):
    """Something that a test waited for did not happen."""


def wait_until(look: Callable[[], T], what: str, timeout: float = 20.0, pause: float = 0.03) -> T:
    """Call `look` until it answers something true, and return that."""
    limit = time.monotonic() + timeout
    while True:
        if seen := look():
            return seen
        if time.monotonic() > limit:
            raise NotSeenInTimeError(f"not within {timeout} s: {what}")
        time.sleep(pause)


def end(process: subprocess.Popen[bytes], patience: float = 5.0) -> None:
    """End a process and its children: first kindly, then for certain."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            break
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _launch(
    command: Sequence[str | Path],
    env: Mapping[str, str],
    output: IO[bytes] | int = subprocess.DEVNULL,
    **more: object,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload]
        [str(part) for part in command],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output != subprocess.DEVNULL else subprocess.DEVNULL,
        start_new_session=True,
        **more,
    )


@dataclass
class Screen:
    """A running private X screen."""

    display: str
    env: dict[str, str]
    folder: Path
    _stack: ExitStack
    _logs: dict[int, Path] = field(default_factory=dict)

    def start(
        self,
        command: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        cwd: Path | str | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program on this screen; it is ended with the screen at the latest."""
        log = self.folder / f"program-{len(self._logs)}.log"
        with log.open("wb") as stream:
            process = _launch(command, {**self.env, **(env or {})}, stream, cwd=cwd)
        self._logs[process.pid] = log
        self._stack.callback(end, process)
        return process

    def output(self, process: subprocess.Popen[bytes]) -> str:
        """Return what a program that was started here has printed so far."""
        return self._logs[process.pid].read_text(encoding="utf-8", errors="replace")

    def windows(self) -> dict[str, str]:
        """Return the visible windows that the window manager looks after: id to title."""
        listed = self._ask("xprop", "-root", "_NET_CLIENT_LIST")
        found: dict[str, str] = {}
        for window in re.findall(r"0x[0-9a-f]+", listed):
            if window == "0x0":
                continue
            title = self._ask("xdotool", "getwindowname", str(int(window, 16))).strip()
            found[window] = title
        return found

    def wait_for_window(
        self, title: str, process: subprocess.Popen[bytes] | None = None, timeout: float = 30.0
    ) -> str:
        """Wait for a window whose title matches (regular expression) and return its id."""

        def look() -> str | None:
            if process is not None and process.poll() is not None:
                raise NotSeenInTimeError(
                    f"the program ended with {process.returncode} before its window came:\n"
                    f"{self.output(process)}"
                )
            return next(
                (key for key, name in self.windows().items() if re.search(title, name)), None
            )

        return wait_until(look, f"a window titled {title!r} among {self.windows()}", timeout)

    def press(self, window: str, *keys: str) -> None:
        """Give a window the focus and press keys, for example `"ctrl+2"` or `"F2"`."""
        self._ask("xdotool", "windowactivate", "--sync", str(int(window, 16)))
        self._ask("xdotool", "key", "--clearmodifiers", *keys)

    def type_text(self, window: str, text: str) -> None:
        """Give a window the focus and type a text into it."""
        self._ask("xdotool", "windowactivate", "--sync", str(int(window, 16)))
        self._ask("xdotool", "type", "--clearmodifiers", "--delay", "5", text)

    def active_window(self) -> str:
        """Return the id of the window that has the focus (`0x0` for none)."""
        found = re.search(r"0x[0-9a-f]+", self._ask("xprop", "-root", "_NET_ACTIVE_WINDOW"))
        return found.group() if found else "0x0"

    def close_window(self, window: str) -> None:
        """Ask a window to close, as the cross in its frame does.

        Through the window manager: a key pressed while it is busy gets lost.
        """
        self._ask("wmctrl", "-i", "-c", window)

    def _ask(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, check=False, timeout=20
        )
        return done.stdout


@contextmanager
def private_screen(size: str = "1280x900", *, window_manager: bool = True) -> Iterator[Screen]:
    """Start Xvfb on a free display number, with a window manager, for the time of the block."""
    wanted = ["openbox", "wmctrl"] if window_manager else []
    need_programs("Xvfb", "xdotool", "xprop", *wanted)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screen-")))
        env = {key: value for key, value in os.environ.items() if key not in _OF_THE_DESKTOP}
        reader, writer = os.pipe()
        with (folder / "xvfb.log").open("wb") as log:
            # With -displayfd the server itself picks a number that is free and tells it.
            server = _launch(
                f"Xvfb -displayfd {writer} -screen 0 {size}x24 -nolisten tcp -noreset".split(),
                env,
                log,
                pass_fds=(writer,),
            )
        stack.callback(end, server)
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            said = (folder / "xvfb.log").read_text(encoding="utf-8", errors="replace")
            raise AssertionError(f"Xvfb did not start:\n{said}")
        env["DISPLAY"] = f":{number}"
        env["QT_QPA_PLATFORM"] = "xcb"
        screen = Screen(env["DISPLAY"], env, folder, stack)
        if window_manager:
            screen.start(["openbox", "--config-file", "/etc/xdg/openbox/rc.xml"])
            wait_until(
                lambda: "0x" in screen._ask("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"),
                "the window manager",
            )
        yield screen


@dataclass(frozen=True)
class Notice:
    """A notice as the notification service received it."""

    app: str
    title: str
    body: str
    urgency: str


@dataclass
class Bus:
    """A running private message bus, perhaps with a notification service on it."""

    address: str
    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """What a program needs in its environment to use this bus."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def notices(self) -> list[Notice]:
        """Return the notices that arrived so far, in order."""
        arrived = self.folder / "notices"
        if not arrived.exists():
            return []
        records = arrived.read_text(encoding="utf-8").split("\x1e")[:-1]
        return [Notice(*record.split("\x1f")) for record in records]

    def wait_for_notices(self, count: int, timeout: float = 15.0) -> list[Notice]:
        """Wait until at least `count` notices arrived, and return them all."""
        return wait_until(
            lambda: found if len(found := self.notices()) >= count else None,
            f"{count} notices; there are {self.notices()}",
            timeout,
        )


_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# The service runs this for each notice that it received, with app, title, body, icon and urgency.
_CATCH = """#!/bin/sh
printf '%s\\037%s\\037%s\\037%s\\036' "$1" "$2" "$3" "$5" >> '{folder}/notices'
"""

_DUNST = """[global]
    monitor = 0
    font = DejaVu Sans 10
    stack_duplicates = false
    markup = no
    browser = /bin/true
    dmenu = /bin/true
[catch_all]
    summary = "*"
    script = "{folder}/catch"
"""


@contextmanager
def private_bus(screen: Screen | None, *, service: bool = True) -> Iterator[Bus]:
    """Start a message bus of its own for the time of the block.

    With `service` a real notification service (dunst, which needs the screen) is on it; without, no
    service is there and none can be started through the bus.
    """
    need_programs("dbus-daemon", *(["dunst", "dbus-send"] if service else []))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bus-")))
        (folder / "bus.conf").write_text(_BUS.format(folder=folder), encoding="utf-8")
        env = dict(screen.env if screen else os.environ)
        daemon = _launch(
            ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={folder}/bus.conf"], env
        )
        stack.callback(end, daemon)
        wait_until((folder / "bus").exists, "the message bus")
        bus = Bus(f"unix:path={folder}/bus", folder)
        if service:
            if screen is None:
                raise ValueError("a notification service needs a screen")
            _start_service(bus, screen, stack)
        yield bus


def _start_service(bus: Bus, screen: Screen, stack: ExitStack) -> None:
    """Start the notification service and wait until it answers on the bus."""
    catch = bus.folder / "catch"
    catch.write_text(_CATCH.format(folder=bus.folder), encoding="utf-8")
    catch.chmod(0o755)
    config = bus.folder / "dunstrc"
    config.write_text(_DUNST.format(folder=bus.folder), encoding="utf-8")
    env = {**screen.env, **bus.env, "LC_ALL": "C.UTF-8"}
    dunst = shutil.which("dunst") or "dunst"
    with (bus.folder / "dunst.log").open("wb") as log:
        process = _launch([dunst, "-config", config], env, log)
    stack.callback(end, process)
    ask = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus"]
    ask += ["/", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.Notifications"]

    def answers() -> bool:
        done = subprocess.run(ask, env=env, capture_output=True, text=True, check=False, timeout=20)
        return "boolean true" in done.stdout

    wait_until(answers, "the notification service")
