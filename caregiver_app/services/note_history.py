"""How a note was before: shown, brought back, or forgotten for good."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from caregiver_app.domain.entities import Note, Version
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.entry_history import versions
from caregiver_app.services.entry_lines import Line
from caregiver_app.services.entry_values import entity_of
from caregiver_app.services.note_writing import NoteVisit
from caregiver_app.values import value


@value
class NoteBefore:
    """A note as it was until the instant `until`; `version` is the id under which that is kept."""

    version: str
    until: datetime
    note: Note


class NoteHistory:
    """The versions of notes."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def of(self, note_id: str) -> list[NoteBefore]:
        """Return how a note was before its changes, the newest first, as far as readable."""
        found = ((one, _note_of(one, self._care.home)) for one in versions(self._care, note_id))
        return [NoteBefore(one.id, one.at, note) for one, note in found if note is not None]

    def bring_back(self, version_id: str) -> Note:
        """Let a note say again what it said; what it says now is kept as a version.

        Mood, room and the rest of it stay as they are.

        Raises:
            InputRefused: there is no such version, or no such note any more.
        """
        care = self._care
        version = care.store.get(Version, version_id)
        before = None if version is None else _note_of(version, care.home)
        now = None if before is None else care.store.get(Note, before.id)
        if before is None or now is None:
            raise InputRefused("entry.gone", "id", id=version_id)
        return NoteVisit(care, now).keep(replace(now, text=before.text))

    def forget(self, note_id: str) -> int:
        """Delete how a note was before; return of how many versions. Undo brings them back."""
        care = self._care
        past = versions(care, note_id)
        if past:
            with care.change("done.note_past_removed"):
                for one in past:
                    care.store.remove(Version, one.id, care.now)
        return len(past)


def _note_of(version: Version, home: str) -> Note | None:
    if version.kind != "note":
        return None
    try:
        told: Any = json.loads(version.was)
        return cast("Note", entity_of("note", Line(told), home))
    except (ValueError, AttributeError, TypeError, InputRefused):
        return None
