"""What a file says of an entry otherwise than the entry itself.

An event that says exactly what its entry holds is unchanged at once. Any other is held against
what our own export says of the entry, read back, so that both directions can never disagree. What
a file is silent about stays: alarms and the status where it has none (many programs lose them), and
in a file with neutral titles what those keep quiet about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.reminders import lead_times
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    AllDay,
    Zoned,
    in_zone,
    wall_instant,
    whole_days,
)
from caregiver_app.integrations.ical import NEUTRAL_NAME, NEUTRAL_TITLE, trigger_text
from caregiver_app.integrations.incoming import Incoming, zone_and_text
from caregiver_app.services.import_rows import Changed

COMPARED: Final = (
    "title", "start", "zone", "minutes", "status", "place", "note", "rrule", "exdates", "rdates",
    "alarms", "extra",
)  # fmt: skip
WHEN: Final = frozenset(("start", "zone"))
_QUIET: Final = ("place", "note", "extra")
_STATUS: Final = {"delayed": "planned", "done": "booked"}


def bare_title(title: str, person: str) -> str:
    """Return a title without the person's name that our export appends."""
    return title.removesuffix(f" ({person})") if person else title


def told_leads(one: Appointment, usual: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Return the minutes of the alarms that a calendar file can hold of an entry.

    `usual` are those of a type of which nobody chose any.
    """
    all_day = isinstance(one.start, AllDay)
    leads = {lead for lead in lead_times(one, usual) if trigger_text(lead, all_day=all_day)}
    return tuple(sorted(leads, reverse=True))


class Entry:
    """An entry as a calendar file would say it."""

    def __init__(
        self,
        one: Appointment,
        person: str,
        changed: Collection[str],
        usual: Mapping[str, tuple[int, ...]],
    ) -> None:
        """`person` is the name of the one it is about, `changed` are dates with entries."""
        self.one, self.person, self._usual = one, person, usual
        self._changed = changed

    def value(self, name: str) -> object:
        """Return one of the COMPARED fields, a title without the person's name."""
        one = self.one
        match name:
            case "start":
                return zone_and_text(one.start)[0]
            case "zone":
                return one.start.zone if isinstance(one.start, Zoned) else None
            case "minutes" if isinstance(one.start, AllDay):
                return whole_days(one.minutes) * MINUTES_A_DAY
            case "status":
                return _STATUS.get(one.status, one.status)
            case "exdates" if self._changed:
                return tuple(text for text in one.exdates if text not in self._changed)
            case "alarms":
                return told_leads(one, self._usual) or None
            case _:
                return getattr(one, name)

    def differing(
        self, event: Incoming, file: str, told: Callable[[], Incoming | None]
    ) -> tuple[str, ...]:
        """Return the names of the fields that an event says otherwise.

        Args:
            event: the event.
            file: the name of its calendar.
            told: gives what our export says of the entry, None where it says nothing.
        """
        silent = _silent(event, file)
        names = [
            name
            for name in COMPARED
            if name not in silent and self._said(event, name) != self.value(name)
        ]
        if not names:
            return ()
        ours = told()
        if ours is not None:
            names = [name for name in names if self._said(event, name) != self._said(ours, name)]
        if WHEN & set(names) and self._is_same_instant(event):
            names = [name for name in names if name not in WHEN]
        return tuple(names)

    def changes(self, event: Incoming, names: Collection[str]) -> tuple[Changed, ...]:
        """Return what an event says otherwise as texts."""
        return tuple(
            Changed(name, _text(self.value(name)), _text(self._said(event, name))) for name in names
        )

    def _said(self, event: Incoming, name: str) -> object:
        if name == "title":
            return bare_title(event.title, self.person)
        return getattr(event, name)

    def _is_same_instant(self, event: Incoming) -> bool:
        """Tell whether an event only says in UTC when the entry is, as some programs do."""
        start = self.one.start
        if event.zone != "UTC" or event.rrule or self.one.rrule or not isinstance(start, Zoned):
            return False
        there = datetime.fromisoformat(event.start)
        return wall_instant(there, "UTC") == wall_instant(start.local, start.zone)


def in_own_zone(event: Incoming, one: Appointment) -> Incoming:
    """Return an event that tells its hour in UTC, as many programs do, in the zone of its entry."""
    if one.rrule or not isinstance(one.start, Zoned):
        return event
    return in_zone_of(event, one.start.zone)


def in_zone_of(event: Incoming, zone: str) -> Incoming:
    """Return an event that tells its only hour in UTC at the same instant in another zone."""
    if event.zone != "UTC" or event.rrule or event.original:
        return event
    at = wall_instant(datetime.fromisoformat(event.start), "UTC")
    here = Zoned(in_zone(at, zone).replace(tzinfo=None, fold=0), zone)
    if wall_instant(here.local, here.zone) != at:
        # The second pass of an hour that comes twice has no name in that zone.
        return event
    return replace(event, start=zone_and_text(here)[0], zone=zone)


def _silent(event: Incoming, file: str) -> set[str]:
    """Return the fields of which an event says nothing."""
    silent: set[str] = set()
    if event.alarms is None:
        silent.add("alarms")
    silent.update(name for name in ("title", "status") if not getattr(event, name))
    if any(remark.key == "import.end_unread" for remark in event.remarks):
        silent.add("minutes")
    neutral = event.title == NEUTRAL_TITLE
    if neutral and not event.place and not event.note:
        silent.update(("title", *_QUIET))
    elif file == NEUTRAL_NAME:
        silent.update(name for name in _QUIET if not getattr(event, name))
        if neutral:
            silent.add("title")
    return silent


def _text(told: object) -> str:
    if told is None:
        return ""
    if isinstance(told, tuple):
        return ",".join(str(part) for part in told)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return str(told)
