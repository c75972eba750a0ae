"""The moods of notes along the days, beside the infusions: what was written, never a figure of it.

A note about the person tells how the person was, one about the carer alone how the carer was; the
two are never mixed. Days without a note are left out and nothing is said of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.entities import MOODS
from caregiver_app.domain.support import ABOUT_WHOM
from caregiver_app.domain.times import local_day
from caregiver_app.services.care import Care
from caregiver_app.services.watch_charts import Infusion, Span, span_between, span_of
from caregiver_app.storage.moods import first_moods, moods_between
from caregiver_app.storage.tallies import Tallies
from caregiver_app.values import value

IN_WORDS: Final = tuple(mood for mood in MOODS if mood)
"""The moods that have a word, in the order in which they are offered."""
REACHES: Final = ("weeks", "months", "year", "all")
"""How far back the strip reaches: 4 weeks, 3 months, a year, everything."""
MOST_DAYS: Final = 31
"""Up to so many days each day has its own place."""
_MARGIN: Final = timedelta(days=2)
"""So far the wall clocks of two zones differ, and a little more."""


@value
class MoodDays:
    """The moods of a span: for each stretch that has one, on how many of its days it was chosen.

    `about` is one of ABOUT_WHOM. A day with two notes may count for two moods.
    """

    span: Span
    about: str
    told: Mapping[int, Mapping[str, int]]
    infusions: tuple[Infusion, ...]


def told_about(care: Care, person: str) -> tuple[str, ...]:
    """Return which of ABOUT_WHOM a mood was ever chosen for, in their order."""
    found = first_moods(care.store, person)
    return tuple(about for about in ABOUT_WHOM if about in found)


def mood_span(care: Care, person: str, about: str, reach: str) -> Span:
    """Return the days up to today that one of REACHES stands for.

    Raises:
        KeyError: there is no such reach.
    """
    if reach == "infusion":
        raise KeyError(reach)
    if reach != "all":
        return span_of(care, person, reach, most_days=MOST_DAYS)
    first = first_moods(care.store, person).get(about)
    if first is None:
        return span_of(care, person, "weeks", most_days=MOST_DAYS)
    return span_between(min(care.today, local_day(first, care.home)), care.today, MOST_DAYS)


def mood_days(care: Care, person: str, about: str, span: Span) -> MoodDays:
    """Return the moods of a span; days are those of the family's own clock."""
    low = datetime.combine(span.first, time(), UTC) - _MARGIN
    high = datetime.combine(span.last, time(), UTC) + _MARGIN
    chosen = {
        (local_day(felt.at, care.home), felt.mood)
        for felt in moods_between(care.store, person, about, low, high)
    }
    told: dict[int, dict[str, int]] = {}
    for day, mood in sorted(chosen, key=lambda one: (one[0], IN_WORDS.index(one[1]))):
        if span.first <= day <= span.last:
            moods = told.setdefault(span.number_of(day), dict.fromkeys(IN_WORDS, 0))
            moods[mood] += 1
    kept = {
        number: {mood: days for mood, days in moods.items() if days}
        for number, moods in told.items()
    }
    tallies = Tallies(care.store, person, care.home, care.today)
    return MoodDays(span, about, kept, tuple(tallies.infusions(span.first, span.last)))
