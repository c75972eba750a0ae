"""Backups on the command line: round trips, passphrases, and files that are none."""

from __future__ import annotations

import json
import os
import random
import zipfile
from pathlib import Path

import pytest

from caregiver_app.integrations import sealed
from tests.programs import Program
from tests.tools import driven

WORDS = "moon tea river"


@pytest.fixture
def program(tmp_path, capsys, monkeypatch) -> Program:
    monkeypatch.setattr(sealed, "_MEMORY_KIB", 64)
    monkeypatch.setattr(sealed, "_ROUNDS", 1)
    monkeypatch.delenv("CAREGIVER_PASSPHRASE", raising=False)
    return Program(tmp_path / "data", capsys, monkeypatch)


def add(program: Program, number: int, *, seed: int = 0) -> None:
    chance = random.Random(seed * 1000 + number)
    text = "".join(chance.choice("aé頭🌙 \n'\"\\<") for _ in range(chance.randrange(1, 400)))
    line = {"kind": "note", "id": f"n{number}", "text": f"words {number}{text}."}
    assert program("add", typed=f"{json.dumps(line)}\n").code == 0


def everything(program: Program) -> list[str]:
    told = program("export", "-", "--as", "jsonl", "--notes", "--numbers")
    assert told.code == 0
    return told.out


def round_trip(program: Program, tmp_path: Path, number: int, monkeypatch) -> None:
    locked = number % 2 == 1
    add(program, number)
    before = everything(program)
    path = tmp_path / f"copy{number}"
    if locked:
        monkeypatch.setenv("CAREGIVER_PASSPHRASE", f"{WORDS} {number}")
    assert program("backup", str(path), *(["--passphrase"] if locked else [])).code == 0
    assert path.stat().st_mode & 0o077 == 0
    add(program, number + 1, seed=1)
    assert program("restore", str(path)).code == 0
    assert everything(program) == before
    assert program("check").code == 0
    assert not list(tmp_path.rglob(".*.part"))
    for kept in program.folder.glob("caregiver-before-restore-*"):
        kept.unlink()


def test_round_trips_are_exact(program, tmp_path, monkeypatch):
    for number in range(8):
        round_trip(program, tmp_path, number, monkeypatch)


@pytest.mark.long
def test_a_hundred_round_trips_are_exact(program, tmp_path, monkeypatch):
    for number in range(100):
        round_trip(program, tmp_path, number, monkeypatch)


