"""What a rehearsal is at: it comes, it came, what was seen of it; the answer is remembered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.words import day_text, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer

Saw = Literal["seen", "notice", "nothing"]
"""The window; only the desktop's small notice; nothing."""
Stage = Literal["", "asleep", "coming", "rung", "seen", "notice", "nothing"]
"""Not begun; nothing rings here; on its way; asked about; then what was seen."""

AFTER_MS: Final = 10_000
"""So long there is to look at another window."""
AT, SAW = "rehearsal.at", "rehearsal.saw"
"""The settings that remember the last try: when (UTC), and what was seen of it."""
_LOOK_MS: Final = 500
_LATE: Final = timedelta(seconds=20)
"""What has not come by then will not."""


@value
class Tried:
    """The last try: the wall time at which it was answered, and what was seen."""

    at: datetime
    saw: Saw


class Rehearsal(QObject):
    """One try after the other. `changed` tells of every step, and of each word of the countdown."""

    changed = Signal()
    countdown = Signal()
    """A little of the wait is over."""

    def __init__(
        self,
        house: Household,
        ringer: Callable[[], Ringer | None],
        parent: QObject | None = None,
        *,
        timer: QTimer | None = None,
    ) -> None:
        """`ringer` answers None while nothing rings in this window; `timer` paces the countdown."""
        super().__init__(parent)
        self._house, self._find = house, ringer
        self._ringer: Ringer | None = None
        self._stage: Stage = ""
        self._comes: datetime | None = None
        self.notice: tuple[bool, str] | None = None
        """What became of the desktop's notice: whether it was taken, and the sentence about it."""
        self.window_up = False
        """Whether the reminder window opened."""
        self._timer = timer or QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def stage(self) -> Stage:
        """What it is at."""
        return self._stage

    @property
    def is_answered(self) -> bool:
        """Whether somebody has said what was seen."""
        return self._stage in ("seen", "notice", "nothing")

    @property
    def rings_here(self) -> bool:
        """Whether this program is the one that rings."""
        ringer = self._find()
        return ringer is not None and ringer.rings_here

    def seconds_left(self) -> int:
        """Return how long it still takes, 0 once it comes."""
        if self._comes is None:
            return 0
        left = (self._comes - self._house.care.now) / timedelta(seconds=1)
        return max(0, round(left))

    # -- A try ------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Let a reminder come in ten seconds."""
        ringer = self._find()
        if ringer is None:
            self._go("asleep")
            return
        if ringer is not self._ringer:
            self._ringer = ringer
            ringer.rehearsal_begins.connect(self._came)
            ringer.rehearsed.connect(self._told)
            ringer.rehearsal_answered.connect(self._answered_there)
        self.notice, self.window_up = None, False
        self._comes = self._house.care.now + timedelta(milliseconds=AFTER_MS)
        self._go("coming")
        self._timer.start()
        ringer.rehearse(AFTER_MS)

    def cancel(self) -> None:
        """Let it not come after all; take the test away where it stands already."""
        self._timer.stop()
        self._comes = None
        if self._ringer is not None and self._stage in ("coming", "rung"):
            self._ringer.end_rehearsal()
            self._go("")

    def answer(self, saw: Saw) -> None:
        """Take what somebody saw, and remember it."""
        if self._ringer is not None:
            self._ringer.end_rehearsal()
        stamp = self._house.care.now.astimezone(UTC).isoformat(timespec="seconds")
        # What cannot be written down is no reason to leave the question open.
        with suppress(UserError):
            self._house.settings.remember(rehearsal__at=stamp, rehearsal__saw=saw)
        self._go(saw)

    # -- What the ringer tells --------------------------------------------------------------------

    def _came(self) -> None:
        if self._stage != "coming":
            return
        self._timer.stop()
        self._comes = None
        self.window_up = self._ringer is not None and self._ringer.panel.isVisible()
        self._go("rung")

    def _told(self, ok: bool, sentence: str) -> None:
        if self._stage in ("coming", "rung") or self.is_answered:
            self.notice = (ok, sentence)
            self.changed.emit()

    def _answered_there(self) -> None:
        if self._stage in ("coming", "rung"):
            self._timer.stop()
            self.window_up = True
            self.answer("seen")

    def _look(self) -> None:
        if self._comes is not None and self._house.care.now - self._comes > _LATE:
            self.cancel()
            self._go("asleep")
        else:
            self.countdown.emit()

    def _go(self, stage: Stage) -> None:
        self._stage = stage
        self.changed.emit()


def last_try(house: Household) -> Tried | None:
    """Return the last try that was answered, None before the first one."""
    text, saw = house.settings.text(AT, ""), house.settings.text(SAW, "")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.tzinfo is None or saw not in ("seen", "notice", "nothing"):
        return None
    return Tried(in_zone(at, house.care.home), saw)


def last_words(house: Household) -> str:
    """Return "Tried on Friday 20 March, 18:04: you saw it.", "" before the first try."""
    tried = last_try(house)
    if tried is None:
        return ""
    day, today = tried.at.date(), house.care.today
    hour = time_text(tried.at)
    named = day_text(day, today)
    when = (
        tr("{day}, {time}", day=named.lower(), time=hour)
        if day == today or (today - day).days == 1
        else tr("on {day}, {time}", day=named, time=hour)
    )
    if tried.saw == "seen":
        return tr("Tried {when}: you saw it.", when=when)
    if tried.saw == "notice":
        return tr("Tried {when}: you saw only the desktop notice.", when=when)
    return tr("Tried {when}: you saw nothing.", when=when)
