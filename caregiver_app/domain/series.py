"""A repeating appointment with the dates of it that were changed on their own.

Such a date is an appointment too (`Appointment.series`, `.original`); the series leaves it out.
How dates are changed: `series_edits`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from typing import Any, Literal

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.moved_rules import Shift
from caregiver_app.domain.recurrence import expand, read_rule
from caregiver_app.domain.rides import lead_minutes
from caregiver_app.domain.rules import FIRST_YEAR, LAST_YEAR
from caregiver_app.domain.times import (
    AllDay,
    Moment,
    Zoned,
    in_zone,
    parse_moment,
    to_text,
    wall,
    wall_instant,
    wall_text,
    with_wall,
)
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

Scope = Literal["one", "following", "all"]
Fate = Literal["own", "dropped", "left_out"]

_OF_ITS_OWN = frozenset(
    (
        "id", "created", "changed", "uid", "start", "rrule", "exdates", "rdates", "series",
        "original", "plan", "dose", "sequence", "entered",
    )
)  # fmt: skip
CONTENT = tuple(one.name for one in fields(Appointment) if one.name not in _OF_ITS_OWN)
"""What an appointment says, beside when it is and which one it is."""

_AT_ONCE = timedelta(microseconds=1)


@value
class Fresh:
    """What a change needs from outside: the present instant and new ids."""

    now: datetime
    new_id: Callable[[], str]

    def uid(self) -> str:
        """Return a new name for calendar files."""
        return f"{self.new_id()}@caregiver-companion"


@value
class Misfit:
    """A changed date that the new repetition does not have any more.

    `fate`: it stays as an appointment of its "own"; it was cancelled and is "dropped"; it was
    "left_out" and there is nothing to leave out any more. `original` is the date that the rule
    gave it, `start` when it is.
    """

    original: Moment
    start: Moment
    title: str
    fate: Fate


@value
class Carried:
    """Answers that go along: what was answered for dates in [low, high) under another id.

    With a `shift` the dates move as well: then only what is settled goes along.
    """

    source: str
    target: str
    low: datetime
    high: datetime
    shift: Shift | None = None


@value
class Edit:
    """What a change writes. `entry` and `key` name the date afterwards, `kept` changed ones."""

    scope: Scope
    entry: str
    key: str
    put: tuple[Appointment, ...] = ()
    removed: tuple[str, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    kept: tuple[Moment, ...] = ()
    carried: tuple[Carried, ...] = ()


@value
class Series:
    """A repeating appointment, the dates of it that were changed, and the one that is meant.

    `row` is what that date was changed to, None while it is as the rule says.
    """

    master: Appointment
    changed: tuple[Appointment, ...]
    moment: Moment
    row: Appointment | None = None

    @property
    def key(self) -> str:
        """The wall time that the rule gave the date."""
        return to_text(self.moment)

    @property
    def shown(self) -> Appointment:
        """The date as the calendar shows it; one that is as the rule says keeps the rule."""
        return self.row or moved_to(self.master, self.moment)

    def from_here(self) -> list[Appointment]:
        """Return the changed dates of this one and the following."""
        at = wall(self.moment)
        return [one for one in self.changed if wall_of(one.original) >= at]


def wall_of(key: str) -> datetime:
    """Return the wall time that a key names."""
    return wall(parse_moment(key, None))


def moment_of(master: Appointment, key: str) -> Moment:
    """Return the date of a series with this key, of the kind and zone of the series.

    Raises:
        InputRefused: it cannot be read, or it is of another kind.
    """
    moment = parse_moment(key, None, "original")
    if isinstance(moment, AllDay) != isinstance(master.start, AllDay):
        raise InputRefused("series.no_such_date", "original", title=master.title, value=key)
    return with_wall(master.start, wall(moment))


def is_alone(one: Appointment) -> bool:
    """Tell whether it is a changed date whose series is not here."""
    return bool(one.original) and one.series is None


def replaced_by(one: Appointment) -> Moment:
    """Return the date that a changed one without its series takes the place of."""
    zone = one.start.zone if isinstance(one.start, Zoned) and "T" in one.original else None
    return parse_moment(one.original, zone, "original")


def date_name(start: Moment, moment: Moment) -> str:
    """Return the name of a replaced date, as a wall time of the kind and zone of `start`.

    A date stays one.
    """
    if isinstance(moment, AllDay) or isinstance(start, AllDay):
        return wall(moment).date().isoformat()
    if isinstance(moment, Zoned) and isinstance(start, Zoned) and moment.zone != start.zone:
        there = in_zone(wall_instant(moment.local, moment.zone), start.zone)
        if FIRST_YEAR <= there.year <= LAST_YEAR:
            return wall_text(there.replace(tzinfo=None, fold=0))
    return wall_text(moment.local)


def is_rule_date(master: Appointment, local: datetime) -> bool:
    """Tell whether the rule gives this wall time, left out or not."""
    if not master.rrule:
        return False
    rule = read_rule(master.rrule, master.start).rule
    return next(expand(master.start, rule, local, local + _AT_ONCE), None) == local


def is_date(master: Appointment, local: datetime) -> bool:
    """Tell whether a series has this date, by its rule or as an extra one, left out or not."""
    if is_rule_date(master, local):
        return True
    return bool(master.rrule) and to_text(with_wall(master.start, local)) in master.rdates


def moved_to(one: Appointment, start: Moment) -> Appointment:
    """Return an appointment at another time; one sets off for it as long before as until now."""
    here, there = wall(one.start), wall(start)
    moved = replace(one, start=start)
    if not one.leave_at or here.time() == there.time() or lead_minutes(one) is not None:
        return moved
    way = here - datetime.combine(here.date(), time.fromisoformat(one.leave_at))
    leave = there - way
    stays = not isinstance(start, AllDay) and leave.date() == there.date()
    # Before midnight there is no hour of the same day left to name.
    return replace(moved, leave_at=f"{leave:%H:%M}" if stays else "")


def differences(old: Appointment, new: Appointment) -> dict[str, Any]:
    """Return what `new` says otherwise than `old`."""
    return {
        name: getattr(new, name) for name in CONTENT if getattr(new, name) != getattr(old, name)
    }


def entered_by(old: Appointment, new: Appointment, now: datetime) -> datetime:
    """Return since when its reminders count: from now where its times or leads changed."""
    same = old.start == new.start and old.minutes == new.minutes and old.rrule == new.rrule
    same = same and old.reminders == new.reminders and old.leave_at == new.leave_at
    return old.entered if same and old.status != "cancelled" else now


def is_as_ruled(one: Appointment, master: Appointment, moment: Moment) -> bool:
    """Tell whether a date is exactly as its series says."""
    return one.start == moment and not differences(moved_to(master, moment), one)


def with_left_out(master: Appointment, keys: Iterable[str], fresh: Fresh) -> Appointment:
    """Return the series with exactly these dates left out, as a change of now."""
    return replace(
        master,
        exdates=tuple(sorted(set(keys))),
        sequence=master.sequence + 1,
        changed=fresh.now,
    )


def carried_one(source: str, target: str, moment: Moment, shift: Shift | None = None) -> Carried:
    """Return that the answers of one date go along to another id, or to another time."""
    return Carried(source, target, wall(moment), wall(moment) + _AT_ONCE, shift)
