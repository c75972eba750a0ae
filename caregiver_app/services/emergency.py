"""What has to be told in an emergency, gathered once for the page on the screen and the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

from caregiver_app.domain.entities import Appointment, Contact, Medicine, Person, Plan, SideEffect
from caregiver_app.domain.times import AllDay, day_of, ends, in_zone, instant
from caregiver_app.domain.watch import FEVER, Tier
from caregiver_app.errors import InputRefused
from caregiver_app.services.household import Household
from caregiver_app.values import value

Hours = Literal["", "day", "only", "after"]
_CLINICS: Final = ("clinic", "doctor")
_ORDER: Final = ("clinic", "doctor", "family", "driver", "pharmacy", "other")
"""Whose number comes first; the insurer's is none to call now."""
_MOST_DAYS: Final = timedelta(days=30)
"""A sheet on the fridge is looked over at least this often."""


@value
class Number:
    """A number to call.

    `hours` is "after" for a clinic's number after hours; "day" for one that answers in office
    hours only, "only" where no number after hours is known at all; else empty.
    """

    whose: str
    number: str
    role: str
    hours: Hours = ""


@value
class Drip:
    """A medicine given by drip; `lowers_immunity` only where the reference says so.

    `begins` is the first planned day while nothing of it was given or is past, else None.
    """

    medicine: str
    lowers_immunity: bool
    begins: date | None = None


@value
class LastInfusion:
    """The last infusion that has begun.

    `at` is when it ended by the calendar, or began while `running`, as the family's clock shows
    it; a bare date where no hour is known (see `hours_confirmed`). `written` is that hour as it was
    copied from the nurse, as typed; empty where it was not. `medicine` is empty without a plan,
    `dose` None. `visit` is its id.
    """

    medicine: str
    title: str
    dose: int | None
    at: datetime | date
    running: bool
    visit: str = ""
    written: str = ""

    @property
    def day(self) -> date:
        """The day of it."""
        return self.at.date() if isinstance(self.at, datetime) else self.at


@value
class EmergencyFacts:
    """Who it is about and what a stranger who comes to help has to know.

    `person` is None while nobody is entered, or nobody of several was chosen; then only the
    numbers are told. `unread` are the kinds of which something could not be read.
    """

    person: Person | None
    age: int | None
    drips: tuple[Drip, ...]
    last: LastInfusion | None
    medicines: tuple[Medicine, ...]
    numbers: tuple[Number, ...]
    unread: frozenset[str] = frozenset()


@value
class UrgentSigns:
    """Short words for what is an emergency and what a call the same day, for one person.

    What a medicine of theirs makes an emergency stands in `at_once`. `same_day` holds the signs
    that are chosen for everybody and those that a medicine of theirs makes more urgent; `more` is
    how many others the program knows. `fever_c` is the limit in degrees Celsius, `fever_at_once`
    that reaching it is an emergency for them.
    """

    at_once: tuple[str, ...]
    same_day: tuple[str, ...]
    more: int
    fever_c: float
    fever_at_once: bool


