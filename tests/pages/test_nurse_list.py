"""The list for the nurse on paper: one page, black on white, everything found."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import pairwise

import pytest

from caregiver_app.pages.nurse_list import NurseEntry, NursePage, nurse_page
from caregiver_app.pages.printed import pdf_of
from tests.pages.reading import facts_of, pixels, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]

QUESTIONS = (
    "Medicines: new, stopped or changed?", "Allergies: a new one, or a new suspicion?",
    "Ill since then: infection, fever, antibiotics?", "Vaccines: had one, or planned?",
    "Hospital, operation or dentist: had or planned?", "After the last infusion: any reaction?",
    "Pregnancy: possible, planned, or breastfeeding?",
    "Sight, speech, strength, balance, feeling or thinking: changed?",
)  # fmt: skip
LIST = NursePage(
    "Rosa Amador",
    "Infusion 2, Tuesday 31 March 2026, 9:30",
    (
        NurseEntry(QUESTIONS[0], "Yes", "Eye drops since Monday 眼药水", ("Folic acid", "Iron")),
        NurseEntry(QUESTIONS[1], "No", ""),
        *(NurseEntry(ask, "", "") for ask in QUESTIONS[2:]),
    ),
    printed="Mon 30 March 2026, 18:00",
)


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_everything_is_on_one_page(paper: str, size: tuple[int, int]) -> None:
    data = pdf_of(nurse_page(LIST), paper)
    assert facts_of(data) == (1, size)
    found = words_of(data)
    for text in (
        *QUESTIONS, "Anything new since last time?", "Eye drops since Monday 眼药水",
        "Folic acid; Iron", "Rosa Amador", "Infusion 2, Tuesday 31 March 2026, 9:30",
        "Printed Mon 30 March 2026, 18:00", "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text


def written_on(data: bytes) -> int:
    """Return how many dotted lines there are to write on."""
    width, height, grey = pixels(data, 144)
    rows = [
        grey[row * width + width * 3 // 4 : row * width + width * 9 // 10] for row in range(height)
    ]
    dotted = [sum((a < 160) != (b < 160) for a, b in pairwise(row)) > 30 for row in rows]
    return sum(now and not before for before, now in pairwise(dotted))


def test_where_there_is_room_each_open_question_has_two_lines() -> None:
    assert written_on(pdf_of(nurse_page(LIST), "A4")) == 2 * 6


def test_much_that_is_known_makes_the_letters_smaller_and_no_second_page() -> None:
    known = tuple(f"Medicine number {n} with a rather long name: twice a day" for n in range(12))
    full = tuple(replace(one, text="A few words here. " * 8, known=known[:6], answer="Yes")
                 for one in LIST.entries)  # fmt: skip
    assert facts_of(pdf_of(nurse_page(replace(LIST, entries=full)), "Letter"))[0] == 1


def test_more_than_a_page_can_hold_goes_on_and_nothing_is_lost() -> None:
    full = tuple(replace(one, text=f"begin{n} " + "word " * 390 + f"end{n}")
                 for n, one in enumerate(LIST.entries))  # fmt: skip
    data = pdf_of(nurse_page(replace(LIST, entries=full)), "A4")
    found = words_of(data)
    assert facts_of(data)[0] > 1
    for n in range(len(QUESTIONS)):
        assert f"begin{n}" in found
        assert f"end{n}" in found


def test_nothing_new_stands_above_the_questions() -> None:
    none = replace(LIST, none="Nothing new that we know of",
                   entries=tuple(NurseEntry(ask, "No", "") for ask in QUESTIONS))  # fmt: skip
    assert "Nothing new that we know of" in words_of(pdf_of(nurse_page(none), "A4"))


def test_it_is_black_on_white() -> None:
    _, _, grey = pixels(pdf_of(nurse_page(LIST), "A4"))
    dark = sum(value < 80 for value in grey)
    assert dark > 2000
    assert dark < len(grey) / 10
