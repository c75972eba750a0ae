"""New events that look like an entry which is there already."""

from __future__ import annotations

import pytest

from caregiver_app.services.import_report import all_of
from tests.factories import line
from tests.fakes import Home
from tests.services.ics import ZONE, calendar, event, look, take

HERE = line("appointment", id="b", type="lab", title="Blood test", start="2026-12-08T09:00",
            zone=ZONE, place="City Lab")  # fmt: skip


def said(home: Home, *events: str) -> list[tuple[bool, str]]:
    rows = look(home, calendar(*events)).rows
    return [
        (row.ticked, next((r.values["title"] for r in row.remarks
                           if r.key == "import.looks_like"), ""))
        for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize(("told", "alike"), [
    (event("x", "20261208T090000", "SUMMARY:BLOOD  test"), True),
    (event("x", "20261208T090000", "SUMMARY:Blood test (Rosa)"), True),
    (event("x", "20261208T150000", "SUMMARY:blood test", zone="Europe/Berlin"), True),
    (event("x", "20261208T090000", "SUMMARY:Lab work", "LOCATION:city lab"), True),
    (event("x", "20261208T090000", "SUMMARY:Dinner", "LOCATION:city lab"), False),
    (event("x", "20261208T090000", "SUMMARY:Lunch"), False),
    (event("x", "20261208T093000", "SUMMARY:Blood test"), False),
    (event("x", "20261208", "SUMMARY:Blood test"), False),
])  # fmt: skip
def test_what_looks_like_an_entry(home: Home, told: str, alike: bool) -> None:
    home.add(line("person", id="r", name="Rosa"), HERE)
    assert said(home, told) == [(not alike, "Blood test" if alike else "")]


def test_whole_days_and_series(home: Home) -> None:
    home.add(
        line("appointment", id="d", type="other", title="Away", start="2026-12-24"),
        line("appointment", id="s", type="other", title="Physio", start="2026-12-01T10:00",
             zone=ZONE, rrule="FREQ=WEEKLY"),
    )  # fmt: skip
    assert said(home, event("x", "20261224", "SUMMARY:away")) == [(False, "Away")]
    assert said(home, event("x", "20261225", "SUMMARY:away")) == [(True, "")]
    assert said(home, event("y", "20261215T100000", "SUMMARY:Physio")) == [(False, "Physio")]
    assert said(home, event("y", "20261216T100000", "SUMMARY:Physio")) == [(True, "")]


def test_another_person_and_what_the_file_has_itself(home: Home) -> None:
    home.add(line("person", id="ana", name="Ana"), line("person", id="bob", name="Bob"))
    one = event("one", "20261208T090000", "SUMMARY:Blood test")
    two = event("two", "20261208T090000", "SUMMARY:Blood test")
    take(home, calendar(one), "ana")
    assert [row.ticked for row in look(home, calendar(two), "bob").rows] == [True]
    assert [row.ticked for row in look(home, calendar(two), "ana").rows] == [False]
    both = look(home, calendar(one, two), "ana").rows
    assert [row.ticked for row in both] == [True, True]


def test_it_is_taken_only_when_somebody_says_so(home: Home) -> None:
    home.add(HERE)
    preview = look(home, calendar(event("x", "20261208T090000", "SUMMARY:Blood test")))
    (remark,) = preview.rows[0].remarks
    assert remark.values == {"title": "Blood test", "when": "Tue 8 Dec 2026 09:00"}
    assert home.house.importer.take(preview) == 0
    assert home.house.importer.take(preview, all_of(preview)) == 1


@pytest.mark.parametrize("at", ["2026-12-31T20:30", "2027-01-01T00:30", "2031-06-01T09:00"])
def test_at_the_turn_of_a_year_and_years_on(home: Home, at: str) -> None:
    home.add(line("appointment", id="n", type="lab", title="Blood", start=at, zone=ZONE))
    start = f"{at.replace('-', '').replace(':', '')}00"
    assert said(home, event("x", start, "SUMMARY:Blood")) == [(False, "Blood")]
    assert said(home, event("x", "20270101T013000", "SUMMARY:Blood", zone="UTC")) == [
        (at[:4] != "2026", "Blood" if at[:4] == "2026" else "")
    ]
