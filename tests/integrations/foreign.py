"""Calendar files of other programs, and what the reader makes of them, for the tests beside it."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import Occurrence, occurrences
from caregiver_app.domain.times import AllDay, Floating, instant
from caregiver_app.integrations.incoming import Incoming, IncomingFile
from caregiver_app.integrations.reader import read_calendar

FAR = datetime(2040, 1, 1)


def calendar(*lines: str) -> bytes:
    """Return a calendar around these lines."""
    told = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//other//EN", *lines, "END:VCALENDAR")
    return "".join(f"{line}\r\n" for line in told).encode()


def event(*lines: str, uid: str = "one@example") -> tuple[str, ...]:
    """Return the lines of an event."""
    return ("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT")


def read_lines(*lines: str) -> IncomingFile:
    """Read a calendar that holds these lines."""
    return read_calendar(calendar(*lines))


def read_event(*lines: str) -> Incoming:
    """Read the one event of these lines."""
    (one,) = read_lines(*event(*lines)).events
    return one


def _told(one: Occurrence, *, ends: bool) -> str:
    start = one.start
    if isinstance(start, AllDay):
        text = start.day.isoformat()
    elif isinstance(start, Floating):
        text = f"{start.local:%Y-%m-%dT%H:%M:%S}"
    else:
        text = f"{instant(start, 'UTC'):%Y-%m-%dT%H:%M:%SZ}"
    if not ends:
        return text
    pattern = "%Y-%m-%d" if isinstance(start, AllDay) else "%Y-%m-%dT%H:%M:%SZ"
    return f"{text} {one.ends('UTC'):{pattern}}"


def dates(file: IncomingFile, *, ends: bool = False, most: int = 50) -> list[str]:
    """Return every date of a file's events in order: UTC with a Z, floating without, or a day.

    A date that an event of its own replaces is left out of its series, as it is when it is kept.
    """
    found: list[str] = []
    for one in file.events:
        replaced = {each.original for each in file.events if each.uid == one.uid and one.rrule}
        series = Appointment(
            id="x", uid=one.uid, person="", type="other", title=one.title, start=one.moment,
            minutes=one.minutes, rrule=one.rrule, exdates=tuple({*one.exdates, *replaced}),
            rdates=one.rdates,
        )  # fmt: skip
        all_of_it = occurrences(series, datetime(1900, 1, 1), FAR)
        found += [_told(each, ends=ends) for each in islice(all_of_it, most)]
    return sorted(found)


def remarks(file: IncomingFile) -> list[str]:
    """Return the message keys of all remarks and reasons."""
    told = [remark.key for one in file.events for remark in one.remarks]
    return [*told, *(one.reason.key for one in file.skipped)]
