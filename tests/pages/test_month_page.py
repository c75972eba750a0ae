"""The printed month: everything on it, nothing cut, legible in black, on A4 and Letter."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from caregiver_app.pages import month_page, paper
from caregiver_app.pages.calendar_items import CalendarPage, Item
from caregiver_app.pages.month_page import month
from caregiver_app.pages.printed import Proof, pdf_of
from tests.pages.calendar_pages import (
    FORTY,
    GERMAN,
    ITEMS,
    PAGE,
    SIZES,
    clipped,
    day,
    overlapping,
    reading_order,
    with_items,
)
from tests.pages.reading import boxes_of, facts_of, pixels, tool, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]
FULL = with_items(
    *(Item(day(n), "14:00", "Physiotherapy with Ms Quispe", "other") for n in range(1, 32)),
    *(
        Item(day(n), "16:00", f"Drive-{n:02d} home", "drive", needs_driver=True)
        for n in range(1, 32)
    ),
)


def made(page: CalendarPage, size: str = "A4") -> bytes:
    return pdf_of(month(page), size)


def test_everything_of_a_month_is_on_one_page():
    data = made(PAGE)
    assert facts_of(data) == (1, SIZES["A4", True])
    found = reading_order(data)
    for text in (
        "March 2026", "Rosa Marín, 王梅", "Monday", "Sunday", "23 Feb", "1 Apr", "13:00 王",
        "王 24-hour check-in", "9:15 R Blood test", "11:00 R Dr Sol calls", "Infusion 1", "9:30 R",
        "10:30 王 止痛药 (planned)", "No driver yet", "Ana drives, leave at 8:40",
        "Printed Friday 20 March 2026, 18:04", "page 1 of 1", "R Rosa", "王 王梅",
        "infusion", "follow-up", "lab test", "medicine", "done", "cancelled",
    ):  # fmt: skip
        assert text in found, text
    assert GERMAN in found.replace(" ", "")


@pytest.mark.parametrize("initial", ["R", ""])
def test_right_to_left_words_are_found_and_stand_after_their_hour(initial):
    item = Item(day(24), "10:00", "موعد الطبيب", "follow-up", initial=initial)
    data = made(replace(PAGE, items=(item,)))
    assert "موعد" in words_of(data)
    assert "الطبيب" in words_of(data)
    hour = next(box for box in boxes_of(data) if box[4] == "10:00")
    letters = [box for box in boxes_of(data) if re.search("[\u0600-\u06ff]", box[4])]
    beside = [box for box in letters if abs(box[3] - hour[3]) < 6]
    assert beside
    assert all(box[0] >= hour[2] for box in beside)


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("big", [False, True], ids=["plain", "big"])
@pytest.mark.parametrize("page", [PAGE, FORTY, FULL], ids=["usual", "forty", "full"])
def test_nothing_leaves_the_paper_or_lies_on_another_word(page, big, size):
    data = made(replace(page, big=big), size)
    assert facts_of(data)[1] == SIZES[size, True]
    assert clipped(data) == []
    assert overlapping(data) == []


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("big", [False, True], ids=["plain", "big"])
def test_forty_on_one_day_flow_into_the_list_and_none_is_lost(size, big):
    data = made(replace(FORTY, big=big), size)
    found = words_of(data)
    for number in range(40):
        assert f"Thing-{number:02d}" in found
    pages, _ = facts_of(data)
    assert pages > 1
    assert "see page 2" in found
    assert "March 2026: more on these days" in found
    assert "Wednesday 18 March" in found
    assert f"page {pages} of {pages}" in found
    assert found.count("Printed Friday 20 March") == pages
    assert not re.search(r"\+\d", found)


def test_every_item_of_a_full_month_is_there_whole():
    for big in (False, True):
        found = words_of(made(replace(FULL, big=big)))
        for number in range(1, 32):
            assert f"Drive-{number:02d}" in found
        for item in ITEMS:
            if item.kind == "infusion":
                assert item.title in found


def test_a_little_more_than_fits_stands_below_the_grid():
    more = (Item(day(18), f"{8 + n}:00", f"Thing-{n:02d} of the day") for n in range(7))
    data = made(with_items(*more))
    found = words_of(data)
    assert facts_of(data)[0] == 1
    assert "see below" in found
    assert "More on these days" in found
    for number in range(7):
        assert f"Thing-{number:02d}" in found


@pytest.mark.parametrize(("week_start", "first"), [(0, "Monday"), (6, "Sunday"), (5, "Saturday")])
def test_weeks_begin_where_they_should(week_start, first):
    data = made(replace(PAGE, items=(), week_start=week_start))
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    heads = [box for box in boxes_of(data) if box[4] in names and box[3] < 120]
    assert min(heads)[4] == first
    assert len(heads) == 7
    saturday_7 = next(box for box in boxes_of(data) if box[4] == "7" and box[3] < 300)
    head = next(box for box in heads if box[4] == "Saturday")
    assert abs(saturday_7[0] - head[0]) < 3, "the 7th of March 2026 is a Saturday"


@pytest.mark.parametrize(
    ("first", "rows"), [(date(2026, 8, 1), 6), (date(2026, 2, 1), 5), (date(2027, 2, 1), 4)]
)
def test_a_month_has_as_many_weeks_as_it_needs(first, rows):
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    data = made(replace(PAGE, first=first, last=last, items=()))
    found = words_of(data)
    assert facts_of(data)[0] == 1
    left = [box for box in boxes_of(data) if box[0] < 60 and re.fullmatch(r"\d{1,2}", box[4])]
    assert len(left) == rows
    assert clipped(data) == []
    assert f"{last.day}" in found


def test_the_big_one_has_large_letters_and_leaves_other_months_alone():
    outside = Item(day(1, 4), "13:00", "April-thing", "other")
    data = made(replace(with_items(outside), big=True))
    heights = {box[4]: box[3] - box[1] for box in boxes_of(data)}
    usual = {box[4]: box[3] - box[1] for box in boxes_of(made(PAGE))}
    assert [box[4] for box in boxes_of(data)].count("4") == 1
    assert heights["Infusion"] > 14
    assert heights["Infusion"] > usual["Infusion"]
    footer = ("Printed", "page", "of", "1")
    body = {word: tall for word, tall in heights.items() if word not in footer}
    assert min(body.values()) >= 10
    assert all(look.size >= 14 for look in month_page._BIG)
    assert all(look.size >= paper.LEAST_PT for look in month_page._LOOKS)


def test_cancelled_is_struck_through_and_booked_is_not():
    booked = replace(PAGE, items=(Item(day(12), "", "IIIIIIIIIIIIIIII"),))
    struck = replace(booked, items=(replace(booked.items[0], state="cancelled"),))
    assert not line_through(made(booked))
    assert line_through(made(struck))


def line_through(data: bytes) -> bool:
    """Tell whether a dark level line runs through the only long word."""
    box = next(box for box in boxes_of(data) if box[4].startswith("III"))
    dots = 288
    width, _, grey = pixels(data, dots)
    scale = dots / 72
    left, right = (round(one * scale) for one in (box[0] + 4, box[2] - 4))
    rows = range(round(box[1] * scale), round(box[3] * scale))
    return any(all(grey[row * width + x] < 128 for x in range(left, right)) for row in rows)


def test_planned_infusions_are_dashed_and_booked_ones_are_not():
    def dark_on_the_edge(state: str) -> float:
        item = Item(day(17), "9:30", "Infusion 1", "infusion", state)
        data = made(replace(PAGE, items=(item,)))
        box = next(box for box in boxes_of(data) if box[4] == "Infusion" and box[3] < 400)
        width, _, grey = pixels(data, 288)
        column = [round((box[0] + x) * 4) for x in range(10, 60)]
        upper = range(round(box[1] * 4) - 24, round(box[1] * 4) + 4)
        return max(sum(grey[row * width + x] < 140 for x in column) / len(column) for row in upper)

    assert dark_on_the_edge("") == 1.0
    assert 0.3 < dark_on_the_edge("planned") < 0.9


def test_days_of_watching_carry_a_line_and_the_legend_names_it():
    watched = replace(PAGE, watched=((day(17), day(31)),))
    assert "watching for signs" in words_of(made(watched))
    assert "watching" not in words_of(made(PAGE))
    assert sum(pixels(made(watched))[2]) < sum(pixels(made(replace(watched, watched=())))[2])


def test_medicines_of_every_day_are_named_once():
    found = words_of(made(replace(PAGE, everyday=("8:00 R Folic acid", "20:00 R Prednisolone"))))
    assert "Every day: 8:00 R Folic acid · 20:00 R Prednisolone" in found


def test_an_empty_month_has_its_days_and_no_legend():
    found = words_of(made(CalendarPage(day(1), day(31))))
    assert "15 " in found
    for absent in ("infusion", "done", "None", "·", "Printed", "More on"):
        assert absent not in found, absent


@pytest.mark.parametrize(
    "page",
    [PAGE, FULL, replace(PAGE, watched=((day(17), day(20)), (day(30), day(31))))],
    ids=["usual", "full", "watched"],
)
def test_black_on_white_whatever_the_desktop(page):
    before = QGuiApplication.palette()
    dark = QPalette(QColor(20, 20, 20))
    dark.setColor(QPalette.ColorRole.Text, QColor(250, 250, 250))
    dark.setColor(QPalette.ColorRole.WindowText, QColor(250, 250, 250))
    light_page = pixels(made(page))
    QGuiApplication.setPalette(dark)
    try:
        assert pixels(made(page)) == light_page
    finally:
        QGuiApplication.setPalette(before)
    _, _, grey = light_page
    assert sum(value > 250 for value in grey) / len(grey) > 0.8, "rules, not fills"
    assert min(grey) < 40


def test_the_preview_is_the_same_page_as_the_file():
    printed = month(FORTY)
    proof = Proof(printed, "A4")
    assert proof.pages == facts_of(pdf_of(printed, "A4"))[0]
    width, height, grey = pixels(pdf_of(printed, "A4"), 96)
    image = proof.picture(0, width)
    assert abs(image.height() - height) <= 1
    # Hairlines fall between dots; blocks of them are as dark as each other.
    for top in range(0, height - 16, 16):
        for left in range(0, width - 16, 16):
            dots = [(x, y) for y in range(top, top + 16) for x in range(left, left + 16)]
            paper_ink = sum(grey[y * width + x] for x, y in dots)
            seen_ink = sum(image.pixelColor(x, y).lightness() for x, y in dots)
            assert abs(paper_ink - seen_ink) < 256 * 60, (left, top)
    assert proof.picture(1, 400) != proof.picture(0, 400)


def test_the_title_of_the_file_and_hostile_names():
    told = tool("pdfinfo", "-", data=made(PAGE)).decode()
    assert re.search(r"Title:\s+Calendar, March 2026", told)
    people = ", ".join([f"{GERMAN} {n}" for n in range(6)])
    data = made(replace(PAGE, people=people, items=(Item(day(3), "9:00", "W" * 200),)))
    assert clipped(data) == []
    assert words_of(data).count("W") >= 200
