"""The notes card: a quick entry, a search, and the list."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.growing_list import GrowingList
from caregiver_app.gui.support.kept_about_sheet import open_kept_about
from caregiver_app.gui.support.model import PAGE, SupportModel
from caregiver_app.gui.support.note_entry import NoteEntry
from caregiver_app.gui.support.note_filter import NoteFilter
from caregiver_app.gui.support.note_sheet import NoteSheet
from caregiver_app.gui.support.notes_list import NotesDelegate, NotesModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain


class NotesCard(Card):
    """Private notes of one person."""

    def __init__(self, theme: Theme, model: SupportModel) -> None:
        super().__init__(theme)
        self._model = model
        self._limit = PAGE
        self.setAccessibleName(tr("Notes"))
        self._add_head()
        self.entry = NoteEntry(theme, model)
        self.entry.ended.connect(self.refresh)
        self.add(self.entry)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.filter = NoteFilter(theme, model)
        self.filter.changed.connect(self._look_from_the_top)
        self.entry.saved.connect(self.filter.close_up)
        self.entry.whom_chosen.connect(self._look_at_another)
        self.bad_day = QuietButton(theme, tr("For a bad day"), "keep",
                                   name=tr("Show what you kept for a bad day"))  # fmt: skip
        self.bad_day.clicked.connect(self.filter.show_pinned)
        self.filter.button.toggled.connect(self._show_bad_day)
        self.entry.foot.addWidget(self.bad_day)
        self.entry.foot.addWidget(self.filter.button)
        self.add(self.filter)
        self._lines = NotesModel()
        self.list = GrowingList(tr("Notes"), self._lines, NotesDelegate(theme))
        self.list.opened.connect(self.open_note)
        self.list.delete_asked.connect(self._delete)
        self._empty = Text("", "body", "soft")
        self.add(self._empty)
        self.add(self.list)
        self._add_foot()
        theme.changed.connect(self._tint)
        self._tint()

    def _add_head(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Text(tr("Notes"), "card_title"), 1)
        self._lock = QLabel()
        head.addWidget(self._lock)
        head.addWidget(Text(tr("private"), "second", "soft", wrap=False))
        self.body.addLayout(head)
        # Beside a list of what is kept in which notes may be ticked.
        rule = tr("Left out of exports and prints unless you tick them.")
        self.add(Text(rule, "second", "soft"))

    def _add_foot(self) -> None:
        foot = QWidget()
        row = FlowLayout(foot)
        self.older = QuietButton(self._theme, tr("Older notes"))
        self.older.clicked.connect(self._further)
        self.kept = QuietButton(self._theme, "", "print")
        self.kept.clicked.connect(self._show_kept)
        row.addWidget(self.older)
        row.addWidget(self.kept)
        self.add(foot)

    # -- Shown anew -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the notes anew; what is being typed stays."""
        self.entry.look()
        self.filter.look()
        name = called(self._model.person) or tr("your loved one")
        words = tr("Show what I keep about {name}", name=name)
        if words != self.kept.words:
            self.kept.set_words(words)
        self.kept.setVisible(self._model.person is not None)
        self._show_bad_day()
        self._list()

    def _list(self) -> None:
        wish = self.filter.wish(but=self.entry.keeper.id)
        asks = wish != self._model.wish(but=wish.but)
        self.filter.all.setVisible(asks)
        lines, more = self._model.lines(wish, self._limit)
        self._lines.set_lines(lines)
        self.list.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self._empty.setText(self._nothing(wish.words.strip(), asks=asks))
        self.older.setVisible(more)
        # Nothing is looked for in a notebook that is empty.
        self.filter.button.setVisible(bool(lines) or asks)

    def _show_bad_day(self) -> None:
        # While the search is open, its own tick stands for it.
        self.bad_day.setVisible(not self.filter.button.isChecked() and self._model.has_pinned())

    @staticmethod
    def _nothing(words: str, *, asks: bool) -> str:
        if words:
            return tr("No note holds “{words}”.", words=words)
        return tr("No note fits what you chose.") if asks else tr("No notes here yet.")

    def set_room(self, room: object) -> None:
        """Let the next note stand in the chosen room."""
        if isinstance(room, str):
            self.entry.set_room(room)
            self.entry.look()

    def change_person(self) -> None:
        """Begin with somebody else: what was typed belongs to who was shown before."""
        self._limit = PAGE
        self.entry.begin_anew()

    def _look_from_the_top(self) -> None:
        self._limit = PAGE
        self._list()

    def _look_at_another(self) -> None:
        self._limit = PAGE
        self.refresh()

    def _further(self) -> None:
        self._limit += 3 * PAGE
        self._list()

    # -- Hands ------------------------------------------------------------------------------------

    def open_note(self, note_id: str) -> None:
        """Open a note to read, change, file or delete it."""
        if not self.entry.leave():
            return
        note = self._model.house.support.note(note_id)
        if note is None:
            return
        sheet = NoteSheet(self._theme, self._model, note, self.window())
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _delete(self, note_id: str) -> None:
        self.wrong.hide()
        try:
            self._model.house.support.remove_note(note_id)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()

    def _show_kept(self) -> None:
        person = self._model.person
        if person is not None and self.entry.leave():
            open_kept_about(self._theme, self._model.house, person.id, self.window())

    def _tint(self) -> None:
        self._lock.setPixmap(self._theme.pixmap("private", "soft", 16))
