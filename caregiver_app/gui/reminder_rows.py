"""The rows of the reminder panel: one reminder, or the lines of a day's one notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.reminders import Reminder
from caregiver_app.gui.reminder_answers import MEDICINE_REASONS, ReasonRow
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import (
    Button,
    PlainButton,
    PrimaryButton,
    QuietButton,
    TonalButton,
)
from caregiver_app.gui.widgets.chips import Badge, IconDisc
from caregiver_app.gui.widgets.date_fields import DateField, TimeField, day_and_hour
from caregiver_app.gui.widgets.text import Text, repolish
from caregiver_app.gui.words import tr
from caregiver_app.services.care import Care

_RAIL: Final = 4


class _Row(QWidget):
    """What both kinds of row share: the rail, the disc, the words, the three buttons."""

    done = Signal(tuple)
    """The ids that are done."""
    skipped = Signal(tuple, str)
    """The ids, and the reason."""

    def __init__(self, theme: Theme, *, icon: str, kind: str, first: bool) -> None:
        super().__init__()
        self._theme, self._kind, self._first = theme, kind, first
        self._overdue = False
        self._who = self._when = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_RAIL + 14, 14, 18, 14)
        self.column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        disc = IconDisc(theme, icon, role=kind, ground=f"{kind}-tint", size=34)
        head.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = Text("", "strong")
        self._second = Text("", "second", "soft")
        words.addWidget(self._title)
        words.addWidget(self._second)
        head.addLayout(words, 1)
        self._badge = Badge(theme, "", size=24)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)

    def show_words(self, title: str, second: str, *, overdue: bool) -> None:
        """Show what it is, whose it is and when it was due."""
        self._when = second
        self._title.setText(title)
        self._name_second()
        self._overdue = overdue
        self._second.set_ink("alarm" if overdue else "soft")
        self._second.setProperty("textRole", "second_strong" if overdue else "second")
        repolish(self._second)
        self.update()

    def show_person(self, name: str, colour: int) -> None:
        """Show who is meant, by name: two initials can be the same."""
        self._who = name
        self._badge.set_person(name, colour)
        self._badge.setVisible(bool(name))
        self._name_second()

    def _name_second(self) -> None:
        self._second.setText(" · ".join(part for part in (self._who, self._when) if part))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the rail, and a hairline below."""
        painter = QPainter(self)
        rail = "alarm" if self._overdue else self._kind
        painter.fillRect(0, 0, _RAIL, self.height() - 1, self._theme.colour(rail))
        foot = self.height() - 1
        painter.fillRect(0, foot, self.width(), 1, self._theme.colour("line"))

    def add_buttons(self, done: str, about: str) -> None:
        """Put Done, Later and Skip at the foot."""
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        # One primary button a screen: the first Done of the panel.
        made = PrimaryButton if self._first else TonalButton
        self.done_button: Button = made(self._theme, done, "done", name=f"{done}: {about}")
        self.later_button = PlainButton(
            self._theme, tr("Later"), name=tr("Later: {what}", what=about)
        )
        self.skip_button = QuietButton(self._theme, tr("Skip"), name=tr("Skip: {what}", what=about))
        self._foot.addWidget(self.done_button, 3)
        self._foot.addWidget(self.later_button, 2)
        self._foot.addWidget(self.skip_button, 1)
        self.column.addLayout(self._foot)
        choices = MEDICINE_REASONS if self._kind == "medication" else ()
        self.reason = ReasonRow(self._theme, about, choices)
        self.reason.hide()
        self.reason.given.connect(self._skip)
        self.column.addWidget(self.reason)
        self.skip_button.clicked.connect(self._ask_reason)
        self.done_button.clicked.connect(self._answered)

    def set_later(self, menu: QMenu) -> None:
        """Give Later its moments."""
        self.later_button.setMenu(menu)

    def ids(self) -> tuple[str, ...]:
        """Return what the row answers."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the time anew."""
        raise NotImplementedError

    def _answered(self) -> None:
        self.done.emit(self.ids())

    def _ask_reason(self) -> None:
        self.reason.show()
        self.reason.skip_now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _skip(self, reason: str) -> None:
        self.skipped.emit(self.ids(), reason)


class ReminderRow(_Row):
    """One reminder."""

    picked = Signal(str, datetime)
    """The reminder, and the wall time until which it waits."""

    def __init__(
        self,
        theme: Theme,
        words: ReminderWords,
        reminder: Reminder,
        care: Care,
        *,
        first: bool,
    ) -> None:
        said = words.said(reminder)
        super().__init__(theme, icon=said.icon, kind=said.kind, first=first)
        self._words, self._reminder, self._care = words, reminder, care
        self.show_person(said.person, said.colour)
        for line in said.lines:
            also = Text(f"•  {line}", "second", "soft")
            also.setContentsMargins(theme.px(34) + 10, 0, 0, 0)
            self.column.addWidget(also)
        self.add_buttons(tr("Done"), said.title)
        self._pick_row: QWidget | None = None
        self.refresh()

    def ids(self) -> tuple[str, ...]:
        """Return the reminder's id."""
        return (self._reminder.id,)

    def refresh(self) -> None:
        """Show the time anew."""
        said = self._words.said(self._reminder)
        self.show_words(said.title, said.second, overdue=said.overdue)

    def ask_time(self) -> None:
        """Show the fields for another day and hour."""
        if self._pick_row is None:
            self._pick_row = self._build_pick()
            self.column.addWidget(self._pick_row)
        self._pick_row.show()
        self.hour.control.setFocus()

    def _build_pick(self) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        today = self._care.today
        self.day = DateField(self._theme, tr("Day"), today=lambda: self._care.today, value=today)
        self.hour = TimeField(self._theme, tr("Time"))
        self.pick = PlainButton(self._theme, tr("Remind me then"))
        self.pick.clicked.connect(self._picked)
        for widget in (self.day, self.hour, self.pick):
            column.addWidget(widget)
        return row

    def _picked(self) -> None:
        at = day_and_hour(self.day, self.hour)
        if at is not None:
            self.picked.emit(self._reminder.id, at)


class GroupRow(_Row):
    """The lines of one day's notice, each with its own Done, and "All done"."""

    def __init__(
        self,
        theme: Theme,
        words: ReminderWords,
        reminders: Sequence[Reminder],
        *,
        first: bool,
    ) -> None:
        said = words.said(reminders[0])
        super().__init__(theme, icon="reminder", kind="infusion", first=first)
        self._words, self._reminders = words, tuple(reminders)
        self.show_person(said.person, said.colour)
        self.line_buttons: dict[str, QuietButton] = {}
        for reminder in self._reminders:
            self._add_line(reminder)
        self.add_buttons(tr("All done"), words.group_title(self._reminders))
        self.refresh()

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all lines."""
        return tuple(reminder.id for reminder in self._reminders)

    def refresh(self) -> None:
        """Show the time anew."""
        first = self._reminders[0]
        overdue = self._words.is_overdue(first)
        when = self._words.when(first, overdue=overdue)
        self.show_words(self._words.group_title(self._reminders), when, overdue=overdue)

    def _add_line(self, reminder: Reminder) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        # Under the title, beside the disc.
        row.setContentsMargins(self._theme.px(34) + 10, 0, 0, 0)
        title = self._words.title(reminder)
        row.addWidget(Text(title, "second"), 1)
        button = QuietButton(self._theme, tr("Done"), name=tr("Done: {what}", what=title))

        def answered() -> None:
            self.done.emit((reminder.id,))

        button.clicked.connect(answered)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.line_buttons[reminder.id] = button
        self.column.addLayout(row)
