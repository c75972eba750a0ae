"""Whose reminders there are, and what they depend on.

An appointment is known to the index by its id, everything else by its kind and its id, with a
space between: no id has one, and the same id may name things of several kinds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from caregiver_app.domain.bundle import VisitFacts, holds, parts_off
from caregiver_app.domain.deadlines import (
    DATED,
    Dated,
    dated_reminders,
    earliest_open_dated,
    goes_on,
)
from caregiver_app.domain.entities import Appointment, Authorisation, Plan
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.prompts import (
    PROMPTS,
    Prompts,
    earliest_open_prompt,
    prompt_reminders,
)
from caregiver_app.domain.reminders import (
    Hours,
    Reminder,
    StepTime,
    Surroundings,
    reminders_between,
    reminders_of,
    split_id,
)
from caregiver_app.domain.times import instant, wall
from caregiver_app.errors import DataDamaged
from caregiver_app.services.care import Care
from caregiver_app.services.prompt_settings import is_on
from caregiver_app.services.reminder_settings import usual_leads
from caregiver_app.services.settings import Settings

if TYPE_CHECKING:
    from caregiver_app.services.prompts import PromptService

Beside = Dated | Prompts
"""What reminds and is no appointment."""
Source = Appointment | Beside
FindPrompts = Callable[[], "PromptService"]
"""Gives what finds the ideas of a day; asked only where they are wanted."""

Hear = Callable[[DataDamaged], object]
"""Told of a plan that cannot be read."""
_DAY = timedelta(days=1)
_TWO_DAYS = timedelta(days=2)
_APART = timedelta(days=30)
"""Dates of a series that lie further apart are looked up one by one."""
_BLOCK = 20
_MOST_A_DAY = 10
_NAMES: dict[type[Beside], str] = {kind: name for name, kind in DATED.items()} | {Prompts: PROMPTS}
PROMPTS_KEY = f"{PROMPTS} {PROMPTS}"
"""The key by which the index knows the ideas of the days."""


class _Coming:
    """Infusions from a day on, read in blocks and kept: neighbouring days ask for the same ones."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._blocks: dict[str | None, tuple[date, list[Appointment]]] = {}

    def starting(self, person: str | None, day: date) -> Sequence[Appointment]:
        """Return the infusions of `day` and, as long as there are any, some later ones."""
        low, found = self._blocks.get(person, (date.max, []))
        if day < low or (len(found) == _BLOCK and wall(found[-1].start).date() <= day + _TWO_DAYS):
            low, found = day, self._care.store.next_visits(person, day, _BLOCK)
            self._blocks[person] = low, found
        first = bisect_left(found, day, key=lambda visit: wall(visit.start).date())
        return found[first : first + _MOST_A_DAY]


class _Around:
    """What reminders depend on besides their source, looked up once each."""

    def __init__(
        self, care: Care, steps: Sequence[tuple[str, Sequence[StepTime]]], hear: Hear | None
    ) -> None:
        """`steps` are those of every visit (under "") and those of single medicines."""
        self._care, self._by_medicine, self._hear = care, dict(steps), hear
        self._coming = _Coming(care)
        self._plans: dict[str, Plan | None] = {}
        self._steps: dict[tuple[str, frozenset[str]], Sequence[StepTime]] = {}
        self._approvals: dict[str, list[Authorisation]] = {}

    def visit_on(self, day: date) -> bool:
        return any(
            wall(visit.start).date() == day and visit.plan is not None
            for visit in self._coming.starting(None, day)
        )

    def next_infusion(self, visit: Appointment) -> datetime | None:
        begun = wall(visit.start)
        for other in self._coming.starting(visit.person, begun.date()):
            if wall(other.start) > begun:
                return instant(other.start, self._care.home)
        return None

    def plan_of(self, visit: Appointment) -> Plan | None:
        if visit.plan is None:
            return None
        if visit.plan not in self._plans:
            try:
                self._plans[visit.plan] = self._care.store.get(Plan, visit.plan)
            except DataDamaged as error:
                if self._hear is None:
                    raise
                self._hear(error)
                self._plans[visit.plan] = None
        return self._plans[visit.plan]

    def watch_days(self, visit: Appointment) -> int:
        plan = self.plan_of(visit)
        return 0 if plan is None else plan.watch_days

    def off(self, visit: Appointment) -> frozenset[str]:
        return parts_off(visit, self.plan_of(visit))

    def steps_of(self, visit: Appointment) -> Sequence[StepTime]:
        plan = self.plan_of(visit)
        key = "" if plan is None else plan.medicine, self.off(visit)
        if key not in self._steps:
            known = self._care.reference.medicine(key[0]) if key[0] else None
            own = () if known is None else self._by_medicine.get(known.id, ())
            everybody = self._by_medicine[""]
            self._steps[key] = [one for one in (*everybody, *own) if one.part not in key[1]]
        return self._steps[key]

    def is_followed(self, one: Authorisation) -> bool:
        if one.person not in self._approvals:
            found = self._care.store.all(Authorisation, person=one.person)
            self._approvals[one.person] = found
        return goes_on(one, self._approvals[one.person])


