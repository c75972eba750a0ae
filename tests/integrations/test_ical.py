"""A calendar file: its bytes, its lines, and what icalendar reads back."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from caregiver_app.domain.entities import Appointment
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.content import escaped, one_line, plain
from caregiver_app.integrations.ical import trigger_text, write_calendar
from tests.integrations.making import BERLIN, all_day, appointment, floating, local, visits, zoned

GOLDEN = Path(__file__).parent / "golden" / "story.ics"


def write(*appointments: Appointment, **more: object) -> bytes:
    given: dict[str, object] = {
        "name": "Care for Ada",
        "titles": {},
        "alarms": {},
        "places": {},
        "version": "1.2.3",
        **more,
    }
    return write_calendar(appointments, **given)  # type: ignore[arg-type]


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def lines(*appointments: Appointment, **more: object) -> list[str]:
    return unfolded(write(*appointments, **more))


def story() -> bytes:
    """A plan's first visits and one of each other kind of entry."""
    entries = [
        *visits("America/New_York", 4),
        appointment(
            "ad",
            all_day("2026-12-24"),
            title="Aria's birthday",
            note="Cake; candles, and\na card",
        ),
        appointment(
            "ph",
            floating("2026-12-01T08:00"),
            title="Ärztin: 头痛 notieren",
            rrule="FREQ=DAILY;UNTIL=20270301T080000",
            exdates=("2026-12-05T08:00",),
        ),
        appointment(
            "lab",
            zoned("2027-01-05T08:00", BERLIN),
            rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601",
            exdates=("2027-03-30", "2027-03-23T08:00"),
            status="cancelled",
            place="Lab, first floor",
            sequence=3,
        ),
    ]
    return write(
        *entries,
        alarms={
            "visit-york-1": [10080, 1440, 120],
            "ad": [1440, 0],
            "ph": [0],
            "lab": [1440],
        },
        places={"visit-york-1": "Infusion centre, 5 Long Road; Gate 2"},
        titles={"visit-york-1": "Ada: infusion 1"},
    )


def test_the_file_is_the_golden_one() -> None:
    assert story().decode().replace("\r\n", "\n") == GOLDEN.read_text(encoding="utf-8")


def test_the_same_appointments_give_the_same_bytes_in_any_order() -> None:
    entries = [
        *visits("America/New_York"),
        *visits(BERLIN),
        appointment("x", floating("2026-11-24T09:30")),
    ]
    shuffled = random.Random(3).sample(entries, len(entries))
    assert write(*entries) == write(*shuffled) == write(*entries)


def test_lines_end_with_crlf_and_none_is_longer_than_75_octets() -> None:
    long = "頭が痛い 👩‍⚕️ é" * 30
    data = write(appointment("a", zoned("2026-11-24T09:30"), title=long, note=long))
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode()


def test_there_is_no_method_and_no_empty_property() -> None:
    found = lines(appointment("a", zoned("2026-11-24T09:30")), name="")
    assert not any(line.startswith("METHOD") or line.endswith(":") for line in found)
    assert not any(line.startswith(("NAME", "X-WR", "LOCATION", "DESCRIPTION")) for line in found)


