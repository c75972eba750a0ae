"""A calendar file read event by event: what can be kept, what was left out, and why.

One event that cannot be read is left out by itself. Reads what any of the usual readers reads and
follows RFC 5545 where they differ (docs/decisions/0016-own-calendar-reader.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from caregiver_app.domain.times import Moment
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.content import one_line
from caregiver_app.integrations.file_event import EventReading, title_of, told
from caregiver_app.integrations.file_series import in_order
from caregiver_app.integrations.foreign_zones import ForeignZones
from caregiver_app.integrations.incoming import Incoming, IncomingFile, Remark, Skipped
from caregiver_app.integrations.lines import Component, Line, components, decoded, unescaped
from caregiver_app.integrations.marks import only_tells_clock, without_clock_dates

_CALENDAR: Final = "VCALENDAR"
_ZONE: Final = "VTIMEZONE"
_INVITES: Final = ("REQUEST", "REPLY", "COUNTER", "CANCEL", "ADD")
"""What a file wants an answer to (RFC 5546 1.4); PUBLISH only says that it was sent."""
_NO_EVENTS: Final = {
    "VTODO": "import.not_an_event.task",
    "VJOURNAL": "import.not_an_event.journal",
    "VFREEBUSY": "import.not_an_event.busy",
}


def read_calendar(
    data: bytes, progress: Callable[[int], None] = lambda _line: None
) -> IncomingFile:
    """Read a calendar file.

    Args:
        data: its bytes.
        progress: is told now and then which line of the file was reached, first for the lines of
            all of it, then for its events.

    Raises:
        InputRefused: the file breaks a cap (`integrations.lines`); the error names the line.
    """
    outermost, bad = components(decoded(data), progress)
    return _Reading(outermost, len(bad), progress).done()


class _Reading:
    """One file while it is read."""

    def __init__(
        self, outermost: list[Component], bad: int, progress: Callable[[int], None]
    ) -> None:
        self._progress = progress
        self._events: list[Incoming] = []
        self._named: dict[int, Moment] = {}
        self._skipped: list[Skipped] = []
        self._dropped: Counter[str] = Counter()
        self._name, self._zone = "", ""
        if bad:
            self._dropped["line"] = bad
        calendars = [one for one in outermost if one.name == _CALENDAR]
        loose = [one for one in outermost if one.name != _CALENDAR]
        if loose:
            calendars.append(Component(_CALENDAR, loose[0].number, parts=loose))
        described = [part for one in calendars for part in one.parts if part.name == _ZONE]
        self._zones = ForeignZones(described)
        for calendar in calendars:
            self._calendar(calendar)

    def done(self) -> IncomingFile:
        """Return what was read."""
        ordered = in_order(self._events, self._named)
        for one in ordered.replaced:
            self._skip(one.line, one.title, "import.outdated")
        return IncomingFile(
            name=self._name,
            zone=self._zone,
            events=ordered.events,
            skipped=tuple(self._skipped),
            dropped=dict(self._dropped),
        )

    def _calendar(self, calendar: Component) -> None:
        named = calendar.first("X-WR-CALNAME") or calendar.first("NAME")
        self._name = self._name or (one_line(unescaped(named.value)) if named else "")
        method = calendar.first("METHOD")
        if method is not None and method.value.strip().upper() in _INVITES:
            self._dropped["METHOD"] += 1
        default = calendar.first("X-WR-TIMEZONE")
        zones = self._zones_of(calendar.parts, default)
        self._zone = self._zone or zones.default or ""
        self._parts(calendar.parts, zones)

    def _zones_of(self, parts: list[Component], default: Line | None) -> ForeignZones:
        """Return the zones of one calendar; one that describes none has those of the others."""
        own = [part for part in parts if part.name == _ZONE]
        if not own and default is None:
            return self._zones
        return ForeignZones(own, "" if default is None else unescaped(default.value).strip())

    def _parts(self, parts: list[Component], zones: ForeignZones) -> None:
        for part in parts:
            if part.name == "VEVENT":
                self._take(part, zones)
            elif any(each.name == "VEVENT" for each in part.parts):
                self._parts(part.parts, zones)
            elif part.name != _ZONE:
                key = _NO_EVENTS.get(part.name, "import.not_an_event")
                self._skip(part.number, title_of(part), key, name=part.name[:40])

    def _take(self, event: Component, zones: ForeignZones) -> None:
        self._progress(event.number)
        if only_tells_clock(event):
            return
        try:
            one = EventReading(without_clock_dates(event), zones)
            self._events += one.incoming()
            if one.named is not None:
                self._named[event.number] = one.named
            self._dropped.update(one.dropped)
        except InputRefused as refused:
            self._skip(event.number, title_of(event), refused.key, **refused.values)

    def _skip(self, line: int, title: str, key: str, **values: object) -> None:
        self._skipped.append(
            Skipped(line=line, title=title, reason=Remark(key=key, values=told(values)))
        )
