"""Dates and times are written as in the pictures and read as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QLocale

from caregiver_app.gui import words
from caregiver_app.pages.formats import CLOCK, WEEK_START, Formats, formats_of

TODAY = date(2026, 3, 20)


def test_dates_are_written_as_in_the_pictures():
    day = date(2026, 3, 31)
    assert words.long_date(day) == "Tuesday 31 March"
    assert words.short_date(day) == "Tue 31 Mar"
    assert words.short_date(date(2027, 2, 2), year=True) == "Tue 2 Feb 2027"
    assert words.plain_date(date(1958, 6, 4)) == "4 June 1958"
    assert words.month_text(day) == "March 2026"
    assert words.weekday_text(day) == "Tuesday"
    assert words.short_weekday(6) == "Sun"


@pytest.mark.parametrize(
    ("day", "near", "away"),
    [
        (date(2026, 3, 20), "Today", "today"),
        (date(2026, 3, 21), "Tomorrow", "tomorrow"),
        (date(2026, 3, 19), "Yesterday", "yesterday"),
        (date(2026, 3, 24), "Tuesday 24 March", "in 4 days"),
        (date(2026, 3, 16), "Monday 16 March", "4 days ago"),
        (date(2027, 2, 2), "Tuesday 2 February 2027", "in 319 days"),
    ],
)
def test_days_near_today(day, near, away):
    assert words.day_text(day, TODAY) == near
    assert words.away_text(day, TODAY) == away


def test_times_and_lengths():
    assert words.time_text(time(9, 5)) == "9:05"
    assert [words.length_text(n) for n in (1, 45, 60, 120, 150)] == [
        "1 minute", "45 minutes", "1 hour", "2 hours", "2 h 30 min",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24", "24 Nov 2026", "24 november 2026", "Tue 24 November 2026", "24.11.2026",
        "Nov 24, 2026", "24. 11. 2026", "  24   Nov  2026 ", "Tuesday, 24 Nov 2026",
    ],
)  # fmt: skip
def test_a_date_is_read_in_many_ways(text):
    assert words.read_date(text) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["", "31 Feb 2026", "2026-13-01", "13/14/2026", "24", "soon", "24 Xyz 2026", "24 Nov"]
)
def test_what_is_no_date_is_not_guessed(text):
    assert words.read_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26 nov", date(2026, 11, 26)), ("Thu 26. Nov.", date(2026, 11, 26)),
        ("nov 26", date(2026, 11, 26)), ("20 March", TODAY), ("19 march", date(2027, 3, 19)),
        ("29 feb", date(2028, 2, 29)), ("31 feb", None), ("26 xyz", None), ("26", None),
        ("3/4", date(2026, 4, 3)), ("26/11", date(2026, 11, 26)), ("24.11.", date(2026, 11, 24)),
        ("19.3", date(2027, 3, 19)), ("13/14", None), ("31 Feb 2026", None),
        ("19 March 2026", date(2026, 3, 19)),
    ],
)  # fmt: skip
def test_a_day_without_year_is_the_next_one(text, day):
    assert words.read_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26 nov", date(2025, 11, 26)), ("20 March", TODAY), ("19 march", date(2026, 3, 19)),
        ("29 feb", date(2024, 2, 29)), ("31 feb", None), ("24.11.", date(2025, 11, 24)),
        ("19/3", date(2026, 3, 19)), ("26 Nov 2026", date(2026, 11, 26)),
    ],
)  # fmt: skip
def test_of_what_is_over_a_day_without_year_is_the_last_one(text, day):
    assert words.read_date(text, TODAY, past=True) == day


@pytest.mark.parametrize(
    ("text", "next_one", "last_one"),
    [
        ("Tuesday", date(2026, 3, 24), date(2026, 3, 17)), ("friday", TODAY, TODAY),
        ("Thu.", date(2026, 3, 26), date(2026, 3, 19)),
        ("sat", date(2026, 3, 21), date(2026, 3, 14)),
        (" Tomorrow ", date(2026, 3, 21), date(2026, 3, 21)),
        ("yesterday", date(2026, 3, 19), date(2026, 3, 19)), ("today", TODAY, TODAY),
        ("4 days ago", date(2026, 3, 16), date(2026, 3, 16)),
        ("1 day ago", date(2026, 3, 19), date(2026, 3, 19)),
        ("in 3 days", date(2026, 3, 23), date(2026, 3, 23)),
        ("last Tuesday", date(2026, 3, 17), date(2026, 3, 17)),
        ("Last Friday", date(2026, 3, 13), date(2026, 3, 13)),
        ("last today", None, None), ("last", None, None), ("last 3 days ago", None, None),
        ("tu", None, None), ("Tuesdays", None, None), ("", None, None), ("20 March", None, None),
    ],
)  # fmt: skip
def test_a_day_near_today_is_read_by_its_name(text, next_one, last_one):
    assert words.read_near(text, TODAY) == next_one
    assert words.read_near(text, TODAY, past=True) == last_one


@pytest.mark.parametrize(
    ("text", "here", "month_first"),
    [
        ("11/24/2026", date(2026, 11, 24), date(2026, 11, 24)),
        ("24/11/2026", date(2026, 11, 24), date(2026, 11, 24)),
        ("4/5/2027", date(2027, 5, 4), date(2027, 4, 5)),
        ("Tue 4 / 5", date(2026, 5, 4), date(2026, 4, 5)),
        ("2026/11/24", date(2026, 11, 24), date(2026, 11, 24)),
        ("31/31/2026", None, None), ("3/4/27", None, None),
    ],
)  # fmt: skip
def test_dates_with_slashes_are_read_as_the_country_does(text, here, month_first):
    assert words.read_date(text, TODAY) == here
    words.use_formats(Formats(month_first=True))
    assert words.read_date(text, TODAY) == month_first


def test_hours_are_written_with_halves_where_the_day_has_them():
    assert words.use_formats(Formats(halves=True))
    assert not words.use_formats(Formats(halves=True))
    shown = [words.time_text(time(*at)) for at in ((0, 5), (9, 30), (12, 0), (23, 59))]
    assert shown == ["12:05 am", "9:30 am", "12:00 pm", "11:59 pm"]
    assert [words.read_time(text) for text in shown] == [
        time(0, 5), time(9, 30), time(12, 0), time(23, 59),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "halves", "first", "month_first"),
    [
        ("en_US", True, 6, True), ("de_DE", False, 0, False), ("en_GB", False, 0, False),
        ("ar_EG", True, 5, False), ("zh_CN", False, 0, True),
    ],
)  # fmt: skip
def test_formats_follow_the_country_unless_somebody_chose(locale, halves, first, month_first):
    QLocale.setDefault(QLocale(locale))
    try:
        assert formats_of(lambda _name, default: default) == Formats(halves, first, month_first)
        chosen = {WEEK_START: "6", CLOCK: "12"}
        found = formats_of(lambda name, default: chosen.get(name, default))
        assert (found.halves, found.first_weekday) == (True, 6)
        odd = formats_of(lambda name, default: "odd")
        assert (odd.halves, odd.first_weekday) == (halves, first)
    finally:
        QLocale.setDefault(QLocale.system())


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9:30", time(9, 30)), ("09.30", time(9, 30)), ("930", time(9, 30)),
        ("1430", time(14, 30)), ("9:30 pm", time(21, 30)), ("12 a.m.", time(0, 0)),
        ("12pm", time(12, 0)), ("9", time(9, 0)), ("25:00", None), ("9:75", None),
        ("13 pm", None), ("", None), ("noon", None),
    ],
)  # fmt: skip
def test_a_time_is_read_in_many_ways(text, moment):
    assert words.read_time(text) == moment


def test_tr_fills_values():
    assert words.tr("Visit of {day} moved", day="12 January") == "Visit of 12 January moved"
    assert words.tr("100 % {sure}") == "100 % {sure}"
    assert words.count_text(1, "{count} visit", "{count} visits") == "1 visit"
    assert words.count_text(0, "{count} visit", "{count} visits") == "0 visits"
