"""The infusion passport: every record of a person, found by a lot number or any other word."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import InfusionRecord
from caregiver_app.domain.times import wall
from caregiver_app.errors import UserError
from caregiver_app.gui import printing as paper
from caregiver_app.gui.calendar.form.forms import person_pill
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.visit import printing
from caregiver_app.gui.visit.record_sheet import RecordSheet
from caregiver_app.gui.visit.words import is_at_home
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, long_date, tr
from caregiver_app.messages import explain
from caregiver_app.pages.printed import Printed, write_printed
from caregiver_app.pages.record_labels import record_lines
from caregiver_app.services.household import Household
from caregiver_app.services.records import Recorded

_STEP: Final = 8
"""So many records are laid out at once; the next ones come as somebody scrolls down to them."""
_AHEAD: Final = 1.5
"""So many heights of the list are laid out below what is seen."""


class RecordCard(Card):
    """One visit with everything that was written down about it."""

    opened = Signal()
    """Somebody wants to change it."""

    def __init__(self, theme: Theme, house: Household, one: Recorded) -> None:
        super().__init__(theme)
        self.body.setSpacing(3)
        self.recorded = one
        day, today = wall(one.visit.start).date(), house.care.today
        plan = None if one.visit.plan is None else house.plans.get(one.visit.plan)
        title = long_date(day, year=day.year != today.year)
        what = ", ".join(x for x in (one.visit.title, "" if plan is None else plan.medicine) if x)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Text(title, "strong"))
        said.addWidget(Text(what, "second", "soft"))
        self.button = QuietButton(theme, tr("Open"))
        self.button.setAccessibleName(tr("Open: {visit}, {day}", visit=one.visit.title, day=title))
        self.button.clicked.connect(self.opened)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.addLayout(said, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addSpacing(6)
        for label, text in record_lines(one.record, at_home=is_at_home(one.visit)):
            self.add(RecordLine(theme, label, text))


class RecordLine(QWidget):
    """A label, and beside it what was written down."""

    def __init__(self, theme: Theme, label: str, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        words = Text(text)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row.addWidget(Text(label, "second", "soft"), 38, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(words, 62, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)
        self._row.setSpacing(0 if large else 12)


class RecordsSheet(Sheet):
    """All records of one person, the newest first."""

    def __init__(
        self, house: Household, theme: Theme, person: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("Infusion records"),
            icon="paper-note",
            primary=tr("Look at it and print"),
            subtitle=tr("What the nurses wrote down, as you copied it."),
            cancel=tr("Close"),
            width=760,
            parent=parent,
        )
        self.house, self.person = house, person
        pill = person_pill(house, theme, person)
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.search = LineField(theme, tr("Find a lot number, or any other word"), icon="search")
        self.search.changed.connect(self.look_again)
        self.add(self.search)
        self.count = Text("", "second", "soft")
        self.pdf = PlainButton(theme, tr("Save as PDF…"), "keep")
        self.pdf.clicked.connect(self._ask_pdf)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.count, 1)
        row.addWidget(self.pdf)
        self.body.addLayout(row)
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.body.addLayout(self._column)
        self.cards: list[RecordCard] = []
        """What is laid out by now of what is `shown`."""
        self.body.addStretch(1)
        self.confirmed.connect(self.print_records)
        self.area.verticalScrollBar().valueChanged.connect(self._lay_more)
        self.shown: list[Recorded] = []
        self.sheet: RecordSheet | None = None
        """The record that is open now."""
        self.look_again()

    def is_changed(self) -> bool:
        """What is typed here only finds; closing loses nothing."""
        return False

    def look_again(self) -> None:
        """Show the records that hold what was typed."""
        every = self.house.records.all(self.person)
        query = _plain(self.search.value())
        found = [one for one in every if not query or query in _haystack(one)]
        if found != self.shown or not found:
            self._lay_anew(found)
        self.count.setText(self._count_words(len(every)))
        for button in (self.primary, self.pdf):
            button.setEnabled(bool(self.shown))

    def _lay_anew(self, found: list[Recorded]) -> None:
        # The same visits: somebody changed one of them and is to find the list as it was.
        same = [one.visit.id for one in found] == [one.visit.id for one in self.shown]
        wanted = len(self.cards) if same else _STEP
        if not same:
            self.area.verticalScrollBar().setValue(0)
        self.shown = found
        clear_layout(self._column)
        self.cards = []
        self._lay(max(wanted, _STEP))
        if self.isVisible():
            # What was made just now is there in a moment.
            QTimer.singleShot(0, self, self._settle)

    def _lay(self, count: int) -> None:
        """Lay out `count` more records."""
        first = len(self.cards)
        for one in self.shown[first : first + count]:
            card = RecordCard(self.theme, self.house, one)
            card.opened.connect(partial(self._open_record, one))
            self.cards.append(card)
            self._column.addWidget(card)

    def _lay_more(self) -> None:
        """Lay out the next records where the end of the list is near."""
        bar = self.area.verticalScrollBar()
        if len(self.cards) == len(self.shown):
            return
        if bar.maximum() - bar.value() < _AHEAD * self.area.viewport().height():
            self._lay(_STEP)
            QTimer.singleShot(0, self, self._order)

    def _order(self) -> None:
        follow_layout(self)
        self._lay_more()

    def _settle(self) -> None:
        if not self.search.value():
            # While somebody types, the window stays as large as it is.
            self.fit()
        self._order()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out as much as can be seen."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._lay_more)

    def _count_words(self, every: int) -> str:
        if not every:
            return tr(
                "Nothing is written down yet. Open a visit and copy what stands on the nurse’s"
                " paper: product, lot number, arm."
            )
        found = len(self.shown)
        if not self.search.value():
            return count_text(every, "{count} record", "{count} records")
        if not found:
            return tr("No record has “{words}” in it.", words=self.search.value())
        return count_text(found, "{count} record has it", "{count} records have it")

    def _open_record(self, one: Recorded) -> None:
        self.sheet = sheet = RecordSheet(self.house, self.theme, one.visit, self)
        sheet.finished.connect(self._record_closed)
        sheet.open()

    def _record_closed(self, _result: int = 0) -> None:
        if self.sheet is None:
            return
        visit = self.sheet.visit.id
        self.sheet.deleteLater()
        self.sheet = None
        before = self.cards
        self.look_again()
        again = next((card for card in self.cards if card.recorded.visit.id == visit), None)
        if self.cards is not before and again is not None:
            # Not now: the sheet that closes gives the keyboard back by itself.
            QTimer.singleShot(0, again.button, again.button.setFocus)

    # -- Paper ------------------------------------------------------------------------------------

    def page(self) -> Printed:
        """Return what is shown as pages to print."""
        words = self.search.value()
        note = tr("Only those with “{words}” in them.", words=words) if words else ""
        return printing.records(self.house, self.person, self.shown, note)

    def print_records(self) -> QWidget:
        """Open the preview from which the records are printed."""
        return printing.preview(self.page(), self)

    def _ask_pdf(self) -> None:
        path = paper.ask_pdf_path(self, tr("infusion records.pdf"))
        if path is None:
            return
        try:
            write_printed(self.page(), path, paper.paper_name())
        except UserError as error:
            self.note.setText(explain(error))
        else:
            self.note.setText(tr("Saved: {path}", path=path))


def _haystack(one: Recorded) -> str:
    record: InfusionRecord = one.record
    told = record_lines(record, at_home=is_at_home(one.visit))
    return _plain(" ".join((one.visit.title, *(text for _, text in told))))


def _plain(text: str) -> str:
    """Return text without case, accents, spaces and hyphens: lot numbers are typed in many ways."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in letters if one.isalnum())
