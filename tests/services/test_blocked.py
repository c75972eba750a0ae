"""Days that don't suit: kept, listed, found, and what they cover."""

from __future__ import annotations

import json
from datetime import date

import pytest

from caregiver_app.domain.entities import BlockedDays, Contact, Person
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import words
from caregiver_app.services.entries import EntryService
from caregiver_app.services.listing import ListService
from caregiver_app.services.search import VISITS, SearchService
from tests.factories import line
from tests.fakes import Home

MONDAY = date(2026, 11, 23)


def days(home: Home, first: date, last: date, person: str | None = None) -> dict[int, str]:
    found = home.house.blocked.days(first, last, person)
    return {day.day: reason for day, reason in found.items()}


def test_one_day_a_span_and_weekdays(home: Home) -> None:
    save = home.house.blocked.save
    save(BlockedDays(id="", first=MONDAY, last=MONDAY, reason=" Ana is away "))
    save(BlockedDays(id="", first=date(2026, 11, 25), last=date(2026, 11, 26)))
    save(BlockedDays(id="", first=date(2026, 11, 20), last=None, weekdays=(6, 5), reason="Work"))
    found = days(home, date(2026, 11, 16), date(2026, 11, 30))
    assert found == {
        23: "Ana is away", 25: "", 26: "", 21: "Work", 22: "Work", 28: "Work", 29: "Work",
    }  # fmt: skip


def test_two_reasons_on_one_day_are_both_told(home: Home) -> None:
    for reason in ("Away", "At work", "Away"):
        home.house.blocked.save(BlockedDays(id="", first=MONDAY, last=MONDAY, reason=reason))
    assert days(home, MONDAY, MONDAY) == {23: "Away, At work"}


def test_for_one_of_several_people_the_name_is_told(home: Home) -> None:
    for name in ("rosa", "mei"):
        home.house.people.save_person(Person(id=name, name=name.title()))
    home.house.blocked.save(
        BlockedDays(id="", first=MONDAY, last=MONDAY, person="rosa", reason="Away")
    )
    assert days(home, MONDAY, MONDAY) == {23: "Rosa: Away"}
    assert days(home, MONDAY, MONDAY, "rosa") == {23: "Away"}
    assert days(home, MONDAY, MONDAY, "mei") == {}


def test_what_cannot_be_is_refused(home: Home) -> None:
    with pytest.raises(FormRefused) as caught:
        home.house.blocked.save(
            BlockedDays(id="", first=MONDAY, last=date(2026, 11, 20), weekdays=(7,))
        )
    assert {error.field for error in caught.value.errors} == {"last", "weekdays"}
    with pytest.raises(InputRefused):
        home.house.blocked.remove("nothing")


def test_undo_brings_them_back(home: Home) -> None:
    kept = home.house.blocked.save(BlockedDays(id="", first=MONDAY, last=MONDAY))
    home.house.blocked.remove(kept.id)
    assert days(home, MONDAY, MONDAY) == {}
    home.house.care.undo()
    assert days(home, MONDAY, MONDAY) == {23: ""}


def test_added_and_listed_by_line(home: Home) -> None:
    (made,) = home.add(
        line(
            "blocked_days", id="b1", first="2026-11-23", weekdays=[0, 3], reason="At work",
        ),
    )  # fmt: skip
    assert made == "b1"
    (listed,) = ListService(home.house).values("blocked-days", None, None)
    assert listed == {
        "kind": "blocked_days", "id": "b1", "person": None, "first": "2026-11-23", "last": None,
        "weekdays": [0, 3], "reason": "At work", "clinic": None,
    }  # fmt: skip
    again = {name: told for name, told in listed.items() if told is not None}
    assert EntryService(home.house).take(json.dumps(again)) == "b1"
    assert len(home.house.blocked.all()) == 1


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-11-24", "2026-11-30", ["span"]),
        ("2026-11-01", "2026-11-22", []),
        ("2026-11-01", "2026-11-23", ["span"]),
        ("2026-12-01", "2026-12-31", []),
    ],
)
def test_listed_between_days(home: Home, first: str, last: str, found: list[str]) -> None:
    home.add(line("blocked_days", id="span", first="2026-11-23", last="2026-11-27"))
    listed = ListService(home.house).values(
        "blocked-days", date.fromisoformat(first), date.fromisoformat(last)
    )
    assert [one["id"] for one in listed] == found


