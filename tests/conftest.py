"""What every test stands on: no real desktop, no real home folder, no leftovers.

Qt draws offscreen inside the test process. Tests that need real windows are marked `screen` and
start programs of their own on a private X screen (tests/tools/screen.py).
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt. A developer's own screen and message bus are never touched.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_STYLE_OVERRIDE"):
    os.environ.pop(_name, None)
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
# Programs that the tests start read their modules compiled, wherever the tests run.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


# How long an example takes says more of the machine than of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_ENOUGH = 4 * 2**30
_FAILED = pytest.StashKey[bool]()
_numbers = itertools.count()


def _use_memory() -> None:
    """Keep the folders of the tests in memory where there is room: nothing of them has to last.

    That the program asks for its data to be kept is tested by what it asks the system for.
    """
    memory = Path("/dev/shm")  # noqa: S108 (looked at for its room only; pytest makes the folder)
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK):
        return
    found = os.statvfs(memory)
    if found.f_bavail * found.f_frsize >= _ENOUGH and not found.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(memory)


_use_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that start programs: of two workers none is left with a long one last.

    Told to keep this order (`--no-loadscope-reorder`), they share the files out as they stand.
    """
    sizes = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("screen")}
    slow |= {item.path for item in items if item.path.parent.name == "process"}
    items.sort(key=lambda item: (item.path not in slow, -sizes[item.path], str(item.path)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember which test failed: its folders are left to be looked at."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture
def _folders(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """What the test may write to, taken away behind it."""
    name = "".join(c if c.isalnum() else "_" for c in request.node.name[:30])
    made = tmp_path_factory.getbasetemp() / f"{next(_numbers)}-{name}"
    made.mkdir()
    yield made
    if not request.node.stash.get(_FAILED, False):
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def tmp_path(_folders: Path) -> Path:
    """An empty folder; pytest's own looks through all folders of all tests for a free name."""
    made = _folders / "tmp"
    made.mkdir()
    return made


@pytest.fixture(autouse=True)
def _own_home(_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home folder of its own, so that no test finds or leaves data elsewhere."""
    home = _folders / "home"
    home.mkdir()
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
