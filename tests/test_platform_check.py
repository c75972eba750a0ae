"""A machine that cannot open a window is told so in a sentence, and a good one loses no time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from caregiver_app import platform_check
from caregiver_app.platform_check import (
    NEEDED_BY_PLATFORM,
    NEEDED_BY_QT,
    display_problem,
    preferred_platform,
)
from tests.tools import need_programs
from tests.tools.screen import end, private_screen

ROOT = Path(__file__).resolve().parents[1]
QT = Path(PySide6.__file__).parent / "Qt"
DESKTOP = {"DISPLAY": ":0"}


def never() -> bool:
    raise AssertionError("a good machine must not be asked this")


def lacking(*names: str):
    """Return a loader of a machine that lacks some libraries, and so the plug-in for X."""

    def loads(library: str) -> bool:
        return library not in names and not (names and library.endswith("libqxcb.so"))

    return loads


def test_a_good_machine_starts_no_child():
    seen: list[str] = []

    def loads(library: str) -> bool:
        seen.append(library)
        return True

    assert display_problem(DESKTOP, loads=loads, greets=lambda: True, tries=never) is None
    assert [Path(name).name for name in seen] == ["libqxcb.so"]


def test_a_missing_library_is_named_with_the_line_that_brings_it(monkeypatch):
    monkeypatch.setattr(platform_check, "_APT", sys.executable)
    said = display_problem(
        DESKTOP,
        loads=lacking("libxcb-cursor.so.0", "libxcb-icccm.so.4"),
        greets=lambda: True,
        tries=lambda: False,
    )
    assert said is not None
    assert "lacks: libxcb-cursor0, libxcb-icccm4." in said
    assert said.endswith("\n  sudo apt-get install libxcb-cursor0 libxcb-icccm4")


def test_elsewhere_than_debian_no_debian_line_is_given(monkeypatch):
    monkeypatch.setattr(platform_check, "_APT", "/no/such/program")
    said = display_problem(
        DESKTOP, loads=lacking("libxcb-cursor.so.0"), greets=lambda: True, tries=lambda: False
    )
    assert said is not None
    assert "libxcb-cursor0" in said
    assert "apt-get" not in said


def test_a_wrong_suspicion_is_corrected_by_the_child():
    assert display_problem(DESKTOP, loads=lacking("libGL.so.1"), tries=lambda: True) is None


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({}, "from here."),
        ({"DISPLAY": ":77"}, "(DISPLAY is :77)"),
        ({"WAYLAND_DISPLAY": "wayland-9"}, "(WAYLAND_DISPLAY is wayland-9)"),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":77"}, "(QT_QPA_PLATFORM is xcb)"),
    ],
)
def test_no_screen_is_said_as_such(env: dict[str, str], named: str):
    said = display_problem(env, loads=lambda _: True, greets=lambda: False, tries=lambda: False)
    assert said is not None
    assert said.startswith("The window cannot open, because no screen can be reached")
    assert named in said
    assert "caregiver-app --help" in said


def test_without_any_screen_no_child_is_needed_to_know():
    assert display_problem({}, loads=lambda _: True, greets=never, tries=never) is not None


def test_a_wayland_screen_needs_no_x(tmp_path: Path):
    (tmp_path / "wayland-0").touch()
    env = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    without_x = lacking(*NEEDED_BY_PLATFORM["xcb"])
    assert display_problem(env, loads=without_x, greets=never, tries=never) is None


def test_drawing_offscreen_asks_for_no_screen():
    env = {"QT_QPA_PLATFORM": "offscreen"}
    assert display_problem(env, loads=lambda _: True, greets=never, tries=never) is None


def test_options_of_a_chosen_platform_are_left_aside(tmp_path: Path):
    (tmp_path / "wayland-0").touch()
    env = {"QT_QPA_PLATFORM": "wayland-egl;xcb:foo", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert display_problem(env, loads=lambda _: True, greets=never, tries=never) is None


BOTH = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}


def test_beside_wayland_an_x_screen_is_preferred():
    assert preferred_platform(BOTH, loads=lambda _: True, greets=lambda: True) == "xcb"


@pytest.mark.parametrize(
    "env",
    [
        {"DISPLAY": ":0"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {**BOTH, "DISPLAY": ""},
        {**BOTH, "QT_QPA_PLATFORM": "wayland"},
        {**BOTH, "QT_QPA_PLATFORM": "offscreen"},
        {},
    ],
)
def test_where_there_is_no_choice_or_somebody_chose_nobody_is_asked(env: dict[str, str]):
    assert preferred_platform(env, loads=lambda _: pytest.fail("asked"), greets=never) == ""


def test_an_x_screen_that_cannot_be_used_is_not_preferred():
    assert preferred_platform(BOTH, loads=lambda _: True, greets=lambda: False) == ""
    lacks = lacking(*NEEDED_BY_PLATFORM["xcb"])
    assert preferred_platform(BOTH, loads=lacks, greets=lambda: True) == ""


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_choose_by_themselves(system: str):
    assert preferred_platform(BOTH, system=system, loads=lambda _: True, greets=never) == ""


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_are_left_alone(system: str):
    assert display_problem({}, system=system, loads=lambda _: False, tries=never) is None


def test_a_qt_without_plugins_of_its_own_is_looked_at_by_name(monkeypatch):
    monkeypatch.setattr(platform_check.importlib.util, "find_spec", lambda name: None)
    asked: list[str] = []

    def loads(library: str) -> bool:
        asked.append(library)
        return True

    assert display_problem(DESKTOP, loads=loads, greets=lambda: True, tries=never) is None
    assert set(asked) == {*NEEDED_BY_QT, *NEEDED_BY_PLATFORM["xcb"]}


def test_the_check_itself_does_not_import_qt():
    asked = "import sys, caregiver_app.platform_check as c; c.display_problem({})"
    asked += "; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0


def test_a_child_that_hangs_or_cannot_start_is_no_answer(monkeypatch):
    monkeypatch.setattr(platform_check, "_CHILD", "import time; time.sleep(60)")
    assert platform_check._tries_qt(patience=0.2) is False
    monkeypatch.setattr(platform_check.sys, "executable", "/no/such/python")
    assert platform_check._tries_qt() is False


def test_the_child_can_really_start_qt_offscreen():
    assert platform_check._tries_qt() is True


# The C library, the compiler's own and what is a part of every system.
_EVERYWHERE = re.compile(r"lib(c|m|dl|rt|pthread|stdc\+\+|gcc_s|z|zstd)\.so\.\d|ld-linux")


def needed_by(library: Path) -> set[str]:
    """Return the system libraries that one of Qt's files, and Qt's own below it, open."""
    need_programs("ldd")
    done = subprocess.run(["ldd", library], capture_output=True, text=True, check=True)
    return {line.split()[0] for line in done.stdout.splitlines() if line.strip()}


@pytest.mark.parametrize("platform", ["xcb", "wayland"])
def test_the_lists_name_only_what_this_qt_really_opens(platform: str):
    if not sys.platform.startswith("linux"):
        pytest.skip("a Linux matter")
    opened = needed_by(QT / "plugins" / "platforms" / f"libq{platform}.so")
    assert set(NEEDED_BY_PLATFORM[platform]) <= opened
    assert set(NEEDED_BY_QT) <= opened


def test_the_lists_are_complete_for_x():
    """Every library that this Qt asks for by itself is in the lists (read from the files)."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a Linux matter")
    asked: set[str] = set()
    for library in (
        QT / "plugins" / "platforms" / "libqxcb.so",
        *(QT / "lib" / f"libQt6{part}.so.6" for part in ("XcbQpa", "Gui", "Core", "DBus")),
    ):
        asked |= dynamic_needs(library)
    asked = {name for name in asked if not _EVERYWHERE.match(name) and "Qt6" not in name}
    own = {path.name for path in (QT / "lib").iterdir()}
    assert asked - own <= {*NEEDED_BY_QT, *NEEDED_BY_PLATFORM["xcb"]}


