"""Medicines that are taken on one day a week only: no door may enter them more often.

The names come from the reference; time is an argument.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.times import wall
from caregiver_app.values import value

WEEK = timedelta(days=7)
LOOK = timedelta(days=3660)
"""So far ahead dates are looked at: ten years, so that a yearly repetition has come again."""


@value
class WeeklyOnly:
    """A medicine of one day a week: `name` as it is said, `names` under which it may be typed."""

    name: str
    names: tuple[str, ...]


def weekly_only(text: str, known: Iterable[WeeklyOnly]) -> WeeklyOnly | None:
    """Return the medicine of one day a week that a title or a name speaks of, None for none.

    Any word of the text counts, in any case and without accents, with a number right behind it
    too; a name in a script without spaces counts wherever it stands.
    """
    plain = _plain(text)
    words = set(re.findall(r"[^\W\d_]+", plain))
    for one in known:
        for name in map(_plain, one.names):
            if name in words or (not name.isascii() and name in plain):
                return one
    return None


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def comes_too_often(
    own: Appointment,
    others: Sequence[Appointment],
    today: date,
    before: Appointment | None = None,
) -> bool:
    """Tell whether an appointment, alone or together with others, comes twice within seven days.

    Alone, all its dates count. Together with `others` (of the same medicine and person) those from
    `today` on count, so that a series that took another one's place is no conflict with its past.
    What was too often `before` can still be ended.
    """
    if own.status == "cancelled":
        return False
    if before is not None and before.status != "cancelled":
        low = _low(own, today)
        mine, known = set(_days(own, low)), set(_days(before, low))
        if mine < known:
            return False
    return is_crowded(_days(own, wall(own.start))) or adds_up(own, others, today)


def adds_up(own: Appointment, others: Sequence[Appointment], today: date) -> bool:
    """Tell whether from `today` on an appointment comes too often beside itself and others."""
    if own.status == "cancelled":
        return False
    low = _low(own, today)
    mine = [(day, True) for day in _days(own, low)]
    theirs = [
        (day, False) for one in others if one.status != "cancelled" for day in _days(one, low)
    ]
    return any(
        after - earlier < WEEK and (is_mine or is_own)
        for (earlier, is_mine), (after, is_own) in pairwise(sorted(mine + theirs))
    )


def _low(own: Appointment, today: date) -> datetime:
    """Return from when on the dates of others matter."""
    return max(datetime.combine(today, time()), wall(own.start) - WEEK)


def is_crowded(days: Iterable[date]) -> bool:
    """Tell whether two of the days, which come in order, lie less than seven days apart."""
    return any(after - before < WEEK for before, after in pairwise(days))


def _days(one: Appointment, low: datetime) -> Iterator[date]:
    for occurrence in occurrences(one, low, low + LOOK):
        yield wall(occurrence.start).date()
