"""What is offered for a first date is a rule of that date, whatever the date is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import pytest

from caregiver_app.domain.recurrence import Rule, expand, parse_rule, rule_text
from caregiver_app.domain.times import Floating
from caregiver_app.gui.calendar.form import repeat_choice as choice
from caregiver_app.gui.rule_words import rule_words

DAYS = [date(2027, 1, 1) + timedelta(days=count) for count in range(800)]
"""Two years and more, with a leap day."""


def ruled(key: str, frequency: str, first: date) -> Rule:
    days = choice.days_of(key, frequency, first)
    return Rule(frequency, numbered=days.numbered, months=days.months, month_days=days.month_days)


@pytest.mark.parametrize("frequency", ["MONTHLY", "YEARLY"])
def test_all_that_is_offered_begins_on_the_first_date_and_is_shown_again(frequency):
    for first in DAYS:
        start = Floating(datetime(first.year, first.month, first.day, 9, 30))
        for key, words in choice.choices(frequency, first):
            if key == choice.OTHER or (key == choice.END and not choice.is_month_end(first)):
                continue
            rule = ruled(key, frequency, first)
            read = parse_rule(rule_text(rule), start)
            shown = choice.key_of(read, first)
            assert shown is not None
            same = ruled(shown, frequency, first)
            assert list(islice(expand(start, same, start.local), 12)) == list(
                islice(expand(start, rule, start.local), 12)
            ), (first, key)
            said = rule_words(rule_text(rule), start)
            assert words[3:].removesuffix(" of the month") in said, (first, words, said)


@pytest.mark.parametrize("key", ["day", "nth", "last", "end"])
def test_another_first_date_gets_a_choice_that_it_is(key):
    for first in DAYS:
        fitting = choice.fitting_key(key, first)
        start = Floating(datetime(first.year, first.month, first.day))
        parse_rule(rule_text(ruled(fitting, "MONTHLY", first)), start)


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (Rule("DAILY", 3), True),
        (Rule("DAILY", weekdays=(1,)), False),
        (Rule("WEEKLY", 2, (1, 4)), True),
        (Rule("WEEKLY", 2, (1, 4), week_start=6), False),
        (Rule("WEEKLY", months=(3,)), False),
        (Rule("MONTHLY", month_days=(15,)), True),
        (Rule("MONTHLY", month_days=(-2,)), False),
        (Rule("MONTHLY", month_days=(15, 24)), False),
        (Rule("MONTHLY", numbered=((2, 1),)), True),
        (Rule("MONTHLY", numbered=((5, 1),)), False),
        (Rule("MONTHLY", weekdays=(1,)), False),
        (Rule("MONTHLY", hours=(9, 18)), False),
        (Rule("YEARLY", months=(4,), month_days=(24,)), False),
        (Rule("YEARLY", year_days=(83,)), False),
    ],
)
def test_which_rules_the_form_has_fields_for(rule, shown):
    assert choice.is_shown(rule, date(2026, 3, 24)) == shown
