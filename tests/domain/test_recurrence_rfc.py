"""The examples of RFC 5545 3.8.5.3 that are not sub-daily, as facts: start, rule, dates.

All start in New York. Dates are written as the RFC writes them, by month.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import pytest

from caregiver_app.domain.recurrence import expand, parse_rule, read_rule
from caregiver_app.domain.times import Zoned

NEW_YORK = "America/New_York"


def on(*months: str) -> list[date]:
    """Read dates told like "1997-09 2 5-7" or "1997 9/2"."""
    found: list[date] = []
    for told in months:
        month, *days = told.split()
        for days_told in days:
            first, _, last = days_told.partition("-")
            numbers = range(int(first), int(last or first) + 1)
            found += [date.fromisoformat(f"{month}-{day:02}") for day in numbers]
    return found


def every(first: str, last: str, step: int = 1) -> list[date]:
    """All days from the first to the last, `step` days apart."""
    day, end, found = date.fromisoformat(first), date.fromisoformat(last), []
    while day <= end:
        found.append(day)
        day += timedelta(days=step)
    return found


JANUARIES = [day for year in (1998, 1999, 2000) for day in on(f"{year}-01 1-31")]
# The start, the rule, its first dates, and whether these are all.
EXAMPLES: list[tuple[str, str, list[date], bool]] = [
    ("19970902", "FREQ=DAILY;COUNT=10", on("1997-09 2-11"), True),
    ("19970902", "FREQ=DAILY;UNTIL=19971224T000000Z", every("1997-09-02", "1997-12-23"), True),
    ("19970902", "FREQ=DAILY;INTERVAL=2", every("1997-09-02", "1997-12-03", 2), False),
    ("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5",
     on("1997-09 2 12 22", "1997-10 2 12"), True),
    ("19980101", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
     JANUARIES, True),
    ("19980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", JANUARIES, True),
    ("19970902", "FREQ=WEEKLY;COUNT=10", every("1997-09-02", "1997-11-04", 7), True),
    ("19970902", "FREQ=WEEKLY;UNTIL=19971224T000000Z",
     every("1997-09-02", "1997-12-23", 7), True),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
     on("1997-09 2 16 30", "1997-10 14 28", "1997-11 11 25", "1997-12 9 23",
        "1998-01 6 20", "1998-02 3 17"), False),
    ("19970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
     on("1997-09 2 4 9 11 16 18 23 25 30", "1997-10 2"), True),
    ("19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
     on("1997-09 2 4 9 11 16 18 23 25 30", "1997-10 2"), True),
    ("19970901", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
     on("1997-09 1 3 5 15 17 19 29", "1997-10 1 3 13 15 17 27 29 31",
        "1997-11 10 12 14 24 26 28", "1997-12 8 10 12 22"), True),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
     on("1997-09 2 4 16 18 30", "1997-10 2 14 16"), True),
    ("19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
     on("1997-09 5", "1997-10 3", "1997-11 7", "1997-12 5", "1998-01 2", "1998-02 6",
        "1998-03 6", "1998-04 3", "1998-05 1", "1998-06 5"), True),
    ("19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
     on("1997-09 5", "1997-10 3", "1997-11 7", "1997-12 5"), True),
    ("19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
     on("1997-09 7 28", "1997-11 2 30", "1998-01 4 25", "1998-03 1 29", "1998-05 3 31"), True),
    ("19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
     on("1997-09 22", "1997-10 20", "1997-11 17", "1997-12 22", "1998-01 19", "1998-02 16"),
     True),
    ("19970928", "FREQ=MONTHLY;BYMONTHDAY=-3",
     on("1997-09 28", "1997-10 29", "1997-11 28", "1997-12 29", "1998-01 29", "1998-02 26"),
     False),
    ("19970902", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
     on("1997-09 2 15", "1997-10 2 15", "1997-11 2 15", "1997-12 2 15", "1998-01 2 15"), True),
    ("19970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
     on("1997-09 30", "1997-10 1 31", "1997-11 1 30", "1997-12 1 31", "1998-01 1 31",
        "1998-02 1"), True),
    ("19970910", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
     on("1997-09 10-15", "1999-03 10-13"), True),
    ("19970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
     on("1997-09 2 9 16 23 30", "1997-11 4 11 18 25", "1998-01 6 13 20 27",
        "1998-03 3 10 17 24 31"), False),
    ("19970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
     [day for year in range(1997, 2002) for day in on(f"{year}-06 10", f"{year}-07 10")], True),
    ("19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
     [*on("1997-03 10"), *(day for year in (1999, 2001, 2003)
                           for day in on(f"{year}-01 10", f"{year}-02 10", f"{year}-03 10"))],
     True),
    ("19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
     on("1997-01 1", "1997-04 10", "1997-07 19", "2000-01 1", "2000-04 9", "2000-07 18",
        "2003-01 1", "2003-04 10", "2003-07 19", "2006-01 1"), True),
    ("19970519", "FREQ=YEARLY;BYDAY=20MO", on("1997-05 19", "1998-05 18", "1999-05 17"), False),
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
     on("1997-05 12", "1998-05 11", "1999-05 17"), False),
    ("19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
     on("1997-03 13 20 27", "1998-03 5 12 19 26", "1999-03 4 11 18 25"), False),
    ("19970605", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
     on("1997-06 5 12 19 26", "1997-07 3 10 17 24 31", "1997-08 7 14 21 28",
        "1998-06 4 11 18 25", "1998-07 2 9 16 23 30", "1998-08 6 13 20 27",
        "1999-06 3 10 17 24", "1999-07 1 8 15 22 29", "1999-08 5 12 19 26"), False),
    ("19970913", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
     on("1997-09 13", "1997-10 11", "1997-11 8", "1997-12 13", "1998-01 10", "1998-02 7",
        "1998-03 7", "1998-04 11", "1998-05 9", "1998-06 13"), False),
    ("19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
     on("1996-11 5", "2000-11 7", "2004-11 2"), False),
    ("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
     on("1997-09 4", "1997-10 7", "1997-11 6"), True),
    ("19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
     on("1997-09 29", "1997-10 30", "1997-11 27", "1997-12 30", "1998-01 29", "1998-02 26",
        "1998-03 30"), False),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
     on("1997-08 5 10 19 24"), True),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
     on("1997-08 5 17 19 31"), True),
    ("20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
     on("2007-01 15 30", "2007-02 15", "2007-03 15 30"), True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "text", "expected", "whole"), EXAMPLES, ids=[f"{e[0]}-{e[1]}" for e in EXAMPLES]
)
def test_an_example_of_the_rfc(start: str, text: str, expected: list[date], whole: bool):
    moment = Zoned(datetime.fromisoformat(f"{start}T0900"), NEW_YORK)
    dates = expand(moment, parse_rule(text, moment), moment.local)
    found = list(dates if whole else islice(dates, len(expected)))
    assert [local.date() for local in found] == expected
    assert {local.hour for local in found} == {9}


def test_every_friday_the_13th_begins_on_a_day_that_is_none():
    moment = Zoned(datetime(1997, 9, 2, 9), NEW_YORK)
    reading = read_rule("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", moment)
    assert not reading.matches_start
    found = islice(expand(moment, reading.rule, moment.local), 5)
    assert [local.date() for local in found] == on(
        "1998-02 13", "1998-03 13", "1998-11 13", "1999-08 13", "2000-10 13"
    )


@pytest.mark.parametrize("text", ["FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40"])
def test_every_twenty_minutes_of_a_working_day(text: str):
    moment = Zoned(datetime(1997, 9, 2, 9), NEW_YORK)
    found = list(islice(expand(moment, parse_rule(text, moment), moment.local), 48))
    twenty = timedelta(minutes=20)
    days = [moment.local + timedelta(days=day) for day in range(2)]
    assert found == [begins + number * twenty for begins in days for number in range(24)]
