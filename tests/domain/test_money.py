"""Amounts as people write them in different countries: read exactly, or refused with a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.money import contradict, plain, read_amount, read_currency, total_of
from caregiver_app.errors import InputRefused
from caregiver_app.messages import explain


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("120", "120"), ("0", "0"), ("120.5", "120.5"), ("120.50", "120.50"), ("120,50", "120.50"),
        (" 120 ", "120"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50"),
        ("1 234,50", "1234.50"), ("1\u00a0234,50", "1234.50"), ("1\u202f234.50", "1234.50"),
        ("1'234.50", "1234.50"), ("1\u2019234.50", "1234.50"), ("1 234", "1234"),
        ("1.234.567", "1234567"), ("1,234,567", "1234567"), ("1.234.567,89", "1234567.89"),
        ("1,23,456.00", "123456.00"), ("12,34,567.5", "1234567.5"), ("1234.5", "1234.5"),
        ("1234.567", "1234.567"), ("0.500", "0.500"), ("0,500", "0.500"),
        ("999999999999", "9" * 12),
        ("$ 120", "120"), ("$120", "120"), ("120 $", "120"), ("US$ 120", "120"), ("120 €", "120"),
        ("€1.234,50", "1234.50"), ("EUR 120", "120"), ("120 usd", "120"),
        ("CHF 1'234.50", "1234.50"),
        ("120 kr", "120"), ("120 kr.", "120"), ("120,-", "120.00"), ("120.\u2013 Fr.", "120.00"),
        ("1.234,- €", "1234.00"), ("120 zł", "120"), ("120元", "120"), ("¥120", "120"),
        ("120 Euro", "120"), ("Rp 1.200.000", "1200000"), ("R 1 234,56", "1234.56"),
        ("\uff11\uff12\uff10", "120"), ("\u0661\u0662\u0660", "120"), ("120 руб.", "120"),
        ("\u0661\u066c\u0662\u0663\u0664\u066b\u0665\u0660", "1234.50"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way(typed: str, wanted: str):
    assert plain(read_amount(typed)) == wanted
    assert read_amount(plain(read_amount(typed))) == Decimal(wanted), "as kept it reads the same"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "money.empty"), ("   ", "money.empty"),
        ("1.234", "money.two_ways"), ("1,234", "money.two_ways"), ("12,345", "money.two_ways"),
        ("$1,234", "money.two_ways"), ("\u0661\u066b\u0662\u0663\u0664", "money.two_ways"),
        ("-5", "money.negative"), ("\u2212 5", "money.negative"), ("- 5 €", "money.negative"),
        ("abc", "money.not"), ("€", "money.not"), ("about 120", "money.not"),
        ("120 or so", "money.not"),
        ("120 per visit", "money.not"), ("1..2", "money.not"), ("1.2.3", "money.not"),
        ("1,2,3", "money.not"), ("1.23,456.7", "money.not"), ("1.234.56", "money.not"),
        ("12 3", "money.not"), ("1 2 3", "money.not"), ("1e5", "money.not"), ("NaN", "money.not"),
        ("inf", "money.not"), ("0x10", "money.not"), ("12.3456", "money.not"), ("007", "money.not"),
        ("01.234", "money.not"), ("120 + 5", "money.not"),
        ("5 mg", "money.not"), ("€ 5 $", "money.not"), ("5 $$", "money.not"), ("½", "money.not"),
        ("1/2", "money.not"), ("5%", "money.not"), ("1\n2", "money.not"), ("\ud800", "money.not"),
        ("1000000000000", "money.large"), ("9" * 59, "money.large"), ("9" * 400, "money.not"),
        ("1\u066b5\u066b5", "money.not"),
        ("5万", "money.not"), ("5 万元", "money.not"), ("3千円", "money.not"),
        ("5만원", "money.not"), ("1億", "money.not"), ("5 mil", "money.not"),
        ("5 tys.", "money.not"), ("5 тыс.", "money.not"), ("5 Mio", "money.not"),
        ("5 mcg", "money.not"), ("5 k€", "money.not"), ("5 M$", "money.not"),
    ],
)  # fmt: skip
def test_what_cannot(typed: str, key: str):
    with pytest.raises(InputRefused) as refused:
        read_amount(typed)
    assert (refused.value.key, refused.value.field) == (key, "amount")
    sentence = explain(refused.value)
    assert " " in sentence
    assert "{" not in sentence


def test_what_is_ambiguous_names_both_ways():
    with pytest.raises(InputRefused) as refused:
        read_amount("€ 1.234")
    assert "1.234" in explain(refused.value)
    assert "1234" in explain(refused.value)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("120", ""), ("$ 120", "$"), ("US$120", "US$"), ("120,50 EUR", "EUR"), ("120,- €", "€"),
     ("5 kr.", "kr."), ("5 руб.", "руб."), ("元5", "元")],
)  # fmt: skip
def test_the_currency_beside_it_is_kept_as_typed(typed: str, wanted: str):
    assert read_currency(typed) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [("€", "Euro", False), ("$", "CAD", False), ("Fr.", "CHF", False), ("€", "", False),
     ("", "", False), ("€", "Taler", False), ("€", "USD", True), ("£", "$", True),
     ("kr", "€", False)],
)  # fmt: skip
def test_currencies_that_cannot_be_the_same(one: str, other: str, wanted: bool):
    assert contradict(one, other) is wanted
    assert contradict(other, one) is wanted


def test_sums_are_exact():
    assert total_of(map(read_amount, ["0.1"] * 3)) == Decimal("0.3")
    assert total_of([Decimal("999999999999.999")] * 1000) == Decimal("999999999999999.000")
    assert total_of([]) == 0


MARKS = st.sampled_from(
    [(",", "."), (".", ","), (" ", ","), ("\u202f", "."), ("'", "."), ("", ".")]
)


@given(whole=st.integers(0, 10**12 - 1), cents=st.integers(0, 99), marks=MARKS,
       sign=st.sampled_from(["", "€", "$", "EUR", "kr"]), first=st.booleans())  # fmt: skip
def test_any_amount_in_any_writing(whole, cents, marks, sign, first):
    group, point = marks
    number = f"{whole:,}".replace(",", group) + f"{point}{cents:02}"
    typed = f"{sign} {number}" if first else f"{number} {sign}"
    assert read_amount(typed) == Decimal(f"{whole}.{cents:02}")
    assert read_currency(typed) == sign


@given(st.text(max_size=30) | st.text("0123456789.,' -€$EUR", max_size=12))
def test_any_text_is_read_or_refused(typed):
    try:
        found = read_amount(typed)
    except InputRefused:
        return
    assert found >= 0
    assert read_amount(plain(found)) == found
