"""Anything new since last time? A list for the nurse, filled in at home and printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import wall
from caregiver_app.errors import UserError
from caregiver_app.gui import printing as paper
from caregiver_app.gui.calendar.form.forms import Trouble, person_pill, show_errors
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.visit import printing
from caregiver_app.gui.visit.words import heading
from caregiver_app.gui.watchlist.advice_block import SourceLine
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import explain
from caregiver_app.pages.printed import Printed, write_printed
from caregiver_app.services.household import Household
from caregiver_app.services.visits import Asked

_MOST_KNOWN: Final = 8
_SETTLED: Final = 30
"""After so many milliseconds what came to be seen has its place."""
_MARGIN: Final = 20


class NewRow(Card):
    """One question: what the program knows, the answer, and room to write."""

    sign_asked = Signal(str)
    """The id of the sign that is to be looked at first."""
    wrote_to = Signal()
    """The cursor stands in the text field now, which may be below what is seen."""

    def __init__(self, theme: Theme, asked: Asked, year: int) -> None:
        super().__init__(theme)
        self.body.setSpacing(6)
        self.asked = asked
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Text(asked.ask, "strong"))
        if asked.more:
            said.addWidget(Text(asked.more, "second", "soft"))
        answers = [(key, tr(word)) for key, word in printing.ANSWERS.items() if key]
        self.choice = Segmented(
            theme, answers, name=asked.ask, chosen=asked.answer or None, arrows_choose=False
        )
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(14)
        self._row.addLayout(said, 1)
        self._row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._row)
        self.known = Text(_known(asked, year), "second")
        self.known.setVisible(bool(asked.live))
        self.add(self.known)
        self.sign = QuietButton(theme, tr("What to do about it"), "watch")
        self.sign.setAccessibleName(tr("What to do about it: {question}", question=asked.ask))
        self.sign.clicked.connect(lambda: self.sign_asked.emit(asked.sign))
        self.body.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeft)
        self.words = ShortText(theme, tr("For the nurse"), text=asked.text, rows=2)
        self.words.control.setAccessibleName(tr("For the nurse: {question}", question=asked.ask))
        self.add(self.words)
        self.choice.changed.connect(self._chosen)
        theme.changed.connect(self._turn)
        self._settle()
        self._turn()

    def told(self) -> Asked:
        """Return the question with the answer as it stands here."""
        return replace(self.asked, answer=self.choice.value() or "", text=self.words.value())

    def _chosen(self) -> None:
        self._settle()
        if self.choice.value() == "yes":
            self.words.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.wrote_to.emit()

    def _settle(self) -> None:
        answer = self.choice.value()
        self.words.setVisible(answer in ("yes", "unsure") or bool(self.words.text().strip()))
        self.sign.setVisible(bool(self.asked.sign) and answer in ("yes", "unsure"))

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)


class NurseListSheet(Sheet):
    """The questions of one visit; kept as one change, printed as it stands here."""

    asked = Signal(str, str, str)
    """Somebody asked for another place: place, kind, item."""

    def __init__(
        self, house: Household, theme: Theme, visit: Appointment, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("Anything new since last time?"),
            icon="paper-note",
            primary=tr("Save"),
            subtitle=heading(house, visit),
            width=760,
            parent=parent,
        )
        self.house, self.visit = house, visit
        pill = person_pill(house, theme, visit.person)
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.trouble = Trouble(theme)
        self.add(self.trouble)
        self.add(Text(tr("For the nurse, as far as you know it."), "second", "soft"))
        self._found = house.visits.anything_new(visit.id)
        self.rows = [NewRow(theme, one, house.care.today.year) for one in self._found.asked]
        for row in self.rows:
            row.choice.changed.connect(self.fit)
            row.sign_asked.connect(self._leave_for_sign)
            row.wrote_to.connect(partial(self._see_soon, row))
            self.add(row)
        self._add_ways()
        self.message = Text("", "second", "soft")
        self.message.hide()
        self.add(self.message)
        checked = plain_date(house.reference.generated)
        self.add(SourceLine(theme, self._found.evidence, checked))
        self.confirmed.connect(self._save)

    def _add_ways(self) -> None:
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        self.print = PlainButton(self.theme, tr("Look at it and print"), "print")
        self.print.clicked.connect(self.print_list)
        self.pdf = PlainButton(self.theme, tr("Save as PDF…"), "keep")
        self.pdf.clicked.connect(self._ask_pdf)
        for button in (self.print, self.pdf):
            flow.addWidget(button)
        self.add(row)

    # -- Keeping ----------------------------------------------------------------------------------

    def _save(self) -> None:
        changed = [row for row in self.rows if row.told() != row.asked]
        at: list[NewRow] = []
        try:
            self._keep_answers(changed, at)
        except UserError as error:
            fields = {"text": at[-1].words} if at else {}
            show_errors(self, self.trouble, fields, error)
            return
        self.forget_changes()
        self.accept()

    def _keep_answers(self, rows: Sequence[NewRow], at: list[NewRow]) -> None:
        """Keep the answers of some rows as one change; the last of `at` is the one in work."""
        if not rows:
            return
        with self.house.care.change("done.anything_new", title=self.visit.title):
            for row in rows:
                at.append(row)
                one = row.told()
                self.house.visits.set_answer(self.visit.id, one.key, one.answer, one.text)

    def _see_soon(self, row: NewRow) -> None:
        QTimer.singleShot(
            _SETTLED, self, lambda: self.area.ensureWidgetVisible(row.words, 0, _MARGIN)
        )

    def _leave_for_sign(self, sign: str) -> None:
        if self.is_changed():
            self.reject()
            return
        self.accept()
        self.asked.emit("watch", "sign", sign)

    # -- Paper ------------------------------------------------------------------------------------

    def page(self) -> Printed:
        """Return the list as it stands here."""
        told = replace(self._found, asked=tuple(row.told() for row in self.rows))
        return printing.nurse_list(self.house, self.visit, told)

    def print_list(self) -> QWidget:
        """Open the preview from which the list is printed."""
        return printing.preview(self.page(), self)

    def _ask_pdf(self) -> None:
        day = wall(self.visit.start).date().isoformat()
        path = paper.ask_pdf_path(self, tr("for the nurse {day}.pdf", day=day))
        if path is None:
            return
        try:
            write_printed(self.page(), path, paper.paper_name())
        except UserError as error:
            self.message.set_ink("alarm")
            self.message.setText(explain(error))
        else:
            self.message.set_ink("soft")
            self.message.setText(tr("Saved: {path}", path=path))
        self.message.show()
        self.fit()


def _known(asked: Asked, year: int) -> str:
    """Return what the program knows already, one thing a line."""
    lines = [f"•  {printing.live_words(one, year=year)}" for one in asked.live[:_MOST_KNOWN]]
    if len(asked.live) > _MOST_KNOWN:
        lines.append(tr("and {count} more", count=len(asked.live) - _MOST_KNOWN))
    return "\n".join([tr("Noted so far:"), *lines])
