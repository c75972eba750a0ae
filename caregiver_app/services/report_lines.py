"""What a visit report counts: signs, readings, how the days were, what was given.

Everything is as somebody wrote it down. Nothing here compares, judges or concludes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final

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
_day = attrgetter("day")


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


def by_sign(entries: Iterable[Seen]) -> list[list[Seen]]:
    """Return the entries of each sign, in order of their days."""
    by_words: dict[str, list[Seen]] = {}
    for one in entries:
        by_words.setdefault(one.sign, []).append(one)
    found: dict[str, list[Seen]] = {}
    for words, same in by_words.items():
        # Words of one's own are one sign however they are typed.
        found.setdefault(" ".join(words_of(words)) or words, []).extend(same)
    for same in found.values():
        same.sort(key=_day)
    return list(found.values())


def days_of(entries: Iterable[Seen], until: date, home: str) -> set[date]:
    """Return the days on which something was there: to its end, or to `until` while it goes on."""
    found: set[date] = set()
    for one in entries:
        found.add(one.day)
        if one.going_on or one.ended_micros is not None:
            last = until if one.ended is None else min(local_day(one.ended, home), until)
            found.update(one.day + _DAY * more for more in range(1, (last - one.day).days + 1))
    return found


def signs_seen(
    signs: Sequence[Sequence[Seen]],
    there: Sequence[set[date]],
    home: str,
    since: Callable[[date], int | None],
) -> list[SignSeen]:
    """Return one line for each sign: emergencies, then what goes on, then the most urgent.

    Of these the strongest come first, so that a short page leaves out neither.
    The one that was there on the most days stands among the first three whatever its strength.

    Args:
        signs: of one person, as `by_sign` returns them.
        there: the days of each of them, as `days_of` returns them.
        home: the zone of the calendar.
        since: gives the days since the infusion before a day.
    """
    found = [_seen(same, days, home, since) for same, days in zip(signs, there, strict=True)]
    found.sort(key=_order)
    most = max(found, key=lambda one: one.days, default=None)
    if most is not None and found.index(most) >= _AMONG:
        found.remove(most)
        found.insert(_AMONG - 1, most)
    return found


def _order(one: SignSeen) -> tuple[bool, int, int, int, date, str]:
    later = one.tier != Tier.EMERGENCY and one.going_on is None
    return later, one.tier.rank, -one.severity, -one.days, one.first, one.sign


def _seen(
    same: Sequence[Seen], days: set[date], home: str, since: Callable[[date], int | None]
) -> SignSeen:
    first, last = min(days), max(days)
    lasted = None
    if len(same) == 1 and (ended := same[0].ended) is not None:
        lasted = max(timedelta(0), ended - instant(same[0].at, home))
    # Ten years hold thousands of entries: what all of them say is looked at together.
    told = dict(zip(Seen._fields, zip(*same, strict=True), strict=True))
    return SignSeen(
        same[-1].sign,
        max(map(Tier, set(told["urgency"]))),
        max(told["severity"]),
        first, since(first), last, since(last), len(days), len(set(told["day"])), lasted,
        min((one.day for one in same if one.going_on), default=None),
        max((degrees for degrees in told["temperature_c"] if degrees is not None), default=None),
        _distinct(told["done"]),
        _distinct(told["told"]),
        _distinct(told["text"]),
    )  # fmt: skip


def readings(
    entries: Iterable[Seen], home: str, since: Callable[[date], int | None]
) -> list[Reading]:
    """Return the temperatures that were written down, in order of time."""
    found = [
        Reading(
            one.temperature_c, _clock(one.at, home), since(one.day), not isinstance(one.at, AllDay)
        )
        for one in entries
        if one.temperature_c is not None
    ]
    return sorted(found, key=lambda one: one.at)


def tally(there: set[date], check_ins: Iterable[DayTold], first: date, last: date) -> Tally:
    """Return how many of the days `first` to `last`, both included, say what.

    `there` are the days with a sign; those between the first of a sign and its end are.
    """
    signs = {day for day in there if first <= day <= last}
    rest: dict[date, bool] = {}
    for one in check_ins:
        if one.date not in signs:
            rest[one.date] = rest.get(one.date, True) and is_empty(one)
    nothing = sum(rest.values())
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
    return tuple(dict.fromkeys(text for one in dict.fromkeys(texts) if (text := one.strip())))
