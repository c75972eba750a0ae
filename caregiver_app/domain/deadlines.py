"""Days that the family wrote down beside the calendar: an approval that ends, a call to make again.

Their reminders are computed like those of an appointment and answered like them; the id of one is
`<entry id>/<day>/<minutes before>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from caregiver_app.domain.insurance import Assistance, Authorisation, Call
from caregiver_app.domain.reminders import (
    SLACK,
    Reminder,
    Surroundings,
    day_notice,
    reminder_id,
)
from caregiver_app.domain.times import MINUTES_A_DAY, AllDay, lead_instant, local_day
from caregiver_app.values import value

Dated = Authorisation | Assistance | Call

DATED: Final[dict[str, type[Dated]]] = {
    "authorisation": Authorisation,
    "assistance": Assistance,
    "call": Call,
}
"""The kinds that bring such reminders, by their names."""

DEADLINES: Final[dict[str, type[Dated]]] = {
    "approval_ends": Authorisation,
    "appeal_by": Authorisation,
    "help_ends": Assistance,
    "call_again": Call,
}
"""What such a reminder can be about, and whose it is then."""

_ONE_DAY = timedelta(days=1)


@value
class Deadline:
    """A day to be reminded of, `days` before it; `rings` on its own or as a line of the day."""

    what: str
    day: date
    days: tuple[int, ...]
    rings: bool = False


def deadlines(entry: Dated) -> Iterator[Deadline]:
    """Yield the days of which an entry reminds."""
    match entry:
        case Authorisation():
            yield Deadline("approval_ends", entry.last, (30, 14), rings=True)
            if entry.appeal is not None:
                yield Deadline("appeal_by", entry.appeal, (7, 1))
        case Assistance():
            if entry.last is not None:
                yield Deadline("help_ends", entry.last, (30, 14))
        case Call():
            if entry.again is not None:
                yield Deadline("call_again", entry.again, (0,))


def goes_on(one: Authorisation, others: Iterable[Authorisation]) -> bool:
    """Tell whether another approval, of the same plan or of all, goes on where `one` ends."""
    return any(
        other.id != one.id
        and other.person == one.person
        and other.last > one.last
        and other.plan in (None, one.plan)
        and (other.first is None or other.first <= one.last + _ONE_DAY)
        for other in others
    )


def dated_reminders(entry: Dated, near: Surroundings) -> list[Reminder]:
    """Return every enabled reminder of an entry, the earliest first.

    None is enabled once its day was over as the entry was last changed. Of those whose own day had
    come by then, only the last one is. Each is open until the next one of the same day comes: who
    could not be told of it before is told by that one, and the last one is never over. So of every
    day that lies ahead somebody is told at least once, and never by two notices of one look.
    """
    found: list[Reminder] = []
    written = local_day(entry.changed, near.home)
    for deadline in deadlines(entry):
        silent = (
            deadline.what == "approval_ends"
            and isinstance(entry, Authorisation)
            and near.is_followed(entry)
        )
        if silent or deadline.day < written:
            continue
        come = [days for days in deadline.days if deadline.day - days * _ONE_DAY <= written]
        passed = sorted(come)[1:]
        told = [
            _reminder(entry, deadline, days, near) for days in deadline.days if days not in passed
        ]
        found += [replace(one, over=later.due) for one, later in pairwise(told)] + told[-1:]
    return sorted(found, key=lambda reminder: (reminder.due, reminder.id))


def _reminder(entry: Dated, deadline: Deadline, days: int, near: Surroundings) -> Reminder:
    start, minutes = AllDay(deadline.day), days * MINUTES_A_DAY
    if deadline.rings:
        due = lead_instant(start, minutes, near.home)
    else:
        due = day_notice(deadline.day - days * _ONE_DAY, near)
    late = due <= entry.changed
    return Reminder(
        reminder_id(entry.id, deadline.day.isoformat(), minutes),
        entry.id,
        entry.id,
        entry.person,
        deadline.what,
        start,
        minutes,
        due,
        # What was due already as it was written down comes as a line.
        rings=deadline.rings and not late,
        entered_late=late,
    )


def earliest_open_dated(
    entry: Dated, settled: Callable[[str], bool], near: Surroundings
) -> datetime | None:
    """Return a UTC instant before which no reminder of an entry is open, None for never.

    As with appointments it holds whatever the hours of a day's notice are.
    """
    waiting = [one.due for one in dated_reminders(entry, near) if not settled(one.id)]
    return min(waiting) - SLACK if waiting else None
