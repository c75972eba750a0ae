"""`print month` and `print agenda`: the pages that the window prints, as a PDF file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caregiver_app.messages import words
from tests.factories import NEW_YORK, line, plan_line
from tests.pages.reading import facts_of, words_of
from tests.programs import Program, child

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]
ON = {"start": "2026-12-11T09:30", "zone": NEW_YORK, "type": "lab"}


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    monkeypatch.setenv("LC_PAPER", "de_DE.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return Program(tmp_path / "data", capsys, monkeypatch)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "page.pdf"


@pytest.mark.parametrize(("page", "size"), [("month", (842, 595)), ("agenda", (595, 842))])
def test_this_month_and_another_one(program: Program, target: Path, page, size):
    program.add(
        plan_line(),
        line("appointment", id="a", **ON, title="Blood test 血"),
        line("appointment", id="b", **{**ON, "start": "2026-11-27T09:30"}, title="November thing"),
    )
    told = program("print", page, "--pdf", str(target))
    assert (told.code, told.out, told.err) == (0, [], [])
    found = words_of(target.read_bytes())
    assert facts_of(target.read_bytes()) == (1, size)
    assert "November 2026" in found
    assert "November" in found
    assert "thing" in found
    assert "血" not in found
    assert target.stat().st_mode & 0o777 == 0o600
    assert program("print", page, "--pdf", str(target), "--on", "2026-12-24").code == 0
    found = words_of(target.read_bytes())
    assert "December 2026" in found
    assert "Blood" in found
    assert "血" in found
    assert "Infusion" in found
    assert "thing" not in found


def test_everybody_or_one_person(program: Program, target: Path):
    program.add(
        line("person", id="rosa", name="Rosa Marín"),
        line("person", id="mei", name="王梅"),
        line("appointment", id="a", person="rosa", **ON, title="Hers"),
        line("appointment", id="b", person="mei", **ON, title="His"),
    )
    page = ("print", "month", "--pdf", str(target), "--on", "2026-12-01")
    assert program(*page).code == 0
    found = words_of(target.read_bytes())
    assert "Hers" in found
    assert "His" in found
    assert "王梅, Rosa Marín" in found
    assert program(*page, "--person", "mei").code == 0
    found = words_of(target.read_bytes())
    assert "His" in found
    assert "Hers" not in found
    assert "Rosa" not in found
    target.unlink()
    told = program(*page, "--person", "nobody")
    assert (told.code, told.out, len(told.err)) == (20, [], 1)
    assert not target.exists()


def test_paper_large_letters_and_neutral_titles(program: Program, target: Path, monkeypatch):
    program.add(line("appointment", id="a", **ON, title="Blood test", place="Willow Lane"))
    page = ("print", "agenda", "--pdf", str(target), "--on", "2026-12-01")
    for chosen, size in (
        ((), (595, 842)), (("--paper", "letter"), (612, 792)), (("--paper", "A4"), (595, 842)),
    ):  # fmt: skip
        assert program(*page, *chosen).code == 0
        assert facts_of(target.read_bytes())[1] == size
    usual = target.read_bytes()
    assert program(*page, "--big").code == 0
    assert target.read_bytes() != usual
    assert "Blood test" in words_of(target.read_bytes())
    assert program(*page, "--neutral").code == 0
    found = words_of(target.read_bytes())
    assert "Appointment" in found
    assert "Blood" not in found
    assert "Willow" not in found
    monkeypatch.setenv("LC_PAPER", "en_US.UTF-8")
    assert program(*page).code == 0
    assert facts_of(target.read_bytes())[1] == (612, 792)


def test_what_cannot_be_is_one_plain_line(program: Program, target: Path, tmp_path: Path):
    program.add(line("appointment", id="a", **ON, title="Blood test"))
    there = ("--pdf", str(target))
    for wrong, code in (
        (("print", "month", *there, "--on", "soon"), 20),
        (("print", "month", "--pdf", str(tmp_path / "no" / "x.pdf")), 20),
        (("print", "agenda", *there, "--paper", "A5"), 2),
        (("print", "bag", *there, "--big"), 20),
        (("print", "emergency", *there, "--neutral"), 20),
    ):
        told = program(*wrong)
        assert (told.code, told.out, len(told.err)) == (code, [], 1), wrong
    assert words("print.only_calendar") in program("print", "bag", *there, "--big").err[0]
    assert not target.exists()


def test_an_empty_family_and_no_screen(program: Program, target: Path):
    for page in ("month", "agenda"):
        running = child(program.folder, "print", page, "--pdf", str(target), DISPLAY="")
        _, err = running.communicate(timeout=60)
        assert (running.returncode, err) == (0, "")
        assert "November 2026" in words_of(target.read_bytes())
    assert program("list", "people").out == [], "printing makes nobody"


def test_the_packet_and_its_parts(program: Program, target: Path):
    program.add(
        line("person", id="rosa", name="Rosa Marín"),
        plan_line(person="rosa"),
        line("question", id="q", person="rosa", text="Can it be earlier?"),
    )
    page = ("print", "packet", "--pdf", str(target), "--on", "2026-11-24")
    told = program(*page)
    assert (told.code, told.out, told.err) == (0, [], [])
    found = words_of(target.read_bytes())
    for text in ("Rosa Marín\u2019s bag", "Getting ready", "Can it be earlier?", "In an emergency"):
        assert text in found
    assert "Drive for" not in found, "nobody drives yet"
    assert program(*page, "--parts", "slip, bag", "--paper", "letter").code == 0
    found = words_of(target.read_bytes())
    assert facts_of(target.read_bytes()) == (2, (612, 792))
    assert "Drive for" in found
    assert "Getting ready" not in found


def test_parts_that_cannot_be_are_one_plain_line(program: Program, target: Path):
    program.add(
        plan_line(), line("appointment", id="fu", **{**ON, "type": "follow-up"}, title="Dr")
    )
    page = ("print", "packet", "--pdf", str(target))
    for wrong in (
        (*page, "--parts", "bag,shoes"),
        (*page, "--parts", " , "),
        (*page, "--on", "2026-12-11", "--parts", "steps"),
        ("print", "bag", "--pdf", str(target), "--parts", "bag"),
        (*page, "--big"),
    ):
        told = program(*wrong)
        assert (told.code, told.out, len(told.err)) == (20, [], 1), wrong
    assert "shoes" in program(*page, "--parts", "bag,shoes").err[0]
    assert not target.exists()


def test_the_bag_of_a_follow_up_or_a_lab_visit(program: Program, target: Path):
    program.add(
        plan_line(),
        line("appointment", id="lab", **ON, title="Blood test"),
        line(
            "appointment", id="d", **{**ON, "start": "2026-12-12T09:30", "type": "drive"}, title="X"
        ),
    )
    page = ("print", "bag", "--pdf", str(target), "--on")
    assert program(*page, "2026-12-11").code == 0
    found = words_of(target.read_bytes())
    assert "Blood test" in found
    assert "Lab order" in found
    assert "Before you leave the house" not in found, "those are the steps of an infusion"
    assert program(*page, "2026-12-12").code == 20


def test_the_bag_of_a_day_long_ago_or_far_away(program: Program, target: Path):
    told = {**ON, "start": "2026-12-11T09:30", "rrule": "FREQ=WEEKLY"}
    program.add(plan_line(), line("appointment", id="lab", **told, title="Blood test"))
    page = ("print", "bag", "--pdf", str(target), "--on")
    assert program(*page, "2027-12-10").code == 0
    assert "Blood test" in words_of(target.read_bytes())
    assert program(*page, "2150-12-10").code == 20
    assert program(*page, "1950-12-10").code == 20
