"""The sheets in which a note or a question is changed, answered or deleted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import ROOMS, Note, Question
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.support.model import SupportModel, moods, room_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, TextField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr


class NoteSheet(KeptSheet):
    """One note."""

    def __init__(
        self, theme: Theme, model: SupportModel, note: Note, parent: QWidget | None
    ) -> None:
        private = tr("private, left out of every print")
        super().__init__(theme, tr("Note"), icon="note-it", subtitle=private, parent=parent)
        self._model, self._note = model, note
        self.words = TextField(theme, tr("What you want to keep"), text=note.text, rows=6)
        self.add(self.words)
        rooms = [(room, room_name(room)) for room in ROOMS]
        self.room = ChoiceField(theme, tr("Room"), rooms, chosen=note.room)
        self.add(self.room)
        self.add(Text(tr("Mood"), "second_strong"))
        self.mood = Segmented(
            theme, [*moods(), ("none", tr("No mood"))], name=tr("Mood"), chosen=note.mood or "none"
        )
        self.add(self.mood)
        self.pin = TickRow(
            theme, tr("Pin it to the top"), state="done" if note.pinned else "open", strong=False
        )
        self.add(self.pin)
        self.add_delete(tr("Delete this note"), lambda: model.house.support.remove_note(note.id))
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        mood = self.mood.value() or "none"
        note = replace(
            self._note,
            text=self.words.text(),
            room=self.room.value() or self._note.room,
            mood="" if mood == "none" else mood,
            pinned=self.pin.state == "done",
        )
        fields: dict[str, Field] = {"text": self.words, "room": self.room}
        self.attempt(lambda: self._model.house.support.save_note(note), fields)


class QuestionSheet(KeptSheet):
    """One question for the doctor, and what the doctor said."""

    def __init__(
        self, theme: Theme, model: SupportModel, question: Question, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme, tr("Question for the doctor"), icon="follow-up", subtitle="", parent=parent
        )
        self._model, self._asked = model, question
        self.words = TextField(theme, tr("Question"), text=question.text, rows=2)
        self.answer = TextField(theme, tr("What the doctor said"), text=question.answer, rows=4)
        self.add(self.words)
        self.add(self.answer)
        self.add_delete(
            tr("Delete this question"),
            lambda: model.house.support.remove_question(question.id),
        )
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        question = replace(self._asked, text=self.words.text(), answer=self.answer.text())
        fields: dict[str, Field] = {"text": self.words, "answer": self.answer}
        self.attempt(lambda: self._model.house.support.save_question(question), fields)
