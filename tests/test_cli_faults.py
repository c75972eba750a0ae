"""The command line when things go wrong: damage, locks, kills, odd terminals."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from caregiver_app import cli
from caregiver_app.bootstrap import main
from tests.factories import NEW_YORK, line
from tests.programs import NOW, Program, child


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    return Program(tmp_path / "data", capsys, monkeypatch)


# ---- damaged, newer, busy, read-only -----------------------------------------------------------
def data(program: Program) -> Path:
    (found,) = program.folder.glob("*.sqlite3")
    return found


def test_rows_that_vanished_are_found(program: Program):
    program.add(*(line("note", id=f"n{number}", text="x") for number in range(9)))
    assert program("check").code == 0
    with closing(sqlite3.connect(data(program))) as raw:
        raw.execute("DELETE FROM note WHERE id <> 'n0'")
        raw.commit()
    told = program("check")
    assert (told.code, told.out) == (10, [])


def nine_notes(program: Program) -> None:
    program.add(*(line("note", id=f"n{number}", text="x") for number in range(9)))


def take_away(program: Program, but: int = 1) -> None:
    """Take rows away behind the program's back; the file stays sound."""
    with closing(sqlite3.connect(data(program))) as raw:
        raw.execute("DELETE FROM note WHERE CAST(substr(id, 2) AS INTEGER) >= ?", (but,))
        raw.commit()


@pytest.mark.parametrize(
    "told", [("list", "notes"), ("add",), ("export", "-", "--as", "jsonl"), ("backup",)]
)
def test_every_command_tells_once_it_is_done_that_entries_vanished(
    program: Program, told: tuple[str, ...]
):
    nine_notes(program)
    full = program("backup").out[0].rpartition(" ")[2]
    take_away(program)
    ended = program(*told, typed=line("note", id="more", text="y"), now="2026-11-22T08:00")
    assert ended.code == 10
    assert "9 notes -> 1" in ended.err[0]
    assert ended.err[1:] == [f"OFFER {full}"]
    assert ended.out, "it did its work"
    again = program("check", now="2026-11-22T09:00")
    assert (again.code, again.err[1:]) == (10, [f"OFFER {full}"])


def test_reminders_ring_on_where_entries_vanished(program: Program):
    nine_notes(program)
    take_away(program)
    assert program("remind").code == 0


def test_a_backup_of_the_same_minute_keeps_what_has_vanished_since(program: Program):
    nine_notes(program)
    assert program("backup").code == 0
    take_away(program, but=5)
    assert program("backup").code == 10
    kept = sorted((program.folder / "backups").iterdir())
    assert len(kept) == 2
    assert program("check").err[1:] == [f"OFFER {kept[0]}"], "the one that lacks the least"


def test_where_no_backup_has_all_the_one_that_lacks_least_is_offered(program: Program):
    program.add(*(line("note", id=f"n{number}", text="x") for number in range(6)))
    fuller = program("backup", now="2026-11-20T08:00").out[0].rpartition(" ")[2]
    program.add(*(line("note", id=f"n{number}", text="x") for number in range(6, 9)))
    take_away(program)
    assert program("backup", now="2026-11-21T08:00").code == 10
    assert program("check").err[1:] == [f"OFFER {fuller}"]


@pytest.mark.parametrize("told", [("add",), ("remind",)])
def test_nothing_is_written_into_a_file_whose_structure_is_damaged(
    program: Program, told: tuple[str, ...]
):
    nine_notes(program)
    program.add(line("appointment", id="a1", type="lab", title="Blood", start="2026-11-24T09:30"))
    assert program("backup").code == 0
    with closing(sqlite3.connect(data(program))) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'photo'").fetchone()
    with data(program).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    before = data(program).read_bytes()
    ended = program(*told, typed=line("note", id="more", text="y"))
    assert ended.code == 10
    assert ended.out == []
    assert ended.err[1].startswith("OFFER ")
    assert data(program).read_bytes() == before


@pytest.mark.parametrize("what", ["data", "backup", "log"])
@pytest.mark.parametrize(
    "told", [("export",), ("export", "--as", "jsonl"), ("print", "month", "--pdf")]
)
def test_a_diary_or_a_backup_is_never_written_over_by_what_is_handed_out(
    program: Program, told: tuple[str, ...], what: str
):
    nine_notes(program)
    backup = Path(program("backup").out[0].rpartition(" ")[2])
    target = {"data": data(program), "backup": backup}.get(what, Path(f"{data(program)}-wal"))
    before = data(program).read_bytes(), backup.read_bytes()
    ended = program(*told, str(target))
    assert ended.code == 20
    assert str(target) in ended.err[0]
    assert (data(program).read_bytes(), backup.read_bytes()) == before


def test_a_search_table_that_is_emptied_from_outside_is_damage_and_no_fault_of_the_disk(
    program: Program,
):
    nine_notes(program)
    assert program("backup").code == 0
    with closing(sqlite3.connect(data(program))) as raw:
        raw.executescript(
            "DELETE FROM search_data; DELETE FROM search_idx; DELETE FROM search_docsize"
        )
    ended = program.add(line("note", id="n1", text="another word"))
    assert (ended.code, ended.out) == (10, [])
    assert ended.err[1].startswith("OFFER ")


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_a_backup_never_takes_the_place_of_the_diary_or_what_is_beside_it(
    program: Program, end: str
):
    nine_notes(program)
    before = data(program).read_bytes()
    assert program("backup", f"{data(program)}{end}").code == 20
    assert program("backup", str(program.folder / "caregiver-counts.json")).code == 20
    assert data(program).read_bytes() == before


def test_the_unforeseen_is_one_line_too(program: Program, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(cli, "run", broken)
    told = program("list", "notes")
    assert (told.code, len(told.err)) == (1, 1)
    assert "no such thing" not in told.err[0]
    monkeypatch.setenv("CAREGIVER_DEBUG", "1")
    with pytest.raises(ValueError, match="no such thing"):
        main(["--now", NOW, "list", "notes"])


# ---- as scripts use it -------------------------------------------------------------------------
def test_json_lines_are_utf_8_whatever_the_terminal_speaks(program: Program):
    program.add(line("note", id="头", text="头痛"))
    running = child(program.folder, "list", "notes", PYTHONIOENCODING="latin-1", LC_ALL="C")
    out = running.communicate(timeout=60)[0]
    assert json.loads(out)["text"] == "头痛"


def test_a_reader_that_has_gone_is_no_error(program: Program):
    program.add(*(line("note", text="x" * 90_000) for _ in range(4)))
    running = child(program.folder, "list", "notes")
    running.stdout.close()
    running.stdout = None
    _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")


@pytest.mark.filterwarnings("ignore")
def test_without_standard_input_nothing_is_added(program: Program, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["--data-dir", str(program.folder), "--now", NOW, "add"]) == 0
