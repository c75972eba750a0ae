"""Repetition in a foreign calendar file: RFC 5545 3.3.10, 3.8.4.4, 3.8.5 and 3.8.7.4."""

from __future__ import annotations

import pytest

from caregiver_app.integrations.incoming import IncomingFile
from tests.integrations.foreign import dates, event, read_event, read_lines, remarks

START, LATER = "DTSTART:20261124T080000Z", "DTSTART:20261126T080000Z"
DAILY = (START, "DTEND:20261124T090000Z", "RRULE:FREQ=DAILY;COUNT=5")


def days(file: IncomingFile) -> list[str]:
    """Return the days of the month, with an hour where it is not 8."""
    return [
        f"{text[8:10]}{'' if text[11:] == '08:00:00Z' else text[10:16]}" for text in dates(file)
    ]


def whole(*lines: str) -> list[str]:
    """Return the dates of one event with these lines."""
    return days(read_lines(*event(*lines)))


# -- 3.3.10 UNTIL ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "until", "last"),
    [
        ("DTSTART:20261124T080000Z", "20261126T080000Z", "2026-11-26T08:00:00Z"),
        ("DTSTART:20261124T080000Z", "20261126T075959Z", "2026-11-25T08:00:00Z"),
        ("DTSTART:20261124T080000Z", "20261126T080000", "2026-11-26T08:00:00Z"),
        ("DTSTART:20261124T080000Z", "20261126", "2026-11-25T08:00:00Z"),
        ("DTSTART:20261124T080000", "20261126T080000Z", "2026-11-26T08:00:00"),
        ("DTSTART:20261124T080000", "20261126", "2026-11-25T08:00:00"),
        ("DTSTART;TZID=Europe/Berlin:20261124T090000", "20261126T080000Z", "2026-11-26T08:00:00Z"),
        ("DTSTART;TZID=Europe/Berlin:20261124T090000", "20261126T080000", "2026-11-25T08:00:00Z"),
        ("DTSTART;TZID=America/New_York:20261124T220000", "20261127T030000Z",
         "2026-11-27T03:00:00Z"),
        ("DTSTART:20261124", "20261126", "2026-11-26"),
        ("DTSTART:20261124", "20261126T230000Z", "2026-11-26"),
    ],
)  # fmt: skip
def test_until_includes_its_own_instant(start: str, until: str, last: str):
    assert dates(read_lines(*event(start, f"RRULE:FREQ=DAILY;UNTIL={until}")))[-1] == last


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;UNTIL=20261123", "FREQ=DAILY;UNTIL=20261124T075959Z"]
)
def test_a_repetition_that_ends_before_it_begins_never_takes_place(rule: str):
    file = read_lines(*event(START, f"RRULE:{rule}", "SUMMARY:Lab"))
    assert (file.events, remarks(file)) == ((), ["import.no_dates"])
    assert (file.skipped[0].line, file.skipped[0].title) == (4, "Lab")


def test_an_event_that_leaves_itself_out_never_takes_place():
    file = read_lines(*event(START, "EXDATE:20261124T080000Z"))
    assert (file.events, remarks(file)) == ((), ["import.left_out"])


def test_a_date_left_out_of_no_series_stays_for_others():
    one = read_event(START, "EXDATE:20261125T080000Z")
    assert (one.rrule, one.exdates, one.extra) == ("", (), "EXDATE:20261125T080000Z")


def test_dates_beside_such_a_repetition_stay():
    lines = (START, "RRULE:FREQ=DAILY;UNTIL=20261101", "RDATE:20261128T080000Z,20261129T080000Z")
    assert whole(*lines, "EXDATE:20261128T080000Z") == ["29"]


