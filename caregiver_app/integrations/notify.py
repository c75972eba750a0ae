"""Desktop notices: an extra, never the reminder itself.

Where a desktop has a message bus the notification service on it is asked directly: it answers with
a number that proves that it took the notice, and lets a repeat take the place of the first. plyer
is the way of Windows and macOS, and of a service that refuses the call. plyer's Linux way drops
the answer, blocks, ignores its own time limit and reads a title that begins with "-" as an option.
All of that is dealt with here; whatever still goes wrong is told, never raised.

Import this module late: neither the command line nor the first paint needs it.
"""

from __future__ import annotations

import html
import sys
import threading
import time
import warnings
from collections.abc import Callable, Collection
from typing import Protocol, cast

from caregiver_app.integrations.content import one_line, plain
from caregiver_app.integrations.session_bus import (
    BusGone,
    NoAnswer,
    NotificationService,
    Refused,
    SessionBus,
    session_address,
)
from caregiver_app.values import value

SECONDS = 5.0
"""How long the desktop may take to accept a notice."""

_REST = 5
"""So many times as long nothing is tried after a desktop that did not answer."""

TITLE_LIMIT = 60
"""Characters of a title; Windows shows 64."""

BODY_LIMIT = 240
"""Characters of a body; Windows shows 256."""

APP_NAME = "Caregiver Companion"
DESKTOP_ENTRY = "caregiver-companion"

_WITHOUT_A_BUS = ("win32", "darwin")


@value
class Delivery:
    """What became of a notice: handed over (`ok`) or not, and the message key that says why.

    `channel` is what shows it to the person: "desktop", or "window" where nothing does but the
    reminder window.
    """

    ok: bool
    reason_key: str
    channel: str = "window"


SENT = Delivery(ok=True, reason_key="notify.sent", channel="desktop")
QUIET = Delivery(ok=False, reason_key="notify.quiet")
NO_SERVICE = Delivery(ok=False, reason_key="notify.no_service")
NO_PROGRAM = Delivery(ok=False, reason_key="notify.no_program")
FAILED = Delivery(ok=False, reason_key="notify.failed")
TIMEOUT = Delivery(ok=False, reason_key="notify.timeout")


