"""How the command line ends: each exit code, with one plain sentence and never a traceback.

Every row is a start of the real program as a script makes it, on data that stand as they may stand.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from caregiver_app import errors
from caregiver_app.storage.connection import connect_unchanged
from tests.factories import line
from tests.prepared import prepare
from tests.programs import NOW, ROOT
from tests.tools import need_programs
from tests.tools.plain_user import plain

NOTE = line("note", id="n1", text="x")
ANOTHER = line("note", id="n2", text="y")
COPY, CALENDAR, PIPE = "copy.sqlite3", "calendar.ics", "pipe"
ROOM = 33_000
"""Bytes that no file may be longer than on the disk that is full: less than the data file has."""

Stand = Callable[[Path], AbstractContextManager[None] | None]


def start(
    folder: Path, *arguments: str, typed: str = "", before: list[str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Start the program cold; `before` is what starts it, for a user or a disk that is meant."""
    return subprocess.run(
        [*(before or []), sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder),
         "--now", NOW, *arguments],
        input=typed, capture_output=True, text=True, check=False, timeout=120, cwd=folder.parent,
        env={**os.environ, "TZ": "UTC"},
    )  # fmt: skip


# ---- how the data stand --------------------------------------------------------------------------
def data(folder: Path) -> Path:
    (found,) = folder.glob("*.sqlite3")
    return found


def sound(folder: Path) -> None:
    """One note, and a backup of it."""


def empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def damaged(folder: Path) -> None:
    data(folder).write_bytes(b"not a database at all" * 500)


def tampered_with(folder: Path) -> None:
    with closing(sqlite3.connect(data(folder), isolation_level=None)) as raw:
        raw.execute("UPDATE note SET text = 'z'")


def gone(folder: Path) -> None:
    data(folder).unlink()


