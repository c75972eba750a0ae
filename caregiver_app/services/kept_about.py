"""Everything that is kept about one person and is not the carer's own, for that person to see.

What is the carer's own never gets here: notes about the carer, their own checks, their hours to
rest, what others could take off them, which cards they kept or put away. Notes about the person
come only where asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeVar

from caregiver_app.domain.entities import (
    Appointment,
    Assistance,
    Authorisation,
    BlockedDays,
    Call,
    CheckIn,
    ClinicCall,
    Company,
    Contact,
    Cost,
    Dose,
    InfusionRecord,
    Medicine,
    Note,
    Outlet,
    OwnSign,
    Person,
    Plan,
    Question,
    SideEffect,
    SignChoice,
    VisitAnswer,
)
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.rest import visit_of_rest
from caregiver_app.domain.times import Moment, day_of, instant, local_day
from caregiver_app.services.household import Household
from caregiver_app.values import value

MUCH: Final = 2000
"""Entries of days from which on the pages begin with the last year."""
_MANY: Final = (
    "appointment", "side_effect", "checkin", "note", "dose", "clinic_call", "cost",
    "infusion_record", "visit_answer",
)  # fmt: skip
_YEAR: Final = timedelta(days=365)
_E = TypeVar("_E", bound=Entity)
_V = TypeVar("_V", InfusionRecord, VisitAnswer, Company)
_D = TypeVar("_D", CheckIn, Call, Cost)
_T = TypeVar("_T", SideEffect, ClinicCall, Dose)


@value(kw_only=True)
class KeptAbout:
    """All of it, each part in the order of time, the newest first where it tells of days.

    What belongs to a day before `first` is not among it, None: all of it is. `notes` is None where
    they are not wanted. `photos` is how many photos there are.
    """

    person: Person
    first: date | None
    contacts: tuple[Contact, ...]
    medicines: tuple[Medicine, ...]
    plans: tuple[Plan, ...]
    appointments: tuple[Appointment, ...]
    records: tuple[InfusionRecord, ...]
    answers: tuple[VisitAnswer, ...]
    blocked: tuple[BlockedDays, ...]
    signs: tuple[SideEffect, ...]
    own_signs: tuple[OwnSign, ...]
    clinic_said: tuple[SignChoice, ...]
    days: tuple[CheckIn, ...]
    clinic_calls: tuple[ClinicCall, ...]
    doses: tuple[Dose, ...]
    approvals: tuple[Authorisation, ...]
    calls: tuple[Call, ...]
    costs: tuple[Cost, ...]
    assistance: tuple[Assistance, ...]
    outlets: tuple[Outlet, ...]
    company: tuple[Company, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...] | None
    photos: int


class KeptAboutService:
    """Reads, never writes."""

    def __init__(self, house: Household) -> None:
        self._house = house

    def about(self, person_id: str, *, notes: bool, first: date | None = None) -> KeptAbout:
        """Return what is kept about a person.

        Args:
            person_id: whose it is.
            notes: whether the notes about them are wanted; those about the carer never are.
            first: what belongs to a day before this one is left out; None leaves nothing out.

        Raises:
            InputRefused: nobody has that id.
        """
        person = self._house.care.person(person_id)
        id_, since = person.id, first or date.min
        of_person = tuple(one for one in self._of(Appointment, id_) if visit_of_rest(one) is None)
        visits = self._newest(of_person, lambda one: one.start, since)
        shown = {one.id for one in visits}

        def of_visits(found: tuple[_V, ...]) -> tuple[_V, ...]:
            return found if first is None else tuple(one for one in found if one.visit in shown)

        def dated(kind: type[_D]) -> tuple[_D, ...]:
            found = [one for one in self._of(kind, id_) if one.date >= since]
            return tuple(sorted(found, key=lambda one: one.date, reverse=True))

        def timed(kind: type[_T]) -> tuple[_T, ...]:
            return self._newest(self._of(kind, id_), lambda one: one.at, since)

        return KeptAbout(
            person=person,
            first=first,
            contacts=self._of(Contact, id_),
            medicines=self._of(Medicine, id_),
            plans=self._of(Plan, id_),
            appointments=visits,
            records=of_visits(self._of(InfusionRecord, id_)),
            answers=of_visits(self._of(VisitAnswer, id_)),
            blocked=self._of(BlockedDays, id_),
            signs=timed(SideEffect),
            own_signs=self._of(OwnSign, id_),
            clinic_said=self._of(SignChoice, id_),
            days=dated(CheckIn),
            clinic_calls=timed(ClinicCall),
            doses=timed(Dose),
            approvals=self._of(Authorisation, id_),
            calls=dated(Call),
            costs=dated(Cost),
            assistance=self._of(Assistance, id_),
            outlets=self._of(Outlet, id_),
            company=of_visits(self._of(Company, id_)),
            questions=self._of(Question, id_),
            notes=self.notes(id_, first) if notes else None,
            photos=len(self._house.photos.entries(id_)),
        )

    def is_much(self) -> bool:
        """Tell whether there is so much that laying all of it out takes a while."""
        counts = self._house.care.store.counts()
        return sum(counts.get(kind, 0) for kind in _MANY) > MUCH

    def year_before(self) -> date:
        """Return the day from which on the last year counts."""
        return self._house.care.today - _YEAR

    def notes(self, person_id: str, first: date | None = None) -> tuple[Note, ...]:
        """Return the notes about a person, the newest first; none that is about the carer.

        With `first` none from before that day.
        """
        found, home = self._house.care.store.notes(person=person_id), self._house.care.home
        return tuple(
            one
            for one in found
            if one.about == "person" and (first is None or local_day(one.at, home) >= first)
        )

    def _newest(
        self, found: tuple[_E, ...], at: Callable[[_E], Moment], since: date
    ) -> tuple[_E, ...]:
        home = self._house.care.home
        kept = [one for one in found if day_of(at(one), home) >= since]
        return tuple(sorted(kept, key=lambda one: instant(at(one), home), reverse=True))

    def _of(self, kind: type[_E], person_id: str) -> tuple[_E, ...]:
        return tuple(self._house.care.store.all(kind, person=person_id))
