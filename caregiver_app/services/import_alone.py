"""Changed dates whose series is not here, found by the date that they take the place of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.series import is_alone, replaced_by
from caregiver_app.domain.times import AllDay, Floating, Moment, wall, wall_instant

_Key = tuple[str, str, date | datetime]


class AloneDates:
    """Changed dates without their series, among any appointments.

    A file may name the same date in another zone: an hour is the instant that it is, a bare date
    any hour of its day, and an hour without a zone that hour of any.
    """

    def __init__(self, found: Iterable[Appointment]) -> None:
        self._found: dict[_Key, Appointment] = {}
        for one in found:
            if is_alone(one):
                for name, at in _names(replaced_by(one)):
                    self._found.setdefault((one.uid, name, at), one)

    def find(self, uid: str, moment: Moment) -> Appointment | None:
        """Return the one that takes the place of the date `moment` of the series `uid`."""
        for name, at in _asked(moment):
            one = self._found.get((uid, name, at))
            if one is not None:
                return one
        return None


def _names(moment: Moment) -> Iterator[tuple[str, date | datetime]]:
    local = wall(moment)
    yield "day", local.date()
    if isinstance(moment, AllDay):
        yield "bare day", local.date()
        return
    yield "hour", local
    if isinstance(moment, Floating):
        yield "bare hour", local
    else:
        yield "instant", wall_instant(local, moment.zone)


def _asked(moment: Moment) -> Iterator[tuple[str, date | datetime]]:
    local = wall(moment)
    if isinstance(moment, AllDay):
        yield "day", local.date()
        return
    if isinstance(moment, Floating):
        yield "hour", local
    else:
        yield "instant", wall_instant(local, moment.zone)
        yield "bare hour", local
    yield "bare day", local.date()
