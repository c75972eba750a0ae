"""What the insurer's approvals say of the days of a calendar: where they hold, what is outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.approvals import holds
from caregiver_app.domain.insurance import Authorisation
from caregiver_app.domain.times import day_of
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

_DAY: Final = timedelta(days=1)
_SOON: Final = 60
"""So many days before a visit outside the approval it is worth a line of its own."""


@value
class Approved:
    """How the line of the approvals crosses one day: held by one, or not (`held` False).

    `ends` tells that it is the last day before a gap.
    """

    held: bool
    ends: bool = False


@value
class Lapse:
    """The next infusion that an approval with an end before it does not reach, and whose it is.

    `name` is "" where that needs no saying; `approval` and `last` are the approval's id and end.
    """

    name: str
    approval: str
    last: date
    title: str
    day: date
    today: date


class Approvals:
    """The approvals of one person, or of everybody; read when first asked, kept until forgotten.

    The line is drawn for one person alone: those of several would only confuse.
    """

    def __init__(self, house: Household, person: str | None) -> None:
        people = house.people.people()
        self._house = house
        self._whose = [one.id for one in people if person in (None, one.id)]
        self._known: list[Authorisation] | None = None
        self._outside: frozenset[str] | None = None

    @property
    def outside(self) -> frozenset[str]:
        """The ids of the coming visits that the approvals do not reach."""
        if self._outside is None:
            self._outside = frozenset(
                visit
                for person in self._whose
                if self._house.people.authorisations(person)
                for visit in self._house.coverage.outside(person)
            )
        return self._outside

    def days(self, first: date, last: date) -> dict[date, Approved]:
        """Return how the line crosses the days from `first` to `last`; nothing for several people.

        Days without an approval are part of it from today on, up to the last visit outside.
        """
        known = self._approvals()
        if not known:
            return {}
        found: dict[date, Approved] = {}
        today, until = self._house.care.today, self._last_outside()
        day = first
        while day <= last:
            if _held(known, day):
                found[day] = Approved(held=True, ends=not _held(known, day + _DAY))
            elif today <= day <= until:
                found[day] = Approved(held=False)
            day += _DAY
        return found

    def lapse(self) -> Lapse | None:
        """Return the first infusion of the next weeks for which an approval ends too early."""
        care, agenda = self._house.care, self._house.agenda
        visits = [one for visit in self.outside if (one := agenda.get(visit)) is not None]
        near = [(day_of(one.start, care.home), one) for one in visits]
        for day, visit in sorted(near, key=lambda each: (each[0], each[1].id)):
            if (day - care.today).days > _SOON:
                break
            every = self._house.people.authorisations(visit.person)
            own = [one for one in every if one.plan in (None, visit.plan)]
            ended = [one for one in own if one.last < day]
            if ended and not _held(own, day):
                several = len(self._house.people.people()) > 1
                name = called(self._house.people.person(visit.person)) if several else ""
                last = ended[-1]
                return Lapse(name, last.id, last.last, visit.title, day, care.today)
        return None

    def _approvals(self) -> list[Authorisation]:
        if self._known is None:
            only = self._whose[0] if len(self._whose) == 1 else None
            self._known = [] if only is None else self._house.people.authorisations(only)
        return self._known

    def _last_outside(self) -> date:
        home, agenda = self._house.care.home, self._house.agenda
        visits = (agenda.get(one) for one in self.outside)
        days = (day_of(one.start, home) for one in visits if one is not None)
        return max(days, default=date.min)


def _held(approvals: Sequence[Authorisation], day: date) -> bool:
    return any(holds(one, day) for one in approvals)


def outside_words() -> str:
    """Return what stands beside a visit that no approval reaches."""
    return tr("Outside the approved time: ask insurer or clinic")
