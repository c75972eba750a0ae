"""What a visit report counts: signs, readings, how the days were, what was given.

Everything is as somebody wrote it down. Nothing here compares, judges or concludes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from caregiver_app.domain.entities import Dose
from caregiver_app.domain.times import AllDay, Moment, day_of, in_zone, instant, local_day
from caregiver_app.domain.watch import SCALES, Tier
from caregiver_app.services.check_ins import is_empty
from caregiver_app.services.medicine_reference import words_of
from caregiver_app.storage.diary import DayTold, Seen
from caregiver_app.values import value

_DAY: Final = timedelta(days=1)
_AMONG: Final = 3
"""The sign of the most days stands among so many first ones."""


class Dated(NamedTuple):
    """A side effect with its day on the family's calendar."""

    entry: Seen
    day: date


@value
class SignSeen:
    """One sign of the period: the worst of it, and how long it was there as far as written.

    `since` and `last_since` are the days since the infusion before `first` and `last` (None before
    any). `written` are the days with an entry of it, `days` those and the ones up to the end that
    somebody gave, or to the last day while it goes on. `lasted` is the length of a single entry
    with an end, else None; `going_on` since when it is not over.
    `celsius` is the highest temperature written with it. `done`, `told` and `notes` are as typed.
    """

    sign: str
    tier: Tier
    severity: int
    first: date
    since: int | None
    last: date
    last_since: int | None
    days: int
    written: int
    lasted: timedelta | None = None
    going_on: date | None = None
    celsius: float | None = None
    done: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@value
class Reading:
    """One temperature in degrees Celsius, `at` the family's clock; `since` the infusion before.

    Without `has_hour` only the day is known.
    """

    celsius: float
    at: datetime
    since: int | None
    has_hour: bool = True


@value
class Tally:
    """How many days of the period say what.

    `signs`: a sign was written down or still there; `nothing`: "nothing today" and no more;
    `only_days`: how the day was, and no sign; `none`: no entry at all.
    """

    days: int
    signs: int
    nothing: int
    only_days: int
    none: int


@value
class Trend:
    """The numbers of one scale (see `CheckIn`), by day."""

    scale: str
    numbers: Mapping[date, int]


@value
class Given:
    """An as-needed medicine: how often, on how many days, when last; the rest as typed."""

    name: str
    times: int
    days: int
    last: datetime
    what_for: tuple[str, ...]
    amounts: tuple[str, ...]


def signs_seen(
    entries: Sequence[Dated], until: date, home: str, since: Callable[[date], int | None]
) -> list[SignSeen]:
    """Return one line for each sign: emergencies, then what goes on, then the most urgent.

    Of these the strongest come first, so that a short page leaves out neither.
    The one that was there on the most days stands among the first three whatever its strength.

    Args:
        entries: of one person.
        until: the last day of the period.
        home: the zone of the calendar.
        since: gives the days since the infusion before a day.
    """
    by_words: dict[str, list[Dated]] = {}
    for each in entries:
        by_words.setdefault(each.entry.sign, []).append(each)
    by_sign: dict[str, list[Dated]] = {}
    for words, same in by_words.items():
        # Words of one's own are one sign however they are typed.
        by_sign.setdefault(" ".join(words_of(words)) or words, []).extend(same)
    found = [_seen(same, until, home, since) for same in by_sign.values()]
    found.sort(key=_order)
    most = max(found, key=lambda one: one.days, default=None)
    if most is not None and found.index(most) >= _AMONG:
        found.remove(most)
        found.insert(_AMONG - 1, most)
    return found


def _order(one: SignSeen) -> tuple[bool, int, int, int, date, str]:
    later = one.tier != Tier.EMERGENCY and one.going_on is None
    return later, one.tier.rank, -one.severity, -one.days, one.first, one.sign


def days_of(one: Dated, until: date, home: str) -> list[date]:
    """Return the days on which something was there: to its end, or to `until` while it goes on."""
    last, ended = until if one.entry.going_on else one.day, one.entry.ended
    if ended is not None:
        last = min(local_day(ended, home), until)
    return [one.day + _DAY * more for more in range(max(0, (last - one.day).days) + 1)]


