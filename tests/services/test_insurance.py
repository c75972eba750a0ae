"""Calls, costs, help to pay, and what the approvals reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from caregiver_app.domain.insurance import Assistance, Authorisation, Call, Cost
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import explain
from caregiver_app.services.insurance import Coverage, InsuranceService, YearTotal
from tests.factories import NEW_YORK, line, plan_line
from tests.fakes import Home

TODAY = date(2026, 11, 21)


@pytest.fixture
def family(home: Home) -> Home:
    """Rosa with two plans, and Mei with one; it is Saturday 21 November 2026."""
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("person", id="mei", name="王梅"),
        plan_line(person="rosa"),
        line("plan", id="iron", person="rosa", medicine="iron", zone=NEW_YORK, offsets=[0],
             first="2026-12-10T09:30", every=4, unit="week"),
        line("plan", id="bel", person="mei", medicine="belimumab", zone=NEW_YORK, offsets=[0],
             first="2026-12-01T09:30", every=4, unit="week"),
    )  # fmt: skip
    return home


@pytest.fixture
def insurance(family: Home) -> InsuranceService:
    return family.house.insurance


def approve(home: Home, last: str, first: str | None = None, **fields: object) -> Authorisation:
    told = {"id": "", "person": "rosa", "last": date.fromisoformat(last), **fields}
    begins = None if first is None else date.fromisoformat(first)
    return home.house.people.save_authorisation(Authorisation(first=begins, **told))


def cost(what: str, amount: str, day: date = TODAY, **fields: object) -> Cost:
    return Cost(
        **{"id": "", "person": "rosa", "date": day, "what": what, "amount": amount, **fields}
    )


def states(found: list[Coverage]) -> dict[str, str]:
    return {one.plan.id: one.state for one in found}


def fields_of(refused: InputRefused) -> list[str | None]:
    errors = refused.errors if isinstance(refused, FormRefused) else [refused]
    for error in errors:
        assert " " in explain(error)
    return [error.field for error in errors]


# ---- what the approvals reach --------------------------------------------------------------
def test_nobody_told_of_any(family: Home, insurance: InsuranceService):
    found = insurance.coverage("rosa")
    assert states(found) == {"p1": "not_told", "iron": "not_told"}
    assert [one.visit.id for one in found if one.visit] == ["p1~1", "iron~1"]
    assert insurance.outside("rosa") == frozenset()
    assert insurance.period("rosa") == []


def test_an_approval_of_one_plan_says_nothing_of_the_other(
    family: Home, insurance: InsuranceService
):
    given = approve(family, "2026-12-31", plan="p1")
    found = {one.plan.id: one for one in insurance.coverage("rosa")}
    assert (found["p1"].state, found["p1"].authorisation) == ("covered", given)
    assert (found["iron"].state, found["iron"].authorisation) == ("not_told", None)
    assert states(insurance.coverage("mei")) == {"bel": "not_told"}
    outside = insurance.outside("rosa")
    assert {"p1~1", "p1~2"}.isdisjoint(outside)
    assert "p1~3" in outside, "5 January is after the last day"
    assert not any(one.startswith("iron") for one in outside)


def test_an_approval_reaches_no_visit_of_another_plan(family: Home, insurance: InsuranceService):
    approve(family, "2026-11-22", "2026-11-01", plan="p1")
    approve(family, "2030-12-31", "2020-01-01", plan="iron")
    assert states(insurance.coverage("rosa")) == {"p1": "outside", "iron": "covered"}
    assert "p1~1" in insurance.outside("rosa")
    assert "iron~1" not in insurance.outside("rosa")


def test_an_approval_of_all_plans(family: Home, insurance: InsuranceService):
    given = approve(family, "2026-12-01")
    found = {one.plan.id: one for one in insurance.coverage("rosa")}
    assert states(insurance.coverage("rosa")) == {"p1": "covered", "iron": "outside"}
    assert found["iron"].authorisation == given
    assert "iron~1" in insurance.outside("rosa")


def test_visits_that_were_approved_are_used_up(family: Home, insurance: InsuranceService):
    approve(family, "2027-12-31", "2026-11-01", plan="p1", visits=1)
    assert states(insurance.coverage("rosa"))["p1"] == "covered"
    assert "p1~2" in insurance.outside("rosa")
    family.clock.on(days=4)
    family.house.agenda.save(replace(family.visit("p1~1"), status="done"))
    (one, _) = insurance.coverage("rosa")
    assert (one.state, one.visit.id if one.visit else "") == ("outside", "p1~2")


def test_visits_of_before_count_for_a_letter_without_a_first_day(
    family: Home, insurance: InsuranceService
):
    given = approve(family, "2027-12-31", plan="p1", visits=1)
    family.clock.on(days=10)
    assert family.house.care.today > date(2026, 11, 24)
    (one, *_) = (each for each in insurance.coverage("rosa") if each.plan.id == "p1")
    assert (one.state, one.visit.id if one.visit else "") == ("outside", "p1~2")
    assert one.authorisation == given


def test_visits_that_an_earlier_letter_paid_for_do_not_use_up_the_next(
    family: Home, insurance: InsuranceService
):
    approve(family, "2026-12-20", "2026-11-01", plan="p1", visits=1)
    approve(family, "2027-12-31", "2026-12-01", plan="p1", visits=2)
    # The first letter was used up on 24 November; the next has visits 2 and 3.
    family.clock.on(days=33)
    assert "p1~3" not in insurance.outside("rosa")
    assert "p1~4" in insurance.outside("rosa")


def test_the_approval_that_covers_is_told(family: Home, insurance: InsuranceService):
    good = approve(family, "2026-12-31", "2026-11-01", plan="p1", visits=3)
    approve(family, "2027-12-31", "2026-11-01", plan="p1", visits=0)
    (one, *_) = insurance.coverage("rosa")
    assert (one.state, one.authorisation) == ("covered", good)


def test_a_cancelled_visit_uses_nothing_up(family: Home, insurance: InsuranceService):
    approve(family, "2027-12-31", "2026-11-01", plan="p1", visits=1)
    family.house.plans.cancel("p1~1", agreed=True)
    (one, _) = insurance.coverage("rosa")
    assert (one.state, one.visit.id if one.visit else "") == ("covered", "p1~2")


def test_what_is_over_is_no_coming_visit(family: Home, insurance: InsuranceService):
    approve(family, "2026-11-01")
    family.clock.on(days=4)
    (one, _) = insurance.coverage("rosa")
    assert one.visit is not None
    assert one.visit.id == "p1~2"
    assert "p1~1" not in insurance.outside("rosa")


def test_a_plan_that_has_ended_has_no_visit(family: Home, insurance: InsuranceService):
    approve(family, "2026-12-31")
    family.add(line("plan", id="once", person="rosa", medicine="iron X", zone=NEW_YORK,
                    offsets=[0], every=None, first="2026-11-01T09:30"))  # fmt: skip
    found = {one.plan.id: one for one in insurance.coverage("rosa")}
    assert (found["once"].visit, found["once"].state) == (None, "not_told")


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2026-11-30", None), ("2026-12-01", "a"), ("2026-12-31", "a"), ("2027-01-01", "b"),
     ("2027-03-31", "b"), ("2027-04-01", None)],
)  # fmt: skip
def test_the_approval_of_a_day(family: Home, insurance: InsuranceService, day, wanted):
    approve(family, "2026-12-31", "2026-12-01", id="a", plan="p1")
    approve(family, "2027-03-31", "2027-01-01", id="b")
    approve(family, "2030-12-31", "2020-01-01", id="c", plan="iron")
    approve(family, "2030-12-31", "2020-01-01", id="d", person="mei")
    found = insurance.covered_on("p1", date.fromisoformat(day))
    assert (found.id if found else None) == wanted
    assert insurance.covered_on("nowhere", TODAY) is None


def test_periods_stand_in_order_of_their_end(family: Home, insurance: InsuranceService):
    approve(family, "2027-03-31", id="b")
    approve(family, "2026-12-31", "2026-12-01", id="a", plan="p1")
    told = [(one.authorisation, one.first, one.last, one.plan) for one in insurance.period("rosa")]
    assert told == [
        ("a", date(2026, 12, 1), date(2026, 12, 31), "p1"), ("b", None, date(2027, 3, 31), None),
    ]  # fmt: skip


def test_an_approval_of_a_plan_that_goes_reaches_no_other(
    family: Home, insurance: InsuranceService
):
    approve(family, "2030-12-31", "2020-01-01", id="a", plan="p1")
    family.house.plans.remove("p1", agreed=True)
    assert states(insurance.coverage("rosa")) == {"iron": "not_told"}
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


# ---- costs ---------------------------------------------------------------------------------
def test_a_year_adds_up_exactly_currency_by_currency(family: Home, insurance: InsuranceService):
    for what, amount, currency, day in (
        ("Share", "0.10", "EUR", TODAY), ("Taxi", "0,20", "eur", TODAY),
        ("Parking", "$ 8.50", "", TODAY), ("Hotel", "1.234,50 EUR", "", date(2025, 12, 31)),
        ("Share", "30", "EUR", date(2026, 1, 1)),
    ):  # fmt: skip
        insurance.save_cost(cost(what, amount, day, currency=currency))
    insurance.save_cost(cost("Not hers", "999", person="mei"))
    assert insurance.totals("rosa") == [
        YearTotal(2026, "$", Decimal("8.50"), 1),
        YearTotal(2026, "eur", Decimal("30.30"), 3),
        YearTotal(2025, "EUR", Decimal("1234.50"), 1),
    ]
    assert [one.what for one in insurance.costs("rosa")] == [
        "Parking", "Taxi", "Share", "Share", "Hotel",
    ]  # fmt: skip
    assert [one.what for one in insurance.costs("rosa", 2025)] == ["Hotel"]
    assert len(insurance.costs()) == 6
    assert insurance.totals("nobody") == []


def test_an_amount_is_kept_in_one_way(insurance: InsuranceService):
    kept = insurance.save_cost(cost("Hotel", "€ 1.234,50", currency=""))
    assert (kept.amount, kept.currency) == ("1234.50", "€")
    kept = insurance.save_cost(replace(kept, amount="12 €", currency="Euro"))
    assert (kept.amount, kept.currency) == ("12", "Euro"), "what is typed in its own field counts"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [({"amount": "1.234"}, "amount"), ({"amount": ""}, "amount"), ({"amount": "12 mg"}, "amount"),
     ({"what": " "}, "what"), ({"currency": "x" * 21}, "currency"),
     ({"paid_by": "\x07"}, "paid_by"),
     ({"note": "\x07"}, "note")],
)  # fmt: skip
def test_a_cost_that_cannot_be(family: Home, insurance: InsuranceService, fields, wanted):
    before = family.dump()
    with pytest.raises(FormRefused) as refused:
        insurance.save_cost(cost(**{"what": "Taxi", "amount": "5", **fields}))
    assert fields_of(refused.value) == [wanted]
    assert family.dump() == before


# ---- calls and help to pay -----------------------------------------------------------------
def test_two_currencies_of_one_amount_are_asked_about(family: Home, insurance: InsuranceService):
    kept = insurance.save_cost(cost("Bill", "12", currency="EUR"))
    with pytest.raises(FormRefused) as refused:
        insurance.save_cost(replace(kept, amount="5 $"))
    assert fields_of(refused.value) == ["currency"]
    assert "“$”" in explain(refused.value.errors[0])
    assert insurance.cost(kept.id) == kept
    changed = insurance.save_cost(replace(kept, amount="5 eur"))
    assert (changed.amount, changed.currency) == ("5", "EUR")
    with pytest.raises(FormRefused) as refused:
        insurance.save_cost(cost("Bill", "about 5 $", currency="EUR"))
    assert fields_of(refused.value) == ["amount"]


def test_calls_newest_first_and_about_one_approval(family: Home, insurance: InsuranceService):
    given = approve(family, "2026-12-31")
    for days, about in ((3, None), (1, given.id), (2, given.id)):
        insurance.save_call(
            Call(id=f"k{days}", person="rosa", date=TODAY - timedelta(days=days),
                 with_whom=" Aster ", authorisation=about, again=TODAY)
        )  # fmt: skip
    assert [one.id for one in insurance.calls("rosa")] == ["k1", "k2", "k3"]
    assert [one.id for one in insurance.calls("rosa", given.id)] == ["k1", "k2"]
    assert insurance.calls("mei") == []
    kept = insurance.call("k1")
    assert kept is not None
    assert kept.with_whom == "Aster"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [({"with_whom": ""}, "with_whom"), ({"again": date(2026, 11, 20)}, "again"),
     ({"authorisation": "nowhere"}, "authorisation"), ({"authorisation": "hers"}, "authorisation"),
     ({"number": "a\nb"}, "number"), ({"text": "\x07"}, "text")],
)  # fmt: skip
def test_a_call_that_cannot_be(family: Home, insurance: InsuranceService, fields, wanted):
    approve(family, "2026-12-31", id="hers", person="mei")
    before = family.dump()
    told = {"id": "", "person": "rosa", "date": TODAY, "with_whom": "Aster", **fields}
    with pytest.raises(FormRefused) as refused:
        insurance.save_call(Call(**told))
    assert fields_of(refused.value) == [wanted]
    assert family.dump() == before


def test_a_call_stays_when_its_approval_goes(family: Home, insurance: InsuranceService):
    given = approve(family, "2026-12-31")
    kept = insurance.save_call(
        Call(id="", person="rosa", date=TODAY, with_whom="Aster", authorisation=given.id)
    )
    family.house.people.remove(Authorisation, given.id)
    changed = insurance.save_call(replace(kept, text="They will send the letter."))
    assert changed.authorisation == given.id


def test_help_that_ends_first_stands_first(insurance: InsuranceService):
    for id_, last in (("none", None), ("late", date(2027, 5, 1)), ("soon", date(2026, 12, 1))):
        insurance.save_assistance(Assistance(id=id_, person="rosa", name=f" {id_} ", last=last))
    assert [one.name for one in insurance.assistance("rosa")] == ["soon", "late", "none"]
    with pytest.raises(FormRefused) as refused:
        insurance.save_assistance(Assistance(id="", person="rosa", name=""))
    assert fields_of(refused.value) == ["name"]


def test_each_is_one_named_step_and_undo_takes_it_back(family: Home, insurance: InsuranceService):
    before = family.dump()
    insurance.save_call(Call(id="k", person="rosa", date=TODAY, with_whom="Aster"))
    insurance.save_cost(cost("Taxi", "5", id="c"))
    insurance.save_assistance(Assistance(id="h", person="rosa", name="Card"))
    for kind, entry in ((Call, "k"), (Cost, "c"), (Assistance, "h")):
        insurance.remove(kind, entry)
        with pytest.raises(InputRefused) as refused:
            insurance.remove(kind, entry)
        assert refused.value.key == "entry.gone"
    assert [*insurance.calls(), *insurance.costs(), *insurance.assistance()] == []
    labels = [(family.house.care.undo() or [""])[0] for _ in range(6)]
    assert family.dump() == before
    assert labels == ["done.entry_removed"] * 3 + ["done.assistance", "done.cost", "done.call"]
