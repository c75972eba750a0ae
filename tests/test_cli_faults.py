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
