"""The computer's own word that it woke up, where the system's bus has one (logind).

Only a hint that comes at once: whoever waits looks at the clock by itself all the same.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import Any, Final

from jeepney import MatchRule
from PySide6.QtCore import QObject, Signal

from caregiver_app.integrations.session_bus import BusGone, Refused, SessionBus

_SLEEP: Final = "PrepareForSleep"
_RULE: Final = MatchRule(
    type="signal",
    interface="org.freedesktop.login1.Manager",
    path="/org/freedesktop/login1",
    member=_SLEEP,
)
_USUAL: Final = "unix:path=/var/run/dbus/system_bus_socket"
_SECONDS: Final = 5.0


class WakeSign(QObject):
    """Tells when the computer woke up; silent where there is nobody to tell it."""

    woke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: SessionBus | None = None
        self._is_over = False
        self.is_listening = False
        """Whether there is a bus that would tell."""

    def listen(self, *, system: str = sys.platform) -> None:
        """Listen from now on, without waiting; Windows and macOS have no such bus."""
        if system not in ("win32", "darwin"):
            threading.Thread(target=self._join, name="wake-sign", daemon=True).start()

    def _join(self) -> None:
        address = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", "") or _USUAL
        with suppress(BusGone, Refused):
            self._bus = bus = SessionBus(address, _SECONDS)
            if self._is_over:
                bus.close()
                return
            bus.hear(_RULE, self._heard)
            self.is_listening = True

    def stop(self) -> None:
        """Listen no more."""
        self._is_over = True
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()

    def _heard(self, signal: str, values: tuple[Any, ...]) -> None:
        # True before a sleep, False after it; told from the bus's own thread.
        if signal == _SLEEP and values == (False,):
            with suppress(RuntimeError):
                self.woke.emit()
