"""The turn to say something: two programs that both believe to ring never both do."""

from __future__ import annotations

import uuid
from contextlib import suppress

from caregiver_app.errors import UserError
from caregiver_app.services.reminders import ReminderService


class Turn:
    """Taken right before something is said, given back once that was recorded."""

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders
        self._holder = f"window-{uuid.uuid4().hex}"
        self.is_ours = False
        """Whether this window has it."""

    def take(self) -> bool:
        """Take it; tell whether to say something now.

        What cannot be written down anywhere is said all the same.
        """
        try:
            self.is_ours = self._reminders.take_turn(self._holder)
        except UserError:
            self.is_ours = False
            return True
        return self.is_ours

    def give_back(self) -> None:
        """Give it back; it ends by itself where that cannot be written."""
        if self.is_ours:
            self.is_ours = False
            with suppress(UserError):
                self._reminders.end_turn(self._holder)
