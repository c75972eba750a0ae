"""Company during long infusions: who sits in when, what the two do, and what that needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.support import Company
from caregiver_app.domain.times import AllDay, ends
from caregiver_app.errors import InputRefused
from caregiver_app.services.bags import Bag, BagService
from caregiver_app.services.care import Care
from caregiver_app.services.rides import Driver, RideService
from caregiver_app.services.support_checks import check_company
from caregiver_app.values import value

CHARGERS: Final = ("chargers", "h_charge")
"""The items of the packing lists that charge a device."""
_SHOWN: Final = 6
_NEAR: Final = 40
"""Among so many visits from yesterday on are those that are shown."""
_ONE_DAY: Final = timedelta(days=1)


@value
class Charger:
    """How far the charger for a visit is, where something needs a charged device.

    `state` is "packed", "to_pack", "not_needed" (marked so in the bag), "out" (not in the bag) or
    "no_bag" (the visit brings none). `label` is what the item is called.
    """

    state: str
    label: str = ""
    key: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is left to do about it."""
        return self.state != "packed"


class CompanyService:
    """Plans who keeps company at a visit."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._bags = BagService(care)
        self._rides = RideService(care)

    def visits(self, person: str) -> list[Appointment]:
        """Return a person's next infusions that have an hour and are not over, in order."""
        care = self._care
        found = care.store.next_visits(person, care.today - _ONE_DAY, _NEAR)
        return [
            one for one in found
            if not isinstance(one.start, AllDay)
            and one.status != "done"
            and ends(one.start, one.minutes, care.home) > care.now
        ][:_SHOWN]  # fmt: skip

    def of(self, visit: str) -> list[Company]:
        """Return who comes to a visit, in the order in which they come."""
        found = self._care.store.all(Company, visit=visit)
        return sorted(found, key=lambda one: (one.after, one.minutes, one.id))

    def get(self, company_id: str) -> Company | None:
        """Return one by id."""
        return self._care.store.get(Company, company_id)

    def known(self, person: str) -> list[Driver]:
        """Return who could come, with their numbers: who came before, drivers, other contacts."""
        store, found = self._care.store, dict[str, Driver]()
        before = sorted(
            store.all(Company, person=person), key=lambda one: one.changed, reverse=True
        )
        named = [Driver(one.who, one.phone) for one in before]
        for one in (*named, *self._rides.drivers(person)):
            known = found.get(one.name.casefold())
            if known is None or not known.phone:
                found[one.name.casefold()] = one
        return list(found.values())

    # -- Keeping ----------------------------------------------------------------------------------

    def check(self, company: Company) -> None:
        """Look whether somebody's company can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
            InputRefused: it begins when the visit is over.
        """
        old = self.get(company.id) if company.id else None
        check_company(self._care, company, old)
        visit = self._care.store.get(Appointment, company.visit)
        if visit is not None and company.after >= visit.minutes:
            raise InputRefused("company.after_visit", "after")

    def save(self, company: Company) -> Company:
        """Keep who comes, new or changed; it belongs to whose visit it is.

        Raises:
            FormRefused, InputRefused: as `check`.
        """
        self.check(company)
        care = self._care
        old = self.get(company.id) if company.id else None
        visit = care.store.get(Appointment, company.visit)
        with care.change("done.company", who=company.who.strip()):
            kept = care.stamped(
                Company(
                    id=company.id,
                    person=company.person if visit is None else visit.person,
                    visit=company.visit,
                    who=company.who.strip(),
                    phone=company.phone.strip(),
                    after=company.after,
                    minutes=company.minutes,
                    what=company.what.strip(),
                    powered=company.powered,
                ),
                old,
            )
            care.store.put(kept)
        return kept

    def remove(self, company_id: str) -> None:
        """Take somebody off the plan; undo brings them back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self.get(company_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=company_id)
        with self._care.change("done.company_removed", who=found.who):
            self._care.store.remove(Company, company_id, self._care.now)

    # -- Power ------------------------------------------------------------------------------------

    def charger(self, visit: str) -> Charger | None:
        """Return how far the charger is, None where nothing that is planned needs one.

        Raises:
            InputRefused: there is no such visit.
        """
        if not any(one.powered for one in self.of(visit)):
            return None
        bag = self._bags.bag(visit)
        if not self._bags.brings(bag.visit):
            return Charger("no_bag")
        label = self._label(bag)
        for line in bag.lines:
            if line.key in CHARGERS or (line.own and line.label == label):
                return Charger(line.state, line.label, line.key)
        waiting = next((line for line in bag.maybe if line.key in CHARGERS), None)
        if waiting is not None:
            return Charger("out", waiting.label, waiting.key)
        return Charger("out", label)

    def take_charger(self, visit: str) -> None:
        """See to it that a charger is among what is to be packed for a visit.

        Raises:
            InputRefused: there is no such visit, or it brings no bag.
        """
        charger = self.charger(visit)
        if charger is None or charger.state in ("packed", "to_pack"):
            return
        if charger.state == "no_bag":
            raise InputRefused("company.no_bag", "visit")
        if charger.key:
            self._bags.set_state(visit, charger.key, "to_pack")
        else:
            self._bags.add(visit, charger.label, "things")

    def _label(self, bag: Bag) -> str:
        """Return what the lists call a charger, those of this bag first."""
        templates = self._care.reference.templates
        ordered = sorted(templates, key=lambda one: one.id not in bag.lists)
        return next(item.label for one in ordered for item in one.items if item.key in CHARGERS)
