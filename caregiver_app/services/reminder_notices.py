"""What is said together: a ring alone, lines of a day in one notice, and what comes late in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.entities import Answer
from caregiver_app.domain.prompts import PROMPT
from caregiver_app.domain.quiet import MEDICINE
from caregiver_app.domain.reminders import TOGETHER, Reminder
from caregiver_app.values import value

IN_TIME: Final = timedelta()
LATE: Final = timedelta(minutes=2)
"""What is said longer after its moment than this is late."""


@value
class Notice:
    """One thing to say: a single reminder, or a list of lines (`digest`).

    `late` tells that it is the list of what comes late or rings again, `at` the UTC instant at
    which it was due for being said.
    """

    reminders: tuple[Reminder, ...]
    digest: bool
    late: bool = False
    at: datetime | None = None


def in_notices(due: Sequence[Reminder]) -> list[Notice]:
    """Return what is due as notices: rings alone, lines together, more than five as one."""
    rings = [Notice((reminder,), digest=False) for reminder in due if reminder.rings]
    lines = tuple(reminder for reminder in due if not reminder.rings)
    notices = [*rings, Notice(lines, digest=True)] if lines else rings
    if len(notices) > TOGETHER:
        return [Notice(tuple(due), digest=True)]
    return notices


def in_grouped_notices(
    due: Sequence[Reminder], answers: Mapping[str, Answer], now: datetime
) -> list[Notice]:
    """Return what is due as notices; what comes late or rings again is one where it is several.

    `answers` are those that there are by the ids of their reminders.
    """
    again = {id_ for id_, answer in answers.items() if answer.state == "shown"}
    late = [one for one in due if one.id in again or late_by(one, answers.get(one.id), now) > LATE]
    if len(late) < 2:
        return in_notices(due)
    late.sort(key=lambda one: (one.type != MEDICINE, one.due, one.id))
    ids = {one.id for one in late}
    others = [one for one in due if one.id not in ids]
    notices = in_notices(others)
    if len(notices) >= TOGETHER:
        return [Notice((*late, *others), digest=True, late=True)]
    return [Notice(tuple(late), digest=True, late=True), *notices]


def late_by(reminder: Reminder, answer: Answer | None, now: datetime) -> timedelta:
    """Return how late what was not said yet, or was put off, is if it is said now."""
    if reminder.entered_late or reminder.what == PROMPT:
        # Nothing was missed where an idea is seen later in its day.
        return IN_TIME
    moment = reminder.due
    if answer is not None and answer.state == "later" and answer.until is not None:
        moment = answer.until
    return now - moment
