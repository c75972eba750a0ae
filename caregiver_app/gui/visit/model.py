"""What a visit brings and how far each part is, as plain values; the sheet shows how."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.entities import PARTS, Appointment
from caregiver_app.domain.times import day_of, wall
from caregiver_app.gui.bag.phases import Step, phases_of
from caregiver_app.gui.packing_words import packed_words
from caregiver_app.gui.part_words import CHECK_INS as CHECK_IN_PARTS
from caregiver_app.gui.part_words import part_icon, part_name, part_note
from caregiver_app.gui.visit.words import OPEN, is_over
from caregiver_app.gui.words import (
    count_text,
    day_month,
    read_time,
    short_date,
    time_text,
    tr,
)
from caregiver_app.services.household import Household
from caregiver_app.services.today import TodayService
from caregiver_app.services.visits import Part
from caregiver_app.values import value

LAB: Final = "lab"
FOLLOW_UP: Final = "follow-up"
PLACE: Final = "place"
WELL: Final = "well_enough"
NEW: Final = "anything_new"
RIDE: Final = "ride"
ADD: Final = "add:"
"""What a part's button is for; behind the last one stands the type of the appointment."""
CHECK_INS: Final = "check_ins"
_AFTER: Final = {
    "c2": "2 hours", "c24": "24 hours", "c72": "72 hours", "c7": "7 days", "c14": "14 days",
}  # fmt: skip
_WITH_STEPS: Final = frozenset(("lab", "premedication", "hydration", "meal", "follow_up"))
_BEGINS: Final = timedelta(days=14)
_LAB_AHEAD: Final = timedelta(days=21)
_FOLLOW_UP_AFTER: Final = timedelta(days=60)
_REACH: Final = {
    "covers": "To {day}, covers this visit",
    "ends": "To {day}, ends before this visit",
    "starts": "From {day}, begins after this visit",
    "visits": "To {day}, no visit left",
}
_WANTED: Final = PARTS[: PARTS.index("c2")]
"""The parts before the check-ins, which are one line together."""


@value
class PartLine:
    """One part of a visit: what it is, how it stands, what its button says and what that is for.

    `ink` is "ink", "soft" for what is not there yet, or "warn" for what needs an answer. `lead` is
    "place" (then `asked` is where it goes), or the name of a form of the sheet. `steps` are its
    preparation steps, to be ticked.
    """

    key: str
    icon: str
    title: str
    state: str
    ink: str = "soft"
    done: bool = False
    button: str = ""
    lead: str = ""
    asked: tuple[str, str, str] = ("", "", "")
    steps: tuple[Step, ...] = ()


