"""The printed agenda: day by day, over as many pages as it takes, nothing cut and nothing lost."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.pages.agenda_page import agenda
from caregiver_app.pages.calendar_items import CalendarPage, Item
from caregiver_app.pages.month_page import month
from caregiver_app.pages.printed import pdf_of
from tests.pages.calendar_pages import (
    FORTY,
    GERMAN,
    PAGE,
    SIZES,
    clipped,
    day,
    overlapping,
    reading_order,
    with_items,
)
from tests.pages.reading import boxes_of, facts_of, pixels, tool, words_of
from tests.pages.test_month_page import line_through

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]


def made(page: CalendarPage, size: str = "A4") -> bytes:
    return pdf_of(agenda(page), size)


def test_each_day_says_when_where_who_and_who_drives():
    data = made(PAGE)
    assert facts_of(data)[1] == SIZES["A4", False]
    found = reading_order(data)
    for text in (
        "March 2026", "Rosa Marín, 王梅", "Tuesday 17 March", "9:30 Infusion 1, Rosa",
        "infusion · Willow Lane · 01632 960142", "Ana drives, 01632 960117, leave at 8:40",
        "Infusion 2, Rosa (planned)", "No driver yet, leave at 8:40",
        "Dr Sol calls, Rosa (cancelled)", "24-hour check-in, 王梅", "all day", "止痛药, 王梅",
        "infusion · done · Hillside Clinic", GERMAN, "Printed Friday 20 March 2026, 18:04",
    ):  # fmt: skip
        assert text in found, text
    assert found.index("Wednesday 4 March") < found.index("Thursday 5 March")


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("big", [False, True], ids=["plain", "big"])
@pytest.mark.parametrize("page", [PAGE, FORTY], ids=["usual", "forty"])
def test_nothing_leaves_the_paper_or_lies_on_another_word(page, big, size):
    data = made(replace(page, big=big), size)
    assert facts_of(data)[1] == SIZES[size, False]
    assert clipped(data) == []
    assert overlapping(data) == []


@pytest.mark.parametrize("big", [False, True], ids=["plain", "big"])
def test_forty_on_one_day_flow_over_pages_with_their_heading(big):
    data = made(replace(FORTY, big=big))
    found = words_of(data)
    for number in range(40):
        assert found.count(f"Thing-{number:02d}") == 1
    pages, _ = facts_of(data)
    assert pages >= 3
    assert "Wednesday 18 March, continued" in found
    assert found.count("March 2026, continued") == pages - 1
    for number in range(1, pages + 1):
        assert f"page {number} of {pages}" in found


def test_a_heading_never_stands_alone_at_the_foot():
    page = with_items(
        *(Item(day(n), "14:00", f"Thing-{n:02d}", place="Here") for n in range(1, 32))
    )
    for one in tool("pdftotext", "-layout", "-", "-", data=made(page)).decode().split("\f")[:-1]:
        lines = [line.strip() for line in one.splitlines() if line.strip()]
        before_footer = lines[-2]
        assert not re.match(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d", before_footer)


def test_the_big_one_is_larger():
    usual = {box[4]: box[3] - box[1] for box in boxes_of(made(PAGE))}
    big = {box[4]: box[3] - box[1] for box in boxes_of(made(replace(PAGE, big=True)))}
    assert big["Infusion"] > 1.3 * usual["Infusion"]
    small = [tall for word, tall in big.items() if word not in ("Printed", "page", "of")]
    assert min(small) >= 10


def test_years_are_named_where_the_days_cross_one():
    page = replace(PAGE, first=date(2026, 12, 20), last=date(2027, 1, 20), items=(
        Item(date(2026, 12, 28), "9:00", "Before"), Item(date(2027, 1, 4), "9:00", "After"),
    ))  # fmt: skip
    found = words_of(made(page))
    assert found.startswith("20 December 2026 to 20")
    assert "Monday 28 December 2026" in found
    assert "Monday 4 January 2027" in found


def test_nothing_planned_is_said():
    found = words_of(made(replace(PAGE, items=(), everyday=("8:00 Folic acid",))))
    assert "Nothing is planned on these days." in found
    assert "Every day: 8:00 Folic acid" in found
    assert "page 1 of 1" in found


def test_what_is_left_out_is_said_and_empty_days_promise_nothing():
    page = replace(PAGE, items=(), left_out="Not shown: infusion, drive")
    for data in (made(page), pdf_of(month(page), "A4")):
        assert "Not shown: infusion, drive" in words_of(data)
    assert "There is nothing to show on these days." in words_of(made(page))
    assert "Nothing is planned" not in words_of(made(page))


def test_the_way_there_and_back_is_told():
    item = Item(
        day(3), "9:15", "Scan", "lab", driver="Ana", pick_up="12 Elm Road", way_home="Jo, 960133"
    )
    found = reading_order(made(replace(PAGE, items=(item,))))
    for text in ("Pick up: 12 Elm Road", "Way home: Jo, 960133", "Ana drives"):
        assert text in found
    over = replace(item, state="done", pick_up="", way_home="")
    assert "drives" not in words_of(made(replace(PAGE, items=(over,))))


def test_another_zone_and_a_day_that_goes_on_are_told():
    page = replace(PAGE, items=(
        Item(day(3), "9:15", "Call", there="14:15 in Europe/London"),
        Item(day(4), "", "Stay at the clinic", goes_on=True),
    ))  # fmt: skip
    found = words_of(made(page))
    assert "14:15 in Europe/London" in found
    assert "goes on" in found
    assert "all day" not in found


def test_cancelled_is_struck_through():
    one = Item(day(3), "", "IIIIIIIIIIIIIIII")
    assert not line_through(made(replace(PAGE, items=(one,))))
    assert line_through(made(replace(PAGE, items=(replace(one, state="cancelled"),))))


def test_rules_not_fills():
    _, _, grey = pixels(made(FORTY))
    assert sum(value > 250 for value in grey) / len(grey) > 0.85


def test_no_driver_leaves_a_line_to_write_a_name_on():
    with_line = pixels(made(PAGE), 144)
    named = tuple(
        replace(item, needs_driver=False) if item.needs_driver else item for item in PAGE.items
    )
    assert with_line != pixels(made(replace(PAGE, items=named)), 144)


def test_words_from_the_right_leave_the_numbers_after_them_in_place():
    item = Item(day(3), "9:00", "Visit", place="مركز العلاج", phone="01632 960142")
    data = made(replace(PAGE, items=(item,)))
    number = next(box for box in boxes_of(data) if box[4] == "01632")
    letters = [box for box in boxes_of(data) if re.search("[\u0600-\u06ff]", box[4])]
    assert letters
    assert all(box[2] <= number[0] for box in letters)
