"""The first steps of a family: what is there already, and each step kept as one change.

Nothing is remembered here beside the step that was reached: what was typed is read from the data,
so that going back, a restart or an undo never brings a second person, contact or plan.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Anchor, Contact, Person, Plan
from caregiver_app.domain.times import on_day, wall
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.care import refuse
from caregiver_app.services.household import Household

STEPS: Final = ("person", "plan", "numbers", "test")
"""The steps after the sentence, in their order."""
_SETTING: Final = "first_run"
_NUMBER: Final = "emergency_number"
_CLINIC: Final = "clinic"


class FirstRunService:
    """Whose care, which therapy, whom to call, and how far the family has come with it."""

    def __init__(self, house: Household) -> None:
        self._house = house

    # -- How far ----------------------------------------------------------------------------------

    @property
    def is_accepted(self) -> bool:
        """Whether the sentence was accepted."""
        return bool(self._house.settings.text(_SETTING, ""))

    @property
    def step(self) -> str:
        """The step to go on with: where the family stopped, else the first one still open."""
        kept = self._house.settings.text(_SETTING, "")
        return kept if kept in STEPS else next(iter(self.missing()), STEPS[-1])

    def missing(self) -> list[str]:
        """Return the steps whose facts are not there yet; a test leaves none behind."""
        person = self.person()
        there = {
            "person": person is not None and bool(person.name),
            "plan": self.plan() is not None,
            "numbers": bool(self.number()),
        }
        return [step for step, is_there in there.items() if not is_there]

    def accept(self) -> None:
        """Keep that the sentence was accepted.

        Raises:
            DataBusy, DataReadOnly, DiskTrouble: it could not be kept.
        """
        self._house.settings.remember(first_run="accepted")

    def reach(self, step: str) -> None:
        """Keep the step from which the next start goes on."""
        self._house.settings.remember(first_run=step)

    def leave(self) -> None:
        """Keep that the rest waits for later."""
        self._house.settings.remember(first_run="later")

    def end(self) -> None:
        """Keep that all steps were gone through; what was skipped waits for later."""
        self._house.settings.remember(first_run="later" if self.missing() else "done")

    # -- What is there ----------------------------------------------------------------------------

    def person(self) -> Person | None:
        """Return the person whose care it is: the first one."""
        return next(iter(self._house.people.people()), None)

    def plan(self) -> Plan | None:
        """Return the therapy plan that was entered last for this person."""
        person = self.person()
        plans = [] if person is None else self._house.plans.all(person.id)
        return max(plans, key=lambda plan: (plan.created, plan.id), default=None)

    def clinic(self) -> Contact | None:
        """Return the plan's clinic, else the first clinic among the person's contacts."""
        person, plan = self.person(), self.plan()
        if person is None:
            return None
        if plan is not None and plan.clinic is not None:
            return self._house.people.contact(plan.clinic)
        contacts = self._house.people.contacts(person.id)
        return next((one for one in contacts if one.role == _CLINIC), None)

    def number(self) -> str:
        """Return the emergency number as the family typed it, "" for none."""
        return self._house.settings.text(_NUMBER, "").strip()

    def dates(self) -> list[date]:
        """Return the days of the kept plan's visits that are still to come."""
        plan, today = self.plan(), self._house.care.today
        if plan is None:
            return []
        found = self._house.agenda.visits(plan.person)
        days = [wall(one.start).date() for one in found
                if one.plan == plan.id and one.status not in ("done", "cancelled")]  # fmt: skip
        return sorted(day for day in days if day >= today)

    # -- Keeping ----------------------------------------------------------------------------------

    def keep_person(self, name: str, born: date | None) -> None:
        """Keep name and birthday of the one person; the same again changes nothing.

        Raises:
            FormRefused: the name or the birthday cannot be taken.
        """
        old = self.person()
        if old is not None and (old.name, old.born) == (name.strip(), born):
            return
        self._house.people.save_person(replace(old or Person(id=""), name=name, born=born))

    def check_plan(self, plan: Plan) -> list[InputRefused]:
        """Return what is wrong with a plan that begins with its next date."""
        problems = self._house.plans.check(plan)
        if wall(plan.first).date() < self._house.care.today:
            problems.append(InputRefused("plan.next_past", "first"))
        return problems

    def keep_plan(self, plan: Plan, last_one: date | None = None) -> Plan:
        """Keep a therapy under way: its next date, and how often it comes from then on.

        With `last_one`, the day of the infusion before the next, that one is kept as done: it is
        what the days since an infusion are counted from.

        Raises:
            FormRefused: fields are wrong, the next date is past, or `last_one` is not.
        """
        problems = self.check_plan(plan)
        if last_one is not None:
            next_one = wall(plan.first).date()
            if last_one > self._house.care.today or last_one >= next_one:
                problems.append(InputRefused("plan.last_one", "earlier"))
            else:
                plan = _after(plan, last_one)
                problems += self._house.plans.check(plan)
        if problems:
            raise FormRefused(problems)
        person, clinic = self.person(), self.clinic()
        return self._house.plans.save(
            replace(
                plan,
                person="" if person is None else person.id,
                clinic=None if clinic is None else clinic.id,
            ),
            past_happened=last_one is not None,
        )

    def keep_numbers(self, number: str, clinic: str, by_day: str, after_hours: str) -> None:
        """Keep the emergency number, and the clinic with its two numbers, as one change.

        A clinic that has no number and no name is left out; the plan learns of one that is new.

        Raises:
            FormRefused: one error for each field that cannot be taken.
        """
        settings, given = self._house.settings, bool((clinic + by_day + after_hours).strip())
        # Looked at before anything is written: whoever listens sees whole changes only.
        refuse(
            lambda: settings.check_number(_NUMBER, number),
            lambda: (given or self.clinic() is not None) and texts.title(clinic, "name"),
            lambda: texts.line(by_day, "phone"),
            lambda: texts.line(after_hours, "phone_after_hours"),
        )
        with self._house.care.change("done.numbers"):
            settings.set_number(_NUMBER, number)
            self._keep_clinic(clinic, by_day, after_hours)

    def _keep_clinic(self, name: str, by_day: str, after_hours: str) -> None:
        old, person, plan = self.clinic(), self.person(), self.plan()
        if old is None and not any(text.strip() for text in (name, by_day, after_hours)):
            return
        whose = "" if person is None else person.id
        before = old or Contact(id="", person=whose, name="", role=_CLINIC)
        wanted = replace(
            before, name=name.strip(), phone=by_day.strip(), phone_after_hours=after_hours.strip()
        )
        kept = before if wanted == old else self._house.people.save_contact(wanted)
        if plan is not None and plan.clinic != kept.id:
            self._house.plans.save(replace(plan, clinic=kept.id))


def _after(plan: Plan, last_one: date) -> Plan:
    """Return the plan with the infusion before its next one; the next one keeps its day."""
    next_one, first = wall(plan.first).date(), on_day(plan.first, last_one)
    if plan.every is None:
        days = (next_one - last_one).days
        return replace(plan, first=first, offsets=(0, days), unit="day")
    return replace(plan, first=first, anchors=(Anchor(dose=2, day=next_one, step=1),))
