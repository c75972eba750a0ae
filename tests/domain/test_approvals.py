"""Which visits the approvals of an insurer reach."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from caregiver_app.domain.approvals import counted_since, reached, shared_out
from caregiver_app.domain.entities import Authorisation

WRITTEN = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)
VISITS = [
    ("v1", date(2026, 3, 17)),
    ("v2", date(2026, 3, 31)),
    ("v3", date(2026, 4, 28)),
    ("v4", date(2026, 6, 23)),
]


def approval(
    first: str | None, last: str, visits: int | None = None, id_: str = "a", plan: str | None = None
):
    return Authorisation(
        id=id_,
        plan=plan,
        person="rosa",
        first=None if first is None else date.fromisoformat(first),
        last=date.fromisoformat(last),
        visits=visits,
        created=WRITTEN,
    )


@pytest.mark.parametrize(
    ("approvals", "wanted"),
    [
        ([], ""),
        ([approval("2026-03-01", "2026-03-31")], "v1 v2"),
        ([approval("2026-03-17", "2026-03-17")], "v1"),
        ([approval("2026-03-18", "2026-03-30")], ""),
        ([approval("2026-03-01", "2026-06-30", 2)], "v1 v2"),
        ([approval("2026-03-01", "2026-06-30", 0)], ""),
        ([approval(None, "2026-04-28")], "v1 v2 v3"),
        # v1 was before the letter was written down, so it takes none of the two.
        ([approval(None, "2026-06-30", 2)], "v1 v2 v3"),
        (
            [approval("2026-03-01", "2026-03-31"), approval("2026-06-01", "2026-06-30", 1, "b")],
            "v1 v2 v4",
        ),
        # The one that ends first is used up first, and the longer one goes on.
        (
            [approval("2026-03-01", "2026-12-31", 2, "b"), approval("2026-03-01", "2026-03-31", 1)],
            "v1 v2 v3",
        ),
    ],
)
def test_days_and_number_of_visits_both_count(approvals: list[Authorisation], wanted: str):
    assert reached(VISITS, approvals) == frozenset(wanted.split())
    assert reached(VISITS[::-1], approvals[::-1]) == frozenset(wanted.split())


def test_a_letter_for_all_plans_is_kept_for_the_one_that_has_no_other():
    every = approval("2026-03-01", "2026-06-30", 1, "every")
    own = approval("2026-03-01", "2026-12-31", 1, "own", plan="p1")
    plans = {"v1": "p1", "v2": "p2"}
    told = shared_out(VISITS[:2], [every, own], plans)
    assert told == {"v1": own, "v2": every}
    assert reached(VISITS[:2], [every], plans) == {"v1"}
    # One plan alone uses up the letter that ends first.
    assert shared_out(VISITS[:1], [every, own], plans) == {"v1": every}


def test_an_earlier_visit_comes_before_a_later_one():
    short = approval("2026-03-01", "2026-04-30", 1, "a")
    both = approval("2026-03-01", "2026-12-31", 1, "b")
    assert shared_out(VISITS, [both, short]) == {"v1": short, "v2": both}


@pytest.mark.parametrize(
    ("approvals", "wanted"),
    [
        ([], "2026-04-01"),
        ([approval("2025-01-01", "2026-12-31")], "2026-04-01"),
        ([approval("2025-10-01", "2026-12-31", 4)], "2025-10-01"),
        ([approval("2025-10-01", "2026-03-31", 4)], "2026-04-01"),
        ([approval(None, "2026-12-31", 4)], "2026-03-20"),
        ([approval("2025-10-01", "2026-02-28", 4), approval("2026-02-01", "2026-12-31", 2, "b")],
         "2025-10-01"),
        ([approval("2025-10-01", "2026-01-31", 4), approval("2026-02-01", "2026-12-31", 2, "b")],
         "2026-02-01"),
    ],
)  # fmt: skip
def test_how_far_back_visits_count(approvals: list[Authorisation], wanted: str):
    assert counted_since(approvals, date(2026, 4, 1)) == date.fromisoformat(wanted)
