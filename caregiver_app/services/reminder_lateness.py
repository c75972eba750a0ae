"""Which reminders could not be said in time: they are told apart from what came at its moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from caregiver_app.domain.entities import Answer
from caregiver_app.domain.reminders import Reminder
from caregiver_app.services.care import Care
from caregiver_app.services.reminder_notices import IN_TIME, Notice, late_by

STANDS_APART: Final = timedelta(minutes=15)
"""What was said so long after its moment stands apart; until then it is due now to anybody."""


class Lateness:
    """Tells it of what waits, also of what another run of the program said."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._said: dict[str, timedelta] = {}
        # How late what was said was; the same until anybody writes.
        self._known: dict[str, timedelta] = {}
        self._known_at: tuple[int, int] | None = None

    def note(self, notice: Notice) -> None:
        """Take note of a notice that is about to be recorded."""
        now = notice.at or self._care.now
        answers = self._care.store.answers_by_ids([one.id for one in notice.reminders])
        for one in notice.reminders:
            answer = answers.get(one.id)
            if answer is None or answer.state != "shown":
                self._said[one.id] = late_by(one, answer, now)

    def among(self, reminders: Collection[Reminder], by: timedelta) -> frozenset[str]:
        """Return the ids of those that were said so much too late, or would be if said now."""
        if self._known_at != (mark := self._care.store.mark()):
            self._known, self._known_at = {}, mark
        new = [one for one in reminders if one.id not in self._known]
        answers = self._care.store.answers_by_ids([one.id for one in new]) if new else {}
        late = {one.id for one in reminders if self._known.get(one.id, IN_TIME) > by}
        for one in new:
            answer = answers.get(one.id)
            if answer is None or answer.state != "shown":
                how_late = late_by(one, answer, self._care.now)
            else:
                how_late = self._known[one.id] = self._was_late(one, answer)
            if how_late > by:
                late.add(one.id)
        return frozenset(late)

    def _was_late(self, reminder: Reminder, answer: Answer) -> timedelta:
        if reminder.id in self._said:
            return self._said[reminder.id]
        # An answer is made when its reminder is said first. Once put off or said again, it tells
        # no more when that was.
        first = answer.shown == answer.created
        return late_by(reminder, None, answer.created) if first else IN_TIME
