"""A repetition whose first date moves: the rule that gives every date as much later or earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from caregiver_app.domain.recurrence import Rule
from caregiver_app.domain.times import AllDay, Moment, parse_moment, to_text, wall, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

_WEEK = 7
_EVERY_MONTH_HAS = 28
_LEAP, _COMMON = 2024, 2023


@value
class Shift:
    """How the dates of a series move: as `before` becomes `after`, so does each of them."""

    before: Moment
    after: Moment

    @property
    def is_still(self) -> bool:
        """Whether nothing moves."""
        return self.before == self.after

    @property
    def days(self) -> int:
        """How many days later each date is."""
        return (wall(self.after).date() - wall(self.before).date()).days

    def local(self, at: datetime) -> datetime:
        """Return where a wall time of the series goes."""
        if isinstance(self.before, AllDay) == isinstance(self.after, AllDay):
            return at + (wall(self.after) - wall(self.before))
        day = at.date() + timedelta(days=self.days)
        return datetime.combine(day, wall(self.after).time())

    def moment(self, one: Moment) -> Moment:
        """Return where a date of the series goes, of the new kind and zone."""
        return with_wall(self.after, self.local(wall(one)))

    def key(self, text: str) -> str:
        """Return the key that a date has afterwards."""
        return to_text(self.moment(parse_moment(text, None)))


def moved_rule(rule: Rule, shift: Shift) -> Rule:
    """Return the rule that gives each of its dates as much later or earlier as `shift` says.

    Raises:
        InputRefused: no rule does: the 31st, a second Tuesday, or the like cannot move by days.
    """
    at = (wall(shift.before).time(), wall(shift.after).time())
    if at[0] != at[1] and (rule.hours or rule.minutes or rule.seconds):
        raise InputRefused("series.hours_fixed", "start")
    if rule.until is not None:
        rule = replace(rule, until=shift.local(rule.until))
    if not shift.days:
        return rule
    if rule.positions or rule.weeks or rule.year_days or rule.numbered:
        raise _refusal()
    if rule.frequency in ("DAILY", "WEEKLY"):
        return _by_weekday(rule, shift.days)
    if rule.weekdays:
        raise _refusal()
    if rule.frequency == "MONTHLY":
        return _by_day(rule, wall(shift.before).date(), shift.days)
    return _by_year(rule, wall(shift.before).date(), shift.days)


def _refusal() -> InputRefused:
    return InputRefused("series.rule_fixed", "start")


def _by_weekday(rule: Rule, days: int) -> Rule:
    if rule.months or rule.month_days:
        raise _refusal()
    weekdays = tuple(sorted((day + days) % _WEEK for day in rule.weekdays))
    week_start = rule.week_start
    if rule.frequency == "WEEKLY" and rule.interval > 1 and len(weekdays) > 1:
        # The weeks are counted from another day, so that the same dates stay in one of them.
        week_start = (week_start + days) % _WEEK
    return replace(rule, weekdays=weekdays, week_start=week_start)


def _by_day(rule: Rule, first: date, days: int) -> Rule:
    """Move days of the month that every month has, to days that every month has."""
    known = rule.month_days or (first.day,)
    moved = tuple(day + days for day in known)
    if not all(1 <= day <= _EVERY_MONTH_HAS for day in (*known, *moved)):
        raise _refusal()
    return replace(rule, month_days=moved) if rule.month_days else rule


def _by_year(rule: Rule, first: date, days: int) -> Rule:
    month, *months = rule.months or (first.month,)
    day, *others = rule.month_days or (first.day,)
    if months or others or day < 1:
        raise _refusal()
    moved = {_moved(month, day, days, year) for year in (_LEAP, _COMMON)}
    place = moved.pop()
    # What lies on the other side of the 29th of February is not always as many days away.
    if moved or place is None:
        raise _refusal()
    return replace(
        rule,
        months=(place[0],) if rule.months else (),
        month_days=(place[1],) if rule.month_days else (),
    )


def _moved(month: int, day: int, days: int, year: int) -> tuple[int, int, int] | None:
    """Return month, day and years later that a date comes to, None for and from a leap day."""
    if (month, day) == (2, 29):
        return None
    there = date(year, month, day) + timedelta(days=days)
    return (
        None if (there.month, there.day) == (2, 29) else (there.month, there.day, there.year - year)
    )
