"""`export` of calendar files, of everything, and of tables; and `add` that takes it back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.factories import NEW_YORK, line, plan_line
from tests.programs import Program, child


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    made = Program(tmp_path / "data", capsys, monkeypatch)
    made.add(
        line("person", id="rosa", name="Rosa"),
        line("person", id="mei", name="王梅"),
        plan_line(person="rosa"),
        line("appointment", id="lab", person="mei", type="lab", title="Blood", zone=NEW_YORK,
             start="2026-11-30T09:00"),
        line("note", id="n1", person="rosa", text="=private\nthing"),
        line("side_effect", id="s1", person="rosa", sign="fatigue", severity=2,
             at="2026-11-20T20:15", text="@night"),
        line("side_effect", id="s2", person="mei", sign="fatigue", severity=1,
             at="2026-11-10T20:15"),
        line("dose", person="mei", name="Ibuprofen", at="2026-11-20T21:00", amount="-1 tablet"),
    )  # fmt: skip
    return made


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


# ---- everything --------------------------------------------------------------------------------
def test_everything_goes_out_and_comes_back(program: Program, tmp_path: Path, capsys, monkeypatch):
    target, again = tmp_path / "all.jsonl", tmp_path / "again.jsonl"
    told = program("export", str(target), "--notes", "--numbers")
    assert (told.code, told.out, told.err) == (0, [], [])
    assert target.stat().st_mode & 0o777 == 0o600
    assert json.loads(target.read_text().splitlines()[0])["counts"]["note"] == 1
    other = Program(tmp_path / "other", capsys, monkeypatch)
    took = other("add", typed=target.read_bytes())
    assert took.code == 0
    assert took.out[0] == "ACK about"
    assert len(took.out) == len(target.read_text().splitlines())
    other("export", str(again), "--notes", "--numbers")
    assert again.read_bytes() == target.read_bytes()
    ics = [tmp_path / name for name in ("a.ics", "b.ics")]
    for one, path in zip((program, other), ics, strict=True):
        one("export", str(path))
    assert ics[0].read_bytes() == ics[1].read_bytes()


def test_private_notes_only_when_asked_for(program: Program, tmp_path: Path):
    target = tmp_path / "all.jsonl"
    program("export", str(target))
    about = json.loads(target.read_text().splitlines()[0])
    assert about["left_out"][0] == "1 private note (not ticked)"
    assert "=private" not in target.read_text()


def test_a_file_of_a_newer_program_is_not_begun(program: Program):
    newer = json.dumps({"kind": "about", "format": 99, "version": "9.0"})
    told = program.add(newer, line("note", person="rosa", text="x"))
    assert told.code == 20
    assert told.out == []
    assert "newer version of this program (9.0)" in told.err[0]
    assert len(told.err) == 2


# ---- tables ------------------------------------------------------------------------------------
def test_tables(program: Program, tmp_path: Path):
    target = tmp_path / "x.csv"
    assert program("export", str(target), "--of", "side-effects").code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert [row[2] for row in rows(target)] == ["Person", "王梅", "Rosa"]
    assert rows(target)[2][10] == "'@night"
    program("export", str(target), "--of", "side-effects", "--from", "2026-11-20", "--person",
            "rosa")  # fmt: skip
    assert [row[0] for row in rows(target)] == [
        "Date and time", "2026-11-20 20:15",
        "Left out: what was before 2026-11-20; what is about other people",
    ]  # fmt: skip
    program("export", str(target), "--of", "doses")
    assert rows(target)[1][9] == "'-1 tablet"
    program("export", str(target), "--of", "notes")
    assert rows(target)[1:] == [["Left out: 1 private note (not ticked)"]]
    program("export", str(target), "--of", "notes", "--notes")
    assert [row[-1] for row in rows(target)[1:]] == ["'=private\nthing"]


# ---- the calendar ------------------------------------------------------------------------------
def calendar(program: Program, path: Path, *options: str) -> str:
    assert program("export", str(path), *options).code == 0
    return path.read_bytes().decode().replace("\r\n ", "")


def test_what_of_the_calendar(program: Program, tmp_path: Path):
    target = tmp_path / "care.ics"
    whole = calendar(program, target)
    assert "Blood" in whole
    assert "Infusion 1" in whole
    for options, has, has_not in (
        (("--person", "mei"), "Blood", "Infusion"),
        (("--type", "infusion"), "Infusion 2", "Blood"),
        (("--type", "lab", "--type", "drive"), "Blood", "Infusion"),
        (("--id", "p1~1"), "Infusion 1", "Infusion 2"),
        (("--id", "p1~1", "--id", "lab"), "Blood", "Infusion 2"),
        (("--neutral",), "SUMMARY", "Blood"),
    ):
        told = calendar(program, target, *options)
        assert has in told, options
        assert has_not not in told, options
    assert calendar(program, tmp_path / "calendar") == whole
    assert calendar(program, tmp_path / "odd.txt", "--as", "ics") == whole


# ---- standard output ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("options", "begins"),
    [((), b"BEGIN:VCALENDAR"), (("--as", "jsonl"), b'{"kind": "about"'),
     (("--as", "csv", "--of", "doses"), b"\xef\xbb\xbfDate and time")],
)  # fmt: skip
def test_standard_output(program: Program, options: tuple[str, ...], begins: bytes):
    running = child(program.folder, "export", "-", *options)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert out.encode("utf-8", "surrogateescape").startswith(begins)


# ---- refused -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("file", "options", "words"),
    [
        ("x.ics", ("--person", "nobody"), "--person|person: "),
        ("x.ics", ("--type", "party"), "--type: “party”"),
        ("x.ics", ("--id", "nothing"), "--id: "),
        ("x.ics", ("--of", "doses"), "--of: "),
        ("x.ics", ("--notes",), "--notes: "),
        ("x.jsonl", ("--neutral",), "--neutral: "),
        ("x.jsonl", ("--person", "rosa"), "--person: "),
        ("x.jsonl", ("--from", "2026-11-20"), "--from: "),
        ("x.jsonl", ("--type", "lab"), "--type: "),
        ("x.csv", ("--of", "doses", "--id", "lab"), "--id: "),
        ("x.csv", (), "--of: "),
        ("x.csv", ("--of", "pills"), "--of: “pills”"),
        ("x.csv", ("--of", "doses", "--notes"), "--notes: "),
        ("x.csv", ("--of", "doses", "--numbers"), "--numbers: "),
        ("x.csv", ("--of", "doses", "--person", "nobody"), "person: "),
        ("x.csv", ("--of", "doses", "--from", "2026-11-20", "--to", "2026-11-19"), "to: "),
        ("x.csv", ("--of", "doses", "--from", "soon"), "--from: "),
        ("x.csv", ("--as", "jsonl"), "--as: "),
        ("-", ("--notes",), "--notes: "),
        ("nowhere/x.jsonl", (), "path: "),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    program: Program, tmp_path: Path, file: str, options: tuple[str, ...], words: str
):
    told = program("export", "-" if file == "-" else str(tmp_path / file), *options)
    assert told.code == 20
    assert told.out == []
    (sentence,) = told.err
    assert any(sentence.startswith(word) for word in words.split("|"))
    assert not list(tmp_path.glob("x.*"))


def test_a_kind_of_file_that_there_is_not(program: Program):
    assert program("export", "-", "--as", "pdf").code == 2