def dynamic_needs(library: Path) -> set[str]:
    """Return the names in a 64-bit ELF file's list of needed libraries."""
    data = library.read_bytes()

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], "little")

    table, size, count = number(0x20, 8), number(0x36, 2), number(0x38, 2)
    segments = [table + index * size for index in range(count)]
    loaded = [
        (number(at + 16, 8), number(at + 8, 8), number(at + 32, 8))
        for at in segments
        if number(at, 4) == 1
    ]
    dynamic = next(at for at in segments if number(at, 4) == 2)
    start, length = number(dynamic + 8, 8), number(dynamic + 32, 8)
    entries = [(number(at, 8), number(at + 8, 8)) for at in range(start, start + length, 16)]
    address = next(value for tag, value in entries if tag == 5)
    strings = next(
        offset + address - virtual
        for virtual, offset, extent in loaded
        if virtual <= address < virtual + extent
    )
    ends = [
        (strings + value, data.index(b"\0", strings + value)) for tag, value in entries if tag == 1
    ]
    return {data[begin:stop].decode() for begin, stop in ends}


def test_setup_installs_what_the_check_asks_for():
    listed = (ROOT / "tools" / "system-packages.txt").read_text(encoding="utf-8")
    run = {
        name
        for line in listed.splitlines()
        if line.startswith("run ")
        for name in line.split()[1].split("|")
    }
    asked = {*NEEDED_BY_QT.values()}
    for packages in NEEDED_BY_PLATFORM.values():
        asked |= set(packages.values())
    assert asked <= run


