"""What the Care plan tab says of a therapy plan: its rhythm, what comes next, what it does without.

Plain values, no widgets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.phases import has_end, parts_of
from caregiver_app.domain.times import day_of, instant
from caregiver_app.gui.part_words import without_words
from caregiver_app.gui.plan_words import part_text, schedule_words
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value


@value
class PlanShown:
    """A therapy plan as its card tells it.

    `parts` are its rhythm, a line a part; `next` is the next visit, "" where none is laid out;
    `without` names what is switched off, "" where nothing is; `over` tells that it has ended.
    """

    id: str
    medicine: str
    at_home: bool
    parts: tuple[str, ...]
    next: str
    without: str
    over: bool

    @property
    def how(self) -> str:
        """How it is given, after the medicine's name."""
        return tr("injection at home") if self.at_home else tr("by drip")

    def next_words(self) -> str:
        """Return when the next visit is, or that there is none."""
        if self.next:
            return tr("Next: {day}", day=self.next)
        return tr("This plan has ended") if self.over else tr("No visit laid out yet")

    def spoken(self) -> str:
        """Return the card as a screen reader says it."""
        head = tr("Therapy plan: {name}, {how}", name=self.medicine, how=self.how)
        said = [head, *self.parts, self.next_words()]
        if self.without:
            said.append(tr("Without: {parts}", parts=self.without))
        return ". ".join(said)


def plans_of(house: Household, person: str) -> list[PlanShown]:
    """Return the plans of a person, those that have ended last."""
    visits = house.agenda.visits(person)
    shown = [_shown(house, plan, visits) for plan in house.plans.all(person)]
    return sorted(shown, key=lambda one: one.over)


def _shown(house: Household, plan: Plan, visits: Iterable[Appointment]) -> PlanShown:
    care = house.care
    if any(phase.at_home for phase in parts_of(plan)):
        # Injections at home are medication times, not among the infusions.
        visits = house.plans.visits(plan.id)
    coming = next_visit(house, plan.id, visits)
    day = None if coming is None else day_of(coming.start, care.home)
    ended = coming is None and has_end(plan)
    return PlanShown(
        plan.id,
        plan.medicine,
        plan.at_home or (coming is not None and coming.type == "medication"),
        tuple(sentences(plan)),
        "" if day is None else day_month(day, care.today),
        without_words(plan.off),
        ended,
    )


def next_visit(house: Household, plan: str, visits: Iterable[Appointment]) -> Appointment | None:
    """Return the first visit of a plan that is neither over nor done nor cancelled."""
    care = house.care
    coming = (
        one
        for one in visits
        if one.plan == plan
        and one.status not in ("done", "cancelled")
        and instant(one.start, care.home) + timedelta(minutes=one.minutes) > care.now
    )
    return next(coming, None)


def day_month(day: date, today: date) -> str:
    """Return "31 March", with the year when it is not this one."""
    full = plain_date(day)
    return full if day.year != today.year else full.removesuffix(f" {day.year}")


def sentences(plan: Plan) -> list[str]:
    """Return the rhythm of a plan, a line for each of its parts."""
    later = (part_text(phase).rstrip(".") for phase in plan.phases)
    return [schedule_words(plan), *later]
