"""What could not be said in time is told apart from what could: before and after it is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caregiver_app.domain.entities import Authorisation
from caregiver_app.domain.ringing import Repeats
from tests.factories import pills
from tests.fakes import Home

MORNING = "2026-11-24T08:00"


def late(home: Home) -> list[str]:
    reminders = home.house.reminders
    waiting = reminders.open_now()
    found = reminders.late_among(waiting)
    return [one.owner for one in waiting if one.id in found]


def say(home: Home, *, grouped: bool = True) -> None:
    reminders = home.house.reminders
    for notice in reminders.notices(home.due(), grouped=grouped):
        reminders.record(notice)


@pytest.fixture
def one(home: Home) -> Home:
    """A pill at 8:00."""
    home.add(pills(id="one", start=MORNING, rrule=""))
    return home


def test_a_single_one_is_late_before_and_after_it_was_said(one: Home):
    one.clock.at("2026-11-24T08:15")
    assert late(one) == []
    one.clock.at("2026-11-24T08:16")
    assert late(one) == ["one"]
    say(one)
    assert late(one) == ["one"]


def test_what_was_said_in_time_does_not_become_late_while_it_waits(one: Home):
    one.clock.at("2026-11-24T08:02")
    say(one)
    one.clock.at("2026-11-25T08:02")
    assert late(one) == []
    one.restart()
    assert late(one) == []


def test_it_is_known_after_a_restart(one: Home):
    one.clock.at("2026-11-24T09:00")
    say(one)
    one.add(pills(id="later", start="2026-11-24T09:30", rrule=""))
    one.clock.at("2026-11-24T09:30")
    say(one)
    one.restart()
    assert late(one) == ["one"]


def test_of_more_than_five_merged_only_the_late_ones_are(one: Home):
    for number in range(6):
        one.add(pills(id=f"now{number}", start="2026-11-24T10:00", rrule=""))
    one.clock.at("2026-11-24T10:00")
    one.add(pills(id="two", start="2026-11-24T09:00", rrule=""))
    say(one)
    assert late(one) == ["one"], "the other one was due already as it was entered"


def test_what_was_put_off_and_came_in_time_is_no_longer_late(one: Home):
    one.clock.at("2026-11-24T12:00")
    say(one)
    (answered,) = one.house.reminders.open_now()
    until = one.clock.moment + timedelta(hours=1)
    one.house.reminders.answer(answered.id, "later", until=until)
    one.clock.at("2026-11-24T13:00")
    assert late(one) == [], "neither on its way"
    say(one)
    assert late(one) == [], "nor once it was said"
    one.restart()
    assert late(one) == []


def test_what_was_put_off_and_slept_over_is_late(one: Home):
    one.clock.at(MORNING)
    say(one)
    (answered,) = one.house.reminders.open_now()
    until = one.clock.moment + timedelta(hours=1)
    one.house.reminders.answer(answered.id, "later", until=until)
    one.clock.at("2026-11-24T12:00")
    assert late(one) == ["one"]
    say(one)
    assert late(one) == ["one"]


def test_an_answer_that_is_taken_back_leaves_it_as_late_as_it_was(one: Home):
    one.clock.at("2026-11-24T12:00")
    say(one)
    (answered,) = one.house.reminders.open_now()
    one.house.reminders.answer(answered.id, "done")
    one.house.care.undo()
    assert late(one) == ["one"]


def test_what_rings_again_stays_what_it_was(one: Home):
    one.house.ringing.set_repeats(Repeats(5, 3))
    one.clock.at(MORNING)
    say(one)
    one.clock.on(minutes=5)
    say(one)
    assert late(one) == []


def test_an_approval_that_had_begun_to_end_as_it_was_written_down_is_not_late(home: Home):
    home.clock.at("2026-11-24T12:00")
    today = home.house.care.today
    people = home.house.people
    home.add('{"kind":"person","id":"rosa","name":"Rosa"}')
    people.save_authorisation(
        Authorisation(id="ok", person="rosa", insurer="Harbour", last=today + timedelta(days=5))
    )
    assert home.due()
    assert late(home) == []
