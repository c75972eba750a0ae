"""Series at the same hour, one of them with a changed date, out into a file and back in."""

from __future__ import annotations

from pathlib import Path

import pytest

from caregiver_app.domain.times import instant
from tests.factories import moment
from tests.fakes import NEW_YORK, FakeClock, Home
from tests.services.ics import calendar, dates, event, look, read, states, take

FILE = calendar(
    event("a", "20261201T093000", "SUMMARY:Physio", "RRULE:FREQ=WEEKLY;COUNT=8"),
    event("a", "20261209T150000", "SUMMARY:Physio later",
          "RECURRENCE-ID;TZID=America/New_York:20261208T093000"),
    event("b", "20261124T093000", "SUMMARY:Lab", "RRULE:FREQ=DAILY;COUNT=40"),
    event("c", "20261201T093000", "SUMMARY:Call", "RRULE:FREQ=WEEKLY;COUNT=8",
          zone="Europe/Berlin"),
    event("d", "20261201", "SUMMARY:Bin", "RRULE:FREQ=WEEKLY;COUNT=8"),
    event("d", "20261209", "SUMMARY:Bin later", "RECURRENCE-ID;VALUE=DATE:20261208"),
    event("e", "20261207", "SUMMARY:Visitors", "RRULE:FREQ=DAILY;COUNT=4"),
    "BEGIN:VEVENT\nUID:f\nSUMMARY:Pill\nDTSTART:20261201T093000\nRRULE:FREQ=DAILY;COUNT=30\n"
    "END:VEVENT",
)  # fmt: skip


@pytest.fixture
def elsewhere(tmp_path: Path):
    clock = FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK))
    made = Home(tmp_path / "elsewhere", clock)
    yield made
    made.close()


def test_copies_of_dates_do_not_come_back(home: Home, elsewhere: Home) -> None:
    take(home, FILE)
    out = home.house.exporter.calendar()
    assert out.count(b"BEGIN:VEVENT") == len(read(FILE).events) + 4
    assert len(read(out).events) == len(read(FILE).events)
    assert set(states(look(home, out))) == {"unchanged"}
    assert set(states(take(elsewhere, out))) == {"new"}
    assert dates(elsewhere) == dates(home)
    assert elsewhere.house.exporter.calendar() == out


def test_a_copy_that_somebody_changed_is_a_changed_date(home: Home) -> None:
    take(home, FILE)
    out = home.house.exporter.calendar().decode().replace("\r\n ", "")
    events = out.split("BEGIN:VEVENT")
    place = next(
        n for n, one in enumerate(events) if "SUMMARY:Lab" in one and "RECURRENCE-ID" in one
    )
    events[place] = (
        events[place]
        .replace("T093000\r\nD", "T113000\r\nD")
        .replace("T100000\r\nD", "T120000\r\nD")
    )
    preview = look(home, "BEGIN:VEVENT".join(events))
    assert sorted(set(states(preview))) == ["new", "unchanged"]
    assert states(preview).count("new") == 1
    home.house.importer.take(preview)
    assert ("2026-12-08T11:30", "Lab") in dates(home)
    assert ("2026-12-08T09:30", "Lab") not in dates(home)
