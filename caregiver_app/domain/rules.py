"""Repetition rules as values and as RFC 5545 text, for daily, weekly, monthly and yearly ones.

Texts are read strictly, because the libraries are not: an interval of 0 would never end, parts that
do not go together mean different things to different readers, and UNTIL in UTC has to be compared
with the wall time of the series. Why some parts are written out that the text leaves to the first
date: docs/decisions/0012-own-recurrence-engine.md.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from caregiver_app.domain.times import AllDay, Moment, Zoned, in_zone, wall, zone_of
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of this calendar. An UNTIL after them is how other programs write "for ever"."""

LARGEST = 9999
"""The largest COUNT and INTERVAL: 27 years of every day."""

MOST_A_DAY = 24
"""How often a repetition may fall on one day; what comes more often is no appointment."""

_MOST_DIGITS = 8
_LISTS: dict[str, tuple[str, int, int, bool]] = {
    # the field of `Rule`, the smallest and largest number, whether it may count from the end
    "BYMONTH": ("months", 1, 12, False),
    "BYWEEKNO": ("weeks", 1, 53, True),
    "BYYEARDAY": ("year_days", 1, 366, True),
    "BYMONTHDAY": ("month_days", 1, 31, True),
    "BYHOUR": ("hours", 0, 23, False),
    "BYMINUTE": ("minutes", 0, 59, False),
    "BYSECOND": ("seconds", 0, 60, False),
    "BYSETPOS": ("positions", 1, 366, True),
}
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PARTS = ("FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL", "WKST", *_LISTS)
_NOT_WITH = {
    "DAILY": ("BYWEEKNO", "BYYEARDAY"),
    "WEEKLY": ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"),
    "MONTHLY": ("BYWEEKNO", "BYYEARDAY"),
    "YEARLY": (),
}
_SPACED = re.compile(r"\s*([:;=,])\s*")
_DAY_ENDS = time(23, 59)
_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)


@value
class Rule:
    """One repetition: every `interval` days, weeks, months or years, and what the rest says.

    `weekdays` (0 is Monday) are plain ones, `numbered` those that are counted: (2, 1) is the second
    Tuesday, (-1, 4) the last Friday. `count` is how many occurrences there are, `until` the last
    wall time of the series; at most one of the two is set. `week_start` matters for every second
    week and more, and for `weeks`. The other fields are the RFC's BY parts; negative numbers count
    from the end. An empty field leaves it to the first date, as RFC 5545 3.3.10 says.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0
    numbered: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()


def rule_from_text(text: str, start: Moment) -> Rule:
    """Read an RRULE, with or without its name, whether or not it suits a series from `start` on.

    Where other programs disagree about what the first date decides, the rule says it outright
    afterwards: BYMONTH of a yearly BYMONTHDAY, BYDAY of a BYWEEKNO.

    Raises:
        InputRefused: a part is unknown, given twice, unreadable, out of its range or not allowed
            beside another one, or the repetition comes more often than 24 times a day.
    """
    parts = _split(text)
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        raise InputRefused("rule.frequency", "rrule", value=frequency)
    count, until = _number(parts, "COUNT"), parts.get("UNTIL")
    if count is not None and until is not None:
        raise InputRefused("rule.two_ends", "rrule")
    plain, numbered = _days(parts["BYDAY"]) if "BYDAY" in parts else ((), ())
    lists: dict[str, tuple[int, ...]] = {}
    for name, (field, *_) in _LISTS.items():
        # RFC 5545 3.3.10: hours are to be ignored where the first date is a whole day.
        if name in parts and not (name in _CLOCK and isinstance(start, AllDay)):
            lists[field] = _numbers(parts[name], name)
    rule = Rule(
        frequency,
        _number(parts, "INTERVAL") or 1,
        plain,
        count,
        None if until is None else _until(until, start),
        _one_weekday(parts["WKST"]) if "WKST" in parts else 0,
        numbered,
        **lists,
    )
    _refuse_combinations(rule, parts)
    return written_out(rule, wall(start))


def _split(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    # One space for many: a search for spaces before a sign must not begin anew at each of them.
    whole = _SPACED.sub(r"\1", " ".join(text.split())).upper().removeprefix("RRULE:").rstrip(";")
    for part in whole.split(";"):
        name, equals, given = part.partition("=")
        if not equals or name in parts:
            raise InputRefused("rule.unreadable", "rrule", value=part)
        if name not in _PARTS:
            raise InputRefused("rule.part", "rrule", part=name)
        parts[name] = given
    return parts


def _whole(text: str, *, signed: bool) -> int | None:
    digits = text[1:] if signed and text[:1] in ("+", "-") else text
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return None
    return int(text)


def _number(parts: dict[str, str], name: str) -> int | None:
    text = parts.get(name)
    if text is None:
        return None
    number = _whole(text, signed=False)
    if number is None or not 1 <= number <= LARGEST:
        raise InputRefused("rule.number", "rrule", part=name, value=text, high=LARGEST)
    return number


def _numbers(text: str, name: str) -> tuple[int, ...]:
    _, low, high, signed = _LISTS[name]
    found: set[int] = set()
    for each in text.split(","):
        number = _whole(each, signed=signed)
        if number is None or not low <= abs(number) <= high:
            key = "rule.value_from_end" if signed else "rule.value"
            raise InputRefused(key, "rrule", part=name, value=each, low=low, high=high)
        found.add(number)
    return tuple(sorted(found))


def _one_weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise InputRefused("rule.weekday", "rrule", value=name)
    return WEEKDAYS.index(name)


def _days(text: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the plain weekdays of a BYDAY and the counted ones."""
    if not text:
        raise InputRefused("rule.no_weekday", "rrule")
    plain: set[int] = set()
    numbered: set[tuple[int, int]] = set()
    for each in text.split(","):
        number, weekday = each[:-2], _one_weekday(each[-2:])
        if not number:
            plain.add(weekday)
            continue
        nth = _whole(number, signed=True)
        if nth is None or not 1 <= abs(nth) <= _LISTS["BYWEEKNO"][2]:
            raise InputRefused("rule.weekday", "rrule", value=each)
        numbered.add((nth, weekday))
    return tuple(sorted(plain)), tuple(sorted(numbered))