def test_an_empty_calendar_is_a_calendar() -> None:
    assert lines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Caregiver Companion//Caregiver Companion 1.2.3//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Care for Ada",
        "X-WR-CALNAME:Care for Ada",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("status", "written"),
    [
        ("planned", "TENTATIVE"),
        ("delayed", "TENTATIVE"),
        ("booked", "CONFIRMED"),
        ("done", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_each_status_has_its_word(status: str, written: str) -> None:
    assert f"STATUS:{written}" in lines(appointment("a", all_day("2026-11-24"), status=status))


def test_stamps_are_the_entry_s_own() -> None:
    found = lines(appointment("a", all_day("2026-11-24"), sequence=7))
    assert "CREATED:20261120T090000Z" in found
    assert "LAST-MODIFIED:20261121T183015Z" in found
    assert "DTSTAMP:20261121T183015Z" in found
    assert "SEQUENCE:7" in found
    assert "UID:a@example" in found


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            appointment("a", zoned("2026-11-24T09:30"), minutes=150),
            [
                "DTSTART;TZID=America/New_York:20261124T093000",
                "DTEND;TZID=America/New_York:20261124T120000",
            ],
        ),
        (
            appointment("a", floating("2026-11-24T23:30")),
            ["DTSTART:20261124T233000", "DTEND:20261125T003000"],
        ),
        (
            appointment("a", all_day("2026-12-31"), minutes=5),
            ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"],
        ),
        (
            appointment("a", zoned("2026-11-24T09:30", "UTC")),
            ["DTSTART:20261124T093000Z", "DTEND:20261124T103000Z"],
        ),
        # Elapsed minutes across the night on which Berlin loses, or wins, an hour.
        (
            appointment("a", zoned("2027-03-27T23:30", BERLIN), minutes=600),
            [
                "DTSTART;TZID=Europe/Berlin:20270327T233000",
                "DTEND;TZID=Europe/Berlin:20270328T103000",
            ],
        ),
        (
            appointment("a", zoned("2027-10-30T23:30", BERLIN), minutes=600),
            [
                "DTSTART;TZID=Europe/Berlin:20271030T233000",
                "DTEND;TZID=Europe/Berlin:20271031T083000",
            ],
        ),
        # 02:30 does not exist: the wall time right after the gap.
        (
            appointment("a", zoned("2027-03-28T02:30", BERLIN)),
            [
                "DTSTART;TZID=Europe/Berlin:20270328T030000",
                "DTEND;TZID=Europe/Berlin:20270328T040000",
            ],
        ),
        # 02:30 comes twice: the first pass, and no reader may doubt it.
        (
            appointment("a", zoned("2027-10-31T02:30", BERLIN)),
            ["DTSTART:20271031T003000Z", "DTEND:20271031T013000Z"],
        ),
        (
            appointment("a", zoned("2027-10-31T01:30", BERLIN), minutes=90),
            ["DTSTART:20271030T233000Z", "DTEND:20271031T010000Z"],
        ),
        # A series lasts by the clock on the wall; across a change its first date ends in UTC.
        (
            appointment("a", zoned("2027-10-29T23:30", BERLIN), minutes=600, rrule="FREQ=WEEKLY"),
            [
                "DTSTART;TZID=Europe/Berlin:20271029T233000",
                "DTEND;TZID=Europe/Berlin:20271030T093000",
            ],
        ),
        (
            appointment("a", zoned("2027-10-30T23:30", BERLIN), minutes=600, rrule="FREQ=WEEKLY"),
            [
                "DTSTART;TZID=Europe/Berlin:20271030T233000",
                "DTEND:20271031T073000Z",
            ],
        ),
    ],
)
def test_start_and_end(entry: Appointment, expected: list[str]) -> None:
    told = lines(entry)
    event = told[told.index("BEGIN:VEVENT") : told.index("END:VEVENT")]
    assert [line for line in event if line.startswith(("DTSTART", "DTEND"))] == expected


def test_nothing_lasts_no_time() -> None:
    assert not any(
        line.startswith("DTEND")
        for line in lines(appointment("a", zoned("2026-11-24T09:30"), minutes=0))
    )


