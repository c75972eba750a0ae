"""Lines of foreign files that an event keeps: written back, and never able to leave the event."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from caregiver_app.integrations.lines import components, decoded
from caregiver_app.integrations.reader import read_calendar
from tests.integrations.making import appointment, zoned
from tests.integrations.test_ical import lines, write

ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER;RELATED=END:-PT5M\nEND:VALARM"


def with_extra(extra: str, **more: object) -> list[str]:
    return lines(appointment("a", zoned("2026-11-24T09:30"), extra=extra, **more))


def test_properties_stand_before_parts_and_both_inside_the_event():
    told = with_extra(f"X-ALT-DESC;FMTTYPE=text/html:<b>hi</b>\n{ALARM}\nCATEGORIES:A,B")
    place = told.index("X-CAREGIVER-TYPE:other")
    assert told[place + 1 :] == [
        "X-ALT-DESC;FMTTYPE=text/html:<b>hi</b>",
        "CATEGORIES:A,B",
        *ALARM.split("\n"),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert read_calendar(write(appointment("a", zoned("2026-11-24T09:30"), extra="X-A:1"))
                         ).events[0].extra == "X-A:1"  # fmt: skip


@pytest.mark.parametrize(
    ("extra", "kept"),
    [
        ("END:VEVENT\nBEGIN:VEVENT\nUID:other\nX-A:1", []),
        ("BEGIN:VEVENT\nUID:other\nEND:VEVENT\nX-A:1", ["X-A:1"]),
        ("BEGIN:VALARM\nACTION:AUDIO\nX-A:1", []),
        ("END:VALARM\nX-A:1\nEND:VCALENDAR", ["X-A:1"]),
        ("BEGIN:X-A\nBEGIN:X-B\nX-C:1\nEND:X-A\nX-D:1", ["X-D:1", "BEGIN:X-A", "END:X-A"]),
        ("uid:mine\nDTSTART:20200101T000000Z\nSEQUENCE:9\nRRULE:FREQ=DAILY\nMETHOD:CANCEL", []),
        ("ATTENDEE:mailto:a@example\nORGANIZER:mailto:b@example\nATTACH:file:///etc/passwd", []),
        ("X-CAREGIVER-TYPE:drive\nX-CAREGIVER-CLOCK:1\nX-CAREGIVER-DATE:20260101T000000", []),
        ("X-A:one\r\n two\r\n\tthree\rX-B:\x00\x07\x1b4", ["X-A:onetwothree", "X-B:4"]),
        ("EXDATE:20261201T143000Z\nX-A:1", ["EXDATE:20261201T143000Z", "X-A:1"]),
        ("EXDATE;TZID=America/New_York:20261124T093000\nX-A:1", ["X-A:1"]),
        ("RRULE:RSCALE=CHINESE;FREQ=YEARLY", ["RRULE:RSCALE=CHINESE;FREQ=YEARLY"]),
        ("RRULE:FREQ=MINUTELY", []),
        ("RDATE:20261201T143000Z\nEXRULE:FREQ=DAILY\nDTEND:", []),
        ("no line at all\n:empty\n;\nX-A", []),
        ("BEGIN:A\nBEGIN:B\nBEGIN:C\nBEGIN:D\nBEGIN:E\nEND:E\nEND:D\nEND:C\nEND:B\nEND:A",
         ["BEGIN:A", "BEGIN:B", "BEGIN:C", "BEGIN:D", "END:D", "END:C", "END:B", "END:A"]),
    ],
)  # fmt: skip
def test_what_is_left_of_it(extra: str, kept: list[str]):
    plain = with_extra("")
    place = plain.index("END:VEVENT")
    assert with_extra(extra) == [*plain[:place], *kept, *plain[place:]]


def test_a_series_keeps_no_other_repetition():
    told = with_extra("EXDATE:20261201T143000Z\nX-A:1", rrule="FREQ=WEEKLY")
    assert [one for one in told if one.startswith(("EXDATE", "X-A"))] == ["X-A:1"]


@pytest.mark.parametrize(
    ("minutes", "ends"),
    [
        (0, ["DTEND;TZID=America/New_York:20261124T093000"]),
        (30, ["DTEND;TZID=America/New_York:20261124T100000"]),
    ],
)
def test_an_end_at_the_start_stays_one(minutes: int, ends: list[str]):
    told = with_extra("DTEND:", minutes=minutes)
    assert [one for one in told if one.startswith("DTEND")] == ends
    assert not [one for one in with_extra("", minutes=0) if one.startswith("DTEND")]


def test_a_neutral_file_keeps_all_of_it_quiet():
    entry = appointment("a", zoned("2026-11-24T09:30"), extra=f"X-ALT-DESC:Infliximab\n{ALARM}",
                        type="infusion")  # fmt: skip
    data = write(entry, neutral=True)
    assert b"X-" not in data.replace(b"X-WR-CALNAME", b"")
    assert b"VALARM" not in data
    assert b"X-CAREGIVER-TYPE:infusion" in write(entry)


def test_a_cancelled_visit_rings_nowhere_by_kept_alarms_either():
    told = with_extra(f"X-A:1\n{ALARM}", status="cancelled")
    assert "X-A:1" in told
    assert "BEGIN:VALARM" not in told


pieces = st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:X", "END:X", "X-A:1",
     "UID:b", " folded", "\n", "\r", "\u2028", "END:VCALENDAR", "BEGIN",
     'X-A;B="c:X', "\t", "é" * 80,
     "END;X=1:VEVENT", "begin:vevent", "END: VEVENT ", "\x0bEND:VEVENT", "\ufeffEND:VEVENT"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(pieces | st.text(max_size=20), max_size=25).map("\n".join))
@example("X-A:1\x85END:VEVENT")
def test_whatever_it_holds_there_is_one_event_in_one_calendar(extra: str):
    entries = [
        appointment("a", zoned("2026-11-24T09:30"), extra=extra),
        appointment("b", zoned("2026-11-25T09:30"), extra=extra, rrule="FREQ=DAILY;COUNT=2"),
    ]
    data = write(*entries)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (calendar,), bad = components(decoded(data))
    assert not bad
    assert [part.name for part in calendar.parts] == ["VTIMEZONE", "VEVENT", "VEVENT"]
    assert all(line.name != "" for part in calendar.parts for line in part.lines)
    uids = [[line.value for line in part.all("UID")] for part in calendar.parts[1:]]
    assert uids == [["a@example"], ["b@example"]]
    assert len(Calendar.from_ical(data).events) == 2
    # What went out and came back goes out the same.
    again = [one.extra for one in read_calendar(data).events]
    assert [one.extra for one in read_calendar(write(*(
        appointment(name, zoned("2026-11-24T09:30"), extra=text)
        for name, text in zip("ab", again, strict=True)))).events] == again  # fmt: skip
