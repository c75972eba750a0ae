"""The rooms that give words: listening, and reassurance that promises nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from caregiver_app.domain.support_cards import Card as Idea
from caregiver_app.gui.support.room_card import IdeaCard
from caregiver_app.gui.support.room_lists import UnsaidList
from caregiver_app.gui.support.room_model import RoomModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr


class ListeningRoom(IdeaCard):
    """An opener, a habit that helps, and a phrase that is better left unsaid, with why."""

    def __init__(self, theme: Theme, model: RoomModel) -> None:
        self.unsaid_head = Text(tr("Better left unsaid:"), "second", "soft")
        self.unsaid = Text("", "second")
        self.why = Text("", "second", "soft")
        super().__init__(theme, model, "listening")
        self.look_up = QuietButton(theme, tr("Open Side effects"), "watch")
        self.look_up.clicked.connect(lambda: self.asked.emit("watch", "", ""))
        self.extra.addWidget(self.look_up, 0, Qt.AlignmentFlag.AlignLeft)
        for line in self.asides():
            self.aside.addWidget(line)
        self.aside.addStretch(1)

    def first_openers(self) -> None:
        """Put all that is better left unsaid at the foot."""
        phrases = self.model.avoided()
        words = count_text(len(phrases), "{count} phrase better left unsaid",
                           "All {count} phrases better left unsaid")  # fmt: skip
        self.unsaid_opener = self.add_opener(words, UnsaidList(phrases))

    def asides(self) -> tuple[Text, ...]:
        """The lines beside the buttons."""
        return self.unsaid_head, self.unsaid, self.why

    def second(self, card: Idea) -> str:
        """Return what goes with the opener, else a habit of somebody who listens."""
        habit = self.model.beside("habit")
        return card.action or card.technique or ("" if habit is None else habit.text)

    def show_idea(self, card: Idea | None) -> None:
        """Show the phrase beside it, and the way to Side effects where it asks for that."""
        self.look_up.setVisible(card is not None and bool(card.action))
        avoid = self.model.beside("avoid")
        for line in self.asides():
            line.setVisible(avoid is not None)
        if avoid is not None:
            self.unsaid.setText(tr("“{words}”", words=avoid.text))
            self.why.setText(avoid.why)


class ReassuranceRoom(IdeaCard):
    """Something to say that nobody has to keep, and what it stands in for."""

    def __init__(self, theme: Theme, model: RoomModel) -> None:
        super().__init__(theme, model, "reassurance")

    def second(self, card: Idea) -> str:
        """Return what it is said instead of."""
        return tr("Instead of “{words}”", words=card.instead_of) if card.instead_of else ""
