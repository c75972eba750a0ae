"""The watch window: whole calendar days, and never longer than to the next infusion."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.times import Zoned, ends, in_zone, instant, wall_instant
from caregiver_app.domain.watch_window import Window, window_after

HOME = "Europe/Berlin"
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
STARTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31, 23, 59)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
MINUTES = st.integers(0, 600)
DAYS = st.integers(1, 90)


def told(start: str, days: int, following: str | None = None, minutes: int = 150) -> Window:
    after = (
        None if following is None else instant(Zoned(datetime.fromisoformat(following), HOME), HOME)
    )
    found = window_after(Zoned(datetime.fromisoformat(start), HOME), minutes, days, after, HOME)
    assert found is not None
    return found


def closing(window: Window) -> str:
    return f"{in_zone(window.closes, HOME):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "days", "following", "last", "closes"),
    [
        ("2026-03-17T09:30", 14, None, "2026-03-31", "2026-04-01 00:00"),
        # the clocks change on 29 March and on 25 October
        ("2026-03-28T09:30", 2, None, "2026-03-30", "2026-03-31 00:00"),
        ("2026-10-24T23:00", 1, None, "2026-10-25", "2026-10-26 00:00"),
        ("2026-03-17T23:30", 14, None, "2026-03-31", "2026-04-01 00:00"),
        # the next infusion ends it, on its own day too
        ("2026-03-17T09:30", 14, "2026-03-24T08:00", "2026-03-24", "2026-03-24 08:00"),
        ("2026-03-17T09:30", 14, "2026-03-31T09:30", "2026-03-31", "2026-03-31 09:30"),
        ("2026-03-17T09:30", 14, "2026-04-01T00:00", "2026-03-31", "2026-04-01 00:00"),
        ("2026-03-17T09:30", 14, "2026-05-12T09:30", "2026-03-31", "2026-04-01 00:00"),
        # two that were typed over each other: it ends with its own infusion, never before
        ("2026-03-17T09:30", 14, "2026-03-17T10:00", "2026-03-17", "2026-03-17 12:00"),
        ("2026-03-17T09:30", 1, None, "2026-03-18", "2026-03-19 00:00"),
        ("2026-03-17T09:30", 90, None, "2026-06-15", "2026-06-16 00:00"),
    ],
)
def test_the_days_of_a_window(start: str, days: int, following: str | None, last: str, closes: str):
    found = told(start, days, following)
    assert (found.first, found.last) == (date.fromisoformat(start[:10]), date.fromisoformat(last))
    assert closing(found) == closes
    assert found.days == (found.last - found.first).days
    assert found.day(found.last) == found.days


@pytest.mark.parametrize("following", [None, datetime(2026, 3, 20, tzinfo=UTC)])
def test_no_days_are_no_window(following: datetime | None):
    start = Zoned(datetime(2026, 3, 17, 9, 30), HOME)
    assert window_after(start, 150, 0, following, HOME) is None


@given(
    STARTS, MINUTES, DAYS, st.none() | st.integers(-3000, 200_000), *(st.sampled_from(ZONES),) * 2
)
def test_it_holds_on_every_date_and_in_every_zone(
    local: datetime, minutes: int, days: int, later: int | None, zone: str, home: str
):
    start = Zoned(local, zone)
    begins = instant(start, home)
    following = None if later is None else begins + timedelta(minutes=later)
    found = window_after(start, minutes, days, following, home)
    assert found is not None
    assert found.first == in_zone(begins, home).date()
    whole = wall_instant(datetime.combine(found.first + timedelta(days=days + 1), time()), home)
    over = ends(start, minutes, home)
    if following is None or following >= whole:
        # as many days as were wanted, whatever the clocks did meanwhile
        assert (found.days, found.closes) == (days, whole)
        return
    assert found.closes == max(following, over)
    assert found.last == max(found.first, in_zone(found.closes, home).date())
    assert found.last >= found.first


@given(STARTS, MINUTES, DAYS, DAYS)
def test_more_days_never_make_it_shorter(local: datetime, minutes: int, few: int, more: int):
    low, high = sorted((few, more))
    start = Zoned(local, HOME)
    short, long = (window_after(start, minutes, n, None, HOME) for n in (low, high))
    assert short is not None
    assert long is not None
    assert short.closes <= long.closes
    assert long.days - short.days == high - low
