"""Where the present moment and the computer's zone come from: the system, or a given start."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tzlocal import get_localzone_name, reload_localzone

from caregiver_app.errors import InputRefused

_YEARS = (1900, 2200)
_LOOK_AGAIN = 60.0
"""Seconds after which the computer's zone is looked up again."""
_LOCAL_TIME = "/etc/localtime"
"""Where most systems keep their zone: a link to its file."""
_JUMPED = 2.0
"""Seconds by which the clock went otherwise than time: it slept or was set, perhaps elsewhere."""


def computer_zone() -> str:
    """Return the IANA name of the computer's zone; `TZ` wins, UTC where there is none."""
    return _known(_told_zone()) or _known(_linked_zone()) or _known(_system_zone()) or "UTC"


def _known(name: str) -> str:
    """Return a zone's name, "" where nothing is known of it."""
    try:
        return name if name and ZoneInfo(name) else ""
    except (KeyError, ValueError, OSError):
        return ""


def _told_zone() -> str:
    return os.environ.get("TZ", "").removeprefix(":")


def _linked_zone() -> str:
    """Return what the system's link says: at once, where `_system_zone` tries hundreds of names."""
    name = os.path.realpath(_LOCAL_TIME).partition("/zoneinfo/")[2]
    # The same zones, in folders for those who count seconds otherwise.
    return name.removeprefix("posix/").removeprefix("right/")


def _system_zone() -> str:
    try:
        reload_localzone()
        return get_localzone_name() or "UTC"
    except (KeyError, ValueError, OSError):
        return "UTC"


class SystemClock:
    """The computer's own clock and zone."""

    def __init__(self) -> None:
        self._zone = computer_zone()
        self._looked, self._read = time.monotonic(), time.time()

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def zone(self) -> str:
        """Return the computer's zone, noticing a change within a minute, and at once on waking."""
        ran, read = time.monotonic(), time.time()
        went = ran - self._looked
        if went > _LOOK_AGAIN or abs(read - self._read - went) > _JUMPED:
            self._zone = computer_zone()
            self._looked, self._read = ran, read
        return self._zone


class GivenClock:
    """A clock that starts at a given instant and stands still, or runs on from there."""

    def __init__(self, start: datetime, *, running: bool) -> None:
        self._start = start
        self._running = running
        self._zone = computer_zone()
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Return the given instant, plus what has gone by when the clock runs."""
        if not self._running:
            return self._start
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def zone(self) -> str:
        """Return the computer's zone as it was when the clock was made."""
        return self._zone


def read_now(text: str) -> datetime:
    """Return the UTC instant of `--now ISO`; without an offset it is in the computer's zone.

    Raises:
        InputRefused: it is not a date with a time.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputRefused("time.no_such_date", "--now", text=text) from None
    if not _YEARS[0] <= at.year <= _YEARS[1]:
        raise InputRefused("time.far_year", "--now", text=text)
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(computer_zone()))
    return at.astimezone(UTC)