# ---- the real thing ----------------------------------------------------------------------------

ASK = "import sys; from caregiver_app.platform_check import display_problem as p; "
SAY = ASK + "said = p(); print(said); sys.exit(said is not None)"
NO_CHILD = ASK + "sys.exit(p(tries=lambda: sys.exit('a child was started')) is not None)"


@pytest.mark.screen
def test_a_real_screen_is_good_without_a_child():
    with private_screen(window_manager=False) as screen:
        program = screen.start([sys.executable, "-c", NO_CHILD], cwd=ROOT)
        assert program.wait(30) == 0, screen.output(program)


@pytest.mark.screen
def test_a_screen_that_is_gone_or_refuses_is_a_sentence_not_an_abort(tmp_path: Path):
    with private_screen(window_manager=False) as screen:
        # A number that no other test's screen gets in this moment.
        env = {**screen.env, "DISPLAY": f":{50_000 + os.getpid() % 10_000}"}
    done = subprocess.run(
        [sys.executable, "-c", SAY], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "no screen can be reached from here" in done.stdout
    assert done.stderr == ""


@pytest.mark.screen
def test_a_screen_that_refuses_strangers_is_a_sentence_too(tmp_path: Path):
    need_programs("Xvfb", "xauth")
    rights = tmp_path / "rights"
    for_owner = {**os.environ, "XAUTHORITY": str(rights)}
    subprocess.run(
        ["xauth", "add", ":0", "MIT-MAGIC-COOKIE-1", "0" * 32],
        env=for_owner,
        check=True,
        capture_output=True,
    )
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-auth", rights, "-nolisten", "tcp"],
        pass_fds=(writer,),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            display = f":{told.readline().strip()}"
        env = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "XAUTHORITY": str(tmp_path / "nobody"),
        }
        done = subprocess.run(
            [sys.executable, "-c", SAY],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        end(server)
    assert done.returncode == 1
    assert "no screen can be reached from here (QT_QPA_PLATFORM is xcb)" in done.stdout
