"""What was written, by its days, and the infusion that each entry follows."""

from __future__ import annotations

from datetime import date, time

from caregiver_app.domain.entities import CheckIn, ClinicCall, SideEffect
from caregiver_app.domain.times import wall
from caregiver_app.services.written import (
    day_of_entry,
    infusions,
    newest_written,
    was_written_before,
    written_between,
)
from tests.factories import line, moment, visit_line
from tests.fakes import Home


def family(home: Home) -> str:
    home.add(
        line("person", id="rosa", name="Rosa"),
        visit_line("v1", "2026-10-01T09:30", person="rosa", title="First"),
        visit_line("v2", "2026-11-01T09:30", person="rosa", title="Second"),
    )
    return "rosa"


def noted(home: Home, entry: str, at: str, person: str = "rosa") -> SideEffect:
    told = {"sign": "fatigue", "severity": 1, "person": person}
    home.add(line("side_effect", id=entry, at=at, **told))
    found = home.house.watch.get(entry)
    assert found is not None
    return found


def link(home: Home, entry: SideEffect | CheckIn | ClinicCall) -> tuple[int, str] | None:
    """Day and visit of an entry by the list, which has to be that of `watch.since` as well."""
    day = day_of_entry(entry)
    since = infusions(home.house.care, entry.person, day, day).since_entry(entry)
    hour = time(23, 59) if isinstance(entry, CheckIn) else wall(entry.at).time()
    assert since == home.house.watch.since(entry.person, day, hour)
    return None if since is None else (since.days, since.visit.id)


def test_an_entry_follows_the_infusion_before_it(home: Home):
    family(home)
    assert link(home, noted(home, "a", "2026-09-30T20:00")) is None
    assert link(home, noted(home, "b", "2026-10-01T09:29")) is None, "before it on its day"
    assert link(home, noted(home, "c", "2026-10-01T09:30")) == (0, "v1")
    assert link(home, noted(home, "d", "2026-10-31T23:59")) == (30, "v1")
    assert link(home, noted(home, "e", "2026-11-04T08:00")) == (3, "v2")
    home.add(line("checkin", id="f", person="rosa", date="2026-11-01"))
    found = home.house.watch.check_ins.get("f")
    assert found is not None
    assert link(home, found) == (0, "v2"), "a whole day follows what was on it"


def test_a_visit_that_moves_takes_its_entries_along(home: Home):
    family(home)
    entry = noted(home, "a", "2026-11-04T08:00")
    home.add(visit_line("v2", "2026-11-05T09:30", person="rosa", title="Second"))
    assert link(home, entry) == (34, "v1")
    home.add(visit_line("v2", "2026-11-03T09:30", person="rosa", title="Second"))
    assert link(home, entry) == (1, "v2")


def test_a_cancelled_or_deleted_visit_gives_its_entries_to_the_one_before(home: Home):
    family(home)
    entry = noted(home, "a", "2026-11-04T08:00")
    home.add(visit_line("v2", "2026-11-01T09:30", person="rosa", title="x", status="cancelled"))
    assert link(home, entry) == (34, "v1")
    home.house.care.undo()
    assert link(home, entry) == (3, "v2")
    home.house.agenda.remove("v2")
    assert link(home, entry) == (34, "v1")
    home.house.care.undo()
    assert link(home, entry) == (3, "v2")


def test_a_visit_added_between_takes_what_follows_it(home: Home):
    family(home)
    before, after = noted(home, "a", "2026-10-10T08:00"), noted(home, "b", "2026-10-20T08:00")
    home.add(visit_line("v3", "2026-10-15T09:30", person="rosa", title="Between"))
    assert link(home, before) == (9, "v1")
    assert link(home, after) == (5, "v3")


def test_what_was_written_comes_newest_first_and_of_one_person(home: Home):
    family(home)
    home.add(line("person", id="mei", name="王梅"))
    noted(home, "old", "2026-11-02T08:00")
    noted(home, "new", "2026-11-03T08:00")
    noted(home, "hers", "2026-11-03T09:00", "mei")
    home.add(line("checkin", id="c", person="rosa", date="2026-11-02"))
    with home.house.care.change("done.clinic_call"):
        call = ClinicCall(
            id="call", person="rosa", at=moment("2026-11-03T10:00"), who="Nurse",
            created=home.clock.now(), changed=home.clock.now(),
        )  # fmt: skip
        home.house.care.store.put(call)
    care = home.house.care
    found = written_between(care, "rosa", date(2026, 11, 1), date(2026, 11, 30))
    assert [one.id for one in found] == ["call", "new", "c", "old"]
    assert [one.id for one in newest_written(care, "rosa", 2)] == ["call", "new"]
    assert link(home, call) == (2, "v2")
    assert was_written_before(care, "rosa", date(2026, 11, 3))
    assert not was_written_before(care, "rosa", date(2026, 11, 2))
    assert written_between(care, "rosa", date(2026, 11, 4), date(2026, 11, 30)) == []
