"""What the charts count: days, weeks, months and quarters, and the days without an entry."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.services import watch_charts
from caregiver_app.services.cycles import SCALE, cycles
from caregiver_app.services.watch_charts import Span, span_between, span_of
from caregiver_app.storage.tallies import Tallies
from tests.factories import NEW_YORK, line
from tests.fakes import Home

TODAY = date(2026, 11, 20)


@pytest.fixture
def rosa(home: Home) -> Home:
    """Infusions on 3 and 17 November; today is Friday 20 November."""
    home.clock.at("2026-11-01T12:00")
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("person", id="mei", name="Mei"),
        line("plan", id="p", person="rosa", medicine="infliximab", first="2026-11-03T09:30",
             zone=NEW_YORK, offsets=[0, 2, 4], every=8, watch_days=14),
    )  # fmt: skip
    home.clock.at("2026-11-20T12:00")
    return home


def effect(sign: str, severity: int, at: str, person: str = "rosa") -> str:
    return line("side_effect", person=person, sign=sign, severity=severity, at=at)


def check(day: str, **more: object) -> str:
    return line("checkin", person="rosa", date=day, **more)


def timeline(home: Home, first: date, last: date = TODAY, unit: watch_charts.Unit = "day"):
    return watch_charts.timeline(home.house.care, "rosa", Span(first, last, unit))


def test_the_timeline_has_each_sign_at_its_strongest_and_counts_days_without(rosa: Home):
    rosa.add(
        effect("headache", 1, "2026-11-18T08:00"),
        effect("headache", 3, "2026-11-18T20:00"),
        effect("fatigue", 2, "2026-11-18T21:00"),
        effect("fatigue", 4, "2026-11-18T21:00", person="mei"),
        check("2026-11-19", flare=True),
        check("2026-11-18"),
    )
    found = timeline(rosa, date(2026, 11, 16))
    assert [(one.number, one.days, one.signs) for one in found.told] == [
        (2, 1, (("headache", 3, 1), ("fatigue", 2, 1))),
        (3, 1, ()),
    ]
    assert [one.level for one in found.told] == [3, 0]
    assert (found.written, found.without) == (2, 3)
    assert [(one.day, one.dose) for one in found.infusions] == [(date(2026, 11, 17), 2)]
    assert found.flares == (date(2026, 11, 19),)


def test_weeks_keep_the_strongest_and_on_how_many_days(rosa: Home):
    rosa.add(
        effect("headache", 1, "2026-11-09T08:00"),
        effect("headache", 3, "2026-11-15T23:59"),
        effect("headache", 2, "2026-11-15T08:00"),
        effect("headache", 2, "2026-11-16T00:00"),
    )
    found = timeline(rosa, date(2026, 11, 9), unit="week")
    assert [(one.number, one.days, one.signs) for one in found.told] == [
        (0, 2, (("headache", 3, 2),)),
        (1, 1, (("headache", 2, 1),)),
    ]
    assert (found.written, found.without) == (3, 9)


def test_what_was_deleted_or_cancelled_is_not_shown(rosa: Home):
    rosa.add(effect("headache", 1, "2026-11-18T08:00"))
    (entry,) = rosa.house.watch.entries(TODAY - timedelta(days=9), TODAY, "rosa")
    rosa.house.watch.remove(entry.id)
    rosa.house.plans.cancel("p~2", agreed=True)
    found = timeline(rosa, date(2026, 11, 4))
    assert (found.told, found.infusions) == ((), ())


def test_a_call_is_a_mark_of_its_day(rosa: Home):
    rosa.add(line("clinic_call", person="rosa", at="2026-11-19T19:20", question="Fever?"))
    assert timeline(rosa, date(2026, 11, 18)).calls == (date(2026, 11, 19),)


def test_the_strip_has_the_sign_of_most_days_first(rosa: Home):
    rosa.add(
        effect("headache", 3, "2026-11-18T08:00"),
        effect("headache", 1, "2026-11-18T09:00"),
        effect("fatigue", 1, "2026-11-18T08:00"),
        effect("fatigue", 2, "2026-11-19T08:00"),
    )
    found = watch_charts.strip(rosa.house.care, "rosa", Span(date(2026, 11, 18), TODAY))
    assert found.rows == (("fatigue", {0: (1, 1), 1: (2, 1)}), ("headache", {0: (3, 1)}))
    assert (found.told, found.without) == ({0: 1, 1: 1}, 1)


def test_wellbeing_has_lowest_highest_and_average_of_what_was_written(rosa: Home):
    rosa.add(
        check("2026-11-09", pain=2, sleep=7),
        check("2026-11-10", pain=6),
        check("2026-11-11"),
        check("2026-11-12", possible="A short walk", flare=True),
        check("2026-11-17", pain=0),
    )
    span = Span(date(2026, 11, 9), TODAY, "week")
    found = watch_charts.wellbeing(rosa.house.care, "rosa", span)
    pain, sleep = found.scales
    assert pain[0] == "pain"
    assert [(n, s.low, s.high, s.mean, s.days) for n, s in pain[1].items()] == [
        (0, 2, 6, 4.0, 2),
        (1, 0, 0, 0.0, 1),
    ]
    assert (sleep[0], list(sleep[1])) == ("sleep", [0])
    assert (found.written, found.without) == (3, 9)
    assert found.possible == ((date(2026, 11, 12), "A short walk"),)


# -- Spans ----------------------------------------------------------------------------------------


def test_how_far_back_a_chart_reaches(rosa: Home):
    care = rosa.house.care
    assert span_of(care, "rosa", "infusion") == Span(date(2026, 11, 17), TODAY)
    assert span_of(care, "mei", "infusion").days == 28
    assert span_of(care, "rosa", "weeks").days == 28
    assert span_of(care, "rosa", "months").days == 91
    assert span_of(care, "rosa", "year").unit == "week"
    assert span_of(care, "rosa", "all").days == 28
    rosa.add(effect("headache", 1, "2016-05-04T08:00"))
    longest = span_of(care, "rosa", "all")
    assert (longest.first, longest.unit) == (date(2016, 4, 1), "quarter")
    assert span_of(care, "rosa", "months", most_days=45).unit == "week"


DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(first=DAYS, days=st.integers(0, 5000))
def test_stretches_hold_each_day_once_and_leave_few_marks(first: date, days: int):
    span = span_between(first, first + timedelta(days=days))
    assert span.first <= first
    assert span.count <= 100
    ends = [span.bounds(number) for number in range(span.count)]
    assert ends[0][0] == span.first
    assert ends[-1][1] == span.last
    assert all(a[1] + timedelta(days=1) == b[0] for a, b in pairwise(ends))
    for number, (begin, end) in enumerate(ends):
        assert span.number_of(begin) == span.number_of(end) == number


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter"])
def test_the_file_counts_in_the_same_stretches(rosa: Home, unit: watch_charts.Unit):
    """What SQL counts lies where `Span` says that the day lies."""
    days = [date(2024, 1, 1), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), TODAY]
    rosa.add(*(effect("headache", 1, f"{day}T08:00") for day in days))
    span = Span(date(2024, 1, 1), TODAY, unit)
    told = Tallies(rosa.house.care.store, "rosa", NEW_YORK, TODAY).told(span.first, span.last, unit)
    assert set(told) == {span.number_of(day) for day in days}
    assert sum(told.values()) == len(days)


def test_a_scale_can_be_laid_over_infusions_and_nothing_stands_for_no_number(rosa: Home):
    rosa.add(
        check("2026-11-03", pain=4),
        check("2026-11-04"),
        check("2026-11-18", pain=0),
        effect("headache", 1, "2026-11-19T08:00"),
    )
    newest, first = cycles(rosa.house.care, "rosa", f"{SCALE}pain")
    assert (first.levels, newest.levels) == ({0: 4}, {1: 0})


def test_a_scale_that_is_none_is_refused(rosa: Home):
    with pytest.raises(KeyError):
        Tallies(rosa.house.care.store, "rosa", NEW_YORK, TODAY).of_scale("date; DROP", TODAY, TODAY)


def lasting(at: str, **fields: object) -> str:
    told = {"person": "rosa", "sign": "headache", "severity": 2, "at": at, **fields}
    return line("side_effect", **told)


def test_a_sign_is_there_until_it_is_over(rosa: Home):
    rosa.add(lasting("2026-11-12T08:00", id="h", ended="2026-11-15T03:00:00Z"))
    care, span = rosa.house.care, Span(date(2026, 11, 11), TODAY)
    # The end is 14 November, 22:00 in New York.
    days = [1, 2, 3]
    assert [one.number for one in watch_charts.timeline(care, "rosa", span).told] == days
    assert dict(watch_charts.strip(care, "rosa", span).rows)["headache"] == dict.fromkeys(
        days, (2, 1)
    )
    week = Span(date(2026, 11, 9), TODAY, "week")
    assert [one.signs for one in watch_charts.timeline(care, "rosa", week).told] == [
        (("headache", 2, 3),)
    ]


def test_what_goes_on_is_there_to_this_day_and_no_further(rosa: Home):
    rosa.add(lasting("2026-11-18T08:00", id="h", going_on=True))
    care = rosa.house.care
    span = Span(date(2026, 11, 17), TODAY + timedelta(days=5))
    found = watch_charts.timeline(care, "rosa", span)
    assert [one.number for one in found.told] == [1, 2, 3]
    assert [one.level for one in found.told] == [2, 2, 2]
    late = watch_charts.timeline(care, "rosa", Span(date(2026, 11, 19), TODAY))
    assert late.without == 0, "it began before these days"
    assert (
        watch_charts.timeline(care, "rosa", Span(date(2026, 11, 1), date(2026, 11, 17))).told == ()
    )


def test_the_cycles_know_what_goes_on(rosa: Home):
    rosa.add(lasting("2026-11-18T08:00", id="h", going_on=True))
    newest = cycles(rosa.house.care, "rosa", "headache")[0]
    assert newest.levels == {1: 2, 2: 2, 3: 2}
