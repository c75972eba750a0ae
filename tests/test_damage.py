"""Every way in which a data file can be spoilt: told, nothing overwritten, one command back.

Each pattern is applied to a family's folder that has a good backup and entries after it. Whatever
the program says then, not a byte changes until a backup is restored, and the spoilt bytes are kept.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.programs import Program, accept_first_run

NOW = "2026-03-20T18:04:00+00:00"
PAGE = 4096
ENTRIES, LATER = 60, 4
BACKUP = "caregiver-2026-03-20T1804.sqlite3"


def notes(prefix: str, count: int) -> bytes:
    lines = (
        {"kind": "note", "id": f"{prefix}{number}", "text": f"{prefix} words {number} " * 30}
        for number in range(count)
    )
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


@dataclass
class Family:
    """A data folder with a good backup and notes after it."""

    folder: Path
    program_: Program

    def program(self, *arguments: str, typed: bytes = b"", now: str = NOW):
        return self.program_(*arguments, typed=typed, now=now)

    @property
    def path(self) -> Path:
        return self.folder / "caregiver.sqlite3"

    def content(self) -> list[str]:
        return sorted(self.program("list", "notes").out)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A family's folder, made once and copied for each test."""
    return tmp_path_factory.mktemp("damage") / "data"


@pytest.fixture
def family(made, tmp_path, capsys, monkeypatch) -> Family:
    if not made.exists():
        program = Program(made, capsys, monkeypatch)
        for arguments, typed in (
            (("add",), notes("early", ENTRIES)),
            (("backup",), b""),
            (("add",), notes("late", LATER)),
        ):
            assert program(*arguments, typed=typed, now=NOW).code == 0
    folder = tmp_path / "data"
    shutil.copytree(made, folder)
    return Family(folder, Program(folder, capsys, monkeypatch))


# ---- the patterns --------------------------------------------------------------------------------
def page_with(path: Path, words: bytes) -> int:
    """The number of a page that holds these bytes, counted from 0."""
    place = path.read_bytes().find(words)
    assert place > PAGE
    return place // PAGE


