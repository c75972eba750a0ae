"""The cards of medicines and plans, of people to reach, and of the insurance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Authorisation
from caregiver_app.gui.care_plan.coverage import (
    Coverage,
    approval_words,
    choice_words,
    open_words,
)
from caregiver_app.gui.care_plan.lists import (
    CardList,
    LineDelegate,
    LineModel,
    ReachDelegate,
    ReachList,
    ReachModel,
)
from caregiver_app.gui.care_plan.model import AFTER_HOURS, MEDICINE, Line, Reach
from caregiver_app.gui.care_plan.phrase import Phrase, Run
from caregiver_app.gui.care_plan.runway import Runway
from caregiver_app.gui.growing_list import LINE_ROLE
from caregiver_app.gui.medicines.as_needed import AsNeeded, AsNeededList
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, PrimaryButton
from caregiver_app.gui.widgets.by_ear import offer
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr


def headed(card: Card, title: str, *buttons: QWidget) -> QHBoxLayout:
    """Put a title with buttons at its right at the head of a card."""
    card.setAccessibleName(title)
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Text(title, "card_title"), 1, Qt.AlignmentFlag.AlignVCenter)
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    card.body.addLayout(row)
    return row


class MedicinesCard(Card):
    """Therapy plans as tinted rows, the medicines of the list below them."""

    plan_wanted = Signal()
    medicine_wanted = Signal()
    time_wanted = Signal()
    given_wanted = Signal()
    """Something that is not on the list was given."""
    looked = Signal(str)
    """Somebody wants to see what was given of a medicine; its id."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.add_button = PrimaryButton(
            theme, tr("Add"), "add", name=tr("Add a plan or a medicine")
        )
        menu = QMenu(self.add_button)
        menu.addAction(tr("Therapy plan…"), self.plan_wanted.emit)
        menu.addAction(tr("Medicine…"), self.medicine_wanted.emit)
        menu.addAction(tr("Medication time…"), self.time_wanted.emit)
        menu.addAction(tr("Something that was given…"), self.given_wanted.emit)
        self.add_button.setMenu(menu)
        headed(self, tr("Medicines and plans"), self.add_button)
        self._lines = LineModel()
        self.list = CardList(theme, tr("Medicines and plans"), self._lines, LineDelegate(theme))
        self.empty = Text(
            tr("No medicine and no therapy plan yet. The plan lays out the visits."), "body", "soft"
        )
        self.add(self.empty)
        self.add(self.list)
        self.as_needed_head = Text(tr("Only when needed"), "second_strong", "soft")
        self.as_needed = AsNeededList(theme, edits=True)
        self.add(self.as_needed_head)
        self.add(self.as_needed)
        self._look = offer(
            self.list, tr("What was given"), lambda: self._look_at(self.list.currentIndex())
        )
        self.list.selectionModel().currentChanged.connect(self._settle_look)
        self.body.addStretch(1)
        self.add(Rule())
        amounts = tr(
            "Amounts are on the boxes and the clinic’s list. The app shows only what you typed."
        )
        self.add(Text(amounts, "second", "soft"))

    def show_lines(self, lines: Sequence[Line], as_needed: Sequence[AsNeeded] = ()) -> None:
        """Show other plans and medicines; those given only when needed stand apart."""
        self._lines.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.list.grow()
        self.empty.setVisible(not lines and not as_needed)
        self.as_needed.show_medicines(as_needed)
        self.as_needed.setVisible(bool(as_needed))
        self.as_needed_head.setVisible(bool(as_needed))

    def _look_at(self, index: QModelIndex) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, Line) and not line.is_plan:
            self.looked.emit(line.key.removeprefix(MEDICINE))

    def _settle_look(self, index: QModelIndex) -> None:
        """Offer the history only at a medicine."""
        line = index.data(LINE_ROLE)
        self._look.setEnabled(isinstance(line, Line) and not line.is_plan)


