"""Questions for the team about a medicine; one click puts one among the family's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.errors import UserError
from caregiver_app.gui.medicine_info.model import LookUpModel
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import TonalButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import explain


class QuestionLine(QWidget):
    """A question with its button, or with the word that it is among the questions."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.text, self._theme = text, theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(Text(text), 1)
        self.button = TonalButton(theme, tr("Add"), "add", name=tr("Add: {text}", text=text))
        self.there = Chip(theme, tr("On your list"), "done")
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._row.addWidget(self.button, 0, side)
        self._row.addWidget(self.there, 0, side)
        self.there.hide()
        theme.changed.connect(self._turn)
        self._turn()

    def show_asked(self, *, asked: bool) -> None:
        """Tell whether it is among the questions."""
        self.button.setVisible(not asked)
        self.there.setVisible(asked)

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)


class QuestionsCard(Card):
    """The questions; among several people it asks whose they are to be."""

    def __init__(self, theme: Theme, model: LookUpModel, info: MedicineInfo) -> None:
        super().__init__(theme)
        title = tr("Questions for the team")
        self.setAccessibleName(title)
        self._model = model
        self.fold = Fold(theme, title)
        self.fold.head.set_summary(count_text(len(info.ask), "{count} question",
                                              "{count} questions"))  # fmt: skip
        self.add(self.fold)
        self.fold.add(Text(tr("What you add waits under Support and comes along in the bag.")))
        people = model.house.people.people()
        asker = model.asker(info)
        self.whose = ChoiceField(
            theme,
            tr("Whose questions?"),
            [(person.id, called(person)) for person in people],
            chosen=None if asker is None else asker.id,
        )
        self.whose.setVisible(len(people) > 1)
        self.whose.changed.connect(self._look)
        self.fold.add(self.whose)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.lines = [QuestionLine(theme, text) for text in info.ask]
        column = QVBoxLayout()
        column.setSpacing(6)
        for place, line in enumerate(self.lines):
            if place:
                column.addWidget(Rule())
            column.addWidget(line)
            line.button.clicked.connect(partial(self._add, line))
        self.fold.body.addLayout(column)
        self.fold.add(self.wrong)
        self._look()

    def _add(self, line: QuestionLine, _on: bool = False) -> None:
        person = self.whose.value()
        people = self._model.house.people.people()
        if person is None and len(people) > 1:
            self.whose.set_error(tr("Choose whose questions these are."))
            self.whose.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wrong.hide()
        try:
            self._model.ask(person or "", line.text)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return
        following = self.lines[self.lines.index(line) + 1 :]
        self._look()
        # The button that was pressed is gone; the keyboard goes on to the next one.
        rest = next((one.button for one in following if not one.button.isHidden()), None)
        (rest or self.fold.head).setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        person = self.whose.value()
        several = len(self._model.house.people.people()) > 1
        open_choice = person is None and several
        asked = frozenset[str]() if open_choice else self._model.asked(person)
        for line in self.lines:
            line.show_asked(asked=line.text in asked)
