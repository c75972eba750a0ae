"""The ringer: sleeps until the next reminder, shows it in the panel, then tells the desktop.

Showing comes first, recording second: a crash between the two repeats a reminder and loses none.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.rehearsal_line import RehearsalLine
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain, words
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household
from caregiver_app.services.reminders import Notice

LONGEST_MS: Final = 30_000
"""No sleep is longer: a timer that was stopped by the computer's own sleep is found out soon."""
_SHORTEST_MS: Final = 200
_SOON_MS: Final = 1_000
_KINDS: Final = frozenset(("answer", "appointment", "plan", "person", "setting"))


class Delivered(Protocol):
    """What became of a desktop notice."""

    @property
    def ok(self) -> bool:
        """Whether the desktop took it."""
        ...

    @property
    def reason_key(self) -> str:
        """The message key that says what happened."""
        ...


class Notifier(Protocol):
    """Sends a desktop notice without waiting; `done` is called from another thread."""

    def send_async(self, title: str, body: str, done: Callable[[Delivered], None]) -> None:
        """Send one notice."""
        ...


class Ringer(QObject):
    """Rings while this program holds the claim; the panel always shows what waits."""

    health_changed = Signal(str)
    """The sentence to show while desktop notices do not arrive, "" when they do."""
    rehearsed = Signal(bool, str)
    """What became of a test's desktop notice: whether it was taken, and the sentence about it."""
    rehearsal_answered = Signal()
    """Somebody answered the test line, and so has seen it."""
    emergency_asked = Signal()
    """F2 was pressed in the panel."""
    _came_back = Signal(object, object)
    _tried = Signal(object)

    def __init__(
        self,
        house: Household,
        theme: Theme,
        notifier: Notifier,
        *,
        holds_claim: Callable[[], bool],
        panel: ReminderPanel | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`holds_claim` tells whether this program is the one that rings.

        `panel` is made at the first need when none is given.
        """
        super().__init__(parent)
        self._house, self._theme, self._notifier = house, theme, notifier
        self._holds_claim = holds_claim
        self._panel = panel
        if panel is not None:
            panel.emergency_asked.connect(self.emergency_asked)
        self._words = ReminderWords(house)
        self._on_the_way: set[str] = set()
        self._health = ""
        self._unrecorded = False
        self._reached = False
        self._last_check: datetime | None = None
        self._running = False
        self._held = self._comes_back = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        # From the sending thread into this one: a signal between threads is queued.
        self._came_back.connect(self._record)
        self._tried.connect(self._rehearsed)

    @property
    def health(self) -> str:
        """The sentence for the banner and the health line, "" while all is well."""
        return self._health

    @property
    def reached_desktop(self) -> bool:
        """Whether the desktop has taken a notice since this program was started."""
        return self._reached

    @property
    def last_check(self) -> datetime | None:
        """The UTC instant of the last look at what is due, None before the first one."""
        return self._last_check

    @property
    def rings_here(self) -> bool:
        """Whether this program is the one that rings."""
        return self._holds_claim()

    @property
    def panel(self) -> ReminderPanel:
        """The panel."""
        if self._panel is None:
            self._panel = ReminderPanel(self._house, self._theme)
            self._panel.emergency_asked.connect(self.emergency_asked)
        return self._panel

    def start(self) -> None:
        """Show what waits since the last time, look once, and go on by itself."""
        self._running = True
        self._house.care.changes.listen(self.refresh)
        try:
            if self._holds_claim() and self._house.reminders.waiting():
                self._show()
                self._come_up()
        finally:
            self.tick()

    def stop(self) -> None:
        """Ring no more."""
        self._running = False
        self._timer.stop()

    def rest(self, *, resting: bool) -> None:
        """Ring not now, or soon again: a moment in which nothing else may write."""
        if resting:
            self._timer.stop()
        elif self._running:
            self._timer.start(_SHORTEST_MS)

    def wait_ms(self) -> int:
        """Return how long to sleep: until the next due moment, never longer than 30 s."""
        try:
            due = self._house.reminders.next_due()
        except UserError:
            # Said by the tick that cannot read either; the next one tries again.
            due = None
        if due is None:
            return LONGEST_MS
        left = int((due - self._house.care.now) / timedelta(milliseconds=1))
        if left <= 0:
            # Something came due while another notice was on its way: look again soon, but never
            # press on when what was said cannot be recorded.
            return LONGEST_MS if self._unrecorded else _SOON_MS
        return min(LONGEST_MS, max(_SHORTEST_MS, left))

    def tick(self) -> None:
        """Compare with the clock: say what is due, then sleep again."""
        try:
            if self._holds_claim():
                self._say_what_is_due()
                self._last_check = self._house.care.now
        except UserError as error:
            self._unrecorded = True
            self._set_health(explain(error))
        finally:
            if self._running:
                self._timer.start(self.wait_ms())

    def refresh(self, change: Change | None = None) -> None:
        """Follow a change: an answer, an undo, a moved visit."""
        if not self._running or (change is not None and not change.kinds & _KINDS):
            return
        if self._holds_claim():
            before = {one.id for one in self._panel.items} if self._panel else set[str]()
            self._show()
            # An answer that was taken back stands there again, and is seen again.
            if any(one.id not in before for one in self.panel.items):
                self._come_up()
        self._timer.start(min(self.wait_ms(), LONGEST_MS))

    def rehearse(self) -> bool:
        """Ring once for a try: the panel with a test line, and a real desktop notice.

        Nothing of it is kept. Returns whether the panel is up; `rehearsed` tells of the notice.
        """
        now = in_zone(self._house.care.now, self._house.care.home)
        line = RehearsalLine(self._theme, now, first=not self.panel.items)
        line.answered.connect(self._rehearsal_over)
        self.panel.show_rehearsal(line)
        body = tr("This is a test, {time}", time=f"{now:%H:%M}")
        self._notifier.send_async(tr("Care reminder"), body, self._try_came_back)
        return self.panel.isVisible()

    def hold_back(self, hold: bool) -> None:
        """Keep the panel out of sight while something more urgent is on the screen.

        What falls due meanwhile is told to the desktop as ever, and stands in the panel afterwards.
        """
        if hold == self._held:
            return
        self._held = hold
        if hold:
            self._comes_back = self._panel is not None and self._panel.isVisible()
            if self._panel is not None:
                self._panel.set_items([])
                self._panel.hide()
        elif self._comes_back and self._running:
            self._show()
            self._come_up()

    def _come_up(self) -> None:
        if self._held:
            self._comes_back = True
        else:
            self.panel.come_up()

    def end_rehearsal(self) -> None:
        """Take the test line away."""
        self.panel.end_rehearsal()

    # -- Within -----------------------------------------------------------------------------------

    def _say_what_is_due(self) -> None:
        due = [one for one in self._house.reminders.due() if one.id not in self._on_the_way]
        if not due:
            if self._panel is not None and self._panel.isVisible():
                self._show()
            return
        self._on_the_way |= {one.id for one in due}
        self._show()
        self._come_up()
        for notice in self._house.reminders.notices(due):
            title, body = self._words.desktop(notice)
            self._notifier.send_async(title, body, self._told(notice))

    def _told(self, notice: Notice) -> Callable[[Delivered], None]:
        def told(delivered: Delivered) -> None:
            # The program may have closed while the desktop was still thinking.
            with suppress(RuntimeError):
                self._came_back.emit(notice, delivered)

        return told

    def _try_came_back(self, delivered: Delivered) -> None:
        with suppress(RuntimeError):
            self._tried.emit(delivered)

    def _rehearsed(self, delivered: Delivered) -> None:
        sentence = words(delivered.reason_key)
        # Whoever asked for the test says what became of it: no banner says it once more.
        if delivered.ok and not self._unrecorded:
            self._set_health("")
        elif not delivered.ok:
            self._health = sentence
        self.rehearsed.emit(delivered.ok, sentence)

    def _rehearsal_over(self) -> None:
        self.end_rehearsal()
        self.rehearsal_answered.emit()

    def _record(self, notice: Notice, delivered: Delivered) -> None:
        """Keep that a notice was said; what was answered in the meantime stays answered."""
        self._set_health("" if delivered.ok else words(delivered.reason_key))
        try:
            open_now = {one.id for one in self._house.reminders.due()}
            said = tuple(one for one in notice.reminders if one.id in open_now)
            if said:
                self._house.reminders.record(Notice(said, notice.digest), delivered.reason_key)
            self._unrecorded = False
        except UserError as error:
            self._unrecorded = True
            self._set_health(explain(error))
        finally:
            self._on_the_way -= {one.id for one in notice.reminders}

    def _show(self) -> None:
        found: dict[str, Reminder] = {
            stated.reminder.id: stated.reminder for stated in self._house.reminders.waiting()
        }
        if self._holds_claim():
            found |= {one.id: one for one in self._house.reminders.due()
                      if one.id in self._on_the_way}  # fmt: skip
        # A try of the first steps stands alone in the panel.
        self.panel.set_items([] if self._held else list(found.values()))

    def _set_health(self, sentence: str) -> None:
        self._reached = self._reached or not sentence
        if sentence != self._health:
            self._health = sentence
            self.health_changed.emit(sentence)
