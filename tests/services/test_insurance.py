"""Calls, costs and help to pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from caregiver_app.domain.insurance import Assistance, Authorisation, Call, Cost
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import explain
from caregiver_app.services.insurance import InsuranceService, YearTotal
from tests.fakes import Home
from tests.services.insured import approve, fields_of, insured

TODAY = date(2026, 11, 21)


@pytest.fixture
def family(home: Home) -> Home:
    return insured(home)


@pytest.fixture
def insurance(family: Home) -> InsuranceService:
    return family.house.insurance


def cost(what: str, amount: str, day: date = TODAY, **fields: object) -> Cost:
    return Cost(
        **{"id": "", "person": "rosa", "date": day, "what": what, "amount": amount, **fields}
    )


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
