"""What others could take: the card, the sheet that asks for it, the sheet of an own task."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.support import HelpTask
from caregiver_app.gui.care_plan.cards import headed
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.support.own_parts import AskingText, LaneCard, LineRow
from caregiver_app.gui.support.own_words import (
    TakeableLine,
    asking_for,
    asking_text,
    taken_line,
    whose_name,
)
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import long_date, tr
from caregiver_app.messages import words
from caregiver_app.services.carer import Takeable
from caregiver_app.services.household import Household

_SHOWN = 4


class HelpCard(LaneCard):
    """Rows with "Ask", or with the name of who took it."""

    opened = Signal(object)
    """A `Takeable` was pressed; None: somebody wants to write a new task down."""

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme)
        self._house = house
        self._shown: list[TakeableLine] | None = None
        self._all = False
        self.add_button = QuietButton(theme, tr("Add"), name=tr("Add something to take"))
        self.add_button.clicked.connect(partial(self.opened.emit, None))
        self.body.setSpacing(2)
        headed(self, tr("Someone could take one thing"), self.add_button)
        self.empty = Text(
            tr("Nothing on the list. Add what another could do for you."), "second", "soft"
        )
        self.add(self.empty)
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self.body.addLayout(self._place)
        self.more = QuietButton(theme, tr("Show all"))
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows: dict[str, LineRow] = {}

    def _space(self) -> None:
        # Its head is as tall as its button, its rows are as tall as theirs: no more room is needed.
        across = self._theme.px(18)
        self.body.setContentsMargins(across, self._theme.px(6), across, self._theme.px(8))

    def show_takeable(self, found: list[Takeable]) -> None:
        """Show what another could take."""
        lines = [taken_line(self._house, one) for one in found]
        shown = lines if self._all else lines[:_SHOWN]
        self.empty.setVisible(not lines)
        self.more.setVisible(len(shown) < len(lines))
        self._found = found
        if shown == self._shown:
            return
        key = next((key for key, row in self.rows.items() if row.button.hasFocus()), None)
        had = key is not None
        self._shown = shown
        clear_layout(self._place)
        self.rows = {}
        for line, one in zip(shown, found, strict=False):
            self._place.addWidget(Rule())
            said = line.who or tr("Ask")
            about = tr("Ask for help: {what}", what=line.text)
            if line.who:
                about = tr("{who} takes it: {what}", who=line.who, what=line.text)
            row = LineRow(self._theme, line.icon, line.text, said, name=about)
            row.pressed.connect(partial(self.opened.emit, one))
            self._place.addWidget(row)
            self.rows[line.key] = row
        if had:
            row = self.rows.get(key or "") or next(iter(self.rows.values()), None)
            hand = self.add_button if row is None else row.button
            hand.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(self) -> None:
        self._all = True
        before = list(self.rows)
        self.show_takeable(self._found)
        fresh = next((row for key, row in self.rows.items() if key not in before), None)
        if fresh is not None:
            fresh.button.setFocus(Qt.FocusReason.OtherFocusReason)


class AskSheet(Sheet):
    """A message that asks for what the calendar wants; where it is taken leads to its own place."""

    asked = Signal(str, str, str)

    def __init__(
        self, theme: Theme, house: Household, one: Takeable, parent: QWidget | None
    ) -> None:
        line = taken_line(house, one)
        super().__init__(
            theme, tr("Ask for help"), icon=line.icon, subtitle=line.text,
            primary=tr("Copy the message"), cancel=tr("Close"), parent=parent,
        )  # fmt: skip
        self._one = one
        self.message = AskingText(theme, asking_text(one, whose_name(house, one)))
        self.message.copy_button.hide()
        self.add(self.message)
        drive = one.kind == "drive"
        self.lead = PlainButton(
            theme, tr("Somebody drives: write down who") if drive else tr("Open the approval")
        )
        self.lead.clicked.connect(self._lead)
        self.body.addWidget(self.lead, 0, Qt.AlignmentFlag.AlignLeft)
        self.confirmed.connect(self.message.copy)

    def is_changed(self) -> bool:
        """The message is kept nowhere."""
        return False

    def _lead(self) -> None:
        self.accept()
        if self._one.kind == "drive":
            self.asked.emit("bag", "ride", self._one.id)
        else:
            self.asked.emit("care", "authorisation", self._one.id)


class HelpTaskSheet(KeptSheet):
    """One task of the carer's own list: what, for when, who took it, and a message to ask with."""

    def __init__(
        self, theme: Theme, house: Household, task: HelpTask, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme, tr("Someone could take this"), icon="people", subtitle="", parent=parent
        )
        self._house, self._task = house, task
        self.what = LineField(theme, tr("What it is"), text=task.text)
        self.day = DateField(
            theme, tr("For which day, if any"), today=lambda: house.care.today, value=task.day
        )
        people = house.people.contacts(task.person or None)
        names = list(dict.fromkeys(one.name for one in people if one.role in _HELPERS))
        self.who = LineField(theme, tr("Who took it"), text=task.who, suggestions=names)
        self.add(self.what)
        self.add_row(self.day, self.who)
        self.done_tick = TickRow(
            theme, tr("It is done"), state="done" if task.done else "open", strong=False,
            fades=False,
        )  # fmt: skip
        self.done_tick.setVisible(bool(task.id))
        self.add(self.done_tick)
        self.message = AskingText(theme, self._message())
        self.add(self.message)
        self.what.changed.connect(lambda: self.message.propose(self._message()))
        self.day.changed.connect(lambda: self.message.propose(self._message()))
        self.add_delete(tr("Delete this"), lambda: house.carer.remove_task(task.id))
        self.delete.setVisible(bool(task.id))
        self.confirmed.connect(self._save)

    def _message(self) -> str:
        day = self.day.value()
        return asking_for(self.what.value(), None if day is None else long_date(day))

    def _save(self) -> None:
        if self.day.text().strip() and self.day.value() is None:
            self.day.set_error(self.day.complaint() or words("time.no_such_date"))
            self.focus_first_error()
            return
        task = replace(
            self._task,
            text=self.what.text(),
            day=self.day.value(),
            who=self.who.text(),
            done=self.done_tick.state == "done",
        )
        fields: dict[str, Field] = {"text": self.what, "who": self.who}
        self.attempt(lambda: self._house.carer.save_task(task), fields)


_HELPERS = ("family", "driver", "other")
