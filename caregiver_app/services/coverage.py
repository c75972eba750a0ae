"""Which visits to come the approvals of insurers reach; nothing here is judged or estimated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.approvals import counted_since, holds, reached, shared_out
from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.insurance import Authorisation
from caregiver_app.domain.times import day_of, ends
from caregiver_app.services.care import Care
from caregiver_app.services.people import PeopleService
from caregiver_app.values import value

COVERED, OUTSIDE, NOT_TOLD = "covered", "outside", "not_told"
_MOST_VISITS: Final = 2000
_LAST: Final = _MOST_VISITS + 1
_ONE_DAY: Final = timedelta(days=1)


@value
class Coverage:
    """The next visit of a plan, and whether an approval reaches it.

    `visit` is None while the plan has no visit to come. `state` is "covered" (by
    `authorisation`), "outside" (there are approvals, none reaches it; `authorisation` is the one
    whose days end last) or "not_told" (nobody wrote one down).
    """

    plan: Plan
    visit: Appointment | None
    authorisation: Authorisation | None
    state: str


class CoverageService:
    """Looks what the approvals reach."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._people = PeopleService(care)

    def coverage(self, person: str) -> list[Coverage]:
        """Return for each plan of a person whether its next visit lies in an approved period.

        The plan whose visit comes first stands first, those without one stand last.
        """
        care = self._care
        approvals = self._people.authorisations(person)
        visits = self._visits(person, approvals)
        inside = shared_out(self._days(visits), approvals, _plans(visits))
        found: list[Coverage] = []
        for plan in care.store.all(Plan, person=person):
            visit = next((one for one in visits if one.plan == plan.id and self._waits(one)), None)
            known = [one for one in approvals if one.plan in (None, plan.id)]
            if visit is None or not known:
                found.append(Coverage(plan, visit, known[-1] if known else None, NOT_TOLD))
                continue
            covers = inside.get(visit.id)
            state = OUTSIDE if covers is None else COVERED
            found.append(Coverage(plan, visit, covers or self._nearest(known, visit), state))
        order = {one.id: place for place, one in enumerate(visits)}
        return sorted(found, key=lambda one: order.get(one.visit.id if one.visit else "", _LAST))

    def _nearest(self, known: Sequence[Authorisation], visit: Appointment) -> Authorisation:
        """Return the approval whose days hold a visit, else the one whose days end last."""
        day = day_of(visit.start, self._care.home)
        return next((one for one in reversed(known) if holds(one, day)), known[-1])

    def outside(self, person: str) -> frozenset[str]:
        """Return the ids of a person's coming visits that the approvals do not reach.

        Visits of a plan for which nobody wrote an approval down are not among them.
        """
        approvals = self._people.authorisations(person)
        visits = self._visits(person, approvals)
        inside = reached(self._days(visits), approvals, _plans(visits))
        plans = {one.plan for one in approvals}
        return frozenset(
            one.id
            for one in visits
            if one.id not in inside and (None in plans or one.plan in plans) and self._waits(one)
        )

    def reaches(self, visit: Appointment) -> bool:
        """Tell whether the approvals reach a coming visit, going by days and number of visits."""
        approvals = self._people.authorisations(visit.person)
        visits = self._visits(visit.person, approvals)
        return visit.id in reached(self._days(visits), approvals, _plans(visits))

    def _visits(self, person: str, approvals: Sequence[Authorisation]) -> list[Appointment]:
        """Return the visits that count towards the approvals that hold now or later, in order.

        Cancelled ones are not among them.
        """
        start = counted_since(approvals, self._care.today) - _ONE_DAY
        return self._care.store.next_visits(person, start, _MOST_VISITS)

    def _days(self, visits: Sequence[Appointment]) -> list[tuple[str, date]]:
        return [(one.id, day_of(one.start, self._care.home)) for one in visits]

    def _waits(self, visit: Appointment) -> bool:
        over = ends(visit.start, visit.minutes, self._care.home) <= self._care.now
        return visit.status != "done" and not over


def _plans(visits: Sequence[Appointment]) -> dict[str, str | None]:
    return {one.id: one.plan for one in visits}
