"""Wall times, zones, gaps and folds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain import times
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.errors import InputRefused
from tests.factories import moment

ZONES = [
    "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca",
    "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "UTC",
]  # fmt: skip
LOCALS = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(
    lambda local: local.replace(second=0, microsecond=0)
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# zone, a wall time that the clocks skip, the instant right after the gap
GAPS = [
    ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:00"),
    ("America/New_York", "2027-03-14T02:00", "2027-03-14T07:00"),
    ("America/New_York", "2027-03-14T02:59", "2027-03-14T07:00"),
    ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:00"),
    ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),
    ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00"),
    ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00"),
    ("America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00"),
]
# zone, a wall time that comes twice, the instant of its first pass
FOLDS = [
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
    ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
    ("Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45"),
    ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),
]


@pytest.mark.parametrize(("zone", "wall", "after"), GAPS)
def test_a_skipped_hour_happens_once_right_after_the_gap(zone: str, wall: str, after: str):
    local = datetime.fromisoformat(wall)
    assert times.is_in_gap(local, zone)
    assert times.wall_instant(local, zone) == utc(after)
    with pytest.raises(InputRefused) as refused:
        times.refuse_gap(Zoned(local, zone), "start")
    assert (refused.value.key, refused.value.field) == ("time.gap", "start")


@pytest.mark.parametrize(("zone", "wall", "first"), FOLDS)
def test_a_repeated_hour_happens_once_on_the_first_pass(zone: str, wall: str, first: str):
    local = datetime.fromisoformat(wall)
    assert not times.is_in_gap(local, zone)
    assert times.wall_instant(local, zone) == utc(first)
    times.refuse_gap(Zoned(local, zone))


def test_only_a_time_in_a_zone_of_its_own_is_refused_in_a_gap():
    times.refuse_gap(Floating(datetime(2027, 3, 14, 2, 30)))
    times.refuse_gap(AllDay(date(2027, 3, 14)))


@given(LOCALS, st.sampled_from(ZONES))
def test_every_wall_time_becomes_one_instant_that_reads_back(local: datetime, zone: str):
    at = times.wall_instant(local, zone)
    back = times.in_zone(at, zone).replace(tzinfo=None)
    if times.is_in_gap(local, zone):
        assert back > local
        # The minute before it has another offset: it is the first instant after the gap.
        earlier = times.in_zone(at - timedelta(minutes=1), zone)
        assert earlier.utcoffset() != times.in_zone(at, zone).utcoffset()
    else:
        assert back == local


@given(LOCALS, LOCALS, st.sampled_from(ZONES))
def test_later_on_the_wall_is_never_earlier_except_in_a_fold(a: datetime, b: datetime, zone: str):
    a, b = min(a, b), max(a, b)
    # The longest fold of these zones is a day (Samoa skipped one, nobody repeated one since).
    if b - a > timedelta(hours=3):
        assert times.wall_instant(a, zone) <= times.wall_instant(b, zone)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        # over the end of summer time, 1 November 2026 in New York
        ("2026-11-02T09:30", 1440, "2026-11-01T14:30"),
        ("2026-11-02T09:30", 2880, "2026-10-31T13:30"),
        ("2026-11-02T09:30", 10080, "2026-10-26T13:30"),
        ("2026-11-02T09:30", 1439, "2026-11-01T14:31"),
        ("2026-11-02T09:30", 2879, "2026-10-31T14:31"),
        ("2026-11-01T03:00", 120, "2026-11-01T06:00"),
        # into the gap of 14 March 2027: the wall time a day earlier doesn't exist
        ("2027-03-15T02:30", 1440, "2027-03-14T07:00"),
        ("2027-03-15T02:30", 120, "2027-03-15T04:30"),
        ("2026-11-24T09:30", 0, "2026-11-24T14:30"),
    ],
)
def test_whole_days_keep_the_hour_and_other_leads_are_elapsed(start: str, minutes: int, due: str):
    assert times.lead_instant(moment(start), minutes, "UTC") == utc(due)


@pytest.mark.parametrize(
    ("minutes", "due"),
    [(0, "2026-11-24T13:00"), (1440, "2026-11-23T13:00"), (120, "2026-11-24T11:00")],
)
def test_a_whole_day_counts_from_eight(minutes: int, due: str):
    day = AllDay(date(2026, 11, 24))
    assert times.lead_instant(day, minutes, "America/New_York") == utc(due)


def test_a_floating_time_is_where_the_computer_is():
    pill = Floating(datetime(2026, 11, 24, 8))
    assert times.instant(pill, "America/New_York") == utc("2026-11-24T13:00")
    assert times.instant(pill, "Asia/Tokyo") == utc("2026-11-23T23:00")
    assert times.zone_for(pill, "Asia/Tokyo") == "Asia/Tokyo"
    assert times.lead_instant(pill, 0, "Asia/Tokyo") == utc("2026-11-23T23:00")
    zoned = moment("2026-11-24T08:00")
    assert times.instant(zoned, "Asia/Tokyo") == utc("2026-11-24T13:00")
    assert times.zone_for(zoned, "Asia/Tokyo") == "America/New_York"


def test_ends():
    home = "America/New_York"
    assert times.ends(moment("2026-11-24T09:30"), 150, home) == utc("2026-11-24T17:00")
    # Elapsed: the night of the change back is an hour longer.
    assert times.ends(moment("2026-11-01T00:30"), 120, home) == utc("2026-11-01T06:30")
    assert times.ends(AllDay(date(2026, 11, 1)), 5, home) == utc("2026-11-02T05:00")


def test_days():
    late = moment("2026-11-24T22:30")
    assert times.day_of(late, "America/New_York") == date(2026, 11, 24)
    assert times.day_of(late, "Asia/Tokyo") == date(2026, 11, 25)
    assert times.day_of(Floating(datetime(2026, 11, 24, 23)), "Asia/Tokyo") == date(2026, 11, 24)
    assert times.day_of(AllDay(date(2026, 11, 24)), "Asia/Tokyo") == date(2026, 11, 24)
    low, high = times.day_span(date(2026, 11, 1), date(2026, 11, 1), "America/New_York")
    assert high - low == timedelta(hours=25)


@pytest.mark.parametrize(
    ("text", "zone", "shown", "iso"),
    [
        ("2026-11-24T09:30", "America/New_York", "2026-11-24T09:30", "2026-11-24T09:30-05:00"),
        (" 2026-11-24 09:30 ", None, "2026-11-24T09:30", "2026-11-24T09:30"),
        ("2026-11-24T09:30:59", None, "2026-11-24T09:30:59", "2026-11-24T09:30:59"),
        ("2026-11-24", "America/New_York", "2026-11-24", "2026-11-24"),
        ("2028-02-29", None, "2028-02-29", "2028-02-29"),
    ],
)
def test_reading_and_writing(text: str, zone: str | None, shown: str, iso: str):
    read = times.parse_moment(text, zone)
    assert times.to_text(read) == shown
    assert times.to_iso(read, "UTC") == iso


@pytest.mark.parametrize(
    ("text", "zone", "key"),
    [
        ("", None, "time.no_such_date"),
        ("tomorrow", None, "time.no_such_date"),
        ("2026-02-30", None, "time.no_such_date"),
        ("2026-02-30T09:30", None, "time.no_such_date"),
        ("2026-11-24T25:00", None, "time.no_such_date"),
        ("2026-11-24T", None, "time.no_such_date"),
        ("T", None, "time.no_such_date"),
        ("\ud800", None, "time.no_such_date"),
        ("2026-11-24T09:30Z", None, "time.offset_given"),
        ("2026-11-24T09:30+01:00", "Europe/Berlin", "time.offset_given"),
        ("1899-12-31", None, "time.far_year"),
        ("2201-01-01T09:30", None, "time.far_year"),
        ("2026-11-24T09:30", "Mars/Olympus", "time.unknown_zone"),
        ("2026-11-24", "Mars/Olympus", "time.unknown_zone"),
        ("2026-11-24T09:30", "", "time.unknown_zone"),
        ("2026-11-24T09:30", "../../etc/passwd", "time.unknown_zone"),
        ("2026-11-24T09:30", "Europe", "time.unknown_zone"),
        ("2026-11-24T09:30", "a\0b", "time.unknown_zone"),
        ("2026-11-24T09:30", "\ud800", "time.unknown_zone"),
        ("2026-11-24T09:30", "x" * 10_000, "time.unknown_zone"),
    ],
)
def test_what_cannot_be_a_moment(text: str, zone: str | None, key: str):
    with pytest.raises(InputRefused) as refused:
        times.parse_moment(text, zone)
    assert refused.value.key == key


@pytest.mark.parametrize(
    "text", ["", "9:30", "24:00", "09:3", "0930", "T0930", "09+05", "09:30Z", "09:30:00", "ab:cd"]
)
def test_what_is_no_hour(text: str):
    with pytest.raises(InputRefused):
        times.parse_hour(text, "leave_at")


def test_an_hour():
    assert times.parse_hour("08:05", "leave_at").minute == 5


def test_moving_a_moment_keeps_its_kind():
    day = date(2026, 12, 1)
    assert times.on_day(moment("2026-11-24T09:30"), day) == moment("2026-12-01T09:30")
    assert times.on_day(moment("2026-11-24T09:30", None), day) == moment("2026-12-01T09:30", None)
    assert times.on_day(moment("2026-11-24"), day) == AllDay(day)
    local = datetime(2026, 12, 1, 7)
    assert times.with_wall(moment("2026-11-24"), local) == AllDay(day)
    assert times.with_wall(moment("2026-11-24T09:30", None), local) == Floating(local)
    assert times.with_wall(moment("2026-11-24T09:30"), local) == moment("2026-12-01T07:00")


def test_zone_names():
    assert {"America/New_York", "Europe/Berlin"} <= times.zone_names()
