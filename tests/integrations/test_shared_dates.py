"""Series with dates at which another series of the same file has a changed one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.recurrence import expand
from caregiver_app.domain.times import Moment, to_text, with_wall
from caregiver_app.integrations import shared_dates
from caregiver_app.integrations.ical import write_calendar
from caregiver_app.integrations.reader import read_calendar
from tests.integrations.everything import line_of
from tests.integrations.making import (
    BERLIN,
    NEW_YORK,
    all_day,
    appointment,
    floating,
    local,
    zoned,
)
from tests.tools.ics_readers import ALL_EXCEPTIONS, READERS, read

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
WEEKLY = "FREQ=WEEKLY;COUNT=12"
LEADS = (1440, 90)


def written(entries: Sequence[Appointment], *, neutral: bool = False) -> bytes:
    return write_calendar(
        entries,
        name="Care",
        titles={},
        alarms={one.id: LEADS for one in entries},
        places={},
        version="1",
        neutral=neutral,
    )


def said(entries: Sequence[Appointment]) -> list[str]:
    """The readers' lines, by the domain's own rules."""
    low, high = local(f"{FIRST}T00:00"), local(f"{LAST}T00:00")
    return sorted(
        line_of(one, each.start, LEADS)
        for one in entries
        if not (one.series and one.status == "cancelled")
        for each in occurrences(one, low, high)
    )


def with_change(series: Appointment, at: str, there: Moment | None = None) -> list[Appointment]:
    """Return a series and its date `at`, moved, cancelled where it goes nowhere."""
    kept = replace(series, exdates=(*series.exdates, at))
    start = with_wall(series.start, datetime.fromisoformat(at)) if there is None else there
    one = appointment(
        f"{series.id}-{at}", start, uid=series.uid, series=series.id, original=at, title="Moved",
        minutes=series.minutes, status="cancelled" if there is None else "booked",
    )  # fmt: skip
    return [kept, one]


def copies(data: bytes) -> list[tuple[str, str]]:
    """The events that say nothing but when a date of their series is: its uid and their start."""
    found: list[tuple[str, str]] = []
    for event in data.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]:
        values = dict(line.split(":", 1) for line in event.strip().splitlines())
        if "X-CAREGIVER-CLOCK" in values and "RRULE" not in values:
            start = next(value for name, value in values.items() if name.startswith("DTSTART"))
            found.append((values["UID"].removesuffix("@example"), start))
    return found


def assert_read(tmp_path: Path, entries: Sequence[Appointment]) -> list[tuple[str, str]]:
    """Assert that every reader finds what is meant, and so do we; return the copies."""
    data = written(entries)
    path = tmp_path / "calendar.ics"
    path.write_bytes(data)
    wanted = said(entries)
    for reader in (*READERS, ALL_EXCEPTIONS):
        assert (reader, read(reader, path, FIRST, LAST)) == (reader, wanted)
    back = read_calendar(data)
    assert not back.skipped
    kept = [one for one in entries if not (one.series and one.status == "cancelled")]
    assert sorted((one.uid, one.original, to_text(one.moment)) for one in back.events) == sorted(
        (one.uid, one.original, to_text(one.start)) for one in kept
    )
    return copies(data)


BASE = appointment("base", zoned("2027-01-05T09:30", BERLIN), minutes=30, rrule=WEEKLY)
MOVED = with_change(BASE, "2027-02-02T09:30", zoned("2027-02-03T17:00", BERLIN))
UTC_MOVED = with_change(
    appointment("utc", zoned("2027-01-05T08:30", "UTC"), minutes=30, rrule=WEEKLY),
    "2027-02-02T08:30",
    zoned("2027-02-03T17:00", "UTC"),
)
RDATE_MOVED = with_change(
    replace(BASE, rdates=("2027-02-04T09:30",)),
    "2027-02-04T09:30",
    zoned("2027-02-06T17:00", BERLIN),
)
DAYS = with_change(
    appointment("days", all_day("2027-01-05"), minutes=1440, rrule=WEEKLY),
    "2027-02-02",
    all_day("2027-02-06"),
)


def same(start: Moment, rrule: str = WEEKLY, **more: object) -> Appointment:
    return appointment("other", start, minutes=45, rrule=rrule, **more)


@pytest.mark.parametrize(
    ("changed", "other", "start"),
    [
        (MOVED, same(zoned("2027-01-26T09:30", BERLIN)), "20270202T093000"),
        (MOVED, same(zoned("2027-01-26T09:30", NEW_YORK)), "20270202T093000"),
        (MOVED, same(floating("2027-01-30T09:30"), "FREQ=DAILY;COUNT=9"), "20270202T093000"),
        (MOVED, same(zoned("2027-01-04T09:30", BERLIN), "FREQ=MONTHLY;BYDAY=1MO,1TU;COUNT=6"),
         "20270202T093000"),
        (MOVED, same(zoned("2027-01-30T09:30", BERLIN), "FREQ=DAILY;BYHOUR=9,20;COUNT=30"),
         "20270202T093000"),
        (MOVED, same(floating("2027-01-26T11:00"), rdates=("2027-02-02T09:30",)),
         "20270202T093000"),
        (UTC_MOVED, same(zoned("2027-01-26T08:30", "UTC")), "20270202T083000Z"),
        (UTC_MOVED, same(zoned("2027-01-26T03:30", NEW_YORK)), "20270202T033000"),
        (UTC_MOVED, same(floating("2027-01-26T08:30")), "20270202T083000"),
        (UTC_MOVED, same(floating("2027-01-26T11:00"), rdates=("2027-02-02T08:30",)),
         "20270202T083000"),
        (UTC_MOVED, same(zoned("2027-01-26T11:00", NEW_YORK), rdates=("2027-02-02T03:30",)),
         "20270202T033000"),
        (RDATE_MOVED, same(zoned("2027-01-28T09:30", BERLIN)), "20270204T093000"),
        (RDATE_MOVED, same(zoned("2027-01-26T11:00", NEW_YORK), rdates=("2027-02-04T03:30",)),
         "20270204T033000"),
        (DAYS, same(all_day("2027-01-26")), "20270202"),
        (DAYS, same(all_day("2027-01-27"), rdates=("2027-02-02",)), "20270202"),
        ([*with_change(BASE, "2027-02-02T09:30", zoned("2027-02-02T09:30", BERLIN))],
         same(zoned("2027-01-26T09:30", BERLIN)), "20270202T093000"),
    ],
)  # fmt: skip
def test_a_series_keeps_the_date_that_another_one_changed(
    tmp_path: Path, changed: list[Appointment], other: Appointment, start: str
) -> None:
    assert assert_read(tmp_path, [*changed, other]) == [("other", start)]


@pytest.mark.parametrize(
    ("changed", "other"),
    [
        # Another hour, another day, no date there, its own one, whole days, no series.
        (MOVED, same(zoned("2027-01-26T09:31", BERLIN))),
        (MOVED, same(zoned("2027-01-27T09:30", BERLIN))),
        (MOVED, same(zoned("2027-01-26T09:30", BERLIN), exdates=("2027-02-02T09:30",))),
        (MOVED, same(zoned("2027-02-09T09:30", BERLIN))),
        (MOVED, same(zoned("2027-01-05T09:30", BERLIN), "FREQ=WEEKLY;COUNT=4")),
        (MOVED, same(zoned("2027-01-26T03:30", NEW_YORK))),
        (MOVED, same(all_day("2027-01-26"))),
        (DAYS, same(zoned("2027-01-26T00:00", BERLIN))),
        (MOVED, replace(same(zoned("2027-02-02T09:30", BERLIN)), rrule="")),
        (with_change(BASE, "2027-02-02T09:30"), same(zoned("2027-01-26T09:30", BERLIN))),
    ],
)
def test_nothing_is_said_twice_without_need(
    tmp_path: Path, changed: list[Appointment], other: Appointment
) -> None:
    assert assert_read(tmp_path, [*changed, other]) == []


def test_series_that_changed_the_same_date_need_no_copy(tmp_path: Path) -> None:
    other = with_change(
        same(zoned("2027-01-26T09:30", NEW_YORK)),
        "2027-02-02T09:30",
        zoned("2027-02-05T12:00", NEW_YORK),
    )
    assert assert_read(tmp_path, [*MOVED, *other]) == []


def test_a_copy_makes_another_one_needed_where_it_has_a_name_of_its_own(tmp_path: Path) -> None:
    # In UTC it hides the one in New York, whose copy says 03:30, as the one without a zone does.
    zoneless = appointment("loose", floating("2027-01-26T03:30"), minutes=20, rrule=WEEKLY)
    entries = [*UTC_MOVED, same(zoned("2027-01-26T03:30", NEW_YORK)), zoneless]
    assert sorted(assert_read(tmp_path, entries)) == [
        ("loose", "20270202T033000"),
        ("other", "20270202T033000"),
    ]
    assert written(entries) == written(entries[::-1])


def test_a_date_in_the_repeated_hour_and_others_at_the_same_hour(tmp_path: Path) -> None:
    entries = [
        appointment("night", zoned("2027-10-30T02:30", BERLIN), minutes=30,
                    rrule="FREQ=DAILY;COUNT=4"),
        appointment("pill", floating("2027-10-29T02:30"), minutes=5, rrule="FREQ=DAILY;COUNT=5"),
        appointment("far", zoned("2027-10-29T02:30"), minutes=5, rrule="FREQ=DAILY;COUNT=5"),
    ]  # fmt: skip
    assert assert_read(tmp_path, entries) == [
        ("far", "20271031T023000"),
        ("pill", "20271031T023000"),
        ("night", "20271031T003000Z"),
    ]


def test_a_date_behind_a_gap_and_another_change_at_the_same_hour(tmp_path: Path) -> None:
    # libical reads the date behind the gap an hour late; in London that has its digits in UTC.
    london = appointment("london", zoned("2027-03-20T01:30", "Europe/London"), minutes=30,
                         rrule="FREQ=DAILY;COUNT=20")  # fmt: skip
    berlin = appointment("berlin", zoned("2027-03-20T01:30", BERLIN), minutes=20,
                         rrule="FREQ=DAILY;COUNT=20")  # fmt: skip
    changed = with_change(berlin, "2027-03-29T01:30", zoned("2027-03-29T12:00", BERLIN))
    assert assert_read(tmp_path, [london, *changed]) == [("london", "20270329T013000")]


def test_a_changed_date_without_its_series_hides_nothing(tmp_path: Path) -> None:
    alone = replace(MOVED[1], series=None)
    assert assert_read(tmp_path, [alone, same(zoned("2027-01-26T09:30", BERLIN))]) == [
        ("other", "20270202T093000")
    ]


def test_in_a_neutral_file_too() -> None:
    entries = [*MOVED, same(zoned("2027-01-26T09:30", BERLIN), title="Infliximab")]
    data = written(entries, neutral=True)
    assert copies(data) == [("other", "20270202T093000")]
    assert b"nfliximab" not in data
    assert len(read_calendar(data).events) == 3


def test_no_rule_is_asked_for_another_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Moment] = []

    def counted(start: Moment, *rest: object) -> Iterator[datetime]:
        asked.append(start)
        return expand(start, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(shared_dates, "expand", counted)
    others = [
        appointment(f"s{hour}", zoned(f"2027-01-05T{hour:02}:30", BERLIN), rrule="FREQ=WEEKLY")
        for hour in range(4, 20)
    ]  # fmt: skip
    assert copies(written([*MOVED, *others])) == [("s9", "20270202T093000")]
    assert set(asked) == {BASE.start, others[5].start}
