"""Keeping what the family did with a bag: one entry for the whole bag, one for each item of it."""

from __future__ import annotations

from dataclasses import replace

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.packing import BagItem, VisitBag, bag_id
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.bag_reading import BagReader
from caregiver_app.services.care import Care


class BagWriter:
    """Writes bags; every call belongs into a `care.change`."""

    def __init__(self, care: Care) -> None:
        self._care, self._reader = care, BagReader(care)
        self._agenda = AgendaService(care)

    def kept(self, visit: Appointment) -> Appointment:
        """Return a visit as an entry; a date of a series becomes one of its own, with its answers.

        So what is ticked on one date is never seen on another. Its id stays the same, so that the
        ticks are found again when the date is once more as its series says.
        """
        return visit if self._reader.is_entry(visit) else self._agenda.save(replace(visit, uid=""))

    def put_item(self, visit: Appointment, key: str, group: str, **fields: object) -> None:
        """Keep these fields of an item in the visit's bag."""
        care, kept = self._care, self.kept(visit).id
        made = f"{kept}:{key}"
        item = care.store.get(BagItem, made) or BagItem(
            id=made, visit=kept, key=key, group=group, created=care.now
        )
        care.store.put(replace(item, **fields, changed=care.now))

    def put_bag(self, visit: Appointment, **fields: object) -> None:
        """Keep these fields of the visit's whole bag."""
        care, kept = self._care, self.kept(visit).id
        made = bag_id(kept)
        bag = care.store.get(VisitBag, made) or VisitBag(id=made, visit=kept, created=care.now)
        care.store.put(replace(bag, **fields, changed=care.now))
