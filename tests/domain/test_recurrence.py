"""Repetition rules: what is read, what is refused, and on which days they fall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.recurrence import WEEKDAYS, Rule, expand, parse_rule, rule_text
from caregiver_app.domain.times import AllDay, Floating, Moment, wall
from caregiver_app.errors import InputRefused
from tests.factories import moment

TUESDAY = moment("2026-11-24T09:30")
FAR = datetime(2100, 1, 1)


def days(text: str, start: Moment = TUESDAY, count: int = 6) -> list[str]:
    rule = parse_rule(text, start)
    found = expand(start, rule, datetime(1900, 1, 1), FAR)
    return [f"{local:%m-%d}" for local in islice(found, count)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=DAILY", ["11-24", "11-25", "11-26", "11-27", "11-28", "11-29"]),
        ("FREQ=DAILY;INTERVAL=10", ["11-24", "12-04", "12-14", "12-24", "01-03", "01-13"]),
        ("FREQ=WEEKLY", ["11-24", "12-01", "12-08", "12-15", "12-22", "12-29"]),
        ("FREQ=WEEKLY;INTERVAL=2", ["11-24", "12-08", "12-22", "01-05", "01-19", "02-02"]),
        ("FREQ=WEEKLY;BYDAY=TU,FR", ["11-24", "11-27", "12-01", "12-04", "12-08", "12-11"]),
        ("FREQ=WEEKLY;BYDAY=SU,TU;INTERVAL=2",
         ["11-24", "11-29", "12-08", "12-13", "12-22", "12-27"]),
        ("FREQ=WEEKLY;BYDAY=SU,TU;INTERVAL=2;WKST=SU",
         ["11-24", "12-06", "12-08", "12-20", "12-22", "01-03"]),
        ("FREQ=DAILY;BYDAY=TU,WE", ["11-24", "11-25", "12-01", "12-02", "12-08", "12-09"]),
        ("FREQ=DAILY;COUNT=3", ["11-24", "11-25", "11-26"]),
        ("FREQ=WEEKLY;BYDAY=TU,FR;COUNT=3", ["11-24", "11-27", "12-01"]),
        ("FREQ=DAILY;UNTIL=20261126", ["11-24", "11-25", "11-26"]),
        ("FREQ=DAILY;UNTIL=20261126T093000", ["11-24", "11-25", "11-26"]),
        ("FREQ=DAILY;UNTIL=20261126T092900", ["11-24", "11-25"]),
        # in UTC, with a zoned start: 09:30 in New York is 14:30 in UTC
        ("FREQ=DAILY;UNTIL=20261126T143000Z", ["11-24", "11-25", "11-26"]),
        ("FREQ=DAILY;UNTIL=20261126T142959Z", ["11-24", "11-25"]),
        ("RRULE:FREQ=DAILY;COUNT=2;", ["11-24", "11-25"]),
        (" freq=daily;count=2;; ", ["11-24", "11-25"]),
    ],
)  # fmt: skip
def test_on_which_days_a_rule_falls(text: str, expected: list[str]):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("FREQ=DAILY;UNTIL=20261126T093000Z", 3), ("FREQ=DAILY;UNTIL=20261126T092900Z", 2)],
)
def test_until_in_utc_with_a_floating_start_is_read_as_wall_time(text: str, expected: int):
    assert len(days(text, Floating(datetime(2026, 11, 24, 9, 30)))) == expected


@pytest.mark.parametrize(
    "until", ["20261126", "20261126T000000", "20261126T000000Z", "20261126T235959Z"]
)
def test_until_of_a_whole_day_series(until: str):
    assert days(f"FREQ=DAILY;UNTIL={until}", AllDay(date(2026, 11, 24))) == [
        "11-24",
        "11-25",
        "11-26",
    ]


def test_for_ever_as_other_programs_write_it():
    assert len(days("FREQ=WEEKLY;UNTIL=99991231T235959Z")) == 6


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "rule.unreadable"),
        (";", "rule.unreadable"),
        ("DAILY", "rule.unreadable"),
        ("FREQ=DAILY;FREQ=WEEKLY", "rule.unreadable"),
        ("INTERVAL=2", "rule.frequency"),
        ("FREQ=", "rule.frequency"),
        ("FREQ=HOURLY", "rule.frequency"),
        ("FREQ=MINUTELY", "rule.frequency"),
        ("FREQ=SECONDLY", "rule.frequency"),
        ("FREQ=MONTHLY", "rule.frequency"),
        ("FREQ=DAILY;BYHOUR=8,20", "rule.part"),
        ("FREQ=DAILY;BYSETPOS=1", "rule.part"),
        ("FREQ=DAILY;INTERVAL=0", "rule.number"),
        ("FREQ=DAILY;INTERVAL=-1", "rule.number"),
        ("FREQ=DAILY;INTERVAL=", "rule.number"),
        ("FREQ=DAILY;INTERVAL=1.5", "rule.number"),
        ("FREQ=DAILY;INTERVAL=10000", "rule.number"),
        ("FREQ=DAILY;INTERVAL=" + "9" * 5000, "rule.number"),
        ("FREQ=DAILY;INTERVAL=²", "rule.number"),
        ("FREQ=DAILY;COUNT=0", "rule.number"),
        ("FREQ=DAILY;COUNT=x", "rule.number"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20271231", "rule.two_ends"),
        ("FREQ=DAILY;UNTIL=20261301", "rule.until"),
        ("FREQ=DAILY;UNTIL=soon", "rule.until"),
        ("FREQ=DAILY;UNTIL=", "rule.until"),
        ("FREQ=DAILY;UNTIL=20261123", "rule.ends_first"),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", "rule.ends_first"),
        ("FREQ=WEEKLY;BYDAY=2TU", "rule.weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,2TU", "rule.weekday"),
        ("FREQ=WEEKLY;BYDAY=", "rule.weekday"),
        ("FREQ=WEEKLY;WKST=XX", "rule.weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "rule.start_differs"),
    ],
)
def test_what_is_refused(text: str, key: str):
    with pytest.raises(InputRefused) as refused:
        parse_rule(text, TUESDAY)
    assert (refused.value.key, refused.value.field) == (key, "rrule")


RULES = st.builds(
    lambda frequency, interval, weekdays, count, until, wkst: Rule(
        frequency,
        interval,
        tuple(sorted(weekdays | {1})) if weekdays else (),
        count,
        None if count is not None or until is None else datetime(2026, 11, 24, 9, 30) + until,
        wkst,
    ),
    st.sampled_from(["DAILY", "WEEKLY"]),
    st.integers(1, 9),
    st.frozensets(st.integers(0, 6)),
    st.none() | st.integers(1, 60),
    st.none() | st.timedeltas(timedelta(), timedelta(days=400)).map(lambda t: timedelta(t.days)),
    st.integers(0, 6),
)


@given(RULES)
def test_the_canonical_text_says_the_same(rule: Rule):
    again = parse_rule(rule_text(rule), TUESDAY)
    assert again == rule
    assert rule_text(again) == rule_text(rule)


def plainly(rule: Rule) -> list[datetime]:
    """The series day by day from its start, without any library."""
    start = wall(TUESDAY)
    week_of = start.date() - timedelta(days=(start.weekday() - rule.week_start) % 7)
    found: list[datetime] = []
    for number in range(1200):
        local = start + timedelta(days=number)
        if rule.frequency == "DAILY":
            fits = number % rule.interval == 0
            fits = fits and (not rule.weekdays or local.weekday() in rule.weekdays)
        else:
            weeks = (local.date() - week_of).days // 7
            fits = weeks % rule.interval == 0
            fits = fits and local.weekday() in (rule.weekdays or (start.weekday(),))
        if fits and (rule.until is None or local <= rule.until):
            found.append(local)
    return found[: rule.count]


@given(RULES, st.integers(-40, 900), st.integers(0, 250))
def test_jumping_near_the_window_finds_what_walking_finds(rule: Rule, begin: int, length: int):
    low = datetime(2026, 11, 24) + timedelta(days=begin)
    high = low + timedelta(days=length)
    walked = [local for local in plainly(rule) if low <= local < high]
    assert list(expand(TUESDAY, rule, low, high)) == walked


def test_a_window_far_away_is_found_without_walking_there():
    rule = parse_rule("FREQ=DAILY;COUNT=9999", TUESDAY)
    last = wall(TUESDAY) + timedelta(days=9998)
    assert list(expand(TUESDAY, rule, last, FAR)) == [last]
    assert list(expand(TUESDAY, rule, last + timedelta(days=9), FAR)) == []


def test_weekday_names():
    assert WEEKDAYS[wall(TUESDAY).weekday()] == "TU"
