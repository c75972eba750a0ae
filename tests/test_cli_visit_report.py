"""`print visit-report`: the page that the window prints, as a PDF file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caregiver_app.messages import words
from tests.factories import NEW_YORK, line, visit_line
from tests.pages.reading import facts_of, words_of
from tests.programs import Program

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]
FAMILY = (
    line("person", id="rosa", name="Rosa Marín"),
    visit_line("a", "2026-10-06T09:30", person="rosa"),
    visit_line("b", "2026-11-03T09:30", person="rosa"),
    visit_line("c", "2026-12-01T09:30", person="rosa", place="Willow Lane"),
    line("side_effect", person="rosa", sign="headache", severity=2, at="2026-11-05T12:00"),
    line("side_effect", person="rosa", sign="nausea", severity=1, at="2026-10-08T12:00"),
    line("question", person="rosa", text="Who asks for the approval?"),
    line("note", person="rosa", text="SECRET of the carer"),
)


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    monkeypatch.setenv("LC_PAPER", "de_DE.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return Program(tmp_path / "data", capsys, monkeypatch)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


def test_since_the_last_visit_or_over_days_that_are_named(program: Program, target: Path):
    program.add(*FAMILY)
    page = ("print", "visit-report", "--pdf", str(target))
    told = program(*page)
    assert (told.code, told.out, told.err) == (0, [], [])
    assert facts_of(target.read_bytes()) == (1, (595, 842))
    assert target.stat().st_mode & 0o777 == 0o600
    found = words_of(target.read_bytes())
    for text in ("Rosa Marín", "for Tue 1 December 2026, Willow", "covers 3 to 21 November 2026",
                 "Headache", "Who asks for the approval?"):  # fmt: skip
        assert text in found, text
    assert "Feeling sick" not in found
    assert "SECRET" not in found
    assert program(*page, "--from", "2026-10-01", "--paper", "letter").code == 0
    found = words_of(target.read_bytes())
    assert facts_of(target.read_bytes()) == (1, (612, 792))
    assert "covers 1 October to 21 November 2026" in found
    assert "Feeling sick" in found
    assert program(*page, "--from", "2026-10-01", "--to", "2026-10-31").code == 0
    found = words_of(target.read_bytes())
    assert "covers 1 to 31 October 2026" in found
    assert "Headache" not in found


def test_for_the_visit_of_a_day(program: Program, target: Path):
    program.add(*FAMILY)
    page = ("print", "visit-report", "--pdf", str(target))
    assert program(*page, "--on", "2026-11-03").code == 0
    found = words_of(target.read_bytes())
    assert "for Tue 3 November 2026" in found
    assert "covers 6 October to 3 November 2026" in found
    told = program(*page, "--on", "2026-11-04")
    assert (told.code, len(told.err)) == (20, 1)


def test_what_cannot_be_is_one_plain_line_and_no_file(program: Program, target: Path):
    page = ("print", "visit-report", "--pdf", str(target))
    told = program(*page)
    assert (told.code, told.out, told.err) == (20, [], [words("print.no_person")])
    program.add(*FAMILY)
    for wrong, code in (
        (("--from", "2026-11-10", "--to", "2026-11-09"), 20),
        (
            (
                "--from",
                "2027-11-10",
            ),
            20,
        ),
        (("--from", "soon"), 20),
        (("--to", "2026-02-30"), 20),
        (("--on", "never"), 20),
        (("--person", "nobody"), 20),
        (("--big",), 20),
        (("--neutral",), 20),
        (("--paper", "A5"), 2),
        (("--since", "2026-11-10"), 2),
    ):
        told = program(*page, *wrong)
        assert (told.code, told.out, len(told.err)) == (code, [], 1), wrong
    assert not target.exists()
    for name in ("--from", "--to"):
        for other in ("bag", "month", "agenda", "emergency"):
            told = program("print", other, "--pdf", str(target), name, "2026-11-10")
            assert told.code == 20, (name, other)
            assert words("print.only_report") in told.err[0]
    assert not target.exists()


def test_among_several_it_has_to_be_said_whose(program: Program, target: Path):
    program.add(*FAMILY, line("person", id="mei", name="王梅"))
    page = ("print", "visit-report", "--pdf", str(target))
    told = program(*page)
    assert (told.code, len(told.err)) == (20, 1)
    assert not target.exists()
    assert program(*page, "--person", "mei").code == 0
    found = words_of(target.read_bytes())
    assert "王梅" in found
    assert "Headache" not in found
    assert "No sign was written down in this time." in found
