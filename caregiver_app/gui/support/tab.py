"""The support tab: rooms, notes and moods; beside them the carer's own lane and questions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.columns import Columns
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.support.mood_strip import MoodStrip
from caregiver_app.gui.support.notes import NotesCard
from caregiver_app.gui.support.own_lane import OwnLane
from caregiver_app.gui.support.questions import QuestionsCard
from caregiver_app.gui.support.rooms_column import RoomsColumn
from caregiver_app.gui.theme import Theme
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

_CRISIS = "crisis"


class SupportTab(LateTab):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    asked = Signal(str, str, str)
    """Somebody wants to see something else: place, kind, item."""
    kinds = RoomsColumn.kinds | frozenset(
        (
            *("note", "version", "question", "person", "appointment", "plan", "contact"),
            *("help_task", "self_check", "setting", "authorisation", "bag_item"),
        )
    )

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(house.care, parent)
        self._theme, self._house = theme, house
        self._model = SupportModel(house)
        # Among everybody, whom the notes are about is chosen there and changes nothing else.
        self._of_notes = SupportModel(house)
        self._person: str | None = None
        self._kinds: frozenset[str] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        otherwise = person_id != self._person
        self._person = person_id
        self._model.set_person(person_id)
        self._of_notes.set_person(person_id)
        if self._built and otherwise:
            self.notes.change_person()
            self._tell_person()
        self._kinds = None
        self.look_again()

    def refresh(self, change: Change | None = None) -> None:
        """Look again after a change, at what it may have made different."""
        if change is None or self._stale:
            self._kinds = None
        else:
            self._kinds = change.kinds
        super().refresh(change)

    def open_item(self, kind: str, item_id: str) -> None:
        """Open a "note", a "question", a "card" of a room, a "help_task" ...

        "self_check" asks the eight questions, "company" shows who sits in with a person when.
        """
        self.ensure_built()
        self.look_again()
        if kind == "note":
            self.notes.open_note(item_id)
        elif kind == "question":
            self.questions.open_question(item_id)
        elif kind == "card":
            self.rooms.open_card(item_id)
        elif kind == "help_task":
            self.lane.open_task(item_id)
        elif kind == "self_check":
            self.lane.open_check()
        elif kind == "company":
            if self._house.people.person(item_id) is not None:
                self.set_person(item_id)
            self.rooms.open_room(kind)

    def _make(self) -> None:
        page = Columns(self._theme, stretches=(66, 34))
        self.rooms = RoomsColumn(self._theme, self._model)
        self.notes = NotesCard(self._theme, self._of_notes)
        self.moods = MoodStrip(self._theme, self._house)
        self.lane = OwnLane(self._theme, self._house)
        self.questions = QuestionsCard(self._theme, self._model)
        self.rooms.room_chosen.connect(self.notes.set_room)
        self.rooms.asked.connect(self.asked)
        self.lane.asked.connect(self.asked)
        self.lane.crisis_asked.connect(lambda: self.asked.emit(_CRISIS, "", ""))
        for part in (self.rooms, self.notes, self.moods):
            page.left.addWidget(part)
        page.left.addStretch(1)
        top = Qt.AlignmentFlag.AlignTop
        page.right.addWidget(self.lane, 0, top)
        page.right.addWidget(self.questions, 0, top)
        page.right.addStretch(1)
        self._column.addWidget(page)
        self.setFocusProxy(self.notes.entry.words)
        self._tell_person()

    def _tell_person(self) -> None:
        for part in (self.rooms, self.moods, self.lane):
            part.set_person(self._person)

    def _fill(self) -> None:
        kinds, self._kinds = self._kinds, None
        notes_alone = kinds is not None and kinds <= {"note", "version"}
        self.notes.refresh()
        self.moods.refresh()
        if notes_alone:
            # While somebody writes, with every pause: nothing else is different.
            return
        self.rooms.refresh()
        self.lane.refresh()
        self.questions.refresh()