@pytest.mark.parametrize(
    ("start", "until", "written"),
    [
        (zoned("2026-11-24T09:30"), "20261231T093000", "UNTIL=20261231T143000Z"),
        (zoned("2026-11-24T09:30"), "20261231T143000Z", "UNTIL=20261231T143000Z"),
        (zoned("2026-11-24T09:30"), "20270701", "UNTIL=20270702T035900Z"),
        (zoned("2027-03-20T02:30", BERLIN), "20270328T023000", "UNTIL=20270328T013000Z"),
        (zoned("2026-11-24T09:30", "UTC"), "20261231T093000", "UNTIL=20261231T093000Z"),
        (floating("2026-11-24T09:30"), "20261231T093000Z", "UNTIL=20261231T093000"),
        (floating("2026-11-24T09:30"), "20261231", "UNTIL=20261231T235900"),
        (all_day("2026-11-24"), "20261231", "UNTIL=20261231"),
        (all_day("2026-11-24"), "20261231T093000", "UNTIL=20261231"),
    ],
)
def test_until_is_of_the_kind_that_the_start_asks_for(
    start: object, until: str, written: str
) -> None:
    entry = appointment("a", start, rrule=f"FREQ=DAILY;INTERVAL=2;UNTIL={until};WKST=SU")  # type: ignore[arg-type]
    assert f"RRULE:FREQ=DAILY;INTERVAL=2;{written};WKST=SU" in lines(entry)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (zoned("2026-11-24T09:30"), ["EXDATE;TZID=America/New_York:20261201T093000"]),
        (zoned("2026-11-24T09:30", "Etc/UTC"), ["EXDATE:20261201T093000Z"]),
        (floating("2026-11-24T09:30"), ["EXDATE:20261201T093000"]),
        (all_day("2026-11-24"), ["EXDATE;VALUE=DATE:20261201"]),
    ],
)
@pytest.mark.parametrize("exdates", [("2026-12-01",), ("2026-12-01T09:30", "2026-12-01T09:30")])
def test_exceptions_are_of_the_type_and_zone_of_the_start(
    start: object, expected: list[str], exdates: tuple[str, ...]
) -> None:
    entry = appointment("a", start, rrule="FREQ=WEEKLY;COUNT=5", exdates=exdates)  # type: ignore[arg-type]
    assert [line for line in lines(entry) if line.startswith("EXDATE")] == expected


def test_several_exceptions_are_a_line_each_in_order() -> None:
    entry = appointment(
        "a",
        all_day("2026-11-24"),
        rrule="FREQ=WEEKLY",
        exdates=("2026-12-08", "2026-12-01"),
    )
    assert [line[-8:] for line in lines(entry) if line.startswith("EXDATE")] == [
        "20261201",
        "20261208",
    ]


@pytest.mark.parametrize(
    ("minutes", "timed", "whole_day"),
    [
        (0, "PT0S", ""),
        (90, "-PT1H30M", ""),
        (45, "-PT45M", ""),
        (120, "-PT2H", ""),
        (480, "-PT8H", "PT0S"),
        (600, "-PT10H", "-PT2H"),
        (1440, "-P1D", "-PT16H"),
        (1500, "-PT25H", "-PT17H"),
        (10080, "-P7D", "-P6DT16H"),
        (-30, "", ""),
        (-1440, "", ""),
    ],
)
def test_triggers(minutes: int, timed: str, whole_day: str) -> None:
    assert trigger_text(minutes, all_day=False) == timed
    assert trigger_text(minutes, all_day=True) == whole_day


def test_alarms_show_words_and_come_once_each() -> None:
    entry = appointment("a", zoned("2026-11-24T09:30"), title="Lab, blood")
    found = lines(entry, alarms={"a": [120, 1440, 120, -5]})
    first = found.index("BEGIN:VALARM")
    assert found[first : first + 10] == [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Lab\\, blood",
        "TRIGGER:-P1D",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Lab\\, blood",
        "TRIGGER:-PT2H",
        "END:VALARM",
    ]
    assert found.count("BEGIN:VALARM") == 2


def test_a_cancelled_visit_rings_nowhere() -> None:
    entry = appointment("a", zoned("2026-11-24T09:30"), status="cancelled")
    assert "BEGIN:VALARM" not in lines(entry, alarms={"a": [120]})


def test_a_neutral_file_tells_nothing() -> None:
    entry = appointment(
        "a", zoned("2026-11-24T09:30"), title="Infliximab", place="Clinic", note="bring papers"
    )
    data = write(
        entry,
        neutral=True,
        alarms={"a": [120]},
        titles={"a": "Ada: infliximab"},
        places={"a": "Clinic"},
    )
    found = unfolded(data)
    assert "SUMMARY:Appointment" in found
    assert found.count("DESCRIPTION:Appointment") == 1  # the alarm's
    assert "X-WR-CALNAME:Appointments" in found
    for word in (b"nfliximab", b"Clinic", b"papers", b"Ada", b"LOCATION"):
        assert word not in data


