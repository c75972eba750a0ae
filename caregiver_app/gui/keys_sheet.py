"""Every key of the program on one sheet, in the order in which one meets them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.values import value

_CAPS_WIDTH: Final = 172
_LEFT: Final = ("Everywhere", "Going about", "Reminder window")
_WRITTEN: Final = {
    "Return": "Enter",
    "PgUp": "Page Up",
    "PgDown": "Page Down",
    "Del": "Delete",
    "Esc": "Escape",
}
"""Names that stand on most keyboards, where Qt shortens them."""


@value
class KeyLine:
    """One thing that keys do. `keys` are names as `QKeySequence` reads them, each does it.

    With `shown` they stand as these words, for example "Ctrl+1 to Ctrl+6".
    """

    keys: tuple[str, ...]
    does: str
    shown: str = ""


@value
class KeyGroup:
    """The keys of one place."""

    place: str
    lines: tuple[KeyLine, ...]


EVERYWHERE: Final = KeyGroup(
    "Everywhere",
    (
        KeyLine(
            tuple(f"Ctrl+{place}" for place in range(1, 7)),
            "Open one of the six pages",
            "Ctrl+1 to Ctrl+6",
        ),
        KeyLine(("F2",), "Emergency, also from an open form"),
        KeyLine(("F3",), "The call sheet for the clinic, also from an open form"),
        KeyLine(("F4",), "The crisis panel, also from an open form"),
        KeyLine(("Ctrl+K",), "Search"),
        KeyLine(("Ctrl+R",), "The reminders that wait for an answer"),
        KeyLine(("Ctrl+Z",), "Take the last change back"),
        KeyLine(("Ctrl+,",), "Settings"),
        KeyLine(("F1",), "This list of keys"),
        KeyLine(("Ctrl+Q",), "Quit"),
    ),
)
"""What works in the whole window; a test holds it against the window itself."""

GROUPS: Final = (
    EVERYWHERE,
    KeyGroup(
        "Going about",
        (
            KeyLine(("Tab", "Shift+Tab"), "On to the next thing, or back"),
            KeyLine(("Space", "Return"), "Press, tick or open what has the ring"),
            KeyLine(
                ("Left", "Right", "Up", "Down"),
                "Choose among words that stand side by side",
                "Arrow keys",
            ),
            KeyLine(("Escape",), "Close what lies on top, or go back"),
        ),
    ),
    KeyGroup(
        "Calendar",
        (
            KeyLine(("Left", "Right", "Up", "Down"), "Another day", "Arrow keys"),
            KeyLine(("PgUp", "PgDown"), "A month back or on; in the week a week"),
            KeyLine(("Ctrl+PgUp", "Ctrl+PgDown"), "A year back or on"),
            KeyLine(("Home", "T"), "Today"),
            KeyLine(("Alt+1", "Alt+2", "Alt+3"), "Month, week or agenda", "Alt+1 to Alt+3"),
            KeyLine(("G", "Ctrl+G"), "Go to a day, or to what you type"),
            KeyLine(("Return", "Space"), "Open what is on the day, or add something"),
            KeyLine(("N",), "Add an appointment on the day"),
            KeyLine(("Delete", "Backspace"), "Delete what is on the day; a visit asks first"),
        ),
    ),
    KeyGroup(
        "An appointment in the calendar",
        (
            KeyLine(
                ("Alt+Left", "Alt+Right", "Alt+Up", "Alt+Down"),
                "Move it by a day or a week; in the week by a day or 15 minutes",
                "Alt + arrow keys",
            ),
            KeyLine(
                ("Alt+Shift+Up", "Alt+Shift+Down"),
                "In the week: let it end earlier or later",
                "Alt+Shift+arrows",
            ),
            KeyLine(("M",), "Move it to another day or hour"),
            KeyLine(("D",), "Copy it to another day"),
            KeyLine(("C",), "Cancel it, or take it up again"),
            KeyLine(("Menu", "Shift+F10"), "All that can be done with it"),
        ),
    ),
    KeyGroup(
        "Lists",
        (
            KeyLine(("Up", "Down"), "Another line"),
            KeyLine(("Home", "End"), "The first, the last"),
            KeyLine(("Return", "Space"), "Open the line, or tick it"),
            KeyLine(("Delete",), "Delete the line; undo brings it back"),
            KeyLine(("N",), "Not needed, for a thing in the bag"),
            KeyLine(("Alt+Up", "Alt+Down"), "Move a thing in the bag up or down"),
            KeyLine(("Ctrl+P",), "Print the bag"),
        ),
    ),
    KeyGroup(
        "Forms",
        (
            KeyLine(("Ctrl+Return",), "Keep what was typed, from any field"),
            KeyLine(("Escape",), "Close; it asks first when something was typed"),
            KeyLine(("Alt+Down",), "Open the calendar of a date"),
            KeyLine(("Up", "Down"), "Count up or down in a number"),
            KeyLine(
                ("0", "9", "Backspace"),
                "Choose that number of a scale, or none; 1 and 0 are ten",
                "0 to 9, Backspace",
            ),
            KeyLine(("+", "-"), "Make the preview of a page larger or smaller"),
        ),
    ),
    KeyGroup(
        "Reminder window",
        (
            KeyLine(("Tab",), "From one answer to the next"),
            KeyLine(("Space", "Return"), "Give that answer"),
            KeyLine(("Escape",), "Close a question, else the window; nothing is answered by that"),
        ),
    ),
)
"""All keys, by place; a test holds them against what the code listens to."""


class KeysSheet(Sheet):
    """Lists the keys; nothing here needs to be learned to use the program."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Keys"),
            icon="paper-note",
            primary=tr("Close"),
            subtitle=tr("The mouse does all of this too."),
            width=980,
            parent=parent,
        )
        self.cancel.hide()
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(20)
        for group in GROUPS:
            column = left if group.place in _LEFT else right
            column.addWidget(KeyPart(theme, group))
        for column in (left, right):
            column.addStretch(1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(28)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        self.body.addLayout(self._columns)
        # Nothing in it takes the keyboard, so the arrow keys scroll.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(tr("Keys"))
        self.area.setProperty("focusRing", "inside")
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        self.confirmed.connect(self.accept)
        theme.changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        large = self.theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if large else way.LeftToRight)


