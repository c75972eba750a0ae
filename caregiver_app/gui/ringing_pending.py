"""What was said and is not recorded yet: on its way to the desktop, or waiting to be kept.

Nothing of it is said again meanwhile, however long the data cannot be written to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Final

from caregiver_app.gui.ringing_channels import WINDOW_ALONE, Told
from caregiver_app.services.reminders import Notice, ReminderService

_PATIENCE: Final = 30.0
"""Seconds after which nobody answers for a notice any more."""


class Pending:
    """Notices from the moment of their saying until they are recorded.

    `running` gives seconds that only run on.
    """

    def __init__(
        self, reminders: ReminderService, running: Callable[[], float] = time.monotonic
    ) -> None:
        self._reminders, self._running = reminders, running
        self._on_the_way: list[tuple[Notice, float]] = []
        self._to_keep: list[tuple[Notice, Told]] = []
        self._late: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all reminders that were said and are not recorded."""
        said = (*self._on_the_way, *self._to_keep)
        return frozenset(one.id for notice, _ in said for one in notice.reminders)

    @property
    def is_on_the_way(self) -> bool:
        """Whether the desktop has not answered for something yet."""
        return bool(self._on_the_way)

    @property
    def waits(self) -> bool:
        """Whether something was told and could not be recorded so far."""
        return bool(self._to_keep)

    @property
    def late(self) -> frozenset[str]:
        """The ids of those of them that could not be said in time."""
        return self._late & self.ids

    def begin(self, notices: Iterable[Notice], late: frozenset[str]) -> None:
        """Take note of what is about to be said; `late` are the ids of what is late by now."""
        self._late = self.late | late
        now = self._running()
        self._on_the_way += [(notice, now) for notice in notices]

    def arrived(self, notice: Notice, told: Told) -> None:
        """Take note of what became of a notice, unless nobody waits for that any more."""
        left = [one for one in self._on_the_way if one[0] is not notice]
        if len(left) < len(self._on_the_way):
            self._on_the_way = left
            self._to_keep.append((notice, told))

    def give_up(self, *, at_once: bool = False) -> None:
        """Wait no longer for answers that should have come, `at_once` for none."""
        now = self._running()
        for notice, since in tuple(self._on_the_way):
            if at_once or now - since > _PATIENCE:
                self.arrived(notice, WINDOW_ALONE)

    def keep(self) -> None:
        """Record what was told; what was answered in the meantime stays answered.

        Raises:
            UserError: something could not be recorded; all of the rest was tried.
        """
        first: Exception | None = None
        for entry in tuple(self._to_keep):
            notice, told = entry
            # Recording tells everybody of the change, and somebody may record in turn.
            self._to_keep.remove(entry)
            try:
                self._reminders.record(notice, told.stored)
            except Exception as error:  # noqa: BLE001 - raised below, after all the others
                self._to_keep.append(entry)
                first = first or error
        if first is not None:
            raise first
