"""What the notices are known by that stand on the desktop, and what each of them tells of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from caregiver_app.services.reminders import Notice

REHEARSAL: Final = "rehearsal"
"""The key of a test's notice; no reminder's id is like it."""


class NoticeKeys:
    """A repeat takes the place of the notice with its key; one of which nothing waits goes."""

    def __init__(self) -> None:
        self._told: dict[str, frozenset[str]] = {}

    def note(self, notice: Notice) -> str:
        """Take note of what a notice tells of; return its key."""
        first = notice.reminders[0].id
        key = f"list {first}" if notice.digest else first
        self._told[key] = frozenset(one.id for one in notice.reminders)
        return key

    def over(self, waiting: Collection[str]) -> list[str]:
        """Return the keys of which none of the `waiting` reminders is told; they are forgotten."""
        over = [key for key, told in self._told.items() if told.isdisjoint(waiting)]
        for key in over:
            del self._told[key]
        return over
