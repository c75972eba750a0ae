"""The words of the hero: whose infusion comes first, when, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.times import AllDay, Zoned, in_zone, wall
from caregiver_app.gui.packing_words import packed_words, still_words
from caregiver_app.gui.part_words import part_name, part_note
from caregiver_app.gui.today.phrases import day_within, visit_words
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import (
    away_text,
    count_text,
    day_month,
    long_date,
    read_time,
    time_text,
    tr,
)
from caregiver_app.services.household import Household
from caregiver_app.services.today import Approval, Next, TodayService
from caregiver_app.values import value

_LAPSE_AHEAD: Final = 60
"""So many days before a visit outside the approval it is worth a line of its own."""
_PAUSE: Final = re.compile(r"[:,?(]")
_REACH: Final = {
    "covers": "{day}, covers this",
    "ends": "{day}, ends before this visit",
    "starts": "{day}, begins after this visit",
    "visits": "{day}, no visit left",
}


@value
class Fragment:
    """One thing that belongs to the visit: what it is, how it stands, where to change it.

    `ink` is "ink", "soft" for what is not there yet, or "warn" for what needs an answer. `whole`
    is all of what `value` only begins to say.
    """

    icon: str
    label: str
    value: str
    ink: str
    asked: tuple[str, str, str]
    whole: str = ""


@value
class Hero:
    """One person's next infusion. `share` is how much of the gap since the last one is gone.

    `approval` is where the approval is changed, `lapses` its last day when that comes before the
    visit, `number` and `unit` stand in the ring.
    """

    person: str
    name: str
    visit: str
    title: str
    day: date
    sentence: str
    when: str
    rest: str
    share: float
    number: str
    unit: str
    fragments: tuple[Fragment, ...]
    approval: tuple[str, str, str]
    lapses: date | None


@value
class Other:
    """The line of somebody else; `visit` is "" while none is planned."""

    person: str
    name: str
    colour: int
    visit: str
    first: str
    second: str


class HeroWords:
    """Reads the next infusions; `moments` are the UTC instants at which the words go stale."""

    def __init__(self, house: Household, service: TodayService) -> None:
        self._house, self._service = house, service
        self.moments: list[datetime] = []
        self.coming: list[Appointment] = []
        """The next visit of each person who has one, the earliest first."""

    def read(
        self, people: Sequence[Person], chosen: str | None, near: Sequence[Appointment]
    ) -> tuple[Hero | None, list[Other]]:
        """Return the hero, of whoever comes first or was chosen, and a line for each other one."""
        home = self._house.care.home
        visits = {one.id: self._house.agenda.next_visit(one.id) for one in people}
        coming = [(one, visit) for one in people if (visit := visits[one.id]) is not None]
        coming.sort(key=lambda each: Occurrence(each[1], each[1].start).begins(home))
        self.moments = [Occurrence(v, v.start).ends(home) for _, v in coming]
        self.moments += [Occurrence(v, v.start).begins(home) for _, v in coming]
        self.coming = [visit for _, visit in coming]
        if not coming:
            return None, []
        first = next((each for each in coming if each[0].id == chosen), coming[0])
        ids = [one.id for one in people]
        others = [
            self._other(one, ids.index(one.id) % 2 + 1, visits[one.id])
            for one in sorted(people, key=lambda one: _place(one.id, coming))
            if one.id != first[0].id
        ]
        return self._hero(*first, near), others

    def _local(self, visit: Appointment) -> datetime:
        """Return the start as the family's clocks show it."""
        home = self._house.care.home
        if isinstance(visit.start, AllDay):
            return wall(visit.start)
        return in_zone(Occurrence(visit, visit.start).begins(home), home)

    def _hero(self, person: Person, visit: Appointment, near: Sequence[Appointment]) -> Hero:
        today, at = self._house.care.today, self._local(visit)
        day, name = at.date(), called(person)
        approval = self._service.approval(visit)
        where = self._place_of(person, approval)
        lapses = approval is not None and approval.reach == "ends"
        soon = (day - today).days <= _LAPSE_AHEAD
        number, unit = _ring_words((day - today).days)
        when = long_date(day, year=day.year != today.year)
        if not isinstance(visit.start, AllDay):
            when = f"{when}, {time_text(at)}"
        return Hero(
            person.id, name, visit.id, visit.title, day, self._sentence(name, visit, at), when,
            self._rest(visit), self._share(visit, day), number, unit,
            self._fragments(visit, approval, near, where), where,
            approval.authorisation.last if approval is not None and lapses and soon else None,
        )  # fmt: skip

    def _sentence(self, name: str, visit: Appointment, at: datetime) -> str:
        days = (at.date() - self._house.care.today).days
        timed = not isinstance(visit.start, AllDay)
        if days < 0:
            words = (tr("{name}\u2019s infusion is under way"), tr("The infusion is under way"))
        elif days == 0 and timed:
            words = (tr("{name}\u2019s infusion is today at {time}"),
                     tr("The infusion is today at {time}"))  # fmt: skip
        elif days == 0:
            words = (tr("{name}\u2019s infusion is today"), tr("The infusion is today"))
        elif days == 1:
            words = (tr("{name}\u2019s infusion is tomorrow"), tr("The infusion is tomorrow"))
        else:
            words = (tr("{name}\u2019s next infusion is in {days} days"),
                     tr("The next infusion is in {days} days"))  # fmt: skip
        return words[0 if name else 1].format(name=name, days=days, time=time_text(at))

    def _rest(self, visit: Appointment) -> str:
        house, parts = self._house, list[str]()
        plan = house.agenda.plan(visit.plan)
        if plan is None or visit.dose is None:
            parts.append(visit.title)
        else:
            parts.append(f"{plan.medicine}, {visit_words(visit)}")
        contact = house.agenda.contact_of(visit)
        place = visit.place if contact is None else contact.name
        if place:
            parts.append(place)
        if isinstance(visit.start, Zoned) and visit.start.zone != house.care.home:
            there = time_text(visit.start.local)
            parts.append(tr("{time} in {zone}", time=there, zone=visit.start.zone))
        return "  ·  ".join(parts)

    def _share(self, visit: Appointment, day: date) -> float:
        """Return how much of the days since the last infusion is gone, 0 before any."""
        today = self._house.care.today
        last = self._house.agenda.last_infusion(visit.person, today)
        if last is None:
            return 0.0
        gap = (day - wall(last.start).date()).days
        gone = gap - (day - today).days
        return min(1.0, max(0.0, gone / gap)) if gap > 0 else 1.0

    def _place_of(self, person: Person, approval: Approval | None) -> tuple[str, str, str]:
        """Return where the approval is changed; with several people a missing one says whose."""
        several = len(self._house.people.people()) > 1
        known = "" if approval is None else approval.authorisation.id
        return "care", "authorisation", known or (person.id if several else "")

    # -- What belongs to it -----------------------------------------------------------------------

    def _fragments(
        self,
        visit: Appointment,
        approval: Approval | None,
        near: Sequence[Appointment],
        where: tuple[str, str, str],
    ) -> tuple[Fragment, ...]:
        covered = approval is not None and approval.reach == "covers"
        return (
            *((self._bag(visit),) if self._house.bags.brings(visit) else ()),
            self._driver(visit),
            self._approved(approval, where),
            self._step(visit, self._service.next_step(visit, near, covered=covered)),
        )

    def _bag(self, visit: Appointment) -> Fragment:
        asked, bag = ("bag", "visit", visit.id), self._house.bags.bag(visit.id)
        ink, still = "ink" if bag.packed else "soft", still_words(bag.lines)
        return Fragment("bag", tr("Bag"), packed_words(bag), ink, asked, still)

    @staticmethod
    def _driver(visit: Appointment) -> Fragment:
        leave = read_time(visit.leave_at)
        leaving = "" if leave is None else tr("leave {time}", time=time_text(leave))
        who = visit.driver or tr("No driver yet")
        value = f"{who}, {leaving}" if leaving else who
        ink = "ink" if visit.driver else "warn"
        return Fragment("drive", tr("Driver"), value, ink, ("bag", "ride", visit.id))

    @staticmethod
    def _approved(approval: Approval | None, where: tuple[str, str, str]) -> Fragment:
        label = tr("Approved to")
        if approval is None:
            none = tr("Not written down yet")
            return Fragment("coverage", label, none, "soft", where)
        one = approval.authorisation
        first = one.first if approval.reach == "starts" and one.first is not None else one.last
        if approval.reach == "starts":
            label = tr("Approved from")
        value = tr(_REACH[approval.reach], day=day_month(first))
        ink = "ink" if approval.reach == "covers" else "warn"
        return Fragment("coverage", label, value, ink, where)

    def _step(self, visit: Appointment, step: Next | None) -> Fragment:
        label = tr("Next step")
        if step is None:
            return Fragment(
                "lab", label, tr("Nothing before it"), "soft", ("bag", "visit", visit.id)
            )
        day = day_within(step.day, self._house.care.today)
        if step.step:
            value = self._in_short(step, day)
            asked = ("bag", "visit", visit.id)
            return Fragment("paper-note", label, value, "ink", asked, step.text)
        asked = ("calendar", "appointment", step.appointment.id)
        return Fragment("lab", label, f"{step.text}, {day}", "ink", asked)

    def _in_short(self, step: Next, day: str) -> str:
        """Return how a step begins, and its day; a limit that it names is never cut off."""
        if " unless " not in step.text:
            return _with_day(_beginning(step.text), day)
        known = self._house.reference.step(step.step)
        note = "" if known is None else part_note(known.part)
        if known is None or not note:
            return tr("{step} ({day})", step=step.text, day=day)
        return tr("{part}, {limit} ({day})", part=part_name(known.part), limit=note, day=day)

    # -- Everybody else ---------------------------------------------------------------------------

    def _other(self, person: Person, colour: int, visit: Appointment | None) -> Other:
        name = person.name or tr("No name yet")
        if visit is None:
            none = tr("no infusion is planned yet")
            return Other(person.id, name, colour, "", none, tr("Add the therapy plan"))
        at, today = self._local(visit), self._house.care.today
        away = away_text(at.date(), today)
        when = long_date(at.date(), year=at.year != today.year)
        if not isinstance(visit.start, AllDay):
            when = f"{when}, {time_text(at)}"
        second = "  ·  ".join(part for part in (when, self._rest(visit)) if part)
        first = tr("next infusion {away}", away=away)
        return Other(person.id, name, colour, visit.id, first, second)


def _beginning(text: str) -> str:
    """Return how a step begins: up to its first colon, comma, question or bracket."""
    hit = _PAUSE.search(text)
    if hit is None:
        return text
    return text[: hit.end()] if hit[0] == "?" else text[: hit.start()].rstrip()


def _with_day(words: str, day: str) -> str:
    if words.casefold().endswith(f" {day.casefold()}"):
        return words
    return f"{words} {day[:1].upper()}{day[1:]}" if words.endswith("?") else f"{words}, {day}"


def _place(person: str, coming: Sequence[tuple[Person, Appointment]]) -> int:
    ids = [one.id for one, _ in coming]
    return ids.index(person) if person in ids else len(ids)


def _ring_words(days: int) -> tuple[str, str]:
    if days <= 0:
        return "", tr("today")
    words = count_text(days, "day", "days")
    return str(days), words
