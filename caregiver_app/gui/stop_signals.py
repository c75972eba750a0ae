"""The system's wish that the program ends, heard from within the event loop."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_STOPS: Final = tuple(
    number
    for number in (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGINT"))
    if number is not None
)


class StopSignals(QObject):
    """Hears the system ask the program to end, and says so from within the event loop.

    Between two lines of code, where Python itself would hear it, a change may be half written.
    """

    stopped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(
            self._reader.fileno(), QSocketNotifier.Type.Read, self
        )  # fmt: skip
        self._notifier.activated.connect(self._heard)
        self._before = {number: signal.signal(number, _no_more) for number in _STOPS}
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def _heard(self) -> None:
        with suppress(BlockingIOError):
            if set(self._reader.recv(64)) & set(_STOPS):
                self.stopped.emit()

    def stop(self) -> None:
        """Leave the signals to those who had them before."""
        signal.set_wakeup_fd(self._wakeup)
        for number, before in self._before.items():
            signal.signal(number, before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()


def _no_more(_number: int, _frame: object) -> None:
    """Do nothing: the wake-up socket tells it."""
