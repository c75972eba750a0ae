"""What three independent readers find in a calendar file is what the appointments say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.times import AllDay, Zoned, zone_names
from caregiver_app.integrations.ical import write_calendar
from caregiver_app.integrations.incoming import Incoming
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.integrations.vtimezone import changes, observances
from tests.integrations import everything
from tests.integrations.everything import LEADS, ZONES, inside, line_of, whole_calendar
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
from tests.tools.ics_readers import ALL_EXCEPTIONS, READERS, read

WAYS = (*READERS, ALL_EXCEPTIONS)
START, END = date(2026, 11, 1), date(2028, 12, 1)


def expected(entries: Iterable[Appointment], leads: Sequence[int]) -> list[str]:
    """The readers' lines, from the domain's own rules; no calendar file is involved."""
    low, high = local("2026-11-01T00:00"), local("2028-12-01T00:00")
    return sorted(
        line_of(one, each.start, leads) for one in entries for each in occurrences(one, low, high)
    )


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
    for reader in WAYS:
        assert (reader, read(reader, path, START, END)) == (reader, lines)
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
        for change in changes(zone, 2027, 2027)
        for half in range(-6, 8)
    ]
    assert agreed(tmp_path, entries) > 500


def test_words_of_every_script(tmp_path: Path) -> None:
    words = "Ärztin, 头痛; \\N \\n دواء 💊 " * 4
    entry = appointment("words", zoned("2027-03-16T09:30"), title=words.strip())
    assert agreed(tmp_path, [entry]) == 1


# -- Everything, in many zones ---------------------------------------------------------------------

# libical 3.0 takes 22:30 in Nuuk for skipped on the evening on which 23:00 is.
LIBICAL_MISREADS_ZONES = ("America/Nuuk", "America/Godthab", "America/Scoresbysund")
# A year or some months behind a date in a gap, libical now and then reads one an hour late.
LIBICAL_MISREADS = ("-nth@", "-yearly@", "-monthly@")
# Several hours a day: libical walks them by its own idea of a zone, not by the file's VTIMEZONE;
# recurring-ical-events takes one for the other where they are as far apart as the zone from UTC.
ONLY_ICALJS_READS = "hours-"


def whole_file(entries: Sequence[Appointment]) -> bytes:
    return write_calendar(
        entries,
        name="Care",
        titles={},
        alarms={one.id: LEADS for one in entries},
        places={},
        version="1",
    )


def readers_agree(tmp_path: Path, zone: str) -> int:
    """Assert that the readers find in three years of a zone what the domain says; tell how much."""
    return all_agree(tmp_path, whole_calendar(zone))


def all_agree(tmp_path: Path, entries: Sequence[Appointment]) -> int:
    """Assert that the readers find in three years what the domain says; tell how much."""
    path = tmp_path / "calendar.ics"
    path.write_bytes(whole_file(entries))
    told = everything.expected(entries)
    assert len(told) == len(set(told))
    for reader in WAYS:
        found = inside(read(reader, path, everything.FIRST, everything.LAST))
        found, wanted = ([line for line in lines if sure(reader, line)] for lines in (found, told))
        missing, more = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
        assert (reader, sorted(missing), sorted(more)) == (reader, [], [])
    return len(told)


def sure(reader: str, line: str) -> bool:
    """Tell whether a reader is known to read a line as it is meant."""
    uid = line.partition("\t")[0]
    if reader.startswith("ical.js"):
        return True
    if uid.startswith(ONLY_ICALJS_READS):
        return False
    if reader != "libical":
        return True
    if uid.startswith(LIBICAL_MISREADS_ZONES):
        return False
    return not any(kind in uid for kind in LIBICAL_MISREADS)


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Europe/London", "Australia/Lord_Howe"]
)
def test_everything_around_the_changes_of_the_clock(tmp_path: Path, zone: str) -> None:
    assert readers_agree(tmp_path, zone) > 8000


@pytest.mark.long
@pytest.mark.parametrize("zone", ZONES)
def test_everything_in_thirty_zones(tmp_path: Path, zone: str) -> None:
    assert len(ZONES) == 30
    assert readers_agree(tmp_path, zone) > 500


@pytest.mark.long
def test_everything_of_thirty_zones_in_one_file(tmp_path: Path) -> None:
    """ical.js relates each exception of a file to each event: not all of it fits into memory."""
    chosen = [
        within_years(one)
        for zone in ZONES
        for one in whole_calendar(zone)
        if "/" not in one.id or any(place in one.id for place in ("-0-1-", "-0-3-", "-1-2-"))
    ]
    assert all_agree(tmp_path, chosen) > 90_000


def within_years(one: Appointment) -> Appointment:
    """Return an entry that does not go on for ever."""
    if not one.rrule or "COUNT" in one.rrule or "UNTIL" in one.rrule:
        return one
    hour = "" if isinstance(one.start, AllDay) else "T000000"
    return replace(one, rrule=f"{one.rrule};UNTIL=20281231{hour}")


@pytest.mark.long
def test_everything_in_every_set_of_rules(tmp_path: Path) -> None:
    alike: dict[str, str] = {}
    for zone in sorted(zone_names() - {"localtime", "Factory"}):
        rules = repr(observances(zone, everything.FIRST, everything.LAST))
        alike.setdefault(rules, zone)
    zones = sorted(set(alike.values()) - set(ZONES))
    assert len(zones) > 30
    assert sum(readers_agree(tmp_path, zone) for zone in zones) > 100_000


def kept_again(file: Sequence[Incoming]) -> list[Appointment]:
    """Return what a file says as entries, a changed date among the left out ones of its series."""
    found: list[Appointment] = []
    for number, one in enumerate(file):
        changed = [each.original for each in file if each.uid == one.uid and each.original]
        found.append(
            appointment(
                f"n{number}", one.moment, uid=one.uid, title=one.title, minutes=one.minutes,
                rrule=one.rrule, exdates=(*one.exdates, *changed), rdates=one.rdates,
                status=one.status,
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Europe/London", "America/Havana", "Asia/Kolkata"]
)
def test_our_own_file_read_back_has_the_same_dates(zone: str) -> None:
    entries = whole_calendar(zone)
    file = read_calendar(whole_file(entries))
    assert not file.skipped
    assert not file.dropped
    assert everything.expected(kept_again(file.events)) == everything.expected(entries)
    kept = {one.uid: one for one in entries if one.rrule}
    originals = {
        (one.uid, one.original) for one in entries if one.series and one.status == "booked"
    }
    assert {(one.uid, one.original) for one in file.events if one.original} == originals
    assert {one.uid for one in file.events if one.rrule} == set(kept)


def test_an_event_that_only_tells_the_hour_counts_again_once_it_was_changed() -> None:
    series = appointment("night", zoned("2026-10-20T22:00", BERLIN), minutes=600,
                         rrule="FREQ=DAILY;COUNT=9")  # fmt: skip
    data = whole_file([series])
    assert data.count(b"X-CAREGIVER-CLOCK") == 1
    assert len(read_calendar(data).events) == 1
    end = b"DTEND;TZID=Europe/Berlin:20261025T0"
    for old, new in ((b"LAST-MODIFIED:2026", b"LAST-MODIFIED:2027"), (end + b"7", end + b"6")):
        assert old in data
        assert len(read_calendar(data.replace(old, new)).events) == 2


def test_dates_for_other_readers_come_back_as_what_they_stand_for() -> None:
    series = appointment("pill", zoned("2027-03-20T02:30", BERLIN), rrule="FREQ=DAILY;COUNT=20",
                         exdates=("2027-03-22T02:30",), rdates=("2027-03-28T03:00",))  # fmt: skip
    data = whole_file([series])
    assert data.count(b"\r\nEXDATE") == 4
    (one,) = read_calendar(data).events
    assert (one.exdates, one.rdates, one.extra) == (series.exdates, series.rdates, "")
    # Somebody took one of them away: the rest means what it says.
    (less,) = read_calendar(
        data.replace(b"EXDATE;TZID=Europe/Berlin:20270328T023000\r\n", b"")
    ).events
    assert len(less.exdates) > 1


def test_a_moved_date_in_a_gap_keeps_the_date_that_it_replaces() -> None:
    series = appointment("pill", zoned("2027-03-20T02:30", BERLIN), rrule="FREQ=DAILY;COUNT=20",
                         exdates=("2027-03-28T02:30",))  # fmt: skip
    moved = replace(
        series, id="m", series=series.id, original="2027-03-28T02:30", rrule="", exdates=(),
        start=zoned("2027-03-28T09:00", BERLIN),
    )  # fmt: skip
    master, one = read_calendar(whole_file([series, moved])).events
    assert (master.exdates, master.rdates) == ((), ())
    assert (one.original, one.start, one.extra) == ("2027-03-28T02:30", "2027-03-28T09:00", "")
