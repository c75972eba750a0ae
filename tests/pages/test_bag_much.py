"""A printed bag with much in it: one page while that can be, then it flows, and nothing is lost."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

from caregiver_app.pages.bag_page import BagLine, BagPage, pdf
from tests.pages.reading import boxes_of, clashes_of, facts_of, tick_boxes, tool, words_of
from tests.pages.test_bag_page import ROSA

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]

PAPERS = ("A4", "Letter")
LEFT = 15.5
SIXTY = "Blue folder with letters, the plan and everything she asked for"[:56]
RULES = "Food: own snacks · Visitors: one · Parking: level 2 (asked on 12 March 2026)"
HOUSE = (
    "Light meal and the daily tablets, unless the team said otherwise",
    BagLine("Temperature once more. Fever or feeling ill? Call before you leave", write="°C"),
    "Loose sleeves and layers; no thick lotion on the arms",
)
CLINIC = (
    "Write down start and end, product and lot if offered, which arm, any reaction",
    "Ask before you go: who to call after hours, what to watch for, the next date",
    "Ride home. No driving when drowsy, dizzy or after a sedating antihistamine",
)


def right(size: str) -> float:
    """Return where the right column begins, in mm."""
    wide = {"A4": 210.0, "Letter": 215.9}[size] - 2 * LEFT
    gutter = 22 / 72 * 25.4
    return LEFT + (wide + gutter) / 2


def bag(papers: int, things: int, words: str = SIXTY, hint: str = "") -> BagPage:
    """Return a page with numbered items, each third one packed."""

    def lines(first: str, count: int) -> tuple[BagLine, ...]:
        return tuple(
            BagLine(f"{first}{n:02} {words}".strip(), "to_pack" if n % 3 else "packed", hint)
            for n in range(count)
        )

    return replace(
        ROSA, rules=RULES, papers=lines("P", papers), things=lines("T", things),
        before_house=HOUSE, before_clinic=CLINIC,
    )  # fmt: skip


def assert_all_is_there(data: bytes, page: BagPage) -> None:
    found = words_of(data)
    numbers = re.findall(r"\b[PT]\d\d\b", found)
    assert sorted(numbers) == sorted(one.label[:3] for one in (*page.papers, *page.things))
    for word in ("Blue", "folder", "everything"):
        assert found.count(word) == len(numbers) * page.things[0].label.count(word)
    for step in (*HOUSE, *CLINIC):
        text = step if isinstance(step, str) else step.label
        assert all(word in found for word in text.split())
    assert clashes_of(data) == []


@pytest.mark.parametrize("hint", ["", "I bring"])
@pytest.mark.parametrize("size", PAPERS)
def test_thirty_items_of_sixty_characters_are_one_page(size, hint):
    page = bag(10, 20, hint=hint)
    assert {len(one.label) for one in (*page.papers, *page.things)} == {60}
    data = pdf(page, size)
    assert facts_of(data)[0] == 1
    assert_all_is_there(data, page)
    assert words_of(data).count("I bring") == (30 if hint else 0)
    assert "Before you leave the house" in words_of(data)
    boxes = tick_boxes(data, (LEFT, right(size)))
    assert len(boxes) == 30
    assert all(46 <= one <= 51 for one in boxes), boxes


@pytest.mark.parametrize("size", PAPERS)
def test_thirty_short_items_keep_twelve_points_and_boxes_for_the_steps(size):
    page = bag(10, 20, words="")
    data = pdf(page, size)
    assert facts_of(data)[0] == 1
    labels = [foot - top for _, top, _, foot, text in boxes_of(data) if re.match(r"[PT]\d\d", text)]
    plain = [foot - top for _, top, _, foot, text in boxes_of(pdf(ROSA, size)) if text == "Water,"]
    assert all(abs(one - plain[0]) < 0.1 for one in labels), "as large as on a page with few"


@pytest.mark.parametrize("words", [SIXTY, ""])
@pytest.mark.parametrize("size", PAPERS)
def test_sixty_items_flow_on_and_the_headings_are_said_again(size, words):
    page = bag(20, 40, words=words)
    data = pdf(page, size)
    pages = facts_of(data)[0]
    assert 2 <= pages <= 3
    assert_all_is_there(data, page)
    found = words_of(data)
    assert "Things to take, the night before" in found
    assert "Things to take, continued" in found
    assert found.count("Rosa Marín\u2019s bag, continued · Tuesday 31 March 2026") == pages - 1
    assert found.count("Printed Fri 20 March 2026, 18:04") == pages
    assert f"page {pages} of {pages}" in found
    second = tool("pdftotext", "-f", "2", "-l", "2", "-", "-", data=data).decode()
    assert "continued" in second
    boxes = [one for n in range(1, pages + 1) for one in tick_boxes(data, (LEFT, right(size)), n)]
    assert len(boxes) == 60 + len(HOUSE) + len(CLINIC)


def test_items_longer_than_a_line_wrap_and_flow():
    page = bag(8, 20, words="with everything the clinic asked for in its letter " * 3)
    data = pdf(page)
    assert facts_of(data)[0] > 1
    assert words_of(data).count("everything") == 28 * 3
    assert clashes_of(data) == []


def test_ticks_that_were_made_print_as_ticks():
    def ink(state: str) -> int:
        page = replace(ROSA, papers=(BagLine("Photo ID", state),), things=(), before_house=())
        grey = tool("pdftoppm", "-r", "72", "-gray", "-singlefile", "-", data=pdf(page))
        return sum(255 - one for one in grey)

    assert ink("packed") > ink("to_pack") + 1000


@pytest.mark.parametrize("size", PAPERS)
def test_chinese_stands_beside_latin(size):
    page = replace(
        bag(2, 3), person="王梅 (Wang Mei)",
        things=(BagLine("保温杯 (thermos)", "packed"), BagLine("毯子 und warme Socken")),
        rules="visitors: One visitor, 可以陪一位 (asked on 12 March 2026)",
    )  # fmt: skip
    found = words_of(pdf(page, size))
    for text in ("王梅 (Wang Mei)", "保温杯 (thermos)", "毯子 und warme Socken", "可以陪一位"):
        assert text in found, text
    assert clashes_of(pdf(page, size)) == []


def test_sixty_chinese_characters_wrap_and_none_is_lost():
    words = "输液前请带好医生的信和所有检查结果" * 3
    page = replace(bag(0, 0), things=tuple(BagLine(f"T{n:02} {words}") for n in range(20)))
    data = pdf(page)
    assert words_of(data).replace(" ", "").count("输液前") == 60
    assert clashes_of(data) == []


def test_the_clinics_rules_stand_with_their_day():
    found = words_of(pdf(replace(ROSA, rules=RULES)))
    assert f"Rules {RULES}" in found
    assert "Rules" not in words_of(pdf(ROSA))


def test_a_german_length_name_is_whole():
    name = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"
    data = pdf(replace(ROSA, where=name, person=name, driver=name))
    assert f"Where {name}" in words_of(data)
    assert clashes_of(data) == []