class ReminderSources:
    """Finds what reminds, and what reminders depend on."""

    def __init__(self, care: Care, settings: Settings, prompts: FindPrompts | None = None) -> None:
        """Without `prompts` no ideas are found."""
        self._care, self._settings, self._find_prompts = care, settings, prompts
        self._steps: Sequence[tuple[str, Sequence[StepTime]]] = ()

    # What reminders depend on

    def surroundings(self, hear: Hear | None = None) -> Surroundings:
        """Return what reminders depend on just now; looked up once and kept for this use.

        With `hear` a plan that cannot be read is told to it, and its visits ring without it;
        for saying alone, since what is kept may not be worked out from a part.
        """
        around = _Around(self._care, self._steps_by_medicine(), hear)
        return Surroundings(
            self._care.home,
            self.hours(),
            self.step_times(),
            around.visit_on,
            around.next_infusion,
            around.watch_days,
            around.steps_of,
            around.off,
            around.is_followed,
            usual_leads(self._care),
        )

    def hours(self) -> Hours:
        """Return when a day's one notice comes."""
        usual = Hours()
        return Hours(
            self._settings.hour("notice_morning", usual.morning),
            self._settings.hour("notice_evening", usual.evening),
        )

    def step_times(self) -> Sequence[StepTime]:
        """Return when each preparation step and check-in is due, those of one medicine among them.

        The two sheets before a visit stand among them as a step each.
        """
        return [step for _, steps in self._steps_by_medicine() for step in steps]

    def _steps_by_medicine(self) -> Sequence[tuple[str, Sequence[StepTime]]]:
        if not self._steps:
            reference = self._care.reference
            every = [
                StepTime(step.id, step.phase, step.offset_hours, step.part, step.asked_anew)
                for step in reference.steps
                if not step.sheet
            ]
            well, new = reference.well_enough, reference.anything_new
            every.append(StepTime("anything_new", "before", new.offset_hours, "anything_new"))
            every.append(
                StepTime("well_enough", "before", well.offset_hours, "well_enough", asked_anew=True)
            )
            own: dict[str, list[StepTime]] = {}
            for step in reference.medicine_steps:
                time = StepTime(step.id, step.phase, step.offset_hours, step.part, step.asked_anew)
                named = () if step.when is None else step.when.medicines
                for medicine in named:
                    if step.when is not None and holds(step.when, VisitFacts(medicine=medicine)):
                        own.setdefault(medicine, []).append(time)
            self._steps = (("", every), *own.items())
        return self._steps

    # What reminds

    def at(self, key: str) -> Source | None:
        """Return what the index knows by this key, None where it is not there any more."""
        return self.at_all((key,)).get(key)

    def at_all(self, keys: Collection[str]) -> dict[str, Source]:
        """Return what the index knows by these keys, as far as it is still there."""
        store, found = self._care.store, dict[str, Source]()
        ids: dict[str, list[str]] = {}
        for key in keys:
            kind, space, id_ = key.partition(" ")
            ids.setdefault(kind if space else "", []).append(id_ if space else key)
        if ids.pop(PROMPTS, None) and (prompts := self.prompts()) is not None:
            found[PROMPTS_KEY] = prompts
        for kind, some in ids.items():
            ones = store.by_ids(DATED[kind] if kind else Appointment, some)
            found |= {key_of(one): one for one in ones}
        return found

    def called(self, id_: str) -> list[Source]:
        """Return everything with this id that may remind."""
        return self.all_called((id_,)).get(id_, [])

    def all_called(self, ids: Collection[str]) -> dict[str, list[Source]]:
        """Return by its id everything with one of these ids that may remind."""
        found: dict[str, list[Source]] = {}
        for kind in (Appointment, *DATED.values()):
            for one in self._care.store.by_ids(kind, ids):
                found.setdefault(one.id, []).append(one)
        if PROMPTS in ids and (prompts := self.prompts()) is not None:
            found[PROMPTS] = [prompts]
        return found

    def beside(self) -> list[Beside]:
        """Return everything that reminds and is no appointment."""
        found: list[Beside] = [one for kind in DATED.values() for one in self._care.store.all(kind)]
        prompts = self.prompts()
        return found if prompts is None else [*found, prompts]

    def prompts(self) -> Prompts | None:
        """Return the ideas of the days, None where nobody asked for them."""
        prompting = self.prompting()
        return None if prompting is None else prompting.source()

    def prompting(self) -> PromptService | None:
        """Return what finds the ideas of the days, None where nobody asked for them."""
        if self._find_prompts is None or not is_on(self._care):
            return None
        return self._find_prompts()


