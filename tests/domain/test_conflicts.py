"""What gets in each other's way, and what only stands beside each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.conflicts import Busy, between_two, clashes
from caregiver_app.domain.rides import (
    NOT_NEEDED,
    minutes_ahead,
    needs_driver,
    ride_home,
    set_off,
)
from tests.factories import appointment

DAY = datetime(2026, 11, 24, tzinfo=UTC)


def busy(name: str, begins: str, minutes: int = 60, ahead: int = 0, **more: object) -> Busy:
    hours, rest = map(int, begins.split(":"))
    start = DAY + timedelta(hours=hours, minutes=rest)
    told = {"person": "rosa", **more}
    return Busy(
        key=(name, begins),
        leaves=start - timedelta(minutes=ahead),
        begins=start,
        ends=start + timedelta(minutes=minutes),
        **told,
    )


def kinds(*taken: Busy) -> list[str]:
    return [clash.kind for clash in clashes(taken)]


CASES = {
    "overlapping": (busy("a", "9:00"), busy("b", "9:30"), ["same_time"]),
    "one within the other": (busy("a", "9:00", 180), busy("b", "10:00", 10), ["same_time"]),
    "touching": (busy("a", "9:00"), busy("b", "10:00"), []),
    "apart": (busy("a", "9:00"), busy("b", "11:00"), []),
    "of no length, within": (busy("a", "9:00"), busy("b", "9:30", 0), ["same_time"]),
    "of no length, at the end": (busy("a", "9:00"), busy("b", "10:00", 0), []),
    "both of no length": (busy("a", "9:00", 0), busy("b", "9:00", 0), ["same_time"]),
    "leaving too early": (busy("a", "9:00"), busy("b", "10:30", ahead=45), ["leaves_early"]),
    "leaving just then": (busy("a", "9:00"), busy("b", "10:30", ahead=30), []),
    "somebody else": (busy("a", "9:00"), busy("b", "9:30", person="mei"), ["two_people"]),
    "somebody else, touching": (busy("a", "9:00"), busy("b", "10:00", person="mei"), []),
    "somebody else sets off meanwhile": (
        busy("a", "9:00"), busy("b", "10:15", ahead=45, person="mei"), [],
    ),
    "both at one place": (
        busy("a", "9:00", place="clinic"), busy("b", "9:00", person="mei", place="clinic"), [],
    ),
    "the drive to a visit": (busy("d", "8:30", 60, is_drive=True), busy("a", "9:30"), []),
    "a long drive to a visit": (busy("d", "8:30", 90, is_drive=True), busy("a", "9:30"), []),
    "the drive home": (busy("a", "9:30"), busy("d", "10:30", 60, is_drive=True), []),
    "a drive in the midst of a visit": (
        busy("a", "9:30", 120), busy("d", "10:30", 60, is_drive=True), ["same_time"],
    ),
    "one driver there and there": (
        busy("a", "9:00", 10, ahead=30, driver="ana"),
        busy("b", "9:10", 10, ahead=30, driver="ana", person="mei"),
        ["same_driver"],
    ),
    "two drivers": (
        busy("a", "9:00", 10, ahead=30, driver="ana"),
        busy("b", "9:10", 10, ahead=30, driver="ben", person="mei"),
        [],
    ),
    "one driver, one after the other": (
        busy("a", "9:00", 10, ahead=30, driver="ana"),
        busy("b", "9:30", 10, ahead=30, driver="ana", person="mei"),
        [],
    ),
    "home with one, there with the other": (
        busy("a", "9:00", 60, ahead=30, driver="ana", drives_home=True),
        busy("b", "10:40", 60, ahead=20, driver="ana", person="mei"),
        ["same_driver"],
    ),
    "two drives of one driver": (
        busy("a", "9:00", is_drive=True, driver="ana"),
        busy("b", "9:30", is_drive=True, driver="ana", person="mei"),
        ["same_driver"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_table(case: str) -> None:
    first, second, expected = CASES[case]
    assert kinds(first, second) == expected
    assert kinds(second, first) == expected


def test_the_same_hour_of_two_dates_of_a_series_is_no_conflict() -> None:
    one = busy("a", "9:00")
    tomorrow = replace(
        one,
        key=("a", "other"),
        leaves=one.leaves + timedelta(days=1),
        begins=one.begins + timedelta(days=1),
        ends=one.ends + timedelta(days=1),
    )
    assert kinds(one, tomorrow) == []


def test_three_at_once_are_three_pairs() -> None:
    three = [busy(name, "9:00") for name in "abc"]
    pairs = [(c.first.key[0], c.second.key[0]) for c in clashes(three)]
    assert sorted(pairs) == [("a", "b"), ("a", "c"), ("b", "c")]


@st.composite
def taken(draw: st.DrawFn) -> list[Busy]:
    found: list[Busy] = []
    for number in range(draw(st.integers(2, 6))):
        start = DAY + timedelta(minutes=draw(st.integers(0, 300)))
        ahead = timedelta(minutes=draw(st.sampled_from((0, 0, 15, 40))))
        found.append(
            Busy(
                key=(str(number), ""),
                person=draw(st.sampled_from(("rosa", "mei"))),
                leaves=start - ahead,
                begins=start,
                ends=start + timedelta(minutes=draw(st.integers(0, 120))),
                driver=draw(st.sampled_from(("", "ana", "ben"))),
                drives_home=draw(st.booleans()),
                place=draw(st.sampled_from(("", "clinic"))),
                is_drive=draw(st.booleans()),
            )
        )
    return found


@given(taken())
def test_every_pair_is_looked_at_and_order_plays_no_part(found: list[Busy]) -> None:
    swept = {(c.kind, c.first.key, c.second.key) for c in clashes(found)}
    turned = {(c.kind, c.first.key, c.second.key) for c in clashes(list(reversed(found)))}
    slowly = {
        (c.kind, c.first.key, c.second.key)
        for number, one in enumerate(found)
        for other in found[number + 1 :]
        for c in between_two(one, other)
    }
    assert swept == turned == slowly


@given(st.integers(0, 600), st.integers(1, 200), st.integers(1, 200), st.integers(0, 60))
def test_what_touches_is_never_in_the_way(begin: int, long: int, other: int, ahead: int) -> None:
    start = DAY + timedelta(minutes=begin)
    middle = start + timedelta(minutes=long)
    leads = timedelta(minutes=ahead)
    first = Busy(("a", ""), "rosa", start, start, middle, driver="ana")
    end = middle + leads + timedelta(minutes=other)
    second = Busy(("b", ""), "rosa", middle, middle + leads, end, driver="ana")
    assert list(between_two(first, second)) == []


# ---- rides -------------------------------------------------------------------------------------


def test_when_to_set_off() -> None:
    known = appointment(travel_minutes=35, parking_minutes=10, early_minutes=None)
    assert f"{set_off(known):%H:%M}" == "08:45"
    assert minutes_ahead(known) == 45
    assert minutes_ahead(appointment(leave_at="08:30")) == 60
    assert set_off(appointment()) is None
    assert minutes_ahead(appointment()) == 0
    assert set_off(appointment("2026-11-24", leave_at="")) is None


def test_who_drives_back() -> None:
    said = {
        "": "open", "Ana": "same", "Ben": "other", NOT_NEEDED: "none",
    }  # fmt: skip
    for name, kind in said.items():
        assert ride_home(appointment(driver="Ana", ride_home=name)) == kind


def test_only_visits_and_drives_ask_for_a_driver() -> None:
    assert needs_driver(appointment(plan="p1"))
    assert not needs_driver(appointment(plan="p1", type="medication")), "given at home"
    assert needs_driver(appointment(type="drive"))
    assert not needs_driver(appointment(type="lab"))
    assert not needs_driver(appointment(plan="p1", driver="Ana"))
    assert not needs_driver(appointment(plan="p1", status="cancelled"))