def test_titles_places_and_the_fall_back_of_each() -> None:
    entry = appointment("a", all_day("2026-11-24"), title="Own", place="Home")
    assert {"SUMMARY:Own", "LOCATION:Home"} <= set(lines(entry))
    told = lines(entry, titles={"a": "Given"}, places={"a": ""})
    assert "SUMMARY:Given" in told
    assert not any(line.startswith("LOCATION") for line in told)
    assert "SUMMARY:Appointment" in lines(replace(entry, title="\x07"))


def test_each_zone_is_written_once_and_covers_its_events() -> None:
    data = write(
        *visits("America/New_York"),
        *visits(BERLIN),
        appointment("old", zoned("2003-05-05T10:00")),
        appointment("u", zoned("2026-11-24T09:30", "UTC")),
        appointment("f", floating("2026-11-24T09:30")),
    )
    read = Calendar.from_ical(data)
    assert [str(zone["TZID"]) for zone in read.timezones] == ["America/New_York", BERLIN]
    assert b"DTSTART:20020407T020000" in data  # New York before the rules of 2007


@pytest.mark.parametrize(
    ("rule", "last"),
    [("FREQ=WEEKLY", 2046), ("FREQ=WEEKLY;COUNT=9", 2046), ("FREQ=WEEKLY;UNTIL=20300101", 2030)],
)
def test_a_series_without_a_last_day_is_covered_for_twenty_years(rule: str, last: int) -> None:
    data = write(appointment("a", zoned("2026-02-24T09:30", "Africa/Cairo"), rrule=rule)).decode()
    zone = data[: data.index("BEGIN:VEVENT")]
    assert f"DTSTART:{last}" in zone
    assert f"DTSTART:{last + 1}" not in zone


def test_a_rule_that_nobody_understands_is_refused() -> None:
    with pytest.raises(InputRefused):
        write(appointment("a", zoned("2026-11-24T09:30"), rrule="FREQ=SECONDLY"))


texts = st.text(max_size=120) | st.lists(
    st.sampled_from(
        ["\\", "\\n", "\\N", ";", ",", "\r\n", "\r", "\n", ":", '"', "é", "\u2028", "x"]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=200)
@given(title=texts, place=texts, note=texts, name=texts)
@example(title="C:\\New \\n;,", place="\\", note="a\x00b\x85c\x1cd", name="\ufeff")
def test_every_text_comes_back(title: str, place: str, note: str, name: str) -> None:
    entry = appointment("a", zoned("2026-11-24T09:30"), note=note)
    data = write(entry, titles={"a": title}, places={"a": place}, name=name)
    read = Calendar.from_ical(data)
    (event,) = read.events
    assert event.errors == []
    assert str(event["SUMMARY"]) == (one_line(title) or "Appointment")
    assert str(event.get("LOCATION", "")) == one_line(place)
    assert str(event.get("DESCRIPTION", "")) == plain(note).strip()
    # icalendar hands out NAME as it stands in the file, for want of knowing its type.
    assert str(read.get("NAME", "")) == escaped(one_line(name))


@settings(max_examples=100)
@given(
    start=st.integers(0, 40 * 365 * 24 * 4).map(
        lambda quarters: local("2000-01-01T00:00") + timedelta(minutes=15 * quarters)
    ),
    zone=st.sampled_from(
        ["America/New_York", BERLIN, "Africa/Cairo", "Asia/Gaza", "Pacific/Apia", "Asia/Kathmandu"]
    ),
    minutes=st.integers(1, 3000),
)
def test_a_visit_lasts_its_minutes_and_is_real(start: datetime, zone: str, minutes: int) -> None:
    entry = appointment("a", zoned(start.isoformat(), zone), minutes=minutes)
    (event,) = Calendar.from_ical(write(entry)).events
    begins, ends = (event[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND"))
    assert ends - begins == timedelta(minutes=minutes)
    assert begins.date() - start.date() < timedelta(days=2)


def test_the_library_is_not_loaded_before_something_is_written() -> None:
    probe = (
        "import sys; import caregiver_app.integrations.ical, caregiver_app.integrations.files; "
        "sys.exit('icalendar' in sys.modules or 'PySide6' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", probe], cwd=root, check=False).returncode == 0
