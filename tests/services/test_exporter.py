"""What of the calendar goes into a file."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.services import exporter as exporter_module
from caregiver_app.services.exporter import EVERYTHING, Wanted
from tests.factories import appointment, moment
from tests.fakes import Home


@pytest.fixture
def full(home: Home) -> Home:
    """A weekly series with a moved, a cancelled and a left out date, and single ones beside it."""
    agenda = home.house.agenda
    agenda.save(appointment("2027-01-05T09:30", id="gym", uid="gym", type="other", title="Physio",
                            rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=10"))  # fmt: skip
    agenda.save(appointment("2027-01-07T09:30", id="lab", uid="lab", type="lab", title="Blood"))
    agenda.save(
        appointment("2030-06-07T09:30", id="late", uid="late", type="follow-up", title="Check")
    )
    agenda.save(
        appointment(
            "2027-01-14", id="trip", uid="trip", type="other", title="Trip", minutes=4 * 1440
        )
    )
    return home


def told(home: Home, wanted: Wanted = EVERYTHING) -> list[str]:
    """Return the events of a file: its title, or that and the date which it replaces."""
    file = read_calendar(home.house.exporter.calendar(wanted))
    return sorted(f"{one.title} {one.original}".strip() for one in file.events)


def days(first: str | None, last: str | None, **more: object) -> Wanted:
    return Wanted(
        first=None if first is None else date.fromisoformat(first),
        last=None if last is None else date.fromisoformat(last),
        **more,  # type: ignore[arg-type]
    )


def test_everything(full: Home):
    assert told(full) == ["Blood", "Check", "Physio", "Trip"]


def test_a_range_names_what_touches_it(full: Home):
    assert told(full, days("2027-01-16", "2027-01-16")) == ["Trip"]
    assert told(full, days("2027-01-18", "2027-01-18")) == []
    assert told(full, days("2027-01-12", "2027-01-12")) == ["Physio"]
    assert told(full, days("2028-01-01", None)) == ["Check"]
    assert told(full, days(None, "2027-01-06")) == ["Physio"]


def test_one_alone_and_one_kind(full: Home):
    data = full.house.exporter.calendar(Wanted(ids=frozenset(("lab",))))
    assert data.count(b"BEGIN:VEVENT") == data.count(b"BEGIN:VTIMEZONE") == 1
    assert told(full, Wanted(ids=frozenset(("lab",)))) == ["Blood"]
    assert told(full, Wanted(ids=frozenset(("nobody",)))) == []
    assert told(full, Wanted(kinds=frozenset(("lab", "follow-up")))) == ["Blood", "Check"]
    assert told(full, days("2027-01-01", "2027-12-31", kinds=frozenset(("lab",)))) == ["Blood"]
    trip = full.house.exporter.calendar(Wanted(ids=frozenset(("trip",))))
    assert b"DTEND;VALUE=DATE:20270118" in trip
    assert b"VTIMEZONE" not in trip


def test_a_series_comes_with_all_its_changed_dates(full: Home):
    series = full.house.series
    series.move("gym", "2027-01-19T09:30", moment("2027-06-21T11:00"))
    series.cancel("gym", "2027-01-26T09:30")
    series.remove("gym", "2027-02-02T09:30")
    both = ["Physio", "Physio 2027-01-19T09:30"]
    assert told(full, days("2027-01-12", "2027-01-12")) == both
    assert told(full, days("2027-06-21", "2027-06-21")) == both, "the moved date alone is in it"
    assert told(full, days("2027-01-19", "2027-01-19")) == []
    (moved,) = full.house.care.store.all(Appointment, original="2027-01-19T09:30")
    assert told(full, Wanted(ids=frozenset((moved.id,)))) == both
    assert told(full, Wanted(ids=frozenset(("gym",)))) == both
    assert told(full, Wanted(kinds=frozenset(("other",)))) == [*both, "Trip"]
    file = read_calendar(full.house.exporter.calendar(Wanted(ids=frozenset(("gym",)))))
    (master,) = (one for one in file.events if one.rrule)
    assert master.exdates == ("2027-01-26T09:30", "2027-02-02T09:30")


def test_many_series_come_with_their_dates_too(full: Home, monkeypatch: pytest.MonkeyPatch):
    full.house.series.move("gym", "2027-01-19T09:30", moment("2027-06-21T11:00"))
    monkeypatch.setattr(exporter_module, "_MANY", 0)
    assert told(full, days("2027-01-12", "2027-01-12")) == ["Physio", "Physio 2027-01-19T09:30"]


def test_one_person_s_file_is_about_nobody_else(home: Home):
    for name in ("ada", "bo"):
        home.add(f'{{"kind":"person","id":"{name}","name":"{name.title()}"}}')
        home.house.agenda.save(
            appointment("2027-01-05T09:30", id=f"{name}-1", uid=name, person=name)
        )
    assert told(home) == ["Dr Sol (Ada)", "Dr Sol (Bo)"]
    assert told(home, Wanted(person="bo")) == ["Dr Sol (Bo)"]
    assert told(home, days("2027-01-01", "2027-02-01", person="ada")) == ["Dr Sol (Ada)"]
    assert b"Ada" not in home.house.exporter.calendar(Wanted(person="bo"))


def test_a_cancelled_visit_stays_and_a_cancelled_date_goes(full: Home):
    full.house.series.cancel("gym", "2027-01-26T09:30")
    full.house.series.cancel("lab")
    data = full.house.exporter.calendar()
    assert data.count(b"STATUS:CANCELLED") == 1
    assert b"20270126T093000" in data
    assert b"METHOD" not in data


def test_only_what_is_near_is_looked_at(full: Home, monkeypatch: pytest.MonkeyPatch):
    seen: list[str] = []
    touches = exporter_module.touches

    def counted(one: Appointment, *more: object) -> bool:
        seen.append(one.id)
        return touches(one, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(exporter_module, "touches", counted)
    assert told(full, days("2030-06-01", "2030-06-30")) == ["Check"]
    assert sorted(seen) == ["gym", "late"]
    seen.clear()
    assert len(told(full)) == 4
    assert not seen
