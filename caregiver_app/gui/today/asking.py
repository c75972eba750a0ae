"""How a day was, asked on Today: a quiet card in the evening, gone with one press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.values import value


@value
class Asking:
    """Whose day is asked about, and what they are called ("" where nobody has a name)."""

    person: str
    name: str


class DayCard(Card):
    """The question with its three answers: write it down, not today, not any more."""

    def __init__(self, theme: Theme, asking: Asking) -> None:
        super().__init__(theme, _question(asking))
        self.person = asking.person
        self.add(Text(tr("A few numbers or words, only if you like."), "second", "soft"))
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        about = _question(asking)
        self.write = PlainButton(theme, tr("Write it down"), "note-it")
        self.later = QuietButton(theme, tr("Not today"))
        self.never = QuietButton(theme, tr("Don\u2019t ask any more"))
        for button in (self.write, self.later, self.never):
            button.setAccessibleDescription(about)
            flow.addWidget(button)
        self.add(row)

    def show_asking(self, asking: Asking) -> None:
        """Ask it in the words of now."""
        self.set_title(_question(asking))


class DayCards(QWidget):
    """A card for each person who is asked about; what is pressed carries the person's id."""

    wanted = Signal(str)
    """Somebody wants to write it down."""
    left = Signal(str)
    """Not today."""
    stopped = Signal()
    """Not any more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards: dict[str, DayCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.hide()

    def show_askings(self, askings: Sequence[Asking]) -> None:
        """Show these, and no others."""
        known = {one.person for one in askings}
        for person in [one for one in self.cards if one not in known]:
            card = self.cards.pop(person)
            card.hide()
            card.deleteLater()
        for asking in askings:
            card = self.cards.get(asking.person) or self._make(asking)
            card.show_asking(asking)
        self.setVisible(bool(self.cards))

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [
            button for one in self.cards.values() for button in (one.write, one.later, one.never)
        ]

    def _make(self, asking: Asking) -> DayCard:
        card = self.cards[asking.person] = DayCard(self._theme, asking)
        card.write.clicked.connect(lambda: self.wanted.emit(card.person))
        card.later.clicked.connect(lambda: self.left.emit(card.person))
        card.never.clicked.connect(self.stopped)
        self._column.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        return card


def _question(asking: Asking) -> str:
    return (
        tr("How was today for {name}?", name=asking.name) if asking.name else tr("How was today?")
    )
