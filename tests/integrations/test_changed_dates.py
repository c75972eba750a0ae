"""Changed dates of a series in a calendar file: what is written, and what three readers find."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, Floating, Moment, to_text, wall, wall_instant
from tests.integrations.making import BERLIN, NEW_YORK, all_day, appointment, floating, zoned
from tests.integrations.test_calendar_readers import END, START
from tests.integrations.test_ical import lines, write
from tests.tools.ics_readers import read_all


def changed(series: Appointment, original: str, start: Moment, **more: object) -> Appointment:
    told: dict[str, object] = {
        "uid": series.uid, "series": series.id, "original": original, "sequence": 2,
        "title": "Changed", **more,
    }  # fmt: skip
    return appointment(f"{series.id}-{original}", start, **told)


def weekly(start: Moment, *left_out: str, **more: object) -> Appointment:
    return appointment(
        "weekly", start, rrule="FREQ=WEEKLY;COUNT=8", exdates=left_out, minutes=45, **more
    )


def test_a_changed_date_names_its_original_in_the_kind_and_zone_of_the_series():
    series = weekly(zoned("2027-03-02T09:30", BERLIN), "2027-03-09T09:30", "2027-03-16T09:30",
                    "2027-03-23T09:30", rdates=("2027-04-01T16:00",))  # fmt: skip
    told = lines(
        changed(series, "2027-03-09T09:30", zoned("2027-03-10T11:00", NEW_YORK)),
        series,
        changed(series, "2027-03-16T09:30", zoned("2027-03-16T09:30"), status="cancelled"),
    )
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20270309T093000" in told
    assert "DTSTART;TZID=America/New_York:20270310T110000" in told
    assert "RDATE:20270401T140000Z" in told, "libical overlooks the zone of an RDATE"
    left_out = [one for one in told if one.startswith("EXDATE")]
    assert left_out == [
        "EXDATE;TZID=Europe/Berlin:20270316T093000", "EXDATE;TZID=Europe/Berlin:20270323T093000",
    ]  # fmt: skip
    uids = [one for one in told if one.startswith("UID")]
    assert uids == [f"UID:{series.uid}"] * 2, "the cancelled one is only left out"
    places = [number for number, one in enumerate(told) if one.startswith(("RRULE", "RECURRENCE"))]
    assert told[places[0]].startswith("RRULE"), "the series comes before its changed dates"
    assert told.count("BEGIN:VTIMEZONE") == 2


@pytest.mark.parametrize(
    ("start", "original", "said"),
    [
        (all_day("2027-03-02"), "2027-03-09", "RECURRENCE-ID;VALUE=DATE:20270309"),
        (floating("2027-03-02T08:00"), "2027-03-09T08:00", "RECURRENCE-ID:20270309T080000"),
        (zoned("2027-03-02T08:00", "UTC"), "2027-03-09T08:00", "RECURRENCE-ID:20270309T080000Z"),
    ],
)
def test_each_kind_of_time(start, original, said):
    series = weekly(start, original)
    assert said in lines(series, changed(series, original, zoned("2027-03-10T11:00")))


def test_without_its_series_it_names_the_date_all_the_same():
    series = weekly(zoned("2027-03-02T09:30"), "2027-03-09T09:30")
    told = lines(changed(series, "2027-03-09T09:30", zoned("2027-03-10T11:00")))
    named = [one for one in told if one.startswith(("RECURRENCE-ID", "EXDATE"))]
    assert named == ["RECURRENCE-ID;TZID=America/New_York:20270309T093000"]


def line(one: Appointment, start: Moment) -> str:
    if isinstance(start, AllDay):
        begins, ends = f"{start.day}", f"{start.day + timedelta(days=1)}"
    elif isinstance(start, Floating):
        last = start.local + timedelta(minutes=one.minutes)
        begins, ends = (f"{at:%Y-%m-%dT%H:%M:%S} floating" for at in (start.local, last))
    else:
        at = wall_instant(start.local, start.zone)
        last = at + timedelta(minutes=one.minutes)
        begins, ends = (f"{moment:%Y-%m-%dT%H:%M:%S}Z" for moment in (at, last))
    return f"{one.uid}\t{begins}\t{ends}\t{one.title}\t\tCONFIRMED"


@pytest.mark.parametrize(
    ("start", "there"),
    [
        (zoned("2027-03-02T09:30", NEW_YORK), zoned("2027-03-13T11:00", NEW_YORK)),
        (zoned("2027-03-02T09:30", BERLIN), zoned("2027-04-07T09:30", BERLIN)),
        (zoned("2027-03-02T09:30", BERLIN), zoned("2027-03-10T07:00", NEW_YORK)),
        (zoned("2027-03-02T09:30", "UTC"), zoned("2027-03-10T07:00", "UTC")),
        (floating("2027-03-02T09:30"), floating("2027-03-10T07:00")),
        (all_day("2027-03-02"), all_day("2027-03-11")),
    ],
)
def test_three_readers_find_the_changed_dates(tmp_path: Path, start: Moment, there: Moment):
    days = [wall(start) + timedelta(weeks=week) for week in range(8)]
    keys = [
        to_text(AllDay(day.date()) if isinstance(start, AllDay) else Floating(day)) for day in days
    ]
    series = weekly(start, keys[1], keys[2], keys[4])
    moved = changed(series, keys[1], there, minutes=20)
    gone = changed(series, keys[4], start, status="cancelled")
    path = tmp_path / "calendar.ics"
    path.write_bytes(write(series, moved, gone))
    stays = [
        AllDay(day.date()) if isinstance(start, AllDay) else type(start)(day, *_zone(start))
        for number, day in enumerate(days)
        if number not in (1, 2, 4)
    ]
    expected = sorted([line(moved, there), *(line(series, one) for one in stays)])
    for reader, found in read_all(path, START, END).items():
        assert found == expected, reader


def _zone(start: Moment) -> tuple[str, ...]:
    return (start.zone,) if hasattr(start, "zone") else ()
