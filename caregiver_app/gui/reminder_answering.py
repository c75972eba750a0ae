"""What the answers of the reminder panel do to the data, and the one step that takes them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from caregiver_app.domain.reminders import Reminder
from caregiver_app.services.household import Household


class Answering:
    """Answers reminders; each answer is one change, however many it answers."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._answered: tuple[Reminder, ...] = ()
        self._step: Mapping[str, object] | None = None

    def answer(
        self,
        reminders: Sequence[Reminder],
        state: str,
        *,
        until: datetime | None = None,
        reason: str = "",
    ) -> None:
        """Answer these, all or none.

        Raises:
            InputRefused: as `ReminderService.answer_all`.
        """
        ids = [one.id for one in reminders]
        self._house.reminders.answer_all(ids, state, until=until, reason=reason)
        label = self._house.care.store.undo_label()
        self._answered, self._step = tuple(reminders), None if label is None else label[1]

    def last(self) -> tuple[Reminder, ...]:
        """Return what the last change of all answered, if it was made here; else nothing."""
        label = self._house.care.store.undo_label()
        # Each step keeps its own values: the same object is the same step.
        if label is None or self._step is None or label[1] is not self._step:
            self._answered, self._step = (), None
        return self._answered

    def take_back(self) -> tuple[Reminder, ...]:
        """Undo the last answer, and return what asks again.

        Raises:
            InputRefused: something else has changed the same entries since.
        """
        again = self.last()
        if again:
            self._answered, self._step = (), None
            self._house.care.undo()
        return again
