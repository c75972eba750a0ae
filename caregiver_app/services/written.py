"""What was written down about a person, in the order of its days, linked to the infusions.

The link of an entry to the infusion before it is worked out when it is asked for: when a visit
moves, is cancelled, deleted or added, every entry belongs to the right one at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from caregiver_app.domain.entities import Appointment, CheckIn, ClinicCall, SideEffect
from caregiver_app.domain.times import AllDay, day_of, ends, instant, to_text, wall
from caregiver_app.domain.watch import days_since
from caregiver_app.services.care import Care
from caregiver_app.services.watch import SinceInfusion, day_and_hour
from caregiver_app.storage.watching import (
    calls_between,
    has_written_before,
    infusions_between,
    newest_calls,
    newest_check_ins,
    newest_side_effects,
)

Entry = SideEffect | CheckIn | ClinicCall
_LATEST: Final = time(23, 59)


class Infusions:
    """A person's infusions of a span of days and the one before: which one an entry follows."""

    def __init__(self, visits: Sequence[Appointment]) -> None:
        self.visits = tuple(visits)
        self._starts = [to_text(visit.start) for visit in visits]

    def since(self, day: date, hour: time = _LATEST) -> SinceInfusion | None:
        """Return how many days after which infusion something was, None before any of them."""
        place = bisect_right(self._starts, f"{day.isoformat()}T{hour:%H:%M}")
        if not place:
            return None
        visit = self.visits[place - 1]
        days = days_since(wall(visit.start).date(), day)
        return SinceInfusion(days, visit.dose, visit.title, visit)

    def since_entry(self, entry: Entry) -> SinceInfusion | None:
        """Return how many days after which infusion an entry was."""
        if isinstance(entry, CheckIn):
            return self.since(entry.date)
        return self.since(*day_and_hour(entry.at))


def infusions(care: Care, person: str, first: date, last: date) -> Infusions:
    """Return a person's infusions that entries of the days `first` to `last` may follow."""
    return Infusions(infusions_between(care.store, person, first, last))


def written_between(care: Care, person: str, first: date, last: date) -> list[Entry]:
    """Return what was written down about the days `first` to `last`, the newest first."""
    found: list[Entry] = [
        *care.store.side_effects_between(first, last, person=person),
        *care.store.checkins_between(first, last, person=person),
        *calls_between(care.store, person, first, last),
    ]
    return newest_first(care, found)


def newest_written(care: Care, person: str, limit: int) -> list[Entry]:
    """Return the `limit` newest entries of a person, the newest first."""
    store = care.store
    found: list[Entry] = [
        *newest_side_effects(store, person, limit),
        *newest_check_ins(store, person, limit),
        *newest_calls(store, person, limit),
    ]
    return newest_first(care, found)[:limit]


def was_written_before(care: Care, person: str, day: date) -> bool:
    """Tell whether there is anything older than a day."""
    return has_written_before(care.store, person, day)


def newest_first(care: Care, entries: Sequence[Entry]) -> list[Entry]:
    """Return entries by their day, then their hour; a check-in is of no hour but that of typing."""

    def order(entry: Entry) -> tuple[date, datetime, str]:
        if isinstance(entry, CheckIn):
            return entry.date, entry.created, entry.id
        at = instant(entry.at, care.home)
        if isinstance(entry.at, AllDay):
            # Nobody knows the hour: it follows all that has one.
            at = ends(entry.at, 0, care.home)
        return day_of(entry.at, care.home), at, entry.id

    return sorted(entries, key=order, reverse=True)


def day_of_entry(entry: Entry) -> date:
    """Return the day by which an entry is listed: that of its own clock."""
    return entry.date if isinstance(entry, CheckIn) else wall(entry.at).date()
