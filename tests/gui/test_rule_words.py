"""Repetitions in plain words, also those that only a calendar file can ask for."""

from __future__ import annotations

from datetime import datetime

import pytest

from caregiver_app.domain.times import AllDay, Moment, Zoned
from caregiver_app.gui.rule_words import rule_words

START = Zoned(datetime(2026, 3, 24, 9, 15), "America/New_York")
"""A Tuesday, the fourth of its month."""


def said(rule: str, start: Moment = START) -> str:
    return rule_words(f"FREQ={rule}" if rule else "", start)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", ""),
        ("DAILY", "Every day"),
        ("DAILY;INTERVAL=3;COUNT=10", "Every 3 days, 10 times"),
        ("DAILY;COUNT=1", "Every day, 1 time"),
        ("DAILY;BYDAY=TU,WE", "Every day on Tuesday and Wednesday only"),
        ("DAILY;BYMONTH=3,6", "Every day in March and June only"),
        ("DAILY;BYHOUR=9,18;BYMINUTE=15", "Every day at 9:15 and 18:15"),
        ("WEEKLY", "Every week on Tuesday"),
        ("WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every week on Monday to Friday"),
        ("WEEKLY;BYDAY=MO,TU,FR", "Every week on Monday, Tuesday and Friday"),
        (
            "WEEKLY;INTERVAL=2;BYDAY=TU,FR;UNTIL=20270303T235900",
            "Every 2 weeks on Tuesday and Friday, until 3 March 2027",
        ),
        ("MONTHLY", "Every month on day 24"),
        ("MONTHLY;BYMONTHDAY=-1", "Every month on the last day"),
        ("MONTHLY;BYMONTHDAY=15,24", "Every month on days 15 and 24"),
        ("MONTHLY;BYMONTHDAY=24,-1", "Every month on day 24 and the last day"),
        ("MONTHLY;BYMONTHDAY=-2", "Every month on the second last day"),
        ("MONTHLY;BYDAY=4TU", "Every month on the fourth Tuesday"),
        ("MONTHLY;INTERVAL=3;BYDAY=2TU,-1FR",
         "Every 3 months on the second Tuesday and the last Friday"),
        ("MONTHLY;BYDAY=TU", "Every month on every Tuesday"),
        ("MONTHLY;BYDAY=TU;BYMONTHDAY=24", "Every month on day 24, when that is a Tuesday"),
        ("MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
         "Every month on the last day from Monday to Friday"),
        ("MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
         "Every month on the first day that is a Saturday or Sunday"),
        ("MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1",
         "Every month on dates that its calendar file chooses"),
        ("YEARLY", "Every year on 24 March"),
        ("YEARLY;BYMONTH=5;BYMONTHDAY=2", "Every year on 2 May"),
        ("YEARLY;BYMONTH=3,6;BYMONTHDAY=24", "Every year on day 24 of March and June"),
        ("YEARLY;BYMONTH=5;BYDAY=2SU", "Every year on the second Sunday of May"),
        ("YEARLY;BYDAY=20MO", "Every year on the 20th Monday of the year"),
        ("YEARLY;BYDAY=-1MO", "Every year on the last Monday of the year"),
        ("YEARLY;BYYEARDAY=83,100", "Every year on dates that its calendar file chooses"),
        ("YEARLY;BYWEEKNO=13;BYDAY=TU", "Every year on dates that its calendar file chooses"),
        ("HOURLY", "Repeats in a way that cannot be read here"),
        ("YEARLY;BYMONTH=2;BYMONTHDAY=31", "Repeats in a way that cannot be read here"),
    ],
)  # fmt: skip
def test_a_rule_in_words(rule, words):
    assert said(rule) == words


def test_the_leap_day_says_that_other_years_are_left_out():
    start = AllDay(datetime(2028, 2, 29).date())
    assert said("YEARLY", start) == "Every year on 29 February, in leap years only"
