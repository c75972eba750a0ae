"""The support tab: four rooms and their notes on the left, questions for the doctor beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.columns import Columns
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.support.notes import NotesCard
from caregiver_app.gui.support.questions import QuestionsCard
from caregiver_app.gui.support.rooms import RoomCards
from caregiver_app.gui.theme import Theme
from caregiver_app.services.household import Household


class SupportTab(LateTab):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    kinds = frozenset(("note", "question", "person"))

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = SupportModel(house)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        self._model.set_person(person_id)
        self.look_again()

    def open_item(self, kind: str, item_id: str) -> None:
        """Open a "note" or a "question"."""
        self.ensure_built()
        self.look_again()
        if kind == "note":
            self.notes.open_note(item_id)
        elif kind == "question":
            self.questions.open_question(item_id)

    def _make(self) -> None:
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
        self.setFocusProxy(self.notes.words)

    def _fill(self) -> None:
        self.rooms.show_counts(self._model.counts())
        self.notes.refresh()
        self.questions.refresh()
