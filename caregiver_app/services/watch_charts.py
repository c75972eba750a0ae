"""What the charts of the side-effects tab show, as plain values: what was written, by stretch.

They show what was written down and conclude nothing. A stretch is a day, a week or a month,
whichever leaves marks that can still be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.times import wall
from caregiver_app.domain.watch import SCALES
from caregiver_app.services.care import Care
from caregiver_app.storage.tallies import Infusion, Spread, Tallies, Unit
from caregiver_app.values import value

__all__ = (
    "REACHES",
    "SCALES",
    "Infusion",
    "Span",
    "Spread",
    "Strip",
    "Timeline",
    "Told",
    "Unit",
    "Wellbeing",
    "scales_written",
    "span_of",
    "strip",
    "timeline",
    "wellbeing",
)

REACHES: Final = ("infusion", "weeks", "months", "year", "all")
"""How far back a chart reaches: the last infusion, 4 weeks, 3 months, a year, everything."""
_BACK: Final = {"weeks": 28, "months": 91, "year": 365}
_USUAL: Final = 28
MOST_DAYS: Final = 100
"""Up to so many days each day stands for itself."""
MOST_WEEKS: Final = 60
MOST_MONTHS: Final = 48
_WEEK: Final = 7
_YEAR: Final = 12
_MONTHS: Final = {"month": 1, "quarter": 3}
"""How many months a stretch of such a unit has."""


@value
class Span:
    """The days from `first` to `last`, both shown, in stretches of one `unit`.

    `first` begins a stretch: for weeks it is a Monday, for months and quarters the first
    of one.
    """

    first: date
    last: date
    unit: Unit = "day"

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def count(self) -> int:
        """How many stretches there are."""
        if months := _MONTHS.get(self.unit):
            return (_month_number(self.last) - _month_number(self.first)) // months + 1
        return (self.days - 1) // (1 if self.unit == "day" else _WEEK) + 1

    def bounds(self, number: int) -> tuple[date, date]:
        """Return the first and the last day of a stretch, the last one cut off at `last`."""
        if months := _MONTHS.get(self.unit):
            begin = _month(_month_number(self.first) + number * months)
            end = _month(_month_number(begin) + months) - timedelta(days=1)
        else:
            long = 1 if self.unit == "day" else _WEEK
            begin = self.first + timedelta(days=long * number)
            end = begin + timedelta(days=long - 1)
        return begin, min(end, self.last)

    def number_of(self, day: date) -> int:
        """Return in which stretch a day lies."""
        if months := _MONTHS.get(self.unit):
            return (_month_number(day) - _month_number(self.first)) // months
        return (day - self.first).days // (1 if self.unit == "day" else _WEEK)


@value
class Told:
    """What was written in one stretch: each sign with its strongest severity and its days.

    `days` counts the days with any entry. Without a sign, only check-ins were written.
    """

    number: int
    days: int
    signs: tuple[tuple[str, int, int], ...]

    @property
    def level(self) -> int:
        """The strongest severity, 0 where no sign was written."""
        return max((level for _, level, _ in self.signs), default=0)


@value
class Timeline:
    """What was written in a span, with the infusions, the days of a flare and those of calls."""

    span: Span
    told: tuple[Told, ...]
    infusions: tuple[Infusion, ...]
    flares: tuple[date, ...]
    calls: tuple[date, ...]

    @property
    def written(self) -> int:
        """On how many days something was written."""
        return sum(one.days for one in self.told)

    @property
    def without(self) -> int:
        """On how many days nothing was written."""
        return self.span.days - self.written


@value
class Strip:
    """The same with a row for each sign, the one that was written on most days first.

    `rows` holds for each sign and stretch the strongest severity and the days with it; `told` on
    how many days of a stretch anything was written.
    """

    span: Span
    rows: tuple[tuple[str, Mapping[int, tuple[int, int]]], ...]
    told: Mapping[int, int]
    infusions: tuple[Infusion, ...]

    @property
    def written(self) -> int:
        """On how many days something was written."""
        return sum(self.told.values())

    @property
    def without(self) -> int:
        """On how many days nothing was written."""
        return self.span.days - self.written


@value
class Wellbeing:
    """The scales that have numbers, by stretch; flares, and what was possible on which day.

    `written` counts the days that have any number.
    """

    span: Span
    scales: tuple[tuple[str, Mapping[int, Spread]], ...]
    written: int
    flares: tuple[date, ...]
    possible: tuple[tuple[date, str], ...]
    infusions: tuple[Infusion, ...]

    @property
    def without(self) -> int:
        """On how many days no number was written."""
        return self.span.days - self.written


def span_of(care: Care, person: str, reach: str, most_days: int = MOST_DAYS) -> Span:
    """Return the days up to today that one of `REACHES` stands for.

    Without an infusion, or without any entry, it is the last four weeks. `most_days` is how many
    days may stand for themselves before weeks do.

    Raises:
        KeyError: there is no such reach.
    """
    today = care.today
    first = today - timedelta(days=_USUAL - 1)
    if reach == "infusion":
        visit = care.store.last_visit_before(person, f"{today.isoformat()}T23:59")
        first = first if visit is None else wall(visit.start).date()
    elif reach == "all":
        first = min(today, _tallies(care, person).first_day() or first)
    else:
        first = today - timedelta(days=_BACK[reach] - 1)
    return span_between(first, today, most_days)


def span_between(first: date, last: date, most_days: int = MOST_DAYS) -> Span:
    """Return the span of these days; weeks and months are shown whole at its beginning."""
    days = (last - first).days + 1
    if days <= most_days:
        return Span(first, last, "day")
    if days <= MOST_WEEKS * _WEEK:
        return Span(first - timedelta(days=first.weekday()), last, "week")
    months = _month_number(last) - _month_number(first) + 1
    if months <= MOST_MONTHS:
        return Span(first.replace(day=1), last, "month")
    return Span(first.replace(month=first.month - (first.month - 1) % 3, day=1), last, "quarter")


def timeline(care: Care, person: str, span: Span) -> Timeline:
    """Return what was written in a span."""
    tallies = _tallies(care, person)
    days = (span.first, span.last)
    signs: dict[int, list[tuple[str, int, int]]] = {}
    for number, sign, level, count in tallies.strengths(*days, span.unit):
        signs.setdefault(number, []).append((sign, level, count))
    told = tuple(
        Told(number, count, tuple(signs.get(number, ())))
        for number, count in tallies.told(*days, span.unit).items()
    )
    return Timeline(
        span,
        told,
        tuple(tallies.infusions(*days)),
        tuple(tallies.flares(*days)),
        tuple(tallies.calls(*days)),
    )


def strip(care: Care, person: str, span: Span) -> Strip:
    """Return what was written in a span, by sign."""
    tallies = _tallies(care, person)
    days = (span.first, span.last)
    rows: dict[str, dict[int, tuple[int, int]]] = {}
    for number, sign, level, count in tallies.strengths(*days, span.unit):
        rows.setdefault(sign, {})[number] = (level, count)
    most = sorted(rows.items(), key=lambda row: -sum(count for _, count in row[1].values()))
    return Strip(span, tuple(most), tallies.told(*days, span.unit), tuple(tallies.infusions(*days)))


def wellbeing(care: Care, person: str, span: Span) -> Wellbeing:
    """Return the scales of a span, with flares and with what was possible."""
    tallies = _tallies(care, person)
    days = (span.first, span.last)
    spreads, written = tallies.spreads(*days, span.unit)
    return Wellbeing(
        span,
        tuple((name, spreads[name]) for name in SCALES if spreads[name]),
        written,
        tuple(tallies.flares(*days)),
        tuple(tallies.possible(*days)),
        tuple(tallies.infusions(*days)),
    )


def scales_written(care: Care, person: str) -> list[str]:
    """Return the scales for which a person has any number, in the usual order."""
    found = _tallies(care, person).scales_of()
    return [name for name in SCALES if name in found]


def _tallies(care: Care, person: str) -> Tallies:
    return Tallies(care.store, person, care.home, care.today)


def _month_number(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _month(number: int) -> date:
    return date(number // _YEAR, number % _YEAR + 1, 1)
