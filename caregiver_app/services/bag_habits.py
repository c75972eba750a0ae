"""What bags teach: what was forgotten goes onto the list, what is never needed may leave it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.bag_list import IN_BAG, MasterItem
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.packing import BAG_GROUPS, BagItem, TemplateItem, VisitBag, bag_id
from caregiver_app.domain.times import ends, instant, wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.bag_lists import BagLists
from caregiver_app.services.bag_reading import Bag, BagReader
from caregiver_app.services.bag_writing import BagWriter
from caregiver_app.services.care import Care
from caregiver_app.storage.packing import often_unneeded
from caregiver_app.values import value

ASKED_DAYS = 14
"""So long after a visit it is asked whether anything was forgotten."""
RUNNING = 3
"""So many visits in a row an item has to be not needed before it is offered to leave it out."""

_SPANS = tuple(timedelta(days=days) for days in (60, 120, 240, 480, 600))
"""So visits are looked back at, span by span: far enough for three that come once a year."""


@value
class Unneeded:
    """An item that was not needed at the last `visits` (their ids, the newest first) of a list.

    It stands on the list `template`, which is looked at for the clinic `contact` (None: all).
    """

    template: str
    contact: str | None
    key: str
    label: str
    visits: tuple[str, ...]


@value
class _Past:
    """A visit that is over, with an item of one of its lists."""

    template: str
    visit: Appointment
    contact: str | None
    item: MasterItem


class BagHabits:
    """Asks after a visit, and remembers the answers."""

    def __init__(self, care: Care, lists: BagLists) -> None:
        self._care, self._lists, self._reader = care, lists, BagReader(care)
        self._writer = BagWriter(care)

    # -- Forgot anything? -------------------------------------------------------------------------

    def asks_forgot(self, visit_id: str) -> bool:
        """Tell whether to ask "Forgot anything?": after a visit with a bag, until it is answered.

        It is asked for two weeks, and not of visits that were over when they were entered.

        Raises:
            InputRefused: there is no such visit.
        """
        care, visit = self._care, self._reader.visit(visit_id)
        end = ends(visit.start, visit.minutes, care.home)
        over = visit.status == "done" or end <= care.now
        if not over or visit.status == "cancelled" or end <= self._entered(visit):
            return False
        if care.now - end > timedelta(days=ASKED_DAYS) or not self._reader.brings(visit):
            return False
        kept = care.store.get(VisitBag, bag_id(visit.id))
        return not (kept is not None and kept.forgot) and bool(self._reader.lists(visit, kept))

    def _entered(self, visit: Appointment) -> datetime:
        """Return when a visit was entered: a date of a series came with that."""
        series = visit.series and self._care.store.get(Appointment, visit.series, deleted=True)
        return min(visit.created, series.created) if series else visit.created

    def just_over(self, person_id: str) -> Appointment | None:
        """Return the person's latest visit of which it is asked, None where there is none."""
        weeks = timedelta(days=ASKED_DAYS + 1)
        near = self._reader.visits(person_id, weeks, timedelta(0))
        return next((one for one in reversed(near) if self.asks_forgot(one.id)), None)

    def nothing_forgot(self, visit_id: str) -> None:
        """Keep that nothing was forgotten.

        Raises:
            InputRefused: there is no such visit.
        """
        visit = self._reader.visit(visit_id)
        with self._care.change("done.bag_forgot_nothing"):
            self._writer.put_bag(visit, forgot="nothing")

    def forgot(self, visit_id: str, label: str, group: str, *, at_clinic: bool = False) -> str:
        """Put what was forgotten onto the list of the visit and keep the answer; return its key.

        What is on the list by that name already starts in the bag from now on.

        Raises:
            InputRefused: there is no such visit, it has no list, or the label cannot be kept.
        """
        label = texts.title(label, "label")
        texts.one_of(group, BAG_GROUPS, "group")
        bag = self._reader.bag(visit_id)
        if not bag.lists:
            raise InputRefused("bag.no_list_yet", "label")
        contact = bag.contact.id if at_clinic and bag.contact else None
        with self._care.change("done.bag_forgot", label=label):
            key = self._put_in(bag, label, contact) or self._lists.add(
                bag.lists[0], label, group, contact
            )
            self._writer.put_bag(bag.visit, forgot="something")
        return key

    def _put_in(self, bag: Bag, label: str, contact: str | None) -> str:
        """Let the item of that name start in the bag; return its key, "" where there is none."""
        clinic = None if bag.contact is None else bag.contact.id
        for template in bag.lists:
            for item in self._lists.items(template, clinic):
                if item.label.casefold() == label.casefold():
                    self._start(template, item.key, contact)
                    if contact is None and clinic is not None:
                        self._start(template, item.key, clinic)
                    return item.key
        return ""

    def _start(self, template: str, key: str, contact: str | None) -> None:
        items = {one.key: one for one in self._lists.items(template, contact)}
        item = items.get(key)
        if item is not None and (item.hidden or item.starts != IN_BAG):
            self._lists.change(template, key, contact, hidden=False, starts=IN_BAG)

    # -- Never needed -----------------------------------------------------------------------------

    def unneeded(self, person_id: str) -> list[Unneeded]:
        """Return what may leave a list: not needed at the person's last three visits of it.

        Only visits of the last years whose bag had the item count, none before the family decided
        to keep it, and nothing that somebody else packed meanwhile.
        """
        often = often_unneeded(self._care.store, RUNNING)
        found = [self._offered(key, run) for key, run in self._runs(person_id, often).items()]
        return [
            one for one in found
            if one is not None and not self._packed_by_others(one, person_id)
        ]  # fmt: skip

    def _runs(self, person_id: str, keys: Collection[str]) -> dict[str, list[_Past]]:
        """Return by its key the newest visits that had an item, of those it was needed at none."""
        lists: dict[tuple[str, str | None], dict[str, MasterItem]] = {}
        open_ = self._on_any_list(keys)
        runs: dict[str, list[_Past]] = {key: [] for key in keys if key in open_}
        for visit in self._over(person_id) if open_ else ():
            out = self._not_needed(visit)
            clinic = self._reader.clinic_of(visit)
            contact = None if clinic is None else clinic.id
            kept = self._care.store.get(VisitBag, bag_id(visit.id))
            for template in self._reader.lists(visit, kept):
                at = template, contact
                if at not in lists:
                    lists[at] = {one.key: one for one in self._lists.items(*at) if not one.hidden}
                for key in open_ & lists[at].keys():
                    if key in out:
                        runs[key].append(_Past(template, visit, contact, lists[at][key]))
                    else:
                        runs[key].clear()
                    if len(runs[key]) in (0, RUNNING):
                        open_.discard(key)
            if not open_:
                break
        return {key: run for key, run in runs.items() if len(run) == RUNNING}

    def _on_any_list(self, keys: Collection[str]) -> set[str]:
        """Return those of these keys that stand on a list, of any clinic, and are not left out."""
        if not keys:
            return set()
        edits = self._care.store.all(TemplateItem)
        clinics = {(one.template, one.contact) for one in edits if one.contact is not None}
        every = {*((one.id, None) for one in self._lists.names()), *clinics}
        known = {one.id for one in self._lists.names()}
        return {
            item.key for template, contact in every if template in known
            for item in self._lists.items(template, contact)
            if item.key in keys and not item.hidden
        }  # fmt: skip

    def _not_needed(self, visit: Appointment) -> set[str]:
        marks = self._care.store.all(BagItem, visit=visit.id)
        return {one.key for one in marks if one.state == "not_needed" and not one.label}

    def _over(self, person_id: str) -> Iterator[Appointment]:
        """Yield the person's visits with a bag that are over, the newest first."""
        care, seen, last = self._care, set[str](), self._care.today
        for span in _SPANS:
            first = last - span
            for one in reversed(self._reader.dates(person_id, first, last)):
                over = one.status == "done" or ends(one.start, one.minutes, care.home) <= care.now
                if over and one.id not in seen and self._reader.brings(one):
                    yield one
                seen.add(one.id)
            last = first

    def _offered(self, key: str, run: Sequence[_Past]) -> Unneeded | None:
        """Return an item that a run of visits did without, None where it was decided to keep it."""
        newest, oldest = run[0], run[-1]
        kept = self._lists.kept(newest.template, key, newest.contact)
        if kept is not None and wall(oldest.visit.start).date() <= kept:
            return None
        contact = newest.contact if newest.item.at_clinic else None
        visits = tuple(one.visit.id for one in run)
        return Unneeded(newest.template, contact, key, newest.item.label, visits)

    def _packed_by_others(self, one: Unneeded, person_id: str) -> bool:
        store = self._care.store
        packed = store.all(BagItem, key=one.key, state="packed")
        oldest = store.get(Appointment, one.visits[-1])
        if oldest is None or not packed:
            return False
        home = self._care.home
        since: datetime = instant(oldest.start, home)
        return any(
            visit.person != person_id and instant(visit.start, home) >= since
            for visit in store.by_ids(Appointment, {mark.visit for mark in packed})
        )

    def leave_out(self, one: Unneeded) -> None:
        """Leave an item out of its list from now on.

        Raises:
            InputRefused: the list or the item is gone.
        """
        with self._care.change("done.bag_left_out", label=one.label):
            self._lists.change(one.template, one.key, one.contact, hidden=True)

    def keep(self, one: Unneeded) -> None:
        """Keep an item on its list: it is offered again after three more visits.

        Raises:
            InputRefused: the list or the item is gone.
        """
        with self._care.change("done.bag_kept", label=one.label):
            self._lists.decide(one.template, one.key, one.contact)
