"""Which visits the approvals of an insurer reach."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from caregiver_app.domain.approvals import reached
from caregiver_app.domain.entities import Authorisation

WRITTEN = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)
VISITS = [
    ("v1", date(2026, 3, 17)),
    ("v2", date(2026, 3, 31)),
    ("v3", date(2026, 4, 28)),
    ("v4", date(2026, 6, 23)),
]


def approval(first: str | None, last: str, visits: int | None = None, id_: str = "a"):
    return Authorisation(
        id=id_,
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
