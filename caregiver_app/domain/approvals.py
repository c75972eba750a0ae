"""Which visits an insurer's approvals reach, going by their days and their number of visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from caregiver_app.domain.entities import Authorisation


def reached(
    visits: Sequence[tuple[str, date]],
    approvals: Sequence[Authorisation],
    plans: Mapping[str, str | None] | None = None,
) -> frozenset[str]:
    """Return the ids of those `visits` (id and day) that the approvals reach (see `shared_out`)."""
    return frozenset(shared_out(visits, approvals, plans))


def shared_out(
    visits: Sequence[tuple[str, date]],
    approvals: Sequence[Authorisation],
    plans: Mapping[str, str | None] | None = None,
) -> dict[str, Authorisation]:
    """Return by its id each of the `visits` (id and day) that is reached, and by which approval.

    `plans` tells the plan of each visit: an approval that is for one plan reaches only visits of
    that one. Without `plans` every approval is for every visit.

    A visit is reached by an approval whose days, both ends included, hold it and that has a visit
    left; of several the one that ends first is used up first, unless another visit has no other
    one. An earlier visit comes before a later one. An approval without a first day reaches back
    for ever, but counts its visits only from the day on which it was written down: what came before
    was approved by other letters.
    """
    in_order = sorted(approvals, key=lambda one: (one.last, one.id))
    found: dict[str, Authorisation] = {}
    ways: dict[str, list[Authorisation]] = {}
    used: dict[str, list[str]] = {one.id: [] for one in in_order}
    for visit, day in sorted(visits, key=lambda one: one[1]):
        plan = None if plans is None else plans.get(visit)
        own = [
            one
            for one in in_order
            if holds(one, day) and (plans is None or one.plan in (None, plan))
        ]
        free = next((one for one in own if one.visits is None or day < counts_from(one)), None)
        if free is not None:
            found[visit] = free
            continue
        ways[visit] = own
        _seat(visit, ways, used, set())
    known = {one.id: one for one in in_order}
    return found | {visit: known[id_] for id_, seated in used.items() for visit in seated}


def _seat(
    visit: str,
    ways: Mapping[str, Sequence[Authorisation]],
    used: dict[str, list[str]],
    tried: set[str],
) -> bool:
    """Find an approval for a visit, where needed by finding another one for a visit before it."""
    untried = [one for one in ways[visit] if one.id not in tried]
    tried.update(one.id for one in untried)
    for one in untried:
        if len(used[one.id]) < (one.visits or 0):
            used[one.id].append(visit)
            return True
    for one in untried:
        seated = used[one.id]
        for place, other in enumerate(seated):
            if _seat(other, ways, used, tried):
                seated[place] = visit
                return True
    return False


def counted_since(approvals: Sequence[Authorisation], day: date) -> date:
    """Return from which day on visits have to be known to tell what is left on `day` and later.

    Visits of long ago count where an approval that holds today has a number of them, or one that
    overlapped with such a one.
    """
    while True:
        begins = (counts_from(one) for one in approvals if one.visits and one.last >= day)
        first = min(begins, default=day)
        if first >= day:
            return day
        day = first


def counts_from(one: Authorisation) -> date:
    """Return the day from which on the visits of an approval are counted."""
    return one.created.date() if one.first is None else one.first


def holds(one: Authorisation, day: date) -> bool:
    """Tell whether the days of an approval include a day."""
    return day <= one.last and (one.first is None or day >= one.first)
