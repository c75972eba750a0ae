"""The ringer: sleeps until the next reminder, shows it in the panel, then tells the desktop.

Showing comes first, recording second: a crash between the two repeats a reminder and loses none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, cast

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.clock_jumps import ClockJumps
from caregiver_app.gui.rehearsal_line import RehearsalLine
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.ringing_channels import (
    Channels,
    Delivered,
    Notifier,
    Sound,
    Told,
    TrayMessages,
)
from caregiver_app.gui.ringing_health import Health, RingingHealth
from caregiver_app.gui.ringing_keys import REHEARSAL, NoticeKeys
from caregiver_app.gui.ringing_pending import Pending
from caregiver_app.gui.ringing_turn import Turn
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain, words
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household
from caregiver_app.services.next_ring import next_ring
from caregiver_app.services.reminders import Notice

__all__ = ["LONGEST_MS", "Delivered", "Health", "Notifier", "Ringer", "Sound", "TrayMessages"]

LONGEST_MS: Final = 30_000
"""No sleep is longer: a timer that was stopped by the computer's own sleep is found out soon."""
_SHORTEST_MS: Final = 200
_SOON_MS: Final = 1_000
_KINDS: Final = frozenset(("answer", "appointment", "plan", "person", "setting"))
_PACKED: Final = frozenset(("bag_item", "visit_bag", "template_item"))


