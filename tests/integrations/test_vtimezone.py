"""The VTIMEZONE that we write says what the time zone data says, in every zone."""

from __future__ import annotations

import io
import re
import zoneinfo
from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from dateutil import tz as dateutil_tz

from caregiver_app.domain.times import zone_names
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.vtimezone import (
    changes,
    observances,
    offset_text,
    parse_posix,
    vtimezone,
    yearly_rules,
)
from tests.integrations.making import local

DAY = timedelta(days=1)
FIRST, LAST = date(2025, 1, 1), date(2030, 12, 31)


def text_of(zone: str, first: date = FIRST, last: date = LAST) -> str:
    return "".join(f"{line}\r\n" for line in vtimezone(zone, first, last))


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


class Evaluated:
    """The offsets that a VTIMEZONE tells, by RFC 5545 3.6.5 alone: the last onset decides."""

    def __init__(self, lines: list[str], last_year: int) -> None:
        self._onsets: list[tuple[datetime, timedelta]] = []
        part: dict[str, str] = {}
        for line in lines:
            name, _, told = line.partition(":")
            if name == "BEGIN":
                part = {}
            elif name == "END" and told != "VTIMEZONE":
                self._add(part, last_year)
            part[name] = told
        self._onsets.sort(key=lambda onset: onset[0])
        self._times = [at for at, _ in self._onsets]

    def _add(self, part: dict[str, str], last_year: int) -> None:
        before, after = (seconds(part[f"TZOFFSET{which}"]) for which in ("FROM", "TO"))
        begins = datetime.strptime(part["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        found = yearly(begins, part["RRULE"], last_year) if "RRULE" in part else [begins]
        assert found[0] == begins, part
        self._onsets += [(local - before, after) for local in found]

    def offset(self, at: datetime) -> timedelta:
        """Return the offset at an instant (naive, UTC) not before the first onset."""
        return self._onsets[bisect_right(self._times, at) - 1][1]

    @property
    def begins(self) -> datetime:
        return self._times[0]


def seconds(offset: str) -> timedelta:
    assert re.fullmatch(r"[+-](0\d|1\d|2[0-3])[0-5]\d([0-5]\d)?", offset), offset
    assert not re.fullmatch(r"-0+", offset)
    size = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]), seconds=int(offset[5:] or 0))
    return -size if offset[0] == "-" else size


def yearly(begins: datetime, rule: str, last_year: int) -> list[datetime]:
    parts = dict(part.split("=") for part in rule.split(";"))
    assert parts.pop("FREQ") == "YEARLY"
    number, weekday = re.fullmatch(r"(-?\d)?(\w\w)", parts.pop("BYDAY")).groups()  # type: ignore[union-attr]
    month, days = int(parts.pop("BYMONTH")), parts.pop("BYMONTHDAY", "")
    assert not parts
    found: list[datetime] = []
    for year in range(begins.year, last_year + 1):
        length = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
        fitting = [
            day
            for day in range(1, length + 1)
            if ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[date(year, month, day).weekday()]
            == weekday
        ]
        if days:
            fitting = [day for day in fitting if str(day) in days.split(",")]
        nth = int(number or 1)
        found.append(begins.replace(year=year, day=fitting[nth - 1 if nth > 0 else nth]))
    return found


def agrees(zone: str, first: date, last: date) -> int:
    """Assert that the text says what the data says around each change and every 29 days."""
    told = Evaluated(vtimezone(zone, first, last), last.year + 1)
    assert told.begins <= datetime(first.year, 1, 2)
    tz = zoneinfo.ZoneInfo(zone)
    days = (last - first).days
    probes = {datetime.combine(first, time()) + timedelta(days=n) for n in range(1, days, 29)}
    for change in changes(zone, first.year, last.year):
        at = change.local - change.before
        probes |= {at + timedelta(seconds=n) for n in (-86400, -1800, -1, 0, 1, 1800, 86400)}
    low, high = (datetime.combine(day, time()) for day in (first + 2 * DAY, last))
    checked = [at for at in probes if low <= at <= high]
    for at in checked:
        assert told.offset(at) == at.replace(tzinfo=UTC).astimezone(tz).utcoffset(), (zone, at)
    return len(checked)


def every_zone(first: date, last: date) -> int:
    return sum(agrees(zone, first, last) for zone in sorted(zone_names() - {"localtime"}))


def test_every_name_of_the_data_over_ten_years_with_changed_rules():
    assert len(zone_names()) > 590
    assert every_zone(date(2019, 3, 1), date(2029, 8, 1)) > 80_000


@pytest.mark.parametrize(
    ("zone", "year"),
    [
        ("America/Sao_Paulo", 2019), ("Asia/Amman", 2022), ("Europe/Volgograd", 2020),
        ("Africa/Juba", 2021), ("Pacific/Apia", 2011), ("America/Mexico_City", 2022),
        ("Asia/Tehran", 2022), ("Europe/Dublin", 1971), ("Africa/Casablanca", 2018),
        ("Africa/El_Aaiun", 2030), ("Australia/Lord_Howe", 1985), ("Africa/Monrovia", 1972),
        ("Europe/Amsterdam", 1937), ("Asia/Manila", 1978), ("America/New_York", 2007),
    ],
)  # fmt: skip
def test_zones_whose_rules_change_within_the_span(zone: str, year: int):
    assert agrees(zone, date(year - 3, 5, 1), date(year + 4, 2, 1)) > 80


@pytest.mark.long
@pytest.mark.parametrize(
    ("first", "last"), [(1900, 1970), (1965, 2045), (2095, 2125), (2179, 2200)]
)
def test_every_zone_in_the_far_past_and_future(first: int, last: int):
    assert every_zone(date(first, 1, 1), date(last, 12, 31)) > 50_000


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
    def told(year: int) -> list[datetime]:
        parts = observances("Africa/Sao_Tome", date(year, 6, 1), date(year, 7, 1))
        return [part.change.local for part in parts[1:]]

    assert told(2018) == [local("2018-01-01T01:00")]
    assert told(2019) == [local("2018-01-01T01:00"), local("2019-01-01T02:00")]


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
