"""What the bag tab says, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.reminders import reminders_of
from caregiver_app.domain.times import AllDay, ends, in_zone, wall
from caregiver_app.gui.whom import called, whom
from caregiver_app.gui.words import long_date, short_date, time_text, tr
from caregiver_app.services.bags import Bag, StepLine
from caregiver_app.services.household import Household
from caregiver_app.values import value

_COMING: Final = 12
_PAST: Final = 6
_STEP_DONE: Final = ("done", "skipped")


@value
class Step:
    """One line of getting ready. Only what has a reminder can be ticked."""

    key: str
    text: str
    why: str
    reminder: str
    done: bool
    can_tick: bool


@value
class Phase:
    """The steps of one moment: "7 days before", "In the chair"."""

    key: str
    title: str
    when: str
    steps: tuple[Step, ...]
    next: bool

    @property
    def done(self) -> bool:
        """Whether everything that can be ticked is."""
        ticks = [step.done for step in self.steps if step.can_tick]
        return bool(ticks) and all(ticks)


class BagModel:
    """One visit's bag of one person, read when it is asked for."""

    def __init__(self, house: Household) -> None:
        self.house = house
        self._person_id: str | None = None
        self._chosen: str | None = None

    def set_person(self, person_id: str | None) -> None:
        """Speak of somebody else: their next visit is shown."""
        self._person_id = person_id
        self._chosen = None

    def choose(self, visit_id: str | None) -> None:
        """Show another visit; None is the next one."""
        self._chosen = visit_id

    @property
    def person(self) -> Person | None:
        """Whom the tab speaks of."""
        return whom(self.house, self._person_id)

    @property
    def visit(self) -> Appointment | None:
        """The visit that is shown: the chosen one, else the next."""
        chosen = None if self._chosen is None else self.house.agenda.get(self._chosen)
        if chosen is not None:
            return chosen
        person = self.person
        return None if person is None else self.house.agenda.next_visit(person.id)

    def choices(self) -> list[tuple[str, str]]:
        """Return visits to choose from, as (id, words): the next first, past ones last."""
        person, today = self.person, self.house.care.today
        if person is None:
            return []
        visits = [v for v in self.house.agenda.visits(person.id) if v.status != "cancelled"]
        coming = [v for v in visits if wall(v.start).date() >= today][:_COMING]
        past = [v for v in reversed(visits) if wall(v.start).date() < today][:_PAST]
        shown = self.visit
        if shown is not None and all(v.id != shown.id for v in (*coming, *past)):
            past.append(shown)
        return [(v.id, f"{short_date(wall(v.start).date(), year=True)} · {v.title}")
                for v in (*coming, *past)]  # fmt: skip

    def bag(self) -> Bag | None:
        """Return the bag of the visit that is shown."""
        visit = self.visit
        return None if visit is None else self.house.bags.bag(visit.id)

    def title(self, bag: Bag) -> str:
        """Return "Rosa's bag for Tuesday 31 March"."""
        day = wall(bag.visit.start).date()
        words = long_date(day, year=day.year != self.house.care.today.year)
        name = called(bag.person)
        if name:
            return tr("{name}\u2019s bag for {day}", name=name, day=words)
        return tr("The bag for {day}", day=words)

    def notes(self) -> dict[str, str]:
        """Return the few words that stand behind some items, by their keys."""
        notes: dict[str, str] = {}
        if count := self.open_questions():
            notes["questions"] = tr("{count} open", count=count)
        return notes

    def open_questions(self) -> int:
        """Return how many questions for the doctor have no answer yet."""
        person = self.person
        if person is None:
            return 0
        return sum(not question.answer for question in self.house.support.questions(person.id))

    # -- Getting ready ----------------------------------------------------------------------------

    def phases(self, visit: Appointment) -> list[Phase]:
        """Return the steps by the moment at which they are done, in the order of time."""
        lines = self.house.bags.steps(visit.id)
        armed = self._armed(visit)
        today = self.house.care.today
        found: list[Phase] = []
        waiting = True
        for key, group in groupby(lines, key=_phase_key):
            of_phase = list(group)
            steps = tuple(self._step(line, armed) for line in of_phase)
            ahead = of_phase[-1].day >= today
            phase = Phase(
                key, _phase_title(key, of_phase[0]), self._when(key, visit, of_phase), steps,
                next=waiting and ahead,
            )  # fmt: skip
            waiting = waiting and not ahead
            found.append(phase)
        return found

    def _armed(self, visit: Appointment) -> frozenset[str]:
        """Return the ids of the reminders that the visit brings; other steps are only read."""
        near = self.house.reminders.surroundings()
        day = datetime.combine(wall(visit.start).date(), datetime.min.time())
        return frozenset(
            reminder.id
            for occurrence in occurrences(visit, day, day + timedelta(days=1))
            for reminder in reminders_of(occurrence, near)
        )

    @staticmethod
    def _step(line: StepLine, armed: frozenset[str]) -> Step:
        done = line.state in _STEP_DONE
        return Step(line.key, line.text, line.why, line.reminder, done, line.reminder in armed)

    def _when(self, key: str, visit: Appointment, lines: list[StepLine]) -> str:
        home = self.house.care.home
        start, end = wall(visit.start), in_zone(ends(visit.start, visit.minutes, home), home)
        if key == "during":
            return "" if isinstance(visit.start, AllDay) else time_text(start)
        if key == "leave":
            about = tr("about {time}", time=time_text(end))
            return "" if isinstance(visit.start, AllDay) else about
        if key == "after":
            last = lines[-1].day
            return tr("until {day}", day=short_date(last))
        return short_date(lines[0].day)


def _phase_key(line: StepLine) -> str:
    if line.phase == "before":
        return f"before{line.offset_hours}"
    if line.phase == "during":
        return "during"
    return "leave" if line.offset_hours == 0 else "after"


def _phase_title(key: str, line: StepLine) -> str:
    fixed: dict[str, Callable[[], str]] = {
        "during": lambda: tr("In the chair"),
        "leave": lambda: tr("Before you leave"),
        "after": lambda: tr("Afterwards"),
        "before-24": lambda: tr("The day before"),
    }
    if key in fixed:
        return fixed[key]()
    days = -line.offset_hours // 24
    return tr("{count} days before", count=days) if days > 0 else tr("In the morning")
