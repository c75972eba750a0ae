"""The desktop's message bus, and the notification service on it.

PySide6 hands every number over as a signed one, which `Notify` refuses, so this speaks through
jeepney (docs/decisions/0023). One connection stays open: a desktop tells of a click only the one
that sent the notice, and some take a notice away whose sender is gone.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    new_method_call,  # pyright: ignore[reportUnknownVariableType]
)
from jeepney.io.threading import open_dbus_connection

SERVICE: Final = "org.freedesktop.Notifications"
_PATH: Final = "/org/freedesktop/Notifications"
_BUS: Final = DBusAddress(
    "/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus"
)
_NOTICES: Final = DBusAddress(_PATH, bus_name=SERVICE, interface=SERVICE)
_PROPERTIES: Final = DBusAddress(
    _PATH, bus_name=SERVICE, interface="org.freedesktop.DBus.Properties"
)
_INHIBITED: Final = ((SERVICE, "Inhibited"), ("org.dunstproject.cmd0", "paused"))
"""Where "do not disturb" is told: KDE and others by the first, dunst by the second."""
_CLICK: Final = "default"
_NORMAL: Final = 1
_DESKTOP_DECIDES: Final = -1


class BusGone(Exception):
    """There is no bus, or its connection broke."""


class Refused(Exception):
    """Somebody answered, but did not do what was asked."""


class NoAnswer(Refused):
    """There was no answer in time."""


class SessionBus:
    """One connection to a bus; `heard` gets what the signals asked for carry, in another thread.

    Raises:
        BusGone: nobody answers at the address.
    """

    def __init__(self, address: str, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: dict[int, Future[Message]] = {}
        self._lock = threading.Lock()
        self._broken = False
        self._heard: Callable[[str, tuple[Any, ...]], None] | None = None
        try:
            self._line: Any = open_dbus_connection(address)
        except Exception as error:
            # An address that cannot be read, no socket, a bus that is going down.
            raise BusGone from error
        threading.Thread(target=self._listen, name="session-bus", daemon=True).start()

    @property
    def is_broken(self) -> bool:
        """Whether the connection is gone."""
        return self._broken

    def close(self) -> None:
        """Hang up; whoever still waits for an answer is told so."""
        with self._lock:
            # Only while its pipe is sure to be open: a closed one may be somebody else's by now.
            if not self._broken:
                self._broken = True
                self._line.interrupt()

    def ask(
        self, whom: DBusAddress, question: str, signature: str | None = None, *values: object
    ) -> tuple[str, tuple[Any, ...]]:
        """Return who answered a call (its name on the bus) and what.

        Raises:
            Refused: the answer was an error.
            NoAnswer: there was none in time.
            BusGone: the connection is gone.
        """
        message = new_method_call(whom, question, signature, values)
        answer: Future[Message] = Future()
        serial = next(self._line.outgoing_serial)
        with self._lock:
            if self._broken:
                raise BusGone
            self._waiting[serial] = answer
        try:
            self._line.send(message, serial=serial)
            reply = answer.result(self._seconds)
        except TimeoutError as error:
            raise NoAnswer from error
        except OSError as error:
            raise BusGone from error
        finally:
            self._waiting.pop(serial, None)
        return _answer(reply)

    def tell(self, whom: DBusAddress, call: str, signature: str, *values: object) -> None:
        """Call somebody whose answer does not matter, without waiting for it.

        Raises:
            BusGone: the connection is gone.
        """
        message: Any = new_method_call(whom, call, signature, values)
        message.header.flags |= MessageFlag.no_reply_expected
        try:
            self._line.send(message)
        except OSError as error:
            raise BusGone from error

    def hear(self, rule: MatchRule, heard: Callable[[str, tuple[Any, ...]], None]) -> None:
        """Let `heard` have the name and the values of each signal that `rule` matches.

        Raises:
            Refused, BusGone: as `ask`.
        """
        self._heard = heard
        self.ask(_BUS, "AddMatch", "s", rule.serialise())

    def _listen(self) -> None:
        try:
            while True:
                self._take(self._line.receive())
        except Exception:  # noqa: BLE001 - whatever ends it, those who wait have to be told
            with self._lock:
                self._broken = True
                left = list(self._waiting.values())
            for answer in left:
                if not answer.done():
                    answer.set_exception(ConnectionResetError())
            self._let_go()

    def _let_go(self) -> None:
        with suppress(OSError, ValueError):
            self._line.close()
        # jeepney (0.9) leaves both ends of its own pipe open.
        for end in ("_stop_r", "_stop_w"):
            with suppress(AttributeError, OSError):
                os.close(getattr(self._line, end))

    def _take(self, message: Message) -> None:
        kind, fields, values = _parts(message)
        answer = self._waiting.get(fields.get(HeaderFields.reply_serial, -1))
        if answer is not None and not answer.done():
            answer.set_result(message)
        elif kind is MessageType.signal and self._heard is not None:
            self._heard(str(fields.get(HeaderFields.member, "")), values)


class NotificationService:
    """Whoever shows notices on this desktop.

    A notice under a key that was used before takes the place of that one.
    """

    _MOST_KEYS: Final = 50

    def __init__(self, bus: SessionBus, clicked: Callable[[str], None]) -> None:
        self._bus, self._clicked = bus, clicked
        self._ids: dict[str, int] = {}
        self._owner = ""
        self._markup = True

    @property
    def is_broken(self) -> bool:
        """Whether the way to it is gone."""
        return self._bus.is_broken

    @property
    def reads_markup(self) -> bool:
        """Whether it takes a body for markup, as it said itself."""
        return self._markup

    def close(self) -> None:
        """Hang up."""
        self._bus.close()

    def is_there(self) -> bool:
        """Tell whether it runs, or the bus can start it.

        Raises:
            Refused, BusGone: the bus does not answer.
        """
        _, (running,) = self._bus.ask(_BUS, "NameHasOwner", "s", SERVICE)
        if running:
            return True
        _, (startable,) = self._bus.ask(_BUS, "ListActivatableNames")
        return SERVICE in startable

    def greet(self) -> None:
        """Make sure that it answers, which starts it if need be, and listen for clicks.

        Raises:
            Refused, NoAnswer, BusGone: it does not.
        """
        owner, _ = self._bus.ask(_NOTICES, "GetServerInformation")
        if owner != self._owner:
            # Another one counts anew: an old number could be somebody else's notice.
            self._ids.clear()
            self._owner = owner
            _, (can,) = self._bus.ask(_NOTICES, "GetCapabilities")
            self._markup = "body-markup" in can
            rule = MatchRule(type="signal", interface=SERVICE, path=_PATH, member="ActionInvoked")
            with suppress(Refused):
                self._bus.hear(rule, self._told)

    def show(self, title: str, body: str, key: str, *, app: str, entry: str) -> None:
        """Show a notice; `app` is the program's name, `entry` its desktop file and icon.

        Raises:
            Refused, BusGone: it did not take it.
        """
        hints = {
            "urgency": ("y", _NORMAL),
            "desktop-entry": ("s", entry),
            # Whether anything is heard is chosen in this program.
            "suppress-sound": ("b", True),
        }
        values = (app, self._ids.get(key, 0), entry, title, body, [_CLICK, app], hints)
        _, (number,) = self._bus.ask(_NOTICES, "Notify", "susssasa{sv}i", *values, _DESKTOP_DECIDES)
        if key:
            self._ids.pop(key, None)  # the newest stand last
            self._ids[key] = number
            while len(self._ids) > self._MOST_KEYS:
                del self._ids[next(iter(self._ids))]

    def take_back(self, key: str) -> None:
        """Take the notice under `key` away, if it is one of ours and still there."""
        number = self._ids.pop(key, 0)
        if number:
            with suppress(BusGone):
                self._bus.tell(_NOTICES, "CloseNotification", "u", number)

    def is_quiet(self) -> bool:
        """Tell whether it says that it keeps notices back ("do not disturb")."""
        for interface, name in _INHIBITED:
            with suppress(Refused, BusGone, ValueError):
                _, ((_, answer),) = self._bus.ask(_PROPERTIES, "Get", "ss", interface, name)
                return answer is True
        return False

    def _told(self, signal: str, values: tuple[Any, ...]) -> None:
        if signal != "ActionInvoked" or len(values) < 2 or values[1] != _CLICK:
            return
        for key, number in tuple(self._ids.items()):
            if number == values[0]:
                self._clicked(key)


def session_address() -> str:
    """Return where the session bus is, "" where there is none; nothing is ever started."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if told or not folder:
        return told
    usual = Path(folder, "bus")
    return f"unix:path={usual}" if usual.exists() else ""


def _answer(reply: Message) -> tuple[str, tuple[Any, ...]]:
    kind, fields, values = _parts(reply)
    if kind is MessageType.error:
        raise Refused(fields.get(HeaderFields.error_name, ""))
    return str(fields.get(HeaderFields.sender, "")), values


def _parts(message: Any) -> tuple[MessageType, Mapping[HeaderFields, Any], tuple[Any, ...]]:  # noqa: ANN401 - jeepney's types say little
    return message.header.message_type, message.header.fields, tuple(message.body)
