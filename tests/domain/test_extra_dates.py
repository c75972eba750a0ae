"""Extra dates of a series stand among those of its rule, in order and once each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.occurrences import by_day, is_everyday, occurrences, occurrences_on
from caregiver_app.domain.times import wall
from tests.factories import appointment, moment

HOME = "America/New_York"
FIRST = datetime(2026, 11, 24, 9, 30)


def keys(one, first: str, last: str) -> list[str]:
    found = occurrences_on(one, date.fromisoformat(first), date.fromisoformat(last), HOME)
    return [occurrence.key for occurrence in found]


def test_extra_dates_come_in_order_and_once():
    one = appointment(
        "2026-11-24T09:30",
        rrule="FREQ=WEEKLY;COUNT=3",
        rdates=("2026-12-09T14:00", "2026-11-20T08:00", "2026-12-01T09:30", "2026-11-25T09:30"),
    )
    assert keys(one, "2026-11-01", "2026-12-31") == [
        "2026-11-20T08:00", "2026-11-24T09:30", "2026-11-25T09:30", "2026-12-01T09:30",
        "2026-12-08T09:30", "2026-12-09T14:00",
    ]  # fmt: skip
    assert keys(one, "2026-11-25", "2026-12-07") == ["2026-11-25T09:30", "2026-12-01T09:30"]
    assert keys(one, "2026-12-09", "2026-12-09") == ["2026-12-09T14:00"]


def test_what_was_left_out_stays_out():
    one = appointment(
        "2026-11-24T09:30",
        rrule="FREQ=WEEKLY;COUNT=2",
        rdates=("2026-11-25T09:30", "2026-11-26T09:30"),
        exdates=("2026-11-24T09:30", "2026-11-26T09:30"),
    )
    assert keys(one, "2026-11-01", "2026-12-31") == ["2026-11-25T09:30", "2026-12-01T09:30"]


def test_extra_whole_days():
    one = appointment("2026-11-24", rrule="FREQ=MONTHLY", rdates=("2026-12-25", "2026-12-24"))
    found = by_day([one], date(2026, 12, 1), date(2026, 12, 31), HOME)
    assert sorted(found) == [date(2026, 12, 24), date(2026, 12, 25)]
    assert all(len(each) == 1 for each in found.values())


def test_a_daily_medicine_in_some_months_is_no_everyday_one():
    def daily(rrule: str):
        start = moment("2026-11-24T08:00", None)
        return appointment(start, type="medication", rrule=rrule)

    assert is_everyday(daily("FREQ=DAILY"))
    assert is_everyday(daily("FREQ=DAILY;WKST=SU"))
    for rest in ("BYMONTH=11", "BYMONTHDAY=24", "BYHOUR=8,20", "COUNT=9", "INTERVAL=2", "BYDAY=TU"):
        assert not is_everyday(daily(f"FREQ=DAILY;{rest}"))


_SOME = st.lists(st.integers(-10, 40).map(lambda day: FIRST + timedelta(days=day)), max_size=8)


@given(_SOME, _SOME, st.integers(-12, 40), st.integers(0, 30))
def test_a_window_holds_what_lies_in_it(extra, left_out, begin: int, length: int):
    one = appointment(
        "2026-11-24T09:30",
        rrule="FREQ=DAILY;INTERVAL=3;COUNT=8",
        rdates=tuple(f"{local:%Y-%m-%dT%H:%M}" for local in extra),
        exdates=tuple(f"{local:%Y-%m-%dT%H:%M}" for local in left_out),
    )
    low = FIRST + timedelta(days=begin)
    high = low + timedelta(days=length)
    regular = {FIRST + timedelta(days=3 * number) for number in range(8)}
    expected = sorted(each for each in (regular | set(extra)) - set(left_out) if low <= each < high)
    assert [wall(each.start) for each in occurrences(one, low, high)] == expected
