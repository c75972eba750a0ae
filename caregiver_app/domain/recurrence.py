"""The dates of a repetition: all of RFC 5545 3.3.10 for days, weeks, months and years.

A rule divides the calendar into periods (days, weeks, months or years) and takes every
`interval`th of them, counted from the one that holds the start. Each period's dates are found by
themselves: its days that fit, times the hours of the day, of these the wanted positions. So a
window is found without walking there.

All times here are wall times. What becomes of one that the clocks skip or repeat is told by
`times.wall_instant`: it happens once, and keeps its wall time as its name. Why this is an engine
of our own, and what it decides where RFC 5545 leaves a choice:
docs/decisions/0012-own-recurrence-engine.md.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from caregiver_app.domain.rules import (
    LAST_YEAR,
    WEEKDAYS,
    Rule,
    rule_from_text,
    rule_text,
    written_out,
)
from caregiver_app.domain.times import Moment, wall
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

__all__ = [
    "WEEKDAYS",
    "Reading",
    "Rule",
    "ends",
    "expand",
    "last_date",
    "next_dates",
    "occurrence_number",
    "parse_rule",
    "read_rule",
    "rule_text",
    "split",
]

_WEEK = 7
_LAST_DAY = date(LAST_YEAR, 12, 31)
_END = datetime.combine(_LAST_DAY, time.max)
_EVEN_STEPS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_LONGEST_TEXT = 2000


@value
class Reading:
    """A rule that was read, and whether the series' start is its first date.

    RFC 5545 leaves open what becomes of a start that is not; here it is not a date of the series.
    """

    rule: Rule
    matches_start: bool


# -- Reading --------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def parse_rule(text: str, start: Moment) -> Rule:
    """Read an RRULE that is to be kept for a series which begins at `start`.

    Raises:
        InputRefused: as `read_rule`; or `start` is not the first date of the rule, or it asks for
            seconds (`rule.start_differs`, `rule.seconds`).
    """
    reading = read_rule(text, start)
    if reading.rule.seconds not in ((), (wall(start).second,)):
        raise InputRefused("rule.seconds", "rrule")
    if not reading.matches_start:
        first = wall(start)
        fitting = next(expand(start, replace(reading.rule, until=None), first))
        raise InputRefused(
            "rule.start_differs",
            "rrule",
            day=f"{first:%A %Y-%m-%d}",
            first=f"{fitting:%A %Y-%m-%d}",
        )
    return reading.rule


@lru_cache(maxsize=512)
def read_rule(text: str, start: Moment) -> Reading:
    """Read an RRULE that comes from elsewhere; its start need not be one of its dates.

    Raises:
        InputRefused: the text is no rule that can be kept (`rules.rule_from_text`), it never falls
            on any date of this calendar, or it ends before its first one.
    """
    if len(text) > _LONGEST_TEXT:
        raise InputRefused("rule.unreadable", "rrule", value=f"{text[:40]}…")
    rule, begins = rule_from_text(text, start), wall(start)
    if rule.until is not None and rule.until < begins:
        raise InputRefused("rule.ends_first", "rrule")
    first = next(expand(start, replace(rule, until=None, count=None), begins), None)
    if first is None:
        raise InputRefused("rule.never", "rrule")
    if rule.until is not None and rule.until < first:
        raise InputRefused("rule.ends_first", "rrule")
    return Reading(rule, first == begins)


# -- Dates ----------------------------------------------------------------------------------------


def expand(
    start: Moment, rule: Rule, low: datetime, high: datetime | None = None
) -> Iterator[datetime]:
    """Yield the wall times of the series in [low, high), both wall times of the series' kind.

    Nothing is found before `start` or after the year 2200. Without `high` the series is told to
    its end, or to the end of that year.
    """
    first = wall(start)
    last = _last(rule, first)
    if last is None:
        return
    high = _END if high is None else high
    for local in _dates(rule, first, max(low, first), min(last, high)):
        if local >= high or local > last:
            return
        yield local


def next_dates(
    start: Moment, rule: Rule, count: int, after: datetime | None = None
) -> list[datetime]:
    """Return the first `count` wall times of the series, only those later than `after` if given."""
    low = wall(start) if after is None else after + timedelta.resolution
    return list(islice(expand(start, rule, low), count))


def ends(rule: Rule) -> bool:
    """Tell whether the repetition has an end of its own."""
    return rule.count is not None or rule.until is not None


def last_date(start: Moment, rule: Rule) -> datetime | None:
    """Return the last wall time of a series that ends, None where it goes on for ever."""
    if rule.count is not None:
        return _last(rule, wall(start))
    if rule.until is None:
        return None
    return max(expand(start, rule, wall(start)), default=None)


def occurrence_number(rule: Rule, start: Moment, at: datetime) -> int | None:
    """Return which date of the series the wall time `at` is, counted from 1, None if it is none."""
    dates = list(expand(start, rule, wall(start), at + timedelta.resolution))
    return len(dates) if dates and dates[-1] == at else None


def split(rule: Rule, start: Moment, at: datetime) -> tuple[Rule | None, Rule | None]:
    """Return the rule of the dates before the wall time `at`, and that of the dates from then on.

    The first keeps the series' start; the start of the second is its first date, the first one of
    the series that is not before `at`. Together they have the same dates as before. None stands
    for a part without any dates.
    """
    earlier = list(expand(start, rule, wall(start), at))
    rest = next(expand(start, rule, at), None)
    before = after = None
    if earlier and rule.count is not None:
        before = replace(rule, count=len(earlier))
    elif earlier:
        before = replace(rule, until=earlier[-1])
    if rest is not None:
        after = rule if rule.count is None else replace(rule, count=rule.count - len(earlier))
    return before, after


# -- The engine -----------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _plan(rule: Rule, first: datetime) -> Rule:
    """Return the rule with everything that it leaves to the first date."""
    plan = replace(
        written_out(rule, first),
        hours=rule.hours or (first.hour,),
        minutes=rule.minutes or (first.minute,),
        seconds=rule.seconds or (first.second,),
    )
    if plan.weekdays or plan.numbered or plan.month_days or plan.year_days:
        return plan
    match plan.frequency:
        case "DAILY":
            return plan
        case "WEEKLY":
            return replace(plan, weekdays=(first.weekday(),))
        case "MONTHLY":
            return replace(plan, month_days=(first.day,))
        case _:
            return replace(plan, month_days=(first.day,), months=plan.months or (first.month,))


@lru_cache(maxsize=1024)
def _last(rule: Rule, first: datetime) -> datetime | None:
    """Return when a series is over at the latest, a COUNT as its last date; None: it has no dates.

    A COUNT is walked through for that, once for each series.
    """
    if rule.count is None:
        return _END if rule.until is None else min(rule.until, _END)
    return max(islice(_dates(rule, first, first, _END), rule.count), default=None)


@lru_cache(maxsize=1024)
def _even_step(rule: Rule, first: datetime) -> timedelta | None:
    """Return how far apart all dates are where that is always the same, else None."""
    if rule.frequency not in _EVEN_STEPS:
        return None
    weekdays = rule.weekdays
    if rule.frequency == "WEEKLY" and weekdays == (first.weekday(),):
        weekdays = ()
    bare = Rule(rule.frequency, rule.interval, (), rule.count, rule.until, rule.week_start)
    even = replace(rule, weekdays=weekdays) == bare
    return rule.interval * _EVEN_STEPS[rule.frequency] if even else None


def _dates(rule: Rule, first: datetime, low: datetime, high: datetime) -> Iterator[datetime]:
    """Yield a series' dates from `low` on, which is not before `first`, up to `high` or later."""
    if low > _END:
        return
    step = _even_step(rule, first)
    if step is not None:
        local = first - (first - low) // step * step
        while local <= high:
            yield local
            local += step
        return
    plan = _plan(rule, first)
    for period in _periods(plan, first.date(), low, high):
        for local in _of_period(plan, period):
            if local >= low:
                yield local


