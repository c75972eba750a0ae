"""What the Today tab says, as plain values; `tab` and its parts show how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from caregiver_app.domain.entities import Person, SideEffect
from caregiver_app.domain.lasting import Lasting, lasting
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.times import AllDay, in_zone, wall
from caregiver_app.gui.approval_words import lapse_words
from caregiver_app.gui.lasting_words import over_time
from caregiver_app.gui.medicines.as_needed import AsNeeded
from caregiver_app.gui.medicines.words import LATELY, also_given, as_needed_of
from caregiver_app.gui.today.asking import Asking
from caregiver_app.gui.today.hero_words import Hero, HeroWords, Other
from caregiver_app.gui.today.phrases import (
    check_in_name,
    day_within,
    directions,
    near_day,
    visit_words,
)
from caregiver_app.gui.today.well import Going, goings
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import day_month, short_date, time_text, tr
from caregiver_app.services.day_asking import DayAsking
from caregiver_app.services.household import Household
from caregiver_app.services.today import Ahead, Dose, TodayService, Watching, weekly_rule
from caregiver_app.values import value

_MOST_AHEAD: Final = 3
_ONLY_ON: Final = (
    "Only on Mondays", "Only on Tuesdays", "Only on Wednesdays", "Only on Thursdays",
    "Only on Fridays", "Only on Saturdays", "Only on Sundays",
)  # fmt: skip
Asked = tuple[str, str, str]
"""Place, kind and item, as the window takes them."""


@value
class Notice:
    """One line at the top: what is so, what follows from it, and where to go."""

    fact: str
    consequence: str
    button: str
    asked: Asked
    tone: str
    icon: str


@value
class Thing:
    """One cell of the next days."""

    key: str
    icon: str
    kind: str
    when: str
    title: str
    asked: Asked


@value
class Watched:
    """The card of one watch window; it is what its day strip shows, too."""

    person: str
    title: str
    fact: str
    line: str
    last: int
    today: int
    written: frozenset[int]
    checked: bool


@value
class Pill:
    """One medicine of today. `badge` is whose it is, "" where that needs no saying."""

    key: str
    time: str
    title: str
    state: str
    fact: str
    chip: str
    badge: str
    colour: int
    dose: Dose


class TodayModel:
    """Everything the tab shows of one person or of everybody; `read` reads it anew."""

    def __init__(self, house: Household) -> None:
        self.house = house
        self.service = TodayService(house)
        self._words = HeroWords(house, self.service)
        self._person: str | None = None
        self._chosen: str | None = None
        self._people: list[Person] = []
        self._moments: list[datetime] = []
        self.hero: Hero | None = None
        self.others: list[Other] = []
        self.things: list[Thing] = []
        self.watched: list[Watched] = []
        self.pills: list[Pill] = []
        self.as_needed: list[AsNeeded] = []
        self.also_given = ""
        self.still: list[tuple[str, SideEffect]] = []
        self.goings: list[Going] = []
        self.askings: list[Asking] = []
        self.asking = DayAsking(house.care, house.settings)
        self.amber: Notice | None = None
        self.quiet: Notice | None = None

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of everybody."""
        self._person, self._chosen = person_id, None

    def choose(self, person_id: str) -> None:
        """Put somebody's infusion first, while everybody is shown."""
        self._chosen = person_id

    @property
    def person(self) -> str | None:
        """Whom the tab speaks of; None for everybody, and for somebody who is gone."""
        known = any(one.id == self._person for one in self._people)
        return self._person if known else None

    @property
    def several(self) -> bool:
        """Whether more than one person is cared for and shown."""
        return self.person is None and len(self._people) > 1

    def name_of(self, person_id: str) -> str:
        """Return the first name of somebody, "" while there is none."""
        return called(next((one for one in self._people if one.id == person_id), None))

    def colour_of(self, person_id: str) -> int:
        """Return which of the two person colours somebody has."""
        ids = [one.id for one in self._people]
        return ids.index(person_id) % 2 + 1 if person_id in ids else 1

    def named(self, person_id: str) -> str:
        """Return the id of a person where another page has to be told of whom, else ""."""
        return person_id if self.several else ""

    def is_past(self) -> bool:
        """Tell whether something has begun or ended since the last reading."""
        return any(moment <= self.house.care.now for moment in self._moments)

    # -- Reading ----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read all of today."""
        self._people = self.house.people.people()
        near = self.service.near(self.person)
        watching = self.service.watching(self.person)
        shown = [one for one in self._people if self.person in (None, one.id)]
        self.hero, self.others = self._words.read(shown, self._chosen, near)
        visits = {one.visit for one in (self.hero, *self.others) if one is not None}
        ahead = self.service.next_things(near, watching, _MOST_AHEAD, leave_out=visits)
        doses = self.service.doses(near)
        self.things = [self._thing(one) for one in ahead]
        self.watched = [self._watched(one) for one in watching]
        self.pills = [self._pill(one) for one in doses]
        self.as_needed = self._as_needed()
        self.still = self._still(shown)
        self.goings = goings(
            self.house, self._words.coming, lambda one: self.name_of(one) if self.several else ""
        )
        watched = {one.visit.person for one in watching}
        self.askings = [
            Asking(one.id, called(one))
            for one in shown
            # Who is watched is asked by that card.
            if one.id not in watched and self.asking.asks(one.id)
        ]
        self.amber, self.quiet = self._amber(), self._quiet()
        self._moments = [
            moment for moment in (
                self.asking.begins(),
                *self._words.moments,
                *(one.at for one in ahead),
                *(one.occurrence.ends(self.house.care.home) for one in ahead if not one.step),
                *(one.check_in.due for one in watching if one.check_in is not None),
            ) if moment > self.house.care.now
        ]  # fmt: skip

    def _local(self, at: datetime) -> datetime:
        return in_zone(at, self.house.care.home)

    # -- The lines at the top ---------------------------------------------------------------------

    def _amber(self) -> Notice | None:
        if self.hero is None or self.hero.lapses is None:
            return None
        return self._lapse(self.hero, self.hero.lapses)

    def _quiet(self) -> Notice | None:
        """Return what is still to be set up; that no number is there is said until one is."""
        settings = self.house.settings
        missing = not settings.text("emergency_number", "").strip()
        number = tr("No emergency number yet.")
        if settings.text("first_run", "") == "later":
            open_steps = tr("Setting up is not finished.")
            words = (number, open_steps) if missing else (open_steps, "")
            return Notice(*words, tr("Go on"), ("first_run", "", ""), "page", "settings")
        if missing:
            return Notice(number, "", tr("Add it"), ("settings", "people", ""), "page", "call")
        return None

    def _lapse(self, hero: Hero, last: date) -> Notice:
        today = self.house.care.today
        words = lapse_words(hero.name, last, hero.title, hero.day, today)
        return Notice(
            *words,
            tr("Open"),
            hero.approval,
            "warn",
            "coverage",
        )

    # -- What comes -------------------------------------------------------------------------------

    def _thing(self, one: Ahead) -> Thing:
        appointment = one.appointment
        if one.step:
            title, icon, kind = check_in_name(one.step), TYPE_ICONS["check-in"], "check-in"
            asked: Asked = ("watch", "person", self.named(appointment.person))
            if not asked[2]:
                asked = ("watch", "", "")
        else:
            title, kind = appointment.title, appointment.type
            icon, asked = TYPE_ICONS[kind], ("calendar", "appointment", appointment.id)
        when = self._when(one)
        if self.several:
            when = f"{when} · {self.name_of(appointment.person)}"
        return Thing(f"{appointment.id}/{one.step}", icon, kind, when, title, asked)

    def _when(self, one: Ahead) -> str:
        whole = isinstance(one.occurrence.start, AllDay) and not one.step
        day = one.occurrence.start.day if isinstance(one.occurrence.start, AllDay) else None
        local = self._local(one.at)
        today, home = self.house.care.today, self.house.care.home
        days = None if one.step else lasting(one.occurrence, home)
        if days is not None and days.first < today:
            return self._goes_on(one.occurrence, days)
        words = near_day(local.date() if one.step or day is None else day, today)
        words = words if whole else f"{words}, {time_text(local)}"
        if days is None:
            return words
        return tr("{when}, until {last}", when=words, last=day_within(days.last, today))

    def _goes_on(self, occurrence: Occurrence, days: Lasting) -> str:
        """Return until when something lasts that began before today."""
        last = day_within(days.last, self.house.care.today)
        over = over_time(occurrence, self.house.care.home)
        return (
            tr("Until {last}, {time}", last=last, time=over)
            if over
            else tr("Until {last}", last=last)
        )

    # -- The watch window -------------------------------------------------------------------------

    def _watched(self, one: Watching) -> Watched:
        name = self.name_of(one.visit.person) if self.several else ""
        title = (
            tr("Watching {name}, day {day} of {last}", name=name, day=one.day, last=one.last)
            if name
            else tr("Watching, day {day} of {last}", day=one.day, last=one.last)
        )
        after = tr(
            "After {visit}, {day}.",
            visit=visit_words(one.visit),
            day=short_date(wall(one.visit.start).date()),
        )
        line = " ".join(part for part in (after, self._check_in(one)) if part)
        ends = tr("ends {day}", day=day_month(one.ends))
        return Watched(
            one.visit.person, title, ends, line, one.last, one.day, one.written, bool(one.checked)
        )

    def _check_in(self, one: Watching) -> str:
        if one.check_in is None:
            return ""
        care, at = self.house.care, self._local(one.check_in.due)
        name = check_in_name(one.check_in.what)
        if (at.date() - care.today).days == 1:
            return tr("{check} tomorrow.", check=name)
        if at.date() > care.today:
            return tr("{check} on {day}.", check=name, day=short_date(at.date()))
        if one.check_in.due > care.now:
            return tr("{check} due {time}.", check=name, time=time_text(at))
        return tr("{check} not marked yet.", check=name)

    # -- Medicines of today -----------------------------------------------------------------------

    def _pill(self, dose: Dose) -> Pill:
        one, start = dose.appointment, dose.occurrence.start
        local = self._local(dose.occurrence.begins(self.house.care.home))
        time = tr("any time") if isinstance(start, AllDay) else time_text(local)
        fact, chip = directions(self.house, one), ""
        if dose.state == "done":
            fact = self._taken(dose.answered)
        elif dose.state == "skipped":
            why = dose.reason[:1].lower() + dose.reason[1:]
            fact = tr("skipped: {why}", why=why) if why else tr("skipped")
        elif weekly_rule(one) is not None:
            chip = tr(_ONLY_ON[wall(one.start).weekday()])
        badge = self.name_of(one.person) if self.several else ""
        key = f"{one.id}/{dose.occurrence.key}"
        return Pill(
            key, time, one.title, dose.state, fact, chip, badge, self.colour_of(one.person), dose
        )

    def _as_needed(self) -> list[AsNeeded]:
        medicines, given = self.service.as_needed(self.person, LATELY)
        today = self.house.care.today
        self.also_given = also_given(given, today)
        return [
            as_needed_of(one, given, today, self.name_of(one.person) if self.several else "")
            for one in medicines
        ]

    def _taken(self, answered: datetime | None) -> str:
        if answered is None:
            return tr("taken")
        at = self._local(answered)
        if at.date() != self.house.care.today:
            return tr("taken {day}", day=short_date(at.date()))
        return tr("taken {time}", time=time_text(at))

    def _still(self, shown: Sequence[Person]) -> list[tuple[str, SideEffect]]:
        """Return what still goes on, each with whose it is ("" where that needs no saying)."""
        return [
            (called(one) if self.several else "", entry)
            for one in shown
            for entry in self.service.still(one.id)
        ]

    @property
    def taken(self) -> int:
        """How many of today's medicines are marked taken."""
        return sum(pill.state == "done" for pill in self.pills)
