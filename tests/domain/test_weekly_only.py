"""Medicines of one day a week: which names count, and which dates come too often."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.weekly_only import comes_too_often, weekly_only
from caregiver_app.services.alongside import load
from tests.factories import appointment

TODAY = date(2026, 11, 21)
"""A Saturday."""


def times(start: str, rule: str = "", **more: object) -> Appointment:
    return appointment(start, type="medication", title="Methotrexate", rrule=rule, **more)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Methotrexate", True),
        ("methotrexate tablets", True),
        ("METHOTREXATE", True),
        ("Weekly mtx", True),
        ("MTX, Fridays only", True),
        ("Méthotrexate", True),
        ("Methotrexat am Freitag", True),
        ("Methotrexate10mg", True),
        ("MTX15", True),
        ("Trexall", True),
        ("Rasuvo (pen)", True),
        ("甲氨蝶呤片", True),
        ("Метотрексат", True),
        ("Folic acid", False),
        ("Methylprednisolone", False),
        ("Mtxyz", False),
        ("", False),
    ],
)
def test_names_and_brands_are_known(text: str, is_one: bool):
    found = weekly_only(text, load().weekly_only)
    assert (found is not None) == is_one
    assert found is None or found.name == "Methotrexate"


@pytest.mark.parametrize(
    ("rule", "too_often"),
    [
        ("", False),
        ("FREQ=WEEKLY", False),
        ("FREQ=WEEKLY;BYDAY=SA", False),
        ("FREQ=WEEKLY;INTERVAL=2", False),
        ("FREQ=DAILY;INTERVAL=7", False),
        ("FREQ=DAILY;INTERVAL=10", False),
        ("FREQ=DAILY", True),
        ("FREQ=DAILY;COUNT=2", True),
        ("FREQ=DAILY;COUNT=1", False),
        ("FREQ=DAILY;INTERVAL=6", True),
        ("FREQ=WEEKLY;BYDAY=SA,SU", True),
        ("FREQ=WEEKLY;BYDAY=MO,SA", True),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA", True),
        ("FREQ=WEEKLY;BYHOUR=18,20", True),
        ("FREQ=MONTHLY;BYMONTHDAY=7,14,21", False),
        ("FREQ=MONTHLY;BYMONTHDAY=21,27", True),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYMONTHDAY=20,21", True),
    ],
)
def test_one_series(rule: str, too_often: bool):
    assert comes_too_often(times("2026-11-21T18:00", rule), [], TODAY) == too_often


@pytest.mark.parametrize(
    ("other", "too_often"),
    [
        (times("2026-11-21T08:00", "FREQ=WEEKLY", id="b"), True),
        (times("2026-11-22T08:00", "FREQ=WEEKLY", id="b"), True),
        (times("2026-11-24T08:00", id="b"), True),
        (times("2026-11-21T08:00", "FREQ=WEEKLY", id="b", status="cancelled"), False),
        (times("2026-11-14T08:00", "FREQ=WEEKLY;UNTIL=20261119T235900", id="b"), False),
        (times("2026-11-20T08:00", id="b"), False),
        (times("2027-11-24T08:00", id="b"), True),
        (times("2028-06-01T08:00", "FREQ=WEEKLY", id="b"), True),
    ],
)
def test_several_series_add_up_from_today_on(other: Appointment, too_often: bool):
    mine = times("2026-11-21T18:00", "FREQ=WEEKLY")
    assert comes_too_often(mine, [other], TODAY) == too_often


def test_what_is_cancelled_is_no_danger():
    assert not comes_too_often(
        times("2026-11-21T18:00", "FREQ=DAILY", status="cancelled"), [], TODAY
    )


def test_a_past_daily_series_is_refused_as_well():
    past = times("2020-01-01T18:00", "FREQ=DAILY;UNTIL=20200110T235900")
    assert comes_too_often(past, [], TODAY)


def test_the_file_holds_names_and_sources_and_no_amounts():
    known = load()
    for therapy in ("infliximab", "Remicade", "rituximab", "abatacept", "Simponi Aria"):
        found = known.companions(therapy)
        assert "Methotrexate" in [one.name for one in found]
        assert all(one.evidence.sources and not one.evidence.is_unverified for one in found)
        assert not any(letter.isdigit() for one in found for letter in one.name)
    assert known.companions("water") == ()