# -- 3.8.5.3 RRULE ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (["FREQ=WEEKLY;COUNT=2", "FREQ=MONTHLY;COUNT=2"],
         ["2026-11-24", "2026-12-01", "2026-12-24"]),
        (["FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;COUNT=2"], ["2026-11-24", "2026-12-01"]),
        (["FREQ=NEVER", "FREQ=WEEKLY;COUNT=2"], ["2026-11-24", "2026-12-01"]),
        (["FREQ=WEEKLY;COUNT=2;"], ["2026-11-24", "2026-12-01"]),
        (["freq=weekly; count=2"], ["2026-11-24", "2026-12-01"]),
    ],
)  # fmt: skip
def test_several_rules_are_taken_together(rules: list[str], expected: list[str]):
    file = read_lines(*event("DTSTART:20261124", *(f"RRULE:{rule}" for rule in rules)))
    assert dates(file) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "RSCALE=GREGORIAN;FREQ=DAILY;COUNT=2;SKIP=OMIT",
        "FREQ=WEEKLY;BYDAY=1TU,+2WE;COUNT=2",
        "FREQ=DAILY;UNTIL=2026-11-25T08:00:00Z",
        "RRULE:FREQ=DAILY;COUNT=2",
        "FREQ = DAILY ; COUNT = 2 ;",
        "FREQ=DAILY\\;COUNT=2",
        "FREQ=DAILY;COUNT=2;X-OURS=1",
        "FREQ=DAILY;COUNT=7;COUNT=2",
        "FREQ=DAILY;COUNT=7;UNTIL=20261125T080000Z",
        "FREQ=DAILY;COUNT=2;UNTIL=20271125T080000Z",
        "FREQ=DAILY;COUNT=2;UNTIL=99991231T235959Z",
    ],
)
def test_a_rule_is_read_as_it_is_meant(rule: str):
    file = read_lines(*event(START, f"RRULE:{rule}"))
    assert (days(file), remarks(file)) == (["24", "25"], [])


def test_more_dates_than_can_be_kept_are_told():
    file = read_lines(*event(START, "RRULE:FREQ=DAILY;COUNT=20000"))
    assert file.events[0].rrule == "FREQ=DAILY;COUNT=9999"
    assert file.events[0].remarks[0].values == {"count": "20000", "most": "9999"}


def test_a_rule_that_nobody_can_read_leaves_the_start():
    file = read_lines(*event(START, "RRULE:FREQ=SOMETIMES"))
    assert (days(file), remarks(file)) == (["24"], ["import.rule_unread"])
    assert (file.events[0].extra, file.dropped) == ("RRULE:FREQ=SOMETIMES", {})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=HOURLY;INTERVAL=8;COUNT=5", ["24", "24T16:00", "25T00:00", "25", "25T16:00"]),
        ("FREQ=HOURLY;INTERVAL=12;UNTIL=20261125T080000Z", ["24", "24T20:00", "25"]),
        ("FREQ=HOURLY;INTERVAL=48;COUNT=2", ["24", "26"]),
        ("FREQ=HOURLY;BYHOUR=8,20;COUNT=3", ["24", "24T20:00", "25"]),
        ("FREQ=HOURLY;INTERVAL=12;BYMINUTE=0,30;COUNT=3", ["24", "24T08:30", "24T20:00"]),
        ("FREQ=MINUTELY;INTERVAL=720;COUNT=3", ["24", "24T20:00", "25"]),
        ("FREQ=MINUTELY;INTERVAL=30;BYHOUR=8;BYMINUTE=0;COUNT=2", ["24", "25"]),
        ("FREQ=SECONDLY;INTERVAL=86400;COUNT=2", ["24", "25"]),
        ("FREQ=HOURLY;INTERVAL=8;BYDAY=TU;COUNT=3", ["24", "24T16:00", "01T00:00"]),
    ],
)
def test_the_same_hours_of_each_day_are_a_daily_rule(rule: str, expected: list[str]):
    file = read_lines(*event(START, f"RRULE:{rule}"))
    assert (days(file), remarks(file)) == (expected, [])


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=15", "FREQ=HOURLY;INTERVAL=5",
        "FREQ=HOURLY;INTERVAL=0", "FREQ=HOURLY;BYHOUR=x", "FREQ=HOURLY;BYHOUR=99",
        "FREQ=DAILY;BYHOUR=8,9,10,11,12;BYMINUTE=0,10,20,30,40,50",
        "FREQ=HOURLY;INTERVAL=8;BYSETPOS=1", "FREQ=MINUTELY;INTERVAL=720;BYHOUR=3",
    ],
)  # fmt: skip
def test_what_comes_more_often_leaves_the_start(rule: str):
    file = read_lines(*event(START, f"RRULE:{rule}"))
    assert (days(file), remarks(file), file.dropped) == (["24"], ["import.sub_daily"], {"RRULE": 1})


