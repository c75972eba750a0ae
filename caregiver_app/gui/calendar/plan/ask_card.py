"""A question that stands where it belongs in a form, with its two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text


class AskCard(Card):
    """Hidden until it asks; neither answer is preselected."""

    def __init__(self, theme: Theme, yes: str, no: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, tone="warn", parent=parent)
        self.question = Text("", "strong")
        self.yes, self.no = PlainButton(theme, yes), QuietButton(theme, no)
        ways = QWidget()
        flow = FlowLayout(ways)
        flow.addWidget(self.yes)
        flow.addWidget(self.no)
        self.add(self.question)
        self.add(ways)
        self.hide()

    def ask(self, question: str) -> None:
        """Show the question and give it the keyboard."""
        self.question.setText(question)
        self.setAccessibleName(question)
        self.show()
        self.yes.setFocus(Qt.FocusReason.TabFocusReason)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, question))
