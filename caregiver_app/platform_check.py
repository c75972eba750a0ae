"""Can a window open here? Asked before Qt starts, because Qt's own answer on Linux is to abort.

On a good machine this costs next to nothing: the window plug-in is loaded as Qt would load it a
moment later, and the screen is greeted once. Only when that fails, a child process really tries to
start Qt; when it dies too, a plain sentence says what is missing.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

# What Qt opens, and the Debian package that holds it (tools/system-packages.txt lists the same).
NEEDED_BY_QT: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
}
NEEDED_BY_PLATFORM: Mapping[str, Mapping[str, str]] = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxcb.so.1": "libxcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}

Loads = Callable[[str], bool]
Greets = Callable[[], bool]
Tries = Callable[[], bool]


def display_problem(
    env: Mapping[str, str] | None = None,
    *,
    system: str = sys.platform,
    loads: Loads | None = None,
    greets: Greets | None = None,
    tries: Tries | None = None,
) -> str | None:
    """Return why no window can open on this machine, as a kind sentence, or None if one can.

    Args:
        env: the environment variables that Qt would see.
        system: the kind of system; only Linux is looked at.
        loads: tells whether a shared library can be loaded.
        greets: tells whether the X screen answers.
        tries: tells whether a child process could really start Qt.
    """
    if not system.startswith("linux"):
        return None
    env = os.environ if env is None else env
    loads = _loads if loads is None else loads
    greets = _greets_x if greets is None else greets
    platforms = _platforms(env)
    if any(_looks_good(platform, env, loads, greets) for platform in platforms):
        return None
    if platforms and (tries or _tries_qt)():
        return None
    packages = _missing_packages(platforms, loads)
    return _about_packages(packages) if packages else _about_the_screen(env)


def preferred_platform(
    env: Mapping[str, str] | None = None,
    *,
    system: str = sys.platform,
    loads: Loads | None = None,
    greets: Greets | None = None,
) -> str:
    """Return the kind of screen to ask Qt for, "" where Qt may choose by itself.

    Only under Wayland there is a choice: it keeps every program from staying above the others, and
    the reminder panel has to. An X screen beside it does not.
    """
    env = os.environ if env is None else env
    both = env.get("DISPLAY") and env.get("WAYLAND_DISPLAY")
    if not system.startswith("linux") or not both or env.get("QT_QPA_PLATFORM"):
        return ""
    good = _looks_good("xcb", env, loads or _loads, greets or _greets_x)
    return "xcb" if good else ""


def _platforms(env: Mapping[str, str]) -> list[str]:
    """Return the kinds of screen that Qt may use, without any options."""
    chosen = env.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [part.split(":")[0].split("-")[0] for part in chosen.split(";") if part]
    found = ["xcb"] if env.get("DISPLAY") else []
    if env.get("WAYLAND_DISPLAY"):
        found.append("wayland")
    return found


def _looks_good(platform: str, env: Mapping[str, str], loads: Loads, greets: Greets) -> bool:
    """Tell, quickly and without Qt, whether this kind of screen is there and can be used."""
    plugin = _plugin(platform)
    if plugin is not None and not loads(str(plugin)):
        return False
    if plugin is None and not all(map(loads, _libraries([platform]))):
        return False
    if platform == "xcb":
        return greets()
    if platform == "wayland":
        return _wayland_socket(env).exists()
    return True


def _plugin(platform: str) -> Path | None:
    """Return the file of Qt's plug-in for a kind of screen, where PySide6 brought its own."""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return None
    plugin = Path(found.origin).parent / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"
    return plugin if plugin.is_file() else None


def _libraries(platforms: list[str]) -> dict[str, str]:
    """Return the libraries (and their packages) that Qt needs for these kinds of screen."""
    wanted = dict(NEEDED_BY_QT)
    for platform in platforms:
        wanted.update(NEEDED_BY_PLATFORM.get(platform, {}))
    return wanted


def _missing_packages(platforms: list[str], loads: Loads) -> list[str]:
    """Return the packages whose libraries cannot be loaded, in a steady order."""
    # Without any screen the X libraries are looked at too: the next start may have one.
    wanted = _libraries(platforms or ["xcb"])
    return list(dict.fromkeys(pack for name, pack in wanted.items() if not loads(name)))


def _loads(library: str) -> bool:
    """Tell whether the system's loader finds a library and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _greets_x() -> bool:
    """Connect to the X screen and leave again; this honours its access rights too."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_socket(env: Mapping[str, str]) -> Path:
    """Return where the Wayland screen listens."""
    return Path(env.get("XDG_RUNTIME_DIR", "/nowhere")) / env.get("WAYLAND_DISPLAY", "wayland-0")


_CHILD = "from PySide6.QtGui import QGuiApplication; QGuiApplication(['check'])"


def _tries_qt(patience: float = 30.0) -> bool:
    """Tell whether Qt can start in a child process, which may abort without harm."""
    # Not with subprocess: importing that would cost every good start some milliseconds.
    quiet = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    command = [sys.executable, "-c", _CHILD]
    try:
        child = os.posix_spawn(sys.executable, command, os.environ, file_actions=quiet)
    except OSError:
        return False
    limit = time.monotonic() + patience
    while time.monotonic() < limit:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


_APT = "/usr/bin/apt-get"


def _about_packages(packages: list[str]) -> str:
    """Say which system packages are missing and how they come."""
    listed = " ".join(packages)
    if Path(_APT).exists():
        return (
            f"The window cannot open yet, because this computer lacks: {', '.join(packages)}.\n"
            f"Please run this one line, then start again:\n  sudo apt-get install {listed}"
        )
    return (
        f"The window cannot open yet, because this computer lacks some libraries. On Debian and "
        f"Ubuntu their packages are called: {listed}.\n"
        f"Please install the same with this computer's package manager, then start again."
    )


def _about_the_screen(env: Mapping[str, str]) -> str:
    """Say that there is no screen to open a window on."""
    named = next(
        (
            f" ({name} is {env[name]})"
            for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
            if env.get(name)
        ),
        "",
    )
    return (
        f"The window cannot open, because no screen can be reached from here{named}.\n"
        f"Please start Caregiver Companion from this computer's desktop. "
        f"The commands that need no window still work: caregiver-app --help"
    )
