"""Changed dates whose series is not here: as a calendar file may bring them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import AllDay, Zoned, instant, wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.takeout import TakeoutService
from tests.factories import moment
from tests.fakes import NEW_YORK, FakeClock, Home
from tests.services.ics import calendar, dates, event, look, states, take

RULE = "RRULE:FREQ=WEEKLY;COUNT=5"
STAMP = "LAST-MODIFIED:20261101T080000Z"
SERIES = event("s", "20261201T100000", RULE, STAMP, "SUMMARY:Infusion")
FIRST = event("s", "20261209T110000", "RECURRENCE-ID;TZID=America/New_York:20261208T100000",
              STAMP, "SUMMARY:Moved")  # fmt: skip
SECOND = event("s", "20261216T110000", "RECURRENCE-ID;TZID=America/New_York:20261215T100000",
               STAMP, "SUMMARY:Moved too")  # fmt: skip
TOGETHER = ["2026-12-01T10:00", "2026-12-09T11:00", "2026-12-16T11:00", "2026-12-22T10:00",
            "2026-12-29T10:00"]  # fmt: skip


@pytest.fixture
def elsewhere(tmp_path: Path):
    clock = FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK))
    made = Home(tmp_path / "elsewhere", clock)
    yield made
    made.close()


def kept(home: Home) -> list[Appointment]:
    return home.house.care.store.all(Appointment)


def alone(home: Home) -> Appointment:
    (one,) = kept(home)
    return one


def out(home: Home) -> str:
    return home.house.exporter.calendar(Wanted()).decode().replace("\r\n ", "")


def named(home: Home) -> list[str]:
    return [line for line in out(home).splitlines() if line.startswith("RECURRENCE-ID")]


def test_several_of_one_name_live_beside_each_other(home: Home) -> None:
    assert states(take(home, calendar(FIRST, SECOND))) == ["new", "new"]
    assert {(one.uid, one.series, one.original) for one in kept(home)} == {
        ("s", None, "2026-12-08T10:00"), ("s", None, "2026-12-15T10:00"),
    }  # fmt: skip
    assert dates(home) == [("2026-12-09T11:00", "Moved"), ("2026-12-16T11:00", "Moved too")]
    assert states(look(home, calendar(SECOND, FIRST))) == ["unchanged", "unchanged"]
    assert states(look(home, out(home))) == ["unchanged", "unchanged"]
    again = FIRST.replace("20261209T110000", "20261209T120000")
    assert states(take(home, calendar(again))) == ["updated"]
    assert [key for key, _ in dates(home)] == ["2026-12-09T12:00", "2026-12-16T11:00"]


NAMES = {
    "in its own zone": (FIRST, "RECURRENCE-ID;TZID=America/New_York:20261208T100000"),
    "in UTC": (
        FIRST.replace(";TZID=America/New_York:20261208T100000", ":20261208T150000Z"),
        "RECURRENCE-ID;TZID=America/New_York:20261208T100000",
    ),
    "in another zone": (
        FIRST.replace("ID;TZID=America/New_York:20261208T10", "ID;TZID=Europe/Berlin:20261208T16"),
        "RECURRENCE-ID;TZID=America/New_York:20261208T100000",
    ),
    "as a date": (
        FIRST.replace(";TZID=America/New_York:20261208T100000", ";VALUE=DATE:20261208"),
        "RECURRENCE-ID;VALUE=DATE:20261208",
    ),
    "whole days": (
        event("s", "20261209", "RECURRENCE-ID;VALUE=DATE:20261208"),
        "RECURRENCE-ID;VALUE=DATE:20261208",
    ),
    "floating": (
        "BEGIN:VEVENT\nUID:s\nDTSTART:20261209T110000\nRECURRENCE-ID:20261208T100000\nEND:VEVENT",
        "RECURRENCE-ID:20261208T100000",
    ),
    "and all later ones": (
        FIRST.replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;"),
        "RECURRENCE-ID;TZID=America/New_York:20261208T100000",
    ),
    "an hour that the clocks skip": (
        FIRST.replace("20261208T100000", "20260308T023000"),
        "RECURRENCE-ID:20260308T070000Z",
    ),
    "beginning in an hour that comes twice": (
        FIRST.replace("20261209T110000", "20261101T013000\nDURATION:PT30M"),
        "RECURRENCE-ID:20261208T150000Z",
    ),
}


@pytest.mark.parametrize("case", NAMES)
def test_its_date_goes_out_as_it_came(home: Home, elsewhere: Home, case: str) -> None:
    said, expected = NAMES[case]
    take(home, calendar(said))
    assert named(home) == [expected]
    assert states(look(home, calendar(said))) == ["unchanged"]
    assert states(look(home, out(home))) == ["unchanged"]
    take(elsewhere, out(home))
    assert out(elsewhere).split("BEGIN:VEVENT")[1:] == out(home).split("BEGIN:VEVENT")[1:]


def test_a_zone_covers_the_date_that_it_names(home: Home) -> None:
    take(home, calendar(event("s", "20261209T110000", "RECURRENCE-ID;TZID=Africa/Juba:20201208T10"
                              "0000", zone="Africa/Juba")))  # fmt: skip
    zone = out(home).split("BEGIN:VTIMEZONE")[1].split("END:VTIMEZONE")[0]
    assert "TZOFFSETTO:+0300" in zone  # which ended in 2021
    assert "TZOFFSETTO:+0200" in zone


@pytest.mark.parametrize("beside", [(), (FIRST,)], ids=["unnamed", "named"])
def test_it_joins_its_series(home: Home, beside: tuple[str, ...]) -> None:
    take(home, calendar(FIRST, SECOND))
    ids = {one.original: one.id for one in kept(home)}
    assert look(home, calendar(SERIES, *beside)).rows[0].state == "new"
    take(home, calendar(SERIES, *beside))
    assert [key for key, _ in dates(home)] == TOGETHER
    master = next(one for one in kept(home) if one.rrule)
    assert master.exdates == ("2026-12-08T10:00", "2026-12-15T10:00")
    joined = home.house.care.store.changed_dates(master.id)
    assert {one.original: one.id for one in joined} == ids
    # Nothing is different after that.
    assert set(states(look(home, calendar(SERIES, *beside)))) == {"unchanged"}
    assert set(states(look(home, calendar(FIRST, SECOND)))) == {"unchanged"}
    assert set(states(look(home, out(home)))) == {"unchanged"}
    home.house.care.undo()
    assert {one.original: one.series for one in kept(home)} == dict.fromkeys(ids)


def test_it_joins_a_series_of_another_zone(home: Home) -> None:
    berlin = FIRST.replace("ID;TZID=America/New_York:20261208T10", "ID:20261208T15")
    berlin = berlin.replace("TZID=America/New_York:20261209T11", "TZID=Europe/Berlin:20261209T17")
    take(home, calendar(berlin.replace("ID:20261208T150000", "ID:20261208T150000Z")))
    assert alone(home).original == "2026-12-08T16:00"
    take(home, calendar(SERIES))
    master = next(one for one in kept(home) if one.rrule)
    assert master.exdates == ("2026-12-08T10:00",)


def test_what_its_series_does_not_have_stays_alone(home: Home, elsewhere: Home) -> None:
    take(home, calendar(FIRST.replace("20261208T10", "20261207T10")))
    later = SERIES.replace("SUMMARY", "SEQUENCE:4\nSUMMARY")
    take(home, calendar(later))
    assert [one.series for one in kept(home)] == [None, None]
    assert len(dates(home)) == 6
    assert set(states(look(home, out(home)))) == {"unchanged"}
    # Nor does a reader take it for a date that its newer series has no more.
    take(elsewhere, out(home))
    assert dates(elsewhere) == dates(home)


def test_only_a_newer_series_takes_it_back(home: Home) -> None:
    take(home, calendar(SERIES))
    take(home, calendar(FIRST))
    newer = SERIES.replace(STAMP, "LAST-MODIFIED:20261121T170000Z\nSEQUENCE:1")
    assert [key for key, _ in dates(home)][1] == "2026-12-09T11:00"
    home.clock.on(hours=3)
    take(home, calendar(newer))
    assert [key for key, _ in dates(home)][1] == "2026-12-08T10:00"


# -- A single appointment in all else --------------------------------------------------------------


def test_moving_and_cancelling_keep_its_name(home: Home) -> None:
    take(home, calendar(FIRST))
    one, series = alone(home), home.house.series
    assert not series.repeats(one.id)
    assert series.scopes(one.id) == ()
    series.move(one.id, "", moment("2026-12-10T15:00"))
    assert dates(home) == [("2026-12-10T15:00", "Moved")]
    assert named(home) == [NAMES["in its own zone"][1]]
    series.cancel(one.id)
    assert dates(home) == []
    assert "STATUS:CANCELLED" in out(home)
    series.restore(one.id)
    series.remove(one.id)
    assert kept(home) == []
    home.house.care.undo()
    assert alone(home).original == one.original
    copy = series.duplicate(one.id, "", moment("2027-01-10T15:00"))
    found = home.house.agenda.get(copy)
    assert found is not None
    assert (found.original, found.uid == one.uid) == ("", False)


def test_another_zone_is_still_the_same_date(home: Home) -> None:
    take(home, calendar(FIRST))
    one = alone(home)
    home.house.agenda.save(replace(one, start=Zoned(wall(one.start), "Europe/Berlin")))
    assert named(home) == ["RECURRENCE-ID;TZID=Europe/Berlin:20261208T160000"]
    newer = FIRST.replace("SUMMARY", "SEQUENCE:5\nSUMMARY")
    back = look(home, calendar(newer))
    assert [(row.state, row.old and row.old.id) for row in back.rows] == [("updated", one.id)]
    home.house.agenda.save(replace(alone(home), start=AllDay(wall(one.start).date())))
    assert named(home) == ["RECURRENCE-ID;VALUE=DATE:20261208"]
    take(home, calendar(newer))
    assert (alone(home).id, alone(home).original) == (one.id, one.original)


def test_it_reminds_and_never_repeats(home: Home) -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT1H\nEND:VALARM\nSUMMARY"
    take(home, calendar(FIRST.replace("SUMMARY", alarm)))
    one = alone(home)
    assert home.due() == []
    home.clock.at("2026-12-09T10:30")
    assert {ring.entry for ring in home.due()} == {one.id}
    with pytest.raises(InputRefused) as refused:
        home.house.agenda.save(replace(one, rrule="FREQ=DAILY"))
    assert refused.value.key == "series.no_repeat"


def test_everything_as_lines_brings_it_back(home: Home, elsewhere: Home) -> None:
    take(home, calendar(FIRST, SECOND))
    lines = TakeoutService(home.house).everything().decode().splitlines()
    elsewhere.add(*(one for one in lines if json.loads(one)["kind"] in ("person", "appointment")))
    assert [one.original for one in kept(elsewhere)] == [one.original for one in kept(home)]
    assert out(elsewhere) == out(home)
    assert set(states(look(elsewhere, calendar(FIRST, SECOND)))) == {"unchanged"}
