"""Appointments as dates, and what an appointment may look like."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.occurrences import (
    Occurrence,
    check_appointment,
    occurrences,
    occurrences_on,
    tidy,
)
from caregiver_app.domain.times import AllDay
from tests.factories import appointment, moment

HOME = "America/New_York"
DAY = date(2026, 11, 24)


def keys(one, first: str, last: str, home: str = HOME) -> list[str]:
    found = occurrences_on(one, date.fromisoformat(first), date.fromisoformat(last), home)
    return [occurrence.key for occurrence in found]


@pytest.mark.parametrize(
    ("start", "minutes", "zone", "home", "seen"),
    [
        ("2026-11-24T09:30", 60, HOME, HOME, True),
        ("2026-11-25T00:00", 60, HOME, HOME, False),
        ("2026-11-23T23:30", 30, HOME, HOME, False),  # over at midnight
        ("2026-11-23T23:30", 31, HOME, HOME, True),
        ("2026-11-24T00:00", 0, HOME, HOME, True),
        ("2026-11-20T09:30", 14 * 1440, HOME, HOME, True),  # began days before, still goes on
        ("2026-11-10T09:30", 14 * 1440, HOME, HOME, True),
        ("2026-11-09T09:30", 14 * 1440, HOME, HOME, False),
        ("2026-11-24", 60, None, HOME, True),
        ("2026-11-23", 60, None, HOME, False),
        ("2026-11-24T23:59", 1, None, "Pacific/Kiritimati", True),
        # half past nine in the evening in New York is the next day in Tokyo
        ("2026-11-23T21:30", 30, HOME, "Asia/Tokyo", True),
        ("2026-11-24T21:30", 30, HOME, "Asia/Tokyo", False),
        ("2026-11-25T05:00", 30, "Pacific/Kiritimati", "Pacific/Pago_Pago", True),
        ("2026-11-24T12:30", 30, "Pacific/Kiritimati", "Pacific/Pago_Pago", False),
        ("2026-11-26T00:30", 30, "Pacific/Kiritimati", "Pacific/Pago_Pago", True),
    ],
)
def test_what_touches_a_day(start: str, minutes: int, zone: str | None, home: str, seen: bool):
    one = appointment(moment(start, zone), minutes=minutes)
    assert bool(occurrences_on(one, DAY, DAY, home)) == seen


def test_a_series_in_a_window():
    one = appointment("2026-11-03T09:30", rrule="FREQ=WEEKLY", exdates=("2026-11-24T09:30",))
    assert keys(one, "2026-11-17", "2026-12-01") == ["2026-11-17T09:30", "2026-12-01T09:30"]
    pill = appointment(moment("2026-11-03T08:00", None), rrule="FREQ=DAILY")
    assert keys(pill, "2026-11-24", "2026-11-25", "Asia/Tokyo") == [
        "2026-11-24T08:00", "2026-11-25T08:00",
    ]  # fmt: skip
    days = appointment("2026-11-03", rrule="FREQ=WEEKLY", exdates=("2026-11-17",))
    assert keys(days, "2026-11-10", "2026-11-24") == ["2026-11-10", "2026-11-24"]


def test_a_series_that_leads_into_the_gap_rings_right_after_it():
    one = appointment("2027-03-13T02:30", rrule="FREQ=DAILY;COUNT=3")
    begins = [o.begins(HOME) for o in occurrences(one, datetime(2027, 1, 1))]
    assert [f"{at:%d %H:%M}" for at in begins] == ["13 07:30", "14 07:00", "15 06:30"]
    assert check_appointment(one) == []


def test_an_occurrence_knows_its_times():
    one = Occurrence(appointment(minutes=90), moment("2026-11-24T09:30"))
    assert one.begins(HOME) == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert one.ends(HOME) == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert one.day("Asia/Tokyo") == DAY
    assert one.key == "2026-11-24T09:30"


def test_nothing_is_found_after_the_last_year():
    one = appointment("2200-12-31T09:30")
    assert len(list(occurrences(one, datetime(2026, 1, 1)))) == 1


@given(
    st.dates(date(2026, 10, 1), date(2027, 4, 30)),
    st.integers(0, 40),
    st.sampled_from(["", "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;COUNT=9"]),
    st.sampled_from([0, 60, 1440, 5000]),
    st.sampled_from([HOME, "Asia/Tokyo", "Pacific/Kiritimati"]),
)
def test_a_window_holds_what_its_days_hold(
    first: date, length: int, rrule: str, minutes: int, home: str
):
    one = appointment("2026-10-20T22:30", rrule=rrule, minutes=minutes)
    last = date.fromordinal(first.toordinal() + length)
    whole = {o.key for o in occurrences_on(one, first, last, home)}
    by_day = {
        o.key
        for day in range(first.toordinal(), last.toordinal() + 1)
        for o in occurrences_on(one, date.fromordinal(day), date.fromordinal(day), home)
    }
    assert whole == by_day


@pytest.mark.parametrize(
    ("fields", "field", "key"),
    [
        ({"title": " "}, "title", "text.empty"),
        ({"title": "x" * 10_000}, "title", "text.long"),
        ({"title": "a\x07b"}, "title", "text.control"),
        ({"type": "party"}, "type", "choice.unknown"),
        ({"status": "maybe"}, "status", "choice.unknown"),
        ({"minutes": -1}, "minutes", "appointment.end_before_start"),
        ({"minutes": 366 * 1440 + 1}, "minutes", "number.range"),
        ({"start": moment("2027-03-14T02:30")}, "start", "time.gap"),
        ({"rrule": "FREQ=HOURLY"}, "rrule", "rule.frequency"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=MO"}, "rrule", "rule.start_differs"),
        ({"reminders": (-1,)}, "reminders", "number.range"),
        ({"reminders": (366 * 1440 + 1,)}, "reminders", "number.range"),
        ({"reminders": tuple(range(21))}, "reminders", "reminder.many"),
        ({"exdates": ("2026-11-24",)}, "exdates", "appointment.exdate_kind"),
        ({"exdates": ("soon",)}, "exdates", "time.no_such_date"),
        ({"start": AllDay(DAY), "exdates": ("2026-11-24T09:30",)}, "exdates",
         "appointment.exdate_kind"),
        ({"place": "x" * 201}, "place", "text.long"),
        ({"driver": "a\nb"}, "driver", "text.control"),
        ({"driver_phone": "1\u20282"}, "driver_phone", "text.control"),
        ({"note": "x" * 100_001}, "note", "text.long"),
        ({"leave_at": "25:00"}, "leave_at", "time.no_such_hour"),
        ({"leave_at": "08:00+01:00"}, "leave_at", "time.no_such_hour"),
        ({"leave_at": "09:31"}, "leave_at", "appointment.leaves_late"),
        ({"start": AllDay(DAY), "leave_at": "08:00"}, "leave_at", "appointment.leaves_late"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(fields: dict, field: str, key: str):
    problems = check_appointment(appointment(**fields))
    assert [(p.field, p.key) for p in problems] == [(field, key)]


def test_everything_wrong_is_said_at_once():
    wrong = appointment(title="", type="x", minutes=-1, rrule="?", leave_at="?")
    assert [p.field for p in check_appointment(wrong)] == [
        "title", "type", "minutes", "rrule", "leave_at",
    ]  # fmt: skip


def test_a_visit_that_its_plan_leads_into_the_gap_is_taken():
    assert check_appointment(appointment("2027-03-14T02:30", plan="p1", dose=3)) == []


def test_tidy():
    one = tidy(
        appointment(
            title="  Dr Sol ", rrule="rrule:freq=weekly;"[6:], reminders=(120, 1440, 120),
            exdates=("2026-12-01 09:30", "2026-12-01T09:30"), note="a\r\nb ",
        )
    )  # fmt: skip
    assert (one.title, one.rrule, one.note) == ("Dr Sol", "FREQ=WEEKLY", "a\nb")
    assert one.reminders == (1440, 120)
    assert one.exdates == ("2026-12-01T09:30",)
    assert tidy(one) == one
