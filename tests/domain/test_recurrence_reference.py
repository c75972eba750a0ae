"""For any rule and any window, the dates are those that a walk from day to day finds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.domain import recurrence
from caregiver_app.domain.recurrence import (
    Rule,
    ends,
    expand,
    last_date,
    next_dates,
    occurrence_number,
    parse_rule,
    rule_text,
    split,
)
from caregiver_app.domain.rules import rule_from_text
from caregiver_app.domain.times import Floating
from tests.domain.recurrence_reference import HORIZON, STARTING, reference, rules

ANY = rules(STARTING)
BEFORE = datetime(1, 1, 1)
BEYOND_ALL = datetime(9999, 12, 31, 23, 59)
WINDOWS = st.tuples(st.integers(-500, 2900), st.integers(0, 900))
BEYOND = datetime.combine(HORIZON, datetime.max.time())


def finds_what_walking_finds(told: tuple[Rule, datetime], window: tuple[int, int]) -> None:
    rule, first = told
    low = first + timedelta(days=window[0], hours=window[0] % 24)
    high = min(low + timedelta(days=window[1], minutes=window[1]), BEYOND)
    walked = reference(rule, first, max(high, first).date())
    expected = [local for local in walked if low <= local < high]
    assert list(expand(Floating(first), rule, low, high)) == expected


@settings(max_examples=250)
@given(ANY, WINDOWS)
def test_any_rule_in_any_window(told: tuple[Rule, datetime], window: tuple[int, int]):
    finds_what_walking_finds(told, window)


@pytest.mark.long
@settings(max_examples=20_000)
@given(ANY, WINDOWS)
def test_very_many_rules_in_any_window(told: tuple[Rule, datetime], window: tuple[int, int]):
    finds_what_walking_finds(told, window)


@pytest.mark.parametrize(
    "first", [datetime(1900, 1, 1, 9), datetime(1900, 2, 28), datetime(1999, 5, 31)]
)
@pytest.mark.parametrize(
    "rule",
    [
        Rule("DAILY", 7),
        Rule("DAILY", 3, months=(2,)),
        Rule("WEEKLY", 5, (0, 6)),
        Rule("MONTHLY", month_days=(-1,)),
        Rule("MONTHLY", 5, numbered=((2, 1),)),
        Rule("YEARLY"),
        Rule("YEARLY", 3, weeks=(53,), weekdays=(6,)),
    ],
    ids=rule_text,
)  # fmt: skip
def test_from_the_first_year_to_the_last(rule: Rule, first: datetime):
    walked = reference(rule, first, date(2200, 12, 31))
    walked = [local for local in walked if local.year <= 2200]
    start = Floating(first)
    assert list(expand(start, rule, BEFORE)) == walked
    for low in (datetime(1950, 6, 1), datetime(2190, 2, 28, 12), walked[-1], BEYOND_ALL):
        assert list(expand(start, rule, low)) == [each for each in walked if each >= low]


def test_a_first_of_march_that_was_no_leap_day():
    leap = Rule("YEARLY")
    found = list(
        expand(Floating(datetime(1896, 2, 29)), leap, datetime(1900, 1, 1), datetime(1913, 1, 1))
    )
    assert [local.year for local in found] == [1904, 1908, 1912]


@settings(max_examples=60)
@given(ANY)
def test_the_text_of_a_rule_says_the_same(told: tuple[Rule, datetime]):
    rule, first = told
    start = Floating(first)
    again = rule_from_text(rule_text(rule), start)
    assert rule_from_text(rule_text(again), start) == again
    high = first + timedelta(days=1500)
    assert list(expand(start, again, first, high)) == list(expand(start, rule, first, high))


# -- What else is asked of a series ----------------------------------------------------------------


@settings(max_examples=120)
@given(ANY, st.integers(0, 60), st.booleans())
def test_both_parts_of_a_split_series_are_the_old_one(
    told: tuple[Rule, datetime], number: int, between: bool
):
    rule, first = told
    start, horizon = Floating(first), first + timedelta(days=2500)
    whole = list(expand(start, rule, first, horizon))
    if not whole:
        return
    at = whole[min(number, len(whole) - 1)]
    low = at - timedelta(milliseconds=between)
    before, after = split(rule, start, low)
    earlier = [] if before is None else list(expand(start, before, BEFORE, horizon))
    rest = [] if after is None else list(expand(Floating(at), after, BEFORE, horizon))
    assert earlier == [local for local in whole if local < low]
    assert earlier + rest == whole
    assert before is None or ends(before)
    if rule.count is not None and before is not None and after is not None:
        assert rule.count == (before.count or 0) + (after.count or 0)


def test_nothing_is_left_beyond_an_end():
    start = Floating(datetime(2026, 11, 24, 9, 30))
    for end in ({"count": 3}, {"until": datetime(2026, 11, 26, 9, 30)}):
        rule = Rule("DAILY", **end)
        assert split(rule, start, start.local) == (None, rule)
        assert split(rule, start, start.local + timedelta(days=3)) == (rule, None)
        assert last_date(start, rule) == datetime(2026, 11, 26, 9, 30)
    assert last_date(start, Rule("DAILY", until=datetime(2026, 11, 26))) == datetime(
        2026, 11, 25, 9, 30
    )
    assert last_date(start, Rule("DAILY")) is None


@settings(max_examples=60)
@given(ANY, st.integers(-30, 900), st.integers(1, 12))
def test_the_next_dates_and_their_numbers(told: tuple[Rule, datetime], days: int, count: int):
    rule, first = told
    start = Floating(first)
    after = first + timedelta(days=days)
    found = next_dates(start, rule, count, after)
    walked = [each for each in reference(rule, first, HORIZON) if each <= BEYOND]
    assert [each for each in found if each <= BEYOND] == [w for w in walked if w > after][:count]
    assert [each for each in next_dates(start, rule, 2) if each <= BEYOND] == walked[:2]
    for each in found[:2]:
        number = occurrence_number(rule, start, each)
        assert number is not None
        assert each > BEYOND or walked[number - 1] == each
        assert occurrence_number(rule, start, each + timedelta(milliseconds=1)) is None


# -- How much is looked at -------------------------------------------------------------------------

TEN_YEARS = Floating(datetime(2016, 11, 21, 9, 30))


def looked_at(monkeypatch: pytest.MonkeyPatch, text: str, days: int) -> int:
    """How many days are tried for a window that begins ten years after the start."""
    tried: list[date] = []
    fits = recurrence._fits

    def counted(plan: Rule, day: date) -> bool:
        tried.append(day)
        return fits(plan, day)

    rule = parse_rule(text, TEN_YEARS)
    low = datetime(2026, 11, 1)
    list(expand(TEN_YEARS, rule, low, low + timedelta(days=days)))  # fills what is kept
    with monkeypatch.context() as patch:
        patch.setattr(recurrence, "_fits", counted)
        found = list(expand(TEN_YEARS, rule, low, low + timedelta(days=days)))
    assert found
    assert all(a < b for a, b in pairwise(found))
    return len(tried)


@pytest.mark.parametrize(
    ("text", "month", "each_year"),
    [
        ("FREQ=DAILY;BYMONTH=11,12,1,2,3,4,5,6,7,8,9", 31, 366),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE", 16, 184),
        ("FREQ=WEEKLY;BYDAY=MO,TU", 42, 378),
        ("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=9999", 42, 378),
        ("FREQ=MONTHLY;BYDAY=3MO", 62, 397),
        ("FREQ=MONTHLY;BYDAY=3MO;COUNT=900", 62, 397),
        ("FREQ=MONTHLY;BYMONTHDAY=21", 2, 13),
        ("FREQ=YEARLY", 1, 2),
        ("FREQ=YEARLY;BYDAY=MO", 366, 366 * 2),
    ],
)
def test_only_the_window_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, text: str, month: int, each_year: int
):
    assert looked_at(monkeypatch, text, 30) <= month
    year = looked_at(monkeypatch, text, 365)
    assert year <= each_year
    assert looked_at(monkeypatch, text, 3650) <= 10.2 * max(each_year, year)
    assert looked_at(monkeypatch, text, 3650) >= 9 * (year - month)
