"""Calendar files for the tests of taking them in."""

from __future__ import annotations

import re
from datetime import date

from caregiver_app.integrations.incoming import IncomingFile
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.services.importer import Preview
from tests.fakes import Home

ZONE = "America/New_York"


def event(uid: str = "one", start: str = "20261201T093000", *lines: str, zone: str = ZONE) -> str:
    """One event, by default of half an hour in New York."""
    at = f"DTSTART;VALUE=DATE:{start}" if "T" not in start else f"DTSTART;TZID={zone}:{start}"
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", at, *lines, "END:VEVENT"))


def calendar(*events: str, name: str = "") -> bytes:
    """A calendar of these events."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//somebody//else//EN"]
    if name:
        head.append(f"X-WR-CALNAME:{name}")
    text = "\n".join((*head, *events, "END:VCALENDAR", ""))
    return text.replace("\n", "\r\n").encode()


def read(data: bytes | str) -> IncomingFile:
    """Read a file without a child process, which the tests of the guard are about."""
    return read_calendar(data.encode() if isinstance(data, str) else data)


def look(home: Home, data: bytes | str, person: str = "", alarms: str = "file") -> Preview:
    """Preview a file."""
    return home.house.importer.preview(read(data), person, alarms)  # type: ignore[arg-type]


def take(home: Home, data: bytes | str, person: str = "") -> Preview:
    """Take a whole file; returns what the preview said."""
    preview = look(home, data, person)
    home.house.importer.take(preview)
    return preview


def states(preview: Preview) -> list[str]:
    return [row.state for row in preview.rows]


def dates(home: Home, first: str = "2026-11-01", last: str = "2027-06-30") -> list[tuple[str, str]]:
    """What the calendar shows: start and title of all that is not cancelled, in order."""
    found = home.house.agenda.between(date.fromisoformat(first), date.fromisoformat(last))
    return [
        (one.key, one.appointment.title) for one in found if one.appointment.status != "cancelled"
    ]


def edited(data: bytes, within: str, there: str, here: str) -> str:
    """A file in which one event, the one that holds `within`, says something else."""
    text = data.decode().replace("\r\n ", "")
    (block,) = [
        one for one in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.DOTALL) if within in one
    ]
    assert block.count(there) == 1, block
    return text.replace(block, block.replace(there, here))
