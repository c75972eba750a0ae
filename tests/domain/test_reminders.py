"""Which reminders an appointment brings, when, and which ring on their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.reminders import (
    Hours,
    Reminder,
    StepTime,
    Surroundings,
    day_notice,
    earliest_enabled,
    earliest_open,
    owner_of,
    reminders_between,
    reminders_of,
    split_id,
)
from caregiver_app.domain.times import AllDay, Floating, in_zone
from tests.factories import appointment, moment

HOME = "America/New_York"
STEPS = (
    StepTime("auth", "before", -336),
    StepTime("odd", "before", -30),
    StepTime("morning", "before", -3),
    StepTime("tell", "during", 0),
    StepTime("site", "after", 1),
    StepTime("c2", "after", 2),
    StepTime("c24", "after", 24),
    StepTime("c14", "after", 336),
    StepTime("eob", "after", 504),
)
HOURS = Hours()
ENTERED = datetime(2026, 10, 1, tzinfo=UTC)


def near(
    *,
    home: str = HOME,
    hours: Hours = HOURS,
    visit_on: Callable[[date], bool] = lambda _day: False,
    closes: datetime | None = None,
    watch: int = 14,
    off: tuple[str, ...] = (),
) -> Surroundings:
    return Surroundings(
        home,
        hours,
        STEPS,
        visit_on,
        lambda _visit: closes,
        lambda _visit: watch,
        lambda _visit: [step for step in STEPS if step.part not in off],
        lambda _visit: off,
        lambda _approval: False,
    )


def visit(**fields: object) -> Appointment:
    told = {"id": "p~1", "plan": "p", "dose": 1, "type": "infusion", "minutes": 150,
            "status": "planned", "entered": ENTERED}  # fmt: skip
    return appointment(**{**told, **fields})


def brought(one: Appointment, around: Surroundings | None = None) -> dict[str, str]:
    """What and lead of each reminder, with its moment on the wall at home."""
    around = around or near()
    found = reminders_of(Occurrence(one, one.start), around)
    return {
        f"{r.what} {r.minutes}": f"{in_zone(r.due, around.home):%m-%d %H:%M}"
        + (" ring" if r.rings else "")
        for r in found
    }


def test_a_visit_brings_its_leads_papers_steps_and_check_ins():
    assert brought(visit(leave_at="08:40")) == {
        "auth 20160": "11-10 08:00",
        "lead 10080": "11-17 08:00",
        "papers 4320": "11-21 08:00",
        "lead 1440": "11-23 08:00",
        "odd 1800": "11-23 08:00",
        "lead 120": "11-24 07:30 ring",
        "leave 50": "11-24 08:40 ring",
        "c2 -120": "11-24 14:00 ring",
        "c24 -1440": "11-25 08:00",
        "happened -1440": "11-25 08:00",
        "c14 -20160": "12-08 08:00",
        "eob -30240": "12-15 08:00",
    }


def test_lines_that_prepare_a_visit_are_over_with_it_and_rings_are_not():
    one = visit(leave_at="08:40", reminders=(1440, 10080))
    found = reminders_of(Occurrence(one, one.start), near())
    end = datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert {r.what for r in found if r.over} == {"auth", "papers", "odd"}
    assert {r.over for r in found} == {None, end}
    usual = reminders_of(Occurrence(visit(), visit().start), near())
    assert {r.minutes for r in usual if r.what == "lead" and r.over == end} == {10080, 1440}
    line = next(r for r in usual if r.over)
    assert line.is_open(end - timedelta(minutes=1))
    assert not line.is_open(end)
    assert all(r.is_open(end) for r in usual if r.rings)
    single = appointment(entered=ENTERED, reminders=(1440,))
    (typed,) = reminders_of(Occurrence(single, single.start), near())
    assert typed.over is None


def test_a_part_that_is_off_brings_no_papers():
    assert "papers 4320" not in brought(visit(), near(off=("bag",)))
    assert "papers 4320" in brought(visit(), near(off=("ride",)))


def test_the_notice_of_the_day_before_a_visit_comes_in_the_evening():
    around = near(visit_on=lambda day: day == date(2026, 11, 24))
    told = brought(visit(), around)
    assert told["lead 1440"] == told["odd 1800"] == "11-23 19:00"
    assert told["papers 4320"] == "11-21 08:00"
    early = near(hours=Hours(time(6, 15), time(21, 45)), visit_on=around.visit_on)
    assert brought(visit(), early)["papers 4320"] == "11-21 06:15"
    assert brought(visit(), early)["lead 1440"] == "11-23 21:45"


def test_the_hour_of_a_notice_that_the_clocks_skip():
    around = near(hours=Hours(time(2, 30), time(19)))
    at = in_zone(day_notice(date(2027, 3, 14), around), HOME)
    assert f"{at:%H:%M}" == "03:00"


def test_typed_leads_ring_on_their_own_also_whole_days():
    told = brought(visit(reminders=(10080, 45)))
    assert told["lead 10080"] == "11-17 09:30 ring"
    assert told["lead 45"] == "11-24 08:45 ring"
    assert "lead 120" not in told


def test_check_ins_end_with_the_watch_window_and_with_the_next_infusion():
    assert "c14 -20160" not in brought(visit(), near(watch=13))
    assert not {k for k in brought(visit(), near(watch=0)) if k.startswith(("c24", "c14"))}
    closes = datetime(2026, 12, 8, 14, 30, tzinfo=UTC)  # two weeks later at 09:30
    told = brought(visit(), near(closes=closes))
    assert "c14 -20160" not in told
    assert "c24 -1440" in told
    assert "eob -30240" in told  # no check-in: papers do not end with the window


def test_a_cancelled_visit_brings_nothing_and_a_done_one_only_what_comes_after():
    assert brought(visit(status="cancelled")) == {}
    assert set(brought(visit(status="done"))) == {
        "c2 -120",
        "c24 -1440",
        "c14 -20160",
        "eob -30240",
    }


def test_entered_after_its_end_only_coming_check_ins_are_left():
    entered = datetime(2026, 11, 26, tzinfo=UTC)
    assert set(brought(visit(entered=entered))) == {"c14 -20160"}
    assert brought(visit(entered=datetime(2027, 1, 1, tzinfo=UTC))) == {}


def test_what_was_due_as_it_was_entered_does_not_ring_on_its_own():
    entered = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # 08:00, after the two hours' moment
    told = brought(visit(entered=entered, leave_at="08:40"))
    assert told["lead 120"] == "11-24 07:30"
    assert told["leave 50"] == "11-24 08:40 ring"


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            appointment(entered=ENTERED),
            {"lead 1440": "11-23 08:00", "lead 120": "11-24 07:30 ring"},
        ),
        (appointment(entered=ENTERED, reminders=()), {}),
        (appointment(entered=ENTERED, type="medication"), {"lead 0": "11-24 09:30 ring"}),
        (appointment(entered=ENTERED, type="medication", reminders=()), {}),
        (
            appointment(entered=ENTERED, leave_at="09:00", type="drive"),
            {"leave 30": "11-24 09:00 ring"},
        ),
        (
            appointment(AllDay(date(2026, 11, 24)), entered=ENTERED, reminders=(1440, 60)),
            {"lead 1440": "11-23 08:00 ring", "lead 60": "11-24 07:00 ring"},
        ),
        (appointment(entered=ENTERED, type="medication", status="done"), {}),
    ],
)
def test_other_appointments(one: Appointment, expected: dict[str, str]):
    assert brought(one) == expected


def test_floating_times_follow_the_computer():
    pill = appointment(Floating(datetime(2026, 11, 24, 8)), type="medication", entered=ENTERED)
    for home in (HOME, "Asia/Tokyo"):
        assert brought(pill, near(home=home)) == {"lead 0": "11-24 08:00 ring"}
    # A visit at the clinic stays where the clinic is.
    assert brought(visit(), near(home="Asia/Tokyo"))["lead 120"] == "11-24 21:30 ring"


# ---- ids ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a1/2026-11-24T09:30/120", ("a1", "2026-11-24T09:30", 120)),
        ("a/b:c/2026-11-24/-120", ("a/b:c", "2026-11-24", -120)),
        ("a1", None),
        ("/2026-11-24/1", None),
        ("a1/2026-11-24", None),
        ("a1/soon/120", None),
        ("a1/2026-11-24/x", None),
        ("a1/2026-11-24/" + "9" * 5000, None),
    ],
)
def test_reading_a_reminders_id(text: str, parts: tuple[str, str, int] | None):
    assert split_id(text) == parts


@pytest.mark.parametrize(
    ("entry", "owner"),
    [("p~1:c2", "p~1"), ("a:b:leave", "a:b"), ("a1", "a1"), (":x", ":x"), ("x:", "x:")],
)
def test_what_a_step_hangs_on(entry: str, owner: str):
    assert owner_of(entry) == owner


def test_ids_are_made_of_entry_start_and_minutes():
    ids = {r.what: r.id for r in reminders_of(Occurrence(visit(), visit().start), near())}
    assert ids["c2"] == "p~1:c2/2026-11-24T09:30/-120"
    assert {r.owner for r in reminders_of(Occurrence(visit(), visit().start), near())} == {"p~1"}


# ---- windows and the index ---------------------------------------------------------------------
def daily(**fields: object) -> Appointment:
    return appointment(
        Floating(datetime(2026, 10, 5, 8)),
        **{"type": "medication", "rrule": "FREQ=DAILY", "entered": ENTERED, **fields},
    )


def all_of(one: Appointment, low: datetime, high: datetime) -> list[Reminder]:
    return reminders_between(one, low, high, near())


@pytest.mark.parametrize(
    "one",
    [
        visit(),
        visit(reminders=(40 * 1440, 120)),
        daily(),
        daily(reminders=(60 * 1440, 0)),
        appointment("2026-10-06", rrule="FREQ=WEEKLY", reminders=(1440,), entered=ENTERED),
    ],
)
def test_windows_join_without_gap_or_double(one: Appointment):
    begin = datetime(2026, 9, 1, tzinfo=UTC)
    days = [begin + timedelta(days=number) for number in range(120)]
    whole = [r.id for r in all_of(one, days[0], days[-1])]
    pieces = [r.id for low, high in pairwise(days) for r in all_of(one, low, high)]
    assert pieces == whole
    assert len(set(whole)) == len(whole)
    assert whole


def test_a_usual_line_is_found_far_before_its_appointment_and_far_from_utc():
    one = appointment(moment("2026-11-24T23:30", "Pacific/Kiritimati"), entered=ENTERED)
    around = near(home="Pacific/Kiritimati", hours=Hours(time(0), time(0)))
    at = datetime(2026, 11, 22, 10, tzinfo=UTC)
    (line,) = reminders_between(one, at, at + timedelta(minutes=1), around)
    assert (line.minutes, line.due, line.rings) == (1440, at, False)


def test_the_daily_pill_stays_at_eight_over_the_clock_change():
    low, high = datetime(2026, 10, 31, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC)
    due = [f"{in_zone(r.due, HOME):%d %H:%M} {r.due:%H:%M}" for r in all_of(daily(), low, high)]
    assert due == ["31 08:00 12:00", "01 08:00 13:00", "02 08:00 13:00"]


def open_at(one: Appointment, settled: Callable[[str], bool], around: Surroundings | None = None):
    around = around or near()
    return earliest_open(one, earliest_enabled(one, around), settled, around)


def test_the_index_is_never_later_than_anything_open():
    for one in (visit(), visit(reminders=(40 * 1440,)), daily(), daily(reminders=(60 * 1440,))):
        everything = all_of(one, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
        for count in range(len(everything[:12])):
            done = {r.id for r in everything[:count]}
            at = open_at(one, done.__contains__)
            assert at is not None
            assert at <= everything[count].due
            for home in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
                moved = reminders_between(
                    one,
                    at - timedelta(days=400),
                    at,
                    near(home=home, hours=Hours(time(0), time(0))),
                )
                assert {r.id for r in moved} <= done


def test_the_index_is_exact_where_nothing_can_shift():
    one = appointment(reminders=(120,), entered=ENTERED)
    assert open_at(one, lambda _: False) == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    assert open_at(one, lambda _: True) is None


@pytest.mark.parametrize(
    "one",
    [
        appointment(entered=ENTERED, reminders=()),
        visit(status="cancelled"),
        daily(status="cancelled"),
        daily(status="done"),
        daily(reminders=()),
        daily(entered=datetime(2190, 1, 1, tzinfo=UTC), rrule="FREQ=DAILY;COUNT=3"),
    ],
)
def test_nothing_open(one: Appointment):
    assert open_at(one, lambda _: False) is None


def test_a_series_goes_on_from_where_it_was():
    since = datetime(2029, 1, 1, tzinfo=UTC)
    at = earliest_open(daily(), since, lambda _: False, near())
    assert at is not None
    assert abs(at - since) < timedelta(days=8)


def test_a_single_date_after_the_watch_of_the_year_is_found():
    far = visit(start=moment("2200-12-30T09:30"))
    assert open_at(far, lambda _: False) is not None
    assert replace(far, status="done").status == "done"
