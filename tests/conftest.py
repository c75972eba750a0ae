"""What every test stands on: no real desktop, no real home folder, no leftovers.

Qt draws offscreen inside the test process. Tests that need real windows are marked `screen` and
start programs of their own on a private X screen (tests/tools/screen.py).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything imports Qt. A developer's own screen and message bus are never touched.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_STYLE_OVERRIDE"):
    os.environ.pop(_name, None)
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home folder of its own, so that no test finds or leaves data elsewhere."""
    home: Path = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))


@pytest.fixture(autouse=True)
def _formats() -> Iterator[None]:
    """Write dates and hours in one way, wherever the tests run."""
    yield
    if (words := sys.modules.get("caregiver_app.gui.words")) is not None:
        words.use_formats(sys.modules["caregiver_app.pages.formats"].Formats())


@pytest.fixture
def screen() -> Iterator[object]:
    """Give a test a private X screen (see tests/tools/screen.py); mark the test `screen`."""
    from tests.tools.screen import private_screen

    with private_screen() as private:
        yield private
