"""The printed bag: one page, every word findable, legible in black and white, on A4 and Letter."""

from __future__ import annotations

import itertools
import re
import shutil
import stat
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from caregiver_app.errors import InputRefused
from caregiver_app.pages import bag_page, paper
from caregiver_app.pages.bag_page import BagLine, BagPage, pdf, write_pdf
from caregiver_app.services.reference import load
from tests.pages.reading import facts_of, pixels, tool, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]

ROSA = BagPage(
    person="Rosa Marín",
    title="Infusion 2",
    when="Tuesday 31 March 2026, 9:30",
    where="Willow Lane Infusion Centre",
    address="3 Willow Lane, level 2 parking",
    phone="01632 960142",
    phone_after_hours="01632 960199",
    driver="Ana",
    driver_phone="01632 960117",
    leave_at="8:40",
    papers=(
        BagLine("Photo ID", "packed"),
        BagLine("Questions for the doctor", hint="2 open"),
        BagLine("Copay letter", "not_needed"),
    ),
    things=(BagLine("Water, unless fluids are limited"), BagLine("止痛药", "packed")),
    papers_by="ready by Sat 28",
    things_by="the night before",
    not_this_time=("Tablet",),
    before_house=(BagLine("Temperature taken", write="°C"), "Call before you travel"),
    before_clinic=("Ask who to call after hours",),
    printed_at="Fri 20 March 2026, 18:04",
)


