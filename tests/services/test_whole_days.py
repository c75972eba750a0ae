"""Whole days over several days through the services: added, listed, looked for and told."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.listing import ListService
from caregiver_app.services.today import TodayService
from tests.factories import line, plan_line
from tests.fakes import NEW_YORK, Home

DAY = 1440


def away(start: str = "2026-11-24", **more: object) -> str:
    return line("appointment", id="away", type="other", title="Away", start=start, **more)


def kept(home: Home) -> Appointment:
    found = home.house.agenda.get("away")
    assert found is not None
    return found


def listed(home: Home) -> dict[str, object]:
    rows = ListService(home.house).values("appointments", date(2026, 1, 1), date(2029, 1, 1))
    return next(row for row in rows if row["id"] == "away")


@pytest.mark.parametrize(
    ("start", "end", "days", "said"),
    [
        ("2026-11-24", "2026-11-27", 3, "2026-11-27"),
        ("2026-11-24", "2026-11-25", 1, "2026-11-25"),
        ("2026-11-24", "2026-11-24", 1, "2026-11-25"),
        ("2026-12-30", "2027-01-02", 3, "2027-01-02"),
        ("2028-02-28", "2028-03-01", 2, "2028-03-01"),
        ("2026-10-31", "2026-11-02", 2, "2026-11-02"),  # the clocks of New York go back
        ("2026-11-24", "2027-11-25", 366, "2027-11-25"),
    ],
)
def test_the_end_is_the_day_after_the_last_and_comes_back_as_such(home, start, end, days, said):
    home.add(away(start, end=end))
    assert kept(home).minutes == days * DAY
    row = listed(home)
    assert (row["start"], row["end"], row["minutes"]) == (start, said, days * DAY)
    again = home.house.agenda.days(date(2026, 1, 1), date(2029, 1, 1))
    assert sum(one.appointment.id == "away" for each in again.values() for one in each) == days


def test_what_was_listed_can_be_added_again(home):
    home.add(away(end="2026-11-28"))
    row = listed(home)
    home.add(away(end=row["end"]))
    assert kept(home).minutes == 4 * DAY


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"end": "2026-11-23"}, "end"),
        ({"end": "2026-11-25T10:00"}, "end"),
        ({"end": "2026-11-26", "minutes": DAY}, "end"),
        ({"end": "2027-11-26"}, "minutes"),
    ],
)
def test_an_end_that_cannot_be_is_refused_with_its_field(home, more, field):
    with pytest.raises((InputRefused, FormRefused)) as refused:
        home.add(away(**more))
    error = refused.value
    first = error.errors[0] if isinstance(error, FormRefused) else error
    assert first.field == field
    assert home.house.agenda.get("away") is None


def test_days_away_are_in_nobodys_way_and_days_that_do_not_suit_say_so_once(home):
    home.add(plan_line(), away("2026-11-22", end="2026-11-29"))
    found = home.house.conflicts.between(date(2026, 11, 1), date(2026, 12, 31))
    assert [one for one in found if one.message != "conflict.no_driver"] == []
    assert home.house.conflicts.of(kept(home)) == []
    home.add(line("blocked_days", first="2026-11-22", last="2026-11-25"))
    found = home.house.conflicts.between(date(2026, 11, 1), date(2026, 12, 31))
    about = [one.day for one in found if one.keys[0][0] == "away"]
    assert about == [date(2026, 11, 22)]


@pytest.mark.parametrize(
    ("start", "more", "seen"),
    [
        ("2026-11-18", {"end": "2026-11-21"}, True),  # today is the 20th
        ("2026-11-18", {"end": "2026-11-20"}, False),
        ("2026-11-20", {"end": "2026-11-24"}, True),
        ("2026-09-01", {"end": "2027-06-01"}, False),
        ("2026-11-10", {"end": "2026-12-11"}, True),
        ("2026-11-10", {"end": "2026-12-12"}, False),
        ("2026-11-19T08:00", {"zone": NEW_YORK, "minutes": 36 * 60}, True),
        ("2026-11-20T01:00", {"zone": NEW_YORK, "minutes": 36 * 60}, True),
        ("2026-11-18T08:00", {"zone": NEW_YORK, "minutes": 25 * 60}, False),
        ("2026-11-20T01:00", {"zone": NEW_YORK, "minutes": 60}, False),
    ],
)
def test_today_names_what_goes_on_until_it_is_over(home, start, more, seen):
    home.clock.at("2026-11-20T10:00")
    home.add(away(start, **more))
    today = TodayService(home.house)
    found = today.next_things(today.near(None), [], 9)
    assert [one.appointment.id for one in found] == (["away"] if seen else [])
