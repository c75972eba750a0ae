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


def computer_zone() -> str:
    """Return the IANA name of the computer's zone; `TZ` wins, UTC where there is none."""
    wanted = os.environ.get("TZ", "").removeprefix(":")
    for name in (wanted, _system_zone()):
        try:
            if name and ZoneInfo(name):
                return name
        except (KeyError, ValueError, OSError):
            continue
    return "UTC"


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
        self._looked = time.monotonic()

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def zone(self) -> str:
        """Return the computer's zone, noticing a change within a minute."""
        if time.monotonic() - self._looked > _LOOK_AGAIN:
            self._zone = computer_zone()
            self._looked = time.monotonic()
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
