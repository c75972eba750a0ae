"""The call sheet on paper: one page, black on white, every word found, room for the answer."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from caregiver_app.pages.call_sheet_page import CallLine, CallPaper, CallPart, call_sheet_page
from caregiver_app.pages.paper import LEAST_PT
from caregiver_app.pages.printed import pdf_of
from tests.pages.reading import boxes_of, facts_of, pixels, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]

SIGN = CallLine(
    "Fri 20 Mar, 17:30 · day 3",
    "Fever, moderate",
    "38.2 °C / 100.8 °F. What we did: cool cloth 毛巾",
    "Call the clinic today",
    "call_today",
)
PAPER = CallPaper(
    person="王梅 Rosa Marín",
    made="As written down by the family until Friday 20 March 2026, 18:00",
    numbers=(("Willow Lane, by day", "555 0142"), ("Willow Lane, after hours", "555 0199")),
    no_number="No number of the clinic is saved.",
    urgent="If breathing, waking or thinking is affected: call 112 now.",
    no_answer="No answer within about half an hour: seek urgent care.",
    parts=(
        CallPart("who", "Who", (CallLine("Allergies", "penicillin, 花生"),), shape="half"),
        CallPart("infusion", "Last infusion", (CallLine("Medicine", "infliximab"),), shape="half"),
        CallPart("signs", "Since the last infusion", (SIGN,)),
        CallPart(
            "readings", "Temperatures", tuple(CallLine(f"at {n}", f"37.{n} °C") for n in range(3)),
            note="No fever does not mean no infection.", shape="pairs",
        ),
        CallPart("given", "What was given", (), none="None written down"),
        CallPart(
            "medicines", "Other medicines",
            (CallLine("", "methotrexate", "Fridays"), CallLine("", "folic acid")), shape="run",
        ),
    ),
    question="Should we come in?\n要去医院吗？",
    printed="Friday 20 March 2026, 18:00",
)  # fmt: skip


def with_signs(count: int, text: str = "") -> CallPaper:
    lines = tuple(replace(SIGN, strong=f"Sign{n}", text=text) for n in range(count))
    signs = CallPart("signs", "Since the last infusion", lines)
    parts = tuple(signs if part.key == "signs" else part for part in PAPER.parts)
    return replace(PAPER, parts=parts)


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_everything_is_on_one_page(paper: str, size: tuple[int, int]) -> None:
    data = pdf_of(call_sheet_page(PAPER), paper)
    assert facts_of(data) == (1, size)
    found = words_of(data)
    for text in (
        "王梅 Rosa Marín", "555 0142", "555 0199", "Willow Lane, after hours",
        "If breathing, waking or thinking is affected: call 112 now.", "penicillin, 花生",
        "infliximab", "Call the clinic today: Fever, moderate. 38.2 °C / 100.8 °F.",
        "cool cloth 毛巾", "37.2 °C", "No fever does not mean no infection.", "None written down",
        "methotrexate (Fridays); folic acid", "Should we come in?", "要去医院吗？",
        "What they said", "Who answered, when", "Call again, or come", "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text


def test_the_numbers_are_the_largest_letters_but_for_the_name() -> None:
    boxes = boxes_of(pdf_of(call_sheet_page(PAPER), "A4"))
    high = {word: bottom - top for _, top, _, bottom, word in boxes}
    assert high["0142"] > 1.3 * high["infliximab"]
    first = min(top for _, top, _, _, word in boxes if word == "0142")
    assert first < min(top for _, top, _, _, word in boxes if word == "infliximab")


def test_an_emergency_of_now_stands_above_all_that_is_read_out() -> None:
    told = "Hives: this is an emergency. Call 112 now, before the clinic."
    found = words_of(pdf_of(call_sheet_page(replace(PAPER, emergency=told)), "A4"))
    assert found.index(told) < found.index("If breathing") < found.index("Allergies")


def test_many_signs_make_the_letters_smaller_then_say_how_many_are_left_out() -> None:
    some = pdf_of(call_sheet_page(with_signs(13)), "A4")
    assert facts_of(some)[0] == 1
    assert "Sign12" in words_of(some)
    many = pdf_of(call_sheet_page(with_signs(60, "long words " * 40)), "Letter")
    assert facts_of(many)[0] == 1
    found = words_of(many)
    assert "Sign0" in found
    assert "Sign59" not in found
    assert "more, in the program" in found
    least = min(bottom - top for _, top, _, bottom, word in boxes_of(many) if word == "words")
    assert least >= LEAST_PT


def test_what_no_page_can_hold_goes_on_and_says_its_heading_again() -> None:
    asked = "\n".join(f"Question number {n} is here" for n in range(90))
    data = pdf_of(call_sheet_page(replace(with_signs(45), question=asked)), "A4")
    found = words_of(data)
    assert facts_of(data)[0] > 1
    assert "Since the last infusion, continued" in found
    for n in range(45):
        assert f"Sign{n}." in found or f"Sign{n} " in found, n
    assert "Question number 89 is here" in found


def test_it_is_black_on_white_and_stays_on_the_paper() -> None:
    data = pdf_of(call_sheet_page(PAPER), "A4")
    width, height, grey = pixels(data, 72)
    dark = sum(value < 128 for value in grey) / len(grey)
    assert dark < 0.12
    for left, top, right, bottom, word in boxes_of(data):
        assert left >= 30, word
        assert top >= 20, word
        assert right <= width - 30, word
        assert bottom <= height - 20, word


def test_without_a_number_it_says_so_and_an_empty_question_leaves_lines() -> None:
    bare = replace(PAPER, numbers=(), question="", person="")
    found = words_of(pdf_of(call_sheet_page(bare), "A4"))
    assert "No number of the clinic is saved." in found
    assert "What we want to ask" in found
    assert "The person I care for" in found
