"""The charts of what was written: timeline, cycles, signs and wellbeing, each with its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.columns import Columns
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.watchlist.charts_model import CHARTS, ChartsModel
from caregiver_app.gui.watchlist.charts_print import ChartsSheet
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chart import ChartView
from caregiver_app.gui.widgets.chart_table import ChartTable
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import FewLines, Text
from caregiver_app.gui.words import tr
from caregiver_app.pages.chart_values import Shown
from caregiver_app.pages.watch_pictures import treatment_takes_time
from caregiver_app.services.household import Household

_CAPTIONS: Final = 6
_UNDER: Final = 14


class ChartsPage(LateTab):
    """Shows what was written down and never concludes."""

    kinds = frozenset(("side_effect", "checkin", "clinic_call", "person", "plan", "appointment"))

    back = Signal()

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(house.care, parent)
        self._theme = theme
        self._model = ChartsModel(house)
        self._chart = CHARTS[0]
        self._topic = ""
        self._sheet: ChartsSheet | None = None
        self.leave = IconButton(theme, "back", tr("Back to the signs"), key_hint="Esc")

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person."""
        self._model.set_person(person_id)
        self._topic = ""
        self.look_again()

    def enter(self, key: str) -> None:
        """Show one of the charts ("": the one that was left), with the keyboard on the way back."""
        self.show_chart(key)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_chart(self, key: str) -> None:
        """Show "timeline", "cycles", "signs" or "wellbeing"; any other word changes nothing."""
        if key in CHARTS:
            self._chart = key
        self.ensure_built()
        if self.which.value() != self._chart:
            self.which.set_value(self._chart)
        self.look_again()

    # -- Building ---------------------------------------------------------------------------------

    def _make(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        page = Columns(self._theme, stretches=(60, 40))
        page.top.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        page.top.addSpacing(_UNDER)
        page.left.addWidget(self._chart_card())
        page.left.addStretch(1)
        page.right.addWidget(self._table_card())
        page.right.addWidget(self._question_card())
        page.right.addStretch(1)
        column.addWidget(page, 1)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(PAGE_MARGIN, 18, PAGE_MARGIN, 8)
        row.setSpacing(12)
        self.leave.clicked.connect(self.back)
        self._title = FewLines("", "page_title")
        self._subtitle = FewLines("", "body", "soft")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self.print = PlainButton(self._theme, tr("Print…"), "print", name=tr("Print the charts"))
        self.print.clicked.connect(self._print)
        side = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.leave, 0, side)
        row.addLayout(words, 1)
        row.addWidget(self.print, 0, side)
        self.which = Segmented(
            self._theme,
            [
                ("timeline", tr("Timeline")),
                ("cycles", tr("By day since infusion")),
                ("signs", tr("Signs")),
                ("wellbeing", tr("Wellbeing")),
            ],
            name=tr("Which chart"),
            chosen=self._chart,
        )
        self.which.changed.connect(self._which_chosen)
        return head

    def _chart_card(self) -> Card:
        card = Card(self._theme)
        card.body.addLayout(self._make_tools())
        self._nothing = Text("", "body", "soft")
        self.chart = ChartView(self._theme)
        self.chart.pointed.connect(self._pointed)
        self._read = Text("", "second", "soft")
        self._captions = [
            Text("", "body", "ink" if not number else "soft") for number in range(_CAPTIONS)
        ]
        self._source = Text("", "second", "soft")
        for widget in (self._nothing, self.chart, self._read, *self._captions, self._source):
            card.add(widget)
        return card

    def _make_tools(self) -> QBoxLayout:
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(12)
        self._theme.changed.connect(self._turn_tools)
        self.sign = ChoiceField(self._theme, tr("Sign or number"), [])
        self.sign.changed.connect(self._topic_chosen)
        self.few = Segmented(
            self._theme,
            [("2", tr("2 infusions")), ("4", tr("4 infusions")), ("all", tr("All"))],
            name=tr("How many infusions"),
            chosen="4",
        )
        self.reach = Segmented(
            self._theme,
            [
                ("infusion", tr("Since last infusion")),
                ("weeks", tr("4 weeks")),
                ("months", tr("3 months")),
                ("year", tr("A year")),
                ("all", tr("All")),
            ],
            name=tr("Which days"),
            chosen="infusion",
        )
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        self._tools.addWidget(self.sign, 0, side)
        for choice in (self.few, self.reach):
            choice.changed.connect(self._show_chosen)
            self._tools.addWidget(choice, 1, side)
        self._turn_tools()
        return self._tools

    def _turn_tools(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._tools.setDirection(way.TopToBottom if large else way.LeftToRight)

    def _table_card(self) -> Card:
        self._table_frame = card = Card(self._theme, tr("The same, as a table"))
        self._about = Text("", "second", "soft")
        self.table = ChartTable(self._theme)
        self._foot = Text("", "second", "soft")
        for widget in (self._about, self.table, self._foot):
            card.add(widget)
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

    # -- Showing ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._model.forget()
        choices = self._model.topics()
        keys = [key for key, _ in choices]
        if self._topic not in keys:
            self._topic = self._model.first_topic()
        self.sign.set_choices(choices, self._topic or None)
        self._where.setText(self._model.visit_words())
        self._show()

    def _which_chosen(self, key: object) -> None:
        if isinstance(key, str) and key != self._chart:
            self._chart = key
            self._show_chosen()

    def _topic_chosen(self) -> None:
        chosen = self.sign.value()
        if chosen is not None and chosen != self._topic:
            self._topic = chosen
            self._show_chosen()

    def now_shown(self) -> Shown | None:
        """Return the chart as it is chosen now; None where there is nothing to show."""
        return self.shown_of(self._chart)

    def shown_of(self, chart: str) -> Shown | None:
        """Return any of the charts, for the sign and the days that are chosen."""
        if chart == "cycles":
            return self._model.cycles(self._topic, self.few.value() or "4")
        return self._model.shown(chart, self.reach.value() or "infusion")

    def _show_chosen(self) -> None:
        self._care.show(self._show)

    def _show(self) -> None:
        if not self._built:
            return
        cycles = self._chart == "cycles"
        shown = self.now_shown()
        self.sign.setVisible(cycles and bool(self._topic))
        self.few.setVisible(cycles and bool(self._topic))
        self.reach.setVisible(not cycles)
        for widget in (self.chart, self._read, self._table_frame):
            widget.setVisible(shown is not None)
        self._nothing.setVisible(shown is None)
        self.print.setEnabled(shown is not None)
        if shown is None:
            self._show_nothing()
            return
        self._title.setText(shown.title)
        self._subtitle.setText(shown.subtitle)
        self.chart.show_picture(shown.picture, shown.title, shown.spoken)
        self._pointed("")
        since = not cycles and self.reach.value() == "infusion" and not self._model.has_infusion()
        no_infusion = tr("No infusion has been yet: these are the last four weeks.")
        self._say((*shown.captions, no_infusion) if since else shown.captions, shown.source)
        self._about.setText(shown.table.about)
        self._foot.setText(shown.table.foot)
        self._foot.setVisible(bool(shown.table.foot))
        self.table.show_table(shown.table)

    def _show_nothing(self) -> None:
        titles = {segment.key: segment.words for segment in self.which.segments}
        self._title.setText(titles[self._chart])
        person = self._model.person
        self._subtitle.setText("" if person is None else person.name)
        takes_time, source = treatment_takes_time(self._model.house)
        trend = self._chart == "wellbeing"
        self._say((takes_time,) if trend else (), source if trend else "")
        said = {
            "timeline": tr("Nothing is written down in these days. Once there is, it shows here."),
            "signs": tr("No sign is written down in these days. Once there is one, it shows here."),
            "wellbeing": tr("No numbers are written down in these days. A check-in asks for them."),
            "cycles": tr("No sign is written down yet. Once there is one, its days show here."),
        }
        no_infusion = tr("No infusion has been yet. Its days are counted from there.")
        waits = self._chart == "cycles" and self._topic
        self._nothing.setText(no_infusion if waits else said[self._chart])

    def _say(self, captions: Sequence[str], source: str) -> None:
        for number, text in enumerate(self._captions):
            text.setText(captions[number] if number < len(captions) else "")
            text.setVisible(number < len(captions))
        self._source.setText(source)
        self._source.setVisible(bool(source))

    def _pointed(self, words: str) -> None:
        hint = tr("Point at a mark, or go from one to the next with the arrow keys.")
        self._read.setText(words or hint)
        self._read.set_ink("ink" if words else "soft")

    # -- Acting -----------------------------------------------------------------------------------

    def _print(self) -> None:
        self._sheet = ChartsSheet(self._model, self._theme, self.shown_of, self._chart, self)
        self._sheet.open()

    @property
    def print_sheet(self) -> ChartsSheet | None:
        """The window that prints, once it was opened."""
        return self._sheet

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
