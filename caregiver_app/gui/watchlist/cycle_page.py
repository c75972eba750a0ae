"""The chart of one sign by day since the infusion, its table beside it, and a question to ask."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.columns import Columns
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.watchlist.cycle_model import CycleModel
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chart import ChartTable, CycleChart
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import FewLines, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class CyclePage(LateTab):
    """Compares infusions; it shows and never concludes."""

    kinds = frozenset(("side_effect", "checkin", "person", "plan", "appointment"))

    back = Signal()

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = CycleModel(house)
        self._sign = ""

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person."""
        self._model.set_person(person_id)
        self._sign = ""
        self.look_again()

    def _make(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        page = Columns(self._theme, stretches=(65, 35))
        self._nothing = Card(self._theme)
        self._nothing.add(
            Text(tr("No sign is written down yet. Once there is one, its days show here."))
        )
        self._cards = (self._chart_card(), self._table_card())
        page.left.addWidget(self._nothing)
        page.left.addWidget(self._cards[0], 1)
        page.right.addWidget(self._cards[1])
        page.right.addWidget(self._question_card())
        page.right.addStretch(1)
        column.addWidget(page, 1)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(PAGE_MARGIN, 18, PAGE_MARGIN, 0)
        row.setSpacing(12)
        self.leave = IconButton(self._theme, "back", tr("Back to the signs"), key_hint="Esc")
        self.leave.clicked.connect(self.back)
        self._title = FewLines("", "page_title")
        self._subtitle = FewLines("", "body", "soft")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        row.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return head

    def _chart_card(self) -> Card:
        card = Card(self._theme)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(12)
        self._theme.changed.connect(self._turn_tools)
        self.sign = ChoiceField(self._theme, tr("Sign"), [])
        self.sign.changed.connect(self._sign_chosen)
        self.reach = Segmented(
            self._theme,
            [("2", tr("2 infusions")), ("4", tr("4 infusions")), ("all", tr("All"))],
            name=tr("How many infusions"),
            chosen="4",
        )
        self.reach.changed.connect(self._show)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        self._tools.addWidget(self.sign, 0, side)
        self._tools.addWidget(self.reach, 1, side)
        self._turn_tools()
        card.body.addLayout(self._tools)
        self.chart = CycleChart(self._theme)
        card.add(self.chart, 1)
        self._shows = Text("")
        card.add(self._shows)
        card.add(
            Text(
                tr(
                    "What it cannot show: why. Many things change from week to week. Bring it to"
                    " the care team."
                ),
                "body",
                "soft",
            )
        )
        return card

    def _turn_tools(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._tools.setDirection(way.TopToBottom if large else way.LeftToRight)

    def _table_card(self) -> Card:
        card = Card(self._theme, tr("The same, as a table"))
        card.add(Text(tr("The strongest entry in each stretch of days."), "second", "soft"))
        self.table = ChartTable(self._theme)
        card.add(self.table)
        note = tr("Columns are infusions, the newest first. * still running. – not reached yet.")
        card.add(Text(note, "second", "soft"))
        return card

    def _question_card(self) -> Card:
        card = Card(self._theme, tr("Want to ask about this?"), tone="sunk")
        self._where = Text("", "second", "soft")
        self.question = LineField(self._theme, tr("Your question"))
        self.question.line.returnPressed.connect(self._ask)
        self.add_question = PlainButton(self._theme, tr("Add to the questions"), "add")
        self.add_question.clicked.connect(self._ask)
        self._wrong = Text("", "second", "alarm")
        self._wrong.hide()
        for widget in (self._where, self.question, self._wrong, self.add_question):
            card.add(widget)
        return card

    def _fill(self) -> None:
        choices = self._model.signs()
        keys = [key for key, _ in choices]
        if self._sign not in keys:
            self._sign = keys[0] if keys else ""
        self.sign.set_choices(choices)
        self.sign.set_value(self._sign or None)
        self._where.setText(self._model.visit_words())
        self._show()

    def _sign_chosen(self) -> None:
        chosen = self.sign.value()
        if chosen is not None and chosen != self._sign:
            self._sign = chosen
            self._show()

    def _show(self) -> None:
        shown = self._model.shown(self._sign, self.reach.value() or "4") if self._sign else None
        self._nothing.setVisible(shown is None)
        for card in self._cards:
            card.setVisible(shown is not None)
        if shown is None:
            self._title.setText(tr("By day since the infusion"))
            self._subtitle.setText("")
            return
        name = self._model.house.watch.sign_name(self._sign)
        title = tr("{sign}, by day since the infusion", sign=name)
        self._title.setText(title)
        self._subtitle.setText(shown.subtitle)
        self._shows.setText(tr("What this shows: {words}", words=shown.shows))
        self.chart.show_chart(shown.chart, title, shown.spoken)
        self.table.show_table(shown.head, shown.rows)

    def _ask(self) -> None:
        try:
            self._model.ask(self.question.value())
        except UserError as error:
            show_refusal(error, {"text": self.question}, self._wrong)
            return
        self._wrong.hide()
        self.question.set_text("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)
