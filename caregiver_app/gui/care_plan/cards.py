"""The head that cards share, and the card of people to reach."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.gui.care_plan.lists import ReachDelegate, ReachList, ReachModel
from caregiver_app.gui.care_plan.model import AFTER_HOURS, Reach
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr


def headed(card: Card, title: str, *buttons: QWidget) -> QHBoxLayout:
    """Put a title with buttons at its right at the head of a card."""
    card.setAccessibleName(title)
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Text(title, "card_title"), 1, Qt.AlignmentFlag.AlignVCenter)
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    card.body.addLayout(row)
    return row


class ReachCard(Card):
    """Everybody who can be called, the clinic first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.add_button = PlainButton(theme, tr("Add"), "add", name=tr("Add somebody to reach"))
        headed(self, tr("People to reach"), self.add_button)
        self._rows = ReachModel()
        self.list = ReachList(theme, tr("People to reach"), self._rows, ReachDelegate(theme))
        self.list.setAccessibleDescription(tr("Ctrl+C copies the number of the chosen row."))
        self.list.copied.connect(self._say_copied)
        self.empty = Text(
            tr("Nobody yet. Begin with the clinic’s number, and the one for out of hours."),
            "body",
            "soft",
        )
        self.add(self.empty)
        self.add(self.list)
        self.said = Text("", "second", "soft")
        self.said.hide()
        self.add(self.said)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[Reach]) -> None:
        """Show other contacts."""
        self._rows.set_lines(rows)
        self.list.setVisible(bool(rows))
        self.list.grow()
        self.empty.setVisible(not rows)
        self.said.hide()

    def choose(self, contact: str) -> None:
        """Make a contact the chosen row."""
        _ = self.list.choose(contact) or self.list.choose(f"{contact}{AFTER_HOURS}")

    def _say_copied(self, number: str) -> None:
        words = tr("Copied: {number}", number=number)
        self.said.setText(words)
        self.said.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, words))
