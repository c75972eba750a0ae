"""Nothing leaves the data folder: no network, no words in other files, nobody else may read.

The real program goes through a family's story, with the same word in everything it was told.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.factories import line
from tests.tools import need_programs

ROOT = Path(__file__).resolve().parents[2]
WORD = "Zeisigkanarie"
NOW = "2026-03-20T18:04+00:00"
PICTURE = ROOT / "docs" / "pictures" / "bag.png"
_FOREIGN = re.compile(r"AF_INET6?|AF_PACKET")

TOLD = "\n".join(
    (
        line("person", id="p1", name=WORD, conditions=WORD, allergies=WORD),
        line("note", id="n1", person="p1", text=f"{WORD} slept"),
        line("appointment", id="a1", person="p1", type="lab", title=WORD, place=WORD,
             start="2026-03-20T18:30", zone="UTC", minutes=30, reminders=[60]),
        line("plan", id="v1", person="p1", medicine="infliximab", first="2026-03-24T09:30",
             zone="UTC", offsets=[0, 2, 6], every=8, unit="week", minutes=150),
        line("side_effect", id="s1", person="p1", sign="fatigue", severity=2,
             at="2026-03-19T20:15", text=WORD),
        line("contact", id="c1", person="p1", name=WORD, phone="01632 960130"),
        "{" + WORD,
    )
)  # fmt: skip


class Story:
    """A home of its own in which the program runs, one command after the other."""

    def __init__(self, root: Path) -> None:
        self.root, self.home = root, root / "home"
        self.data = self.home / "data"
        self.temp = self.home / "temp"
        self.files = self.home / "files"
        for folder in (self.home, self.temp, self.files):
            folder.mkdir()
        self.env = {
            **os.environ, "HOME": str(self.home), "TMPDIR": str(self.temp), "TZ": "UTC",
            "XDG_RUNTIME_DIR": str(self.temp), "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            self.env[f"XDG_{name}_HOME"] = str(self.home / name.lower())
        self.env.pop("COVERAGE_PROCESS_CONFIG", None)
        self.said = ""
        self.wrong = ""
        self.calls: list[str] = []

    def run(
        self,
        command: Sequence[str],
        typed: str = "",
        *,
        codes: Sequence[int] = (0,),
        traced: str = "%network",
    ) -> None:
        """Run a program under strace, with a mask that lets everybody read."""
        log = self.root / "calls"
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={traced}", *command],
            input=typed, capture_output=True, text=True, env=self.env, cwd=ROOT, check=False,
            timeout=240, umask=0,
        )  # fmt: skip
        assert done.returncode in codes, (command, done.stderr)
        assert "Traceback" not in done.stderr
        self.said += done.stdout
        self.wrong += done.stderr
        self.calls += log.read_text(errors="replace").splitlines()

    def __call__(self, *arguments: str, typed: str = "", codes: Sequence[int] = (0,)) -> None:
        self.run(
            [sys.executable, str(ROOT / "main.py"), "--data-dir", str(self.data), "--now", NOW,
             *arguments], typed, codes=codes,
        )  # fmt: skip

    def foreign(self) -> list[str]:
        return [one for one in self.calls if _FOREIGN.search(one)]

    def leaks(self, *, outside: bool) -> list[str]:
        """Name the files outside the data folder, or in it, in which the word stands."""
        found: list[str] = []
        for path in sorted(self.home.rglob("*")):
            within = path.is_relative_to(self.data) or path.is_relative_to(self.files)
            if path.is_file() and within != outside and WORD.encode() in path.read_bytes():
                found.append(str(path.relative_to(self.home)))
        return found

    def open_to_others(self) -> list[str]:
        return [
            f"{path.relative_to(self.home)} {stat.S_IMODE(path.lstat().st_mode):o}"
            for path in sorted([self.data, *self.data.rglob("*"), *self.files.rglob("*")])
            if path.lstat().st_mode & 0o077
        ]


@pytest.fixture
def picture() -> Iterator[Path]:
    """A picture with a name so short that no label breaks it up."""
    made = Path("/tmp") / f"{os.getpid():x}.png"  # noqa: S108 - taken away behind the test
    made.write_bytes(PICTURE.read_bytes())
    yield made
    made.unlink()


@pytest.fixture
def story(tmp_path: Path) -> Story:
    need_programs("strace")
    return Story(tmp_path)


def test_a_story_on_the_command_line_stays_at_home(story: Story):
    files = story.files
    story("add", typed=TOLD, codes=(20,))
    for kind in ("notes", "appointments", "reminders", "side-effects", "people"):
        story("list", kind)
    story("remind")
    story("ack", "a1", codes=(0, 20))
    story("export", str(files / "a.ics"))
    story("export", str(files / "a.jsonl"), "--notes")
    story("export", str(files / "a.csv"), "--of", "side-effects")
    story("import", str(files / "a.ics"), "--yes")
    hostile = files / "b.ics"
    links = "ATTACH:http://x.test/a\r\nURL:http://x.test/b\r\nSUMMARY"
    hostile.write_text((files / "a.ics").read_text().replace("SUMMARY", links))
    hostile.chmod(0o600)
    story("import", str(hostile), codes=(0, 20))
    for page in ("bag", "visit-report", "month", "agenda", "emergency"):
        story("print", page, "--pdf", str(files / f"{page}.pdf"))
    story("backup")
    story("backup", str(files / "copy.sqlite3"))
    story("check")
    story("restore", str(files / "copy.sqlite3"))
    assert story.foreign() == []
    assert len(story.leaks(outside=False)) > 3, "the word is where it belongs"
    assert story.leaks(outside=True) == []
    assert story.open_to_others() == []
    assert WORD not in story.wrong, "what went wrong is told without words of the family"


def test_a_look_at_every_page_of_the_window_stays_at_home(story: Story, picture: Path):
    words = f"<img src={picture} ><b>Zeisig {WORD}</b>"
    log = _tour(story, words)
    assert story.foreign() == []
    assert picture.name not in log, "no widget opened what the words name"
    assert story.leaks(outside=False), "the word is where it belongs"
    assert story.leaks(outside=True) == []
    assert story.open_to_others() == []
    assert WORD not in story.wrong


def test_what_would_open_the_picture_is_noticed(story: Story, picture: Path):
    code = (
        "import sys\nfrom PySide6.QtWidgets import QApplication, QLabel\n"
        "a = QApplication([])\nw = QLabel(sys.argv[1])\nw.show()\nw.grab()\n"
    )
    words = f"<img src={picture} ><b>x</b>"
    assert picture.name in _opened(story, [sys.executable, "-c", code, words])


def _tour(story: Story, words: str) -> str:
    command = [sys.executable, "-m", "tests.tools.tour", str(story.data), words]
    log = _opened(story, command)
    stops = re.findall(r"^STOPS (\d+)$", story.said, re.MULTILINE)
    assert stops
    assert int(stops[-1]) > 25, "the whole window was seen"
    return log


def _opened(story: Story, command: Sequence[str]) -> str:
    """Run a program and return the calls with which it opened pictures."""
    story.run(command, traced="%network,openat")
    return "\n".join(one for one in story.calls if ".png" in one and "openat" in one)
