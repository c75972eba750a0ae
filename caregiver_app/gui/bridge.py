"""From the services' one change signal to a Qt signal, and the turns of the day.

Each change names itself once for the undo line; a new day and changes made by another program
come as a change of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.messages import words
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

_TICK_MS: Final = 5_000
"""A look takes a tenth of a millisecond, and what was answered elsewhere should not be asked on."""


class ChangeBridge(QObject):
    """`changed` carries a `Change`, or None when everything has to be looked at again."""

    changed = Signal(object)
    told = Signal(str)
    """What was changed, in words; only for what undo can take back."""

    def __init__(
        self,
        house: Household,
        look_for_outside_changes: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._house = house
        self._look = look_for_outside_changes
        self._day: date = house.care.today
        self._step = self._newest()
        self._running = True
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)
        house.care.changes.listen(self._published)

    def start(self) -> None:
        """Look at the clock and the file from now on; first extend the plans for today."""
        self._running = True
        self._timer.start()
        self._house.plans.lay_out_all()

    @property
    def is_looking(self) -> bool:
        """Whether it looks about by itself."""
        return self._timer.isActive()

    def rest(self, *, resting: bool) -> None:
        """Look about no more, or again, by itself; what is changed here is told all the same."""
        if resting:
            self._timer.stop()
        elif self._running:
            self._timer.start()

    def stop(self) -> None:
        """Leave the data alone from now on; it is about to be closed."""
        self._running = False
        self._timer.stop()

    def look(self) -> None:
        """Look whether a new day has come or another program has changed something."""
        if self._running and self._is_otherwise():
            self.changed.emit(None)

    def look_anew(self) -> None:
        """Look at everything again at once: the computer slept, or its clock or zone was set."""
        if self._running:
            self._is_otherwise()
            self.changed.emit(None)

    def _is_otherwise(self) -> bool:
        today = self._house.care.today
        outside = self._look()
        if today == self._day:
            return outside
        self._day = today
        self._house.plans.lay_out_all()
        return True

    def undo(self) -> str | None:
        """Take the last change back; return what it was, None when there is none.

        Raises:
            InputRefused: something else has changed the same entries since.
        """
        undone = self._house.care.undo()
        self._step = self._newest()
        return None if undone is None else change_words(*undone, self._house.care.today)

    def undo_words(self) -> str | None:
        """Return what undo would take back, None when there is nothing."""
        label = self._house.care.store.undo_label()
        return None if label is None else change_words(*label, self._house.care.today)

    def _newest(self) -> Mapping[str, object] | None:
        label = self._house.care.store.undo_label()
        return None if label is None else label[1]

    def _published(self, change: Change) -> None:
        if not self._running:
            return
        newest = self._newest()
        # Each step keeps its own values: another object is another step, even with equal words.
        # What was taken back uncovers an older step, which nobody has just made.
        fresh = newest is not None and newest is not self._step and not change.undone
        fresh = fresh and not change.quiet
        self._step = newest
        self.changed.emit(change)
        if fresh:
            self.told.emit(self.undo_words() or "")


def change_words(key: str, values: Mapping[str, object], today: date) -> str:
    """Return a change's sentence with dates as people write them, of another year with it."""
    return words(key, **{name: _plain(name, value, today) for name, value in values.items()})


def _plain(name: str, value: object, today: date) -> object:
    if name not in ("day", "until") or not isinstance(value, str):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    day = short_date(at.date(), year=at.year != today.year)
    if name == "day":
        return day
    if at.date() == today:
        return time_text(at)
    if at.date() == today + timedelta(days=1):
        return tr("tomorrow, {time}", time=time_text(at))
    return f"{day} {time_text(at)}"
