"""Starting at login: the desktop's file is written when asked for, and read as the desktop does."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from caregiver_app.errors import DiskTrouble
from caregiver_app.integrations.autostart import (
    FILE_NAME,
    Autostart,
    exec_line,
    start_command,
)
from caregiver_app.messages import words
from tests.tools import need_programs

COMMAND = ["/opt/venv/bin/python", "/opt/companion/main.py", "--background"]
READER = """
import sys
import gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib
info = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])
_, argv = GLib.shell_parse_argv(info.get_commandline().replace("%%", "%"))
print(chr(0).join(argv), end="")
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def at_login(config: Path, command: list[str] | None = None, system: str = "linux") -> Autostart:
    return Autostart(command or COMMAND, env={"XDG_CONFIG_HOME": str(config)}, system=system)


def test_nothing_is_there_until_somebody_asks(config: Path):
    switch = at_login(config)
    assert switch.is_possible
    assert not switch.is_on
    switch.set_on(False)
    assert not config.exists()


def test_on_writes_a_file_for_this_program_and_off_takes_it_away(config: Path):
    switch = at_login(config)
    switch.set_on(True)
    path = config / "autostart" / FILE_NAME
    assert switch.is_on
    assert switch.path == path
    text = path.read_text()
    assert "Exec=/opt/venv/bin/python /opt/companion/main.py --background\n" in text
    assert "TryExec=/opt/venv/bin/python\n" in text
    for private in ("remind", "care plan", "infusion", "medicine"):
        assert private not in text.lower()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    switch.set_on(False)
    assert not switch.is_on
    assert list(path.parent.iterdir()) == []


def test_off_leaves_the_files_of_others(config: Path):
    switch = at_login(config)
    switch.set_on(True)
    other = config / "autostart" / "other.desktop"
    other.write_text("[Desktop Entry]\n")
    switch.set_on(False)
    assert [one.name for one in other.parent.iterdir()] == ["other.desktop"]


@pytest.mark.parametrize(
    "changed",
    ["Hidden=true", "Hidden = True", "X-GNOME-Autostart-enabled=false"],
)
def test_what_was_switched_off_in_the_desktops_own_settings_is_off(config: Path, changed: str):
    switch = at_login(config)
    switch.set_on(True)
    kept = switch.path.read_text().replace("X-GNOME-Autostart-enabled=true\n", "")
    switch.path.write_text(f"{kept}{changed}\n")
    assert not switch.is_on
    switch.set_on(False)
    assert changed in switch.path.read_text(), "nobody asked to touch it"
    switch.set_on(True)
    assert switch.is_on


def test_another_copy_of_the_program_is_not_this_one_and_on_mends_it(config: Path):
    at_login(config, ["/old/bin/caregiver-app", "--background"]).set_on(True)
    switch = at_login(config)
    assert not switch.is_on
    switch.set_on(True)
    assert switch.is_on
    assert "/old/bin" not in switch.path.read_text()


def test_other_data_is_another_program(config: Path):
    at_login(config, [*COMMAND[:2], "--data-dir", "/a", "--background"]).set_on(True)
    assert not at_login(config).is_on


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00nonsense",
        b"[Other]\nExec=/opt/venv/bin/python /opt/companion/main.py --background\n",
        b"[Desktop Entry]\nExec=\n",
    ],
)
def test_a_file_that_says_nothing_of_us_is_off(config: Path, content: bytes):
    switch = at_login(config)
    switch.path.parent.mkdir(parents=True)
    switch.path.write_bytes(content)
    assert not switch.is_on


def test_only_the_first_group_counts(config: Path):
    switch = at_login(config)
    switch.set_on(True)
    with switch.path.open("a") as file:
        file.write("\n# Hidden=true\n[Desktop Action Other]\nHidden=true\nExec=/bin/false\n")
    assert switch.is_on


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_it_is_said_and_nothing_is_written(config: Path, system: str):
    switch = at_login(config, system=system)
    assert not switch.is_possible
    assert "under Linux" in words(switch.why_not)
    switch.set_on(True)
    assert not config.exists()


