"""The support tab: four rooms and their notes on the left, questions for the doctor beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.columns import Columns
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.support.notes import NotesCard
from caregiver_app.gui.support.questions import QuestionsCard
from caregiver_app.gui.support.rooms import RoomCards
from caregiver_app.gui.theme import Theme
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

_KINDS: Final = frozenset(("note", "question", "person"))


class SupportTab(QWidget):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = SupportModel(house)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._built = False
        self._stale = True

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        self._model.set_person(person_id)
        self._look_again()

    def refresh(self, change: Change | None = None) -> None:
        """Look again after a change; None means that anything may be different."""
        if change is None or change.kinds & _KINDS:
            self._look_again()

    def open_item(self, kind: str, item_id: str) -> None:
        """Open a "note" or a "question"."""
        self._build()
        self._look_again()
        if kind == "note":
            self.notes.open_note(item_id)
        elif kind == "question":
            self.questions.open_question(item_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Build at the first showing."""
        self._build()
        self._catch_up()
        super().showEvent(event)

    def _build(self) -> None:
        if self._built:
            return
        self._built = True
        page = Columns(self._theme, stretches=(66, 34))
        self.rooms = RoomCards(self._theme)
        self.notes = NotesCard(self._theme, self._model)
        self.questions = QuestionsCard(self._theme, self._model)
        self.rooms.chosen.connect(self.notes.set_room)
        page.left.addWidget(self.rooms)
        page.left.addWidget(self.notes)
        page.left.addStretch(1)
        page.right.addWidget(self.questions, 0, Qt.AlignmentFlag.AlignTop)
        page.right.addStretch(1)
        self._column.addWidget(page)

    def _look_again(self) -> None:
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if self._stale and self._built:
            self._stale = False
            self.rooms.show_counts(self._model.counts())
            self.notes.refresh()
            self.questions.refresh()
