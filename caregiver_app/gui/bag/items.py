"""The two lists of a bag: rows to tick, "not needed" beside each, and what may come along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip, ChipKind
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.widgets.ticks import TickRow, TickState
from caregiver_app.gui.words import tr
from caregiver_app.services.bags import BagLine

_TO_TICK: dict[str, TickState] = {"to_pack": "open", "packed": "done", "not_needed": "not_needed"}
_FROM_TICK = {"open": "to_pack", "done": "packed", "not_needed": "not_needed"}


class ItemRow(QWidget):
    """One item: the tick, and beside it "not needed" or, for one's own, "take out"."""

    stated = Signal(str, str)
    removed = Signal(str)

    def __init__(self, theme: Theme, line: BagLine, note: str) -> None:
        super().__init__()
        self.key = line.key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.tick = TickRow(
            theme, line.label, note=note, state=_TO_TICK[line.state], may_be_not_needed=True
        )
        self.tick.state_changed.connect(self._ticked)
        row.addWidget(self.tick, 1)
        unneeded = tr("{item}: not needed this time", item=line.label)
        self.not_needed = IconButton(theme, "close", unneeded, quiet=True)
        self.not_needed.clicked.connect(self._turn_not_needed)
        self.needed = QuietButton(
            theme, tr("Needed"), name=tr("{item}: needed after all", item=line.label)
        )
        self.needed.clicked.connect(self._turn_not_needed)
        self.remove = QuietButton(
            theme, tr("Take out"), name=tr("Take “{item}” out", item=line.label)
        )
        self.remove.clicked.connect(lambda: self.removed.emit(self.key))
        self._own = line.own
        for button in (self.needed, self.remove, self.not_needed):
            row.addWidget(button)
        self.show_line(line, note)

    def show_line(self, line: BagLine, note: str) -> None:
        """Show what became of the item."""
        self._state = line.state
        self.tick.set_words(line.label, note=tr("not needed") if _is_out(line) else note)
        self.tick.set_state(_TO_TICK[line.state])
        self.needed.setVisible(_is_out(line))
        self.not_needed.setVisible(line.state == "to_pack" and not self._own)
        self.remove.setVisible(self._own and line.state != "packed")

    def _ticked(self, state: str) -> None:
        self.stated.emit(self.key, _FROM_TICK[state])

    def _turn_not_needed(self) -> None:
        wanted = "to_pack" if self._state == "not_needed" else "not_needed"
        self.stated.emit(self.key, wanted)


class ItemCard(Card):
    """Papers, or things: rows between hairlines."""

    stated = Signal(str, str)
    removed = Signal(str)

    def __init__(self, theme: Theme, title: str, icon: str) -> None:
        super().__init__(theme)
        self.setAccessibleName(title)
        self._icon = icon
        head = QHBoxLayout()
        self._picture = QLabel()
        head.addWidget(self._picture)
        head.addWidget(Text(title, "card_title"), 1)
        self._by = Chip(theme, "", "plain")
        head.addWidget(self._by)
        self.body.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self.items: dict[str, ItemRow] = {}
        theme.changed.connect(self._dress)
        self._dress()

    def show_lines(self, lines: Sequence[BagLine], notes: dict[str, str]) -> None:
        """Show these items; rows that stay keep the keyboard."""
        if [line.key for line in lines] != list(self.items):
            self._rebuild(lines, notes)
        for line in lines:
            self.items[line.key].show_line(line, notes.get(line.key, ""))

    def set_by(self, words: str, kind: ChipKind) -> None:
        """Say by when it should be ready."""
        self._by.set_chip(words, kind)
        self._by.setVisible(bool(words))

    def _rebuild(self, lines: Sequence[BagLine], notes: dict[str, str]) -> None:
        clear_layout(self._rows)
        self.items = {}
        for line in lines:
            self._rows.addWidget(Rule())
            row = ItemRow(self._theme, line, notes.get(line.key, ""))
            row.stated.connect(self.stated)
            row.removed.connect(self.removed)
            self._rows.addWidget(row)
            self.items[line.key] = row

    def _dress(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._icon, "primary", 20))


class MaybeCard(Card):
    """What the template has besides, folded; one tap takes an item along."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        head = QHBoxLayout()
        self._title = Text("", "card_title")
        head.addWidget(self._title, 1)
        self.fold = QuietButton(theme, tr("Show"), name=tr("Show what may come along"))
        self.fold.clicked.connect(self._turn)
        head.addWidget(self.fold)
        self.body.addLayout(head)
        self._place = QWidget()
        self._flow = FlowLayout(self._place)
        self._place.hide()
        self.add(self._place)
        self._lines: tuple[BagLine, ...] = ()

    def show_lines(self, lines: tuple[BagLine, ...]) -> None:
        """Show these items."""
        self.setVisible(bool(lines))
        self._title.setText(tr("Maybe also, {count}", count=len(lines)))
        self.setAccessibleName(self._title.text())
        if lines != self._lines:
            self._lines = lines
            self._fill()

    def _turn(self) -> None:
        self._place.setVisible(self._place.isHidden())
        is_open = not self._place.isHidden()
        said = tr("Close") if is_open else tr("Show")
        self.fold.set_words(said, name=tr("{said} what may come along", said=said))
        self._fill()

    def _fill(self) -> None:
        self._flow.clear()
        if self._place.isHidden():
            return
        for line in self._lines:
            asks = tr("If {condition}", condition=line.only_if) if line.only_if else ""
            button = PlainButton(
                self._theme, line.label, "add", tooltip=asks or line.why,
                name=tr("Take {item} along", item=line.label),
            )  # fmt: skip
            button.clicked.connect(lambda _=False, key=line.key: self.wanted.emit(key))
            self._flow.addWidget(button)


def _is_out(line: BagLine) -> bool:
    return line.state == "not_needed"
