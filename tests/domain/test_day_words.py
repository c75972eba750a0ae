"""Which day is meant: a table of what people type, and every date written in every way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from caregiver_app.domain.day_words import DayStyle, Nearest, next_such, read_day, read_nearest

TODAY = date(2026, 3, 20)
"""A Friday."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 3, 20)),
        ("  Tomorrow ", date(2026, 3, 21)),
        ("yesterday", date(2026, 3, 19)),
        ("the day after tomorrow", date(2026, 3, 22)),
        ("tuesday", date(2026, 3, 24)),
        ("Tue", date(2026, 3, 24)),
        ("tues.", date(2026, 3, 24)),
        ("next tuesday", date(2026, 3, 24)),
        ("last tuesday", date(2026, 3, 17)),
        ("friday", date(2026, 3, 27)),
        ("this friday", date(2026, 3, 20)),
        ("last friday", date(2026, 3, 13)),
        ("next week", date(2026, 3, 23)),
        ("this week", date(2026, 3, 16)),
        ("last week", date(2026, 3, 9)),
        ("next month", date(2026, 4, 1)),
        ("last month", date(2026, 2, 1)),
        ("next year", date(2027, 1, 1)),
        ("in 3 weeks", date(2026, 4, 10)),
        ("in three weeks", date(2026, 4, 10)),
        ("3 weeks", date(2026, 4, 10)),
        ("in a fortnight", date(2026, 4, 3)),
        ("in 10 days", date(2026, 3, 30)),
        ("2 days ago", date(2026, 3, 18)),
        ("in 2 months", date(2026, 5, 20)),
        ("a year ago", date(2025, 3, 20)),
        ("24 Nov", date(2026, 11, 24)),
        ("24th November", date(2026, 11, 24)),
        ("the 24th of November", date(2026, 11, 24)),
        ("Nov 24", date(2026, 11, 24)),
        ("November 24th, 2028", date(2028, 11, 24)),
        ("24. Nov. 2028", date(2028, 11, 24)),
        ("Tue 24 Nov", date(2026, 11, 24)),
        ("on Tuesday, 24 November", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("24.11", date(2026, 11, 24)),
        ("24. 11. 2027", date(2027, 11, 24)),
        ("24.11.27", date(2027, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("2026/11/24", date(2026, 11, 24)),
        ("20261124", date(2026, 11, 24)),
        ("2027-11", date(2027, 11, 1)),
        ("November 2027", date(2027, 11, 1)),
        ("nov", date(2026, 11, 1)),
        ("march", date(2026, 3, 1)),
        ("february", date(2027, 2, 1)),
        ("10 Jan", date(2027, 1, 10)),
        ("20 March", date(2026, 3, 20)),
        ("29 Feb", date(2028, 2, 29)),
        ("24", date(2026, 3, 24)),
        ("the 5th", date(2026, 4, 5)),
        ("31", date(2026, 3, 31)),
        ("20", date(2026, 3, 20)),
    ],
)
def test_what_people_type(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["", " ", "soon", "ana", "m", "ju", "2026-02-30", "31.2.", "32", "0", "13/13", "40/1/2026",
     "24 nov 2026 9:30", "next", "in weeks", "in 9999 years", "ma", "t", "99999999", "0000-01-01",
     "willow lane", "lab", "infusion", "1/2/3/4", "24 xyz", "monday 31 feb 2026"],
)  # fmt: skip
def test_what_is_no_day(text):
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "month_first", "day"),
    [
        ("11/24", True, date(2026, 11, 24)),
        ("24/11", False, date(2026, 11, 24)),
        ("3/4/2026", True, date(2026, 3, 4)),
        ("3/4/2026", False, date(2026, 4, 3)),
        ("11/24", False, date(2026, 11, 24)),
        ("24/11", True, date(2026, 11, 24)),
        ("11-24-2026", True, date(2026, 11, 24)),
        ("24.11.", True, date(2026, 11, 24)),
        ("3.4.2026", True, date(2026, 4, 3)),
    ],
)
def test_slashes_follow_the_country_and_dots_never(text, month_first, day):
    assert read_day(text, TODAY, DayStyle(month_first=month_first)) == day


@pytest.mark.parametrize(
    ("first_weekday", "day"),
    [(0, date(2026, 3, 23)), (6, date(2026, 3, 22)), (5, date(2026, 3, 21))],
)
def test_next_week_begins_where_weeks_begin(first_weekday, day):
    assert read_day("next week", TODAY, DayStyle(first_weekday=first_weekday)) == day


def test_the_last_day_of_a_month_stays_within_it():
    assert read_day("in 1 month", date(2026, 1, 31)) == date(2026, 2, 28)
    assert read_day("30", date(2026, 1, 31)) == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("next infusion", Nearest("infusion")),
        ("Infusion", Nearest("infusion")),
        ("the next treatment", Nearest("infusion")),
        ("last infusion", Nearest("infusion", back=True)),
        ("next blood test", Nearest("lab")),
        ("next labs", Nearest("lab")),
        ("Next lab?", Nearest("lab")),
        ("next follow-up", Nearest("follow-up")),
        ("next drive", Nearest("drive")),
        ("next medicine", Nearest("medication")),
        ("next appointment", Nearest("")),
        ("next week", None),
        ("lab", None),
        ("next nothing", None),
        ("", None),
    ],
)
def test_the_next_of_a_kind(text, found):
    assert read_nearest(text) == found


def written(day: date, *, month_first: bool) -> list[str]:
    name, week = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    slashed = f"{day.month}/{day.day}" if month_first else f"{day.day}/{day.month}"
    return [
        f"{day.year}-{day.month:02d}-{day.day:02d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}{day.month:02d}{day.day:02d}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02d}. {day.month:02d}. {day.year}",
        f"{day.day} {name} {day.year}",
        f"{day.day} {name[:3]} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{week} {day.day} {name} {day.year}",
        f"{week[:3]}, {day.day}. {name[:3]}. {day.year}",
        f"{slashed}/{day.year}",
    ]


def without_year(day: date, *, month_first: bool) -> list[str]:
    name, week = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    slashed = f"{day.month}/{day.day}" if month_first else f"{day.day}/{day.month}"
    return [
        f"{day.day} {name}", f"{name[:3]} {day.day}", f"{day.day}.{day.month}.",
        f"{day.day}.{day.month}", f"{week} {day.day} {name}", slashed,
    ]  # fmt: skip


DAYS = some.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(day=DAYS, today=DAYS, month_first=some.booleans())
def test_every_date_written_in_each_way_reads_back(day, today, month_first):
    style = DayStyle(month_first=month_first)
    for text in written(day, month_first=month_first):
        assert read_day(text, today, style) == day, text


@given(today=DAYS, ahead=some.integers(0, 364), month_first=some.booleans())
def test_without_a_year_it_is_the_next_such_day(today, ahead, month_first):
    day, style = today + timedelta(days=ahead), DayStyle(month_first=month_first)
    for text in without_year(day, month_first=month_first):
        assert read_day(text, today, style) == day, text


@given(text=some.text(max_size=20), today=DAYS)
def test_whatever_is_typed_is_a_day_or_none(text, today):
    found = read_day(text, today)
    assert found is None or isinstance(found, date)
    read_nearest(text)


def test_a_day_that_never_comes():
    assert next_such(2, 30, TODAY) is None
