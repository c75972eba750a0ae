"""Erases beside the window's thread, and tells how far it is."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from caregiver_app.errors import UserError
from caregiver_app.services.erasing import ErasingService, Scope


class Eraser(QObject):
    """Does one erasing in a thread of its own."""

    progressed = Signal(int, int)
    """So many of so many files are done."""
    ended = Signal(object)
    """It is erased; the `Outcome` says what became of the copies."""
    refused = Signal(object)
    """Nothing was erased; the `UserError` says why."""

    def __init__(self, service: ErasingService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._thread: threading.Thread | None = None

    def start(self, scope: Scope, *, remove_copies: bool) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._work, args=(scope, remove_copies), daemon=True)
        self._thread.start()

    def _work(self, scope: Scope, remove_copies: bool) -> None:
        try:
            outcome = self._service.erase(
                scope, remove_copies=remove_copies, told=self.progressed.emit
            )
        except UserError as error:
            self.refused.emit(error)
        else:
            self.ended.emit(outcome)
