"""A real process on the nights on which the clocks are changed, and on a journey."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.process.rung import clock_at, passed, pill, shown
from tests.programs import Program
from tests.tools.fake_time import following

LONDON, NEW_YORK, LORD_HOWE = "Europe/London", "America/New_York", "Australia/Lord_Howe"

# Zone, the wall time in question, and the instant at which it rings: in spring right after the
# hour that is left out (half an hour on Lord Howe), in autumn the first of the two.
NIGHTS = [
    pytest.param(LONDON, "2026-03-29T01:30", "2026-03-29T01:00", id="London-spring"),
    pytest.param(LONDON, "2026-10-25T01:30", "2026-10-25T00:30", id="London-autumn"),
    pytest.param(NEW_YORK, "2026-03-08T02:30", "2026-03-08T07:00", id="New-York-spring"),
    pytest.param(NEW_YORK, "2026-11-01T01:30", "2026-11-01T05:30", id="New-York-autumn"),
    pytest.param(LORD_HOWE, "2026-10-04T02:15", "2026-10-03T15:30", id="Lord-Howe-spring"),
    pytest.param(LORD_HOWE, "2026-04-05T01:45", "2026-04-04T14:45", id="Lord-Howe-autumn"),
]
# What every run goes through; the long tests take all of them.
QUICK = ("New-York-spring", "London-autumn", "Lord-Howe-spring")
QUICK_FLOATING = ("London-spring", "Lord-Howe-autumn")
QUICK_DAILY = ("London-spring", "New-York-autumn")
LONG = [pytest.mark.long]
ENTERED = "2026-01-02T08:00+00:00"


def utc(instant: str, minutes: float = 0) -> str:
    """An instant in UTC so many minutes later, as a wall time."""
    return f"{datetime.fromisoformat(instant) + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("zone", "wall", "rings", "zone_less"),
    [
        *(pytest.param(*night.values, False, id=f"{night.id}-of the zone",
                       marks=[] if night.id in QUICK else LONG) for night in NIGHTS),
        *(pytest.param(*night.values, True, id=f"{night.id}-floating",
                       marks=[] if night.id in QUICK_FLOATING else LONG) for night in NIGHTS),
    ],
)  # fmt: skip
def test_it_rings_once_at_the_right_moment(
    program: Program, tmp_path: Path, zone: str, wall: str, rings: str, zone_less: bool
):
    """Between two others that are given in UTC, and not again when that wall time comes again."""
    day_before = f"{datetime.fromisoformat(wall) - timedelta(days=1):%Y-%m-%dT%H:%M}"
    told = program.add(
        pill("before", utc(rings, -1)),
        pill("at", day_before, None if zone_less else zone, rrule="FREQ=DAILY;COUNT=2"),
        pill("after", utc(rings, 1)),
        pill("second", utc(rings, 61)),
        pill("marker", utc(rings, 62)),
        now=ENTERED,
    )
    assert told.err == []
    clock = clock_at(tmp_path, utc(rings, -2), speed=400.0)
    with following(program.folder, clock, zone) as running:
        assert running.said_up_to("after") == ["at", "before", "at", "after"]
        clock.set(f"{utc(rings, 60)}+00:00")
        said = running.said_up_to("marker")
        assert said == ["at", "before", "at", "after", "second", "marker"]
    assert passed(program.folder, utc(rings, 300), zone) == []
    assert shown(program.folder).keys() == {"before", "at", "after", "second", "marker"}


@pytest.mark.parametrize(
    ("zone", "wall", "rings"),
    [pytest.param(*night.values, id=night.id, marks=[] if night.id in QUICK_DAILY else LONG)
     for night in NIGHTS],
)  # fmt: skip
def test_a_daily_medicine_rings_once_a_day_over_that_night(
    program: Program, tmp_path: Path, zone: str, wall: str, rings: str
):
    """The program sleeps from day to day; each wakes it once, the night in question included."""
    first = datetime.fromisoformat(wall) - timedelta(days=2)
    program.add(pill("daily", f"{first:%Y-%m-%dT%H:%M}", zone, rrule="FREQ=DAILY"), now=ENTERED)
    clock = clock_at(tmp_path, utc(rings, -3 * 1440))
    home = ZoneInfo(zone)
    with following(program.folder, clock, zone) as running:
        for number in range(5):
            day = first.date() + timedelta(days=number)
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=home)
            running.sleep(clock, noon.isoformat())
            running.wait(lambda number=number: len(running.said) > number, f"day {number}")
        days = [one.split("/")[1][:10] for one in running.said]
    assert days == [f"{first.date() + timedelta(days=number)}" for number in range(5)]


def test_travel_moves_what_has_no_zone_and_nothing_else(program: Program):
    """From New York to London and home again, the program started anew in each place."""
    program.add(
        pill("floating", "2026-03-20T09:00", None, rrule="FREQ=DAILY;COUNT=3"),
        pill("fixed", "2026-03-20T09:30", NEW_YORK, rrule="FREQ=DAILY;COUNT=3"),
        now="2026-03-19T08:00+00:00",
    )

    def said(wall: str, zone: str) -> list[str]:
        here = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
        return passed(program.folder, here.isoformat(), zone)

    assert said("2026-03-20T08:59", NEW_YORK) == []
    assert said("2026-03-20T09:01", NEW_YORK) == ["floating"]
    # Nine o'clock in London was before nine o'clock in New York: nothing of this day comes again.
    assert said("2026-03-20T13:29", LONDON) == []
    assert said("2026-03-20T13:31", LONDON) == ["fixed"]
    assert said("2026-03-21T08:59", LONDON) == []
    assert said("2026-03-21T09:01", LONDON) == ["floating"]
    assert said("2026-03-21T13:31", LONDON) == ["fixed"]
    # Home again: nine o'clock of that day was said in London and comes no second time.
    assert said("2026-03-21T09:31", NEW_YORK) == []
    assert said("2026-03-22T08:59", NEW_YORK) == []
    assert said("2026-03-22T09:31", NEW_YORK) == ["floating", "fixed"]
    assert said("2026-03-23T12:00", NEW_YORK) == []


def test_flying_over_a_floating_moment_loses_none(program: Program):
    """Eastwards the clock skips over it; westwards it comes later, and once."""
    program.add(
        pill("east", "2026-03-20T12:00", None),
        pill("west", "2026-03-21T12:00", None),
        now="2026-03-19T08:00+00:00",
    )
    assert passed(program.folder, "2026-03-20T11:55", LONDON) == []
    assert passed(program.folder, "2026-03-20T11:56", "Asia/Tokyo") == ["east"]
    assert passed(program.folder, "2026-03-21T02:55", "Asia/Tokyo") == []
    assert passed(program.folder, "2026-03-21T12:30", NEW_YORK) == []
    assert passed(program.folder, "2026-03-21T16:01", NEW_YORK) == ["west"]
    assert passed(program.folder, "2026-03-21T16:02", LONDON) == []
