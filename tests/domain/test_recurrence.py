"""Repetition rules as text: what is read, how it is written, and what is refused."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from itertools import islice
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.assets import read_text
from caregiver_app.domain.recurrence import (
    WEEKDAYS,
    Rule,
    ends,
    expand,
    parse_rule,
    read_rule,
    rule_text,
)
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned, wall
from caregiver_app.errors import InputRefused
from caregiver_app.messages import explain
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
        (" rrule : Freq = Daily ;\tcount = 2 ", ["11-24", "11-25"]),
        ("FREQ=MONTHLY", ["11-24", "12-24", "01-24", "02-24", "03-24", "04-24"]),
        ("FREQ=MONTHLY;BYDAY=+4TU", ["11-24", "12-22", "01-26", "02-23", "03-23", "04-27"]),
        ("FREQ=MONTHLY;BYDAY=-1tu;INTERVAL=2",
         ["11-24", "01-26", "03-30", "05-25", "07-27", "09-28"]),
        # plain and counted weekdays together: dateutil finds none of these
        ("FREQ=MONTHLY;BYDAY=TU,1MO", ["11-24", "12-01", "12-07", "12-08", "12-15", "12-22"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-7,+24,24",
         ["11-24", "12-24", "12-25", "01-24", "01-25", "02-22"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-5",
         ["11-24", "12-25", "01-25", "02-22", "03-25", "04-26"]),
        ("FREQ=YEARLY", ["11-24", "11-24", "11-24", "11-24", "11-24", "11-24"]),
        ("FREQ=YEARLY;BYMONTHDAY=24", ["11-24", "11-24", "11-24", "11-24", "11-24", "11-24"]),
        ("FREQ=YEARLY;BYMONTH=11,2", ["11-24", "02-24", "11-24", "02-24", "11-24", "02-24"]),
        ("FREQ=YEARLY;BYWEEKNO=48", ["11-24", "11-30", "11-28", "11-27", "11-26", "11-25"]),
        ("FREQ=YEARLY;BYYEARDAY=328,-1", ["11-24", "12-31", "11-24", "12-31", "11-23", "12-31"]),
        ("FREQ=DAILY;BYHOUR=9,21;COUNT=3", ["11-24", "11-24", "11-25"]),
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


def test_the_times_of_the_day_are_in_order():
    rule = parse_rule("FREQ=DAILY;BYHOUR=20,9;BYMINUTE=30,0;COUNT=5", TUESDAY)
    found = [f"{local:%d %H:%M}" for local in expand(TUESDAY, rule, wall(TUESDAY))]
    assert found == ["24 09:30", "24 20:00", "24 20:30", "25 09:00", "25 09:30"]


def test_hours_are_ignored_where_the_first_date_is_a_whole_day():
    start = AllDay(date(2026, 11, 24))
    rule = parse_rule("FREQ=DAILY;BYHOUR=9;BYMINUTE=1,2,3;BYSECOND=5;COUNT=2", start)
    assert rule == Rule("DAILY", count=2)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("WKST=SU;COUNT=3;INTERVAL=02;FREQ=WEEKLY;BYDAY=FR,TU,tu",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;COUNT=3;WKST=SU"),
        ("FREQ=MONTHLY;BYDAY=2MO,TU,-1FR,4TU", "FREQ=MONTHLY;BYDAY=TU,-1FR,2MO,4TU"),
        ("FREQ=MONTHLY;BYMONTHDAY=+24,-1,024", "FREQ=MONTHLY;BYMONTHDAY=-1,24"),
        ("FREQ=DAILY;WKST=MO;INTERVAL=1", "FREQ=DAILY"),
        ("FREQ=DAILY;BYSETPOS=-1;BYMINUTE=0,30;BYHOUR=9",
         "FREQ=DAILY;BYHOUR=9;BYMINUTE=0,30;BYSETPOS=-1"),
        # what other programs would take otherwise from the first date is said outright
        ("FREQ=YEARLY;BYMONTHDAY=24", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24"),
        ("FREQ=YEARLY;BYMONTHDAY=24;BYDAY=TU", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24;BYDAY=TU"),
        ("FREQ=YEARLY;BYMONTHDAY=24;BYDAY=47TU", "FREQ=YEARLY;BYMONTHDAY=24;BYDAY=47TU"),
        ("FREQ=YEARLY;BYWEEKNO=48", "FREQ=YEARLY;BYWEEKNO=48;BYDAY=TU"),
        ("FREQ=YEARLY;BYWEEKNO=48;BYMONTHDAY=24", "FREQ=YEARLY;BYWEEKNO=48;BYMONTHDAY=24"),
        ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231T235900"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY"),
    ],
)  # fmt: skip
def test_the_canonical_text(text: str, canonical: str):
    rule = read_rule(text, TUESDAY).rule
    assert rule_text(rule) == canonical
    assert read_rule(canonical, TUESDAY).rule == rule


def test_a_rule_that_tells_its_month_keeps_it_in_a_series_that_begins_later():
    rule = parse_rule("FREQ=YEARLY;BYMONTHDAY=24", TUESDAY)
    later = Floating(datetime(2027, 1, 1, 9, 30))
    assert next(expand(later, rule, wall(later))) == datetime(2027, 11, 24, 9, 30)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        # 01:30 comes twice on 1 November in New York: 05:30 and 06:30 in UTC.
        ("20261101T052959Z", "10-31"),
        ("20261101T053000Z", "11-01"),
        ("20261101T060500Z", "11-01"),
        ("20261101T063000Z", "11-01"),
        ("20261101T065959Z", "11-01"),
    ],
)
def test_until_in_the_hour_that_comes_twice(until: str, last: str):
    start = Zoned(datetime(2026, 10, 30, 1, 30), "America/New_York")
    assert days(f"FREQ=DAILY;UNTIL={until}", start)[-1] == last


@pytest.mark.parametrize(("until", "last"), [("20270314T065959Z", 13), ("20270314T070000Z", 14)])
def test_until_where_the_clocks_skip_the_hour(until: str, last: int):
    # 02:30 on 14 March rings at 03:00, which is 07:00 in UTC.
    start = Zoned(datetime(2027, 3, 12, 2, 30), "America/New_York")
    assert days(f"FREQ=DAILY;UNTIL={until}", start)[-1] == f"03-{last}"


# -- What is refused -------------------------------------------------------------------------------

REFUSED = [
    ("", "rule.unreadable"),
    (";", "rule.unreadable"),
    ("DAILY", "rule.unreadable"),
    ("FREQ=DAILY;FREQ=WEEKLY", "rule.unreadable"),
    ("FREQ=DAILY;;COUNT=2", "rule.unreadable"),
    ("FREQ=DAILY;INTERVAL=" + "9" * 5000, "rule.unreadable"),
    ("INTERVAL=2", "rule.frequency"),
    ("FREQ=", "rule.frequency"),
    ("FREQ=HOURLY", "rule.frequency"),
    ("FREQ=MINUTELY", "rule.frequency"),
    ("FREQ=SECONDLY", "rule.frequency"),
    ("FREQ=FORTNIGHTLY", "rule.frequency"),
    ("FREQ=DAILY;BYEASTER=1", "rule.part"),
    ("RSCALE=CHINESE;FREQ=YEARLY", "rule.part"),
    ("FREQ=DAILY;INTERVAL=0", "rule.number"),
    ("FREQ=DAILY;INTERVAL=-1", "rule.number"),
    ("FREQ=DAILY;INTERVAL=", "rule.number"),
    ("FREQ=DAILY;INTERVAL=1.5", "rule.number"),
    ("FREQ=DAILY;INTERVAL=1 0", "rule.number"),
    ("FREQ=DAILY;INTERVAL=10000", "rule.number"),
    ("FREQ=DAILY;INTERVAL=" + "9" * 500, "rule.number"),
    ("FREQ=DAILY;INTERVAL=²", "rule.number"),
    ("FREQ=DAILY;COUNT=0", "rule.number"),
    ("FREQ=DAILY;COUNT=10000", "rule.number"),
    ("FREQ=DAILY;COUNT=x", "rule.number"),
    ("FREQ=DAILY;COUNT=2;UNTIL=20271231", "rule.two_ends"),
    ("FREQ=DAILY;UNTIL=20261301", "rule.until"),
    ("FREQ=DAILY;UNTIL=soon", "rule.until"),
    ("FREQ=DAILY;UNTIL=", "rule.until"),
    ("FREQ=DAILY;UNTIL=20261123", "rule.ends_first"),
    ("FREQ=DAILY;UNTIL=20261124T092959", "rule.ends_first"),
    ("FREQ=DAILY;UNTIL=20261124T142959Z", "rule.ends_first"),
    ("FREQ=DAILY;UNTIL=00010101T000000Z", "rule.ends_first"),
    ("FREQ=MONTHLY;BYDAY=1MO;UNTIL=20261206", "rule.ends_first"),
    ("FREQ=WEEKLY;BYDAY=2TU", "rule.not_with"),
    ("FREQ=DAILY;BYDAY=-1FR", "rule.not_with"),
    ("FREQ=YEARLY;BYWEEKNO=48;BYDAY=1TU", "rule.not_with"),
    ("FREQ=WEEKLY;BYMONTHDAY=24", "rule.not_with"),
    ("FREQ=MONTHLY;BYYEARDAY=1", "rule.not_with"),
    ("FREQ=DAILY;BYWEEKNO=1", "rule.not_with"),
    ("FREQ=WEEKLY;BYDAY=", "rule.no_weekday"),
    ("FREQ=WEEKLY;BYDAY=MO,,TU", "rule.weekday"),
    ("FREQ=WEEKLY;BYDAY=TUE", "rule.weekday"),
    ("FREQ=MONTHLY;BYDAY=0TU", "rule.weekday"),
    ("FREQ=MONTHLY;BYDAY=54TU", "rule.weekday"),
    ("FREQ=MONTHLY;BYDAY=2", "rule.weekday"),
    ("FREQ=WEEKLY;WKST=XX", "rule.weekday"),
    ("FREQ=WEEKLY;WKST=MO,TU", "rule.weekday"),
    ("FREQ=YEARLY;BYMONTH=13", "rule.value"),
    ("FREQ=YEARLY;BYMONTH=0", "rule.value"),
    ("FREQ=YEARLY;BYMONTH=-1", "rule.value"),
    ("FREQ=YEARLY;BYMONTH=5L", "rule.value"),
    ("FREQ=DAILY;BYHOUR=24", "rule.value"),
    ("FREQ=DAILY;BYMINUTE=60", "rule.value"),
    ("FREQ=DAILY;BYSECOND=61", "rule.value"),
    ("FREQ=DAILY;BYHOUR=", "rule.value"),
    ("FREQ=MONTHLY;BYMONTHDAY=32", "rule.value_from_end"),
    ("FREQ=MONTHLY;BYMONTHDAY=0", "rule.value_from_end"),
    ("FREQ=MONTHLY;BYMONTHDAY=-32", "rule.value_from_end"),
    ("FREQ=MONTHLY;BYMONTHDAY=--1", "rule.value_from_end"),
    ("FREQ=YEARLY;BYYEARDAY=367", "rule.value_from_end"),
    ("FREQ=YEARLY;BYWEEKNO=54", "rule.value_from_end"),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "rule.value_from_end"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "rule.never"),
    ("FREQ=MONTHLY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31", "rule.never"),
    ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "rule.never"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "rule.never"),
    ("FREQ=WEEKLY;BYSETPOS=8;BYDAY=MO,TU", "rule.never"),
    ("FREQ=MONTHLY;BYDAY=1TH;BYSETPOS=2", "rule.never"),
    ("FREQ=MONTHLY;BYDAY=6MO", "rule.never"),
    ("FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2", "rule.never"),
    ("FREQ=YEARLY;BYMONTHDAY=15;BYDAY=1MO", "rule.never"),
    ("FREQ=DAILY;BYSECOND=60", "rule.never"),
    ("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40", "rule.often"),
]
ONLY_OURS = [
    ("FREQ=WEEKLY;BYDAY=MO,WE", "rule.start_differs"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "rule.start_differs"),
    ("FREQ=MONTHLY;BYDAY=1MO;COUNT=1", "rule.start_differs"),
    ("FREQ=YEARLY;BYMONTH=12", "rule.start_differs"),
    ("FREQ=DAILY;BYHOUR=8,20", "rule.start_differs"),
    ("FREQ=DAILY;BYSECOND=0,30", "rule.seconds"),
]


@pytest.mark.parametrize(("text", "key"), [*REFUSED, *ONLY_OURS])
def test_what_is_refused(text: str, key: str):
    with pytest.raises(InputRefused) as refused:
        parse_rule(text, TUESDAY)
    assert (refused.value.key, refused.value.field) == (key, "rrule")
    told = explain(refused.value)
    assert told != key
    assert "…" not in told or len(text) > 1000


@pytest.mark.parametrize(("text", "key"), REFUSED)
def test_what_is_refused_from_elsewhere_too(text: str, key: str):
    with pytest.raises(InputRefused) as refused:
        read_rule(text, TUESDAY)
    assert refused.value.key == key


@pytest.mark.parametrize(("text", "key"), ONLY_OURS)
def test_what_is_taken_from_elsewhere(text: str, key: str):
    reading = read_rule(text, TUESDAY)
    assert reading.matches_start == (key == "rule.seconds")
    found = list(islice(expand(TUESDAY, reading.rule, datetime(1900, 1, 1)), 3))
    assert (wall(TUESDAY) in found) == reading.matches_start


def test_a_first_date_that_does_not_fit_is_told_the_first_that_does():
    with pytest.raises(InputRefused) as refused:
        parse_rule("FREQ=MONTHLY;BYDAY=1MO", TUESDAY)
    assert explain(refused.value) == (
        "The repetition does not fall on its first date, Tuesday 2026-11-24. The first date that"
        " fits is Monday 2026-12-07. Choose that one, or change the repetition."
    )


def test_every_sentence_about_rules_is_one_that_can_be_said():
    sentences = json.loads(read_text("messages/en.json"))
    known = {key: text for key, text in sentences.items() if key.startswith("rule.")}
    said: dict[str, set[str]] = {}
    for text, key in [*REFUSED, *ONLY_OURS]:
        with pytest.raises(InputRefused) as refused:
            parse_rule(text, TUESDAY)
        said.setdefault(key, set()).update(refused.value.values)
    for key, names in said.items():
        wanted = {name for _, name, _, _ in Formatter().parse(known[key]) if name}
        assert wanted <= names, key


def test_whether_a_rule_ends():
    told = {"": False, "COUNT=2": True, "UNTIL=20270101": True, "UNTIL=99991231": False}
    for end, says in told.items():
        assert ends(parse_rule(f"FREQ=DAILY;{end}", TUESDAY)) == says


# -- Rules as the form makes them ------------------------------------------------------------------

RULES = st.builds(
    lambda frequency, interval, weekdays, count, until, wkst: Rule(
        frequency,
        interval,
        tuple(sorted(weekdays | {1})) if weekdays else (),
        count,
        None if count is not None or until is None else datetime(2026, 11, 24, 9, 30) + until,
        wkst,
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
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


@given(st.text(alphabet="FREQDAILYWKMONTHUBSPC=;,+-0123456789 \t²é", max_size=60))
def test_no_text_does_any_harm(text: str):
    for whole in (text, f"FREQ=YEARLY;{text}", f"FREQ=MONTHLY;BYDAY={text}"):
        try:
            rule = read_rule(whole, TUESDAY).rule
        except InputRefused as refused:
            # The sentence is there for every refusal.
            told = explain(refused)
        else:
            told = rule_text(rule)
        assert told


def test_a_window_far_away_is_found_without_walking_there():
    rule = parse_rule("FREQ=DAILY;COUNT=9999", TUESDAY)
    last = wall(TUESDAY) + timedelta(days=9998)
    assert list(expand(TUESDAY, rule, last, FAR)) == [last]
    assert list(expand(TUESDAY, rule, last + timedelta(days=9), FAR)) == []


def test_a_leap_day_comes_in_leap_years_only():
    leap = Floating(datetime(2028, 2, 29, 8))
    for text in ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"):
        rule = parse_rule(text, leap)
        found = list(expand(leap, rule, wall(leap), datetime(2045, 1, 1)))
        assert [local.year for local in found] == [2028, 2032, 2036, 2040, 2044]
        assert {local.time() for local in found} == {time(8)}


def test_weekday_names():
    assert WEEKDAYS[wall(TUESDAY).weekday()] == "TU"
