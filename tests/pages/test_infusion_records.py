"""The infusion passport on paper: every record whole, over as many pages as it takes."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from caregiver_app.pages.infusion_records import RecordEntry, RecordsPage, records_pages
from caregiver_app.pages.printed import pdf_of
from tests.pages.reading import facts_of, tool, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]


def entry(number: int) -> RecordEntry:
    lines = (("Product", "infliximab"), ("Lot number", f"IFX-{number:04}"), ("Arm", "left"),
             ("Reaction", "none that we saw"), ("A tip", "毯子 warm blanket"))  # fmt: skip
    return RecordEntry(f"Tuesday {number} March 2026, Infusion {number}, infliximab", lines)


def pages(count: int, note: str = "") -> RecordsPage:
    entries = tuple(entry(n) for n in range(count, 0, -1))
    return RecordsPage("Rosa Amador", entries, note, "Fri 20 March 2026, 10:00")


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_one_record_with_all_its_words(paper: str, size: tuple[int, int]) -> None:
    data = pdf_of(records_pages(pages(1, "Only those with “IFX” in them.")), paper)
    assert facts_of(data) == (1, size)
    found = words_of(data)
    for text in (
        "Infusion records", "Rosa Amador", "Infusion 1, infliximab", "IFX-0001",
        "毯子 warm blanket", "as they stood there", "Only those with “IFX” in them.",
        "Printed Fri 20 March 2026, 10:00", "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text


def test_ten_years_of_them_keep_their_order_and_their_pages() -> None:
    data = pdf_of(records_pages(pages(70)), "A4")
    count = facts_of(data)[0]
    assert count > 3
    found = words_of(data)
    places = [found.index(f"IFX-{n:04}") for n in range(70, 0, -1)]
    assert places == sorted(places)
    assert f"page {count} of {count}" in found
    last = tool("pdftotext", "-f", str(count), "-l", str(count), "-", "-", data=data).decode()
    assert "Rosa Amador" in last


def test_no_visit_is_torn_apart_by_the_end_of_a_page() -> None:
    data = pdf_of(records_pages(pages(40)), "Letter")
    assert "continued" not in words_of(data)
    for page in range(1, facts_of(data)[0] + 1):
        on_it = tool("pdftotext", "-f", str(page), "-l", str(page), "-", "-", data=data).decode()
        assert on_it.count("IFX-") == on_it.count("warm blanket")


def test_a_reaction_of_two_thousand_characters_is_whole() -> None:
    long = replace(entry(1), lines=(("Reaction", "begin " + "word " * 390 + "end"),))
    found = words_of(pdf_of(records_pages(replace(pages(1), entries=(long,) * 4)), "Letter"))
    assert found.count("begin ") == 4
    assert found.count(" end") == 4
