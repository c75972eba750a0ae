"""Repetition in RFC 5545 terms, for the two frequencies that can be entered: daily and weekly.

Rules are read strictly, because the libraries are not: an interval of 0 would never end, a rule
whose start does not match it means different things to different readers, and UNTIL in UTC has to
be compared with the wall time of the series. The dates themselves come from python-dateutil.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from dateutil import rrule as _rrule

from caregiver_app.domain.times import AllDay, Moment, Zoned, in_zone, wall
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES: dict[str, Literal[2, 3]] = {"DAILY": _rrule.DAILY, "WEEKLY": _rrule.WEEKLY}
_PARTS = ("FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL", "WKST")
_LARGEST = 9999
_MOST_DIGITS = 8
_YEARS = range(1900, 2201)


@value
class Rule:
    """One repetition: every `interval` days or weeks, on `weekdays` (0 is Monday) when weekly.

    `count` is how many occurrences there are, `until` the last wall time of the series; at most
    one of the two is set. `week_start` matters for every second week and more.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0


def _number(parts: dict[str, str], name: str) -> int | None:
    text = parts.get(name)
    if text is None:
        return None
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    if not plain or not 1 <= int(text) <= _LARGEST:
        raise InputRefused("rule.number", "rrule", part=name, value=text, high=_LARGEST)
    return int(text)


def _until(text: str, start: Moment) -> datetime:
    try:
        if len(text) == len("20261124"):
            day = datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - a wall time
            return day if isinstance(start, AllDay) else day + timedelta(hours=23, minutes=59)
        naive = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError:
        raise InputRefused("rule.until", "rrule", value=text) from None
    # "For ever" is often written as the year 9999, which no zone can be worked out for.
    if text.endswith("Z") and isinstance(start, Zoned) and naive.year in _YEARS:
        return in_zone(naive.replace(tzinfo=UTC), start.zone).replace(tzinfo=None)
    return naive


def _weekdays(text: str) -> tuple[int, ...]:
    names = text.split(",")
    for name in names:
        if name not in WEEKDAYS:
            raise InputRefused("rule.weekday", "rrule", value=name)
    return tuple(sorted({WEEKDAYS.index(name) for name in names}))


def _split(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.strip().removeprefix("RRULE:").rstrip(";").upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts:
            raise InputRefused("rule.unreadable", "rrule", value=part)
        if name not in _PARTS:
            raise InputRefused("rule.part", "rrule", part=name)
        parts[name] = value
    return parts


@lru_cache(maxsize=512)
def parse_rule(text: str, start: Moment) -> Rule:
    """Read an RRULE for a series that begins at `start`.

    Raises:
        InputRefused: it is not a daily or weekly rule, a number in it is not 1 to 9999, COUNT and
            UNTIL are both given, it ends before it starts, or `start` does not match it.
    """
    parts = _split(text)
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise InputRefused("rule.frequency", "rrule", value=frequency)
    weekdays = _weekdays(parts["BYDAY"]) if "BYDAY" in parts else ()
    count, until = _number(parts, "COUNT"), parts.get("UNTIL")
    if count is not None and until is not None:
        raise InputRefused("rule.two_ends", "rrule")
    rule = Rule(
        frequency,
        _number(parts, "INTERVAL") or 1,
        weekdays,
        count,
        None if until is None else _until(until, start),
        _weekdays(parts["WKST"])[0] if "WKST" in parts else 0,
    )
    first = wall(start)
    if rule.until is not None and rule.until < first:
        raise InputRefused("rule.ends_first", "rrule")
    if weekdays and first.weekday() not in weekdays:
        raise InputRefused("rule.start_differs", "rrule", day=first.strftime("%A"))
    return rule


def rule_text(rule: Rule) -> str:
    """Return the rule in one canonical form; UNTIL as the wall time of the series."""
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.weekdays:
        parts.append("BYDAY=" + ",".join(WEEKDAYS[day] for day in rule.weekdays))
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%dT%H%M%S}")
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    return ";".join(parts)


def _step(rule: Rule) -> timedelta:
    return timedelta(days=rule.interval * (7 if rule.frequency == "WEEKLY" else 1))


def _near(rule: Rule, first: datetime, low: datetime) -> tuple[datetime, int | None]:
    """Return a start of the same series not long before `low`, and how many dates are left then.

    So expanding stays short. Only a series with a count and weekdays is walked from its start.
    """
    step = _step(rule)
    gone = (low - first) // step - 1
    if gone < 1 or (rule.count is not None and rule.weekdays):
        return first, rule.count
    return first + gone * step, None if rule.count is None else max(rule.count - gone, 0)


def expand(start: Moment, rule: Rule, low: datetime, high: datetime) -> Iterator[datetime]:
    """Yield the wall times of the series in [low, high), both wall times of the series' kind."""
    near, left = _near(rule, wall(start), low)
    if left == 0:
        return
    dates = _steps(rule, near, left) if not rule.weekdays else _walked(rule, near, left)
    for local in dates:
        if local >= high:
            return
        if local >= low:
            yield local


def _steps(rule: Rule, near: datetime, left: int | None) -> Iterator[datetime]:
    """Yield the dates of a series without weekdays, which is by far the commonest: even steps."""
    step = _step(rule)
    while left != 0 and (rule.until is None or near <= rule.until):
        yield near
        if left is not None:
            left -= 1
        near += step


def _walked(rule: Rule, near: datetime, left: int | None) -> Iterator[datetime]:
    yield from _rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=near,
        interval=rule.interval,
        byweekday=rule.weekdays or None,
        count=left,
        until=rule.until,
        wkst=rule.week_start,
        cache=False,
    )