def _seen(
    dated: list[Dated], until: date, home: str, since: Callable[[date], int | None]
) -> SignSeen:
    days: set[date] = set()
    going: list[date] = []
    dated.sort(key=lambda one: one.day)
    same = [one.entry for one in dated]
    for each in dated:
        if each.entry.going_on or each.entry.ended_micros is not None:
            days.update(days_of(each, until, home))
        else:
            days.add(each.day)
        if each.entry.going_on:
            going.append(each.day)
    first, last = min(days), max(days)
    lasted = None
    if len(same) == 1 and (ended := same[0].ended) is not None:
        lasted = max(timedelta(0), ended - instant(same[0].at, home))
    return SignSeen(
        same[-1].sign,
        max(Tier(one) for one in {one.urgency for one in same}),
        max(one.severity for one in same),
        first, since(first), last, since(last), len(days), len({one.day for one in dated}), lasted,
        min(going, default=None),
        max((one.temperature_c for one in same if one.temperature_c is not None), default=None),
        _distinct(one.done for one in same),
        _distinct(one.told for one in same),
        _distinct(one.text for one in same),
    )  # fmt: skip


def readings(
    entries: Iterable[Dated], home: str, since: Callable[[date], int | None]
) -> list[Reading]:
    """Return the temperatures that were written down, in order of time."""
    found = [
        Reading(one.temperature_c, _clock(one.at, home), since(day), not isinstance(one.at, AllDay))
        for one, day in entries
        if one.temperature_c is not None
    ]
    return sorted(found, key=lambda one: one.at)


def tally(
    entries: Iterable[Dated], check_ins: Iterable[DayTold], first: date, last: date, home: str
) -> Tally:
    """Return how many of the days `first` to `last`, both included, say what.

    A day between the first of a sign and its end is a day with a sign.
    """
    there: set[date] = set()
    for one in entries:
        if one.entry.going_on or one.entry.ended_micros is not None:
            there.update(days_of(one, last, home))
        else:
            there.add(one.day)
    signs = {day for day in there if first <= day <= last}
    asked: dict[str, bool] = {}
    for one in check_ins:
        asked[one.day] = asked.get(one.day, True) and is_empty(one)
    told = [(date.fromisoformat(day), nothing) for day, nothing in asked.items()]
    rest = [nothing for day, nothing in told if day not in signs]
    nothing = sum(rest)
    days = (last - first).days + 1
    return Tally(days, len(signs), nothing, len(rest) - nothing, days - len(signs) - len(rest))


def trends(check_ins: Sequence[DayTold]) -> list[Trend]:
    """Return the scales of which numbers were written, each by day."""
    found: list[Trend] = []
    days = [one.date for one in check_ins]
    for scale in SCALES:
        told = zip(days, map(attrgetter(scale), check_ins), strict=True)
        # Of several on a day the last number counts, as in the charts.
        numbers = {day: number for day, number in told if number is not None}
        if numbers:
            found.append(Trend(scale, numbers))
    return found


def as_needed(doses: Iterable[Dose], home: str) -> list[Given]:
    """Return the as-needed medicines that were given, the most often given first."""
    by_name: dict[str, list[Dose]] = {}
    for one in doses:
        by_name.setdefault(" ".join(words_of(one.name)) or one.name, []).append(one)
    found = [
        Given(
            same[-1].name,
            len(same),
            len({day_of(one.at, home) for one in same}),
            max(_clock(one.at, home) for one in same),
            _distinct(one.what_for for one in same),
            _distinct(one.amount for one in same),
        )
        for same in by_name.values()
    ]
    return sorted(found, key=lambda one: (-one.times, one.name))


def _clock(at: Moment, home: str) -> datetime:
    """Return the wall time of a moment on the family's clock."""
    return in_zone(instant(at, home), home).replace(tzinfo=None)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for one in texts if (text := one.strip())))
