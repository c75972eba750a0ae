"""Lines about packing ask for what is missing, and don't come where all is packed."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from caregiver_app.services.today import TodayService
from caregiver_app.storage.database import DATA_NAME
from tests.factories import appointment, plan
from tests.fakes import Home

VISIT = "p1~1"
PAPERS = f"{VISIT}:papers/2026-12-29T09:30/4320"
PACKING = f"{VISIT}:pack1/2026-12-29T09:30/1440"
THREE_DAYS = "2026-12-26T08:00"
EVENING = "2026-12-28T19:00"


@pytest.fixture
def planned(home: Home) -> Home:
    """One infusion on Tuesday 29 December, 9:30; nothing of it is due yet."""
    home.clock.at("2026-12-12T10:00")
    home.house.plans.save(plan("2026-12-29T09:30", offsets=(0,)))
    return home


def due(home: Home) -> list[str]:
    return [one.id for one in home.house.reminders.due()]


def say(home: Home) -> list[str]:
    """Say what is due, and return it."""
    said = due(home)
    for notice in home.house.reminders.notices(home.house.reminders.due()):
        home.house.reminders.record(notice)
    return said


def waiting(home: Home) -> list[str]:
    return [one.reminder.id for one in home.house.reminders.waiting()]


def open_now(home: Home) -> list[str]:
    return [one.id for one in home.house.reminders.open_now()]


def pack(home: Home, group: str = "", *, leave: int = 0, visit: str = VISIT) -> list[str]:
    """Pack everything of a group but `leave` items; return the keys of those."""
    bags = home.house.bags
    lines = [one for one in bags.bag(visit).lines if group in ("", one.group)]
    for line in lines[leave:]:
        bags.set_state(visit, line.key, "packed")
    return [line.key for line in lines[:leave]]


def test_missing_papers_come_three_days_before_and_missing_things_the_evening_before(
    planned: Home,
):
    planned.clock.at("2026-12-26T07:59")
    assert PAPERS not in say(planned)
    planned.clock.at(THREE_DAYS)
    assert PAPERS in say(planned)
    assert PACKING not in open_now(planned)
    planned.clock.at("2026-12-28T18:59")
    assert PACKING not in say(planned)
    planned.clock.at(EVENING)
    assert PACKING in say(planned)
    assert {PAPERS, PACKING} <= set(waiting(planned))


def test_ready_papers_say_nothing_whatever_is_missing_of_the_things(planned: Home):
    pack(planned, "papers")
    planned.clock.at(THREE_DAYS)
    others = due(planned)
    assert PAPERS not in others
    assert others, "the other lines of the day come all the same"
    assert PAPERS not in open_now(planned)
    planned.clock.at(EVENING)
    assert PACKING in due(planned)


def test_all_packed_the_evening_says_nothing_about_packing(planned: Home):
    pack(planned)
    planned.clock.at(EVENING)
    said = say(planned)
    assert f"{VISIT}:temp1/2026-12-29T09:30/1440" in said
    assert not {PAPERS, PACKING} & {*said, *open_now(planned)}


def test_one_paper_that_is_still_open_is_enough_for_the_evening(planned: Home):
    pack(planned, "things")
    pack(planned, "papers", leave=1)
    planned.clock.at(EVENING)
    assert PACKING in due(planned)


def test_not_needed_is_not_missing(planned: Home):
    (left,) = pack(planned, leave=1)
    planned.house.bags.set_state(VISIT, left, "not_needed")
    planned.clock.at(EVENING)
    assert PACKING not in open_now(planned)


def test_a_paper_that_was_sent_off_is_open_until_it_is_back(planned: Home):
    pack(planned, "papers")
    planned.house.bags.set_paper(VISIT, "paperwork", "sent", "at Dr Ito's")
    planned.clock.at(THREE_DAYS)
    assert PAPERS in say(planned)
    planned.house.bags.set_paper(VISIT, "paperwork", "received", "blue folder")
    assert PAPERS not in waiting(planned)


def test_what_waits_goes_once_all_is_packed_and_comes_back_with_undo(planned: Home):
    left = pack(planned, leave=1)
    planned.clock.at(EVENING)
    say(planned)
    assert PACKING in waiting(planned)
    planned.house.bags.set_state(VISIT, left[0], "packed")
    assert PACKING not in {*waiting(planned), *open_now(planned)}
    planned.house.care.undo()
    assert PACKING in waiting(planned)


def test_what_is_taken_out_after_its_hour_is_not_said_as_if_it_were_new(planned: Home):
    pack(planned)
    planned.clock.at(EVENING)
    say(planned)
    planned.clock.moment += timedelta(minutes=20)
    planned.house.bags.set_state(VISIT, "water", "to_pack")
    planned.house.bags.add(VISIT, "Rosary", "things")
    planned.house.bags.add(VISIT, "Puzzle book", "things", every_visit=True)
    assert PACKING not in due(planned)
    assert say(planned) == []


def test_what_was_taken_out_before_its_hour_is_said(planned: Home):
    pack(planned)
    planned.clock.at("2026-12-28T18:30")
    planned.house.bags.set_state(VISIT, "water", "to_pack")
    planned.clock.at("2026-12-28T21:00")
    assert PACKING in due(planned), "also when the computer was off at that hour"


def test_the_next_look_is_never_in_the_past_for_what_has_nothing_to_say(planned: Home):
    pack(planned)
    planned.clock.at(EVENING)
    say(planned)
    following = planned.house.reminders.next_due()
    assert following is not None
    assert following > planned.clock.moment


def test_put_off_and_packed_meanwhile_it_does_not_come_back(planned: Home):
    planned.clock.at(EVENING)
    say(planned)
    planned.house.reminders.answer(
        PACKING, "later", until=planned.clock.moment + timedelta(hours=1)
    )
    planned.clock.moment += timedelta(minutes=30)
    pack(planned)
    planned.clock.moment += timedelta(hours=1)
    assert PACKING not in {*due(planned), *open_now(planned)}


def test_each_visit_asks_for_its_own_bag(home: Home):
    home.clock.at("2026-12-12T10:00")
    home.house.plans.save(plan("2026-12-29T09:30", offsets=(0, 1)))
    pack(home)
    home.clock.at("2027-01-04T19:00")
    assert "p1~2:pack1/2027-01-05T09:30/1440" in due(home)


def test_without_the_bag_nothing_asks_for_it(planned: Home):
    planned.house.visits.set_part(VISIT, "bag", on=False)
    planned.clock.at(EVENING)
    assert not {PAPERS, PACKING} & set(open_now(planned))


def test_a_bag_that_cannot_be_read_asks_rather_than_is_silent(planned: Home):
    pack(planned)
    planned.clock.at(EVENING)
    with sqlite3.connect(planned.folder / DATA_NAME) as database:
        database.execute("UPDATE bag_item SET crc = crc + 1 WHERE id = ?", (f"{VISIT}:water",))
    database.close()
    assert PACKING in due(planned)


def test_a_visit_rings_though_its_plan_cannot_be_read(planned: Home):
    planned.clock.at("2026-12-29T09:00")
    whole = due(planned)
    with sqlite3.connect(planned.folder / DATA_NAME) as database:
        assert database.execute("UPDATE plan SET crc = crc + 1").rowcount == 1
    database.close()
    assert due(planned) == whole != []


@pytest.mark.parametrize("kind", ["follow-up", "lab"])
def test_other_visits_bring_no_line_of_their_own(home: Home, kind: str):
    home.house.agenda.save(appointment("2026-11-24T09:30", id="a1", type=kind))
    assert home.house.bags.missing("a1").lines
    home.clock.at("2026-11-23T08:00")
    assert due(home) == ["a1/2026-11-24T09:30/1440"]
    pack(home, visit="a1")
    assert due(home) == ["a1/2026-11-24T09:30/1440"], "the visit itself is announced all the same"


def test_the_next_step_of_today_is_never_a_bag_that_is_packed(planned: Home):
    planned.clock.at("2026-12-28T10:00")
    visit = planned.house.agenda.get(VISIT)
    assert visit is not None
    for line in planned.house.bags.steps(VISIT):
        if line.phase == "before" and line.key != "pack1" and line.offset_hours <= -24:
            planned.house.reminders.answer(line.reminder, "done")
    service = TodayService(planned.house)
    found = service.next_step(visit, ())
    assert found is not None
    assert found.step == "pack1"
    pack(planned)
    assert service.next_step(visit, ()) is None


def test_what_undo_takes_out_after_the_hour_does_not_ring(planned: Home):
    pack(planned)
    planned.clock.at(EVENING)
    say(planned)
    planned.clock.moment += timedelta(hours=2)
    planned.house.care.undo()
    assert planned.house.bags.missing(VISIT).lines
    assert say(planned) == []
    planned.clock.at("2026-12-29T07:30")
    assert PACKING not in say(planned)


def test_what_undo_takes_out_before_the_hour_is_said_at_the_hour(planned: Home):
    pack(planned)
    planned.clock.at("2026-12-28T18:00")
    say(planned)
    planned.house.care.undo()
    planned.clock.at(EVENING)
    assert PACKING in say(planned)


def test_what_was_put_off_and_packed_meanwhile_stays_silent(planned: Home):
    (left,) = pack(planned, leave=1)
    planned.clock.at(EVENING)
    assert PACKING in say(planned)
    planned.house.reminders.answer(
        PACKING, "later", until=planned.clock.moment + timedelta(hours=1)
    )
    planned.house.bags.set_state(VISIT, left, "packed")
    planned.clock.at("2026-12-28T20:00")
    assert say(planned) == []
    planned.clock.at("2026-12-28T20:30")
    planned.house.bags.set_state(VISIT, left, "to_pack")
    assert say(planned) == [], "whoever took it out knows"


def test_what_was_put_off_is_said_when_it_was_taken_out_before(planned: Home):
    (left,) = pack(planned, leave=1)
    planned.clock.at(EVENING)
    say(planned)
    planned.house.reminders.answer(
        PACKING, "later", until=planned.clock.moment + timedelta(hours=1)
    )
    planned.house.bags.set_state(VISIT, left, "packed")
    planned.clock.at("2026-12-28T19:40")
    planned.house.bags.set_state(VISIT, left, "to_pack")
    planned.clock.at("2026-12-28T20:00")
    assert say(planned) == [PACKING]
