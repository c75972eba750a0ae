"""What is to be looked at, as the calendar and the forms are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from caregiver_app.domain.entities import BlockedDays, Person
from caregiver_app.messages import words
from caregiver_app.services.conflicts import Conflict
from tests.factories import appointment, line, moment, pills, plan_line, visit_line
from tests.fakes import NEW_YORK, Home

NEXT_TUESDAY = date(2026, 11, 24)


def told(home: Home, first: str = "2026-11-01", last: str = "2026-12-31", **more: str) -> list[str]:
    span = date.fromisoformat(first), date.fromisoformat(last)
    found = home.house.conflicts.between(*span, more.get("person"))
    return [one.message.removeprefix("conflict.") for one in found]


def only(home: Home) -> Conflict:
    (found,) = home.house.conflicts.between(date(2026, 11, 1), date(2026, 12, 31))
    return found


def at(entry: str, start: str, **more: object) -> str:
    told = {"type": "lab", "zone": NEW_YORK, "minutes": 60, **more}
    return line("appointment", id=entry, title=entry, start=start, **told)


def test_two_things_at_once_are_told_with_their_rows(home: Home) -> None:
    home.add(at("lab", "2026-11-24T09:00"), at("eye", "2026-11-24T09:30"))
    found = only(home)
    assert found.message == "conflict.same_time"
    assert found.day == NEXT_TUESDAY
    assert found.keys == (("lab", "2026-11-24T09:00"), ("eye", "2026-11-24T09:30"))
    assert (found.values["first"], found.values["second"]) == ("lab", "eye")


@pytest.mark.parametrize(
    "other",
    [
        at("eye", "2026-11-24T10:00"),
        at("eye", "2026-11-24"),
        at("eye", "2026-11-24T09:30", status="cancelled"),
        at("eye", "2026-11-24T09:30", status="done"),
        pills(id="eye", start="2026-11-24T09:30", zone=NEW_YORK, minutes=60),
    ],
    ids=["touching", "all day", "cancelled", "done", "a medicine"],
)
def test_what_is_in_nobodys_way(home: Home, other: str) -> None:
    home.add(at("lab", "2026-11-24T09:00"), other)
    assert told(home) == []


def test_leaving_before_another_thing_ends(home: Home) -> None:
    home.add(
        at("lab", "2026-11-24T09:00"),
        at("eye", "2026-11-24T10:30", travel_minutes=35, parking_minutes=10),
    )
    found = only(home)
    assert found.message == "conflict.leaves_early"
    assert (found.values["leave"], found.values["ends"]) == (time(9, 45), time(10, 0))


def test_across_zones_and_the_clock_change(home: Home) -> None:
    home.add(
        at("lab", "2026-11-24T09:00"),
        at("call", "2026-11-24T14:30", zone="Europe/London"),
        at("night", "2026-11-01T00:30", minutes=60),
        at("after", "2026-11-01T01:30", minutes=30),
    )
    assert told(home) == ["same_time"], "14:30 in London is 9:30; 0:30 and an hour end at 1:30"
    assert only(home).day == NEXT_TUESDAY


def test_an_hour_longer_where_the_clocks_go_back(home: Home) -> None:
    # 0:30 and 90 minutes end at the second 1:00, half an hour before a wall clock says 2:00.
    home.add(
        at("night", "2026-11-01T00:30", minutes=90),
        at("touching", "2026-11-01T02:00", minutes=30),
        at("first-pass", "2026-11-01T01:59", minutes=1),
    )
    assert told(home) == ["same_time"]


def test_each_date_of_what_repeats(home: Home) -> None:
    home.add(
        at("gym", "2026-11-03T09:00", rrule="FREQ=WEEKLY"),
        at("lab", "2026-11-24T09:30"),
    )
    assert only(home).keys[0] == ("gym", "2026-11-24T09:00")


def test_two_people_and_one_driver(home: Home) -> None:
    for name in ("rosa", "mei"):
        home.house.people.save_person(Person(id=name, name=name.title()))
    home.add(
        at("lab", "2026-11-24T09:00", person="rosa", driver="Ana", travel_minutes=30),
        at("eye", "2026-11-24T09:15", person="mei", driver=" ANA", travel_minutes=30),
        at("ear", "2026-11-25T09:00", person="mei"),
    )
    assert told(home) == ["same_driver", "two_people"]
    assert told(home, person="rosa") == ["same_driver", "two_people"]
    found = home.house.conflicts.between(NEXT_TUESDAY, NEXT_TUESDAY)
    assert (found[1].values["one"], found[1].values["other"]) == ("Rosa", "Mei")


def test_one_persons_own_are_not_the_others(home: Home) -> None:
    for name in ("rosa", "mei"):
        home.house.people.save_person(Person(id=name, name=name.title()))
    home.add(
        at("lab", "2026-11-24T09:00", person="rosa"),
        at("eye", "2026-11-24T09:15", person="rosa"),
    )
    assert told(home, person="mei") == []
    assert told(home, person="rosa") == ["same_time"]


def test_a_drive_without_a_driver_when_it_is_near(home: Home) -> None:
    home.add(
        plan_line(),  # Tuesday 24 November, then 8 December and later
        at("drive", "2026-11-28T09:00", type="drive"),
        at("later", "2026-11-29T09:00", type="drive"),
        at("lab", "2026-11-27T09:00"),
    )
    found = home.house.conflicts.between(date(2026, 11, 1), date(2026, 12, 31))
    assert [(one.message, one.day.day) for one in found] == [
        ("conflict.no_driver", 24), ("conflict.no_driver", 28),
    ]  # fmt: skip
    visit = home.house.agenda.next_visit()
    assert visit is not None
    home.house.agenda.set_ride(visit.id, "Ana", "", "")
    assert told(home) == ["no_driver"]


def test_what_is_over_needs_no_driver(home: Home) -> None:
    home.add(at("gone", "2026-11-21T08:00", type="drive"))
    assert told(home) == []


def test_a_day_that_does_not_suit(home: Home) -> None:
    home.add(at("lab", "2026-11-24T09:00"), pills())
    save = home.house.blocked.save
    kept = save(BlockedDays(id="", first=NEXT_TUESDAY, last=NEXT_TUESDAY, reason="Ana is away"))
    found = only(home)
    assert found.message == "conflict.blocked_reason"
    assert found.values["reason"] == "Ana is away"
    save(replace(kept, reason=""))
    assert only(home).message == "conflict.blocked"
    home.house.blocked.remove(kept.id)
    assert told(home) == []


def test_days_of_somebody_else_do_not_count(home: Home) -> None:
    for name in ("rosa", "mei"):
        home.house.people.save_person(Person(id=name, name=name.title()))
    home.add(at("lab", "2026-11-24T09:00", person="rosa"))
    home.house.blocked.save(BlockedDays(id="", first=NEXT_TUESDAY, last=None, person="mei"))
    assert told(home) == []


# ---- a form, before anything is kept -----------------------------------------------------------


def test_a_draft_is_compared_with_what_is_kept(home: Home) -> None:
    home.add(at("lab", "2026-11-24T09:00"))
    lab = home.visit("lab")
    draft = replace(lab, id="", title="Eye clinic", start=moment("2026-11-24T09:30"))
    found = home.house.conflicts.of(draft)
    assert [one.message for one in found] == ["conflict.same_time"]
    assert home.house.conflicts.of(lab) == [], "nothing is in its own way"
    later = replace(lab, start=moment("2026-11-24T09:30"))
    assert home.house.conflicts.of(later) == [], "nor where it stood until now"
    assert home.house.conflicts.of(replace(lab, start=moment("2026-11-25T09:00"))) == []


def test_a_series_is_looked_at_for_three_months(home: Home) -> None:
    home.add(at("lab", "2027-01-12T09:00"))
    draft = replace(
        home.visit("lab"), id="", title="Gym", start=moment("2026-11-03T09:30"), rrule="FREQ=WEEKLY"
    )
    (found,) = home.house.conflicts.of(draft)
    assert found.day == date(2027, 1, 12)


def test_no_word_about_a_driver_while_somebody_types(home: Home) -> None:
    home.add(visit_line("visit", "2026-11-24T09:30", type="drive"))
    assert told(home) == ["no_driver"]
    assert home.house.conflicts.of(home.visit("visit")) == []


# ---- a closed clinic ---------------------------------------------------------------------------
def test_a_visit_while_its_clinic_is_closed(home: Home) -> None:
    home.add(
        line("contact", id="willow", role="clinic", name="Willow Lane"),
        line("contact", id="hill", role="clinic", name="Hillside"),
        plan_line(clinic="willow"),
        at("lab", "2026-12-08T15:00", contact="hill"),
        at("nowhere", "2026-12-08T16:30"),
        line("blocked_days", first="2026-12-08", last="2026-12-08", clinic="willow",
             reason="Team day"),
    )  # fmt: skip
    (found,) = home.house.conflicts.between(date(2026, 12, 8), date(2026, 12, 8))
    assert (found.message, found.keys[0][0]) == ("conflict.closed_reason", "p1~2")
    said = words(found.message, **found.values)
    assert "Willow Lane is closed on" in said
    assert "Team day" in said
    before = home.house.exporter.calendar()
    home.add(line("blocked_days", first="2026-12-08", clinic="hill"))
    assert home.house.exporter.calendar() == before
    found = home.house.conflicts.between(date(2026, 12, 8), date(2026, 12, 8))
    assert [one.message for one in found] == ["conflict.closed", "conflict.closed_reason"]


def test_a_form_hears_of_a_closed_clinic_and_a_past_visit_does_not_matter(home: Home) -> None:
    home.add(
        line("contact", id="willow", role="clinic", name="Willow Lane"),
        line("blocked_days", first="2026-12-08", clinic="willow"),
        at("lab", "2026-12-09T15:00", contact="willow", status="cancelled"),
    )
    visit = appointment("2026-12-09T09:30", type="lab", contact="willow")
    assert [one.message for one in home.house.conflicts.of(visit)] == ["conflict.closed"]
    assert home.house.conflicts.between(date(2026, 12, 1), date(2026, 12, 31)) == []
