"""What a foreign event says of itself: RFC 5545 3.6.1, 3.6.6, 3.8.2 and what stays for others."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from caregiver_app.assets import read_text
from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.integrations.incoming import event_from, to_json
from tests.integrations.foreign import dates, event, read_event, read_lines, remarks

START = "DTSTART:20261124T080000Z"
BERLIN = "DTSTART;TZID=Europe/Berlin:20260328T120000"
DAY = "DTSTART;VALUE=DATE:20261124"


def alarm(*lines: str) -> tuple[str, ...]:
    """Return the lines of a VALARM."""
    return ("BEGIN:VALARM", *lines, "END:VALARM")


# -- 3.6.1, 3.8.2.2, 3.8.2.5 How long it lasts -----------------------------------------------------


@pytest.mark.parametrize(
    ("start", "line", "minutes"),
    [
        (START, "X-NONE:1", 0),
        (START, "DTEND:20261124T093000Z", 90),
        (START, "DTEND;TZID=Europe/Berlin:20261124T103000", 90),
        (START, "DTEND:20261124T085959Z", 60),
        (START, "DTEND:20261124T080029Z", 0),
        (START, "DTEND:20261124T080000Z", 0),
        (START, "DTEND;VALUE=DATE:20261125", 960),
        (START, "DURATION:PT1H30M", 90),
        (START, "DURATION:P1W", 7 * 1440),
        (START, "DURATION:+P1DT2H", 1560),
        (START, "DURATION:PT45S", 1),
        (START, "DURATION:P0D", 0),
        (START, "DTEND:20261124T093000Z\r\nDURATION:PT5H", 90),
        (DAY, "X-NONE:1", 1440),
        (DAY, "DTEND;VALUE=DATE:20261125", 1440),
        (DAY, "DTEND;VALUE=DATE:20261127", 3 * 1440),
        (DAY, "DTEND;VALUE=DATE:20261124", 1440),
        (DAY, "DTEND:20261126T000000Z", 2 * 1440),
        (DAY, "DTEND:20261126T120000", 3 * 1440),
        (DAY, "DURATION:P2D", 2 * 1440),
        (DAY, "DURATION:PT36H", 2 * 1440),
        ("DTSTART:20261124T080000", "DTEND:20261124T090000", 60),
    ],
)
def test_how_long_it_lasts(start: str, line: str, minutes: int):
    one = read_event(start, line)
    assert (one.minutes, one.remarks) == (minutes, ())


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("DTEND;TZID=Europe/Berlin:20260329T120000", 23 * 60),
        ("DURATION:P1D", 23 * 60),
        ("DURATION:PT24H", 24 * 60),
        ("DURATION:P1DT1H", 24 * 60),
    ],
)
def test_days_are_of_the_calendar_and_hours_of_the_clock(line: str, minutes: int):
    assert read_event(BERLIN, line).minutes == minutes


@pytest.mark.parametrize(
    ("start", "line", "minutes"),
    [
        (START, "DTEND:20261124T070000Z", 0),
        (START, "DTEND;TZID=Asia/Tokyo:20261124T120000", 0),
        (START, "DTEND:later", 0),
        (START, "DURATION:-PT1H", 0),
        (START, "DURATION:long", 0),
        (START, "DURATION:P1Y", 0),
        (DAY, "DTEND;VALUE=DATE:20261120", 1440),
    ],
)
def test_an_end_that_makes_no_sense_is_told_and_the_event_kept(start: str, line: str, minutes: int):
    one = read_event(start, line)
    assert one.minutes == minutes
    assert [remark.key for remark in one.remarks] == ["import.end_unread"]


def test_a_duration_helps_where_the_end_cannot_be_read():
    assert read_event(START, "DTEND:later", "DURATION:PT2H").minutes == 120


@pytest.mark.parametrize("line", ["DTEND:20281124T080000Z", "DURATION:P9999999D", "DURATION:P99W"])
def test_what_lasts_longer_than_a_year_is_cut_and_told(line: str):
    one = read_event(START, line)
    assert one.minutes == 366 * 1440
    assert [remark.key for remark in one.remarks] == ["import.cut_length"]


def test_whole_days_end_on_the_day_before_their_end():
    file = read_lines(*event(DAY, "DTEND;VALUE=DATE:20261127", "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert dates(file, ends=True) == ["2026-11-24 2026-11-27", "2026-12-01 2026-12-04"]


def test_an_event_without_a_start_is_told():
    file = read_lines(*event("SUMMARY:Lab"), *event(START))
    (left_out,) = file.skipped
    assert (left_out.line, left_out.title, left_out.reason.key) == (4, "Lab", "import.no_start")


# -- 3.6.6 Alarms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "trigger", "lead"),
    [
        (START, "TRIGGER:-PT15M", 15),
        (START, "TRIGGER:PT0S", 0),
        (START, "TRIGGER:-P1D", 1440),
        (START, "TRIGGER;RELATED=START:-PT90M", 90),
        (START, "TRIGGER;RELATED=END:-PT3H", 60),
        (START, "TRIGGER;VALUE=DATE-TIME:20261124T070000Z", 60),
        (START, "TRIGGER:-PT30S", 1),
        (DAY, "TRIGGER:-P1D", 1440 + 480),
        (DAY, "TRIGGER:PT8H", 0),
        (DAY, "TRIGGER:-PT16H", 1440),
    ],
)
def test_an_alarm_before_the_start_is_a_lead(start: str, trigger: str, lead: int):
    one = read_event(start, "DURATION:PT2H", *alarm("ACTION:DISPLAY", trigger))
    assert (one.alarms, one.extra) == ((lead,), "")


@pytest.mark.parametrize(
    ("start", "trigger"),
    [
        (START, "TRIGGER:PT15M"),
        (START, "TRIGGER;RELATED=END:-PT5M"),
        (START, "TRIGGER;VALUE=DATE-TIME:20261124T080100Z"),
        (f"{START}\r\nRRULE:FREQ=DAILY", "TRIGGER;VALUE=DATE-TIME:20261124T070000Z"),
        (f"{START}\r\nRDATE:20261125T080000Z", "TRIGGER;VALUE=DATE-TIME:20261124T070000Z"),
        (DAY, "TRIGGER;VALUE=DATE-TIME:20261123T070000Z"),
        (START, "TRIGGER:-P400D"),
        (START, "TRIGGER:now"),
        (START, "X-TRIGGER:-PT5M"),
    ],
)
def test_any_other_alarm_stays_word_by_word(start: str, trigger: str):
    lines = alarm("ACTION:AUDIO", trigger, "X-SOUND:bell\\, loud")
    file = read_lines(*event(start, "DURATION:PT1H", *lines))
    assert file.events[0].alarms is None
    assert file.events[0].extra == "\n".join(lines)
    assert file.dropped == {}


def test_other_actions_become_a_notice_and_are_counted():
    file = read_lines(
        *event(START, *alarm("ACTION:EMAIL", "TRIGGER:-PT1H"), *alarm("TRIGGER:-PT5M"),
               *alarm("ACTION:AUDIO", "TRIGGER:-P1D"))
    )  # fmt: skip
    assert file.events[0].alarms == (1440, 60, 5)
    assert file.dropped == {"VALARM EMAIL": 1, "VALARM AUDIO": 1}


def test_more_alarms_than_can_be_kept_stay_as_they_are():
    file = read_lines(
        *event(START, *(each for n in range(25) for each in alarm(f"TRIGGER:-PT{n}M")))
    )
    (one,) = file.events
    assert one.alarms == tuple(range(19, -1, -1))
    assert one.extra.count("BEGIN:VALARM") == 5
    assert "TRIGGER:-PT24M" in one.extra


def test_no_alarm_is_something_else_than_none_that_counts():
    assert read_event(START).alarms is None


# -- What it says ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "status"),
    [("X-NONE:1", ""), ("STATUS:CONFIRMED", "booked"), ("STATUS:tentative", "planned"),
     ("STATUS:CANCELLED", "cancelled"), ("STATUS:MAYBE", "")],
)  # fmt: skip
def test_status(line: str, status: str):
    assert read_event(START, line).status == status


def test_a_long_title_is_cut_and_stands_whole_in_the_note():
    long = "Infusion " * 30
    one = read_event(START, f"SUMMARY:{long}", f"LOCATION:{long}", "DESCRIPTION:fasting")
    assert len(one.title) == len(one.place) == 200
    assert one.note == f"{long.strip()}\n\n{long.strip()}\n\nfasting"


def test_words_that_come_twice_are_not_lost():
    one = read_event(START, "LOCATION:Clinic", "LOCATION:Gate 2", "SUMMARY:Lab", "SUMMARY:Blood",
                     "DESCRIPTION:fasting", "DESCRIPTION:bring the card")  # fmt: skip
    assert (one.title, one.place) == ("Lab", "Clinic")
    assert one.note == "Gate 2\n\nBlood\n\nfasting\n\nbring the card"


def test_stamps_and_revision():
    one = read_event(START, "SEQUENCE:3", "CREATED:20261101T120000Z", "DTSTAMP:20261102T120000Z",
                     "LAST-MODIFIED:20261103T120000Z")  # fmt: skip
    assert (one.sequence, one.created) == (3, "2026-11-01T12:00:00+00:00")
    assert one.changed == "2026-11-03T12:00:00+00:00"
    assert read_event(START, "DTSTAMP:20261102T120000Z").changed == "2026-11-02T12:00:00+00:00"
    odd = read_event(START, "SEQUENCE:-1", "CREATED:20261399T120000Z", "LAST-MODIFIED:yesterday")
    assert (odd.sequence, odd.created, odd.changed) == (0, "", "")


@pytest.mark.parametrize("kind", APPOINTMENT_TYPES)
def test_the_kind_that_our_own_files_name(kind: str):
    one = read_event(START, f"X-CAREGIVER-TYPE:{kind}", "X-OTHER:1")
    assert (one.kind, one.extra) == (kind, "X-OTHER:1")
    assert event_from(json.loads(json.dumps(to_json(one)))) == one


@pytest.mark.parametrize("kind", ["", "surgery", "INFUSION"])
def test_a_kind_that_we_do_not_know_stays_as_it_is(kind: str):
    one = read_event(START, f"X-CAREGIVER-TYPE:{kind}")
    assert (one.kind, one.extra) == ("", f"X-CAREGIVER-TYPE:{kind}")


def test_what_other_programs_understand_is_kept_word_by_word():
    kept = ("URL:https://example.org/a", "CATEGORIES:Health,Family", "GEO:48.1;11.5",
            "CLASS:PRIVATE", "TRANSP:OPAQUE", "PRIORITY:5", "COMMENT:one\\, two",
            'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Clinic: east":geo:48.1,11.5',
            "X_ODD.NAME:1", "BEGIN:VLOCATION", "UID:l1", "NAME:Ward 3",
            "END:VLOCATION")  # fmt: skip
    one = read_event(START, "SUMMARY:Lab", *kept)
    assert one.extra == "\n".join(kept)
    assert one.remarks == ()


def test_what_is_dropped_is_counted():
    file = read_lines(
        "METHOD:REQUEST",
        *event(START, "ORGANIZER:mailto:a@example", "ATTENDEE:mailto:b@example",
               "ATTENDEE:mailto:c@example", "ATTACH:https://example.org/x", uid="a"),
        *event(START, "ATTENDEE:mailto:b@example", uid="b"),
    )  # fmt: skip
    assert file.dropped == {"METHOD": 1, "ORGANIZER": 1, "ATTENDEE": 3, "ATTACH": 1}
    assert [one.extra for one in file.events] == ["", ""]


def test_what_is_too_long_to_keep_is_told():
    file = read_lines(*event(START, *(f"X-{n}:{'a' * 30_000}" for n in range(5)), "URL:b"))
    (one,) = file.events
    assert one.extra.endswith("\nURL:b")
    assert one.extra.count("\n") == 3
    assert [(each.key, each.values) for each in one.remarks] == [
        ("import.extra_cut", {"count": "2"})
    ]


def test_a_note_that_is_too_long_is_told():
    file = read_lines(*event(START, "DESCRIPTION:" + "a" * 60_000, "DESCRIPTION:" + "b" * 60_000))
    assert len(file.events[0].note) == 100_000
    assert remarks(file) == ["import.note_cut"]


def test_the_name_of_the_calendar():
    assert read_lines("NAME:Clinic\\, east").name == "Clinic, east"
    assert read_lines("X-WR-CALNAME:Home", "NAME:Clinic").name == "Home"


# -- The words for it ------------------------------------------------------------------------------

_KEYS = re.compile(r'"(import\.[a-z_.]+)"')


def test_every_reason_and_remark_has_words_and_every_word_is_used():
    sources = Path(__file__).parents[2] / "caregiver_app"
    used = {key for file in sources.rglob("*.py") for key in _KEYS.findall(file.read_text("utf-8"))}
    known = {key for key in json.loads(read_text("messages/en.json")) if key.startswith("import.")}
    assert used - known == set()


@pytest.mark.parametrize(
    ("method", "counted"),
    [("REQUEST", 1), ("reply", 1), ("COUNTER", 1), ("CANCEL", 1), ("ADD", 1), ("PUBLISH", 0),
     ("REFRESH", 0)],
)  # fmt: skip
def test_only_what_wants_an_answer_counts_as_an_invitation(method: str, counted: int):
    file = read_lines(f"METHOD:{method}", *event(START, "SUMMARY:Lab"))
    assert file.dropped.get("METHOD", 0) == counted


@pytest.mark.parametrize("rule", ["FREQ=FORTNIGHTLY", "FREQ=HOURLY;BYDAY=XX", "INTERVAL=2"])
def test_a_rule_that_nobody_can_read_is_not_called_too_frequent(rule: str):
    file = read_lines(*event(START, f"RRULE:{rule}"))
    assert [one.key for one in file.events[0].remarks] == ["import.rule_unread"]
    assert file.dropped == {}
