"""A second reading of RFC 5545 3.3.10 to compare ours with: day by day, slow, without any jumps.

Every day from the period that holds the start is asked by itself whether it is what the rule says;
the days are put into their periods as they come, and periods are counted, never computed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product

from hypothesis import strategies as st

from caregiver_app.domain.recurrence import Rule

DAY = timedelta(days=1)
STARTS = (datetime(2024, 1, 1), datetime(2027, 12, 31))
HORIZON = date(2035, 12, 31)


@cache
def place(day: date, week_start: int) -> dict[str, object]:
    """What a calendar on the wall tells about a day."""
    tomorrow, month_left = day + DAY, 1
    while tomorrow.month == day.month:
        tomorrow, month_left = tomorrow + DAY, month_left + 1
    year_left = (date(day.year, 12, 31) - day).days + 1
    begins = day
    while begins.weekday() != week_start:
        begins -= DAY
    # A week belongs to the year that has four days of it, that is: its fourth day.
    fourth = begins + 3 * DAY
    of_year = fourth.timetuple().tm_yday
    weeks_after = (date(fourth.year, 12, 31).timetuple().tm_yday - of_year) // 7
    yearday = day.timetuple().tm_yday
    return {
        "month": day.month,
        "month_days": {day.day, -month_left},
        "year_days": {yearday, -year_left},
        "weekday": day.weekday(),
        "in_month": {(day.day + 6) // 7, -((month_left + 6) // 7)},
        "in_year": {(yearday + 6) // 7, -((year_left + 6) // 7)},
        "weeks": {(of_year + 6) // 7, -(weeks_after + 1)},
        "DAILY": day,
        "WEEKLY": begins,
        "MONTHLY": (day.year, day.month),
        "YEARLY": day.year,
        "week_year": fourth.year,
    }


def _day_fits(rule: Rule, first: datetime, told: dict) -> bool:
    start = place(first.date(), rule.week_start)
    says_day = rule.weekdays or rule.numbered or rule.month_days or rule.year_days
    if rule.months and told["month"] not in rule.months:
        return False
    if rule.weeks and not told["weeks"] & set(rule.weeks):
        return False
    if rule.year_days and not told["year_days"] & set(rule.year_days):
        return False
    if rule.month_days and not told["month_days"] & set(rule.month_days):
        return False
    if rule.weekdays or rule.numbered:
        yearly = rule.frequency == "YEARLY" and not rule.months
        nth = told["in_year" if yearly else "in_month"]
        plain = told["weekday"] in rule.weekdays
        if not plain and not any(n in nth and w == told["weekday"] for n, w in rule.numbered):
            return False
    # What the rule does not say is as on the first date.
    if rule.frequency == "WEEKLY" or rule.weeks:
        return bool(says_day) or told["weekday"] == start["weekday"]
    if rule.frequency == "MONTHLY":
        return bool(says_day) or max(told["month_days"]) == first.day
    if rule.frequency == "YEARLY":
        if not says_day and max(told["month_days"]) != first.day:
            return False
        names_month = rule.months or rule.year_days or rule.weekdays or rule.numbered
        if rule.month_days and not (rule.months or rule.year_days or rule.numbered):
            names_month = ()
        return bool(names_month) or told["month"] == first.month
    return True


def _hours(rule: Rule, first: datetime) -> list[time]:
    parts = (
        rule.hours or (first.hour,),
        rule.minutes or (first.minute,),
        rule.seconds or (first.second,),
    )
    return [time(*each) for each in product(*parts) if each[2] < 60]


def reference(rule: Rule, first: datetime, last: date = HORIZON) -> list[datetime]:
    """All dates of the series whose period has begun by the day `last`."""
    kind = "week_year" if rule.weeks else rule.frequency
    hours = sorted(_hours(rule, first))
    periods: list[list[datetime]] = []
    begun, known, own = 0, None, place(first.date(), rule.week_start)[kind]
    day = first.date() - 380 * DAY
    while day <= last + 380 * DAY:
        told = place(day, rule.week_start)
        key = told[kind]
        day += DAY
        if not begun and key != own:
            continue
        if key != known:
            if day > last + DAY:
                break
            begun, known = begun + 1, key
            periods.append([])
        if (begun - 1) % rule.interval == 0 and _day_fits(rule, first, told):
            today = day - DAY
            periods[-1] += [datetime.combine(today, hour) for hour in hours]
    found: list[datetime] = []
    for dates in periods:
        places = range(len(dates))
        found += [
            dates[at]
            for at in places
            if not rule.positions or {at + 1, at - len(dates)} & set(rule.positions)
        ]
    found = [each for each in found if each >= first]
    if rule.until is not None:
        found = [each for each in found if each <= rule.until]
    return found[: rule.count]


# -- Any rule -------------------------------------------------------------------------------------


def _some(low: int, high: int, most: int = 3, *, signed: bool = False):
    numbers = st.integers(low, high)
    if signed:
        numbers = numbers | st.integers(-high, -low)
    return st.frozensets(numbers, max_size=most).map(lambda each: tuple(sorted(each)))


def _seldom(strategy):
    return st.one_of(st.just(()), st.just(()), strategy)


NTH = st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5, 20, 52, 53, -53])


@st.composite
def rules(draw, starts: st.SearchStrategy[datetime]) -> tuple[Rule, datetime]:
    """Any rule of the four frequencies with any parts that may stand together, and any start."""
    first = draw(starts)
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    yearly = frequency == "YEARLY"
    weeks = draw(_seldom(_some(1, 53, signed=True))) if yearly else ()
    counted = frequency in ("MONTHLY", "YEARLY") and not weeks
    weekdays = draw(_seldom(_some(0, 6)))
    numbered = st.frozensets(st.tuples(NTH, st.integers(0, 6)), max_size=3)
    positions = _seldom(_some(1, 6, 2, signed=True))
    end = draw(st.sampled_from(["", "", "count", "until"]))
    rule = Rule(
        frequency,
        draw(st.integers(1, 4 if yearly else 9)),
        weekdays,
        draw(st.integers(1, 40)) if end == "count" else None,
        first + draw(st.integers(0, 2000)) * DAY if end == "until" else None,
        draw(st.sampled_from([0, 0, 6, 2, 4])),
        tuple(sorted(draw(_seldom(numbered)))) if counted else (),
        months=draw(_seldom(_some(1, 12))),
        month_days=() if frequency == "WEEKLY" else draw(_seldom(_some(1, 31, signed=True))),
        year_days=draw(_seldom(_some(1, 366, 6, signed=True))) if yearly else (),
        weeks=weeks,
        hours=draw(_seldom(_some(0, 23))),
        minutes=draw(_seldom(_some(0, 59, 2))),
        seconds=draw(_seldom(_some(0, 60, 2))),
        positions=draw(positions),
    )
    return rule, first


STARTING = st.builds(
    lambda day, hour, minute: datetime.combine(day, time(hour, minute)),
    st.dates(STARTS[0].date(), STARTS[1].date())
    | st.sampled_from(
        [date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 2), date(2025, 12, 29)]
    ),
    st.sampled_from([0, 2, 9, 23]),
    st.sampled_from([0, 30]),
)
