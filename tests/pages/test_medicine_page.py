"""One medicine on paper: everything that was read, what was not checked, and no person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from caregiver_app.pages.medicine_page import medicine_page
from caregiver_app.pages.printed import pdf_of
from caregiver_app.services.reference import load
from tests.gui.tabs_family import Family, rosas_family
from tests.pages.reading import boxes_of, facts_of, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]
EVERY = [info.id for info in load().medicines]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
@pytest.mark.parametrize("id_", EVERY)
def test_all_of_it_stands_on_few_pages(family: Family, id_: str, paper: str, size) -> None:
    info = family.house.reference.medicine(id_)
    data = pdf_of(medicine_page(family.house, info), paper)
    pages, paper_size = facts_of(data)
    assert paper_size == size
    assert 1 <= pages <= 3
    found = words_of(data)
    squeezed = "".join(found.split())
    texts = ["The clinic’s plan always wins.", info.drug_class.text, info.schedule_changes.text]
    texts += [info.driving.text, info.names_note, *info.ask, *info.conditions]
    texts += [item.text for item in info.watch]
    texts += [one for regimen in info.regimens for one in (regimen.label, regimen.note)]
    for text in texts:
        # A page may turn within a list, never within a sentence.
        assert "".join(text.split()) in squeezed, text
    assert "Printed 20 March 2026 · checked 20 November 2026" in found
    assert "· checked 20 November 2026 · not reviewed by a clinician" in found
    assert f"page {pages} of {pages}" in found
    assert "Rosa" not in found
    for left, top, right, bottom, word in boxes_of(data):
        assert left >= 0, word
        assert top >= 0, word
        assert right <= size[0], word
        assert bottom <= size[1], word


def test_what_was_not_checked_says_so(family: Family) -> None:
    info = family.house.reference.medicine("cyclophosphamide_iv")
    found = words_of(pdf_of(medicine_page(family.house, info), "A4"))
    assert "Not checked against a source. Ask your care team." in found
    assert "Not checked against a label." in found
    assert "fever is an emergency: 38.0 °C / 100.4 °F" in found
    assert "What to watch for: Emergency now" in found


def test_the_rule_for_fever_stands_above_the_groups_and_not_in_one(family: Family) -> None:
    info = family.house.reference.medicine("infliximab")
    found = words_of(pdf_of(medicine_page(family.house, info), "A4"))
    first, _, rest = found.partition("What to watch for: Emergency now")
    assert "What to watch for: fever" in first
    assert "call today, day or night." in first
    assert "call today, day or night" not in rest, "nobody reads it as an emergency"