def _until(text: str, start: Moment) -> datetime | None:
    """Return UNTIL as a wall time of the series, None where it means for ever."""
    try:
        if len(text) == len("20261124"):
            last = datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - a wall time
            last = datetime.combine(last, _DAY_ENDS)
        else:
            last = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError:
        raise InputRefused("rule.until", "rrule", value=text) from None
    if last.year > LAST_YEAR:
        return None
    if isinstance(start, AllDay):
        return datetime.combine(last, time())
    if text.endswith("Z") and isinstance(start, Zoned) and last.year >= FIRST_YEAR:
        return _last_wall(last.replace(tzinfo=UTC), start.zone)
    return last


def _last_wall(at: datetime, zone: str) -> datetime:
    """Return the last wall time whose first pass is not after the UTC instant `at`."""
    there = in_zone(at, zone)
    local = there.replace(tzinfo=None, fold=0)
    if not there.fold:
        return local
    # All of the hour that comes twice has had its first pass.
    tz = zone_of(zone)
    local = local.replace(second=0)
    while local.replace(tzinfo=tz).utcoffset() != local.replace(tzinfo=tz, fold=1).utcoffset():
        local += _MINUTE
    return local - _SECOND


def _refuse_combinations(rule: Rule, parts: dict[str, str]) -> None:
    """Refuse what RFC 5545 3.3.10 rules out, and what comes too often."""
    for name in _NOT_WITH[rule.frequency]:
        if name in parts:
            other = f"FREQ={rule.frequency}"
            raise InputRefused("rule.not_with", "rrule", part=name, other=other)
    if rule.numbered:
        nth, weekday = rule.numbered[0]
        name = f"BYDAY={nth}{WEEKDAYS[weekday]}"
        if rule.frequency in ("DAILY", "WEEKLY"):
            other = f"FREQ={rule.frequency}"
            raise InputRefused("rule.not_with", "rrule", part=name, other=other)
        if rule.weeks:
            raise InputRefused("rule.not_with", "rrule", part=name, other="BYWEEKNO")
    times = [len(each) or 1 for each in (rule.hours, rule.minutes, rule.seconds)]
    if times[0] * times[1] * times[2] > MOST_A_DAY:
        raise InputRefused("rule.often", "rrule", high=MOST_A_DAY)


def written_out(rule: Rule, first: datetime) -> Rule:
    """Return the rule saying outright what other programs take differently from the first date."""
    if rule.frequency != "YEARLY":
        return rule
    if rule.weeks:
        chosen = rule.weekdays or rule.month_days or rule.year_days
        return rule if chosen else replace(rule, weekdays=(first.weekday(),))
    # A weekday that is counted through the year names its month itself.
    if rule.month_days and not (rule.months or rule.year_days or rule.numbered):
        return replace(rule, months=(first.month,))
    return rule


def rule_text(rule: Rule) -> str:
    """Return the rule in one canonical form; UNTIL as the wall time of the series."""
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    for name, (field, *_) in _LISTS.items():
        if name == "BYHOUR" and (rule.weekdays or rule.numbered):
            parts.append("BYDAY=" + ",".join(_day_names(rule)))
        numbers: tuple[int, ...] = getattr(rule, field)
        if numbers:
            parts.append(f"{name}=" + ",".join(str(number) for number in numbers))
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%dT%H%M%S}")
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    return ";".join(parts)


def _day_names(rule: Rule) -> list[str]:
    plain = [WEEKDAYS[day] for day in rule.weekdays]
    return [*plain, *(f"{nth}{WEEKDAYS[day]}" for nth, day in rule.numbered)]
