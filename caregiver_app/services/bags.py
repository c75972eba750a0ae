"""The appointment bag of each visit, and the steps that prepare it.

A bag is its template seen through what the family did with it: nothing is copied when a visit is
laid out, ticks belong to one visit only, and an item added for every visit changes the template
for this family.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.advice import PreparationStep
from caregiver_app.domain.bundle import VisitFacts, holds, parts_off
from caregiver_app.domain.entities import (
    Answer,
    Appointment,
    BagItem,
    Contact,
    Medicine,
    Person,
    Plan,
    TemplateItem,
)
from caregiver_app.domain.packing import BAG_GROUPS, BAG_STATES
from caregiver_app.domain.plans import visit_step
from caregiver_app.domain.reminders import CHECK_INS, reminder_id
from caregiver_app.domain.times import ends, instant, local_day, to_text, wall
from caregiver_app.domain.weekly_only import WeeklyOnly, weekly_only
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.values import value

_USUAL = "infusion_day"
"""The template of a visit that no other serves."""
_A_DAY = 24
_DAY = timedelta(days=1)


@value
class BagLine:
    """One item of a bag: `own` when the family added it, `why` and `only_if` from the template."""

    key: str
    label: str
    group: str
    state: str
    essential: bool
    own: bool
    why: str = ""
    only_if: str = ""


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


@value
class Bag:
    """A visit's bag. `lines` are in it, `maybe` waits folded to be taken along."""

    visit: Appointment
    person: Person | None
    contact: Contact | None
    lines: tuple[BagLine, ...]
    maybe: tuple[BagLine, ...]

    def group(self, name: str) -> list[BagLine]:
        """Return the items of one group ("papers" or "things")."""
        return [line for line in self.lines if line.group == name]

    @property
    def wanted(self) -> int:
        """How many items are meant to come along."""
        return sum(line.state != "not_needed" for line in self.lines)

    @property
    def packed(self) -> int:
        """How many items are packed."""
        return sum(line.state == "packed" for line in self.lines)

    @property
    def not_needed(self) -> int:
        """How many items are not needed this time."""
        return len(self.lines) - self.wanted


