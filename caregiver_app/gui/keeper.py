"""Keeps copies: a backup a day and after half an hour of edits, made beside the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from caregiver_app.errors import DataDamaged, UserError
from caregiver_app.messages import explain
from caregiver_app.services.care import Change, Changes

_LOOK_MS: Final = 5 * 60_000
_WAIT_S: Final = 10
"""Seconds that the end of the program waits for a copy: whoever shuts down has so much patience."""


class Keeper(QObject):
    """Asks for a backup at the start and every few minutes; `backup` decides whether one is due.

    `backup(edited)` is called in a thread of its own.
    """

    troubled = Signal(str)
    """No backup could be made, in a plain sentence."""
    damaged = Signal()
    """The data did not read back as it was written."""

    def __init__(
        self, changes: Changes, backup: Callable[[bool], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backup = backup
        self._edited = False
        self.found_damage = False
        """Whether `damaged` was sent; it may come before anybody listens."""
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        changes.listen(self._changed)

    def start(self) -> None:
        """Look at once, then every few minutes."""
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Ask for a backup unless one is being made."""
        if self._thread is not None and self._thread.is_alive():
            return
        edited, self._edited = self._edited, False
        self._thread = threading.Thread(target=self._keep, args=(edited,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Make no more copies; a copy that is being made is waited for."""
        self._timer.stop()
        if self._thread is not None:
            self._thread.join(_WAIT_S)

    def finish(self, last: Callable[[], object]) -> None:
        """Stop, and make the last copy where copies were made; it is waited for as well.

        What is in the way of it disturbs nobody: the next start makes one.
        """
        began = self._timer.isActive()
        self.stop()
        if began and (self._thread is None or not self._thread.is_alive()):
            self._thread = threading.Thread(target=_quietly, args=(last,), daemon=True)
            self._thread.start()
            self._thread.join(_WAIT_S)

    def _changed(self, _change: Change) -> None:
        self._edited = True

    def _keep(self, edited: bool) -> None:
        try:
            if self._backup(edited) is None and edited:
                # Not due yet: the edits still wait for their copy.
                self._edited = True
        except UserError as error:
            self._edited = self._edited or edited
            if isinstance(error, DataDamaged):
                self.found_damage = True
                self.damaged.emit()
            else:
                self.troubled.emit(explain(error))


def _quietly(act: Callable[[], object]) -> None:
    with suppress(UserError):
        act()
