"""`Card`: the sheet of paper that content lies on, and `HeaderLine`, a title with a fact."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.text import Text

Tone = Literal["card", "page", "sunk", "tint", "warn", "alarm", "edge"]


class Card(QFrame):
    """A framed group: title left, quiet fact or link right, content below in `body`.

    Without a title the head is left out. `link` is the quiet button, if there is one.
    """

    title: Text
    """Only of a card that was made with a title, like `fact`."""
    fact: Text

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        *,
        fact: str = "",
        link: str = "",
        tone: Tone = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("card", True)
        self.setProperty("tone", tone)
        self.body = QVBoxLayout(self)
        self.body.setSpacing(8)
        self.link = QuietButton(theme, link) if link else None
        if title:
            self.title = Text(title, "card_title", wrap=True)
            self.fact = Text(fact, "second", "soft", wrap=False)
            self.setAccessibleName(title)
            self.body.addLayout(self._head())
        theme.changed.connect(self._space)
        self._space()

    def set_title(self, title: str) -> None:
        """Change the title (of a card that was made with one)."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def set_fact(self, fact: str) -> None:
        """Change the quiet fact at the right."""
        self.fact.setText(fact)
        self.fact.setVisible(bool(fact))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put `widget` below what is already there."""
        self.body.addWidget(widget, stretch)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.fact, 0, Qt.AlignmentFlag.AlignVCenter)
        # Only hidden: what is shown before it has a parent is a window of its own for a moment.
        if not self.fact.text():
            self.fact.hide()
        if self.link is not None:
            head.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _space(self) -> None:
        across, down = self._theme.px(18), self._theme.px(16)
        self.body.setContentsMargins(across, down, across, down)