def test_a_line_that_ends_before_it_begins_is_refused(home: Home) -> None:
    with pytest.raises(InputRefused):
        home.add(line("blocked_days", first="2026-11-23", last="2026-11-20"))


def test_the_reason_is_found(home: Home) -> None:
    home.house.blocked.save(BlockedDays(id="", first=MONDAY, last=MONDAY, reason="Carpentry"))
    (group,) = SearchService(home.house).find("carp").groups
    assert group.key == VISITS
    assert [hit.kind for hit in group.hits] == ["blocked_days"]


# ---- days on which a clinic is closed ----------------------------------------------------------
CLINIC = line("contact", id="willow", role="clinic", name="Willow Lane")


def test_a_closed_clinic_is_no_day_that_does_not_suit(home: Home) -> None:
    home.add(CLINIC, line("blocked_days", id="b", first="2026-12-08", clinic="willow"))
    blocked, day = home.house.blocked, date(2026, 12, 8)
    assert blocked.on(day) == []
    assert blocked.days(day, day) == {}
    assert [one.id for one in blocked.closed()] == ["b"]
    assert [one.id for one in blocked.closed("willow")] == ["b"]
    assert blocked.closed("elsewhere") == []
    assert blocked.why_closed("willow", day) == ""
    assert blocked.why_closed("willow", date(2026, 12, 7)) is None
    assert blocked.why_closed(None, day) is None
    (listed,) = ListService(home.house).values("blocked-days", None, None)
    assert listed["clinic"] == "willow"


def test_the_reason_and_the_weekdays_of_a_closed_clinic(home: Home) -> None:
    home.add(CLINIC, line("blocked_days", first="2026-12-01", weekdays=[1], reason="Team day",
                          clinic="willow"))  # fmt: skip
    blocked = home.house.blocked
    assert blocked.why_closed("willow", date(2026, 12, 8)) == "Team day"
    assert blocked.why_closed("willow", date(2026, 12, 9)) is None


def test_what_closes_a_clinic_has_to_be_one(home: Home) -> None:
    home.add(CLINIC, line("person", id="mei", name="Mei"))
    for fields, key in (
        ({"clinic": "nowhere"}, "contact.unknown"),
        ({"clinic": "willow", "person": "mei"}, "blocked.clinic_person"),
    ):
        with pytest.raises(FormRefused) as refused:
            home.add(line("blocked_days", first="2026-12-08", **fields))
        assert [(one.key, one.field) for one in refused.value.errors] == [(key, "clinic")]
    assert home.house.blocked.all() == []


def test_its_closed_days_go_and_come_back_with_the_clinic(home: Home) -> None:
    home.add(CLINIC, line("blocked_days", id="b", first="2026-12-08", clinic="willow"))
    home.house.people.remove(Contact, "willow")
    assert home.house.blocked.all() == []
    home.house.care.undo()
    assert [one.id for one in home.house.blocked.all()] == ["b"]


def test_closed_days_are_named_when_they_are_kept_and_removed(home: Home) -> None:
    home.add(CLINIC, line("blocked_days", id="b", first="2026-12-08", clinic="willow"))
    home.house.blocked.remove("b")
    steps = [home.house.care.undo() for _ in range(2)]
    assert [step[0] for step in steps if step] == ["done.closed_days_removed", "done.closed_days"]
    assert steps[1] is not None
    assert "Willow Lane" in words("done.closed_days", **steps[1][1])
