"""Desktop notices through plyer: an extra, never the reminder itself.

plyer's Linux way drops the answer of `notify-send`: without a notification service nothing is
shown and nothing fails, so the session bus is asked first. It also blocks, ignores its own time
limit, reads a title that begins with "-" as an option, and hands the body to a service that reads
it as markup. All of that is dealt with here; whatever still goes wrong is told, never raised.

Import this module late: it brings QtDBus along, which neither the command line nor the first paint
needs.
"""

from __future__ import annotations

import html
import os
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

from caregiver_app.integrations.content import one_line, plain
from caregiver_app.values import value

SECONDS = 5.0
"""How long the desktop may take to accept a notice."""

TITLE_LIMIT = 60
"""Characters of a title; Windows shows 64."""

BODY_LIMIT = 240
"""Characters of a body; Windows shows 256."""

APP_NAME = "Caregiver Companion"

_SERVICE = "org.freedesktop.Notifications"
_SERVICE_PATH = "/org/freedesktop/Notifications"
_BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"
_PROBE_MS = 2000
_WITHOUT_A_BUS = ("win32", "darwin")


@value
class Delivery:
    """What became of a notice: handed over (`ok`) or not, and the message key that says why."""

    ok: bool
    reason_key: str


SENT = Delivery(ok=True, reason_key="notify.sent")
NO_SERVICE = Delivery(ok=False, reason_key="notify.no_service")
NO_PROGRAM = Delivery(ok=False, reason_key="notify.no_program")
FAILED = Delivery(ok=False, reason_key="notify.failed")
TIMEOUT = Delivery(ok=False, reason_key="notify.timeout")


class DesktopNotifier:
    """Sends notices to the desktop, one at a time.

    `system` is a `sys.platform` name, `seconds` the time limit of one notice.
    """

    def __init__(self, *, system: str = sys.platform, seconds: float = SECONDS) -> None:
        self._system = system
        self._seconds = seconds
        self._lock = threading.Lock()
        self._stuck: threading.Thread | None = None

    def probe(self) -> bool:
        """Tell whether somebody would show a notice.

        On Linux: a notification service is running, or the session bus can start one. Windows
        and macOS have one built in. Takes two seconds at most for each of the two questions.
        """
        if self._system in _WITHOUT_A_BUS:
            return True
        if not _has_session_bus():
            return False
        running = _ask(_BUS, _BUS_PATH, "NameHasOwner", _SERVICE)
        if running and running[0]:
            return True
        startable = _ask(_BUS, _BUS_PATH, "ListActivatableNames")
        return bool(startable) and _SERVICE in startable[0]

    def send(self, title: str, body: str) -> Delivery:
        """Send one notice and wait until it is handed over, has failed, or the time is up.

        Never raises. A notice that hangs is left behind; until it ends, later ones answer
        `notify.timeout` at once instead of piling up.
        """
        with self._lock:
            if self._stuck is not None and self._stuck.is_alive():
                return TIMEOUT
            outcome = [TIMEOUT]

            def work() -> None:
                outcome[0] = self._hand_over(title, body)

            worker = threading.Thread(target=work, name="desktop-notice", daemon=True)
            worker.start()
            worker.join(self._seconds)
            self._stuck = worker
            return outcome[0]

    def send_async(self, title: str, body: str, done: Callable[[Delivery], None]) -> None:
        """Send one notice without waiting.

        `done` gets the outcome, called **from the worker thread**: a window has to hand it over
        to its own thread, for example by emitting a signal.
        """
        worker = threading.Thread(
            target=lambda: done(self.send(title, body)), name="desktop-notices", daemon=True
        )
        worker.start()

    def _hand_over(self, title: str, body: str) -> Delivery:
        try:
            if not self._answers():
                return NO_SERVICE
            _through_plyer(safe_title(title), safe_body(body, markup=self._reads_markup))
        except NotImplementedError:
            return NO_PROGRAM
        except Exception:  # noqa: BLE001 - plyer's ways fail in as many ways as there are desktops
            return FAILED
        return SENT

    def _answers(self) -> bool:
        """Tell whether the service itself answers; the bus starts it for that if it can.

        A service that can be started may still fail to, and `notify-send` would not tell.
        """
        if self._system in _WITHOUT_A_BUS:
            return True
        return self.probe() and bool(_ask(_SERVICE, _SERVICE_PATH, "GetServerInformation"))

    @property
    def _reads_markup(self) -> bool:
        return self._system not in _WITHOUT_A_BUS


def safe_title(text: str) -> str:
    """Return a title on one line: not empty, not too long, not to be taken for an option."""
    return _shortened(one_line(text).lstrip("- "), TITLE_LIMIT) or APP_NAME


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


def _through_plyer(title: str, body: str) -> None:
    # plyer advises at length, on the terminal, to install a package that is not needed.
    warnings.filterwarnings("ignore", message="The Python dbus package is not installed")
    from plyer import notification

    notify = cast("Callable[..., None]", notification.notify)  # pyright: ignore[reportUnknownMemberType]
    notify(title=title, message=body, app_name=APP_NAME)


def _has_session_bus() -> bool:
    """Tell whether a session bus exists; Qt itself would try to start one."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(folder) and Path(folder, "bus").exists()


def _ask(service: str, path: str, question: str, *values: str) -> list[Any]:
    """Return what `service` on the session bus answers to `question`, nothing if it does not."""
    message = QDBusMessage.createMethodCall(service, path, service, question)
    message.setArguments(list(values))
    reply = QDBusConnection.sessionBus().call(message, QDBus.CallMode.Block, _PROBE_MS)
    return reply.arguments() if reply.type() == QDBusMessage.MessageType.ReplyMessage else []
