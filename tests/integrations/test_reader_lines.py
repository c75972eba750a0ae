"""Lines and parts of a foreign calendar file: RFC 5545 3.1, 3.2, 3.4 and what programs do to it."""

from __future__ import annotations

import pytest

from caregiver_app.integrations.incoming import Incoming
from caregiver_app.integrations.reader import read_calendar
from tests.integrations.foreign import calendar, dates, event, read_event, read_lines, remarks

START = "DTSTART:20261124T083000Z"
AT = "2026-11-24T08:30:00Z"


def only(data: bytes) -> Incoming:
    (one,) = read_calendar(data).events
    return one


# -- 3.1 Folding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b"SUMMARY:Blood \r\n test", "Blood test"),
        (b"SUMMARY:Bl\r\n\tood test", "Blood test"),
        (b"SUMM\r\n ARY:Blood test", "Blood test"),
        (b"SUMMARY:Blood \n test", "Blood test"),
        (b"SUMMARY:Blood \r test", "Blood test"),
        (b"SUMMARY\r\n\r\n :Blood test", "Blood test"),
        (b"SUMMARY:Bl\r\n o\r\n o\r\n d", "Blood"),
        (b"SUMMARY:Caf\xc3\r\n \xa9", "Café"),
        (b"SUMMARY:\xe7\x8e\r\n \x8b\xe6\xa2\x85", "王梅"),
    ],
    ids=["space", "tab", "name", "lf", "cr", "blank line", "often", "in a character", "chinese"],
)
def test_a_folded_line_is_one_line(written: bytes, title: str):
    data = calendar(*event(START, "SUMMARY:x")).replace(b"SUMMARY:x", written)
    assert only(data).title == title


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_lines_end_as_each_system_ends_them(ending: bytes):
    data = calendar(*event(START, "SUMMARY:Lab", "DESCRIPTION:fas", " ting"))
    one = only(data.replace(b"\r\n", ending))
    assert (one.title, one.note) == ("Lab", "fasting")


def test_a_lone_return_within_a_text_ends_no_line():
    one = only(calendar(*event(START, "DESCRIPTION:first\rsecond")))
    assert one.note == "first\nsecond"


@pytest.mark.parametrize("text", ["a\u2028b", "a\x0cb", "a\x85b"])
def test_other_separators_end_no_line(text: str):
    file = read_lines(*event(START, f"SUMMARY:{text}", "LOCATION:Clinic"))
    (one,) = file.events
    assert one.place == "Clinic"
    assert one.title[0] + one.title[-1] == "ab"


# -- 3.1.4 Character set ---------------------------------------------------------------------------

_WORDS = calendar(*event(START, "SUMMARY:Prüfung für Ærø")).decode()


