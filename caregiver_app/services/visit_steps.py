"""The steps that prepare a visit, and the check-ins after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from caregiver_app.domain.advice import PreparationStep
from caregiver_app.domain.bundle import VisitFacts, holds, parts_off
from caregiver_app.domain.entities import Answer, Appointment
from caregiver_app.domain.reminders import reminder_id
from caregiver_app.domain.times import ends, instant, local_day, to_text, wall
from caregiver_app.services.bag_reading import BagReader
from caregiver_app.services.care import Care
from caregiver_app.values import value

_A_DAY = 24
_DAY = timedelta(days=1)


@value
class StepLine:
    """One preparation step or check-in of a visit: its day and what became of it."""

    key: str
    text: str
    why: str
    phase: str
    offset_hours: int
    day: date
    state: str
    reminder: str


class VisitSteps:
    """Works out the steps of visits."""

    def __init__(self, care: Care, reader: BagReader) -> None:
        self._care, self._reader = care, reader

    def steps(self, visit_id: str) -> list[StepLine]:
        """Return the preparation steps and check-ins of a visit, in the order of their time.

        Parts that are off bring none, and those of one medicine come with that only.
        """
        care, visit = self._care, self._reader.visit(visit_id)
        owner = visit.id if self._reader.is_entry(visit) else str(visit.series)
        answers: dict[str, Answer] = care.store.answers_of(owner)
        found: list[tuple[datetime, StepLine]] = []
        end = ends(visit.start, visit.minutes, care.home)
        begin = instant(visit.start, care.home)
        facts = self._reader.facts(visit)
        for step in self._steps_of(visit, facts):
            origin = end if step.phase == "after" else begin
            at = origin + timedelta(hours=step.offset_hours)
            whole_days = step.offset_hours % 24 == 0
            day = wall(visit.start).date() if step.phase != "after" else local_day(end, care.home)
            day = day + step.offset_hours // 24 * _DAY if whole_days else local_day(at, care.home)
            reminder = reminder_id(
                f"{owner}:{step.sheet or step.id}", to_text(visit.start), -step.offset_hours * 60
            )
            answer = answers.get(reminder)
            state = "waiting" if answer is None else answer.state
            text = self._text(step, visit, facts)
            line = StepLine(
                step.id, text, step.why, step.phase, step.offset_hours, day, state, reminder
            )
            found.append((at, line))
        return [line for _, line in sorted(found, key=lambda pair: pair[0])]

    def morning(self, visit: Appointment) -> tuple[str, ...]:
        """Return the steps of a visit's own morning, as its two-hour reminder says them."""
        facts = self._reader.facts(visit)
        return tuple(
            self._text(step, visit, facts)
            for step in self._steps_of(visit, facts)
            if step.phase == "before" and -_A_DAY < step.offset_hours < 0
        )

    def _steps_of(self, visit: Appointment, facts: VisitFacts) -> list[PreparationStep]:
        reference, off = self._care.reference, parts_off(visit, self._reader.plan_of(visit))
        own = [step for step in reference.medicine_steps if step.when and holds(step.when, facts)]
        return [step for step in (*reference.steps, *own) if step.part not in off]

    def _text(self, step: PreparationStep, visit: Appointment, facts: VisitFacts) -> str:
        """Return a step, with its question where the program can't tell the answer."""
        if step.only_if and step.when is not None:
            also = self._reader.also_takes(visit, step.when.also_takes)
            if holds(step.when, replace(facts, also_takes=also)):
                return step.text
        return step.question
