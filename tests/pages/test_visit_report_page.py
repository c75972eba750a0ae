"""The visit report on paper: one page whatever a family writes, nothing cut off or overlapping."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import combinations

import pytest

from caregiver_app.pages.cycle_chart import Chart, Line
from caregiver_app.pages.printed import pdf_of
from caregiver_app.pages.visit_report_page import visit_report
from caregiver_app.pages.visit_report_values import (
    ReportPage,
    Said,
    SignLine,
    TrendLine,
    TrendTable,
)
from tests.pages.reading import boxes_of, facts_of, pixels, tool, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]

PAPERS = [("A4", (595, 842)), ("Letter", (612, 792))]
LEVELS = ("Nothing", "Mild", "Moderate", "Severe")
LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"
HAN = "王梅的很长很长的名字和一段没有空格的中文说明文字" * 6
POINTS = tuple((day / 16, (day * 3) % 11) for day in range(17))
TRENDS = TrendTable(
    ("", "day by day", "first week", "last week"),
    tuple(
        TrendLine(name, POINTS, ("2 to 6", "no entry"))
        for name in ("Pain", "Tiredness", "Stiffness", "Sleep", "Mood")
    ),
    "Pain, Tiredness, Stiffness: 0 none, 10 worst. Sleep, Mood: 0 very bad, 10 very good.",
)  # fmt: skip
PAGE = ReportPage(
    person="王梅 Mei Wang",
    visit=Said("Wed 1 April 2026", ", Hillside Clinic"),
    covers="4 to 20 March 2026",
    about=(Said("Born", "9 October 1971  ·  lupus"), Said("Allergies", "none known")),
    also=(Said("Also takes", "hydroxychloroquine, vitamin D (as typed by the family)"),),
    infusion=(("belimumab", ", every 4 weeks. Last: infusion 9, Wed 4 Mar, 13:00 to 14:05."),),
    heading="Since the last infusion",
    signs=(
        SignLine("Tiredness", "Wed 4, day 0", "moderate", "4 days, last on day 15",
                 "rest, short walk"),
        SignLine("Headache", "Thu 5, day 1", "mild", "1 day", "noted"),
    ),
    signs_none="No sign was written down in this time.",
    temperatures=("37.9 °C (100.2 °F) Sun 8 Mar, day 4, 19:05",),
    calls=(Said("Called: ", "Sun 8 Mar, 19:20, nurse. They said: “Measure again”."),),
    tally=(Said("Nothing noticed", " on 6 days."), Said("No entry", " on 5 days.")),
    trends=TRENDS,
    flares="12 Mar",
    medicines_title="Medicines in this time",
    medicines=(Said("Pills: ", "given 3, not given 1 (10 Mar), not marked yet 1 (11 Mar)."),),
    infusions=(Said("Infusion 9, 4 Mar: ", "Benlysta, lot AB123."),),
    chart_title="Tiredness by day since the infusion",
    chart=Chart((Line("Infusion 9", "4 Mar, until now", {0: 1, 1: 2, 4: 0}),), LEVELS, 28, 14),
    caption="Circles and thick line: infusion 9. Shows what was written, not why.",
    asks=True,
    questions=("Is the tiredness something to watch?", "Who asks for the next approval?"),
    printed="Fri 20 March 2026, 18:04",
)  # fmt: skip


def longest() -> ReportPage:
    """A family that writes everything down, at length, in two languages."""
    words = f"{LONG} " * 6
    lines = tuple(
        Line(f"Infusion {number}", "4 Mar 2024, until now",
             {day: (day * number) % 5 for day in range(0, 56, 2)})
        for number in range(128, 124, -1)
    )  # fmt: skip
    return replace(
        PAGE,
        person=HAN[:100],
        visit=Said("Wed 30 September 2026", f", {HAN[:60]}"),
        covers="12 December 2025 to 30 September 2026",
        about=(Said("Born", HAN + words), Said("Allergies", HAN + words)),
        also=(Said("Also takes", words * 4),),
        infusion=tuple((f"{LONG}mab", f", every 8 weeks. Last: {HAN}") for _ in range(6)),
        signs=tuple(
            SignLine(f"S{n} {HAN}", "Wed 4 Mar 2025, day 100", "life-threatening, 37.9 °C",
                     "12 days; still going on since 4 Mar", HAN + words)
            for n in range(60)
        ),
        temperatures=PAGE.temperatures * 40,
        calls=tuple(Said("Called: ", f"C{n} {words}{HAN}") for n in range(30)),
        flares="4 Mar, 5 Mar, 6 Mar, 7 Mar, 8 Mar, 9 Mar and 40 more",
        medicines=tuple(Said(f"M{n} {LONG}: ", f"given 3 ({HAN})") for n in range(40)),
        infusions=tuple(Said(f"Infusion {n}, 4 Mar: ", HAN + words) for n in range(30)),
        chart_title=f"{HAN} by day since the infusion",
        chart=Chart(lines, (*LEVELS, "Life-threatening"), 56, 14),
        questions=tuple(f"Q{n} {words}{HAN}" for n in range(40)),
    )  # fmt: skip


def pdf(page: ReportPage, paper: str = "A4") -> bytes:
    return pdf_of(visit_report(page), paper)


def clashes(data: bytes) -> list[tuple[str, str]]:
    """Return the pairs of words whose letters lie over each other."""
    found = []
    for one, two in combinations(boxes_of(data), 2):
        # A line's box reaches beyond its letters, above and below.
        across = min(one[2], two[2]) - max(one[0], two[0])
        thin = min(one[3] - one[1], two[3] - two[1])
        down = min(one[3], two[3]) - max(one[1], two[1])
        if across > 1 and down > thin * 0.45:
            found.append((one[4], two[4]))
    return found


def outside(data: bytes) -> list[str]:
    _, (width, height) = facts_of(data)
    return [text for left, top, right, foot, text in boxes_of(data)
            if left < 40 or right > width - 40 or top < 30 or foot > height - 25]  # fmt: skip


@pytest.mark.parametrize(("paper", "size"), PAPERS)
def test_everything_is_found_on_one_page(paper: str, size: tuple[int, int]):
    data = pdf(PAGE, paper)
    assert facts_of(data) == (1, size)
    found = words_of(data)
    for text in (
        "Visit report, written by the family", "Mei Wang", "Wed 1 April 2026, Hillside Clinic",
        "covers 4 to 20 March 2026", "9 October 1971 · lupus", "none known",
        "belimumab, every 4 weeks. Last: infusion 9, Wed 4 Mar, 13:00 to 14:05.",
        "hydroxychloroquine", "Since the last infusion", "What", "First seen", "How strong",
        "How long", "What we did", "Wed 4, day 0", "moderate", "rest, short walk",
        "Temperature: 37.9 °C (100.2 °F) Sun 8 Mar, day 4, 19:05.", "“Measure again”",
        "Nothing noticed on 6 days. No entry on 5 days.", "How the days were", "Stiffness",
        "first week", "2 to 6", "no entry", "Flare: 12 Mar", "Pills:", "marked",
        "Benlysta, lot AB123.", "Tiredness by day since the infusion", "Shows what was written",
        "Is the tiredness something to watch?", "page 1 of 1", "Printed Fri 20 March 2026, 18:04",
    ):  # fmt: skip
        assert text in found, text
    assert "more: see the list" not in found
    assert clashes(data) == []
    assert outside(data) == []


@pytest.mark.parametrize(("paper", "size"), PAPERS)
def test_the_longest_family_still_has_one_page_and_is_told_what_is_left_out(paper, size):
    data = pdf(longest(), paper)
    assert facts_of(data) == (1, size)
    found = words_of(data)
    for first in ("S0", "S1", "S2", "C0", "M0", "Infusion 0,", "Q0", "Q1"):
        assert first in found, first
    assert found.count("more: see the list in the app") >= 5
    assert "57 more: see the list in the app" in found
    assert "the chart by day since the infusion" in found
    assert "page 1 of 1" in found
    assert clashes(data) == []
    assert outside(data) == []


@pytest.mark.parametrize("count", [4, 8, 15, 30, 60])
@pytest.mark.parametrize("questions", [0, 6, 40])
def test_between_short_and_long_nothing_is_lost_silently(count: int, questions: int):
    signs = tuple(replace(PAGE.signs[0], what=f"Sign{n}") for n in range(count))
    asked = tuple(f"Question{n} with some words?" for n in range(questions))
    data = pdf(replace(PAGE, signs=signs, questions=asked), "Letter")
    found = words_of(data)
    assert facts_of(data)[0] == 1
    shown = sum(f"Sign{n} Wed" in found for n in range(count))
    assert all(f"Sign{n} Wed" in found for n in range(shown))
    if count - shown <= 4:
        assert all(f"Sign{n}" in found for n in range(count)), "few without room are named"
    assert (f"and {count - shown} more: see the list in the app" in found) == (shown < count)
    asks = sum(f"Question{n} " in found for n in range(questions))
    assert (f"and {questions - asks} more: see the list in the app" in found) == (asks < questions)
    assert clashes(data) == []
    assert outside(data) == []


def test_a_part_that_is_not_wanted_has_no_heading():
    bare = replace(
        PAGE, signs=(), signs_none=None, temperatures=(), calls=(), tally=(), trends=None,
        flares="", medicines=(), infusions=(), chart=None, asks=False, questions=(),
    )  # fmt: skip
    found = words_of(pdf(bare))
    for heading in ("Since the last", "How the days were", "Medicines", "Infusions given",
                    "by day since", "Questions", "What we did"):  # fmt: skip
        assert heading not in found, heading
    assert "belimumab" in found


def test_where_nothing_was_written_it_says_so_and_there_is_a_line_to_write_on():
    found = words_of(pdf(replace(PAGE, signs=(), questions=())))
    assert "No sign was written down in this time." in found
    assert "Questions" in found
    assert "What we did" not in found


def test_it_is_black_on_white_and_the_chart_is_drawn():
    colours = tool("pdftoppm", "-r", "72", "-singlefile", "-", data=pdf(PAGE))
    body = colours[colours.index(b"255\n") + 4 :]
    assert all(body[at] == body[at + 1] == body[at + 2] for at in range(0, len(body), 3))
    with_chart, without = (pixels(pdf(one))[2] for one in (PAGE, replace(PAGE, chart=None)))
    assert sum(dot < 128 for dot in with_chart) > sum(dot < 128 for dot in without)


def test_little_stands_in_large_letters():
    def height(page: ReportPage) -> float:
        return next(foot - top for _, top, _, foot, text in boxes_of(pdf(page)) if text == "Born")

    short = replace(PAGE, trends=None, flares="", medicines=(), calls=())
    assert height(short) > height(longest()) * 1.15
