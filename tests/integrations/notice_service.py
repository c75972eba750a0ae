"""A notification service that a test makes itself: it keeps what it was told and answers as bid."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


@dataclass
class Service:
    """On the bus from `start` to `stop`."""

    address: str
    capabilities: tuple[str, ...] = ("body", "actions")
    inhibited: bool | None = None
    refuses: bool = False
    silent: frozenset[str] = frozenset()
    """The calls that it never answers."""
    first: int = 1
    """The number of the first notice."""
    notices: list[tuple[Any, ...]] = field(default_factory=list)
    given: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    _line: DBusConnection | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _worker: threading.Thread | None = None
    _sender: str = ""

    def start(self) -> Service:
        self._line = line = open_dbus_connection(self.address)
        line.send_and_get_reply(message_bus.RequestName(NAME), timeout=5)
        self._worker = threading.Thread(target=self._serve, args=(line,), daemon=True)
        self._worker.start()
        return self

    def stop(self) -> None:
        self._over.set()
        if self._worker is not None:
            self._worker.join(10)
        if self._line is not None:
            self._line.close()

    def signal(self, name: str, signature: str, *values: object, to: str = "") -> None:
        """Send a signal to the sender of the last notice alone, as dunst and GNOME do."""
        assert self._line is not None
        message = new_signal(DBusAddress(PATH, interface=NAME), name, signature, values)
        message.header.fields[HeaderFields.destination] = to or self._sender
        self._line.send(message)

    def _serve(self, line: DBusConnection) -> None:
        while not self._over.is_set():
            with suppress(TimeoutError):
                message = line.receive(timeout=0.02)
                if message.header.message_type is MessageType.method_call:
                    self._take(line, message)

    def _take(self, line: DBusConnection, message: Message) -> None:
        call = message.header.fields[HeaderFields.member]
        if call in self.silent:
            return
        if call == "Notify":
            answer = self._notify(message)
        elif call == "CloseNotification":
            self.closed += message.body
            answer = new_method_return(message)
        elif call == "GetServerInformation":
            answer = new_method_return(message, "ssss", ("made", "here", "1", "1.2"))
        elif call == "GetCapabilities":
            answer = new_method_return(message, "as", (list(self.capabilities),))
        elif call == "Get" and message.body == (NAME, "Inhibited") and self.inhibited is not None:
            answer = new_method_return(message, "v", (("b", self.inhibited),))
        else:
            answer = new_error(message, "org.freedesktop.DBus.Error.InvalidArgs")
        line.send(answer)

    def _notify(self, message: Message) -> Message:
        if self.refuses:
            return new_error(message, "org.freedesktop.DBus.Error.AccessDenied")
        self._sender = message.header.fields[HeaderFields.sender]
        self.notices.append(message.body)
        number = message.body[1] or self.first + len(self.notices) - 1
        self.given.append(number)
        return new_method_return(message, "u", (number,))
