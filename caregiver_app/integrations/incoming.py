"""What a calendar file says, as plain values that a child process can hand over as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from caregiver_app.domain.times import Moment, Zoned, parse_moment, to_text
from caregiver_app.values import value


@value(kw_only=True)
class Remark:
    """Something to tell about an event: a message key with its values."""

    key: str
    values: dict[str, str]


@value(kw_only=True)
class Incoming:
    """One event as the file has it, in the program's own terms.

    `original` is the wall time of the series that it replaces, "" where it is no changed date;
    with `following` it stands for all later dates as well.
    `start`, `exdates` and `rdates` are wall times as text, in `zone` (None: floating, or whole
    days). `alarms` are minutes before the start, None where the file has none. `created` and
    `changed` are ISO instants in UTC or "", `status` is "" where the file names none. `extra` are
    lines kept word by word, `line` is where the event begins in the file. `kind` is the kind of
    appointment where the file comes from this program, else "".
    """

    uid: str
    line: int
    start: str
    zone: str | None
    minutes: int
    original: str = ""
    following: bool = False
    title: str = ""
    place: str = ""
    note: str = ""
    status: str = ""
    rrule: str = ""
    exdates: tuple[str, ...] = ()
    rdates: tuple[str, ...] = ()
    alarms: tuple[int, ...] | None = None
    sequence: int = 0
    created: str = ""
    changed: str = ""
    extra: str = ""
    remarks: tuple[Remark, ...] = ()
    kind: str = ""

    @property
    def moment(self) -> Moment:
        """The start as one of the three kinds of time."""
        return parse_moment(self.start, self.zone)

    @property
    def named(self) -> Moment:
        """The replaced date, in the kind of time of this event or as a whole day."""
        if "T" not in self.original:
            return parse_moment(self.original, None)
        return parse_moment(self.original, self.zone)


@value(kw_only=True)
class Skipped:
    """Something of a file that was not taken: where it begins, what it is called, and why."""

    line: int
    title: str
    reason: Remark


@value(kw_only=True)
class IncomingFile:
    """A whole file: its events, what was left out, and how much of what was dropped.

    `dropped` counts what this program does not keep, by its name in the file. `zone` is the zone
    in which the file wants to be seen, "" where it names none that is known.
    """

    name: str
    events: tuple[Incoming, ...]
    skipped: tuple[Skipped, ...]
    dropped: dict[str, int]
    zone: str = ""


def to_json(one: Incoming | Skipped) -> dict[str, Any]:
    """Return plain JSON values."""
    return asdict(one)


def event_from(told: dict[str, Any]) -> Incoming:
    """Return the event of `to_json`."""
    given = dict(told)
    for name in ("exdates", "rdates"):
        given[name] = tuple(told[name])
    given["alarms"] = None if told["alarms"] is None else tuple(told["alarms"])
    given["remarks"] = tuple(Remark(**one) for one in told["remarks"])
    return Incoming(**given)


def skipped_from(told: dict[str, Any]) -> Skipped:
    """Return what `to_json` told of something left out."""
    given = dict(told)
    given["reason"] = Remark(**told["reason"])
    return Skipped(**given)


def zone_and_text(moment: Moment) -> tuple[str, str | None]:
    """Return a moment's text and zone."""
    return to_text(moment), moment.zone if isinstance(moment, Zoned) else None
