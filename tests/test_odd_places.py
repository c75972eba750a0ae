"""Places that are not as they should be: names that are no text, what is no file, closed doors."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import line
from tests.prepared import prepare
from tests.test_exit_codes import start
from tests.tools import need_programs
from tests.tools.plain_user import plain

NOTE = line("note", id="n1", text="x")
ANOTHER = line("note", id="n2", text="y")
DATA, COUNTS, LOCK = "caregiver.sqlite3", "caregiver-counts.json", "ringing.lock"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    prepare(folder)
    assert start(folder, "add", typed=NOTE).returncode == 0
    assert start(folder, "backup").returncode == 0
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def device(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def directory(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


@pytest.mark.parametrize("odd", [pipe, device, directory])
def test_what_is_no_file_is_no_counts_and_stays(folder: Path, odd: Callable[[Path], None]):
    odd(folder / COUNTS)
    kind = (folder / COUNTS).lstat().st_mode
    for told in (("add",), ("check",), ("list", "notes"), ("backup",)):
        ended = start(folder, *told, typed=ANOTHER)
        assert (ended.returncode, ended.stderr) == (0, "")
    assert (folder / COUNTS).lstat().st_mode == kind
    assert start(folder, "list", "notes").stdout.count("\n") == 2


@pytest.mark.parametrize("odd", [pipe, device, directory])
@pytest.mark.parametrize("told", [("remind",), ("restore", "{backup}")])
def test_a_lock_that_is_no_file_is_told_as_that(
    folder: Path, odd: Callable[[Path], None], told: tuple[str, ...]
):
    odd(folder / LOCK)
    (backup,) = (folder / "backups").iterdir()
    before = (folder / DATA).read_bytes()
    ended = start(folder, *(one.format(backup=backup) for one in told))
    assert ended.returncode == 14
    (said,) = ended.stderr.splitlines()
    assert said.startswith("Something else than a file")
    assert said.endswith(str(folder / LOCK))
    assert (folder / DATA).read_bytes() == before


def test_a_folder_whose_name_is_no_text_does_for_everything(folder: Path, tmp_path: Path):
    odd = Path(os.fsdecode(os.fsencode(tmp_path / "x") + b"\xff\xfe #?%41"))
    folder.rename(odd)
    (backup,) = (odd / "backups").iterdir()
    backup = backup.rename(tmp_path / "one note.sqlite3")
    target = tmp_path / "e"
    for told in (
        ("add",), ("list", "notes"), ("check",), ("backup",), ("remind",),
        ("backup", str(odd / "mine.sqlite3")), ("export", f"{target}.jsonl"),
        ("restore", str(backup)), ("list", "notes"),
    ):  # fmt: skip
        ended = start(odd, *told, typed=ANOTHER)
        assert (ended.returncode, ended.stderr) == (0, ""), told
    assert ended.stdout.count("\n") == 1


# ---- closed doors --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("shut", "gone", "counted", "code", "says"),
    [
        (".", False, True, 13, "Nothing can be read here"),
        ("backups", True, True, 10, "the backups beside it cannot be read"),
        ("backups", True, False, 13, "Nothing can be read here"),
        ("backups", False, True, 0, ""),
    ],
)
def test_what_cannot_be_read_is_told_as_that(
    folder: Path, shut: str, gone: bool, counted: bool, code: int, says: str
):
    if gone:
        (folder / DATA).unlink()
    if not counted:
        (folder / COUNTS).unlink()
    (folder / shut).chmod(0)
    try:
        ended = start(folder, "list", "notes", before=plain([]))
    finally:
        (folder / shut).chmod(0o700)
    assert ended.returncode == code
    said = ended.stderr.splitlines()
    assert len(said) == (code != 0)
    assert all(says in one for one in said)


# ---- offers --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["a\nb", "it's\tone \\ two", "Zoë\x1b[31m", "\udcff\udcfe1", "a b"]
)
def test_an_offered_path_can_be_used_as_it_is_printed(folder: Path, tmp_path: Path, name: str):
    need_programs("bash")
    below = tmp_path / name
    below.mkdir(parents=True)
    odd = folder.rename(below / "data")
    (odd / DATA).write_bytes(b"")
    ended = start(odd, "list", "notes")
    assert ended.returncode == 10
    _, offer = ended.stderr.splitlines()
    if name.isprintable():
        assert offer == f"OFFER {next((odd / 'backups').iterdir())}"
        return
    usable = 'eval "set -- ${1#OFFER }" && test -f "$1"'
    told = subprocess.run(["bash", "-c", usable, "bash", offer], check=False)
    assert told.returncode == 0
