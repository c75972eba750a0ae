"""The questions for the insurer on paper: every word, room to write, and nothing cut in two."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from caregiver_app.pages.insurer_questions import QuestionsPage, insurer_questions
from caregiver_app.pages.printed import pdf_of
from tests.pages.reading import boxes_of, facts_of, pixels, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]
LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"
PAGE = QuestionsPage(
    person="Rosa Marín",
    facts=(
        ("Insurer", "Harbour Health"),
        ("Member number", "•••• 4471"),
        ("Number of this call", ""),
    ),
    groups=(
        ("The approval", ("Does it hold on the day?", "For how many visits?")),
        ("What we pay", ("Which benefit pays?",)),
    ),
    foot="The answers are the insurer’s.",
    sources="From: somebody. Checked 21 November 2026.",
    printed="Friday 20 March 2026, 18:04",
)


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_everything_is_there_and_found(paper: str, size: tuple[int, int]) -> None:
    made = pdf_of(insurer_questions(PAGE), paper)
    assert facts_of(made) == (1, size)
    found = words_of(made)
    for text in (
        "Questions for the insurer", "Rosa Marín", "Insurer Harbour Health",
        "Member number •••• 4471", "Number of this call", "The approval",
        "1. Does it hold on the day?", "2. For how many visits?", "What we pay",
        "3. Which benefit pays?", "The answers are the insurer’s.",
        "From: somebody. Checked 21 November 2026.", "Printed Friday 20 March 2026, 18:04",
        "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text


def dark_rows(data: bytes, top: float, bottom: float) -> int:
    """Return how many lines cross most of the page between two heights in points."""
    width, height, grey = pixels(data, 144)
    count, inside = 0, False
    for row in range(round(top * 2), min(height, round(bottom * 2))):
        line = grey[row * width : (row + 1) * width]
        dark = sum(value < 140 for value in line[width // 5 : width * 9 // 10])
        crosses = dark > width * 0.2
        count += crosses and not inside
        inside = crosses
    return count


def test_there_are_two_lines_to_write_on_below_each_question() -> None:
    made = pdf_of(insurer_questions(PAGE), "A4")
    tops = {word: top for _, top, _, _, word in boxes_of(made)}
    assert dark_rows(made, tops["1."] + 12, tops["2."] - 1) == 2
    more = pdf_of(insurer_questions(replace(PAGE, lines=4)), "A4")
    tops = {word: top for _, top, _, _, word in boxes_of(more)}
    assert dark_rows(more, tops["1."] + 12, tops["2."] - 1) == 4


def test_many_questions_go_on_with_their_heading_and_numbers() -> None:
    many = replace(
        PAGE, groups=(("The approval", tuple(f"{LONG} {n} {LONG}?" for n in range(30))),)
    )
    made = pdf_of(insurer_questions(many), "A4")
    pages, _ = facts_of(made)
    assert pages > 2
    found = words_of(made)
    assert "Questions for the insurer, continued" in found
    assert "The approval, continued" in found
    assert "30." in found
    assert f"page {pages} of {pages}" in found
    for left, _, right, _, word in boxes_of(made):
        assert left >= 40, word
        assert right <= 595 - 40, word


def test_names_of_every_script_are_found_again() -> None:
    page = replace(PAGE, person="王梅", facts=(("Insurer", f"保险公司 {LONG}"),))
    found = words_of(pdf_of(insurer_questions(page), "A4"))
    assert "王梅" in found
    assert "保险公司" in found
