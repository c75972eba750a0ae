"""Which visits an insurer's approvals reach, going by their days and their number of visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caregiver_app.domain.entities import Authorisation


def reached(
    visits: Sequence[tuple[str, date]], approvals: Sequence[Authorisation]
) -> frozenset[str]:
    """Return the ids of those `visits` (id and day) that the approvals reach.

    A visit is reached by an approval whose days, both ends included, hold it and that has a visit
    left; of several the one that ends first is used up first. An approval without a first day
    reaches back for ever, but counts its visits only from the day on which it was written down:
    what came before was approved by other letters.
    """
    used = dict.fromkeys((one.id for one in approvals), 0)
    in_order = sorted(approvals, key=lambda one: (one.last, one.id))
    found: set[str] = set()
    for visit, day in sorted(visits, key=lambda one: one[1]):
        for one in in_order:
            if not _holds(one, day):
                continue
            if one.visits is None or not _counts(one, day):
                found.add(visit)
                break
            if used[one.id] < one.visits:
                used[one.id] += 1
                found.add(visit)
                break
    return frozenset(found)


def _holds(one: Authorisation, day: date) -> bool:
    return day <= one.last and (one.first is None or day >= one.first)


def _counts(one: Authorisation, day: date) -> bool:
    return one.first is not None or day >= one.created.date()
