"""Infusion cycles laid over each other: how strong one sign was on each day since the infusion.

It shows what was written down and concludes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.times import wall
from caregiver_app.domain.watch import days_since
from caregiver_app.services.care import Care
from caregiver_app.values import value

_MINUTE = timedelta(minutes=1)
MOST_CYCLES = 150
"""More than ten years of an infusion every four weeks."""


@value
class Cycle:
    """The days from one infusion to the next, or to today.

    `levels` is, for each day with an entry, the severity of the sign (1 to 4), 0 when only other
    things were written. `days` is the last day that has come; `runs` tells that it goes on.
    """

    visit: Appointment
    first: date
    days: int
    runs: bool
    levels: Mapping[int, int]

    @property
    def without(self) -> int:
        """On how many days nothing was written."""
        return self.days + 1 - len(self.levels)


def cycles(care: Care, person: str, sign: str, most: int = MOST_CYCLES) -> list[Cycle]:
    """Return a person's last cycles for one sign, the newest first."""
    found: list[Cycle] = []
    today = care.today
    next_first: date | None = None
    visit = care.store.last_visit_before(person, f"{today.isoformat()}T23:59")
    while visit is not None and len(found) < most:
        first = wall(visit.start).date()
        # A second infusion on the same day begins no cycle of its own.
        if first != next_first:
            last = today if next_first is None else next_first - timedelta(days=1)
            levels = _levels(care, person, sign, first, last)
            days = days_since(first, last)
            found.append(Cycle(visit, first, days, next_first is None, levels))
            next_first = first
        before = wall(visit.start) - _MINUTE
        visit = care.store.last_visit_before(person, before.isoformat(timespec="minutes"))
    return found


def _levels(care: Care, person: str, sign: str, first: date, last: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for check_in in care.store.checkins_between(first, last, person=person):
        found.setdefault(days_since(first, check_in.date), 0)
    for entry in care.store.side_effects_between(first, last, person=person):
        day = days_since(first, wall(entry.at).date())
        strength = entry.severity if entry.sign == sign else 0
        found[day] = max(found.get(day, 0), strength)
    return dict(sorted(found.items()))


def written_signs(care: Care, person: str) -> list[str]:
    """Return the signs that were written down for a person, the most frequent first."""
    return care.store.signs_of(person)


def watch_days(care: Care, visit: Appointment) -> int:
    """Return how many days after a visit signs are watched for, 0 without a plan."""
    plan = None if visit.plan is None else care.store.get(Plan, visit.plan)
    return 0 if plan is None else plan.watch_days
