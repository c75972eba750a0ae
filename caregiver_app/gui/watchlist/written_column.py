"""The right column: the days since the infusion, the quick check-in, what was written."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import CheckIn
from caregiver_app.errors import UserError
from caregiver_app.gui.growing_list import GrowingList
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.forms import CheckInSheet, EntrySheet
from caregiver_app.gui.watchlist.model import WatchModel, check_in_words
from caregiver_app.gui.watchlist.timeline import TimelineDelegate, TimelineModel
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.day_strip import DayStrip
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain

_BACK: Final = (0, 90, 365, 3660)
"""Days back, one step further with each press of "Older"."""


class WrittenColumn(QWidget):
    """What was written down, to read, correct and delete."""

    cycles_asked = Signal()
    """Somebody wants to see the last infusions beside each other."""

    def __init__(self, theme: Theme, model: WatchModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._reach = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._days = Card(theme, tr("Since the infusion"))
        self._fact = Text("", "second", "soft")
        self.strip = DayStrip(theme)
        self._days.add(self._fact)
        self._days.add(self.strip)
        self.compare = QuietButton(theme, tr("Compare infusions"), "chart")
        self.compare.clicked.connect(self.cycles_asked)
        self._days.body.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._days)
        self._add_check_in(column)
        self._add_written(column)
        column.addStretch(1)

    def _add_check_in(self, column: QVBoxLayout) -> None:
        card = Card(self._theme, tr("Quick check-in"))
        self._numbers = Text("", "second", "soft")
        card.add(self._numbers)
        self.check_in = PlainButton(self._theme, tr("How is the day?"), "note-it")
        self.check_in.clicked.connect(self.open_today)
        card.body.addWidget(self.check_in, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)

    def _add_written(self, column: QVBoxLayout) -> None:
        card = Card(self._theme, tr("What you wrote"), link=tr("Older"))
        self.older = card.link
        if self.older is not None:
            self.older.clicked.connect(self._further)
        self._lines = TimelineModel()
        self.list = GrowingList(tr("What you wrote"), self._lines, TimelineDelegate(self._theme))
        self.list.opened.connect(self.open_key)
        self.list.delete_asked.connect(self._delete)
        self._empty = Text(tr("Nothing is written down yet."), "body", "soft")
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        for widget in (self._empty, self.list, self.wrong):
            card.add(widget)
        column.addWidget(card)

    def refresh(self) -> None:
        """Read everything anew."""
        strip = self._model.strip()
        self._days.setVisible(strip is not None)
        if strip is not None:
            self._days.set_title(strip.title)
            self._fact.setText(strip.fact)
            self.strip.show_strip(strip)
        today = self._model.todays_check_in()
        numbers = "" if today is None else check_in_words(today)
        unasked = tr("Pain, tiredness, stiffness, sleep, mood. Leave out what you do not know.")
        self._numbers.setText(tr("Today: {numbers}", numbers=numbers) if numbers else unasked)
        lines = self._model.lines(_BACK[self._reach])
        self._lines.set_lines(lines)
        self._empty.setVisible(not lines)
        self.list.setVisible(bool(lines))
        if self.older is not None:
            further = self._reach < len(_BACK) - 1
            self.older.setVisible(further and bool(lines or self._model.lines(_BACK[-1])))
        self.list.grow()

    def start_over(self) -> None:
        """Go back to what was written since the infusion, for another person."""
        self._reach = 0

    def _further(self) -> None:
        self._reach = min(self._reach + 1, len(_BACK) - 1)
        self.refresh()

    # -- Opening ----------------------------------------------------------------------------------

    def open_today(self) -> None:
        """Open today's check-in, an empty one when there is none."""
        entry = self._model.todays_check_in()
        if entry is None:
            entry = CheckIn(id="", person="", date=self._model.house.care.today)
        self._open(CheckInSheet(self._theme, self._model, entry, self.window()))

    def open_key(self, key: str) -> None:
        """Open what a line stands for: "side_effect:<id>" or "checkin:<id>"."""
        kind, _, entry_id = key.partition(":")
        if kind == "side_effect":
            entry = self._model.house.watch.get(entry_id)
            if entry is not None:
                self._open(EntrySheet(self._theme, self._model, entry, self.window()))
        elif kind == "checkin":
            check_in = self._model.check_in(entry_id)
            if check_in is not None:
                self._open(CheckInSheet(self._theme, self._model, check_in, self.window()))

    def _open(self, sheet: Sheet) -> None:
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _delete(self, key: str) -> None:
        kind, _, entry_id = key.partition(":")
        watch = self._model.house.watch
        try:
            if kind == "side_effect":
                watch.remove(entry_id)
            elif kind == "checkin":
                watch.remove_check_in(entry_id)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
