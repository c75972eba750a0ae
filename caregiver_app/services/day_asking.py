"""Whether Today asks how a day was: once a day at most, in the evening, never required."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.times import wall_instant
from caregiver_app.services.care import Care
from caregiver_app.services.settings import Settings

ASKS: Final = "wellbeing.ask"
"""The setting that says "off" where nobody wants to be asked."""
_LEFT: Final = "wellbeing.not_today"
FROM: Final = time(17)
"""From this hour of the day on."""


class DayAsking:
    """Asks only about somebody with a plan, and only while nothing is written of today."""

    def __init__(self, care: Care, settings: Settings) -> None:
        self._care, self._settings = care, settings

    def is_on(self) -> bool:
        """Tell whether Today may ask at all."""
        return self._settings.text(ASKS, "") != "off"

    def switch(self, *, on: bool) -> None:
        """Let Today ask, or not any more; one undoable step."""
        self._settings.set(ASKS, "" if on else "off")

    def begins(self) -> datetime:
        """Return the UTC instant from which it asks today."""
        care = self._care
        return wall_instant(datetime.combine(care.today, FROM), care.home)

    def asks(self, person: str) -> bool:
        """Tell whether to ask about a person's day now."""
        care = self._care
        if not self.is_on() or care.now < self.begins() or person in self._left():
            return False
        store, today = care.store, care.today
        if store.checkins_between(today, today, person=person):
            return False
        if store.side_effects_between(today, today, person=person):
            return False
        return bool(store.all(Plan, person=person))

    def not_today(self, person: str) -> None:
        """Ask no more about this person's day until tomorrow."""
        left = sorted({*self._left(), person})
        self._settings.remember(
            wellbeing__not_today=" ".join((self._care.today.isoformat(), *left))
        )

    def _left(self) -> frozenset[str]:
        day, *people = self._settings.text(_LEFT, "").split() or [""]
        return frozenset(people) if day == self._care.today.isoformat() else frozenset()
