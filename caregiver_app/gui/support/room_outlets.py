"""The room of healthy outlets: the loved one's own list first, and ideas for it below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.support_cards import Card as Idea
from caregiver_app.gui.support.outlets_list import OutletsCard
from caregiver_app.gui.support.room_card import IdeaCard
from caregiver_app.gui.support.room_model import RoomModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr


class OutletIdea(IdeaCard):
    """An idea that can be put on the list instead of being kept."""

    added = Signal()

    def __init__(self, theme: Theme, model: RoomModel) -> None:
        super().__init__(theme, model, "outlets")

    def heading(self, card: Idea) -> str:
        """Return what it is."""
        del card
        return tr("An idea to offer")

    def words(self, card: Idea) -> str:
        """Return the idea; it is nothing to be said."""
        return card.text

    def name_buttons(self, card: Idea) -> None:
        """Say whether it stands on the list."""
        super().name_buttons(card)
        there = self.model.house.outlets.of_card(self.model.person, card.id) is not None
        words = tr("On the list") if there else tr("Add to the list")
        self.keep.set_words(words, name=f"{words}: {card.text}")
        self.keep.set_icon("done" if there else "add")
        self.keep.setEnabled(not there)

    def turn_kept(self, card: Idea) -> None:
        """Put it on the list."""
        self.attempt(lambda: self.model.house.outlets.add_idea(self.model.person, card))
        self.added.emit()


class OutletsRoom(QWidget):
    """Both, one below the other."""

    asked = Signal(str, str, str)

    def __init__(self, theme: Theme, model: RoomModel) -> None:
        super().__init__()
        self.list, self.ideas = OutletsCard(theme, model), OutletIdea(theme, model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.list)
        column.addWidget(self.ideas)
        self.list.asked.connect(self.asked)
        self.ideas.asked.connect(self.asked)
        self.ideas.added.connect(self.list.show_all)

    def refresh(self) -> None:
        """Show what is so now."""
        self.list.refresh()
        self.ideas.refresh()
