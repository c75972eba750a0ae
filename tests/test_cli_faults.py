"""The command line when things go wrong: damage, locks, kills, odd terminals."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from caregiver_app import cli
from caregiver_app.bootstrap import main
from caregiver_app.storage import database
from tests.factories import NEW_YORK, line
from tests.programs import NOW, RING, Program, child, due_at


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    return Program(tmp_path / "data", capsys, monkeypatch)


# ---- damaged, newer, busy, read-only -----------------------------------------------------------
def data(program: Program) -> Path:
    (found,) = program.folder.glob("*.sqlite3")
    return found


def test_damaged_data_offers_the_newest_backup(program: Program):
    program.add(line("note", id="n1", text="x"))
    program("backup")
    data(program).write_bytes(b"not a database at all" * 500)
    for command in (("list", "notes"), ("remind",), ("check",), ("backup",), ("ack", "x")):
        told = program(*command)
        assert told.code == 10
        assert len(told.err) == 2
        assert told.err[1].startswith("OFFER ")
    offer = told.err[1].removeprefix("OFFER ")
    assert program("restore", offer).code == 0
    assert len(program("list", "notes").out) == 1


def test_a_row_that_was_tampered_with_is_found(program: Program):
    program.add(line("note", id="n1", text="x"))
    program("backup")
    with closing(sqlite3.connect(data(program), isolation_level=None)) as raw:
        raw.execute("UPDATE note SET text = 'y'")
    told = program("check")
    assert (told.code, len(told.err)) == (10, 2)
    assert told.err[1].startswith("OFFER ")
    assert program("list", "notes").code == 10


def test_rows_that_vanished_are_found(program: Program):
    program.add(*(line("note", id=f"n{number}", text="x") for number in range(9)))
    assert program("check").code == 0
    with closing(sqlite3.connect(data(program))) as raw:
        raw.execute("DELETE FROM note WHERE id <> 'n0'")
        raw.commit()
    told = program("check")
    assert (told.code, told.out) == (10, [])


def test_newer_data_is_left_alone(program: Program):
    program.add(line("note", id="n1", text="x"))
    with closing(sqlite3.connect(data(program), isolation_level=None)) as raw:
        raw.execute("PRAGMA user_version = 9999")
    before = data(program).read_bytes()
    for command in (("list", "notes"), ("remind",), ("add",)):
        told = program(*command, typed=line("note", text="y"))
        assert (told.code, len(told.err)) == (11, 1)
    assert data(program).read_bytes() == before


def test_a_lock_that_is_held_is_12(program: Program, monkeypatch):
    program.add(line("note", id="n1", text="x"))
    opens = database.open_store
    monkeypatch.setattr(
        "caregiver_app.bootstrap.open_store",
        lambda folder, **k: opens(folder, busy_seconds=0.1, **k),
    )
    with closing(sqlite3.connect(data(program), isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        told = program.add(line("note", text="y"))
        assert (told.code, told.out, len(told.err)) == (12, [], 1)
        assert len(program("list", "notes").out) == 1  # reading goes on
        raw.execute("ROLLBACK")


def test_what_cannot_be_written_to_is_13(program: Program, monkeypatch):
    program.add(due_at(), line("note", id="n1", text="x"))
    opens = database.open_store
    monkeypatch.setattr(
        "caregiver_app.bootstrap.open_store",
        lambda folder, **k: opens(folder, **(k | {"read_only": True})),
    )
    for command in (("add",), ("remind",), ("remind", "--follow"), ("ack", RING)):
        told = program(*command, typed=line("note", text="y"), now="2026-11-24T07:30")
        assert (told.code, told.out, len(told.err)) == (13, [], 1)
    assert len(program("list", "notes").out) == 1


def test_a_folder_that_cannot_be_written_to_takes_no_backup_and_no_restore(
    program: Program, monkeypatch, tmp_path: Path
):
    program.add(line("note", id="n1", text="x"))
    copy = tmp_path / "copy.sqlite3"
    assert program("backup", str(copy)).code == 0

    def refuse(_folder: Path) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr("caregiver_app.storage.files.make_folder", refuse)
    monkeypatch.setattr(os, "access", lambda *_a, **_k: False)
    for command in (("backup",), ("restore", str(copy))):
        told = program(*command)
        assert (told.code, told.out, len(told.err)) == (13, [], 1)


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


def storm(folder: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill `add` again and again; count what it acknowledged and what there is."""
    chance, acked, number = random.Random(seed), set[str](), 0
    for _ in range(kills):
        running = child(folder, "add")
        lines = [line("note", id=f"n{number + one}", text="x") for one in range(400)]
        number += len(lines)
        running.stdin.write("\n".join(lines))
        running.stdin.close()
        heard, upto = 0, chance.randint(0, 60)
        while heard < upto and running.stdout.readline():
            heard += 1
        running.kill()
        told = running.stdout.read()
        running.wait()
        running.stdout.close()
        running.stderr.close()
        count = heard + len(re.findall(r"^ACK \S+$", told, re.MULTILINE))
        acked |= {f"n{number - len(lines) + one}" for one in range(count)}
    last = child(folder, "list", "notes")
    out, err = last.communicate(timeout=120)
    assert (last.returncode, err) == (0, "")
    kept = {json.loads(one)["id"] for one in out.splitlines()}
    assert acked <= kept
    return len(acked), len(kept)


def test_whatever_was_acknowledged_survives_kills(tmp_path: Path):
    acked, kept = storm(tmp_path / "data", kills=8, seed=1)
    assert kept >= acked > 0


@pytest.mark.long
def test_whatever_was_acknowledged_survives_a_hundred_kills(tmp_path: Path):
    acked, kept = storm(tmp_path / "data", kills=100, seed=2)
    assert kept >= acked > 0
    check = child(tmp_path / "data", "check")
    check.communicate(timeout=120)
    assert check.returncode == 0
