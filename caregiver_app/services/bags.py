"""The appointment bag of each visit, and the steps that prepare it.

A bag is its lists seen through what the family did with it: nothing is copied when a visit is laid
out, ticks belong to one visit only, and an item added for every visit changes the list for this
family.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.bag_list import moved
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.packing import (
    BAG_GROUPS,
    BAG_STATES,
    BRINGS,
    WAYS,
    BagItem,
    TemplateItem,
)
from caregiver_app.domain.reminders import CHECK_INS
from caregiver_app.domain.times import ends
from caregiver_app.errors import InputRefused
from caregiver_app.services.bag_live import Live, LiveFacts
from caregiver_app.services.bag_reading import (
    Bag,
    BagLine,
    BagReader,
    ClinicRules,
    Missing,
)
from caregiver_app.services.bag_writing import BagWriter
from caregiver_app.services.care import Care
from caregiver_app.services.visit_steps import StepLine, VisitSteps

__all__ = ["Bag", "BagLine", "BagService", "ClinicRules", "Live", "Missing", "StepLine"]

_BACK, _AHEAD = timedelta(days=62), timedelta(days=184)


class BagService:
    """Packing for visits."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._reader = BagReader(care)
        self._steps = VisitSteps(care, self._reader)
        self._live = LiveFacts(care)
        self._writer = BagWriter(care)

    # -- Looking ----------------------------------------------------------------------------------

    def brings(self, visit: Appointment) -> bool:
        """Tell whether a visit brings a bag.

        Not where it is switched off, nor for one at home, nor for kinds that no list serves (a
        drive, something else) until somebody picks a list or puts something in.
        """
        return self._reader.brings(visit)

    def bag(self, visit_id: str) -> Bag:
        """Return the bag of a visit.

        Raises:
            InputRefused: there is no such visit.
        """
        return self._reader.bag(visit_id)

    def visit(self, visit_id: str) -> Appointment | None:
        """Return a visit, None where there is none; of a repeating appointment one date.

        Such a date goes by `<id>/<wall time>`, with dots for colons. The id of a repeating
        appointment alone means its next date.
        """
        try:
            return self._reader.visit(visit_id)
        except InputRefused:
            return None

    def visits(
        self, person: str, *, back: timedelta = _BACK, ahead: timedelta = _AHEAD
    ) -> list[Appointment]:
        """Return a person's visits that bring a bag from `back` ago until `ahead`, in order.

        A date of a repeating appointment stands there as a visit of its own.
        """
        return self._reader.visits(person, back, ahead)

    def coming(self, person: str, ahead: timedelta) -> Appointment | None:
        """Return a person's next visit with a bag that is not over, None where none is so near."""
        care = self._care
        for one in self._reader.dates(person, care.today, care.today + ahead):
            over = one.status == "done" or ends(one.start, one.minutes, care.home) <= care.now
            if not over and self._reader.brings(one):
                return one
        return None

    def without(self, person: str, *, ahead: timedelta = _AHEAD) -> list[Appointment]:
        """Return a person's coming dates of something else, for which a list can be picked.

        A night in hospital is such a date.
        """
        today = self._care.today
        return [
            one for one in self._reader.dates(person, today, today + ahead)
            if one.type == "other" and not self._reader.brings(one)
        ]  # fmt: skip

    def missing(self, visit_id: str) -> Missing:
        """Return what is still to pack for a visit; nothing where it brings no bag.

        Raises:
            InputRefused: there is no such visit.
        """
        bag = self.bag(visit_id)
        if not self.brings(bag.visit):
            return Missing()
        return bag.missing

    def live(self, bag: Bag) -> Mapping[str, Live]:
        """Return what the program itself knows of the items in a bag, by their keys."""
        kinds = {line.key: line.live for line in (*bag.lines, *bag.maybe) if line.live}
        return self._live.of(bag.visit, kinds)

    def steps(self, visit_id: str) -> list[StepLine]:
        """Return the preparation steps and check-ins of a visit, in the order of their time.

        Parts that are off bring none, and those of one medicine come with that only.
        """
        return self._steps.steps(visit_id)

    def morning(self, visit: Appointment) -> tuple[str, ...]:
        """Return the steps of a visit's own morning, as its two-hour reminder says them."""
        return self._steps.morning(visit)

    @staticmethod
    def is_check_in(line: StepLine) -> bool:
        """Tell whether a step is a check-in of the watch window."""
        return line.key in CHECK_INS

    # -- Packing ----------------------------------------------------------------------------------

    def set_state(self, visit_id: str, key: str, state: str) -> None:
        """Mark an item to pack, packed, or not needed this time.

        Raises:
            InputRefused: the visit or item is not there, the state is none of the three, or a
                paper that was sent off would be packed before it is back.
        """
        texts.one_of(state, BAG_STATES, "state")
        bag = self.bag(visit_id)
        line = _line(bag, key)
        if state == "packed" and line.way == "sent":
            raise InputRefused("bag.sent", "state", label=line.label)
        taken = state == "to_pack" and all(one.key != key for one in bag.lines)
        with self._care.change("done.bag_taken" if taken else f"done.bag_{state}",
                               label=line.label):  # fmt: skip
            self._writer.put_item(bag.visit, line.key, line.group, state=state)

    def set_brings(self, visit_id: str, key: str, brings: str) -> None:
        """Say who brings an item: "carer", "person", "nobody", or "" for as the list has it.

        Raises:
            InputRefused: the visit or item is not there, or `brings` is none of these.
        """
        texts.one_of(brings, BRINGS, "brings")
        bag = self.bag(visit_id)
        line = _line(bag, key)
        with self._care.change("done.bag_brings", label=line.label):
            self._writer.put_item(bag.visit, line.key, line.group, state=line.state, brings=brings)

    def set_paper(self, visit_id: str, key: str, way: str, kept_at: str = "") -> None:
        """Say how far a paper is and where it is kept.

        Sent off, it is open until it is received, which packs it; "" takes back that it was sent.

        Args:
            visit_id: the visit.
            key: the paper's.
            way: one of WAYS.
            kept_at: where it is, in the family's words.

        Raises:
            InputRefused: the visit or item is not there, it is no paper, or `way` or `kept_at`
                cannot be kept.
        """
        texts.one_of(way, WAYS, "way")
        kept_at = texts.line(kept_at, "kept_at")
        bag = self.bag(visit_id)
        line = _line(bag, key)
        if line.group != "papers":
            raise InputRefused("bag.no_paper", "key", label=line.label)
        state = {"sent": "to_pack", "received": "packed"}.get(way, line.state)
        label = f"done.bag_{way or 'paper'}"
        with self._care.change(label, label=line.label):
            self._writer.put_item(
                bag.visit, line.key, line.group, state=state, way=way, kept_at=kept_at
            )

    def move(self, visit_id: str, key: str, to: int) -> None:
        """Put an item at another place of its group, from 0, in this bag only.

        Raises:
            InputRefused: the visit is not there, or the item is not in its bag.
        """
        bag = self.bag(visit_id)
        line = next((one for one in bag.lines if one.key == key), None)
        if line is None:
            raise InputRefused("bag.no_item", "key", key=key)
        keys, groups = [one.key for one in bag.lines], [one.group for one in bag.lines]
        order = moved(keys, groups, key, to)
        if order == tuple(keys):
            return
        with self._care.change("done.bag_moved", label=line.label):
            self._writer.put_bag(bag.visit, order=order)

    def choose_list(self, visit_id: str, template: str) -> None:
        """Pack a visit by another list; "" is the one of its type. Ticks of items in both stay.

        Raises:
            InputRefused: there is no such visit or list.
        """
        visit = self._reader.visit(visit_id)
        names = {one.id: one.name for one in self._care.reference.templates}
        if template and template not in names:
            raise InputRefused("bag.no_list", "template", template=template)
        with self._care.change("done.bag_list", name=names.get(template, "")):
            self._writer.put_bag(visit, template=template, order=())

    def add(
        self,
        visit_id: str,
        label: str,
        group: str,
        *,
        every_visit: bool = False,
        at_clinic: bool = False,
    ) -> str:
        """Put something of the family's own into the bag; return its key.

        With `every_visit` it goes onto the list that the visit is packed by, with `at_clinic`
        for visits at this clinic only.

        Raises:
            InputRefused: the label is empty, too long, or has control characters; or it is for
                every visit, and no list was picked.
        """
        label = texts.title(label, "label")
        texts.one_of(group, BAG_GROUPS, "group")
        bag, care = self.bag(visit_id), self._care
        if every_visit and not bag.lists:
            raise InputRefused("bag.no_list_yet", "every_visit")
        key = care.new_id()
        named = "done.bag_added_always" if every_visit else "done.bag_added"
        with care.change(named, label=label):
            if every_visit:
                care.store.put(
                    TemplateItem(
                        id=key, template=bag.lists[0], key=key, label=label, group=group,
                        contact=bag.contact.id if at_clinic and bag.contact else None,
                        created=care.now, changed=care.now,
                    )
                )  # fmt: skip
            else:
                visit = self._writer.kept(bag.visit)
                count = len(care.store.all(BagItem, visit=visit.id))
                self._writer.put_item(visit, key, group, label=label, position=count)
        return key

    def remove(self, visit_id: str, key: str) -> None:
        """Take an item out again.

        One of the family's own goes, out of every visit if it stood on the list; one that waited
        under maybe waits there again.

        Raises:
            InputRefused: there is no such visit.
        """
        care, bag = self._care, self.bag(visit_id)
        mark = care.store.get(BagItem, f"{bag.visit.id}:{key}")
        edits = care.store.all(TemplateItem, key=key)
        own = any(edit.id == key for edit in edits)
        line = bag.line(key)
        with care.change("done.bag_removed", label="" if line is None else line.label):
            if mark is not None:
                care.store.remove(BagItem, mark.id, care.now)
            for edit in edits if own else ():
                care.store.remove(TemplateItem, edit.id, care.now)


def _line(bag: Bag, key: str) -> BagLine:
    line = bag.line(key)
    if line is None:
        raise InputRefused("bag.no_item", "key", key=key)
    return line