def change(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def root_of(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as raw:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return raw.execute(sql, (name,)).fetchone()[0] - 1


def zero_first(path: Path) -> None:
    change(path, 0, bytes(PAGE))


def zero_text_page(path: Path) -> None:
    change(path, page_with(path, b"late words 1") * PAGE, bytes(PAGE))


def zero_table_root(path: Path) -> None:
    change(path, root_of(path, "note") * PAGE, bytes(PAGE))


def zero_last_half(path: Path) -> None:
    size = path.stat().st_size
    change(path, size // 2, bytes(size - size // 2))


def swap_pages(path: Path) -> None:
    whole = path.read_bytes()
    one, other = root_of(path, "note"), root_of(path, "person")
    change(path, one * PAGE, whole[other * PAGE : (other + 1) * PAGE])
    change(path, other * PAGE, whole[one * PAGE : (one + 1) * PAGE])


def page_over_another(path: Path) -> None:
    whole = path.read_bytes()
    early, late = page_with(path, b"early words 3 "), page_with(path, b"late words 1")
    change(path, late * PAGE, whole[early * PAGE : (early + 1) * PAGE])


def random_page(path: Path) -> None:
    change(path, page_with(path, b"early words 9 ") * PAGE, b"\xa7\x13\x5c\x99" * (PAGE // 4))


def cut_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // PAGE * PAGE)


def cut_within_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 100)


def cut_one_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size - PAGE)


def cut_to_head(path: Path) -> None:
    os.truncate(path, 100)


def flip_in_text(path: Path) -> None:
    at = path.read_bytes().find(b"late words 1")
    change(path, at, b"lAte")


def flip_in_mark(path: Path) -> None:
    change(path, 3, b"\x7f")


def flip_page_size(path: Path) -> None:
    change(path, 16, b"\x03\x01")


def flip_in_index(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        name, root = raw.execute(
            "SELECT name, rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'note'"
        ).fetchone()
    assert name
    change(path, (root - 1) * PAGE + 3, b"\xff\xff")


def other_number(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE note SET changed = changed + 1 WHERE id = 'late1'")
        raw.commit()


def no_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE note")


def no_person(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM person")
        raw.commit()


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE photos (id)")


def a_text(path: Path) -> None:
    path.write_text("a shopping list and no data file at all\n" * 400)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def missing(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").touch()


def garbage_log(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_bytes(b"garbage that is no log " * 900)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def log_folder(path: Path) -> None:
    path.with_name(f"{path.name}-wal").mkdir()


def index_folder(path: Path) -> None:
    path.with_name(f"{path.name}-shm").mkdir()


def journal_pipe(path: Path) -> None:
    os.mkfifo(path.with_name(f"{path.name}-journal"))


def rows_gone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM note")
        raw.commit()


def a_fifth_gone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM note WHERE rowid % 4 = 0")
        raw.commit()


PATTERNS = [
    zero_first, zero_text_page, zero_table_root, zero_last_half, swap_pages, page_over_another,
    random_page, cut_half, cut_within_page, cut_one_page, cut_to_head, flip_in_text, flip_in_mark,
    flip_page_size, flip_in_index, other_number, no_table, no_person, foreign, a_text, empty,
    missing, a_folder, a_pipe, log_folder, index_folder, journal_pipe, garbage_log, rows_gone,
    a_fifth_gone,
]  # fmt: skip
GONE = (rows_gone, a_fifth_gone)


def data_bytes(family: Family) -> dict[str, bytes]:
    """The data file and what stands beside it, with every backup; not what a look leaves behind."""
    found = {
        path.name: path.read_bytes()
        for path in sorted(family.folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", ".lock"))
    }
    return {name: data for name, data in found.items() if data or name == family.path.name}


def test_there_are_enough_patterns():
    assert len(PATTERNS) >= 20


@pytest.mark.parametrize("spoil", PATTERNS, ids=lambda one: one.__name__)
def test_nothing_is_lost_in_silence(family: Family, spoil):
    spoil(family.path)
    before = data_bytes(family)
    told = family.program("check")
    assert told.code == 10
    offer = family.folder / "backups" / BACKUP
    assert told.err[-1] == f"OFFER {offer}"
    assert len(told.err) == 2
    assert data_bytes(family) == before, "not a byte changes"
    # What writes either refuses as well, or leaves what it cannot have touched.
    added = family.program("add", typed=b'{"kind":"note","id":"new","text":"x"}\n')
    assert added.code in (0, 10)
    again = family.program("check")
    assert again.code == 10, "writing on hides nothing"
    spoilt = family.path.read_bytes() if family.path.is_file() else None
    beside = family.path.with_name(f"{family.path.name}-wal")
    log = beside.read_bytes() if beside.is_file() else b""

    assert family.program("restore", str(offer)).code == 0
    assert family.program("check").code == 0
    assert len(family.content()) == ENTRIES
    kept = list(family.folder.glob("caregiver-before-restore-*.sqlite3"))
    assert len(kept) == (spoil is not missing)
    if spoilt is not None:
        assert kept[0].read_bytes() == spoilt
    if log.startswith(b"garbage"):
        assert kept[0].with_name(f"{kept[0].name}-wal").read_bytes() == log


def test_a_loss_is_named_with_both_numbers_until_it_was_oneself(family: Family):
    rows_gone(family.path)
    told = family.program("check")
    assert f"{ENTRIES + LATER} notes -> 0" in told.err[0]
    assert family.program("check", "--that-was-me").code == 0
    assert family.program("check").code == 0


def test_a_backup_made_after_a_loss_is_not_the_one_to_go_back_to(family: Family):
    rows_gone(family.path)
    later = "2026-03-20T19:04:00+00:00"
    assert family.program("backup", now=later).code == 10
    told = family.program("check", now=later)
    assert told.err[-1] == f"OFFER {family.folder / 'backups' / BACKUP}"


LOOK = """if True:
    import sys
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from caregiver_app.gui.loss_sheets import VanishedSheet
    from caregiver_app.gui.trouble import TroubleWindow
    from caregiver_app import bootstrap
    from caregiver_app.gui import app

    def texts(window):
        from PySide6.QtWidgets import QLabel
        return " | ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())

    pressed = []

    def look():
        for window in QApplication.topLevelWidgets():
            if isinstance(window, TroubleWindow) and window.isVisible() and not pressed:
                print("TROUBLE", texts(window), flush=True)
                pressed.append(window.restore)
                QTimer.singleShot(50, window.restore.click)
                return
            if isinstance(window, VanishedSheet) and window.isVisible() and not pressed:
                print("GONE", texts(window), flush=True)
                pressed.append(window)
                window.was_us.click()
                return
            if hasattr(window, "begin_first_run") and window.isVisible() and pressed:
                print("OPEN", flush=True)
                timer.stop()
                QTimer.singleShot(300, window.end)
                return

    make = app.application
    def made(*given):
        found = make(*given)
        if not timers:
            timer.start()
            timers.append(timer)
        return found
    timers = []
    application = make()
    timer = QTimer()
    timer.setInterval(100)
    timer.timeout.connect(look)
    timer.start()
    QTimer.singleShot(40000, lambda: application.exit(77))
    sys.exit(bootstrap.main(["--data-dir", sys.argv[1], "--now", sys.argv[2]]))
"""


def in_window(family: Family) -> tuple[int, str]:
    """Open the window drawn nowhere, press what it offers, and close it; exit code and words."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(family.folder), NOW],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        cwd=Path(__file__).resolve().parents[1],
        env={**os.environ, "CAREGIVER_DEBUG": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    "spoil",
    [zero_first, zero_table_root, empty, missing, a_pipe, garbage_log],
    ids=lambda one: one.__name__,
)
def test_the_window_names_what_the_backup_lacks_and_goes_back_with_one_click(family, spoil):
    assert family.program("add", typed=notes("more", 2)).code == 0
    accept(family)
    spoil(family.path)
    code, told = in_window(family)
    assert code == 0
    assert "TROUBLE" in told
    assert "20 March 2026" in told
    assert "written after it" in told
    assert "6 notes" in told
    assert "OPEN" in told
    assert len(family.content()) == ENTRIES
    assert family.program("check").code == 0


def test_the_window_asks_about_vanished_entries(family):
    accept(family)
    a_fifth_gone(family.path)
    code, told = in_window(family)
    assert (code, "GONE" in told) == (0, True)
    left = len(family.content())
    assert f"There were {ENTRIES + LATER} notes, now there are {left}." in told
    assert family.program("check").code == 0, "that was me"


def accept(family: Family) -> None:
    accept_first_run(family.folder, state="done")


LATER_PRESS = LOOK.replace(
    "window.was_us.click()\n",
    "(window.cancel if sys.argv[3] == 'later' else window.was_us).click()\n",
)


def asked_in_window(family: Family, answer: str) -> str:
    assert LATER_PRESS != LOOK
    done = subprocess.run(
        [sys.executable, "-c", LATER_PRESS,
         str(family.folder), NOW, answer],
        capture_output=True, text=True, timeout=90, check=False,
        cwd=Path(__file__).resolve().parents[1], env={**os.environ, "CAREGIVER_DEBUG": "1"},
    )  # fmt: skip
    assert done.returncode in (0, 77), done.stdout + done.stderr
    return next((one for one in done.stdout.splitlines() if one.startswith("GONE")), "")


def test_after_later_the_window_asks_again_with_the_same_numbers_until_it_was_oneself(family):
    accept(family)
    rows_gone(family.path)
    first = asked_in_window(family, "later")
    assert f"There were {ENTRIES + LATER} notes, now there are 0." in first
    assert asked_in_window(family, "later") == first
    assert asked_in_window(family, "mine") == first
    told = family.program("check")
    assert told.code == 0