def _periods(plan: Rule, first: date, low: datetime, high: datetime) -> Iterator[int]:
    """Yield the numbers of the periods, every `interval`th one, that may touch [low, high]."""
    if high < low:
        return
    origin = _period(plan, first)
    beyond = _period(plan, min(high, _END).date()) + 1
    skipped = -(-(_period(plan, low.date()) - origin) // plan.interval)
    period = origin + skipped * plan.interval
    while period < beyond:
        fitting = _in_wanted_month(plan, period)
        if fitting == period:
            yield period
            period += plan.interval
        else:
            period += -(-(fitting - period) // plan.interval) * plan.interval


def _in_wanted_month(plan: Rule, period: int) -> int:
    """Return the period, or for a day of an unwanted month the first day of the next wanted one."""
    if plan.frequency != "DAILY" or not plan.months:
        return period
    day = date.fromordinal(period)
    if day.month in plan.months:
        return period
    later = [month for month in plan.months if month > day.month]
    if later:
        return date(day.year, min(later), 1).toordinal()
    return date(day.year + 1, min(plan.months), 1).toordinal()


def _period(plan: Rule, day: date) -> int:
    """Return the number of the period that holds a day."""
    match plan.frequency:
        case "DAILY":
            return day.toordinal()
        case "WEEKLY":
            return (day.toordinal() - 1 - plan.week_start) // _WEEK
        case "MONTHLY":
            return day.year * 12 + day.month - 1
        case _:
            return _week_year(day, plan.week_start) if plan.weeks else day.year


def _of_period(plan: Rule, period: int) -> Iterator[datetime]:
    """Yield all dates of one period in order, whether or not the series has begun."""
    days = [day for day in map(date.fromordinal, _candidates(plan, period)) if _fits(plan, day)]
    times = _times(plan.hours, plan.minutes, plan.seconds)
    found = (datetime.combine(day, at) for day in days for at in times)
    if not plan.positions:
        yield from found
        return
    dates = list(found)
    size = len(dates)
    wanted = {at - 1 if at > 0 else size + at for at in plan.positions}
    yield from (dates[at] for at in sorted(wanted) if 0 <= at < size)


@lru_cache(maxsize=256)
def _times(
    hours: tuple[int, ...], minutes: tuple[int, ...], seconds: tuple[int, ...]
) -> tuple[time, ...]:
    """Return the hours of the day in order; a leap second is not a time that can be kept."""
    return tuple(
        sorted(
            {
                time(hour, minute, second)
                for hour in hours
                for minute in minutes
                for second in seconds
                if second <= time.max.second
            }
        )
    )


def _candidates(plan: Rule, period: int) -> Iterable[int]:
    """Return the days (as ordinals, in order) of a period among which are all that fit."""
    match plan.frequency:
        case "DAILY":
            return (period,)
        case "WEEKLY":
            begins = period * _WEEK + 1 + plan.week_start
            return range(begins, begins + _WEEK)
        case "MONTHLY":
            year, month = divmod(period, 12)
            return _days_of_month(plan, year, month + 1)
        case _:
            return _days_of_year(plan, period)


def _days_of_month(plan: Rule, year: int, month: int) -> Iterable[int]:
    if plan.months and month not in plan.months:
        return ()
    begins, length = date(year, month, 1).toordinal(), monthrange(year, month)[1]
    if not plan.month_days:
        return range(begins, begins + length)
    numbers = {day if day > 0 else length + 1 + day for day in plan.month_days}
    return [begins + day - 1 for day in sorted(numbers) if 1 <= day <= length]


def _days_of_year(plan: Rule, year: int) -> Iterable[int]:
    if plan.weeks:
        begins, beyond = (_first_week(each, plan.week_start) for each in (year, year + 1))
        size = (beyond - begins) // _WEEK
        numbers = {week if week > 0 else size + 1 + week for week in plan.weeks}
        wanted = [begins + (week - 1) * _WEEK for week in sorted(numbers) if 1 <= week <= size]
        return [monday + day for monday in wanted for day in range(_WEEK)]
    begins, beyond = (date(each, 1, 1).toordinal() for each in (year, year + 1))
    if plan.year_days:
        length = beyond - begins
        numbers = {day if day > 0 else length + 1 + day for day in plan.year_days}
        return [begins + day - 1 for day in sorted(numbers) if 1 <= day <= length]
    if plan.months:
        months = sorted(set(plan.months))
        return [day for month in months for day in _days_of_month(plan, year, month)]
    return range(begins, beyond)


def _first_week(year: int, week_start: int) -> int:
    """Return the first day (as ordinal) of week 1, the first with four days or more in its year."""
    fourth = date(year, 1, 4).toordinal()
    return fourth - (fourth - 1 - week_start) % _WEEK


def _week_year(day: date, week_start: int) -> int:
    """Return the year to whose weeks a day belongs."""
    number = day.toordinal()
    if number >= _first_week(day.year + 1, week_start):
        return day.year + 1
    return day.year - (number < _first_week(day.year, week_start))


def _fits(plan: Rule, day: date) -> bool:
    """Tell whether a day is what each of the BY parts asks for."""
    if plan.months and day.month not in plan.months:
        return False
    if plan.month_days:
        beyond = monthrange(day.year, day.month)[1] + 1
        if day.day not in plan.month_days and day.day - beyond not in plan.month_days:
            return False
    if plan.year_days:
        number, length = _in_year(day)
        if number not in plan.year_days and number - length - 1 not in plan.year_days:
            return False
    if not plan.weekdays and not plan.numbered:
        return True
    weekday = day.weekday()
    return weekday in plan.weekdays or any(
        each == weekday and nth in _counted(plan, day) for nth, each in plan.numbered
    )


def _counted(plan: Rule, day: date) -> tuple[int, int]:
    """Return the how-manieth of its weekday a day is in its month or year, also from the end."""
    if plan.frequency == "YEARLY" and not plan.months:
        number, length = _in_year(day)
    else:
        number, length = day.day, monthrange(day.year, day.month)[1]
    return (number - 1) // _WEEK + 1, -((length - number) // _WEEK) - 1


def _in_year(day: date) -> tuple[int, int]:
    """Return the number of a day in its year, and how many the year has."""
    begins = date(day.year, 1, 1).toordinal()
    return day.toordinal() - begins + 1, date(day.year + 1, 1, 1).toordinal() - begins
