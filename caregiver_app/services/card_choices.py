"""Which ideas are shown: one after the other, never what was put away, kept ones apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from caregiver_app.domain.support import CardChoice
from caregiver_app.domain.support_cards import Card
from caregiver_app.domain.watchlist import choice_id
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.support_cards import SupportCards
from caregiver_app.services.support_checks import check_choice

OFFERED: Final = {
    "listening": "opener",
    "reassurance": "promise_free",
    "company": "company",
    "outlets": "outlet",
    "carer": "self_care",
}
"""Which kind of card each room offers one by one."""


class CardChoices:
    """Goes round the cards of a room, and keeps what was decided about each.

    Decisions hold for one person; None stands for the only one, or for nobody entered yet.
    """

    def __init__(self, care: Care, cards: SupportCards) -> None:
        self._care, self._cards = care, cards

    # Going round

    def ring(self, room: str, minutes: int | None = None) -> tuple[Card, ...]:
        """Return all cards that a room offers, in the order in which they go round.

        With `minutes` only those that fit into them, the longest first.

        Raises:
            ValueError: there is no such room.
        """
        if room not in OFFERED:
            raise ValueError(f"no room {room!r}")
        found = self._cards.of(room, OFFERED[room])
        if minutes is None:
            return found
        fitting = [card for card in found if card.minutes <= minutes]
        return tuple(sorted(fitting, key=lambda card: -card.minutes))

    def wanted(
        self, person: str | None, room: str, *, minutes: int | None = None
    ) -> tuple[Card, ...]:
        """Return the cards of a room without those put away."""
        never = self._ids(person, never=True)
        return tuple(card for card in self.ring(room, minutes) if card.id not in never)

    def next(
        self, person: str | None, room: str, after: str = "", *, minutes: int | None = None
    ) -> Card | None:
        """Return the card that follows `after` (its id), None where all were put away.

        It goes round: no card comes again before every other one came. Without `after` it begins
        with another card each day.
        """
        ring = self.ring(room, minutes)
        never = self._ids(person, never=True)
        places = [place for place, card in enumerate(ring) if card.id == after]
        begin = places[0] + 1 if places else self._care.today.toordinal()
        for step in range(len(ring)):
            card = ring[(begin + step) % len(ring)]
            if card.id not in never:
                return card
        return None

    # What was decided

    def put_away(self, person: str | None, room: str | None = None) -> tuple[Card, ...]:
        """Return the cards that are never shown, in their order; of all rooms without `room`."""
        return self._told(self._ids(person, never=True), room)

    def kept(self, person: str | None, room: str | None = None) -> tuple[Card, ...]:
        """Return the cards that were kept and not put away, in their order."""
        return self._told(self._ids(person, kept=True, never=False), room)

    def is_kept(self, person: str | None, card: str) -> bool:
        """Tell whether a card stands among the kept ones."""
        return card in self._ids(person, kept=True, never=False)

    def is_put_away(self, person: str | None, card: str) -> bool:
        """Tell whether a card is not shown any more."""
        return card in self._ids(person, never=True)

    def never(self, person: str | None, card: str) -> None:
        """Show a card never again, until it is brought back.

        Raises:
            InputRefused: there is no such card, or nobody has that id.
        """
        self._decide(person, card, "done.card_never", never=True)

    def bring_back(self, person: str | None, card: str) -> None:
        """Show a card again.

        Raises:
            InputRefused: as `never`.
        """
        self._decide(person, card, "done.card_back", never=False)

    def keep(self, person: str | None, card: str, *, kept: bool = True) -> None:
        """Put a card among the kept ones, or take it away from there.

        Raises:
            InputRefused: as `never`.
        """
        self._decide(person, card, "done.card_kept" if kept else "done.card_let_go", kept=kept)

    def _decide(self, person: str | None, card: str, label: str, **what: bool) -> None:
        if self._cards.card(card) is None:
            raise InputRefused("card.unknown", "card", id=card)
        care = self._care
        with care.change(label):
            whose = care.person(person).id
            id_ = choice_id(whose, card)
            old = care.store.get(CardChoice, id_)
            blank = old or CardChoice(id=id_, person=whose, card=card)
            choice = care.stamped(replace(blank, **what), old)
            check_choice(choice)
            if old is None or replace(old, changed=choice.changed) != choice:
                care.store.put(choice)

    def _ids(self, person: str | None, **wanted: bool) -> frozenset[str]:
        store = self._care.store
        if person is None:
            return frozenset()
        found = store.all(CardChoice, person=person, **wanted)
        return frozenset(one.card for one in found)

    def _told(self, ids: frozenset[str], room: str | None) -> tuple[Card, ...]:
        cards: Sequence[Card] = self._cards.cards
        return tuple(card for card in cards if card.id in ids and room in (None, card.room))
