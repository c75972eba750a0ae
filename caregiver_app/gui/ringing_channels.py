"""How a reminder is told beside its window: the desktop's notice, then the tray's message, a sound.

Everything here is an extra: the reminder window is the truth and was shown before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from caregiver_app.services.last_said import DESKTOP, TRAY, WINDOW, stored
from caregiver_app.values import value

_NO_SOUND: Final = "sound.failed"
KEPT_BACK: Final = "notify.quiet"
"""The desktop has the notice and keeps it back: the tray's message would fare no better."""


class Delivered(Protocol):
    """What became of a desktop notice."""

    @property
    def ok(self) -> bool:
        """Whether the desktop took it, to show it now."""
        ...

    @property
    def reason_key(self) -> str:
        """The message key that says what happened."""
        ...


class Notifier(Protocol):
    """Sends desktop notices without waiting."""

    def send_async(
        self, title: str, body: str, done: Callable[[Delivered], None], key: str = ""
    ) -> None:
        """Send one notice, in the place of the last one under `key`; `done` comes from a thread."""
        ...

    def withdraw(self, keys: Collection[str]) -> None:
        """Take the notices under these keys away, where that can be done."""
        ...

    def when_clicked(self, clicked: Callable[[str], None]) -> None:
        """Let `clicked` have the key of each notice that is clicked, from another thread."""
        ...


class TrayMessages(Protocol):
    """Shows messages at the tray's icon."""

    def show_message(self, title: str, body: str) -> bool:
        """Show one; tell whether there is a tray that can."""
        ...


class Sound(Protocol):
    """Plays the chime without waiting."""

    def play(self, done: Callable[[str], None]) -> None:
        """Play once; `done` gets "" or the message key of what went wrong, from a thread."""
        ...


@value
class Told:
    """What became of one saying: what showed it beside the window, and why no more did."""

    channel: str
    reason: str

    @property
    def ok(self) -> bool:
        """Whether more than the reminder window showed it."""
        return self.channel != WINDOW

    @property
    def stored(self) -> str:
        """How an answer keeps it."""
        return stored(self.channel, self.reason)


WINDOW_ALONE: Final = Told(WINDOW, "notify.timeout")
"""What becomes of a saying for whose notice nobody answered."""


@value
class _NotTaken:
    """What becomes of a notice that could not even be handed over."""

    ok: bool = False
    reason_key: str = "notify.failed"


class Channels(QObject):
    """Hands each saying on, one channel after the other, and tells what became of it."""

    told = Signal(object, object)
    """What was to be told, as it was handed in, and its `Told`."""
    clicked = Signal(str)
    """The key of a notice that somebody clicked."""
    chimed = Signal(str)
    """A sound was played: "", or the message key of what went wrong."""
    _came_back = Signal(object, object, object)
    _was_clicked = Signal(str)
    _sounded = Signal(str)

    def __init__(
        self,
        notifier: Notifier,
        tray: TrayMessages | None = None,
        sound: Sound | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notifier, self.tray, self._sound = notifier, tray, sound
        # From the sending thread into this one: a signal between threads is queued.
        self._came_back.connect(self._next)
        self._was_clicked.connect(self.clicked)
        self._sounded.connect(self.chimed)
        notifier.when_clicked(self._hear)

    def tell(self, title: str, body: str, key: str, what: object) -> None:
        """Tell the desktop, then the tray; `told` brings `what` back."""

        def done(delivered: Delivered) -> None:
            # The program may have closed while the desktop was still thinking.
            with suppress(RuntimeError):
                self._came_back.emit(what, delivered, (title, body))

        try:
            self._notifier.send_async(title, body, done, key)
        except Exception:  # noqa: BLE001 - no thread to be had, for example: the window has it
            done(_NotTaken())

    def withdraw(self, keys: Collection[str]) -> None:
        """Take the desktop's notices under these keys away: nothing of them waits any more."""
        self._notifier.withdraw(keys)

    def chime(self) -> None:
        """Play the sound once, if there is one."""
        if self._sound is None:
            return

        def done(trouble: str) -> None:
            with suppress(RuntimeError):
                self._sounded.emit(trouble)

        try:
            self._sound.play(done)
        except Exception:  # noqa: BLE001 - the reminder goes on without it
            done(_NO_SOUND)

    def _hear(self, key: str) -> None:
        with suppress(RuntimeError):
            self._was_clicked.emit(key)

    def _next(self, what: object, delivered: Delivered, said: tuple[str, str]) -> None:
        channel, reason = (DESKTOP if delivered.ok else WINDOW), delivered.reason_key
        tray = None if delivered.ok or reason == KEPT_BACK else self.tray
        # The icon may have gone with the desktop's shell.
        with suppress(RuntimeError):
            if tray is not None and tray.show_message(*said):
                channel = TRAY
        self.told.emit(what, Told(channel, reason))
