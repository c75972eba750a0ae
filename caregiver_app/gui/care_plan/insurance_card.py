"""The card of the insurance: for each plan how far the approvals reach, and which visit is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.care_plan.coverage import Coverage, approval_words, open_words
from caregiver_app.gui.care_plan.phrase import Phrase, Run
from caregiver_app.gui.care_plan.runway import Runway
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr


class Lane(QWidget):
    """One plan: its approvals in words, a chip where a visit falls outside, and the runway."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rule = Rule()
        self.words = Phrase(theme)
        self.chip = Chip(theme, "", "ask", icon="attention")
        self.ask = Text(tr("Ask the insurer or the clinic."), "second", "soft", wrap=False)
        self.runway = Runway(theme)
        self._side = QWidget()
        flow = FlowLayout(self._side, across=10, down=4)
        flow.addWidget(self.chip)
        flow.addWidget(self.ask)
        theme.changed.connect(self._level)
        self._level()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.rule)
        column.addWidget(self.words)
        column.addWidget(self._side)
        column.addWidget(self.runway)

    def _level(self) -> None:
        """Let the words stand at the middle of the chip beside them."""
        self.ask.setMinimumHeight(self.chip.sizeHint().height())

    def show_coverage(self, coverage: Coverage, *, first: bool) -> None:
        """Show how far the approvals of one plan reach."""
        said = approval_words(coverage)
        name = [Run(f"{coverage.name}  ", "strong")] if coverage.name else []
        self.rule.setVisible(not first)
        self.words.show_runs(*name, Run(said, "second", "soft"))
        missing = open_words(coverage)
        self.chip.set_chip(missing, "ask", "attention")
        self._side.setVisible(bool(missing))
        told = bool(coverage.approvals)
        self.runway.setVisible(told)
        self.runway.show_coverage(coverage)


class InsuranceCard(Card):
    """Until when visits are approved, and which coming ones are not."""

    add_wanted = Signal()
    call_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        title = tr("Insurance: how far the approval reaches")
        self.setAccessibleName(title)
        self.call_button = PlainButton(theme, tr("Log a call"), "call")
        self.call_button.clicked.connect(self.call_wanted)
        self.add_button = PlainButton(theme, tr("Add approval"), "add")
        self.add_button.clicked.connect(self.add_wanted)
        side = QWidget()
        flow = FlowLayout(side, across=10)
        flow.addWidget(self.call_button)
        flow.addWidget(self.add_button)
        self._headline = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._headline.setSpacing(10)
        self._headline.addWidget(Text(title, "card_title"), 1, Qt.AlignmentFlag.AlignVCenter)
        self._headline.addWidget(side)
        self.body.addLayout(self._headline)
        self.lanes: list[Lane] = []

    def settle(self, *, one_column: bool) -> None:
        """Put the buttons below the title where there is little room."""
        way = QBoxLayout.Direction
        self._headline.setDirection(way.TopToBottom if one_column else way.LeftToRight)

    def show_coverages(self, coverages: Sequence[Coverage]) -> None:
        """Show how far the approvals reach, plan by plan."""
        while len(self.lanes) > len(coverages):
            lane = self.lanes.pop()
            self.body.removeWidget(lane)
            lane.hide()
            lane.deleteLater()
        while len(self.lanes) < len(coverages):
            self.lanes.append(Lane(self._theme))
            self.add(self.lanes[-1])
        for place, (lane, one) in enumerate(zip(self.lanes, coverages, strict=True)):
            lane.show_coverage(one, first=place == 0)
