"""The two columns of the crisis panel: whom to call, and what to do until somebody is there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Step
from caregiver_app.domain.support_cards import CrisisStep
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.crisis.number_form import CrisisLineForm
from caregiver_app.gui.emergency.model import Part
from caregiver_app.gui.emergency.parts import (
    LARGE,
    TITLE,
    FactText,
    NumberedStep,
    Picture,
    large,
)
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.crisis import CrisisFacts, CrisisRow, CrisisService
from caregiver_app.services.household import Household


def bold_parts(text: str, numbers: Sequence[str]) -> list[Part]:
    """Return a line of which the numbers that the family typed are bold."""
    if not numbers:
        return [(text, False)]
    longest = sorted(numbers, key=len, reverse=True)
    cut = re.compile("(" + "|".join(re.escape(number) for number in longest) + ")")
    return [(part, part in numbers) for part in cut.split(text) if part]


class CallRow(QWidget):
    """One line of the panel: an icon, the words, the number in bold."""

    def __init__(self, theme: Theme, row: CrisisRow) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 12, 0, 12)
        line.setSpacing(14)
        sign = Picture(theme, row.icon, "ink", 20, beside=LARGE)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(FactText(theme, bold_parts(row.text, row.numbers)), 1)


class WhomColumn(QWidget):
    """The lines with the numbers, and below them the way to type the one that is missing."""

    number_saved = Signal()

    def __init__(self, house: Household, theme: Theme, service: CrisisService) -> None:
        super().__init__()
        self._theme, self._service = theme, service
        self._add = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(tr("Whom to call"), TITLE))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.add = large(QuietButton(theme, "", "add"))
        self.add.clicked.connect(self._ask)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = CrisisLineForm(house, theme)
        self.form.saved.connect(self._saved)
        self.form.hide()
        column.addWidget(self.form)
        column.addStretch(1)

    def show_facts(self, facts: CrisisFacts) -> None:
        """Show the lines; what is being typed stays."""
        clear_layout(self._rows)
        for place, row in enumerate((*facts.rows, *self._own())):
            if place:
                self._rows.addWidget(Rule())
            self._rows.addWidget(CallRow(self._theme, row))
        self._add = facts.add
        self.add.set_words(facts.add)
        if not facts.add:
            self.form.hide()
        self.add.setVisible(bool(facts.add) and self.form.isHidden())

    def _own(self) -> list[CrisisRow]:
        """Return what only this family has: their safety service, the carer's own person."""
        found: list[CrisisRow] = []
        name, number = self._service.own_contact()
        if number:
            told = tr("Whom you chose to call: {name}, {number}", name=name, number=number)
            found.append(CrisisRow("own", told, (number,), "person"))
        service = self._service.safety_service()
        if service:
            told = tr("Local safety service: {number}", number=service)
            found.append(CrisisRow("safety", told, (service,)))
        return found

    def close_form(self) -> bool:
        """Close the form for the number; tell whether it was open."""
        if self.form.isHidden():
            return False
        self.form.hide()
        self.add.setVisible(bool(self._add))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _ask(self) -> None:
        self.add.hide()
        self.form.begin()

    def _saved(self) -> None:
        self.form.hide()
        self.number_saved.emit()


class StepsColumn(QWidget):
    """What to do, in short; on the second page with what belongs to each step, and the sources."""

    def __init__(self, theme: Theme, steps: Sequence[CrisisStep]) -> None:
        super().__init__()
        self._theme, self._steps = theme, tuple(steps)
        self._rows: list[NumberedStep] = []
        self._beside: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Text(tr("Until help is there"), TITLE))
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(40)
        column.addLayout(self._list)
        self.turn = large(QuietButton(theme, ""))
        column.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        self.told = Text("", LARGE, "soft")
        column.addWidget(self.told)
        column.addStretch(1)

    def show_steps(self, *, whole: bool, told: str) -> None:
        """Show the steps, with `whole` all that belongs to each; `told` stands below them."""
        clear_layout(self._list)
        self._list.setVerticalSpacing(14 if whole else 8)
        self._rows = [
            NumberedStep(self._theme, number, Step(step.do, step.more if whole else ""))
            for number, step in enumerate(self._steps, start=1)
        ]
        self._beside = None
        self.turn.set_words(tr("Back to the numbers") if whole else tr("More about each step"))
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def settle(self, *, beside: bool) -> None:
        """Put the steps into two columns where there is room for them."""
        if beside is self._beside:
            return
        self._beside = beside
        half = (len(self._rows) + 1) // 2 if beside else len(self._rows)
        for place, row in enumerate(self._rows):
            self._list.addWidget(row, place % half, place // half, Qt.AlignmentFlag.AlignTop)
        for column in (0, 1):
            self._list.setColumnStretch(column, 1 if beside or not column else 0)
