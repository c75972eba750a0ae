"""What the approvals of insurers reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.errors import FormRefused
from caregiver_app.services.coverage import Coverage, CoverageService
from tests.factories import NEW_YORK, line
from tests.fakes import Home
from tests.services.insured import approve, fields_of, insured


@pytest.fixture
def family(home: Home) -> Home:
    return insured(home)


@pytest.fixture
def coverage(family: Home) -> CoverageService:
    return family.house.coverage


def states(found: list[Coverage]) -> dict[str, str]:
    return {one.plan.id: one.state for one in found}


def test_nobody_told_of_any(family: Home, coverage: CoverageService):
    found = coverage.coverage("rosa")
    assert states(found) == {"p1": "not_told", "iron": "not_told"}
    assert [one.visit.id for one in found if one.visit] == ["p1~1", "iron~1"]
    assert coverage.outside("rosa") == frozenset()


def test_an_approval_of_one_plan_says_nothing_of_the_other(family: Home, coverage: CoverageService):
    given = approve(family, "2026-12-31", plan="p1")
    found = {one.plan.id: one for one in coverage.coverage("rosa")}
    assert (found["p1"].state, found["p1"].authorisation) == ("covered", given)
    assert (found["iron"].state, found["iron"].authorisation) == ("not_told", None)
    assert states(coverage.coverage("mei")) == {"bel": "not_told"}
    outside = coverage.outside("rosa")
    assert {"p1~1", "p1~2"}.isdisjoint(outside)
    assert "p1~3" in outside, "5 January is after the last day"
    assert not any(one.startswith("iron") for one in outside)


def test_an_approval_reaches_no_visit_of_another_plan(family: Home, coverage: CoverageService):
    approve(family, "2026-11-22", "2026-11-01", plan="p1")
    approve(family, "2030-12-31", "2020-01-01", plan="iron")
    assert states(coverage.coverage("rosa")) == {"p1": "outside", "iron": "covered"}
    assert "p1~1" in coverage.outside("rosa")
    assert "iron~1" not in coverage.outside("rosa")


def test_an_approval_of_all_plans(family: Home, coverage: CoverageService):
    given = approve(family, "2026-12-01")
    found = {one.plan.id: one for one in coverage.coverage("rosa")}
    assert states(coverage.coverage("rosa")) == {"p1": "covered", "iron": "outside"}
    assert found["iron"].authorisation == given
    assert "iron~1" in coverage.outside("rosa")


def test_visits_that_were_approved_are_used_up(family: Home, coverage: CoverageService):
    approve(family, "2027-12-31", "2026-11-01", plan="p1", visits=1)
    assert states(coverage.coverage("rosa"))["p1"] == "covered"
    assert "p1~2" in coverage.outside("rosa")
    family.clock.on(days=4)
    family.house.agenda.save(replace(family.visit("p1~1"), status="done"))
    (one, _) = coverage.coverage("rosa")
    assert (one.state, one.visit.id if one.visit else "") == ("outside", "p1~2")


def test_visits_of_before_count_for_a_letter_without_a_first_day(
    family: Home, coverage: CoverageService
):
    given = approve(family, "2027-12-31", plan="p1", visits=1)
    family.clock.on(days=10)
    assert family.house.care.today > date(2026, 11, 24)
    (one, *_) = (each for each in coverage.coverage("rosa") if each.plan.id == "p1")
    assert (one.state, one.visit.id if one.visit else "") == ("outside", "p1~2")
    assert one.authorisation == given


def test_visits_that_an_earlier_letter_paid_for_do_not_use_up_the_next(
    family: Home, coverage: CoverageService
):
    approve(family, "2026-12-20", "2026-11-01", plan="p1", visits=1)
    approve(family, "2027-12-31", "2026-12-01", plan="p1", visits=2)
    # The first letter was used up on 24 November; the next has visits 2 and 3.
    family.clock.on(days=33)
    assert "p1~3" not in coverage.outside("rosa")
    assert "p1~4" in coverage.outside("rosa")


def test_the_approval_that_covers_is_told(family: Home, coverage: CoverageService):
    good = approve(family, "2026-12-31", "2026-11-01", plan="p1", visits=3)
    approve(family, "2027-12-31", "2026-11-01", plan="p1", visits=0)
    (one, *_) = coverage.coverage("rosa")
    assert (one.state, one.authorisation) == ("covered", good)


def test_a_cancelled_visit_uses_nothing_up(family: Home, coverage: CoverageService):
    approve(family, "2027-12-31", "2026-11-01", plan="p1", visits=1)
    family.house.plans.cancel("p1~1", agreed=True)
    (one, _) = coverage.coverage("rosa")
    assert (one.state, one.visit.id if one.visit else "") == ("covered", "p1~2")


def test_what_is_over_is_no_coming_visit(family: Home, coverage: CoverageService):
    approve(family, "2026-11-01")
    family.clock.on(days=4)
    (one, _) = coverage.coverage("rosa")
    assert one.visit is not None
    assert one.visit.id == "p1~2"
    assert "p1~1" not in coverage.outside("rosa")


def test_a_plan_that_has_ended_has_no_visit(family: Home, coverage: CoverageService):
    approve(family, "2026-12-31")
    family.add(line("plan", id="once", person="rosa", medicine="iron X", zone=NEW_YORK,
                    offsets=[0], every=None, first="2026-11-01T09:30"))  # fmt: skip
    found = {one.plan.id: one for one in coverage.coverage("rosa")}
    assert (found["once"].visit, found["once"].state) == (None, "not_told")


def test_an_approval_of_a_plan_that_goes_reaches_no_other(family: Home, coverage: CoverageService):
    approve(family, "2030-12-31", "2020-01-01", id="a", plan="p1")
    family.house.plans.remove("p1", agreed=True)
    assert states(coverage.coverage("rosa")) == {"iron": "not_told"}
    kept = family.house.people.authorisation("a")
    assert kept is not None
    family.house.people.save_authorisation(replace(kept, note="still to read"))
    with pytest.raises(FormRefused) as refused:
        approve(family, "2030-12-31", plan="p1")
    assert fields_of(refused.value) == ["plan"]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [({"plan": "bel"}, "plan"), ({"plan": "no where"}, "plan"), ({"benefit": "dental"}, "benefit"),
     ({"site": "a\nb"}, "site"), ({"first": "2026-12-02"}, "last")],
)  # fmt: skip
def test_an_approval_that_cannot_be(family: Home, fields: dict, wanted: str):
    before = family.dump()
    with pytest.raises(FormRefused) as refused:
        approve(family, "2026-12-01", **fields)
    assert fields_of(refused.value) == [wanted]
    assert family.dump() == before
