"""What a screen reader sees and can do, for `tests/tools/reader.py`.

Runs under Debian's own Python, which brings the accessibility bindings. Takes one JSON command a
line on standard input and answers each with one JSON line.
"""

import json
import sys
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEEPEST = 60
MANY = 400
PATIENCE_MS = 3000
"""What opens a dialog may answer only when that is closed."""
STATES = {
    "focused": Atspi.StateType.FOCUSED,
    "checked": Atspi.StateType.CHECKED,
    "enabled": Atspi.StateType.ENABLED,
    "focusable": Atspi.StateType.FOCUSABLE,
    "editable": Atspi.StateType.EDITABLE,
    "selected": Atspi.StateType.SELECTED,
    "expanded": Atspi.StateType.EXPANDED,
    "active": Atspi.StateType.ACTIVE,
}
PRESSES = ("Press", "Toggle", "press", "toggle")
OPENED = []
"""Menus that were told of as they opened: no tree holds them, readers learn of them this way."""


def told_of(event):
    """Remember a menu that opens."""
    try:
        if event.detail1 and event.source.get_role() == Atspi.Role.POPUP_MENU:
            OPENED.append(event.source)
    except GLib.Error:
        return


def listen():
    """Take in what was told since the last time."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def is_shown(node):
    node.clear_cache()
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def roots():
    listen()
    desktop = Atspi.get_desktop(0)
    programs = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())]
    menus = []
    for menu in OPENED:
        try:
            if is_shown(menu) and menu not in menus:
                menus.append(menu)
        except GLib.Error:
            continue
    OPENED[:] = menus
    return programs + menus


def walk(node, depth=0):
    """Every node that is shown, in the order of the tree."""
    if node is None or depth > DEEPEST:
        return
    try:
        if not is_shown(node) and depth > 0:
            return
        yield node
        for place in range(min(node.get_child_count(), MANY)):
            yield from walk(node.get_child_at_index(place), depth + 1)
    except GLib.Error:
        # It went away while it was looked at.
        return


def everything():
    for root in roots():
        yield from walk(root)


def actions_of(node):
    action = node.get_action_iface()
    if action is None:
        return []
    return [action.get_action_name(place) for place in range(action.get_n_actions())]


def told(node):
    """A node as plain values."""
    states, text, value = node.get_state_set(), node.get_text_iface(), node.get_value_iface()
    words = "" if text is None else text.get_text(0, min(text.get_character_count(), 2000))
    return {
        "role": node.get_role_name(), "name": node.get_name() or "",
        "description": node.get_description() or "", "text": words,
        "states": [name for name, state in STATES.items() if states.contains(state)],
        "actions": actions_of(node),
        "value": None if value is None else value.get_current_value(),
    }  # fmt: skip


def fits(name, wanted):
    """Tell whether this is the name, or begins so where the wanted one ends with "…"."""
    return name == wanted or (wanted.endswith("…") and name.startswith(wanted[:-1]))


def names_of(node):
    """What it is called: by itself, and a field of choices by its label as well."""
    yield node.get_name()
    if node.get_role() == Atspi.Role.COMBO_BOX:
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                yield relation.get_target(0).get_name()


def found(name, role="", writable=False, about=""):
    """The shown nodes of that name, what was opened last first: it lies on top.

    With `about` only those whose description begins so.
    """
    hits = []
    for node in everything():
        try:
            same = any(fits(one, name) for one in names_of(node)) and (
                not role or node.get_role_name() == role
            )
            same = same and node.get_description().startswith(about)
            if same and (not writable or node.get_editable_text_iface() is not None):
                hits.append(node)
        except GLib.Error:
            continue
    return reversed(hits)


def does(node, wanted):
    """Do one of these things with a node, if it offers it."""
    offered = actions_of(node)
    for name in wanted:
        if name in offered:
            try:
                return node.get_action_iface().do_action(offered.index(name))
            except GLib.Error:
                # A menu or a dialog that opens may keep the answer back until it is closed.
                return True
    return False


def press(name, role="", about=""):
    """Press what has that name, or open its menu."""
    return any(does(node, (*PRESSES, "ShowMenu")) for node in found(name, role, about=about))


def select(name, role=""):
    """Choose one of several: a line of a list, a day, one of the choices of a field."""
    for node in found(name, role):
        parent = node.get_parent()
        selection = None if parent is None else parent.get_selection_iface()
        if selection is not None and selection.select_child(node.get_index_in_parent()):
            return True
    return False


def menu(name, role=""):
    """Open the menu that something offers."""
    return any(does(node, ("ShowMenu",)) for node in found(name, role))


def focus(name, role=""):
    """Go to what has that name."""
    return any(node.get_component_iface().grab_focus() for node in found(name, role))


def write(name, words):
    """Put words into the field of that name."""
    for node in found(name, writable=True):
        node.get_component_iface().grab_focus()
        if node.get_editable_text_iface().set_text_contents(words):
            return True
    return False


def turn(name, value):
    """Give something with a value, a number or a slider, another one."""
    for node in found(name):
        dial = node.get_value_iface()
        if dial is not None and dial.set_current_value(value):
            return True
    return False


def see():
    seen = []
    for node in everything():
        try:
            seen.append(told(node))
        except GLib.Error:
            # It went away while it was looked at.
            continue
    return seen


COMMANDS = {
    "see": see, "press": press, "select": select, "menu": menu, "focus": focus, "write": write,
    "turn": turn,
}  # fmt: skip


def main():
    warnings.filterwarnings("ignore")
    Atspi.init()
    Atspi.set_timeout(PATIENCE_MS, PATIENCE_MS)
    listener = Atspi.EventListener.new(told_of)
    listener.register("object:state-changed:showing")
    for line in sys.stdin:
        given = json.loads(line)
        try:
            answer = {"answer": COMMANDS[given.pop("do")](**given)}
        except GLib.Error as error:
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
