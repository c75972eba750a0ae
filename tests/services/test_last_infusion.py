"""When the last infusion ended: as the nurse wrote it down, by the calendar, or its day only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from caregiver_app.domain.entities import InfusionRecord, Person
from caregiver_app.pages.emergency_of_person import sheet_for
from caregiver_app.services.emergency import EmergencyService
from tests.factories import line, plan, plan_line


@pytest.fixture
def rosa(home):
    """Rosa, with infliximab at 9:30 on 24 November, of which nothing was confirmed."""
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    home.add(plan_line())
    home.clock.at("2026-11-24T23:00")
    return home


def last(home):
    return EmergencyService(home.house).facts("rosa").last


def printed(home) -> str:
    return sheet_for(home.house, "rosa", home.house.care.now).last[1]


def record(home, **typed: str) -> None:
    home.house.records.save(InfusionRecord(id="", person="rosa", visit="p1~1", **typed))


def test_hours_that_only_the_plan_proposed_are_not_told(rosa):
    assert (last(rosa).at, last(rosa).written) == (date(2026, 11, 24), "")
    assert printed(rosa) == "by the calendar"


def test_an_infusion_of_which_only_the_day_was_typed_is_told_by_its_day(home):
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    home.clock.at("2026-11-25T10:00")
    made = replace(plan(), id="", uid="", person="rosa")
    kept = home.house.plans.save(made, past_happened=True)
    assert home.house.care.store.visits(kept.id)[0].status == "done"
    assert last(home).at == date(2026, 11, 24)


def test_hours_of_the_clinics_book_are_told_as_the_calendars(rosa):
    rosa.house.plans.set_status("p1~1", "booked")
    assert last(rosa).at == datetime(2026, 11, 24, 12, 0)
    assert printed(rosa) == "by the calendar, it ended about 12:00"
    rosa.house.plans.set_status("p1~1", "done")
    assert printed(rosa) == "by the calendar, it ended about 12:00"


def test_what_the_nurse_wrote_down_counts_more_than_the_calendar(rosa):
    rosa.house.plans.set_status("p1~1", "booked")
    record(rosa, started="9:50", stopped="12:05")
    assert (last(rosa).written, last(rosa).running) == ("12:05", False)
    assert printed(rosa) == "ended 12:05, as written down"
    rosa.clock.at("2026-11-24T11:30")
    assert printed(rosa) == "ended 12:05, as written down", "it was over early"


def test_while_it_runs_its_beginning_is_told(rosa):
    rosa.clock.at("2026-11-24T10:00")
    assert (last(rosa).at, last(rosa).running) == (date(2026, 11, 24), True)
    rosa.house.plans.set_status("p1~1", "booked")
    assert printed(rosa) == "by the calendar, it began about 9:30"
    record(rosa, started="9:50")
    assert printed(rosa) == "began 9:50, as written down"


def test_an_hour_of_many_words_stays_a_line(rosa):
    record(rosa, stopped="when " * 20)
    assert len(printed(rosa)) < 70
    assert "…" in printed(rosa)


def test_an_infusion_of_no_plan_has_the_hour_that_was_typed(rosa):
    fields = {"type": "infusion", "title": "Iron", "start": "2026-11-25T13:00"}
    rosa.add(line("appointment", id="iron", person="rosa", **fields))
    rosa.clock.at("2026-11-25T16:00")
    assert printed(rosa) == "by the calendar, it ended about 14:00"
