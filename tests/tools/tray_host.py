"""A tray on a private message bus, run with Debian's own Python: shows no icons, but takes them.

    /usr/bin/python3 tests/tools/tray_host.py

It is the watcher and the host of the StatusNotifierItem protocol. Each icon that registers is told
as one line on standard output: the name on the bus that it belongs to. A line "click NAME" on
standard input presses that icon, "tip NAME" prints what it says when one points at it.
"""

from __future__ import annotations

import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
FACE = f"""<node><interface name="{WATCHER}">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
  <signal name="StatusNotifierHostRegistered"/>
</interface></node>"""
ANSWERS = {
    "RegisteredStatusNotifierItems": GLib.Variant("as", []),
    "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
    "ProtocolVersion": GLib.Variant("i", 0),
}


def called(_bus, sender, _path, _face, method, _values, answer):
    answer.return_value(None)
    if method == "RegisterStatusNotifierItem":
        print(sender, flush=True)


def typed(stream, _why):
    words = stream.readline().split()
    if not words:
        loop.quit()
        return False
    act, name = words
    if act == "click":
        values = GLib.Variant("(ii)", (0, 0))
        bus.call_sync(name, "/StatusNotifierItem", ITEM, "Activate", values, None, 0, 5000, None)
    else:
        asked = GLib.Variant("(ss)", (ITEM, "ToolTip"))
        (tip,) = bus.call_sync(
            name, "/StatusNotifierItem", "org.freedesktop.DBus.Properties", "Get", asked, None, 0,
            5000, None,
        )  # fmt: skip
        print(tip[2], flush=True)
    return True


bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
face = Gio.DBusNodeInfo.new_for_xml(FACE).interfaces[0]
bus.register_object(
    "/StatusNotifierWatcher", face, called, lambda *asked: ANSWERS[asked[4]], None
)  # fmt: skip
Gio.bus_own_name_on_connection(bus, WATCHER, Gio.BusNameOwnerFlags.NONE, None, None)
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, typed)
loop = GLib.MainLoop()
loop.run()
