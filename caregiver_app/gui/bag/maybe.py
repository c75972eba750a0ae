"""What a list has besides, folded; one tap takes an item along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.wrapped_button import WrappedButton
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.bags import BagLine


class TakeRow(WrappedButton):
    """An item that waits: its name, and below it for whom it is or why."""

    def __init__(self, theme: Theme, title: str, below: str) -> None:
        super().__init__(theme, title, below)
        self.setAccessibleName(tr("Take {item} along", item=title))
        self.setAccessibleDescription(below)

    def sign(self) -> tuple[str, str]:
        """A plus."""
        return "add", "link"


class MaybeCard(Card):
    """The items that are not in the bag, by their group."""

    wanted = Signal(str)
    """The key of an item that is to come along."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.fold = Fold(theme, "")
        self.fold.body.setSpacing(0)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.fold.body.addLayout(self._column)
        self.fold.head.toggled.connect(self._fill)
        self.add(self.fold)
        self._lines: tuple[BagLine, ...] = ()
        self.rows: dict[str, TakeRow] = {}

    def show_lines(self, lines: Sequence[BagLine]) -> None:
        """Show these items."""
        self.setVisible(bool(lines))
        title = tr("Maybe")
        self.fold.head.set_title(title)
        self.setAccessibleName(title)
        count = count_text(len(lines), "{count} more item", "{count} more items")
        self.fold.head.set_summary(tr("{count}, one tap takes one along", count=count))
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._fill()

    def _fill(self) -> None:
        had = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        keys = list(self.rows)
        clear_layout(self._column)
        self.rows = {}
        if self.fold.is_open:
            for line in self._lines:
                row = TakeRow(self._theme, line.label, _below(line))
                row.clicked.connect(self._wanted(line.key))
                self._column.addWidget(row)
                self.rows[line.key] = row
        if had is not None:
            self._focus_near(had, keys)

    def _wanted(self, key: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(key)

    def _focus_near(self, key: str, keys: list[str]) -> None:
        """Give the keyboard to the item after one that went, else to the one before it."""
        place = keys.index(key)
        order = (*keys[place:], *reversed(keys[:place]))
        near = next((self.rows[one] for one in order if one in self.rows), None)
        widget: QWidget = self.fold.head if near is None else near
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _below(line: BagLine) -> str:
    asks = tr("If {condition}.", condition=line.only_if) if line.only_if else ""
    return " ".join(part for part in (asks, line.why) if part)
