"""The quick entry: a few words and a mood, kept while they are written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import ROOMS, Note
from caregiver_app.errors import InputRefused
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.support.model import SupportModel, moods, room_name
from caregiver_app.gui.support.note_keeper import Keeping, NoteKeeper
from caregiver_app.gui.support.note_status import NoteStatus
from caregiver_app.gui.support.note_text import NoteField
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain

_NARROW = 620


class NoteEntry(QWidget):
    """Writes one new note after another; Save ends one and begins the next."""

    ended = Signal()
    """A note was finished; the list may show it."""
    whom_chosen = Signal()
    """Among everybody somebody was chosen; the list is to show their notes."""
    saved = Signal()
    """Somebody pressed Save and wants to see the note in the list."""

    def __init__(self, theme: Theme, model: SupportModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._room = ROOMS[0]
        self._finished = ""
        self._offered: object = None
        self.words = NoteField(theme, tr("How was the day? A few words are enough"))
        self.mood = Segmented(theme, moods(), name=tr("Mood, if you like"), arrows_choose=False)
        # Not filled: the card of the room above has the one primary button.
        self.save = PlainButton(theme, tr("Save"), name=tr("Save this note"))
        self.status = NoteStatus(theme, model.house)
        self.first = Text("", "second", "soft")
        self.first.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.whom = ChoiceField(theme, tr("Whom it is about"), ())
        self.whom.changed.connect(self._choose_person)
        column.addWidget(self.whom)
        column.addWidget(self.words.label)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self.words, 1, top)
        self._row.addWidget(self.mood, 0, top)
        self._row.addWidget(self.save, 0, top)
        column.addLayout(self._row)
        column.addWidget(self.first)
        self.foot = QHBoxLayout()
        """The line below the words; at its end is room for a button."""
        self.foot.addWidget(self.status, 1)
        column.addLayout(self.foot)
        self.keeper = NoteKeeper(model.house, self._read, self)
        self.keeper.told.connect(self._told)
        self.status.again.connect(self.keeper.keep)
        self.words.changed.connect(self._typed)
        self.words.area.left.connect(self.keeper.keep)
        self.mood.changed.connect(self._chosen)
        self.save.clicked.connect(self._save)
        theme.changed.connect(self._settle)
        self.begin()
        self._settle()

    # -- The note ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin an empty note of the present person."""
        self.keeper.begin(self._model.new_note(self._room))
        self._show("", None)

    def _show(self, text: str, mood: str | None) -> None:
        for part in (self.words, self.mood):
            part.blockSignals(True)
        self.words.set_text(text)
        self.words.set_error(None)
        self.mood.set_value(mood)
        for part in (self.words, self.mood):
            part.blockSignals(False)

    def set_room(self, room: str) -> None:
        """Let the next note stand in this room; one that was begun stays where it is."""
        if room in ROOMS and room != self._room:
            self._room = room
            if not self.words.text() and self.keeper.leave():
                self.begin()

    @property
    def room(self) -> str:
        """The room in which the note that is written stands."""
        note = self.keeper.note
        return self._room if note is None else note.room

    def _read(self, note: Note) -> Note:
        person = self._model.person
        whose = note.person or ("" if person is None else person.id)
        return replace(note, person=whose, text=self.words.text(), mood=self.mood.value() or "")

    def _is_of_another(self) -> bool:
        """Tell whether the note here is about somebody else than who is shown."""
        note, person = self.keeper.note, self._model.person
        return note is not None and person is not None and note.person != person.id

    def leave(self) -> bool:
        """Keep what stands here and begin anew; what could not be kept stays."""
        if not self.keeper.leave():
            return False
        if self.keeper.id or self.words.text():
            self.begin()
            self.ended.emit()
        return True

    def begin_anew(self) -> None:
        """Begin a note of somebody else; what was typed belongs to who was shown before."""
        if self.leave():
            self.begin()

    def look(self) -> None:
        """Show what became of the note elsewhere, and what is said around it."""
        if self._is_of_another() and not self.keeper.unkept:
            self.begin_anew()
        note, person = self.keeper.note, self._model.person
        if note is not None and note.person and self._is_of_another():
            # Words that could not be kept are still of whom they were written about.
            person = self._model.house.people.person(note.person)
        name = called(person)
        asks = tr("How was {name} today? A few words are enough", name=name)
        label = asks if name else tr("How was the day? A few words are enough")
        self.words.set_label(label)
        if self.keeper.is_otherwise():
            stored = self._model.house.support.note(self.keeper.id)
            if stored is None:
                self.begin()
            else:
                self.keeper.begin(stored)
                self._show(stored.text, stored.mood or None)
        self._unsay_kept()
        self._show_people()
        who = name or tr("your loved one")
        self.first.setText(tr("Agree with {name} what you write about them.", name=who))
        self.first.setVisible(not self._model.has_notes(but=self.keeper.id))
        self.status.set_before(
            tr("Nothing can be kept now: this diary can only be read.")
            if self._model.house.care.store.read_only
            else tr("Kept while you write, under {room}.", room=room_name(self.room))
        )

    def _show_people(self) -> None:
        """Offer everybody, where everybody is shown and there are several."""
        people, person = self._model.people, self._model.person
        self.whom.setVisible(bool(people))
        named = [(one.id, one.name) for one in people]
        chosen = None if person is None else person.id
        if (named, chosen) != self._offered or self.whom.value() != chosen:
            self._offered = (named, chosen)
            self.whom.set_choices(named, chosen)

    def _unsay_kept(self) -> None:
        """Say no longer that the last note was kept once that was taken back."""
        house = self._model.house
        unread = "note" in house.care.left_out
        if self._finished and not unread and house.support.note(self._finished) is None:
            self._finished = ""
            self.status.show_state(self.keeper.state)

    # -- Hands ------------------------------------------------------------------------------------

    def _told(self, state: Keeping) -> None:
        self.status.show_state(state)
        if state.at is not None and self._is_of_another() and self.leave():
            self.look()

    def _typed(self) -> None:
        if self.words.text() or self.keeper.id:
            self.keeper.touched()

    def _choose_person(self) -> None:
        """Write about somebody else of everybody: what stands here goes along."""
        chosen, person = self.whom.value(), self._model.person
        if chosen is None or (person is not None and chosen == person.id):
            return
        self._model.write_about(chosen)
        if self.words.text().strip():
            self.keeper.hand_over(chosen)
            self.keeper.touched()
            self.keeper.keep()
        else:
            self.begin_anew()
        self.whom_chosen.emit()

    def _chosen(self, _mood: object) -> None:
        if self.words.text().strip():
            self.keeper.touched()

    def _save(self) -> None:
        text = self.words.text()
        if not text.strip():
            self.words.set_error(explain(InputRefused("text.empty", "text")))
            self.words.area.setFocus()
            return
        # What is typed now gets an id with the first words that are kept.
        if not self.keeper.keep():
            return
        note = self.keeper.id
        if self.leave():
            self._finished = note
            self.saved.emit()
            self.status.say_kept(Keeping(at=self._model.house.care.now))
            self.words.area.setFocus()

    # -- Qt ---------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """The tab or the window is left: this visit to the note is over, its words stay here."""
        self.keeper.leave()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, as it confirms a form."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        way = QBoxLayout.Direction
        down = self._theme.scale >= LARGE or self.width() < self._theme.px(_NARROW)
        self._row.setDirection(way.TopToBottom if down else way.LeftToRight)
