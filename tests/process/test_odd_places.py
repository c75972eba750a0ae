"""The real program where nothing can be written, as an ordinary user; and where room runs out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from caregiver_app.storage.database import DATA_NAME
from tests.factories import line
from tests.programs import accept_first_run, child
from tests.storage.making import filled
from tests.storage.test_presence import killed_with_a_log
from tests.tools.plain_user import run, window

READS: list[list[str]] = [["list", "notes"], ["check"], ["export", "-", "--as", "jsonl"]]
WRITES: list[list[str]] = [["add"], ["remind"], ["restore", "{copy}"], ["backup"]]
TYPED = line("note", id="n9", text="typed")


def closed(folder: Path) -> None:
    filled(folder).close()


def without_index(folder: Path) -> None:
    killed_with_a_log(folder)


def with_index(folder: Path) -> None:
    killed_with_a_log(folder)
    # An index that the log's last writer left: any bytes, which a reader may not trust.
    (folder / f"{DATA_NAME}-shm").write_bytes(b"\0" * 32_768)


def bare_log(folder: Path) -> None:
    filled(folder).close()
    (folder / f"{DATA_NAME}-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\0" * 28)


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def locked() -> Iterator[Callable[[Path, int, int], None]]:
    """Take the rights from a folder, and give them back behind the test."""
    done: list[Path] = []

    def lock(folder: Path, folder_mode: int, file_mode: int) -> None:
        done.append(folder)
        for path in folder.iterdir():
            path.chmod(file_mode)
        folder.chmod(folder_mode)

    yield lock
    for folder in done:
        folder.chmod(0o700)


@pytest.mark.parametrize("layout", [closed, without_index, with_index, bare_log])
def test_a_folder_that_can_only_be_read_is_read_whole_and_not_touched(
    layout, tmp_path: Path, locked
):
    folder, copy, private = tmp_path / "data", tmp_path / "copy.sqlite3", tmp_path / "private"
    layout(folder)
    shutil.copyfile(folder / DATA_NAME, copy)
    private.mkdir()
    before = state(folder)
    locked(folder, 0o500, 0o400)
    commands = [[part.format(copy=copy) for part in one] for one in [*READS, *WRITES]]
    commands += [["backup", str(tmp_path / "elsewhere.sqlite3")]]
    told = run(folder, commands, TYPED, TMPDIR=str(private))
    assert [one.code for one in told] == [0] * len(READS) + [13] * len(WRITES) + [0], told
    assert all(len(one.err) == 1 for one in told[len(READS) : -1]), told
    wanted = 1 if layout in (closed, bare_log) else 2
    notes = [one for one in told[0].out if '"id": "n' in one]
    assert len(notes) == wanted, "what stands in the log is read as well"
    assert state(folder) == before
    assert list(private.iterdir()) == [], "the private copy is thrown away"
    again = run(tmp_path / "new", [["restore", str(tmp_path / "elsewhere.sqlite3")],
                                   ["list", "notes"]])  # fmt: skip
    assert len(again[1].out) == wanted, "the backup holds all that could be read"


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "reads", "writes"),
    [
        (0o500, 0o600, 0, 13),  # the file could be written to, but not beside it
        (0o700, 0o400, 0, 13),  # and the other way round
        (0o500, 0o000, 14, 14),
        (0o000, 0o600, 14, 14),
    ],
)
def test_rights_of_every_kind_end_in_one_plain_line(
    folder_mode, file_mode, reads, writes, tmp_path: Path, locked
):
    folder = tmp_path / "data"
    filled(folder).close()
    before = state(folder)
    locked(folder, folder_mode, file_mode)
    told = run(folder, [["list", "notes"], ["add"]], TYPED)
    assert told[0].code in (reads, 13 if reads else 0), told
    assert told[1].code in (writes, 13), told
    for one in told:
        assert len(one.err) == (one.code != 0), told
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.chmod(0o600)
    assert state(folder) == before


def test_a_place_where_nothing_is_and_nothing_can_be_is_refused(tmp_path: Path, locked):
    folder = tmp_path / "data"
    folder.mkdir()
    locked(folder, 0o500, 0o400)
    for place in (folder, folder / "below"):
        told = run(place, [["list", "notes"], ["add"]], TYPED)
        assert [one.code for one in told] == [13, 13]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("layout", "said"),
    [(closed, "You can look, but nothing can be kept."), (without_index, "private copy of")],
)
def test_the_window_opens_to_read_and_says_so(layout, said: str, tmp_path: Path, locked):
    folder = tmp_path / "data"
    layout(folder)
    accept_first_run(folder)
    if layout is without_index:
        killed_again(folder)
    before = state(folder)
    locked(folder, 0o500, 0o400)
    shown, code = window(folder)
    assert said in shown
    assert "Save a copy elsewhere" in shown or "Nothing can be" in shown or "can be kept" in shown
    assert code == 0
    assert state(folder) == before


def killed_again(folder: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from tests.storage.making import note, opened\n"
        "store = opened(Path(sys.argv[1]))\n"
        "with store.change('x'):\n    store.put(note('n3', 'in the log'))\n"
        "os._exit(0)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code, folder], check=True, cwd=root)
    (folder / f"{DATA_NAME}-shm").unlink()


# ---- room that runs out, a lock, a folder that goes -------------------------------------------
def test_files_that_may_not_grow_lose_nothing_that_was_acknowledged(tmp_path: Path):
    folder = tmp_path / "data"
    filled(folder).close()
    room = (folder / DATA_NAME).stat().st_size + 200_000
    typed = "\n".join(line("note", id=f"m{n}", text="x" * 4000) for n in range(400))
    told = subprocess.run(
        [sys.executable, "-c", _ROOM, str(room), str(folder)],
        input=typed, capture_output=True, text=True, check=False, timeout=240,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    acknowledged = {one.split()[1] for one in told.stdout.splitlines() if one.startswith("ACK")}
    assert told.returncode == 14, told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert "disk" in told.stderr
    assert 0 < len(acknowledged) < 400
    program = child(folder, "list", "notes")
    listed, _ = program.communicate(timeout=120)
    assert program.returncode == 0
    assert all(f'"id": "{one}"' in listed for one in acknowledged)
    assert listed.count('"id": "m') == len(acknowledged)


_ROOM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from caregiver_app.bootstrap import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.exit(main(["--data-dir", sys.argv[2], "add"]))
"""


def test_a_folder_that_goes_away_under_a_following_program_is_not_made_anew(tmp_path: Path):
    folder = tmp_path / "data"
    filled(folder).close()
    program = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve().parents[2] / "main.py"), "--data-dir",
         str(folder), "add"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(line("note", id="m1", text="kept") + "\n")
    program.stdin.flush()
    assert program.stdout.readline() == "ACK m1\n"
    folder.rename(tmp_path / "gone")
    said, wrong = program.communicate(line("note", id="m2", text="lost") + "\n", timeout=120)
    assert (said, program.returncode) == ("", 14)
    assert "are not where they were" in wrong
    assert len(wrong.splitlines()) == 1
    assert not folder.exists()
    (tmp_path / "gone").rename(folder)
    again = child(folder, "list", "notes")
    listed, _ = again.communicate(timeout=120)
    assert '"id": "m1"' in listed
    assert '"id": "m2"' not in listed