def test_the_hours_of_a_series_stay_when_the_clocks_change():
    file = read_lines(
        *event("DTSTART;TZID=Europe/Berlin:20261023T090000", "RRULE:FREQ=DAILY;COUNT=3")
    )
    assert dates(file) == ["2026-10-23T07:00:00Z", "2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z"]


# -- 3.8.5.1 EXDATE, 3.8.5.2 RDATE -----------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE:20261126T080000Z",
        "EXDATE;TZID=Europe/Berlin:20261126T090000",
        "EXDATE:20261126T080000",
        "EXDATE;VALUE=DATE:20261126",
        "EXDATE;VALUE=DATE-TIME:20261126T080000Z,",
        "EXDATE:20261126T080000Z,20261126T080000Z,20270101T080000Z",
        "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2\r\nRDATE:20261124T080000Z",
    ],
)
def test_a_date_that_is_left_out(line: str):
    expected = ["25", "27", "28"] if "EXRULE" in line else ["24", "25", "27", "28"]
    assert whole(*DAILY, line) == expected


def test_an_unreadable_date_is_told_and_the_others_count():
    file = read_lines(*event(*DAILY, "EXDATE:20261126T080000Z,never", "RDATE:2026"))
    assert days(file) == ["24", "25", "27", "28"]
    assert [one.values for one in file.events[0].remarks] == [{"text": "2026"}, {"text": "never"}]
    assert remarks(file) == ["import.date_unread"] * 2


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RDATE:20261127T080000Z"], ["24", "27"]),
        (["RDATE:20261127T100000Z", "RDATE:20261128T080000Z"], ["24", "27T10:00", "28"]),
        (["RDATE;TZID=America/New_York:20261127T030000"], ["24", "27"]),
        (["RDATE;VALUE=DATE:20261127"], ["24", "27"]),
        (["RDATE:20261124T080000Z"], ["24"]),
        (["RDATE:20261127T080000Z", "EXDATE:20261124T080000Z"], ["27"]),
        (["RRULE:FREQ=DAILY;COUNT=2", "RDATE:20261127T080000Z"], ["24", "25", "27"]),
    ],
)
def test_dates_that_are_added(lines: list[str], expected: list[str]):
    assert whole(START, *lines) == expected


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("20261127T080000Z/PT3H", "11:00:00"),
        ("20261127T080000Z/20261127T103000Z", "10:30:00"),
        ("20261127T080000Z/PT1H", "09:00:00"),
    ],
)
def test_a_period_lasts_as_long_as_it_says(period: str, end: str):
    file = read_lines(
        *event(START, "DTEND:20261124T090000Z", "SUMMARY:Drip", f"RDATE;VALUE=PERIOD:{period}")
    )
    assert dates(file, ends=True) == [
        "2026-11-24T08:00:00Z 2026-11-24T09:00:00Z", f"2026-11-27T08:00:00Z 2026-11-27T{end}Z",
    ]  # fmt: skip
    assert {one.title for one in file.events} == {"Drip"}


def test_a_changed_date_counts_more_than_the_length_of_its_period():
    file = read_lines(
        *event(START, "DTEND:20261124T090000Z", "RDATE;VALUE=PERIOD:20261127T080000Z/PT3H"),
        *event("RECURRENCE-ID:20261127T080000Z", "DTSTART:20261127T100000Z"),
    )
    assert days(file) == ["24", "27T10:00"]
    assert remarks(file) == []


