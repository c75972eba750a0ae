"""Well enough to go? Four questions on the day before; the app never decides."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.visit.call_box import CallBox
from caregiver_app.gui.watchlist.advice_block import SourceLine
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.visits import Asked, WellEnough

_ANSWERS: Final = (("yes", "Yes"), ("no", "No"), ("unsure", "Not sure"))
_SETTLED: Final = 30
"""After so many milliseconds what came to be seen has its place."""
_MARGIN: Final = 100
"""So much room stays below it: what was done is named there."""


class QuestionRow(QWidget):
    """One question with its three answers, none chosen until somebody chooses."""

    answered = Signal(str, str)
    """Key and answer."""
    sign_asked = Signal(str)
    """The id of the sign that is to be looked at first."""

    def __init__(self, theme: Theme, asked: Asked) -> None:
        super().__init__()
        self._theme, self._asked = theme, asked
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Text(asked.ask, "strong"))
        if asked.more:
            words.addWidget(Text(asked.more, "second", "soft"))
        self.sign = QuietButton(theme, tr("What to do about it"), "watch")
        self.sign.setAccessibleName(tr("What to do about it: {question}", question=asked.ask))
        self.sign.clicked.connect(lambda: self.sign_asked.emit(asked.sign))
        words.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        choices = [(key, tr(word)) for key, word in _ANSWERS]
        self.choice = Segmented(theme, choices, name=asked.ask, arrows_choose=False)
        self.choice.changed.connect(self._chosen)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 8, 0, 8)
        self._row.setSpacing(14)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.choice)
        theme.changed.connect(self._turn)
        self._turn()
        self.show_answer(asked)

    def show_answer(self, asked: Asked) -> None:
        """Show what was answered."""
        self._asked = asked
        self.choice.set_value(asked.answer or None)
        self.sign.setVisible(bool(asked.sign) and asked.answer in ("yes", "unsure"))

    def _chosen(self, answer: object) -> None:
        self.answered.emit(self._asked.key, str(answer))

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)


class WellEnoughCard(Card):
    """The four questions about one visit, and what follows from the answers."""

    asked = Signal(str, str, str)
    """Somebody asked for another place: place, kind, item."""
    answered = Signal()
    """An answer was kept."""

    def __init__(self, house: Household, theme: Theme, visit_id: str, title: str = "") -> None:
        super().__init__(theme, title or tr("Well enough to go?"))
        self.body.setSpacing(4)
        self._house, self._visit_id = house, visit_id
        found = house.visits.well_enough(visit_id)
        self.rows: dict[str, QuestionRow] = {}
        for number, one in enumerate(found.asked):
            if number:
                self.add(Rule())
            row = self.rows[one.key] = QuestionRow(theme, one)
            row.answered.connect(self._answer)
            row.sign_asked.connect(partial(self.asked.emit, "watch", "sign"))
            self.add(row)
        self.call = CallBox(theme)
        self.call.asked.connect(self.asked)
        self.calm = Text("", "strong")
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        for widget in (self.call, self.calm, self.wrong):
            self.add(widget)
        checked = plain_date(house.reference.generated)
        self.source = SourceLine(theme, found.evidence, checked)
        self.add(self.source)
        self._show(found)

    @property
    def visit_id(self) -> str:
        """Whose going it is about."""
        return self._visit_id

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in the order in which it is read."""
        found: list[QWidget] = []
        for row in self.rows.values():
            found += [row.sign, *row.choice.segments]
        return [*found, self.call.add_number, self.source.button]

    def look_again(self) -> None:
        """Show the answers as they are kept now."""
        self._show(self._house.visits.well_enough(self._visit_id))

    def _answer(self, key: str, answer: str) -> None:
        unseen = self.call.isHidden()
        self.wrong.hide()
        try:
            self._house.visits.set_answer(self._visit_id, key, answer)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
        self.look_again()
        self.answered.emit()
        if unseen and not self.call.isHidden():
            # Once it has its place: what holds this card may grow first.
            QTimer.singleShot(_SETTLED, self, self._show_call)

    def _show_call(self) -> None:
        """Scroll until the clinic's number is seen."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and self.call.isVisible():
            around.ensureWidgetVisible(self.call, 0, _MARGIN)

    def _show(self, found: WellEnough) -> None:
        for one in found.asked:
            if one.key in self.rows:
                self.rows[one.key].show_answer(one)
        self.call.say(found.yes if found.worried else "", found.contact)
        calm = found.complete and not found.worried
        self.calm.setText(found.no if calm else "")
        self.calm.setVisible(calm)
