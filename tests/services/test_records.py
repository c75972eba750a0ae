"""The infusion passport: as typed, found again, never lost and never worked with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caregiver_app.domain.entities import InfusionRecord, Person
from caregiver_app.domain.plans import Choice
from caregiver_app.errors import FormRefused, InputRefused
from tests.factories import moment, plan
from tests.fakes import Home

FULL = {
    "product": "Renflexis (王梅)", "maker": "Organon", "lot": "K2 026-A", "expiry": "spring 2027",
    "amount": "four vials, as the bag said", "started": "ten past nine", "stopped": "12",
    "site": "left arm", "premedication": "tablet at 8\nand a drip", "readings": "118/76, 36,9 °C",
    "watched": "an hour", "reaction": "none said", "tip": "warm hands first",
}  # fmt: skip


@pytest.fixture
def entered(home: Home) -> Home:
    home.house.plans.save(plan())
    home.clock.at("2027-01-20T12:00")
    return home


def record(visit: str = "p1~1", **fields: str) -> InfusionRecord:
    return InfusionRecord(id="", person="", visit=visit, **fields)


def test_everything_is_kept_as_it_was_typed(entered: Home):
    kept = entered.house.records.save(record(**FULL))
    assert kept.id == "p1~1:record"
    assert kept.person == entered.visit("p1~1").person
    entered.restart()
    found = entered.house.records.of("p1~1")
    assert {name: getattr(found, name) for name in FULL} == FULL
    assert entered.house.records.of("p1~2") is None


def test_a_lot_is_one_search(entered: Home):
    entered.house.records.save(record(**FULL))
    found = entered.house.care.store.search("K2 026-A")
    assert [(hit.kind, hit.id) for hit in found] == [("infusion_record", "p1~1:record")]


def test_the_newest_visit_comes_first_whenever_it_was_written(entered: Home):
    for visit in ("p1~2", "p1~3", "p1~1"):
        entered.house.records.save(record(visit, lot=visit))
    everything = entered.house.records.all()
    assert [(one.record.lot, one.visit.id) for one in everything] == [
        ("p1~3", "p1~3"), ("p1~2", "p1~2"), ("p1~1", "p1~1"),
    ]  # fmt: skip
    (person,) = entered.house.people.people()
    assert entered.house.records.all(person.id) == everything
    assert entered.house.records.all("nobody") == []


def test_records_of_one_person_only(entered: Home):
    (rosa,) = entered.house.people.people()
    entered.house.people.save_person(Person(id="mei", name="王梅"))
    entered.house.plans.save(plan(id="p2", person="mei"))
    entered.house.records.save(record("p2~1", lot="M"))
    entered.house.records.save(record("p1~1", lot="R"))
    assert [one.record.lot for one in entered.house.records.all("mei")] == ["M"]
    assert [one.record.lot for one in entered.house.records.all(rosa.id)] == ["R"]


def test_a_record_is_changed_in_place_and_one_undo_takes_it_back(entered: Home):
    records = entered.house.records
    first = records.save(record(lot="A"))
    entered.clock.on(hours=1)
    second = records.save(replace(first, lot="B"))
    assert (second.created, second.lot) == (first.created, "B")
    assert second.changed > first.changed
    assert entered.house.care.undo()[0] == "done.record"
    assert records.of("p1~1") == first
    entered.clock.on(hours=1)
    assert records.save(first) == first  # the same again changes nothing


def test_an_empty_one_is_removed(entered: Home):
    records = entered.house.records
    assert records.save(record(lot="  ")) is None
    assert entered.house.care.store.counts()["infusion_record"] == 0
    kept = records.save(record(lot="A"))
    assert records.save(replace(kept, lot=" ")) is None
    assert records.of("p1~1") is None
    entered.house.care.undo()
    assert records.of("p1~1") == kept


def test_removing_is_undone(entered: Home):
    records = entered.house.records
    kept = records.save(record(lot="A"))
    records.remove("p1~1")
    assert records.of("p1~1") is None
    assert entered.house.care.undo()[0] == "done.record_removed"
    assert records.of("p1~1") == kept
    with pytest.raises(InputRefused):
        records.remove("p1~2")


@pytest.mark.parametrize("name", sorted(FULL))
def test_only_length_and_signs_of_no_writing_are_refused(entered: Home, name: str):
    for wrong, key in (("x" * 2001, "text.long"), ("a\x00b", "text.control")):
        with pytest.raises(FormRefused) as refused:
            entered.house.records.check(record(**{name: wrong}))
        assert [(e.field, e.key) for e in refused.value.errors] == [(name, key)]
    with pytest.raises(FormRefused):
        entered.house.records.save(record(**{name: "a\x00b"}))
    assert entered.house.records.of("p1~1") is None


def test_every_wrong_field_is_said(entered: Home):
    with pytest.raises(FormRefused) as refused:
        entered.house.records.check(record(lot="x" * 201, tip="y" * 2001, site="a\nb"))
    assert [e.field for e in refused.value.errors] == ["lot", "site", "tip"]


def test_a_record_of_no_visit_is_refused(entered: Home):
    with pytest.raises(InputRefused) as refused:
        entered.house.records.save(record("p1~99", lot="A"))
    assert refused.value.key == "visit.gone"


# ---- it follows its visit ----------------------------------------------------------------------
def test_a_deleted_visit_takes_its_record_along_and_undo_brings_both(entered: Home):
    house = entered.house
    house.records.save(record(lot="A"))
    before = entered.dump()
    house.plans.delete("p1~1", agreed=True)
    assert house.records.of("p1~1") is None
    assert house.records.all() == []
    assert house.care.store.search("A") == []
    house.care.undo()
    assert entered.dump() == before
    assert house.records.of("p1~1").lot == "A"


def test_a_deleted_plan_takes_the_records_of_its_open_visits(entered: Home):
    house = entered.house
    house.plans.done("p1~1", record=record(lot="A"))
    house.records.save(record("p1~2", lot="B"))
    before = entered.dump()
    house.plans.remove("p1", agreed=True)
    assert [one.record.lot for one in house.records.all()] == ["A"]
    house.care.undo()
    assert entered.dump() == before


def test_a_moved_or_cancelled_visit_keeps_its_record(entered: Home):
    house = entered.house
    kept = house.records.save(record(lot="A"))
    house.plans.move("p1~1", moment("2026-11-25T09:30"), Choice.COUNT_FROM_HERE, agreed=True)
    house.plans.cancel("p1~1", agreed=True)
    assert house.records.of("p1~1") == kept


def test_a_lot_outlives_a_visit_that_went_by_another_way(entered: Home):
    house = entered.house
    house.records.save(record(lot="A"))
    with house.care.change("done.removed"):
        house.care.store.remove(type(entered.visit("p1~1")), "p1~1", house.care.now)
    assert [(one.record.lot, one.visit.id) for one in house.records.all()] == [("A", "p1~1")]
