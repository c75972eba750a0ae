"""What the support tab offers, read from data files that anybody can edit.

They lie under `resources/support`; `tests/services/test_support_cards.py` guards their shape and
their words. Nothing is read before it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from caregiver_app.assets import read_text
from caregiver_app.domain.advice import Evidence
from caregiver_app.domain.support_cards import (
    CARD_KINDS,
    CARD_ROOMS,
    Card,
    CheckQuestion,
    CrisisLine,
    CrisisStep,
    CrisisWords,
    SelfCheckWords,
)
from caregiver_app.services.reference import Reference

CARDS: Final = "support/cards.en.json"
SELF_CHECK: Final = "support/self_check.en.json"
CRISIS: Final = "support/crisis.en.json"
_REVIEWED: Final = "done"
"""What a data file says under `clinician_review` once a clinician has read it."""

_Entry = Mapping[str, Any]


class SupportCards:
    """Cards, the carer's own check and the crisis panel; each is read when first asked for."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """Every card, in the order of the data file."""
        return tuple(self._card(entry) for entry in self._cards_file["cards"])

    def of(self, room: str | None = None, kind: str | None = None) -> tuple[Card, ...]:
        """Return the cards of a room, of a kind, or of both, in their order.

        Raises:
            ValueError: there is no such room or kind.
        """
        if room not in (None, *CARD_ROOMS) or kind not in (None, *CARD_KINDS):
            raise ValueError(f"no cards of room {room!r} and kind {kind!r}")
        return tuple(
            card for card in self.cards if room in (None, card.room) and kind in (None, card.kind)
        )

    def card(self, id_: str) -> Card | None:
        """Return the card with this id; None for one that a newer file no longer has."""
        return self._by_id.get(id_)

    @cached_property
    def self_check(self) -> SelfCheckWords:
        """The questions and answers of the carer's own check."""
        data = self._self_check_file
        return SelfCheckWords(
            data["name"],
            data["intro"],
            data["looks_back"],
            tuple(data["answers"]),
            tuple(
                CheckQuestion(one["id"], one["text"], one["area"], one["reverse"])
                for one in data["questions"]
            ),
            self._evidence(data, data),
        )

    @cached_property
    def crisis(self) -> CrisisWords:
        """The words of the crisis panel."""
        data = self._crisis_file
        return CrisisWords(
            data["name"],
            tuple(
                CrisisLine(one["id"], tuple(one["says"]), one["missing"]) for one in data["lines"]
            ),
            data["yourself"],
            data["add"],
            tuple(
                CrisisStep(one["id"], one["do"], one["more"], self._evidence(one, data))
                for one in data["steps"]
            ),
            self._evidence(data, data),
        )

    @property
    def generated(self) -> date:
        """The day on which the ideas were checked; the oldest, where the files differ."""
        return min(date.fromisoformat(data["generated"]) for data in self._files)

    @property
    def reviewed(self) -> bool:
        """Whether a clinician has read all of it, as the data files say."""
        return all(data["clinician_review"] == _REVIEWED for data in self._files)

    @property
    def _files(self) -> tuple[_Entry, ...]:
        return self._cards_file, self._self_check_file, self._crisis_file

    @cached_property
    def _cards_file(self) -> _Entry:
        return json.loads(read_text(CARDS))

    @cached_property
    def _self_check_file(self) -> _Entry:
        return json.loads(read_text(SELF_CHECK))

    @cached_property
    def _crisis_file(self) -> _Entry:
        return json.loads(read_text(CRISIS))

    @cached_property
    def _by_id(self) -> dict[str, Card]:
        return {card.id: card for card in self.cards}

    def _card(self, entry: _Entry) -> Card:
        return Card(
            id=entry["id"],
            room=entry["room"],
            kind=entry["kind"],
            text=entry["text"],
            why=entry.get("why", ""),
            instead_of=entry.get("instead_of", ""),
            minutes=entry.get("minutes", 0),
            who=entry.get("who", ""),
            action=entry.get("action", ""),
            technique=entry.get("technique", ""),
            needs_power=entry.get("needs_power", False),
            evidence=self._evidence(entry, self._cards_file),
        )

    def _evidence(self, entry: _Entry, file: _Entry) -> Evidence:
        found = self._reference.evidence_of(entry["status"], entry["sources"])
        return replace(found, reviewed=file["clinician_review"] == _REVIEWED)
