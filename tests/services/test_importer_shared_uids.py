"""Calendar files whose changed dates name what is no date of a series, and series of two people."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Zoned
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.import_report import all_of
from tests.factories import line
from tests.fakes import Home
from tests.services.ics import ZONE, calendar, dates, edited, event, look, states, take

VISITS = (
    '{"kind":"plan","id":"p1","medicine":"infliximab","first":"2026-11-24T09:30",'
    '"zone":"America/New_York","offsets":[0,2,6],"every":8,"unit":"week","minutes":150}'
)
_YEAR = (date(2026, 11, 1), date(2027, 6, 30))
SERIES = event("gym", "20261201T100000", "SUMMARY:Physio", "RRULE:FREQ=WEEKLY;COUNT=3")
LONE = event("gym", "20261209T110000", "SUMMARY:Physio",
             f"RECURRENCE-ID;TZID={ZONE}:20261208T100000")  # fmt: skip


def of(home: Home, uid: str) -> list[Appointment]:
    return home.house.care.store.with_uids([uid])


# -- A series that moves away from its changed dates -------------------------------------------


def test_a_changed_date_stays_when_its_series_moves_in_our_own_file(home: Home) -> None:
    home.add(line("appointment", id="gym", type="other", title="Physio", zone=ZONE,
                  start="2026-12-01T10:00", rrule="FREQ=WEEKLY;COUNT=3"))  # fmt: skip
    for day in ("08", "15"):
        home.add(line("appointment", id=f"g{day}", type="other", title="Physio", zone=ZONE,
                      start=f"2026-12-{day}T17:00", series="gym",
                      original=f"2026-12-{day}T10:00"))  # fmt: skip
    data = home.house.exporter.calendar(Wanted())
    file = edited(data, "RRULE", ":20261201T1000", ":20261202T0900")
    file = edited(file.encode(), "RRULE", ":20261201T1100", ":20261202T1000")
    preview = look(home, file)
    told = [one for row in preview.rows for one in row.remarks if one.key == "import.date_alone"]
    assert [one.values["day"] for one in told] == ["2026-12-08", "2026-12-15"]
    assert "skipped" not in states(preview)
    home.house.importer.take(preview)
    found = [key[:16] for key, _ in dates(home)]
    assert {"2026-12-08T17:00", "2026-12-15T17:00"} <= set(found)
    assert {"2026-12-02T09:00", "2026-12-09T09:00", "2026-12-16T09:00"} <= set(found)
    again = look(home, file)
    assert set(states(again)) == {"unchanged"}


# -- A single entry named by its own start -----------------------------------------------------


@pytest.mark.parametrize("named", ["20261201T143000Z", f";TZID={ZONE}:20261201T093000", "DATE"])
def test_a_single_entry_named_by_its_start_is_that_entry(home: Home, named: str) -> None:
    take(home, calendar(event("lab", "20261201T093000", "SUMMARY:Lab")))
    said = f"RECURRENCE-ID{named if named[0] == ';' else f':{named}'}"
    said = "RECURRENCE-ID;VALUE=DATE:20261201" if named == "DATE" else said
    moved = calendar(event("lab", "20261203T100000", "SUMMARY:Lab", said))
    assert states(take(home, moved)) == ["updated"]
    (one,) = of(home, "lab")
    assert (one.start.local.day, one.original) == (3, "")  # type: ignore[union-attr]
    assert states(look(home, moved)) == ["unchanged"]


def test_a_visit_named_by_its_start_is_never_moved(home: Home) -> None:
    home.add(VISITS)
    uid = home.house.care.store.visits("p1")[0].uid
    before = home.house.agenda.between(*_YEAR)
    file = calendar(event(uid, "20261126T093000", "SUMMARY:Infusion", "DURATION:PT150M",
                          f"RECURRENCE-ID;TZID={ZONE}:20261124T093000"))  # fmt: skip
    preview = look(home, file)
    assert [(row.state, row.moves_visit, row.ticked) for row in preview.rows] == [
        ("updated", True, False)
    ]
    home.house.importer.take(preview, all_of(preview))
    after = home.house.agenda.between(*_YEAR)
    assert [one.key for one in after] == [one.key for one in before]


def test_another_date_than_its_start_is_a_date_of_its_own(home: Home) -> None:
    take(home, calendar(event("lab", "20261201T093000", "SUMMARY:Lab")))
    other = event("lab", "20261203T100000", f"RECURRENCE-ID;TZID={ZONE}:20261202T093000")
    assert states(take(home, calendar(other))) == ["new"]
    assert len(of(home, "lab")) == 2


# -- Whose, and which kind ---------------------------------------------------------------------


def two(home: Home) -> None:
    home.add(line("person", id="ana", name="Ana"), line("person", id="bob", name="Bob"))


@pytest.mark.parametrize("file", [calendar(SERIES), calendar(SERIES, LONE)])
def test_a_date_that_joins_a_series_gets_its_person(home: Home, file: bytes) -> None:
    two(home)
    take(home, calendar(LONE), "ana")
    take(home, file, "bob")
    assert {one.person for one in of(home, "gym")} == {"bob"}
    assert len([one for one in of(home, "gym") if one.series]) == 1


def test_the_kind_of_a_series_holds_for_its_dates(home: Home) -> None:
    second = LONE.replace("20261208", "20261215").replace("20261209", "20261216")
    preview = look(home, calendar(SERIES, LONE, second))
    home.house.importer.take(preview, None, {0: "drive", 2: "lab"})
    kinds = {one.original[:10]: one.type for one in of(home, "gym")}
    assert kinds == {"": "drive", "2026-12-08": "drive", "2026-12-15": "lab"}


# -- Hours in UTC ------------------------------------------------------------------------------


@pytest.mark.parametrize(("head", "zone", "hour"), [
    ("", ZONE, 9), ("X-WR-TIMEZONE:Europe/Berlin\n", "Europe/Berlin", 15),
    ("X-WR-TIMEZONE:Nowhere/Else\n", ZONE, 9),
])  # fmt: skip
def test_a_single_hour_in_utc_is_told_at_home(home: Home, head: str, zone: str, hour: int) -> None:
    one = f"{head}BEGIN:VEVENT\nUID:utc\nDTSTART:20261201T143000Z\nSUMMARY:Lab\nEND:VEVENT"
    take(home, calendar(one))
    (kept,) = of(home, "utc")
    assert isinstance(kept.start, Zoned)
    assert (kept.start.zone, kept.start.local.hour) == (zone, hour)
    assert states(look(home, calendar(one))) == ["unchanged"]
    repeated = (
        one.replace("SUMMARY", "RRULE:FREQ=DAILY;COUNT=2\nSUMMARY")
        .replace("utc", "two")
        .replace("Lab", "Walk")
    )
    take(home, calendar(repeated))
    assert of(home, "two")[0].start == Zoned(of(home, "two")[0].start.local, "UTC")  # type: ignore[union-attr]


def test_the_hour_that_comes_twice_stays_in_utc(home: Home) -> None:
    one = "BEGIN:VEVENT\nUID:utc\nDTSTART:20271107T063000Z\nSUMMARY:Lab\nEND:VEVENT"
    take(home, calendar(one))
    (kept,) = of(home, "utc")
    assert kept.start.zone == "UTC"  # type: ignore[union-attr]


def test_made_is_never_later_than_changed(home: Home) -> None:
    take(home, calendar(event("lab", "20261201T093000", "LAST-MODIFIED:20260101T120000Z")))
    (kept,) = of(home, "lab")
    assert kept.created == kept.changed
