"""The VTIMEZONE that we write says what the time zone data says, in every zone."""

from __future__ import annotations

import io
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil import tz as dateutil_tz

from caregiver_app.domain.times import zone_names
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.vtimezone import (
    observances,
    offset_text,
    parse_posix,
    vtimezone,
    yearly_rules,
)
from tests.integrations.making import local

FIRST, LAST = date(2025, 1, 1), date(2030, 12, 31)


def text_of(zone: str, first: date = FIRST, last: date = LAST) -> str:
    return vtimezone(zone, first, last).to_ical().decode()


def lines_of(zone: str, first: date = FIRST, last: date = LAST) -> list[str]:
    return text_of(zone, first, last).split("\r\n")


def instants(tz: zoneinfo.ZoneInfo) -> list[datetime]:
    """The first of every month, and the hours around every change."""
    found = [datetime(y, m, 1, 12, tzinfo=UTC) for y in range(2025, 2031) for m in range(1, 13)]
    day = datetime(2025, 1, 1, tzinfo=UTC)
    while day.year < 2031:
        following = day + timedelta(days=1)
        if day.astimezone(tz).utcoffset() != following.astimezone(tz).utcoffset():
            found += [day + timedelta(minutes=30 * half) for half in range(48)]
        day = following
    return found


def test_every_zone_reads_back_as_the_time_zone_data_says() -> None:
    alike: dict[str, str] = {}
    for zone in sorted(zone_names() - {"localtime", "Factory"}):
        alike.setdefault(text_of(zone).replace(f"TZID:{zone}\r\n", "TZID:Zone\r\n"), zone)
    assert len(alike) > 50
    for text, zone in alike.items():
        # dateutil is the reader here: it knows nothing of how the text was made.
        read = dateutil_tz.tzical(io.StringIO(text)).get("Zone")
        tz = zoneinfo.ZoneInfo(zone)
        for instant in instants(tz):
            wall = instant.astimezone(tz)
            if wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset():
                continue  # an hour that comes twice is read differently by design
            offset = wall.replace(tzinfo=read).utcoffset()
            assert offset == wall.utcoffset(), (zone, instant)


def test_new_york_is_a_pair_of_yearly_rules() -> None:
    assert lines_of("America/New_York") == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:DAYLIGHT",
        "DTSTART:20240310T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "TZNAME:EDT",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20241103T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "TZNAME:EST",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_the_change_in_berlin_is_told_on_the_clock_before_it() -> None:
    lines = lines_of("Europe/Berlin")
    assert "DTSTART:20240331T020000" in lines
    assert "DTSTART:20241027T030000" in lines
    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in lines


def test_summer_in_dublin_is_daylight_time_though_the_data_turns_it_round() -> None:
    summer, winter = observances("Europe/Dublin", FIRST, LAST)
    assert (summer.change.daylight, summer.change.name) == (True, "IST")
    assert (winter.change.daylight, winter.change.name) == (False, "GMT")


def test_a_zone_without_summer_time_has_one_standard_part() -> None:
    (only,) = observances("Asia/Kolkata", FIRST, LAST)
    assert (only.rrule, only.change.daylight) == ("", False)
    assert only.change.before == only.change.after == timedelta(hours=5, minutes=30)


def test_years_before_the_rules_of_today_are_written_change_by_change() -> None:
    parts = observances("America/New_York", date(2005, 6, 1), date(2028, 1, 1))
    years = [part.change.local.year for part in parts if not part.rrule]
    assert years == [2004, 2004, 2004, 2005, 2005, 2006, 2006]
    assert [part.change.local for part in parts if part.rrule] == [
        local("2007-03-11T02:00"),
        local("2007-11-04T02:00"),
    ]


def test_a_span_that_ends_before_the_rules_has_none() -> None:
    parts = observances("America/New_York", date(1999, 6, 1), date(2001, 1, 1))
    assert not any(part.rrule for part in parts)
    assert len(parts) == 1 + 2 * 4
    assert observances("America/New_York", date(2001, 1, 1), date(1999, 1, 1))


def test_a_change_on_new_year_s_day_belongs_to_the_new_year() -> None:
    def changes(year: int) -> list[datetime]:
        parts = observances("Africa/Sao_Tome", date(year, 6, 1), date(year, 7, 1))
        return [part.change.local for part in parts[1:]]

    assert changes(2018) == [local("2018-01-01T01:00")]
    assert changes(2019) == [local("2018-01-01T01:00"), local("2019-01-01T02:00")]


def test_negative_summer_time_without_rules_is_named_the_other_way_round() -> None:
    parts = observances("Europe/Dublin", date(1975, 1, 1), date(1977, 1, 1))
    named = {(part.change.name, part.change.daylight) for part in parts[1:]}
    assert named == {("IST", True), ("GMT", False)}


def test_a_rule_with_an_hour_on_another_day_names_that_day() -> None:
    thursday_fifty, _ = parse_posix("EET-2EEST,M3.4.4/50,M10.4.4/50")
    assert thursday_fifty.rrule() == (
        "FREQ=YEARLY;BYMONTH=3;BYDAY=SA;BYMONTHDAY=24,25,26,27,28,29,30"
    )
    assert thursday_fifty.in_year(2026).local == local("2026-03-28T02:00")
    evening, _ = parse_posix("<-02>2<-01>,M3.5.0/-1,M10.5.0/0")
    assert evening.rrule() == "FREQ=YEARLY;BYMONTH=3;BYDAY=SA;BYMONTHDAY=24,25,26,27,28,29,30"
    assert (evening.name, evening.before) == ("-01", timedelta(hours=-2))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<+0530>-5:30",
        "AAA3BBB,J60,J300",  # counted in days of the year
        "EET-2EEST,M4.5.5/0,M10.5.4/24",  # the last Thursday's midnight may be in November
        "AAA3BBB,M2.5.0/-1,M10.1.0",  # the last Sunday of February moves with leap years
        "AAA3BBB,M3.1.0/-1,M10.1.0",  # the day before a month's first Sunday
    ],
)
def test_rules_that_one_month_cannot_say_are_not_used(text: str) -> None:
    assert parse_posix(text) == ()


def test_seconds_and_a_given_summer_offset_are_read() -> None:
    summer, winter = parse_posix("LMT0:44:30XST-1:15,M3.2.0/1:30:15,M11.1.0")
    assert (summer.before, summer.after) == (
        -timedelta(minutes=44, seconds=30),
        timedelta(hours=1, minutes=15),
    )
    assert summer.clock == timedelta(hours=1, minutes=30, seconds=15)
    assert winter.clock == timedelta(hours=2)


def test_offsets_are_spelled_with_their_sign() -> None:
    assert offset_text(timedelta(hours=-3, minutes=-30)) == "-0330"
    assert offset_text(timedelta()) == "+0000"
    assert offset_text(-timedelta(minutes=44, seconds=30)) == "-004430"


def test_the_packaged_data_is_used_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    yearly_rules.cache_clear()
    assert yearly_rules("America/New_York") == parse_posix("EST5EDT,M3.2.0,M11.1.0")
    yearly_rules.cache_clear()


def test_data_without_a_last_line_promises_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "America").mkdir()
    (tmp_path / "America" / "New_York").write_bytes(b"TZif")
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    yearly_rules.cache_clear()
    assert yearly_rules("America/New_York") == ()
    parts = observances("America/New_York", FIRST, LAST)
    assert len(parts) == 1 + 2 * 7  # the state at the start, and two changes a year
    yearly_rules.cache_clear()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", ""])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(InputRefused):
        vtimezone(zone, FIRST, LAST)
