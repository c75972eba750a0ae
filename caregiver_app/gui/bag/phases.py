"""Getting ready for a visit as one line of time: which steps stand at which moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from caregiver_app.domain.advice import VisitTime
from caregiver_app.domain.reminders import PACKING, PAPERS, PAPERS_LEAD, reminder_id
from caregiver_app.domain.times import AllDay, ends, in_zone, to_text, wall
from caregiver_app.gui.packing_words import open_words
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.pages.step_sources import sources_line
from caregiver_app.services.bags import Bag, Missing, StepLine
from caregiver_app.services.household import Household
from caregiver_app.values import value

_SETTLED: Final = ("done", "skipped")
_PAPERS_HOURS: Final = -PAPERS_LEAD // 60


@value
class Step:
    """One line of getting ready, with its reason. Only what has a reminder can be ticked.

    `note` says what is still open of it, for what the program knows by itself.
    """

    key: str
    text: str
    why: str
    reminder: str
    done: bool
    can_tick: bool
    note: str = ""


@value
class Phase:
    """The steps of one moment: "7 days before", "In the chair". `next` is the first to come."""

    key: str
    title: str
    when: str
    steps: tuple[Step, ...]
    next: bool

    @property
    def done(self) -> bool:
        """Whether everything that can be known to be done is."""
        known = [step.done for step in self.steps if step.can_tick or step.done or step.note]
        return bool(known) and all(known)


def phases_of(house: Household, bag: Bag) -> list[Phase]:
    """Return the steps of a visit by the moment at which they are done, in the order of time.

    The steps of the reference speak of an infusion; any other visit has its papers and its bag.
    """
    return _Line(house, bag).phases()


def sources_of(house: Household, phases: Sequence[Phase]) -> str:
    """Return where these steps were read, in one line; "" where there is nothing to name."""
    return sources_line(house, (step.key for phase in phases for step in phase.steps))


class _Line:
    """One visit's line of time, with everything that it needs read once."""

    def __init__(self, house: Household, bag: Bag) -> None:
        self._house, self._visit = house, bag.visit
        self._states = {one.reminder.id: one.state for one in house.reminders.of(bag.visit.id)}
        self._brings = house.bags.brings(bag.visit)
        missing = bag.missing if self._brings else Missing()
        self._papers, self._things = missing.papers, missing.things

    def phases(self) -> list[Phase]:
        today, waits = self._house.care.today, True
        every = self._lines()
        found: list[Phase] = []
        for time in self._house.reference.times:
            lines = [line for line in every if time.holds(line.phase, line.offset_hours)]
            if not lines:
                continue
            ahead = lines[-1].day >= today
            when, steps = self._when(time, lines), tuple(map(self._step, lines))
            found.append(Phase(time.id, time.name, when, steps, next=waits and ahead))
            waits = waits and not ahead
        return found

    def _lines(self) -> Sequence[StepLine]:
        lines = self._house.bags.steps(self._visit.id)
        if self._visit.type != "infusion":
            lines = [line for line in lines if line.key == PACKING and self._brings]
        if not self._brings:
            return lines
        place = sum(line.phase == "before" and line.offset_hours <= _PAPERS_HOURS for line in lines)
        return [*lines[:place], self._papers_line(), *lines[place:]]

    def _papers_line(self) -> StepLine:
        start = self._visit.start
        id_ = reminder_id(f"{self._visit.id}:{PAPERS}", to_text(start), PAPERS_LEAD)
        day = wall(start).date() - timedelta(minutes=PAPERS_LEAD)
        state = self._states.get(id_, "waiting")
        why = tr("A form that has to come back can take days.")
        return StepLine(
            PAPERS, tr("Papers ready"), why, "before", _PAPERS_HOURS, day, state, id_
        )  # fmt: skip

    def _step(self, line: StepLine) -> Step:
        done, note = line.state in _SETTLED, ""
        can_tick = line.reminder in self._states
        if self._brings and line.key in (PAPERS, PACKING):
            waiting = self._papers if line.key == PAPERS else (*self._things, *self._papers)
            note = tr("Still open: {items}", items=open_words(waiting)) if waiting else ""
            # What the bag itself tells nobody has to tick.
            can_tick = can_tick and (done or bool(waiting))
            done = done or not waiting
        return Step(line.key, line.text, line.why, line.reminder, done, can_tick, note)

    def _when(self, time: VisitTime, lines: Sequence[StepLine]) -> str:
        visit, home = self._visit, self._house.care.home
        if time.phase == "before":
            return short_date(lines[0].day)
        timed = not isinstance(visit.start, AllDay)
        if time.phase == "during":
            return time_text(wall(visit.start)) if timed else ""
        if time.last == 0:
            end = in_zone(ends(visit.start, visit.minutes, home), home)
            return tr("about {time}", time=time_text(end)) if timed else ""
        return tr("until {day}", day=short_date(lines[-1].day))
