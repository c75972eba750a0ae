"""Lines that a foreign calendar file left with an event, made safe to stand in an event again.

They come from outside, or from whoever calls the command line: whatever they hold, they stay within
their event and never say again what the event says itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from caregiver_app.errors import InputRefused
from caregiver_app.integrations.content import plain
from caregiver_app.integrations.file_event import EventReading
from caregiver_app.integrations.foreign_rules import is_sub_daily
from caregiver_app.integrations.foreign_zones import ForeignZones
from caregiver_app.integrations.lines import Line, components, parsed
from caregiver_app.integrations.marks import CLOCK_NAME, DATE_NAME, KIND_NAME, NO_LENGTH

_OURS: Final = frozenset(
    ("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION",
     "STATUS", "RRULE", "EXRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "SEQUENCE", "CREATED",
     "LAST-MODIFIED", "METHOD", "ATTACH", "ORGANIZER", "ATTENDEE", DATE_NAME, CLOCK_NAME,
     KIND_NAME),
)  # fmt: skip
_REPETITION: Final = frozenset(("RRULE", "RDATE", "EXDATE", "EXRULE"))
_NEVER_WITHIN: Final = frozenset(
    ("VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE")
)
_DEEPEST: Final = 4
_PART: Final = re.compile(r"[A-Za-z0-9-]+")
_ALARM: Final = "VALARM"


@dataclass
class _Block:
    name: str
    bad: bool
    lines: list[str] = field(default_factory=list[str])


def with_end(span: list[str], extra: str) -> list[str]:
    """Return the line of a start with an end at the same time, where the event's file has one."""
    if len(span) > 1 or NO_LENGTH not in extra.split("\n"):
        return span
    return [*span, f"DTEND{span[0].removeprefix('DTSTART')}"]


def kept_lines(
    extra: str, *, alarms: bool = True, single: Sequence[str] = ()
) -> tuple[list[str], list[str]]:
    """Return the properties and the parts of `extra` as content lines, not folded.

    Left out are lines that are none, properties that each event of ours has itself or that would
    make it an invitation, and parts that are not closed, too deep or never stand in an event.

    Args:
        extra: lines as a file has them, folded or not.
        alarms: keep alarms.
        single: the lines of an event that does not repeat: what tells of a repetition that is
            none, or that nobody can read, is kept then, as long as the event is the same with it.
    """
    found = _Block("", bad=False)
    parts = _Block("", bad=False)
    dates: list[str] = []
    opened: list[_Block] = []
    for text in _unfolded(extra):
        line = parsed(text, 0)
        if line is None:
            continue
        if line.name == "BEGIN":
            opened.append(_begun(line.value, len(opened), alarms=alarms))
        elif line.name == "END":
            _close(opened, line.value.strip().upper(), parts)
        elif opened:
            opened[-1].lines.append(line.text)
        elif line.name not in _OURS:
            found.lines.append(line.text)
        elif single and _tells_of_dates(line):
            dates.append(line.text)
            found.lines.append(line.text)
    if dates and not _is_same(single, dates):
        found.lines = [text for text in found.lines if text not in dates]
    return found.lines, parts.lines


def _tells_of_dates(line: Line) -> bool:
    return line.name in _REPETITION and not (line.name == "RRULE" and is_sub_daily(line.value))


def _is_same(event: Sequence[str], more: Sequence[str]) -> bool:
    """Tell whether an event is on the same single date with more lines in it."""
    without = _dates([*event, "END:VEVENT"])
    return without is not None and without == _dates([*event, *more, "END:VEVENT"])


def _dates(lines: Sequence[str]) -> tuple[object, ...] | None:
    (event, *_), _ = components("\n".join(lines))
    try:
        one, *more = EventReading(event, ForeignZones(())).incoming()
    except InputRefused:
        return None
    return one.start, one.zone, one.minutes, one.rrule, one.original, len(more)


def _unfolded(extra: str) -> Iterator[str]:
    whole = ""
    for raw in plain(extra).split("\n"):
        if raw[:1] in (" ", "\t"):
            whole += raw[1:]
        else:
            yield whole
            whole = raw
    yield whole


def _begun(value: str, depth: int, *, alarms: bool) -> _Block:
    name = value.strip().upper()
    unwanted = name in _NEVER_WITHIN or (name == _ALARM and not alarms)
    return _Block(name, unwanted or depth >= _DEEPEST or not _PART.fullmatch(name))


def _close(opened: list[_Block], name: str, parts: _Block) -> None:
    """Close the innermost block of that name; what was not closed within it is left out."""
    if not any(block.name == name for block in opened):
        return
    while opened[-1].name != name:
        opened.pop()
    block = opened.pop()
    if not block.bad:
        holder = opened[-1] if opened else parts
        holder.lines += [f"BEGIN:{block.name}", *block.lines, f"END:{block.name}"]
