"""Lines of what the watchlist keeps: photos, own signs, choices, calls, and versions of before."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any, cast

from caregiver_app.domain import texts
from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    ClinicCall,
    OwnSign,
    Photo,
    SideEffect,
    SignChoice,
    Version,
)
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.watch import Tier
from caregiver_app.domain.watchlist import choice_id, photo_id
from caregiver_app.errors import InputRefused
from caregiver_app.services.entry_lines import Line
from caregiver_app.services.entry_values import entity_of
from caregiver_app.services.household import Household
from caregiver_app.storage.store import Store

CORRECTED = ("side_effect", "checkin", "note")
"""The kinds of which it is kept how an entry was before it was corrected."""


def refers(
    store: Store,
    kind: type[Entity],
    entry: str | None,
    field: str,
    known: Collection[str | None] = (),
) -> None:
    """Refuse an id under which nothing of that kind is kept; `known` ones may have gone since.

    Raises:
        InputRefused: there is no such entry.
    """
    if entry is None or entry in known:
        return
    if not texts.is_whole(entry) or store.get(kind, entry) is None:
        raise InputRefused("entry.no_such", field, id=entry)


class WatchingEntries:
    """Checks whole entries of these kinds; `checks` says by class how."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self.checks: dict[type[Entity], Callable[[Any, Any], Entity]] = {
            Photo: self._photo,
            OwnSign: self._own_sign,
            SignChoice: self._sign_choice,
            ClinicCall: self._clinic_call,
            Version: self._version,
        }

    def _photo(self, given: Photo, _old: Photo | None) -> Photo:
        store = self._house.care.store
        if given.id != photo_id(given.entry):
            raise InputRefused("entry.visit_id", "id", id=photo_id(given.entry))
        refers(store, SideEffect, given.entry, "entry")
        seen = store.get(SideEffect, given.entry)
        if seen is not None and seen.person != given.person:
            raise InputRefused("entry.of_other", "person")
        return self._house.photos.check(given)

    def _own_sign(self, given: OwnSign, _old: OwnSign | None) -> OwnSign:
        self._house.signs.check_own(given)
        return given

    def _sign_choice(self, given: SignChoice, _old: SignChoice | None) -> SignChoice:
        wanted = choice_id(given.person, given.sign)
        if given.id != wanted:
            raise InputRefused("entry.visit_id", "id", id=wanted)
        info = self._house.reference.sign(given.sign)
        if info is None or info.tier == Tier.EMERGENCY:
            # Another release may know the sign otherwise; what the clinic said of it stays.
            given = replace(given, hidden=False)
        self._house.signs.check_choice(given, elsewhere=True)
        return given

    def _clinic_call(self, given: ClinicCall, old: ClinicCall | None) -> ClinicCall:
        self._house.clinic_calls.check(given, elsewhere=True)
        store, known = self._house.care.store, set[str | None]()
        if old is not None:
            known = {old.follow_up, *old.about}
        refers(store, Appointment, given.follow_up, "follow_up", known)
        for one in given.about:
            refers(store, SideEffect, one, "about", known)
        return given

    def _version(self, given: Version, old: Version | None) -> Version:
        texts.one_of(given.kind, CORRECTED, "of_kind")
        store = self._house.care.store
        known = () if old is None else (old.entry,)
        refers(store, KINDS[given.kind], given.entry, "entry", known)
        found = store.get(KINDS[given.kind], given.entry)
        if found is not None and getattr(found, "person", given.person) != given.person:
            raise InputRefused("entry.of_other", "person")
        self._check_was(given)
        return given

    def _check_was(self, given: Version) -> None:
        """Refuse a version that tells no fields of its kind."""
        try:
            was: object = json.loads(given.was)
        except (ValueError, RecursionError):
            was = None
        if not isinstance(was, dict):
            raise InputRefused("entry.type", "was", wanted="a JSON object", field_name="was")
        told = cast("dict[str, Any]", was)
        try:
            entity_of(given.kind, Line({**told, "kind": given.kind}), self._house.care.home)
        except InputRefused as refused:
            raise InputRefused(refused.key, "was", **refused.values) from None
