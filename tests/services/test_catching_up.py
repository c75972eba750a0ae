"""R1, R6, R12: after a start, a sleep or another clock all that is late comes as one list."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.ringing import Repeats
from caregiver_app.domain.times import Zoned
from caregiver_app.services.reminders import LATE, Notice
from tests.factories import appointment, pills, plan
from tests.fakes import NEW_YORK, Home


def grouped(home: Home) -> list[Notice]:
    reminders = home.house.reminders
    return reminders.notices(home.due(), grouped=True)


def owners(notice: Notice) -> list[str]:
    return [one.owner for one in notice.reminders]


@pytest.fixture
def slept(home: Home) -> Home:
    """Two medicines and two appointments that came due while the computer slept."""
    house = home.house
    house.agenda.save(appointment("2026-11-24T09:30", id="early", reminders=(60,)))
    home.add(pills(id="noon", start="2026-11-24T12:00", rrule=""))
    home.add(pills(id="ten", start="2026-11-24T10:00", rrule=""))
    house.agenda.save(appointment("2026-11-24T14:30", id="late", reminders=(60,)))
    home.clock.at("2026-11-24T14:00")
    return home


def test_medicines_come_first_the_oldest_first(slept: Home):
    (notice,) = grouped(slept)
    assert owners(notice) == ["ten", "noon", "early", "late"]
    assert (notice.digest, notice.late) == (True, True)


def test_the_command_line_says_each_alone(slept: Home):
    notices = slept.house.reminders.notices(slept.due())
    assert [one.digest for one in notices] == [False] * 4
    assert not any(one.late for one in notices)


def test_r12_each_knows_when_it_was_due(slept: Home):
    (notice,) = grouped(slept)
    assert [one.due.astimezone(UTC).hour for one in notice.reminders] == [15, 17, 13, 18]


@pytest.mark.parametrize("seconds", [0, 60, 120])
def test_in_time_is_up_to_two_minutes(home: Home, seconds: int):
    assert timedelta(minutes=2) == LATE
    for number in range(2):
        home.add(pills(id=f"p{number}", start="2026-11-24T08:00", rrule=""))
    home.clock.at("2026-11-24T08:00")
    home.clock.on(seconds=seconds)
    assert [one.digest for one in grouped(home)] == [False, False]
    home.clock.on(seconds=121 - seconds)
    assert [(one.digest, one.late) for one in grouped(home)] == [(True, True)]


def test_a_single_late_one_stands_as_it_would_in_time(home: Home):
    home.add(pills(start="2026-11-24T08:00", rrule=""))
    home.clock.at("2026-11-24T12:00")
    assert [(one.digest, one.late) for one in grouped(home)] == [(False, False)]


def test_what_is_in_time_rings_beside_the_list(slept: Home):
    slept.add(pills(id="now", start="2026-11-24T14:01", rrule=""))
    slept.clock.on(minutes=1)
    late, ring = grouped(slept)
    assert late.late
    assert owners(late) == ["ten", "noon", "early", "late"]
    assert (owners(ring), ring.digest) == (["now"], False)


def test_r6_more_than_five_together_are_still_one(slept: Home):
    for number in range(5):
        slept.add(pills(id=f"now{number}", start="2026-11-24T14:01", rrule=""))
    slept.clock.on(minutes=1)
    (notice,) = grouped(slept)
    assert owners(notice) == [
        "ten", "noon", "early", "late", *(f"now{number}" for number in range(5)),
    ]  # fmt: skip
    assert notice.late


def test_what_was_due_as_it_was_entered_is_not_late(home: Home):
    home.clock.at("2026-11-24T08:00")
    home.house.agenda.save(appointment(reminders=(1440, 600, 120)))
    (notice,) = grouped(home)
    assert (notice.digest, notice.late, len(notice.reminders)) == (True, False, 3)


def test_lines_that_come_late_are_in_it(home: Home):
    home.house.plans.save(plan("2026-12-08T09:30", offsets=(0,)))
    home.said()
    home.clock.at("2026-12-07T23:00")
    (notice,) = grouped(home)
    assert notice.late
    assert not any(one.rings for one in notice.reminders)


def test_what_was_put_off_is_late_from_its_new_moment(home: Home):
    for number in range(2):
        home.add(pills(id=f"p{number}", start="2026-11-24T08:00", rrule=""))
    home.clock.at("2026-11-24T08:00")
    until = home.clock.moment + timedelta(hours=3)
    home.house.reminders.answer_all(home.said(), "later", until=until)
    home.clock.at("2026-11-24T11:01")
    assert not any(one.late for one in grouped(home))
    home.clock.at("2026-11-24T11:05")
    assert [one.late for one in grouped(home)] == [True]


@pytest.mark.parametrize("count", [1, 2])
def test_what_rings_again_is_one_notice_where_it_is_several(home: Home, count: int):
    home.house.ringing.set_repeats(Repeats(5, 3))
    for number in range(count):
        home.add(pills(id=f"p{number}", start="2026-11-24T08:00", rrule=""))
    home.clock.at("2026-11-24T08:00")
    home.said()
    home.clock.at("2026-11-24T12:00")
    several = count > 1
    assert [(one.digest, one.late) for one in grouped(home)] == [(several, several)]


def test_what_rings_again_joins_what_is_late_and_a_ring_of_now_stays_apart(home: Home):
    home.house.ringing.set_repeats(Repeats(5, 3))
    home.add(pills(id="again", start="2026-11-24T08:00", rrule=""))
    home.add(pills(id="late", start="2026-11-24T10:00", rrule=""))
    home.add(pills(id="now", start="2026-11-24T12:00", rrule=""))
    home.clock.at("2026-11-24T08:00")
    home.said()
    home.clock.at("2026-11-24T12:00")
    together, ring = grouped(home)
    assert (owners(together), together.late) == (["again", "late"], True)
    assert (owners(ring), ring.digest) == (["now"], False)


def test_grouping_changes_nothing_and_gives_the_same_again(slept: Home):
    assert grouped(slept) == grouped(slept)
    (notice,) = grouped(slept)
    slept.house.reminders.record(notice)
    assert slept.due() == []
    assert len(slept.house.reminders.waiting()) == 4


def test_answered_singly_or_together(slept: Home):
    (notice,) = grouped(slept)
    slept.house.reminders.record(notice)
    reminders = slept.house.reminders
    first, *others = [one.id for one in notice.reminders]
    reminders.answer(first, "done")
    assert reminders.answer_all(others, "skipped", reason="Slept in") == others
    assert reminders.waiting() == []
    assert slept.house.care.undo() == (
        "done.answered_skipped_many", {"count": 3, "what": reminders.name_of(notice.reminders[1])},
    )  # fmt: skip
    assert [one.reminder.id for one in reminders.waiting()] == sorted(others, key=_hour)


def test_what_waits_is_known_anew_after_every_change_and_in_every_zone(home: Home):
    home.add(pills(start="2026-11-24T08:00"))
    reminders = home.house.reminders
    for wall in ("2026-11-24T08:00", "2027-02-24T08:00"):
        home.clock.at(wall)
        home.said()
    waiting = {one.reminder.id: one.due for one in reminders.waiting()}
    assert len(waiting) == 93
    assert {f"pills/{day}T08:00/0" for day in ("2026-11-24", "2027-01-01", "2027-02-24")} < set(
        waiting
    )
    home.clock.home = "Asia/Tokyo"
    assert {one.due - waiting[one.reminder.id] for one in reminders.waiting()} == {
        timedelta(hours=-14)
    }
    first, *between, last = waiting
    other = home.another()
    other.reminders.answer_all(between, "done")
    other.care.store.close()
    assert [one.reminder.id for one in reminders.waiting()] == [first, last], "far apart"


def _hour(id_: str) -> str:
    return {"noon": "2", "early": "0"}.get(id_.split("/", maxsplit=1)[0], "3")


# ---- very many ---------------------------------------------------------------------------------
def one_series(home: Home, count: int) -> None:
    """One pill a day, and nobody looked at the computer for years."""
    home.clock.moment -= timedelta(days=count - 1)
    home.add(pills(start=f"{home.clock.moment:%Y-%m-%d}T23:00"))
    home.clock.moment += timedelta(days=count)


def many_singles(home: Home, count: int, people: int = 1) -> None:
    care = home.house.care
    begin = datetime(2026, 1, 1, 8)
    with care.change("x", undoable=False):
        for number in range(people):
            care.store.put(Person(id=f"who{number}", name=f"P{number}"))
        for number in range(count):
            care.store.put(
                Appointment(
                    id=f"n{number:05}", uid=f"u{number}", person=f"who{number % people}",
                    type=("medication", "lab", "other")[number % 3], title="T",
                    start=Zoned(begin + timedelta(minutes=30 * number), NEW_YORK), minutes=30,
                    reminders=(0,), entered=datetime(2025, 1, 1, tzinfo=UTC),
                )
            )  # fmt: skip
    home.clock.at("2027-01-01T10:00")


FILLS = {
    "one series": one_series,
    "many singles": many_singles,
    "many people": lambda home, count: many_singles(home, count, people=5),
}


def caught_up(home: Home, count: int) -> tuple[list[Reminder], float]:
    """Say all that is due; return it, and how many seconds of work that was."""
    before = time.process_time()
    due = home.due()
    (notice,) = home.house.reminders.notices(due, grouped=True)
    home.house.reminders.record(notice)
    took = time.process_time() - before
    assert len(notice.reminders) == len({one.id for one in due}) == count
    assert home.due() == []
    return list(notice.reminders), took


@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS)
def test_r6_very_many_are_one_notice_all_listed_answered_and_taken_back(home: Home, fill):
    count = 700
    fill(home, count)
    said, _ = caught_up(home, count)
    reminders = home.house.reminders
    assert {one.reminder.id for one in reminders.waiting()} == {one.id for one in said}
    assert len(reminders.answer_all([one.id for one in said], "done")) == count
    assert (reminders.waiting(), home.due()) == ([], [])
    home.house.care.undo()
    assert len(reminders.waiting()) == count
    assert home.due() == []


def test_asked_again_in_the_same_second_it_is_known_unless_anybody_writes(home: Home):
    many_singles(home, 700)
    before = time.process_time()
    due = home.due()
    took, before = time.process_time() - before, time.process_time()
    assert home.due() == due
    assert home.house.reminders.open_now() == due
    assert home.house.reminders.next_due() == due[0].due
    assert time.process_time() - before < took / 2
    other = home.another()
    other.reminders.answer(due[0].id, "done")
    other.care.store.close()
    assert home.due() == due[1:]
    home.house.reminders.answer(due[1].id, "skipped")
    assert home.due() == due[2:]
    home.clock.on(days=-360)
    assert 0 < len(home.due()) < len(due) - 2


@pytest.mark.long
@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS)
def test_five_thousand_are_said_within_two_seconds(home: Home, fill):
    """Seconds of work: what else the computer does at the same time is not counted."""
    fill(home, 5000)
    said, took = caught_up(home, 5000)
    assert took < 2
    reminders = home.house.reminders
    before = time.process_time()
    assert len(reminders.waiting()) == 5000
    shown = time.process_time()
    assert shown - before < 1
    reminders.waiting()
    assert time.process_time() - shown < 0.05, "asked for again, it is known"
    before = time.process_time()
    reminders.answer_all([one.id for one in said], "done")
    assert time.process_time() - before < 4
