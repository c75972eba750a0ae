"""`--demo` lives in a throw-away folder: never in the family's file, and gone afterwards."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from caregiver_app.after_paint import DEMO_FOLDERS, AfterPaint
from caregiver_app.claim import WINDOW, Claim
from caregiver_app.domain.entities import Person
from caregiver_app.options import Place
from caregiver_app.services.care import Clock
from caregiver_app.services.household import Household, household
from caregiver_app.services.more import More
from caregiver_app.storage.database import open_store
from tests.fakes import FakeClock, Home
from tests.programs import ROOT

NOW = "2026-03-20T18:04"
TWO_DAYS_S = 2 * 86_400

CHILD = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from caregiver_app.bootstrap import main
from caregiver_app.gui.main_window import MainWindow

plain_exec = QApplication.exec

def look():
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    if window.ringer is None:
        QTimer.singleShot(50, look)
        return
    shown = [label.text() for label in window.head.findChildren(QLabel) if label.isVisible()]
    print(window.windowTitle(), "|", " ".join(shown), flush=True)
    if "stay" not in sys.argv:
        window.close()

def watched_exec(*arguments):
    QTimer.singleShot(0, look)
    return plain_exec()

QApplication.exec = watched_exec
sys.exit(main(["--data-dir", sys.argv[1], "--now", "2026-03-20T18:04", "--demo"]))
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for everything that is thrown away."""
    folder = tmp_path / "made"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def family(folder: Path) -> dict[str, str]:
    """Keep a real family's words in a folder; return what its files are."""
    home = Home(folder, FakeClock(datetime(2026, 3, 20, 18, 4, tzinfo=UTC)))
    home.house.people.save_person(Person(id="own", name="Grandmother"))
    home.close()
    return files(folder)


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): f"{hashlib.sha256(path.read_bytes()).hexdigest()} "
        f"{path.stat().st_mtime_ns}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), *words],
        cwd=ROOT, env={**os.environ, "TZ": "Europe/London"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_demo_leaves_the_family_alone_says_example_and_leaves_nothing(tmp_path: Path, made: Path):
    own = tmp_path / "own"
    before = family(own)
    child = start(own)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    assert "Caregiver Companion (example)" in out
    assert "Example" in out.partition("|")[2]
    assert "Traceback" not in err
    assert files(own) == before
    assert list(made.iterdir()) == []


def test_a_demo_makes_nothing_where_the_family_will_be(tmp_path: Path, made: Path):
    own = tmp_path / "own"
    child = start(own)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    assert not own.exists()


def test_what_a_killed_demo_left_is_gone_a_day_later(tmp_path: Path, made: Path):
    child = start(tmp_path / "own", "stay")
    assert child.stdout is not None
    assert "(example)" in child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=20)
    (left,) = made.glob(f"{DEMO_FOLDERS}*")
    with demo(tmp_path):
        assert left.exists(), "it may be the demo of an hour ago"
    age(left)
    with demo(tmp_path):
        assert not left.exists()


# -- The folder -----------------------------------------------------------------------------------


@contextmanager
def opener(folder: Path, clock: Clock) -> Iterator[Household]:
    with open_store(folder, now=clock.now()) as store:
        yield household(store, clock, lambda: f"made{time.monotonic_ns()}", lambda: More)


@contextmanager
def demo(folder: Path) -> Iterator[Place]:
    clock = FakeClock(datetime(2026, 3, 20, 18, 4, tzinfo=UTC), "Europe/London")
    with AfterPaint.demo_place(Place(folder / "own", clock, opener)) as place:
        yield place


def age(folder: Path) -> None:
    then = folder.stat().st_mtime - TWO_DAYS_S
    os.utime(folder, (then, then))


def test_the_family_of_the_demo_stands_in_its_own_folder(tmp_path: Path, made: Path):
    with demo(tmp_path) as place:
        assert place.folder.parent == made
        assert place.folder.stat().st_mode & 0o077 == 0
        with place.opens() as house:
            assert [person.id for person in house.people.people()] == ["rosa", "mei"]
            assert house.care.undo() is None
    assert list(made.iterdir()) == []
    assert not (tmp_path / "own").exists()


def test_a_demo_that_fails_leaves_nothing(tmp_path: Path, made: Path):
    with pytest.raises(KeyError), demo(tmp_path):
        raise KeyError
    assert list(made.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "mark"),
    [("caregiver-demo-holiday", "file"), ("caregiver-demo-abcd_123-kept", "file"),
     ("caregiver-demo-ABCD_123", "file"), ("caregiver-demo-abcd_123", ""),
     ("caregiver-demo-abcd_123", "folder"), ("caregiver-demo-abcd_123", "link")],
)  # fmt: skip
def test_what_is_only_named_like_ours_stays_as_it_is(
    tmp_path: Path, made: Path, name: str, mark: str
):
    foreign = made / name
    foreign.mkdir()
    (foreign / "words").write_text("theirs")
    if mark == "file":
        (foreign / ".example").touch()
    elif mark == "folder":
        (foreign / ".example").mkdir()
    elif mark == "link":
        (foreign / ".example").symlink_to(foreign / "words")
    age(foreign)
    before = {path.name for path in foreign.iterdir()}
    with demo(tmp_path):
        pass
    assert {path.name for path in foreign.iterdir()} == before


def test_only_old_folders_of_ours_that_nobody_has_open_are_swept(tmp_path: Path, made: Path):
    young, running, other = (made / f"{DEMO_FOLDERS}young0_0", made / f"{DEMO_FOLDERS}running1",
                             made / "holiday-pictures")  # fmt: skip
    for folder in (young, running, other):
        folder.mkdir()
        (folder / ".example").touch()
    for folder in (running, other):
        age(folder)
    claim = Claim(running)
    assert claim.take(WINDOW)
    age(running)
    own = tmp_path / "own"
    own.mkdir()
    (own / ".example").touch()
    age(own)
    link = made / f"{DEMO_FOLDERS}link0000"
    link.symlink_to(own)
    os.utime(link, (0, 0), follow_symlinks=False)
    file = made / f"{DEMO_FOLDERS}file0000"
    file.write_text("words")
    os.utime(file, (0, 0))
    with demo(tmp_path):
        pass
    assert {path.name for path in made.iterdir()} == {
        young.name, running.name, other.name, link.name, file.name
    }  # fmt: skip
    assert [path.name for path in own.iterdir()] == [".example"]
    claim.release()
    age(running)
    with demo(tmp_path):
        assert not running.exists()
