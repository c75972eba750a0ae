"""The four rooms and, below them, the one that is open."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.support.room_card import IdeaCard
from caregiver_app.gui.support.room_company import CompanyRoom
from caregiver_app.gui.support.room_model import RoomModel
from caregiver_app.gui.support.room_outlets import OutletsRoom
from caregiver_app.gui.support.room_talk import ListeningRoom, ReassuranceRoom
from caregiver_app.gui.support.rooms import RoomCard, RoomCards
from caregiver_app.gui.theme import Theme

_FIRST: Final = "listening"

Room = IdeaCard | CompanyRoom | OutletsRoom


class RoomsColumn(QWidget):
    """The rooms in a row; the first one is open at the beginning."""

    room_chosen = Signal(object)
    """The room that was opened, None once it was closed."""
    asked = Signal(str, str, str)
    """Somebody wants to see something else: (place, kind, item)."""

    kinds = frozenset(
        ("card_choice", "outlet", "person", "contact", "appointment", "plan", "company")
    )
    """The kinds of things whose changes the rooms show."""

    def __init__(self, theme: Theme, model: SupportModel) -> None:
        super().__init__()
        self._theme, self._model = theme, RoomModel(model)
        self.rooms = RoomCards(theme)
        self.pages: dict[str, Room] = {}
        """The rooms that were open so far."""
        self._open: str | None = _FIRST
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._column.addWidget(self.rooms)
        self.rooms.choose(_FIRST)
        self.rooms.chosen.connect(self._choose)

    @property
    def cards(self) -> dict[str, RoomCard]:
        """The cards of the rooms, by room."""
        return self.rooms.cards

    @property
    def room(self) -> str | None:
        """The room that is open."""
        return self._open

    def set_person(self, person_id: str | None) -> None:
        """Speak of somebody else; the model knows whom."""
        del person_id
        self.refresh()

    def refresh(self) -> None:
        """Show what is so now."""
        for room, card in self.rooms.cards.items():
            card.set_second(self._model.second(room))
        if self._open is not None:
            self._page(self._open).refresh()
        for room, page in self.pages.items():
            page.setVisible(room == self._open)

    def open_room(self, room: str) -> None:
        """Open a room, as if its card was pressed."""
        self.rooms.choose(room)
        self._choose(room)

    def open_card(self, card_id: str) -> bool:
        """Open the room of an idea and show it there; False for one that is not known."""
        card = self._model.house.cards.card(card_id)
        if card is None or card.room not in self.rooms.cards:
            return False
        choices = self._model.house.card_choices
        if card in choices.ring(card.room) and not choices.is_put_away(self._model.person, card.id):
            self._model.show(card)
        self.open_room(card.room)
        self.rooms.cards[card.room].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _choose(self, room: str | None) -> None:
        self._open = room
        self.refresh()
        self.room_chosen.emit(room)

    def _page(self, room: str) -> Room:
        page = self.pages.get(room)
        if page is None:
            page = self.pages[room] = self._make(room)
            page.asked.connect(self.asked)
            self._column.addWidget(page)
        return page

    def _make(self, room: str) -> Room:
        match room:
            case "reassurance":
                return ReassuranceRoom(self._theme, self._model)
            case "company":
                return CompanyRoom(self._theme, self._model)
            case "outlets":
                return OutletsRoom(self._theme, self._model)
            case _:
                return ListeningRoom(self._theme, self._model)
