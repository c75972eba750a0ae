"""The notes card: a quick entry, a search, and the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from caregiver_app.domain.entities import ROOMS
from caregiver_app.errors import UserError
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.growing_list import GrowingList
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.support.model import PAGE, SupportModel, moods, room_name
from caregiver_app.gui.support.notes_list import NotesDelegate, NotesModel
from caregiver_app.gui.support.sheets import NoteSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import PrimaryButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import ChoiceField, LineField, TextField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain


class NotesCard(Card):
    """Private notes of one person, of all rooms or of one."""

    def __init__(self, theme: Theme, model: SupportModel) -> None:
        super().__init__(theme)
        self._model = model
        self._room: str | None = None
        self._limit = PAGE
        self.setAccessibleName(tr("Notes"))
        self._add_head()
        self._add_entry()
        self.finder = LineField(theme, tr("Find in your notes"), icon="search")
        self.finder.changed.connect(self.refresh)
        self.add(self.finder)
        self._lines = NotesModel()
        self.list = GrowingList(tr("Notes"), self._lines, NotesDelegate(theme))
        self.list.opened.connect(self.open_note)
        self.list.delete_asked.connect(self._delete)
        self._empty = Text("", "body", "soft")
        self.older = QuietButton(theme, tr("Older notes"))
        self.older.clicked.connect(self._further)
        self.add(self._empty)
        self.add(self.list)
        self.body.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._settle)
        self._settle()

    def _add_head(self) -> None:
        head = QHBoxLayout()
        self._title = Text(tr("Notes"), "card_title")
        head.addWidget(self._title, 1)
        self._lock = QLabel()
        head.addWidget(self._lock)
        head.addWidget(Text(tr("private, left out of every print"), "second", "soft", wrap=False))
        self.body.addLayout(head)

    def _add_entry(self) -> None:
        self.words = TextField(self._theme, tr("How was the day? A few words are enough"), rows=2)
        self.add(self.words)
        self._entry = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._entry.setSpacing(12)
        rooms = [(room, room_name(room)) for room in ROOMS]
        self.room = ChoiceField(self._theme, tr("Room"), rooms, chosen=ROOMS[0])
        self.mood = Segmented(
            self._theme, moods(), name=tr("Mood, if you like"), arrows_choose=False
        )
        self.save = PrimaryButton(self._theme, tr("Save"), name=tr("Save this note"))
        self.save.clicked.connect(self._save)
        bottom = Qt.AlignmentFlag.AlignBottom
        self._entry.addWidget(self.room, 1, bottom)
        self._entry.addWidget(self.mood, 2, bottom)
        self._entry.addWidget(self.save, 0, bottom)
        row = QWidget()
        row.setLayout(self._entry)
        self._entry.setContentsMargins(0, 0, 0, 0)
        self.add(row)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)

    # -- Shown anew -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the notes anew; what is being typed stays."""
        name = called(self._model.person)
        asks = tr("How was {name} today? A few words are enough", name=name)
        self.words.set_label(asks if name else tr("How was the day? A few words are enough"))
        query = self.finder.text()
        lines, more = self._model.lines(self._room, query, self._limit)
        self._lines.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.list.grow()
        self._empty.setVisible(not lines)
        found_none = tr("No note holds “{words}”.", words=query.strip())
        self._empty.setText(found_none if query.strip() else tr("No notes here yet."))
        self.older.setVisible(more)
        room = tr("Notes") if self._room is None else room_name(self._room)
        self._title.setText(room)

    def set_room(self, room: object) -> None:
        """Show the notes of one room (None: of all), and write the next one there."""
        self._room = room if isinstance(room, str) else None
        if self._room is not None:
            self.room.set_value(self._room)
        self._limit = PAGE
        self.refresh()

    def _further(self) -> None:
        self._limit += PAGE
        self.refresh()

    # -- Hands ------------------------------------------------------------------------------------

    def _save(self) -> None:
        self.wrong.hide()
        room = self.room.value() or ROOMS[0]
        note = self._model.new_note(self.words.text(), room, self.mood.value() or "")
        try:
            self._model.house.support.save_note(note)
        except UserError as error:
            show_refusal(error, {"text": self.words, "room": self.room}, self.wrong)
            return
        self.words.set_text("")
        self.mood.set_value(None)
        self.words.area.setFocus()

    def open_note(self, note_id: str) -> None:
        """Open a note to read, change, pin or delete it."""
        note = self._model.house.support.note(note_id)
        if note is None:
            return
        sheet = NoteSheet(self._theme, self._model, note, self.window())
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _delete(self, note_id: str) -> None:
        try:
            self._model.house.support.remove_note(note_id)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()

    def _settle(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE
        self._entry.setDirection(way.TopToBottom if large else way.LeftToRight)
        # As tall as it is asked for: the list below is what the page is for.
        self.words.area.setFixedHeight(self.words.area.minimumHeight())
        self._lock.setPixmap(self._theme.pixmap("private", "soft", 16))
