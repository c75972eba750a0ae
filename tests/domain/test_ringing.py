"""Quiet hours, what they hold back, and lead times that were usual before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from caregiver_app.domain.entities import LONG_AGO, Appointment
from caregiver_app.domain.quiet import held_until
from caregiver_app.domain.reminders import Reminder, lead_times
from caregiver_app.domain.ringing import USUAL_LEADS, LeadsFrom, QuietHours, UsualLeads
from caregiver_app.domain.times import AllDay, Zoned, instant
from tests.factories import appointment, moment

HOME = "America/New_York"
NIGHT = QuietHours(time(22), time(7))


def at(text: str, zone: str = HOME) -> datetime:
    return instant(Zoned(datetime.fromisoformat(text), zone), zone)


# ---- when it is quiet --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, "2026-11-24T21:59", None),
        (NIGHT, "2026-11-24T22:00", "2026-11-25T07:00"),
        (NIGHT, "2026-11-24T23:59", "2026-11-25T07:00"),
        (NIGHT, "2026-11-25T00:00", "2026-11-25T07:00"),
        (NIGHT, "2026-11-25T06:59", "2026-11-25T07:00"),
        (NIGHT, "2026-11-25T07:00", None),
        (QuietHours(time(13), time(15)), "2026-11-25T12:59", None),
        (QuietHours(time(13), time(15)), "2026-11-25T13:00", "2026-11-25T15:00"),
        (QuietHours(time(13), time(15)), "2026-11-25T15:00", None),
        (QuietHours(time(0), time(6)), "2026-11-25T00:00", "2026-11-25T06:00"),
        (QuietHours(time(22), time(0)), "2026-11-24T23:00", "2026-11-25T00:00"),
        # The night of 14 March has no hour from two to three, that of 1 November has one twice.
        (QuietHours(time(22), time(2, 30)), "2027-03-14T01:00", "2027-03-14T03:00"),
        (QuietHours(time(2, 15), time(2, 45)), "2027-03-14T03:00", None),
        (QuietHours(time(22), time(1, 30)), "2026-11-01T00:30", "2026-11-01T01:30"),
    ],
)
def test_quiet_hours(quiet: QuietHours, now: str, until: str | None):
    assert quiet.until(at(now), HOME) == (None if until is None else at(until))


def test_the_second_pass_of_an_hour_is_as_quiet_as_the_clock_said_first():
    second_pass = at("2026-11-01T01:00") + timedelta(hours=1)
    assert QuietHours(time(22), time(1, 30)).until(second_pass, HOME) is None
    assert QuietHours(time(22), time(2)).until(second_pass, HOME) == at("2026-11-01T02:00")


# ---- what it holds back ------------------------------------------------------------------------
def reminder(**fields: object) -> Reminder:
    told = {
        "id": "x", "entry": "a1", "owner": "a1", "person": "", "what": "lead",
        "start": moment("2026-11-25T09:30"), "minutes": 600, "due": at("2026-11-24T23:30"),
        "rings": True, "type": "follow-up", "ends": at("2026-11-25T10:30"),
    }  # fmt: skip
    return Reminder(**{**told, **fields})


MORNING = at("2026-11-25T07:00")
EARLY = {"start": moment("2026-11-25T06:30"), "ends": at("2026-11-25T07:30")}


@pytest.mark.parametrize(
    ("fields", "now", "until"),
    [
        ({}, "2026-11-24T23:30", MORNING),
        ({}, "2026-11-24T21:30", None),
        ({"rings": False}, "2026-11-24T23:30", MORNING),
        ({"type": "infusion"}, "2026-11-24T23:30", MORNING),
        ({"type": "medication"}, "2026-11-24T23:30", None),
        ({"type": "medication", "rings": False}, "2026-11-24T23:30", None),
        ({"what": "c2"}, "2026-11-24T23:30", None),
        ({"what": "c24"}, "2026-11-24T23:30", MORNING),
        ({"what": "leave"}, "2026-11-24T23:30", None),
        # It begins before the quiet hours end, or has just begun, or goes on.
        (EARLY, "2026-11-24T23:30", None),
        (EARLY, "2026-11-25T06:45", None),
        ({"start": moment("2026-11-24T22:30"), "ends": at("2026-11-24T22:30")},
         "2026-11-24T23:00", None),
        ({"start": moment("2026-11-24T22:30"), "ends": at("2026-11-25T05:00")},
         "2026-11-25T04:00", None),
        # What begins just when they end is announced before; what is over by now can wait.
        ({"start": moment("2026-11-25T07:00")}, "2026-11-24T23:30", None),
        ({"start": moment("2026-11-25T07:01")}, "2026-11-24T23:30", MORNING),
        ({"start": moment("2026-11-24T22:30"), "ends": at("2026-11-24T23:00")},
         "2026-11-25T01:00", MORNING),
        # A whole day counts from eight; a day beside the calendar begins nothing.
        ({"start": AllDay(date(2026, 11, 25))}, "2026-11-24T23:30", MORNING),
        ({"start": AllDay(date(2026, 11, 24)), "ends": None, "type": ""},
         "2026-11-24T23:30", MORNING),
    ],
)  # fmt: skip
def test_what_quiet_hours_hold(fields: dict[str, object], now: str, until: datetime | None):
    assert held_until(reminder(**fields), at(now), NIGHT, HOME) == until


def test_no_quiet_hours_hold_nothing():
    assert held_until(reminder(), at("2026-11-24T23:30"), None, HOME) is None


# ---- what is usual -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "leads"),
    [
        (appointment(type="infusion"), (1440, 120)),
        (appointment(type="follow-up"), (1440, 120)),
        (appointment(type="lab"), (1440, 120)),
        (appointment(type="medication"), (0,)),
        (appointment(type="drive"), (60,)),
        (appointment(type="other"), (120,)),
        (appointment("2026-11-24", type="lab"), (1440,)),
        (appointment("2026-11-24", type="medication"), (0,)),
        (appointment("2026-11-24", type="other"), ()),
        (appointment(type="drive", leave_at="08:40"), ()),
        (appointment(type="lab", leave_at="08:40"), (1440, 120)),
        (appointment(type="lab", reminders=()), ()),
        (appointment("2026-11-24", type="lab", reminders=(60,)), (60,)),
        (appointment(type="infusion", plan="p", dose=1), (10080, 1440, 120)),
        (appointment(type="medication", plan="p", dose=1), (1440, 0)),
    ],
)
def test_usual_leads_of_each_type(one: Appointment, leads: tuple[int, ...]):
    assert lead_times(one) == leads


def test_the_familys_own_take_their_place():
    assert lead_times(appointment(type="lab"), {**USUAL_LEADS, "lab": (30,)}) == (30,)
    visit = appointment(type="infusion", plan="p", dose=1)
    assert lead_times(visit, {"infusion": (30,)}) == (10080, 1440, 120)


FIRST, SECOND = datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
CHOSEN = UsualLeads(
    {"lab": (LeadsFrom(LONG_AGO, (1440, 120)), LeadsFrom(FIRST, (120,)),
             LeadsFrom(SECOND, (120, 60)))}
)  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "now", "since"),
    [
        (1440, FIRST - timedelta(seconds=1), LONG_AGO),
        (1440, FIRST, None),
        (1440, SECOND, None),
        (120, FIRST, LONG_AGO),
        (120, SECOND + timedelta(days=9), LONG_AGO),
        (60, FIRST, None),
        (60, SECOND, SECOND),
        (60, datetime(1950, 1, 1, tzinfo=UTC), None),
    ],
)
def test_since_when_a_lead_time_is_usual(minutes: int, now: datetime, since: datetime | None):
    assert CHOSEN.since("lab", minutes, now) == since


def test_what_is_usual_now_and_was_ever():
    assert (CHOSEN.now["lab"], CHOSEN.ever["lab"]) == ((120, 60), (1440, 120, 60))
    assert CHOSEN.now["drive"] == CHOSEN.ever["drive"] == (60,)
    assert UsualLeads().since("lab", 120, FIRST) == LONG_AGO
    assert UsualLeads().since("lab", 60, FIRST) is None
