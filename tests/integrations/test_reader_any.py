"""Whatever a file says, reading it ends in events that can be used or in one plain refusal."""

from __future__ import annotations

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.recurrence import read_rule
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import IncomingFile, event_from, to_json
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.messages import words

NAMES = st.sampled_from([
    "BEGIN", "END", "UID", "DTSTART", "DTSTART;VALUE=DATE", "DTSTART;TZID=Europe/Berlin",
    "DTSTART;TZID=Home", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "RDATE;VALUE=PERIOD",
    "EXDATE", "RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE", "SEQUENCE", "SUMMARY",
    "TRIGGER", "TZID", "TZOFFSETTO", "TZOFFSETFROM", "X-WR-TIMEZONE", "X-CAREGIVER-TYPE", "",
])  # fmt: skip
VALUES = st.one_of(
    st.sampled_from([
        "VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VTODO", "X",
        "20261124T080000Z", "20261124T080000", "20261124", "20261126T080000", "19000101",
        "22001231T235959", "20261124T080000Z/PT1H", "20261124T080000Z/20261123T080000Z",
        "PT1H", "-P1D", "P9999999D", "PT0S", "FREQ=DAILY", "FREQ=WEEKLY;COUNT=3", "FREQ=YEARLY",
        "FREQ=DAILY;UNTIL=20261130", "FREQ=HOURLY;INTERVAL=6", "FREQ=MONTHLY;BYDAY=-1FR",
        "Home", "Europe/Berlin", "+0123", "-2359", "1", "a", "",
    ]),
    st.text(max_size=20),
)  # fmt: skip
LINES = st.one_of(
    st.builds("{}:{}".format, NAMES, VALUES),
    st.text(max_size=30),
    st.sampled_from(
        ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VEVENT\nUID:a\nDTSTART:20261124T080000Z"]
    ),
)
ENDINGS = st.sampled_from(["\r\n", "\n", "\r"])


def file_of(lines: list[str], ending: str) -> bytes:
    """Return a file of these lines."""
    return ending.join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "replace")


FILES = st.builds(file_of, st.lists(LINES, max_size=25), ENDINGS)


def read(data: bytes) -> IncomingFile | InputRefused:
    """Return what a file says, or why it is refused."""
    try:
        return read_calendar(data)
    except InputRefused as refused:
        return refused


@settings(max_examples=300)
@given(st.one_of(FILES, st.binary(max_size=200)))
@example(b"\xff\xfe\x00")
@example(b"\xc3\n \xa9\xff")
@example(b"BEGIN:VEVENT\nDTSTART;TZID=:20261124T080000\nRRULE:FREQ=DAILY;COUNT=0\nEND:VEVENT")
@example(b"BEGIN:VEVENT\nDTSTART:19000101T000000+2359\nEND:VEVENT")
@example(b"BEGIN:VEVENT\nDTSTART:22001231T240000\nEND:VEVENT")
@example(
    b"BEGIN:VEVENT\nDTSTART;TZID=Asia/Tokyo:20261124T080000\nRDATE:22001231T235959Z\nEND:VEVENT"
)
@example(b"BEGIN:VEVENT\nDTSTART:20261124T080000\nDURATION:P9999999D\nEND:VEVENT")
def test_any_text_ends_in_events_or_in_a_refusal(data: bytes):
    file = read(data)
    if isinstance(file, InputRefused):
        assert words(file.key, **file.values) != file.key
        return
    for one in file.events:
        assert event_from(json.loads(json.dumps(to_json(one)))) == one
        assert one.minutes >= 0
        assert one.sequence >= 0
        if one.rrule:
            assert read_rule(one.rrule, one.moment)
        for text in (one.start, *one.exdates, *one.rdates):
            assert ("T" in text) == ("T" in one.start)
            assert "1900" <= text[:4] <= "2200"
        assert all(words(each.key, **each.values) != each.key for each in one.remarks)
    assert all(
        words(each.reason.key, **each.reason.values) != each.reason.key for each in file.skipped
    )
