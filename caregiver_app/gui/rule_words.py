"""A repetition in plain words: "Every 2 weeks on Tuesday and Friday, until 3 March 2027".

Whatever an imported file asks for is described as well. Where it cannot be said in a few words, the
sentence says so instead of telling half of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import product
from typing import Final

from caregiver_app.domain.recurrence import Rule, read_rule
from caregiver_app.domain.times import Moment, wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.words import count_text, plain_date, time_text, tr, weekday_name

_EVERY: Final = {
    "DAILY": ("Every day", "Every {count} days"),
    "WEEKLY": ("Every week", "Every {count} weeks"),
    "MONTHLY": ("Every month", "Every {count} months"),
    "YEARLY": ("Every year", "Every {count} years"),
}
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth")
_WORKDAYS: Final = (0, 1, 2, 3, 4)
_WHOLE_WEEK: Final = (0, 1, 2, 3, 4, 5, 6)


def rule_words(text: str, start: Moment) -> str:
    """Return what a kept RRULE means for a series from `start` on, "" where it does not repeat."""
    if not text:
        return ""
    try:
        rule = read_rule(text, start).rule
    except InputRefused:
        return tr("Repeats in a way that cannot be read here")
    return sentence(rule, wall(start))


def sentence(rule: Rule, first: datetime) -> str:
    """Return the words of a rule whose first date is at the wall time `first`."""
    once, many = _EVERY[rule.frequency]
    words = count_text(rule.interval, once, many)
    days = _days(rule, first.date())
    if days is None:
        days = tr("on dates that its calendar file chooses")
    parts = [words, days, _hours(rule, first)]
    return " ".join(part for part in parts if part) + _end(rule)


def ordinal(number: int) -> str:
    """Return "second" for 2, "last" for -1, "second last" for -2."""
    if number == -1:
        return tr("last")
    named = _positive(abs(number))
    return named if number > 0 else tr("{ordinal} last", ordinal=named)


def listed(words: Sequence[str]) -> str:
    """Return "Tuesday", "Tuesday and Friday" or "Monday, Tuesday and Friday"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{some} and {last}", some=", ".join(words[:-1]), last=words[-1])


def day_of_year(day: date) -> str:
    """Return "24 March"."""
    return plain_date(day).rpartition(" ")[0]


def _positive(number: int) -> str:
    if number <= len(_ORDINALS):
        return tr(_ORDINALS[number - 1])
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    ending = "th" if number % 100 in (11, 12, 13) else ending
    return tr(f"{{number}}{ending}", number=number)


def _days(rule: Rule, first: date) -> str | None:
    """Return on which days, "" for every one, None where that takes more than a few words."""
    if rule.year_days or rule.weeks:
        return None
    if rule.positions:
        return _positioned(rule)
    if rule.frequency == "YEARLY":
        return _of_year(rule, first)
    found = _of_month(rule, first) if rule.frequency == "MONTHLY" else _of_week(rule, first)
    if found is not None and rule.months:
        found = f"{found}, {tr('in {months} only', months=_months(rule))}".removeprefix(", ")
    return found


def _of_week(rule: Rule, first: date) -> str | None:
    if rule.month_days:
        return None
    days = rule.weekdays
    if rule.frequency == "DAILY":
        return tr("on {days} only", days=_weekdays(days)) if days else ""
    return tr("on {days}", days=_weekdays(days or (first.weekday(),)))


def _of_month(rule: Rule, first: date) -> str | None:
    if sum(map(bool, (rule.weekdays, rule.numbered, rule.month_days))) > 1:
        if rule.numbered or len(rule.weekdays) != 1:
            return None
        weekday = weekday_name(rule.weekdays[0])
        days = _month_days(rule.month_days)
        return tr("{days}, when that is a {weekday}", days=days, weekday=weekday)
    if rule.numbered:
        return tr("on {days}", days=_numbered(rule.numbered))
    if rule.weekdays:
        return tr("on every {days}", days=_weekdays(rule.weekdays))
    return _month_days(rule.month_days or (first.day,))


def _of_year(rule: Rule, first: date) -> str | None:
    if (rule.weekdays and (rule.numbered or rule.month_days)) or (
        rule.numbered and rule.month_days
    ):
        return None
    if rule.numbered:
        days = _numbered(rule.numbered)
        span = _months(rule) if rule.months else tr("the year")
        return tr("on {days} of {span}", days=days, span=span)
    if rule.weekdays:
        span = _months(rule) if rule.months else tr("the year")
        return tr("on every {days} of {span}", days=_weekdays(rule.weekdays), span=span)
    days = rule.month_days or (first.day,)
    months = rule.months or (first.month,)
    if len(days) == len(months) == 1 and days[0] > 0:
        day = day_of_year(date(2024, months[0], days[0]))
        if (months[0], days[0]) == (2, 29):
            return tr("on {day}, in leap years only", day=day)
        return tr("on {day}", day=day)
    return tr("{days} of {months}", days=_month_days(days), months=_months(rule, first))


def _positioned(rule: Rule) -> str | None:
    """Return "on the last day from Monday to Friday": the only one of these that is common."""
    others = rule.numbered or rule.month_days or rule.months
    if rule.frequency != "MONTHLY" or others or len(rule.positions) != 1 or not rule.weekdays:
        return None
    nth = ordinal(rule.positions[0])
    if rule.weekdays == _WHOLE_WEEK:
        return tr("on the {nth} day", nth=nth)
    if rule.weekdays == _WORKDAYS:
        return tr("on the {nth} day from Monday to Friday", nth=nth)
    return tr("on the {nth} day that is a {days}", nth=nth, days=_either(rule.weekdays))


def _either(days: Sequence[int]) -> str:
    names = [weekday_name(day) for day in days]
    if len(names) == 1:
        return names[0]
    return tr("{some} or {last}", some=", ".join(names[:-1]), last=names[-1])


def _weekdays(days: Sequence[int]) -> str:
    if tuple(days) == _WHOLE_WEEK:
        return tr("every day of the week")
    if tuple(days) == _WORKDAYS:
        return tr("Monday to Friday")
    return listed([weekday_name(day) for day in days])


def _numbered(days: Sequence[tuple[int, int]]) -> str:
    named = sorted(days, key=lambda one: (one[0] < 0, one))
    return listed(
        [tr("the {nth} {day}", nth=ordinal(nth), day=weekday_name(day)) for nth, day in named]
    )


def _month_days(days: Sequence[int]) -> str:
    counted = [str(day) for day in days if day > 0]
    last = [tr("the {nth} day", nth=ordinal(day)) for day in reversed(days) if day < 0]
    if not counted:
        return tr("on {days}", days=listed(last))
    label = tr("day {days}") if len(counted) == 1 else tr("days {days}")
    told = [label.format(days=listed(counted) if not last else ", ".join(counted))]
    return tr("on {days}", days=listed(told + last))


def _months(rule: Rule, first: date | None = None) -> str:
    months = rule.months or (() if first is None else (first.month,))
    return listed([day_of_year(date(2024, month, 1)).partition(" ")[2] for month in months])


def _hours(rule: Rule, first: datetime) -> str:
    if not rule.hours and not rule.minutes:
        return ""
    hours, minutes = rule.hours or (first.hour,), rule.minutes or (first.minute,)
    return tr(
        "at {times}", times=listed([time_text(time(h, m)) for h, m in product(hours, minutes)])
    )


def _end(rule: Rule) -> str:
    if rule.count is not None:
        return ", " + count_text(rule.count, "{count} time", "{count} times")
    if rule.until is not None:
        return ", " + tr("until {day}", day=plain_date(rule.until.date()))
    return ""