def key_of(source: Source) -> str:
    """Return the key by which the index knows something that reminds."""
    return source.id if isinstance(source, Appointment) else f"{_NAMES[type(source)]} {source.id}"


def due_between(
    source: Source, low: datetime, high: datetime, near: Surroundings
) -> list[Reminder]:
    """Return the enabled reminders due in [low, high) (UTC instants), the earliest first."""
    if isinstance(source, Appointment):
        return reminders_between(source, low, high, near)
    return [one for one in brought_by(source, near) if low <= one.due < high]


def brought_by(source: Beside, near: Surroundings) -> list[Reminder]:
    """Return every enabled reminder of what is no appointment, the earliest first."""
    if isinstance(source, Prompts):
        return prompt_reminders(source, near)
    return dated_reminders(source, near)


def earliest_beside(
    source: Beside, settled: Callable[[str], bool], near: Surroundings
) -> datetime | None:
    """Return a UTC instant before which nothing of it is open, None for never."""
    if isinstance(source, Prompts):
        return earliest_open_prompt(source, settled, near)
    return earliest_open_dated(source, settled, near)


def reminders_with(ids: Collection[str], source: Source, near: Surroundings) -> dict[str, Reminder]:
    """Return by its id each of these reminders that the source still brings."""
    if not isinstance(source, Appointment):
        return {one.id: one for one in brought_by(source, near) if one.id in ids}
    keys = {parts[1] for id_ in ids if (parts := split_id(id_)) is not None}
    found: dict[str, Reminder] = {}
    for low, high in _spans(source, keys):
        for occurrence in occurrences(source, low, high):
            if occurrence.key in keys:
                brought = reminders_of(occurrence, near)
                found |= {one.id: one for one in brought if one.id in ids}
    return found


def _spans(source: Appointment, keys: Collection[str]) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans of wall time in which the occurrences with these keys start."""
    if not source.rrule:
        low = wall(source.start)
        yield low, low + _DAY
        return
    starts = sorted(datetime.fromisoformat(key) for key in keys)
    while starts:
        low = high = starts[0]
        count = 0
        for start in starts:
            if start - high > _APART:
                break
            high, count = start, count + 1
        yield low, high + _DAY
        del starts[:count]
