"""What a plan brings around a visit, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.advice import When
from caregiver_app.domain.bundle import (
    VisitFacts,
    answer_counts,
    holds,
    parts_off,
    with_part,
)
from caregiver_app.domain.entities import PARTS
from tests.factories import appointment, plan

FACTS = VisitFacts(True, 121, "ivig", frozenset({"methotrexate_oral"}))


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        (When(), VisitFacts(), True),
        (When(first_visit=True), FACTS, True),
        (When(first_visit=True), VisitFacts(), False),
        (When(over_two_hours=True), FACTS, True),
        (When(over_two_hours=True), VisitFacts(minutes=120), False),
        (When(medicines=("ivig", "x")), FACTS, True),
        (When(medicines=("x",)), FACTS, False),
        (When(medicines=("x",)), VisitFacts(), False),
        (When(also_takes=("methotrexate_oral",)), FACTS, True),
        (When(also_takes=("other",)), FACTS, False),
        (When(first_visit=True, medicines=("x",)), FACTS, False),
    ],
)
def test_what_holds_of_a_visit(when: When, facts: VisitFacts, expected: bool):
    assert holds(when, facts) is expected


def test_a_visit_has_its_own_say_and_else_its_plans():
    usual = plan(off=("meal",))
    assert parts_off(appointment(), None) == frozenset()
    assert parts_off(appointment(), usual) == {"meal"}
    assert parts_off(appointment(off=()), usual) == frozenset()
    assert parts_off(appointment(off=("ride",)), usual) == {"ride"}


def test_switching_a_part_twice_changes_nothing():
    for key in PARTS:
        off = with_part((), key, on=False)
        assert off == (key,)
        assert with_part(off, key, on=False) == off
        assert with_part(off, key, on=True) == ()
    assert with_part(("c14", "lab"), "ride", on=False) == ("lab", "ride", "c14")


VISIT = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("answer", "given", "today", "moved", "counts"),
    [
        ("no", 23, 23, False, True),
        ("no", 23, 24, False, True),
        ("no", 24, 30, True, True),
        ("no", 20, 20, False, True),
        ("no", 20, 21, False, False),
        ("no", 22, 23, False, False),
        ("yes", 20, 23, False, True),
        ("unsure", 20, 23, False, True),
        ("yes", 20, 23, True, False),
        ("yes", 20, 20, True, True),
        ("yes", 23, 24, True, True),
    ],
)
def test_until_when_an_answer_speaks_of_the_visit(
    answer: str, given: int, today: int, moved: bool, counts: bool
):
    day = date(2026, 11, given), date(2026, 11, today)
    assert answer_counts(answer, *day, VISIT, moved_since=moved) is counts
