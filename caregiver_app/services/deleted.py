"""Recently deleted: what was removed in the last 30 days, bringing it back or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    BlockedDays,
    CheckIn,
    InfusionRecord,
    Note,
    Person,
    Photo,
    Plan,
    SideEffect,
)
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.times import AllDay, Floating, Zoned, day_of, local_day
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.storage.search import SEARCHED
from caregiver_app.values import value

DAYS: Final = 30
"""So long what was deleted can be brought back; then its words are wiped."""
_TOGETHER: Final = timedelta(seconds=5)
_LONGEST: Final = 80
OFFERED: Final = (
    *("appointment", "plan", "medicine", "dose", "contact", "infusion_record", "blocked_days"),
    *("side_effect", "photo", "checkin", "own_sign", "clinic_call", "note", "question"),
    *("outlet", "company", "help_task", "authorisation", "assistance", "call", "cost"),
    *("bag_item", "template_item"),
)
"""The kinds that are listed; whatever else was removed belongs to one of them."""
_OWNERS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "plan": ("plan", ("appointment",)),
    "medicine": ("medicine", ("appointment",)),
    "series": ("appointment", ("appointment",)),
    "clinic": ("contact", ("blocked_days",)),
    "contact": ("contact", ("template_item",)),
    "visit": ("appointment", ("infusion_record", "company", "bag_item")),
    "entry": ("side_effect", ("photo",)),
}
"""By the field that names it: what something belongs to, and of which kinds that may be."""
_NEEDED: Final = frozenset(("series", "clinic", "contact", "visit", "entry"))
"""The fields whose entry has to be there."""


@value(kw_only=True)
class Deleted:
    """One removed entry: its words, the day it is about (None: none) and when it was removed.

    `until` is the last day on which it can be brought back, `parts` how many entries went with it.
    What is about the carer alone has no `title`.
    """

    kind: str
    id: str
    person: str
    title: str
    day: date | None
    at: datetime
    until: date
    parts: int = 0


class DeletedService:
    """What was removed lately."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def recent(self) -> list[Deleted]:
        """Return what was removed in the last 30 days, the newest first."""
        removed = {
            (kind, one.id): (one, at)
            for kind in OFFERED
            for one, at in self._care.store.removed_since(KINDS[kind], self._since)
        }
        owners: dict[tuple[str, str], list[tuple[str, str]]] = {}
        shown: list[tuple[str, str]] = []
        for key, (one, at) in removed.items():
            owner = next((o for o in _owners_of(*key, one) if _together(removed, o, at)), None)
            if owner is not None:
                owners.setdefault(owner, []).append(key)
            elif key[0] not in ("bag_item", "template_item") or getattr(one, "label", ""):
                shown.append(key)
        found = [
            self._told(kind, *removed[kind, entry], parts=_count(owners, (kind, entry)))
            for kind, entry in shown
        ]
        return sorted(found, key=lambda one: (one.at, one.id), reverse=True)

    @property
    def _since(self) -> datetime:
        return self._care.now - timedelta(days=DAYS)

    def _told(self, kind: str, one: Entity, at: datetime, *, parts: int) -> Deleted:
        home = self._care.home
        return Deleted(
            kind=kind,
            id=one.id,
            person=str(getattr(one, "person", "") or ""),
            title=self._title_of(kind, one),
            day=self._day_of(one),
            at=at,
            until=local_day(at + timedelta(days=DAYS), home),
            parts=parts,
        )

    def _title_of(self, kind: str, one: Entity) -> str:
        if isinstance(one, Note) and one.about == "carer":
            return ""
        if isinstance(one, Photo):
            of = self._care.store.get(SideEffect, one.entry, deleted=True)
            return "" if of is None else self._sign(of.sign)
        if isinstance(one, SideEffect):
            return self._sign(one.sign)
        if isinstance(one, InfusionRecord):
            visit = self._visit_of(one)
            return "" if visit is None else visit.title
        titles, bodies = SEARCHED.get(kind, ((), ()))
        texts: Iterable[Any] = (getattr(one, name, "") for name in (*titles, *bodies))
        first = next((text for text in texts if isinstance(text, str) and text.strip()), "")
        line = " ".join(first.strip().partition("\n")[0].split())
        return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"

    def _sign(self, sign: str) -> str:
        known = self._care.reference.sign(sign)
        return sign if known is None else known.name

    def _visit_of(self, record: InfusionRecord) -> Appointment | None:
        return self._care.store.get(Appointment, record.visit, deleted=True)

    def _day_of(self, one: Entity) -> date | None:
        home = self._care.home
        if isinstance(one, InfusionRecord):
            visit = self._visit_of(one)
            return None if visit is None else day_of(visit.start, home)
        if isinstance(one, BlockedDays):
            return one.first
        for name in ("start", "at", "date"):
            when: object = getattr(one, name, None)
            if isinstance(when, Zoned | Floating | AllDay):
                return day_of(when, home)
            if isinstance(when, datetime):
                return local_day(when, home)
            if isinstance(when, date):
                return when
        return None

    # -- Bringing back ----------------------------------------------------------------------------

    def bring_back(self, kind: str, entry: str) -> None:
        """Let a removed entry live again, with what was removed together with it; undoable.

        Raises:
            InputRefused: it is not there any more, or what it belongs to is not, or something else
                has taken its place.
        """
        care = self._care
        of = {one.id: (one, at) for one, at in self._removed(kind)}
        if entry not in of:
            raise InputRefused("deleted.gone")
        one, at = of[entry]
        self._check_place(one)
        parts = care.store.parts_of(kind, entry)
        with care.change("done.brought_back", title=self._title_of(kind, one)):
            for name, ids in parts.items():
                again = [
                    part
                    for part, gone in self._removed(name)
                    if part.id in ids and (part.id == entry or abs(gone - at) <= _TOGETHER)
                ]
                care.store.put_all(self._alive(part) for part in again)

    def _removed(self, kind: str) -> list[tuple[Entity, datetime]]:
        return self._care.store.removed_since(KINDS[kind], self._since)

    def _alive(self, one: Entity) -> Entity:
        # Nothing rings for what passed by while it was deleted.
        if isinstance(one, Appointment | Plan):
            return replace(one, changed=self._care.now, entered=self._care.now)
        return replace(one, changed=self._care.now)

    def _check_place(self, one: Entity) -> None:
        store = self._care.store
        whose: object = getattr(one, "person", None)
        if isinstance(whose, str) and store.get(Person, whose) is None:
            raise InputRefused("deleted.person_gone")
        for field, (owner, kinds) in _OWNERS.items():
            named: object = getattr(one, field, None)
            if field not in _NEEDED or not isinstance(named, str) or not named:
                continue
            if type(one) not in {KINDS[kind] for kind in kinds} or isinstance(one, InfusionRecord):
                continue
            if store.get(KINDS[owner], named) is None:
                raise InputRefused("deleted.owner_gone")
        if isinstance(one, CheckIn) and store.checkins_between(
            one.date, one.date, person=one.person
        ):
            raise InputRefused("deleted.day_taken", day=one.date.isoformat())
        if isinstance(one, Appointment) and any(
            other.original == one.original for other in store.with_uids((one.uid,))
        ):
            raise InputRefused("deleted.there_again")


def _owners_of(kind: str, _entry: str, one: Entity) -> list[tuple[str, str]]:
    """Return what an entry belongs to, as kind and id."""
    return [
        (owner, str(named))
        for field, (owner, kinds) in _OWNERS.items()
        if kind in kinds and (named := getattr(one, field, None))
    ]


def _together(
    removed: dict[tuple[str, str], tuple[Entity, datetime]], owner: tuple[str, str], at: datetime
) -> bool:
    """Tell whether what an entry belongs to was removed with it."""
    return owner in removed and abs(removed[owner][1] - at) <= _TOGETHER


def _count(owners: dict[tuple[str, str], list[tuple[str, str]]], key: tuple[str, str]) -> int:
    """Return how many entries went with one, those of its own parts included."""
    return sum(1 + _count(owners, part) for part in owners.get(key, ()))
