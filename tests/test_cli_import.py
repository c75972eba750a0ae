"""`import` on the command line: what it says, what it keeps, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caregiver_app import bootstrap
from caregiver_app.errors import DiskTrouble, InputRefused, UserError
from caregiver_app.messages import explain
from caregiver_app.services.import_report import calendar_bytes
from tests.factories import NEW_YORK, line, plan_line
from tests.programs import Program
from tests.services.ics import calendar, edited, event

LAB = event("lab", "20261201T093000", "SUMMARY:Lab")
SCAN = event("scan", "20261202T093000", "SUMMARY:Scan")
LOST = "BEGIN:VEVENT\nUID:lost\nSUMMARY:Lost\nEND:VEVENT"
COUNTS = ("added", "updated", "unchanged", "skipped")


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    return Program(tmp_path / "data", capsys, monkeypatch)


def listed(program: Program) -> list[str]:
    told = [json.loads(one) for one in program("list", "appointments").out]
    return [f"{one['start'][:16]} {one['title']}" for one in told]


def counts(out: list[str]) -> tuple[int, ...]:
    told = dict(one.split() for one in out[:4])
    assert tuple(told) == COUNTS
    return tuple(int(told[name]) for name in COUNTS)


def test_without_yes_nothing_is_kept(program: Program) -> None:
    told = program("import", "-", typed=calendar(LAB, SCAN, LOST))
    assert (told.code, told.err) == (0, [])
    assert counts(told.out) == (2, 0, 0, 1)
    assert any("14" in one and "Lost" in one and "no start" in one for one in told.out)
    assert "--yes" in told.out[-1]
    assert listed(program) == []


def test_with_yes_it_is_kept_and_never_twice(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "clinic.ics"
    file.write_bytes(calendar(LAB, SCAN))
    told = program("import", str(file), "--yes")
    assert (told.code, told.err, counts(told.out)) == (0, [], (2, 0, 0, 0))
    assert listed(program) == ["2026-12-01T09:30 Lab", "2026-12-02T09:30 Scan"]
    told = program("import", "--yes", str(file))
    assert (told.code, told.err, counts(told.out)) == (0, [], (0, 0, 2, 0))
    file.write_bytes(calendar(LAB.replace("T0930", "T1030"), SCAN))
    told = program("import", str(file), "--yes")
    assert (told.code, counts(told.out)) == (0, (0, 1, 1, 0))
    assert any("Lab" in one and "09:30" in one and "10:30" in one for one in told.out)
    assert listed(program) == ["2026-12-01T10:30 Lab", "2026-12-02T09:30 Scan"]


def test_our_own_export_changes_nothing(program: Program, tmp_path: Path) -> None:
    program.add(
        plan_line(),
        line("appointment", id="a", type="lab", title="Blut", start="2026-12-01T09:30",
             zone=NEW_YORK, rrule="FREQ=WEEKLY", reminders=[60]),
    )  # fmt: skip
    file = tmp_path / "own.ics"
    for options in ([], ["--neutral"], ["--from", "2026-12-01", "--to", "2026-12-20"]):
        assert program("export", str(file), *options).code == 0
        before = program("list", "appointments").out
        told = program("import", str(file), "--yes")
        assert (told.code, told.err) == (0, [])
        added, updated, unchanged, skipped = counts(told.out)
        assert (added, updated, skipped) == (0, 0, 0)
        assert unchanged > 0
        assert program("list", "appointments").out == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (b"", ("Line 1", "empty")),
        (b" \r\n\r\n", ("Line 1", "empty")),
        (b"hello", ("Line 1",)),
        (b"\x00\x01\x02" * 50, ("Line 1",)),
        (calendar(), ("Line 1",)),
        (calendar(LOST), ("Line 4", "Lost", "no start")),
        (calendar("BEGIN:VTODO\nUID:t\nSUMMARY:Buy\nEND:VTODO"), ("Line", "Buy")),
        (calendar("BEGIN:VTODO\nUID:t\nEND:VTODO"), ("Line 4: This is a task",)),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20, ("Line",)),
        (b"BEGIN:VCALENDAR\r\nX:" + b"a" * 200_000, ("Line",)),
    ],
    ids=[
        "nothing",
        "blank",
        "words",
        "bytes",
        "no event",
        "no start",
        "task",
        "no title",
        "deep",
        "long",
    ],
)
@pytest.mark.parametrize("yes", [[], ["--yes"]], ids=["look", "yes"])
def test_what_holds_nothing_readable_is_refused(
    program: Program, typed: bytes, words: tuple[str, ...], yes: list[str]
) -> None:
    told = program("import", "-", *yes, typed=typed)
    assert (told.code, told.out, len(told.err)) == (20, [], 1)
    assert all(word in told.err[0] for word in words), told.err
    assert listed(program) == []


def test_a_file_that_is_not_there_or_may_not_be_read(program: Program, tmp_path: Path) -> None:
    told = program("import", str(tmp_path / "nowhere.ics"))
    assert (told.code, told.out, len(told.err)) == (20, [], 1)
    assert "nowhere.ics" in told.err[0]
    told = program("import", str(tmp_path))
    assert (told.code, len(told.err)) == (20, 1)
    assert "folder" in told.err[0]


@pytest.mark.parametrize(
    ("error", "word", "kind"),
    [
        (PermissionError(13, "no"), "may not be read", InputRefused),
        (OSError(5, "no"), "could not be read", DiskTrouble),
    ],
)
def test_a_file_that_the_system_refuses(
    monkeypatch, tmp_path: Path, error: OSError, word: str, kind: type[UserError]
) -> None:
    def refuses(self: Path, *_given: object) -> None:
        raise error

    with monkeypatch.context() as during:
        during.setattr(Path, "open", refuses)
        with pytest.raises(kind) as caught:
            calendar_bytes(tmp_path / "closed.ics")
    assert word in explain(caught.value)


def test_a_name_of_a_file_that_no_system_knows(program: Program) -> None:
    told = program("import", "x" * 5000)
    assert (told.code, told.out, len(told.err)) == (20, [], 1)


def test_several_people_need_one_named(program: Program) -> None:
    program.add(line("person", id="m", name="Maria"), line("person", id="j", name="José"))
    told = program("import", "-", "--yes", typed=calendar(LAB))
    assert (told.code, told.out, len(told.err)) == (20, [], 1)
    assert told.err[0].startswith("--person:")
    assert all(one in told.err[0] for one in ("--person ID", "Maria (m)", "José (j)"))
    told = program("import", "-", "--yes", "--person", "nobody", typed=calendar(LAB))
    assert (told.code, told.out, len(told.err)) == (20, [], 1)
    told = program("import", "-", "--yes", "--person", "j", typed=calendar(LAB))
    assert told.code == 0
    (kept,) = [json.loads(one) for one in program("list", "appointments").out]
    assert (kept["person"], kept["type"]) == ("j", "lab")


def test_a_treatment_visit_is_named_and_the_rest_is_taken(program: Program, tmp_path: Path) -> None:
    program.add(plan_line(id="p", first="2026-11-24T09:30", zone=NEW_YORK))
    file = tmp_path / "own.ics"
    program("export", str(file))
    uid = json.loads(program("list", "appointments").out[0])["uid"]
    moved = file.read_bytes().decode()
    for hour in ("T093000", "T12"):
        moved = edited(moved.encode(), uid, f":20261124{hour}", f":20261125{hour}")
    file.write_text(moved.replace("END:VCALENDAR", f"{LAB}\nEND:VCALENDAR"), encoding="utf-8")
    before = listed(program)
    told = program("import", str(file))
    assert (told.code, told.err) == (0, [])
    assert listed(program) == before
    told = program("import", str(file), "--yes")
    assert (told.code, len(told.err)) == (20, 2)
    assert "exit code 20" in told.err[1]
    assert "treatment visit" in told.err[0]
    assert "Line" in told.err[0]
    assert (counts(told.out)[:2], counts(told.out)[3]) == ((1, 0), 1)
    assert sorted(listed(program)) == sorted([*before, "2026-12-01T09:30 Lab"])


def test_data_that_may_only_be_read(program: Program, monkeypatch) -> None:
    program.add(line("note", id="n", text="x"))
    opens = bootstrap.open_store
    monkeypatch.setattr(
        bootstrap, "open_store", lambda folder, **k: opens(folder, **{**k, "read_only": True})
    )
    assert program("import", "-", typed=calendar(LAB)).code == 0
    told = program("import", "-", "--yes", typed=calendar(LAB))
    assert (told.code, told.out, len(told.err)) == (13, [], 1)


def test_odd_words_stay_on_one_line(program: Program) -> None:
    title = "a\\nb \u001b[31m\u2028 王梅 \u202e"
    told = program("import", "-", typed=calendar(LAB.replace("Lab", title), LOST))
    assert told.code == 0
    assert all(one.isprintable() for one in told.out)
    assert len(told.out) == 8


def test_an_older_file_leaves_ours(program: Program) -> None:
    newer = LAB.replace("SUMMARY", "SEQUENCE:2\nSUMMARY")
    program("import", "-", "--yes", typed=calendar(newer))
    told = program("import", "-", "--yes", typed=calendar(LAB.replace("T0930", "T1030")))
    assert (told.code, counts(told.out)) == (0, (0, 0, 0, 1))
    assert any("older" in one for one in told.out)
    assert listed(program) == ["2026-12-01T09:30 Lab"]


def test_a_likely_double_is_named_and_taken_all_the_same(program: Program) -> None:
    program("import", "-", "--yes", typed=calendar(LAB))
    other = calendar(LAB.replace("UID:lab", "UID:clinic-7"))
    told = program("import", "-", typed=other)
    assert counts(told.out) == (1, 0, 0, 0)
    assert told.out[4] == "new: Tue 1 Dec 2026 09:30, Lab (lab)"
    assert any("looks like “Lab” on Tue 1 Dec 2026 09:30" in one for one in told.out)
    told = program("import", "-", "--yes", typed=other)
    assert (told.code, counts(told.out)) == (0, (1, 0, 0, 0))
    assert listed(program) == ["2026-12-01T09:30 Lab"] * 2


def test_without_yes_each_row_that_would_change_is_listed(program: Program) -> None:
    program("import", "-", "--yes", typed=calendar(LAB))
    told = program("import", "-", typed=calendar(LAB.replace("T0930", "T1030"), SCAN, LOST))
    assert told.out[4:7] == [
        "changed: Tue 1 Dec 2026 10:30, Lab (lab)",
        "new: Wed 2 Dec 2026 09:30, Scan (other)",
        "left out: Lost",
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"%PDF-1.7\n", "a PDF"), (b"\n<!DOCTYPE html>", "a web page"), (b"<HTML>", "a web page"),
     (b"PK\x03\x04\x14", "a packed file"), (b"\x89PNG\r\n\x1a\n", "a picture"),
     (b"\xff\xd8\xff\xe0", "a picture")],
)  # fmt: skip
def test_what_is_no_calendar_is_called_what_it_is(tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "file.ics").write_bytes(data)
    with pytest.raises(InputRefused) as refused:
        calendar_bytes(tmp_path / "file.ics")
    assert explain(refused.value).startswith(f"This is {what}")
    assert ".ics" in explain(refused.value)
