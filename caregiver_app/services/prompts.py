"""Ideas of the support tab in the day's one notice: off until somebody asked for them.

They speak in the words of the cards alone; no note of the family is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest
from typing import Final

from caregiver_app.domain.entities import ROOMS, Answer, Person, Setting
from caregiver_app.domain.prompts import (
    PROMPTS,
    PromptOn,
    Prompts,
    going_round,
    read_prompt,
)
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.support_cards import Card
from caregiver_app.services.card_choices import CardChoices
from caregiver_app.services.care import Care
from caregiver_app.services.prompt_settings import ON, ROOMS_WANTED, YES, is_on
from caregiver_app.services.settings import Settings
from caregiver_app.services.support_cards import SupportCards

_KNOWN_DAYS: Final = 90
"""So far back it is looked at which ideas were said; all rooms together have fewer."""
_AHEAD: Final = 5
_ONE_DAY: Final = timedelta(days=1)


class PromptService:
    """Finds the idea of each day, and keeps whether any are wanted."""

    def __init__(self, care: Care) -> None:
        self._care, self._settings = care, Settings(care)
        self._cards = SupportCards(care.reference)
        self._choices = CardChoices(care, self._cards)

    # What is wanted

    def is_on(self) -> bool:
        """Tell whether ideas may come at all."""
        return is_on(self._care)

    def switch(self, *, on: bool) -> None:
        """Let ideas come, or none any more; one undoable step."""
        if on != self.is_on():
            with self._care.change("done.setting.prompts_on" if on else "done.setting.prompts_off"):
                self._settings.put(ON, YES if on else "")

    def rooms(self) -> tuple[str, ...]:
        """Return the rooms that ideas come from, all four while nobody chose."""
        told = self._settings.text(ROOMS_WANTED, "").split()
        return tuple(room for room in ROOMS if room in told) or ROOMS

    def set_rooms(self, rooms: Sequence[str]) -> None:
        """Choose the rooms that ideas come from; none of them switches ideas off.

        Raises:
            ValueError: there is no such room.
        """
        if not set(rooms) <= set(ROOMS):
            raise ValueError(f"no rooms {rooms!r}")
        if not rooms:
            self.switch(on=False)
        elif set(rooms) != set(self.rooms()):
            with self._care.change("done.setting.prompts_rooms"):
                chosen = "" if len(set(rooms)) == len(ROOMS) else " ".join(rooms)
                self._settings.put(ROOMS_WANTED, chosen)

    # The idea of a day

    def source(self) -> Prompts | None:
        """Return the ideas that were said lately and those of the coming days, None while off."""
        care = self._care
        found = care.store.get(Setting, ON)
        if found is None or not self.is_on():
            return None
        since = care.now - _KNOWN_DAYS * _ONE_DAY
        said = [one for id_ in care.store.answers_of(PROMPTS, since) if (one := read_prompt(id_))]
        # A dot and a colon divide what an answer is kept under.
        people = [one.id for one in care.store.all(Person) if ":" not in one.id]
        wanted = {person: [card.id for card in self._wanted(person)] for person in people}
        days = [care.today + step * _ONE_DAY for step in range(_AHEAD)]
        coming = going_round(said, wanted, days)
        told = (replace(one, gone=self._is_gone(one)) for one in said)
        # Asked for by a clock that ran ahead, they would wait until it comes to be that day.
        asked = found.changed if found.changed <= care.now else care.now - _ONE_DAY
        return Prompts((*told, *coming), asked)

    def card_of(self, reminder: Reminder) -> Card | None:
        """Return the card of a day's idea, None for any other reminder."""
        one = read_prompt(reminder.id)
        return None if one is None else self._cards.card(one.card)

    def put_away(self, reminder: Reminder) -> None:
        """Never say this idea again; called inside a change."""
        card = self.card_of(reminder)
        if card is not None:
            self._choices.never(reminder.person, card.id)

    def let_go(self) -> None:
        """Settle what was said on earlier days and not looked at; called inside a change."""
        care = self._care
        for answer in care.store.open_answers("shown", PROMPTS):
            one = read_prompt(answer.id)
            if one is not None and one.day < care.today:
                care.store.put(_settled(answer, care))

    def _is_gone(self, one: PromptOn) -> bool:
        unknown = self._cards.card(one.card) is None
        return unknown or self._choices.is_put_away(one.person, one.card)

    def _wanted(self, person: str) -> Iterator[Card]:
        """Yield the cards that may come, the rooms in turn."""
        by_room = [self._choices.wanted(person, room) for room in self.rooms()]
        for cards in zip_longest(*by_room):
            yield from (card for card in cards if card is not None)


def _settled(answer: Answer, care: Care) -> Answer:
    return replace(answer, state="skipped", changed=care.now)
