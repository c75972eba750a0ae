"""The sheet in which a question for the doctor is written, changed, answered or deleted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Question
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import TextField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr


class QuestionSheet(KeptSheet):
    """One question for the doctor, and what the doctor said; a new one may begin with a note."""

    def __init__(
        self, theme: Theme, model: SupportModel, question: Question, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme,
            tr("Question for the doctor"),
            icon="follow-up",
            subtitle=where_it_appears(),
            parent=parent,
        )
        self._model, self._asked = model, question
        self._say_whence(question)
        self.words = TextField(theme, tr("Question"), text=question.text, rows=3)
        self.answer = TextField(theme, tr("What the doctor said"), text=question.answer, rows=4)
        self.add(self.words)
        self.add(self.answer)
        if question.id:
            self.add_delete(
                tr("Delete this question"),
                lambda: model.house.support.remove_question(question.id),
            )
        else:
            self.answer.hide()
            self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _say_whence(self, question: Question) -> None:
        """Say that the note it began with stays private, and on whose papers the question goes."""
        if question.note is None:
            return
        house = self._model.house
        note = house.support.note(question.note)
        if note is not None and note.about == "carer":
            name = called(house.people.person(question.person))
            whose = tr("This goes on {name}’s papers.", name=name) if name else tr(
                "This goes on the papers of whom you care for."
            )  # fmt: skip
            self.add(Text(whose, "second_strong"))
            private = tr("Your note itself stays private.")
        else:
            private = tr("It began as a copy from a note. The note itself stays private.")
        self.add(Text(private, "second", "soft"))

    def _save(self) -> None:
        question = replace(self._asked, text=self.words.text(), answer=self.answer.text())
        fields: dict[str, Field] = {"text": self.words, "answer": self.answer}
        self.attempt(lambda: self._model.house.support.save_question(question), fields)


def where_it_appears() -> str:
    """Return where an open question is seen by others."""
    return tr("An open question appears in the bag’s papers and in the visit report.")
