"""R4: a reminder that nobody answered rings again as chosen, so often and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caregiver_app.domain.ringing import Repeats
from caregiver_app.domain.times import in_zone
from tests.factories import appointment, pills, plan
from tests.fakes import NEW_YORK, Home
from tests.services.test_quiet_hours import NIGHT

PILL = "pills/2026-11-24T08:00/0"
RING = "a1/2026-11-24T09:30/120"
TEN = Repeats(10, 3)


@pytest.fixture
def one_pill(home: Home) -> Home:
    """A pill on Tuesday at eight."""
    home.add(pills(start="2026-11-24T08:00", rrule=""))
    return home


def said_until(home: Home, wall: str) -> list[tuple[str, str]]:
    """Sleep from moment to moment as the window does; return when what was said."""
    told: list[tuple[str, str]] = []
    before = home.clock.moment
    home.clock.at(wall)
    end, home.clock.moment = home.clock.moment, before
    while True:
        at = in_zone(home.clock.moment, NEW_YORK)
        told += [(f"{at:%H:%M}", id_) for id_ in home.said()]
        following = home.house.reminders.next_due()
        assert following is None or following > home.clock.moment, "nothing is left unsaid"
        if following is None or following > end:
            return told
        home.clock.moment = following


@pytest.mark.parametrize(
    ("repeats", "expected"),
    [
        (Repeats(), ["08:00"]),
        (Repeats(5, 3), ["08:00", "08:05", "08:10", "08:15"]),
        (Repeats(10, 3), ["08:00", "08:10", "08:20", "08:30"]),
        (Repeats(15, 6), ["08:00", "08:15", "08:30", "08:45", "09:00", "09:15", "09:30"]),
        (Repeats(30, 3, everything=True), ["08:00", "08:30", "09:00", "09:30"]),
    ],
)
def test_r4_so_often_and_no_more(one_pill: Home, repeats: Repeats, expected: list[str]):
    one_pill.house.ringing.set_repeats(repeats)
    assert said_until(one_pill, "2026-11-25T08:00") == [(at, PILL) for at in expected]
    (waiting,) = one_pill.house.reminders.waiting()
    assert (waiting.reminder.id, waiting.state, waiting.said) == (PILL, "shown", len(expected))


@pytest.mark.parametrize("everything", [False, True])
def test_r4_medicines_alone_or_all_that_rings_but_never_a_line(home: Home, everything: bool):
    home.house.ringing.set_repeats(Repeats(10, 3, everything))
    home.house.agenda.save(appointment())
    said = [id_ for _, id_ in said_until(home, "2026-11-24T09:00")]
    assert said.count(RING) == (4 if everything else 1)
    assert said.count("a1/2026-11-24T09:30/1440") == 1, "a line of a day's notice"


def test_r4_what_was_due_as_it_was_entered_is_a_line_and_never_rings_again(home: Home):
    home.house.ringing.set_repeats(Repeats(5, 3, everything=True))
    home.clock.at("2026-11-24T08:00")
    home.house.agenda.save(appointment(reminders=(120,)))
    assert said_until(home, "2026-11-24T12:00") == [("08:00", RING)]


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_r2_an_answer_stops_it_and_undo_lets_it_go_on_once(one_pill: Home, state: str):
    house = one_pill.house
    house.ringing.set_repeats(TEN)
    assert said_until(one_pill, "2026-11-24T08:12") == [("08:00", PILL), ("08:10", PILL)]
    house.reminders.answer(PILL, state)
    assert house.reminders.next_due() is None
    one_pill.clock.at("2026-11-24T09:00")
    assert one_pill.said() == []
    house.care.undo()
    assert said_until(one_pill, "2026-11-24T12:00") == [("09:00", PILL), ("09:10", PILL)]
    assert [stated.said for stated in house.reminders.waiting()] == [4]


def test_r10_put_off_it_is_silent_until_then_and_rings_again_as_often(one_pill: Home):
    one_pill.house.ringing.set_repeats(TEN)
    assert len(said_until(one_pill, "2026-11-24T08:12")) == 2
    until = one_pill.clock.moment + timedelta(hours=1)
    at = f"{in_zone(until, NEW_YORK):%H:%M}"
    one_pill.house.reminders.answer(PILL, "later", until=until)
    told = said_until(one_pill, "2026-11-24T12:00")
    assert told[0] == (at, PILL)
    assert len(told) == 4


def test_r3_said_and_not_recorded_it_is_said_again_and_counted_once(one_pill: Home):
    one_pill.house.ringing.set_repeats(TEN)
    said_until(one_pill, "2026-11-24T08:05")
    one_pill.clock.at("2026-11-24T08:10")
    (notice,) = one_pill.house.reminders.notices(one_pill.due())  # then the program is killed
    one_pill.restart()
    assert one_pill.said() == [PILL]
    one_pill.house.reminders.record(notice)
    assert [stated.said for stated in one_pill.house.reminders.waiting()] == [2]


def test_r5_two_programs_repeat_it_once(one_pill: Home):
    one_pill.house.ringing.set_repeats(TEN)
    one_pill.clock.at("2026-11-24T08:00")
    one_pill.said()
    one_pill.clock.at("2026-11-24T08:10")
    other = one_pill.another()
    (mine,) = one_pill.house.reminders.notices(one_pill.due())
    (theirs,) = other.reminders.notices(other.reminders.due())
    one_pill.house.reminders.record(mine)
    assert other.reminders.due() == []
    other.reminders.record(theirs)
    assert [stated.said for stated in other.reminders.waiting()] == [2]
    other.care.store.close()


def test_it_goes_on_after_a_restart_and_after_a_long_sleep_rings_once(one_pill: Home):
    one_pill.house.ringing.set_repeats(TEN)
    one_pill.clock.at("2026-11-24T08:00")
    one_pill.said()
    one_pill.clock.on(hours=30)
    one_pill.restart()
    assert one_pill.said() == [PILL]
    assert one_pill.said() == []
    one_pill.clock.on(minutes=10)
    assert one_pill.said() == [PILL]


# ---- chosen and chosen otherwise ---------------------------------------------------------------
def test_chosen_late_it_wakes_nothing_that_was_said_long_ago(one_pill: Home):
    one_pill.clock.at("2026-11-24T08:00")
    one_pill.said()
    one_pill.clock.at("2026-11-24T12:00")
    one_pill.house.ringing.set_repeats(TEN)
    assert said_until(one_pill, "2026-11-25T12:00") == []


def test_chosen_just_after_it_was_said_it_rings_again(one_pill: Home):
    one_pill.clock.at("2026-11-24T08:00")
    one_pill.said()
    one_pill.clock.at("2026-11-24T08:05")
    one_pill.house.ringing.set_repeats(TEN)
    assert [at for at, _ in said_until(one_pill, "2026-11-24T12:00")] == ["08:10", "08:20", "08:30"]


def test_taken_back_or_switched_off_it_stops_at_once(one_pill: Home):
    ringing = one_pill.house.ringing
    ringing.set_repeats(TEN)
    one_pill.clock.at("2026-11-24T08:00")
    one_pill.said()
    ringing.set_repeats(Repeats())
    assert said_until(one_pill, "2026-11-24T12:00") == []
    one_pill.house.care.undo()
    assert [id_ for _, id_ in said_until(one_pill, "2026-11-24T13:00")] == [PILL] * 3


# ---- quiet hours, the clock --------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["medication", "other"])
def test_r4_in_quiet_hours_only_a_medicine_rings_again(home: Home, kind: str):
    house = home.house
    house.ringing.set_quiet(NIGHT)
    house.ringing.set_repeats(Repeats(30, 3, everything=True))
    house.agenda.save(
        appointment("2026-11-25T11:00", type=kind, reminders=(13 * 60 + 15,))  # 21:45
    )
    times = [at for at, _ in said_until(home, "2026-11-25T10:00")]
    if kind == "medication":
        assert times == ["21:45", "22:15", "22:45", "23:15"]
    else:
        assert times == ["21:45", "07:00", "07:30", "08:00"]


def test_r9_the_clock_set_back_brings_no_burst_and_loses_none(home: Home):
    house = home.house
    house.ringing.set_repeats(TEN)
    for hour in (6, 7, 8):
        home.add(pills(id=f"p{hour}", start=f"2026-11-24T0{hour}:00", rrule=""))
    home.clock.at("2026-11-24T08:00")
    assert len(home.said()) == 3
    home.clock.at("2026-11-24T07:30")  # set back by half an hour
    assert home.said() == []
    told = said_until(home, "2026-11-24T07:59")
    assert [at for at, _ in told] == ["07:40"] * 2 + ["07:50"] * 2
    assert {id_.split("/")[0] for _, id_ in told} == {"p6", "p7"}, "eight is still to come"
    told = said_until(home, "2026-11-24T12:00")
    assert {id_.split("/")[0] for _, id_ in told} == {"p6", "p7", "p8"}
    assert {stated.said for stated in house.reminders.waiting()} == {4}


def test_r9_set_back_a_second_time_it_waits_as_long_again(home: Home):
    home.house.ringing.set_repeats(TEN)
    home.add(pills(start="2026-11-22T07:00"))
    for day in (24, 25, 26):
        home.clock.at(f"2026-11-{day}T08:00")
        home.said()
        home.clock.at(f"2026-11-{day}T07:45")
        assert home.said() == []
        home.clock.at(f"2026-11-{day}T07:54")
        assert home.said() == []
        home.clock.at(f"2026-11-{day}T07:55")
        assert f"pills/2026-11-{day}T07:00/0" in home.said()
        home.house.reminders.answer_all(
            [one.reminder.id for one in home.house.reminders.waiting()], "done"
        )
        home.clock.at(f"2026-11-{day}T12:00")
        assert home.said() == []


def test_r9_set_forward_it_rings_once(one_pill: Home):
    one_pill.house.ringing.set_repeats(TEN)
    one_pill.clock.at("2026-11-24T08:00")
    one_pill.said()
    one_pill.clock.at("2026-11-24T23:00")
    assert one_pill.said() == [PILL]
    assert one_pill.said() == []


def test_an_injection_at_home_rings_again_as_a_medicine_does(home: Home):
    home.house.ringing.set_repeats(Repeats(10, 3))
    home.house.plans.save(plan(offsets=(0,), every=2, at_home=True))
    home.clock.at("2026-11-24T09:00")
    home.said()
    told = [id_ for _, id_ in said_until(home, "2026-11-24T12:00")]
    assert told.count("p1~1/2026-11-24T09:30/0") == 4
