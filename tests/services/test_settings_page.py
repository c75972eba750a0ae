"""What the Settings page changes: the hours of notices, numbers, discreet notices, backups."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from caregiver_app.domain.entities import Person
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from tests.factories import plan
from tests.fakes import NEW_YORK, Home

CONFIRM = "p1~1:"
"""What hangs on the first visit; its papers are due three days before it."""


@pytest.fixture
def planned(home: Home) -> Home:
    """A plan whose first visit is on Tuesday 15 December; today is Saturday 21 November."""
    home.house.plans.save(plan("2026-12-15T09:30", offsets=(0,), every=None))
    return home


def told_until(home: Home, end: str) -> list[tuple[str, str]]:
    """Tick every ten minutes until `end`; return wall time and id of all that was said."""
    found: list[tuple[str, str]] = []
    while f"{in_zone(home.clock.moment, NEW_YORK):%m-%d %H:%M}" < end:
        home.clock.on(minutes=10)
        at = f"{in_zone(home.clock.moment, NEW_YORK):%m-%d %H:%M}"
        found += [(at, one) for one in home.said()]
    return found


# ---- the hour of the day's notice --------------------------------------------------------------
def test_a_later_hour_moves_what_is_still_to_come_and_repeats_nothing(planned: Home):
    before = told_until(planned, "12-08 12:00")
    assert {at[6:] for at, _ in before} == {"08:00"}
    planned.house.settings.set_hour("notice_morning", time(10, 30))
    planned.house.settings.set_hour("notice_evening", time(20, 0))
    after = told_until(planned, "12-20 00:00")
    lines = [(at, one) for at, one in after if not one.startswith("p1~1/2026-12-15T09:30/120")]
    assert {at[6:] for at, one in lines if ":c2/" not in one} == {"10:30", "20:00"}
    assert ("12-14 20:00", "p1~1/2026-12-15T09:30/1440") in lines
    counted = Counter(one for _, one in before + after)
    assert set(counted.values()) == {1}


def test_nothing_is_lost_whichever_hour_is_chosen_and_when(planned: Home, tmp_path):
    told_until(planned, "11-21 12:00")
    low, high = planned.clock.moment, planned.clock.moment + timedelta(days=30)
    wanted = {stated.reminder.id for stated in planned.house.reminders.between(low, high)}
    hours = (time(0, 0), time(23, 50), time(6, 0), time(12, 10), time(18, 0))
    said: list[str] = []
    for number in range(30):
        planned.house.settings.set_hour("notice_morning", hours[number % 5])
        planned.house.settings.set_hour("notice_evening", hours[(number + 2) % 5])
        for _ in range(24):
            planned.clock.on(hours=1)
            said += planned.said()
    assert wanted, "there is something to say"
    assert wanted <= set(said)
    assert set(Counter(said).values()) == {1}


def test_an_hour_that_has_passed_already_rings_at_once(planned: Home):
    told_until(planned, "12-12 07:00")
    assert planned.due() == []
    planned.house.settings.set_hour("notice_morning", time(6, 30))
    assert planned.house.reminders.next_due() <= planned.clock.now()
    assert any(one.startswith("p1~1:papers/") for one in planned.said())
    planned.house.settings.set_hour("notice_morning", time(7, 30))
    planned.clock.on(hours=1)
    assert planned.said() == [], "what was said is not said at the new hour again"


def test_a_new_hour_taken_back_rings_at_the_old_one(planned: Home):
    told_until(planned, "12-12 07:00")
    planned.house.settings.set_hour("notice_morning", time(11, 0))
    assert planned.house.care.undo() == ("done.setting.notice_morning", {})
    assert {at for at, _ in told_until(planned, "12-12 12:00")} == {"12-12 08:00"}


def test_the_next_moment_is_that_of_the_new_hour(planned: Home):
    told_until(planned, "12-12 07:00")
    planned.house.settings.set_hour("notice_morning", time(9, 15))
    due = planned.house.reminders.next_due()
    assert in_zone(due, NEW_YORK).replace(tzinfo=None) == datetime(2026, 12, 12, 9, 15)


@pytest.mark.parametrize("kept", ["", "soon", "25:00", "8", "💥", "08:00+05:00"])
def test_an_hour_that_cannot_be_read_silences_nothing(planned: Home, kept: str):
    planned.house.settings.set("notice_morning", kept)
    assert {at[6:] for at, _ in told_until(planned, "12-08 12:00")} == {"08:00"}


# ---- numbers -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["emergency_number", "poison_number"])
def test_a_number_is_kept_as_dialled_and_may_be_emptied_again(home: Home, name: str):
    settings = home.house.settings
    settings.set_number(name, "  +49 (0)30 19240  ")
    assert settings.text(name, "") == "+49 (0)30 19240"
    settings.set_number(name, "")
    assert settings.text(name, "x") == ""
    label, values = home.house.care.undo()
    assert words(label, **values) in ("Emergency number changed", "Poison line changed")
    assert settings.text(name, "") == "+49 (0)30 19240"


@pytest.mark.parametrize("number", ["one one two", "+", "1" * 41, "112\n113", "1\x0012"])
def test_what_cannot_be_dialled_is_refused(home: Home, number: str):
    with pytest.raises(InputRefused):
        home.house.settings.set_number("emergency_number", number)
    assert home.house.settings.text("emergency_number", "") == ""
    home.house.settings.set_number("emergency_number", "1" * 40)


def test_the_same_number_again_is_no_change(home: Home):
    home.house.settings.set_number("emergency_number", "112")
    home.house.settings.set_number("emergency_number", " 112 ")
    home.house.care.undo()
    assert home.house.care.undo() is None


# ---- discreet notices --------------------------------------------------------------------------
def test_names_in_notices_are_a_choice_of_each_person(home: Home):
    home.house.people.save_person(Person(id="rosa", name="Rosa", conditions="arthritis"))
    home.house.people.save_person(Person(id="mei", name="王梅"))
    home.house.people.set_details("mei", shown=True)
    rosa, mei = home.house.people.person("rosa"), home.house.people.person("mei")
    assert (rosa.details_in_notices, mei.details_in_notices) == (False, True)
    assert mei.name == "王梅"
    label, values = home.house.care.undo()
    assert words(label, **values) == "Notices for 王梅 show names and items"
    assert not home.house.people.person("mei").details_in_notices


def test_nobody_cannot_be_chosen_for(home: Home):
    with pytest.raises(InputRefused):
        home.house.people.set_details("gone", shown=True)


# ---- backups -----------------------------------------------------------------------------------
def test_the_newest_backup_is_the_newest_by_its_name(home: Home):
    assert home.house.backups.newest() is None
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    home.house.backups.make()
    home.clock.on(days=2)
    newest = home.house.backups.make()
    assert home.house.backups.newest() == newest
