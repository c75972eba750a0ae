"""What three independent readers find in a calendar file is what the appointments say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.recurrence import expand, parse_rule
from caregiver_app.domain.times import AllDay, Floating, Zoned, wall, wall_instant, zone_names
from caregiver_app.integrations.ical import write_calendar
from caregiver_app.integrations.vtimezone import _changes, observances
from tests.integrations.making import (
    BERLIN,
    NEW_YORK,
    all_day,
    appointment,
    floating,
    local,
    visits,
    zoned,
)
from tests.tools.ics_readers import read_all

START, END = date(2026, 11, 1), date(2028, 12, 1)
STATUS = {"planned": "TENTATIVE", "booked": "CONFIRMED", "cancelled": "CANCELLED"}


def expected(entries: Iterable[Appointment], leads: Sequence[int]) -> list[str]:
    """The readers' lines, from the domain's own rules; no calendar file is involved."""
    return sorted(line for one in entries for line in _of(one, leads))


def _of(one: Appointment, leads: Sequence[int]) -> Iterator[str]:
    excluded = {datetime.fromisoformat(text) for text in one.exdates}
    for starts in _starts(one):
        if starts in excluded:
            continue
        if isinstance(one.start, AllDay):
            begins, ends = f"{starts:%Y-%m-%d}", f"{starts + timedelta(days=1):%Y-%m-%d}"
        elif isinstance(one.start, Floating):
            begins, ends = (
                f"{at:%Y-%m-%dT%H:%M:%S} floating"
                for at in (starts, starts + timedelta(minutes=one.minutes))
            )
        else:
            at = wall_instant(starts, one.start.zone)
            begins, ends = (
                f"{instant:%Y-%m-%dT%H:%M:%S}Z"
                for instant in (at, at + timedelta(minutes=one.minutes))
            )
        yield "\t".join((one.uid, begins, ends, one.title, _alarms(one, leads), STATUS[one.status]))


def _starts(one: Appointment) -> list[datetime]:
    if not one.rrule:
        return [wall(one.start)]
    window = (local("2026-11-01T00:00"), local("2028-12-01T00:00"))
    return list(expand(one.start, parse_rule(one.rrule, one.start), *window))


def _alarms(one: Appointment, leads: Sequence[int]) -> str:
    if one.status == "cancelled":
        return ""
    shift = 480 if isinstance(one.start, AllDay) else 0
    return "|".join(sorted(str((shift - lead) * 60) for lead in leads if lead >= shift))


def agreed(tmp_path: Path, entries: list[Appointment], leads: Sequence[int] = ()) -> int:
    """Assert that all readers find exactly what is expected, and return how much that is."""
    path = tmp_path / "calendar.ics"
    path.write_bytes(
        write_calendar(
            entries,
            name="Care",
            titles={},
            alarms={one.id: leads for one in entries},
            places={},
            version="1",
        )
    )
    lines = expected(entries, leads)
    for reader, found in read_all(path, START, END).items():
        assert found == lines, reader
    return len(lines)


def test_two_years_of_visits(tmp_path: Path) -> None:
    entries = [*visits(NEW_YORK, 15), *visits(BERLIN, 15)]
    assert agreed(tmp_path, entries, (10080, 1440, 120)) == 30
    assert {one.start.local.hour for one in entries if isinstance(one.start, Zoned)} == {9}


def test_series_over_clock_changes_with_exceptions(tmp_path: Path) -> None:
    entries = [
        appointment(
            f"weekly-{zone[-4:]}".lower(),
            zoned("2027-01-05T08:00", zone),
            rrule="FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20281101",
            exdates=("2027-03-16T08:00", "2027-03-30T08:00", "2027-11-09T08:00"),
        )
        for zone in (NEW_YORK, BERLIN, "Europe/Dublin", "Asia/Gaza", "Africa/Cairo", "UTC")
    ]
    entries += [
        appointment("fortnight", zoned("2026-11-22T18:00"), rrule="FREQ=WEEKLY;INTERVAL=2"),
        appointment("counted", zoned("2027-03-10T21:00"), rrule="FREQ=DAILY;COUNT=9", minutes=30),
    ]
    assert agreed(tmp_path, entries, (1440, 90)) > 1000


def test_all_day_and_floating(tmp_path: Path) -> None:
    entries = [
        appointment("day", all_day("2027-03-14")),
        appointment(
            "days",
            all_day("2027-03-12"),
            rrule="FREQ=DAILY;UNTIL=20270320",
            exdates=("2027-03-14",),
        ),
        appointment("pill", floating("2026-12-01T08:00"), minutes=15, rrule="FREQ=DAILY;COUNT=400"),
        appointment(
            "evening",
            floating("2027-03-01T22:30"),
            rrule="FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270701",
            exdates=("2027-03-04T22:30",),
        ),
        appointment("once", floating("2027-03-28T02:30"), status="cancelled"),
    ]
    assert agreed(tmp_path, entries, (1440, 600, 480)) > 400


def test_single_visits_around_every_change_of_the_clock_in_every_zone(tmp_path: Path) -> None:
    alike: dict[str, str] = {}
    for zone in sorted(zone_names() - {"localtime", "Factory"}):
        alike.setdefault(repr(observances(zone, START, END)), zone)
    entries = [
        appointment(
            f"{zone}-{change.local:%m%d}-{half}",
            Zoned(change.local + timedelta(minutes=30 * half), zone),
            minutes=90,
        )
        for zone in alike.values()
        for change in _changes(zone, 2027, 2027)
        for half in range(-6, 8)
    ]
    assert agreed(tmp_path, entries) > 500


def test_words_of_every_script(tmp_path: Path) -> None:
    words = "Ärztin, 头痛; \\N \\n دواء 💊 " * 4
    entry = appointment("words", zoned("2027-03-16T09:30"), title=words.strip())
    assert agreed(tmp_path, [entry]) == 1
