"""What the program itself knows of items in a bag: it is read each time, no bag keeps a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from caregiver_app.domain.entities import (
    Appointment,
    Authorisation,
    Contact,
    Medicine,
    Person,
    Question,
    SideEffect,
)
from caregiver_app.domain.support import Company
from caregiver_app.domain.times import AllDay, in_zone, instant, wall
from caregiver_app.services.care import Care
from caregiver_app.values import value

_LATELY = timedelta(days=90)
"""So far back signs are counted where there was no infusion yet."""
_A_YEAR = timedelta(days=365)
_MOST = 400


@value
class Live:
    """What is known of one item.

    `kind` is what it speaks of; `count` how many there are, `text` words of the family, `day` a
    date that belongs to it:

    medicines: given now, allergies as typed, when the list was last changed;
    allergies: 1 where some are written down, as typed;
    questions: open ones, the oldest;
    side_effects: seen since the last infusion, whose day it is (None: in the last 90 days);
    insurance: approvals that reach the visit, the insurer, their last day;
    contacts: numbers to call;
    ride: 1 once there is a driver, by name;
    infusions: of the last twelve months, the last one's title and day;
    company: what is planned that needs a charged device, by its words or who comes.
    """

    kind: str
    count: int
    text: str = ""
    day: date | None = None


class LiveFacts:
    """Looks up what is known for a visit."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._of: dict[str, Callable[[Appointment], Live]] = {
            "medicines": self._medicines,
            "allergies": self._allergies,
            "questions": self._questions,
            "side_effects": self._side_effects,
            "insurance": self._insurance,
            "contacts": self._contacts,
            "ride": self._ride,
            "infusions": self._infusions,
            "company": self._company,
        }

    def of(self, visit: Appointment, kinds: Mapping[str, str]) -> dict[str, Live]:
        """Return by the key of each item what is known; `kinds` names its kind."""
        known = {kind: self._of[kind](visit) for kind in set(kinds.values()) if kind in self._of}
        if not known.get("company", _NOTHING).count:
            # That nothing needs power is no news.
            known.pop("company", None)
        return {key: known[kind] for key, kind in kinds.items() if kind in known}

    def _medicines(self, visit: Appointment) -> Live:
        every = self._care.store.all(Medicine, person=visit.person)
        given = [one for one in every if not one.past]
        changed = max((one.changed for one in every), default=None)
        day = None if changed is None else in_zone(changed, self._care.home).date()
        return Live("medicines", len(given), self._allergies(visit).text, day)

    def _allergies(self, visit: Appointment) -> Live:
        person = self._care.store.get(Person, visit.person)
        text = "" if person is None else person.allergies
        return Live("allergies", int(bool(text)), text)

    def _questions(self, visit: Appointment) -> Live:
        every = self._care.store.all(Question, person=visit.person)
        open_ = [one for one in every if not one.answer]
        return Live("questions", len(open_), open_[0].text if open_ else "")

    def _side_effects(self, visit: Appointment) -> Live:
        care = self._care
        last, today = self._last_infusion(visit), care.today
        first = today - _LATELY if last is None else wall(last.start).date()
        seen = care.store.side_effects_between(first, today, person=visit.person)
        if last is not None:
            begun = instant(last.start, care.home)
            seen = [one for one in seen if _is_since(one, begun=begun, care=care)]
        return Live("side_effects", len(seen), day=None if last is None else first)

    def _last_infusion(self, visit: Appointment) -> Appointment | None:
        """Return the infusion before this visit that has begun by now."""
        care = self._care
        before = wall(visit.start) - timedelta(minutes=1)
        bound = min(before, in_zone(care.now, care.home).replace(tzinfo=None))
        return care.store.last_visit_before(visit.person, f"{bound:%Y-%m-%dT%H:%M}")

    def _insurance(self, visit: Appointment) -> Live:
        day = wall(visit.start).date()
        every = self._care.store.all(Authorisation, person=visit.person)
        mine = [one for one in every if one.plan in (None, visit.plan)]
        reach = [one for one in mine if one.last >= day and (one.first or day) <= day]
        furthest = max(reach or mine, key=lambda one: one.last, default=None)
        if furthest is None:
            return Live("insurance", 0)
        return Live("insurance", len(reach), furthest.insurer, furthest.last)

    def _contacts(self, visit: Appointment) -> Live:
        every = self._care.store.all(Contact, person=visit.person)
        return Live("contacts", sum(bool(one.phone or one.phone_after_hours) for one in every))

    def _ride(self, visit: Appointment) -> Live:
        return Live("ride", int(bool(visit.driver)), visit.driver)

    def _infusions(self, visit: Appointment) -> Live:
        last = self._last_infusion(visit)
        if last is None:
            return Live("infusions", 0)
        day = wall(last.start).date()
        found = self._care.store.next_visits(visit.person, day - _A_YEAR, _MOST, last_day=day)
        return Live("infusions", len(found), last.title, day)

    def _company(self, visit: Appointment) -> Live:
        found = self._care.store.all(Company, visit=visit.id, powered=True)
        found.sort(key=lambda one: (one.after, one.id))
        told = dict.fromkeys(one.what or one.who for one in found)
        return Live("company", len(found), ", ".join(told))


_NOTHING = Live("", 0)


def _is_since(one: SideEffect, *, begun: datetime, care: Care) -> bool:
    return isinstance(one.at, AllDay) or instant(one.at, care.home) >= begun
