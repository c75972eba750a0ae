"""As-needed medicines, each with "Gave it" and the way to what was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.columns import kept_rows
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, TonalButton
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.values import value

_BESIDE: Final = 400


@value
class AsNeeded:
    """One medicine: its name, what it is for and when it was last given; `badge` is whose it is."""

    medicine: str
    name: str
    second: str
    badge: str = ""


class AsNeededRow(QWidget):
    """Name and words, "Gave it", and what was given before."""

    gave = Signal(str)
    looked = Signal(str)
    edited = Signal(str)

    def __init__(self, theme: Theme, shown: AsNeeded, *, edits: bool) -> None:
        """With `edits` a third button opens the medicine itself."""
        super().__init__()
        self._theme, self._shown = theme, shown
        self.title = Text("", "strong")
        self.second = Text("", "second", "soft")
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.title)
        said.addWidget(self.second)
        self.give = TonalButton(theme, tr("Gave it"), "done")
        self.look = IconButton(theme, "chart", tr("What was given"))
        self.edit = IconButton(theme, "note-it", tr("Change")) if edits else None
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.give)
        buttons.addWidget(self.look)
        if self.edit is not None:
            buttons.addWidget(self.edit)
            self.edit.clicked.connect(lambda: self.edited.emit(self._shown.medicine))
        buttons.addStretch(1)
        self._way = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._way.setContentsMargins(0, 6, 0, 6)
        self._way.setSpacing(8)
        self._way.addLayout(said, 1)
        self._way.addLayout(buttons)
        self.give.clicked.connect(lambda: self.gave.emit(self._shown.medicine))
        self.look.clicked.connect(lambda: self.looked.emit(self._shown.medicine))
        theme.changed.connect(self._turn)
        self.show_medicine(shown)

    def show_medicine(self, shown: AsNeeded) -> None:
        """Show what is so now."""
        self._shown = shown
        name = f"{shown.name} ({shown.badge})" if shown.badge else shown.name
        self.title.setText(name)
        self.second.setText(shown.second)
        self.second.setVisible(bool(shown.second))
        self.give.set_words(tr("Gave it"), name=tr("Gave it: {name}", name=name))
        self.look.setAccessibleName(tr("What was given: {name}", name=name))
        if self.edit is not None:
            self.edit.setAccessibleName(tr("Change: {name}", name=name))

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        found: list[QWidget] = [self.give, self.look]
        return found if self.edit is None else [*found, self.edit]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where there is little room."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        beside = (
            self.width() >= (_BESIDE + (60 if self.edit is not None else 0)) * self._theme.scale
        )
        self._way.setDirection(way.LeftToRight if beside else way.TopToBottom)


class AsNeededList(QWidget):
    """The rows between hairlines, and below them the line that always stands there."""

    gave = Signal(str)
    """A medicine was just given; its id."""
    looked = Signal(str)
    """Somebody wants to see what was given of a medicine; its id."""
    edited = Signal(str)
    """Somebody wants to change a medicine; its id."""

    def __init__(self, theme: Theme, *, edits: bool = False) -> None:
        super().__init__()
        self._theme, self._edits = theme, edits
        self.rows: dict[str, AsNeededRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)
        column.addWidget(Rule())
        self.ask_first = Text(words("safety.ask_first"), "second_strong", "warn")
        column.addWidget(self.ask_first, 0, Qt.AlignmentFlag.AlignTop)

    def show_medicines(self, shown: Sequence[AsNeeded]) -> None:
        """Show these; rows that are there already stay, so that the keyboard does."""
        medicines = {one.medicine: one for one in shown}
        self.rows = kept_rows(
            self._column, self.rows, list(medicines), lambda key: self._make(medicines[key])
        )
        for key, row in self.rows.items():
            row.show_medicine(medicines[key])

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [stop for row in self.rows.values() for stop in row.stops()]

    def _make(self, one: AsNeeded) -> AsNeededRow:
        row = AsNeededRow(self._theme, one, edits=self._edits)
        row.gave.connect(self.gave)
        row.looked.connect(self.looked)
        row.edited.connect(self.edited)
        return row