class KeyPart(QWidget):
    """One place with its keys."""

    def __init__(self, theme: Theme, group: KeyGroup) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(tr(group.place), "card_title"))
        for line in group.lines:
            column.addWidget(KeyRow(theme, line))


class KeyRow(QWidget):
    """The keys at the left, what they do at the right; one sentence to a screen reader."""

    def __init__(self, theme: Theme, line: KeyLine) -> None:
        super().__init__()
        self._theme = theme
        caps = [tr(line.shown)] if line.shown else [key_words(key) for key in line.keys]
        self.setAccessibleName(f"{' / '.join(caps)}: {tr(line.does)}")
        self._caps = QWidget()
        flow = FlowLayout(self._caps, across=6, down=4)
        for words in caps:
            flow.addWidget(Chip(theme, words, "plain"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._caps, 0, Qt.AlignmentFlag.AlignTop)
        self._does = Text(tr(line.does))
        row.addWidget(self._does, 1, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        self._caps.setFixedWidth(self._theme.px(_CAPS_WIDTH))
        # The words stand on the line of the caps' words.
        self._does.setContentsMargins(0, self._theme.px(2), 0, 0)


def key_words(key: str) -> str:
    """Return the name of a key as it stands on the keyboard of this computer."""
    name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    head, plus, last = name.rpartition("+") if len(name) > 1 else ("", "", name)
    return f"{head}{plus}{tr(_WRITTEN.get(last, last))}"