@pytest.mark.parametrize("program", ["/opt/a=b/caregiver-app", "/opt/a\nb/caregiver-app"])
def test_a_program_that_no_desktop_can_start_is_refused(config: Path, program: str):
    switch = at_login(config, [program, "--background"])
    assert not switch.is_possible
    assert "the folder of this program" in words(switch.why_not)


def test_a_folder_that_cannot_be_made_is_told(config: Path):
    config.write_text("in the way")
    switch = at_login(config)
    with pytest.raises(DiskTrouble) as told:
        switch.set_on(True)
    assert told.value.key == "autostart.write"
    assert not switch.is_on


def test_without_a_folder_for_settings_it_is_the_usual_one(tmp_path: Path):
    for env in ({"HOME": str(tmp_path)}, {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "relative"}):
        switch = Autostart(COMMAND, env=env, system="linux")
        assert switch.path == tmp_path / ".config" / "autostart" / FILE_NAME


# -- The command ----------------------------------------------------------------------------------

HARD = [
    "/opt/with space/caregiver-app",
    "--data-dir",
    '/home/ana/100% "ours" $HOME `id` \\ it\'s; 王梅 & co',
    "",
    "--background",
]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("/usr/bin/python3.11", "/usr/bin/python3.11"),
        ("a b", '"a b"'),
        ("100%", '"100%%"'),
        ("$HOME", '"\\\\$HOME"'),
        ('say "so"', '"say \\\\"so\\\\""'),
        ("a\\b", '"a\\\\\\\\b"'),
        ("", '""'),
    ],
)
def test_arguments_are_quoted_as_desktop_entries_want_it(part: str, expected: str):
    assert exec_line([part]) == expected


def test_a_desktop_reads_the_same_arguments_back(config: Path):
    """GLib's reader, which GNOME and XFCE start programs with."""
    python = "/usr/bin/python3"
    need_programs(python)
    program = config / "with space" / "caregiver-app"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    command = [str(program), *HARD[1:]]
    switch = at_login(config, command)
    switch.set_on(True)
    done = subprocess.run(
        [python, "-c", READER, str(switch.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\0") == command
    assert switch.is_on


def test_the_file_is_a_valid_desktop_entry(config: Path):
    check = shutil.which("desktop-file-validate")
    if check is None:
        need_programs("desktop-file-validate")
    switch = at_login(config, HARD)
    switch.set_on(True)
    done = subprocess.run(
        [str(check), str(switch.path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def script(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_an_installed_script_is_started_again(tmp_path: Path, monkeypatch):
    made = script(tmp_path / "bin" / "caregiver-app-window")
    assert start_command(str(made)) == [str(made)]
    monkeypatch.chdir(made.parent)
    assert start_command("caregiver-app-window") == [str(made)]


def test_a_source_checkout_is_started_with_its_own_python(tmp_path: Path):
    package = tmp_path / "caregiver_app"
    package.mkdir()
    for called in ("main.py", "-c", str(package / "__main__.py"), "/usr/bin/pytest"):
        assert start_command(called, python="/venv/bin/python", package=package) == [
            "/venv/bin/python", "-m", "caregiver_app"
        ]  # fmt: skip
    (tmp_path / "main.py").touch()
    (tmp_path / "pyproject.toml").touch()
    for called in ("main.py", "-c", str(package / "__main__.py")):
        assert start_command(called, python="/venv/bin/python", package=package) == [
            "/venv/bin/python", str(tmp_path / "main.py")
        ]  # fmt: skip


def test_this_checkout_can_be_started_so(tmp_path: Path):
    """The command really starts this program, wherever a desktop starts it from."""
    command = [*start_command("main.py"), "--data-dir", str(tmp_path / "data"), "--help"]
    done = subprocess.run(
        command, cwd="/", env={"PATH": os.environ["PATH"]}, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--background" in done.stdout


def test_one_bundled_program_is_its_own_command():
    assert start_command("x", python="/opt/companion/companion", frozen=True) == [
        "/opt/companion/companion"
    ]
