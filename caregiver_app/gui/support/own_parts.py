"""What the cards and sheets of the carer's own lane are made of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.emergency.parts import Picture
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import Button, PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain

_SIGN = 20


class LaneCard(Card):
    """A card of the lane, with a line for what was refused."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__(theme, title)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something and tell whether it was kept; a refusal is said at the card's foot."""
        self.say_wrong("")
        try:
            act()
        except UserError as error:
            self.say_wrong(explain(error))
            return False
        return True

    def say_wrong(self, words: str) -> None:
        """Say what was refused, or nothing."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def holds_focus(self) -> bool:
        """Tell whether the keyboard is somewhere in this card."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)


class TurningRow(QBoxLayout):
    """Side by side; below each other where the text is large."""

    def __init__(self, theme: Theme, spacing: int = 8) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._theme = theme
        self.setSpacing(spacing)
        theme.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self.setDirection(way.TopToBottom if large else way.LeftToRight)


class LineRow(QWidget):
    """Icon and words, and a quiet button at the right."""

    pressed = Signal()

    def __init__(
        self, theme: Theme, icon: str, text: str, button: str, *, name: str, ink: str = "ink"
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(Picture(theme, icon, ink, _SIGN), 0, middle)
        self.words = Text(text, "body")
        row.addWidget(self.words, 1, middle)
        self.button: Button = QuietButton(theme, button, name=name)
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self.pressed)
        row.addWidget(self.button, 0, middle)


class AskingText(QWidget):
    """A text that asks for help: it may be changed, and copied; it is kept nowhere."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._proposed = text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.field = ShortText(
            theme,
            tr("A message to ask with"),
            text=text,
            rows=4,
            hint=tr("Change it as you like. It is not kept here."),
        )
        column.addWidget(self.field)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.copy_button = PlainButton(theme, tr("Copy the message"), "paper-note")
        self.copy_button.clicked.connect(self.copy)
        foot.addWidget(self.copy_button)
        self.said = Text("", "second", "soft")
        foot.addWidget(self.said, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(foot)

    def propose(self, text: str) -> None:
        """Propose another text, unless somebody has changed this one."""
        if self.field.text() == self._proposed:
            self.field.set_text(text)
            self._proposed = text

    def copy(self) -> None:
        """Put the text on the clipboard, and say so."""
        QGuiApplication.clipboard().setText(self.field.text())
        self.said.setText(tr("Copied. Paste it into a message."))
        told = QAccessibleAnnouncementEvent(self.copy_button, self.said.text())
        QAccessible.updateAccessibility(told)
