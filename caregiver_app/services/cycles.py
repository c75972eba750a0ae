"""Infusion cycles laid over each other: how one sign, or one scale, was on days since the infusion.

It shows what was written down and concludes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.watch import SCALES, Tier, days_since
from caregiver_app.services.care import Care
from caregiver_app.storage import watching
from caregiver_app.storage.tallies import Infusion, Tallies
from caregiver_app.values import value

MOST_CYCLES = 150
"""More than ten years of an infusion every four weeks."""
SCALE = "scale:"
"""What stands before the name of a scale where a sign could stand as well."""


@value
class Cycle:
    """The days from one infusion to the next, or to today.

    `levels` is, for each day with an entry, the severity of the sign (1 to 4), 0 when only other
    things were written; of a scale it is the number that was written, 0 to 10, on days that have
    one. `days` is the last day that has come; `runs` tells that it goes on.
    """

    visit: Infusion
    first: date
    days: int
    runs: bool
    levels: Mapping[int, int]

    @property
    def without(self) -> int:
        """On how many days nothing was written."""
        return self.days + 1 - len(self.levels)


def cycles(
    care: Care, person: str, sign: str, most: int = MOST_CYCLES, *, until: date | None = None
) -> list[Cycle]:
    """Return a person's last cycles for one sign or, as "scale:pain", one scale; newest first.

    They are as they stood on the day `until`; None is today.
    """
    tallies = Tallies(care.store, person, care.home, care.today)
    today = care.today if until is None else min(until, care.today)
    infusions = tallies.infusions(date.min, today)[-most:] if most > 0 else []
    if not infusions:
        return []
    levels = _levels(tallies, sign, infusions[0].day, today)
    found: list[Cycle] = []
    ends = [one.day - timedelta(days=1) for one in infusions[1:]]
    for visit, last in zip(infusions, [*ends, None], strict=True):
        days = days_since(visit.day, today if last is None else last)
        found.append(Cycle(visit, visit.day, days, last is None, {}))
    return _told(found, levels)


def _levels(tallies: Tallies, sign: str, first: date, last: date) -> dict[date, int]:
    name = sign.removeprefix(SCALE)
    if name != sign and name in SCALES:
        return tallies.of_scale(name, first, last)
    return tallies.of_sign(sign, first, last)


def _told(found: list[Cycle], levels: dict[date, int]) -> list[Cycle]:
    """Return the cycles, newest first, each with the days of `levels` (in order) that are its."""
    of_cycle: list[dict[int, int]] = [{} for _ in found]
    number = 0
    for day, level in levels.items():
        while number + 1 < len(found) and found[number + 1].first <= day:
            number += 1
        of_cycle[number][(day - found[number].first).days] = level
    return [
        Cycle(one.visit, one.first, one.days, one.runs, told)
        for one, told in reversed(list(zip(found, of_cycle, strict=True)))
    ]


def written_signs(care: Care, person: str) -> list[str]:
    """Return the signs that were written down for a person, the most frequent first."""
    return care.store.signs_of(person)


def sign_of_now(care: Care, person: str) -> str:
    """Return the sign that goes on, the most urgent of several; else the newest, "" before any."""
    going = watching.going_on(care.store, person)
    if going:
        return min(going, key=lambda one: (Tier(one.urgency).rank, -one.severity)).sign
    newest = watching.newest_side_effects(care.store, person, 1)
    return newest[0].sign if newest else ""


def watch_days(care: Care, visit: Infusion) -> int:
    """Return how many days after a visit signs are watched for, 0 without a plan."""
    plan = None if visit.plan is None else care.store.get(Plan, visit.plan)
    return 0 if plan is None else plan.watch_days
