"""Charts on paper: everything is there to be read, in black on white, on either paper."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest

from caregiver_app.pages.chart_parts import Mark
from caregiver_app.pages.chart_values import Shown, Table, TableRow
from caregiver_app.pages.charts_page import ChartsOnPaper, charts_page
from caregiver_app.pages.cycle_chart import Chart, Line
from caregiver_app.pages.printed import pdf_of
from caregiver_app.pages.sign_strip import Cell, SignRow, Strip
from caregiver_app.pages.timeline_chart import Spot, Timeline
from caregiver_app.pages.wellbeing_chart import Point, Scale, Wellbeing
from tests.pages.reading import boxes_of, facts_of, pixels, tool, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 28)
LEVELS = ("No sign", "Mild", "Moderate", "Severe")
INFUSIONS = (Mark(date(2026, 3, 4), "28", "Wed 4 Mar: Infusion 28"),)
FLARES = (Mark(date(2026, 3, 9), "", "Mon 9 Mar: Flare"),)
NUMBER = Point(date(2026, 3, 9), date(2026, 3, 9), 4, 4, 4.0, "")
PICTURES = {
    "timeline": Timeline(
        FIRST, LAST, LEVELS, (Spot(date(2026, 3, 9), date(2026, 3, 9), 3, ""),), INFUSIONS, FLARES
    ),
    "cycles": Chart((Line("Infusion 28", "Wed 4 Mar", {0: 1, 3: 2}),), LEVELS, 28, 14),
    "signs": Strip(
        FIRST, LAST, ("an entry without it", *LEVELS[1:]),
        (SignRow("Tiredness 乏力", (Cell(date(2026, 3, 9), date(2026, 3, 9), 2, ""),)),), INFUSIONS,
    ),
    "wellbeing": Wellbeing(
        FIRST, LAST, daily=True,
        scales=(Scale("Pain", "10 worst", (NUMBER,)),),
        infusions=INFUSIONS, flares=FLARES,
    ),
}  # fmt: skip


def shown(key: str, rows: int = 3) -> Shown:
    table = Table(
        ("Strongest", "What you wrote"),
        (
            *(
                TableRow(str(FIRST + timedelta(days=n)), ("Mild", f"Headache {n}"), f"Note {n}")
                for n in range(rows)
            ),
            TableRow("Sat 7 Mar to Tue 10 Mar", ("no entry", ""), gap=True),
        ),
        "A row is a day.",
        "– no number written",
    )
    return Shown(
        key, f"The {key}", "王梅 (Wang Mei) · March", PICTURES[key], table,
        ("What this shows: it.", "What it cannot show: why."), "From: somewhere",
    )  # fmt: skip


def pdf(*charts: Shown, paper: str = "A4", tables: bool = True) -> bytes:
    page = ChartsOnPaper("王梅 (Wang Mei)", charts, "Friday 20 March 2026, 18:04", tables=tables)
    return pdf_of(charts_page(page), paper)


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
@pytest.mark.parametrize("key", list(PICTURES))
def test_chart_captions_and_table_are_all_read(key: str, paper: str, size: tuple[int, int]):
    data = pdf(shown(key), paper=paper)
    assert facts_of(data) == (1, size)
    found = words_of(data)
    for text in (
        f"The {key}", "王梅 (Wang Mei)", "What this shows: it.", "What it cannot show: why.",
        "From: somewhere", f"The {key}: the figures", "A row is a day.", "Strongest",
        "What you wrote", "Headache 2", "Note 2", "Sat 7 Mar to", "Tue 10 Mar", "no entry",
        "– no number written", "Printed Friday 20 March 2026, 18:04", "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text


def test_what_the_charts_themselves_say_is_read_too():
    found = words_of(pdf(*(shown(key) for key in PICTURES)))
    for text in (
        "Severe", "28", "Flare", "Infusion 28", "watched, 14 days", "days since the infusion",
        "an entry without it", "Tiredness 乏力", "Pain", "10 worst",
    ):  # fmt: skip
        assert text in found, text


def test_each_chart_begins_a_page_and_a_long_table_says_its_columns_again():
    data = pdf(shown("timeline", rows=90), shown("signs"))
    pages = facts_of(data)[0]
    assert pages >= 3
    for page in range(1, pages + 1):
        said = tool("pdftotext", "-f", str(page), "-l", str(page), "-layout", "-", "-", data=data)
        assert b"Strongest" in said
    found = words_of(data)
    assert all(f"Headache {n} " in found for n in range(90))


def test_without_tables_a_chart_is_one_page():
    data = pdf(shown("wellbeing", rows=90), tables=False)
    assert facts_of(data)[0] == 1
    assert "Headache" not in words_of(data)


def test_nothing_leaves_the_paper_and_nothing_is_coloured():
    data = pdf(*(shown(key) for key in PICTURES))
    for left, top, right, foot, word in boxes_of(data):
        assert 0 <= left < right <= 596, word
        assert 0 <= top < foot <= 843, word
    ppm = tool("pdftoppm", "-r", "36", "-singlefile", "-", data=data)
    dots = ppm[ppm.index(b"255\n") + 4 :]
    assert all(dots[n] == dots[n + 1] == dots[n + 2] for n in range(0, len(dots) - 2, 3))
    width, height, grey = pixels(data)
    assert sum(dot < 100 for dot in grey) > width * height / 500