class ReachCard(Card):
    """Everybody who can be called, the clinic first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.add_button = PlainButton(theme, tr("Add"), "add", name=tr("Add somebody to reach"))
        headed(self, tr("People to reach"), self.add_button)
        self._rows = ReachModel()
        self.list = ReachList(theme, tr("People to reach"), self._rows, ReachDelegate(theme))
        self.list.setAccessibleDescription(tr("Ctrl+C copies the number of the chosen row."))
        self.list.copied.connect(self._say_copied)
        self.empty = Text(
            tr("Nobody yet. Begin with the clinic’s number, and the one for out of hours."),
            "body",
            "soft",
        )
        self.add(self.empty)
        self.add(self.list)
        self.said = Text("", "second", "soft")
        self.said.hide()
        self.add(self.said)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[Reach]) -> None:
        """Show other contacts."""
        self._rows.set_lines(rows)
        self.list.setVisible(bool(rows))
        self.list.grow()
        self.empty.setVisible(not rows)
        self.said.hide()

    def choose(self, contact: str) -> None:
        """Make a contact the chosen row."""
        _ = self.list.choose(contact) or self.list.choose(f"{contact}{AFTER_HOURS}")

    def _say_copied(self, number: str) -> None:
        words = tr("Copied: {number}", number=number)
        self.said.setText(words)
        self.said.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, words))


class InsuranceCard(Card):
    """Until when visits are approved, and which coming one is not."""

    add_wanted = Signal()
    opened = Signal(str)
    """An approval is to be changed; its id."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._coverage: Coverage | None = None
        title = tr("Insurance: how far the approval reaches")
        self.setAccessibleName(title)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.subtitle = Phrase(theme)
        words.addWidget(Text(title, "card_title"))
        words.addWidget(self.subtitle)
        self.chip = Chip(theme, "", "ask", icon="attention")
        self.pencil = IconButton(theme, "note-it", tr("Change an approval"))
        self._menu = QMenu(self.pencil)
        self.pencil.clicked.connect(self._change)
        self.add_button = PlainButton(theme, tr("Add approval"), "add")
        self.add_button.clicked.connect(self.add_wanted)
        # As tall as the buttons beside it, so that the chip stands at their middle.
        self._holder = QWidget()
        held = QHBoxLayout(self._holder)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        side = QWidget()
        flow = FlowLayout(side, across=10)
        for widget in (self._holder, self.pencil, self.add_button):
            flow.addWidget(widget)
        self._headline = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._headline.setSpacing(10)
        self._headline.addLayout(words, 1)
        self._headline.addWidget(side)
        self.body.addLayout(self._headline)
        self.body.addSpacing(4)
        self.runway = Runway(theme)
        self.add(self.runway)

    def settle(self, *, one_column: bool) -> None:
        """Put chip and buttons below the words where there is little room."""
        way = QBoxLayout.Direction
        self._headline.setDirection(way.TopToBottom if one_column else way.LeftToRight)
        self._holder.setMinimumHeight(self._theme.px(TARGET))

    def show_coverage(self, coverage: Coverage) -> None:
        """Show how far the approvals reach."""
        self._coverage = coverage
        told = bool(coverage.approvals)
        said = approval_words(coverage) if told else tr("No approval written down yet")
        self.subtitle.show_runs(Run(said, "second", "soft"))
        missing = open_words(coverage) if told else ""
        self.chip.set_chip(missing, "ask", "attention")
        self._holder.setVisible(bool(missing))
        self.pencil.setVisible(told)
        self.runway.setVisible(told)
        self.runway.show_coverage(coverage)

    def _approvals(self) -> Sequence[Authorisation]:
        return () if self._coverage is None else self._coverage.approvals

    def _change(self) -> None:
        """Open the only approval, or let one be chosen."""
        approvals = self._approvals()
        if len(approvals) == 1:
            self.opened.emit(approvals[0].id)
        elif self._coverage is not None:
            self._menu.clear()
            for one in reversed(approvals):
                words = choice_words(one, self._coverage.today).replace("&", "&&")
                self._menu.addAction(words, partial(self.opened.emit, one.id))
            self._menu.popup(self.pencil.mapToGlobal(QPoint(0, self.pencil.height() + 4)))