class Ringer(QObject):
    """Rings while this program holds the claim; the panel always shows what waits."""

    health_changed = Signal(str)
    """The sentence to show while desktop notices do not arrive, "" when they do."""
    looked = Signal()
    """What `health_line` says may be otherwise: it was looked, or something came back."""
    rehearsal_begins = Signal()
    """A test that was put off comes up now."""
    rehearsed = Signal(bool, str)
    """What became of a test's desktop notice: whether it was taken, and the sentence about it."""
    rehearsal_answered = Signal()
    """Somebody answered the test line, and so has seen it."""
    heard = Signal(str)
    """The sound was played: "", or the sentence about what went wrong."""
    emergency_asked = Signal()
    """F2 was pressed in the panel."""
    open_asked = Signal(str, str, str)
    """What a reminder is about was asked for: place, kind and item as `MainWindow.open` takes."""
    window_asked = Signal()
    """A notice was clicked of which nothing waits any more."""
    jumped = Signal()
    """The computer slept, or its clock or zone was set: everything has to be looked at anew."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        notifier: Notifier,
        *,
        holds_claim: Callable[[], bool],
        panel: ReminderPanel | None = None,
        tray: TrayMessages | None = None,
        sound: Sound | None = None,
        running: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """`holds_claim` tells whether this program is the one that rings.

        `panel` is made at the first need when none is given; `running` gives seconds that only
        run on, whatever the clock does.
        """
        super().__init__(parent)
        self._house, self._theme = house, theme
        self._holds_claim = holds_claim
        self._panel: ReminderPanel | None = None
        if panel is not None:
            self._take_panel(panel)
        self._words = ReminderWords(house)
        self._about = RingingHealth(house)
        self._jumps = ClockJumps(running)
        self._channels = Channels(notifier, tray, sound, self)
        self._channels.told.connect(self._came_back)
        self._channels.clicked.connect(self._clicked)
        self._channels.chimed.connect(self._chimed)
        self._pending = Pending(house.reminders, running)
        self._keys = NoticeKeys()
        self._turn = Turn(house.reminders)
        self._banner = ""
        self._running = self._resting = self._rang = False
        self._held = self._comes_back = False
        self.says_nothing = False
        """Whether all that is due is left for later: the first steps are not over."""
        self._timer = self._single_shot(self.tick)
        self._try = self._single_shot(self._rehearse_now)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.end)

    def _single_shot(self, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer

    # -- How it fares -----------------------------------------------------------------------------

    @property
    def health(self) -> str:
        """The sentence for the banner, "" while all is well."""
        return self._about.banner

    def health_line(self) -> Health:
        """Return how reminders fare: when they were looked at last, whether notices arrive."""
        return self._about.line(rings_here=self.rings_here)

    @property
    def last_check(self) -> datetime | None:
        """The UTC instant of the last look at what is due, None before the first one."""
        return self._about.checked

    @property
    def rings_here(self) -> bool:
        """Whether this program is the one that rings."""
        return self._holds_claim()

    @property
    def stays_on_top(self) -> bool:
        """Whether the reminder window can stay above all others here."""
        return self._about.on_top

    @property
    def has_tray(self) -> bool:
        """Whether messages can be shown at an icon in the tray."""
        return self._channels.tray is not None

    def note_window(self, on_top: bool) -> None:
        """Take note whether the reminder window can stay above all others here."""
        self._about.on_top = on_top
        self.looked.emit()

    def set_tray(self, tray: TrayMessages | None) -> None:
        """Use the messages of an icon in the tray where the desktop shows no notices."""
        self._channels.tray = tray

    def silent_until(self) -> datetime | None:
        """Return what `next_ring` says."""
        return next_ring(self._house)

    @property
    def panel(self) -> ReminderPanel:
        """The panel."""
        return self._panel or self._take_panel(ReminderPanel(self._house, self._theme))

    def _take_panel(self, panel: ReminderPanel) -> ReminderPanel:
        self._panel = panel
        panel.emergency_asked.connect(self.emergency_asked)
        panel.open_asked.connect(self.open_asked)
        panel.destroyed.connect(self._lose_panel)
        return panel

    def _lose_panel(self) -> None:
        self._panel = None

    # -- At work ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Show what waits since the last time, look once, and go on by itself."""
        self._running = True
        self._house.care.changes.listen(self.refresh)
        self.tick()

    def stop(self) -> None:
        """Ring no more."""
        self._running = False
        self._timer.stop()
        self._try.stop()

    def end(self) -> None:
        """Ring no more, for the data is about to be closed: let another program ring at once.

        What the desktop has not answered for by now stood in the reminder window.
        """
        self.stop()
        if self._house.care.store.is_open:
            self._pending.give_up(at_once=True)
            self._keep()
        if self._panel is not None:
            self._panel.hide()

    def rest(self, *, resting: bool) -> None:
        """Ring not now, or soon again: a moment in which nothing else may write."""
        self._resting = resting
        if resting:
            self._timer.stop()
        elif self._running:
            self._timer.start(_SHORTEST_MS)

    def woken(self) -> None:
        """Look at once: the computer woke up."""
        if self._running:
            self.tick()

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
            return LONGEST_MS if self._about.trouble or self._pending.waits else _SOON_MS
        return min(LONGEST_MS, max(_SHORTEST_MS, left))

    def tick(self) -> None:
        """Compare with the clock: say what is due, then sleep again."""
        if self._resting:
            return
        care = self._house.care
        try:
            if self._jumps.look(care.now, care.clock.zone()):
                self.jumped.emit()
            if self._holds_claim():
                self._look()
            else:
                self._rang = False
        except UserError as error:
            self._in_trouble(error)
        finally:
            self._sleep()
            self.looked.emit()

    def _look(self) -> None:
        try:
            self._say_what_is_due()
            if not self._rang:
                self._bring_back()
        finally:
            self._pending.give_up()
            self._keep()
        self._about.checked = self._house.care.now
        if not self._pending.waits:
            self._in_order_again()

    def _bring_back(self) -> None:
        """Show what waits: it was said before this start, or by whoever rang until now."""
        if self._house.reminders.waiting():
            self._show()
            self._come_up()
        self._rang = True

    def _sleep(self) -> None:
        if self._running and not self._resting:
            # Whatever breaks while the right moment is looked up, this look is not the last one.
            self._timer.start(LONGEST_MS)
            self._timer.start(self.wait_ms())

    def refresh(self, change: Change | None = None) -> None:
        """Follow a change: an answer, an undo, a moved visit, soon what is packed."""
        kinds = _KINDS if change is None else change.kinds
        if self._running and kinds & _PACKED:
            self._timer.start(_SHORTEST_MS)
        if not self._running or not kinds & _KINDS:
            return
        try:
            if self._holds_claim():
                self._follow()
        except UserError as error:
            self._in_trouble(error)
        self._sleep()

    def refresh_outside(self, change: Change | None) -> None:
        """Follow what another program wrote, and a new day; what this one wrote is known."""
        if change is None:
            self.refresh()

    def _follow(self) -> None:
        before = {one.id for one in self._panel.items} if self._panel else set[str]()
        self._show()
        # An answer that was taken back stands there again, and is seen again.
        if any(one.id not in before for one in self.panel.items):
            self._come_up()

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
        elif self._panel is not None and self._running:
            self._show()
            if self._comes_back:
                self._come_up()

    # -- A test -----------------------------------------------------------------------------------

    def rehearse(self, after_ms: int = 0) -> bool:
        """Ring once for a try, now or after so long: the panel with a test line, a real notice.

        Nothing of it is kept. Returns whether the panel is up; `rehearsal_begins` tells when it
        came up, `rehearsed` what became of the notice.
        """
        if after_ms > 0:
            self._try.start(after_ms)
            return False
        self._try.stop()
        return self._rehearse_now()

    def _rehearse_now(self) -> bool:
        now = in_zone(self._house.care.now, self._house.care.home)
        line = RehearsalLine(self._theme, now, first=not self.panel.items)
        line.answered.connect(self._rehearsal_over)
        self.panel.show_rehearsal(line)
        self._ask_attention()
        self._chime()
        body = tr("This is a test, {time}", time=f"{now:%H:%M}")
        self._channels.tell(tr("Care reminder"), body, REHEARSAL, None)
        self.rehearsal_begins.emit()
        return self.panel.isVisible()

    def hear(self) -> None:
        """Play the sound once, chosen or not; `heard` tells what became of it."""
        self._channels.chime()

    def end_rehearsal(self) -> None:
        """Take the test line away, or let it not come."""
        self._try.stop()
        self.panel.end_rehearsal()
        self._channels.withdraw((REHEARSAL,))

    def _rehearsal_over(self) -> None:
        self.end_rehearsal()
        self.rehearsal_answered.emit()

    def _rehearsed(self, told: Told) -> None:
        # Whoever asked for the test says what became of it: no banner says it once more.
        self._about.told = told
        sentence = words(told.reason)
        if told.ok:
            self._tell_health()
        else:
            self._banner = self._about.banner
        self.rehearsed.emit(told.ok, sentence)
        self.looked.emit()

    # -- Within -----------------------------------------------------------------------------------

    def _say_what_is_due(self) -> None:
        due = [] if self.says_nothing else self._unsaid()
        if due and self._turn.take():
            # Another program may have said some of it before the turn was ours.
            due = self._unsaid() if self._turn.is_ours else due
            self._say(due)
        elif self._panel is not None and self._panel.isVisible():
            self._show()

    def _unsaid(self) -> list[Reminder]:
        said = self._pending.ids
        return [one for one in self._house.reminders.due() if one.id not in said]

    def _say(self, due: list[Reminder]) -> None:
        if not due:
            self._turn.give_back()
            return
        notices = self._house.reminders.notices(due, grouped=True)
        self._pending.begin(notices, self._house.reminders.late_among(due))
        try:
            self._show()
            self._come_up()
            if not self._held:
                self._chime()
        finally:
            # What breaks in the reminder window keeps nothing from the desktop.
            for notice in notices:
                self._tell(notice)

    def _tell(self, notice: Notice) -> None:
        title, body = self._words.desktop(notice)
        self._channels.tell(title, body, self._keys.note(notice), notice)

    def _came_back(self, what: object, told: Told) -> None:
        if what is None:
            self._rehearsed(told)
        else:
            self._record(cast("Notice", what), told)

    def _record(self, notice: Notice, told: Told) -> None:
        if not self._house.care.store.is_open:
            # The data was closed while the desktop was still thinking.
            return
        self._about.told = told
        self._pending.arrived(notice, told)
        try:
            self._keep()
            if not self._pending.waits:
                self._in_order_again()
        finally:
            self.looked.emit()

    def _keep(self) -> None:
        """Record what was said; what cannot be recorded is tried again at the next look."""
        try:
            if not self._resting:
                self._pending.keep()
        except UserError as error:
            self._in_trouble(error)
        finally:
            if not self._pending.is_on_the_way:
                self._turn.give_back()

    def _show(self) -> None:
        shown = [stated.reminder for stated in self._house.reminders.waiting()]
        found = {one.id: one for one in shown}
        said = self._pending.ids
        if said and self._holds_claim():
            found |= {one.id: one for one in self._house.reminders.due()
                      if one.id in said}  # fmt: skip
        if over := self._keys.over(found.keys()):
            self._channels.withdraw(over)
        # A try of the first steps stands alone in the panel.
        waiting = [] if self._held else list(found.values())
        kept = [one for one in waiting if one.id not in said]
        late = self._house.reminders.late_among(kept) | self._pending.late
        self.panel.set_items(waiting, late=late)

    def _come_up(self) -> None:
        if self._held:
            self._comes_back = True
        else:
            self.panel.come_up()
            self._ask_attention()

    def _ask_attention(self) -> None:
        if not self._about.on_top:
            self.panel.ask_attention()

    def _clicked(self, key: str) -> None:
        """A notice was clicked: show what it told of, with the keyboard, for it was asked for."""
        if key != REHEARSAL:
            self._show()
        self._come_up()
        if self.panel.isVisible():
            self.panel.activateWindow()
        elif not self._held:
            self.window_asked.emit()

    def _chime(self) -> None:
        if self._house.ringing.sound():
            self._channels.chime()

    def _chimed(self, trouble: str) -> None:
        self._about.silent = trouble
        self.heard.emit(words(trouble) if trouble else "")
        self.looked.emit()

    def _in_trouble(self, error: UserError) -> None:
        self._about.trouble = explain(error)
        self._tell_health()

    def _in_order_again(self) -> None:
        self._about.trouble = ""
        self._tell_health()

    def _tell_health(self) -> None:
        if self._about.banner != self._banner:
            self._banner = self._about.banner
            self.health_changed.emit(self._banner)
