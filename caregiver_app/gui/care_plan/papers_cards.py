"""The two cards below the runway, folded until they are wanted: approvals and calls, and money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.care_plan.entries import EntryLine
from caregiver_app.gui.care_plan.entry_lines import EntryList, EntryModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr

MOMENT_MS: Final = 30_000
"""So long the numbers are seen before they are covered again."""


class Part(QWidget):
    """A quiet heading with a button at its right, a list, and a sentence while that is empty."""

    def __init__(self, theme: Theme, title: str, empty: str, *buttons: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.title = Text(title, "second_strong", "soft")
        self.model = EntryModel()
        self.list = EntryList(theme, title, self.model)
        self.empty = Text(empty, "second", "soft")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in buttons:
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.list)

    def show_lines(self, lines: Sequence[EntryLine]) -> None:
        """Show other entries."""
        self.model.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.list.grow()
        self.empty.setVisible(not lines)


class PapersCard(Card):
    """Approvals with their numbers covered, the calls beside them, and questions to print."""

    approval_opened = Signal(str)
    approval_deleted = Signal(str)
    call_opened = Signal(str)
    call_deleted = Signal(str)
    questions_wanted = Signal()
    turned = Signal()
    """It was opened or closed."""
    uncovered = Signal()
    """The numbers are to be seen, or covered again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        title = tr("Approvals and calls")
        self.setAccessibleName(title)
        self.fold = Fold(theme, title)
        self.numbers = Uncover(theme)
        self.approvals = Part(
            theme,
            tr("Approvals"),
            tr("None yet. When a letter of the insurer comes, keep here what it says."),
            self.numbers,
        )
        self.calls = Part(
            theme,
            tr("Calls"),
            tr("None yet. Who said what is easily forgotten: “Log a call” keeps it."),
        )
        self.questions = QuietButton(theme, tr("Questions for the insurer, to print…"), "print")
        self.fold.add(self.approvals)
        self.fold.add(self.calls)
        self.fold.add(Rule())
        self.fold.body.addWidget(self.questions, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.fold)
        self.approvals.list.opened.connect(self.approval_opened)
        self.approvals.list.delete_asked.connect(self.approval_deleted)
        self.calls.list.opened.connect(self.call_opened)
        self.calls.list.delete_asked.connect(self.call_deleted)
        self.questions.clicked.connect(self.questions_wanted)
        self.fold.turned.connect(self.turned)
        self.numbers.changed.connect(self.uncovered)


class MoneyCard(Card):
    """Costs as a plain list, help to pay, and the two numbers of the plan year."""

    cost_wanted = Signal()
    cost_opened = Signal(str)
    cost_deleted = Signal(str)
    help_wanted = Signal()
    help_opened = Signal(str)
    help_deleted = Signal(str)
    year_wanted = Signal()
    turned = Signal()
    """It was opened or closed."""
    uncovered = Signal()
    """The numbers are to be seen, or covered again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        title = tr("Costs and help to pay")
        self.setAccessibleName(title)
        self.fold = Fold(theme, title)
        self.add_cost = PlainButton(theme, tr("Add a cost"), "add")
        self.add_help = PlainButton(theme, tr("Add help"), "add", name=tr("Add help to pay"))
        self.numbers = Uncover(theme)
        self.costs = Part(
            theme,
            tr("Costs"),
            tr("None yet. Keep what you may want to find again: a bill, parking, the way there."),
            self.add_cost,
        )
        self.help = Part(
            theme,
            tr("Help to pay"),
            tr("None yet. A fund or a copay card, and when it ends."),
            self.numbers,
            self.add_help,
        )
        self.fold.add(self.costs)
        self.fold.add(self._year_part(theme))
        self.fold.add(self.help)
        self.add(self.fold)
        self._connect()

    def _year_part(self, theme: Theme) -> QWidget:
        self.year = Text("", "body")
        self.year_button = QuietButton(theme, tr("Change…"))
        self.year_button.clicked.connect(self.year_wanted)
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.year, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.year_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return part

    def _connect(self) -> None:
        self.add_cost.clicked.connect(self.cost_wanted)
        self.add_help.clicked.connect(self.help_wanted)
        self.costs.list.opened.connect(self.cost_opened)
        self.costs.list.delete_asked.connect(self.cost_deleted)
        self.help.list.opened.connect(self.help_opened)
        self.help.list.delete_asked.connect(self.help_deleted)
        self.fold.turned.connect(self.turned)
        self.numbers.changed.connect(self.uncovered)

    def show_year(self, told: Sequence[str]) -> None:
        """Show deductible and copay, or that they are not written down."""
        missing = tr("Deductible and copay: not written down yet")
        self.year.setText("\n".join(told) or missing)
        self.year.set_ink("ink" if told else "soft")
        self.year_button.set_words(
            tr("Change…") if told else tr("Write down…"),
            name=tr("Change deductible and copay")
            if told
            else tr("Write down deductible and copay"),
        )


class Uncover(QuietButton):
    """Shows covered numbers for a moment; another press, or leaving the page, covers them."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "private")
        self._whole = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOMENT_MS)
        self._timer.timeout.connect(self.cover)
        self.clicked.connect(self._turn)
        self._tell()

    @property
    def whole(self) -> bool:
        """Whether the numbers are seen."""
        return self._whole

    def cover(self) -> None:
        """Cover the numbers again."""
        if self._whole:
            self._set(whole=False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing stays uncovered where nobody looks."""
        super().hideEvent(event)
        self.cover()

    def _turn(self) -> None:
        self._set(whole=not self._whole)

    def _set(self, *, whole: bool) -> None:
        self._whole = whole
        if whole:
            self._timer.start()
        else:
            self._timer.stop()
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        if self._whole:
            self.set_words(tr("Hide numbers"))
        else:
            self.set_words(tr("Show numbers"), name=tr("Show the numbers for a moment"))