class EmergencyService:
    """Reads, never writes: it has to work whatever state the data is in."""

    def __init__(self, house: Household) -> None:
        self._house = house

    @property
    def emergency_number(self) -> str:
        """The number that the family typed, "" while there is none; never one of our own."""
        return self._house.settings.text("emergency_number", "").strip()

    @property
    def poison_number(self) -> str:
        """The poison line that the family typed, "" while there is none."""
        return self._house.settings.text("poison_number", "").strip()

    def meant(self, person_id: str | None) -> Person | None:
        """Return the person with that id, or the only one; nobody is guessed among several."""
        people = self._house.people.people()
        found = next((one for one in people if one.id == person_id), None)
        return people[0] if found is None and len(people) == 1 else found

    def to_print(self, person_id: str | None) -> Person | None:
        """Return whose sheet is asked for; None while nobody is entered.

        Raises:
            InputRefused: nobody has that id, or none was named and there are several.
        """
        if person_id is not None:
            return self._house.care.person(person_id)
        people = self._house.people.people()
        if len(people) > 1:
            raise InputRefused("print.which", count=len(people))
        return people[0] if people else None

    def facts(self, person_id: str | None) -> EmergencyFacts:
        """Return what to tell about a person (see `meant`).

        Raises:
            DataDamaged, DataBusy, DiskTrouble: something of it cannot be read.
        """
        person, people = self.meant(person_id), self._house.people
        if person is None:
            return EmergencyFacts(None, None, (), None, (), self._numbers(None))
        return EmergencyFacts(
            person,
            None if person.born is None else _age(person.born, self._house.care.today),
            self._drips(person.id),
            self._last(person.id),
            tuple(people.medicines(person.id)),
            self._numbers(person.id),
        )

    def facts_in_parts(self, person_id: str | None) -> EmergencyFacts:
        """Return what can be read of what to tell about a person; the rest is left out.

        For within `Care.in_parts`, which hears what that was.
        """
        part = self._house.care.part
        person = part(lambda: self.meant(person_id), None)
        if person is None:
            return EmergencyFacts(None, None, (), None, (), part(lambda: self._numbers(None), ()))
        return EmergencyFacts(
            person,
            None if person.born is None else _age(person.born, self._house.care.today),
            part(lambda: self._drips(person.id), ()),
            part(lambda: self._last(person.id), None),
            part(lambda: tuple(self._house.people.medicines(person.id)), ()),
            part(lambda: self._numbers(person.id), ()),
            self._house.care.left_out,
        )

    def clinic_numbers(self, person_id: str | None) -> tuple[Number, ...]:
        """Return the numbers of a person's clinic and doctors, the one for after hours second.

        With `person_id` None those of everybody.
        """
        return tuple(one for one in self._numbers(person_id) if one.role in _CLINICS)

    def _numbers(self, person_id: str | None) -> tuple[Number, ...]:
        contacts = [one for one in self._house.people.contacts(person_id) if one.role in _ORDER]
        contacts.sort(key=lambda contact: _ORDER.index(contact.role))
        known = any(one.phone_after_hours for one in contacts if one.role in _CLINICS)
        numbers = [number for one in contacts for number in _numbers_of(one, known=known)]
        return tuple(dict.fromkeys(numbers))

    def _drips(self, person_id: str) -> tuple[Drip, ...]:
        house = self._house
        plans = house.plans.all(person_id)
        names = [plan.medicine for plan in plans]
        last = self._last(person_id)
        if last is not None and last.medicine in names:
            names.insert(0, last.medicine)
        found: list[Drip] = []
        for name in dict.fromkeys(names):
            known = house.reference.medicines_in(name)
            begins = self._begins([plan for plan in plans if plan.medicine == name])
            found.append(Drip(name, any(one.lowers_immunity for one in known), begins))
        return tuple(found)

    def _begins(self, plans: Sequence[Plan]) -> date | None:
        """Return the first day of plans of which nothing is done or past; None once one began."""
        care, coming = self._house.care, list[date]()
        for plan in plans:
            visits = care.store.visits(plan.id)
            for one in (each for each in visits if each.status != "cancelled"):
                if one.status == "done" or instant(one.start, care.home) <= care.now:
                    return None
                coming.append(day_of(one.start, care.home))
        return min(coming, default=None)

    def _last(self, person_id: str) -> LastInfusion | None:
        """Return the last infusion that has begun: one later today is still to come."""
        care = self._house.care
        hour = in_zone(care.now, care.home).time()
        since = self._house.watch.since(person_id, care.today, hour)
        if since is not None and instant(since.visit.start, care.home) > care.now:
            # It was written down in the hours of another zone.
            since = self._house.watch.since(person_id, care.today - timedelta(days=1))
        return None if since is None else self._told(since.visit)

    def _told(self, visit: Appointment) -> LastInfusion:
        care = self._house.care
        plan = None if visit.plan is None else self._house.plans.get(visit.plan)
        medicine = "" if plan is None else plan.medicine
        record = self._house.records.of(visit.id)
        started = "" if record is None else record.started.strip()
        stopped = "" if record is None else record.stopped.strip()
        end = ends(visit.start, visit.minutes, care.home)
        running = end > care.now and not stopped
        at = day_of(visit.start, care.home)
        if hours_confirmed(visit):
            shown = instant(visit.start, care.home) if running else end
            at = in_zone(shown, care.home).replace(tzinfo=None)
        written = started if running else stopped
        return LastInfusion(medicine, visit.title, visit.dose, at, running, visit.id, written)

    # -- For the sheet ----------------------------------------------------------------------------

    def signs(self, person_id: str | None) -> UrgentSigns:
        """Return the urgent signs in short words, each as urgent as it is for this person."""
        person = self.meant(person_id)
        whose = "" if person is None else person.id
        reference = self._house.reference
        short = dict(reference.emergency.short)
        names = {sign.id: sign.name.lower() for sign in reference.signs} | short
        order = [*short, *(id_ for id_ in names if id_ not in short)]
        tiers = {id_: self._tier(whose, id_) for id_ in order}
        told = [id_ for id_ in order if id_ != FEVER]
        calls = [id_ for id_ in told if tiers[id_] == Tier.CALL_TODAY]
        usual = {sign.id: sign.tier for sign in reference.signs}
        named = [
            id_ for id_ in calls if id_ in reference.emergency.same_day or tiers[id_] > usual[id_]
        ]
        return UrgentSigns(
            tuple(names[id_] for id_ in told if tiers[id_] == Tier.EMERGENCY),
            tuple(names[id_] for id_ in named),
            len(calls) - len(named),
            self._house.watch.fever_limit(whose),
            tiers[FEVER] == Tier.EMERGENCY,
        )

    def _tier(self, person_id: str, sign: str) -> Tier:
        seen = AllDay(self._house.care.today)
        mild = SideEffect(id="", person=person_id, sign=sign, severity=1, at=seen, urgency="")
        return self._house.watch.urgency_of(mild)

    def anew_by(self, person_id: str | None) -> date:
        """Return when to print the sheet anew: at the next infusion, after 30 days at the latest.

        An infusion of today doesn't count: its sheet is the one that is printed now.
        """
        care, person = self._house.care, self.meant(person_id)
        visits = [] if person is None else self._house.agenda.visits(person.id)
        days = [day_of(one.start, care.home) for one in visits if one.status != "cancelled"]
        coming = [day for day in days if day > care.today]
        return min([*coming, care.today + _MOST_DAYS])


def hours_confirmed(visit: Appointment) -> bool:
    """Tell whether the hours of a visit are more than what its plan proposed.

    Somebody typed them, the clinic has them in its book, or somebody marked the visit afterwards.
    Of a visit that the program laid out into the past by itself only the day is known.
    """
    if isinstance(visit.start, AllDay):
        return False
    if visit.plan is None or visit.status == "booked":
        return True
    return visit.status == "done" and visit.sequence > 0


def _numbers_of(contact: Contact, *, known: bool) -> list[Number]:
    """Return a contact's numbers; `known`: somebody's number after hours is written down."""
    found: list[Number] = []
    if contact.phone:
        hours: Hours = ""
        if contact.role in _CLINICS and not contact.phone_after_hours:
            hours = "day" if known else "only"
        found.append(Number(contact.name, contact.phone, contact.role, hours))
    if contact.phone_after_hours:
        found.append(Number(contact.name, contact.phone_after_hours, contact.role, "after"))
    return found


def _age(born: date, today: date) -> int:
    had = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (0 if had else 1)
