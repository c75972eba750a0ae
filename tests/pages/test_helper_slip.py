"""The driver's slip on paper and as text: one page, large, and nothing of what for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from caregiver_app.domain.times import instant
from caregiver_app.pages.helper_slip import lines_of, slip_page, text_of, title_of
from caregiver_app.pages.printed import pdf_of, write_printed
from caregiver_app.services.rides import Slip
from tests.factories import moment
from tests.fakes import NEW_YORK, FakeClock, Home
from tests.pages.reading import boxes_of, facts_of, pixels, words_of
from tests.services.test_rides import canaries_in, rosas

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]

ANA = Slip(
    whom="Rosa Marín",
    day=date(2026, 3, 31),
    start=time(9, 30),
    leave_at=time(8, 40),
    zone="",
    driver="Ana",
    pick_up="3 Orchard Street\nsecond bell",
    where="Willow Lane\n12 Willow Lane, level 2 parking",
    home="same",
    home_name="",
    home_phone="",
    home_at=time(12, 0),
    caution="May be dizzy or drowsy afterwards: no driving then.",
    phone="01632 960117",
    left_out="Infusion Center",
)
PRINTED = "Fri 20 March 2026, 18:04"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "data", FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK)))
    yield made
    made.close()


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_everything_is_on_one_page_and_found(paper: str, size: tuple[int, int]) -> None:
    data = pdf_of(slip_page(ANA, PRINTED), paper)
    assert facts_of(data) == (1, size)
    found = words_of(data)
    for text in (
        "Drive for Rosa Marín", "Tuesday 31 March 2026", "Leave at 8:40", "Be there at 9:30",
        "Pick up at 3 Orchard Street, second bell", "Willow Lane, 12 Willow Lane",
        "about 12:00, with you again", "drowsy", "01632 960117", f"Printed {PRINTED}",
        "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text
    assert "Infusion" not in found, "what was left out stays out"


def test_the_letters_are_large() -> None:
    tall = [bottom - top for _, top, _, bottom, text in boxes_of(pdf_of(slip_page(ANA, ""), "A4"))
            if text in ("8:40", "9:30")]  # fmt: skip
    assert tall
    assert min(tall) >= 20


def test_it_is_black_on_white() -> None:
    width, height, grey = pixels(pdf_of(slip_page(ANA, PRINTED), "A4"))
    assert (width, height) == (595, 842)
    dark = sum(value < 80 for value in grey)
    assert dark > 2000, "something stands on it"
    assert dark < width * height / 12, "rules, not fills"
    left = [grey[row * width + 10] for row in range(height)]
    assert min(left) > 250, "the margin is empty"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_however_much_was_typed_it_is_one_page(paper: str) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmütze 王梅 " * 60
    full = replace(ANA, where=long, pick_up=long, caution=long, whom=long[:200])
    data = pdf_of(slip_page(full, PRINTED), paper)
    assert facts_of(data)[0] == 1
    found = words_of(data)
    assert "8:40" in found
    assert "01632 960117" in found, "the last line is still there"
    _, right = min((b[0], b[2]) for b in boxes_of(data)), max(b[2] for b in boxes_of(data))
    assert right <= facts_of(data)[1][0] - 30


def test_the_text_says_the_same() -> None:
    assert text_of(ANA).splitlines() == [
        "Drive for Rosa Marín",
        "Day: Tuesday 31 March 2026",
        "Leave at: 8:40",
        "Pick up at: 3 Orchard Street, second bell",
        "Be there at: 9:30",
        "Where: Willow Lane, 12 Willow Lane, level 2 parking",
        "Way home: about 12:00, with you again",
        "Good to know: May be dizzy or drowsy afterwards: no driving then.",
        "To reach us: 01632 960117",
    ]


def test_what_is_not_known_takes_no_line() -> None:
    bare = replace(
        ANA, whom="", start=None, leave_at=None, pick_up="", where="", home="none", home_at=None,
        caution="", phone="",
    )  # fmt: skip
    assert title_of(bare) == "Drive"
    assert [line.label for line in lines_of(bare)] == ["Day", "Way home"]
    assert facts_of(pdf_of(slip_page(bare, ""), "A4"))[0] == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"home": "other", "home_name": "Ben", "home_phone": "555 1"}, "about 12:00, Ben 555 1"),
        ({"home": "none"}, "nobody needs to drive"),
        ({"home": "open"}, "about 12:00, nobody named yet"),
        ({"home": "open", "home_at": None}, "nobody named yet"),
    ],
)
def test_the_way_home(change: dict[str, object], words: str) -> None:
    said = {line.label: line.text for line in lines_of(replace(ANA, **change))}
    assert said["Way home"] == words


def test_another_zone_is_named() -> None:
    said = {line.label: line.text for line in lines_of(replace(ANA, zone="America/New_York"))}
    assert said["Be there at"] == "9:30 (America/New York time)"


def test_none_of_the_three_forms_tells_what_for(home: Home) -> None:
    visit = rosas(home)
    rides = home.house.rides
    slip = rides.slip(visit.id)
    paper = words_of(pdf_of(slip_page(slip, PRINTED), "A4"))
    text = text_of(slip)
    ics = rides.calendar(visit.id, slip, title=title_of(slip), text=text).decode()
    assert canaries_in(paper) == []
    assert canaries_in(text) == []
    assert canaries_in(ics) == []
    for form in (paper, text, ics.replace("\r\n ", "")):
        assert "Rosa Marín" in form
        assert "8:35" in form


def test_written_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "drive.pdf"
    write_printed(slip_page(ANA, PRINTED), path, "Letter")
    assert path.read_bytes().startswith(b"%PDF")
