"""In quiet hours nothing rings that can wait; what waits is said when they are over."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from caregiver_app.domain.entities import Authorisation
from caregiver_app.domain.ringing import QuietHours
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import InputRefused
from tests.factories import appointment, pills, plan
from tests.fakes import NEW_YORK, Home

NIGHT = QuietHours(time(22), time(7))
RING = "a1/2026-11-25T11:00/720"


@pytest.fixture
def quiet(home: Home) -> Home:
    """A family that wants to sleep from ten to seven."""
    home.house.ringing.set_quiet(NIGHT)
    return home


def ids(home: Home) -> list[str]:
    return [one.id for one in home.due()]


def test_what_can_wait_waits_until_they_are_over(quiet: Home):
    quiet.house.agenda.save(appointment("2026-11-25T11:00", reminders=(720,)))
    reminders = quiet.house.reminders
    morning = datetime(2026, 11, 25, 12, tzinfo=UTC)
    for now in ("2026-11-24T23:00", "2026-11-25T03:00", "2026-11-25T06:59"):
        quiet.clock.at(now)
        assert ids(quiet) == []
        assert reminders.next_due() == morning
        assert [one.id for one in reminders.open_now()] == [RING], "it can be seen and answered"
    quiet.clock.at("2026-11-25T07:00")
    (due,) = quiet.due()
    assert (due.id, due.due) == (RING, datetime(2026, 11, 25, 4, tzinfo=UTC)), "due as it was"
    assert quiet.said() == [RING]
    assert quiet.said() == []


def test_known_beforehand(quiet: Home):
    quiet.house.agenda.save(appointment("2026-11-25T11:00", reminders=(720,)))
    quiet.clock.at("2026-11-24T20:00")
    assert quiet.house.reminders.next_due() == datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "medication", "reminders": (720,)},
        {"start": "2026-11-25T06:30", "reminders": (450,)},
        {"start": "2026-11-25T05:00", "reminders": (), "leave_at": "02:00"},
    ],
)
def test_what_cannot_wait_is_said_at_its_moment(quiet: Home, fields: dict[str, object]):
    quiet.house.agenda.save(appointment(**{"start": "2026-11-25T11:00", **fields}))
    following = quiet.house.reminders.next_due()
    assert following is not None
    assert in_zone(following, NEW_YORK).hour >= 22 or in_zone(following, NEW_YORK).hour < 7
    quiet.clock.moment = following
    assert len(quiet.said()) == 1


def test_the_check_in_after_two_hours_comes_also_at_night(quiet: Home):
    quiet.house.plans.save(plan("2026-11-24T20:30", minutes=60, offsets=(0,)))
    quiet.clock.at("2026-11-24T23:30")
    assert "p1~1:c2/2026-11-24T20:30/-120" in quiet.said()


def test_later_that_somebody_chose_comes_when_it_was_chosen(quiet: Home):
    quiet.house.agenda.save(appointment("2026-11-25T11:00", reminders=(840,)))
    quiet.clock.at("2026-11-24T21:00")
    (id_,) = quiet.said()
    until = quiet.clock.moment + timedelta(hours=2)
    quiet.house.reminders.answer(id_, "later", until=until)
    assert quiet.house.reminders.next_due() == until
    quiet.clock.at("2026-11-24T23:00")
    assert quiet.said() == [id_]


def test_a_plan_entered_at_night_is_told_of_in_the_morning(quiet: Home):
    quiet.clock.at("2026-11-23T23:00")
    quiet.house.plans.save(plan())
    assert quiet.due() == []
    quiet.clock.at("2026-11-24T07:00")
    (notice,) = quiet.house.reminders.notices(quiet.due(), grouped=True)
    assert notice.digest
    assert not notice.late, "it was due as it was entered, and not held up by the computer"


def test_an_appointment_entered_at_night_is_told_of_in_the_morning(quiet: Home):
    quiet.clock.at("2026-11-24T23:30")
    quiet.house.agenda.save(appointment("2026-11-25T09:00", reminders=(1440, 720, 60)))
    assert quiet.due() == []
    quiet.clock.at("2026-11-25T07:00")
    (notice,) = quiet.house.reminders.notices(quiet.due(), grouped=True)
    assert [one.minutes for one in notice.reminders] == [1440, 720]
    assert (notice.digest, notice.late) == (True, False)


def test_a_day_beside_the_calendar_waits(quiet: Home):
    quiet.house.ringing.set_quiet(QuietHours(time(22), time(9)))
    quiet.house.people.save_authorisation(
        Authorisation(id="au", person="", last=date(2026, 12, 31), insurer="Harbour Health")
    )
    quiet.clock.at("2026-12-01T08:30")
    assert quiet.due() == []
    quiet.clock.at("2026-12-01T09:00")
    assert quiet.said() == ["au/2026-12-31/43200"]


def test_other_hours_hold_at_once_and_undo_as_well(quiet: Home):
    quiet.house.agenda.save(appointment("2026-11-25T11:00", reminders=(720,)))
    quiet.clock.at("2026-11-24T23:30")
    assert quiet.due() == []
    quiet.house.ringing.set_quiet(None)
    assert ids(quiet) == [RING]
    quiet.house.care.undo()
    assert quiet.due() == []
    quiet.house.ringing.set_quiet(QuietHours(time(1), time(6)))
    assert ids(quiet) == [RING]


def test_an_entrys_held_reminders_can_be_answered_by_its_id(quiet: Home):
    quiet.house.agenda.save(appointment("2026-11-25T11:00", reminders=(720,)))
    quiet.clock.at("2026-11-24T23:30")
    assert quiet.house.reminders.answer("a1", "done") == [RING]
    quiet.clock.at("2026-11-25T08:00")
    assert quiet.due() == []


def test_over_the_change_of_clocks_they_are_over_once(quiet: Home):
    """R8: the night that is an hour longer, and the one that is an hour shorter."""
    for evening, morning in (("2026-10-31T22:30", "2026-11-01T07:00"),
                             ("2027-03-13T22:30", "2027-03-14T07:00")):  # fmt: skip
        quiet.clock.at(evening)
        quiet.clock.on(hours=-1)
        start = morning.replace("07:00", "12:00")
        quiet.house.agenda.save(appointment(start, id=start[:10], reminders=(13 * 60,)))
        quiet.clock.on(hours=2)
        assert quiet.due() == []
        following = quiet.house.reminders.next_due()
        assert following is not None
        assert f"{in_zone(following, NEW_YORK):%Y-%m-%dT%H:%M}" == morning
        quiet.clock.moment = following
        assert len(quiet.said()) == 1


def test_they_cannot_be_empty(home: Home):
    with pytest.raises(InputRefused):
        home.house.ringing.set_quiet(QuietHours(time(8), time(8)))


def test_a_night_with_pills_and_visits_says_all_in_the_end(quiet: Home):
    """Nothing that was held is lost, nothing is said twice."""
    quiet.add(pills(start="2026-11-21T23:00", rrule="FREQ=DAILY;COUNT=4"))
    for number in range(4):
        quiet.house.agenda.save(
            appointment(f"2026-11-2{4 + number}T12:00", id=f"a{number}", reminders=(720, 60))
        )
    told: list[str] = []
    for _ in range(24 * 12):
        quiet.clock.on(minutes=37)
        told += quiet.said()
    assert len(told) == len(set(told)) == 4 + 4 * 2