# ---- what is no backup ---------------------------------------------------------------------------
def bad_files(folder: Path, plain: Path, locked: Path) -> list[Path]:
    """Fifty files that must not be restored."""
    found: list[Path] = []

    def take(data: bytes) -> None:
        path = folder / f"bad{len(found)}"
        path.write_bytes(data)
        found.append(path)

    chance = random.Random(20260320)
    whole, closed = plain.read_bytes(), locked.read_bytes()
    for share in range(1, 9):
        take(whole[: len(whole) * share // 9])
        take(closed[: len(closed) * share // 9])
    for _ in range(8):
        spoilt = bytearray(whole)
        page = chance.randrange(1, len(whole) // 4096) * 4096
        spoilt[page : page + 8] = b"\xff" * 8
        take(bytes(spoilt))
        spoilt = bytearray(closed)
        spoilt[chance.randrange(len(closed))] ^= 1 << chance.randrange(8)
        take(bytes(spoilt))
    text = whole.find(b"words 1")
    take(whole[:text] + b"WORDS" + whole[text + 5 :])
    take(closed + b"more")
    take(closed + closed)
    take(b"")
    take(b"\0" * 100_000)
    take(chance.randbytes(100_000))
    take(b"caregiver-sealed")
    take(b"caregiver-sealed" + b"\xff" * 48)
    take(b"SQLite format 3\0" + b"\0" * 8000)
    take(closed[64:])
    take(b"A shopping list\n" * 1000)
    take(whole[4096:])
    for name in ("../../escape", "/escape", "caregiver.sqlite3"):
        path = folder / f"bad{len(found)}"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, whole)
        found.append(path)
    found.append(folder / "not there")
    found.append(folder / "a folder")
    found[-1].mkdir()
    (folder / "a pipe").parent.mkdir(exist_ok=True)
    return found


def test_fifty_bad_files_are_refused_and_change_nothing(program, tmp_path, monkeypatch):
    for number in range(3):
        add(program, number)
    plain, locked = tmp_path / "plain", tmp_path / "locked"
    monkeypatch.setenv("CAREGIVER_PASSPHRASE", WORDS)
    assert program("backup", str(plain)).code == 0
    assert program("backup", str(locked), "--passphrase").code == 0
    before, data = everything(program), (program.folder / "caregiver.sqlite3").read_bytes()
    files = bad_files(tmp_path, plain, locked)
    assert len(files) >= 49
    for path in [*files, program.folder / "caregiver.sqlite3"]:
        told = program("restore", str(path))
        assert (told.code, len(told.err)) == (20, 1), (path, told)
    assert (program.folder / "caregiver.sqlite3").read_bytes() == data
    assert everything(program) == before
    assert sorted(path.name for path in program.folder.iterdir() if path.name[0] == ".") == []
    assert not (tmp_path / "escape").exists()
    assert not list(program.folder.glob("caregiver-before-restore-*"))


# ---- passphrases ---------------------------------------------------------------------------------
def test_a_wrong_or_missing_passphrase_is_refused(program, tmp_path, monkeypatch):
    add(program, 1)
    path = tmp_path / "mine.sealed"
    told = program("backup", str(path), "--passphrase")
    assert (told.code, path.exists()) == (20, False)
    assert "CAREGIVER_PASSPHRASE" in told.err[0]
    monkeypatch.setenv("CAREGIVER_PASSPHRASE", "short")
    assert "at least 8" in program("backup", str(path), "--passphrase").err[0]
    assert not path.exists()
    monkeypatch.setenv("CAREGIVER_PASSPHRASE", WORDS)
    assert program("backup", str(path), "--passphrase").code == 0
    assert b"words 1" not in path.read_bytes()
    monkeypatch.setenv("CAREGIVER_PASSPHRASE", f"{WORDS}x")
    told = program("restore", str(path))
    assert (told.code, "does not open" in told.err[0]) == (20, True)
    monkeypatch.delenv("CAREGIVER_PASSPHRASE")
    assert program("restore", str(path)).code == 20
    monkeypatch.setenv("CAREGIVER_PASSPHRASE", WORDS)
    assert program("restore", str(path)).code == 0


def test_without_a_file_a_passphrase_is_a_mistake(program):
    assert program("backup", "--passphrase").code == 2


def test_a_passphrase_is_asked_for_twice_and_never_shown(program, tmp_path, monkeypatch):
    from caregiver_app import options

    asked: list[str] = []

    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    answers = iter([WORDS, "other words", WORDS, WORDS])

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr(options.getpass, "getpass", ask)
    monkeypatch.setattr(options.sys, "stdin", Terminal())
    with pytest.raises(Exception, match=r"passphrase\.again"):
        options.passphrase(twice=True)
    assert options.passphrase(twice=True) == WORDS
    assert len(asked) == 4
    assert os.environ.get("CAREGIVER_PASSPHRASE") is None


def test_a_backup_in_its_own_place_goes_to_the_second_place_as_well(program, tmp_path):
    add(program, 1)
    second = tmp_path / "second"
    second.mkdir()
    assert driven.main([str(program.folder), "choose", str(second)]) == 0
    told = program("backup", now="2026-03-20T18:04:00+00:00")
    assert told.code == 0
    copies = list(second.glob("caregiver-*.sqlite3"))
    assert len(copies) == 1
    assert str(copies[0]) in "\n".join(told.out)
    copies[0].unlink()
    assert program("backup", str(tmp_path / "mine.sqlite3")).code == 0
    assert list(second.iterdir()) == [], "a place that was named is the only one"
    second.rmdir()
    told = program("backup", now="2026-03-20T18:09:00+00:00")
    assert told.code == 0
    assert f"Not copied to the second place: {second} is not there now." in "\n".join(told.out)
