"""Cycles: which days belong to which infusion, and the strongest entry of each."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.services.cycles import Cycle, cycles, watch_days, written_signs
from tests.factories import NEW_YORK, line
from tests.fakes import Home


@pytest.fixture
def rosa(home: Home) -> Home:
    """Infusions on 3 and 17 November, the 3rd on 1 December; today is 20 November."""
    home.clock.at("2026-11-01T12:00")
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("plan", id="p", medicine="infliximab", first="2026-11-03T09:30", zone=NEW_YORK,
             offsets=[0, 2, 4], every=8, watch_days=14),
    )  # fmt: skip
    home.clock.at("2026-11-20T12:00")
    return home


def effect(sign: str, severity: int, at: str) -> str:
    return line("side_effect", sign=sign, severity=severity, at=at)


def of(home: Home, sign: str, most: int = 9) -> list[Cycle]:
    return cycles(home.house.care, "rosa", sign, most)


def test_each_day_belongs_to_the_infusion_before_it(rosa: Home):
    rosa.add(
        effect("fatigue", 1, "2026-11-03T20:00"),
        effect("fatigue", 3, "2026-11-16T23:30"),
        effect("fatigue", 2, "2026-11-17T08:00"),
        effect("fatigue", 4, "2026-11-02T08:00"),
    )
    newest, first = of(rosa, "fatigue")
    assert (first.first, first.days, first.runs) == (date(2026, 11, 3), 13, False)
    assert first.levels == {0: 1, 13: 3}
    assert (newest.first, newest.days, newest.runs) == (date(2026, 11, 17), 3, True)
    assert newest.levels == {0: 2}
    assert (first.without, newest.without) == (12, 3)


def test_the_strongest_of_a_day_counts_and_other_entries_say_nothing_of_the_sign(rosa: Home):
    rosa.add(
        effect("fatigue", 1, "2026-11-18T08:00"),
        effect("fatigue", 3, "2026-11-18T12:00"),
        effect("fatigue", 2, "2026-11-18T20:00"),
        effect("headache", 4, "2026-11-19T20:00"),
        line("checkin", date="2026-11-20"),
        line("checkin", date="2026-11-18"),
    )
    assert of(rosa, "fatigue")[0].levels == {1: 3, 2: 0, 3: 0}
    assert of(rosa, "headache")[0].levels == {1: 0, 2: 4, 3: 0}


def test_a_cancelled_infusion_ends_no_cycle_and_one_to_come_has_none(rosa: Home):
    rosa.house.plans.cancel("p~2", agreed=True)
    (only,) = of(rosa, "fatigue")
    assert (only.first, only.days, only.runs) == (date(2026, 11, 3), 17, True)


def test_at_most_so_many_the_newest_first(rosa: Home):
    rosa.clock.at("2027-11-20T12:00")
    rosa.house.plans.lay_out_all()
    assert [one.first for one in of(rosa, "x", 2)] == sorted(
        (one.first for one in of(rosa, "x", 2)), reverse=True
    )
    assert len(of(rosa, "x", 2)) == 2
    assert len(of(rosa, "x", 99)) > 5


def test_before_any_infusion_there_is_none(home: Home):
    home.add(line("person", id="rosa", name="Rosa"))
    assert of(home, "fatigue") == []
    assert written_signs(home.house.care, "rosa") == []


def test_what_was_written_most_comes_first_and_the_window_is_the_plans(rosa: Home):
    rosa.add(
        effect("headache", 1, "2026-11-04T08:00"),
        effect("fatigue", 1, "2026-11-04T08:00"),
        effect("fatigue", 1, "2026-11-05T08:00"),
    )
    assert written_signs(rosa.house.care, "rosa") == ["fatigue", "headache"]
    assert watch_days(rosa.house.care, of(rosa, "fatigue")[0].visit) == 14
