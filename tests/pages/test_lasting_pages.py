"""What lasts for days on the printed month and agenda: each day says which it is, plainly too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from caregiver_app.domain.times import AllDay, Zoned
from caregiver_app.pages.agenda_page import agenda
from caregiver_app.pages.calendar_items import CalendarPage, Item
from caregiver_app.pages.calendar_of import Wish, agenda_page, month_page
from caregiver_app.pages.month_page import month
from caregiver_app.pages.printed import pdf_of
from tests.fakes import NEW_YORK, Home
from tests.gui.calendar.family import appointment, rosas_home
from tests.pages.calendar_pages import clipped, overlapping
from tests.pages.reading import words_of

pytestmark = pytest.mark.usefixtures("qapp")

DAY = 1440
MARCH = Wish(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


def away(home: Home, first: date, days: int, title: str = "Away", **more: object) -> None:
    told = {"start": AllDay(first), "minutes": days * DAY, "type": "other", **more}
    appointment(home, title, title, "2026-03-24T10:00", **told)


def on_month(home: Home, wish: Wish = MARCH) -> CalendarPage:
    return month_page(home.house, wish, home.house.care.now)


def on_agenda(home: Home, wish: Wish = MARCH) -> CalendarPage:
    return agenda_page(home.house, wish, home.house.care.now)


def named(page: CalendarPage, title: str) -> list[Item]:
    return [one for one in page.items if one.title == title]


def test_each_day_says_which_it_is_and_until_when(home):
    away(home, date(2026, 3, 24), 3)
    said = [
        (one.day.day, one.part, one.until, one.goes_on) for one in named(on_agenda(home), "Away")
    ]
    assert said == [
        (24, "day 1 of 3", "until Thursday 26 March", False),
        (25, "day 2 of 3", "until Thursday 26 March", True),
        (26, "day 3 of 3", "", True),
    ]
    words = words_of(pdf_of(agenda(on_agenda(home)), "A4"))
    assert "all day · day 1 of 3 · until Thursday 26 March" in words
    assert "day 2 of 3 · until Thursday 26 March" in words
    assert "goes on" not in words


def test_a_stay_says_its_hours_where_they_are(home):
    start = Zoned(datetime(2026, 3, 24, 20, 0, 15), NEW_YORK)
    away(home, date(2026, 3, 24), 1, "Stay", start=start, minutes=36 * 60, driver="Ana")
    said = [(one.time, one.until, one.driver) for one in named(on_agenda(home), "Stay")]
    assert said == [
        ("20:00", "until Thursday 26 March, 8:00", "Ana"),
        ("", "until Thursday 26 March, 8:00", ""),
        ("", "until 8:00", ""),
    ]


def test_another_year_is_named(home):
    away(home, date(2026, 12, 30), 4)
    wish = Wish(date(2026, 12, 1), date(2027, 1, 31))
    assert named(on_agenda(home, wish), "Away")[0].until == "until Saturday 2 January 2027"


def test_an_agenda_names_a_long_one_where_it_opens_begins_and_ends(home):
    away(home, date(2026, 2, 1), 50)
    away(home, date(2026, 3, 10), 300, "Leave")
    page = on_agenda(home)
    assert [one.day.day for one in named(page, "Away")] == [1, 22]
    assert [one.part for one in named(page, "Leave")] == ["day 1 of 300"]
    assert len(named(on_month(home), "Leave")) == 27, "the month shows it on each day"
    big = replace(MARCH, big=True)
    assert len(named(on_month(home, big), "Leave")) == 22


def test_a_neutral_page_tells_the_days_and_nothing_else(home):
    away(home, date(2026, 3, 24), 3, "Oncology ward", type="follow-up", place="Ward 3")
    wish = replace(MARCH, discreet=True)
    for printed in (month(on_month(home, wish)), agenda(on_agenda(home, wish))):
        words = words_of(pdf_of(printed, "A4"))
        assert "Oncology" not in words
        assert "Ward" not in words
        assert "follow-up" not in words
    assert "day 2 of 3" in words_of(pdf_of(agenda(on_agenda(home, wish)), "A4"))


def test_the_month_says_it_again_in_one_line_and_whole_once(home):
    long = "Holiday in the Donaudampfschifffahrtsgesellschaft house by the sea"
    away(home, date(2026, 3, 18), 9, long)
    page = month(on_month(home))
    data = pdf_of(page, "A4")
    words = words_of(data)
    assert words.count("… Holiday") == 8
    assert "day 2 of 9" not in words, "it stands whole where it began: no list says it again"
    assert clipped(data) == []
    assert overlapping(data) == []
