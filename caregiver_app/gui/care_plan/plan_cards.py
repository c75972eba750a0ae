"""The therapy plans of a person: one tinted card each, with its rhythm and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from caregiver_app.gui.care_plan.phrase import Phrase, Run
from caregiver_app.gui.care_plan.plan_words import PlanShown
from caregiver_app.gui.columns import kept_rows
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr

_SIGN: Final = 26
_INSET: Final = 9


class PlanCard(QFrame):
    """One plan: medicine, rhythm, next visit, what it does without, and its doors."""

    changed_asked = Signal(str)
    """Somebody wants to change the plan; its id."""
    stop_asked = Signal(str)
    """Somebody wants to stop or delete the plan; its id."""
    records_asked = Signal(str)
    """Somebody wants what the nurses wrote down; the plan's id."""
    about_asked = Signal(str)
    """Somebody wants to read about the medicine; its name."""
    ended_asked = Signal(str)
    """Somebody wants to write down why it ended; the plan's id."""

    def __init__(self, theme: Theme, shown: PlanShown) -> None:
        super().__init__()
        self._theme, self._shown = theme, shown
        self.setProperty("card", True)
        self.setProperty("tone", "tint")
        self.head = Phrase(theme)
        self.second = Phrase(theme)
        self.next = Phrase(theme)
        self.without = Text("", "second", "soft")
        self._sign = QLabel()
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()
        self.show_plan(shown)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        for one in (self.head, self.second, self.next, self.without):
            words.addWidget(one)
        head = QHBoxLayout()
        head.setSpacing(self._theme.px(11))
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._doors = QHBoxLayout()
        self._doors.addWidget(self._make_doors())
        self._column.addLayout(self._doors)

    def _make_doors(self) -> QWidget:
        theme = self._theme
        row = QWidget()
        flow = FlowLayout(row, across=0, down=0)
        self.change = QuietButton(theme, tr("Change…"))
        self.records = QuietButton(theme, tr("Infusion records"))
        self.more = QuietButton(theme, tr("More"), "open-list")
        self.menu = QMenu(self.more)
        self.menu.addAction(tr("About this medicine"), self._ask_about)
        self.ended = self.menu.addAction(tr("It ended: write down why…"), self._ask_ended)
        self.menu.addAction(tr("Stop…"), self._ask_stop)
        self.more.setMenu(self.menu)
        self.change.clicked.connect(self._ask_change)
        self.records.clicked.connect(self._ask_records)
        for button in (self.change, self.records, self.more):
            flow.addWidget(button)
        return row

    def show_plan(self, shown: PlanShown) -> None:
        """Show what is so now."""
        self._shown = shown
        self.setAccessibleName(shown.spoken())
        self.head.show_runs(Run(shown.medicine, "strong"), Run(f", {shown.how}"))
        self.second.show_runs(Run("\n".join(shown.parts), "second"))
        label, day = shown.next_words(), shown.next
        rest = label.removesuffix(day) if day else label
        self.next.show_runs(Run(rest, "second"), *([Run(day, "second_strong")] if day else []))
        self.without.setText(tr("Without: {parts}", parts=shown.without) if shown.without else "")
        self.without.setVisible(bool(shown.without))
        # A plan that runs is stopped first; that form leads on to why.
        self.ended.setVisible(shown.over)
        name = shown.medicine
        self.change.setAccessibleName(tr("Change the plan: {name}", name=name))
        self.records.setAccessibleName(tr("Infusion records: {name}", name=name))
        self.more.setAccessibleName(tr("More about {name}", name=name))

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [self.change, self.records, self.more]

    def _ask_change(self) -> None:
        self.changed_asked.emit(self._shown.id)

    def _ask_records(self) -> None:
        self.records_asked.emit(self._shown.id)

    def _ask_stop(self) -> None:
        self.stop_asked.emit(self._shown.id)

    def _ask_about(self) -> None:
        self.about_asked.emit(self._shown.medicine)

    def _ask_ended(self) -> None:
        self.ended_asked.emit(self._shown.id)

    def _tint(self) -> None:
        px = self._theme.px
        self._sign.setPixmap(self._theme.pixmap("infusion", "primary", _SIGN))
        self._column.setContentsMargins(px(14), px(11), px(12), px(2))
        # The words of a quiet button begin below those above, its own room lies before them.
        self._doors.setContentsMargins(self._theme.icon_px(_SIGN) + px(11) - px(_INSET), 0, 0, 0)


class PlanList(QWidget):
    """The cards below each other; shown anew they stay, so that the keyboard does."""

    changed_asked = Signal(str)
    """Somebody wants to change a plan; its id."""
    stop_asked = Signal(str)
    """Somebody wants to stop or delete a plan; its id."""
    records_asked = Signal(str)
    """Somebody wants what the nurses wrote down; the plan's id."""
    about_asked = Signal(str)
    """Somebody wants to read about a medicine; its name."""
    ended_asked = Signal(str)
    """Somebody wants to write down why a plan ended; its id."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards: dict[str, PlanCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_plans(self, shown: Sequence[PlanShown]) -> None:
        """Show these plans."""
        plans = {one.id: one for one in shown}
        self.cards = kept_rows(
            self._column, self.cards, list(plans), lambda key: self._make(plans[key])
        )
        for key, card in self.cards.items():
            card.show_plan(plans[key])
        self.setVisible(bool(shown))

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [stop for card in self.cards.values() for stop in card.stops()]

    def _make(self, one: PlanShown) -> PlanCard:
        card = PlanCard(self._theme, one)
        card.changed_asked.connect(self.changed_asked)
        card.stop_asked.connect(self.stop_asked)
        card.records_asked.connect(self.records_asked)
        card.about_asked.connect(self.about_asked)
        card.ended_asked.connect(self.ended_asked)
        return card
