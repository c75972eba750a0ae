"""The questions card: what to ask the doctor, and what was said."""

from __future__ import annotations

from PySide6.QtCore import Qt

from caregiver_app.errors import UserError
from caregiver_app.gui.growing_list import GrowingList
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.support.model import NoteLine, SupportModel
from caregiver_app.gui.support.notes_list import NotesDelegate, NotesModel
from caregiver_app.gui.support.question_sheet import QuestionSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain


class QuestionsCard(Card):
    """Questions for the doctor, open ones first."""

    def __init__(self, theme: Theme, model: SupportModel) -> None:
        super().__init__(theme, tr("Questions for the doctor"), fact=" ")
        self._model = model
        self.words = LineField(theme, tr("What do you want to ask?"))
        self.words.line.returnPressed.connect(self._add)
        self.add(self.words)
        self.button = PlainButton(theme, tr("Add the question"), "add")
        self.button.clicked.connect(self._add)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self._lines = NotesModel()
        self.list = GrowingList(tr("Questions for the doctor"), self._lines, NotesDelegate(theme))
        self.list.opened.connect(self.open_question)
        self.list.delete_asked.connect(self._delete)
        self._empty = Text(
            tr("No questions yet. Open ones come along in the bag’s papers."), "body", "soft"
        )
        self.add(self._empty)
        self.add(self.list)

    def refresh(self) -> None:
        """Read the questions anew."""
        questions = self._model.questions()
        lines = [
            NoteLine(
                one.key,
                "",
                tr("Answered") if one.answer else tr("Open"),
                f"{one.text}\n{one.answer}" if one.answer else one.text,
            )
            for one in questions
        ]
        self._lines.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.list.grow()
        self._empty.setVisible(not lines)
        count = sum(not one.answer for one in questions)
        told = (self._model.whose, tr("{count} open", count=count) if count else "")
        self.set_fact(" · ".join(filter(None, told)))

    def open_question(self, question_id: str) -> None:
        """Open a question to change, answer or delete it."""
        question = self._model.question(question_id)
        if question is None:
            return
        sheet = QuestionSheet(self._theme, self._model, question, self.window())
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _add(self) -> None:
        self.wrong.hide()
        question = self._model.new_question(self.words.text())
        try:
            self._model.house.support.save_question(question)
        except UserError as error:
            show_refusal(error, {"text": self.words}, self.wrong)
            return
        self.words.set_text("")

    def _delete(self, question_id: str) -> None:
        try:
            self._model.house.support.remove_question(question_id)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
