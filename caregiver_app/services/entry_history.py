"""What an entry was before it was corrected: kept with every correction, gone with the entry."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from caregiver_app.domain.entities import KINDS, CheckIn, Note, Photo, SideEffect, Version
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.watchlist import photo_id
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.entry_lines import Line
from caregiver_app.services.entry_values import entity_of, values_of


def differs(old: Entity, new: Entity) -> bool:
    """Tell whether two states of an entry say anything else; when it was changed does not count."""
    return replace(new, created=old.created, changed=old.changed) != old


def keep_version(care: Care, kind: str, old: Entity) -> Version:
    """Keep how an entry was; called inside the change that corrects it.

    `kind` is its kind's name.
    """
    told = values_of(kind, old)
    newest = next((one.at for one in versions(care, old.id)), None)
    # Each a moment after the one before, so that their order is sure.
    at = care.now if newest is None else max(care.now, newest + timedelta(microseconds=1))
    version = Version(
        id=care.new_id(),
        created=care.now,
        changed=care.now,
        person=str(told.get("person") or ""),
        kind=kind,
        entry=old.id,
        at=at,
        was=json.dumps(told, ensure_ascii=False),
    )
    care.store.put(version)
    return version


def versions(care: Care, entry_id: str) -> list[Version]:
    """Return how an entry was before each of its corrections, the newest first."""
    found = care.store.all(Version, entry=entry_id)
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def remove_parts(care: Care, entry_id: str) -> None:
    """Delete an entry's photo and its past; called inside the change that deletes the entry."""
    for part in _parts(care, entry_id):
        care.store.remove(type(part), part.id, care.now)


def hand_over(
    care: Care, old: SideEffect | CheckIn | Note | None, new: SideEffect | CheckIn | Note
) -> None:
    """Let an entry's photo and its past be of the person whose it is now.

    Called inside the change that keeps `new` in place of `old`.
    """
    if old is not None and old.person != new.person:
        for part in _parts(care, new.id):
            care.store.put(replace(care.stamped(part, part), person=new.person))


def _parts(care: Care, entry_id: str) -> list[Photo | Version]:
    photo = care.store.get(Photo, photo_id(entry_id))
    return [*([] if photo is None else [photo]), *versions(care, entry_id)]


def effect_before(version: Version, home: str) -> SideEffect | None:
    """Return the side effect that a version holds, None where it cannot be read.

    `home` is the zone in which an instant without an offset is read.
    """
    if version.kind != "side_effect" or KINDS.get(version.kind) is not SideEffect:
        return None
    try:
        told: Any = json.loads(version.was)
        return cast("SideEffect", entity_of(version.kind, Line(told), home))
    except (ValueError, AttributeError, TypeError, InputRefused):
        return None