class VisitModel:
    """One visit of a plan, read anew whenever it is asked for."""

    def __init__(self, house: Household, visit_id: str) -> None:
        self.house, self._id = house, visit_id

    @property
    def visit(self) -> Appointment | None:
        """The visit as it is kept now, None when it is gone."""
        return self.house.agenda.get(self._id)

    def parts(self) -> list[Part]:
        """Return every part of the visit, on or off; none for an injection at home."""
        return self.house.visits.parts(self._id)

    def kit(self) -> tuple[str, ...]:
        """Return what has to be at hand for an injection at home."""
        visit = self.visit
        plan = None if visit is None or visit.plan is None else self.house.plans.get(visit.plan)
        return () if plan is None else plan.kit

    def is_to_come(self) -> bool:
        """Tell whether the visit is still to take place."""
        visit = self.visit
        return visit is not None and visit.status in OPEN and not is_over(self.house, visit)

    def is_near(self) -> bool:
        """Tell whether it is the day before the visit, or its day before it is over."""
        visit = self.visit
        if visit is None or not self.is_to_come():
            return False
        return (day_of(visit.start, self.house.care.home) - self.house.care.today).days <= 1

    def _begins(self) -> bool:
        """Tell whether it is near enough for the first steps to be due."""
        visit = self.visit
        if visit is None:
            return False
        return day_of(visit.start, self.house.care.home) - self.house.care.today <= _BEGINS

    def asks_well(self) -> bool:
        """Tell whether "Well enough to go?" is to be asked now."""
        on = any(part.key == "well_enough" and part.on for part in self.parts())
        return on and self.is_near()

    def lines(self) -> list[PartLine]:
        """Return what the visit brings, in the order in which it comes."""
        visit = self.visit
        if visit is None:
            return []
        on = {part.key for part in self.parts() if part.on}
        steps = self._steps(visit)
        made: dict[str, Callable[[Appointment], PartLine]] = {
            "lab": self._lab,
            "authorisation": self._authorisation,
            "well_enough": self._well_enough,
            "anything_new": self._anything_new,
            "bag": self._bag,
            "ride": self._ride,
            "follow_up": self._follow_up,
        }
        # Once it is over, only what comes after it is of use.
        over = is_over(self.house, visit)
        wanted = ("follow_up",) if over else _WANTED
        found: list[PartLine] = []
        for key in wanted:
            if key == WELL and self.is_near():
                continue  # the card asks it
            if key not in on:
                continue
            # What is to be done after it is nothing to tick before.
            early = not over and (key == "follow_up" or not self._begins())
            own = () if early else tuple(steps.get(key, ()))
            note = "" if own else part_note(key)
            line = made[key](visit) if key in made else _line(key, note)
            found.append(replace(line, steps=own if key in _WITH_STEPS else ()))
        if any(key in on for key in CHECK_IN_PARTS):
            found.append(self._check_ins(visit, on))
        return found

    def _check_ins(self, visit: Appointment, on: Collection[str]) -> PartLine:
        after = [tr(words) for key, words in _AFTER.items() if key in on]
        asked = ("watch", "person", visit.person)
        state = tr("After {times}", times=", ".join(after))
        title = tr("Check-ins afterwards")
        return PartLine(
            CHECK_INS, "watch", title, state, "soft", button=tr("Open"), lead=PLACE, asked=asked
        )

    def _steps(self, visit: Appointment) -> dict[str, list[Step]]:
        """Return the preparation steps that can be ticked, by the part they belong to."""
        found: dict[str, list[Step]] = {}
        for phase in phases_of(self.house, self.house.bags.bag(visit.id)):
            for step in phase.steps:
                known = self.house.reference.step(step.key)
                if known is not None and known.part and (step.can_tick or step.done):
                    found.setdefault(known.part, []).append(step)
        return found

    # -- Each part --------------------------------------------------------------------------------

    def _lab(self, visit: Appointment) -> PartLine:
        day = wall(visit.start).date()
        return self._appointment("lab", visit, LAB, (day - _LAB_AHEAD, day))

    def _follow_up(self, visit: Appointment) -> PartLine:
        day = wall(visit.start).date()
        return self._appointment("follow_up", visit, FOLLOW_UP, (day, day + _FOLLOW_UP_AFTER))

    def _appointment(
        self, key: str, visit: Appointment, kind: str, days: tuple[date, date]
    ) -> PartLine:
        near = self.house.agenda.between(*days, visit.person, kinds=(kind,))
        coming = [one for one in near if one.appointment.status != "cancelled"]
        if not coming:
            said = tr("No appointment for it yet")
            return _line(key, said, button=tr("Add an appointment"), lead=f"{ADD}{kind}")
        one = coming[-1] if kind == LAB else coming[0]
        day = short_date(day_of(one.start, self.house.care.home))
        asked = ("calendar", "appointment", one.appointment.id)
        title = one.appointment.title
        same = title.strip().casefold() == part_name(key).casefold()
        state = day if same else f"{title}, {day}"
        return _line(key, state, ink="ink", done=True, button=tr("Open"), lead=PLACE, asked=asked)

    def _authorisation(self, visit: Appointment) -> PartLine:
        approval = TodayService(self.house).approval(visit)
        if approval is None:
            asked = ("care", "authorisation", visit.person)
            return _line(
                "authorisation", tr("Not written down yet"), button=tr("Open"), lead=PLACE,
                asked=asked,
            )  # fmt: skip
        one, reach = approval.authorisation, approval.reach
        first = one.first if reach == "starts" and one.first is not None else one.last
        good = reach == "covers"
        return _line(
            "authorisation",
            tr(_REACH[reach], day=day_month(first)),
            ink="ink" if good else "warn",
            done=good,
            button=tr("Open"),
            lead=PLACE,
            asked=("care", "authorisation", one.id),
        )

    def _well_enough(self, visit: Appointment) -> PartLine:
        found = self.house.visits.well_enough(visit.id)
        if found.worried:
            line = _line("well_enough", tr("Something to call the clinic about"), ink="warn")
        elif found.complete:
            line = _line("well_enough", tr("Answered"), ink="ink", done=True)
        else:
            line = _line("well_enough", tr("Asked on the day before"))
        asks = self._begins() and not self.is_near()
        return replace(line, button=tr("Answer now"), lead=WELL) if asks else line

    def _anything_new(self, visit: Appointment) -> PartLine:
        asked = self.house.visits.anything_new(visit.id).asked
        told = sum(bool(one.answer == "yes" or one.text) for one in asked)
        answered = sum(bool(one.answer or one.text) for one in asked)
        done = answered == len(asked)
        if told:
            state = count_text(told, "{count} thing noted", "{count} things noted")
        elif done:
            state = tr("Nothing new")
        else:
            state = tr("Not filled in yet")
        ink = "ink" if told or done else "soft"
        return _line("anything_new", state, ink=ink, done=done, button=tr("Fill in"), lead=NEW)

    def _bag(self, visit: Appointment) -> PartLine:
        bag = self.house.bags.bag(visit.id)
        done = bool(bag.packed) and bag.packed == bag.wanted
        ink, asked = "ink" if bag.packed else "soft", ("bag", "visit", visit.id)
        return _line(
            "bag", packed_words(bag), ink=ink, done=done, button=tr("Open"), lead=PLACE,
            asked=asked,
        )  # fmt: skip

    def _ride(self, visit: Appointment) -> PartLine:
        leave = read_time(visit.leave_at)
        leaving = "" if leave is None else tr("leave {time}", time=time_text(leave))
        who = visit.driver or tr("No driver yet")
        state = f"{who}, {leaving}" if leaving else who
        button = tr("Change") if visit.driver else tr("Add a driver")
        ink = "ink" if visit.driver else "warn"
        return _line("ride", state, ink=ink, done=bool(visit.driver), button=button, lead=RIDE)


def _line(
    key: str,
    state: str,
    *,
    ink: str = "soft",
    done: bool = False,
    button: str = "",
    lead: str = "",
    asked: tuple[str, str, str] = ("", "", ""),
) -> PartLine:
    return PartLine(key, part_icon(key), part_name(key), state, ink, done, button, lead, asked)
