"""Dates of a series at which another one of the same file has a changed date.

A widely used reader (ical.js, where nobody tells it otherwise) knows changed dates by what their
RECURRENCE-ID says, and not by whose they are: a series that has a date there, and none of its own
that is changed, then shows the other one's. What it compares are letters: the wall time without
its zone, else the time in UTC (docs/decisions/0017-how-calendar-files-are-written.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.recurrence import Rule, expand
from caregiver_app.domain.times import (
    AllDay,
    Floating,
    Moment,
    Zoned,
    has_one_offset,
    in_zone,
    is_in_gap,
    wall,
    wall_instant,
)
from caregiver_app.integrations.content import date_text, local_text, utc_text
from caregiver_app.values import value

UTC_NAMES: Final = ("UTC", "Etc/UTC")
"""Zones that are written as UTC."""

_SECOND: Final = timedelta(seconds=1)
_WIDEST_GAP: Final = timedelta(days=1)
_WHOLE_DAYS: Final = "DATE"
_FLOATING: Final = ""
_UTC: Final = "UTC"


@value(kw_only=True)
class Dated:
    """A series as it is written.

    `gone` are wall times that are left out of it, `extra` those beside its rule, `added` the UTC
    instants at which dates stand that a gap of the clocks moved, and `named` the values of
    RECURRENCE-ID of its own changed dates.
    """

    series: Appointment
    rule: Rule
    gone: Collection[datetime]
    extra: Collection[datetime]
    added: Collection[datetime]
    named: Collection[str]


def shared_dates(all_series: Sequence[Dated], lone: Iterable[str]) -> dict[str, list[datetime]]:
    """Return by series id the wall times of the dates that have to become events of their own.

    Args:
        all_series: every series of the file.
        lone: values of RECURRENCE-ID of changed dates whose series is not in the file.
    """
    known = {each for dated in all_series for each in dated.named} | set(lone)
    if len(all_series) < (1 if lone else 2) or not known:
        return {}
    found: dict[str, list[datetime]] = {}
    own = {dated.series.id: set(dated.named) for dated in all_series}
    index, waiting = _Index(all_series), sorted(known)
    while waiting:
        name = waiting.pop()
        for series, local, its_name in index.dates(name):
            mine = own[series.id]
            # Its own one goes first, and its wall time before the time in UTC.
            if its_name in mine or (its_name not in known and name in mine):
                continue
            mine.add(its_name)
            found.setdefault(series.id, []).append(local)
            if its_name not in known:
                known.add(its_name)
                waiting.append(its_name)
    return {each: sorted(dates) for each, dates in found.items()}


class _Index:
    """Finds series by what a RECURRENCE-ID says; asks no rule that is for another hour."""

    def __init__(self, all_series: Sequence[Dated]) -> None:
        self._by_hour: dict[str, dict[time | None, list[Dated]]] = {}
        self._beside: dict[str, list[tuple[Appointment, datetime, str]]] = {}
        for dated in all_series:
            rule, start = dated.rule, dated.series.start
            several = rule.hours or rule.minutes or rule.seconds
            hours = self._by_hour.setdefault(_kind(start), {})
            hours.setdefault(None if several else wall(start).time(), []).append(dated)
            for local, name in _beside_rule(dated):
                held = self._beside.setdefault(name, [])
                held.append((dated.series, local, name))
                if isinstance(start, Floating):
                    self._beside.setdefault(f"{name}Z", []).append((dated.series, local, name))

    def dates(self, name: str) -> Iterator[tuple[Appointment, datetime, str]]:
        """Yield series with the wall time at which they have a date of that name, and its name."""
        yield from self._beside.get(name, ())
        at = datetime.fromisoformat(name.removesuffix("Z"))
        if "T" not in name:
            yield from self._named(_WHOLE_DAYS, at, name)
            return
        if not name.endswith("Z"):
            for zone in self._by_hour:
                if zone not in (_WHOLE_DAYS, _UTC):
                    yield from self._named(zone, at, name)
            return
        yield from self._named(_UTC, at, name)
        yield from self._named(_FLOATING, at, name.removesuffix("Z"))
        moment = at.replace(tzinfo=UTC)
        for zone in self._by_hour:
            if zone not in (_WHOLE_DAYS, _UTC, _FLOATING):
                local = in_zone(moment, zone).replace(tzinfo=None, fold=0)
                if wall_instant(local, zone) == moment:
                    yield from self._named(zone, local, local_text(local))

    def _named(
        self, kind: str, local: datetime, name: str
    ) -> Iterator[tuple[Appointment, datetime, str]]:
        hours: Mapping[time | None, list[Dated]] = self._by_hour.get(kind, {})
        for dated in (*hours.get(local.time(), ()), *hours.get(None, ())):
            if _has(dated, local):
                yield dated.series, local, name


def _kind(start: Moment) -> str:
    if isinstance(start, AllDay):
        return _WHOLE_DAYS
    if isinstance(start, Floating):
        return _FLOATING
    return _UTC if start.zone in UTC_NAMES else start.zone


def _has(dated: Dated, local: datetime) -> bool:
    """Tell whether the rule of a series has a date at a wall time that the clocks show."""
    start = dated.series.start
    if local in dated.gone:
        return False
    if next(expand(start, dated.rule, local, local + _SECOND), None) != local:
        return False
    return not (isinstance(start, Zoned) and _is_skipped(local, start.zone))


def _is_skipped(local: datetime, zone: str) -> bool:
    return not has_one_offset(local.date(), zone) and is_in_gap(local, zone)


def _beside_rule(dated: Dated) -> Iterator[tuple[datetime, str]]:
    """Yield the wall times and names of dates that a series has beside those of its rule."""
    start = dated.series.start
    for local in dated.extra:
        if local in dated.gone:
            continue
        if isinstance(start, AllDay):
            yield local, date_text(local)
        elif isinstance(start, Floating):
            yield local, local_text(local)
        else:
            yield local, utc_text(wall_instant(local, start.zone))
    if not isinstance(start, Zoned):
        return
    for at in dated.added:
        over = in_zone(at, start.zone).replace(tzinfo=None, fold=0)
        for local in expand(start, dated.rule, over - _WIDEST_GAP, over):
            if local not in dated.gone and wall_instant(local, start.zone) == at:
                yield local, utc_text(at)
