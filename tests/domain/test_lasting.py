"""What lasts for days: over which, for readers in any zone, and on which of them lists name it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from caregiver_app.domain.lasting import LONG_DAYS, Lasting, lasting
from caregiver_app.domain.occurrences import Occurrence, by_day, occurrences
from caregiver_app.domain.times import AllDay, Floating, Zoned
from tests.factories import appointment

LONDON, NEW_YORK = "Europe/London", "America/New_York"
EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"
DAY = 1440


def span(start: object, minutes: int, home: str, **more: object) -> tuple[date, date] | None:
    one = appointment(start, minutes=minutes, **more)  # type: ignore[arg-type]
    days = lasting(Occurrence(one, one.start), home)
    on = by_day([one], _near(start), _near(start, 800), home)
    if days is None:
        assert len(on) <= 1, "by_day says otherwise"
        return None
    assert (min(on), max(on), len(on)) == (days.first, days.last, days.count)
    return days.first, days.last


def _near(start: object, ahead: int = -3) -> date:
    day = start.day if isinstance(start, AllDay) else start.local.date()  # type: ignore[attr-defined]
    return day + timedelta(days=ahead)


@pytest.mark.parametrize("home", [LONDON, NEW_YORK, EAST, WEST])
@pytest.mark.parametrize(
    ("first", "minutes", "last"),
    [
        ("2026-03-27", 3 * DAY, "2026-03-29"),  # the clocks of London go on in between
        ("2026-10-24", 2 * DAY, "2026-10-25"),
        ("2026-03-07", 3 * DAY, "2026-03-09"),  # those of New York
        ("2026-11-24", 2 * DAY + 1, "2026-11-26"),
        ("2026-02-27", 3 * DAY, "2026-03-01"),
        ("2028-02-28", 2 * DAY, "2028-02-29"),
        ("2026-12-30", 4 * DAY, "2027-01-02"),
        ("2026-01-01", 366 * DAY, "2027-01-01"),
    ],
)
def test_whole_days_are_the_same_days_everywhere(first, minutes, last, home):
    start = AllDay(date.fromisoformat(first))
    assert span(start, minutes, home) == (start.day, date.fromisoformat(last))


@pytest.mark.parametrize("minutes", [0, 60, DAY])
def test_one_whole_day_lasts_for_none_beside_it(minutes):
    assert span(AllDay(date(2026, 3, 29)), minutes, LONDON) is None


@pytest.mark.parametrize(
    ("start", "minutes", "home", "first", "last"),
    [
        (Zoned(datetime(2026, 3, 24, 20), LONDON), 36 * 60, LONDON, "2026-03-24", "2026-03-26"),
        (Zoned(datetime(2026, 3, 24, 20), LONDON), 36 * 60, EAST, "2026-03-25", "2026-03-26"),
        (Zoned(datetime(2026, 3, 24, 2), LONDON), 36 * 60, NEW_YORK, "2026-03-23", "2026-03-25"),
        (Floating(datetime(2026, 3, 24, 23, 30)), 60, WEST, "2026-03-24", "2026-03-25"),
        # 23 hours of the night on which the clocks go on, 25 of the one on which they go back
        (Zoned(datetime(2026, 3, 28, 22), LONDON), 120, LONDON, None, None),
        (Zoned(datetime(2026, 3, 29, 0), LONDON), 23 * 60, LONDON, None, None),
        (Zoned(datetime(2026, 3, 29, 0), LONDON), 23 * 60 + 1, LONDON, "2026-03-29", "2026-03-30"),
        (Zoned(datetime(2026, 10, 25, 0), LONDON), 25 * 60, LONDON, None, None),
        (Zoned(datetime(2026, 12, 31, 12), LONDON), DAY, LONDON, "2026-12-31", "2027-01-01"),
    ],
)
def test_hours_last_over_the_midnights_of_the_reader(start, minutes, home, first, last):
    wanted = None if first is None else (date.fromisoformat(first), date.fromisoformat(last))
    assert span(start, minutes, home) == wanted


def test_a_medicine_is_taken_at_its_hour():
    late = Floating(datetime(2026, 3, 24, 23, 55))
    one = appointment(late, minutes=15, type="medication")
    assert lasting(Occurrence(one, one.start), LONDON) is None
    assert lasting(Occurrence(appointment(late, minutes=15), late), LONDON) is not None


def test_each_date_of_a_series_has_days_of_its_own():
    one = appointment(AllDay(date(2026, 3, 27)), minutes=2 * DAY, rrule="FREQ=WEEKLY;COUNT=3")
    found = [lasting(each, LONDON) for each in occurrences(one, datetime(2026, 1, 1))]
    firsts = [date(2026, 3, 27), date(2026, 4, 3), date(2026, 4, 10)]
    assert found == [Lasting(day, day + timedelta(days=1)) for day in firsts]


@pytest.mark.parametrize("count", [2, LONG_DAYS, LONG_DAYS + 1, 366])
def test_a_list_names_the_long_one_where_it_begins_and_ends(count):
    first = date(2026, 3, 1)
    days = Lasting(first, first + timedelta(days=count - 1))
    named = [n for n in range(-1, count + 1) if days.is_named_on(first + timedelta(days=n))]
    assert named == ([0, count - 1] if count > LONG_DAYS else list(range(count)))
    assert (days.number(days.first), days.number(days.last)) == (1, count)
