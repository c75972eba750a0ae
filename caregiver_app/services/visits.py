"""What belongs to a visit beside its bag: its parts, "Well enough to go?" and "Anything new?".

The app asks and keeps the answers; it never decides whether somebody travels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.advice import AskInfo, AskSheet, Evidence
from caregiver_app.domain.bundle import answer_counts, parts_off, with_part
from caregiver_app.domain.entities import (
    PARTS,
    VISIT_ANSWERS,
    Appointment,
    Contact,
    Medicine,
    Person,
    Plan,
    SideEffect,
    VisitAnswer,
)
from caregiver_app.domain.reminders import is_infusion
from caregiver_app.domain.times import local_day, wall, wall_text
from caregiver_app.domain.watch import FEVER, to_fahrenheit
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from caregiver_app.services.care import Care
from caregiver_app.services.reminders import ReminderService
from caregiver_app.services.watch import WatchService, day_and_hour
from caregiver_app.values import value

_WELL: Final = "well"
_NEW: Final = "new"
_WORRYING: Final = ("yes", "unsure")
_ANSWER_LIMIT: Final = 2000
_MINUTE: Final = timedelta(minutes=1)


@value
class Part:
    """One thing that a plan brings around a visit, by its key of `PARTS`.

    `own` tells that this visit has its own say about it, another one than its plan's.
    """

    key: str
    on: bool
    own: bool = False


@value
class Live:
    """A line that the app itself knows beside a question: a medicine, an allergy, a sign.

    `day` is when a sign was seen, `note` what was written down with it.
    """

    text: str
    day: date | None = None
    note: str = ""


@value
class Asked:
    """One question and its answer: "yes", "no", "unsure" or "" (not answered).

    `key` names it for `VisitService.set_answer`, `text` is what the family wrote, `sign` the sign
    of the reference to open when it is answered yes ("" for none).
    """

    key: str
    ask: str
    more: str
    answer: str
    text: str
    live: tuple[Live, ...]
    sign: str


@value
class WellEnough:
    """What is asked on the day before. `worried`: something is answered yes, or not sure.

    Then `contact`, whom the family calls (None while nobody is written down), and the words `yes`
    are shown; once all is answered (`complete`) and nothing is, the words `no`.
    """

    asked: tuple[Asked, ...]
    worried: bool
    complete: bool
    contact: Contact | None
    yes: str
    no: str
    evidence: Evidence


@value
class NurseList:
    """What the nurse is told. `none` is said where nothing is new."""

    asked: tuple[Asked, ...]
    complete: bool
    none: str
    evidence: Evidence


class VisitService:
    """Looks at single visits."""

    def __init__(self, care: Care, reminders: ReminderService, watch: WatchService) -> None:
        self._care, self._reminders, self._watch = care, reminders, watch

    # -- Parts ------------------------------------------------------------------------------------

    def parts(self, visit_id: str) -> list[Part]:
        """Return what a visit brings and does without; nothing where it is no plan's infusion.

        Raises:
            InputRefused: there is no such visit.
        """
        visit = self._visit(visit_id)
        if not is_infusion(visit):
            return []
        plan = self._plan_of(visit)
        off, usual = parts_off(visit, plan), frozenset(() if plan is None else plan.off)
        return [Part(key, key not in off, (key in off) is not (key in usual)) for key in PARTS]

    def set_part(self, visit_id: str, key: str, on: bool) -> None:
        """Switch one part on or off for this visit alone.

        Raises:
            InputRefused: there is no such visit or part, or it is no plan's infusion.
        """
        texts.one_of(key, PARTS, "part")
        visit = self._visit(visit_id)
        if not is_infusion(visit):
            raise InputRefused("visit.no_parts", "part")
        plan = self._plan_of(visit)
        off = with_part(parts_off(visit, plan), key, on=on)
        as_plan = plan is not None and frozenset(off) == frozenset(plan.off)
        label = "done.part_on" if on else "done.part_off"
        with self._care.change(label, part=words(f"part.{key}"), title=visit.title):
            kept = replace(visit, off=None if as_plan else off, changed=self._care.now)
            self._care.store.put(kept)

    def as_plan(self, visit_id: str) -> None:
        """Let a visit bring what its plan brings again.

        Raises:
            InputRefused: there is no such visit.
        """
        visit = self._visit(visit_id)
        if visit.off is None:
            return
        with self._care.change("done.parts_as_plan", title=visit.title):
            self._care.store.put(replace(visit, off=None, changed=self._care.now))

    def plan_parts(self, plan_id: str) -> list[Part]:
        """Return what each visit of a plan brings and does without.

        Raises:
            InputRefused: there is no such plan.
        """
        plan = self._plan(plan_id)
        return [Part(key, key not in plan.off) for key in PARTS]

    def set_plan_part(self, plan_id: str, key: str, on: bool) -> None:
        """Switch one part on or off for every visit of a plan that has no own say about it.

        Raises:
            InputRefused: there is no such plan or part.
        """
        texts.one_of(key, PARTS, "part")
        plan = self._plan(plan_id)
        label = "done.plan_part_on" if on else "done.plan_part_off"
        off = with_part(plan.off, key, on=on)
        with self._care.change(label, part=words(f"part.{key}"), medicine=plan.medicine):
            self._care.store.put(replace(plan, off=off, changed=self._care.now))

    # -- What is asked before a visit -------------------------------------------------------------

    def well_enough(self, visit_id: str) -> WellEnough:
        """Return "Well enough to go?" of a visit, with the answers that still speak of it.

        Raises:
            InputRefused: there is no such visit.
        """
        visit = self._visit(visit_id)
        sheet = self._care.reference.well_enough
        asked = self._asked(visit, sheet, _WELL)
        return WellEnough(
            asked,
            any(one.answer in _WORRYING for one in asked),
            all(one.answer for one in asked),
            self._contact(visit),
            sheet.yes,
            sheet.no,
            _evidence_of(sheet),
        )

    def anything_new(self, visit_id: str) -> NurseList:
        """Return "Anything new since last time?" of a visit: what the nurse is told.

        Raises:
            InputRefused: there is no such visit.
        """
        visit = self._visit(visit_id)
        sheet = self._care.reference.anything_new
        asked = self._asked(visit, sheet, _NEW)
        return NurseList(asked, all(one.answer for one in asked), sheet.no, _evidence_of(sheet))

    def set_answer(self, visit_id: str, key: str, answer: str, text: str = "") -> None:
        """Keep an answer; one with neither answer nor text is taken away.

        Once all of a sheet is answered, what asks for it in the notice of its day is done too.

        Raises:
            InputRefused: there is no such visit or question, or the answer cannot be taken.
        """
        care, visit = self._care, self._visit(visit_id)
        sheet = self._sheet(key)
        texts.one_of(answer, VISIT_ANSWERS, "answer")
        text = texts.paragraphs(text, "text", _ANSWER_LIMIT)
        id_ = f"{visit_id}:{key}"
        old = care.store.get(VisitAnswer, id_)
        label = "done.well_enough" if sheet == "well_enough" else "done.anything_new"
        with care.change(label, title=visit.title):
            if answer or text:
                new = VisitAnswer(
                    id=id_, person=visit.person, visit=visit_id, key=key, answer=answer, text=text
                )
                care.store.put(care.stamped(new, old))
            elif old is not None:
                care.store.remove(VisitAnswer, id_, care.now)
            self._settle(visit, sheet)

    def _sheet(self, key: str) -> str:
        """Return the name of the sheet on which a question stands."""
        head, _, id_ = key.partition(".")
        sheets = {_WELL: "well_enough", _NEW: "anything_new"}
        if head in sheets:
            reference = self._care.reference
            sheet = reference.well_enough if head == _WELL else reference.anything_new
            if id_ in (one.id for one in sheet.questions):
                return sheets[head]
        raise InputRefused("visit.no_question", "key", key=key)

    def _settle(self, visit: Appointment, sheet: str) -> None:
        """Answer the line of the day's notice that asks for a sheet which is complete now."""
        care = self._care
        done = self.well_enough(visit.id) if sheet == "well_enough" else self.anything_new(visit.id)
        if not done.complete:
            return
        for stated in self._reminders.of(visit.id):
            reminder = stated.reminder
            asked = local_day(reminder.due, care.home) <= care.today
            if reminder.what == sheet and asked and stated.state not in ("done", "skipped"):
                self._reminders.answer(reminder.id, "done")

    def _asked(self, visit: Appointment, sheet: AskSheet, head: str) -> tuple[Asked, ...]:
        store = self._care.store
        kept = {one.key: one for one in store.all(VisitAnswer, visit=visit.id)}
        limit = self._fever_limit(visit.person)
        found: list[Asked] = []
        for one in sheet.questions:
            key = f"{head}.{one.id}"
            answer = kept.get(key)
            if answer is not None and head == _WELL and not self._counts(answer, visit):
                answer = None
            found.append(
                Asked(
                    key,
                    one.ask.replace("{fever_limit}", limit),
                    one.more.replace("{fever_limit}", limit),
                    "" if answer is None else answer.answer,
                    "" if answer is None else answer.text,
                    self._live(one, visit),
                    one.sign,
                )
            )
        return tuple(found)

    def _counts(self, answer: VisitAnswer, visit: Appointment) -> bool:
        care = self._care
        return answer_counts(
            answer.answer,
            local_day(answer.changed, care.home),
            care.today,
            wall(visit.start).date(),
            moved_since=answer.changed < visit.entered,
        )

    def _fever_limit(self, person: str) -> str:
        celsius = self._watch.fever_limit(person)
        fahrenheit = to_fahrenheit(celsius)
        return words("safety.fever_limit", celsius=f"{celsius:.1f}", fahrenheit=f"{fahrenheit:.1f}")

    # -- What the app knows -----------------------------------------------------------------------

    def _live(self, one: AskInfo, visit: Appointment) -> tuple[Live, ...]:
        store = self._care.store
        if one.live == "medicines":
            listed = store.all(Medicine, person=visit.person)
            return tuple(Live(m.name, note=m.directions) for m in listed if not m.past)
        if one.live == "allergies":
            person = store.get(Person, visit.person)
            lines = [] if person is None else person.allergies.splitlines()
            return tuple(Live(line.strip()) for line in lines if line.strip())
        if one.live == "side_effects":
            signs = self._signs_since(visit)
            if one.id == "illness":
                signs = [sign for sign in signs if self._is_illness(sign)]
            return tuple(
                Live(self._watch.sign_name(sign.sign), wall(sign.at).date(), sign.text)
                for sign in signs
            )
        return ()

    def _signs_since(self, visit: Appointment) -> Sequence[SideEffect]:
        """Return the signs since the person's infusion before this one, the oldest first."""
        care = self._care
        before = care.store.last_visit_before(visit.person, wall_text(wall(visit.start) - _MINUTE))
        if before is None:
            return []
        first = wall(before.start).date()
        last = max(first, min(care.today, wall(visit.start).date()))
        begun = wall(before.start)
        return [
            sign
            for sign in care.store.side_effects_between(first, last, person=visit.person)
            if datetime.combine(*day_and_hour(sign.at)) >= begun
        ]

    def _is_illness(self, sign: SideEffect) -> bool:
        known = self._care.reference.sign(sign.sign)
        warm = sign.temperature_c
        return (
            sign.sign == FEVER
            or (known is not None and known.infection)
            or (warm is not None and warm >= self._watch.fever_limit(sign.person))
        )

    def _contact(self, visit: Appointment) -> Contact | None:
        plan = self._plan_of(visit)
        for id_ in (visit.contact, None if plan is None else plan.clinic):
            found = None if id_ is None else self._care.store.get(Contact, id_)
            if found is not None:
                return found
        return None

    def _visit(self, visit_id: str) -> Appointment:
        found = self._care.store.get(Appointment, visit_id) if texts.is_whole(visit_id) else None
        if found is None:
            raise InputRefused("visit.gone", "id", id=visit_id)
        return found

    def _plan(self, plan_id: str) -> Plan:
        found = self._care.store.get(Plan, plan_id) if texts.is_whole(plan_id) else None
        if found is None:
            raise InputRefused("entry.gone", "id", id=plan_id)
        return found

    def _plan_of(self, visit: Appointment) -> Plan | None:
        return None if visit.plan is None else self._care.store.get(Plan, visit.plan)


def _evidence_of(sheet: AskSheet) -> Evidence:
    """Return what stands behind all questions of a sheet: the weakest of them counts."""
    sources = dict.fromkeys(source for one in sheet.questions for source in one.evidence.sources)
    verified = all(one.evidence.status == "verified here" for one in sheet.questions)
    return Evidence("verified here" if verified else "partly verified here", tuple(sources))