class Service(Protocol):
    """Shows notices; every method may raise Refused or BusGone."""

    @property
    def is_broken(self) -> bool:
        """Whether the way to it is gone."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...

    @property
    def reads_markup(self) -> bool:
        """Whether it takes a body for markup."""
        ...

    def is_there(self) -> bool:
        """Tell whether it runs or can be started."""
        ...

    def greet(self) -> None:
        """Make sure that it answers."""
        ...

    def show(self, title: str, body: str, key: str, *, app: str, entry: str) -> None:
        """Show a notice, in the place of the one that was shown under `key` before."""
        ...

    def take_back(self, key: str) -> None:
        """Take the notice under `key` away; never raises."""
        ...

    def is_quiet(self) -> bool:
        """Tell whether it keeps notices back."""
        ...


class DesktopNotifier:
    """Sends notices to the desktop, one at a time.

    `system` is a `sys.platform` name, `seconds` the time limit of one notice; `service` makes the
    way to the notification service, given what a click is told to; `running` gives seconds that
    only run on.
    """

    def __init__(
        self,
        *,
        system: str = sys.platform,
        seconds: float = SECONDS,
        service: Callable[[Callable[[str], None]], Service] | None = None,
        running: Callable[[], float] = time.monotonic,
    ) -> None:
        self._system = system
        self._seconds = seconds
        self._make_service = service or self._on_the_bus
        self._service: Service | None = None
        self._clicked: Callable[[str], None] | None = None
        self._lock = threading.Lock()
        self._running = running
        self._stuck: threading.Thread | None = None
        self._slow_until = 0.0
        self._app, self._entry = APP_NAME, DESKTOP_ENTRY

    def go_by(self, app: str, entry: str) -> None:
        """Let notices say that they come from a program of this name and desktop entry."""
        self._app, self._entry = app, entry

    def when_clicked(self, clicked: Callable[[str], None]) -> None:
        """Let `clicked` have the key of each notice that is clicked, from another thread."""
        self._clicked = clicked

    def probe(self) -> bool:
        """Tell whether somebody would show a notice.

        On Linux: a notification service is running, or the session bus can start one. Windows
        and macOS have one built in.
        """
        if self._system in _WITHOUT_A_BUS:
            return True
        try:
            return self._found().is_there()
        except (BusGone, Refused):
            return False

    def send(self, title: str, body: str, key: str = "") -> Delivery:
        """Send one notice and wait until it is handed over, has failed, or the time is up.

        Never raises. A notice that hangs is left behind; until it ends, and for a while after it,
        later ones answer `notify.timeout` at once instead of piling up.
        """
        with self._lock:
            if self._is_stuck() or self._running() < self._slow_until:
                return TIMEOUT
            outcome = [TIMEOUT]

            def work() -> None:
                outcome[0] = self._hand_over(title, body, key)

            worker = threading.Thread(target=work, name="desktop-notice", daemon=True)
            try:
                worker.start()
            except RuntimeError:
                return FAILED  # the system has no more threads to give
            worker.join(self._seconds)
            self._stuck, told = worker, outcome[0]
            if told == TIMEOUT:
                self._slow_until = self._running() + _REST * self._seconds
            return told

    def send_async(
        self, title: str, body: str, done: Callable[[Delivery], None], key: str = ""
    ) -> None:
        """Send one notice without waiting; it takes the place of the last one under `key`.

        `done` gets the outcome, called **from the worker thread**: a window has to hand it over
        to its own thread, for example by emitting a signal.
        """
        worker = threading.Thread(
            target=lambda: done(self.send(title, body, key)), name="desktop-notices", daemon=True
        )
        worker.start()

    def withdraw(self, keys: Collection[str]) -> None:
        """Take these notices away without waiting, where the desktop can do that."""
        if self._system not in _WITHOUT_A_BUS:
            worker = threading.Thread(
                target=self._take_back, args=(tuple(keys),), name="desktop-notices", daemon=True
            )
            worker.start()

    def _take_back(self, keys: Collection[str]) -> None:
        with self._lock:
            service = self._service
            if service is not None and not self._is_stuck():
                for key in keys:
                    service.take_back(key)

    def _is_stuck(self) -> bool:
        return self._stuck is not None and self._stuck.is_alive()

    def close(self) -> None:
        """Let go of the bus; notices that are shown stay."""
        service, self._service = self._service, None
        if service is not None:
            service.close()

    def _hand_over(self, title: str, body: str, key: str) -> Delivery:
        try:
            if self._system not in _WITHOUT_A_BUS:
                return self._through_bus(safe_title(title, self._app), body, key)
            self._through_plyer(safe_title(title, self._app), safe_body(body, markup=False))
        except NotImplementedError:
            return NO_PROGRAM
        except Exception:  # noqa: BLE001 - plyer's ways fail in as many ways as there are desktops
            return FAILED
        return SENT

    def _through_bus(self, title: str, body: str, key: str) -> Delivery:
        try:
            service = self._found()
            if not service.is_there():
                return NO_SERVICE
            # One that can be started may still fail to.
            service.greet()
            body = safe_body(body, markup=service.reads_markup)
        except NoAnswer:
            return TIMEOUT
        except (BusGone, Refused):
            return NO_SERVICE
        try:
            service.show(title, body, key, app=self._app, entry=self._entry)
        except NoAnswer:
            return TIMEOUT
        except Refused:
            self._through_plyer(title, body)
        return QUIET if service.is_quiet() else SENT

    def _through_plyer(self, title: str, body: str) -> None:
        _through_plyer(title, body, self._app)

    def _found(self) -> Service:
        """Return the way to the service, made anew when the last one broke."""
        if self._service is None or self._service.is_broken:
            self.close()
            self._service = self._make_service(self._was_clicked)
        return self._service

    def _on_the_bus(self, clicked: Callable[[str], None]) -> Service:
        address = session_address()
        if not address:
            raise BusGone
        return NotificationService(SessionBus(address, self._seconds), clicked)

    def _was_clicked(self, key: str) -> None:
        if self._clicked is not None:
            self._clicked(key)


def safe_title(text: str, app: str = APP_NAME) -> str:
    """Return a title on one line: not empty, not too long, not to be taken for an option."""
    return _shortened(one_line(text).lstrip("- "), TITLE_LIMIT) or app


def safe_body(text: str, *, markup: bool) -> str:
    """Return a body, not too long and not to be taken for an option.

    With `markup`, what a service would read as markup is escaped (Desktop Notifications
    Specification, "Markup").
    """
    short = _shortened(plain(text).replace("\t", " ").strip(), BODY_LIMIT)
    if short.startswith("-"):
        # A list may begin with a dash: U+2013 looks the same and is no option.
        short = f"\N{EN DASH}{short[1:]}"
    return html.escape(short, quote=False) if markup else short


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _through_plyer(title: str, body: str, app: str) -> None:
    # plyer advises at length, on the terminal, to install a package that is not needed.
    warnings.filterwarnings("ignore", message="The Python dbus package is not installed")
    from plyer import notification

    notify = cast("Callable[..., None]", notification.notify)  # pyright: ignore[reportUnknownMemberType]
    notify(title=title, message=body, app_name=app)
