"""Tells when the clock did more, or less, than time went by: sleep, a clock set anew, travel."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

_APART: Final = 2.0
"""Seconds that two clocks may run apart between two looks."""
_LONG: Final = 75.0
"""Seconds between two looks after which this program itself was held up."""


class ClockJumps:
    """Compares the clock on the wall with time that only runs; `running` gives its seconds."""

    def __init__(self, running: Callable[[], float] = time.monotonic) -> None:
        self._running = running
        self._last: tuple[datetime, float, str] | None = None

    def look(self, now: datetime, zone: str) -> bool:
        """Tell whether the clock or its zone jumped since the last look.

        Where running time stops while the computer sleeps, a sleep is a jump of the clock; where
        it goes on, it is a long time between two looks.
        """
        ran = self._running()
        last, self._last = self._last, (now, ran, zone)
        if last is None:
            return False
        was, began, there = last
        went = ran - began
        apart = abs((now - was).total_seconds() - went)
        return apart > _APART or went > _LONG or zone != there