class BagService:
    """Packing for visits."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def brings(self, visit: Appointment) -> bool:
        """Tell whether a visit brings a bag: not where it is switched off, nor for one at home."""
        off = parts_off(visit, self._plan_of(visit))
        return visit.type != "medication" and "bag" not in off

    def bag(self, visit_id: str) -> Bag:
        """Return the bag of a visit.

        Raises:
            InputRefused: there is no such visit.
        """
        care, visit = self._care, self._visit(visit_id)
        marks = {mark.key: mark for mark in care.store.all(BagItem, visit=visit_id)}
        own_edits = {
            item.key: item
            for name in self._templates(visit)
            for item in care.store.all(TemplateItem, template=name)
        }
        lines: list[BagLine] = []
        maybe: list[BagLine] = []
        for line in self._template_lines(visit, own_edits):
            mark = marks.pop(line.key, None)
            if mark is not None:
                lines.append(replace(line, state=mark.state))
            elif line.essential:
                lines.append(line)
            else:
                maybe.append(line)
        added = sorted(marks.values(), key=lambda mark: (mark.position, mark.created, mark.id))
        lines += [
            BagLine(mark.key, mark.label, mark.group, mark.state, essential=True, own=True)
            for mark in added
            if mark.label
        ]
        person = care.store.get(Person, visit.person)
        contact = None if visit.contact is None else care.store.get(Contact, visit.contact)
        return Bag(visit, person, contact, tuple(lines), tuple(maybe))

    def _visit(self, visit_id: str) -> Appointment:
        visit = self._care.store.get(Appointment, visit_id)
        if visit is None:
            raise InputRefused("visit.gone", "id", id=visit_id)
        return visit

    def _templates(self, visit: Appointment) -> tuple[str, ...]:
        """Return the templates of a visit; the very first one of a plan brings extras."""
        facts = self._facts(visit)
        found = tuple(
            one.id
            for one in self._care.reference.templates
            if visit.type in one.types and (one.when is None or holds(one.when, facts))
        )
        return found or (_USUAL,)

    def _facts(self, visit: Appointment) -> VisitFacts:
        """Return what is known of a visit, but for what else the person takes."""
        plan = self._plan_of(visit)
        if plan is None:
            return VisitFacts(minutes=visit.minutes)
        first = visit.dose is not None and visit_step(plan, visit.dose) == 0
        known = self._care.reference.medicine(plan.medicine)
        return VisitFacts(first, visit.minutes, "" if known is None else known.id)

    def _also_takes(self, visit: Appointment, ids: tuple[str, ...]) -> frozenset[str]:
        """Return those of these medicines of the reference that stand on the person's list."""
        store, found = self._care.store, set[str]()
        names = [one.name for one in store.all(Medicine, person=visit.person) if not one.past]
        for id_ in ids if names else ():
            info = self._care.reference.medicine(id_)
            if info is not None:
                known = (WeeklyOnly(info.name, (*info.names, *info.brands)),)
                if any(weekly_only(name, known) for name in names):
                    found.add(id_)
        return frozenset(found)

    def _plan_of(self, visit: Appointment) -> Plan | None:
        return None if visit.plan is None else self._care.store.get(Plan, visit.plan)

    def _template_lines(
        self, visit: Appointment, own_edits: dict[str, TemplateItem]
    ) -> list[BagLine]:
        lines: list[BagLine] = []
        for name in self._templates(visit):
            for item in self._care.reference.template(name).items:
                edit = own_edits.get(item.key)
                if edit is None or not edit.hidden:
                    lines.append(
                        BagLine(
                            item.key,
                            item.label,
                            item.group,
                            "to_pack",
                            item.essential,
                            own=False,
                            why=item.why,
                            only_if=item.only_if,
                        )
                    )
        lines += [
            BagLine(edit.key, edit.label, edit.group, "to_pack", essential=True, own=True)
            for edit in sorted(own_edits.values(), key=lambda e: (e.created, e.id))
            if edit.label and not edit.hidden
        ]
        return lines

    def set_state(self, visit_id: str, key: str, state: str) -> None:
        """Mark an item to pack, packed, or not needed this time.

        Raises:
            InputRefused: the visit or item is not there, or the state is none of the three.
        """
        texts.one_of(state, BAG_STATES, "state")
        bag = self.bag(visit_id)
        line = next((one for one in (*bag.lines, *bag.maybe) if one.key == key), None)
        if line is None:
            raise InputRefused("bag.no_item", "key", key=key)
        care, mark_id = self._care, f"{visit_id}:{key}"
        old = care.store.get(BagItem, mark_id)
        with care.change(f"done.bag_{state}", label=line.label):
            mark = old or BagItem(id=mark_id, visit=visit_id, key=key, created=care.now)
            care.store.put(replace(mark, state=state, changed=care.now))

    def add(self, visit_id: str, label: str, group: str, *, every_visit: bool = False) -> str:
        """Put something of the family's own into the bag; return its key.

        Raises:
            InputRefused: the label is empty, too long, or has control characters.
        """
        label = texts.title(label, "label")
        texts.one_of(group, BAG_GROUPS, "group")
        visit = self._visit(visit_id)
        care, key = self._care, self._care.new_id()
        with care.change("done.bag_added", label=label):
            if every_visit:
                care.store.put(
                    TemplateItem(
                        id=key,
                        template=self._templates(visit)[0],
                        key=key,
                        label=label,
                        group=group,
                        created=care.now,
                        changed=care.now,
                    )
                )
            else:
                care.store.put(
                    BagItem(
                        id=f"{visit_id}:{key}",
                        visit=visit_id,
                        key=key,
                        label=label,
                        group=group,
                        position=len(care.store.all(BagItem, visit=visit_id)),
                        created=care.now,
                        changed=care.now,
                    )
                )
        return key

    def remove(self, visit_id: str, key: str) -> None:
        """Take one of the family's own items out again (out of every visit if it was for all)."""
        care = self._care
        mark = care.store.get(BagItem, f"{visit_id}:{key}")
        edit = care.store.get(TemplateItem, key)
        label = edit.label if edit is not None else mark.label if mark is not None else ""
        with care.change("done.bag_removed", label=label):
            if mark is not None:
                care.store.remove(BagItem, mark.id, care.now)
            if edit is not None:
                care.store.remove(TemplateItem, edit.id, care.now)

    def steps(self, visit_id: str) -> list[StepLine]:
        """Return the preparation steps and check-ins of a visit, in the order of their time.

        Parts that are off bring none, and those of one medicine come with that only.
        """
        care, visit = self._care, self._visit(visit_id)
        answers: dict[str, Answer] = care.store.answers_of(visit_id)
        found: list[tuple[datetime, StepLine]] = []
        end = ends(visit.start, visit.minutes, care.home)
        begin = instant(visit.start, care.home)
        facts = self._facts(visit)
        for step in self._steps_of(visit, facts):
            origin = end if step.phase == "after" else begin
            at = origin + timedelta(hours=step.offset_hours)
            whole_days = step.offset_hours % 24 == 0
            day = wall(visit.start).date() if step.phase != "after" else local_day(end, care.home)
            day = day + step.offset_hours // 24 * _DAY if whole_days else local_day(at, care.home)
            reminder = reminder_id(
                f"{visit.id}:{step.sheet or step.id}", to_text(visit.start), -step.offset_hours * 60
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
        facts = self._facts(visit)
        return tuple(
            self._text(step, visit, facts)
            for step in self._steps_of(visit, facts)
            if step.phase == "before" and -_A_DAY < step.offset_hours < 0
        )

    def _steps_of(self, visit: Appointment, facts: VisitFacts) -> list[PreparationStep]:
        reference, off = self._care.reference, parts_off(visit, self._plan_of(visit))
        own = [step for step in reference.medicine_steps if step.when and holds(step.when, facts)]
        return [step for step in (*reference.steps, *own) if step.part not in off]

    def _text(self, step: PreparationStep, visit: Appointment, facts: VisitFacts) -> str:
        """Return a step, with its question where the program can't tell the answer."""
        if step.only_if and step.when is not None:
            also = self._also_takes(visit, step.when.also_takes)
            if holds(step.when, replace(facts, also_takes=also)):
                return step.text
        return step.question

    @staticmethod
    def is_check_in(line: StepLine) -> bool:
        """Tell whether a step is a check-in of the watch window."""
        return line.key in CHECK_INS
