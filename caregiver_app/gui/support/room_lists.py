"""What stands at the foot of a room: kept ideas, those put away, and what is better unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.support_cards import Card as Idea
from caregiver_app.gui.columns import LARGE, clear_layout
from caregiver_app.gui.support.room_model import RoomModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import count_text, tr


class Opener(QuietButton):
    """A quiet button that opens what stands below, and closes it again."""

    def __init__(self, theme: Theme, words: str, inside: QWidget) -> None:
        super().__init__(theme, words, "forward")
        self._theme, self.inside = theme, inside
        self.setCheckable(True)
        self.toggled.connect(self._turn)
        self._turn(False)

    def _turn(self, opened: bool) -> None:
        self.inside.setVisible(opened)
        # The arrow of every other part that folds.
        self.set_icon("open-list" if opened else "forward")
        self.setAccessibleDescription(tr("shown") if opened else tr("folded"))

    def offer(self, words: str) -> None:
        """Say what it opens; there is nothing to open for ""."""
        if not words:
            self.setChecked(False)
        self.set_words(words)
        self.setVisible(bool(words))


class DecidedList(QWidget):
    """The ideas of a room that were kept, and those that were put away."""

    shown = Signal(object)
    """A kept idea is to be shown again: its `Card`."""
    let_go = Signal(str)
    """An idea is not kept any longer: its id."""
    back = Signal(str)
    """An idea that was put away is wanted again: its id."""

    def __init__(self, theme: Theme, model: RoomModel, room: str) -> None:
        super().__init__()
        self._theme, self._model, self._room = theme, model, room
        self._told: tuple[object, ...] = ()
        self._words = ""
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(2)

    def refresh(self) -> str:
        """Show what was decided; return it in a few words, "" for nothing."""
        choices, person = self._model.house.card_choices, self._model.person
        kept, away = choices.kept(person, self._room), choices.put_away(person, self._room)
        told = (kept, away, self._theme.scale)
        if told == self._told:
            return self._words
        self._told = told
        counts = [(len(kept), "{count} kept", "{count} kept"),
                  (len(away), "{count} put away", "{count} put away")]  # fmt: skip
        self._words = ", ".join(count_text(*one) for one in counts if one[0])
        clear_layout(self.rows)
        for card in kept:
            see, off = self._button(tr("Show it"), card), self._button(tr("Let go"), card)
            see.clicked.connect(partial(self._show, card))
            off.clicked.connect(partial(self._let_go, card.id))
            self._add(card, (see, off))
        if kept and away:
            self.rows.addWidget(Rule())
        for card in away:
            back = self._button(tr("Bring back"), card)
            back.clicked.connect(partial(self._back, card.id))
            self._add(card, (back,), ink="soft")
        return self._words

    def _button(self, words: str, card: Idea) -> QuietButton:
        return QuietButton(self._theme, words, name=f"{words}: {card.text}")

    def _add(self, card: Idea, buttons: Sequence[QuietButton], ink: str = "ink") -> None:
        line = QWidget()
        down = self._theme.scale >= LARGE
        way = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(way, line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(Text(card.text, "body", ink), 1)
        hands = QHBoxLayout()
        hands.setSpacing(4)
        for button in buttons:
            hands.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        if down:
            hands.addStretch(1)
        row.addLayout(hands)
        self.rows.addWidget(line)

    def _show(self, card: Idea, _: bool = False) -> None:
        self.shown.emit(card)

    def _let_go(self, card: str, _: bool = False) -> None:
        self.let_go.emit(card)

    def _back(self, card: str, _: bool = False) -> None:
        self.back.emit(card)


class UnsaidList(QWidget):
    """All that is better left unsaid, each with why."""

    def __init__(self, cards: Sequence[Idea]) -> None:
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        for card in cards:
            pair = QWidget()
            column = QVBoxLayout(pair)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(Text(tr("“{words}”", words=card.text)))
            column.addWidget(Text(card.why, "second", "soft"))
            whole.addWidget(pair)
