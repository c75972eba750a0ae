"""What touches each day stands there, in order, as if every day had been asked for by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.domain.occurrences import Occurrence, by_day, occurrences_on
from caregiver_app.domain.times import AllDay, Floating, Zoned
from tests.factories import appointment, moment

LONDON = "Europe/London"
ZONES = (LONDON, "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata")


def plainly(ones, first: date, last: date, home: str) -> dict[date, list[Occurrence]]:
    """The same, each day asked for by itself."""
    found = {}
    day = first
    while day <= last:
        touching = [each for one in ones for each in occurrences_on(one, day, day, home)]
        touching.sort(key=lambda o: (o.begins(home), o.appointment.title, o.appointment.id))
        if touching:
            found[day] = touching
        day += timedelta(days=1)
    return found


def a_start(local: datetime, zone: str | None):
    if zone == "":
        return AllDay(local.date())
    return Floating(local) if zone is None else Zoned(local, zone)


# Around the two clock changes of London in 2026, where wall times are not in order.
_NEAR = st.sampled_from([datetime(2026, 3, 27), datetime(2026, 10, 23)])
_STARTS = st.builds(
    lambda day, minutes, zone: a_start(day + timedelta(minutes=minutes), zone),
    _NEAR,
    st.integers(0, 5 * 1440 // 15).map(lambda quarter: quarter * 15),
    st.sampled_from([None, "", *ZONES]),
)
_ONES = st.lists(
    st.tuples(
        _STARTS,
        st.sampled_from([0, 5, 60, 179, 180, 181, 1440, 3 * 1440]),
        st.sampled_from(["", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=2;COUNT=3", "FREQ=WEEKLY"]),
        st.sampled_from(["Pills", "Blood test"]),
    ),
    max_size=6,
)


@settings(max_examples=150)
@given(_ONES, _NEAR, st.integers(0, 7), st.sampled_from(ZONES))
def test_it_is_the_same_as_asking_for_each_day(told, near: datetime, days: int, home: str):
    ones = [
        appointment(start, id=f"a{number}", minutes=minutes, rrule=rule, title=title)
        for number, (start, minutes, rule, title) in enumerate(told)
    ]
    first = near.date()
    last = first + timedelta(days=days)
    assert by_day(ones, first, last, home) == plainly(ones, first, last, home)


@pytest.mark.parametrize(
    ("start", "zone", "minutes", "days"),
    [
        ("2026-11-24T09:30", LONDON, 60, [24]),
        ("2026-11-24T23:30", LONDON, 60, [24, 25]),
        ("2026-11-24T23:30", None, 30, [24]),
        ("2026-11-22T12:00", LONDON, 3 * 1440, [23, 24, 25]),
        ("2026-11-24", None, 60, [24]),
        ("2026-11-26T00:30", "Pacific/Kiritimati", 30, [25]),
    ],
)
def test_what_lasts_stands_on_each_of_its_days(start, zone, minutes, days):
    one = appointment(moment(start, zone), minutes=minutes)
    found = by_day([one], date(2026, 11, 23), date(2026, 11, 26), LONDON)
    assert sorted(found) == [date(2026, 11, day) for day in days]


def test_in_the_hour_that_comes_twice_the_order_is_that_of_time():
    # 00:45 UTC is 01:45 in London, the first time; 01:15 UTC is 01:15, the second time.
    earlier = appointment(moment("2026-10-25T01:45", LONDON), id="a", title="Z")
    later = appointment(moment("2026-10-25T01:15", "UTC"), id="b", title="A")
    day = date(2026, 10, 25)
    found = by_day([later, earlier], day, day, LONDON)[day]
    assert [each.appointment.id for each in found] == ["a", "b"]
