"""Every rule that the form can make, in forty zones, over ten years of changing clocks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from itertools import pairwise, product

import pytest

from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.recurrence import Rule, expand, parse_rule, rule_text
from caregiver_app.domain.times import Floating, Zoned, in_zone, is_in_gap, wall
from tests.domain.recurrence_reference import reference
from tests.factories import appointment
from tests.tools import some

ZONES = (
    "Africa/Abidjan", "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos",
    "America/Anchorage", "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota",
    "America/Chicago", "America/Denver", "America/Halifax", "America/Havana",
    "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Nuuk",
    "America/Phoenix", "America/Santiago", "America/Sao_Paulo", "America/St_Johns",
    "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata",
    "Asia/Shanghai", "Asia/Tokyo", "Atlantic/Azores", "Australia/Lord_Howe", "Australia/Sydney",
    "Europe/Berlin", "Europe/Dublin", "Europe/Kyiv", "Europe/London", "Pacific/Apia",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "UTC",
)  # fmt: skip
ODD_ZONES = (
    "Africa/Casablanca", "America/Havana", "America/New_York", "America/Santiago", "Asia/Gaza",
    "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Dublin", "Europe/London", "Pacific/Chatham",
)  # fmt: skip
"""Clocks that change at midnight, by half an hour, backwards in winter, by the moon or never."""
BEGINS = datetime(2026, 11, 23)
LAST = datetime(2036, 12, 1)

_WEEKDAYS = ((), (1,), (1, 4), (5, 6), tuple(range(5)), tuple(range(7)))
SHAPES = [
    *(Rule("DAILY", every) for every in (1, 2, 10)),
    *(Rule("WEEKLY", every, days) for every, days in product((1, 2, 3), _WEEKDAYS)),
    *(Rule("MONTHLY", every, month_days=days) for every, days in product((1, 3), ((15,), (-1,)))),
    *(Rule("MONTHLY", every, numbered=(nth,))
      for every, nth in product((1, 2), ((2, 1), (-1, 4), (5, 2)))),
    *(Rule("YEARLY", every) for every in (1, 2, 4)),
]  # fmt: skip
HOURS = [time(2, 30)]
MORE_HOURS = [time(), time(0, 30), time(1, 30), time(2), time(3), time(9, 30), time(23, 59)]


@cache
def walked(shape: Rule, hour: time) -> list[datetime]:
    """The ten years of a rule, day by day, from the first day on which it falls."""
    begins = datetime.combine(BEGINS, hour)
    first = next(expand(Floating(begins), shape, begins))
    return [each for each in reference(shape, first, LAST.date()) if each < LAST]


def with_ends(shape: Rule, hour: time) -> list[tuple[Rule, list[datetime]]]:
    """A rule without an end, after so many times, and on a date; each with what it then means."""
    dates = walked(shape, hour)
    near = dates[min(8, len(dates) - 1)]
    day_over = datetime.combine(near, time(23, 59))
    number = min(12, len(dates))
    return [
        (shape, dates),
        (Rule(**fields(shape), count=number), dates[:number]),
        (Rule(**fields(shape), until=day_over), [each for each in dates if each <= day_over]),
    ]


def fields(rule: Rule) -> dict:
    names = ("frequency", "interval", "weekdays", "numbered", "month_days")
    return {name: getattr(rule, name) for name in names}


def keeps_its_hour(zone: str, shape: Rule, hour: time) -> None:
    for rule, dates in with_ends(shape, hour):
        start = Zoned(dates[0], zone)
        assert parse_rule(rule_text(rule), start) == rule
        series = appointment(start, rrule=rule_text(rule))
        found = list(occurrences(series, BEGINS, LAST))
        assert [wall(each.start) for each in found] == dates
        instants = [each.begins(zone) for each in found]
        assert all(a < b for a, b in pairwise(instants))
        for local, at in zip(dates, instants, strict=True):
            shown = in_zone(at, zone).replace(tzinfo=None)
            if shown != local:
                # Only an hour that the clocks skip is shown as another one, the first after it.
                assert is_in_gap(local, zone)
                assert local < shown
                assert not is_in_gap(shown, zone)
                assert is_in_gap(shown - timedelta(minutes=1), zone)


@pytest.mark.parametrize("zone", some(ZONES, ODD_ZONES))
def test_ten_years_in_a_zone(zone: str):
    for shape, hour in product(SHAPES, HOURS):
        keeps_its_hour(zone, shape, hour)


@pytest.mark.long
@pytest.mark.parametrize("zone", ZONES)
def test_ten_years_in_a_zone_at_many_hours(zone: str):
    for shape, hour in product(SHAPES, MORE_HOURS):
        keeps_its_hour(zone, shape, hour)


def test_there_are_forty_zones_and_many_gaps():
    assert len(set(ZONES)) == 40
    days = [BEGINS + timedelta(days=day, hours=2, minutes=30) for day in range(3660)]
    with_gaps = {zone for zone in ZONES if any(is_in_gap(day, zone) for day in days)}
    assert len(with_gaps) > 10