# -- 3.8.4.4 RECURRENCE-ID -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "named",
    [
        "RECURRENCE-ID:20261126T080000Z",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261126T090000",
        "RECURRENCE-ID;VALUE=DATE:20261126",
        "RECURRENCE-ID:20261126T080000",
    ],
)
@pytest.mark.parametrize(
    "start", ["DTSTART:20261126T150000Z", "DTSTART;TZID=America/New_York:20261126T100000"]
)
def test_one_changed_date(named: str, start: str):
    file = read_lines(*event(named, start, "RRULE:FREQ=DAILY"), *event(*DAILY))
    assert days(file) == ["24", "25", "26T15:00", "27", "28"]
    assert [one.original for one in file.events] == ["2026-11-26T08:00", ""]


def test_a_changed_date_of_whole_days():
    series = event("DTSTART;VALUE=DATE:20261124", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("RECURRENCE-ID;VALUE=DATE:20261201", "DTSTART;VALUE=DATE:20261203")
    assert dates(read_lines(*series, *moved)) == ["2026-11-24", "2026-12-03", "2026-12-08"]


def test_a_changed_date_whose_series_stands_elsewhere_is_an_event():
    file = read_lines(*event("RECURRENCE-ID:20261126T080000Z", "DTSTART:20261126T150000Z"))
    assert days(file) == ["26T15:00"]
    assert file.events[0].original == "2026-11-26T08:00"


def change(since: str, start: str, end: str, **more: str) -> tuple[str, ...]:
    """Return a change of a date and all later ones."""
    return event(f"RECURRENCE-ID;RANGE=THISANDFUTURE:{since}", f"DTSTART:{start}", f"DTEND:{end}",
                 *more.values())  # fmt: skip


def test_this_and_all_later_dates():
    file = read_lines(
        *event(START, "DTEND:20261124T090000Z", "RRULE:FREQ=DAILY;COUNT=6",
               "EXDATE:20261125T080000Z,20261128T080000Z", "RDATE:20261210T080000Z"),
        *change("20261127T080000Z", "20261127T100000Z", "20261127T130000Z"),
    )  # fmt: skip
    assert dates(file, ends=True) == [
        f"2026-{day}:00:00Z 2026-{end}:00:00Z"
        for day, end in (("11-24T08", "11-24T09"), ("11-26T08", "11-26T09"),
                         ("11-27T10", "11-27T13"), ("11-29T10", "11-29T13"),
                         ("12-10T10", "12-10T13"))
    ]  # fmt: skip


def test_two_such_changes_both_name_dates_of_the_series_as_it_was():
    file = read_lines(
        *event(START, "RRULE:FREQ=DAILY;COUNT=7"),
        *change("20261128T080000Z", "20261128T110000Z", "20261128T120000Z"),
        *change("20261126T080000Z", "20261126T100000Z", "20261126T110000Z"),
        *event("RECURRENCE-ID:20261127T080000Z", "DTSTART:20261127T200000Z"),
        *event("RECURRENCE-ID:20261129T080000Z", "DTSTART:20261129T210000Z"),
    )
    assert days(file) == ["24", "25", "26T10:00", "27T20:00", "28T11:00", "29T21:00", "30T11:00"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", ["24", "27", "02", "04"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=TU;COUNT=4", ["24", "27", "09", "11"]),
        ("FREQ=DAILY;INTERVAL=2;COUNT=4", ["24", "27", "29", "01"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SU;COUNT=4", ["27", "30", "11", "14"]),
    ],
)
def test_a_rule_moves_along_to_another_weekday(rule: str, expected: list[str]):
    file = read_lines(
        *event(START if "TU" in rule or "DAILY" in rule else LATER, f"RRULE:{rule}"),
        *change("20261126T080000Z", "20261127T080000Z", "20261127T090000Z"),
    )
    assert sorted(days(file)) == sorted(expected)
    assert all("COUNT=1" not in one.rrule or one.uid == "one@example" for one in file.events)


def test_a_rule_that_cannot_move_along_is_written_out():
    file = read_lines(
        *event(START, "RRULE:FREQ=MONTHLY;BYDAY=4TU;COUNT=3"),
        *change("20261222T080000Z", "20261223T080000Z", "20261223T090000Z"),
    )
    assert dates(file) == [f"2026-{day}T08:00:00Z" for day in ("11-24", "12-23")] + [
        "2027-01-27T08:00:00Z"
    ]


def test_a_change_from_the_first_date_on_leaves_nothing_before_it():
    file = read_lines(
        *event(*DAILY), *change("20261124T080000Z", "20261124T100000Z", "20261124T110000Z")
    )
    assert days(file) == [f"{day}T10:00" for day in (24, 25, 26, 27, 28)]


# -- 3.8.7.4 SEQUENCE ------------------------------------------------------------------------------


def test_the_newest_revision_counts_and_the_older_one_is_told():
    file = read_lines(
        *event(START, "SEQUENCE:2", "SUMMARY:new"),
        *event("DTSTART:20261125T080000Z", "SEQUENCE:1", "SUMMARY:old"),
    )
    assert days(file) == ["24"]
    assert [(one.title, one.reason.key) for one in file.skipped] == [("old", "import.outdated")]


def test_a_changed_date_is_one_of_the_newest_revision():
    file = read_lines(
        *event(*DAILY, "SEQUENCE:2"),
        *event("DTSTART;VALUE=DATE:20261124", "RRULE:FREQ=DAILY;COUNT=5", "SEQUENCE:1"),
        *event("RECURRENCE-ID:20261126T080000Z", "DTSTART:20261126T100000Z", "SEQUENCE:2"),
    )
    assert days(file) == ["24", "25", "26T10:00", "27", "28"]


def test_a_changed_date_older_than_its_series_counts_unless_that_leaves_it_out():
    file = read_lines(
        *event(*DAILY, "SEQUENCE:3", "EXDATE:20261127T080000Z"),
        *event("RECURRENCE-ID:20261126T080000Z", "DTSTART:20261126T100000Z", "SEQUENCE:1"),
        *event("RECURRENCE-ID:20261126T110000Z", "DTSTART:20261126T120000Z", "SUMMARY:alone"),
        *event("RECURRENCE-ID:20261127T080000Z", "DTSTART:20261127T120000Z", "SUMMARY:gone"),
    )
    assert days(file) == ["24", "25", "26T10:00", "26T12:00", "28"]
    assert [one.title for one in file.skipped] == ["gone"]


def test_of_equal_revisions_of_a_date_the_last_changed_counts():
    named = "RECURRENCE-ID:20261126T080000Z"
    file = read_lines(
        *event(*DAILY),
        *event(named, "DTSTART:20261126T100000Z", "LAST-MODIFIED:20261101T120000Z"),
        *event(named, "DTSTART:20261126T110000Z", "LAST-MODIFIED:20261101T110000Z"),
    )
    assert days(file) == ["24", "25", "26T10:00", "27", "28"]
    assert remarks(file) == ["import.outdated"]


def test_the_same_event_twice_is_one():
    file = read_lines(*event(*DAILY), *event(*DAILY))
    assert (len(file.events), file.skipped) == (1, ())


def test_different_events_of_one_name_are_all_kept():
    file = read_lines(*event(START), *event("DTSTART:20261125T080000Z"), *event(*DAILY))
    assert [one.uid for one in file.events] == ["one@example", "one@example#2", "one@example#3"]


def test_an_event_without_a_name_gets_the_same_one_again():
    lines = ("BEGIN:VEVENT", START, "SUMMARY:Lab", "END:VEVENT")
    (first,) = read_lines(*lines).events
    (again,) = read_lines("X-OTHER:1", *lines[:1], "DTSTAMP:20261101T000000Z", *lines[1:]).events
    (other,) = read_lines(*lines[:2], "SUMMARY:Labor", "END:VEVENT").events
    assert first.uid == again.uid != other.uid


def test_too_many_single_dates_are_refused():
    named = ",".join(
        f"{2000 + n // 365}{n % 12 + 1:02}{n % 28 + 1:02}T080000Z" for n in range(5001)
    )
    file = read_lines(*event(START, "SUMMARY:Lab", f"RDATE:{named}"))
    assert remarks(file) == ["import.many_dates"]
    assert read_event(START, f"RDATE:{named.rpartition(',')[0]}").rrule