@pytest.mark.parametrize(
    "data",
    [
        _WORDS.encode(),
        b"\xef\xbb\xbf" + _WORDS.encode(),
        _WORDS.encode("utf-16"),
        b"\xfe\xff" + _WORDS.encode("utf-16-be"),
        _WORDS.encode("utf-16-le"),
        _WORDS.encode("utf-16-be"),
        _WORDS.encode("cp1252"),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16 be", "utf-16 le bare", "utf-16 be bare", "cp1252"],
)
def test_every_usual_encoding_is_read(data: bytes):
    assert only(data).title == "Prüfung für Ærø"


def test_one_line_in_windows_own_spoils_no_other():
    data = calendar(*event(START, "SUMMARY:Müller", "LOCATION:x"))
    one = only(data.replace(b"LOCATION:x", b"LOCATION:M\xfcnchen"))
    assert (one.title, one.place) == ("Müller", "München")


def test_files_put_one_after_another_are_all_read():
    first = calendar(*event(START, uid="a"))
    second = b"\xef\xbb\xbf" + calendar(*event(START, uid="b"))
    file = read_calendar(first + second)
    assert [one.uid for one in file.events] == ["a", "b"]
    assert file.dropped == {}


# -- 3.2 Names and parameters ----------------------------------------------------------------------


def test_names_may_be_small():
    file = read_calendar(
        b"begin:vcalendar\nbegin:vevent\nuid:a\ndtstart;tzid=Europe/Berlin:20261124T093000\n"
        b"rrule:freq=daily;count=2\nend:vevent\nend:vcalendar\n"
    )
    assert dates(file) == [AT, "2026-11-25T08:30:00Z"]


@pytest.mark.parametrize(
    "line",
    [
        'DTSTART;TZID="Europe/Berlin":20261124T093000',
        "DTSTART;X-A=1,2;TZID=Europe/Berlin:20261124T093000",
        'DTSTART;X-A="a:b;c";TZID=Europe/Berlin:20261124T093000',
        "DTSTART; TZID = Europe/Berlin: 20261124T093000",
        "DTSTART;VALUE=DATE-TIME;TZID=Europe/Berlin:20261124T093000",
        "DTSTART;TZID=Europe/Berlin:20261124T093000  ",
    ],
)
def test_parameters_are_read_as_they_are_written(line: str):
    assert dates(read_lines(*event(line))) == [AT]


def test_rfc_6868_carets_in_a_parameter():
    assert read_event(START, "X-NOTE;X-P=a^nb^'c^^d:1").extra == "X-NOTE;X-P=a^nb^'c^^d:1"


def test_escapes_of_a_text():
    one = read_event(START, r"DESCRIPTION:one\, two\; three\\n four\nfive\Nsix", r"SUMMARY:a\nb")
    assert one.note == "one, two; three\\n four\nfive\nsix"
    assert one.title == "a b"


@pytest.mark.parametrize("line", ["no colon here", "=;:", "SUMMARY", '" "X:1'])
def test_a_line_that_nobody_can_read_is_named(line: str):
    file = read_lines(*event(START, line, "LOCATION:Clinic"))
    (one,) = file.events
    assert one.place == "Clinic"
    (remark,) = one.remarks
    assert remark.key == "import.line_unread"
    assert remark.values == {"line": "7", "text": line}


def test_many_unread_lines_are_counted():
    file = read_lines(*event(START, *(f"nothing {n}" for n in range(9))))
    told = file.events[0].remarks
    assert [one.key for one in told] == ["import.line_unread"] * 5 + ["import.lines_unread"]
    assert told[-1].values == {"count": "4"}


def test_unread_lines_outside_of_events_are_counted():
    file = read_calendar(b"Dear all,\r\nsee below\r\n" + calendar(*event(START)))
    assert dates(file) == [AT]
    assert file.dropped == {"line": 2}


# -- 3.4 and 3.6 Parts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VEVENT\nUID:a\n{0}\nEND:VEVENT\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{0}\nEND:VEVENT\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{0}\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{0}\nEND:VCALENDAR\n",
        "\n\nBEGIN:VCALENDAR\n\nBEGIN:VEVENT\nUID:a\n\n{0}\nEND:VEVENT\nEND:VCALENDAR\n\n",
        "BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n{0}\nEND:VEVENT\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\nEND:VTODO\nBEGIN:VEVENT\n{0}\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\nBEGIN:X-BOX\nBEGIN:VEVENT\n{0}\nEND:VEVENT\nEND:X-BOX\nEND:VCALENDAR",
    ],
    ids=["no calendar", "no end of it", "no end", "no end of the event", "blank lines", "twice",
         "wrong ends", "in another part"],
)  # fmt: skip
def test_missing_and_superfluous_frames(text: str):
    assert dates(read_calendar(text.format(START).encode())) == [AT]


def test_an_event_whose_end_is_missing_ends_where_the_next_one_begins():
    file = read_lines(
        "BEGIN:VEVENT", "UID:a", START, "SUMMARY:first",
        "BEGIN:VALARM", "TRIGGER:-PT1H",
        "BEGIN:VEVENT", "UID:b", START, "SUMMARY:second", "END:VEVENT",
        "BEGIN:VTODO", "UID:c", "SUMMARY:third", "END:VTOOD",
        *event(START, "SUMMARY:fourth", uid="d"),
    )  # fmt: skip
    assert [one.title for one in file.events] == ["first", "second", "fourth"]
    assert file.events[0].alarms == (60,)
    assert [one.title for one in file.skipped] == ["third"]


def test_several_calendars_in_one_file_share_the_zones_they_describe():
    zone = ("BEGIN:VTIMEZONE", "TZID:Home", "BEGIN:STANDARD", "DTSTART:20200101T000000",
            "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530", "END:STANDARD", "END:VTIMEZONE")  # fmt: skip
    first = calendar(*zone, *event("DTSTART;TZID=Home:20261124T140000", uid="a"))
    second = calendar(*event("DTSTART;TZID=Home:20261124T140000", uid="b"))
    assert dates(read_calendar(first + second)) == [AT, AT]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("VTODO", "import.not_an_event.task"),
        ("VJOURNAL", "import.not_an_event.journal"),
        ("VFREEBUSY", "import.not_an_event.busy"),
        ("X-THING", "import.not_an_event"),
    ],
)
def test_what_is_no_event_is_told(name: str, key: str):
    file = read_lines(f"BEGIN:{name}", "SUMMARY:Buy gauze", START, f"END:{name}", *event(START))
    assert dates(file) == [AT]
    (left_out,) = file.skipped
    assert (left_out.line, left_out.title, left_out.reason.key) == (4, "Buy gauze", key)
    assert file.dropped == {}


def test_a_file_of_nothing_is_empty():
    for data in (b"", b"\r\n \r\n", b"\xef\xbb\xbf", calendar(), b"hello"):
        file = read_calendar(data)
        assert (file.events, file.skipped) == ((), ())
    assert remarks(read_calendar(calendar())) == []
