"""Is there a tray on this desktop? Asked before Qt is, because Qt believes its first answer.

A tray may come minutes after a program that was started at login. Qt asks the message bus once for
somebody who shows tray icons, and keeps a no for as long as the program runs.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

from caregiver_app.integrations.session_bus import session_address

_WATCHER: Final = "org.kde.StatusNotifierWatcher"
_WATCHER_PATH: Final = "/StatusNotifierWatcher"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_HOST: Final = "IsStatusNotifierHostRegistered"
_ANSWER_MS: Final = 500
_X_TRAY: Final = b"_NET_SYSTEM_TRAY_S%d"
_OF_THEIR_OWN: Final = ("win32", "darwin")


def tray_is_there(system: str = sys.platform) -> bool:
    """Tell whether somebody shows tray icons: on the message bus, or on the X screen.

    `system` is a `sys.platform` name; Windows and macOS always have a tray. Takes half a second at
    most.
    """
    return system in _OF_THEIR_OWN or _on_the_bus() or _on_the_x_screen()


def _on_the_bus() -> bool:
    # Without an address Qt would try to start a bus of its own.
    if not session_address():
        return False
    message = QDBusMessage.createMethodCall(_WATCHER, _WATCHER_PATH, _PROPERTIES, "Get")
    message.setArguments([_WATCHER, _HOST])
    reply = QDBusConnection.sessionBus().call(message, QDBus.CallMode.Block, _ANSWER_MS)
    if reply.type() != QDBusMessage.MessageType.ReplyMessage:
        return False
    answer = next(iter(reply.arguments()), None)
    return (answer.variant() if isinstance(answer, QDBusVariant) else answer) is True


def _on_the_x_screen() -> bool:
    """Tell whether an old-style tray (XEmbed) owns its place on the first X screen."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    x11.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XDefaultScreen.argtypes = x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    screen = x11.XOpenDisplay(None)
    if not screen:
        return False
    name = _X_TRAY % x11.XDefaultScreen(screen)
    owner = x11.XGetSelectionOwner(screen, x11.XInternAtom(screen, name, 0))
    x11.XCloseDisplay(screen)
    return bool(owner)