def test_everything_is_on_one_page_and_found():
    data = pdf(ROSA)
    assert facts_of(data) == (1, (595, 842))
    found = words_of(data)
    for text in (
        "Rosa Marín\u2019s bag", "Tuesday 31 March 2026, 9:30", "Infusion 2",
        "Willow Lane Infusion Centre", "3 Willow Lane, level 2 parking", "01632 960142",
        "01632 960199", "Leave at 8:40", "Driver: Ana 01632 960117", "Papers, ready by Sat 28",
        "Things to take, the night before", "Photo ID", "2 open", "止痛药",
        "Before you leave the house", "Call before you travel", "°C",
        "Before you leave the clinic", "To tell the nurse",
        "Not this time: Copay letter, Tablet", "Printed Fri 20 March 2026, 18:04", "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text


def test_no_ligature_hides_a_word():
    found = words_of(pdf(ROSA))
    assert "fluids" in found
    assert not re.search("[\ufb00-\ufb06]", found)


@pytest.mark.parametrize(
    "typed",
    [
        "梅", "止痛药", "一人心手日月水火山口", "车门马鱼鸟见风飞", "薬 手帳", "진통제",
        "Лекарства и карта", "Ärztin Łódź ﻿naïve", "Ωμέγα µ", "دواء", "A–B “quoted” x² ½",
    ],
)  # fmt: skip
def test_what_the_family_types_is_found(typed):
    found = words_of(pdf(replace(ROSA, things=(BagLine(typed),))))
    if typed == "دواء":
        # Some readers give back right-to-left text in the order of the paper.
        found += found[::-1]
    typed = typed.replace("\ufeff", "")
    for word in typed.split():
        assert word in found.replace("\ufeff", ""), word


def test_a_chinese_name_is_found_three_times_over():
    found = words_of(pdf(replace(ROSA, person="梅")))
    assert found.startswith("梅\u2019s bag")
    assert found.count("梅") == 2


def test_emoji_do_no_harm():
    data = pdf(replace(ROSA, things=(BagLine("🎧 Headphones"), BagLine("Book"))))
    assert "Headphones" in words_of(data)
    assert facts_of(data)[0] == 1


def test_letter():
    data = pdf(ROSA, "Letter")
    assert facts_of(data) == (1, (612, 792))
    assert "page 1 of 1" in words_of(data)


def test_an_unknown_paper_is_refused():
    with pytest.raises(KeyError):
        pdf(ROSA, "A5")


FORTY = replace(
    ROSA,
    papers=tuple(BagLine(f"Paper {n} of the family") for n in range(1, 13)),
    things=tuple(BagLine(f"Thing {n} to bring", hint="I bring") for n in range(1, 29)),
)


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_forty_items_stay_on_one_legible_page(size):
    data = pdf(FORTY, size)
    assert facts_of(data)[0] == 1
    found = words_of(data)
    for line in (*FORTY.papers, *FORTY.things):
        assert line.label in found
    assert least_type(data) >= 10.0 - 0.01


def least_type(data):
    """Return the smallest height of a line of text in points, as the PDF says."""
    told = tool("pdftotext", "-bbox-layout", "-", "-", data=data).decode()
    heights = [
        float(bottom) - float(top)
        for top, bottom in re.findall(r'<word [^>]*yMin="([\d.]+)"[^>]*yMax="([\d.]+)"', told)
    ]
    return min(heights)


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_our_own_longest_bag_fits(size):
    reference = load()
    infusions = [one for one in reference.templates if "infusion" in one.types]
    items = [item for template in infusions for item in template.items]

    def steps(*phases):
        return tuple(
            step.text for step in reference.steps if (step.phase, step.offset_hours) in phases
        )

    page = replace(
        ROSA,
        papers=tuple(BagLine(item.label) for item in items if item.group == "papers"),
        things=tuple(BagLine(item.label) for item in items if item.group == "things"),
        before_house=steps(("before", -3)),
        before_clinic=steps(("during", 0), ("after", 0)),
    )
    data = pdf(page, size)
    assert facts_of(data)[0] == 1
    assert least_type(data) >= 10.0 - 0.01
    assert "page 1 of 1" in words_of(data)


def test_only_what_cannot_fit_goes_to_a_second_page():
    things = tuple(BagLine(f"Thing {n} that comes along") for n in range(1, 100))
    data = pdf(replace(ROSA, things=things))
    pages, _ = facts_of(data)
    assert pages > 1
    found = words_of(data)
    for line in things:
        assert line.label in found, line.label
    assert f"page {pages} of {pages}" in found
    assert found.count("Printed Fri 20 March 2026") == pages


def test_free_lines_give_way_before_the_air_and_the_type():
    fits = list(bag_page.fits())
    by_lines = [fit.nurse_lines for fit in fits]
    assert by_lines == sorted(by_lines, reverse=True)
    sizes = [fit.size for fit in fits]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes.count(12.0) > len(sizes) - 3
    assert all(fit.row >= paper.TICK_PT + 6 for fit in fits)
    assert min(fit.told_pt for fit in fits) == 10


def test_a_long_label_wraps_and_is_not_cut():
    label = "Blue folder with " + "everything the clinic asked for in the letter " * 4 + "end"
    word = "W" * 120
    found = words_of(pdf(replace(ROSA, things=(BagLine(label, hint="I bring"), BagLine(word)))))
    for part in {*label.split(), "end", "bring"}:
        assert part in found
    assert found.count("W") >= 120


def test_what_is_not_known_leaves_a_blank_to_write_on():
    bare = BagPage(person="", title="", when="Tuesday 24 November 2026, 9:30")
    data = pdf(bare)
    found = words_of(data)
    assert found.startswith("The bag")
    for label in ("Leave at", "Driver:", "Where", "Phone", "Papers", "Things"):
        assert label in found
    for absent in ("out of hours", "Not this time", "Before you leave", "Printed", "None", "·"):
        assert absent not in found, absent
    assert facts_of(data)[0] == 1


def test_only_an_after_hours_number():
    found = words_of(pdf(replace(ROSA, phone="")))
    assert "out of hours 01632 960199" in found
    assert ", out of hours" not in found


def test_a_driver_without_a_name_and_an_address_without_a_place():
    found = words_of(pdf(replace(ROSA, driver="", where="")))
    assert "Driver: 01632 960117" in found
    assert "Where 3 Willow Lane" in found


def test_tick_boxes_are_five_millimetre_squares():
    many = replace(ROSA, things=tuple(BagLine(f"Thing {n}") for n in range(8)))
    dots = 254  # ten dots a millimetre
    width, _, grey = pixels(pdf(many), dots)
    left = round(15.5 * 10)
    column = [y for y in range(len(grey) // width) if grey[y * width + left + 25] < 100]
    # Between a box's upper and lower edge, seen on a line down through the papers' boxes.
    gaps = [b - a for a, b in itertools.pairwise(column)]
    assert any(45 <= gap <= 52 for gap in gaps), gaps


def test_black_on_white_whatever_the_desktop():
    before = QGuiApplication.palette()
    dark = QPalette(QColor(20, 20, 20))
    dark.setColor(QPalette.ColorRole.Text, QColor(250, 250, 250))
    dark.setColor(QPalette.ColorRole.WindowText, QColor(250, 250, 250))
    light_page = pixels(pdf(ROSA))
    QGuiApplication.setPalette(dark)
    try:
        dark_page = pixels(pdf(ROSA))
    finally:
        QGuiApplication.setPalette(before)
    assert dark_page == light_page
    _, _, grey = light_page
    assert sum(value > 250 for value in grey) / len(grey) > 0.85  # rules, not fills


def test_a_ticked_box_differs_from_an_empty_one():
    packed = pixels(pdf(replace(ROSA, things=(BagLine("Book", "packed"),))))
    open_ = pixels(pdf(replace(ROSA, things=(BagLine("Book"),))))
    assert packed != open_


def test_the_file_is_whole_and_private(tmp_path):
    target = tmp_path / "bag.pdf"
    target.write_bytes(b"old")
    write_pdf(ROSA, target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["bag.pdf"]


def test_a_place_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputRefused):
        write_pdf(ROSA, tmp_path / "nowhere" / "bag.pdf")


def test_the_pdf_says_whose_it_is_and_what_made_it():
    told = tool("pdfinfo", "-", data=pdf(ROSA)).decode()
    assert re.search(r"Title:\s+Rosa Marín\u2019s bag", told)
    assert re.search(r"Creator:\s+Caregiver Companion", told)


def test_a_long_name_is_whole_in_the_title_and_short_in_the_footer():
    name = "María de los Ángeles " * 5
    found = words_of(pdf(replace(ROSA, person=name.strip())))
    assert "…" in found
    assert found.count("Ángeles") >= 5


def test_the_only_character_of_a_font_is_found():
    for typed in ("血", "车"):
        assert typed in words_of(pdf(replace(ROSA, things=(BagLine(typed),), papers=())))
