"""Times of a foreign calendar file: RFC 5545 3.2.19, 3.3.4, 3.3.5 and 3.6.5."""

from __future__ import annotations

import pytest

from caregiver_app.domain.times import Floating
from tests.integrations.foreign import dates, event, read_event, read_lines, remarks


def zone(name: str, *parts: tuple[str, str, str, str], more: str = "") -> tuple[str, ...]:
    """Return a VTIMEZONE; each part is its onset, rule and the offsets before and after."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *([more] if more else [])]
    for onset, rule, before, after in parts:
        lines += ["BEGIN:STANDARD", f"DTSTART:{onset}", f"TZOFFSETFROM:{before}",
                  f"TZOFFSETTO:{after}", *([f"RRULE:{rule}"] if rule else []),
                  "END:STANDARD"]  # fmt: skip
    return (*lines, "END:VTIMEZONE")


EUROPE = (
    ("19701025T030000", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "+0200", "+0100"),
    ("19700329T020000", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "+0100", "+0200"),
)
OLD_AMERICA = (
    ("19671029T020000", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "-0400", "-0500"),
    ("19870405T020000", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "-0500", "-0400"),
)
NOWHERE = (
    ("20000101T000000", "", "+0123", "+0123"),
    ("20000210T000000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=10", "+0123", "+0223"),
    ("20000310T000000", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10", "+0223", "+0123"),
)


# -- 3.3.4, 3.3.5 Forms of a date ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DTSTART:20261124", "2026-11-24"),
        ("DTSTART;VALUE=DATE:20261124", "2026-11-24"),
        ("DTSTART;VALUE=DATE;TZID=Europe/Berlin:20261124", "2026-11-24"),
        ("DTSTART;VALUE=DATE:20261124T093000", "2026-11-24"),
        ("DTSTART:20261124Z", "2026-11-24"),
        ("DTSTART:20261124T093000", "2026-11-24T09:30:00"),
        ("DTSTART:20261124T093015", "2026-11-24T09:30:15"),
        ("DTSTART:20261124T093060", "2026-11-24T09:30:59"),
        ("DTSTART:20261124T240000", "2026-11-25T00:00:00"),
        ("DTSTART:20261124T0930", "2026-11-24T09:30:00"),
        ("DTSTART:20261124T09300", "2026-11-24T09:30:00"),
        ("DTSTART:20261124T093000Z", "2026-11-24T09:30:00Z"),
        ("DTSTART:20261124t093000z", "2026-11-24T09:30:00Z"),
        ("DTSTART;TZID=Europe/Berlin:20261124T093000Z", "2026-11-24T09:30:00Z"),
        ("DTSTART:2026-11-24T09:30:00Z", "2026-11-24T09:30:00Z"),
        ("DTSTART:2026-11-24T09:30:00.000Z", "2026-11-24T09:30:00Z"),
        ("DTSTART:20261124T093000+0100", "2026-11-24T08:30:00Z"),
        ("DTSTART:2026-11-24T09:30:00-05:00", "2026-11-24T14:30:00Z"),
        ("DTSTART: 20261124T093000Z ", "2026-11-24T09:30:00Z"),
    ],
)
def test_forms_of_a_start(line: str, expected: str):
    assert dates(read_lines(*event(line))) == [expected]


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "20261301", "20261124T256000", "18991231", "22010101", "٢٠٢٦١١٢٤"]
)
def test_a_start_that_is_no_date_is_told(text: str):
    file = read_lines(*event(f"DTSTART:{text}", "SUMMARY:Lab"), *event("DTSTART:20261124"))
    assert dates(file) == ["2026-11-24"]
    (left_out,) = file.skipped
    assert (left_out.line, left_out.title) == (4, "Lab")
    assert (left_out.reason.key, left_out.reason.values) == ("import.no_date", {"text": text})


def test_of_several_starts_the_first_that_can_be_read_counts():
    assert dates(read_lines(*event("DTSTART:soon", "DTSTART:20261124", "DTSTART:20261125"))) == [
        "2026-11-24"
    ]


# -- 3.2.19 Zones ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"),
        ("/mozilla.org/20050126_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("europe/berlin", "Europe/Berlin"),
        ("US/Eastern", "US/Eastern"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ('"Eastern Standard Time"', "America/New_York"),
        ("UTC", "UTC"),
        ("Etc/GMT-3", "Etc/GMT-3"),
        ("UTC+01:00", "Etc/GMT-1"),
        ("GMT-0500", "Etc/GMT+5"),
    ],
)
def test_a_zone_is_known_by_its_name(tzid: str, expected: str):
    assert read_event(f"DTSTART;TZID={tzid}:20261124T093000").zone == expected


@pytest.mark.parametrize(
    "tzid", ["Offices/Berlin", "(GMT-08.00) Pacific Time", "Our time", "UTC+25:00", "UTC+05:30"]
)
def test_a_zone_that_nobody_knows_leaves_the_hours_as_written(tzid: str):
    file = read_lines(*event(f'DTSTART;TZID="{tzid}":20260701T093000'))
    assert isinstance(file.events[0].moment, Floating)
    assert dates(file) == ["2026-07-01T09:30:00"]
    (remark,) = file.events[0].remarks
    assert (remark.key, remark.values) == ("import.unknown_zone", {"zone": tzid})


def test_a_zone_with_a_colon_needs_no_quotes():
    name = "(UTC+01:00) Amsterdam, Berlin, Rome"
    file = read_lines(
        *zone(name.replace(",", "\\,"), *EUROPE),
        *event(f"DTSTART;TZID={name}:20260701T093000"),
    )
    assert dates(file) == ["2026-07-01T07:30:00Z"]
    assert remarks(file) == []


def test_a_zone_with_commas_needs_no_quotes():
    file = read_lines(
        *zone("Bern\\, Rome", *EUROPE), *event("DTSTART;TZID=Bern, Rome:20260701T093000")
    )
    assert dates(file) == ["2026-07-01T07:30:00Z"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("20060605", "2006-06-05T13:00:00Z"), ("20070901", "2007-09-01T13:00:00Z"),
     ("20071101", "2007-11-01T14:00:00Z"), ("20061101", "2006-11-01T14:00:00Z")],
)  # fmt: skip
def test_what_the_file_says_of_a_day_counts(day: str, expected: str):
    name = "Eastern Standard Time"
    lines = zone(name, *OLD_AMERICA)
    assert dates(read_lines(*lines, *event(f"DTSTART;TZID={name}:{day}T090000"))) == [expected]


def test_on_days_on_which_it_differs_no_zone_is_taken_for_it():
    early = (EUROPE[1], ("19701018T030000", "FREQ=YEARLY;BYMONTH=10;BYDAY=3SU", "+0200", "+0100"))
    lines = zone("Home", *early)
    assert read_lines(*lines, *event("DTSTART;TZID=Home:20260701T093000")).events[0].zone != "UTC"
    file = read_lines(*lines, *event("DTSTART;TZID=Home:20261020T093000"))
    assert dates(file) == ["2026-10-20T08:30:00Z"]


def test_a_name_of_windows_counts_nothing_where_the_file_says_otherwise():
    name = "Eastern Standard Time"
    file = read_lines(
        *zone(name, ("20000101T000000", "", "-0500", "-0500")),
        *event(f"DTSTART;TZID={name}:20260101T090000", "RRULE:FREQ=MONTHLY;COUNT=7"),
    )
    assert dates(file)[-1] == "2026-07-01T14:00:00Z"
    assert remarks(file) == []


@pytest.mark.parametrize(
    ("name", "parts", "line", "expected"),
    [
        ("Home", EUROPE, "20260701T093000", "Europe/Berlin"),
        ("Home", EUROPE, "19990701T093000", "Europe/Berlin"),
        ("(GMT-05.00) Eastern Time", OLD_AMERICA, "20060605T130000", "America/New_York"),
        ("Romance Standard Time", EUROPE, "20260701T093000", "Europe/Paris"),
        ("Here", (("20000101T000000", "", "+0545", "+0545"),), "20260701T093000",
         "Asia/Kathmandu"),
    ],
)  # fmt: skip
def test_a_zone_that_the_file_describes_is_found(
    name: str, parts: tuple[tuple[str, str, str, str], ...], line: str, expected: str
):
    file = read_lines(*zone(name, *parts), *event(f'DTSTART;TZID="{name}":{line}'))
    assert file.events[0].zone == expected
    assert remarks(file) == []


def test_where_the_file_comes_from_tells_which_of_equal_zones_it_is():
    lines = zone("Home", *EUROPE, more="X-LIC-LOCATION:Europe/Vienna")
    file = read_lines(*lines, *event("DTSTART;TZID=Home:20260701T093000"))
    assert file.events[0].zone == "Europe/Vienna"


@pytest.mark.parametrize("more", ["", "X-LIC-LOCATION:Pacific/Auckland"])
def test_what_the_file_describes_counts_more_than_the_name_of_windows(more: str):
    upside_down = (
        ("20000402T020000", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "+1200", "+1300"),
        ("20001001T020000", "FREQ=YEARLY;BYMONTH=10;BYDAY=1SU", "+1300", "+1200"),
    )
    name = "New Zealand Standard Time"
    file = read_lines(
        *zone(name, *upside_down, more=more), *event(f"DTSTART;TZID={name}:20061025T091500")
    )
    assert dates(file) == ["2006-10-24T21:15:00Z"]
    assert remarks(file) == ["import.own_zone"]


def test_tzdata_knows_its_own_zones_better_than_an_older_file():
    file = read_lines(
        *zone("America/New_York", *OLD_AMERICA),
        *event("DTSTART;TZID=America/New_York:20261102T090000"),
    )
    assert dates(file) == ["2026-11-02T14:00:00Z"]


def test_a_series_in_a_zone_that_only_the_file_knows():
    file = read_lines(
        *zone("Nowhere", *NOWHERE),
        *event("DTSTART;TZID=Nowhere:20260201T120000",
               "RRULE:FREQ=WEEKLY;UNTIL=20260315T103700Z",
               "EXDATE;TZID=Nowhere:20260222T120000"),
    )  # fmt: skip
    assert dates(file) == [
        "2026-02-01T10:37:00Z", "2026-02-08T10:37:00Z", "2026-02-15T09:37:00Z",
        "2026-03-01T09:37:00Z", "2026-03-08T09:37:00Z", "2026-03-15T10:37:00Z",
    ]  # fmt: skip
    assert remarks(file) == ["import.own_zone"]


def test_an_endless_series_in_such_a_zone_says_how_far_it_was_written_out():
    file = read_lines(
        *zone("Nowhere", *NOWHERE),
        *event("DTSTART;TZID=Nowhere:20260201T120000", "RRULE:FREQ=DAILY"),
    )
    assert remarks(file) == ["import.own_zone", "import.written_out"]
    assert file.events[0].remarks[1].values == {"day": "2039-10-10"}


# -- X-WR-TIMEZONE ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DTSTART:20260916T210000", "2026-09-16T19:00:00Z"),
        ("DTSTART:20260916T210000Z", "2026-09-16T21:00:00Z"),
        ("DTSTART;TZID=Asia/Tokyo:20260916T210000", "2026-09-16T12:00:00Z"),
        ("DTSTART:20260916", "2026-09-16"),
    ],
)
def test_the_zone_of_the_calendar_is_that_of_hours_without_one(line: str, expected: str):
    assert dates(read_lines("X-WR-TIMEZONE:Europe/Berlin", *event(line))) == [expected]


def test_the_zone_of_the_calendar_may_be_one_of_windows():
    file = read_lines("X-WR-TIMEZONE:W. Europe Standard Time", *event("DTSTART:20260916T210000"))
    assert file.events[0].zone == "Europe/Berlin"


# -- 3.3.5 Hours that the clocks skip --------------------------------------------------------------


def test_an_hour_that_does_not_exist_is_read_by_the_offset_before():
    file = read_lines(*event("DTSTART;TZID=Europe/Berlin:20260329T023000"))
    assert dates(file) == ["2026-03-29T01:30:00Z"]


def test_an_hour_that_comes_twice_is_the_first_one():
    file = read_lines(*event("DTSTART;TZID=Europe/Berlin:20261025T023000"))
    assert dates(file) == ["2026-10-25T00:30:00Z"]
