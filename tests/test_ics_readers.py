"""The three foreign readers agree on a file written by hand, and notice when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.ics_readers import READERS, UnreadableError, read, read_all

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//by hand//EN
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:20071104T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:weekly@by-hand
DTSTAMP:20261001T000000Z
DTSTART;TZID=America/New_York:20261020T093000
DTEND;TZID=America/New_York:20261020T120000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=America/New_York:20261027T093000
SUMMARY:Infusion\\, 头痛
STATUS:CONFIRMED
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:soon
TRIGGER:-PT2H
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:tomorrow
TRIGGER:-P1D
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:weekly@by-hand
DTSTAMP:20261001T000000Z
RECURRENCE-ID;TZID=America/New_York:20261103T093000
DTSTART;TZID=America/New_York:20261104T100000
DTEND;TZID=America/New_York:20261104T123000
SUMMARY:Infusion moved
STATUS:TENTATIVE
END:VEVENT
BEGIN:VEVENT
UID:floating@by-hand
DTSTAMP:20261001T000000Z
DTSTART:20261025T080000
DTEND:20261025T080500
SUMMARY:Pill
END:VEVENT
BEGIN:VEVENT
UID:allday@by-hand
DTSTAMP:20261001T000000Z
DTSTART;VALUE=DATE:20261101
DTEND;VALUE=DATE:20261102
SUMMARY:Papers due
END:VEVENT
END:VCALENDAR
"""

WEEKLY = "Infusion, 头痛\t-7200|-86400\tCONFIRMED"
# New York leaves summer time on 1 November 2026: 09:30 is 13:30 UTC before it and 14:30 after.
EXPECTED = [
    "allday@by-hand\t2026-11-01\t2026-11-02\tPapers due\t\t",
    "floating@by-hand\t2026-10-25T08:00:00 floating\t2026-10-25T08:05:00 floating\tPill\t\t",
    f"weekly@by-hand\t2026-10-20T13:30:00Z\t2026-10-20T16:00:00Z\t{WEEKLY}",
    "weekly@by-hand\t2026-11-04T15:00:00Z\t2026-11-04T17:30:00Z\tInfusion moved\t\tTENTATIVE",
    f"weekly@by-hand\t2026-11-10T14:30:00Z\t2026-11-10T17:00:00Z\t{WEEKLY}",
]


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    path = tmp_path / "by hand.ics"
    path.write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    return path


def test_all_readers_find_the_same_occurrences(calendar: Path):
    assert read_all(calendar, "2026-10-01", "2026-12-01") == dict.fromkeys(READERS, EXPECTED)


def test_only_the_window_that_is_asked_for_is_read(calendar: Path):
    assert read_all(calendar, "2026-11-02", "2026-11-05") == dict.fromkeys(READERS, EXPECTED[3:4])


@pytest.mark.parametrize("reader", READERS)
def test_a_wrong_zone_rule_is_noticed(calendar: Path, reader: str):
    wrong = calendar.read_bytes().replace(b"TZOFFSETTO:-0500", b"TZOFFSETTO:-0600")
    wrong = wrong.replace(b"TZOFFSETFROM:-0500", b"TZOFFSETFROM:-0600")
    wrong = wrong.replace(b"America/New_York", b"Made Up/Zone")
    calendar.write_bytes(wrong)
    assert read(reader, calendar, "2026-10-01", "2026-12-01") != EXPECTED


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_no_calendar_is_an_error_or_empty(tmp_path: Path, reader: str):
    path = tmp_path / "no.ics"
    path.write_text("good morning\n", encoding="utf-8")
    try:
        found = read(reader, path, "2026-10-01", "2026-12-01")
    except UnreadableError:
        found = []
    assert found == []
