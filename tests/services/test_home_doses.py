"""An injection at home is a medicine on Today and a visit of its plan: one and the same."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.services.today import Dose, TodayService
from tests.factories import plan
from tests.fakes import Home

VISIT = "p1~2"
"""On Tuesday 1 December at 9:30."""
EVE, RING = f"{VISIT}/2026-12-01T09:30/1440", f"{VISIT}/2026-12-01T09:30/0"


@pytest.fixture
def at_home(home: Home) -> Home:
    home.house.plans.save(plan("2026-11-24T09:30", offsets=(0,), every=1, at_home=True))
    home.clock.at("2026-12-01T09:30")
    return home


def today(home: Home) -> Dose:
    service = TodayService(home.house)
    (dose,) = service.doses(service.near(None))
    return dose


def status(home: Home) -> str:
    return home.visit(VISIT).status


def test_it_rings_at_its_hour_alone_after_a_line_of_the_day_before(home: Home):
    home.house.settings.set("notice_evening", "21:00")
    home.house.plans.save(plan("2026-11-24T02:30", offsets=(0,), every=1, at_home=True))
    told: list[tuple[str, bool, list[str]]] = []
    home.clock.at("2026-11-23T00:00")
    for _ in range(72):
        home.clock.on(minutes=30)
        at = home.clock.now().isoformat(timespec="minutes")
        for notice in home.house.reminders.notices(home.due()):
            told.append((at[5:16], notice.digest, [one.id for one in notice.reminders]))
            home.house.reminders.record(notice)
    assert told == [
        ("11-23T13:00", True, ["p1~1/2026-11-24T02:30/1440"]),
        ("11-24T07:30", False, ["p1~1/2026-11-24T02:30/0"]),
    ]


def test_the_line_of_the_day_before_is_no_open_work_once_it_is_over(at_home: Home):
    at_home.said()
    at_home.clock.at("2026-12-01T11:59")
    assert EVE in [one.id for one in at_home.house.reminders.open_now()]
    at_home.clock.at("2026-12-01T12:00")
    waiting = [one.id for one in at_home.house.reminders.open_now()]
    assert EVE not in waiting
    assert RING in waiting


@pytest.mark.parametrize("door", ["today", "reminder", "entry", "history"])
def test_given_it_is_done_whichever_way_it_was_said(at_home: Home, door: str):
    house = at_home.house
    at_home.said()
    before = at_home.dump()
    if door == "today":
        TodayService(house).take(today(at_home))
    elif door == "history":
        house.doses.mark(house.doses.timed(today(at_home).occurrence), "taken")
    else:
        house.reminders.answer(RING if door == "reminder" else VISIT, "done")
    assert (status(at_home), today(at_home).state) == ("done", "done")
    assert house.doses.timed(today(at_home).occurrence).mark.state == "taken"
    assert VISIT not in [one.owner for one in house.reminders.open_now()]
    assert at_home.dates("p1")[2] == date(2026, 12, 8)
    house.care.undo()
    assert at_home.dump() == before


def test_marked_in_its_plan_it_is_given_and_taken_back_there_it_is_open(at_home: Home):
    house = at_home.house
    at_home.said()
    house.plans.done(VISIT)
    assert today(at_home).state == "done"
    assert house.doses.timed(today(at_home).occurrence).mark.state == "taken"
    house.plans.set_status(VISIT, "planned")
    assert today(at_home).state == "open"
    TodayService(house).take(today(at_home))
    house.plans.set_status(VISIT, "planned")
    assert (status(at_home), today(at_home).state) == ("planned", "open")


def test_taken_back_in_the_list_it_is_no_longer_done(at_home: Home):
    house = at_home.house
    TodayService(house).take(today(at_home))
    house.doses.mark(house.doses.timed(today(at_home).occurrence), "open")
    assert (status(at_home), today(at_home).state) == ("planned", "open")


def test_heard_skipped_or_put_off_is_not_given(at_home: Home):
    house = at_home.house
    at_home.clock.at("2026-11-30T20:00")
    at_home.said()
    house.reminders.answer(EVE, "done")
    assert status(at_home) == "planned"
    house.reminders.answer(RING, "done")
    assert status(at_home) == "planned", "nobody gave it before its day"
    house.care.undo()
    at_home.clock.at("2026-12-01T09:40")
    house.reminders.answer(RING, "skipped", reason="felt ill")
    assert (status(at_home), today(at_home).state) == ("planned", "skipped")


def test_one_that_was_entered_after_its_hour_can_be_ticked_too(home: Home):
    home.clock.at("2026-11-24T20:00")
    home.house.plans.save(plan("2026-11-24T09:30", offsets=(0,), every=1, at_home=True))
    TodayService(home.house).take(today(home))
    assert (home.visit("p1~1").status, today(home).state) == ("done", "done")
    home.house.care.undo()
    assert (home.visit("p1~1").status, today(home).state) == ("planned", "open")
