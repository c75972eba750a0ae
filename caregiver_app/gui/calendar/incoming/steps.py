"""Work that goes on in small steps while the window hears and paints everything in between."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from caregiver_app.errors import UserError
from caregiver_app.messages import explain


class Steps(QObject):
    """Goes through a generator, one step whenever nothing else is to be done."""

    stepped = Signal(int)
    """What the generator gave."""
    ended = Signal(object)
    """What the generator returned."""
    refused = Signal(str)
    """Why it broke off, in a plain sentence."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Generator[int, None, Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def is_at_work(self) -> bool:
        """Whether something is still to be done."""
        return self._work is not None

    def begin(self, work: Generator[int, None, Any]) -> None:
        """Go through another generator; one that was not done is given up."""
        self.stop()
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Give up what is not done."""
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            work.close()

    def _step(self) -> None:
        if self._work is None:
            return
        try:
            count = next(self._work)
        except StopIteration as end:
            self.stop()
            self.ended.emit(end.value)
        except UserError as error:
            self.stop()
            self.refused.emit(explain(error))
        else:
            self.stepped.emit(count)
