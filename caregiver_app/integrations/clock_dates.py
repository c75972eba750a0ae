"""Dates of a series around a change of the clocks, of which no two readers make the same.

A date in an hour that is skipped or comes twice, or one that lasts across the change, has to be
spelled out in a calendar file, so that every reader finds it where this program has it
(docs/decisions/0017-how-calendar-files-are-written.md tells what was measured).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.recurrence import Rule, expand
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    Zoned,
    in_zone,
    is_folded,
    is_in_gap,
    wall_instant,
    zone_of,
)
from caregiver_app.integrations.vtimezone import Change, changes
from caregiver_app.values import value

_MINUTE: Final = timedelta(minutes=1)
_SECOND: Final = timedelta(seconds=1)


@value(kw_only=True)
class ClockDates:
    """What a calendar file has to say of a series beside its rule.

    `left_out` are wall times for EXDATE, `unread` UTC instants for it, at which only some readers
    see a date. `added` are UTC instants for RDATE, at the end of a gap. `own` are wall times that
    become an event of their own, which says nothing but when it is, each with whether no zone may
    stand with the date that it replaces: some readers take that for these digits in UTC.
    """

    left_out: tuple[datetime, ...] = ()
    unread: tuple[datetime, ...] = ()
    added: tuple[datetime, ...] = ()
    own: tuple[tuple[datetime, bool], ...] = ()


NOTHING: Final = ClockDates()


def clock_dates(
    series: Appointment,
    rule: Rule,
    last: date,
    *,
    gone: Collection[datetime],
    changed: Collection[datetime],
) -> ClockDates:
    """Return what has to be said of a zoned series up to the day `last`.

    Args:
        series: the repeating appointment.
        rule: its repetition, as read.
        last: the last day that the file covers.
        gone: wall times that are left out of it.
        changed: wall times of its dates that are events anyway.
    """
    start = series.start
    if not isinstance(start, Zoned):
        return NOTHING
    near = [
        change
        for change in changes(start.zone, start.local.year - 1, last.year)
        if _may_touch(change, rule, start.local, series.minutes)
    ]
    if not near:
        return NOTHING
    return _Around(start, series.minutes, rule, gone, changed).found(near)


def is_uneven(local: datetime, minutes: int, zone: str) -> bool:
    """Tell whether readers disagree about when something at `local` is, or when it is over."""
    begins = wall_instant(local, zone)
    over = in_zone(begins + minutes * _MINUTE, zone).replace(tzinfo=None, fold=0)
    if over != local + minutes * _MINUTE:
        return True
    return is_folded(local, zone) or is_folded(over, zone)


def _readings(local: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return the UTC instants of a skipped wall time by the offset after the change, and before."""
    aware = local.replace(tzinfo=zone_of(zone))
    return aware.replace(fold=1).astimezone(UTC), aware.replace(fold=0).astimezone(UTC)


@lru_cache(maxsize=1 << 12)
def _span(change: Change) -> tuple[datetime, datetime]:
    """Return the wall times between which the clocks say something odd."""
    other = change.local + (change.after - change.before)
    return min(change.local, other), max(change.local, other)


def _may_touch(change: Change, rule: Rule, first: datetime, minutes: int) -> bool:
    """Tell, by the hours of the day alone, whether a date may meet a change."""
    if rule.hours or rule.minutes or rule.seconds:
        return True
    low, high = _span(change)
    begins, lo = (60 * at.hour + at.minute for at in (first, low))
    wide = (high - low) // _MINUTE + 1
    return (lo - begins) % MINUTES_A_DAY <= minutes + 1 or (begins - lo) % MINUTES_A_DAY <= wide


class _Around:
    """Looks at a series around some changes."""

    def __init__(
        self,
        start: Zoned,
        minutes: int,
        rule: Rule,
        gone: Collection[datetime],
        changed: Collection[datetime],
    ) -> None:
        self._start, self._minutes, self._rule = start, minutes, rule
        self._gone, self._changed = gone, changed
        self._left_out: set[datetime] = set()
        self._unread: set[datetime] = set()
        self._added: set[datetime] = set()
        self._own: dict[datetime, bool] = {}

    def found(self, near: list[Change]) -> ClockDates:
        """Return what there is to say."""
        for change in near:
            low, high = _span(change)
            for local in self._dates(low - (self._minutes + 1) * _MINUTE, high + _MINUTE):
                if is_in_gap(local, self._start.zone):
                    self._gap(local, change.after - change.before)
                elif is_uneven(local, self._minutes, self._start.zone):
                    self._spell_out(local)
        return ClockDates(
            left_out=tuple(sorted(self._left_out)),
            unread=tuple(sorted(self._unread)),
            added=tuple(sorted(self._added)),
            own=tuple((local, self._own[local]) for local in sorted(self._own)),
        )

    def _dates(self, low: datetime, high: datetime | None = None) -> Iterator[datetime]:
        return expand(self._start, self._rule, low, high)

    def _gap(self, local: datetime, shift: timedelta) -> None:
        """Put a date in a gap at its end, and the next one right, which libical reads late."""
        zone = self._start.zone
        at, following = wall_instant(local, zone), self._following(local)
        early, late = _readings(local, zone)
        if local in self._gone:
            self._leave_out(local + shift, following)
        elif late == at:
            # Those that go on over the gap find it where it is; only ical.js is early.
            self._unread.add(early)
            self._added.add(at)
            self._spell_out(local)
        else:
            self._left_out.add(local)
            self._leave_out(local + shift, following)
            self._added.add(at)
        if following is None or is_in_gap(following, zone):
            return
        late = wall_instant(following, zone) + shift
        # recurring-ical-events takes an instant for the wall time of the same digits.
        alike = late.replace(tzinfo=None) == following
        if not alike:
            self._leave_out(following + shift, self._following(following))
        walks_on = self._rule.frequency != "YEARLY" and not self._rule.numbered
        self._spell_out(following, bare=alike and walks_on)

    def _following(self, local: datetime) -> datetime | None:
        """Return the next date at the same hour."""
        later = self._dates(local + _SECOND)
        return next((each for each in later if each.time() == local.time()), None)

    def _leave_out(self, local: datetime, following: datetime | None) -> None:
        """Leave out what only libical sees as a date.

        ical.js overlooks a left out date behind one that is none, so it has to be one then.
        """
        if next(self._dates(local, local + _SECOND), None) is not None:
            return
        at = wall_instant(local, self._start.zone)
        self._unread.add(at)
        if following in self._gone:
            self._added.add(at)

    def _spell_out(self, local: datetime, *, bare: bool = False) -> None:
        if local not in self._gone and local not in self._changed:
            self._own[local] = bare or self._own.get(local, False)
