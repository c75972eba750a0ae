"""Who sits in when."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.sitting_in import stretches
from caregiver_app.domain.support import Company


def there(id_: str, after: int, minutes: int) -> Company:
    return Company(id=id_, person="rosa", visit="v", who=id_, after=after, minutes=minutes)


@pytest.mark.parametrize(
    ("company", "minutes", "parts"),
    [
        ([], 120, [(0, 120, "")]),
        ([("a", 0, 120)], 120, [(0, 120, "a")]),
        ([("a", 0, 60)], 140, [(0, 60, "a"), (60, 140, "")]),
        ([("a", 30, 60)], 120, [(0, 30, ""), (30, 90, "a"), (90, 120, "")]),
        (
            [("b", 30, 60), ("a", 0, 60)],
            90,
            [(0, 30, "a"), (30, 60, "ab"), (60, 90, "b")],
        ),
        ([("a", 0, 300)], 120, [(0, 120, "a")]),
        ([("a", 200, 60)], 120, [(0, 120, "")]),
    ],
)
def test_parts_of_a_visit(
    company: list[tuple[str, int, int]],
    minutes: int,
    parts: list[tuple[int, int, str]],
) -> None:
    made = [there(*one) for one in company]
    found = stretches(made, minutes)
    assert [(s.after, s.until, "".join(c.who for c in s.company)) for s in found] == parts


COMPANIES = st.lists(
    st.builds(
        there,
        st.uuids().map(str),
        st.integers(0, 400),
        st.integers(1, 400),
    ),
    max_size=6,
)


@given(COMPANIES, st.integers(1, 400))
def test_the_parts_fill_the_visit_and_name_who_is_there(
    company: list[Company], minutes: int
) -> None:
    found = stretches(company, minutes)
    assert found[0].after == 0
    assert found[-1].until == minutes
    assert all(one.until == two.after for one, two in itertools.pairwise(found))
    for minute in range(minutes):
        (part,) = (one for one in found if one.after <= minute < one.until)
        wanted = {c.id for c in company if c.after <= minute < c.after + c.minutes}
        assert {one.id for one in part.company} == wanted