def newer(folder: Path) -> None:
    with closing(sqlite3.connect(data(folder), isolation_level=None)) as raw:
        raw.execute("PRAGMA user_version = 9999")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(data(folder), isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nobody without a root's rights may write to it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield
    for path in (folder, folder / "backups"):
        path.chmod(0o700)


# ---- the table -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """One start: what it is told, how the data stand, how it ends, and words of its sentence."""

    told: tuple[str, ...]
    stand: Stand
    code: int
    says: str = ""
    typed: str = ""
    user: str = ""
    """"plain": somebody without a root's rights; "full": a disk on which nothing grows."""

    def __str__(self) -> str:
        first = " ".join(one for one in self.told if not one.startswith("{"))
        return f"{self.code}-{first}-{self.stand.__name__}"


TABLE = [
    Row(("add",), sound, 0, typed=ANOTHER),
    Row(("add",), empty, 0, typed=ANOTHER),
    Row(("list", "notes"), sound, 0),
    Row(("check",), sound, 0),
    Row(("backup",), sound, 0),
    Row(("restore", "{copy}"), sound, 0),
    Row(("restore", "{copy}"), damaged, 0),
    Row(("list", "notes"), closed, 0, user="plain"),
    Row(("bake",), sound, 2, "invalid choice"),
    Row(("list",), sound, 2, "KIND"),
    Row(("backup", "--passphrase"), sound, 2, "FILE"),
    Row(("--demo", "add"), sound, 2, "--demo"),
    *(
        Row(told, damaged, 10, "Please restore", typed=ANOTHER)
        for told in (
            ("list", "notes"), ("add",), ("check",), ("backup",), ("remind",), ("ack", "x")
        )
    ),
    Row(("check",), tampered_with, 10, "does not read back"),
    Row(("list", "notes"), tampered_with, 10, "damaged"),
    Row(("list", "notes"), gone, 10, "missing"),
    Row(("add",), gone, 10, "missing", typed=ANOTHER),
    *(
        Row(told, newer, 11, "newer", typed=ANOTHER)
        for told in (("list", "notes"), ("add",), ("remind",), ("backup",))
    ),
    Row(("list", "notes"), held, 0),
    Row(("add",), held, 12, "Another program", typed=ANOTHER),
    *(
        Row(told, closed, 13, "can be written", typed=ANOTHER, user="plain")
        for told in (
            ("add",), ("remind",), ("remind", "--follow"), ("backup",), ("restore", "{copy}"),
            ("import", "--yes", "{calendar}"),
        )
    ),
    *(
        Row(told, sound, 14, "disk", typed=ANOTHER, user="full")
        for told in (("add",), ("backup",), ("restore", "{copy}"))
    ),
    Row(("ack", "nothing"), sound, 20, "nothing"),
    Row(("restore", "not there"), sound, 20, "not there"),
    Row(("restore", "{calendar}"), sound, 20, "calendar.ics"),
    Row(("import", "not there"), sound, 20, "not there"),
    *(
        Row(told, sound, 20, PIPE)
        for told in (
            ("backup", "{pipe}"), ("export", "{pipe}"), ("print", "month", "--pdf", "{pipe}"),
            ("restore", "{pipe}"),
        )
    ),
    Row(("--now", "soon", "check"), sound, 20, "soon"),
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data and what lies beside them, to be copied for every start."""
    place = tmp_path_factory.mktemp("made")
    folder = place / "data"
    prepare(folder)
    assert start(folder, "add", typed=NOTE).returncode == 0
    for more in ((), (str(place / COPY),)):
        assert start(folder, "backup", *more).returncode == 0
    (place / CALENDAR).write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:u\r\n"
        b"DTSTAMP:20260101T000000Z\r\nDTSTART:20260401T090000Z\r\nSUMMARY:Lab\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR\r\n"
    )
    return place


def starting(user: str) -> list[str]:
    """Return what starts a program for somebody, or on a disk, that is meant."""
    if user == "full":
        need_programs("prlimit")
        return ["prlimit", f"--fsize={ROOM}"]
    return plain([]) if user else []


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_every_end_has_its_code_and_its_sentence(row: Row, made: Path, tmp_path: Path):
    place = tmp_path / "place"
    shutil.copytree(made, place)
    folder = place / "data"
    standing = row.stand(folder)
    before = data(folder).read_bytes() if list(folder.glob("*.sqlite3")) else b""
    # Nobody writes to it or reads from it: who waits for that waits for ever.
    os.mkfifo(place / PIPE)
    named = {"copy": COPY, "calendar": CALENDAR, "pipe": PIPE}
    told = [one.format(**{key: place / name for key, name in named.items()}) for one in row.told]
    with standing or nullcontext():
        ended = start(folder, *told, typed=row.typed, before=starting(row.user))
    assert ended.returncode == row.code, ended.stderr
    assert "Traceback" not in ended.stderr
    said = ended.stderr.splitlines()
    if row.code == 0:
        assert said == []
        return
    if row.code == 10:
        (backup,) = (folder / "backups").iterdir()
        assert said.pop() == f"OFFER {backup}"
    (sentence,) = said
    assert row.says in sentence
    # A path that is to be looked at stands last, without a full stop that might belong to it.
    assert sentence.endswith(".") or sentence.split()[-1].startswith(str(place))
    assert "ACK" not in ended.stdout
    if row.code in (10, 11, 13):
        assert (data(folder).read_bytes() if before else b"") == before, "not a byte changed"
    else:
        with closing(connect_unchanged(data(folder))) as raw:
            assert raw.execute("SELECT id FROM note").fetchall() == [("n1",)]
    assert (place / PIPE).is_fifo(), "what is no file is never replaced by one"


@pytest.mark.parametrize("output", ["full", "closed"])
@pytest.mark.parametrize(
    "told", [("add",), ("list", "notes"), ("export", "-"), ("add", "--schema")]
)
def test_an_output_that_takes_nothing_more_is_told_and_nothing_is_lost(
    made: Path, tmp_path: Path, told: tuple[str, ...], output: str
):
    folder = tmp_path / "data"
    shutil.copytree(made / "data", folder)
    sink = "/dev/full" if output == "full" else "&-"
    ended = start(folder, *told, typed=ANOTHER, before=["sh", "-c", f'"$@" >{sink}', "sh"])
    assert ended.returncode == 14
    (said,) = ended.stderr.splitlines()
    assert "output" in said
    assert start(folder, "list", "notes").stdout.count("\n") == 1 + (told == ("add",))


def test_every_code_is_in_the_table():
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    assert {row.code for row in TABLE} == codes == {0, 2, 10, 11, 12, 13, 14, 20}
