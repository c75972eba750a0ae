"""A card that says in one sentence what it holds, and opens in place to change it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr


class FoldedCard(Card):
    """Title and sentence, a button that opens and closes `inside`, and room for more buttons."""

    turned = Signal()
    """It was opened or closed."""

    def __init__(
        self, theme: Theme, title: str, sentence: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tone="page", parent=parent)
        self.heading = Text(title, "strong")
        self.sentence = Text(sentence, "second", "soft")
        self.button = QuietButton(theme, tr("Change"))
        self.ways = QHBoxLayout()
        self.ways.setSpacing(4)
        self.inside = QWidget()
        self.room = QVBoxLayout(self.inside)
        self.room.setContentsMargins(0, 6, 0, 4)
        self.room.setSpacing(14)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.heading)
        said.addWidget(self.sentence)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addLayout(said, 1)
        self.ways.addWidget(self.button)
        head.addLayout(self.ways)
        head.setAlignment(self.ways, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.body.addWidget(self.inside)
        self.inside.hide()
        self.button.clicked.connect(self._turn)
        self.say(sentence)
        self.name(title)

    @property
    def is_open(self) -> bool:
        """Whether what is inside is to be seen."""
        return not self.inside.isHidden()

    def name(self, title: str) -> None:
        """Change the title."""
        self.heading.setText(title)
        self.setAccessibleName(title)
        self._show_way()

    def say(self, sentence: str) -> None:
        """Change the sentence."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence) and not self.is_open)

    def hold(self, *widgets: QWidget) -> None:
        """Put widgets inside."""
        for widget in widgets:
            self.room.addWidget(widget)

    def set_open(self, *, is_open: bool) -> None:
        """Open or close."""
        if is_open == self.is_open:
            return
        self.inside.setVisible(is_open)
        self.say(self.sentence.text())
        self._show_way()
        self.turned.emit()

    def _turn(self) -> None:
        self.set_open(is_open=not self.is_open)

    def _show_way(self) -> None:
        word = tr("Close") if self.is_open else tr("Change")
        self.button.set_words(word, name=f"{word}: {self.heading.text()}")
